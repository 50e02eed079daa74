//! Findings as text: with source lines through annotate-snippets, or one line each.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::formats::Weight;
use super::{Diagnostic, Severity, wrap};
use crate::characters::is_harmful;
use crate::source::{Lines, Position, Source, Span};

/// Lines longer than this are quoted in part by hand: annotate-snippets walks the whole line.
const LONGEST_LINE: usize = 2_000;
/// How many characters of such a line are quoted on each side of the place.
const QUOTED: usize = 60;
/// What stands before a message below a listing: line numbers and `= help: `.
const BEFORE_HELP: usize = 12;
/// A related place at most this many lines away shares the excerpt of the main place.
const NEARBY: usize = 30;

/// A text with its path and its lines.
struct Shown<'a> {
    path: &'a str,
    text: &'a str,
    lines: Lines<'a>,
}

impl<'a> Shown<'a> {
    fn of((path, text): (&'a str, &'a str)) -> (&'a str, Self) {
        let lines = Lines::new(text);
        (path, Self { path, text, lines })
    }
}

/// The texts by path, their lines found once.
struct Library<'a> {
    by_path: HashMap<&'a str, Shown<'a>>,
}

impl<'a> Library<'a> {
    fn new(findings: &[&Diagnostic], sources: &'a [Source]) -> Self {
        let places = findings.iter().flat_map(|it| {
            let related = it.related.iter().map(|it| it.path.as_str());
            related.chain([it.path.as_str()])
        });
        let wanted: HashSet<&str> = places.collect();
        let texts = sources.iter().flat_map(Source::texts);
        let wanted = texts.filter(|(path, _)| wanted.contains(path));
        Self {
            by_path: wanted.map(Shown::of).collect(),
        }
    }

    fn get(&self, path: &str) -> Option<&Shown<'a>> {
        self.by_path.get(path)
    }
}

/// One line a finding.
pub(super) fn short(findings: &[&Diagnostic], sources: &[Source]) -> String {
    let library = Library::new(findings, sources);
    let mut out = String::new();
    for it in findings {
        out.push_str(&clean(&it.path));
        if let Some(shown) = library.get(&it.path) {
            let position = shown.lines.position(it.span.start);
            out.push_str(&format!(":{}:{}", position.line, position.column));
        }
        let message = clean(&it.message);
        out.push_str(&format!(": {}[{}]: {message}\n", it.severity, it.code));
    }
    out
}

/// Every finding with its source lines, a blank line between two.
pub(super) fn full(
    findings: &[&Diagnostic],
    sources: &[Source],
    color: bool,
    width: Option<usize>,
) -> String {
    let library = Library::new(findings, sources);
    let mut renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    if let Some(width) = width {
        renderer = renderer.term_width(width);
    }
    let fit = |before: usize, text: &str| {
        let text = clean(text);
        let Some(width) = width else {
            return text.into_owned();
        };
        let lines = text.lines();
        let lines = lines.map(|it| wrap(it, width.saturating_sub(before), "", ""));
        lines.collect::<Vec<_>>().join("\n")
    };
    let mut out = String::new();
    for it in findings {
        if !out.is_empty() {
            out.push('\n');
        }
        let level = match it.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let before = it.severity.to_string().len() + it.code.len() + "[]: ".len();
        let mut group = level
            .primary_title(fit(before, &it.message))
            .id(it.code)
            .elements(Vec::<Origin<'_>>::new());
        group = match library.get(&it.path) {
            Some(shown) => excerpts(group, it, shown, &library),
            None => group.element(Origin::path(clean(&it.path))),
        };
        if let Some(help) = &it.help {
            group = group.element(Level::HELP.message(fit(BEFORE_HELP, help)));
        }
        out.push_str(&renderer.render(&[group]));
        out.push('\n');
    }
    out
}

/// One thing that is found, in however many sources.
#[derive(Debug)]
pub struct Listed<'a> {
    /// Its colour.
    pub weight: Weight,
    /// What kind of thing it is, in a word: `error`.
    pub kind: &'a str,
    /// A stable name.
    pub code: &'a str,
    /// What it is, in one sentence.
    pub message: &'a str,
    /// Where it is: which source, which bytes, and a few words beside them.
    pub places: Vec<(usize, Span, &'a str)>,
    /// What else there is to say, and what to do.
    pub help: Vec<String>,
}

/// Shows things with lines of several sources, which are read once.
pub struct Listings<'a> {
    sources: Vec<(&'a Source, HashMap<&'a str, Shown<'a>>)>,
    renderer: Renderer,
}

impl<'a> Listings<'a> {
    /// Of these sources, with colours or without, within so many columns if they are counted.
    pub fn new(sources: &[&'a Source], color: bool, width: Option<usize>) -> Self {
        let renderer = match color {
            true => Renderer::styled(),
            false => Renderer::plain(),
        };
        Self {
            sources: sources
                .iter()
                .map(|it| (*it, it.texts().map(Shown::of).collect()))
                .collect(),
            renderer: match width {
                Some(width) => renderer.term_width(width),
                None => renderer,
            },
        }
    }

    /// The file, line and column of a byte in a source.
    pub fn position(&self, source: usize, byte: usize) -> Option<(&'a str, Position)> {
        let (shown, span) = self.placed(source, &(byte..byte))?;
        Some((shown.path, shown.lines.position(span.start)))
    }

    fn placed(&self, source: usize, span: &Span) -> Option<(&Shown<'a>, Span)> {
        let (source, texts) = self.sources.get(source)?;
        let place = source.place(span);
        Some((texts.get(place.path)?, place.span))
    }

    /// One thing with its lines; the text ends with a line feed.
    pub fn show(&self, listed: &Listed<'_>) -> String {
        let level = match listed.weight {
            Weight::Error => Level::ERROR,
            Weight::Warning => Level::WARNING,
            Weight::Note => Level::NOTE,
        };
        let level = level.with_name(Some(listed.kind));
        let mut group = level
            .primary_title(clean(listed.message))
            .id(listed.code)
            .elements(Vec::<Origin<'_>>::new());
        for (source, span, label) in &listed.places {
            let Some((shown, span)) = self.placed(*source, span) else {
                continue;
            };
            let mark = mark(shown, &span, label, AnnotationKind::Primary);
            group = excerpt(group, shown, std::slice::from_ref(&mark));
        }
        for help in &listed.help {
            group = group.element(Level::HELP.message(clean(help)));
        }
        let mut text = self.renderer.render(&[group]);
        text.push('\n');
        text
    }
}

/// A place to mark: bytes on one line of the source, and the words beside them.
struct Mark<'a> {
    line: usize,
    span: Range<usize>,
    label: &'a str,
    kind: AnnotationKind,
}

fn excerpts<'a>(
    group: Group<'a>,
    finding: &'a Diagnostic,
    shown: &Shown<'a>,
    library: &Library<'a>,
) -> Group<'a> {
    let main = mark(
        shown,
        &finding.span,
        &finding.label,
        AnnotationKind::Primary,
    );
    let related = finding.related.iter().filter_map(|it| {
        let shown = library.get(&it.path)?;
        let mark = mark(shown, &it.span, &it.label, AnnotationKind::Context);
        Some((shown, mark))
    });
    let is_near = |(other, mark): &(&Shown<'_>, Mark<'_>)| {
        other.path == shown.path && mark.line.abs_diff(main.line) <= NEARBY
    };
    let (near, far): (Vec<_>, Vec<_>) = related.partition(is_near);

    let mut marks: Vec<_> = near.into_iter().map(|(_, mark)| mark).collect();
    marks.push(main);
    marks.sort_by_key(|mark| (mark.line, mark.span.start));
    let group = excerpt(group, shown, &marks);
    far.into_iter().fold(group, |group, (shown, mark)| {
        excerpt(group, shown, std::slice::from_ref(&mark))
    })
}

/// Keeps a span to its first line: what begins there is enough to find the place.
fn mark<'a>(
    shown: &Shown<'_>,
    span: &Range<usize>,
    label: &'a str,
    kind: AnnotationKind,
) -> Mark<'a> {
    let Shown { text, lines, .. } = shown;
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let line = lines.index(start);
    let range = lines.range(line);
    let start = start.min(range.end);
    let mut end = span.end.clamp(start, range.end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let marked = text.get(start..end).unwrap_or_default();
    let end = start + marked.trim_end().len();
    Mark {
        line,
        span: start..end,
        label,
        kind,
    }
}

/// Appends the lines from the first mark to the last.
fn excerpt<'a>(group: Group<'a>, shown: &Shown<'a>, marks: &[Mark<'_>]) -> Group<'a> {
    let Shown { path, text, lines } = shown;
    let text: &'a str = text;
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else {
        return group;
    };
    let start = skip_byte_order_mark(text, lines.range(first.line).start);
    let end = lines.range(last.line).end.max(start);
    let longest = (first.line..=last.line)
        .map(|line| lines.range(line).len())
        .max();
    if longest > Some(LONGEST_LINE) {
        return marks
            .iter()
            .fold(group, |group, mark| quote(group, shown, mark));
    }
    let shown = text.get(start..end).unwrap_or_default();
    let annotations = marks.iter().map(|mark| {
        let from = mark.span.start.clamp(start, end) - start;
        let to = mark.span.end.clamp(start, end) - start;
        mark.kind
            .span(from..to)
            .label(clean(mark.label).into_owned())
    });
    group.element(
        Snippet::source(shown)
            .line_start(first.line + 1)
            .path(clean(path))
            .annotations(annotations),
    )
}

/// Names the place and quotes a piece of an overlong line.
fn quote<'a>(group: Group<'a>, shown: &Shown<'a>, mark: &Mark<'_>) -> Group<'a> {
    let Shown { path, text, lines } = shown;
    let position = lines.position(mark.span.start);
    let range = lines.range(mark.line);
    let before = text.get(range.start..mark.span.start).unwrap_or_default();
    let after = text.get(mark.span.start..range.end).unwrap_or_default();
    let from = before
        .char_indices()
        .rev()
        .nth(QUOTED)
        .map_or(0, |(at, _)| at);
    let to = after
        .char_indices()
        .nth(QUOTED)
        .map_or(after.len(), |(at, _)| at);
    let note = format!(
        "{}: {}{} >>> {}{}",
        clean(mark.label),
        if from > 0 { "…" } else { "" },
        clean(&before[from..]),
        clean(&after[..to]),
        if to < after.len() { "…" } else { "" },
    );
    group
        .element(
            Origin::path(clean(path))
                .line(position.line)
                .char_column(position.column),
        )
        .element(Level::NOTE.message(note))
}

fn skip_byte_order_mark(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.len() - rest.trim_start_matches('\u{feff}').len()
}

/// Replaces what a terminal would obey instead of print; line feeds stay.
fn clean(text: &str) -> Cow<'_, str> {
    let harmful = |it: char| it != '\n' && (is_harmful(it) || it == '\t');
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if harmful(character) {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}
