//! How long pages take to read: five of usual size, and one as large as any that is taken.
#![allow(missing_docs, reason = "criterion's macros make functions without")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use huaweicloud_pages::read;

const GATE: &str = include_str!("../codegen/pages/tests/fixtures/close_gate.html");
const KEY: &str = include_str!("../codegen/pages/tests/fixtures/reset_gauge_key_zh.md");
const RENAME: &str = include_str!("../codegen/pages/tests/fixtures/rename_gauge.json");

fn pages(criterion: &mut Criterion) {
    let five = [
        ("gate.html", GATE),
        ("key.md", KEY),
        ("rename.json", RENAME),
        ("gate.html", GATE),
        ("key.md", KEY),
    ];
    criterion.bench_function("five pages", |bencher| {
        bencher.iter(|| {
            for (name, text) in five {
                let _ = black_box(read(name, black_box(text.as_bytes())));
            }
        });
    });
    let paragraph = "<p>The water rises and falls twice a day, and the gate with it.</p>\n";
    let large = GATE.replace(
        "<h4 class=\"sectiontitle\">Constraints</h4>",
        &paragraph.repeat(4_000_000 / paragraph.len()),
    );
    let mut group = criterion.benchmark_group("large");
    group.sample_size(10);
    group.bench_function("four megabytes", |bencher| {
        bencher.iter(|| black_box(read("large.html", black_box(large.as_bytes()))))
    });
    group.finish();
}

criterion_group!(benches, pages);
criterion_main!(benches);
