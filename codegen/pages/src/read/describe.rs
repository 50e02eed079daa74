//! What descriptions say about values.
//!
//! Each module knows one kind of statement. All of them hold to one rule: words that could be meant
//! otherwise say nothing.

mod around;
mod bounds;
mod defaults;
mod doubts;
mod enums;
mod flags;
mod labels;
mod password;
mod pattern;
#[cfg(test)]
mod tests;
mod words;

pub(super) use bounds::greatest_length;
pub(super) use doubts::note as note_doubts;
pub(crate) use flags::is_secret;

use super::nest::{Shape, shape};
use super::rows::{Read, Row};
use crate::facts::{Fact, FactSource, FieldFacts};
use crate::vocabulary::{kind_of_type, plain};

/// The longest description that is mined, in bytes; no known one is a tenth of it.
const MAX_DESCRIPTION: usize = 32 * 1024;

/// What of a row the readers of descriptions look at.
struct Described<'d> {
    name: &'d str,
    /// The type in the shape of [`plain`]; empty when there is none.
    type_: String,
    /// The kind it stands for.
    kind: Option<String>,
    shape: Shape,
    /// The description, half-width.
    text: String,
    labels: labels::Labels,
    /// It comes back; what is said of its value binds nobody.
    responses: bool,
}

impl Described<'_> {
    fn is_boolean(&self) -> bool {
        self.kind.as_deref() == Some("boolean")
    }

    fn is_number(&self) -> bool {
        matches!(self.kind.as_deref(), Some("integer" | "number"))
    }

    fn is_text(&self) -> bool {
        self.kind.as_deref() == Some("string")
    }
}

/// Adds to a field what its row's words say.
pub(super) fn describe(row: &Row<'_>, responses: bool, field: &mut FieldFacts) {
    let type_ = row
        .type_
        .as_ref()
        .map(|(name, _)| plain(name))
        .unwrap_or_default();
    if let Some(read) = row
        .description
        .as_ref()
        .filter(|read| read.text.text.len() <= MAX_DESCRIPTION)
    {
        let text = words::tidy(&read.text.text);
        let described = Described {
            name: &row.name,
            kind: kind_of_type(&type_),
            type_: type_.clone(),
            shape: shape(row),
            labels: labels::labels(&text),
            text,
            responses,
        };
        mine(&described, &read.source, field);
    }
    flags::secret(&row.name, &row.named, field);
    columns(row, &type_, responses, field);
}

fn mine(described: &Described<'_>, said: &FactSource, field: &mut FieldFacts) {
    let fact = |value| Fact::new(value, said.clone());
    field.deprecated = flags::deprecated(described).then(|| Fact::new(true, said.clone()));
    field.nullable = flags::nullable(described).then(|| Fact::new(true, said.clone()));
    field.enum_values = enums::values(described).map(|value| Fact::new(value, said.clone()));
    if !described.responses {
        field.default = defaults::default(described).map(|value| Fact::new(value, said.clone()));
    }
    let secret = flags::is_password(described.name);
    if secret && !described.responses {
        field.password = password::rules(described).map(|value| Fact::new(value, said.clone()));
    }
    let bounds = bounds::bounds(described, secret);
    field.lengths = bounds.lengths.into_iter().map(fact).collect();
    field.ranges = bounds
        .ranges
        .into_iter()
        .map(|value| Fact::new(value, said.clone()))
        .collect();
    field.max_items = bounds.items.map(|value| Fact::new(value, said.clone()));
}

/// Columns of their own for defaults and values lead over the description.
fn columns(row: &Row<'_>, type_: &str, responses: bool, field: &mut FieldFacts) {
    let alone = |read: &Read<'_>, label: fn(&mut labels::Labels, String)| {
        let text = words::tidy(&read.text.text);
        let mut labels = labels::Labels::default();
        label(&mut labels, text.clone());
        Described {
            name: &row.name,
            kind: kind_of_type(type_),
            type_: type_.to_owned(),
            shape: shape(row),
            text,
            labels,
            responses,
        }
    };
    let short = |read: &&Read<'_>| read.text.text.len() <= MAX_DESCRIPTION;
    if let Some(read) = row.default.as_ref().filter(short) {
        let described = alone(read, |labels, text| labels.default = Some(text));
        if let Some(value) = defaults::default(&described) {
            field.default = Some(Fact::new(value, read.source.clone()));
        }
    }
    if let Some(read) = row.range.as_ref().filter(short) {
        let described = alone(read, |labels, text| labels.range = Some(text));
        if let Some(value) = enums::values(&described) {
            field.enum_values = Some(Fact::new(value, read.source.clone()));
        }
        let bounds = bounds::bounds(&described, false);
        let fact = |value| Fact::new(value, read.source.clone());
        if !bounds.lengths.is_empty() {
            field.lengths = bounds.lengths.into_iter().map(fact).collect();
        }
        if !bounds.ranges.is_empty() {
            field.ranges = bounds.ranges.into_iter().map(fact).collect();
        }
    }
}
