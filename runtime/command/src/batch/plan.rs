//! The plan: rows of names and values, as CSV or YAML.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_saphyr::Spanned;

use crate::private::{in_words, shown};
use crate::problem::Problem;

/// The largest plan, in bytes: 100,000 rows have a tenth of it.
const LARGEST: u64 = 256 * 1024 * 1024;

/// One row, before anything in it is understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Where it begins in the file.
    pub(super) line: u64,
    /// Its cells by the names of their columns; empty ones are not there.
    pub(super) cells: BTreeMap<String, String>,
}

/// Reads a plan: YAML if its name ends so, CSV otherwise.
///
/// # Errors
/// When it cannot be read, or is neither.
pub(super) fn read(path: &Path) -> Result<Vec<Row>, Problem> {
    let wrong = |what: String| Problem::Usage(format!("the plan `{}`: {what}", shown(path)));
    let size = fs::metadata(path).map_err(|error| wrong(in_words(&error)))?;
    if size.len() > LARGEST {
        return Err(wrong("it is larger than 256 MiB".to_owned()));
    }
    let bytes = fs::read(path).map_err(|error| wrong(in_words(&error)))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| wrong("it is no UTF-8 text; save it as UTF-8".to_owned()))?;
    let ending = path
        .extension()
        .and_then(|it| it.to_str())
        .unwrap_or_default();
    let is_yaml = matches!(ending.to_ascii_lowercase().as_str(), "yaml" | "yml");
    let rows = match is_yaml {
        true => yaml(&text),
        false => csv(&text),
    };
    let rows = rows.map_err(wrong)?;
    match rows.is_empty() {
        true => Err(wrong("it has no rows".to_owned())),
        false => Ok(rows),
    }
}

/// The first line names the columns.
fn csv(text: &str) -> Result<Vec<Row>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = Lines::of(text);
    // What such an error quotes may be a secret in the wrong place.
    let wrong = |error: &csv::Error| {
        let line = error.position().map(|it| Lines::of(text).at(it));
        let line = line.map_or_else(String::new, |line| format!("line {line}: "));
        match error.kind() {
            csv::ErrorKind::UnequalLengths {
                expected_len, len, ..
            } => {
                format!("{line}it has {len} cells, and the first line names {expected_len} columns")
            }
            _ => format!("{line}it is no CSV"),
        }
    };
    let columns = reader.headers().map_err(|error| wrong(&error))?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| wrong(&error))?;
        let line = record.position().map_or(0, |it| lines.at(it));
        let mut cells = BTreeMap::new();
        if record.iter().any(|cell| cell.contains(['\n', '\r'])) {
            return Err(format!(
                "line {line}: a cell of the row that begins here has a line break in it; is a \
                 quotation mark not closed?"
            ));
        }
        for (column, cell) in columns.iter().zip(&record) {
            if !cell.is_empty() && cells.insert(column.to_owned(), cell.to_owned()).is_some() {
                return Err("line 1: two columns have one name".to_owned());
            }
        }
        rows.push(Row { line, cells });
    }
    Ok(rows)
}

/// Counts lines up to where records begin. The position that the reader gives is before the empty
/// lines in front of a record, and between the two characters that end a line on some systems.
struct Lines<'a> {
    rest: &'a str,
    passed: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: text,
            passed: 0,
            line: 1,
        }
    }

    /// The line of a record. Each is behind the one before.
    fn at(&mut self, position: &csv::Position) -> u64 {
        let byte = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        while let Some((line, rest)) = self.rest.split_once('\n') {
            let is_passed = self.passed + line.len() <= byte;
            if !is_passed && !line.trim_end_matches('\r').is_empty() {
                break;
            }
            self.passed += line.len() + 1;
            self.rest = rest;
            self.line += 1;
        }
        self.line
    }
}

/// A list of mappings, each with texts alone.
fn yaml(text: &str) -> Result<Vec<Row>, String> {
    let read: Vec<Spanned<BTreeMap<String, String>>> =
        serde_saphyr::from_str(text).map_err(|error| {
            let line = error
                .location()
                .map(|place| format!("line {}: ", place.line()));
            format!(
                "{}it is no list of rows with `name: value`, each value a text (JSON in quotes)",
                line.unwrap_or_default()
            )
        })?;
    let rows = read.into_iter().map(|row| Row {
        line: row.referenced.line(),
        cells: row
            .value
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
    });
    Ok(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(cells: &[(&str, &str)]) -> BTreeMap<String, String> {
        let cells = cells.iter();
        cells
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn csv_has_its_lines_and_no_empty_cells() {
        let text =
            "service, operation,cluster_id\n\ndws,reset-password,\"a,b\"\n\n ecs ,show,\n#1,x,y\n";
        for text in [
            text.to_owned(),
            format!("\u{feff}{}", text.replace('\n', "\r\n")),
        ] {
            let rows = csv(&text).unwrap();
            let lines: Vec<_> = rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [3, 5, 6], "{text:?}");
            assert_eq!(
                rows[0].cells,
                cells(&[
                    ("cluster_id", "a,b"),
                    ("operation", "reset-password"),
                    ("service", "dws")
                ])
            );
            let second = cells(&[("operation", "show"), ("service", "ecs")]);
            assert_eq!(rows[1].cells, second);
            assert_eq!(rows[2].cells["service"], "#1");
        }
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_takes_no_rows_with_it() {
        for text in [
            "a,b\n1,\"one\n2,two\n3,three\n",
            "a,b\r\n1,\"one\r\n2,\"two\r\n",
        ] {
            let error = csv(text).unwrap_err();
            assert!(error.starts_with("line 2: a cell"), "{error}");
        }
    }

    #[test]
    fn what_is_no_table_is_told_with_its_line_and_not_repeated() {
        let error = csv("a,b\n1,2\nSecret-Secret1,2,3\n").unwrap_err();
        assert_eq!(
            error,
            "line 3: it has 3 cells, and the first line names 2 columns"
        );
        assert_eq!(
            csv("a,a\n1,2\n").unwrap_err(),
            "line 1: two columns have one name"
        );
    }

    #[test]
    fn yaml_keeps_values_as_they_are_written() {
        let text = "- service: dws\n  cluster_id: 0123\n- {service: ecs, server_id: 1e5}\n";
        let rows = yaml(text).unwrap();
        assert_eq!(rows[0].line, 1);
        assert_eq!(
            rows[0].cells,
            cells(&[("cluster_id", "0123"), ("service", "dws")])
        );
        assert_eq!(rows[1].line, 3);
        assert_eq!(
            rows[1].cells,
            cells(&[("server_id", "1e5"), ("service", "ecs")])
        );
        let error = yaml("- service: dws\n  x: [Secret-1]\n").unwrap_err();
        assert!(
            error.starts_with("line 2: ") && !error.contains("Secret"),
            "{error}"
        );
    }
}
