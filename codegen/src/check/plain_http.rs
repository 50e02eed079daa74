//! Addresses that credentials are sent to are of https.

use super::Check;
use super::outline::{Outline, Site};
use crate::diagnostic::{Class, Report, Rule, Severity};
use crate::grammar::Kind;
use crate::load::tree::Node;

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "safety::plain-http",
    severity: Severity::Warning,
    class: Class::Lint,
    explanation: "An address of a server, or one where tokens are had, is of plain http: whoever is on the way reads and changes what is sent. Addresses of this machine are left alone.",
    remedy: "Write `https://`.",
    fires: &[
        "servers: [{url: 'http://a.example.com'}]",
        "servers: [{url: '{scheme}://a.example.com', variables: {scheme: {default: https, enum: [https, http]}}}]",
        "components: {securitySchemes: {a: {type: openIdConnect, openIdConnectUrl: 'http://a.example.com/x'}}}",
    ],
    silent: &[
        "servers: [{url: 'https://a.example.com'}, {url: /v1}]",
        "servers: [{url: 'http://localhost:8080'}, {url: 'http://127.0.0.1/'}, {url: 'http://[::1]:80'}]",
    ],
};

/// The fields that hold an address, by the kind of object.
const ADDRESSES: &[(Kind, &[&str])] = &[
    (Kind::Server, &["url"]),
    (Kind::SecurityScheme, &["openIdConnectUrl"]),
    (Kind::Flow, &["authorizationUrl", "tokenUrl", "refreshUrl"]),
];

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for (kind, fields) in ADDRESSES {
        for site in outline.of(*kind) {
            for address in fields.iter().filter_map(|field| site.node.get(field)) {
                look(address, report);
            }
        }
    }
    for site in outline.of(Kind::Server) {
        scheme(site, report);
    }
}

fn look(address: &Node, report: &mut Report<'_>) {
    if address.as_str().is_some_and(is_plain) {
        tell(address, report);
    }
}

/// A scheme in braces, with the values that it can have.
fn scheme(site: &Site<'_>, report: &mut Report<'_>) {
    let url = site.node.get("url").and_then(Node::as_str);
    let Some((name, rest)) = url
        .and_then(|url| url.strip_prefix('{'))
        .and_then(|url| url.split_once("}://"))
    else {
        return;
    };
    if is_own_machine(rest) {
        return;
    }
    let variable = site.node.get("variables").and_then(|all| all.get(name));
    let Some(variable) = variable else { return };
    let words = variable.get("enum").map_or(&[][..], Node::items).iter();
    let default = variable.get("default").filter(|_| words.len() == 0);
    for word in words.chain(default) {
        if word
            .as_str()
            .is_some_and(|it| it.eq_ignore_ascii_case("http"))
        {
            tell(word, report);
        }
    }
}

fn tell(at: &Node, report: &mut Report<'_>) {
    let message = "what is sent to this address can be read on the way";
    report
        .find(&RULE, &at.span, message, "plain http")
        .help("write `https`, if the service has it");
}

fn is_plain(address: &str) -> bool {
    let scheme = address.get(..7).unwrap_or_default();
    scheme.eq_ignore_ascii_case("http://") && !is_own_machine(&address[7..])
}

/// Whether what follows the scheme is this machine.
fn is_own_machine(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let is_loopback = host
        .parse::<std::net::IpAddr>()
        .is_ok_and(|it| it.is_loopback());
    is_loopback || host == "localhost" || host.ends_with(".localhost")
}
