//! What an operation is about, and the secret that it carries to it.

use std::collections::{HashSet, VecDeque};

use huaweicloud_codegen::model::{self, Field, ParameterLocation, SchemaKind, Service, Type};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What an operation is about, and the secret that it carries to it.
#[derive(Debug, Default)]
pub(crate) struct Subject {
    /// The path parameters that name the resource.
    pub(crate) path: Vec<String>,
    /// The secret of the body.
    pub(crate) secret: Option<Secret>,
}

/// A secret of a body, such as a new password.
#[derive(Debug)]
pub(crate) struct Secret {
    /// The way from the body to the object that it stands in.
    pub(crate) object: Vec<String>,
    pub(crate) field: String,
    /// The texts beside it that must be there: they name the resource where the path does not.
    pub(crate) names: Vec<String>,
}

impl Subject {
    /// The resource that a request names, if operations of its kind name one.
    pub(crate) fn resource(
        &self,
        path_values: &[(&str, String)],
        body: Option<&Value>,
    ) -> Option<String> {
        let in_path = self.path.iter().filter_map(|name| {
            let found = path_values.iter().find(|(it, _)| it == name);
            found.map(|(_, value)| value.clone())
        });
        let mut parts: Vec<String> = in_path.collect();
        if let (true, Some(secret)) = (self.path.is_empty(), &self.secret) {
            let object = secret.holder(body?)?;
            let texts = secret
                .names
                .iter()
                .filter_map(|name| object.get(name)?.as_str());
            parts = texts.map(str::to_owned).collect();
        }
        (!parts.is_empty()).then(|| bounded(parts.join("/")))
    }
}

/// The longest name of a resource that is kept as it is, in bytes.
const LONGEST_NAME: usize = 256;

/// A name of bounded length that no other name has.
fn bounded(name: String) -> String {
    if name.len() <= LONGEST_NAME {
        return name;
    }
    let digest = Sha256::digest(&name);
    let digest: String = digest.iter().map(|it| format!("{it:02x}")).collect();
    let first: String = name.chars().take(LONGEST_NAME / 8).collect();
    format!("{first}…{digest}")
}

impl Secret {
    fn holder<'v>(&self, body: &'v Value) -> Option<&'v Value> {
        self.object.iter().try_fold(body, |at, name| at.get(name))
    }

    /// What a body has for it.
    pub(crate) fn of<'v>(&self, body: &'v Value) -> Option<&'v str> {
        self.holder(body)?.get(&self.field)?.as_str()
    }
}

/// What the model says of an operation.
pub(crate) fn of(service: &Service, operation: &model::Operation) -> Subject {
    let parameters = operation.parameters.iter();
    let path = parameters.filter(|parameter| {
        parameter.location == ParameterLocation::Path && parameter.client_parameter.is_none()
    });
    Subject {
        path: path.map(|parameter| parameter.name.clone()).collect(),
        secret: operation
            .body
            .as_ref()
            .and_then(|body| secret(service, &body.ty)),
    }
}

/// The secret that stands the least deep; of several in one object that with a policy, which is the
/// new one where the old one has to be given too.
fn secret(service: &Service, ty: &Type) -> Option<Secret> {
    let mut open = VecDeque::from([(ty, Vec::new())]);
    let mut seen = HashSet::new();
    while let Some((ty, way)) = open.pop_front() {
        let Type::Named(name) = ty else { continue };
        let kind = service.schemas.get(name).map(|it| &it.kind);
        let Some(SchemaKind::Object { fields, .. }) = kind else {
            continue;
        };
        // A type may hold itself.
        if !seen.insert(name) {
            continue;
        }
        let mut secrets: Vec<&Field> = fields.iter().filter(|it| it.ty == Type::Password).collect();
        secrets.sort_by_key(|field| field.policy.is_none());
        if let Some(field) = secrets.first() {
            let is_name = |it: &&Field| it.required && it.ty == Type::String;
            let names = fields.iter().filter(is_name);
            return Some(Secret {
                object: way,
                field: field.name.clone(),
                names: names.map(|field| field.name.clone()).collect(),
            });
        }
        open.extend(fields.iter().map(|field| {
            let below = way.iter().chain([&field.name]);
            (&field.ty, below.cloned().collect())
        }));
    }
    None
}
