//! The surface: items by their path, and what callers see of each.
//!
//! Types are texts in which every path is spelled out, `Option<crate::demo::types::Vault>`, so that
//! two are the same where their texts are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What is public of a crate, all of its features taken together.
#[derive(Debug, Clone, Default)]
pub struct Surface {
    /// The features, and whether each is on by default.
    pub(super) features: BTreeMap<String, bool>,
    /// The README.
    pub(super) readme: String,
    /// The items by path: `crate::demo::types::Vault`.
    pub(super) items: BTreeMap<String, Item>,
    /// The modules of the services, each with the path of the type that has its calls.
    pub(super) services: BTreeMap<String, String>,
    /// The shorter paths that types are exported under, by their own.
    pub(super) exported: HashMap<String, String>,
}

/// Cargo features, all of which have to be on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gates(Arc<BTreeSet<String>>);

impl Gates {
    /// These and others.
    pub fn and(&self, others: impl IntoIterator<Item = String>) -> Self {
        let mut others = others.into_iter().peekable();
        if others.peek().is_none() {
            return self.clone();
        }
        Self(Arc::new(self.iter().cloned().chain(others).collect()))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }

    /// Another in place of one.
    pub fn rename(&mut self, from: &str, to: &str) {
        if self.has(from) {
            let others = self.iter().filter(|it| *it != from).cloned();
            self.0 = Arc::new(others.chain([to.to_owned()]).collect());
        }
    }

    /// Whether one is among them.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// What any public thing has.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Its documentation.
    pub docs: String,
    /// Whether it is marked as deprecated.
    pub deprecated: bool,
    /// The features that it is there with.
    pub gates: Gates,
}

/// Something with a path of its own.
#[derive(Debug, Clone)]
pub struct Item {
    pub about: About,
    pub body: Body,
}

/// What an item is.
#[derive(Debug, Clone)]
pub enum Body {
    Module,
    Type(Box<TypeBody>),
    Function(Function),
    /// Its generics and what it stands for.
    Alias(String),
    Value(Value),
    /// A name for something elsewhere.
    Export(String),
}

impl Body {
    /// The type, where it is one.
    pub fn as_type(&self) -> Option<&TypeBody> {
        match self {
            Self::Type(body) => Some(body),
            _ => None,
        }
    }

    /// The word of Rust for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Module => "mod",
            Self::Type(body) => body.kind.word(),
            Self::Function(_) => "fn",
            Self::Alias(_) => "type",
            Self::Value(value) => value.word,
            Self::Export(_) => "use",
        }
    }
}

/// The shape of a type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TypeKind {
    #[default]
    Struct,
    Tuple,
    Enum,
}

impl TypeKind {
    fn word(self) -> &'static str {
        match self {
            Self::Struct | Self::Tuple => "struct",
            Self::Enum => "enum",
        }
    }
}

/// A struct or an enumeration.
#[derive(Debug, Clone, Default)]
pub struct TypeBody {
    pub kind: TypeKind,
    pub non_exhaustive: bool,
    /// Whether it has fields that callers do not see.
    pub has_private_fields: bool,
    /// What it is generic over.
    pub generics: String,
    /// The public fields, or the variants, in their order.
    pub members: Vec<Member>,
    /// What it implements, by trait: `From<&str>`.
    pub traits: BTreeMap<String, Implemented>,
    /// Its public methods and functions.
    pub methods: BTreeMap<String, (About, Function)>,
    /// Its public constants.
    pub constants: BTreeMap<String, (About, Value)>,
}

impl TypeBody {
    /// Whether callers neither build nor match it in full, so that it can get more members.
    pub fn may_grow(&self) -> bool {
        self.non_exhaustive || self.has_private_fields
    }

    /// The member of a name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|it| it.name == name)
    }
}

/// What a variant carries that carries nothing and may come to: it is matched with `{ .. }`.
pub const OPEN: &str = " { .. }";

/// A field or a variant.
#[derive(Debug, Clone)]
pub struct Member {
    pub name: String,
    pub about: About,
    /// The type of a field; what a variant carries, with its brackets.
    pub ty: String,
    /// What it is called outside of Rust.
    pub wire: String,
}

/// A trait that a type implements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Implemented {
    pub gates: Gates,
    /// The types that the implementation names.
    pub types: Vec<(String, String)>,
}

/// A function or a method.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Function {
    pub is_async: bool,
    /// `&self`, or nothing.
    pub receiver: String,
    /// What it is generic over, with its bounds.
    pub generics: String,
    /// Each argument by name and type.
    pub arguments: Vec<(String, String)>,
    /// What it gives; nothing for `()`.
    pub output: String,
}

/// A constant or a static.
#[derive(Debug, Clone)]
pub struct Value {
    /// `const` or `static`.
    pub word: &'static str,
    pub ty: String,
    /// Its value, taken apart so that a difference can be shown.
    pub parts: Vec<String>,
}

impl Item {
    /// Hands every type in it to a function, which may change it.
    pub fn for_types(&mut self, change: &mut dyn FnMut(&mut String)) {
        match &mut self.body {
            Body::Module => {}
            Body::Type(body) => {
                for member in &mut body.members {
                    change(&mut member.ty);
                }
                for (_, function) in body.methods.values_mut() {
                    function.for_types(change);
                }
                for (_, value) in body.constants.values_mut() {
                    change(&mut value.ty);
                }
                let traits = std::mem::take(&mut body.traits);
                body.traits
                    .extend(traits.into_iter().map(|(mut name, mut it)| {
                        change(&mut name);
                        it.types.iter_mut().for_each(|(_, ty)| change(ty));
                        (name, it)
                    }));
            }
            Body::Function(function) => function.for_types(change),
            Body::Alias(text) | Body::Export(text) => change(text),
            Body::Value(value) => change(&mut value.ty),
        }
    }

    /// Hands all features that something in it needs to a function, which may change them.
    pub fn for_gates(&mut self, change: &mut dyn FnMut(&mut Gates)) {
        change(&mut self.about.gates);
        if let Body::Type(body) = &mut self.body {
            let members = body.members.iter_mut().map(|it| &mut it.about);
            let methods = body.methods.values_mut().map(|(about, _)| about);
            let constants = body.constants.values_mut().map(|(about, _)| about);
            for about in members.chain(methods).chain(constants) {
                change(&mut about.gates);
            }
            for it in body.traits.values_mut() {
                change(&mut it.gates);
            }
        }
    }

    /// Every type in it.
    pub fn types(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        match &self.body {
            Body::Module => {}
            Body::Type(body) => {
                found.extend(body.members.iter().map(|it| it.ty.as_str()));
                let functions = body.methods.values().map(|(_, it)| it);
                found.extend(functions.flat_map(Function::types));
                for (name, it) in &body.traits {
                    found.push(name);
                    found.extend(it.types.iter().map(|(_, ty)| ty.as_str()));
                }
            }
            Body::Function(function) => found.extend(function.types()),
            Body::Alias(text) | Body::Export(text) => found.push(text),
            Body::Value(value) => found.push(&value.ty),
        }
        found
    }
}

impl Function {
    fn for_types(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.arguments.iter_mut().for_each(|(_, ty)| change(ty));
        change(&mut self.output);
        change(&mut self.generics);
    }

    /// Every type in it.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        let arguments = self.arguments.iter().map(|(_, ty)| ty.as_str());
        arguments.chain([self.output.as_str(), self.generics.as_str()])
    }
}
