//! Rows that are understood: what is to be called, with what, and where its secrets come from.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use huaweicloud_runtime::{Password, PasswordPolicy, Retry};
use openapi_client_runtime::sanitize::{self, sanitized};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::plan::Row;
use crate::arguments::{Arguments, Given};
use crate::description::{Command, Kind, Need, Parameter, Program, Service};
use crate::escrow::Identity;
use crate::policy::is_called;
use crate::private::shown;
use crate::secret_input::{self, Shape};
use crate::single::{given, target};

/// Columns that are no parameters.
mod column {
    pub(super) const SERVICE: &str = "service";
    pub(super) const OPERATION: &str = "operation";
    pub(super) const REGION: &str = "region";
    pub(super) const PROJECT: &str = "project_id";
    pub(super) const ROW: &str = "row";
    pub(super) const ALL: [&str; 5] = [SERVICE, OPERATION, REGION, PROJECT, ROW];
}

/// What stands for a password that is to be made.
const GENERATE: &str = "generate";
/// What the path of a file stands behind.
const FILE: &str = "file:";

/// A call of the plan.
pub(super) struct Job<C: 'static> {
    pub(super) line: u64,
    /// What the plan calls the row, else the line.
    pub(super) name: String,
    /// What the journal knows it by: it is the same wherever in the plan it stands.
    pub(super) key: String,
    pub(super) service: &'static Service<C>,
    pub(super) command: &'static Command<C>,
    pub(super) region: String,
    /// All but its secrets.
    pub(super) arguments: Arguments,
    /// Its secrets, by the names of their parameters.
    pub(super) secrets: Vec<(&'static Parameter, Source)>,
}

/// What holds for every row that does not say otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Usual<'a> {
    pub(super) region: Option<&'a str>,
    pub(super) project: Option<&'a str>,
    /// Where paths begin: the folder of the plan.
    pub(super) folder: &'a Path,
}

/// Where a secret comes from.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Generate(&'static PasswordPolicy),
    File(PathBuf),
}

/// What is wrong with a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) line: u64,
    pub(super) what: String,
}

impl<C> Job<C> {
    /// Understands a row.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn of(
        row: &Row,
        program: &'static Program<C>,
        usual: Usual<'_>,
    ) -> Result<Self, Vec<Mistake>> {
        let mistake = |what: String| Mistake {
            line: row.line,
            what,
        };
        let cell = |name: &str| row.cells.get(name).map(String::as_str);
        let (service, command) = called(program, cell(column::SERVICE), cell(column::OPERATION))
            .map_err(|what| vec![mistake(what)])?;
        let mut mistakes = Vec::new();
        let region = cell(column::REGION)
            .or(usual.region)
            .unwrap_or_default()
            .to_owned();
        if region.is_empty() {
            mistakes.push(mistake(
                "no region: give the column `region`, or --region for all rows".to_owned(),
            ));
        }
        let (mut arguments, mut secrets) = (Arguments::default(), Vec::new());
        let mut known: Vec<String> = column::ALL.map(str::to_owned).to_vec();
        for parameter in command.parameters {
            let name = column_of(command, parameter);
            let cell = cell(&name);
            let read = match (cell, parameter.kind.is_secret()) {
                (Some(cell), true) => source(cell, parameter, usual.folder).map(|source| {
                    secrets.push((parameter, source));
                }),
                (Some(cell), false) => values(parameter.kind, cell, usual.folder).map(|given| {
                    arguments.insert(parameter.name, given);
                }),
                (None, _) => Ok(()),
            };
            if let Err(what) = read {
                mistakes.push(mistake(format!("{name}: {what}")));
            }
            known.push(name);
        }
        for parameter in command.parameters {
            let name = column_of(command, parameter);
            let is_given = row.cells.contains_key(&name);
            let is_needed = match parameter.need {
                Need::Unless(..) => crate::secrets::is_needed(parameter, &arguments),
                need => need == Need::Required,
            };
            if is_needed && !is_given {
                mistakes.push(mistake(format!("{name} is needed{}", hint(parameter))));
            }
        }
        for name in row.cells.keys().filter(|name| !known.contains(name)) {
            // What is no name may be a secret that stands where a name should.
            let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            let named = match name.chars().all(is_name) {
                true => format!("parameter {name}"),
                false => "parameter of such a name as one of the columns has".to_owned(),
            };
            mistakes.push(mistake(format!(
                "{} {} has no {named}; it has {}",
                service.name,
                command.name,
                known[column::ALL.len()..].join(", ")
            )));
        }
        let project = cell(column::PROJECT);
        if let Some(project) = project {
            match &command.operation.project_id {
                Some(_) => arguments.insert("project_id", Given::Plain(Value::from(project))),
                None => mistakes.push(mistake(format!(
                    "project_id: {} {} is in no project",
                    service.name, command.name
                ))),
            }
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let project = project.filter(|project| Some(*project) != usual.project);
        let key = key(command, &region, project, &arguments, &secrets);
        Ok(Self {
            line: row.line,
            name: cell(column::ROW).map_or_else(|| row.line.to_string(), str::to_owned),
            key,
            service,
            command,
            region,
            arguments,
            secrets,
        })
    }

    /// Whether a second call can do no harm.
    pub(super) fn is_safe(&self) -> bool {
        self.command.operation.retry == Retry::Safe
    }

    /// What it is about, as far as anybody may see it.
    pub(super) fn target(&self) -> Map<String, Value> {
        target(&self.arguments)
    }

    /// Whose password a field of it is.
    pub(super) fn identity<'a>(
        &'a self,
        target: &'a Map<String, Value>,
        field: &'a str,
    ) -> Identity<'a> {
        Identity {
            service: self.service.name,
            operation: self.command.operation.name,
            region: Some(&self.region),
            target,
            field,
            row: Some(&self.key),
        }
    }

    /// The same in a line: `dws reset-password cluster_id=…`.
    pub(super) fn shown(&self) -> String {
        let mut text = format!("{} {}", self.service.name, self.command.name);
        for (name, value) in self.target() {
            let value = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            text.push_str(&format!(" {name}={}", sanitized(&value, sanitize::NAME)));
        }
        text
    }

    /// Whether a secret of it is made here.
    pub(super) fn makes(&self) -> bool {
        let mut sources = self.secrets.iter();
        sources.any(|(_, source)| matches!(source, Source::Generate(_)))
    }
}

/// Reads the secret of a file. A pipe could be read but once, and a plan is read before it is carried
/// out.
pub(super) fn read(path: &Path, kind: Kind) -> Result<Password, String> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(format!("{} is no regular file", shown(path)));
    }
    secret_input::from_file(path, Shape::of(kind)).map_err(|error| error.to_string())
}

/// A secret as its parameter takes it.
pub(super) fn secret_of(kind: Kind, secret: Password) -> Given {
    match kind {
        Kind::SecretJson => Given::SecretJson(secret),
        _ => Given::Secret(secret),
    }
}

/// The operation that a row names, by the names it is typed by or those of its vendor.
fn called<C>(
    program: &'static Program<C>,
    service: Option<&str>,
    operation: Option<&str>,
) -> Result<(&'static Service<C>, &'static Command<C>), String> {
    let services = || {
        program
            .services
            .iter()
            .map(|it| it.name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let Some(name) = service else {
        return Err(format!("service is needed, one of {}", services()));
    };
    let Some(service) = program
        .services
        .iter()
        .find(|it| it.name.eq_ignore_ascii_case(name))
    else {
        return Err(format!(
            "there is no such service; it is one of {}",
            services()
        ));
    };
    let operations: Vec<_> = service.commands.iter().map(|it| it.name).collect();
    let found = match operation {
        Some(name) => service.commands.iter().find(|it| is_called(it, name)),
        None => match service.commands {
            [only] => Some(only),
            _ => None,
        },
    };
    let found = found.map(|command| (*service, command));
    found.ok_or_else(|| {
        format!(
            "{} of {} is one of {}",
            column::OPERATION,
            service.name,
            operations.join(", ")
        )
    })
}

/// The name of the column that a parameter has in a plan.
pub(super) fn column_of<C>(command: &Command<C>, parameter: &Parameter) -> String {
    let name = match parameter.kind.is_secret() {
        true => parameter.source(command),
        false => parameter.typed(),
    };
    name.replace('-', "_")
}

/// A list in a cell is JSON, and the paths of files begin in the folder of the plan.
fn values(kind: Kind, cell: &str, folder: &Path) -> Result<Given, String> {
    let no_list = |_| "what is given is no list in JSON".to_owned();
    match kind {
        Kind::File => Ok(Given::Files(vec![folder.join(cell)])),
        Kind::List(Kind::File) => {
            let paths: Vec<String> = serde_json::from_str(cell).map_err(no_list)?;
            let paths = paths.into_iter().map(|path| folder.join(path));
            Ok(Given::Files(paths.collect()))
        }
        Kind::List(_) => {
            let items: Vec<Value> = serde_json::from_str(cell).map_err(no_list)?;
            Ok(Given::Plain(Value::Array(items)))
        }
        kind => given(kind, &[cell]),
    }
}

fn hint(parameter: &Parameter) -> &'static str {
    match parameter.kind {
        Kind::Secret(Some(_)) => ": `generate`, or `file:` and a path",
        Kind::Secret(None) | Kind::SecretJson => ": `file:` and a path",
        _ => "",
    }
}

fn source(cell: &str, parameter: &Parameter, folder: &Path) -> Result<Source, String> {
    match (cell.strip_prefix(FILE), parameter.kind) {
        (Some(path), _) if !path.is_empty() => Ok(Source::File(folder.join(path))),
        (None, Kind::Secret(Some(policy))) if cell == GENERATE => Ok(Source::Generate(policy)),
        _ => Err(format!(
            "what stands here is where the secret comes from{}. What is given is not repeated; if it \
             is the secret itself, take it out of the plan, and change it, since it lay in a file",
            hint(parameter)
        )),
    }
}

/// What the journal knows a row by: what it is about, and not how. So a switch is left out, and a
/// project that is that of the other rows. Where nothing says what it is about but a secret, that is
/// told by its source.
fn key<C>(
    command: &Command<C>,
    region: &str,
    project: Option<&str>,
    arguments: &Arguments,
    secrets: &[(&'static Parameter, Source)],
) -> String {
    let mut about = BTreeMap::new();
    for parameter in command.parameters {
        let is_switch = matches!(parameter.kind, Kind::Boolean) && parameter.need != Need::Required;
        if let (Some(Given::Plain(value)), false) = (arguments.get(parameter.name), is_switch) {
            about.insert(parameter.name, value.clone());
        }
    }
    if about.is_empty() {
        let sources = secrets.iter();
        let sources = sources.map(|(it, source)| (it.name, Value::from(shown_source(source))));
        about.extend(sources);
    }
    let operation = command.operation;
    let text = serde_json::json!([operation.service, operation.name, region, project, about]);
    let hash = Sha256::digest(text.to_string().as_bytes());
    let short = hash.iter().take(8);
    short.map(|byte| format!("{byte:02x}")).collect()
}

/// The path of a file with a secret, fit to be shown.
pub(super) fn shown_source(source: &Source) -> String {
    match source {
        Source::Generate(_) => GENERATE.to_owned(),
        Source::File(path) => format!("{FILE}{}", shown(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_what_its_parameter_takes() {
        let folder = Path::new("plans");
        let of = |kind, cell| values(kind, cell, folder);
        let files = |kind, cell| match of(kind, cell) {
            Ok(Given::Files(paths)) => paths,
            other => panic!("{other:?}"),
        };
        assert_eq!(files(Kind::File, "a.zip"), [Path::new("plans/a.zip")]);
        let two = files(Kind::List(&Kind::File), r#"["a", "/b"]"#);
        assert_eq!(two, [Path::new("plans/a"), Path::new("/b")]);
        assert!(files(Kind::List(&Kind::File), "[]").is_empty());
        match of(Kind::List(&Kind::Number), "[1, 2]") {
            Ok(Given::Plain(value)) => assert_eq!(value, serde_json::json!([1, 2])),
            other => panic!("{other:?}"),
        }
        for kind in [Kind::List(&Kind::File), Kind::List(&Kind::Text)] {
            assert_eq!(
                of(kind, "Secret").unwrap_err(),
                "what is given is no list in JSON"
            );
        }
    }
}
