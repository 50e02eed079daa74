//! The tables of schemas.

use super::objects::FLAG_OR_SCHEMA;
use super::{Grammar, Keys, Kind, Shape, may, need};
use Shape::{Anything, Count, Flag, List, Map, Number, Object, OrReference, Text, Word};

const SUBSCHEMA: Shape = OrReference(Kind::Schema);
const SUBSCHEMAS: Shape = List(&SUBSCHEMA);

pub(super) static SCHEMA: Grammar = Grammar {
    title: "a schema",
    fields: &[
        may(
            "type",
            Word(&["string", "integer", "number", "boolean", "array", "object"]),
        ),
        may("format", Text),
        may("description", Text),
        may("properties", Map(Keys::Free, &SUBSCHEMA)),
        may("required", List(&Text)),
        may("items", SUBSCHEMA),
        may("enum", List(&Anything)),
        may("example", Anything),
        may("default", Anything),
        may("nullable", Flag),
        may("deprecated", Flag),
        may("readOnly", Flag),
        may("writeOnly", Flag),
        may("minLength", Count),
        may("maxLength", Count),
        may("pattern", Text),
        may("minimum", Number),
        may("maximum", Number),
        may("exclusiveMinimum", Flag),
        may("exclusiveMaximum", Flag),
        may("multipleOf", Number),
        may("minItems", Count),
        may("maxItems", Count),
        may("uniqueItems", Flag),
        may("minProperties", Count),
        may("maxProperties", Count),
        may("additionalProperties", FLAG_OR_SCHEMA),
        may("allOf", SUBSCHEMAS),
        may("oneOf", SUBSCHEMAS),
        may("anyOf", SUBSCHEMAS),
        may("not", SUBSCHEMA),
        may("title", Text),
        may("discriminator", Object(Kind::Discriminator)),
        may("xml", Object(Kind::Xml)),
        may("externalDocs", Object(Kind::ExternalDocs)),
    ],
};

pub(super) static DISCRIMINATOR: Grammar = Grammar {
    title: "a discriminator",
    fields: &[
        need("propertyName", Text),
        may("mapping", Map(Keys::Free, &Text)),
    ],
};

pub(super) static XML: Grammar = Grammar {
    title: "an xml object",
    fields: &[
        may("name", Text),
        may("namespace", Text),
        may("prefix", Text),
        may("attribute", Flag),
        may("wrapped", Flag),
    ],
};
