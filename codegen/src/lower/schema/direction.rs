//! Types that travel both ways: fields that do not (`readOnly`, `writeOnly`), and members that no
//! field is there for.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::lower::registry::{Found, OneWay};
use crate::lower::usage::inner_types;
use crate::model::{NamedSchema, Operation, SchemaKind, Type, Usage};

/// Gives objects that are read and sent again a place for members that have no field, where the
/// document does not say that there are none: what a server sends must not be lost on the way.
pub(crate) fn keep_unlisted(found: &mut Found) {
    for name in &found.unsaid {
        if let Some(schema) = found.schemas.get_mut(name)
            && schema.usage.request
            && schema.usage.success
            && let SchemaKind::Object { extra, .. } = &mut schema.kind
        {
            extra.get_or_insert(Type::Any);
        }
    }
}

/// Makes two types of one that travels both ways and has fields that do not: requests take the one
/// that is named `…Input`, so that responses have what they must and requests send what they may.
pub(crate) fn split_directions(operations: &mut [Operation], found: &mut Found) {
    let is_read = |usage: Usage| usage.success || usage.error;
    let schemas = &mut found.schemas;
    let owners = found.one_way.iter().map(|it| &it.owner);
    let mut split: BTreeSet<String> = owners.cloned().collect();
    split.retain(|name| {
        schemas
            .get(name)
            .is_some_and(|it| it.usage.request && is_read(it.usage))
    });
    // What holds one of them differs as well.
    let mut open: Vec<_> = schemas
        .values()
        .filter(|it| it.usage.request && is_read(it.usage) && !split.contains(&it.name))
        .map(|it| it.name.clone())
        .collect();
    loop {
        let before = split.len();
        open.retain(|name| {
            let holds = inner_types(name, schemas)
                .iter()
                .any(|ty| name_in(ty).is_some_and(|it| split.contains(it)));
            if holds {
                split.insert(name.clone());
            }
            !holds
        });
        if split.len() == before {
            break;
        }
    }
    let names: BTreeMap<String, String> = split
        .into_iter()
        .map(|name| {
            let input = found.names.pascal(&format!("{name}Input"));
            (name, input)
        })
        .collect();
    for (name, input) in &names {
        let Some(schema) = schemas.get_mut(name) else {
            continue;
        };
        let mut copy = schema.clone();
        copy.name.clone_from(input);
        copy.usage = Usage {
            success: false,
            error: false,
            ..schema.usage
        };
        schema.usage = Usage {
            request: false,
            made_by_callers: false,
            ..schema.usage
        };
        schemas.insert(input.clone(), copy);
        let of_copy: Vec<_> = found
            .one_way
            .iter()
            .filter(|it| it.owner == *name)
            .map(|it| OneWay {
                owner: input.clone(),
                field: it.field.clone(),
                read_only: it.read_only,
            })
            .collect();
        found.one_way.extend(of_copy);
    }
    if names.is_empty() {
        return;
    }
    let requested = schemas
        .values_mut()
        .filter(|it| it.usage.request && !is_read(it.usage));
    for schema in requested {
        match &mut schema.kind {
            SchemaKind::Object { fields, extra } => {
                let types = fields.iter_mut().map(|field| &mut field.ty);
                types.chain(extra).for_each(|ty| rename(ty, &names));
            }
            SchemaKind::OneOf { alternatives, .. } => {
                alternatives.iter_mut().for_each(|ty| rename(ty, &names));
            }
            SchemaKind::Enum { .. } => {}
        }
    }
    for operation in operations {
        let parameters = operation.parameters.iter_mut().map(|it| &mut it.ty);
        let body = operation.body.iter_mut().map(|it| &mut it.ty);
        parameters.chain(body).for_each(|ty| rename(ty, &names));
    }
    schemas.sort_keys();
}

/// The named type in a type.
fn name_in(ty: &Type) -> Option<&String> {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => name_in(inner),
        Type::Named(name) => Some(name),
        _ => None,
    }
}

fn rename(ty: &mut Type, names: &BTreeMap<String, String>) {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => rename(inner, names),
        Type::Named(name) => {
            if let Some(other) = names.get(name) {
                name.clone_from(other);
            }
        }
        _ => {}
    }
}

/// Makes fields optional in the messages they do not travel in, and takes those out of a type that
/// only such messages have.
pub(crate) fn respect_directions(schemas: &mut IndexMap<String, NamedSchema>, one_way: &[OneWay]) {
    for it in one_way {
        let Some(schema) = schemas.get_mut(&it.owner) else {
            continue;
        };
        let usage = schema.usage;
        let SchemaKind::Object { fields, .. } = &mut schema.kind else {
            continue;
        };
        let (requests, responses) = (usage.request, usage.success || usage.error);
        let (right, wrong) = if it.read_only {
            (responses, requests)
        } else {
            (requests, responses)
        };
        if !wrong {
            continue;
        }
        let asked_about = fields
            .iter()
            .filter_map(|field| field.required_unless.as_ref())
            .any(|rule| rule.field == it.field);
        if right || asked_about || !it.read_only {
            for field in fields.iter_mut().filter(|field| field.name == it.field) {
                field.required = false;
            }
        } else {
            fields.retain(|field| field.name != it.field);
        }
    }
}
