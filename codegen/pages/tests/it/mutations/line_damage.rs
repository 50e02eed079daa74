//! Damage to the lines of a file: lines lost and torn apart, marks that draw a table broken.

use crate::mutations::Sample;
use crate::mutations::claims::{Claim, Claims, Expected, route_gone};
use crate::mutations::doc::Doc;
use crate::mutations::judge::Case;
use crate::mutations::model::{Column, Form};
use crate::mutations::render::{File, Origin, render};

/// All damage to the lines of a document, one at a time.
pub fn line_damage(doc: &Doc, expected: &Expected, sample: &mut Sample) -> Vec<Case> {
    let file = render(doc);
    let mut out = LineDamage {
        doc,
        expected,
        sample,
        file: &file,
        out: Vec::new(),
    };
    for at in 0..file.lines.len() {
        out.line_lost(at);
        out.blank(at);
        out.marks(at);
    }
    out.out
}

struct LineDamage<'d> {
    doc: &'d Doc,
    expected: &'d Expected,
    sample: &'d mut Sample,
    file: &'d File,
    out: Vec<Case>,
}

impl LineDamage<'_> {
    fn damage(
        &mut self,
        what: String,
        (excused, extra): (Claims, Claims),
        change: impl FnOnce(&mut File),
    ) {
        if !self.sample.takes() {
            return;
        }
        let mut file = self.file.clone();
        change(&mut file);
        let mut expected = self.expected.clone();
        expected.may.extend(extra);
        self.out.push(Case {
            what,
            text: file.text(),
            expected,
            excused,
        });
    }

    fn line_lost(&mut self, at: usize) {
        let (origin, text) = &self.file.lines[at];
        if text.is_empty()
            && *origin == Origin::Nothing
            && self
                .file
                .lines
                .get(at + 1)
                .is_none_or(|(_, next)| next.is_empty())
        {
            return;
        }
        let taken = self.taken(*origin);
        self.damage(format!("line {} lost: {text:?}", at + 1), taken, |file| {
            file.lines.remove(at);
        });
    }

    fn blank(&mut self, at: usize) {
        let (_, text) = &self.file.lines[at];
        let next = self.file.lines.get(at + 1);
        if text.is_empty() || next.is_none_or(|(_, next)| next.is_empty()) {
            return;
        }
        self.damage(
            format!("blank line below line {}: {text:?}", at + 1),
            Default::default(),
            |file| {
                file.lines.insert(at + 1, (Origin::Nothing, String::new()));
            },
        );
    }

    /// Breaks what draws tables: tags, bars, borders.
    fn marks(&mut self, at: usize) {
        let (origin, text) = self.file.lines[at].clone();
        if matches!(origin, Origin::Nothing | Origin::Part(_) | Origin::Code(_))
            && !matches!(self.doc.form, Form::Html)
        {
            return;
        }
        let html = matches!(self.doc.form, Form::Html | Form::MarkdownHtml);
        let marks: Vec<(usize, usize)> = if html {
            let closing = text
                .match_indices("</")
                .filter_map(|(start, _)| Some((start, start + text[start..].find('>')? + 1)));
            closing.collect()
        } else {
            let drawing: &[char] = match (self.doc.form, origin) {
                (Form::Grid, Origin::Frame(_)) => &['+'],
                (
                    Form::Grid
                    | Form::MarkdownGfm
                    | Form::PipeCells
                    | Form::PipeBars
                    | Form::PipeRows
                    | Form::OpenRows,
                    _,
                ) => &['|'],
                _ => &[],
            };
            text.match_indices(drawing)
                .map(|(start, mark)| (start, start + mark.len()))
                .collect()
        };
        for (start, end) in marks {
            let mut broken = text.clone();
            broken.replace_range(start..end, "");
            self.damage(
                format!(
                    "line {}: {:?} lost at {start}: {text:?}",
                    at + 1,
                    &text[start..end]
                ),
                Default::default(),
                |file| file.lines[at].1 = broken,
            );
        }
        let drawn = matches!(self.doc.form, Form::Grid | Form::Simple)
            && matches!(origin, Origin::Frame(_));
        if drawn && text.len() > 8 && text.is_ascii() {
            let broken = text[..text.len() / 2].to_owned();
            self.damage(
                format!("line {} cut in half: {text:?}", at + 1),
                Default::default(),
                |file| file.lines[at].1 = broken,
            );
        }
        let whole_row = matches!(
            self.doc.form,
            Form::MarkdownGfm | Form::PipeRows | Form::OpenRows
        ) && matches!(origin, Origin::Row(..));
        if whole_row {
            let half = text
                .match_indices('|')
                .nth(2)
                .map_or(text.len(), |(bar, _)| bar + 1);
            let taken = self.about(origin);
            self.damage(
                format!("line {} cut at its third bar: {text:?}", at + 1),
                taken,
                |file| file.lines[at].1.truncate(half),
            );
        }
    }

    /// What goes when a line goes, and what may come of it.
    fn taken(&self, origin: Origin) -> (Claims, Claims) {
        let html = matches!(self.doc.form, Form::Html | Form::MarkdownHtml);
        match origin {
            Origin::About(..) => self.about(origin),
            Origin::Row(table, row, Some(column)) => {
                let line = &self.doc.tables().nth(table).unwrap().rows[row];
                let kind = self.doc.tables().nth(table).unwrap().header[column]
                    .as_ref()
                    .unwrap()
                    .0;
                match kind {
                    Column::About => self.about(origin),
                    // What is left reads like a second paragraph of the status above; no text can tell.
                    Column::Status if self.doc.form == Form::Plain => {
                        (line.own.clone(), Claims::new())
                    }
                    _ => Default::default(),
                }
            }
            // The line is the row, or in a grid the first line of it.
            Origin::Row(table, row, None) if !html => {
                let line = &self.doc.tables().nth(table).unwrap().rows[row];
                let all = line
                    .own
                    .iter()
                    .chain(&line.said)
                    .chain(&line.below)
                    .cloned()
                    .collect();
                if self.doc.form == Form::Grid {
                    (line.said.clone(), Claims::new())
                } else {
                    (all, Claims::new())
                }
            }
            Origin::Part(part) => {
                let text = match &self.doc.parts[part] {
                    // The title says that the operation is deprecated.
                    crate::mutations::doc::Part::Title(_) => {
                        return (Claims::from([Claim::Deprecated]), Claims::new());
                    }
                    crate::mutations::doc::Part::Route(text) => text,
                    _ => return Default::default(),
                };
                route_gone(text, &self.expected.must)
            }
            _ => Default::default(),
        }
    }

    /// What a line of a description takes along: all it says, or one value of a list.
    fn about(&self, origin: Origin) -> (Claims, Claims) {
        let (Origin::About(table, row, ..) | Origin::Row(table, row, _)) = origin else {
            return Default::default();
        };
        let said = self.doc.tables().nth(table).unwrap().rows[row].said.clone();
        let mut extra = Claims::new();
        for claim in &said {
            let Claim::Enum(name, values) = claim else {
                continue;
            };
            for skip in 0..values.len() {
                let fewer = values
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at != skip)
                    .map(|(_, value)| value.clone())
                    .collect();
                extra.insert(Claim::Enum(name.clone(), fewer));
            }
        }
        (said, extra)
    }
}

/// Damage to a definition: marks of JSON lost, references that lead nowhere.
pub fn definitions(text: &str, expected: &Expected, sample: &mut Sample) -> Vec<Case> {
    let mut out = Vec::new();
    let mut add = |what: String, text: String| {
        if sample.takes() {
            out.push(Case {
                what,
                text,
                expected: expected.clone(),
                excused: Claims::new(),
            });
        }
    };
    for (start, mark) in text
        .match_indices(['{', '}', '[', ']', '"', ':', ','])
        .step_by(5)
    {
        let mut broken = text.to_owned();
        broken.replace_range(start..start + mark.len(), "");
        add(format!("'{mark}' lost at {start}"), broken);
    }
    for (start, mark) in text.match_indices("\"#/") {
        let mut broken = text.to_owned();
        broken.insert_str(start + mark.len(), "nowhere/");
        add(format!("the reference at {start} leads nowhere"), broken);
    }
    out
}
