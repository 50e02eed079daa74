//! `servers` → the address of the service in every region.

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

/// The first address is the client's, unless callers give another.
fn for_all(context: &mut Context<'_>) -> Servers {
    let mut found = Servers {
        base_path: String::new(),
        endpoints: Vec::new(),
        global: None,
        all: Vec::new(),
    };
    let servers = context.tree.get("servers");
    for server in servers.map(Node::items).unwrap_or_default() {
        let Some((node, template)) = server.get("url").and_then(|it| Some((it, it.as_str()?)))
        else {
            continue;
        };
        let url = fill_defaults(template, server, None);
        let (origin, path) = split_base_path(&url);
        let path = base_path(context, node, path);
        if found.all.is_empty() {
            path.clone_into(&mut found.base_path);
            found.global = is_origin(origin).then(|| origin.to_owned());
        } else if path != found.base_path {
            tell_other_path(context, node, path, &found.base_path);
        }
        let description = text(server.get("description"));
        found.all.push(Link { url, description });
    }
    found
}

/// Whether calls can go to an address: it is one of HTTP, with nothing left open.
fn is_origin(origin: &str) -> bool {
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let is_open = |it: char| it.is_whitespace() || it.is_control() || "{}<>\"\\^`|".contains(it);
    host.is_some_and(|it| !it.is_empty() && !it.contains(is_open))
}

/// The path of an address, if the paths of requests can begin with it.
fn base_path<'p>(context: &mut Context<'_>, node: &Node, path: &'p str) -> &'p str {
    // `check` tells of these.
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_end_matches('/');
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@%".contains(&it);
    if path.bytes().all(plain) && !path.contains("//") {
        return path;
    }
    context.report.warning(
        node,
        codes::BASE_PATH,
        format!(
            "no path of a request begins with `{}`; calls go without it",
            path.escape_debug()
        ),
        "write an address such as `https://api.example.com/v1`, without a query, and declare what stands in braces",
    );
    ""
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
