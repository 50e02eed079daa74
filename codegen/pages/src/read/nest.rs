//! Which table gives the fields of which row.

mod named;
mod stated;

use std::collections::HashMap;

use super::page::Page;
use super::rows::{Row, TableRows};
use crate::vocabulary::{
    Column, Section, TableKind, caption, half_width, is_other_scalar, kind_of_type, number_in,
    plain,
};

/// The deepest nesting of fields that is followed.
pub(super) const MAX_DEPTH: usize = 10;

/// A row: the table's number and the row's index.
pub(super) type RowId = (usize, usize);

/// From rows to the tables with their fields.
#[derive(Default)]
pub(super) struct Links {
    children: HashMap<RowId, usize>,
    /// From a table to the one with the first row that has its fields there.
    parents: HashMap<usize, usize>,
}

impl Links {
    /// The table with the fields of a row.
    pub(super) fn child(&self, table: usize, row: usize) -> Option<usize> {
        self.children.get(&(table, row)).copied()
    }

    /// Whether some row has its fields in this table.
    pub(super) fn is_claimed(&self, table: usize) -> bool {
        self.parents.contains_key(&table)
    }

    pub(super) fn link(&mut self, row: RowId, table: usize) {
        // What holds a table is none of its rows: such a number means another page's table.
        if !self.holds(table, row.0) {
            self.children.insert(row, table);
            self.parents.entry(table).or_insert(row.0);
        }
    }

    /// Whether a table is the other, or holds it through the first row of each that was linked.
    fn holds(&self, outer: usize, inner: usize) -> bool {
        let steps = std::iter::successors(Some(inner), |table| self.parents.get(table).copied());
        // What is further up holds no fields that are followed.
        let mut steps = steps.take(MAX_DEPTH + 1);
        steps.any(|table| {
            crate::steps::count(1);
            table == outer
        })
    }
}

/// How a value can hold fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// It cannot.
    Scalar,
    /// An object.
    Object,
    /// An array of objects.
    Array,
    /// A map to objects.
    Map,
    /// A map to arrays of objects.
    MapOfArrays,
    /// The page does not say.
    Unknown,
}

/// The shape of a row's value, by its type and, for maps, its description.
pub(super) fn shape(row: &Row<'_>) -> Shape {
    let described = row
        .description
        .as_ref()
        .and_then(|read| map_in(&read.text.text));
    let Some((type_, _)) = &row.type_ else {
        return Shape::Unknown;
    };
    let type_ = plain(type_);
    if type_.starts_with("map") || type_.starts_with("dict<") {
        return map_in(&type_).unwrap_or(Shape::Map);
    }
    let kind = kind_of_type(&type_).unwrap_or_default();
    let is_scalar = |kind: &str| matches!(kind, "string" | "integer" | "number" | "boolean");
    if kind.starts_with("array") {
        let items = kind.rsplit(' ').next();
        return if items.is_some_and(is_scalar) {
            Shape::Scalar
        } else {
            Shape::Array
        };
    }
    // Scalars all the same, though OpenAPI has no kind for them.
    let word = type_.split(['(', ' ', '<']).next().unwrap_or_default();
    if is_scalar(&kind) || is_other_scalar(word) {
        return Shape::Scalar;
    }
    described.unwrap_or(Shape::Object)
}

/// How many lists the value of a row is in: two for "Array of arrays of gauges".
pub(super) fn lists(row: &Row<'_>) -> usize {
    let kind = row
        .type_
        .as_ref()
        .and_then(|(type_, _)| kind_of_type(type_));
    kind.map_or(1, |kind| kind.matches("array").count().max(1))
}

/// The names of structures in a row's type: `Gauge` in "Array of Gauge objects". What has dots in its name,
/// as `tides.v1.Gauge`, is called by the last part of it too.
pub(super) fn structures<'r>(row: &'r Row<'_>) -> impl Iterator<Item = &'r str> {
    let types = row.type_.iter().map(|(type_, _)| type_.as_str());
    let words =
        types.flat_map(|type_| type_.split(|c: char| !c.is_alphanumeric() && !"_.".contains(c)));
    let words = words.flat_map(|word| {
        let last = word.rsplit_once('.').map(|(_, last)| last);
        std::iter::once(word).chain(last)
    });
    words.filter(|word| {
        word.len() > 2
            && kind_of_type(word).is_none()
            && !word.eq_ignore_ascii_case("objects")
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

/// The map a text speaks of: "Map<String, Object>", "Map<String, Array<Object>>".
fn map_in(text: &str) -> Option<Shape> {
    if !text.contains(|c: char| matches!(half_width(c), '<' | '(' | '[')) {
        return None;
    }
    let text = plain(text);
    let (_, of) = ["map<", "map (", "map["]
        .iter()
        .find_map(|start| text.split_once(start))?;
    let of = of.split(['.', '\n', '。']).next().unwrap_or(of);
    Some(if of.contains("array") || of.contains("list") {
        Shape::MapOfArrays
    } else {
        Shape::Map
    })
}

/// Finds the links of a page besides those that the order of tables shows: those it states, then by
/// captions, then by being the only ones left.
pub(super) fn links(tables: &[TableRows<'_>], page: &Page<'_>, links: &mut Links) {
    let mut rows = Vec::new();
    for table in tables.iter().filter(|table| holds_fields(table)) {
        let responses = responses(table);
        rows.extend(table.rows.iter().enumerate().map(|(index, row)| Nested {
            id: (table.at.number, index),
            row,
            shape: shape(row),
            responses,
        }));
    }
    stated::stated(tables, &rows, page, links);
    rows.retain(|nested| nested.shape != Shape::Scalar);
    named::by_name(tables, &rows, links);
    left_over(tables, &rows, page, links);
}

/// A row that can hold fields.
struct Nested<'t, 'b> {
    id: RowId,
    row: &'t Row<'b>,
    shape: Shape,
    /// It stands on the side of the response.
    responses: bool,
}

fn holds_fields(table: &TableRows<'_>) -> bool {
    table.has(Column::Name) && (table.kind.is_placed() || table.kind == TableKind::Nested)
}

fn responses(table: &TableRows<'_>) -> bool {
    table.kind.is_response() || table.at.section.is_some_and(Section::is_response)
}

/// A named table that nothing refers to belongs to the one row before it that has no fields.
fn left_over(
    tables: &[TableRows<'_>],
    rows: &[Nested<'_, '_>],
    page: &Page<'_>,
    links: &mut Links,
) {
    // A caption without its table: that one may be what belongs to the row.
    let lost = page.texts().any(|(_, text)| {
        let own = caption(&text.text).filter(|caption| {
            !caption.words.is_empty()
                && !text.text.ends_with(['.', '。', ':', '：'])
                && text.text.chars().count() <= 100
        });
        own.and_then(|caption| caption.number)
            .is_some_and(|number| page.captioned(number).is_none())
    });
    if lost {
        return;
    }
    // The rows of each side that have no fields, in the order of the page.
    let mut open = [Vec::new(), Vec::new()];
    for nested in rows {
        let fits = nested.shape != Shape::Unknown
            && !links.children.contains_key(&nested.id)
            && !points_elsewhere(nested.row, page);
        if fits {
            open[usize::from(nested.responses)].push(nested);
        }
    }
    let tables = tables
        .iter()
        .filter(|table| table.kind == TableKind::Nested);
    for table in tables {
        let number = table.at.number;
        if links.is_claimed(number) {
            continue;
        }
        let open = &mut open[usize::from(responses(table))];
        let above = open.partition_point(|nested| nested.id.0 < number);
        let mut fitting = (0..above).filter(|at| {
            crate::steps::count(1);
            !names_another(open[*at].row, table)
        });
        if let (Some(at), None) = (fitting.next(), fitting.next()) {
            let id = open[at].id;
            links.link(id, number);
            if links.children.contains_key(&id) {
                open.remove(at);
            }
        }
    }
}

/// A table by its number in reading order.
fn numbered<'t, 'b>(tables: &'t [TableRows<'b>], number: usize) -> Option<&'t TableRows<'b>> {
    tables.get(number.checked_sub(1)?)
}

/// Whether a row's fields are said to stand in a table with another number.
fn names_another(row: &Row<'_>, table: &TableRows<'_>) -> bool {
    let own = table.at.caption.as_ref().and_then(|caption| caption.number);
    let said = row
        .description
        .as_ref()
        .and_then(|read| number_in(&read.text.text))
        .map(|(number, _)| number);
    said.is_some() && own.is_some() && said != own
}

/// Whether a row's fields are said to stand on another page.
fn points_elsewhere(row: &Row<'_>, page: &Page<'_>) -> bool {
    let mut texts = row.texts().filter(|text| !text.links.is_empty()).peekable();
    texts.peek().is_some() && texts.all(|text| stated::reference(text, page).is_none())
}
