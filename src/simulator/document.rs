//! Reading the directory of OpenAPI documents: YAML text to JSON values in which no `$ref` is left.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::error::SimulatorError;

/// One OpenAPI document with every `$ref` replaced by what it points to.
#[derive(Debug)]
pub(crate) struct Document {
    /// File name inside the spec directory, such as `dcs.yaml`.
    pub(crate) file: String,
    /// The service: the file name without its ending.
    pub(crate) service: String,
    /// The whole document.
    pub(crate) root: Value,
}

/// Reads every `*.yaml` and `*.yml` file of a directory, in the order of their names.
///
/// A file without an `openapi` field is not served itself; it may hold parts that others refer to.
pub(crate) fn read_directory(directory: &Path) -> Result<Vec<Document>, SimulatorError> {
    let files = read_files(directory)?;
    let mut documents = Vec::new();
    for (file, root) in &files {
        if root.get("openapi").is_none() {
            continue;
        }
        let resolver = Resolver { files: &files };
        let root = resolver
            .resolve(file, root, Names::No, &mut Vec::new())
            .map_err(|problem| SimulatorError::document(file, problem))?;
        let service = file
            .rsplit_once('.')
            .map_or(file.as_str(), |(stem, _)| stem);
        documents.push(Document {
            file: file.clone(),
            service: service.to_owned(),
            root,
        });
    }
    if documents.is_empty() {
        return Err(SimulatorError::NoDocuments {
            directory: directory.to_owned(),
        });
    }
    Ok(documents)
}

fn read_files(directory: &Path) -> Result<BTreeMap<String, Value>, SimulatorError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| SimulatorError::Unreadable { path, source }
    };
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(directory).map_err(unreadable(directory))? {
        let path: PathBuf = entry.map_err(unreadable(directory))?.path();
        let is_yaml = path
            .extension()
            .is_some_and(|ending| ending == "yaml" || ending == "yml");
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if !is_yaml {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
        let value = parse_yaml(&text).map_err(|problem| SimulatorError::document(name, problem))?;
        files.insert(name.to_owned(), value);
    }
    Ok(files)
}

fn parse_yaml(text: &str) -> Result<Value, String> {
    let mut yaml: serde_yaml::Value =
        serde_yaml::from_str(text).map_err(|error| format!("this is not YAML: {error}"))?;
    yaml.apply_merge()
        .map_err(|error| format!("a merge key `<<` cannot be applied: {error}"))?;
    // Serialising, not deserialising: an unquoted status `200:` is an integer key, which only
    // this way becomes the text "200".
    serde_json::to_value(&yaml).map_err(|error| format!("this YAML has no JSON form: {error}"))
}

/// Whether the keys of an object are names chosen by the author instead of OpenAPI keywords.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    Yes,
    No,
}

/// Objects whose keys are free names, so that a property called `example` is still a schema.
const NAME_MAPS: [&str; 7] = [
    "properties",
    "paths",
    "responses",
    "schemas",
    "parameters",
    "examples",
    "headers",
];

/// Keywords that hold data, in which a `$ref` would be a plain field.
const DATA: [&str; 4] = ["example", "value", "enum", "default"];

struct Resolver<'a> {
    files: &'a BTreeMap<String, Value>,
}

impl Resolver<'_> {
    /// `open` is the chain of references being followed; meeting one again means that the schema
    /// contains itself, and from the second round on anything is accepted (`{}`).
    fn resolve(
        &self,
        file: &str,
        value: &Value,
        names: Names,
        open: &mut Vec<(String, String)>,
    ) -> Result<Value, String> {
        match value {
            Value::Object(object) => {
                if let (Names::No, Some(reference)) =
                    (names, object.get("$ref").and_then(Value::as_str))
                {
                    return self.follow(file, reference, open);
                }
                let mut resolved = Map::with_capacity(object.len());
                for (key, child) in object {
                    let is_data = names == Names::No
                        && (DATA.contains(&key.as_str()) || key.starts_with("x-"));
                    let child = if is_data {
                        child.clone()
                    } else {
                        let below = if names == Names::No && NAME_MAPS.contains(&key.as_str()) {
                            Names::Yes
                        } else {
                            Names::No
                        };
                        self.resolve(file, child, below, open)?
                    };
                    resolved.insert(key.clone(), child);
                }
                Ok(Value::Object(resolved))
            }
            Value::Array(items) => items
                .iter()
                .map(|item| self.resolve(file, item, Names::No, open))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            other => Ok(other.clone()),
        }
    }

    fn follow(
        &self,
        file: &str,
        reference: &str,
        open: &mut Vec<(String, String)>,
    ) -> Result<Value, String> {
        let (target, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let target = match target.strip_prefix("./").unwrap_or(target) {
            "" => file,
            other => other,
        };
        let key = (target.to_owned(), pointer.to_owned());
        if open.contains(&key) {
            return Ok(Value::Object(Map::new()));
        }
        let found = self
            .files
            .get(target)
            .ok_or_else(|| {
                format!("`$ref: {reference}` names a file that the spec directory does not hold")
            })?
            .pointer(pointer)
            .ok_or_else(|| format!("`$ref: {reference}` points to nothing in {target}"))?;
        open.push(key);
        let resolved = self.resolve(target, found, Names::No, open);
        open.pop();
        resolved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn resolve(files: &[(&str, &str)], file: &str) -> Result<Value, String> {
        let files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), parse_yaml(text).unwrap()))
            .collect();
        let resolver = Resolver { files: &files };
        resolver.resolve(file, &files[file], Names::No, &mut Vec::new())
    }

    #[test]
    fn follows_references_inside_and_across_files() {
        let resolved = resolve(
            &[
                ("a.yaml", "x: {$ref: '#/y'}\ny: {$ref: './b.yaml#/z'}\n"),
                ("b.yaml", "z: {$ref: '#/w'}\nw: {type: string}\n"),
            ],
            "a.yaml",
        )
        .unwrap();
        assert_eq!(resolved["x"], json!({"type": "string"}));
    }

    #[test]
    fn a_schema_that_contains_itself_ends() {
        let resolved = resolve(
            &[("a.yaml", "node: {properties: {next: {$ref: '#/node'}}}\n")],
            "a.yaml",
        )
        .unwrap();
        let second_round = &resolved["node"]["properties"]["next"]["properties"]["next"];
        assert_eq!(second_round, &json!({}));
    }

    #[test]
    fn leaves_data_alone_but_not_properties_named_like_data() {
        let resolved = resolve(
            &[(
                "a.yaml",
                "example: {$ref: '#/nowhere'}\nproperties: {example: {$ref: '#/t'}}\nt: {type: string}\n",
            )],
            "a.yaml",
        )
        .unwrap();
        assert_eq!(resolved["example"], json!({"$ref": "#/nowhere"}));
        assert_eq!(resolved["properties"]["example"], json!({"type": "string"}));
    }

    #[test]
    fn a_reference_to_nothing_is_named() {
        let error = resolve(&[("a.yaml", "x: {$ref: '#/gone'}")], "a.yaml").unwrap_err();
        assert!(error.contains("#/gone"), "{error}");
        let error = resolve(&[("a.yaml", "x: {$ref: 'c.yaml#/gone'}")], "a.yaml").unwrap_err();
        assert!(error.contains("c.yaml"), "{error}");
    }

    #[test]
    fn unquoted_statuses_and_merge_keys_are_read() {
        let value = parse_yaml("base: &b {k: 1}\nresponses: {200: {<<: *b}}\n").unwrap();
        assert_eq!(value["responses"]["200"]["k"], json!(1));
    }
}
