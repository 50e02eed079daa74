//! What code declares, written down as the model has it: types spelled out, attributes read.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Attribute, Expr, FnArg, Meta, ReturnType, Signature, Token, Visibility};

use super::model::{About, Body, Function, Gates, Implemented, Item, Member, TypeBody, Value};
use super::names::{Scope, last};

/// What was declared anywhere, by the path of what it belongs to.
#[derive(Debug, Default)]
pub struct Declared {
    /// Public items, whether their modules are public or not.
    pub items: BTreeMap<String, Item>,
    /// What is implemented for types.
    pub methods: Vec<(String, String, About, Function)>,
    pub constants: Vec<(String, String, About, Value)>,
    pub traits: Vec<(String, String, Implemented)>,
    /// The values of constants that are not public, as public ones are made of them.
    pub hidden: BTreeMap<String, Vec<String>>,
    /// What gives the calls of a service: whose method, its name, and the type.
    pub accessors: Vec<(String, String, String)>,
}

/// Writes down what a module declares.
pub struct Writer<'d> {
    pub scope: Scope<'d>,
    /// The features that the module needs.
    pub gates: Gates,
    pub to: &'d mut Declared,
}

impl Writer<'_> {
    /// The path of something that is declared here.
    pub fn here(&self, name: &dyn std::fmt::Display) -> String {
        format!("{}::{name}", self.scope.module.path)
    }

    /// Adds an item.
    pub fn item(&mut self, name: &dyn std::fmt::Display, about: About, body: Body) {
        self.to.items.insert(self.here(name), Item { about, body });
    }

    /// Adds a type.
    pub fn declare(&mut self, name: &dyn std::fmt::Display, about: About, body: TypeBody) {
        self.item(name, about, Body::Type(Box::new(body)));
    }

    /// Adds a trait that a type implements, with the types that it names.
    pub fn implement(&mut self, owner: &str, name: String, types: Vec<(String, String)>) {
        let gates = self.gates.clone();
        let it = Implemented { gates, types };
        self.to.traits.push((owner.to_owned(), name, it));
    }

    /// A method that takes one value and gives `Self`.
    pub fn setter(&self, name: &dyn std::fmt::Display, ty: &syn::Type) -> Function {
        Function {
            receiver: "self".to_owned(),
            arguments: vec![(name.to_string(), self.scope.text(ty))],
            output: "Self".to_owned(),
            ..Function::default()
        }
    }

    /// What the attributes say of what they stand before.
    pub fn about<'a>(
        &self,
        attributes: impl IntoIterator<Item = &'a Attribute>,
    ) -> syn::Result<About> {
        let (mut docs, mut needed) = (Vec::new(), Vec::new());
        let mut about = About::default();
        for attribute in attributes {
            add_gates_of(attribute, &mut needed)?;
            let path = attribute.path();
            if path.is_ident("deprecated") {
                about.deprecated = true;
            } else if path.is_ident("doc")
                && let Meta::NameValue(doc) = &attribute.meta
            {
                let line = text_of(&doc.value)?;
                docs.push(line.strip_prefix(' ').unwrap_or(&line).to_owned());
            }
        }
        about.docs = docs.join("\n");
        about.gates = self.gates.and(needed);
        Ok(about)
    }

    /// A function as callers see it.
    pub fn function(&self, signature: &Signature) -> syn::Result<Function> {
        let mut function = Function {
            is_async: signature.asyncness.is_some(),
            ..Function::default()
        };
        if !signature.generics.params.is_empty() {
            let (generics, bounds) = (&signature.generics, &signature.generics.where_clause);
            function.generics = self.scope.text(generics) + &self.scope.text(bounds);
        }
        for input in &signature.inputs {
            match input {
                // Whether it may be changed inside is of no interest outside.
                FnArg::Receiver(it) if it.reference.is_none() && it.colon_token.is_none() => {
                    function.receiver = "self".to_owned();
                }
                FnArg::Receiver(it) => function.receiver = self.scope.text(it),
                FnArg::Typed(it) => {
                    let name = it.pat.to_token_stream().to_string();
                    let ty = self.scope.text(&it.ty);
                    function
                        .arguments
                        .push((name.trim_start_matches("mut ").to_owned(), ty));
                }
            }
        }
        if let ReturnType::Type(_, ty) = &signature.output {
            function.output = self.scope.text(ty);
        }
        Ok(function)
    }

    /// A public field.
    pub fn field(&self, name: &dyn std::fmt::Display, about: About, ty: &syn::Type) -> Member {
        let name = name.to_string();
        Member {
            wire: name.trim_start_matches("r#").to_owned(),
            name,
            about,
            ty: self.scope.text(ty),
        }
    }

    /// A variant that carries one value, or none.
    pub fn variant(&self, name: &dyn std::fmt::Display, ty: Option<&syn::Type>) -> Member {
        let name = name.to_string();
        Member {
            wire: String::new(),
            name,
            about: About {
                gates: self.gates.clone(),
                ..About::default()
            },
            ty: ty.map_or_else(String::new, |ty| format!("({})", self.scope.text(ty))),
        }
    }

    /// The traits that a type derives.
    pub fn derives(&self, attributes: &[Attribute]) -> syn::Result<BTreeMap<String, Implemented>> {
        let mut found = BTreeMap::new();
        for attribute in attributes.iter().filter(|it| it.path().is_ident("derive")) {
            attribute.parse_nested_meta(|derived| {
                let name = derived.path.to_token_stream().to_string().replace(' ', "");
                found.extend([self.derived(last(&name))]);
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// Traits that a type derives.
    pub fn traits<const N: usize>(&self, names: [&str; N]) -> BTreeMap<String, Implemented> {
        names.map(|name| self.derived(name)).into()
    }

    /// A trait that a type derives.
    pub fn derived(&self, name: &str) -> (String, Implemented) {
        let it = Implemented {
            gates: self.gates.clone(),
            types: Vec::new(),
        };
        (name.to_owned(), it)
    }
}

/// The features that something asks for.
pub fn gates(attributes: &[Attribute]) -> syn::Result<Vec<String>> {
    let mut found = Vec::new();
    for attribute in attributes {
        add_gates_of(attribute, &mut found)?;
    }
    Ok(found)
}

fn add_gates_of(attribute: &Attribute, to: &mut Vec<String>) -> syn::Result<()> {
    match attribute.path().is_ident("cfg") {
        true => add_gates(&attribute.parse_args()?, to),
        false => Ok(()),
    }
}

fn add_gates(condition: &Meta, to: &mut Vec<String>) -> syn::Result<()> {
    match condition {
        Meta::NameValue(it) if it.path.is_ident("feature") => to.push(text_of(&it.value)?),
        Meta::List(all) if all.path.is_ident("all") => {
            let inside = syn::punctuated::Punctuated::<Meta, Token![,]>::parse_terminated;
            for condition in all.parse_args_with(inside)? {
                add_gates(&condition, to)?;
            }
        }
        other => {
            let problem = "a condition that is no list of features";
            return Err(syn::Error::new_spanned(other, problem));
        }
    }
    Ok(())
}

/// Whether an item is there in tests only.
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    let tests = attributes.iter().filter(|it| it.path().is_ident("cfg"));
    tests
        .filter_map(|it| it.parse_args::<Meta>().ok())
        .any(|it| it.path().is_ident("test"))
}

/// The text of a literal.
pub fn text_of(expression: &Expr) -> syn::Result<String> {
    match expression {
        Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => Ok(text.value()),
        other => Err(syn::Error::new_spanned(other, "no text")),
    }
}

/// Whether something is there for everybody.
pub fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
