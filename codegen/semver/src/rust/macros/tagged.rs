//! `tagged!`: a choice of shapes that a word in each tells apart.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Token, Type};

use super::{Declaration, head};
use crate::rust::declare::Writer;
use crate::rust::model::{TypeBody, TypeKind};

/// Its input.
pub struct Tagged {
    attributes: Vec<Attribute>,
    name: Ident,
    property: String,
    shapes: Vec<(Ident, Type, String)>,
}

impl Parse for Tagged {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (attributes, name) = head(input)?;
        // `by "property"`
        input.parse::<Ident>()?;
        let property = input.parse::<LitStr>()?.value();
        let shapes = super::rows(input, |input| {
            let variant = input.parse()?;
            let held;
            syn::parenthesized!(held in input);
            let ty = held.parse()?;
            input.parse::<Token![=]>()?;
            let words;
            syn::bracketed!(words in input);
            let first = words.parse::<LitStr>()?.value();
            words.parse::<proc_macro2::TokenStream>()?;
            input.parse::<Option<Ident>>()?;
            input.parse::<Token![;]>()?;
            Ok((variant, ty, first))
        })?;
        Ok(Self {
            attributes,
            name,
            property,
            shapes,
        })
    }
}

impl Declaration for Tagged {
    fn names(&self) -> Vec<&Ident> {
        vec![&self.name]
    }

    fn write(&self, to: &mut Writer<'_>) -> syn::Result<()> {
        let about = to.about(&self.attributes)?;
        let mut body = TypeBody {
            kind: TypeKind::Enum,
            non_exhaustive: true,
            traits: to.traits(["Clone", "Debug", "Deserialize", "Serialize"]),
            ..TypeBody::default()
        };
        for (name, ty, word) in &self.shapes {
            let mut variant = to.variant(name, Some(ty));
            let ty = to.scope.text(ty);
            body.traits.extend([to.derived(&format!("From<{ty}>"))]);
            variant.ty = format!("(Box<{ty}>)");
            variant.about.docs = format!("What `{}` calls `{word}`.", self.property);
            variant.wire.clone_from(word);
            body.members.push(variant);
        }
        let unknown = syn::parse_quote!(serde_json::Value);
        body.members.push(to.variant(&"Unknown", Some(&unknown)));
        to.declare(&self.name, about, body);
        Ok(())
    }
}
