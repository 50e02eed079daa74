//! Documents → everything that is wrong with them, at once.
//!
//! A new check is a file in this folder with a `Check`, its `mod` here, and a line in `CHECKS`. The
//! tests then try the examples of its rules, and ask for a document in `codegen/tests/diagnostics`
//! whose report a person has read.

mod address;
mod array_items;
mod body;
mod bounds;
mod examples;
mod extensions;
mod format;
mod grammar;
mod keyword_type;
mod operations;
mod outline;
mod parameters;
mod paths;
mod patterns;
mod references;
mod required;
mod schemas;
mod secrets;
mod servers;
mod services;
mod spelling;
mod status;
mod structure;
mod tags;
#[cfg(test)]
mod tests;
mod translate;

pub use format::is_nearly_secret;
pub use patterns::is_pattern;
pub use secrets::{is_taken_for_secret, sounds_secret};
pub use translate::{Direction, closed_schema};

use crate::diagnostic::{Class, Diagnostics, Report, Rule, codes};
use crate::load::Document;
use crate::profile::Profile;
use outline::Outline;

/// One look at a document.
struct Check {
    /// What no other check finds. What many find has its code in `diagnostic::codes`.
    rules: &'static [Rule],
    /// Reports what it finds.
    run: fn(&Outline<'_>, &mut Report<'_>),
}

/// Every check of one document, in the order they run.
const CHECKS: &[Check] = &[
    // What others find by following references is found only where that ends.
    references::CHECK,
    array_items::CHECK,
    body::CHECK,
    bounds::CHECK,
    extensions::CHECK,
    format::CHECK,
    keyword_type::CHECK,
    operations::CHECK,
    parameters::CHECK,
    paths::CHECK,
    patterns::CHECK,
    required::CHECK,
    schemas::CHECK,
    secrets::CHECK,
    servers::CHECK,
    status::CHECK,
    tags::CHECK,
    examples::CHECK,
];

/// Everything that one check alone finds.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    CHECKS.iter().flat_map(|check| check.rules)
}

/// Whether a finding has this code, or there is a class of this name.
pub fn is_code(code: &str) -> bool {
    codes::class_of(code).is_some()
        || rules().any(|rule| rule.code == code)
        || matches!(code, "invalid" | "lossy" | "lint")
}

/// The class of a code, whichever stage finds it.
pub fn class_of(code: &str) -> Class {
    codes::class_of(code)
        .or_else(|| rules().find(|rule| rule.code == code).map(|it| it.class))
        // Every code stands in one of the two, which a test holds.
        .unwrap_or(Class::Invalid)
}

/// Checks every document and returns all that was found, errors and warnings.
///
/// An error is something that is not valid OpenAPI 3.0.x or that no client can be made from; a
/// warning never stops generation. Never panics, whatever the trees hold. A document of another
/// OpenAPI version gets that one error.
pub fn check(documents: &[Document], profile: &dyn Profile) -> Diagnostics {
    let mut all = Diagnostics::default();
    let mut outlines = Vec::new();
    for document in documents {
        let mut report = Report::new(&document.source.path);
        let outline = structure::walk(document, profile, &mut report);
        if let Some(outline) = &outline {
            CHECKS
                .iter()
                .for_each(|check| (check.run)(outline, &mut report));
        }
        all.extend(report.finish());
        outlines.push(outline);
    }
    all.extend(services::check(documents, &outlines, profile.package()));
    all
}
