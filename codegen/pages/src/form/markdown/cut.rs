//! Cuts tables in HTML out of Markdown, keeping the lines in place.

/// A table that was cut out.
pub(super) struct Piece<'t> {
    /// Its HTML.
    pub(super) html: &'t str,
    /// How many lines stand before it.
    pub(super) before: usize,
    /// Whether its end was found.
    pub(super) closed: bool,
    /// Whether the page ends with it.
    pub(super) last: bool,
}

/// How many tables without an end are looked for; each costs a look through the rest of the file.
const MAX_UNCLOSED: usize = 64;

/// What stands in the place of the table of that index.
pub(super) fn mark(index: usize) -> String {
    format!("<!--table {index}-->")
}

/// The index in a mark.
pub(super) fn marked(html: &str) -> Option<usize> {
    html.split_once("<!--table ")?
        .1
        .split_once("-->")?
        .0
        .parse()
        .ok()
}

/// The text with every table replaced by a mark and blank lines, and the tables.
pub(super) fn tables(text: &str) -> (String, Vec<Piece<'_>>) {
    let mut out = String::with_capacity(text.len());
    let mut pieces = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = 0;
    let mut before = 0;
    let mut unclosed = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        crate::steps::count(1);
        let line_end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = rest.get(..line_end).unwrap_or(rest);
        let bare = line.trim_start();
        if let Some(open) = fence {
            if bare.starts_with(open) {
                fence = None;
            }
        } else if let Some(open) = ["```", "~~~"]
            .into_iter()
            .find(|open| bare.starts_with(open))
        {
            fence = Some(open);
        } else if let Some(start) = table_start(line).filter(|_| unclosed < MAX_UNCLOSED) {
            let html = rest.get(start..).unwrap_or("");
            let (length, closed) = table_end(html);
            unclosed += usize::from(!closed);
            let html = html.get(..length).unwrap_or(html);
            out.push_str(line.get(..start).unwrap_or(""));
            out.push_str(&mark(pieces.len()));
            let newlines = html.matches('\n').count();
            out.push_str(&"\n".repeat(newlines));
            pieces.push(Piece {
                html,
                before,
                closed,
                last: text
                    .get(at + start + length..)
                    .is_none_or(|rest| rest.trim().is_empty()),
            });
            before += newlines;
            at += start + length;
            continue;
        }
        out.push_str(line);
        before += usize::from(line.ends_with('\n'));
        at += line_end;
    }
    (out, pieces)
}

/// Where in a line a table starts: only anchors and blanks may stand before it.
fn table_start(line: &str) -> Option<usize> {
    let start = line.find("<table").or_else(|| line.find("<TABLE"))?;
    let before = line.get(..start)?.trim();
    let quiet = before.is_empty()
        || before.ends_with("</a>")
        || before.ends_with('>')
        || matches!(before, "-" | "*");
    quiet.then_some(start)
}

/// The length of a table, tables inside it included, and whether it has an end. One without ends
/// before the next heading.
fn table_end(html: &str) -> (usize, bool) {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(next) = html
        .get(at..)
        .and_then(|rest| rest.find('<'))
        .map(|found| at + found)
    {
        crate::steps::count(1);
        let tag = html.get(next..).unwrap_or("");
        if starts(tag, "<table") {
            depth += 1;
        } else if starts(tag, "</table") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return (tag.find('>').map_or(html.len(), |end| next + end + 1), true);
            }
        }
        at = next + 1;
    }
    (html.find("\n#").map_or(html.len(), |end| end + 1), false)
}

fn starts(tag: &str, name: &str) -> bool {
    tag.get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
}
