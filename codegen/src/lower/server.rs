//! `servers` → the address of the service in every region.

use crate::check::address_problem;
use crate::diagnostic::codes;
use crate::load::tree::Node;
use crate::model::{Link, RegionEndpoint};

use super::context::{Context, text};

/// What the servers of a document say.
pub(super) struct Servers {
    pub(super) base_path: String,
    pub(super) endpoints: Vec<RegionEndpoint>,
    pub(super) global: Option<String>,
    pub(super) all: Vec<Link>,
}

pub(super) fn lower_servers(context: &mut Context<'_>) -> Servers {
    match context.profile.has_regions() {
        true => by_region(context),
        false => for_all(context),
    }
}

/// The first address that calls can go to is the client's, unless callers give another; `check` tells
/// of those that none can. Paths are put behind the base path of the first.
fn for_all(context: &mut Context<'_>) -> Servers {
    let servers = context.tree.get("servers");
    let servers = servers.map(Node::items).unwrap_or_default().iter();
    let listed: Vec<_> = servers
        .filter_map(|server| {
            let node = server.get("url")?;
            let url = plain_address(&fill_defaults(node.as_str()?, server, None));
            let description = text(server.get("description"));
            Some((node, Link { url, description }))
        })
        .collect();
    let is_usable = |link: &Link| address_problem(&link.url).is_none();
    let usable = || listed.iter().filter(|(_, link)| is_usable(link));
    let base_path = usable().next();
    let base_path = base_path.map_or("", |(_, link)| split_base_path(&link.url).1);
    for (node, link) in usable() {
        let path = split_base_path(&link.url).1;
        if path != base_path {
            tell_other_path(context, node, path, base_path);
        }
    }
    let mut all: Vec<_> = listed.iter().map(|(_, link)| link.clone()).collect();
    let used = all.iter().position(|link| {
        let (origin, path) = split_base_path(&link.url);
        is_usable(link) && !origin.is_empty() && path == base_path
    });
    // The one that calls go to stands first.
    if let Some(used) = used {
        all[..=used].rotate_right(1);
    }
    let global = used.and_then(|_| all.first());
    Servers {
        base_path: base_path.to_owned(),
        endpoints: Vec::new(),
        global: global.map(|link| split_base_path(&link.url).0.to_owned()),
        all,
    }
}

/// An address without what `check` tells is too much: a user, a query, a fragment.
fn plain_address(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}{path}")
}

fn tell_other_path(context: &mut Context<'_>, node: &Node, path: &str, known: &str) {
    context.report.warning(
        node,
        codes::BASE_PATH,
        format!("the base path `{path}` differs from `{known}` of the first server"),
        "all servers of a document share one base path; the first one's is used",
    );
}

fn by_region(context: &mut Context<'_>) -> Servers {
    let tree = context.tree;
    let mut base_path: Option<String> = None;
    let mut endpoints: Vec<RegionEndpoint> = Vec::new();
    let mut global: Option<String> = None;
    for server in tree.get("servers").map(Node::items).unwrap_or_default() {
        let Some(url_node) = server.get("url") else {
            continue;
        };
        let Some(template) = url_node.as_str() else {
            continue;
        };
        let template = fill_defaults(template, server, Some("region"));
        let (origin, path) = split_base_path(&template);
        match &base_path {
            None => base_path = Some(path.to_owned()),
            Some(known) if known != path => tell_other_path(context, url_node, path, known),
            Some(_) => {}
        }
        if origin.is_empty() {
            continue;
        }
        let regions = regions(context, server, origin);
        if regions.is_empty() {
            match &global {
                None => global = Some(origin.to_owned()),
                Some(known) => context.report.warning(
                    url_node,
                    codes::NO_REGION,
                    format!("`{origin}` names no region, and `{known}` is for all regions already"),
                    "write `{region}` into one of the two addresses, or leave one",
                ),
            }
        }
        for region in regions {
            if endpoints.iter().any(|known| known.region == region) {
                context.report.warning(
                    url_node,
                    codes::REGION_TWICE,
                    format!("region `{region}` has an address already"),
                    "each region stands in the enum of one server; the first address is used",
                );
                continue;
            }
            let url = origin.replace("{region}", &region);
            endpoints.push(RegionEndpoint { region, url });
        }
    }
    Servers {
        base_path: base_path.unwrap_or_default(),
        endpoints,
        global,
        all: Vec::new(),
    }
}

/// Puts the default of every variable but one into the template.
fn fill_defaults(template: &str, server: &Node, except: Option<&str>) -> String {
    let mut filled = template.to_owned();
    for variable in server
        .get("variables")
        .map(Node::entries)
        .unwrap_or_default()
    {
        if Some(variable.key.as_str()) == except {
            continue;
        }
        if let Some(default) = variable.value.get("default").and_then(Node::as_str) {
            filled = filled.replace(&format!("{{{}}}", variable.key), default);
        }
    }
    filled
}

/// `https://host/v1/` → (`https://host`, `/v1`); a relative URL has no origin.
fn split_base_path(url: &str) -> (&str, &str) {
    let host_start = match url.find("://") {
        Some(at) => at + 3,
        // `check` tells of an address that is neither whole nor a path.
        None if !url.starts_with('/') || url.starts_with("//") => return ("", ""),
        None => return ("", url.trim_end_matches('/')),
    };
    match url[host_start..].find('/') {
        Some(at) => (
            &url[..host_start + at],
            url[host_start + at..].trim_end_matches('/'),
        ),
        None => (url, ""),
    }
}

/// The regions of a server: the enum of its `region` variable, else its default; without one,
/// the region that the profile finds in the host.
fn regions(context: &Context<'_>, server: &Node, origin: &str) -> Vec<String> {
    if !origin.contains("{region}") {
        let host = origin.split("://").nth(1).unwrap_or_default();
        let region = context.profile.region_of(host);
        return region.map(str::to_owned).into_iter().collect();
    }
    let variable = server.pointer("/variables/region");
    let listed = variable
        .and_then(|variable| variable.get("enum"))
        .map(Node::items);
    match listed {
        Some(items) if !items.is_empty() => items
            .iter()
            .filter_map(Node::as_str)
            .map(str::to_owned)
            .collect(),
        _ => variable
            .and_then(|variable| variable.get("default"))
            .and_then(Node::as_str)
            .map(str::to_owned)
            .into_iter()
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Base path, address, and the findings of a neutral crate, by what stands in `servers`.
    #[test]
    fn calls_go_to_the_first_address_that_they_can_go_to() {
        for (servers, base_path, address, findings) in [
            (
                "[{url: 'https://a.example/v1/'}]",
                "/v1",
                "https://a.example",
                0,
            ),
            (
                "[{url: 'https://a.example/v1'}, {url: 'https://b.example/v2'}]",
                "/v1",
                "https://a.example",
                1,
            ),
            (
                "[{url: 'ftp://a.example/x'}, {url: 'https://b.example/v2'}]",
                "/v2",
                "https://b.example",
                0,
            ),
            (
                "[{url: 'https://{open}.example/{v}'}, {url: /api}]",
                "/api",
                "",
                0,
            ),
            (
                "[{url: /api}, {url: 'https://b.example/api'}]",
                "/api",
                "https://b.example",
                0,
            ),
            (
                "[{url: 'https://a.example/v1?key=1#x'}]",
                "/v1",
                "https://a.example",
                0,
            ),
            (
                "[{url: 'https://user:pw@a.example/v1'}]",
                "/v1",
                "https://a.example",
                0,
            ),
            ("[{url: 'https://a.example/a b'}]", "", "", 0),
            ("[{url: 'https://a.example:99999/v1'}]", "", "", 0),
            ("[]", "", "", 0),
        ] {
            let text = format!(
                "openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\nservers: {servers}\npaths: {{}}\n"
            );
            let loaded = crate::load::load(&[crate::source::Source::new("a.yaml", text)]);
            let profile =
                crate::profile::Neutral::new("a-client", crate::profile::RuntimePlace::Registry);
            let (model, found) = crate::lower::lower(&loaded.documents, &profile);
            let service = &model.services[0];
            let given = service.global_endpoint.clone().unwrap_or_default();
            assert_eq!(
                (&*service.base_path, &*given),
                (base_path, address),
                "{servers}"
            );
            assert_eq!(found.iter().count(), findings, "{servers}");
            let shown = service.servers.iter().any(|it| it.url.contains("pw"));
            assert!(!shown, "{servers}");
            if !given.is_empty() {
                assert!(service.servers[0].url.starts_with(&given), "{servers}");
            }
        }
    }

    #[test]
    fn base_paths_are_cut_off() {
        assert_eq!(
            split_base_path("https://h.example/v1/"),
            ("https://h.example", "/v1")
        );
        assert_eq!(
            split_base_path("https://h.example"),
            ("https://h.example", "")
        );
        assert_eq!(split_base_path("/api/"), ("", "/api"));
        for url in ["/", "", "host/v1", "//host/v1"] {
            assert_eq!(split_base_path(url), ("", ""));
        }
    }
}
