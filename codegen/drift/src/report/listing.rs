//! One line of a file, ready to be shown.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Snippet};
use huaweicloud_pages::block::Lines;

use crate::foreign::{cut, places_of, visible};
use crate::lines::line_start;

/// How many characters of a line are shown.
const WIDEST: usize = 160;
/// How many columns the line numbers take, and what parts them from the line.
const GUTTER: usize = 7;
/// How many characters are kept before what is marked, when the line is cut.
const BEFORE: usize = 40;

/// A line of a file with what is to be marked in it.
pub(super) struct Listing {
    path: String,
    line: usize,
    /// Where in the line what is marked begins, in characters counted from 1.
    column: usize,
    /// The line, with a column where the line alone does not tell.
    place: String,
    text: String,
    mark: Range<usize>,
    label: String,
}

impl Listing {
    /// The first of some lines that says something of a name, and one of the words for what it says; else
    /// the first that says it, be it with signs escaped or broken off; else that has the name; without either, the first line that has anything to read. Of a
    /// value that begins at a column what is said in it, else how it begins.
    pub(super) fn of_lines(
        path: &str,
        text: &str,
        at: Lines,
        (name, said): (Option<&str>, &[String]),
        labels: [String; 2],
        room: Option<usize>,
    ) -> Self {
        let wanted: Vec<(usize, &str)> = lines_at(text, at).collect();
        if let (Some(before), Some((number, line))) = (at.column.checked_sub(1), wanted.first()) {
            let value = value_at(line, before);
            let inner = line.get(value.clone()).unwrap_or_default();
            let said = said.iter().find_map(|it| find_word(inner, it, 0));
            let mark = said.unwrap_or_else(|| {
                let start = usize::from(inner.starts_with('"'));
                let rest = inner.get(start..).unwrap_or_default();
                start..start + rest.find(['"', '{', '[']).unwrap_or(rest.len())
            });
            let mark = value.start + mark.start..value.start + mark.end;
            return Self {
                place: at.to_string(),
                ..Self::new(path, *number, line, mark, labels, room)
            };
        }
        let first = |find: &dyn Fn(&str) -> Option<Range<usize>>| {
            let mut lines = wanted.iter();
            lines.find_map(|(number, line)| Some((*number, *line, find(line)?)))
        };
        let any = |line: &str, from| said.iter().find_map(|it| find_word(line, it, from));
        let behind_name = |line: &str| any(line, find_word(line, name?, 0)?.end);
        let marked = first(&behind_name)
            .or_else(|| first(&|line| any(line, 0)))
            .or_else(|| first(&|line| said.iter().find_map(|it| find_escaped(line, it))))
            .or_else(|| first(&|line| said.iter().find_map(|it| find_start(line, it))))
            .or_else(|| first(&|line| find_word(line, name?, 0)));
        if let Some((number, line, mark)) = marked {
            return Self::new(path, number, line, mark, labels, room);
        }
        let readable = wanted
            .iter()
            .find(|(_, line)| line.chars().any(char::is_alphanumeric));
        let first = readable.or(wanted.first()).copied();
        let (number, line) = first.unwrap_or((at.first.max(1), ""));
        let start = line.len() - line.trim_start().len();
        let end = line.trim_end().len().max(start);
        Self::new(path, number, line, start..end, labels, room)
    }

    /// The line of a text that holds a span, and the part of the span that is on it.
    pub(super) fn of_span(
        path: &str,
        text: &str,
        span: &Range<usize>,
        labels: [String; 2],
        room: Option<usize>,
    ) -> Self {
        let before = text.get(..span.start).unwrap_or_default();
        let start = line_start(text, span.start);
        let number = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let line = text.get(start..).unwrap_or_default();
        let line = line.lines().next().unwrap_or_default();
        let from = span.start.saturating_sub(start).min(line.len());
        let to = span.end.saturating_sub(start).clamp(from, line.len());
        Self::new(path, number, line, from..to, labels, room)
    }

    /// Of two labels the first is taken that there is room for.
    fn new(
        path: &str,
        number: usize,
        line: &str,
        mark: Range<usize>,
        labels: [String; 2],
        room: Option<usize>,
    ) -> Self {
        let line_start = line.get(..mark.start).unwrap_or_default();
        let marked = line.get(mark.clone()).unwrap_or_default();
        let after = line.get(mark.end..).unwrap_or_default();
        let widest = room.map_or(WIDEST, |room| room.saturating_sub(GUTTER).min(WIDEST));
        let is_wide = line.chars().count() > widest;
        let most = |count: usize| if is_wide { count } else { usize::MAX };
        let before = last(line_start, most(BEFORE.min(widest / 3)));
        let left = widest.saturating_sub(before.chars().count() + 1);
        let marked = cut(marked, most(left));
        let left = left.saturating_sub(marked.chars().count());
        let after = cut(after, most(left));
        let column = before.chars().count() + marked.chars().count() + 1;
        let fits = |label: &String| {
            room.is_none_or(|room| GUTTER + column + label.chars().count() <= room)
        };
        let label = labels.into_iter().find(fits).unwrap_or_default();
        let (before, marked) = (visible(&before), visible(&marked));
        let text = format!("{before}{marked}{}", visible(&after));
        let mark = before.len()..before.len() + marked.len();
        Self {
            path: visible(path).into_owned(),
            line: number,
            column: line_start.chars().count() + 1,
            place: number.to_string(),
            text,
            mark,
            label: visible(&label).into_owned(),
        }
    }

    /// It as a line of text: where it is, and what stands there.
    pub(super) fn plain(&self) -> String {
        format!("{}:{}: {}", self.path, self.place, self.text.trim())
    }

    /// It as a snippet.
    pub(super) fn snippet(
        &self,
        kind: AnnotationKind,
    ) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        Snippet::source(self.text.as_str())
            .path(self.path.as_str())
            .line_start(self.line)
            .annotation(kind.span(self.mark.clone()).label(self.label.as_str()))
    }

    /// A rendered line with the column of the whole line in place of that of the part which the snippet is
    /// of; nothing if it does not name this place.
    pub(super) fn placed(&self, rendered: &str) -> Option<String> {
        let before = self.text.get(..self.mark.start).unwrap_or_default();
        let [of_part, of_line] = [before.chars().count() + 1, self.column]
            .map(|column| format!("{}:{}:{column}", self.path, self.line));
        let (before, after) = rendered.split_once(&of_part)?;
        let is_whole = !after.starts_with(|it: char| it.is_ascii_digit());
        is_whole.then(|| format!("{before}{of_line}{after}"))
    }
}

/// The lines of a text at a place, each with its number.
pub(super) fn lines_at(text: &str, at: Lines) -> impl Iterator<Item = (usize, &str)> {
    let from = at.first.saturating_sub(1);
    let lines = (1..).zip(text.lines());
    lines.skip(from).take(at.last.saturating_sub(from).max(1))
}

/// The bytes of a line that a value of JSON takes, with its key, when so many characters are before it:
/// up to what parts it from the next, or to the end of the line.
fn value_at(line: &str, before: usize) -> Range<usize> {
    let mut letters = line.char_indices().skip(before).peekable();
    let start = letters.peek().map_or(line.len(), |it| it.0);
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for (at, letter) in letters {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = is_text,
            '"' => is_text = !is_text,
            _ if is_text => {}
            ',' | '}' | ']' if depth == 0 => return start..at,
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
    }
    start..line.len()
}

/// The first place of a word from a byte on that is neither part of another word nor inside a tag,
/// whatever the case of its ASCII letters.
fn find_word(line: &str, word: &str, from: usize) -> Option<Range<usize>> {
    let (folded, word) = (line.to_ascii_lowercase(), word.to_ascii_lowercase());
    let mut found = places_of(&folded, &word).filter(|at| {
        let before = line.get(..*at).unwrap_or_default();
        *at >= from && before.rfind('<') <= before.rfind('>')
    });
    found.next().map(|at| at..at + word.len())
}

/// A word of many signs in a line that escapes some of them.
fn find_escaped(line: &str, word: &str) -> Option<Range<usize>> {
    let is_sign = |it: char| !it.is_alphanumeric();
    let mut plain = line.replace(['\\', '`'], "");
    for (escaped, sign) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        plain = plain.replace(escaped, sign);
    }
    let word = word.replace(['\\', '`'], "");
    let is_found = word.chars().filter(|it| is_sign(*it)).count() > 2 && plain.contains(&word);
    let start = line.len() - line.trim_start().len();
    is_found.then(|| start..line.trim_end().len())
}

/// How many words of a clause are enough to know it by.
const FEWEST_WORDS: usize = 3;

/// The beginning of a clause that goes on in the next line.
fn find_start(line: &str, clause: &str) -> Option<Range<usize>> {
    let ends = clause
        .match_indices(' ')
        .map(|it| it.0)
        .skip(FEWEST_WORDS - 1);
    let mut ends: Vec<usize> = ends.collect();
    ends.reverse();
    ends.into_iter()
        .find_map(|end| find_word(line, clause.get(..end)?, 0))
}

/// At most the last characters of a text, with a mark where it was cut.
fn last(text: &str, count: usize) -> Cow<'_, str> {
    match text.char_indices().rev().nth(count) {
        Some((at, found)) => {
            let rest = text.get(at + found.len_utf8()..).unwrap_or_default();
            Cow::Owned(format!("…{rest}"))
        }
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> [String; 2] {
        Default::default()
    }

    #[test]
    fn a_narrow_screen_cuts_lines_and_takes_the_short_label() {
        let line = format!("{}MARK{}", "a".repeat(50), "b".repeat(50));
        let labels = ["what is said of it".to_owned(), "here".to_owned()];
        let it = Listing::of_span("a", &line, &(50..54), labels.clone(), Some(60));
        assert_eq!(&it.text[it.mark.clone()], "MARK");
        assert!(it.text.chars().count() <= 60 - GUTTER, "{}", it.text);
        assert_eq!(it.label, "what is said of it");
        let short = "a".repeat(44);
        let it = Listing::of_span("a", &short, &(0..40), labels.clone(), Some(60));
        assert_eq!(it.label, "here");
        let it = Listing::of_span("a", &short, &(0..40), labels, None);
        assert_eq!(it.label, "what is said of it");
    }

    #[test]
    fn a_wide_line_is_cut_around_the_mark() {
        let line = format!("{}MARK{}", "é".repeat(500), "ü".repeat(500));
        let start = 1000;
        let it = Listing::of_span("a", &line, &(start..start + 4), none(), None);
        assert_eq!(&it.text[it.mark.clone()], "MARK");
        assert!(it.text.chars().count() < 200);
        assert!(it.text.starts_with('…') && it.text.ends_with('…'));
    }

    #[test]
    fn odd_places_are_shown_as_far_as_they_exist() {
        for (text, span) in [("", 5..9), ("é", 1..2), ("a\n", 2..2), ("a\r\nb", 3..9)] {
            let it = Listing::of_span("a", text, &span, none(), None);
            assert!(it.text.get(it.mark.clone()).is_some(), "{text:?}");
        }
        let it = Listing::of_lines(
            "a",
            "one\n|\n two",
            Lines::new(2, 3),
            (None, &[]),
            none(),
            None,
        );
        assert_eq!((it.line, it.text.as_str()), (3, " two"));
        assert_eq!(&it.text[it.mark.clone()], "two");
        let it = Listing::of_lines("a", "one", Lines::new(7, 9), (None, &[]), none(), None);
        assert_eq!(it.line, 7);
        let row = "| my_name |\n<td id=\"name\">name</td>";
        let it = Listing::of_lines(
            "a",
            row,
            Lines::new(1, 2),
            (Some("name"), &[]),
            none(),
            None,
        );
        assert_eq!((it.line, it.mark.clone()), (2, 14..18));
        let row = "8 | name | up to 8 | 18";
        let it = Listing::of_lines(
            "a",
            row,
            Lines::of(1),
            (Some("name"), &["8".to_owned()]),
            none(),
            None,
        );
        assert_eq!(it.mark, 17..18);
        let row = "name\n8\n7";
        let it = Listing::of_lines(
            "a",
            row,
            Lines::new(1, 3),
            (Some("name"), &["7".to_owned()]),
            none(),
            None,
        );
        assert_eq!((it.line, it.text.as_str()), (3, "7"));
        let it = Listing::of_lines("a", "x\u{1b}[31m", Lines::of(1), (None, &[]), none(), None);
        assert!(!it.text.contains('\u{1b}'));
    }

    /// Pages say a number in words, escape signs, and break sentences.
    #[test]
    fn what_is_said_is_found_however_it_is_written() {
        let line = |text: &str, said: &[&str]| {
            let said: Vec<String> = said.iter().map(|it| (*it).to_owned()).collect();
            let at = Lines::new(1, text.lines().count());
            Listing::of_lines("a", text, at, (Some("key"), &said), none(), None).line
        };
        assert_eq!(line("key\n- has 8 signs\n- of two kinds", &["2", "two"]), 3);
        assert_eq!(line("key\n长度为12~64位\n64", &["64"]), 2);
        assert_eq!(
            line(
                "<p>key</p>\n<li>a</li>\n<li>one of !&lt;&gt;&amp;_</li>",
                &["!<>&_"]
            ),
            3
        );
        assert_eq!(line("| key | A name\\\n| | of !\\*\\_ | |", &["!*_"]), 2);
        assert_eq!(
            line(
                "| key | It cannot have\n| | three blanks in a row, or |",
                &["three blanks in a row or more of them"]
            ),
            2
        );
        assert_eq!(line("key\n8", &["x", "7"]), 1);
    }

    /// A definition may be one line, in which many values have the same numbers.
    #[test]
    fn a_value_of_a_long_line_is_marked_at_its_column() {
        let line = format!(
            r#"{{"词":"{}","a":{{"maxLength":64}},"b":{{"description":"a, \"64","type":"string","maxLength":64}},"c":[1]}}"#,
            "é".repeat(500)
        );
        let column = |part: &str| {
            let (before, _) = line.split_once(part).unwrap();
            before.chars().count() + 1
        };
        for (part, said, marked) in [
            (r#""a":"#, Some("64"), "64"),
            (r#""b":"#, Some("String"), "string"),
            (r#""b":"#, Some("1"), "b"),
            (r#""b":"#, None, "b"),
            ("1]", Some("2"), "1"),
        ] {
            let at = Lines::at(1, column(part));
            let said: Vec<String> = said.into_iter().map(str::to_owned).collect();
            let it = Listing::of_lines("a.json", &line, at, (Some("a"), &said), none(), None);
            assert_eq!(&it.text[it.mark.clone()], marked, "{part}");
            assert!(it.text.chars().count() < 200);
            let place = format!("a.json:1:{}: ", at.column);
            assert!(it.plain().starts_with(&place), "{}", it.plain());
            assert!((at.column..at.column + 50).contains(&it.column), "{part}");
        }
        // A rendered place of another column that begins alike is another one.
        let at = Lines::at(1, column(r#""a":"#));
        let said = ["64".to_owned()];
        let it = Listing::of_lines("a.json", &line, at, (Some("a"), &said), none(), None);
        let of_part = it.text[..it.mark.start].chars().count() + 1;
        let placed = |rest: &str| it.placed(&format!("--> a.json:1:{of_part}{rest}"));
        assert_eq!(placed("0"), None);
        assert_eq!(placed("\n"), Some(format!("--> a.json:1:{}\n", it.column)));
        for (line, at) in [("", 5), ("{", 2), ("\"", 1), ("a]", 1)] {
            let it = Listing::of_lines("a", line, Lines::at(1, at), (None, &[]), none(), None);
            assert!(it.text.get(it.mark.clone()).is_some(), "{line}");
        }
    }
}
