//! `constructors!`: `new` and a method for each field that need not be there.

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Path, Token};

use super::{Declaration, Row, skip_value};
use crate::rust::declare::Writer;
use crate::rust::model::Function;

/// Its input.
pub struct Constructors(Vec<Constructor>);

struct Constructor {
    name: Path,
    needed: Vec<Row>,
    later: Vec<Row>,
}

/// `name: type = value`, perhaps with `=> what it is first`, and the comma behind it.
fn field(input: ParseStream<'_>) -> syn::Result<Row> {
    let row = Row::with_value(input)?;
    if input.parse::<Option<Token![=>]>>()?.is_some() {
        skip_value(input)?;
    }
    input.parse::<Option<Token![,]>>()?;
    Ok(row)
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
                later = super::rows(input, field)?;
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
            let arguments = arguments.map(|it| (it.name.to_string(), to.scope.text(&it.ty)));
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
            for row in &it.later {
                let (about, setter) = (to.about(&row.attributes)?, to.setter(&row.name, &row.ty));
                let method = (owner.clone(), row.name.to_string(), about, setter);
                to.to.methods.push(method);
            }
        }
        Ok(())
    }
}
