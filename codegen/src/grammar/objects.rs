//! The tables of every object but schemas.

use super::{Field, Grammar, Keys, Kind, Shape, aside, lost, may, need};
use Shape::{Anything, Flag, FlagOr, List, Map, Object, OrReference, Text, Word};

const TEXTS: Shape = List(&Text);
const SERVERS: Shape = List(&Object(Kind::Server));
/// Scheme name → scopes.
const SECURITY: Shape = List(&Map(Keys::Free, &TEXTS));
const CONTENT: Shape = Map(Keys::MediaType, &Object(Kind::MediaType));
const EXAMPLES: Shape = Map(Keys::Free, &OrReference(Kind::Example));
const HEADERS: Shape = Map(Keys::Free, &OrReference(Kind::Header));
const LINKS: Shape = Map(Keys::Free, &OrReference(Kind::Link));
const PARAMETERS: Shape = List(&OrReference(Kind::Parameter));
const PATHS: Shape = Map(Keys::Path, &Object(Kind::PathItem));
const RESPONSES: Shape = Map(Keys::Status, &OrReference(Kind::Response));

pub(super) static DOCUMENT: Grammar = Grammar {
    title: "an OpenAPI document",
    fields: &[
        need("openapi", Text),
        need("info", Object(Kind::Info)),
        may("servers", SERVERS),
        need("paths", PATHS),
        may("components", Object(Kind::Components)),
        may("security", SECURITY),
        aside("tags", List(&Object(Kind::Tag))),
        may("externalDocs", Object(Kind::ExternalDocs)),
    ],
};

pub(super) static INFO: Grammar = Grammar {
    title: "an info object",
    fields: &[
        need("title", Text),
        may("description", Text),
        aside("termsOfService", Text),
        aside("contact", Object(Kind::Contact)),
        aside("license", Object(Kind::License)),
        need("version", Text),
    ],
};

pub(super) static CONTACT: Grammar = Grammar {
    title: "a contact object",
    fields: &[
        aside("name", Text),
        aside("url", Text),
        aside("email", Text),
    ],
};

pub(super) static LICENSE: Grammar = Grammar {
    title: "a license object",
    fields: &[need("name", Text), aside("url", Text)],
};

pub(super) static SERVER: Grammar = Grammar {
    title: "a server object",
    fields: &[
        need("url", Text),
        may("description", Text),
        may("variables", Map(Keys::Free, &Object(Kind::ServerVariable))),
    ],
};

pub(super) static SERVER_VARIABLE: Grammar = Grammar {
    title: "a server variable",
    fields: &[
        may("enum", TEXTS),
        need("default", Text),
        may("description", Text),
    ],
};

pub(super) static PATH_ITEM: Grammar = Grammar {
    title: "a path item",
    fields: &[
        may("$ref", Text),
        aside("summary", Text),
        aside("description", Text),
        may("get", Object(Kind::Operation)),
        may("put", Object(Kind::Operation)),
        may("post", Object(Kind::Operation)),
        may("delete", Object(Kind::Operation)),
        may("options", Object(Kind::Operation)),
        may("head", Object(Kind::Operation)),
        may("patch", Object(Kind::Operation)),
        may("trace", Object(Kind::Operation)),
        may("servers", SERVERS),
        may("parameters", PARAMETERS),
    ],
};

pub(super) static OPERATION: Grammar = Grammar {
    title: "an operation",
    fields: &[
        may("tags", TEXTS),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", Object(Kind::ExternalDocs)),
        // The client's method is named by it, or else by method and path.
        may("operationId", Text),
        may("parameters", PARAMETERS),
        may("requestBody", OrReference(Kind::RequestBody)),
        need("responses", RESPONSES),
        lost(
            "callbacks",
            Map(Keys::Free, &Anything),
            "the service makes these calls, and a client receives none",
        ),
        may("deprecated", Flag),
        may("security", SECURITY),
        may("servers", SERVERS),
    ],
};

pub(super) static EXTERNAL_DOCS: Grammar = Grammar {
    title: "an externalDocs object",
    fields: &[may("description", Text), need("url", Text)],
};

/// What a parameter and a header share.
const PARAMETER_FIELDS: [Field; 10] = [
    may("description", Text),
    may("required", Flag),
    may("deprecated", Flag),
    lost(
        "allowEmptyValue",
        Flag,
        "an empty value is sent as any other, with its `=`",
    ),
    may("style", Word(super::STYLES)),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("schema", OrReference(Kind::Schema)),
    may("example", Anything),
    may("examples", EXAMPLES),
];

pub(super) static PARAMETER: Grammar = Grammar {
    title: "a parameter",
    fields: &{
        let [a, b, c, d, e, f, g, h, i, j] = PARAMETER_FIELDS;
        [
            need("name", Text),
            need("in", Word(&["path", "query", "header", "cookie"])),
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
            i,
            j,
            may("content", CONTENT),
        ]
    },
};

pub(super) static HEADER: Grammar = Grammar {
    title: "a header",
    fields: &{
        let [a, b, c, d, e, f, g, h, i, j] = PARAMETER_FIELDS;
        [
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
            i,
            j,
            lost("content", CONTENT, "the header is given as the text it is"),
        ]
    },
};

pub(super) static REQUEST_BODY: Grammar = Grammar {
    title: "a request body",
    fields: &[
        may("description", Text),
        need("content", CONTENT),
        may("required", Flag),
    ],
};

pub(super) static MEDIA_TYPE: Grammar = Grammar {
    title: "a media type",
    fields: &[
        may("schema", OrReference(Kind::Schema)),
        may("example", Anything),
        may("examples", EXAMPLES),
        may("encoding", Map(Keys::Free, &Object(Kind::Encoding))),
    ],
};

pub(super) static ENCODING: Grammar = Grammar {
    title: "an encoding",
    fields: &[
        may("contentType", Text),
        lost(
            "headers",
            HEADERS,
            "a part has a Content-Type and a Content-Disposition, and no other header",
        ),
        may("style", Word(super::STYLES)),
        may("explode", Flag),
        may("allowReserved", Flag),
    ],
};

pub(super) static RESPONSE: Grammar = Grammar {
    title: "a response",
    fields: &[
        need("description", Text),
        may("headers", HEADERS),
        may("content", CONTENT),
        lost(
            "links",
            LINKS,
            "the operation that a link names is called like any other",
        ),
    ],
};

pub(super) static EXAMPLE: Grammar = Grammar {
    title: "an example",
    fields: &[
        may("summary", Text),
        may("description", Text),
        may("value", Anything),
        aside("externalValue", Text),
    ],
};

pub(super) static LINK: Grammar = Grammar {
    title: "a link",
    fields: &[
        may("operationRef", Text),
        may("operationId", Text),
        may("parameters", Map(Keys::Free, &Anything)),
        may("requestBody", Anything),
        may("description", Text),
        may("server", Object(Kind::Server)),
    ],
};

pub(super) static COMPONENTS: Grammar = Grammar {
    title: "the components object",
    fields: &[
        may("schemas", Map(Keys::Component, &OrReference(Kind::Schema))),
        may(
            "responses",
            Map(Keys::Component, &OrReference(Kind::Response)),
        ),
        may(
            "parameters",
            Map(Keys::Component, &OrReference(Kind::Parameter)),
        ),
        may(
            "examples",
            Map(Keys::Component, &OrReference(Kind::Example)),
        ),
        may(
            "requestBodies",
            Map(Keys::Component, &OrReference(Kind::RequestBody)),
        ),
        may("headers", Map(Keys::Component, &OrReference(Kind::Header))),
        may(
            "securitySchemes",
            Map(Keys::Component, &OrReference(Kind::SecurityScheme)),
        ),
        // Told of where they are used.
        aside("links", Map(Keys::Component, &OrReference(Kind::Link))),
        aside("callbacks", Map(Keys::Component, &Anything)),
    ],
};

pub(super) static TAG: Grammar = Grammar {
    title: "a tag",
    fields: &[
        need("name", Text),
        may("description", Text),
        may("externalDocs", Object(Kind::ExternalDocs)),
    ],
};

pub(super) static SECURITY_SCHEME: Grammar = Grammar {
    title: "a security scheme",
    fields: &[
        need(
            "type",
            Word(&["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]),
        ),
        may("description", Text),
        may("name", Text),
        may("in", Word(&["query", "header", "cookie"])),
        may("scheme", Text),
        may("bearerFormat", Text),
        may("flows", Object(Kind::Flows)),
        may("openIdConnectUrl", Text),
    ],
};

pub(super) static FLOWS: Grammar = Grammar {
    title: "an OAuth flows object",
    fields: &[
        may("implicit", Object(Kind::Flow)),
        may("password", Object(Kind::Flow)),
        may("clientCredentials", Object(Kind::Flow)),
        may("authorizationCode", Object(Kind::Flow)),
    ],
};

pub(super) static FLOW: Grammar = Grammar {
    title: "an OAuth flow",
    fields: &[
        may("authorizationUrl", Text),
        may("tokenUrl", Text),
        may("refreshUrl", Text),
        need("scopes", Map(Keys::Free, &Text)),
    ],
};

/// `additionalProperties`: a flag or a schema.
pub(super) const FLAG_OR_SCHEMA: Shape = FlagOr(&OrReference(Kind::Schema));
