//! Values that are given and responses that come, told one by one.

use huaweicloud_codegen::model::{
    Operation, Representation, Response, SchemaKind, Service, Type, types_inside,
};
use maud::{Markup, html};
use serde_json::Value;

use super::Served;
use super::fields::{Input, Kind, words};
use super::layout::code;
use super::samples::shown;
use super::text::{line, markdown};

/// A list of values that are given, each with a field where there is a server.
pub(super) fn inputs(inputs: &[Input<'_>], served: Option<&Served>) -> Markup {
    html! {
        ul class="fields" {
            @for input in inputs {
                @if let Kind::Group(fields) = &input.kind {
                    li class="group" {
                        // Not a `fieldset`: screen readers say each name with its own field.
                        div role="group" aria-labelledby=(input.id) {
                            p class="name" id=(input.id) { (named(input)) }
                            (told(input, false))
                            (self::inputs(fields, served))
                        }
                    }
                } @else {
                    li { (one(input, served)) }
                }
            }
        }
    }
}

fn one(input: &Input<'_>, served: Option<&Served>) -> Markup {
    let field = served
        .filter(|_| !matches!(input.kind, Kind::Credentials | Kind::OutOfReach))
        .map(|served| field(input, is_judged(input, served)));
    html! {
        @if field.is_some() {
            label class="name" for=(input.id) { (named(input)) }
        } @else {
            p class="name" { (named(input)) }
        }
        (told(input, field.is_some()))
        @if let Some(field) = field {
            div class="needs-js" { (field) }
        }
    }
}

/// Whether the simulator judges it while it is typed: the one secret that an operation carries.
fn is_judged(input: &Input<'_>, served: &Served) -> bool {
    let secret = served.subject.secret.as_ref();
    let is_it = secret.is_some_and(|it| {
        let way = it.object.iter().chain([&it.field]);
        way.eq(input.at.iter())
    });
    is_it && input.place == "body" && input.has_policy
}

/// Its name and type.
fn named(input: &Input<'_>) -> Markup {
    html! {
        code { (input.name()) }
        span class="type" { (input.ty) }
        @if input.required { span class="required" { "required" } }
        @if input.deprecated { span class="deprecated" { "deprecated" } }
    }
}

/// What it means and must fulfil.
fn told(input: &Input<'_>, has_field: bool) -> Markup {
    let example = input.example.as_ref().map(text_of);
    html! {
        div class="told" id={ (input.id) "-told" } {
            @if let Some(description) = input.description { div class="md" { (markdown(description)) } }
            @if let Some(unless) = &input.unless { p class="rules" { (unless) } }
            @if !input.rules.is_empty() { p class="rules" { (line(&input.rules)) } }
            @if let Kind::Choice(words, false) = &input.kind {
                p class="rules" { "One of " @for (index, word) in words.iter().enumerate() { @if index > 0 { ", " } code { (word) } } "." }
            }
            @match input.kind {
                Kind::Credentials => p class="rules" { "Comes with the credentials." },
                Kind::OutOfReach => p class="rules" data-out-of-reach { "A web page may send no cookie of its own choice; curl can." },
                _ => {}
            }
            @if let (Some(example), true) = (&example, is_short(input)) {
                p.rules.given-below[has_field && input.given.is_some()] { "Example: " code { (example) } }
            }
        }
    }
}

/// Whether an example of it stands well in a line.
fn is_short(input: &Input<'_>) -> bool {
    !matches!(
        input.kind,
        Kind::Group(_) | Kind::Choice(..) | Kind::SecretJson | Kind::Credentials
    ) && input
        .example
        .as_ref()
        .is_some_and(|it| !it.is_null() && !it.is_object())
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn field(input: &Input<'_>, is_judged: bool) -> Markup {
    let at = serde_json::to_string(&input.at).unwrap_or_default();
    let given = shown(input).unwrap_or_default();
    let kind = match &input.kind {
        Kind::Number => "number",
        Kind::Json | Kind::SecretJson | Kind::Choice(_, true) => "json",
        Kind::File => "file",
        _ => "text",
    };
    let secret = matches!(input.kind, Kind::Secret | Kind::SecretJson);
    let told = format!("{}-told", input.id);
    let style = input.spelling.map(|it| it.style.name());
    let explode = input.spelling.is_some_and(|it| it.explode);
    let rows = given.lines().count().clamp(2, 12);
    html! {
        @match &input.kind {
            Kind::Choice(words, _) => {
                select id=(input.id) name=(input.id) data-at=(at) data-place=(input.place) data-kind=(kind)
                    data-style=[style] data-explode[explode] required[input.needed] aria-describedby=(told) {
                    @if !input.needed { option value="" { "not sent" } }
                    @for word in words {
                        option value=(word) selected[*word == given] { (word) }
                    }
                }
            },
            Kind::Json => {
                textarea id=(input.id) name=(input.id) data-at=(at) data-place=(input.place) data-kind=(kind)
                    data-style=[style] data-explode[explode] required[input.needed] aria-describedby=(told)
                    rows=(rows) spellcheck="false" autocomplete="off" placeholder="JSON" { (given) }
            },
            _ => {
                div class="field" {
                    input id=(input.id) name=(input.id) data-at=(at) data-place=(input.place) data-kind=(kind)
                        data-style=[style] data-explode[explode] data-secret[secret] data-policy[is_judged]
                        type=(match input.kind { Kind::File => "file", _ if secret => "password", _ => "text" })
                        inputmode=[matches!(input.kind, Kind::Number).then_some("decimal")]
                        value=[(!given.is_empty()).then_some(&given)]
                        required[input.needed]
                        aria-describedby={ (told) @if is_judged { " " (input.id) "-judged" } }
                        spellcheck="false" autocomplete="off" autocapitalize="off";
                    @if secret {
                        button type="button" data-show=(input.id) aria-pressed="false" aria-label={ "Show " (input.name()) } { "Show" }
                    }
                }
                @if is_judged {
                    p class="judged" role="status" id={ (input.id) "-judged" } {}
                }
            },
        }
    }
}

/// The responses that the document knows.
pub(super) fn responses(service: &Service, operation: &Operation) -> Markup {
    html! {
        section {
            h2 { "Responses" }
            @for response in &operation.responses {
                details class="response" open[response.status.is_success()] {
                    summary {
                        span class={ "status " (class(&response.status.key())) } { (response.status.key()) }
                        span class="words" { (line(&response.description)) }
                    }
                    (headers(response))
                    @if let Some(when) = &response.success_when {
                        p class="rules" {
                            "A success only if " code { (when.field) } " is " code { (when.equals) } " or is not there."
                        }
                    }
                    @for body in &response.contents { (representation(service, body)) }
                    @if response.contents.is_empty() { p class="muted" { "No body." } }
                }
            }
        }
    }
}

fn headers(response: &Response) -> Markup {
    html! {
        @if !response.headers.is_empty() {
            ul class="fields" {
                @for header in &response.headers {
                    li {
                        p class="name" { code { (header.name) } span class="type" { "header" } }
                        @if let Some(description) = &header.description {
                            div class="told md" { (markdown(description)) }
                        }
                    }
                }
            }
        }
    }
}

fn representation(service: &Service, body: &Representation) -> Markup {
    let example = body.example.as_ref();
    let example = example.and_then(|it| serde_json::to_string_pretty(it).ok());
    html! {
        p class="muted" {
            code { (body.media_type) }
            @if let Some(ty) = &body.ty { ", " (words(service, ty)) }
        }
        @if let Some(example) = example { (code(&format!("Example of {}", body.media_type), &html! { (example) })) }
        @for name in body.ty.iter().flat_map(|ty| objects(service, ty)) {
            @if let Some(SchemaKind::Object { fields, .. }) = service.schemas.get(name).map(|it| &it.kind) {
                details class="shape" {
                    summary { "Fields of " code { (name) } }
                    ul class="fields" {
                        @for field in fields {
                            li {
                                p class="name" {
                                    code { (field.name) }
                                    span class="type" { (words(service, &field.ty)) }
                                    @if field.deprecated { span class="deprecated" { "deprecated" } }
                                }
                                @if let Some(description) = &field.description {
                                    div class="told md" { (markdown(description)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The objects with names that a type is made of, the outermost first.
fn objects<'m>(service: &'m Service, ty: &'m Type) -> Vec<&'m str> {
    let inside = types_inside(vec![ty], &service.schemas).into_iter();
    let names = inside.filter_map(|ty| match ty {
        Type::Named(name) => Some(name.as_str()),
        _ => None,
    });
    names.collect()
}

/// The first digit of a status as a word of the style sheet.
fn class(status: &str) -> &'static str {
    match status.as_bytes().first() {
        Some(b'2') => "good",
        Some(b'4' | b'5') => "bad",
        _ => "other",
    }
}

/// The names of what is secret in the responses of an operation: headers, and fields at any depth.
pub(super) fn secret_names<'m>(service: &'m Service, operation: &'m Operation) -> Vec<&'m str> {
    let mut names = Vec::new();
    let is_secret = |ty: &Type| {
        let ty = match ty {
            Type::Nullable(inner) | Type::Array(inner) => inner,
            ty => ty,
        };
        matches!(ty, Type::Password | Type::SecretJson | Type::SecretText)
    };
    for response in &operation.responses {
        let headers = response.headers.iter().filter(|it| is_secret(&it.ty));
        names.extend(headers.map(|it| it.name.as_str()));
        let bodies = response.contents.iter().filter_map(|it| it.ty.as_ref());
        for name in bodies.flat_map(|ty| objects(service, ty)) {
            if let Some(SchemaKind::Object { fields, .. }) =
                service.schemas.get(name).map(|it| &it.kind)
            {
                let fields = fields.iter().filter(|it| is_secret(&it.ty));
                names.extend(fields.map(|it| it.name.as_str()));
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}
