//! Parameters of path, query, header and cookie.

use std::collections::HashSet;

use crate::check::is_no_parameter;
use crate::diagnostic::codes;
use crate::load::tree::Node;
use crate::model::{
    Alternative, ClientParameter, Constraints, Parameter, ParameterLocation, Spelling, Style, Type,
};
use crate::names::{Names, pascal};

use super::context::{Context, text};
use super::schema::{Layers, constraints, lower_policy};
use super::security::is_key;

impl<'d> Context<'d> {
    /// The parameters of an operation: its own, then those of the path item it does not repeat.
    pub(super) fn lower_parameters(
        &mut self,
        operation: &'d Node,
        item: &'d Node,
        path: &str,
        owner: &str,
        security: Option<&[Alternative]>,
        idents: &mut Names,
    ) -> Vec<Parameter> {
        let mut nodes: Vec<&'d Node> = Vec::new();
        for list in [operation.get("parameters"), item.get("parameters")]
            .into_iter()
            .flatten()
        {
            for node in list.items() {
                let node = self.resolve(node);
                if !nodes.iter().any(|known| same(known, node)) {
                    nodes.push(node);
                }
            }
        }
        let in_path: Vec<_> = names_in(path).collect();
        let declared = nodes
            .into_iter()
            .filter_map(|node| self.lower_parameter(node, owner, security, idents))
            // `check` tells of one that no place in the path is left for.
            .filter(|it| it.location != ParameterLocation::Path || in_path.contains(&&*it.name));
        let mut parameters: Vec<_> = declared.collect();
        for name in in_path {
            let is_declared =
                |it: &Parameter| it.location == ParameterLocation::Path && it.name == name;
            // `check` tells of one that is declared nowhere. It is text, then.
            if !parameters.iter().any(is_declared) {
                parameters.push(undeclared(name, idents));
            }
        }
        parameters
    }

    fn lower_parameter(
        &mut self,
        node: &'d Node,
        owner: &str,
        security: Option<&[Alternative]>,
        idents: &mut Names,
    ) -> Option<Parameter> {
        let name_node = node.get("name")?;
        let name = name_node.as_str()?.to_owned();
        let location = match node.get("in")?.as_str()? {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            "header" => ParameterLocation::Header,
            "cookie" => ParameterLocation::Cookie,
            // `check` tells of others.
            _ => return None,
        };
        let required = node.get("required").and_then(Node::as_bool) == Some(true);
        // `check` tells of it.
        if location == ParameterLocation::Header && is_no_parameter(&name) {
            return None;
        }
        let client_parameter = self.client_parameter(node, &name, location, security);
        let schema_node = node.get("schema").or_else(|| {
            let content = node.get("content")?.entries().first()?;
            content.value.get("schema")
        });
        let ty = match schema_node {
            Some(schema) => self.lower_type(schema, &format!("{owner}{}", pascal(&name))),
            None => Type::String,
        };
        // A parameter without a type of its own is text.
        let ty = match ty {
            Type::Any if node.get("content").is_none() => Type::String,
            ty => ty,
        };
        let schema = schema_node.map(|schema| Layers::of(self, schema));
        let schema = schema.as_ref();
        let ty = self.parameter_type(&name, location, schema, ty);
        let spelling = spelling_of(node, location);
        if self.is_too_deep(&ty, spelling) {
            let message = format!("the parameter `{name}` has lists or objects inside of others");
            let help = "no value with such can be sent: its style has no place for them; give it by \
                        `content`, or in a query with the style `deepObject`";
            self.report
                .warning(name_node, codes::NESTED_PARAMETER, message, help);
        }
        Some(Parameter {
            ident: idents.snake(&name),
            required: required || location == ParameterLocation::Path,
            deprecated: node.get("deprecated").and_then(Node::as_bool) == Some(true),
            description: text(node.get("description"))
                .or_else(|| text(schema.and_then(|schema| schema.get("description")))),
            constraints: schema.map(constraints).unwrap_or_default(),
            policy: schema.and_then(lower_policy),
            default: schema
                .and_then(|schema| schema.get("default"))
                .map(Node::to_json),
            example: self.parameter_example(node, schema),
            spelling,
            name,
            location,
            client_parameter,
            ty,
        })
    }

    /// Whether the client fills the parameter in: because the document says so, or because
    /// credentials stand there anyway.
    fn client_parameter(
        &self,
        node: &Node,
        name: &str,
        location: ParameterLocation,
        security: Option<&[Alternative]>,
    ) -> Option<ClientParameter> {
        let is_token = || {
            let header = self.profile.token_header().unwrap_or_default();
            location == ParameterLocation::Header && name.eq_ignore_ascii_case(header)
        };
        match node.get("x-client-parameter").and_then(Node::as_str) {
            Some("project_id") if self.profile.has_regions() => Some(ClientParameter::ProjectId),
            Some("auth_token") => Some(ClientParameter::AuthToken),
            _ if is_token() || is_key(self, security, name, location) => {
                Some(ClientParameter::AuthToken)
            }
            _ => None,
        }
    }

    /// Whether a style has no place for what is inside of a value.
    fn is_too_deep(&self, ty: &Type, spelling: Spelling) -> bool {
        let is_list = |ty: &Type| matches!(ty, Type::Array(_));
        let is_several = |ty: &Type| match seen_through(ty) {
            Type::Array(_) | Type::Map(_) => true,
            ty => self.fields_of(ty).is_some(),
        };
        // A member that is a list is one pair an entry.
        let is_exploded = spelling.explode && spelling.style == Style::Form;
        let is_member = |ty: &Type| is_several(ty) && !(is_exploded && is_list(ty));
        match (spelling.style, seen_through(ty)) {
            (Style::DeepObject | Style::Json, _) => false,
            (_, Type::Array(entry)) => is_several(entry),
            (_, Type::Map(member)) => is_member(member),
            (_, ty) => {
                let fields = self.fields_of(ty).into_iter().flatten();
                fields.map(|it| seen_through(&it.ty)).any(is_member)
            }
        }
    }

    fn parameter_example(
        &self,
        node: &'d Node,
        schema: Option<&Layers<'d>>,
    ) -> Option<serde_json::Value> {
        let example = node.get("example").or_else(|| {
            let first = node.get("examples")?.entries().first()?;
            self.resolve(&first.value).get("value")
        });
        example
            .or_else(|| schema?.get("example"))
            .map(Node::to_json)
    }
}

/// A type without saying that its value may be `null`.
fn seen_through(mut ty: &Type) -> &Type {
    while let Type::Nullable(inner) = ty {
        ty = inner;
    }
    ty
}

/// How the value of a parameter is written.
fn spelling_of(node: &Node, location: ParameterLocation) -> Spelling {
    let usual = match location {
        ParameterLocation::Path | ParameterLocation::Header => Style::Simple,
        ParameterLocation::Query | ParameterLocation::Cookie => Style::Form,
    };
    match node.get("content") {
        Some(_) => Spelling {
            style: Style::Json,
            ..spelling(node, usual)
        },
        None => spelling(node, usual),
    }
}

/// What `style`, `explode` and `allowReserved` say, where `usual` is the style if none is given.
pub(super) fn spelling(node: &Node, usual: Style) -> Spelling {
    let style = node.get("style").and_then(Node::as_str).and_then(Style::of);
    let style = style.unwrap_or(usual);
    let flag = |key: &str| node.get(key).and_then(Node::as_bool);
    Spelling {
        style,
        explode: flag("explode").unwrap_or(style == Style::Form),
        allow_reserved: flag("allowReserved") == Some(true),
    }
}

/// The names in the braces of a path template, each once.
fn names_in(path: &str) -> impl Iterator<Item = &str> {
    let mut seen = HashSet::new();
    let opened = path.split('{').skip(1);
    let names = opened.filter_map(|rest| Some(rest.split_once('}')?.0));
    names.filter(move |name| seen.insert(*name))
}

/// A parameter of a path that says nothing of it.
fn undeclared(name: &str, idents: &mut Names) -> Parameter {
    Parameter {
        name: name.to_owned(),
        ident: idents.snake(name),
        location: ParameterLocation::Path,
        required: true,
        deprecated: false,
        description: None,
        client_parameter: None,
        ty: Type::String,
        spelling: Spelling {
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
        },
        constraints: Constraints::default(),
        policy: None,
        default: None,
        example: None,
    }
}

fn same(a: &Node, b: &Node) -> bool {
    let key = |node: &Node| {
        let name = node.get("name")?.as_str()?.to_owned();
        Some((name, node.get("in")?.as_str()?.to_owned()))
    };
    key(a).is_some() && key(a) == key(b)
}
