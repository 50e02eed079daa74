//! `mocked_operation!`: the fake of an operation.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Token, Type};

use super::{Declaration, Row};
use crate::rust::declare::Writer;
use crate::rust::model::{About, Body, TypeBody};
use crate::rust::names::{ModuleNames, Scope};

/// Its input.
pub struct MockedOperation {
    attributes: Vec<Attribute>,
    module: Ident,
    name: Ident,
    output: Type,
    failure: Type,
    fields: Vec<Row>,
}

impl Parse for MockedOperation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let module = input.parse()?;
        input.parse::<Token![::]>()?;
        let name = input.parse()?;
        input.parse::<Token![->]>()?;
        let output = input.parse()?;
        input.parse::<Token![,]>()?;
        let failure = input.parse()?;
        input.parse::<Token![;]>()?;
        // `request(…) { … }`
        input.parse::<Ident>()?;
        super::inside(input)?;
        let fields = super::rows(input, |input| {
            let row = Row::with_value(input)?;
            input.parse::<Token![,]>()?;
            Ok(row)
        })?;
        // What it writes of a response is code.
        input.parse::<proc_macro2::TokenStream>()?;
        Ok(Self {
            attributes,
            module,
            name,
            output,
            failure,
            fields,
        })
    }
}

impl Declaration for MockedOperation {
    fn names(&self) -> Vec<&Ident> {
        vec![&self.module]
    }

    fn write(&self, to: &mut Writer<'_>) -> syn::Result<()> {
        let about = to.about(&self.attributes)?;
        to.item(&self.module, about.clone(), Body::Module);
        // It is a module of its own, which sees what is around it.
        let module = ModuleNames {
            path: to.here(&self.module),
            declared: [self.name.to_string(), "Request".to_owned()].into(),
            ..ModuleNames::default()
        };
        let mut inner = Writer {
            scope: Scope {
                module: &module,
                around: Some(to.scope.module),
                exports: to.scope.exports,
            },
            gates: about.gates,
            to: to.to,
        };
        let plain = About {
            gates: inner.gates.clone(),
            ..About::default()
        };
        let marker = TypeBody {
            non_exhaustive: true,
            traits: inner.traits(["Clone", "Copy", "Debug"]),
            ..TypeBody::default()
        };
        inner.declare(&self.name, plain.clone(), marker);
        let mut request = TypeBody {
            non_exhaustive: true,
            traits: inner.traits(["Clone", "Debug"]),
            ..TypeBody::default()
        };
        for it in &self.fields {
            let about = inner.about(&it.attributes)?;
            request.members.push(inner.field(&it.name, about, &it.ty));
        }
        inner.declare(&"Request", plain, request);
        let types = [
            ("Output", inner.scope.text(&self.output)),
            ("Failure", inner.scope.text(&self.failure)),
        ];
        let types = types.map(|(name, ty)| (name.to_owned(), ty)).into();
        let owner = inner.here(&self.name);
        inner.implement(&owner, "MockedOperation".to_owned(), types);
        Ok(())
    }
}
