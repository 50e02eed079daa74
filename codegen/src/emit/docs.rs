//! Words of the documents → rustdoc text that is safe: no doctest, HTML or broken link by accident.

use crate::model::{Constraints, Field, NamedSchema, PasswordPolicy, SchemaKind};

/// Markdown of a document as rustdoc text.
///
/// Code blocks become plain text blocks (rustdoc would compile them), `<` and `[` outside code are
/// escaped unless they belong to a link, bare addresses become links.
pub fn markdown(text: &str) -> String {
    let mut out = Vec::new();
    let mut fenced = false;
    for line in text.trim().lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            out.push(if fenced {
                "```text".to_owned()
            } else {
                "```".to_owned()
            });
        } else if fenced {
            out.push(line.trim_end().to_owned());
        } else {
            // Four leading spaces would make a code block; lists keep two.
            let indent = if line.starts_with(' ') && is_list_item(trimmed) {
                "  "
            } else {
                ""
            };
            out.push(format!("{indent}{}", inline(trimmed)));
        }
    }
    if fenced {
        out.push("```".to_owned());
    }
    out.join("\n")
}

fn is_list_item(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("* ")
}

/// One line outside code blocks.
fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c == '`' {
            let ticks = rest.len() - rest.trim_start_matches('`').len();
            let fence = &rest[..ticks];
            let after = &rest[ticks..];
            if let Some(end) = after.find(fence) {
                out.push_str(&rest[..ticks + end + ticks]);
                rest = &after[end + ticks..];
            } else {
                out.push_str(&fence.replace('`', "\\`"));
                rest = after;
            }
            continue;
        }
        if rest.starts_with("https://") || rest.starts_with("http://") {
            let end = rest
                .find(|c: char| c.is_whitespace() || "<>()[]\"'`".contains(c))
                .unwrap_or(rest.len());
            let address = rest[..end].trim_end_matches(['.', ',', ';', ':']);
            out.push_str(&format!("<{address}>"));
            rest = &rest[address.len()..];
            continue;
        }
        if c == '['
            && let Some(link) = link_at(rest)
        {
            out.push_str(link);
            rest = &rest[link.len()..];
            continue;
        }
        match c {
            '<' | '>' | '[' | ']' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// `[words](https://…)` at the start of the text.
fn link_at(text: &str) -> Option<&str> {
    let close = text.find("](")?;
    if text[1..close].contains('[') {
        return None;
    }
    let address = &text[close + 2..];
    let end = address.find(')')?;
    address
        .starts_with("http")
        .then(|| &text[..close + 2 + end + 1])
}

/// The first sentence or line of a text, for lists and tables.
pub fn first_line(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    match line.find(". ") {
        Some(at) => line[..=at].to_owned(),
        None => line.to_owned(),
    }
}

/// The rustdoc text of a named type.
pub fn schema_text(schema: &NamedSchema) -> String {
    if let Some(description) = &schema.description {
        return markdown(description);
    }
    match &schema.kind {
        SchemaKind::Object { .. } => format!("The `{}` object.", schema.name),
        SchemaKind::Enum { .. } => format!("The words of `{}`.", schema.name),
        SchemaKind::OneOf { .. } => format!("One of the shapes of `{}`.", schema.name),
    }
}

/// The rustdoc text of a field: what it means, then what its value must fulfil.
pub fn field_text(field: &Field) -> String {
    let mut text = match &field.description {
        Some(description) => markdown(description),
        None => format!("The `{}` field.", field.name),
    };
    let rules = rules(
        &field.constraints,
        field.policy.as_ref(),
        field.default.as_ref(),
    );
    if let Some(rule) = &field.required_unless {
        text.push_str(&format!(
            "\n\nNeeded unless `{}` is `{}`; must not be sent when it is.",
            field_name(&rule.field),
            rule.equals
        ));
    }
    if !rules.is_empty() {
        text.push_str(&format!("\n\n{rules}"));
    }
    text
}

fn field_name(name: &str) -> String {
    name.replace('`', "'")
}

/// What a value must fulfil, as one line; empty when nothing is said.
pub fn rules(
    constraints: &Constraints,
    policy: Option<&PasswordPolicy>,
    default: Option<&serde_json::Value>,
) -> String {
    let mut rules = Vec::new();
    let bounds = |unit: &str, min: Option<String>, max: Option<String>| match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("{min} {unit}")),
        (Some(min), Some(max)) => Some(format!("{min} to {max} {unit}")),
        (Some(min), None) => Some(format!("at least {min} {}", counted(unit, &min))),
        (None, Some(max)) => Some(format!("at most {max} {}", counted(unit, &max))),
        (None, None) => None,
    };
    let number = |value: Option<f64>| value.map(|value| value.to_string());
    let count = |value: Option<u64>| value.map(|value| value.to_string());
    match policy {
        Some(policy) => {
            rules.push(format!("{} to {} characters", policy.min, policy.max));
            rules.push(format!(
                "at least {} of the classes {}",
                policy.min_classes,
                policy.classes.join(", ")
            ));
            if let Some(specials) = &policy.specials {
                rules.push(format!("special characters out of {}", code(specials)));
            }
            if !policy.forbidden.is_empty() {
                let words: Vec<_> = policy.forbidden.iter().map(|word| code(word)).collect();
                rules.push(format!("not {} nor its reverse", words.join(", ")));
            }
        }
        None => rules.extend(bounds(
            "characters",
            count(constraints.min_length),
            count(constraints.max_length),
        )),
    }
    rules.extend(bounds(
        "in value",
        number(constraints.minimum),
        number(constraints.maximum),
    ));
    rules.extend(bounds(
        "items",
        count(constraints.min_items),
        count(constraints.max_items),
    ));
    if let Some(pattern) = &constraints.pattern {
        rules.push(format!("of the form {} (not checked here)", code(pattern)));
    }
    let mut text = if rules.is_empty() {
        String::new()
    } else {
        format!("Must be: {}.", rules.join("; "))
    };
    if let Some(default) = default {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&format!(
            "The server assumes {} when it is left out.",
            code(&default.to_string())
        ));
    }
    text
}

/// `1 character`, `2 characters`.
fn counted<'u>(unit: &'u str, count: &str) -> &'u str {
    if count == "1" {
        unit.strip_suffix('s').unwrap_or(unit)
    } else {
        unit
    }
}

/// A text as inline code, whatever backticks it has; line breaks become spaces.
pub fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_a_doctest_or_html() {
        assert_eq!(markdown("```\nlet x = 1;\n```"), "```text\nlet x = 1;\n```");
        assert_eq!(markdown("a\n\n    four spaces"), "a\n\nfour spaces");
        assert_eq!(
            markdown("unclosed\n```rust\nx"),
            "unclosed\n```text\nx\n```"
        );
        assert_eq!(markdown("a <b> c"), "a \\<b\\> c");
        assert_eq!(markdown("keep `a <b> c`"), "keep `a <b> c`");
    }

    #[test]
    fn links_stay_and_addresses_become_links() {
        assert_eq!(
            markdown("see https://x.example/a."),
            "see <https://x.example/a>."
        );
        assert_eq!(
            markdown("[page](https://x.example)"),
            "[page](https://x.example)"
        );
        assert_eq!(markdown("a[0]"), "a\\[0\\]");
    }

    #[test]
    fn code_survives_backticks() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`~!"), "`` `~! ``");
    }
}
