//! Templates with `{names}`: paths and server addresses.

use std::ops::Range;

/// A template taken apart.
#[derive(Debug, PartialEq)]
pub struct Template<'a> {
    /// Each name with the bytes it has in the template, braces excluded.
    pub names: Vec<(&'a str, Range<usize>)>,
    /// The template with every name left out: equal for templates that match the same text.
    pub shape: String,
}

/// Takes a template apart.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(text: &str) -> Result<Template<'_>, String> {
    let mut template = Template {
        names: Vec::new(),
        shape: String::with_capacity(text.len()),
    };
    let mut open = None;
    for (at, character) in text.char_indices() {
        match (character, open) {
            ('{', None) => open = Some(at + 1),
            ('{', Some(_)) => return Err("a `{` stands inside `{…}`".to_owned()),
            ('}', None) => return Err("a `}` has no `{`".to_owned()),
            ('}', Some(start)) => {
                let name = text.get(start..at).unwrap_or_default();
                if name.is_empty() {
                    return Err("`{}` has no name".to_owned());
                }
                if name.contains('/') {
                    return Err(format!("the name `{name}` contains a `/`"));
                }
                if template.names.iter().any(|(other, _)| *other == name) {
                    return Err(format!("`{{{name}}}` is there twice"));
                }
                template.names.push((name, start..at));
                template.shape.push_str("{}");
                open = None;
            }
            (_, None) => template.shape.push(character),
            (_, Some(_)) => {}
        }
    }
    match open {
        Some(_) => Err("a `{` is not closed".to_owned()),
        None => Ok(template),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_shape_are_found() {
        let template = parse("/v1/{a}/b/{c-d}:x").unwrap();
        assert_eq!(template.names, [("a", 5..6), ("c-d", 11..14)]);
        assert_eq!(template.shape, "/v1/{}/b/{}:x");
    }

    #[test]
    fn broken_templates_say_what_is_broken() {
        for (text, words) in [
            ("/{a", "not closed"),
            ("/a}", "has no `{`"),
            ("/{}", "no name"),
            ("/{a{b}}", "inside"),
            ("/{a}/{a}", "twice"),
            ("/{a/b}", "contains a `/`"),
        ] {
            assert!(parse(text).unwrap_err().contains(words), "{text}");
        }
    }
}
