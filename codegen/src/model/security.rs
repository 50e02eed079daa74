//! Who may call: the security schemes of a document, and which of them an operation asks for.

/// One way to say who calls: an entry of `securitySchemes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityScheme {
    /// What the document calls it.
    pub name: String,
    /// The name in snake case, which no other scheme of the crate has unless it is the same.
    pub ident: String,
    /// What it is.
    pub kind: SchemeKind,
    /// What the document says of it, Markdown.
    pub description: Option<String>,
}

impl SecurityScheme {
    /// Whether it is something in a request, which credentials can be.
    pub fn is_sent(&self) -> bool {
        !matches!(self.kind, SchemeKind::MutualTls | SchemeKind::Unsent(_))
    }
}

/// The kinds of schemes that OpenAPI knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// A bearer token, and what it looks like.
    Bearer(Option<String>),
    /// User and password.
    Basic,
    /// Another scheme of HTTP by its name: the whole value of `Authorization` is up to the caller.
    Http(String),
    /// A key in a place of this name.
    ApiKey(KeyLocation, String),
    /// OAuth 2: a bearer token that one of these flows gives.
    OAuth2(Vec<Flow>),
    /// OpenID Connect: a bearer token, and where the provider describes itself.
    OpenIdConnect(Option<String>),
    /// A certificate of the client, in TLS.
    MutualTls,
    /// Nothing that a request can carry: why.
    Unsent(&'static str),
}

/// Where an API key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyLocation {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

/// A way to get a token of OAuth 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// What OpenAPI calls it: `authorizationCode`.
    pub kind: String,
    /// Its addresses, by the names of their fields: `tokenUrl`.
    pub addresses: Vec<(&'static str, String)>,
    /// Its scopes, with what they allow.
    pub scopes: Vec<(String, String)>,
}

/// Schemes that an operation asks for at once; none at all for calls without credentials.
pub type Alternative = Vec<Requirement>;

/// A scheme that an operation asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// What the document calls the scheme.
    pub scheme: String,
    /// The scopes or roles that the caller has to have.
    pub scopes: Vec<String>,
}
