//! What becomes of findings, as the command line and a file say.

use std::path::Path;

use huaweicloud_codegen::policy::{Level, levels_of};
use huaweicloud_codegen::{Policy, check};

use crate::out::errln;
use crate::{FAILED, fail};

/// What is said about levels beside the policy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Levels<'a> {
    /// The file; by default the one that is found near the document.
    pub(crate) file: Option<&'a Path>,
    /// What is denied.
    pub(crate) deny: &'a [String],
    /// What is not told.
    pub(crate) allow: &'a [String],
}

impl Levels<'_> {
    /// A policy with these levels for a document: the command line goes before the file, and a code
    /// before its class wherever the two stand. An error is told, and its exit code returned.
    pub(crate) fn over(&self, policy: Policy, document: &Path) -> Result<Policy, u8> {
        let near = levels_of(document).filter(|_| self.file.is_none());
        let mut policy = match self.file.or(near.as_deref()) {
            Some(file) => policy.with_file(file).map_err(|error| fail(&error))?,
            None => policy,
        };
        for (codes, level) in [(self.deny, Level::Deny), (self.allow, Level::Allow)] {
            for code in codes {
                if !check::is_code(code) {
                    return Err(unknown(code));
                }
                policy = policy.with(code, level);
            }
        }
        Ok(policy)
    }
}

/// Tells that there is no such code.
pub(crate) fn unknown(code: &str) -> u8 {
    let near = check::nearest_code(code).map(|it| format!("; did you mean `{it}`?"));
    let near = near.unwrap_or_else(|| "; each finding shows its own in brackets".to_owned());
    errln!("error: there is no code `{}`{near}", code.escape_debug());
    FAILED
}
