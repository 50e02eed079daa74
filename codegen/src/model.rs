//! The neutral model: what the documents say, resolved and named, with nothing of YAML or Rust syntax in it.
//!
//! `lower` makes it, `emit` reads it. Every `$ref` is resolved, every inline object has
//! a name, and every name that becomes a Rust identifier is already a good and unique one.

mod operation;
mod package;
mod schema;
mod security;
mod service;
mod spelling;

pub use operation::{
    Body, ClientParameter, Method, Operation, Parameter, ParameterLocation, Permission,
    Representation, Response, ResponseHeader, Retry, Status, SuccessWhen,
};
pub use package::{
    Caller, CommandLine, Feature, License, OwnCredentials, Package, Permissions, Readme, Runtime,
    Setup, Words, words,
};
pub use schema::{
    Constraints, Field, NamedSchema, PasswordPolicy, Predicate, RequiredUnless, SchemaKind, Tag,
    Type, Usage, Variant, type_names, types_inside,
};
pub use security::{Alternative, Flow, KeyLocation, Requirement, SchemeKind, SecurityScheme};
pub use service::{Link, Model, RateLimit, RegionEndpoint, Service};
pub use spelling::{Content, FormPart, FormPartKind, Spelling, Style};
