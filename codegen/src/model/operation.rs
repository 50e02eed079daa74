//! Operations: one a method and path.

use serde_json::Value;

use super::{Alternative, Constraints, Content, Link, PasswordPolicy, RateLimit, Spelling, Type};

/// One call of the API.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The vendor's name: `ResetPassword`.
    pub id: String,
    /// The name in snake case, unique in the service: the method and the module.
    pub ident: String,
    /// The name in Pascal case, unique in the service: the builder type.
    pub type_name: String,
    /// The HTTP method.
    pub method: Method,
    /// The path template with the wire names of its parameters, base path included.
    pub path: String,
    /// The query that every request has, decoded: some documents write it into the path.
    pub query: Vec<(String, String)>,
    /// One line on what it does.
    pub summary: Option<String>,
    /// More on what it does, Markdown.
    pub description: Option<String>,
    /// The document's tags of the operation.
    pub tags: Vec<String>,
    /// Whether the vendor advises against it.
    pub deprecated: bool,
    /// The page it was written from.
    pub docs: Option<Link>,
    /// What the caller needs the right to.
    pub permissions: Vec<Permission>,
    /// Whether sending it twice is harmless.
    pub retry: Retry,
    /// The limit of its own: `x-rate-limit`. That of the service holds besides.
    pub rate_limit: Option<RateLimit>,
    /// Whether it is called without credentials: `security: []`, or a document without any.
    pub anonymous: bool,
    /// What it asks for to say who calls, one of these: its `security`, else the document's. `None`
    /// where neither is there.
    pub security: Option<Vec<Alternative>>,
    /// What the client itself calls it for: `x-client-use`, a word of the profile.
    pub client_use: Option<String>,
    /// The parameters in the document's order, body aside.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The documented responses in the document's order.
    pub responses: Vec<Response>,
}

/// An HTTP method that OpenAPI knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// GET
    Get,
    /// PUT
    Put,
    /// POST
    Post,
    /// DELETE
    Delete,
    /// OPTIONS
    Options,
    /// HEAD
    Head,
    /// PATCH
    Patch,
    /// TRACE
    Trace,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
    ];

    /// The keys in path items, in the order of the variants.
    pub const KEYS: [&'static str; 8] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];

    /// The key in a path item: `get`.
    pub fn key(self) -> &'static str {
        Self::KEYS[self as usize]
    }

    /// The word on the wire: `GET`.
    pub fn wire(self) -> String {
        self.key().to_ascii_uppercase()
    }

    /// Whether HTTP itself calls the method safe.
    pub fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options | Self::Trace)
    }
}

/// Whether a request may be sent again when its fate is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Sending it twice is the same as once.
    Safe,
    /// It must not be sent twice.
    Unsafe,
}

/// A permission an operation needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permission {
    /// The action's name: `demo:servers:show`.
    pub action: String,
    /// The access level: `read`.
    pub access: Option<String>,
    /// The resource type; a `*` at the end means it is required.
    pub resource: Option<String>,
    /// Condition keys.
    pub conditions: Vec<String>,
    /// Older names of the action.
    pub alias: Vec<String>,
    /// Other actions it needs.
    pub dependencies: Vec<String>,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParameterLocation {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into a cookie.
    Cookie,
}

/// A parameter that the client holds, so that callers need not give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientParameter {
    /// The project id.
    ProjectId,
    /// The token of the credentials.
    AuthToken,
}

/// One parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// The Rust name, unique among the operation's parameters and body fields.
    pub ident: String,
    /// Where it goes.
    pub location: ParameterLocation,
    /// Whether it must be given.
    pub required: bool,
    /// Whether the vendor advises against it.
    pub deprecated: bool,
    /// What it means, Markdown.
    pub description: Option<String>,
    /// Whether the client fills it in.
    pub client_parameter: Option<ClientParameter>,
    /// Its type.
    pub ty: Type,
    /// How its value is written.
    pub spelling: Spelling,
    /// What its value must fulfil.
    pub constraints: Constraints,
    /// The password policy, when it is a password.
    pub policy: Option<PasswordPolicy>,
    /// The value the server assumes.
    pub default: Option<Value>,
    /// An example value.
    pub example: Option<Value>,
}

/// The request body of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The media type that the client writes.
    pub media_type: String,
    /// The others that the document takes: callers may hand in a body that is written in one.
    pub others: Vec<String>,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, Markdown.
    pub description: Option<String>,
    /// Its type. [`Type::Named`] of an object is flattened into setters.
    pub ty: Type,
    /// How it is written.
    pub content: Content,
    /// An example value.
    pub example: Option<Value>,
}

/// Which statuses a response stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One code: `404`.
    Code(u16),
    /// A hundred codes: `4XX` is 4.
    Range(u8),
    /// All that no other response stands for.
    Default,
}

impl Status {
    /// Whether the response means success.
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..300).contains(&code),
            Self::Range(hundred) => hundred == 2,
            Self::Default => false,
        }
    }

    /// The key in the document: `404`, `4XX`, `default`.
    pub fn key(self) -> String {
        match self {
            Self::Code(code) => code.to_string(),
            Self::Range(hundred) => format!("{hundred}XX"),
            Self::Default => "default".to_owned(),
        }
    }
}

/// One documented response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The statuses it stands for.
    pub status: Status,
    /// What it means, Markdown.
    pub description: String,
    /// The headers that callers are given, in the document's order.
    pub headers: Vec<ResponseHeader>,
    /// What its body may be, the preferred first: none where it has no body.
    pub contents: Vec<Representation>,
    /// When it is a success that can say no: what says yes.
    pub success_when: Option<SuccessWhen>,
}

impl Response {
    /// The type of the body in its preferred representation.
    pub fn body(&self) -> Option<&Type> {
        self.contents.first()?.ty.as_ref()
    }

    /// Whether the media type that arrives tells what the body is.
    pub fn is_several(&self) -> bool {
        self.contents.iter().any(|it| it.ty.as_ref() != self.body())
    }
}

/// A body of a response in one media type.
#[derive(Debug, Clone, PartialEq)]
pub struct Representation {
    /// The media type as it is written in the document.
    pub media_type: String,
    /// The type of the JSON in it, or [`Type::Text`], [`Type::SecretText`] or [`Type::Bytes`]; none for JSON without a
    /// schema.
    pub ty: Option<Type>,
    /// An example of it.
    pub example: Option<Value>,
}

impl Representation {
    /// Whether it is read as JSON.
    pub fn is_json(&self) -> bool {
        !matches!(self.ty, Some(Type::Text | Type::SecretText | Type::Bytes))
    }
}

/// A documented header of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeader {
    /// The name on the wire.
    pub name: String,
    /// The Rust name, unique among the headers of the operation: one for a header of several responses.
    pub ident: String,
    /// Whether every such response has it.
    pub required: bool,
    /// Whether the vendor advises against it.
    pub deprecated: bool,
    /// What it means, Markdown.
    pub description: Option<String>,
    /// Text, a password, a number or a boolean.
    pub ty: Type,
    /// An example value.
    pub example: Option<Value>,
}

/// A success is one only if a field of its body has this value, or is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct SuccessWhen {
    /// The Rust name of the field.
    pub ident: String,
    /// The wire name of the field.
    pub field: String,
    /// The value that says yes.
    pub equals: String,
}
