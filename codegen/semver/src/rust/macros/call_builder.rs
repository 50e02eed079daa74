//! `call_builder!`: the builder of an operation.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Token, Type};

use super::{Declaration, Row, head};
use crate::rust::declare::Writer;
use crate::rust::model::{Function, TypeBody};

/// Its input.
pub struct CallBuilder {
    attributes: Vec<Attribute>,
    name: Ident,
    project: Option<Ident>,
    output: Type,
    failure: Type,
    fields: Vec<Row>,
}

impl Parse for CallBuilder {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (attributes, name) = head(input)?;
        // What the method of the service takes says the same.
        super::inside(input)?;
        let project = match input.parse::<Option<Token![in]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        input.parse::<Token![->]>()?;
        let output = input.parse()?;
        input.parse::<Token![,]>()?;
        let failure = input.parse()?;
        if input.parse::<Option<Token![,]>>()?.is_some() {
            // How the body is read.
            input.parse::<Ident>()?;
            if input.peek(syn::token::Paren) {
                super::inside(input)?;
            }
        }
        let fields = super::rows(input, |input| {
            let mut row = Row::parse(input)?;
            // What is taken, where that is not what is kept.
            if input.parse::<Option<Token![=]>>()?.is_some() {
                row.ty = input.parse()?;
            }
            input.parse::<Token![,]>()?;
            Ok(row)
        })?;
        Ok(Self {
            attributes,
            name,
            project,
            output,
            failure,
            fields,
        })
    }
}

impl Declaration for CallBuilder {
    fn names(&self) -> Vec<&Ident> {
        vec![&self.name]
    }

    fn write(&self, to: &mut Writer<'_>) -> syn::Result<()> {
        let mut body = TypeBody {
            has_private_fields: true,
            traits: to.traits(["Clone", "Debug", "Call"]),
            ..TypeBody::default()
        };
        let plain = to.about(&[])?;
        for it in &self.fields {
            let method = (to.about(&it.attributes)?, to.setter(&it.name, &it.ty));
            body.methods.insert(it.name.to_string(), method);
        }
        if let Some(project) = &self.project {
            let setter = to.setter(project, &syn::parse_quote!(impl Into<String>));
            let method = (plain.clone(), setter);
            body.methods.insert(project.to_string(), method);
        }
        let options = syn::parse_quote!(crate::runtime::CallOptions);
        let setter = to.setter(&"options", &options);
        let method = (plain.clone(), setter);
        body.methods.insert("call_options".to_owned(), method);
        let (output, failure) = (to.scope.text(&self.output), to.scope.text(&self.failure));
        let send = Function {
            is_async: true,
            receiver: "self".to_owned(),
            output: format!(
                "Result<crate::runtime::Response<{output}>, crate::runtime::Error<{failure}>>"
            ),
            ..Function::default()
        };
        body.methods.insert("send".to_owned(), (plain, send));
        let about = to.about(&self.attributes)?;
        to.declare(&self.name, about, body);
        Ok(())
    }
}
