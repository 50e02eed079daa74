//! The types of a service in groups that progenitor makes one at a time, so that what it holds does
//! not grow with the document, and on all cores.
//!
//! A type is made alike whether those it names are there whole or as far alone as it can see them:
//! whether they are texts. Where types hold one another by value, progenitor puts a `Box` into the
//! circle; the types of a circle stand in one group.

use std::collections::HashSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use crate::model::{NamedSchema, SchemaKind, Service, Type};

/// How many types a group has, but for a circle that has more.
const SIZE: usize = 64;

/// The types that progenitor makes, by name, in groups. Those that are written from the model alone
/// (enumerations, and choices that a word tells apart) are in none.
pub(super) fn groups(service: &Service) -> Vec<Vec<&NamedSchema>> {
    let mut held = DiGraphMap::<&str, ()>::new();
    for schema in service.schemas.values().filter(|it| is_made(it)) {
        held.add_node(&schema.name);
        each_type(schema, &mut |ty| {
            let ty = match ty {
                Type::Nullable(inner) => inner,
                ty => ty,
            };
            if let Type::Named(name) = ty
                && service.schemas.get(name).is_some_and(is_made)
            {
                held.add_edge(&schema.name, name, ());
            }
        });
    }
    let mut groups: Vec<Vec<&NamedSchema>> = Vec::new();
    for circle in kosaraju_scc(&held) {
        let circle = circle
            .into_iter()
            .filter_map(|name| service.schemas.get(name));
        match groups.last_mut().filter(|group| group.len() < SIZE) {
            Some(group) => group.extend(circle),
            None => groups.push(circle.collect()),
        }
    }
    groups
}

/// What a group has to be given beside its own types: the choices that these name, at any depth,
/// since a choice can be shown where all of its alternatives can; and of every other type that is
/// named there an outline.
pub(super) fn seen_from<'s>(
    group: &[&'s NamedSchema],
    service: &'s Service,
) -> (Vec<&'s NamedSchema>, Vec<&'s NamedSchema>) {
    let mut known: HashSet<&str> = group.iter().map(|it| it.name.as_str()).collect();
    let (mut whole, mut outlines) = (Vec::new(), Vec::new());
    let mut open: Vec<&NamedSchema> = group.to_vec();
    while let Some(schema) = open.pop() {
        each_type(schema, &mut |ty| {
            let mut ty = ty;
            while let Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) = ty {
                ty = inner;
            }
            let Type::Named(name) = ty else { return };
            let Some(other) = service.schemas.get(name) else {
                return;
            };
            if !known.insert(name) {
                return;
            }
            match other.kind {
                SchemaKind::OneOf { tag: None, .. } => {
                    whole.push(other);
                    open.push(other);
                }
                _ => outlines.push(other),
            }
        });
    }
    (whole, outlines)
}

fn is_made(schema: &NamedSchema) -> bool {
    match &schema.kind {
        SchemaKind::Object { .. } => true,
        SchemaKind::OneOf { tag, .. } => tag.is_none(),
        SchemaKind::Enum { .. } => false,
    }
}

fn each_type<'s>(schema: &'s NamedSchema, see: &mut impl FnMut(&'s Type)) {
    match &schema.kind {
        SchemaKind::Object { fields, extra } => {
            let types = fields.iter().map(|field| &field.ty);
            types.chain(extra).for_each(see);
        }
        SchemaKind::OneOf { alternatives, .. } => alternatives.iter().for_each(see),
        SchemaKind::Enum { .. } => {}
    }
}
