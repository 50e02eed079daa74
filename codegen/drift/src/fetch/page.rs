//! What came over the net, and whether it is the page.

use serde_json::Value;

use super::{FetchError, FetchTrouble};
use crate::foreign;
use crate::pair::is_no_call;

/// How much of a foreign title is repeated.
const LONGEST_TITLE: usize = 80;

/// The address beside an address at which the same page may be Markdown.
pub(super) fn as_markdown(url: &str) -> Option<String> {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (path, rest) = url.split_at_checked(end)?;
    let stem = path.strip_suffix(".html").or(path.strip_suffix(".htm"))?;
    let query = rest.split('#').next().unwrap_or_default();
    Some(format!("{stem}.md{query}"))
}

/// What is kept of a page; a definition is kept with a line for each of its values, so that a
/// difference can name one.
///
/// # Errors
/// When it cannot be read, or is not the page of an API call.
pub(super) fn checked(
    url: &str,
    moved: Option<&str>,
    file: &str,
    bytes: Vec<u8>,
) -> Result<Vec<u8>, FetchError> {
    let facts = huaweicloud_pages::read(file, &bytes)
        .map_err(|error| FetchTrouble::Malformed(error.to_string()).at(url))?;
    if is_no_call(&facts) {
        let title = facts.title.map_or(String::new(), |it| {
            format!(" but \"{}\"", foreign::line(&it.value, LONGEST_TITLE))
        });
        let moved = moved.map_or(String::new(), |it| format!("it led to {it}; "));
        return Err(FetchTrouble::NoCall { title, moved }.at(url));
    }
    Ok(in_lines(file, &bytes).unwrap_or(bytes))
}

/// A definition on one line, with a line for each of its values.
pub fn in_lines(file: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let is_one_line = bytes.iter().filter(|it| **it == b'\n').count() < 2;
    if !file.ends_with(".json") || !is_one_line {
        return None;
    }
    let value: Value = serde_json::from_slice(bytes).ok()?;
    Some(format!("{value:#}\n").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_stands_beside_html() {
        for (url, markdown) in [
            (
                "https://a.example/b/c.html",
                Some("https://a.example/b/c.md"),
            ),
            (
                "https://a.example/c.htm?x=1#y",
                Some("https://a.example/c.md?x=1"),
            ),
            ("https://a.example/c.html#y", Some("https://a.example/c.md")),
            ("https://a.example/c.md", None),
            ("https://a.example/", None),
        ] {
            assert_eq!(as_markdown(url).as_deref(), markdown, "{url}");
        }
    }
}
