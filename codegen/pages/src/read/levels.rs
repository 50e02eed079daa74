//! Rows of one table that are in each other. A table without levels lists a body from the outside to
//! the inside, and only its example tells what is in what.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::nest::{Shape, shape};
use super::rows::Row;

/// The paths of the rows as an example shows them; nothing where it shows them side by side, and
/// where it does not show them all in the order of the table.
pub(super) fn paths(rows: &[Row<'_>], example: &Value) -> Option<Vec<String>> {
    let mut body = example.as_object()?;
    let is_row = |name: &String| rows.iter().any(|row| row.name == *name);
    if let (1, Some((name, Value::Object(inner)))) = (body.len(), body.iter().next())
        && !is_row(name)
    {
        // An object around all of them is no row's.
        body = inner;
    }
    let mut open: Vec<(String, &Map<String, Value>)> = vec![(String::new(), body)];
    let mut taken = HashSet::new();
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let (level, path, value) =
            open.iter()
                .enumerate()
                .rev()
                .find_map(|(level, (to, map))| {
                    let path = format!("{to}{}", row.name);
                    let value = map.get(&row.name).filter(|_| !taken.contains(&path))?;
                    Some((level, path, value))
                })?;
        open.truncate(level + 1);
        taken.insert(path.clone());
        let inside = match value {
            _ if shape(row) == Shape::Scalar => None,
            Value::Object(inner) => Some((format!("{path}."), inner)),
            Value::Array(items) => items
                .first()
                .and_then(Value::as_object)
                .map(|inner| (format!("{path}[]."), inner)),
            _ => None,
        };
        open.extend(inside);
        out.push(path);
    }
    out.iter().any(|path| path.contains('.')).then_some(out)
}
