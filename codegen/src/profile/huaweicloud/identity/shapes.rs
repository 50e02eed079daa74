//! What the emitted code takes for granted about the shapes of requests and responses.
//!
//! Things are found by their names on the wire; a document that names them otherwise is told what
//! is missing, and no code comes out that does not compile.

use proc_macro2::Ident;

use crate::model::{Field, Operation, ParameterLocation, SchemaKind, Service, Type};
use crate::names::ident;

/// An object of the document.
pub(super) struct Object<'m> {
    service: &'m Service,
    /// Its Rust name.
    pub(super) name: Ident,
    what: String,
    fields: &'m [Field],
}

impl<'m> Object<'m> {
    /// The object that is the body of an operation's request.
    pub(super) fn body(service: &'m Service, operation: &'m Operation) -> Result<Self, String> {
        let body = operation.body.as_ref().map(|body| &body.ty);
        Self::of(service, body, "the request body")
    }

    fn of(service: &'m Service, ty: Option<&'m Type>, what: &str) -> Result<Self, String> {
        let named = match ty {
            Some(Type::Named(name)) => service.schemas.get(name),
            _ => None,
        };
        match named.map(|schema| (&schema.name, &schema.kind)) {
            Some((name, SchemaKind::Object { fields, .. })) => Ok(Self {
                service,
                name: ident(name),
                what: what.to_owned(),
                fields,
            }),
            _ => Err(format!("`x-client-use` needs {what} to be an object")),
        }
    }

    /// Whether there is a field of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// A field that is an object with these required fields, in this order.
    pub(super) fn field(&self, name: &str, required: &[&str]) -> Result<Self, String> {
        let what = format!("`{name}` in {}", self.what);
        let field = self.fields.iter().find(|field| field.name == name);
        let object = Self::of(self.service, field.map(|field| &field.ty), &what)?;
        let needed: Vec<_> = object
            .fields
            .iter()
            .filter(|field| field.required)
            .collect();
        if needed
            .iter()
            .map(|field| field.name.as_str())
            .eq(required.iter().copied())
        {
            return Ok(object);
        }
        let listed = required.join(", ");
        Err(format!(
            "`x-client-use` needs {what} to require {} and nothing else, in this order",
            if listed.is_empty() {
                "nothing"
            } else {
                &listed
            }
        ))
    }

    /// A field of this type, whether it is required or not.
    pub(super) fn has_type(&self, name: &str, ty: &Type, called: &str) -> Result<(), String> {
        let fits = |field: &Field| field.name == name && field.ty == *ty;
        if self.fields.iter().any(fits) {
            return Ok(());
        }
        Err(format!(
            "`x-client-use` needs `{name}` in {} to be {called}",
            self.what
        ))
    }
}

/// A text in the query that need not be there.
pub(super) fn optional_query(operation: &Operation, name: &str) -> Result<(), String> {
    let fits = operation.parameters.iter().any(|parameter| {
        parameter.name == name
            && parameter.location == ParameterLocation::Query
            && !parameter.required
            && parameter.ty == Type::String
    });
    if fits {
        return Ok(());
    }
    Err(format!(
        "`x-client-use` needs the query parameter `{name}`, a string that is not required"
    ))
}

/// A text in a header; its setter.
pub(super) fn header(operation: &Operation, name: &str) -> Result<Ident, String> {
    let found = operation.parameters.iter().find(|parameter| {
        parameter.name.eq_ignore_ascii_case(name)
            && parameter.location == ParameterLocation::Header
            && parameter.ty == Type::String
    });
    found
        .map(|parameter| ident(&parameter.ident))
        .ok_or_else(|| format!("`x-client-use` needs the header parameter `{name}`, a string"))
}

/// The token that an operation hands out, and what is known about it.
pub(super) fn hands_out_token(service: &Service, operation: &Operation) -> Result<(), String> {
    let headers = operation.responses.iter().flat_map(|it| &it.headers);
    let mut tokens = headers.filter(|header| {
        header.ident == "x_subject_token" && header.required && header.ty == Type::Password
    });
    if tokens.next().is_none() {
        return Err(
            "`x-client-use: sign-in` needs a success with the required header `X-Subject-Token`, \
             a string of `format: password`"
                .to_owned(),
        );
    }
    for path in [
        "token?.expires_at?",
        "token?.project?.id?",
        "token?.user?.domain?.id?",
    ] {
        response_has(service, operation, path, &Type::String, "the text")?;
    }
    Ok(())
}

/// Looks for a value in the one success of an operation, by a path in which `?` follows what need
/// not be there and `[]` what is a list.
pub(super) fn response_has(
    service: &Service,
    operation: &Operation,
    path: &str,
    ty: &Type,
    called: &str,
) -> Result<(), String> {
    let mut successes = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success());
    let (success, more) = (successes.next(), successes.next());
    let body = match (success, more) {
        (Some(success), None) => success.body().cloned(),
        _ => None,
    };
    let leaf = body.and_then(|body| {
        path.split('.')
            .try_fold(body, |ty, step| step_into(service, &ty, step))
    });
    if leaf.as_ref() == Some(ty) {
        return Ok(());
    }
    Err(format!(
        "`x-client-use` needs one success, whose body has {called} `{path}` (`?`: not required)"
    ))
}

fn step_into(service: &Service, ty: &Type, step: &str) -> Option<Type> {
    let name = step.trim_end_matches(['?', '[', ']']);
    let Type::Named(owner) = ty else { return None };
    let SchemaKind::Object { fields, .. } = &service.schemas.get(owner)?.kind else {
        return None;
    };
    let field = fields.iter().find(|field| field.name == name)?;
    if field.required == step.contains('?') || (field.required && field.nullable) {
        return None;
    }
    match (&field.ty, step.contains("[]")) {
        (Type::Array(item), true) => Some((**item).clone()),
        (_, true) => None,
        (ty, false) => Some(ty.clone()),
    }
}
