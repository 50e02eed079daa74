//! Edits of a page before it is written down: what a publisher changes. Each must be read as exactly
//! that change.

use crate::mutations::model::{Column, Form, Lang, Page, Row, Say};

/// An edited page and what was done to it.
pub struct Edit {
    pub what: String,
    pub page: Page,
}

struct Edits<'p> {
    page: &'p Page,
    form: Form,
    out: Vec<Edit>,
}

/// Which list of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FieldLocation {
    Path,
    Query,
    Header,
    Body,
    Answer(usize),
}

/// The single edits of a page.
pub fn edits(page: &Page, form: Form) -> Vec<Edit> {
    let mut out = Edits {
        page,
        form,
        out: Vec::new(),
    };
    out.whole();
    out.layout();
    out.statuses();
    let mut places = vec![
        FieldLocation::Path,
        FieldLocation::Query,
        FieldLocation::Header,
        FieldLocation::Body,
    ];
    places.extend((0..page.answers.len()).map(FieldLocation::Answer));
    for place in places {
        let mut found = Vec::new();
        addresses(list(&mut page.clone(), place), &[], &mut found);
        for address in found {
            out.row(place, &address);
        }
    }
    out.out
}

fn list(page: &mut Page, place: FieldLocation) -> &mut Vec<Row> {
    match place {
        FieldLocation::Path => &mut page.path,
        FieldLocation::Query => &mut page.query,
        FieldLocation::Header => &mut page.headers,
        FieldLocation::Body => &mut page.body,
        FieldLocation::Answer(index) => &mut page.answers[index].fields,
    }
}

/// Where each row stands: an index a level.
fn addresses(rows: &[Row], outer: &[usize], out: &mut Vec<Vec<usize>>) {
    for (index, row) in rows.iter().enumerate() {
        let address: Vec<usize> = outer.iter().copied().chain([index]).collect();
        out.push(address.clone());
        addresses(&row.inside, &address, out);
    }
}

/// The list a row stands in.
fn siblings<'r>(rows: &'r mut Vec<Row>, address: &[usize]) -> &'r mut Vec<Row> {
    match address {
        [outer, rest @ ..] if !rest.is_empty() => siblings(&mut rows[*outer].inside, rest),
        _ => rows,
    }
}

impl Edits<'_> {
    fn edit(&mut self, what: impl Into<String>, change: impl FnOnce(&mut Page)) {
        let mut page = self.page.clone();
        change(&mut page);
        if page != *self.page {
            self.out.push(Edit {
                what: what.into(),
                page,
            });
        }
    }

    fn whole(&mut self) {
        for method in ["PUT", "POST", "DELETE", "PATCH"] {
            if self.page.method != "GET" {
                self.edit(format!("method {method}"), |page| {
                    page.method = method.to_owned()
                });
            }
        }
        let segments = self.page.routes[0].split('/').count();
        for at in 1..segments {
            let segment = self.page.routes[0].split('/').nth(at).unwrap().to_owned();
            if segment.starts_with('{') {
                continue;
            }
            let replace = |path: &str| {
                let with = |(index, old): (usize, &str)| {
                    if index == at {
                        format!("{old}9")
                    } else {
                        old.to_owned()
                    }
                };
                path.split('/')
                    .enumerate()
                    .map(with)
                    .collect::<Vec<_>>()
                    .join("/")
            };
            self.edit(format!("segment {segment} changed"), |page| {
                page.routes[0] = replace(&page.routes[0])
            });
        }
        self.edit("segment added", |page| page.routes[0].push_str("/now"));
        self.edit("title changed", |page| page.title.push('2'));
        self.edit("deprecated flipped", |page| {
            page.deprecated = !page.deprecated
        });
        if self.form != Form::Explorer {
            self.edit("a further route", |page| {
                let further = page.routes[0].replacen("/v", "/v9/v", 1);
                page.routes.push(further);
            });
            self.edit("one route", |page| page.routes.truncate(1));
            self.edit("routes swapped", |page| page.routes.reverse());
            self.edit("no IAM", |page| page.iam = None);
            for action in ["tide:gauges:shift", "tide:piers:list"] {
                self.edit(format!("action {action}"), |page| {
                    page.iam = Some((action.to_owned(), "Write".to_owned()))
                });
            }
            self.edit("example with the template", |page| {
                page.template_example = !page.template_example
            });
        }
    }

    fn layout(&mut self) {
        if self.form == Form::Explorer {
            return;
        }
        let [name, required, type_, about] =
            [Column::Name, Column::Required, Column::Type, Column::About];
        for order in [
            [name, required, type_, about],
            [name, type_, required, about],
            [name, about, type_, required],
            [name, required, about, type_],
            [name, type_, about, required],
        ] {
            // Rendered text that lost its flags cannot show where they stood behind a description.
            self.edit(format!("columns {order:?}"), |page| {
                page.columns = order.to_vec()
            });
        }
        self.edit("path without types", |page| {
            page.path_types = !page.path_types
        });
        let mut inner = self
            .page
            .body
            .iter()
            .chain(&self.page.query)
            .chain(self.page.answers.iter().flat_map(|answer| &answer.fields));
        let nested = inner.any(|row| !row.inside.is_empty());
        // Without types nothing tells an array of objects from an object.
        if !nested {
            self.edit("no types", |page| {
                page.columns.retain(|column| *column != Column::Type)
            });
            self.edit("captions", |page| page.captions = !page.captions);
        }
        self.edit("no flags", |page| {
            page.columns.retain(|column| *column != Column::Required)
        });
        if self.page.lang == Lang::En || self.page.lang == Lang::Zh {
            self.edit("descriptions in parts", |page| page.labels = !page.labels);
        }
    }

    fn statuses(&mut self) {
        for (index, (status, _)) in self.page.statuses.iter().enumerate() {
            let answered =
                self.page.answers.iter().any(|answer| {
                    answer.status.as_ref() == Some(status) || answer.status.is_none()
                });
            if !answered {
                self.edit(format!("status {status} removed"), |page| {
                    page.statuses.remove(index);
                });
                self.edit(format!("status {status} changed"), |page| {
                    page.statuses[index].0 = "429".to_owned()
                });
            }
            self.edit(format!("meaning of {status} changed"), |page| {
                page.statuses[index].1.push('2')
            });
        }
        if !self.page.statuses.is_empty() {
            for status in ["401", "409", "503"] {
                self.edit(format!("status {status} added"), |page| {
                    page.statuses.push((status.to_owned(), "Oh.".to_owned()))
                });
            }
        }
        for index in 0..self.page.answers.len() {
            let Some(status) = self.page.answers[index].status.clone() else {
                continue;
            };
            let to = if status.starts_with('2') {
                "201"
            } else {
                "422"
            };
            self.edit(format!("answer {status} is {to}"), |page| {
                page.answers[index].status = Some(to.to_owned());
                for (code, _) in &mut page.statuses {
                    if *code == status {
                        to.clone_into(code);
                    }
                }
            });
            if index > 0 {
                self.edit(format!("answer {status} removed"), |page| {
                    page.answers.remove(index);
                    page.statuses.retain(|(code, _)| *code != status);
                });
            }
        }
    }

    fn row(&mut self, place: FieldLocation, address: &[usize]) {
        let at = *address.last().unwrap();
        let mut copy = self.page.clone();
        let row = siblings(list(&mut copy, place), address)[at].clone();
        let name = row.name.clone();
        let mut change = |what: String, change: &dyn Fn(&mut Row)| {
            self.edit(what, |page| {
                change(&mut siblings(list(page, place), address)[at])
            });
        };
        if !matches!(place, FieldLocation::Path | FieldLocation::Answer(_)) {
            change(format!("{place:?} {name}: flag flipped"), &|row| {
                row.required = !row.required
            });
        }
        if place != FieldLocation::Path && place != FieldLocation::Header {
            // In front, so that a password is one still.
            change(format!("{place:?} {name}: renamed"), &|row| {
                row.name.insert_str(0, "next_")
            });
        }
        if row.inside.is_empty() {
            for type_ in ["Integer", "String", "Boolean", "Array of strings"] {
                if place == FieldLocation::Path && !self.page.path_types
                    || self.form == Form::Explorer
                        && type_.starts_with("Array")
                        && place != FieldLocation::Body
                {
                    continue;
                }
                let what = format!("{place:?} {name}: type {type_}");
                self.edit(what, |page| {
                    let row = &mut siblings(list(page, place), address)[at];
                    if row.type_ != type_ {
                        type_.clone_into(&mut row.type_);
                        row.says.clear();
                    }
                });
            }
        }
        for index in 0..row.says.len() {
            self.say(place, address, index, &row.says[index]);
        }
        if place == FieldLocation::Path {
            return;
        }
        self.edit(format!("{place:?} a field before {name}"), |page| {
            let rows = siblings(list(page, place), address);
            let new = Row {
                name: if place == FieldLocation::Header {
                    "X-Added"
                } else {
                    "added_field"
                }
                .to_owned(),
                type_: "Integer".to_owned(),
                required: true,
                about: "New.".to_owned(),
                says: Vec::new(),
                inside: Vec::new(),
            };
            rows.insert(at, new);
        });
        self.edit(format!("{place:?} {name}: removed"), |page| {
            let rows = siblings(list(page, place), address);
            if rows.len() > 1 {
                rows.remove(at);
            }
        });
    }

    fn say(&mut self, place: FieldLocation, address: &[usize], index: usize, say: &Say) {
        let at = *address.last().unwrap();
        let mut new: Vec<Say> = Vec::new();
        match say {
            Say::Listed(values) => {
                let mut more = values.clone();
                more.push(("spare".to_owned(), "X.".to_owned()));
                new.push(Say::Listed(more));
                new.extend(fewer(values).map(Say::Listed));
            }
            Say::Choice(values) => {
                let mut more = values.clone();
                more.push("spare".to_owned());
                new.push(Say::Choice(more));
                new.extend(fewer(values).map(Say::Choice));
            }
            Say::Default(value) => {
                let other = match value.as_str() {
                    "true" => "false".to_owned(),
                    "false" => "true".to_owned(),
                    number if number.parse::<i64>().is_ok() => format!("1{number}"),
                    word => format!("{word}er"),
                };
                new.push(Say::Default(other));
            }
            Say::Length(min, max) => new.extend([
                Say::Length(min + 1, *max),
                Say::Length(*min, max + 1),
                Say::MaxLength(*max),
            ]),
            Say::MaxLength(max) => new.extend([Say::MaxLength(max + 1), Say::Length(1, *max)]),
            Say::Range(min, max) => {
                new.extend([Say::Range(min + 1, *max), Say::Range(*min, max + 1)])
            }
            Say::Password {
                min,
                max,
                classes,
                specials,
            } => {
                let rules = |min: u32, max: u32, classes: u32, specials: &str| Say::Password {
                    min,
                    max,
                    classes,
                    specials: specials.to_owned(),
                };
                new.extend([
                    rules(min + 1, *max, *classes, specials),
                    rules(*min, max + 1, *classes, specials),
                    rules(*min, *max, classes - 1, specials),
                    rules(*min, *max, *classes, &format!("{specials}^")),
                    Say::PasswordSentence {
                        min: *min,
                        max: *max,
                        classes: *classes,
                    },
                ]);
            }
            Say::PasswordSentence { min, max, classes } => {
                let rules =
                    |min: u32, max: u32, classes: u32| Say::PasswordSentence { min, max, classes };
                new.extend([
                    rules(min + 1, *max, *classes),
                    rules(*min, max + 1, *classes),
                    rules(*min, *max, classes - 1),
                ]);
            }
        }
        for say in new {
            self.edit(format!("{place:?} {address:?} says {say:?}"), |page| {
                siblings(list(page, place), address)[at].says[index] = say
            });
        }
        self.edit(
            format!("{place:?} {address:?} no longer says {say:?}"),
            |page| {
                siblings(list(page, place), address)[at].says.remove(index);
            },
        );
    }
}

/// Some values without each of them in turn; a single value is no list.
fn fewer<T: Clone>(values: &[T]) -> impl Iterator<Item = Vec<T>> {
    (0..values.len())
        .filter(|_| values.len() > 2)
        .map(|left_out| [&values[..left_out], &values[left_out + 1..]].concat())
}
