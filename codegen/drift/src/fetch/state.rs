//! What has to be known to ask for a page only if it changed.

use std::path::Path;

use serde_json::{Value as Json, json};

/// What stands beside a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    pub(super) url: String,
    pub(super) file: String,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

impl State {
    /// Reads it; one that is missing or broken only means that the page is fetched again.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let json: Json = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
        let text = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
        let file = text("file")?;
        // It names a file beside itself and nothing else.
        if file.contains(['/', '\\']) || file == ".." {
            return None;
        }
        Some(Self {
            url: text("url")?,
            file,
            etag: text("etag"),
            last_modified: text("lastModified"),
        })
    }

    pub(super) fn to_json(&self) -> String {
        let json = json!({
            "url": self.url,
            "file": self.file,
            "etag": self.etag,
            "lastModified": self.last_modified,
        });
        format!("{json:#}\n")
    }
}
