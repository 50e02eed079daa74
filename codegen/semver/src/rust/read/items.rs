//! Plain items: what is written out in the files.

use quote::ToTokens;
use syn::{Attribute, Expr, Fields, Ident, ImplItem, Item, ItemImpl, Type};

use super::super::declare::{Writer, is_public};
use super::super::macros::endpoints;
use super::super::model::{Body, Member, TypeBody, TypeKind, Value};

/// The name that an item declares.
pub fn name(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(it) => Some(&it.ident),
        Item::Enum(it) => Some(&it.ident),
        Item::Type(it) => Some(&it.ident),
        Item::Fn(it) => Some(&it.sig.ident),
        Item::Const(it) => Some(&it.ident),
        Item::Static(it) => Some(&it.ident),
        Item::Trait(it) => Some(&it.ident),
        _ => None,
    }
}

/// Leaves out what functions do, which no caller sees.
pub fn forget_code(item: &mut Item) {
    let nothing = || syn::parse_quote!({});
    match item {
        Item::Fn(it) => *it.block = nothing(),
        Item::Impl(it) => {
            for it in &mut it.items {
                if let ImplItem::Fn(it) = it {
                    it.block = nothing();
                }
            }
        }
        _ => {}
    }
}

/// Writes down what an item has for callers.
pub fn write(item: &Item, to: &mut Writer<'_>) -> syn::Result<()> {
    match item {
        Item::Struct(it) if is_public(&it.vis) => {
            let mut body = declared(&it.attrs, to)?;
            body.generics = to.scope.text(&it.generics);
            if matches!(it.fields, Fields::Unnamed(_)) {
                body.kind = TypeKind::Tuple;
            }
            for (at, field) in it.fields.iter().enumerate() {
                match is_public(&field.vis) {
                    true => body.members.push(member(at, field, to)?),
                    false => body.has_private_fields = true,
                }
            }
            to.declare(&it.ident, to.about(&it.attrs)?, body);
        }
        Item::Enum(it) if is_public(&it.vis) => {
            let mut body = declared(&it.attrs, to)?;
            body.generics = to.scope.text(&it.generics);
            body.kind = TypeKind::Enum;
            for variant in &it.variants {
                let mut member = to.variant(&variant.ident, None);
                member.about = to.about(&variant.attrs)?;
                member.ty = carried(&variant.fields, to);
                body.members.push(member);
            }
            to.declare(&it.ident, to.about(&it.attrs)?, body);
        }
        Item::Type(it) if is_public(&it.vis) => {
            let (generics, ty) = (to.scope.text(&it.generics), to.scope.text(&it.ty));
            let body = Body::Alias(format!("{generics} = {ty}").trim_start().to_owned());
            to.item(&it.ident, to.about(&it.attrs)?, body);
        }
        Item::Fn(it) if is_public(&it.vis) => {
            let function = to.function(&it.sig)?;
            to.item(
                &it.sig.ident,
                to.about(&it.attrs)?,
                Body::Function(function),
            );
        }
        Item::Const(it) if is_public(&it.vis) => {
            let value = value("const", &it.ty, &it.expr, to)?;
            to.item(&it.ident, to.about(&it.attrs)?, Body::Value(value));
        }
        Item::Static(it) if is_public(&it.vis) => {
            let value = value("static", &it.ty, &it.expr, to)?;
            to.item(&it.ident, to.about(&it.attrs)?, Body::Value(value));
        }
        Item::Impl(it) => implemented(it, to)?,
        Item::Struct(_) | Item::Enum(_) | Item::Type(_) | Item::Fn(_) | Item::Static(_) => {}
        Item::Const(it) if it.ident != "_" => {}
        Item::Trait(it) if !is_public(&it.vis) => {}
        other => {
            let problem = "an item of which it is not known what callers see of it";
            return Err(syn::Error::new_spanned(other, problem));
        }
    }
    Ok(())
}

fn declared(attributes: &[Attribute], to: &Writer<'_>) -> syn::Result<TypeBody> {
    let is_open = |it: &Attribute| it.path().is_ident("non_exhaustive");
    Ok(TypeBody {
        non_exhaustive: attributes.iter().any(is_open),
        traits: to.derives(attributes)?,
        ..TypeBody::default()
    })
}

fn member(at: usize, field: &syn::Field, to: &Writer<'_>) -> syn::Result<Member> {
    let about = to.about(&field.attrs)?;
    let mut member = match &field.ident {
        Some(name) => to.field(name, about, &field.ty),
        None => to.field(&at, about, &field.ty),
    };
    for attribute in field.attrs.iter().filter(|it| it.path().is_ident("serde")) {
        attribute.parse_nested_meta(|it| {
            let renames = it.path.is_ident("rename");
            match it.value() {
                Ok(value) => {
                    let value: syn::LitStr = value.parse()?;
                    if renames {
                        member.wire = value.value();
                    }
                }
                // Such as `flatten`.
                Err(_) if it.input.is_empty() || it.input.peek(syn::Token![,]) => {}
                Err(error) => return Err(error),
            }
            Ok(())
        })?;
    }
    Ok(member)
}

/// What a variant carries, by types alone.
fn carried(fields: &Fields, to: &Writer<'_>) -> String {
    let each = fields.iter().map(|field| {
        let ty = to.scope.text(&field.ty);
        match &field.ident {
            Some(name) => format!("{name}: {ty}"),
            None => ty,
        }
    });
    let each = each.collect::<Vec<_>>().join(", ");
    match fields {
        Fields::Unit => String::new(),
        Fields::Unnamed(_) => format!("({each})"),
        Fields::Named(_) => format!("{{{each}}}"),
    }
}

fn implemented(it: &ItemImpl, to: &mut Writer<'_>) -> syn::Result<()> {
    let about = to.about(&it.attrs)?;
    let around = std::mem::replace(&mut to.gates, about.gates);
    let written = match &it.trait_ {
        Some((_, path, _)) => implemented_trait(it, path, to),
        None => own(it, to),
    };
    to.gates = around;
    written
}

/// A trait, which a type has by its name and by what it is generic over.
fn implemented_trait(it: &ItemImpl, path: &syn::Path, to: &mut Writer<'_>) -> syn::Result<()> {
    let types = it.items.iter().filter_map(|it| match it {
        ImplItem::Type(it) if it.generics.params.is_empty() => {
            Some((it.ident.to_string(), to.scope.text(&it.ty)))
        }
        _ => None,
    });
    let types = types.collect();
    let Some(implemented) = path.segments.last() else {
        return Ok(());
    };
    let (name, owner) = (to.scope.text(implemented), to.scope.text(&it.self_ty));
    // `impl From<Own> for Foreign` is something that `Own` has.
    let own = match &implemented.arguments {
        syn::PathArguments::AngleBracketed(arguments) if !owner.starts_with("crate::") => {
            arguments.args.first().map(|it| to.scope.text(it))
        }
        _ => None,
    };
    match own {
        Some(own) if own.starts_with("crate::") => {
            to.implement(&own, format!("{name} for {owner}"), types);
        }
        _ => to.implement(&owner, name, types),
    }
    Ok(())
}

/// The methods and constants that a type has of its own.
fn own(it: &ItemImpl, to: &mut Writer<'_>) -> syn::Result<()> {
    let owner = match &*it.self_ty {
        // Whatever it is generic over.
        Type::Path(path) => {
            let names = path.path.segments.iter().map(|it| it.ident.to_string());
            to.scope.path(&names.collect::<Vec<_>>().join("::"))
        }
        other => to.scope.text(other),
    };
    for it in &it.items {
        match it {
            ImplItem::Fn(it) if is_public(&it.vis) => {
                let (about, function) = (to.about(&it.attrs)?, to.function(&it.sig)?);
                let method = (owner.clone(), it.sig.ident.to_string(), about, function);
                to.to.methods.push(method);
            }
            ImplItem::Const(it) => {
                let about = to.about(&it.attrs)?;
                let value = value("const", &it.ty, &it.expr, to)?;
                match is_public(&it.vis) {
                    true => {
                        let constant = (owner.clone(), it.ident.to_string(), about, value);
                        to.to.constants.push(constant);
                    }
                    false => {
                        let path = format!("{owner}::{}", it.ident);
                        to.to.hidden.insert(path, value.parts);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn value(word: &'static str, ty: &Type, value: &Expr, to: &Writer<'_>) -> syn::Result<Value> {
    let mut parts = Vec::new();
    take_apart(value, to, &mut parts)?;
    Ok(Value {
        word,
        ty: to.scope.text(ty),
        parts,
    })
}

/// The parts of a value: calls one after another are each a part, and so are the addresses.
fn take_apart(value: &Expr, to: &Writer<'_>, parts: &mut Vec<String>) -> syn::Result<()> {
    match value {
        Expr::MethodCall(call) => {
            take_apart(&call.receiver, to, parts)?;
            let (name, arguments) = (&call.method, to.scope.text(&call.args));
            parts.push(format!(".{name}({arguments})"));
        }
        Expr::Macro(invoked) if invoked.mac.path.is_ident("endpoints") => {
            parts.extend(endpoints(&invoked.mac)?);
        }
        // An operation: what the document calls it, and where its requests go.
        Expr::Call(call) if is_operation(&call.func) && call.args.len() == 4 => {
            let texts = call.args.iter().map(super::super::declare::text_of);
            let texts: Vec<_> = texts.collect::<syn::Result<_>>()?;
            parts.push(format!("{} of {}", texts[1], texts[0]));
            parts.push(format!("{} {}", texts[2], texts[3]));
        }
        other => parts.push(to.scope.text(other)),
    }
    Ok(())
}

fn is_operation(function: &Expr) -> bool {
    function.to_token_stream().to_string() == "Operation :: new"
}
