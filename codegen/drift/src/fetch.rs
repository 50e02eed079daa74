//! The pages that `externalDocs` names → a folder, politely.
//!
//! One request at a time with a pause in between, conditional where the page was fetched before,
//! with a limit on time and size. What is needed for that stands beside each page, in
//! `NAME.http.json`.

mod client;
mod state;

use std::path::{Path, PathBuf};
use std::time::Duration;

use huaweicloud_codegen::write::write_file;

use crate::document::Spec;

pub use client::FetchError;
use client::{Client, Response};
use state::State;
pub(crate) use state::mark;

/// The folder that pages go to by default; git ignores it.
pub const FOLDER: &str = ".docs-cache";

/// How the names of files end in which it keeps what it has to know of a page.
pub const STATE: &str = ".http.json";

/// A page larger than this is none.
pub const LARGEST: u64 = 4 * 1024 * 1024;

/// How to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchOptions {
    /// The pause between two requests.
    pub pause: Duration,
    /// The time one page may take, redirects included.
    pub timeout: Duration,
    /// The most bytes a page may have.
    pub largest: u64,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            largest: LARGEST,
        }
    }
}

/// A page to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The operation it describes: `dcs/ResetPassword`.
    pub operation: String,
    /// Its address.
    pub url: String,
}

/// The pages of all operations, each address once.
pub fn wanted(spec: &Spec) -> Vec<Wanted> {
    let mut found: Vec<Wanted> = Vec::new();
    for operation in &spec.operations {
        let Some(origin) = &operation.origin else {
            continue;
        };
        if found.iter().any(|it| it.url == origin.url) {
            continue;
        }
        found.push(Wanted {
            operation: operation.label(),
            url: origin.url.clone(),
        });
    }
    found
}

/// What came of a page.
#[derive(Debug)]
pub enum Fetched {
    /// It is new or other than before.
    New {
        /// Its file.
        path: PathBuf,
        /// Its size in bytes.
        bytes: usize,
    },
    /// It is what it was.
    Unchanged {
        /// Its file.
        path: PathBuf,
    },
}

/// Fetches pages into a folder, one after the other; `told` hears of each as it is done.
pub fn fetch(
    wanted: &[Wanted],
    folder: &Path,
    options: &FetchOptions,
    mut told: impl FnMut(&Wanted, Result<Fetched, FetchError>),
) {
    let client = Client::new(options);
    for (index, page) in wanted.iter().enumerate() {
        if index > 0 {
            std::thread::sleep(options.pause);
        }
        told(page, one(&client, page, folder));
    }
}

fn one(client: &Client, page: &Wanted, folder: &Path) -> Result<Fetched, FetchError> {
    let stem = stem(&page.operation);
    let state_path = folder.join(format!("{stem}{STATE}"));
    let known = State::read(&state_path)
        .filter(|known| known.url == page.url && known.is_untouched(folder));
    let response = client.get(&page.url, known.as_ref())?;
    let (bytes, extension, etag, last_modified) = match (response, known) {
        (Response::NotModified, Some(known)) => {
            return Ok(Fetched::Unchanged {
                path: folder.join(known.file),
            });
        }
        (Response::NotModified, None) => {
            return Err(FetchError::Status {
                url: page.url.clone(),
                status: 304,
                hint: "nothing was asked that allows this response",
            });
        }
        (
            Response::Page {
                bytes,
                extension,
                etag,
                last_modified,
            },
            _,
        ) => (bytes, extension, etag, last_modified),
    };
    let file = format!("{stem}.{extension}");
    let path = folder.join(&file);
    let is_same = std::fs::read(&path).is_ok_and(|old| old == bytes);
    write_file(&path, &bytes)?;
    let state = State {
        url: page.url.clone(),
        file,
        etag,
        last_modified,
        mark: Some(mark(&bytes)),
    };
    // Last: a page without its state is fetched again, a state without its page would be believed.
    write_file(&state_path, state.to_json().as_bytes())?;
    Ok(match is_same {
        true => Fetched::Unchanged { path },
        false => Fetched::New {
            path,
            bytes: bytes.len(),
        },
    })
}

/// `dcs/ResetPassword` → `dcs_ResetPassword`, by which the check knows the page again.
fn stem(operation: &str) -> String {
    operation
        .chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() || it == '-' {
                it
            } else {
                '_'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
