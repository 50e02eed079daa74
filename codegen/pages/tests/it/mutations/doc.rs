//! A page as headings, paragraphs and tables: what all text forms have in common. Damage is done
//! here when it is the same in every form, so that it is known which claims it touches.

use serde_json::{Map, Value, json};

use crate::mutations::claims::{self, Claim, Claims, inside, prefix};
use crate::mutations::model::{Answer, Column, Form, Lang, Page, Row, Say};
use crate::mutations::words::{Para, Words, description, words};

#[derive(Debug, Clone)]
pub enum Part {
    Title(String),
    Heading(String),
    Para(String),
    Route(String),
    Status(String),
    Code(String),
    Table(Table),
}

#[derive(Debug, Clone)]
pub struct Table {
    /// From 1, in reading order; what references name, whether it has a caption or not.
    pub number: usize,
    pub caption: Option<String>,
    pub header: Vec<Option<(Column, String)>>,
    pub rows: Vec<Line>,
    /// Whether it is the indented table of actions.
    pub iam: bool,
}

/// A row of a table, and what it claims.
#[derive(Debug, Clone)]
pub struct Line {
    pub cells: Vec<Option<Cell>>,
    /// The row's own claim.
    pub own: Claims,
    /// What its description claims.
    pub said: Claims,
    /// What the tables inside it claim.
    pub below: Claims,
}

#[derive(Debug, Clone)]
pub struct Cell {
    pub paras: Vec<Para>,
}

#[derive(Debug, Clone)]
pub struct Doc {
    pub form: Form,
    pub lang: Lang,
    pub parts: Vec<Part>,
}

impl Doc {
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.parts.iter().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        })
    }

    pub fn table_mut(&mut self, index: usize) -> &mut Table {
        let tables = self.parts.iter_mut().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        });
        tables.into_iter().nth(index).unwrap()
    }

    pub fn words(&self) -> &'static Words {
        words(self.lang)
    }
}

struct Builder<'p> {
    page: &'p Page,
    form: Form,
    words: &'static Words,
    parts: Vec<Part>,
    tables: usize,
}

/// Where the rows of a table belong.
#[derive(Clone, Copy)]
enum Owner<'o> {
    Request(&'o str),
    Answer(&'o str),
}

/// The document of a page.
pub fn document(page: &Page, form: Form) -> Doc {
    let words = words(page.lang);
    let mut out = Builder {
        page,
        form,
        words,
        parts: Vec::new(),
        tables: 0,
    };
    let title = if page.deprecated {
        format!("{}{}", page.title, words.deprecated)
    } else {
        page.title.clone()
    };
    out.parts.push(Part::Title(title));
    out.heading(words.function);
    out.parts.push(Part::Para(page.about.clone()));
    if let Some((action, access)) = &page.iam {
        out.heading(words.authorization);
        out.iam(action, access);
    }
    out.heading(words.uri);
    out.parts.extend(
        page.routes
            .iter()
            .map(|path| Part::Route(format!("{} {path}", page.method))),
    );
    out.request("path", words.path_caption, &page.path);
    out.request("query", words.query_caption, &page.query);
    out.heading(words.request);
    out.request("header", words.header_caption, &page.headers);
    out.request("body", words.body_caption, &page.body);
    if page.headers.is_empty() && page.body.is_empty() {
        out.none();
    }
    out.heading(words.response);
    for answer in &page.answers {
        out.answer(answer);
    }
    out.examples();
    if !page.statuses.is_empty() {
        out.heading(words.statuses);
        out.statuses();
    }
    out.heading(words.errors);
    out.parts.push(Part::Para(words.see_errors.to_owned()));
    Doc {
        form,
        lang: page.lang,
        parts: out.parts,
    }
}

impl Builder<'_> {
    fn heading(&mut self, words: &str) {
        self.parts.push(Part::Heading(words.to_owned()));
    }

    fn none(&mut self) {
        // A single character vanishes from rendered text.
        if !(self.form == Form::Plain && self.words.none.chars().count() == 1) {
            self.parts.push(Part::Para(self.words.none.to_owned()));
        }
    }

    fn header(&self, columns: &[Column]) -> Vec<Option<(Column, String)>> {
        columns
            .iter()
            .map(|column| Some((*column, self.words.column(*column).to_owned())))
            .collect()
    }

    fn request(&mut self, place: &str, caption: &str, rows: &[Row]) {
        if rows.is_empty() {
            return;
        }
        let mut columns = self.page.columns.clone();
        if place == "path" && !self.page.path_types {
            columns.retain(|column| *column != Column::Type);
        }
        let caption = self.page.captions.then(|| caption.to_owned());
        self.table(Owner::Request(place), "", caption, &columns, rows);
    }

    fn answer(&mut self, answer: &Answer) {
        if let (true, Some(status)) = (self.page.by_status, &answer.status) {
            self.parts
                .push(Part::Status(format!("{}{status}", self.words.status)));
        }
        let status = claims::status_of(self.page, answer).to_owned();
        let columns: Vec<Column> = self
            .page
            .columns
            .iter()
            .copied()
            .filter(|column| *column != Column::Required)
            .collect();
        let caption = self
            .page
            .captions
            .then(|| self.words.response_caption.to_owned());
        self.table(
            Owner::Answer(&status),
            "",
            caption,
            &columns,
            &answer.fields,
        );
    }

    /// A table, and after it those of the fields inside its fields.
    fn table(
        &mut self,
        owner: Owner<'_>,
        outer: &str,
        caption: Option<String>,
        columns: &[Column],
        rows: &[Row],
    ) {
        self.tables += 1;
        let number = self.tables;
        let mut next = number;
        let mut lines = Vec::new();
        let mut inner = Vec::new();
        for row in rows {
            let name = inside(outer, row);
            let refers = (!row.inside.is_empty()).then(|| {
                next += 1;
                let refers = next;
                next += deep(&row.inside);
                refers
            });
            lines.push(self.line(owner, &name, row, columns, refers));
            if refers.is_some() {
                inner.push((prefix(&name, row), row));
            }
        }
        let header = self.header(columns);
        self.parts.push(Part::Table(Table {
            number,
            caption,
            header,
            rows: lines,
            iam: false,
        }));
        for (name, row) in inner {
            self.table(owner, &name, Some(row.name.clone()), columns, &row.inside);
        }
    }

    fn line(
        &self,
        owner: Owner<'_>,
        name: &str,
        row: &Row,
        columns: &[Column],
        refers: Option<usize>,
    ) -> Line {
        let cells = columns
            .iter()
            .map(|column| {
                let text = |text: &str| vec![Para::Text(text.to_owned())];
                let paras = match column {
                    Column::Name => text(&row.name),
                    Column::Required => {
                        if self.form == Form::Plain && claims::is_lost(self.page.lang, row.required)
                        {
                            return None;
                        }
                        text(if row.required {
                            self.words.yes
                        } else {
                            self.words.no
                        })
                    }
                    Column::Type => text(&row.type_),
                    _ => self.kept(description(self.page, self.form, row, refers)),
                };
                Some(Cell { paras })
            })
            .collect();
        Line {
            cells,
            own: self.own(owner, name, row),
            said: self.said(owner, name, row),
            below: self.below(owner, name, row),
        }
    }

    /// What the form keeps of a description.
    fn kept(&self, paras: Vec<Para>) -> Vec<Para> {
        let pipe = self.form.is_pipe();
        paras
            .into_iter()
            .filter(|para| !(pipe && matches!(para, Para::List(_))))
            .collect()
    }

    fn own(&self, owner: Owner<'_>, name: &str, row: &Row) -> Claims {
        Claims::from([match owner {
            Owner::Request(place) => claims::parameter(self.page, self.form, place, name, row),
            Owner::Answer(status) => claims::field(self.page, self.form, status, name, row),
        }])
    }

    fn said(&self, owner: Owner<'_>, name: &str, row: &Row) -> Claims {
        claims::said(self.form, name, row, matches!(owner, Owner::Answer(_)))
            .into_iter()
            .collect()
    }

    fn below(&self, owner: Owner<'_>, name: &str, row: &Row) -> Claims {
        let outer = prefix(name, row);
        let mut out = Claims::new();
        for row in &row.inside {
            let name = inside(&outer, row);
            out.extend(self.own(owner, &name, row));
            out.extend(self.said(owner, &name, row));
            out.extend(self.below(owner, &name, row));
        }
        out
    }

    fn plain_line(&self, cells: &[(Column, &str)], own: Claim) -> Line {
        let cells = cells
            .iter()
            .map(|(_, text)| {
                Some(Cell {
                    paras: vec![Para::Text((*text).to_owned())],
                })
            })
            .collect();
        Line {
            cells,
            own: Claims::from([own]),
            said: Claims::new(),
            below: Claims::new(),
        }
    }

    fn statuses(&mut self) {
        let lines = self
            .page
            .statuses
            .iter()
            .map(|(status, meaning)| {
                self.plain_line(
                    &[(Column::Status, status), (Column::Meaning, meaning)],
                    Claim::Status(status.clone()),
                )
            })
            .collect();
        let header = self.header(&[Column::Status, Column::Meaning]);
        self.tables += 1;
        self.parts.push(Part::Table(Table {
            number: self.tables,
            caption: None,
            header,
            rows: lines,
            iam: false,
        }));
    }

    fn iam(&mut self, action: &str, access: &str) {
        let line = self.plain_line(
            &[
                (Column::Action, action),
                (Column::Access, access),
                (Column::Resource, "gauge *"),
            ],
            Claim::Iam(action.to_owned()),
        );
        let header = self.header(&[Column::Action, Column::Access, Column::Resource]);
        self.tables += 1;
        self.parts.push(Part::Table(Table {
            number: self.tables,
            caption: None,
            header,
            rows: vec![line],
            iam: true,
        }));
    }

    fn examples(&mut self) {
        let words = self.words;
        self.heading(words.request_example);
        let mut path = self.page.routes[0].clone();
        if !self.page.template_example {
            for row in &self.page.path {
                path = path.replace(&format!("{{{}}}", row.name), "0c1b2a");
            }
        }
        let mut request = format!("{} https://{{endpoint}}{path}", self.page.method);
        if !self.page.body.is_empty() {
            request.push_str(&format!("\n\n{:#}", object(&self.page.body)));
        }
        self.parts.push(Part::Code(request));
        self.heading(words.response_example);
        for answer in self
            .page
            .answers
            .iter()
            .filter(|answer| !answer.fields.is_empty())
            .take(1)
        {
            if let (true, Some(status)) = (self.page.by_status, &answer.status) {
                self.parts
                    .push(Part::Status(format!("{}{status}", words.status)));
            }
            self.parts
                .push(Part::Code(format!("{:#}", object(&answer.fields))));
        }
    }
}

/// How many tables there are below the one of these rows.
fn deep(rows: &[Row]) -> usize {
    rows.iter()
        .filter(|row| !row.inside.is_empty())
        .map(|row| 1 + deep(&row.inside))
        .sum()
}

/// A value that the description of a field allows.
fn allowed(row: &Row) -> Option<&str> {
    row.says.iter().find_map(|say| match say {
        Say::Listed(values) => values.first().map(|(value, _)| value.as_str()),
        Say::Choice(values) => values.first().map(String::as_str),
        _ => None,
    })
}

/// An example of an object with these fields.
pub fn object(rows: &[Row]) -> Value {
    let mut out = Map::new();
    for row in rows {
        let own = || match claims::kind(&row.type_).as_str() {
            "object" | "array" if !row.inside.is_empty() => object(&row.inside),
            "integer" => json!(7),
            "float" | "double" => json!(7.5),
            "boolean" => json!(true),
            _ => json!(allowed(row).unwrap_or("sample")),
        };
        let value = if row.is_array() {
            json!([own()])
        } else {
            own()
        };
        out.insert(row.name.clone(), value);
    }
    Value::Object(out)
}
