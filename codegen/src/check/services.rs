//! Documents become services: their names, and calls that two of them describe.

use std::collections::HashMap;

use super::outline::Outline;
use super::paths;
use crate::diagnostic::{Diagnostics, Report, codes};
use crate::load::Document;
use crate::load::tree::{Node, Span};
use crate::model::Package;
use crate::names::{self, reserved};
use crate::template;

/// The longest name of a service; file names are made of it.
const LONGEST_NAME: usize = 64;

pub(super) fn check(
    documents: &[Document],
    outlines: &[Option<Outline<'_>>],
    package: &Package,
) -> Diagnostics {
    let mut all = Diagnostics::default();
    let mut modules: HashMap<String, &Document> = HashMap::new();
    for document in documents {
        let mut report = Report::new(&document.source);
        name(document, package, &mut modules, &mut report);
        all.extend(report.finish());
    }
    let mut calls = HashMap::new();
    for outline in outlines.iter().flatten() {
        let mut report = Report::new(&outline.document.source);
        call_clashes(outline, &mut calls, &mut report);
        all.extend(report.finish());
    }
    all
}

fn name<'a>(
    document: &'a Document,
    package: &Package,
    modules: &mut HashMap<String, &'a Document>,
    report: &mut Report<'_>,
) {
    let service = document.source.service();
    let start = document
        .tree
        .entries()
        .first()
        .map_or(0..0, |it| it.key_span.clone());
    let valid =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    let has_letter = service.bytes().any(|byte| byte.is_ascii_lowercase());
    let module = names::snake(service);
    let keyword = names::is_keyword(&service.replace('-', "_"));
    let keyword = keyword && service.starts_with(|it: char| it.is_ascii_lowercase());
    let reserved = reserved::is_taken_beside_services(&module, package);
    let begins = service.bytes().next().is_some_and(|byte| byte != b'-');
    let is_short = service.len() <= LONGEST_NAME;
    let fits = begins && is_short && has_letter && service.bytes().all(valid);
    if !fits || keyword || reserved {
        let message = format!("the file name `{service}` cannot become the name of a service");
        let label = if keyword {
            "a keyword of Rust"
        } else if reserved {
            "the generated crate uses this name"
        } else {
            "this document"
        };
        report
            .error(codes::SERVICE_NAME, &start, message, label)
            .help("name the file after the service, in lower-case letters: `demo.yaml`");
        return;
    }
    match modules.get(&module) {
        Some(other) => {
            let message = format!(
                "the service `{service}` is described twice, here and in {}",
                other.source.path
            );
            report
                .error(codes::SERVICE_CLASH, &start, message, "this document")
                .help("move the paths of both into one file, or rename one");
        }
        None => {
            modules.insert(module, document);
        }
    }
}

/// Where a call was described first: its document and the bytes of its method.
type Calls<'a> = HashMap<(String, &'a str), (&'a Document, &'a Span)>;

fn call_clashes<'a>(outline: &Outline<'a>, calls: &mut Calls<'a>, report: &mut Report<'_>) {
    let servers = outline
        .root()
        .get("servers")
        .map_or(&[][..], Node::items)
        .iter();
    let mut servers: Vec<&str> = servers.filter_map(|it| it.get("url")?.as_str()).collect();
    if servers.is_empty() {
        // The specification's default.
        servers.push("/");
    }
    for (site, path, method) in paths::operations(outline) {
        let Ok(template) = template::parse(path) else {
            continue;
        };
        for server in &servers {
            let address = format!("{}{}", server.trim_end_matches('/'), template.shape);
            let here = (outline.document, site.at);
            let (other, span) = *calls.entry((address, method)).or_insert(here);
            if std::ptr::eq(other, outline.document) {
                continue;
            }
            let position = other.source.position(span.start);
            let verb = method.to_ascii_uppercase();
            let message = format!(
                "{verb} {path} is described twice, here and in {}:{}:{}",
                other.source.path, position.line, position.column
            );
            report
                .error(codes::CALL_CLASH, site.at, message, "this one")
                .help("keep one of them, or correct the server, the method or the path");
            break;
        }
    }
}
