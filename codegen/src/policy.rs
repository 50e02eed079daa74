//! What becomes of findings: which forbid generation, which are told, which are not.
//!
//! The stages find all there is to find, whatever the policy. It is asked once, at the end.

mod levels;

use std::collections::BTreeMap;

use crate::check;
use crate::diagnostic::{Class, Diagnostics, Severity};

pub use levels::{LEVELS_FILE, LevelsError, levels_of};

/// What a finding does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is not told.
    Allow,
    /// It is told, and generation goes on: with less than the document says, or without an operation.
    Warn,
    /// It forbids generation.
    Deny,
}

/// What findings do, by code, else by class, else by what the rule says of itself.
///
/// ```
/// use huaweicloud_codegen::policy::{Level, Policy};
///
/// let policy = Policy::permissive().with("secret::in-url", Level::Deny);
/// assert!(policy.is_permissive());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// That of every class; none leaves each finding the severity of its rule.
    level: Option<Level>,
    codes: BTreeMap<String, Level>,
}

impl Policy {
    /// Everything that is found forbids generation: the policy for documents of one's own.
    #[must_use]
    pub fn strict() -> Self {
        Self {
            level: Some(Level::Deny),
            codes: BTreeMap::new(),
        }
    }

    /// Nothing that is found forbids generation, and all of it is told: the policy for documents
    /// of others.
    #[must_use]
    pub fn permissive() -> Self {
        Self {
            level: Some(Level::Warn),
            codes: BTreeMap::new(),
        }
    }

    /// The same with another level for a code (`secret::in-url`) or a class (`invalid`, `lossy`, `lint`).
    #[must_use]
    pub fn with(mut self, code: impl Into<String>, level: Level) -> Self {
        self.codes.insert(code.into(), level);
        self
    }

    /// Whether documents with errors are generated from as far as they go.
    #[must_use]
    pub fn is_permissive(&self) -> bool {
        self.level == Some(Level::Warn)
    }

    /// The level of a finding of this code.
    fn level(&self, code: &str, class: Class) -> Option<Level> {
        let of_code = self.codes.get(code);
        let of_class = || self.codes.get(&class.to_string());
        of_code.or_else(of_class).copied().or(self.level)
    }

    /// Gives every finding the weight it has under this policy, and drops those that are not told.
    pub fn judge(&self, found: Diagnostics) -> Diagnostics {
        let judged = found.into_iter().filter_map(|mut finding| {
            match self.level(finding.code, check::class_of(finding.code)) {
                Some(Level::Allow) => return None,
                Some(Level::Warn) => finding.severity = Severity::Warning,
                Some(Level::Deny) => finding.severity = Severity::Error,
                None => {}
            }
            Some(finding)
        });
        judged.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, codes};

    fn found(code: &'static str, severity: Severity) -> Diagnostics {
        let finding = Diagnostic {
            severity,
            code,
            message: String::new(),
            path: String::new(),
            span: 0..0,
            label: String::new(),
            related: Vec::new(),
            help: None,
        };
        [finding].into_iter().collect()
    }

    #[test]
    fn a_code_goes_before_its_class_and_that_before_the_policy() {
        let policy = Policy::permissive()
            .with("lint", Level::Allow)
            .with("lossy", Level::Deny)
            .with(codes::SECRET_IN_URL, Level::Deny);
        for (code, severity) in [
            (codes::SECRET_IN_URL, Some(Severity::Error)),
            (codes::SECRET_DEFAULT, None),
            (codes::UNSUPPORTED, Some(Severity::Error)),
            (codes::ENUM, Some(Severity::Warning)),
        ] {
            let judged = policy.judge(found(code, Severity::Warning));
            let judged = judged.iter().next().map(|it| it.severity);
            assert_eq!(judged, severity, "{code}");
        }
    }

    #[test]
    fn without_a_level_findings_keep_their_weight() {
        for severity in [Severity::Error, Severity::Warning] {
            let judged = Policy::default().judge(found(codes::ENUM, severity));
            assert_eq!(judged, found(codes::ENUM, severity));
            let judged = Policy::strict().judge(found(codes::ENUM, severity));
            assert!(judged.has_errors());
        }
    }
}
