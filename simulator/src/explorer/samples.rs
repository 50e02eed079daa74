//! The same call in code: in Rust, with the operators' command, with curl.

use huaweicloud_codegen::model::{Operation, Service};
use huaweicloud_codegen::{example_command, example_program};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::Explorer;
use super::fields::Input;

/// A call in a language.
pub(super) struct Sample {
    pub(super) label: String,
    /// `rust` or `shell`.
    pub(super) lang: &'static str,
    pub(super) text: String,
}

/// The example call of an operation.
pub(super) fn of(explorer: &Explorer<'_>, service: &Service, operation: &Operation) -> Vec<Sample> {
    let mut samples = vec![Sample {
        label: "Rust".to_owned(),
        lang: "rust",
        text: example_program(service, operation),
    }];
    samples.extend(explorer.command.map(|command| Sample {
        label: command.to_owned(),
        lang: "shell",
        text: example_command(service, operation, command),
    }));
    samples.extend(explorer.curl(service, operation).map(|text| Sample {
        label: "curl".to_owned(),
        lang: "shell",
        text,
    }));
    samples
}

/// What stands in a field at first, as text.
pub(super) fn shown(input: &Input<'_>) -> Option<String> {
    input.given.as_ref().map(|given| match given {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    })
}

/// A sample as markup, in which the values of fields are marked, so that they can follow what is typed.
pub(super) fn marked(sample: &Sample, inputs: &[&Input<'_>]) -> Markup {
    let mut values: Vec<(String, &str)> = inputs
        .iter()
        .filter_map(|input| Some((shown(input)?, input.id.as_str())))
        // Shorter ones stand in other words too.
        .filter(|(value, _)| value.len() > 3)
        .collect();
    values.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
    let find = |text: &str| {
        let found = values.iter().filter_map(|(value, id)| {
            let at = text.find(value.as_str())?;
            let ambiguous = values.iter().filter(|(it, _)| it == value).count() > 1;
            (!ambiguous).then_some((at, value.len(), *id))
        });
        found.min_by_key(|(at, ..)| *at)
    };
    let mut pieces = Vec::new();
    for line in sample.text.split_inclusive('\n') {
        let way = match (sample.lang, line.trim_start()) {
            ("rust", _) => "rust",
            (_, line) if line.starts_with("curl ") => "address",
            (_, line) if line.starts_with("-d ") => "json",
            _ => "shell",
        };
        // What is said of a program is no call.
        let is_comment = line.starts_with("//");
        let mut rest = line;
        while let Some((at, length, id)) = find(rest).filter(|_| !is_comment) {
            let (before, from) = rest.split_at(at);
            let (value, after) = from.split_at(length);
            pieces.push(html! { (before) span data-follows=(id) data-way=(way) { (value) } });
            rest = after;
        }
        pieces.push(html! { (rest) });
    }
    html! { @for piece in &pieces { (piece) } }
}

/// A document as JSON, its operations with their samples as `x-codeSamples`; references in it lead to
/// places in it.
pub(super) fn document(explorer: &Explorer<'_>, service: &Service) -> Option<Value> {
    let mut documents = explorer.documents.iter();
    let document = documents.find(|it| it.source.path == service.path)?;
    let mut root = document.tree.to_json();
    for operation in &service.operations {
        let path = operation.path.strip_prefix(&service.base_path)?;
        let samples = of(explorer, service, operation)
            .into_iter()
            .map(|it| json!({"lang": it.lang, "label": it.label, "source": it.text}));
        let samples = samples.collect();
        if let Some(Value::Object(node)) = root
            .get_mut("paths")
            .and_then(|it| it.get_mut(path))
            .and_then(|it| it.get_mut(operation.method.key()))
        {
            node.insert("x-codeSamples".to_owned(), samples);
        }
    }
    Some(root)
}
