//! The words by which a page names the service it is about. Routes do not: services share them.

use super::page::Page;
use super::route::{lines, unmarked};
use super::{note, source};
use crate::block::Lines;
use crate::facts::{Contradiction, Fact, Route, SourceKind};
use crate::vendor::explorer_link;
use crate::vocabulary::{METHODS, service_in_address, service_word};

/// What the link to the API Explorer names, and the hosts of addresses with the page's own routes.
pub(super) fn services(page: &Page<'_>, routes: &[Fact<Route>]) -> Vec<Fact<String>> {
    let mut out: Vec<Fact<String>> = Vec::new();
    let linked = page.texts().find_map(|(_, text)| {
        let mut links = text.links.iter();
        let product = links.find_map(|link| service_word(explorer_link(&link.target)?.product?))?;
        Some((product, text.lines))
    });
    if let Some((product, at)) = linked {
        note(&mut out, product, source(SourceKind::Prose, at));
    }
    for address in addresses(page) {
        let mut routes = routes.iter();
        let is_own = routes.any(|route| fits(&route.value.path, &address.path));
        if is_own && let Some(word) = service_in_address(&address.text) {
            note(&mut out, word, source(SourceKind::Example, address.at));
        }
    }
    out
}

/// An address with the page's own route, but with another method, or in another version where none has it
/// as it is: one of the two is old.
pub(super) fn other_route(page: &Page<'_>, routes: &[Fact<Route>]) -> Option<Contradiction> {
    let route = routes.first()?;
    let own = |method: &str, path: &str| format!("{method} {path}");
    let route_at = route.sources.first()?;
    let odd = |second: String, at: Lines| Contradiction {
        about: "operation: route".to_owned(),
        first: (
            own(&route.value.method, &route.value.path),
            route_at.clone(),
        ),
        second: (second, source(SourceKind::Example, at)),
    };
    let all: Vec<Address> = addresses(page).collect();
    let mut shown = all
        .iter()
        .filter(|it| routes.iter().any(|route| fits(&route.value.path, &it.path)));
    if let Some(first) = shown.clone().next() {
        let is_known = |it: &Address| {
            it.method
                .is_none_or(|method| routes.iter().any(|route| route.value.method == method))
        };
        let is_odd = !shown.any(is_known);
        return first
            .method
            .filter(|_| is_odd)
            .map(|method| odd(own(method, &first.path), first.at));
    }
    // The place of the version, and the path without it.
    let parted = |path: &str| {
        let mut parts: Vec<&str> = path.split('/').collect();
        let at = parts.iter().position(|part| is_version(part))?;
        parts.remove(at);
        Some((at, parts.join("/")))
    };
    let (version, rest) = parted(&route.value.path)?;
    let old = all.iter().find(|it| {
        parted(&it.path).is_some_and(|(at, path)| at == version && fits(&rest, &path))
    })?;
    let method = old.method.unwrap_or(&route.value.method);
    Some(odd(own(method, &old.path), old.at))
}

/// Where a page shows the call of another operation than the first it shows, by method or path. Those of its
/// own routes are of one.
pub(super) fn second_call(page: &Page<'_>, routes: &[Fact<Route>]) -> Option<Lines> {
    let is_own = |method: &str, path: &str| {
        let mut routes = routes.iter().map(|it| &it.value);
        routes.any(|it| it.method == method && fits(&it.path, path))
    };
    let mut calls = addresses(page).filter_map(|it| Some((it.method?, it)));
    let (method, first) = calls.next()?;
    let own = is_own(method, &first.path);
    let other = calls.find(|(other, it)| {
        let same = *other == method && (fits(&first.path, &it.path) || fits(&it.path, &first.path));
        let both_own = own && is_own(other, &it.path);
        !same && !both_own
    });
    other.map(|(_, it)| it.at)
}

/// An address on a page.
struct Address {
    /// The method in front of it.
    method: Option<&'static str>,
    text: String,
    path: String,
    at: Lines,
}

/// Whether a part of a path is the version of an API: `v1`, `v1.0`, `V3`.
fn is_version(part: &str) -> bool {
    let rest = part.strip_prefix(['v', 'V']).unwrap_or_default();
    rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// The addresses on a page.
fn addresses<'p>(page: &'p Page<'_>) -> impl Iterator<Item = Address> + 'p {
    let lines = page.placed.iter().flat_map(|placed| lines(placed.block));
    lines.flat_map(|(line, at)| {
        let line = unmarked(line);
        let starts: Vec<usize> = line.match_indices("http").map(|(start, _)| start).collect();
        let addresses = starts.into_iter().filter_map(move |start| {
            let text = address(line.get(start..)?);
            let before = line.get(..start)?.trim();
            Some(Address {
                method: METHODS.iter().copied().find(|it| before.ends_with(it)),
                text: text.to_owned(),
                path: path(text)?.to_owned(),
                at,
            })
        });
        addresses.collect::<Vec<_>>()
    })
}

/// No address is longer, in characters.
const LONGEST_ADDRESS: usize = 500;

/// The address a text begins with. A name in braces may have blanks.
fn address(text: &str) -> &str {
    let mut open = false;
    let mut places = text.char_indices().enumerate();
    let end = places.find(|(length, (_, c))| {
        open = (open || *c == '{') && *c != '}';
        let ends = c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')');
        !open && ends || *length == LONGEST_ADDRESS
    });
    text.get(..end.map_or(text.len(), |(_, (at, _))| at))
        .unwrap_or(text)
}

/// The path of an address, without the query.
fn path(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let path = rest.get(rest.find('/')?..)?;
    let path = path.split(['?', '#']).next();
    path.filter(|_| matches!(scheme, "http" | "https"))
}

/// Whether a path is one of a template, its names filled in or not.
fn fits(template: &str, path: &str) -> bool {
    let (mut template, mut path) = (
        template.trim_end_matches('/').split('/'),
        path.trim_end_matches(['/', '.', ',']).split('/'),
    );
    loop {
        match (template.next(), path.next()) {
            (None, None) => return true,
            (Some(known), Some(part)) if known.contains('{') || known == part => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_their_words_do() {
        assert_eq!(
            address("https://{A Endpoint}/v1/a HTTP/1.1"),
            "https://{A Endpoint}/v1/a"
        );
        assert_eq!(address("https://a.b.c/v1'"), "https://a.b.c/v1");
        assert_eq!(path("https://a.b.c/v1/x?y=/z"), Some("/v1/x"));
        assert_eq!(path("ftp://a.b.c/v1"), None);
        assert!(fits("/v1/{p}/gauges", "/v1/0af1/gauges/"));
        assert!(!fits("/v1/{p}/gauges", "/v1/0af1/gauges/7"));
        assert!(!fits("/v1/{p}/gauges", "/v3/auth/tokens"));
    }
}
