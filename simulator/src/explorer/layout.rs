//! What all pages have in common.

use huaweicloud_codegen::model::{Operation, Service};
use huaweicloud_codegen::operation_title;
use maud::{DOCTYPE, Markup, html};

use crate::fault::Fault;

use super::text::{line, markdown, plain};
use super::{CONTENT_SECURITY_POLICY, Explorer, INDEX, document_path, operation_path};

/// A page: its title, how to get from it to the folder of all (`../../`), and what is on it.
pub(super) fn page(explorer: &Explorer<'_>, title: &str, up: &str, content: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                // A server says it in a header, a file has nobody to say it for it.
                @if !explorer.is_live {
                    meta http-equiv="Content-Security-Policy" content=(CONTENT_SECURITY_POLICY);
                }
                title { (title) }
                link rel="icon" type="image/svg+xml" href={ (up) "explorer.svg" };
                link rel="stylesheet" href={ (up) "explorer.css" };
                script src={ (up) "explorer.js" } {}
            }
            body {
                a class="skip" href="#main" { "Skip to the content" }
                header class="top" {
                    a class="home" href={ (up) "index.html" } { "API explorer" }
                    nav aria-label="Page" {
                        a href="#operations" { "Operations" }
                        @if explorer.is_live {
                            a href="#ledger" { "Ledger" }
                            a href={ (up) "index.html#faults" } { "Faults" }
                        }
                    }
                }
                (content)
            }
        }
    };
    page.into_string()
}

/// The operations by service, with a field to filter them; `current` is the one that is shown.
pub(super) fn operations(
    explorer: &Explorer<'_>,
    up: &str,
    current: Option<(&Service, &Operation)>,
) -> Markup {
    let near = near(explorer, current);
    let is_current = |service: &Service, operation: &Operation| {
        current.is_some_and(|(of, it)| of.name == service.name && it.ident == operation.ident)
    };
    html! {
        div class="filter needs-js" {
            label class="unseen" for="filter" { "Filter operations" }
            input #filter type="search" placeholder="Filter operations" autocomplete="off" spellcheck="false";
            kbd aria-hidden="true" { "/" }
            p class="unseen" role="status" data-found {}
        }
        @if current.is_some() {
            a href={ (up) (INDEX) } { "All operations" }
        }
        @for (service, operations) in &near {
            section class="service" data-service {
                // The page of an operation has its headings after the list.
                @if current.is_none() {
                    div class="heading" {
                        h2 { (service.title) }
                        a href=(document_path(service)) { (service.name) ".json" }
                    }
                    @if let Some(description) = &service.description {
                        div class="md" { (markdown(description)) }
                    }
                } @else {
                    p class="service-name" title=(service.title) { (service.name) }
                }
                ul {
                    @for operation in *operations {
                        li data-operation={
                            (service.name) " " (operation.id) " " (operation.path) " "
                            (operation.summary.as_deref().unwrap_or_default())
                        } {
                            a href={ (up) (operation_path(service, operation)) }
                                aria-current=[is_current(service, operation).then_some("page")] {
                                (method(operation))
                                span class="words" {
                                    span class="name" { (humps(&operation.id)) }
                                    @if current.is_none() {
                                        span class="title" { (plain(&operation_title(operation))) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The most operations that the list on the page of one has: those around it.
const MOST_BESIDE: usize = 100;

/// The operations to list, by service.
fn near<'a>(
    explorer: &Explorer<'a>,
    current: Option<(&Service, &Operation)>,
) -> Vec<(&'a Service, &'a [Operation])> {
    let services = &explorer.model.services;
    let count: usize = services.iter().map(|it| it.operations.len()).sum();
    let (mut from, mut most) = (0, count);
    if let Some((service, operation)) = current {
        let before = services.iter().take_while(|it| it.name != service.name);
        let before: usize = before.map(|it| it.operations.len()).sum();
        let within = service
            .operations
            .iter()
            .position(|it| it.ident == operation.ident);
        let at = before + within.unwrap_or_default();
        most = MOST_BESIDE;
        from = at.saturating_sub(most / 2).min(count.saturating_sub(most));
    }
    let mut near = Vec::new();
    for service in services {
        let skipped = from.min(service.operations.len());
        let taken = most.min(service.operations.len() - skipped);
        from -= skipped;
        most -= taken;
        if taken > 0 {
            near.push((service, &service.operations[skipped..skipped + taken]));
        }
    }
    near
}

/// A name that may break between its words.
fn humps(name: &str) -> Markup {
    let starts = name.char_indices().zip(name.chars().skip(1));
    let breaks =
        starts.filter(|((_, before), after)| before.is_lowercase() && after.is_uppercase());
    let mut parts = Vec::new();
    let mut from = 0;
    for ((at, before), _) in breaks {
        let to = at + before.len_utf8();
        parts.push(&name[from..to]);
        from = to;
    }
    html! { @for part in parts { (part) wbr; } (name[from..]) }
}

/// The method of an operation.
pub(super) fn method(operation: &Operation) -> Markup {
    let word = operation.method.wire();
    html! { span class={ "method " (operation.method.key()) } { (word) } }
}

/// Text that may scroll sideways, so that the keyboard has to reach it.
pub(super) fn code(label: &str, text: &Markup) -> Markup {
    html! {
        pre tabindex="0" role="region" aria-label=(label) { code { (text) } }
    }
}

/// What arrived at the simulator, as it arrives; nothing where there is none.
pub(super) fn ledger(explorer: &Explorer<'_>) -> Markup {
    html! {
        @if explorer.is_live {
            section #ledger class="needs-js" data-ledger {
                div class="heading" {
                    h2 { "Ledger" }
                    p role="status" data-count { "Nothing has arrived." }
                    button type="button" data-clear { "Clear" }
                }
                p class="muted" { "What arrived at the simulator, the newest first. No secret is in it." }
                div class="scroll" tabindex="0" role="region" aria-label="Requests that arrived" {
                    table {
                        thead {
                            tr {
                                th scope="col" { "No." }
                                th scope="col" { "Status" }
                                th scope="col" { "Request" }
                                th scope="col" { "Processed" }
                                th scope="col" { "Fault" }
                                th scope="col" { "Reason" }
                                th scope="col" { "At" }
                            }
                        }
                        tbody data-entries {}
                    }
                }
            }
        }
    }
}

/// A choice among the faults, with a value for those that take one.
pub(super) fn fault_choice(id: &str, none: &str) -> Markup {
    html! {
        div class="row" {
            div {
                label for=(id) { "Fault" }
                select id=(id) data-fault aria-describedby={ (id) "-meaning" } {
                    option value="" { (none) }
                    @for (word, meaning) in Fault::words() {
                        option value=(word) data-meaning=(plain(meaning)) { (word) }
                    }
                }
            }
            div {
                label for={ (id) "-value" } { "Value" }
                input id={ (id) "-value" } data-fault-value autocomplete="off" spellcheck="false"
                    placeholder="as it is" aria-describedby={ (id) "-meaning" };
            }
        }
        p class="muted meaning" id={ (id) "-meaning" } data-fault-meaning {}
    }
}

/// A title, in which Markdown may stand.
pub(super) fn title(operation: &Operation) -> Markup {
    let title = operation_title(operation);
    line(title.trim_end_matches('.'))
}
