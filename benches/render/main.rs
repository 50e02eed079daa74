//! How long it takes to make the crate, and how long it takes to see that nothing changed.
//!
//! `cargo bench --bench render`
#![allow(clippy::expect_used, reason = "a bench that cannot go on has failed")]

mod documents;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use huaweicloud_codegen::generate::{compare, generate};
use huaweicloud_codegen::{Stamp, Workspace, profile, render};

fn benchmark(c: &mut Criterion) {
    let workspace = Workspace::current();
    let sources = workspace.sources().expect("spec/ is readable");

    // The bar: under 50 ms.
    c.bench_function("render, the documents in spec/", |b| {
        b.iter(|| {
            render(black_box(&sources), profile::of_the_workspace())
                .expect("the documents have no mistakes")
        });
    });

    // The bar: 2 ms of CPU an operation, however many there are.
    for count in [5, 50, 500] {
        let sources = documents::with_operations(count);
        c.bench_function(&format!("render, {count} operations"), |b| {
            b.iter(|| {
                render(black_box(&sources), profile::of_the_workspace())
                    .expect("the documents have no mistakes")
            });
        });
    }

    // The bar: under 10 ms. What `cargo codegen generate` does when nothing changed: read
    // everything, digest it, see that the stamp holds.
    let copy = tempfile::tempdir().expect("a temporary folder");
    for folder in ["spec", "generated"] {
        copy_folder(&workspace.root().join(folder), &copy.path().join(folder));
    }
    let unchanged = Workspace::at(copy.path());
    let stamp = Stamp::below(&copy.path().join("target"));
    generate(&unchanged, Some(&stamp)).expect("the first run renders");
    c.bench_function("generate, nothing changed", |b| {
        b.iter(|| {
            let outcome = generate(&unchanged, Some(&stamp)).expect("nothing changed");
            assert!(outcome.rendered.is_none(), "the stamp holds");
        });
    });

    // What build.rs and `--check` do: no stamp, everything rendered and compared.
    c.bench_function("compare, nothing changed", |b| {
        b.iter(|| compare(&unchanged).expect("nothing changed"));
    });
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder is readable") {
        let entry = entry.expect("the entry is readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("the file can be copied");
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = benchmark
}
criterion_main!(benches);
