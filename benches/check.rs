//! How long it takes to read the five pages and compare them with the documents.
//!
//! The pages are the ones of the command line's tests: of usual size, in this project's own words,
//! with the facts of the five operations.
#![allow(missing_docs, reason = "criterion's macros make functions without")]
#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use huaweicloud_codegen::Workspace;
use huaweicloud_drift::check::check;
use huaweicloud_drift::document::Spec;
use huaweicloud_drift::lock::Lock;

const PAGES: [(&str, &str); 5] = [
    (
        "bms.txt",
        include_str!("../codegen/cli/tests/pages/bms.txt"),
    ),
    (
        "cbh.txt",
        include_str!("../codegen/cli/tests/pages/cbh.txt"),
    ),
    ("dcs.md", include_str!("../codegen/cli/tests/pages/dcs.md")),
    (
        "dws.txt",
        include_str!("../codegen/cli/tests/pages/dws.txt"),
    ),
    ("ecs.md", include_str!("../codegen/cli/tests/pages/ecs.md")),
];

fn checking(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sources = Workspace::at(&root).sources().unwrap();
    let lock = Lock::read(&root).unwrap();
    let pages = |spec: &Spec| {
        for (name, text) in PAGES {
            let facts = huaweicloud_pages::read(name, black_box(text.as_bytes())).unwrap();
            let checked = check(spec, &lock, name, &facts, None).unwrap();
            // Every page is one of the five, and nothing about it is open.
            assert_eq!(checked.comparison.open().count(), 0, "{name}");
            black_box(checked);
        }
    };
    let spec = Spec::read(&sources).unwrap();
    criterion.bench_function("five pages read and checked", |bencher| {
        bencher.iter(|| pages(&spec));
    });
    criterion.bench_function("and the documents read for it", |bencher| {
        bencher.iter(|| pages(&Spec::read(black_box(&sources)).unwrap()));
    });
}

criterion_group!(benches, checking);
criterion_main!(benches);
