//! Operations.

use std::collections::HashSet;

use crate::load::Document;
use crate::load::tree::{Node, percent_decoded};
use crate::model::{Method, Operation, Permission, Retry, Service};
use crate::names::reserved::IN_A_BUILDER;
use crate::names::{self, Names, pascal};

use super::context::{Context, lower_link, lower_rate_limit, text};
use super::security::{is_anonymous, lower_security};

/// The path item an operation stands in.
pub(super) struct PathItem<'d, 'a> {
    pub(super) template: &'a str,
    pub(super) item: &'d Node,
    pub(super) base_path: &'a str,
}

/// The name of an operation: its own if a method can be called so, else that of its place.
pub(crate) fn operation_id(node: &Node, method: &str, template: &str) -> String {
    let own = text(node.get("operationId"));
    own.filter(|id| id.chars().any(|it| it.is_ascii_alphanumeric()))
        .unwrap_or_else(|| names::of_operation(method, template))
}

/// The item of `paths` that an operation of the model was read from.
pub fn path_item<'d>(
    document: &'d Document,
    service: &Service,
    operation: &Operation,
) -> Option<&'d Node> {
    let path = operation.path.strip_prefix(&service.base_path)?;
    let mut items = document.tree.get("paths")?.entries().iter();
    let found = items.find(|entry| {
        let target = Target::of(&entry.key);
        let item = document.tree.resolved(&entry.value);
        as_sent(target.path) == path
            && target.query == operation.query
            && item.get(operation.method.key()).is_some()
    });
    found.map(|entry| document.tree.resolved(&entry.value))
}

/// What a key of `paths` says of the request: some write a query or a fragment into it, so that
/// there can be several operations of one method and path.
struct Target<'t> {
    /// The path template.
    path: &'t str,
    /// The query that every such request has.
    query: Vec<(String, String)>,
}

impl<'t> Target<'t> {
    fn of(template: &'t str) -> Self {
        // A fragment is never sent.
        let sent = template.split('#').next().unwrap_or_default();
        let (path, query) = sent.split_once('?').unwrap_or((sent, ""));
        let pairs = query.split('&').filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            // What stands in braces is declared as a parameter.
            let is_fixed = !name.is_empty() && !pair.contains(['{', '}']);
            is_fixed.then(|| (percent_decoded(name), percent_decoded(value)))
        });
        // `/a{?b,c}` is the other way to write a query of parameters: the brace is left over.
        let path = path.strip_suffix('{').unwrap_or(path);
        Self {
            path,
            query: pairs.collect(),
        }
    }
}

/// A path template as requests have it: what an address cannot hold is escaped, but not in braces.
fn as_sent(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut is_name = false;
    for letter in template.chars() {
        match letter {
            '{' => is_name = true,
            '}' => is_name = false,
            _ => {}
        }
        let is_plain = letter.is_ascii_graphic() && !r#""<>\^`|"#.contains(letter);
        if is_name || is_plain {
            out.push(letter);
            continue;
        }
        let mut bytes = [0; 4];
        for byte in letter.encode_utf8(&mut bytes).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

pub(super) fn lower_operation<'d>(
    context: &mut Context<'d>,
    place: &PathItem<'d, '_>,
    method: Method,
    node: &'d Node,
    ids: &mut HashSet<String>,
    idents: &mut Names,
    type_names: &mut Names,
) -> Operation {
    let mut id = operation_id(node, method.key(), place.template);
    if !ids.insert(id.clone()) {
        // `check` tells of a name given twice. The later is named by its place.
        id = names::of_operation(method.key(), place.template);
    }
    let target = Target::of(place.template);
    // Types of inline bodies and parameters are named after the operation.
    let owner = pascal(&id);
    let mut own_idents = Names::reserving(IN_A_BUILDER.iter().copied());
    let security = lower_security(context, node);
    let parameters = context.lower_parameters(
        node,
        place.item,
        target.path,
        &owner,
        security.as_deref(),
        &mut own_idents,
    );
    Operation {
        ident: idents.snake(&id),
        type_name: type_names.pascal(&id),
        method,
        path: format!("{}{}", place.base_path, as_sent(target.path)),
        query: target.query,
        summary: text(node.get("summary")),
        description: text(node.get("description")),
        tags: strings(node.get("tags")),
        deprecated: node.get("deprecated").and_then(Node::as_bool) == Some(true),
        docs: lower_link(node),
        permissions: lower_permissions(context, node),
        retry: match node.get("x-retry").and_then(Node::as_str) {
            Some("safe") => Retry::Safe,
            Some("unsafe") => Retry::Unsafe,
            _ if method.is_safe() => Retry::Safe,
            _ => Retry::Unsafe,
        },
        rate_limit: lower_rate_limit(node),
        anonymous: is_anonymous(context, security.as_deref()),
        security,
        client_use: text(node.get("x-client-use")),
        parameters,
        body: context.lower_body(node, &owner),
        responses: context.lower_responses(node, &owner),
        id,
    }
}

fn lower_permissions(context: &Context<'_>, operation: &Node) -> Vec<Permission> {
    let extension = context.profile.permissions();
    let items = extension
        .and_then(|extension| operation.get(extension.name))
        .map(Node::items)
        .unwrap_or_default();
    items
        .iter()
        .filter_map(|item| {
            if let Some(action) = item.as_str() {
                return Some(Permission {
                    action: action.to_owned(),
                    ..Permission::default()
                });
            }
            Some(Permission {
                action: text(item.get("action"))?,
                access: text(item.get("access")),
                resource: text(item.get("resource")),
                conditions: strings(item.get("conditions")),
                alias: strings(item.get("alias")),
                dependencies: strings(item.get("dependencies")),
            })
        })
        .collect()
}

fn strings(node: Option<&Node>) -> Vec<String> {
    let items = node.map(Node::items).unwrap_or_default();
    items
        .iter()
        .filter_map(Node::as_str)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_escaped_but_for_its_names() {
        assert_eq!(as_sent("/a b/ü%20/{x y}/:c"), "/a%20b/%C3%BC%20/{x y}/:c");
    }

    #[test]
    fn a_path_key_may_hold_a_query_and_a_fragment() {
        for (template, path, query) in [
            ("/a/{b}", "/a/{b}", &[][..]),
            ("/a?b=c&d", "/a", &[("b", "c"), ("d", "")]),
            ("/a?b={b}&c=d", "/a", &[("c", "d")]),
            ("/a?b%5D=x%20y", "/a", &[("b]", "x y")]),
            ("/a{?b,c}", "/a", &[]),
            ("/a/{b}{?c}", "/a/{b}", &[]),
            ("/#X-Target=Foo", "/", &[]),
            ("/a?b=c#d?e=f", "/a", &[("b", "c")]),
        ] {
            let target = Target::of(template);
            let found: Vec<_> = target.query.iter().map(|(k, v)| (&**k, &**v)).collect();
            assert_eq!((target.path, &*found), (path, query), "{template}");
        }
    }
}
