//! Cuts tables in HTML out of Markdown, keeping the lines in place.

/// A page and the tables that were cut out of it.
#[derive(Default)]
pub(super) struct Cut {
    /// The page, with a mark and blank lines in the place of every table.
    pub(super) rest: String,
    /// The HTML of the tables, each with an end.
    pub(super) tables: Vec<String>,
}

/// How many tables without an end are looked for; each costs a look through the rest of the file.
const MAX_UNCLOSED: usize = 64;

/// What stands before the first mark in a piece of HTML, the index in it, and what stands behind it.
pub(super) fn marked(html: &str) -> Option<(&str, usize, &str)> {
    let (before, rest) = html.split_once("<!--table ")?;
    let (index, after) = rest.split_once("-->")?;
    Some((before, index.parse().ok()?, after))
}

/// The text with every table replaced by a mark and blank lines, and the tables.
pub(super) fn tables(text: &str) -> Cut {
    let mut cut = Cut::default();
    let mut fence: Option<&str> = None;
    let mut rest = text;
    let mut unclosed = 0;
    while !rest.is_empty() {
        crate::steps::count(1);
        let (line, below) = rest.split_at(rest.find('\n').map_or(rest.len(), |end| end + 1));
        let bare = line.trim_start();
        if let Some(open) = fence {
            fence = fence.filter(|_| !bare.starts_with(open));
        } else {
            let mut fences = ["```", "~~~"].into_iter();
            fence = fences.find(|open| bare.starts_with(open));
        }
        let start = table_start(line).filter(|_| fence.is_none() && unclosed < MAX_UNCLOSED);
        let Some((before, html)) = start.and_then(|start| rest.split_at_checked(start)) else {
            match fence {
                Some(_) => cut.rest.push_str(line),
                None => set_apart(line, &mut cut.rest),
            }
            rest = below;
            continue;
        };
        let (length, closed) = table_end(html);
        let (html, after) = html.split_at(length);
        let mut table = html.to_owned();
        if !closed {
            unclosed += 1;
            table.push_str("</table>");
        }
        cut.rest.push_str(before);
        cut.rest
            .push_str(&format!("<!--table {}-->", cut.tables.len()));
        let newlines = html.matches('\n').count();
        cut.rest.push_str(&"\n".repeat(newlines));
        cut.tables.push(table);
        rest = after;
    }
    cut
}

/// Adds a line. "**EBB****FLOOD**" are two words, which Markdown makes one of; "138****1234" is one.
fn set_apart(line: &str, out: &mut String) {
    const BOTH: &str = "****";
    let mut rest = line;
    let mut is_open = false;
    while let Some((before, after)) = rest.split_once(BOTH) {
        crate::steps::count(before.len());
        is_open ^= before.matches("**").count() % 2 == 1;
        let letter = char::is_alphanumeric;
        let is_between = before.ends_with(letter) && after.starts_with(letter);
        out.push_str(before);
        out.push_str(if is_open && is_between { "** **" } else { BOTH });
        rest = after;
    }
    out.push_str(rest);
}

/// Where in a line a table starts: only anchors and blanks may stand before it.
fn table_start(line: &str) -> Option<usize> {
    let start = line.find("<table").or_else(|| line.find("<TABLE"))?;
    let before = line.get(..start)?.trim();
    let quiet = before.is_empty() || before.ends_with('>') || matches!(before, "-" | "*");
    quiet.then_some(start)
}

/// The length of a table, tables inside it included, and whether it has an end. One without ends
/// before the next heading.
fn table_end(html: &str) -> (usize, bool) {
    let mut depth = 0_usize;
    for (at, _) in html.match_indices('<') {
        crate::steps::count(1);
        let tag = html.get(at..).unwrap_or_default();
        if starts(tag, "<table") {
            depth += 1;
        } else if starts(tag, "</table") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return (tag.find('>').map_or(html.len(), |end| at + end + 1), true);
            }
        }
    }
    (html.find("\n#").map_or(html.len(), |end| end + 1), false)
}

fn starts(tag: &str, name: &str) -> bool {
    tag.get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
}
