//! Operations.

use crate::load::tree::Node;
use crate::model::{Method, Operation, Permission, Retry};
use crate::names::reserved::IN_A_BUILDER;
use crate::names::{Names, pascal};

use super::context::{Context, lower_link, lower_rate_limit, text};
use super::security::{is_anonymous, lower_security};

/// The path item an operation stands in.
pub(super) struct PathItem<'d, 'a> {
    pub(super) template: &'a str,
    pub(super) item: &'d Node,
    pub(super) base_path: &'a str,
}

pub(super) fn lower_operation<'d>(
    context: &mut Context<'d>,
    place: &PathItem<'d, '_>,
    method: Method,
    node: &'d Node,
    idents: &mut Names,
    type_names: &mut Names,
) -> Operation {
    let id = text(node.get("operationId"))
        .unwrap_or_else(|| format!("{} {}", method.key(), place.template));
    // Types of inline bodies and parameters are named after the operation.
    let owner = pascal(&id);
    let mut own_idents = Names::reserving(IN_A_BUILDER.iter().copied());
    let security = lower_security(context, node);
    let parameters = context.lower_parameters(
        node,
        place.item,
        &owner,
        security.as_deref(),
        &mut own_idents,
    );
    Operation {
        ident: idents.snake(&id),
        type_name: type_names.pascal(&id),
        method,
        path: format!("{}{}", place.base_path, place.template),
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
