//! The parameters of a path that arrived, by the template of its operation.

use percent_encoding::percent_decode_str;

/// The parameters of a path, decoded; `None` if it is not of this template.
pub(super) fn fill(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut found = Vec::new();
    let (mut names, mut values) = (template.split('/'), path.split('/'));
    loop {
        match (names.next(), values.next()) {
            (None, None) => return Some(found),
            (Some(name), Some(value)) => segment(name, value, &mut found)?,
            _ => return None,
        }
    }
}

/// The parameters of one segment, which may have text around and between them: `{name}.{format}`.
///
/// None is empty, and where the text between two of them stands more than once, the first are the
/// longest: `a.b.json` is `a.b` and `json`. Taken from the end, each text at the last place that
/// leaves something for the parameter behind it, that is found wherever there is a way at all.
fn segment(
    template: &'static str,
    value: &str,
    found: &mut Vec<(&'static str, String)>,
) -> Option<()> {
    let known = found.len();
    let (mut template, mut value) = (template, value);
    while let Some((before, parameter)) = template.rsplit_once('{') {
        let (name, after) = parameter.split_once('}')?;
        value = before_text(value, after)?;
        let begin = match before.rsplit_once('}') {
            None => value.strip_prefix(before).map(|_| before.len()),
            Some((_, between)) => (0..value.len()).rev().find(|at| {
                let before = value.get(..*at);
                parts_characters(value, *at)
                    && before.is_some_and(|it| before_text(it, between).is_some())
            }),
        };
        let (rest, given) = value.split_at_checked(begin?)?;
        if given.is_empty() {
            return None;
        }
        found.push((name, percent_decode_str(given).decode_utf8().ok()?.into()));
        (template, value) = (before, rest);
    }
    found[known..].reverse();
    (template == value).then_some(())
}

/// What stands before the text that a value ends with.
fn before_text<'a>(value: &'a str, text: &str) -> Option<&'a str> {
    let before = value.strip_suffix(text)?;
    parts_characters(value, before.len()).then_some(before)
}

/// Whether a text with escapes can be parted here: inside of no escape, and of no character that is
/// several of them.
fn parts_characters(text: &str, at: usize) -> bool {
    let byte = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).copied();
    let is_inside = [1, 2].map(|back| byte(at.checked_sub(back)) == Some(b'%'));
    let continues = byte(Some(at)) == Some(b'%')
        && matches!(
            byte(Some(at + 1)),
            Some(b'8' | b'9' | b'A' | b'B' | b'a' | b'b')
        );
    !is_inside.contains(&true) && !continues
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every parameter has something, and the first as much as leaves enough for the others.
    #[test]
    fn parameters_of_one_segment_are_told_apart_by_the_text_between_them() {
        for (template, path, expected) in [
            ("{a}.{b}", "a.json", Some(&["a", "json"][..])),
            ("{a}.{b}", "a.b.json", Some(&["a.b", "json"])),
            ("{a}.{b}", "a.b%2Ejson", Some(&["a", "b.json"])),
            ("{a}.{b}", "..json", Some(&[".", "json"])),
            ("{a}.{b}", "a..", Some(&["a", "."])),
            ("{a}.{b}", "json", None),
            ("{a}.{b}", ".json", None),
            ("{a}.{b}", "json.", None),
            ("{a}.{b}.z", "a.z.z.z", Some(&["a.z", "z"])),
            ("{a}.{b}.z", "a.z", None),
            ("{a}-{b}.{c}", "x-1-2.tar.gz", Some(&["x-1", "2.tar", "gz"])),
            ("{a}-{b}.{c}", "x.1-2", None),
            ("v-{a}.{b}", "v-v-1.2", Some(&["v-1", "2"])),
            ("v-{a}.{b}", "a.b", None),
            ("{a}{b}", "xyz", Some(&["xy", "z"])),
            ("{a}{b}", "x%2Fy", Some(&["x/", "y"])),
            ("{a}{b}", "x%C3%A9", Some(&["x", "é"])),
            ("{a}{b}", "x", None),
            // No escape is cut in two.
            ("{a}2{b}", "1%2F", None),
            ("{a}2{b}", "121%2F", Some(&["1", "1/"])),
            ("{a}2", "1%42", None),
            ("{a}::{b}", "a:::b", Some(&["a:", "b"])),
            ("{a}", "", None),
        ] {
            let found = fill(template, path);
            let values = found.map(|all| all.into_iter().map(|it| it.1).collect::<Vec<_>>());
            let expected = expected.map(|all| all.iter().map(|it| (*it).to_owned()).collect());
            assert_eq!(values, expected, "{template} {path}");
        }
        // However many places there are for it to be cut.
        let long = format!("/{}", "a.".repeat(20_000));
        assert_eq!(fill("/{a}.{b}.{c}.{d}{e}{f}-", &long), None);
    }

    #[test]
    fn a_template_is_filled_segment_by_segment() {
        let template = "/v1/{project_id}/servers/{id}";
        assert_eq!(
            fill(template, "/v1/p/servers/a%20b%2Fc").unwrap(),
            [("project_id", "p".to_owned()), ("id", "a b/c".to_owned())]
        );
        for other in [
            "/v1/p/servers",
            "/v1/p/servers/a/b",
            "/v2/p/servers/a",
            "",
            "/v1/p/servers/%ff",
        ] {
            assert_eq!(fill(template, other), None, "{other}");
        }
    }
}
