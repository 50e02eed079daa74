//! One request for one page.

use std::time::Duration;

use huaweicloud_codegen::workspace::FileError;
use ureq::ResponseExt;
use ureq::http::{HeaderMap, header};

use super::FetchOptions;
use super::state::State;
use crate::foreign;

/// Who asks.
const USER_AGENT: &str = concat!(
    "huaweicloud-drift/",
    env!("CARGO_PKG_VERSION"),
    " (+",
    env!("CARGO_PKG_REPOSITORY"),
    ")"
);
const CONNECT: Duration = Duration::from_secs(10);
/// How many redirects are followed.
pub(super) const MOST_REDIRECTS: u32 = 5;
/// How much of an address that a server gives is repeated.
const LONGEST_ADDRESS: usize = 500;
/// What pages are called; one that is called nothing goes by its address.
const PAGES: &[&str] = &[
    "text/html",
    "text/plain",
    "text/markdown",
    "application/json",
];
const CHARSETS: &[&str] = &["utf-8", "utf8", "us-ascii", "ascii"];

/// Why a page was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Something is wrong at its address.
    #[error("{url} {why}")]
    At {
        /// The address.
        url: String,
        /// What.
        why: FetchTrouble,
    },
    /// The page cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// What is wrong at an address.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchTrouble {
    /// The address is not one of the web.
    #[error("is not an address of the web; correct `externalDocs` in the document")]
    Address,
    /// The server responded with something else than the page.
    #[error("responded with status {}; {}", .0, hint(*.0))]
    Status(u16),
    /// It took too long.
    #[error("took too long ({0}); try again later, or allow more with --timeout")]
    Slow(String),
    /// The page is larger than the limit.
    #[error("is larger than {0} bytes, so it is not a documentation page")]
    Large(u64),
    /// The response is in a form that cannot be a page, or not one that can be read.
    #[error(
        "responded with {0}, which is not a page that can be read; look at the address in a browser, and \
         save the page as HTML in UTF-8"
    )]
    Form(String),
    /// The page is empty.
    #[error("responded with nothing; look at the address in a browser")]
    Empty,
    /// What came cannot be read as a page.
    #[error("responded with what cannot be read as a page: {0}; look at the address in a browser")]
    Malformed(String),
    /// What came is a page, and not that of an API call.
    #[error(
        "responded with no page of an API call{title}; {moved}look at the address in a browser, and \
         correct `externalDocs` in the document if the page moved"
    )]
    NoCall {
        /// What the page is called, in words.
        title: String,
        /// Where the address led, in words.
        moved: String,
    },
    /// A protected address led to one that is not.
    #[error(
        "led to {0}, where others can change what is sent; correct the address in the document"
    )]
    Unprotected(String),
    /// There was no way to get a response.
    #[error("cannot be reached: {0}; is the network there, and the address right?")]
    Unreachable(String),
}

impl FetchTrouble {
    /// As the trouble of an address.
    pub(super) fn at(self, url: &str) -> FetchError {
        let url = url.to_owned();
        FetchError::At { url, why: self }
    }

    /// Whether it says that there is nothing at the address, in one way or another.
    pub(super) fn is_absence(&self) -> bool {
        match self {
            FetchTrouble::Status(status) => (300..500).contains(status) && *status != 429,
            FetchTrouble::Form(_) | FetchTrouble::Empty | FetchTrouble::Large(_) => true,
            _ => false,
        }
    }

    /// Whether the server has trouble.
    pub(super) fn is_of_server(&self) -> bool {
        matches!(self, FetchTrouble::Status(500..))
    }
}

/// What a server sent back.
pub(super) enum Response {
    /// The page is what it was. Where the address led, when that is another.
    NotModified(Option<String>),
    /// Something.
    Sent(Sent),
}

/// What a server sent.
pub(super) struct Sent {
    pub(super) bytes: Vec<u8>,
    pub(super) extension: &'static str,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    /// Where the address led, when that is another.
    pub(super) moved: Option<String>,
}

impl Sent {
    /// Whether it is text without a layout: neither HTML nor JSON, whatever the server calls it.
    pub(super) fn is_text(&self) -> bool {
        let bytes = self.bytes.trim_ascii_start();
        let begins = |with: &[u8]| {
            let start = bytes.get(..with.len());
            start.is_some_and(|it| it.eq_ignore_ascii_case(with))
        };
        let is_other = begins(b"<!doctype") || begins(b"<html") || begins(b"{");
        matches!(self.extension, "md" | "txt") && !is_other
    }
}

/// Asks for pages.
pub(super) struct Client {
    agent: ureq::Agent,
    largest: u64,
}

impl Client {
    pub(super) fn new(options: &FetchOptions) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(options.timeout))
            .timeout_connect(Some(CONNECT.min(options.timeout)))
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .build();
        Self {
            agent: config.into(),
            largest: options.largest,
        }
    }

    /// Asks for a page, and only for news of it if it is known.
    pub(super) fn get(
        &self,
        url: &str,
        known: Option<&State>,
        redirects: u32,
    ) -> Result<Response, FetchError> {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return Err(FetchTrouble::Address.at(url));
        }
        let request = self.agent.get(url).config();
        let request = request.max_redirects(redirects).build();
        let mut request = request.header(
            header::ACCEPT,
            "text/html, text/markdown;q=0.9, application/json;q=0.9, text/plain;q=0.8",
        );
        if let Some(etag) = known.and_then(|it| it.etag.as_deref()) {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = known.and_then(|it| it.last_modified.as_deref()) {
            request = request.header(header::IF_MODIFIED_SINCE, date);
        }
        let mut response = request.call().map_err(|error| self.failed(url, error))?;
        let moved = moved(url, &response.get_uri().to_string())?;
        match response.status().as_u16() {
            304 => return Ok(Response::NotModified(moved)),
            200 => {}
            status => return Err(FetchTrouble::Status(status).at(url)),
        }
        let headers = response.headers();
        if let Some(what) = unreadable(headers) {
            return Err(FetchTrouble::Form(what).at(url));
        }
        let address = moved.as_deref().unwrap_or(url);
        let extension = extension(text(headers, header::CONTENT_TYPE).as_deref(), address);
        let [etag, last_modified] =
            [header::ETAG, header::LAST_MODIFIED].map(|name| text(headers, name));
        let body = response.body_mut().with_config().limit(self.largest);
        let bytes = body
            .read_to_vec()
            .map_err(|error| self.failed(url, error))?;
        if bytes.is_empty() {
            return Err(FetchTrouble::Empty.at(url));
        }
        Ok(Response::Sent(Sent {
            bytes,
            extension,
            etag,
            last_modified,
            moved,
        }))
    }

    fn failed(&self, url: &str, error: ureq::Error) -> FetchError {
        let why = match error {
            ureq::Error::Timeout(what) => FetchTrouble::Slow(what.to_string()),
            ureq::Error::BodyExceedsLimit(_) => FetchTrouble::Large(self.largest),
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => FetchTrouble::Address,
            error => FetchTrouble::Unreachable(error.to_string()),
        };
        why.at(url)
    }
}

/// Where an address led, when that is another; what is behind `#` is not sent.
pub(super) fn moved(url: &str, end: &str) -> Result<Option<String>, FetchError> {
    let asked = url.split('#').next().unwrap_or(url);
    if asked.trim_end_matches('/') == end.trim_end_matches('/') {
        return Ok(None);
    }
    let end = foreign::line(end, LONGEST_ADDRESS);
    if url.starts_with("https://") && !end.starts_with("https://") {
        return Err(FetchTrouble::Unprotected(end).at(url));
    }
    Ok(Some(end))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// What of a response's form cannot be read, in the server's words: another type than a page's,
/// another character set than UTF-8, or a compression that nobody asked for.
fn unreadable(headers: &HeaderMap) -> Option<String> {
    let said = |name: header::HeaderName| {
        let value = headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase())
    };
    if let Some(encoding) = said(header::CONTENT_ENCODING).filter(|it| it.trim() != "identity") {
        return Some(format!("content encoding `{encoding}`"));
    }
    let form = said(header::CONTENT_TYPE)?;
    let mut parts = form.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    if !PAGES.contains(&kind) {
        return Some(format!("content type `{kind}`"));
    }
    let charset = parts.find_map(|it| it.strip_prefix("charset="))?;
    let charset = charset.trim_matches(['"', '\'', ' ']);
    let is_known = CHARSETS.contains(&charset);
    (!is_known).then(|| format!("character set `{charset}`"))
}

/// The form of a page, by what the server calls it and else by its address.
fn extension(content_type: Option<&str>, url: &str) -> &'static str {
    let content_type = content_type.unwrap_or_default().to_ascii_lowercase();
    let path = url.split(['?', '#']).next().unwrap_or(url);
    match content_type.split(';').next().unwrap_or_default().trim() {
        "text/html" => "html",
        "application/json" => "json",
        "text/markdown" => "md",
        _ if path.ends_with(".md") => "md",
        _ if path.ends_with(".rst") => "rst",
        _ if path.ends_with(".json") => "json",
        "text/plain" => "txt",
        _ if path.ends_with(".txt") => "txt",
        _ => "html",
    }
}

fn hint(status: u16) -> &'static str {
    match status {
        304 => "nothing was asked that allows this response",
        301..=308 => "it leads in circles; correct `externalDocs` in the document",
        401 | 403 => "it is not open to everybody; fetch it in a browser and save it",
        404 | 410 => "the page moved or is gone; correct `externalDocs` in the document",
        429 => "it wants fewer requests; try again later, with a longer --pause",
        500..=599 => "the server has trouble; try again later",
        _ => "look at the address in a browser",
    }
}
