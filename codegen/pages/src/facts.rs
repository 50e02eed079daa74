//! The one model of what a page says, whatever form and language it is written in.
//!
//! Every fact carries its sources, so that a difference from the spec can show the line of the
//! page, and so that a page whose table and example disagree is reported as such.

use crate::block::Lines;
use crate::form::Form;

/// A file that facts were read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceFile {
    /// Its name, as it was given.
    pub name: String,
    /// The form it is written in.
    pub form: Form,
}

impl SourceFile {
    /// Whether it is a definition, and no page.
    #[must_use]
    pub fn is_definition(&self) -> bool {
        self.form == Form::Explorer
    }
}

/// What kind of place on the page a fact was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SourceKind {
    /// A cell of a table.
    Table,
    /// A sentence.
    Prose,
    /// A listing with an example.
    Example,
    /// The list or table of status codes.
    StatusList,
    /// A heading or the title.
    Heading,
    /// A machine-readable definition (the API Explorer's JSON).
    Definition,
}

/// Where a fact was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactSource {
    /// The kind of place.
    pub kind: SourceKind,
    /// The lines of the page.
    pub lines: Lines,
    /// Table, row and column, each counted from 1 in reading order (row 0 is the header), when it
    /// is a cell.
    pub cell: Option<(usize, usize, usize)>,
}

/// A fact and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// What is said.
    pub value: T,
    /// Where; never empty, the most direct first.
    pub sources: Vec<FactSource>,
}

impl<T> Fact<T> {
    /// A fact that one place says.
    pub fn new(value: T, source: FactSource) -> Self {
        Self {
            value,
            sources: vec![source],
        }
    }

    /// A fact, when there is one, that one place says.
    pub(crate) fn maybe(value: Option<T>, source: &FactSource) -> Option<Self> {
        value.map(|value| Self::new(value, source.clone()))
    }
}

/// A method and a path template, as `/v1/{project_id}/…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The method in capitals.
    pub method: String,
    /// The path, escapes resolved, without the query.
    pub path: String,
}

impl Route {
    /// The names in braces, in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        let pieces = self.path.split('{').skip(1);
        pieces.filter_map(|piece| piece.split_once('}').map(|(name, _)| name))
    }

    /// Whether the path has a name in braces.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.placeholders().any(|known| known == name)
    }
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In the body.
    Body,
}

impl FieldLocation {
    /// Its name, as in "body parameter".
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FieldLocation::Path => "path",
            FieldLocation::Query => "query",
            FieldLocation::Header => "header",
            FieldLocation::Body => "body",
        }
    }
}

/// Whether a parameter must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Required {
    /// It must.
    Yes,
    /// It need not.
    No,
    /// Under a condition that the page tells: neither always nor never.
    Conditional,
    /// The page lost the cell or never had the column: not known, never false.
    #[default]
    Unknown,
}

impl Required {
    /// Its name, as in "mandatory parameter"; none where nothing is known.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Required::Yes => Some("mandatory"),
            Required::No => Some("optional"),
            Required::Conditional => Some("mandatory in some cases"),
            Required::Unknown => None,
        }
    }
}

/// Bounds of a length or a range, open at an end that is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// What is bounded when it is not the field itself: `key` or `value` of a map.
    pub part: Option<String>,
    /// The least, as written but in ASCII digits.
    pub min: Option<String>,
    /// The greatest.
    pub max: Option<String>,
}

/// The rules a page gives for a password.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PasswordRules {
    /// Least and greatest number of characters.
    pub length: Option<(u32, u32)>,
    /// How many kinds of characters there must be at least.
    pub min_classes: Option<u32>,
    /// Which kinds those are, by the names that documents have for them (`lower`, `upper`, `letter`, `digit`,
    /// `special`); none where the page does not clearly name them.
    pub classes: Vec<String>,
    /// The allowed special characters, each once, as listed.
    pub specials: Option<String>,
    /// What it must not be, as short names: `username`, `reversed username`.
    pub forbid: Vec<String>,
}

/// A parameter or a field of a body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldFacts {
    /// Nested names by dots, items of an array by `[]`, any key of a map by `.*`.
    pub path: String,
    /// The row (or other place) that names it.
    pub named: Vec<FactSource>,
    /// The type as the page writes it; absent without a type column.
    pub type_: Option<Fact<String>>,
    /// Whether it must be given; the source is missing when the cell is, or when a definition
    /// leaves it at what goes without saying.
    pub required: (Required, Option<FactSource>),
    /// The cells that say more than is read of them: a note beside the name, a condition beside yes or no,
    /// a type that is none.
    pub remarks: Vec<Fact<String>>,
    /// The description, for people; never compared by its words.
    pub description: Option<Fact<String>>,
    /// Said to be deprecated, in its row or in prose.
    pub deprecated: Option<Fact<bool>>,
    /// May be null.
    pub nullable: Option<Fact<bool>>,
    /// The allowed values.
    pub enum_values: Option<Fact<Vec<String>>>,
    /// The default.
    pub default: Option<Fact<serde_json::Value>>,
    /// Bounds of its length in characters.
    pub lengths: Vec<Fact<Bounds>>,
    /// Bounds of its value.
    pub ranges: Vec<Fact<Bounds>>,
    /// The most items of an array.
    pub max_items: Option<Fact<u64>>,
    /// A password, key or the like.
    pub secret: Option<Fact<bool>>,
    /// The rules for it, when it is a password.
    pub password: Option<Fact<PasswordRules>>,
    /// The name a definition has for its schema: that of an object, or of the objects in a list.
    pub schema: Option<Fact<String>>,
    /// What a definition says that pages have no words for, by its keyword and as it is written:
    /// `format`, `pattern`, `minItems`. Of a list of plain values it is about the values where no list
    /// has such a keyword. `required` stands here for what comes back.
    pub keywords: Vec<(String, Fact<serde_json::Value>)>,
    /// A value of the map, or of the maps in the list, as a definition describes it.
    pub values: Option<Box<FieldFacts>>,
    /// What its description says and is none of the above.
    pub unclear: Vec<Unclear>,
}

impl FieldFacts {
    /// The name its path begins with; none when it begins with an item of a list.
    pub(crate) fn top(&self) -> &str {
        top(&self.path)
    }

    /// Whether a definition names it first, which names what it is in too.
    pub fn is_of_definition(&self) -> bool {
        let first = self.named.first();
        first.is_some_and(|it| it.kind == SourceKind::Definition)
    }

    /// Whether it must be given in some cases only: its column says so, or says "yes" beside a description
    /// that tells the case. "No" stays no.
    pub fn is_required_in_cases(&self) -> bool {
        let mut unclear = self.unclear.iter();
        self.required.0 == Required::Conditional || unclear.any(|it| it.why == MARKED_IN_CASES)
    }

    /// What a definition says of it by a keyword.
    pub fn keyword(&self, key: &str) -> Option<&Fact<serde_json::Value>> {
        let mut keywords = self.keywords.iter();
        keywords.find(|(it, _)| it == key).map(|(_, said)| said)
    }

    /// Whether it is inside the field at a path.
    pub(crate) fn is_inside(&self, outer: &str) -> bool {
        let rest = self.path.strip_prefix(outer);
        rest.is_some_and(|rest| rest.starts_with(['.', '[']))
    }
}

/// Why it is unclear whether a field must be given.
pub(crate) const MARKED_IN_CASES: &str =
    "it is marked as mandatory, and told to be so in some cases only";

/// The name a path begins with.
pub(crate) fn top(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// Words of a description that are no fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// Meant to be a fact, and not understood; otherwise left out on purpose.
    pub lost: bool,
    /// Why.
    pub why: &'static str,
    /// The words, shortened.
    pub words: String,
}

/// The response to one status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResponseFacts {
    /// `200`, or `?` where the page gives no success status, `error` for an error table without one.
    pub status: String,
    /// Where the status is said.
    pub named: Vec<FactSource>,
    /// The fields; empty when the page says there are none or gives no table.
    pub fields: Vec<FieldFacts>,
    /// The body as a whole, as a definition describes it; its path is empty.
    pub body: Option<FieldFacts>,
    /// The headers that a definition describes.
    pub headers: Vec<FieldFacts>,
}

/// A row of the table of actions that IAM can grant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IamRow {
    /// `service:resource:verb`.
    pub action: String,
    /// Read, Write, List, …
    pub access: Option<String>,
    /// The resource type, with `*` right behind it when it must be given.
    pub resource: Option<String>,
    /// Condition keys.
    pub conditions: Vec<String>,
    /// Other names of the action.
    pub alias: Vec<String>,
    /// Actions it needs besides.
    pub dependencies: Vec<String>,
}

/// What an example shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExampleBody {
    /// It is JSON.
    Json(serde_json::Value),
    /// It is not; why.
    Unreadable(String),
}

/// An example of a request or a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The status it responds with when it is a response; `None` for a request.
    pub status: Option<String>,
    /// Whether it is a response.
    pub is_response: bool,
    /// The body.
    pub body: ExampleBody,
    /// Where.
    pub source: FactSource,
}

/// Two sources, of one page or of two files, that cannot both be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// What they disagree about, as `path parameter instance_id: type`.
    pub about: String,
    /// What the first says, which is the one the facts follow.
    pub first: (String, FactSource),
    /// What the other says.
    pub second: (String, FactSource),
}

/// What became of a table cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellOutcome {
    /// It is a fact, or part of one.
    Fact,
    /// It says nothing the model holds, for this reason.
    Ignored(&'static str),
    /// It could not be understood, for this reason.
    Unreadable(String),
}

/// Every table cell of the page and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Cell (as in [`FactSource::cell`]), its lines, its outcome, in reading order.
    pub cells: Vec<((usize, usize, usize), Lines, CellOutcome)>,
}

/// What a page says, or several files of one operation that were [combined](crate::combine).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The files that were read, the first witness first.
    pub files: Vec<SourceFile>,
    /// The title.
    pub title: Option<Fact<String>>,
    /// The vendor's name of the operation, when the title has it.
    pub operation: Option<Fact<String>>,
    /// The words by which the page names the service it is about, in lower case: the short name it
    /// links to, the hosts of addresses with its routes.
    pub services: Vec<Fact<String>>,
    /// The page says the operation is deprecated.
    pub deprecated: Option<Fact<bool>>,
    /// The routes, the page's own first.
    pub routes: Vec<Fact<Route>>,
    /// The parameters in the order of the page.
    pub parameters: Vec<(FieldLocation, FieldFacts)>,
    /// The request's body as a whole, as a definition describes it; its path is empty.
    pub body: Option<FieldFacts>,
    /// The responses in the order of the page.
    pub responses: Vec<ResponseFacts>,
    /// The statuses given as an outcome, in order.
    pub statuses: Vec<Fact<String>>,
    /// The actions IAM can grant, in order; the first is the operation's own. The sources of each are the cells
    /// of its row in the order of [`IamRow`], and that of the action where there is none.
    pub iam: Vec<Fact<IamRow>>,
    /// What a definition says of the operation or a response and the model has no words for, by its
    /// keyword; an extension of the vendor that a document has a word for by that word.
    pub keywords: Vec<(String, Fact<serde_json::Value>)>,
    /// What the page says in words outside of its tables of fields, of a status or of the operation; for
    /// people, and never compared by its words.
    pub texts: Vec<(Option<String>, Fact<String>)>,
    /// The examples.
    pub examples: Vec<Example>,
    /// The page says the work goes on after the response (a job id, "asynchronous").
    pub asynchronous: Option<Fact<bool>>,
    /// Where the page disagrees with itself, or the files among each other: those first.
    pub contradictions: Vec<Contradiction>,
    /// What could not be read outside of tables, in words, with the lines.
    pub unreadable: Vec<(String, Lines)>,
    /// The lines of what could not be read, in tables and outside of them, as the files have them: a change
    /// in them is a change all the same.
    pub unreadable_lines: Vec<String>,
    /// What is said of fields and is no fact about them, in words, with the lines: sizes of values
    /// that come back, values of what a list holds, a password's length without its other rules.
    pub left_out: Vec<(String, Lines)>,
    /// The account of all table cells.
    pub ledger: Ledger,
}

impl Facts {
    /// All fields, of what is sent and of what comes back.
    pub fn fields(&self) -> impl Iterator<Item = &FieldFacts> {
        let sent = self.parameters.iter().map(|(_, field)| field);
        sent.chain(self.responses.iter().flat_map(|it| &it.fields))
    }

    /// The fields of the body that is sent, or of the response of a status.
    pub fn fields_of(&self, status: Option<&str>) -> Vec<&FieldFacts> {
        let sent = self.parameters.iter().filter(|_| status.is_none());
        let sent = sent.filter(|(at, _)| *at == FieldLocation::Body);
        let back = self.responses.iter();
        let back = back.filter(|it| Some(it.status.as_str()) == status);
        let back = back.flat_map(|it| &it.fields);
        sent.map(|(_, it)| it).chain(back).collect()
    }

    /// Whether the first of its files, which leads, is a definition.
    #[must_use]
    pub fn is_definition(&self) -> bool {
        self.files.first().is_some_and(SourceFile::is_definition)
    }
}
