//! `constructors!`: `new` and a method for each field that need not be there.

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Path, Token, Type};

use super::{Declaration, skip_value};
use crate::rust::declare::Writer;
use crate::rust::model::Function;

/// Its input.
pub struct Constructors(Vec<Constructor>);

struct Constructor {
    name: Path,
    needed: Vec<(Ident, Type)>,
    later: Vec<(Vec<Attribute>, Ident, Type)>,
}

/// `name: type = value`, perhaps with `=> what it is first`, and the comma behind it.
fn field(input: ParseStream<'_>) -> syn::Result<(Ident, Type)> {
    let name = input.parse()?;
    input.parse::<Token![:]>()?;
    let ty = input.parse()?;
    input.parse::<Token![=]>()?;
    skip_value(input)?;
    if input.parse::<Option<Token![=>]>>()?.is_some() {
        skip_value(input)?;
    }
    input.parse::<Option<Token![,]>>()?;
    Ok((name, ty))
}

impl Parse for Constructors {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut all = Vec::new();
        while !input.is_empty() {
            let name = input.call(Path::parse_mod_style)?;
            let (mut needed, mut later) = (Vec::new(), Vec::new());
            let fields;
            syn::parenthesized!(fields in input);
            while !fields.is_empty() {
                needed.push(field(&fields)?);
            }
            if input.peek(syn::token::Brace) {
                let fields;
                syn::braced!(fields in input);
                while !fields.is_empty() {
                    let attributes = fields.call(Attribute::parse_outer)?;
                    let (name, ty) = field(&fields)?;
                    later.push((attributes, name, ty));
                }
            }
            if input.parse::<Option<Token![..]>>()?.is_some() {
                type Names = syn::punctuated::Punctuated<Ident, Token![,]>;
                Names::parse_separated_nonempty(input)?;
            }
            input.parse::<Token![;]>()?;
            all.push(Constructor {
                name,
                needed,
                later,
            });
        }
        Ok(Self(all))
    }
}

impl Declaration for Constructors {
    fn names(&self) -> Vec<&Ident> {
        Vec::new()
    }

    fn write(&self, to: &mut Writer<'_>) -> syn::Result<()> {
        for it in &self.0 {
            let owner = it.name.to_token_stream().to_string().replace(' ', "");
            let owner = to.scope.path(&owner);
            let arguments = it.needed.iter();
            let arguments = arguments.map(|(name, ty)| (name.to_string(), to.scope.text(ty)));
            let new = Function {
                arguments: arguments.collect(),
                output: "Self".to_owned(),
                ..Function::default()
            };
            let methods = &mut to.to.methods;
            let about = crate::rust::model::About {
                gates: to.gates.clone(),
                ..Default::default()
            };
            methods.push((owner.clone(), "new".to_owned(), about, new));
            for (attributes, name, ty) in &it.later {
                let (about, setter) = (to.about(attributes)?, to.setter(name, ty));
                let method = (owner.clone(), name.to_string(), about, setter);
                to.to.methods.push(method);
            }
        }
        Ok(())
    }
}
