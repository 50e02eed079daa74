//! Types: what parameters and bodies are made of.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::{Number, Value};

use crate::number::{at_least, at_most};

/// A type at a place of use.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// Text.
    String,
    /// Text that must never be seen: `format: password`.
    Password,
    /// A whole number of up to 64 bits.
    Integer {
        /// 8, 16, 32 or 64.
        bits: u8,
        /// Whether it may be negative.
        signed: bool,
    },
    /// A whole number of any size, digit for digit.
    Wide,
    /// A floating-point number of 32 or 64 bits.
    Number {
        /// 32 or 64.
        bits: u8,
    },
    /// `true` or `false`.
    Boolean,
    /// Any JSON.
    Any,
    /// Any JSON that must never be seen, since there is a secret in it.
    SecretJson,
    /// A whole body that is text.
    Text,
    /// A whole body of text that must never be seen.
    SecretText,
    /// A whole body of bytes that are what they are.
    Bytes,
    /// A list.
    Array(Box<Type>),
    /// An object with keys of any name.
    Map(Box<Type>),
    /// The type or `null`; inside lists and maps only, since a [`Field`] says it of itself.
    Nullable(Box<Type>),
    /// A type of [`Service::schemas`](super::Service::schemas), by its Rust name.
    Named(String),
}

impl Type {
    /// Whether there is a secret in values of the type, at any depth.
    pub fn holds_secret(&self, schemas: &IndexMap<String, NamedSchema>) -> bool {
        let is_secret =
            |ty: &&Self| matches!(ty, Self::Password | Self::SecretJson | Self::SecretText);
        types_inside(vec![self], schemas).iter().any(is_secret)
    }
}

/// The types that these are made of, at any depth, themselves among them; each that has a name once.
pub fn types_inside<'m>(
    mut open: Vec<&'m Type>,
    schemas: &'m IndexMap<String, NamedSchema>,
) -> Vec<&'m Type> {
    let (mut found, mut names) = (Vec::new(), HashSet::new());
    while let Some(ty) = open.pop() {
        match ty {
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => open.push(inner),
            Type::Named(name) if !names.insert(name) => continue,
            Type::Named(name) => match schemas.get(name).map(|schema| &schema.kind) {
                Some(SchemaKind::Object { fields, extra }) => {
                    open.extend(fields.iter().map(|field| &field.ty).chain(extra));
                }
                Some(SchemaKind::OneOf { alternatives, .. }) => open.extend(alternatives),
                Some(SchemaKind::Enum { .. }) | None => {}
            },
            _ => {}
        }
        found.push(ty);
    }
    found
}

/// The names of those types that have one.
pub fn type_names(types: Vec<&Type>) -> Vec<String> {
    let names = types.into_iter().filter_map(|ty| match ty {
        Type::Named(name) => Some(name.clone()),
        _ => None,
    });
    names.collect()
}

/// A type that has a name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedSchema {
    /// The Rust name, unique in the service.
    pub name: String,
    /// What it means, Markdown.
    pub description: Option<String>,
    /// Whether the vendor advises against it.
    pub deprecated: bool,
    /// What it is made of.
    pub kind: SchemaKind,
    /// Where it is used.
    pub usage: Usage,
}

/// Which messages a named type occurs in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// In a request, at any depth.
    pub request: bool,
    /// In a request other than as a body that is flattened into setters, so that callers make values of it.
    pub made_by_callers: bool,
    /// In a successful response.
    pub success: bool,
    /// In a response that says what went wrong.
    pub error: bool,
}

/// What a named type is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemaKind {
    /// Fields, and perhaps more of any name.
    Object {
        /// The fields in the document's order.
        fields: Vec<Field>,
        /// The type of the values under any other name, where the document gives one.
        extra: Option<Type>,
    },
    /// One of some words.
    Enum {
        /// The words.
        variants: Vec<Variant>,
    },
    /// One of some shapes, told apart by a word in them, else by trying.
    OneOf {
        /// The shapes.
        alternatives: Vec<Type>,
        /// The word that decides.
        tag: Option<Tag>,
    },
}

/// How a word decides which shape a value has: `discriminator`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The wire name of the property that has the word.
    pub property: String,
    /// The words of each alternative, the one that is sent first.
    pub words: Vec<Vec<String>>,
}

/// A word of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The word on the wire.
    pub wire: String,
    /// The Rust name, unique in the enumeration.
    pub ident: String,
}

/// A field of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// The Rust name, unique in the object.
    pub ident: String,
    /// Its type.
    pub ty: Type,
    /// Whether it must be there.
    pub required: bool,
    /// Whether `null` is a value of it.
    pub nullable: bool,
    /// Whether the vendor advises against it.
    pub deprecated: bool,
    /// What it means, Markdown.
    pub description: Option<String>,
    /// What its value must fulfil.
    pub constraints: Constraints,
    /// The password policy, when it is a password.
    pub policy: Option<PasswordPolicy>,
    /// When another field makes it needless.
    pub required_unless: Option<RequiredUnless>,
    /// A yes-or-no question it answers.
    pub predicate: Option<Predicate>,
    /// The value the server assumes.
    pub default: Option<Value>,
    /// An example value.
    pub example: Option<Value>,
}

/// What a value must fulfil beyond its type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Constraints {
    /// The least number of characters.
    pub min_length: Option<u64>,
    /// The greatest number of characters.
    pub max_length: Option<u64>,
    /// The regular expression it matches; shown, not enforced.
    pub pattern: Option<String>,
    /// The least value.
    pub minimum: Option<Number>,
    /// The greatest value.
    pub maximum: Option<Number>,
    /// Whether the least value is itself too small.
    pub exclusive_minimum: bool,
    /// Whether the greatest value is itself too large.
    pub exclusive_maximum: bool,
    /// The least number of items.
    pub min_items: Option<u64>,
    /// The greatest number of items.
    pub max_items: Option<u64>,
    /// The numbers or truth values that are listed, as JSON writes them; shown, not enforced.
    pub listed: Vec<String>,
}

impl Constraints {
    /// The least whole number within the bounds.
    pub fn least(&self) -> Option<i128> {
        let bound = self.minimum.as_ref()?;
        Some(at_least(bound, self.exclusive_minimum))
    }

    /// The greatest whole number within the bounds.
    pub fn greatest(&self) -> Option<i128> {
        let bound = self.maximum.as_ref()?;
        Some(at_most(bound, self.exclusive_maximum))
    }
}

/// What a password must fulfil: `x-password-policy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// The least number of characters.
    pub min: u64,
    /// The greatest number of characters.
    pub max: u64,
    /// The classes that count: `lower`, `upper`, `letter`, `digit`, `special`.
    pub classes: Vec<String>,
    /// How many of them must occur.
    pub min_classes: u64,
    /// The special characters allowed; none given means any printable one of ASCII.
    pub specials: Option<String>,
    /// Words it must not be, forwards or backwards.
    pub forbidden: Vec<String>,
}

/// A field is needed unless another has a value, and must be absent when it has: `x-required-unless`.
#[derive(Debug, Clone, PartialEq)]
pub struct RequiredUnless {
    /// The Rust name of the other field.
    pub ident: String,
    /// The wire name of the other field.
    pub field: String,
    /// The value that makes it needless.
    pub equals: Value,
}

/// A yes-or-no question a field answers: `x-predicate`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predicate {
    /// The method's name: `is_supported`.
    pub name: String,
    /// The word that means yes.
    pub equals: String,
}
