//! The page of an operation.

use huaweicloud_codegen::model::{Content, Operation, Service, Status};
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use super::fields::{self, Input};
use super::layout::{code, fault_choice, ledger, method, operations, page as shell, title};
use super::text::{is_address, markdown};
use super::{Explorer, Served, document_path, reference, samples};

/// The way back from the folder of a service.
const UP: &str = "../../";

pub(super) fn page(explorer: &Explorer<'_>, service: &Service, operation: &Operation) -> String {
    let parameters = fields::parameters(service, operation);
    let body = fields::body(service, operation);
    let all: Vec<&Input<'_>> = parameters
        .iter()
        .chain(&body)
        .flat_map(Input::all)
        .collect();
    let content = html! {
        div class="columns" {
            main #main tabindex="-1" {
                p class="place" { (service.title) }
                h1 { (title(operation)) }
                p class="call" { (method(operation)) code { (broken(&operation.path)) } }
                @if operation.deprecated { p class="note" { "The vendor advises against it." } }
                @if let Some(description) = &operation.description {
                    div class="md" { (markdown(description)) }
                }
                (facts(service, operation))
                div class="split" {
                    (call(explorer, service, operation, &parameters, &body))
                    // Beside the call where there is room, else after its answer.
                    (answer(explorer))
                    (same_call(explorer, service, operation, &all))
                }
                (reference::responses(service, operation))
                (ledger(explorer))
            }
            nav #operations aria-label="Operations" class="side" {
                (operations(explorer, UP, Some((service, operation))))
            }
        }
    };
    let title = format!("{} {}", service.name, operation.id);
    shell(explorer, &title, UP, &content)
}

/// A path that may break at its slashes.
fn broken(path: &str) -> Markup {
    html! { @for part in path.split_inclusive('/') { (part) wbr; } }
}

fn facts(service: &Service, operation: &Operation) -> Markup {
    let alternatives = operation.security.as_deref().unwrap_or_default();
    let schemes: Vec<_> = alternatives
        .iter()
        .map(|all| {
            let names: Vec<_> = all.iter().map(|it| it.scheme.as_str()).collect();
            names.join(" and ")
        })
        .collect();
    let limit = operation.rate_limit.or(service.rate_limit);
    html! {
        dl class="facts" {
            dt { "Operation" }
            dd { code { (operation.id) } }
            dt { "Credentials" }
            dd { @if operation.anonymous { "none" } @else { (schemes.join(", or ")) } }
            @if !operation.permissions.is_empty() {
                dt { "Permission" }
                dd { @for it in &operation.permissions { code { (it.action) } " " } }
            }
            @if let Some(limit) = limit {
                dt { "Limit" }
                dd { (limit.calls) " calls in " (limit.seconds) " s" }
            }
            @if let Some(docs) = operation.docs.as_ref().filter(|it| is_address(&it.url)) {
                dt { "Source" }
                dd { a href=(docs.url) { (docs.description.as_deref().unwrap_or(&docs.url)) } }
            }
            dt { "Document" }
            dd { a href={ (UP) (document_path(service)) } { (service.name) ".json" } }
        }
    }
}

/// What is given, and where there is a server the form to send it.
fn call(
    explorer: &Explorer<'_>,
    service: &Service,
    operation: &Operation,
    parameters: &[Input<'_>],
    body: &[Input<'_>],
) -> Markup {
    let served = explorer
        .served(service, operation)
        .filter(|_| explorer.is_live);
    let given = html! {
        @if !parameters.is_empty() {
            h3 { "Parameters" }
            (reference::inputs(parameters, served))
        }
        @if let Some(of) = &operation.body {
            h3 { "Body" }
            p class="muted" {
                code { (of.media_type) }
                @if !of.required { ", may be left out" }
            }
            @if let Some(description) = &of.description { div class="md" { (markdown(description)) } }
            (reference::inputs(body, served))
        }
        @if parameters.is_empty() && operation.body.is_none() {
            p class="muted" { "Nothing has to be given." }
        }
    };
    html! {
        section class="given" aria-labelledby="call" {
            h2 #call { "Call" }
            @if let Some(served) = served {
                noscript { p class="note" { "The form to try it needs JavaScript." } }
                (form(explorer, served, service, operation, &given))
            } @else if explorer.is_live {
                p class="note" { "The simulator does not serve this operation." }
                (given)
            } @else {
                p class="note" { "This copy has no simulator behind it, so that there is nothing to send." }
                (given)
            }
        }
    }
}

fn form(
    explorer: &Explorer<'_>,
    served: &Served,
    service: &Service,
    operation: &Operation,
    given: &Markup,
) -> Markup {
    let content = operation.body.as_ref().map(|body| match &body.content {
        Content::Json => "json",
        Content::Form(_) => "form",
        Content::Multipart(_) => "multipart",
        Content::Text => "text",
        Content::Bytes => "bytes",
    });
    let statuses = operation.responses.iter().filter_map(|it| match it.status {
        Status::Code(code) => Some(code),
        _ => None,
    });
    let credentials = match operation.anonymous {
        true => Vec::new(),
        false => explorer.gateway.credentials(served),
    };
    html! {
        form method="post" data-call
            data-service=(service.name) data-operation=(operation.id)
            data-method=(operation.method.wire()) data-path=(operation.path)
            data-query=(json!(operation.query))
            data-media-type=[operation.body.as_ref().map(|it| &it.media_type)]
            data-content=[content]
            data-spelled=(json!(spelled(operation)))
            data-credentials=(json!(credentials))
            data-secret-names=(json!(reference::secret_names(service, operation))) {
            (given)
            div class="needs-js" {
                h3 { "Try it" }
                (fault_choice("fault", "none"))
                div class="row" {
                    div {
                        label for="wanted" { "Answer" }
                        select #wanted data-wanted {
                            option value="" { "as it comes" }
                            @for status in statuses { option value=(status) { (status) } }
                        }
                    }
                }
                div class="actions" {
                    button type="submit" class="primary" { "Send" }
                    button type="button" data-stop hidden { "Stop waiting" }
                    p role="status" data-said {}
                }
            }
        }
    }
}

/// The fields of a form that are spelled in a way of their own, as style and whether it is exploded.
fn spelled(operation: &Operation) -> Map<String, Value> {
    let fields = match operation.body.as_ref().map(|it| &it.content) {
        Some(Content::Form(fields)) => fields.as_slice(),
        _ => &[],
    };
    let ways = fields
        .iter()
        .map(|(name, way)| (name.clone(), json!([way.style.name(), way.explode])));
    ways.collect()
}

/// The same call in code.
fn same_call(
    explorer: &Explorer<'_>,
    service: &Service,
    operation: &Operation,
    inputs: &[&Input<'_>],
) -> Markup {
    html! {
        section class="samples" aria-labelledby="samples" {
            h2 #samples { "The same in code" }
            @for (index, sample) in samples::of(explorer, service, operation).iter().enumerate() {
                // Of those that share a name one is open.
                details name="sample" open[index == 0] data-sample {
                    summary { (sample.label) }
                    button type="button" class="copy needs-js" data-copy aria-label={ "Copy the sample for " (sample.label) } { "Copy" }
                    (code(&format!("Sample for {}", sample.label), &samples::marked(sample, inputs)))
                }
            }
        }
    }
}

/// What was sent and what came back, once there is something.
fn answer(explorer: &Explorer<'_>) -> Markup {
    let side = |name: &str, label: &str| {
        html! {
            section class="side-by-side" aria-label=(label) data-shown=(name) {
                h3 { (label) }
                p class="line" data-line {}
                dl class="headers" data-headers {}
                (code(&format!("Body of the {}", label.to_lowercase()), &html! {}))
            }
        }
    };
    html! {
        @if explorer.is_live {
            section #answer class="pair" hidden aria-label="The call that was made" {
                (side("request", "Request"))
                (side("answer", "Answer"))
            }
        }
    }
}
