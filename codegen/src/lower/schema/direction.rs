//! `readOnly` and `writeOnly`: fields that travel one way only.

use indexmap::IndexMap;

use crate::lower::registry::OneWay;
use crate::model::{NamedSchema, SchemaKind};

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
