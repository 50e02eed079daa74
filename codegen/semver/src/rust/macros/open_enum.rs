//! `open_enum!`: an enumeration of words that stays open.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Token};

use super::{Declaration, head};
use crate::rust::declare::Writer;
use crate::rust::model::{Function, TypeBody, TypeKind};

/// Its input.
pub struct OpenEnum {
    attributes: Vec<Attribute>,
    name: Ident,
    words: Vec<(Ident, String, Option<String>)>,
}

impl Parse for OpenEnum {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (attributes, name) = head(input)?;
        if input.parse::<Option<Token![:]>>()?.is_some() {
            input.parse::<Ident>()?;
        }
        let words = super::rows(input, |input| {
            let variant = input.parse()?;
            input.parse::<Token![=]>()?;
            let word = input.parse::<LitStr>()?.value();
            let docs = match input.parse::<Option<Token![,]>>()? {
                Some(_) => Some(input.parse::<LitStr>()?.value()),
                None => None,
            };
            input.parse::<Token![;]>()?;
            Ok((variant, word, docs))
        })?;
        Ok(Self {
            attributes,
            name,
            words,
        })
    }
}

const TRAITS: [&str; 12] = [
    "Clone",
    "Debug",
    "Deserialize",
    "Display",
    "Eq",
    "From<&str>",
    "From<String>",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Serialize",
];

impl Declaration for OpenEnum {
    fn names(&self) -> Vec<&Ident> {
        vec![&self.name]
    }

    fn write(&self, to: &mut Writer<'_>) -> syn::Result<()> {
        let about = to.about(&self.attributes)?;
        let variants = self.words.iter().map(|(name, word, docs)| {
            let mut variant = to.variant(name, None);
            let docs = docs.clone();
            variant.about.docs = docs.unwrap_or_else(|| format!("`{word}` on the wire."));
            variant.wire.clone_from(word);
            variant
        });
        let mut members: Vec<_> = variants.collect();
        // They are in the order of their words, whatever that of the document is.
        members.sort_by(|a, b| a.wire.cmp(&b.wire));
        members.push(to.variant(&"Unknown", Some(&syn::parse_quote!(String))));
        let as_str = Function {
            receiver: "&self".to_owned(),
            output: "&str".to_owned(),
            ..Function::default()
        };
        let plain = to.about(&[])?;
        let body = TypeBody {
            kind: TypeKind::Enum,
            non_exhaustive: true,
            members,
            traits: to.traits(TRAITS),
            methods: [("as_str".to_owned(), (plain, as_str))].into(),
            ..TypeBody::default()
        };
        to.declare(&self.name, about, body);
        Ok(())
    }
}
