//! The media type of a response, and the text in its charset.

/// The type and subtype of a Content-Type, in lower case and without parameters.
pub(crate) fn essence(content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The charset that a Content-Type names, in lower case.
pub(crate) fn charset(content_type: &str) -> Option<String> {
    let parameters = content_type.split(';').skip(1);
    let named = parameters.filter_map(|parameter| parameter.split_once('='));
    let mut charsets = named.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let (_, value) = charsets.next()?;
    Some(value.trim().trim_matches('"').to_ascii_lowercase())
}

/// Which of the media types of a document a response has: the one that says most about it.
pub(crate) fn among(essence: &str, documented: &[&str]) -> Option<usize> {
    let fits = |range: &str| match range.strip_suffix("/*") {
        Some("*") => Some(1),
        Some(kind) => {
            let of_kind = essence.split('/').next() == Some(kind);
            of_kind.then_some(2)
        }
        None if range == essence => Some(4),
        // What is JSON beneath can be read where JSON is documented.
        None => (range == "application/json" && is_json(essence)).then_some(3),
    };
    let fitting = documented.iter().enumerate().filter_map(|(index, range)| {
        let says = fits(&self::essence(range))?;
        Some((says, index))
    });
    // Of equals the first.
    let best = fitting.max_by_key(|(says, index)| (*says, std::cmp::Reverse(*index)));
    best.map(|(_, index)| index)
}

/// Whether a Content-Type is one of these media types.
pub(crate) fn is_among(content_type: &str, documented: &[&str]) -> bool {
    among(&essence(content_type), documented).is_some()
}

/// What becomes of the body of a success, by its documented media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is held in memory.
    Held,
    /// It is left to be read as it comes.
    Left,
}

/// The media types of an operation's successes, in the order of its document. Without any, all are
/// [left](Kept::Left).
pub type Documented = &'static [(&'static str, Kept)];

/// Whether it is JSON, or JSON beneath: `application/problem+json`.
fn is_json(essence: &str) -> bool {
    essence.ends_with("+json") || matches!(essence, "application/json" | "text/json")
}

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoText {
    /// They are none in this charset.
    Malformed,
    /// The charset is not known.
    Charset,
}

/// The text in its charset: that of a byte order mark, or else the one that is named, or else UTF-8.
/// No character is replaced.
pub(crate) fn text(bytes: &[u8], charset: Option<&str>) -> Result<String, NoText> {
    let marked = [
        (&b"\xef\xbb\xbf"[..], "utf-8"),
        (b"\xff\xfe", "utf-16le"),
        (b"\xfe\xff", "utf-16be"),
    ]
    .into_iter()
    .find_map(|(mark, charset)| Some((bytes.strip_prefix(mark)?, charset)));
    let (bytes, charset) = marked.unwrap_or((bytes, charset.unwrap_or("utf-8")));
    match charset {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => {
            let text = std::str::from_utf8(bytes).map_err(|_| NoText::Malformed)?;
            Ok(text.to_owned())
        }
        "iso-8859-1" | "iso8859-1" | "latin1" => {
            Ok(bytes.iter().copied().map(char::from).collect())
        }
        // Without a mark, the order of RFC 2781.
        "utf-16" | "utf-16be" => utf_16(bytes, u16::from_be_bytes),
        "utf-16le" => utf_16(bytes, u16::from_le_bytes),
        other => in_other(bytes, other),
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NoText> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(NoText::Malformed);
    }
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .collect::<Result<_, _>>()
        .map_err(|_| NoText::Malformed)
}

#[cfg(feature = "charsets")]
fn in_other(bytes: &[u8], charset: &str) -> Result<String, NoText> {
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes()).ok_or(NoText::Charset)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(Into::into).ok_or(NoText::Malformed)
}

#[cfg(not(feature = "charsets"))]
fn in_other(_: &[u8], _: &str) -> Result<String, NoText> {
    Err(NoText::Charset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_type_is_read_whatever_its_spelling() {
        let given = "Text/Plain ; boundary=x; CharSet=\"UTF-16\"";
        assert_eq!(essence(given), "text/plain");
        assert_eq!(charset(given).as_deref(), Some("utf-16"));
        assert_eq!((essence(""), charset("text/plain")), (String::new(), None));
    }

    #[test]
    fn of_several_documented_types_the_closest_counts() {
        let all = [
            "*/*",
            "text/*",
            "application/json",
            "text/csv; charset=utf-8",
        ];
        for (arrived, index) in [
            ("text/csv", 3),
            ("text/html", 1),
            ("image/png", 0),
            ("application/json", 2),
            ("application/problem+json", 2),
        ] {
            assert_eq!(among(arrived, &all), Some(index), "{arrived}");
        }
        let two = ["application/json", "application/problem+json"];
        assert_eq!(among("application/problem+json", &two), Some(1));
        assert_eq!(among("text/html", &two), None);
        assert_eq!(among("a/b", &["a/*", "A/*"]), Some(0));
    }

    #[test]
    fn a_text_has_a_charset() {
        for (bytes, charset, expected) in [
            (&b"\xc3\xa9"[..], None, Ok("é")),
            (b"\xe9", Some("iso-8859-1"), Ok("é")),
            (b"\xef\xbb\xbfa", Some("iso-8859-1"), Ok("a")),
            (b"\xff\xfea\0", None, Ok("a")),
            (b"\0a", Some("utf-16"), Ok("a")),
            (b"a\0\x3d\xd8\x00\xde", Some("utf-16le"), Ok("a😀")),
            (b"a", Some("utf-16"), Err(NoText::Malformed)),
            (b"\xd8\0", Some("utf-16be"), Err(NoText::Malformed)),
            (b"\xe9", None, Err(NoText::Malformed)),
            (b"a", Some("no-such"), Err(NoText::Charset)),
        ] {
            assert_eq!(
                text(bytes, charset),
                expected.map(str::to_owned),
                "{bytes:?}"
            );
        }
        let japanese = text(b"\x83\x65", Some("shift_jis"));
        match cfg!(feature = "charsets") {
            true => assert_eq!(japanese.as_deref(), Ok("テ")),
            false => assert_eq!(japanese, Err(NoText::Charset)),
        }
    }
}
