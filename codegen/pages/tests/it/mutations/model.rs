//! What an invented page says, before it is written down in any form.

/// A language the pages are published in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    En,
    Zh,
    Fr,
    Es,
    Pt,
    Nl,
}

/// A form the pages are published in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Html,
    MarkdownHtml,
    MarkdownGfm,
    Grid,
    Simple,
    Plain,
    /// Pipe text, one cell a line, the bar behind it.
    PipeCells,
    /// Pipe text, one cell a line, with a leading bar a row.
    PipeBars,
    /// Pipe text, one row a line.
    PipeRows,
    /// The same with bars between the cells alone.
    OpenRows,
    Explorer,
}

pub const FORMS: [Form; 11] = [
    Form::Html,
    Form::MarkdownHtml,
    Form::MarkdownGfm,
    Form::Grid,
    Form::Simple,
    Form::Plain,
    Form::PipeCells,
    Form::PipeBars,
    Form::PipeRows,
    Form::OpenRows,
    Form::Explorer,
];

impl Form {
    pub fn is_pipe(self) -> bool {
        matches!(
            self,
            Form::PipeCells | Form::PipeBars | Form::PipeRows | Form::OpenRows
        )
    }

    /// Whether a list inside a cell comes out as one.
    pub fn keeps_lists(self) -> bool {
        matches!(
            self,
            Form::Html | Form::MarkdownHtml | Form::Grid | Form::Plain
        )
    }

    pub fn file(self) -> &'static str {
        match self {
            Form::Html => "page.html",
            Form::Explorer => "page.json",
            _ => "page.txt",
        }
    }
}

/// What a description says besides what the field is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Say {
    /// The values as a list, each with its meaning.
    Listed(Vec<(String, String)>),
    /// The values in a sentence.
    Choice(Vec<String>),
    Default(String),
    Length(u32, u32),
    MaxLength(u32),
    Range(i64, i64),
    /// The rules of a password as a list.
    Password {
        min: u32,
        max: u32,
        classes: u32,
        specials: String,
    },
    /// The rules of a password in one sentence.
    PasswordSentence {
        min: u32,
        max: u32,
        classes: u32,
    },
}

/// A parameter or field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub type_: String,
    pub required: bool,
    pub about: String,
    pub says: Vec<Say>,
    /// The fields inside, which stand in a table of their own.
    pub inside: Vec<Row>,
}

impl Row {
    pub fn is_array(&self) -> bool {
        self.type_.starts_with("Array") || self.type_.starts_with("List")
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    Name,
    Required,
    Type,
    About,
    Status,
    Meaning,
    Action,
    Access,
    Resource,
}

/// The answer to one status; without one where the page gives none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: Option<String>,
    pub fields: Vec<Row>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub name: &'static str,
    pub lang: Lang,
    pub title: String,
    pub about: String,
    pub deprecated: bool,
    pub method: String,
    pub routes: Vec<String>,
    pub path: Vec<Row>,
    pub query: Vec<Row>,
    pub headers: Vec<Row>,
    pub body: Vec<Row>,
    pub answers: Vec<Answer>,
    pub statuses: Vec<(String, String)>,
    pub iam: Option<(String, String)>,
    /// The columns of request tables, in order.
    pub columns: Vec<Column>,
    /// Whether the table of the path has a column of types.
    pub path_types: bool,
    /// Whether the answers stand under "Status code: …".
    pub by_status: bool,
    pub captions: bool,
    /// Whether descriptions have parts: definition, constraints, range, default.
    pub labels: bool,
    /// Whether the example of the request shows the template of the route.
    pub template_example: bool,
}
