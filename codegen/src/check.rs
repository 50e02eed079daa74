//! Documents → everything that is wrong with them, at once.

mod address;
mod examples;
mod extensions;
mod grammar;
mod operations;
mod outline;
mod parameters;
mod paths;
mod patterns;
mod references;
mod schemas;
mod secrets;
mod servers;
mod services;
mod spelling;
mod structure;
mod template;
#[cfg(test)]
mod tests;
mod translate;

use crate::diagnostic::{Diagnostics, Report};
use crate::load::Document;
use crate::profile::Profile;

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
            let finite = references::check(outline, &mut report);
            paths::check(outline, &mut report);
            operations::check(outline, &mut report);
            parameters::check(outline, &mut report);
            servers::check(outline, &mut report);
            schemas::check(outline, &mut report);
            secrets::check(outline, &mut report);
            extensions::check(outline, &mut report);
            let broken_patterns = patterns::check(outline, &mut report);
            if finite {
                examples::check(outline, &broken_patterns, &mut report);
            }
        }
        all.extend(report.finish());
        outlines.push(outline);
    }
    all.extend(services::check(documents, &outlines, profile.package()));
    all
}
