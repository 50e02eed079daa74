//! Documents → everything that is wrong with them, at once.
//!
//! A new check is a file in this folder with a `Check`, its `mod` here, and a line in `CHECKS`. The
//! tests then try the examples of its rules, and ask for a document in `codegen/tests/diagnostics`
//! whose report a person has read.

mod address;
mod array_items;
mod body;
mod bounds;
mod credentials;
mod examples;
mod extensions;
mod format;
mod key_in_query;
mod keyword_type;
mod operations;
mod outline;
mod parameters;
mod paths;
mod patterns;
mod plain_http;
mod references;
mod required;
mod rust_names;
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
mod unprotected;

pub(crate) use address::problem as address_problem;
pub use examples::misfits;
pub use format::is_nearly_secret;
pub(crate) use parameters::is_no_parameter;
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
    credentials::CHECK,
    extensions::CHECK,
    format::CHECK,
    key_in_query::CHECK,
    keyword_type::CHECK,
    operations::CHECK,
    parameters::CHECK,
    paths::CHECK,
    patterns::CHECK,
    plain_http::CHECK,
    required::CHECK,
    rust_names::CHECK,
    schemas::CHECK,
    secrets::CHECK,
    servers::CHECK,
    status::CHECK,
    tags::CHECK,
    unprotected::CHECK,
    examples::CHECK,
];

/// Every rule there is, whichever stage finds what it is about.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    codes::all().chain(CHECKS.iter().flat_map(|check| check.rules))
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}

/// The code that was probably meant.
pub fn nearest_code(code: &str) -> Option<&'static str> {
    spelling::nearest(code, rules().map(|rule| rule.code))
}

/// Whether a finding has this code, or there is a class of this name.
pub fn is_code(code: &str) -> bool {
    rule(code).is_some() || matches!(code, "invalid" | "lossy" | "lint")
}

/// The class of a code, whichever stage finds it.
pub fn class_of(code: &str) -> Class {
    // Every code has its rule, which a test holds.
    rule(code).map_or(Class::Invalid, |it| it.class)
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
        let mut report = Report::new(&document.source);
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
