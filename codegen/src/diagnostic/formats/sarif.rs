//! SARIF 2.1.0, which code hosts and editors show.

use std::path::{Component, Path};

use serde_json::{Value as Json, json};

use super::Weight;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// One run of a tool.
#[derive(Debug)]
pub struct SarifRun<'a> {
    /// What was run.
    pub tool: &'a str,
    /// Its version.
    pub version: &'a str,
    /// What it looks for.
    pub rules: Vec<Json>,
    /// What it found.
    pub results: Vec<Json>,
    /// The files that it could not read, each with why.
    pub failures: Vec<(&'a str, &'a str)>,
    /// Whether it could read everything.
    pub is_complete: bool,
}

impl SarifRun<'_> {
    /// The whole log.
    pub fn log(&self) -> String {
        let notifications = self.failures.iter().map(|(file, message)| {
            json!({
                "level": "error",
                "message": {"text": message},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(file)}}}],
            })
        });
        let notifications: Vec<Json> = notifications.collect();
        let out = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": self.tool,
                    "version": self.version,
                    "rules": self.rules,
                }},
                "columnKind": "unicodeCodePoints",
                "invocations": [{
                    "executionSuccessful": self.is_complete,
                    "toolExecutionNotifications": notifications,
                }],
                "results": self.results,
            }],
        });
        format!("{out:#}\n")
    }
}

/// The word for a weight.
pub fn level(weight: Weight) -> &'static str {
    match weight {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Note => "note",
    }
}

/// A region of a file.
pub fn place(file: &str, region: Json) -> Json {
    json!({"artifactLocation": {"uri": uri(file)}, "region": region})
}

/// A path as the reference of a URI.
fn uri(path: &str) -> String {
    let encode = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
        out
    };
    let components = Path::new(path).components();
    let (mut absolute, mut parts) = (false, Vec::new());
    for component in components {
        match component {
            Component::RootDir => absolute = true,
            Component::CurDir => {}
            other => parts.push(encode(&other.as_os_str().to_string_lossy())),
        }
    }
    let joined = parts.join("/");
    if absolute {
        format!("file:///{joined}")
    } else {
        joined
    }
}
