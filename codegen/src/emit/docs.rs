//! Words of the documents → rustdoc text that is safe: no doctest, HTML or broken link by accident.

use crate::characters::is_harmful;
use crate::model::{Constraints, Field, NamedSchema, PasswordPolicy, SchemaKind, Service};

/// Markdown of a document as rustdoc text.
///
/// Code blocks become plain text blocks (rustdoc would compile them), `<` and `[` outside code are
/// escaped unless they belong to a link, bare addresses become links.
pub fn markdown(text: &str) -> String {
    let text = printable(text);
    let mut out = Vec::new();
    let mut fence: Option<&str> = None;
    let mut list = List::default();
    for line in text.trim().lines() {
        let trimmed = line.trim();
        if let Some(open) = fence {
            if closes(trimmed, open) {
                out.push(open.to_owned());
                fence = None;
            } else {
                out.push(line.trim_end().to_owned());
            }
        } else if let Some(open) = fence_at(trimmed) {
            out.push(format!("{open}text"));
            fence = Some(open);
            list = List::default();
        } else {
            let indent = list.indent(line);
            out.push(format!("{:indent$}{}", "", inline(trimmed)));
        }
    }
    out.extend(fence.map(str::to_owned));
    out.join("\n")
}

/// A text without what no page shows as it is: control characters, and marks that turn the direction
/// of writing, which the compiler refuses. Tabs become spaces.
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('\n'),
            '\t' => out.push_str("    "),
            c if is_harmful(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The backticks or tildes that begin a code block, without the language behind them.
fn fence_at(line: &str) -> Option<&str> {
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let (fence, language) = line.split_at(line.len() - line.trim_start_matches(sign).len());
    let is_inline = sign == '`' && language.contains('`');
    (fence.len() >= 3 && !is_inline).then_some(fence)
}

/// Whether a line ends the code block that began with these signs.
fn closes(line: &str, open: &str) -> bool {
    line.len() >= open.len() && line.chars().all(|c| open.starts_with(c))
}

/// Where the words of list items begin, so that their lines stay together.
///
/// Other lines lose their indent: four leading spaces would make a code block.
#[derive(Debug, Default)]
struct List {
    /// The column of the words of the item that is open.
    words: Option<usize>,
    /// Whether an empty line came after it.
    parted: bool,
}

impl List {
    /// The indent of the next line.
    fn indent(&mut self, line: &str) -> usize {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            self.parted = true;
            return 0;
        }
        let parted = std::mem::take(&mut self.parted);
        let is_inner = line.starts_with(' ');
        if let Some(marker) = list_marker(trimmed) {
            // One level of lists in lists is kept.
            let indent = if is_inner { 2 } else { 0 };
            self.words = Some(indent + marker);
            return indent;
        }
        if parted && !is_inner || trimmed.starts_with(['#', '|', '>']) {
            self.words = None;
        }
        self.words.unwrap_or(0)
    }
}

/// The length of what makes a line a list item: `- ` or `12. `.
fn list_marker(line: &str) -> Option<usize> {
    if ["- ", "* ", "+ "]
        .iter()
        .any(|marker| line.starts_with(marker))
    {
        return Some(2);
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &line[digits..];
    ((1..=9).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")))
        .then_some(digits + 2)
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
            // Escaped already.
            '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) => {
                out.push_str(&rest[..2]);
                rest = &rest[2..];
                continue;
            }
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

/// An address as a link.
pub fn link(url: &str) -> String {
    format!("<{}>", address(url))
}

/// An address as it can stand in a link: what would end one, or begin something else in Markdown, is
/// spelled as addresses do.
pub fn address(url: &str) -> String {
    let ends = |it: char| it.is_whitespace() || r#"<>()[]{}\"`|^"#.contains(it);
    let mut out = String::with_capacity(url.len());
    for letter in url
        .chars()
        .filter(|it| it.is_whitespace() || !is_harmful(*it))
    {
        match ends(letter) {
            false => out.push(letter),
            true => {
                let mut bytes = [0; 4];
                let bytes = letter.encode_utf8(&mut bytes).bytes();
                bytes.for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
        }
    }
    out
}

/// The title of a service, in one line.
pub fn service_title(service: &Service) -> String {
    let words: Vec<_> = service.title.split_whitespace().collect();
    markdown(&words.join(" "))
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

/// What the members of an open object are that have no field.
pub const UNLISTED: &str = "Values under names the document does not list.";

/// The rustdoc text of a field: what it means, then what its value must fulfil.
pub fn field_text(field: &Field) -> String {
    let mut text = match &field.description {
        Some(description) => markdown(description),
        None => format!("The {} field.", code(&field.name)),
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
    rules.extend(range(constraints));
    if !constraints.listed.is_empty() {
        rules.push(format!("one of {}", constraints.listed.join(", ")));
    }
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

/// The least and the greatest value in words.
fn range(constraints: &Constraints) -> Option<String> {
    let shown = |bound: &serde_json::Number| match bound.as_f64().filter(|_| bound.is_f64()) {
        Some(bound) => bound.to_string(),
        None => bound.to_string(),
    };
    let from = constraints.minimum.as_ref().map(shown);
    let to = constraints.maximum.as_ref().map(shown);
    match (constraints.exclusive_minimum, constraints.exclusive_maximum) {
        (false, false) => match (from, to) {
            (Some(from), Some(to)) => Some(format!("{from} to {to} in value")),
            (Some(from), None) => Some(format!("at least {from} in value")),
            (None, Some(to)) => Some(format!("at most {to} in value")),
            (None, None) => None,
        },
        (above, below) => {
            let from =
                from.map(|from| format!("{} {from}", if above { "above" } else { "at least" }));
            let to = to.map(|to| format!("{} {to}", if below { "below" } else { "at most" }));
            let words: Vec<_> = from.into_iter().chain(to).collect();
            (!words.is_empty()).then(|| format!("{} in value", words.join(" and ")))
        }
    }
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
    let text = printable(&text.replace(['\n', '\r'], " "));
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
        let odd = "https://x.example/a b\n[c](d)|<e>\u{202e}";
        assert_eq!(
            link(odd),
            "<https://x.example/a%20b%0A%5Bc%5D%28d%29%7C%3Ce%3E>"
        );
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
    fn longer_fences_hold_shorter_ones() {
        assert_eq!(
            markdown("````md\n```\nx\n```\n````\n[y]"),
            "````text\n```\nx\n```\n````\n\\[y\\]"
        );
        assert_eq!(markdown("~~~\n```\n~~~"), "~~~text\n```\n~~~");
        assert_eq!(markdown("```one line```"), "```one line```");
    }

    #[test]
    fn lines_of_a_list_item_stay_together() {
        assert_eq!(
            markdown("- a\n  more\nlazy\n  - inner\n    more\n\n  a paragraph\n\nafter"),
            "- a\n  more\n  lazy\n  - inner\n    more\n\n    a paragraph\n\nafter"
        );
        assert_eq!(
            markdown("1. a\n   more\n12) b\nmore"),
            "1. a\n   more\n12) b\n    more"
        );
        assert_eq!(markdown("1.5 is\nno list"), "1.5 is\nno list");
    }

    #[test]
    fn what_cannot_be_shown_is_left_out() {
        assert_eq!(markdown("a\u{202e}b\u{2066}\u{0}c\td"), "abc    d");
        assert_eq!(code("a\u{202e}b"), "`ab`");
    }

    #[test]
    fn escapes_and_links_are_kept_once() {
        assert_eq!(markdown(r"\[x\] \<y> \n"), r"\[x\] \<y\> \n");
        assert_eq!(
            link("https://x.example/a b<c>"),
            "<https://x.example/a%20b%3Cc%3E>"
        );
    }

    #[test]
    fn code_survives_backticks() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`~!"), "`` `~! ``");
    }
}
