//! Documents with one change between them, and what is told of the crates that are made of them.

mod documents;
mod laws;
mod pairs;
mod sources;

use std::collections::BTreeMap;

use huaweicloud_codegen::policy::Policy;
use huaweicloud_codegen::{Source, profile, render_under};

use super::{Surface, surface};
use crate::change::RustChange;

/// A document about vaults, which the pairs are edits of.
const VAULTS: &str = include_str!("tests/vaults.yaml");

/// The files of a crate that is made of documents, each with the name of its service.
fn rendered(documents: &[(&str, &str)]) -> BTreeMap<String, String> {
    let sources = documents.iter().map(|(name, text)| {
        let path = format!("spec/{name}.yaml");
        Source::new(path, *text)
    });
    let sources: Vec<_> = sources.collect();
    match render_under(&sources, profile::of_the_workspace(), &Policy::permissive()) {
        Ok(rendered) => rendered.files,
        Err(found) => panic!("{}", found.render(&sources, false)),
    }
}

fn surface_of(document: &str) -> Surface {
    surface(rendered(&[("demo", document)])).unwrap()
}

/// The document with edits: each finds one place.
fn edited(edits: &[(&str, &str)]) -> String {
    let mut text = VAULTS.to_owned();
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

/// The changes, a line each: code, item, what to write instead, the features, and whether it is
/// silent.
fn lines(changes: &[RustChange]) -> Vec<String> {
    let line = |it: &RustChange| {
        let mut line = format!("{} {}", it.code, it.item);
        if let Some(instead) = &it.instead {
            line.push_str(&format!(" -> {instead}"));
        }
        if !it.only_with.is_empty() {
            line.push_str(&format!(" with {}", it.only_with.join(", ")));
        }
        if it.silent {
            line.push_str(" silent");
        }
        line
    };
    changes.iter().map(line).collect()
}
