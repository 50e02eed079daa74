//! Rows into fields, nested ones below their parents.

use serde_json::Value;

use super::Context;
use super::describe;
use super::examples::find;
use super::nest::{MAX_DEPTH, Shape, lists, shape};
use super::rows::{Read, Row, TableRows, WHOLE_LIST};
use crate::facts::{Bounds, Fact, FieldFacts};
use crate::vocabulary::{kind_of_values, without_length};

/// The most fields of one body; tables that refer to each other can multiply without end.
const MAX_FIELDS: usize = 4_000;

/// The fields of a table and of those its rows refer to.
pub(super) fn fields(context: &Context<'_, '_>, table: &TableRows<'_>) -> Vec<FieldFacts> {
    let responses = table.kind.is_response();
    let mut collector = Collector {
        context,
        responses,
        above: vec![table.at.number],
        out: Vec::new(),
    };
    match collector.levels(table) {
        Some(paths) => {
            let rows = table.rows.iter().zip(paths);
            rows.take(MAX_FIELDS)
                .map(|(row, path)| field(row, path, responses))
                .collect()
        }
        None => {
            collector.collect(table, "");
            collector.out
        }
    }
}

struct Collector<'c, 'b> {
    context: &'c Context<'c, 'b>,
    responses: bool,
    /// The tables on the way down, so that none is its own child.
    above: Vec<usize>,
    out: Vec<FieldFacts>,
}

impl Collector<'_, '_> {
    fn collect(&mut self, table: &TableRows<'_>, prefix: &str) {
        for (index, row) in table.rows.iter().enumerate() {
            if self.out.len() >= MAX_FIELDS {
                return;
            }
            let path = format!("{prefix}{}", row.name);
            let is_whole = row.name == WHOLE_LIST;
            if !is_whole {
                self.out.push(field(row, path.clone(), self.responses));
            }
            let Some(child) = self.context.links.child(table.at.number, index) else {
                continue;
            };
            if self.above.contains(&child) || self.above.len() >= MAX_DEPTH {
                continue;
            }
            let Some(child) = self.context.tables.get(child - 1) else {
                continue;
            };
            // What its table tells are fields, and no values.
            if let Some(field) = self.out.last_mut().filter(|it| it.path == path) {
                field.enum_values = None;
            }
            let prefix = match self.shape(row, child, &path) {
                // Without its type it may as well be a list of such objects.
                Shape::Unknown => continue,
                _ if is_whole && !prefix.is_empty() => prefix.to_owned(),
                _ if is_whole => format!("{path}."),
                Shape::Array => format!("{path}{}.", "[]".repeat(lists(row))),
                Shape::Map => format!("{path}.*."),
                Shape::MapOfArrays => format!("{path}.*[]."),
                Shape::Object | Shape::Scalar => format!("{path}."),
            };
            self.above.push(child.at.number);
            self.collect(child, &prefix);
            self.above.pop();
        }
    }
}

impl Collector<'_, '_> {
    /// The shape of a row's value. The examples show it when the page does not give its type, and an
    /// object the page does not call a map is one all the same when they show the fields one level
    /// further down.
    fn shape(&self, row: &Row<'_>, child: &TableRows<'_>, path: &str) -> Shape {
        let declared = shape(row);
        if !matches!(declared, Shape::Unknown | Shape::Object) {
            return declared;
        }
        let mut found = Vec::new();
        for body in self.bodies() {
            find(body, path, &mut found);
        }
        if declared == Shape::Unknown {
            return match found.first() {
                Some(Value::Array(_)) if found.iter().all(|it| it.is_array()) => Shape::Array,
                Some(Value::Object(_)) if found.iter().all(|it| it.is_object()) => Shape::Object,
                _ => Shape::Unknown,
            };
        }
        let is_own = |key: &String| child.rows.iter().any(|row| row.name == *key);
        let holds = |value: &Value| {
            let object = value.as_object();
            object.is_some_and(|object| object.keys().any(is_own))
        };
        let hold = |value: &Value| {
            let items = value.as_array().filter(|items| !items.is_empty());
            items.is_some_and(|items| items.iter().all(holds))
        };
        let objects = found.iter().filter_map(|value| value.as_object());
        let inner: Vec<&Value> = objects.flat_map(|object| object.values()).collect();
        if inner.is_empty() || found.iter().any(|value| holds(value)) {
            declared
        } else if inner.iter().all(|value| holds(value)) {
            Shape::Map
        } else if inner.iter().all(|value| hold(value)) {
            Shape::MapOfArrays
        } else {
            declared
        }
    }

    /// The paths of rows that are in each other without a word of it, as an example shows them.
    fn levels(&self, table: &TableRows<'_>) -> Option<Vec<String>> {
        let links = &self.context.links;
        let is_plain = |(index, row): (usize, &Row<'_>)| {
            !row.name.contains(['.', '[']) && links.child(table.at.number, index).is_none()
        };
        if !table.rows.iter().enumerate().all(is_plain) {
            return None;
        }
        self.bodies()
            .find_map(|body| super::levels::paths(&table.rows, body))
    }

    /// The bodies that examples show.
    fn bodies(&self) -> impl Iterator<Item = &Value> {
        let bodies = self.context.bodies(self.responses);
        bodies.take(10).map(|(_, body)| body)
    }
}

/// A field from its row.
fn field(row: &Row<'_>, path: String, responses: bool) -> FieldFacts {
    let (mut type_, mut length, mut values) = (None, None, None);
    if let Some((name, said)) = &row.type_ {
        // What objects have in them stands in tables of their own.
        let of = kind_of_values(name).filter(|kind| !kind.ends_with("object"));
        values = of.map(|kind| {
            Box::new(FieldFacts {
                path: format!("{path}.*"),
                named: vec![said.clone()],
                type_: Some(Fact::new(kind, said.clone())),
                ..FieldFacts::default()
            })
        });
        let (name, bounds) = without_length(name);
        type_ = Some(Fact::new(name.to_owned(), said.clone()));
        let bounds = bounds.map(|(min, max)| Bounds {
            part: None,
            min: min.map(str::to_owned),
            max: Some(max.to_owned()),
        });
        length = Fact::maybe(bounds, said);
    }
    let said = |read: &Read<'_>| Fact::new(read.text.text.clone(), read.source.clone());
    let mut field = FieldFacts {
        path,
        named: vec![row.named.clone()],
        type_,
        required: row.required.clone(),
        remarks: row.remarks.iter().map(&said).collect(),
        description: row.description.as_ref().map(&said),
        values,
        ..FieldFacts::default()
    };
    describe::describe(row, responses, &mut field);
    // What the type says is a declaration; words come second.
    if let Some(length) = length {
        field.lengths = vec![length];
    }
    field
}
