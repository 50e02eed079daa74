//! What a caller gives: the parameters and the body of an operation as fields of a form.

use huaweicloud_codegen::model::{
    ClientParameter, Constraints, Content, Field, Operation, Parameter, ParameterLocation,
    PasswordPolicy, SchemaKind, Service, Spelling, Type,
};
use huaweicloud_codegen::{inline_code, sample, value_rules};
use serde_json::Value;

/// How deep fields nest before an object is one field of JSON.
const MAX_DEPTH: usize = 6;

/// One value that a caller gives.
pub(super) struct Input<'m> {
    /// Unique on the page.
    pub(super) id: String,
    /// Where it goes: `path`, `query`, `header`, `cookie` or `body`.
    pub(super) place: &'static str,
    /// The names that lead to it from there.
    pub(super) at: Vec<&'m str>,
    pub(super) kind: Kind<'m>,
    /// Its type in words.
    pub(super) ty: String,
    /// Whether it must be given where what is around it is.
    pub(super) required: bool,
    /// Whether it must be given at all.
    pub(super) needed: bool,
    pub(super) deprecated: bool,
    pub(super) description: Option<&'m str>,
    /// What it must fulfil, a line of Markdown.
    pub(super) rules: String,
    /// When it is needed, where that depends on another field.
    pub(super) unless: Option<String>,
    pub(super) has_policy: bool,
    pub(super) example: Option<Value>,
    /// What stands in it at first; never a secret.
    pub(super) given: Option<Value>,
    pub(super) spelling: Option<Spelling>,
}

/// What it is given in.
pub(super) enum Kind<'m> {
    /// A line of text.
    Text,
    /// Text that must not be seen.
    Secret,
    /// A number.
    Number,
    /// One of some words; those of JSON are `true`, `false` and numbers.
    Choice(Vec<String>, bool),
    /// JSON.
    Json,
    /// JSON that must not be seen.
    SecretJson,
    /// A file.
    File,
    /// What the credentials bring.
    Credentials,
    /// What a web page may not send.
    OutOfReach,
    /// An object: its fields.
    Group(Vec<Input<'m>>),
}

impl Input<'_> {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        self.at.last().copied().unwrap_or("body")
    }

    /// Itself and all that is in it.
    pub(super) fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        if let Kind::Group(fields) = &self.kind {
            all.extend(fields.iter().flat_map(Self::all));
        }
        all
    }
}

/// The parameters of an operation.
pub(super) fn parameters<'m>(service: &'m Service, operation: &'m Operation) -> Vec<Input<'m>> {
    let parameters = operation.parameters.iter();
    parameters.map(|it| parameter(service, it)).collect()
}

fn parameter<'m>(service: &'m Service, parameter: &'m Parameter) -> Input<'m> {
    let place = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    let kind = match parameter.location {
        _ if parameter.client_parameter == Some(ClientParameter::AuthToken) => Kind::Credentials,
        ParameterLocation::Cookie => Kind::OutOfReach,
        _ => kind_of(service, &parameter.ty, &parameter.constraints),
    };
    let example = parameter
        .example
        .clone()
        .or_else(|| parameter.default.clone());
    let sample = || sample::parameter_value(service, parameter);
    let given = parameter
        .required
        .then(|| example.clone().unwrap_or_else(sample));
    Input {
        id: identifier(place, &[&parameter.name]),
        place,
        at: vec![&parameter.name],
        given: given.filter(|_| !is_secret(&kind)),
        kind,
        ty: words(service, &parameter.ty),
        required: parameter.required,
        needed: parameter.required,
        deprecated: parameter.deprecated,
        description: parameter.description.as_deref(),
        rules: rules(
            &parameter.constraints,
            parameter.policy.as_ref(),
            parameter.default.as_ref(),
        ),
        unless: None,
        has_policy: parameter.policy.is_some(),
        example,
        spelling: Some(parameter.spelling),
    }
}

/// The body of an operation: its fields where it has some, else itself as one.
pub(super) fn body<'m>(service: &'m Service, operation: &'m Operation) -> Vec<Input<'m>> {
    let Some(body) = &operation.body else {
        return Vec::new();
    };
    let reader = Body {
        service,
        files: match &body.content {
            Content::Multipart(parts) => parts
                .iter()
                .filter(|it| {
                    use huaweicloud_codegen::model::FormPartKind::{File, Files};
                    matches!(it.kind, File | Files)
                })
                .map(|it| it.name.as_str())
                .collect(),
            _ => Vec::new(),
        },
    };
    if let Some(fields) = fields_of(service, &body.ty) {
        let example = body.example.as_ref();
        return reader.fields(fields, &[], example, body.required);
    }
    let kind = match body.content {
        Content::Bytes => Kind::File,
        Content::Text if body.ty.holds_secret(&service.schemas) => Kind::Secret,
        Content::Text => Kind::Text,
        _ => kind_of(service, &body.ty, &Constraints::default()),
    };
    let example = body.example.clone();
    let example = example.unwrap_or_else(|| sample::value(service, &body.ty));
    vec![Input {
        id: "body".to_owned(),
        place: "body",
        at: Vec::new(),
        given: Some(example.clone()).filter(|_| !is_secret(&kind)),
        kind,
        ty: words(service, &body.ty),
        required: body.required,
        needed: body.required,
        deprecated: false,
        description: None,
        rules: String::new(),
        unless: None,
        has_policy: false,
        example: Some(example),
        spelling: None,
    }]
}

struct Body<'m> {
    service: &'m Service,
    /// The fields that are files.
    files: Vec<&'m str>,
}

impl<'m> Body<'m> {
    fn fields(
        &self,
        fields: &'m [Field],
        within: &[&'m str],
        example: Option<&Value>,
        needed: bool,
    ) -> Vec<Input<'m>> {
        let fields = fields.iter().map(|field| {
            let mut at = within.to_vec();
            at.push(&field.name);
            let here = example.and_then(|it| it.get(&field.name));
            self.field(field, at, here, needed)
        });
        fields.collect()
    }

    fn field(
        &self,
        field: &'m Field,
        at: Vec<&'m str>,
        here: Option<&Value>,
        needed: bool,
    ) -> Input<'m> {
        let needed = needed && field.required;
        let inner = fields_of(self.service, &field.ty).filter(|_| at.len() < MAX_DEPTH);
        let kind = match inner {
            _ if at.len() == 1 && self.files.contains(&field.name.as_str()) => Kind::File,
            Some(fields) => Kind::Group(self.fields(fields, &at, here, needed)),
            None => kind_of(self.service, &field.ty, &field.constraints),
        };
        let sample = || needed.then(|| sample::field_value(self.service, field));
        let given = here.cloned().filter(|it| !it.is_null()).or_else(sample);
        Input {
            id: identifier("body", &at),
            place: "body",
            given: given.filter(|_| !is_secret(&kind)),
            kind,
            at,
            ty: words(self.service, &field.ty),
            required: field.required,
            needed,
            deprecated: field.deprecated,
            description: field.description.as_deref(),
            rules: rules(
                &field.constraints,
                field.policy.as_ref(),
                field.default.as_ref(),
            ),
            unless: field
                .required_unless
                .as_ref()
                .map(|rule| format!("Needed unless {} is {}.", rule.field, rule.equals)),
            has_policy: field.policy.is_some(),
            example: field.example.clone(),
            spelling: None,
        }
    }
}

/// The fields of an object that has no others.
fn fields_of<'m>(service: &'m Service, ty: &Type) -> Option<&'m [Field]> {
    let Type::Named(name) = ty else { return None };
    match &service.schemas.get(name)?.kind {
        SchemaKind::Object {
            fields,
            extra: None,
        } if !fields.is_empty() => Some(fields),
        _ => None,
    }
}

fn kind_of<'m>(service: &Service, ty: &Type, constraints: &Constraints) -> Kind<'m> {
    match ty {
        Type::Password | Type::SecretText => Kind::Secret,
        Type::Boolean => Kind::Choice(vec!["true".to_owned(), "false".to_owned()], true),
        _ if !constraints.listed.is_empty() => Kind::Choice(constraints.listed.clone(), true),
        Type::Integer { .. } | Type::Wide | Type::Number { .. } => Kind::Number,
        Type::String | Type::Text | Type::Bytes => Kind::Text,
        Type::Nullable(inner) => kind_of(service, inner, constraints),
        Type::Named(name) => match service.schemas.get(name).map(|it| &it.kind) {
            Some(SchemaKind::Enum { variants }) => {
                let words = variants.iter().map(|it| it.wire.clone());
                Kind::Choice(words.collect(), false)
            }
            _ if ty.holds_secret(&service.schemas) => Kind::SecretJson,
            _ => Kind::Json,
        },
        _ if ty.holds_secret(&service.schemas) => Kind::SecretJson,
        _ => Kind::Json,
    }
}

fn is_secret(kind: &Kind<'_>) -> bool {
    matches!(
        kind,
        Kind::Secret | Kind::SecretJson | Kind::Credentials | Kind::File | Kind::Group(_)
    )
}

/// A type in words.
pub(super) fn words(service: &Service, ty: &Type) -> String {
    match ty {
        Type::String | Type::Text => "text".to_owned(),
        Type::Password | Type::SecretText => "secret text".to_owned(),
        Type::Integer { .. } | Type::Wide => "whole number".to_owned(),
        Type::Number { .. } => "number".to_owned(),
        Type::Boolean => "true or false".to_owned(),
        Type::Any => "any JSON".to_owned(),
        Type::SecretJson => "secret JSON".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Array(item) => format!("list of: {}", words(service, item)),
        Type::Map(value) => format!("object with values: {}", words(service, value)),
        Type::Nullable(inner) => format!("{}, or null", words(service, inner)),
        Type::Named(name) => match service.schemas.get(name).map(|it| &it.kind) {
            Some(SchemaKind::Enum { .. }) => "one of some words".to_owned(),
            Some(SchemaKind::OneOf { .. }) => "one of some shapes".to_owned(),
            _ => "object".to_owned(),
        },
    }
}

/// What a value must fulfil.
fn rules(
    constraints: &Constraints,
    policy: Option<&PasswordPolicy>,
    default: Option<&Value>,
) -> String {
    // The generator's words say that a client checks no pattern. A simulator does.
    let unchecked = Constraints {
        pattern: None,
        ..constraints.clone()
    };
    let mut rules = value_rules(&unchecked, policy, default);
    if let Some(pattern) = &constraints.pattern {
        rules.push_str(&format!(" Of the form {}.", inline_code(pattern)));
    }
    rules
}

/// Unique on a page, and of signs that mean nothing in a selector but for the dot.
fn identifier(place: &str, at: &[&str]) -> String {
    let clean = |name: &&str| -> String {
        let kept = name.chars().map(|it| match it {
            it if it.is_ascii_alphanumeric() || it == '_' => it.to_string(),
            it => format!("-{:x}", u32::from(it)),
        });
        kept.collect()
    };
    let names: Vec<_> = at.iter().map(clean).collect();
    format!("{place}.{}", names.join("."))
}
