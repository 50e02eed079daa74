//! `accessor!`: the type that has the calls of a service, and the method that gives it.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Token};

use super::Declaration;
use crate::rust::declare::Writer;
use crate::rust::model::{Function, TypeBody};

/// Its input.
pub struct Accessor {
    attributes: Vec<Attribute>,
    owner: Ident,
    method: Ident,
    name: Ident,
}

impl Parse for Accessor {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let owner = input.parse()?;
        input.parse::<Token![::]>()?;
        let method = input.parse()?;
        input.parse::<Token![->]>()?;
        let name = input.parse()?;
        super::inside(input)?;
        Ok(Self {
            attributes,
            owner,
            method,
            name,
        })
    }
}

impl Declaration for Accessor {
    fn names(&self) -> Vec<&Ident> {
        vec![&self.name]
    }

    fn write(&self, to: &mut Writer<'_>) -> syn::Result<()> {
        let about = to.about(&self.attributes)?;
        let body = TypeBody {
            has_private_fields: true,
            traits: to.traits(["Clone", "Debug"]),
            ..TypeBody::default()
        };
        let (owner, name) = (to.scope.path(&self.owner.to_string()), to.here(&self.name));
        let method = Function {
            receiver: "&self".to_owned(),
            output: name.clone(),
            ..Function::default()
        };
        let called = self.method.to_string();
        let methods = &mut to.to.methods;
        methods.push((owner.clone(), called.clone(), about.clone(), method));
        to.to.accessors.push((owner, called, name));
        to.declare(&self.name, about, body);
        Ok(())
    }
}
