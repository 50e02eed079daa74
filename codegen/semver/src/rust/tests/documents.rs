//! All documents of the workspace: their crates are read in full, and whole services come and go.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use huaweicloud_codegen::policy::Policy;
use huaweicloud_codegen::profile::{Neutral, RuntimePlace};
use huaweicloud_codegen::{Source, render_under};

use super::{VAULTS, lines, rendered};
use crate::rust::{compare, surface};

/// The documents in a folder, by name.
fn documents(folder: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(folder);
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let yaml = files.filter(|it| it.extension().is_some_and(|it| it == "yaml"));
    let read = yaml.map(|it| {
        let name = it.file_stem().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(&it).unwrap())
    });
    read.collect()
}

#[test]
fn the_crate_of_the_workspace_is_read_in_full() {
    let documents = documents("spec");
    let named: Vec<_> = documents
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let read = surface(rendered(&named)).unwrap();
    assert_eq!(read.services.len(), documents.len());
    assert_eq!(lines(&compare(&read, &read)), Vec::<String>::new());
    for path in [
        "crate::Client",
        "crate::blocking::Client",
        "crate::dcs::ResetPassword",
        "crate::dcs::reset_password::ResetPasswordError",
        "crate::mock::dcs::reset_password::Request",
        "crate::iam::types::TokenScope",
    ] {
        assert!(read.items.contains_key(path), "{path}");
    }
    for path in [
        "crate::client",
        "crate::dcs::checks",
        "crate::iam::types::SignInRequest",
    ] {
        assert!(!read.items.contains_key(path), "{path}");
    }
}

#[test]
fn crates_of_others_are_read_in_full() {
    let all = documents("codegen/tests/foreign");
    assert!(all.len() > 10);
    for (name, text) in all {
        let sources = [Source::new(format!("{name}.yaml"), text)];
        let place = RuntimePlace::Path("runtime".to_owned());
        let profile = Neutral::new(format!("{name}-client"), place);
        let files = match render_under(&sources, &profile, &Policy::permissive()) {
            Ok(rendered) => rendered.files,
            Err(found) => panic!("{}", found.render(&sources, false)),
        };
        let read = surface(files.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(read.services.contains_key(&name));
        // A crate without its folder is the same.
        let inside = files
            .into_iter()
            .map(|(path, text)| (path.trim_start_matches("generated/").to_owned(), text));
        let inside = surface(inside.collect()).unwrap();
        assert_eq!(lines(&compare(&read, &inside)), Vec::<String>::new());
    }
}

#[test]
fn a_service_is_one_change() {
    let one = surface(rendered(&[("demo", VAULTS)])).unwrap();
    let two = surface(rendered(&[("demo", VAULTS), ("store", VAULTS)])).unwrap();
    assert_eq!(lines(&compare(&one, &two)), ["service-added store"]);
    assert_eq!(lines(&compare(&two, &one)), ["service-removed store"]);
}

#[test]
fn an_operation_that_moves_to_another_service_goes_by_another_name() {
    let (start, end) = ("  /v1/report:", "components:");
    let place = VAULTS.find(start).unwrap()..VAULTS.find(end).unwrap();
    let report = &VAULTS[place];
    let without = VAULTS.replace(report, "");
    let small = format!(
        "{}paths:\n  /v1/day:\n    get:\n      operationId: ReadDay\n      responses:\n        '204': {{description: A day.}}\n",
        &VAULTS[..VAULTS.find("paths:").unwrap()]
    );
    let with = format!("{small}{report}{}", &VAULTS[VAULTS.find(end).unwrap()..]);
    let old = surface(rendered(&[("demo", VAULTS), ("store", &small)])).unwrap();
    let new = surface(rendered(&[("demo", &without), ("store", &with)])).unwrap();
    let changes = compare(&old, &new);
    // `Fault` stays where it is, for others, and is another there.
    assert_eq!(
        lines(&changes),
        [
            "operation-renamed demo::Demo::read_report -> Store::read_report",
            "variant-type-changed demo::read_report::ReadReportError::Status418",
            "item-added store::types::Fault",
        ]
    );
}
