//! Who may call, as the documents say: a function for each security scheme, the credentials of
//! examples, and the words about them.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{
    Alternative, Caller, Flow, KeyLocation, Model, Operation, SchemeKind, SecurityScheme, Service,
};

use super::docs::{code, link, markdown};
use super::text::{docs, literal};
use super::tokens::{header, ident};

/// The function that makes credentials of a scheme.
struct Constructor {
    /// Its arguments: name, type, and what an environment variable with it is called at its end.
    arguments: &'static [(&'static str, &'static str, &'static str)],
    /// What makes them.
    value: String,
}

const TOKEN: &[(&str, &str, &str)] = &[("token", "impl Into<Password>", "TOKEN")];
const KEY: &[(&str, &str, &str)] = &[("key", "impl Into<Password>", "KEY")];
const VALUE: &[(&str, &str, &str)] = &[("value", "impl Into<Password>", "VALUE")];
const LOGIN: &[(&str, &str, &str)] = &[
    ("user", "impl Into<String>", "USER"),
    ("password", "impl Into<Password>", "PASSWORD"),
];

fn constructor(scheme: &SecurityScheme) -> Option<Constructor> {
    let (arguments, value) = match &scheme.kind {
        SchemeKind::Bearer(_) | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
            (TOKEN, "Credentials::bearer(token)".to_owned())
        }
        SchemeKind::Basic => (LOGIN, "Credentials::basic(user, password)".to_owned()),
        SchemeKind::Http(_) => (
            VALUE,
            "Credentials::api_key_header(\"Authorization\", value)".to_owned(),
        ),
        SchemeKind::ApiKey(location, name) => {
            let place = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query",
                KeyLocation::Cookie => "cookie",
            };
            let name = literal(name);
            (KEY, format!("Credentials::api_key_{place}({name}, key)"))
        }
        SchemeKind::MutualTls | SchemeKind::Unsent(_) => return None,
    };
    Some(Constructor { arguments, value })
}

/// The schemes of all services that credentials can be made of, each once.
fn schemes(model: &Model) -> Vec<&SecurityScheme> {
    let mut found: Vec<&SecurityScheme> = Vec::new();
    for scheme in model.services.iter().flat_map(|it| &it.schemes) {
        if scheme.is_sent() && !found.iter().any(|known| known.ident == scheme.ident) {
            found.push(scheme);
        }
    }
    found
}

/// Whether the crate has the module of the functions.
pub fn has_module(model: &Model) -> bool {
    model.package.setup.caller == Caller::OfTheDocuments && !schemes(model).is_empty()
}

/// Emits `credentials.rs`, where the documents have what makes credentials.
pub fn emit(model: &Model) -> Option<(String, String)> {
    if !has_module(model) {
        return None;
    }
    let mut out = header("//", "spec/");
    out.push_str(
        "//! What calls are authenticated with: a function for each security scheme of the document.\n\
         //!\n\
         //! An operation that asks for several at once gets them with [`Credentials::and`].\n\n\
         use crate::runtime::{Credentials, Password};\n",
    );
    for scheme in schemes(model) {
        let Some(Constructor { arguments, value }) = constructor(scheme) else {
            continue;
        };
        let arguments = arguments
            .iter()
            .map(|(name, ty, _)| format!("{name}: {ty}"));
        let arguments: Vec<_> = arguments.collect();
        out.push_str(&format!(
            "\n{}pub fn {}({}) -> Credentials {{\n    {value}.for_scheme({})\n}}\n",
            docs(0, &words_of(scheme)),
            ident(&scheme.ident),
            arguments.join(", "),
            literal(&scheme.name),
        ));
    }
    Some(("src/credentials.rs".to_owned(), out))
}

/// What a scheme is, what the document says of it, and where its tokens come from.
fn words_of(scheme: &SecurityScheme) -> String {
    let mut text = format!("{}: {}.", code(&scheme.name), kind(scheme));
    if let Some(description) = &scheme.description {
        text.push_str(&format!("\n\n{}", markdown(description)));
    }
    let sources = sources(scheme);
    if !sources.is_empty() {
        text.push_str(&format!("\n\n{}", sources.join("\n")));
    }
    if let SchemeKind::OAuth2(flows) = &scheme.kind {
        let mut scopes: Vec<_> = flows.iter().flat_map(|flow| &flow.scopes).collect();
        scopes.sort();
        scopes.dedup();
        let scopes = scopes
            .into_iter()
            .map(|(name, words)| match words.as_str() {
                "" => format!("- {}", code(name)),
                words => format!("- {}: {}", code(name), one_line(&markdown(words))),
            });
        let scopes: Vec<_> = scopes.collect();
        if !scopes.is_empty() {
            text.push_str(&format!("\n\nIts scopes:\n\n{}", scopes.join("\n")));
        }
    }
    text
}

/// What a scheme is, in a few words.
fn kind(scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        SchemeKind::Bearer(None) => "a bearer token".to_owned(),
        SchemeKind::Bearer(Some(format)) => format!("a bearer token ({})", code(format)),
        SchemeKind::Basic => "a user and a password (basic)".to_owned(),
        SchemeKind::Http(name) => format!(
            "the value of the header `Authorization` for the scheme {}, all of it",
            code(name)
        ),
        SchemeKind::ApiKey(location, name) => {
            let place = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query parameter",
                KeyLocation::Cookie => "cookie",
            };
            format!("a key in the {place} {}", code(name))
        }
        SchemeKind::OAuth2(_) => {
            "a token of OAuth 2, which the caller gets and this client sends".to_owned()
        }
        SchemeKind::OpenIdConnect(_) => {
            "a token of OpenID Connect, which the caller gets and this client sends".to_owned()
        }
        SchemeKind::MutualTls => {
            "a certificate of the client, which a transport of the caller's shows".to_owned()
        }
        SchemeKind::Unsent(what) => format!("{what}, which no credentials of this client are"),
    }
}

/// Where tokens come from, as list items.
fn sources(scheme: &SecurityScheme) -> Vec<String> {
    let flow = |flow: &Flow| {
        let addresses = flow.addresses.iter();
        let addresses = addresses.map(|(field, url)| format!("`{field}` {}", address(url)));
        let addresses: Vec<_> = addresses.collect();
        format!("- flow {}: {}", code(&flow.kind), addresses.join(", "))
    };
    match &scheme.kind {
        SchemeKind::OAuth2(flows) => flows.iter().map(flow).collect(),
        SchemeKind::OpenIdConnect(Some(url)) => vec![format!("- discovery: {}", address(url))],
        _ => Vec::new(),
    }
}

/// An address as a link, where it is one.
fn address(url: &str) -> String {
    let is_whole = url.starts_with("https://") || url.starts_with("http://");
    if is_whole { link(url) } else { code(url) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The credentials that the documentation of the client tells of, as list items; empty where the
/// documents say nothing of them.
pub fn list(model: &Model) -> String {
    if model.package.setup.caller != Caller::OfTheDocuments {
        return String::new();
    }
    let mut lines = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for scheme in model.services.iter().flat_map(|it| &it.schemes) {
        if known.contains(&scheme.ident.as_str()) {
            continue;
        }
        known.push(&scheme.ident);
        let name = match scheme.is_sent() {
            true => format!("`credentials::{}`", scheme.ident),
            false => code(&scheme.name),
        };
        lines.push(format!("- {name}: {}", kind(scheme)));
        lines.extend(sources(scheme).iter().map(|line| format!("  {line}")));
    }
    lines.join("\n")
}

/// What an operation asks for, for its documentation; nothing where the runtime has its own.
pub fn of_operation(service: &Service, operation: &Operation) -> Option<String> {
    if service.package.setup.caller != Caller::OfTheDocuments {
        return None;
    }
    let alternatives = match &operation.security {
        _ if operation.anonymous && service.schemes.is_empty() => return None,
        Some(alternatives) => alternatives,
        None => return Some("The document does not say which.".to_owned()),
    };
    let lines: Vec<_> = alternatives
        .iter()
        .map(|it| alternative(service, it))
        .collect();
    Some(match lines.as_slice() {
        [] => "None.".to_owned(),
        [only] => format!("{}.", only.trim_end_matches('.')),
        several => format!("One of:\n\n- {}", several.join("\n- ")),
    })
}

fn alternative(service: &Service, schemes: &Alternative) -> String {
    let schemes = schemes.iter().map(|requirement| {
        let mut text = match service.scheme(&requirement.scheme) {
            Some(scheme) if scheme.is_sent() => format!(
                "[{}](crate::credentials::{}): {}",
                code(&scheme.name),
                ident(&scheme.ident),
                kind(scheme)
            ),
            Some(scheme) => format!("{}: {}", code(&scheme.name), kind(scheme)),
            None => code(&requirement.scheme),
        };
        if !requirement.scopes.is_empty() {
            let scopes = requirement.scopes.iter().map(|it| code(it));
            let scopes: Vec<_> = scopes.collect();
            text.push_str(&format!("; scopes {}", scopes.join(", ")));
        }
        let from = service.scheme(&requirement.scheme).map(sources);
        for source in from.into_iter().flatten() {
            text.push_str(&format!("; {}", source.trim_start_matches("- ")));
        }
        text
    });
    let schemes: Vec<_> = schemes.collect();
    match schemes.as_slice() {
        [] => "none".to_owned(),
        all => all.join(", and "),
    }
}

/// What an operation asks for, as the runtime takes it; nothing where the runtime has credentials of
/// its own, or where the document does not say.
pub fn facts(service: &Service, operation: &Operation) -> Option<TokenStream> {
    let alternatives = operation.security.as_ref()?;
    if service.package.setup.caller != Caller::OfTheDocuments {
        return None;
    }
    // Of a scheme that is not declared nobody knows what to send; the others say who may call.
    let is_declared = |schemes: &&Alternative| {
        schemes
            .iter()
            .all(|it| service.scheme(&it.scheme).is_some())
    };
    let declared = alternatives.iter().filter(is_declared);
    let declared: Vec<_> = declared.collect();
    let alternatives = match declared.is_empty() {
        true => alternatives.iter().collect(),
        false => declared,
    };
    let alternatives = alternatives.into_iter().map(|schemes| {
        let schemes = schemes.iter().filter_map(|it| {
            let (name, fact) = (&it.scheme, fact(service, &it.scheme)?);
            Some(quote!((#name, #fact)))
        });
        let schemes = once_each(schemes);
        quote!(&[#(#schemes),*])
    });
    let alternatives = once_each(alternatives);
    Some(quote!(&[#(#alternatives),*]))
}

/// Each of what a request may show once: two schemes of a document may look the same there.
fn once_each(all: impl Iterator<Item = TokenStream>) -> Vec<TokenStream> {
    let mut seen = HashSet::new();
    all.filter(|it| seen.insert(it.to_string())).collect()
}

/// One scheme by what a request shows of it; nothing for one that no request shows.
fn fact(service: &Service, name: &str) -> Option<TokenStream> {
    Some(match service.scheme(name).map(|scheme| &scheme.kind) {
        Some(SchemeKind::Bearer(_) | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_)) => {
            quote!(SecurityScheme::Bearer)
        }
        Some(SchemeKind::Basic) => quote!(SecurityScheme::Basic),
        Some(SchemeKind::Http(_)) => quote!(SecurityScheme::ApiKeyHeader("Authorization")),
        Some(SchemeKind::ApiKey(KeyLocation::Header, key)) => {
            quote!(SecurityScheme::ApiKeyHeader(#key))
        }
        Some(SchemeKind::ApiKey(KeyLocation::Query, key)) => {
            quote!(SecurityScheme::ApiKeyQuery(#key))
        }
        Some(SchemeKind::ApiKey(KeyLocation::Cookie, key)) => {
            quote!(SecurityScheme::ApiKeyCookie(#key))
        }
        // A certificate is shown before any request, by whatever carries it.
        Some(SchemeKind::MutualTls) | None => return None,
        Some(SchemeKind::Unsent(_)) => quote!(SecurityScheme::Other),
    })
}

/// The schemes of the example of an operation: those of the first alternative that has any which
/// credentials can be; the document's first, where it does not say.
fn of_example<'m>(service: &'m Service, operation: &Operation) -> Vec<&'m SecurityScheme> {
    if operation.anonymous {
        return Vec::new();
    }
    match &operation.security {
        None => service
            .schemes
            .iter()
            .find(|it| it.is_sent())
            .into_iter()
            .collect(),
        Some(alternatives) => {
            let schemes = |it: &Alternative| -> Option<Vec<&'m SecurityScheme>> {
                it.iter().map(|it| service.scheme(&it.scheme)).collect()
            };
            let mut all = alternatives.iter().filter_map(schemes);
            let sent = all.find(|it| it.iter().any(|scheme| scheme.is_sent()));
            let mut sent = sent.unwrap_or_default();
            let mut seen = HashSet::new();
            sent.retain(|scheme| {
                let fact = fact(service, &scheme.name).map(|it| it.to_string());
                scheme.is_sent() && seen.insert(fact)
            });
            sent
        }
    }
}

/// The credentials of an operation's example, each of their values read by `read` from an environment
/// variable, and these variables as a list in words. Both are empty where there are none.
pub fn from_environment(
    service: &Service,
    operation: &Operation,
    read: impl Fn(&str) -> String,
) -> (String, String) {
    let mut variables = Vec::new();
    let mut all = String::new();
    for scheme in of_example(service, operation) {
        let Some(Constructor { arguments, .. }) = constructor(scheme) else {
            continue;
        };
        let names = arguments
            .iter()
            .map(|(_, _, ending)| variable(scheme, ending));
        let names: Vec<_> = names.collect();
        let values: Vec<_> = names.iter().map(|name| read(name)).collect();
        variables.extend(names.iter().map(|name| format!("`{name}`")));
        let name = ident(&scheme.ident);
        add(
            &mut all,
            &format!("credentials::{name}({})", values.join(", ")),
        );
    }
    let environment = match variables.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    };
    (all, environment)
}

/// The environment variable with a value of a scheme: `PETSTORE_AUTH_TOKEN`, `API_KEY`.
fn variable(scheme: &SecurityScheme, ending: &str) -> String {
    let name = scheme.ident.trim_end_matches('_').to_ascii_uppercase();
    if name == ending || name.ends_with(&format!("_{ending}")) {
        return name;
    }
    format!("{name}_{ending}")
}

/// Credentials with one secret in all schemes, if there is any; `prefix` is what stands before the
/// module.
pub fn all_at_once(model: &Model, prefix: &str, secret: &str) -> Option<String> {
    let mut all = String::new();
    for scheme in schemes(model) {
        let values = constructor(scheme)?.arguments.iter();
        let values = values.map(|(name, ..)| if *name == "user" { "\"user\"" } else { secret });
        let values: Vec<_> = values.collect();
        let name = ident(&scheme.ident);
        add(
            &mut all,
            &format!("{prefix}credentials::{name}({})", values.join(", ")),
        );
    }
    (!all.is_empty()).then_some(all)
}

fn add(all: &mut String, credentials: &str) {
    match all.is_empty() {
        true => all.push_str(credentials),
        false => all.push_str(&format!(".and({credentials})")),
    }
}
