//! `failures!`: how an operation fails, by status.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitInt, LitStr, Pat, Token, Type};

use super::{Declaration, head};
use crate::rust::declare::Writer;
use crate::rust::model::{Function, OPEN, TypeBody, TypeKind};

/// Its input.
pub struct Failures {
    attributes: Vec<Attribute>,
    name: Ident,
    rows: Vec<Row>,
}

struct Row {
    /// The status, or how several are called.
    key: String,
    variant: Ident,
    body: Option<Type>,
    /// Whether it may come to have a body.
    is_open: bool,
    docs: String,
}

impl Parse for Failures {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (attributes, name) = head(input)?;
        let rows = super::rows(input, Row::parse)?;
        Ok(Self {
            attributes,
            name,
            rows,
        })
    }
}

impl Parse for Row {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let marks = input.call(Attribute::parse_outer)?;
        // `refused` stands before the status of a success.
        let refused = input.parse::<Option<Ident>>()?.is_some();
        let mut key = input.parse::<LitInt>()?.to_string();
        if input.parse::<Option<Token![as]>>()?.is_some() {
            key = input.parse::<LitStr>()?.value();
        }
        if input.parse::<Option<Token![in]>>()?.is_some() {
            input.call(Pat::parse_single)?;
        }
        input.parse::<Token![=>]>()?;
        let variant = input.parse()?;
        let body = match input.peek(syn::token::Paren) {
            true => {
                let body;
                syn::parenthesized!(body in input);
                let ty = body.parse()?;
                if body.parse::<Option<Token![as]>>()?.is_some() {
                    body.parse::<Ident>()?;
                }
                Some(ty)
            }
            false => None,
        };
        input.parse::<Token![,]>()?;
        let words = input.parse::<LitStr>()?.value();
        let mut docs = match refused {
            true => format!("{words}: the service took the request and said no."),
            false => format!("`{key}`: {words}"),
        };
        if input.parse::<Option<Token![,]>>()?.is_some() {
            docs = input.parse::<LitStr>()?.value();
        }
        input.parse::<Token![;]>()?;
        Ok(Self {
            key,
            variant,
            body,
            is_open: marks.iter().any(|it| it.path().is_ident("non_exhaustive")),
            docs,
        })
    }
}

impl Declaration for Failures {
    fn names(&self) -> Vec<&Ident> {
        vec![&self.name]
    }

    fn write(&self, to: &mut Writer<'_>) -> syn::Result<()> {
        let variants = self.rows.iter().map(|row| {
            let mut variant = to.variant(&row.variant, row.body.as_ref());
            variant.about.docs.clone_from(&row.docs);
            variant.wire.clone_from(&row.key);
            if row.is_open {
                OPEN.clone_into(&mut variant.ty);
            }
            variant
        });
        let fake = to.about(&[syn::parse_quote!(#[cfg(feature = "mock")])])?;
        let without_body = Function {
            arguments: vec![("status".to_owned(), "u16".to_owned())],
            output: "Option<Self>".to_owned(),
            ..Function::default()
        };
        let body = TypeBody {
            kind: TypeKind::Enum,
            methods: [("without_body".to_owned(), (fake, without_body))].into(),
            non_exhaustive: true,
            members: variants.collect(),
            traits: to.traits(["Clone", "Debug", "Display", "Error"]),
            ..TypeBody::default()
        };
        let about = to.about(&self.attributes)?;
        to.declare(&self.name, about, body);
        Ok(())
    }
}
