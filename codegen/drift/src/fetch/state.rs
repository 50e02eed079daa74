//! What has to be known to ask for a page only if it changed.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// What stands beside a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct State {
    pub(super) url: String,
    pub(super) file: String,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    /// The page's [`mark`] when it was fetched; nothing in a state older than marks, which is asked for anew.
    #[serde(default)]
    pub(super) mark: String,
}

/// By which a page is known again: its length, and its bytes by FNV-1a. That is no protection
/// against malice, but nobody changes a page of the cache by chance to one with the same mark.
pub(crate) fn mark(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{}-{hash:016x}", bytes.len())
}

impl State {
    /// Whether the page is still what was fetched: one that was emptied or edited is asked for anew.
    pub(super) fn is_untouched(&self, folder: &Path) -> bool {
        let bytes = std::fs::read(folder.join(&self.file)).ok();
        bytes.is_some_and(|bytes| self.mark == mark(&bytes))
    }

    /// Reads it; one that is missing or broken only means that the page is fetched again.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let state: Self = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
        // It names a file beside itself and nothing else.
        let is_beside = !state.file.contains(['/', '\\']) && state.file != "..";
        is_beside.then_some(state)
    }

    pub(super) fn to_json(&self) -> String {
        // Texts alone, which all can be written.
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{json}\n")
    }
}
