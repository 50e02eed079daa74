//! The tables of schemas.

use super::objects::FLAG_OR_SCHEMA;
use super::{Grammar, Keys, Kind, Shape, aside, lost, may, need};
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
        lost("multipleOf", Number, "the server alone checks it"),
        may("minItems", Count),
        may("maxItems", Count),
        lost("uniqueItems", Flag, "the server alone checks it"),
        lost("minProperties", Count, "the server alone checks it"),
        lost("maxProperties", Count, "the server alone checks it"),
        may("additionalProperties", FLAG_OR_SCHEMA),
        may("allOf", SUBSCHEMAS),
        may("oneOf", SUBSCHEMAS),
        may("anyOf", SUBSCHEMAS),
        may("not", SUBSCHEMA),
        may("title", Text),
        may("discriminator", Object(Kind::Discriminator)),
        // Bodies of XML are text, which callers write and read.
        aside("xml", Object(Kind::Xml)),
        aside("externalDocs", Object(Kind::ExternalDocs)),
        // What references lead to.
        may("$defs", Map(Keys::Free, &SUBSCHEMA)),
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
        aside("name", Text),
        aside("namespace", Text),
        aside("prefix", Text),
        aside("attribute", Flag),
        aside("wrapped", Flag),
    ],
};
