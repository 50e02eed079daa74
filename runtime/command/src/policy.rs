//! The permissions that operations need, as a policy of IAM.

use std::collections::BTreeMap;

use clap::ArgMatches;
use serde_json::{Value, json};

use crate::description::{Command, Program, Service};
use crate::problem::Problem;

/// The policy for the operations that are named, or for all that the client does not call for itself.
///
/// Each action stands in the statement of the access it has, so that what only reads can be told from
/// what writes.
///
/// # Errors
/// When there is no such operation, or those that are named need no permission.
pub(crate) fn policy<C>(program: &Program<C>, matches: &ArgMatches) -> Result<Value, Problem> {
    let named: Vec<_> = matches
        .get_many::<String>("operations")
        .into_iter()
        .flatten()
        .collect();
    let mut chosen = Vec::new();
    for name in &named {
        let (service, operation) = match name.split_once('/') {
            Some((service, operation)) => (service, Some(operation)),
            None => (name.as_str(), None),
        };
        let found: Vec<_> = all(program)
            .filter(|(it, _)| it.name == service)
            .filter(|(_, it)| operation.is_none_or(|name| is_called(it, name)))
            .collect();
        if found.is_empty() {
            return Err(Problem::Usage(format!(
                "there is no such operation; name one as SERVICE/OPERATION, such as {}",
                all(program)
                    .map(|(service, it)| format!("{}/{}", service.name, it.name))
                    .next()
                    .unwrap_or_default()
            )));
        }
        chosen.extend(found);
    }
    if named.is_empty() {
        chosen = all(program)
            .filter(|(_, it)| it.client_use.is_none())
            .collect();
    }
    let mut actions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (_, command) in chosen {
        for permission in command.permissions {
            let access = permission.access.unwrap_or("");
            let of_access = actions.entry(access).or_default();
            of_access.push(permission.action);
            of_access.extend(permission.dependencies);
        }
    }
    if actions.is_empty() {
        return Err(Problem::Usage(
            "the documents name no permission that these operations need".to_owned(),
        ));
    }
    let statements = actions.into_values().map(|mut actions| {
        actions.sort_unstable();
        actions.dedup();
        json!({ "Effect": "Allow", "Action": actions })
    });
    Ok(json!({ "Version": "5.0", "Statement": statements.collect::<Vec<_>>() }))
}

/// Every operation with its service.
pub(crate) fn all<C>(
    program: &Program<C>,
) -> impl Iterator<Item = (&'static Service<C>, &'static Command<C>)> {
    let services = program.services.iter();
    services.flat_map(|service| service.commands.iter().map(move |it| (*service, it)))
}

/// Whether an operation has this name: as it is typed, or as its vendor has it.
pub(crate) fn is_called<C>(command: &Command<C>, name: &str) -> bool {
    command.name == name || command.operation.name == name
}
