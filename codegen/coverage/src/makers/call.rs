//! One call: the values that are given to the client, and the code that gives them.

use std::collections::BTreeSet;

use huaweicloud_codegen::example_call;
use huaweicloud_codegen::model::{
    Content, FormPartKind, ParameterLocation, SchemaKind, SchemeKind, Service, Type,
};
use serde_json::{Map, Value, json};

use super::document::{entries, text};
use super::kinds::{self, Choice};
use super::values::Values;

/// What files and bytes are in calls of the generator's.
const FILE: &str = "sample";

/// Parts that are written already.
const PARTS: &str =
    "--here\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nsample\r\n--here--\r\n";

/// A call with what is given.
pub struct Call {
    /// What it is, for the server and for the comparison.
    pub facts: Value,
    /// An expression from `client` to the builder.
    pub expression: String,
    /// What a client is given to say who calls.
    pub credentials: String,
}

/// Makes a call of a choice; none where the crate has no such operation.
pub fn of(choice: &Choice<'_>, service: &Service, krate: &str) -> Result<Call, String> {
    let operation = choice.operation;
    let has = |path: &str| path.ends_with(operation.path);
    let mut found: Vec<_> = service
        .operations
        .iter()
        .filter(|it| it.method.key() == operation.method && has(&it.path))
        .collect();
    found.sort_by_key(|it| it.path.len());
    let found = found.first().ok_or("it was left out of the crate")?;
    let (mut service, mut called) = (service.clone(), (*found).clone());

    let mut given = json!({"path": {}, "query": {}, "header": {}, "cookie": {}});
    // What no value is known for is not given.
    let mut shown = BTreeSet::from([kinds::of_schemes(operation, &choice.schemes)]);
    for parameter in operation.parameters() {
        let (place, name) = (text(parameter, "in"), text(parameter, "name"));
        // Delimiters of a style are in no value: readers split after they decoded.
        let word = match place {
            "query" if text(parameter, "style") == "spaceDelimited" => "né-w/&=+%?#",
            "query" if parameter.get("content").is_none() => "né w/&=+%?#",
            "path" => "né w&=+%",
            "cookie" => "word",
            _ => "a plain word",
        };
        let content = entries(parameter.get("content")).next();
        let schema = content.and_then(|it| it.1.get("schema"));
        let schema = schema.or_else(|| parameter.get("schema"));
        let value = schema.and_then(|it| Values::with(operation.document, word).of(it));
        let location = match place {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            "header" => ParameterLocation::Header,
            _ => ParameterLocation::Cookie,
        };
        let known = called
            .parameters
            .iter_mut()
            .find(|it| it.location == location && it.name.eq_ignore_ascii_case(name));
        let value = value.filter(|it| *it != json!({}) && *it != json!([]));
        let (Some(known), Some(value)) = (known, value) else {
            continue;
        };
        // The styles but one have no place for what is nested.
        let is_deep = content.is_some() || text(parameter, "style") == "deepObject";
        if !is_deep && is_nested(&value) {
            continue;
        }
        known.required = true;
        known.example = Some(value.clone());
        given[place][name] = value;
        shown.insert(kinds::of_parameter(operation, parameter));
    }
    let mut body = Value::Null;
    let mut written = String::new();
    let media_type = choice.body.map(|it| it.0);
    if let (Some((media_type, content)), Some(known)) = (choice.body, called.body.as_mut()) {
        let schema = content.get("schema");
        let value = schema.and_then(|it| Values::with(operation.document, "né w/&=+%\"<").of(it));
        // A range is written as one of its types.
        if known.media_type == media_type || known.others.is_empty() {
            known.required = true;
            known.example = value.clone();
            body = value.unwrap_or(Value::Null);
            if let (Content::Multipart(parts), Type::Named(name)) = (&known.content, &known.ty)
                && let Some(SchemaKind::Object { fields, .. }) =
                    service.schemas.get_mut(name).map(|it| &mut it.kind)
            {
                for field in fields {
                    let part = parts.iter().find(|it| it.name == field.name);
                    let kind = part.map(|it| it.kind);
                    let is_file = matches!(kind, Some(FormPartKind::File | FormPartKind::Files));
                    field.required |= is_file;
                    if let (true, Some(members)) = (is_file, body.as_object_mut()) {
                        let is_list = kind == Some(FormPartKind::Files);
                        let file = if is_list { json!([FILE]) } else { json!(FILE) };
                        members.insert(field.name.clone(), file);
                    }
                }
            }
            if known.content == Content::Bytes {
                body = FILE.into();
            }
            // A shape in a type that is text is the text that it is written as.
            if known.content == Content::Text && !body.is_string() {
                body = body.to_string().into();
            }
            // What the document does not list an example does not show.
            let listed = match &known.ty {
                Type::Named(name) => match service.schemas.get(name).map(|it| &it.kind) {
                    Some(SchemaKind::Object { fields, .. }) => Some(fields),
                    _ => None,
                },
                _ => None,
            };
            let is_listed =
                |name: &str| listed.is_none_or(|all| all.iter().any(|it| it.name == name));
            let members = body.as_object().into_iter().flatten();
            let extra: Map<_, _> = members
                .filter(|(name, _)| !is_listed(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            if !extra.is_empty() {
                let extra = Value::Object(extra).to_string();
                written = format!(".extra(serde_json::from_str({extra:?})?)");
            }
            // Without fields, there is no body at all.
            if body == json!({}) {
                body = Value::Null;
            }
        } else {
            body = if media_type.contains("json") || media_type == "*/*" {
                value.unwrap_or(Value::Null)
            } else {
                FILE.into()
            };
            let text = match &body {
                Value::String(_) if media_type == "multipart/form-data" => {
                    body = json!({"note": FILE});
                    PARTS.to_owned()
                }
                Value::String(text) if !media_type.contains("json") => text.clone(),
                body => body.to_string(),
            };
            let concrete = match media_type {
                "*/*" => "application/json".to_owned(),
                parts @ "multipart/form-data" => format!("{parts}; boundary=here"),
                range => range.replace('*', "vnd.sample"),
            };
            written = format!(
                ".written_body({krate}::runtime::Upload::bytes({text:?}).content_type({concrete:?}))"
            );
            called.body = None;
        }
    }
    let kind = choice.body.map(|it| kinds::of_body(operation, it));
    shown.extend(kind.filter(|it| !body.is_null() || it.ends_with(kinds::WITHOUT_FIELDS)));
    let (mut calls, mut secrets) = (Vec::new(), Map::new());
    for name in &choice.schemes {
        let scheme = service.scheme(name).filter(|it| it.is_sent());
        let scheme = scheme.ok_or("no request can carry its credentials")?;
        // One header has one token, whatever schemes there are that ask for it.
        let secret = match scheme.kind {
            SchemeKind::ApiKey(..) => format!("secret-of-{}", scheme.ident),
            _ => "secret-of-the-caller".to_owned(),
        };
        let user = match scheme.kind {
            SchemeKind::Basic => "\"user\", ",
            _ => "",
        };
        calls.push(format!(
            "{krate}::credentials::{}({user}{secret:?})",
            scheme.ident
        ));
        secrets.insert((*name).to_owned(), secret.into());
    }
    let credentials = calls
        .into_iter()
        .reduce(|all, it| format!("{all}.and({it})"));
    let credentials = credentials.map_or(".without_credentials()".to_owned(), |it| {
        format!(".credentials({it})")
    });
    let expression = example_call(&service, &called) + &written;
    Ok(Call {
        facts: json!({
            "operation": operation.name(), "path": operation.path, "method": operation.method,
            "kinds": choice.kinds, "shown": shown, "given": given, "media_type": media_type, "body": body,
            "secrets": secrets,
        }),
        expression,
        credentials,
    })
}

/// The program that makes all calls of a crate, each to an address of its own.
pub fn program(calls: &[Call], krate: &str) -> String {
    let mut out = format!(
        "#![allow(warnings)]\n\nuse {krate}::{{Client, Password}};\n\n\
         type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;\n\n\
         #[tokio::main]\nasync fn main() -> Result<()> {{\n    \
         let to = std::env::var(\"ENDPOINT\")?;\n"
    );
    for index in 0..calls.len() {
        out.push_str(&format!(
            "    println!(\"{{}}\", serde_json::to_string(&call{index}(&to).await.unwrap_or_else(|error| error.to_string()))?);\n"
        ));
    }
    out.push_str("    Ok(())\n}\n");
    for (index, call) in calls.iter().enumerate() {
        out.push_str(&format!(
            "\nasync fn call{index}(to: &str) -> Result<String> {{\n    \
             let client = Client::builder().endpoint(format!(\"{{to}}/{index}\")){}.build()?;\n    \
             let result = {}.send().await;\n    \
             Ok(result.map_or_else(|error| error.to_string(), |_| \"ok\".to_owned()))\n}}\n",
            call.credentials, call.expression
        ));
    }
    out
}

/// Whether a list or an object has another in it.
fn is_nested(value: &Value) -> bool {
    let is_one = |it: &Value| it.is_array() || it.is_object();
    match value {
        Value::Array(items) => items.iter().any(is_one),
        Value::Object(members) => members.values().any(is_one),
        _ => false,
    }
}
