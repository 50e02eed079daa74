//! The words by which a page names the service it is about. Routes do not: services share them.

use super::page::Page;
use super::route::{lines, unmarked};
use super::{note, source};
use crate::facts::{Fact, Route, SourceKind};
use crate::vendor::explorer_link;
use crate::vocabulary::{service_in_address, service_word};

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
    for (line, at) in page.placed.iter().flat_map(|placed| lines(placed.block)) {
        let line = unmarked(line);
        for (start, _) in line.match_indices("http") {
            let address = address(line.get(start..).unwrap_or_default());
            let is_own = path(address)
                .is_some_and(|path| routes.iter().any(|route| fits(&route.value.path, path)));
            if is_own && let Some(word) = service_in_address(address) {
                note(&mut out, word, source(SourceKind::Example, at));
            }
        }
    }
    out
}

/// The address a text begins with. A name in braces may have blanks.
fn address(text: &str) -> &str {
    let mut open = false;
    let end = text.find(|c: char| {
        open = (open || c == '{') && c != '}';
        !open && (c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')'))
    });
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
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
