//! Which table gives the fields of which row.

use std::collections::{HashMap, HashSet};

use super::kind::TableKind;
use super::page::Page;
use super::rows::{Row, TableRows};
use crate::block::Text;
use crate::vocabulary::{Column, caption, kind_of_type, number_in, plain};

/// A row: the table's number and the row's index.
pub(super) type RowId = (usize, usize);

/// From rows to the tables with their fields.
#[derive(Default)]
pub(super) struct Links {
    children: HashMap<RowId, usize>,
    claimed: HashSet<usize>,
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
        self.claimed.contains(&table)
    }

    fn link(&mut self, row: RowId, table: usize) {
        // What holds a table is none of its rows: such a number means another page's table.
        if !self.holds(table, row.0) {
            self.children.insert(row, table);
            self.claimed.insert(table);
            self.parents.entry(table).or_insert(row.0);
        }
    }

    /// Whether a table is the other, or holds it through the first row of each that was linked.
    fn holds(&self, outer: usize, inner: usize) -> bool {
        let steps = std::iter::successors(Some(inner), |table| self.parents.get(table).copied());
        steps
            .take(self.parents.len() + 1)
            .any(|table| table == outer)
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
    let is_other = ["enum", "byte", "binary", "file"].iter().any(|word| {
        let rest = type_.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['(', ' ', '<']))
    });
    if is_scalar(&kind) || is_other {
        return Shape::Scalar;
    }
    described.unwrap_or(Shape::Object)
}

/// The map a text speaks of: "Map<String, Object>", "Map<String, Array<Object>>".
fn map_in(text: &str) -> Option<Shape> {
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

/// Finds the links of a page: those it states, then by captions, then by being the only ones left.
/// `ordered` are those that the order of tables without captions shows.
pub(super) fn links(
    tables: &[TableRows<'_>],
    page: &Page<'_>,
    ordered: &[(RowId, usize)],
) -> Links {
    let mut links = Links::default();
    for (row, table) in ordered {
        links.link(*row, *table);
    }
    let mut rows: Vec<Nested<'_, '_>> = tables
        .iter()
        .filter(|table| holds_fields(table))
        .flat_map(|table| {
            let responses = responses(table);
            table
                .rows
                .iter()
                .enumerate()
                .map(move |(index, row)| Nested {
                    id: (table.at.number, index),
                    row,
                    shape: shape(row),
                    responses,
                })
        })
        .collect();
    stated(tables, &rows, page, &mut links);
    rows.retain(|nested| nested.shape != Shape::Scalar);
    by_name(tables, &rows, &mut links);
    left_over(tables, &rows, page, &mut links);
    links
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
    table.has(Column::Name)
        && !matches!(
            table.kind,
            TableKind::Other | TableKind::Status | TableKind::ErrorCodes | TableKind::Iam
        )
}

fn stated(tables: &[TableRows<'_>], rows: &[Nested<'_, '_>], page: &Page<'_>, links: &mut Links) {
    for nested in rows {
        if links.children.contains_key(&nested.id) {
            continue;
        }
        if let Some(target) = target(nested, tables, page) {
            links.link(nested.id, target);
        }
    }
}

/// The table that a row says its fields stand in. A caption that names the row confirms it; a number
/// that nothing confirms gives way to the only table that does, as numbers go stale.
fn target(nested: &Nested<'_, '_>, tables: &[TableRows<'_>], page: &Page<'_>) -> Option<usize> {
    let row = nested.row;
    let ours = |table: &TableRows<'_>| responses(table) == nested.responses;
    let by_type = row.type_cell.and_then(|text| reference(text, page));
    let described = row.description.as_ref();
    let by_words = described.and_then(|read| reference(read.text, page));
    let said: Vec<(Reference, &TableRows<'_>)> = [by_type, by_words]
        .into_iter()
        .flatten()
        .filter_map(|said| Some((said, numbered(tables, said.table)?)))
        .filter(|(said, table)| said.table != nested.id.0 && holds_fields(table))
        .collect();
    let confirmed = |(_, table): &&(Reference, &TableRows<'_>)| speaks_of(table, &row.name);
    let mut named = said.iter().filter(confirmed);
    let first = named.clone().find(|(_, table)| ours(table));
    if let Some((said, _)) = first.or_else(|| named.next()) {
        return Some(said.table);
    }
    // Neither a value nor what has no type is said to hold fields by words that no name confirms.
    let vague = matches!(nested.shape, Shape::Unknown | Shape::Scalar);
    let mut said = said
        .iter()
        .filter(|(said, _)| !vague || Some(*said) == by_type);
    let first = said
        .clone()
        .find(|(said, table)| said.linked && ours(table));
    let meant = first.or_else(|| said.next());
    if let Some((said, _)) = meant.filter(|(said, _)| said.linked) {
        return Some(said.table);
    }
    let named = tables.iter().filter(|other| {
        other.kind == TableKind::Nested && ours(other) && speaks_of(other, &row.name)
    });
    let words = plain(described.map_or("", |read| &read.text.text));
    // "See Parameters in the gauge field": the link was lost, and its words are left.
    let mut named = named.filter(|other| meant.is_some() || words.contains(&plain(label(other))));
    match (named.next(), named.next(), meant) {
        (Some(only), None, _) => Some(only.at.number),
        // What the URI and headers hold is no field of a body.
        (_, _, Some((said, table))) => (!is_outer(table.kind)).then_some(said.table),
        _ => None,
    }
}

/// Whether a table is that of something no row can hold.
fn is_outer(kind: TableKind) -> bool {
    matches!(
        kind,
        TableKind::Path
            | TableKind::Uri
            | TableKind::Query
            | TableKind::RequestHeader
            | TableKind::ResponseHeader
    )
}

/// A table by its number in reading order.
fn numbered<'t, 'b>(tables: &'t [TableRows<'b>], number: usize) -> Option<&'t TableRows<'b>> {
    tables.get(number.checked_sub(1)?)
}

/// A table of this page that words refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reference {
    table: usize,
    /// By a link, and not by its number alone.
    linked: bool,
}

/// The table of this page that a cell refers to.
fn reference(text: &Text, page: &Page<'_>) -> Option<Reference> {
    let mut elsewhere = Vec::new();
    let by_number = |number| {
        let table = page.captioned(number)?;
        Some(Reference {
            table,
            linked: false,
        })
    };
    for link in &text.links {
        let (file, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
        let number = number_in(&link.text).map(|(number, _)| number);
        if let Some(table) = page.anchored(anchor).filter(|_| !anchor.is_empty()) {
            // "Table 6" that leads to Table 7: the table was lost, and its anchor left.
            let own = page
                .tables
                .get(table - 1)
                .and_then(|at| at.caption.as_ref())
                .and_then(|caption| caption.number);
            let stale = number.is_some() && own.is_some() && number != own;
            if stale && number.is_some_and(|number| page.captioned(number).is_none()) {
                continue;
            }
            return Some(Reference {
                table,
                linked: !stale,
            });
        }
        // An anchor that the page does not have is another page's, unless it lost all it had.
        if file.is_empty() && !page.has_anchors() {
            if let Some(found) = number.and_then(by_number) {
                return Some(found);
            }
        } else {
            elsewhere.extend(number);
        }
    }
    let mut rest = text.text.as_str();
    while let Some((number, after)) = number_in(rest) {
        if !elsewhere.contains(&number)
            && !is_of_another_page(after)
            && let Some(found) = by_number(number)
        {
            return Some(found);
        }
        rest = after;
    }
    None
}

/// Whether the words behind "Table 3" name another topic, as "in Querying Gauges" does.
fn is_of_another_page(after: &str) -> bool {
    let after = after.trim_start();
    let topic = ["in ", "of ", "under "]
        .iter()
        .find_map(|word| after.strip_prefix(word));
    let mut words = topic.into_iter().flat_map(str::split_whitespace);
    words
        .next()
        .is_some_and(|word| word.len() > 3 && word.starts_with(|c: char| c.is_ascii_uppercase()))
        && words.next().is_some_and(|word| word.len() > 1)
}

/// The words that head a table.
fn label<'t>(table: &'t TableRows<'_>) -> &'t str {
    let caption = table.at.caption.as_ref().or(table.at.hint.as_ref());
    caption.map_or("", |caption| caption.words.as_str())
}

/// Whether a caption has a name among its words.
fn speaks_of(table: &TableRows<'_>, name: &str) -> bool {
    let parts = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | ':' | '.');
    label(table).split(parts).any(|word| word == name)
}

/// The names a caption could give: its own words, and its first when the rest describes.
fn caption_names(table: &TableRows<'_>) -> Vec<String> {
    let Some(caption) = table.at.caption.as_ref().or(table.at.hint.as_ref()) else {
        return Vec::new();
    };
    let mut names = caption.names.clone();
    let first: String = caption
        .words
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
        .collect();
    if !first.is_empty() && !names.contains(&first) {
        names.push(first);
    }
    names
}

fn responses(table: &TableRows<'_>) -> bool {
    use crate::vocabulary::Section::{Response, ResponseExample};
    matches!(
        table.kind,
        TableKind::Response | TableKind::Error | TableKind::ResponseHeader
    ) || matches!(table.at.section, Some(Response | ResponseExample))
}

fn by_name(tables: &[TableRows<'_>], rows: &[Nested<'_, '_>], links: &mut Links) {
    let mut named: HashMap<&str, Vec<&Nested<'_, '_>>> = HashMap::new();
    let mut typed: HashMap<&str, Vec<&Nested<'_, '_>>> = HashMap::new();
    for nested in rows {
        named.entry(&nested.row.name).or_default().push(nested);
        let words = nested
            .row
            .type_
            .iter()
            .flat_map(|(type_, _)| type_.split(|c: char| !c.is_alphanumeric() && c != '_'));
        for word in words.filter(|word| word.len() > 2) {
            typed.entry(word).or_default().push(nested);
        }
    }
    for table in tables.iter().filter(|table| holds_fields(table)) {
        let number = table.at.number;
        if links.is_claimed(number) {
            continue;
        }
        let side = responses(table);
        let names = caption_names(table);
        let open = |found: &HashMap<&str, Vec<&Nested<'_, '_>>>,
                    name: &str,
                    links: &Links|
         -> Vec<(RowId, Shape)> {
            let all = found.get(name).into_iter().flatten();
            all.filter(|nested| {
                nested.id.0 != number
                    && nested.responses == side
                    && !links.children.contains_key(&nested.id)
            })
            .map(|nested| (nested.id, nested.shape))
            .collect()
        };
        let mut found: Vec<RowId> = dotted(table, tables, rows, links).into_iter().collect();
        // The name of a structure in the type: as often as it occurs.
        if found.is_empty() && table.kind == TableKind::Nested {
            found.extend(
                names
                    .iter()
                    .flat_map(|name| open(&typed, name, links))
                    .map(|(id, _)| id),
            );
        }
        // The name of a field: every name in the caption once, to the letter or nearly so.
        let only = |rows: Vec<(RowId, Shape)>| {
            let mut rows = rows
                .into_iter()
                .filter(|(id, shape)| *shape != Shape::Unknown && id.0 < number);
            rows.next().filter(|_| rows.next().is_none())
        };
        if found.is_empty() {
            let rows = names
                .iter()
                .filter_map(|name| only(open(&named, name, links)));
            found.extend(rows.map(|(id, _)| id));
        }
        let alike = |rows: &HashMap<&str, Vec<&Nested<'_, '_>>>| -> Vec<(RowId, Shape)> {
            let same = |key: &&&str| names.iter().any(|name| bare(name) == bare(key));
            let keys = rows.keys().filter(same);
            keys.flat_map(|key| open(rows, key, links)).collect()
        };
        if found.is_empty() && table.kind == TableKind::Nested {
            found.extend(only(alike(&named)).map(|(id, _)| id));
        }
        if found.is_empty() && table.kind == TableKind::Nested {
            found.extend(alike(&typed).into_iter().map(|(id, _)| id));
        }
        for id in found {
            links.link(id, number);
        }
    }
}

/// A name without what the words of a caption change in it: `Gauges` for `gauge`, `FlowLog` for
/// `flow_log`.
fn bare(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    let name: String = letters.flat_map(char::to_lowercase).collect();
    name.strip_suffix('s').map_or(name.clone(), str::to_owned)
}

/// The row that a caption with dots names by its whole path: `password` of the table that is
/// captioned `auth.identity`, in `auth.identity.password`.
fn dotted(
    table: &TableRows<'_>,
    tables: &[TableRows<'_>],
    rows: &[Nested<'_, '_>],
    links: &Links,
) -> Option<RowId> {
    let names = caption_names(table);
    let path = names
        .iter()
        .find(|name| name.contains('.'))?
        .replace("[]", "");
    let (outer, last) = path.rsplit_once('.')?;
    let side = responses(table);
    let open = |nested: &&Nested<'_, '_>| {
        nested.row.name == last
            && nested.responses == side
            && nested.id.0 != table.at.number
            && !links.children.contains_key(&nested.id)
    };
    let within = |nested: &&Nested<'_, '_>| {
        numbered(tables, nested.id.0).is_some_and(|above| {
            let above = caption_names(above);
            above.iter().any(|name| name.replace("[]", "") == outer)
        })
    };
    let mut inside = rows.iter().filter(open).filter(within);
    match (inside.next(), inside.next()) {
        (Some(only), None) => return Some(only.id),
        (Some(_), _) => return None,
        _ => {}
    }
    let mut all = rows.iter().filter(open);
    match (all.next(), all.next()) {
        (Some(only), None) => Some(only.id),
        _ => None,
    }
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
    for table in tables
        .iter()
        .filter(|table| table.kind == TableKind::Nested)
    {
        let number = table.at.number;
        if links.is_claimed(number) {
            continue;
        }
        let side = responses(table);
        let mut open = rows.iter().filter(|nested| {
            nested.id.0 < number
                && nested.shape != Shape::Unknown
                && nested.responses == side
                && !links.children.contains_key(&nested.id)
                && !points_elsewhere(nested.row, page)
                && !names_another(nested.row, table)
        });
        if let (Some(nested), None) = (open.next(), open.next()) {
            let id = nested.id;
            links.link(id, number);
        }
    }
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
    texts.peek().is_some() && texts.all(|text| reference(text, page).is_none())
}
