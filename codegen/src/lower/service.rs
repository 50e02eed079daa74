//! One document → one service.

use std::collections::HashSet;

use crate::diagnostic::Diagnostics;
use crate::load::Document;
use crate::load::references::References;
use crate::load::tree::Node;
use crate::model::{Method, Service, Usage};
use crate::names::{Names, reserved, snake};
use crate::profile::Profile;

use super::context::{Context, lower_link, lower_rate_limit, text};
use super::operation::{PathItem, lower_operation};
use super::registry::Schemas;
use super::report::Reporter;
use super::schema::{keep_unlisted, respect_directions, show_in_addresses, split_directions};
use super::security::lower_schemes;
use super::server::lower_servers;
use super::setters;
use super::usage::mark_usage;

pub(super) fn lower_service(
    document: &Document,
    profile: &dyn Profile,
    diagnostics: &mut Diagnostics,
) -> Service {
    let tree = &document.tree;
    let name = document.source.service().to_owned();
    let package = profile.package().clone();
    let references = References::of(tree);
    let schemas = Schemas::new(tree, &references);
    let mut context = Context {
        tree,
        references,
        outside: &document.outside,
        profile,
        report: Reporter::new(document, diagnostics),
        schemas,
        schemes: Vec::new(),
    };
    context.schemes = lower_schemes(&context);
    let servers = lower_servers(&mut context);

    let mut idents = Names::reserving(
        reserved::beside_operations(&package)
            .iter()
            .map(String::as_str),
    );
    let mut type_names = Names::reserving(reserved::imported_types());
    let type_name = type_names.pascal(&name);
    let (mut operations, mut ids) = (Vec::new(), HashSet::new());
    let paths = tree.get("paths").map(Node::entries).unwrap_or_default();
    for path in paths.iter().filter(|path| !path.key.starts_with("x-")) {
        // `check` tells of a path that begins otherwise.
        let slash = if path.key.starts_with('/') { "" } else { "/" };
        let item = context.resolve(&path.value);
        for method in Method::ALL {
            let Some(node) = item.get(method.key()) else {
                continue;
            };
            let place = PathItem {
                template: &format!("{slash}{}", path.key),
                item,
                base_path: &servers.base_path,
            };
            operations.push(lower_operation(
                &mut context,
                &place,
                method,
                node,
                &mut ids,
                &mut idents,
                &mut type_names,
            ));
        }
    }

    context.lower_deferred();
    let schemes = context.schemes;
    let mut found = context.schemas.finish();
    if profile.is_foreign() {
        show_in_addresses(&mut operations, &found.schemas);
    }
    mark_usage(&operations, &mut found.schemas);
    if profile.is_foreign() {
        keep_unlisted(&mut found);
        split_directions(&mut operations, &mut found);
    }
    let mut schemas = found.schemas;
    respect_directions(&mut schemas, &found.one_way);
    if !found.one_way.is_empty() {
        // What only a field holds that is not sent is in no request.
        for schema in schemas.values_mut() {
            schema.usage = Usage::default();
        }
        mark_usage(&operations, &mut schemas);
    }
    setters::name(&mut operations, &schemas);
    let info = tree.get("info");
    Service {
        package,
        module: snake(&name),
        type_name,
        path: document.source.path.clone(),
        title: text(info.and_then(|info| info.get("title"))).unwrap_or_else(|| name.clone()),
        description: text(info.and_then(|info| info.get("description"))),
        docs: lower_link(tree),
        base_path: servers.base_path,
        endpoints: servers.endpoints,
        global_endpoint: servers.global,
        servers: servers.all,
        schemes,
        rate_limit: lower_rate_limit(tree),
        operations,
        schemas,
        name,
    }
}
