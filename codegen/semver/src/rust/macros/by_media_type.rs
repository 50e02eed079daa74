//! `by_media_type!`: a body that is one of several.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Token, Type};

use super::{Declaration, head};
use crate::rust::declare::Writer;
use crate::rust::model::{TypeBody, TypeKind};

/// Its input.
pub struct ByMediaType {
    attributes: Vec<Attribute>,
    name: Ident,
    bodies: Vec<(Vec<Attribute>, LitStr, Ident, Type)>,
}

impl Parse for ByMediaType {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (attributes, name) = head(input)?;
        let bodies = super::rows(input, |input| {
            let attributes = input.call(Attribute::parse_outer)?;
            let media = input.parse()?;
            input.parse::<Token![=>]>()?;
            let variant = input.parse()?;
            let body;
            syn::parenthesized!(body in input);
            let ty = body.parse()?;
            body.parse::<Token![as]>()?;
            body.parse::<Ident>()?;
            input.parse::<Token![;]>()?;
            Ok((attributes, media, variant, ty))
        })?;
        Ok(Self {
            attributes,
            name,
            bodies,
        })
    }
}

impl Declaration for ByMediaType {
    fn names(&self) -> Vec<&Ident> {
        vec![&self.name]
    }

    fn write(&self, to: &mut Writer<'_>) -> syn::Result<()> {
        let mut body = TypeBody {
            kind: TypeKind::Enum,
            non_exhaustive: true,
            traits: to.derives(&self.attributes)?,
            ..TypeBody::default()
        };
        for (attributes, media, variant, ty) in &self.bodies {
            let mut variant = to.variant(variant, Some(ty));
            variant.about = to.about(attributes)?;
            variant.wire = media.value();
            body.members.push(variant);
        }
        let about = to.about(&self.attributes)?;
        to.declare(&self.name, about, body);
        Ok(())
    }
}
