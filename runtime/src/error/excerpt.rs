//! The beginning of a body, fit to be shown.

/// The longest excerpt of a body, in bytes.
const LONGEST_EXCERPT: usize = 512;

/// The beginning of a body as text of at most 512 bytes.
pub(super) fn excerpt(body: &[u8]) -> String {
    // Escaping only makes text longer, so nothing beyond the bound is needed.
    let head = &body[..body.len().min(LONGEST_EXCERPT)];
    let mut text = String::new();
    for c in String::from_utf8_lossy(head).chars() {
        let mut utf8 = [0; 4];
        let escaped;
        let shown = if c.is_control() {
            escaped = c.escape_default().to_string();
            escaped.as_str()
        } else {
            &*c.encode_utf8(&mut utf8)
        };
        if text.len() + shown.len() > LONGEST_EXCERPT {
            break;
        }
        text.push_str(shown);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_bounded_utf_8_on_one_line() {
        assert_eq!(excerpt(b""), "");
        assert_eq!(
            excerpt("a\nb\u{1b}[0m\u{0}é".as_bytes()),
            "a\\nb\\u{1b}[0m\\u{0}é"
        );
        assert_eq!(excerpt(b"\xff"), "\u{fffd}");
        for long in ["x".repeat(2_000), "é".repeat(2_000), "\n".repeat(2_000)] {
            let excerpt = excerpt(long.as_bytes());
            assert!(excerpt.len() <= LONGEST_EXCERPT && excerpt.len() > LONGEST_EXCERPT - 4);
        }
    }
}
