//! The pages that `externalDocs` names, and their definitions → a folder, politely.
//!
//! One request at a time with a pause in between, conditional where the page was fetched before,
//! with a limit on time and size. What is needed for that stands beside each page, in
//! `NAME.http.json`. Of a page that is published as Markdown too, the Markdown is taken: it lost
//! nothing on its way through a layout. What comes is read before it is kept: an error page, a login
//! or a landing page is none, whatever its status.

mod client;
mod page;
mod state;

use std::path::{Path, PathBuf};
use std::time::Duration;

use huaweicloud_codegen::write::write_file;

use crate::document::Spec;

use client::{Client, MOST_REDIRECTS, Response};
pub use client::{FetchError, FetchTrouble};
pub use page::in_lines;
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

/// What is fetched of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WantedKind {
    /// The page that its document names.
    Page,
    /// Its machine-readable definition.
    Definition,
}

/// A file to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The operation it describes: `dcs/ResetPassword`.
    pub operation: String,
    /// What of it.
    pub kind: WantedKind,
    /// Its address.
    pub url: String,
    /// The file and line where the address is written; nothing when it was made from a template.
    pub written: Option<(String, usize)>,
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
        let document = spec.document(&operation.file);
        let place = document.map(|it| it.source.place(&origin.span));
        found.push(Wanted {
            operation: operation.label(),
            kind: WantedKind::Page,
            url: origin.url.clone(),
            written: place.map(|it| (it.path.to_owned(), it.position().line)),
        });
    }
    found
}

/// The definitions of all operations, their addresses made from a template with `{service}` or
/// `{SERVICE}`, and `{operation}`.
pub fn definitions(spec: &Spec, template: &str) -> Vec<Wanted> {
    let operations = spec.operations.iter();
    let wanted = operations.map(|operation| Wanted {
        operation: operation.label(),
        kind: WantedKind::Definition,
        url: template
            .replace("{service}", &operation.service)
            .replace("{SERVICE}", &operation.service.to_uppercase())
            .replace("{operation}", &operation.id),
        written: None,
    });
    wanted.collect()
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The file.
    pub path: PathBuf,
    /// Its size in bytes when it is new or other than before.
    pub news: Option<usize>,
    /// Where the address led, when that is another.
    pub moved: Option<String>,
}

/// Fetches files into a folder, one after the other; `told` hears of each as it is done.
pub fn fetch(
    wanted: &[Wanted],
    folder: &Path,
    options: &FetchOptions,
    mut told: impl FnMut(&Wanted, Result<Fetched, FetchError>),
) {
    let mut fetcher = Fetcher {
        client: Client::new(options),
        folder,
        pause: options.pause,
        has_asked: false,
    };
    for file in wanted {
        told(file, fetcher.one(file));
    }
}

struct Fetcher<'f> {
    client: Client,
    folder: &'f Path,
    pause: Duration,
    has_asked: bool,
}

/// Where a file is kept, and what is known of it.
struct Place {
    stem: String,
    kind: WantedKind,
    known: Option<State>,
}

impl Fetcher<'_> {
    fn one(&mut self, wanted: &Wanted) -> Result<Fetched, FetchError> {
        let stem = stem(&wanted.operation);
        let stem = match wanted.kind {
            WantedKind::Page => stem,
            WantedKind::Definition => format!("{stem}.definition"),
        };
        let known = State::read(&self.folder.join(format!("{stem}{STATE}")));
        let place = Place {
            known: known.filter(|it| it.is_untouched(self.folder)),
            kind: wanted.kind,
            stem,
        };
        if let (WantedKind::Page, Some(markdown)) = (wanted.kind, page::as_markdown(&wanted.url))
            && let Some(fetched) = self.markdown(&markdown, &place)?
        {
            return Ok(fetched);
        }
        let response = self.get(&wanted.url, &place, MOST_REDIRECTS)?;
        self.kept(&wanted.url, response, &place)
    }

    /// The page as Markdown, if there is one: a server that has none says so in many ways.
    fn markdown(&mut self, url: &str, place: &Place) -> Result<Option<Fetched>, FetchError> {
        let was_there = place.known.as_ref().is_some_and(|it| it.url == url);
        match self.get(url, place, 0) {
            Ok(Response::Sent(sent)) if !sent.is_text() => Ok(None),
            Ok(response) => match self.kept(url, response, place) {
                Ok(fetched) => Ok(Some(fetched)),
                Err(FetchError::File(error)) => Err(error.into()),
                Err(_) => Ok(None),
            },
            Err(FetchError::At { why, .. })
                if why.is_absence() || (!was_there && why.is_of_server()) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn get(&mut self, url: &str, place: &Place, redirects: u32) -> Result<Response, FetchError> {
        if std::mem::replace(&mut self.has_asked, true) {
            std::thread::sleep(self.pause);
        }
        let known = place.known.as_ref().filter(|it| it.url == url);
        self.client.get(url, known, redirects)
    }

    /// Keeps what came, if it is a page.
    fn kept(&self, url: &str, response: Response, place: &Place) -> Result<Fetched, FetchError> {
        let sent = match (response, &place.known) {
            (Response::NotModified(moved), Some(known)) => {
                return Ok(Fetched {
                    path: self.folder.join(&known.file),
                    news: None,
                    moved,
                });
            }
            (Response::NotModified(_), None) => return Err(FetchTrouble::Status(304).at(url)),
            (Response::Sent(sent), _) => sent,
        };
        let extension = match place.kind {
            WantedKind::Page => sent.extension,
            WantedKind::Definition => "json",
        };
        let file = format!("{}.{extension}", place.stem);
        let bytes = page::checked(url, sent.moved.as_deref(), &file, sent.bytes)?;
        let path = self.folder.join(&file);
        let is_same = std::fs::read(&path).is_ok_and(|old| old == bytes);
        write_file(&path, &bytes)?;
        let state = State {
            url: url.to_owned(),
            file,
            etag: sent.etag,
            last_modified: sent.last_modified,
            mark: mark(&bytes),
        };
        let state_path = self.folder.join(format!("{}{STATE}", place.stem));
        // Last: a page without its state is fetched again, a state without its page would be believed.
        write_file(&state_path, state.to_json().as_bytes())?;
        // The page in the form it had before is no second page.
        if let Some(known) = place.known.as_ref().filter(|it| it.file != state.file) {
            let _ = std::fs::remove_file(self.folder.join(&known.file));
        }
        Ok(Fetched {
            path,
            news: (!is_same).then_some(bytes.len()),
            moved: sent.moved,
        })
    }
}

/// `dcs/ResetPassword` → `dcs_ResetPassword`, by which the check knows the page again.
fn stem(operation: &str) -> String {
    operation.replace(|it: char| !it.is_ascii_alphanumeric() && it != '-', "_")
}

#[cfg(test)]
mod tests;
