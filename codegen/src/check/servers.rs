//! Servers and security.

use std::collections::HashMap;

use super::Check;
use super::outline::{Outline, Site};
use super::{address, spelling};
use crate::diagnostic::{Report, codes};
use crate::grammar::Kind;
use crate::load::tree::Node;
use crate::template;

pub(super) const CHECK: Check = Check {
    rules: &[],
    run: check,
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in &outline.sites {
        match site.kind {
            Kind::Server => server(site, report),
            Kind::ServerVariable => variable(site, report),
            Kind::SecurityScheme => scheme(site, report),
            Kind::Flow => flow(site, report),
            Kind::Document => requirements(outline, site, report),
            Kind::Operation => {
                requirements(outline, site, report);
                own_servers(site, report);
            }
            Kind::PathItem => own_servers(site, report),
            _ => {}
        }
    }
}

/// Servers of one path or operation: the client has one address for a whole service.
fn own_servers(site: &Site<'_>, report: &mut Report<'_>) {
    if let Some(servers) = site.node.entry("servers") {
        let message = format!("the servers of {} cannot be generated", site.kind.title());
        report
            .error(
                codes::UNSUPPORTED,
                &servers.key_span,
                message,
                "a service has one address",
            )
            .help("list them at the top of the document, or move the paths to a document of their own");
    }
}

fn server(site: &Site<'_>, report: &mut Report<'_>) {
    let Some(url) = site.node.get("url") else {
        return;
    };
    let Some(text) = url.as_str() else { return };
    let template = match template::parse(text) {
        Ok(template) => template,
        Err(problem) => {
            let message = format!("`{text}` is not a server address: {problem}");
            report
                .error(codes::SERVER, &url.span, message, "this address")
                .help(HELP);
            return;
        }
    };
    let variables = site.node.get("variables").map_or(&[][..], Node::entries);
    let is_declared = |name: &str| variables.iter().any(|entry| entry.key == name);
    for (name, _) in &template.names {
        if is_declared(name) {
            continue;
        }
        let message = format!("the server variable `{{{name}}}` is not declared");
        report
            .error(codes::SERVER, &url.span, message, "not declared")
            .help(format!(
                "add `variables: {{{name}: {{default: …}}}}` to the server"
            ));
    }
    for entry in variables {
        if template.names.iter().any(|(name, _)| *name == entry.key) {
            continue;
        }
        let message = format!(
            "the server variable `{}` is not part of the address",
            entry.key
        );
        report
            .warning(codes::SERVER, &entry.key_span, message, "never used")
            .related(&url.span, "the address")
            .help("remove it, or put it into the address in braces");
    }
    if template.names.iter().all(|(name, _)| is_declared(name)) {
        filled(site, url, text, report);
    }
}

/// Tells what is wrong with the address once its variables are filled in, with each of their values.
fn filled(site: &Site<'_>, url: &Node, text: &str, report: &mut Report<'_>) {
    let variables = site.node.get("variables").map_or(&[][..], Node::entries);
    let fill = |name: &str, value: &str| {
        let mut address = text.replace(&format!("{{{name}}}"), value);
        for entry in variables {
            let default = entry.value.get("default").and_then(Node::as_str);
            let name = format!("{{{}}}", entry.key);
            address = address.replace(&name, default.unwrap_or_default());
        }
        address
    };
    if address::has_user(&fill("", "")) {
        let message = "the address of the server carries a user or a password";
        report
            .error(
                codes::SECRET_IN_SERVER,
                &url.span,
                message,
                "everybody reads it",
            )
            .help("take it out, and declare a security scheme for it: `type: http, scheme: basic`");
        return;
    }
    if let Some(problem) = address::problem(&fill("", "")) {
        let message = format!("`{text}` is not a server address: {problem}");
        report
            .error(codes::SERVER, &url.span, message, "this address")
            .help(HELP);
        return;
    }
    let host = text.find("://").map_or(0, |at| at + 3);
    let path = text[host..].find('/').map_or(text.len(), |at| host + at);
    if text[path..].contains("{region}") {
        let message = "the region cannot stand in the path of a server, only in its host";
        report
            .error(codes::SERVER, &url.span, message, "this address")
            .help(HELP);
    }
    for entry in variables {
        let values = entry.value.get("enum").map_or(&[][..], Node::items);
        for value in values {
            let Some(word) = value.as_str() else { continue };
            if let Some(problem) = address::problem(&fill(&entry.key, word)) {
                let message = format!("with `{word}` the server address is none: {problem}");
                report
                    .error(codes::SERVER, &value.span, message, "this value")
                    .related(&url.span, "the address")
                    .help("correct the value, or remove it");
            }
        }
    }
}

const HELP: &str = "write it like `https://demo.{region}.example.com`";

fn variable(site: &Site<'_>, report: &mut Report<'_>) {
    let Some(words) = site.node.entry("enum") else {
        return;
    };
    let items = words.value.items();
    if items.is_empty() {
        let message = "the list of values must not be empty";
        report
            .error(codes::EMPTY_LIST, &words.key_span, message, "no value")
            .help("remove `enum` if every value is possible");
        return;
    }
    let mut seen: HashMap<&str, &Node> = HashMap::new();
    for item in items {
        let Some(text) = item.as_str() else { continue };
        if let Some(first) = seen.insert(text, item) {
            let message = format!("the value `{text}` is there twice");
            report
                .error(codes::ENUM, &item.span, message, "this one")
                .related(&first.span, "the first one")
                .help("keep one of them");
        }
    }
    let Some(default) = site.node.get("default") else {
        return;
    };
    let Some(text) = default.as_str().filter(|it| !seen.contains_key(it)) else {
        return;
    };
    let message = format!("the default `{text}` is not among the values of the variable");
    let finding = report.error(codes::SERVER, &default.span, message, "not in the list");
    finding.related(&words.key_span, "the list");
    match spelling::nearest(
        text,
        seen.keys()
            .copied()
            .collect::<std::collections::BTreeSet<_>>(),
    ) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("take a default from the list, or add it there"),
    };
}

fn scheme(site: &Site<'_>, report: &mut Report<'_>) {
    let needed: &[&str] = match site.node.get("type").and_then(Node::as_str) {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme"],
        Some("oauth2") => &["flows"],
        Some("openIdConnect") => &["openIdConnectUrl"],
        _ => &[],
    };
    needs(site, needed, report);
}

fn flow(site: &Site<'_>, report: &mut Report<'_>) {
    let needed: &[&str] = match site.role {
        "implicit" => &["authorizationUrl"],
        "authorizationCode" => &["authorizationUrl", "tokenUrl"],
        _ => &["tokenUrl"],
    };
    needs(site, needed, report);
}

fn needs(site: &Site<'_>, fields: &[&str], report: &mut Report<'_>) {
    for field in fields.iter().filter(|field| site.node.get(field).is_none()) {
        let message = format!(
            "this kind of {} needs the field `{field}`",
            bare_title(site.kind)
        );
        let label = format!("`{field}` is missing");
        report
            .error(codes::MISSING_FIELD, site.at, message, label)
            .help(format!("add `{field}:`"));
    }
}

/// `a security scheme` → `security scheme`.
fn bare_title(kind: Kind) -> &'static str {
    let title = kind.title();
    title.split_once(' ').map_or(title, |(_, rest)| rest)
}

fn requirements(outline: &Outline<'_>, site: &Site<'_>, report: &mut Report<'_>) {
    let schemes = outline
        .root()
        .get("components")
        .and_then(|all| all.get("securitySchemes"))
        .map_or(&[][..], Node::entries);
    let list = site.node.get("security").map_or(&[][..], Node::items);
    for entry in list.iter().flat_map(Node::entries) {
        if schemes.iter().any(|scheme| scheme.key == entry.key) {
            continue;
        }
        let message = format!("there is no security scheme `{}`", entry.key);
        let finding = report.error(codes::SECURITY, &entry.key_span, message, "not declared");
        match spelling::nearest(&entry.key, schemes.iter().map(|it| it.key.as_str())) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("add it to `components.securitySchemes`"),
        };
    }
}
