//! The objects of OpenAPI 3.0 as tables: which fields each has, of what kind, and what becomes of
//! each in a client. What 3.1 has besides, `load` takes out and tells of, but for [`SINCE_3_1`].
//!
//! The source is the text of the OpenAPI Specification 3.0.3, section 4.7.

mod extensions;
mod objects;
mod schema;

pub(crate) use extensions::{EXTENSIONS, PERMISSIONS_PLACE};

/// The kinds of object a document is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// The document itself.
    Document,
    /// `info`.
    Info,
    /// `info.contact`.
    Contact,
    /// `info.license`.
    License,
    /// An item of `servers`.
    Server,
    /// A value of a server's `variables`.
    ServerVariable,
    /// A value of `paths`.
    PathItem,
    /// A call: `get`, `post` and so on.
    Operation,
    /// `externalDocs`.
    ExternalDocs,
    /// A path, query, header or cookie parameter.
    Parameter,
    /// `requestBody`.
    RequestBody,
    /// A value of `content`.
    MediaType,
    /// A value of a media type's `encoding`.
    Encoding,
    /// A value of `responses`.
    Response,
    /// A response's header.
    Header,
    /// A value of `examples`.
    Example,
    /// A value of `links`.
    Link,
    /// `components`.
    Components,
    /// An item of the document's `tags`.
    Tag,
    /// A schema.
    Schema,
    /// A schema's `discriminator`.
    Discriminator,
    /// A schema's `xml`.
    Xml,
    /// A value of `securitySchemes`.
    SecurityScheme,
    /// `flows` of an OAuth2 scheme.
    Flows,
    /// One of these flows.
    Flow,
}

/// What a field may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// Text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number of at least 0.
    Count,
    /// Any number.
    Number,
    /// Anything: examples, defaults.
    Anything,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An object of this kind, never a `$ref`.
    Object(Kind),
    /// An object of this kind, or a `$ref` to one.
    OrReference(Kind),
    /// A list.
    List(&'static Shape),
    /// A mapping with free keys.
    Map(Keys, &'static Shape),
    /// `true`, `false`, or the other shape.
    FlagOr(&'static Shape),
}

/// What the keys of a mapping are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keys {
    /// Any text.
    Free,
    /// Names in `components`: letters, digits, `.`, `-` and `_`.
    Component,
    /// Path templates, or extensions.
    Path,
    /// Statuses, or extensions.
    Status,
    /// Media types.
    MediaType,
}

/// One field of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it may hold.
    pub(crate) shape: Shape,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// What becomes of it.
    pub(crate) fate: Fate,
}

/// What becomes of a field in a client.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fate {
    /// The client does what it says, or another check tells of it.
    Read,
    /// It says nothing of calls: words for readers, and what other tools are told.
    Aside,
    /// The client takes no notice of it: why, or what happens instead.
    Lost(&'static str),
}

/// How one kind of object is written.
#[derive(Debug)]
pub(crate) struct Grammar {
    /// What messages call it, with its article.
    pub(crate) title: &'static str,
    /// Its fields.
    pub(crate) fields: &'static [Field],
}

impl Grammar {
    /// The field of this name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

const fn need(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: true,
        fate: Fate::Read,
    }
}

const fn may(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: false,
        fate: Fate::Read,
    }
}

const fn aside(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: false,
        fate: Fate::Aside,
    }
}

const fn lost(name: &'static str, shape: Shape, instead: &'static str) -> Field {
    Field {
        name,
        shape,
        required: false,
        fate: Fate::Lost(instead),
    }
}

impl Kind {
    /// The table of this kind.
    pub(crate) fn grammar(self) -> &'static Grammar {
        match self {
            Kind::Document => &objects::DOCUMENT,
            Kind::Info => &objects::INFO,
            Kind::Contact => &objects::CONTACT,
            Kind::License => &objects::LICENSE,
            Kind::Server => &objects::SERVER,
            Kind::ServerVariable => &objects::SERVER_VARIABLE,
            Kind::PathItem => &objects::PATH_ITEM,
            Kind::Operation => &objects::OPERATION,
            Kind::ExternalDocs => &objects::EXTERNAL_DOCS,
            Kind::Parameter => &objects::PARAMETER,
            Kind::RequestBody => &objects::REQUEST_BODY,
            Kind::MediaType => &objects::MEDIA_TYPE,
            Kind::Encoding => &objects::ENCODING,
            Kind::Response => &objects::RESPONSE,
            Kind::Header => &objects::HEADER,
            Kind::Example => &objects::EXAMPLE,
            Kind::Link => &objects::LINK,
            Kind::Components => &objects::COMPONENTS,
            Kind::Tag => &objects::TAG,
            Kind::Schema => &schema::SCHEMA,
            Kind::Discriminator => &schema::DISCRIMINATOR,
            Kind::Xml => &schema::XML,
            Kind::SecurityScheme => &objects::SECURITY_SCHEME,
            Kind::Flows => &objects::FLOWS,
            Kind::Flow => &objects::FLOW,
        }
    }

    /// What messages call an object of this kind, with its article.
    pub(crate) fn title(self) -> &'static str {
        self.grammar().title
    }

    /// The section of `components` that holds this kind.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            Kind::Schema => "schemas",
            Kind::Response => "responses",
            Kind::Parameter => "parameters",
            Kind::Example => "examples",
            Kind::RequestBody => "requestBodies",
            Kind::Header => "headers",
            Kind::SecurityScheme => "securitySchemes",
            Kind::Link => "links",
            _ => return None,
        })
    }
}

/// The fields and words of these tables that came with 3.1.
pub(crate) const SINCE_3_1: &[&str] = &["$defs", "mutualTLS"];

/// How the values of parameters can be written.
pub(crate) const STYLES: &[&str] = &[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];
