//! The parts of a form, as a fake reads them.

use std::fmt;

use crate::wire::SecretBytes;

/// One part of a form. `Debug` shows its names and its length.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedPart {
    /// The name of the field.
    pub name: String,
    /// The name of the file, if it is one.
    pub file_name: Option<String>,
    /// The media type, if there is one.
    pub content_type: Option<String>,
    /// The content.
    pub content: SecretBytes,
}

impl fmt::Debug for ReceivedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedPart")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("content_len", &self.content.len())
            .finish()
    }
}

/// The boundary in a Content-Type.
pub(super) fn boundary(content_type: &str) -> Option<&str> {
    let (essence, parameters) = content_type.split_once(';')?;
    if !essence.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.trim().strip_prefix("boundary=")?;
    Some(boundary.trim_matches('"'))
}

/// The parts between boundaries.
pub(super) fn read(body: &[u8], boundary: &str) -> Option<Vec<ReceivedPart>> {
    let delimiter = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(&delimiter.as_bytes()[2..])?;
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let end = find(rest, delimiter.as_bytes())?;
        parts.push(part(&rest[..end])?);
        rest = &rest[end + delimiter.len()..];
    }
}

fn part(text: &[u8]) -> Option<ReceivedPart> {
    let end = find(text, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&text[..end]).ok()?;
    let header = |name: &str| {
        let mut lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
        let found = lines.find(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    };
    let disposition = header("content-disposition")?;
    let parameter = |name: &str| {
        let quoted = disposition.split_once(&format!("; {name}=\""))?.1;
        let value = quoted.split_once('"')?.0;
        Some(
            value
                .replace("%22", "\"")
                .replace("%0D", "\r")
                .replace("%0A", "\n"),
        )
    };
    Some(ReceivedPart {
        name: parameter("name")?,
        file_name: parameter("filename"),
        content_type: header("content-type").map(str::to_owned),
        content: text[end + 4..].to_vec().into(),
    })
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upload::Upload;
    use crate::wire::{Multipart, Part, RequestBuilder};

    #[test]
    fn what_is_sent_is_read() {
        let file = Upload::bytes("\r\n--part").file_name("a\".txt");
        let form = Multipart::new()
            .part("n", Part::value(&[1, 2]))
            .part("f", Part::files([&file]).content_type("text/csv"));
        let request = RequestBuilder::post("/").multipart(form).build().unwrap();
        let content_type = request.headers()["content-type"].to_str().unwrap();
        let body = request.body().unwrap().as_slice();
        let parts = read(body, boundary(content_type).unwrap()).unwrap();
        let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["n", "n", "f"]);
        assert_eq!(parts[1].content.as_slice(), b"2");
        assert_eq!(parts[2].file_name.as_deref(), Some("a\".txt"));
        assert_eq!(parts[2].content_type.as_deref(), Some("text/csv"));
        assert_eq!(parts[2].content.as_slice(), b"\r\n--part");
        assert!(format!("{:?}", parts[2]).contains("content_len: 8"));
        assert!(read(b"none", "x").is_none() && boundary("text/plain; a=b").is_none());
    }
}
