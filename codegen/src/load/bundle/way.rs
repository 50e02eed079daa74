//! Where the text of a reference leads, by the words of it alone.

use super::super::tree::{escaped, percent_decoded, unescaped};
use crate::source::seen_from;

/// The first half of a reference.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Into the file that it stands in.
    Inside,
    /// Into the file of this path.
    File(String),
    /// To an address of the web, or of another scheme.
    Address,
    /// To a place of one machine.
    Absolute,
}

/// The way of a reference that stands in a file, and what is behind its `#`.
pub(super) fn way<'t>(file: &str, text: &'t str) -> (Way, &'t str) {
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    let decoded = percent_decoded(path);
    let is_of_machine = |it: &str| it.starts_with(['/', '\\']);
    let way = match scheme(path) {
        _ if path.is_empty() => Way::Inside,
        // A letter is a drive.
        Some(scheme) if scheme.len() == 1 => Way::Absolute,
        Some(_) => Way::Address,
        None if path.starts_with("//") || path.contains('?') => Way::Address,
        None if is_of_machine(&decoded) => Way::Absolute,
        None => Way::File(seen_from(file, &decoded)),
    };
    (way, fragment)
}

fn scheme(path: &str) -> Option<&str> {
    let (scheme, _) = path.split_once(':')?;
    let is_one = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it));
    is_one.then_some(scheme)
}

/// A JSON pointer in the one way that it is spelled here; none for any other fragment.
pub(super) fn pointer(fragment: &str) -> Option<String> {
    if fragment.is_empty() {
        return Some(String::new());
    }
    let tokens = fragment.strip_prefix('/')?.split('/');
    let tokens = tokens.map(|it| format!("/{}", escaped(&unescaped(it))));
    Some(tokens.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_seen_from_the_file_it_stands_in() {
        let file = |path: &str| Way::File(path.to_owned());
        for (from, text, expected, fragment) in [
            ("spec/a.yaml", "#/x", Way::Inside, "/x"),
            ("spec/a.yaml", "", Way::Inside, ""),
            ("spec/a.yaml", "b.yaml", file("spec/b.yaml"), ""),
            ("spec/a.yaml", "./c/../b.yaml#/x", file("spec/b.yaml"), "/x"),
            ("spec/a.yaml", "../b%20c.yaml#", file("b c.yaml"), ""),
            ("a.yaml", "../../b.yaml", file("../../b.yaml"), ""),
            ("../p/a.yaml", "../q/b.yaml", file("../q/b.yaml"), ""),
            ("/w/a.yaml", "../../b.yaml", file("/b.yaml"), ""),
            ("v1:x/a.yaml", "../y/b.yaml", file("v1:y/b.yaml"), ""),
            ("c:/w/a.yaml", "../../../b.yaml", file("c:/b.yaml"), ""),
            ("a.yaml", "ab:c/d.yaml", Way::Address, ""),
            ("a.yaml", "./a:b.yaml", file("a:b.yaml"), ""),
            ("a.yaml", "https://x.example/b#/y", Way::Address, "/y"),
            ("a.yaml", "FILE:///etc/passwd", Way::Address, ""),
            ("a.yaml", "//x.example/b", Way::Address, ""),
            ("a.yaml", "b.yaml?c=d", Way::Address, ""),
            ("a.yaml", "/etc/passwd", Way::Absolute, ""),
            ("a.yaml", "%2Fetc/passwd", Way::Absolute, ""),
            ("a.yaml", "\\\\host\\share", Way::Absolute, ""),
            ("a.yaml", "c:\\b.yaml", Way::Absolute, ""),
        ] {
            assert_eq!(way(from, text), (expected, fragment), "{from}: {text}");
        }
    }

    #[test]
    fn a_pointer_has_one_spelling() {
        for (fragment, expected) in [
            ("", Some("")),
            ("/", Some("/")),
            ("/a~1b/c~0d", Some("/a~1b/c~0d")),
            ("/a~2", Some("/a~02")),
            ("anchor", None),
        ] {
            assert_eq!(pointer(fragment).as_deref(), expected, "{fragment}");
        }
    }
}
