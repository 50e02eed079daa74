//! Who the vendor is stands in the profile, and nowhere else in the generator.

use std::collections::BTreeSet;
use std::fs;

use super::architecture::{collect, workspace};

/// The sources that know no vendor, relative to the workspace.
const ROOTS: &[&str] = &["codegen/src", "codegen/semver/src", "runtime/core/src"];

/// Those that read and compare its pages: they know the words on them, such as IAM, and not its name.
const OF_PAGES: &[&str] = &["codegen/pages/src", "codegen/drift/src", "codegen/cli/src"];

/// The vendor's name, and what it calls itself in addresses and programs.
const NAMES: [&str; 5] = ["huawei", "huaweicloud", "myhuaweicloud", "hwc", "koocli"];

/// What may: the profiles, and the module that chooses one.
const PROFILE: &[&str] = &["codegen/src/profile", "codegen/src/profile.rs"];

/// The packages of this workspace, whose names are no words of the sources' own.
const OF_THE_WORKSPACE: &[&str] = &["codegen", "pages", "drift", "semver", "codegen_cli"];

/// The words of a text, parted at signs and at humps: `IamAction` and `iam_action` are two each.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous = ' ';
    for letter in text.chars() {
        let hump = letter.is_uppercase() && previous.is_lowercase();
        if hump || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        previous = letter;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The vendor's names and products, the first part of its regions' names, and what its services are
/// called.
fn of_the_vendor() -> BTreeSet<String> {
    let services = fs::read_dir(workspace().join("spec")).unwrap();
    let services = services.filter_map(|entry| {
        let path = entry.unwrap().path();
        let is_document = path.extension().is_some_and(|it| it == "yaml");
        is_document.then(|| path.file_stem().unwrap().to_str().unwrap().to_owned())
    });
    let names = NAMES.into_iter().chain(["cn"]).map(str::to_owned);
    services.chain(names).collect()
}

#[test]
fn only_the_profile_names_the_vendor() {
    let all = of_the_vendor();
    let names: BTreeSet<_> = NAMES.into_iter().map(str::to_owned).collect();
    let mut found = Vec::new();
    let roots = ROOTS.iter().map(|root| (root, &all));
    for (root, vendor) in roots.chain(OF_PAGES.iter().map(|root| (root, &names))) {
        let mut files = Vec::new();
        collect(&workspace().join(root), &mut files);
        for file in files {
            let shown = file.strip_prefix(workspace()).unwrap();
            let is_test = shown
                .components()
                .any(|it| it.as_os_str() == "tests" || it.as_os_str() == "tests.rs");
            if PROFILE.iter().any(|it| shown.starts_with(it)) || is_test {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            // What is behind it are unit tests, and what they read.
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            for (number, line) in text.lines().enumerate() {
                let mut line = line.to_owned();
                for package in OF_THE_WORKSPACE {
                    for sign in ['_', '-'] {
                        line = line.replace(&format!("huaweicloud{sign}{package}"), "");
                    }
                }
                let words = words(&line);
                if words.iter().any(|word| vendor.contains(word)) {
                    found.push(format!(
                        "{}:{}: {}",
                        shown.display(),
                        number + 1,
                        line.trim()
                    ));
                }
            }
        }
    }
    assert!(
        found.is_empty(),
        "the profile is the place for what is the vendor's:\n{}",
        found.join("\n")
    );
}

/// Not a word of the vendor either in what it makes of a document of somebody else.
#[test]
fn a_neutral_crate_does_not_name_the_vendor() {
    let vendor = of_the_vendor();
    for name in super::foreign::DOCUMENTS {
        for (file, text) in super::foreign::rendered(name) {
            // The place of the runtime is wherever this repository is.
            let text = match file.as_str() {
                "Cargo.toml" => text.replace(&runtime_path(), ""),
                _ => text,
            };
            for line in text.lines() {
                let words = words(line);
                let named = words.iter().find(|word| vendor.contains(*word));
                assert_eq!(named, None, "{name}/{file}: {line}");
                let lower = line.to_lowercase();
                assert!(
                    !NAMES[..2].iter().any(|it| lower.contains(it)),
                    "{name}/{file}: {line}"
                );
            }
        }
    }
}

fn runtime_path() -> String {
    let path = workspace().join("runtime/core").canonicalize();
    path.unwrap().display().to_string()
}

#[test]
fn words_part_at_signs_and_humps() {
    assert_eq!(
        words("IamAction: x-iam_actions(\"dcs.cn-north-4\")"),
        [
            "iam", "action", "x", "iam", "actions", "dcs", "cn", "north", "4"
        ]
    );
}
