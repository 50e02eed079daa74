//! `mocked_operation!`: the fake of an operation.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Token, Type};

use super::{Declaration, skip_value};
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
    fields: Vec<(Vec<Attribute>, Ident, Type)>,
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
        let rows;
        syn::braced!(rows in input);
        let mut fields = Vec::new();
        while !rows.is_empty() {
            let attributes = rows.call(Attribute::parse_outer)?;
            let name = rows.parse()?;
            rows.parse::<Token![:]>()?;
            let ty = rows.parse()?;
            rows.parse::<Token![=]>()?;
            skip_value(&rows)?;
            rows.parse::<Token![,]>()?;
            fields.push((attributes, name, ty));
        }
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
            traits: ["Clone", "Copy", "Debug"]
                .map(|it| inner.derived(it))
                .into(),
            ..TypeBody::default()
        };
        inner.declare(&self.name, plain.clone(), marker);
        let mut request = TypeBody {
            non_exhaustive: true,
            traits: ["Clone", "Debug"].map(|it| inner.derived(it)).into(),
            ..TypeBody::default()
        };
        for (attributes, name, ty) in &self.fields {
            let about = inner.about(attributes)?;
            request.members.push(inner.field(name, about, ty));
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
