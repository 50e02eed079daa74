//! `securitySchemes` and `security` → who may call.

use crate::load::tree::Node;
use crate::model::{
    Alternative, Caller, Flow, KeyLocation, ParameterLocation, Requirement, SchemeKind,
    SecurityScheme, Service,
};
use crate::names::Names;

use super::context::{Context, text};

/// The addresses of a flow, by the names of their fields.
const ADDRESSES: [&str; 3] = ["authorizationUrl", "tokenUrl", "refreshUrl"];

pub(super) fn lower_schemes(context: &Context<'_>) -> Vec<SecurityScheme> {
    let all = context.tree.pointer("/components/securitySchemes");
    let all = all.map(Node::entries).unwrap_or_default().iter();
    all.map(|entry| {
        let node = context.resolve(&entry.value);
        SecurityScheme {
            name: entry.key.clone(),
            ident: String::new(),
            kind: kind(node),
            description: text(node.get("description")),
        }
    })
    .collect()
}

fn kind(node: &Node) -> SchemeKind {
    let word = |field| text(node.get(field));
    let of = |field| word(field).unwrap_or_default().to_ascii_lowercase();
    match (of("type").as_str(), of("scheme").as_str()) {
        ("http", "bearer") => SchemeKind::Bearer(word("bearerFormat")),
        ("http", "basic") => SchemeKind::Basic,
        ("http", _) => SchemeKind::Http(word("scheme").unwrap_or_default()),
        ("apikey", _) => api_key(&of("in"), word("name").unwrap_or_default()),
        ("oauth2", _) => SchemeKind::OAuth2(flows(node)),
        ("openidconnect", _) => SchemeKind::OpenIdConnect(word("openIdConnectUrl")),
        ("mutualtls", _) => SchemeKind::MutualTls,
        _ => SchemeKind::Unsent("a kind that is not known"),
    }
}

fn api_key(location: &str, name: String) -> SchemeKind {
    let location = match location {
        "header" => KeyLocation::Header,
        "query" => KeyLocation::Query,
        _ => KeyLocation::Cookie,
    };
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let can_be_sent =
        !name.is_empty() && (location == KeyLocation::Query || name.bytes().all(sign));
    match can_be_sent {
        true => SchemeKind::ApiKey(location, name),
        false => SchemeKind::Unsent("a key under a name that no header or cookie can have"),
    }
}

fn flows(node: &Node) -> Vec<Flow> {
    let flows = node.get("flows").map(Node::entries).unwrap_or_default();
    let flows = flows.iter().map(|entry| {
        let address = |field| Some((field, text(entry.value.get(field))?));
        let scopes = entry.value.get("scopes").map(Node::entries);
        let scopes = scopes.unwrap_or_default().iter();
        Flow {
            kind: entry.key.clone(),
            addresses: ADDRESSES.into_iter().filter_map(address).collect(),
            scopes: scopes
                .map(|scope| {
                    let words = scope.value.as_str().unwrap_or_default();
                    (scope.key.clone(), words.to_owned())
                })
                .collect(),
        }
    });
    flows.collect()
}

/// What an operation asks for: its own list replaces that of the document.
pub(super) fn lower_security(context: &Context<'_>, operation: &Node) -> Option<Vec<Alternative>> {
    let list = operation
        .get("security")
        .or_else(|| context.tree.get("security"))?;
    let alternative = |node: &Node| -> Alternative {
        // Some write the name alone, of which `check` tells.
        if let Some(name) = node.as_str() {
            let scopes = Vec::new();
            let scheme = name.to_owned();
            return vec![Requirement { scheme, scopes }];
        }
        let schemes = node.entries().iter();
        schemes
            .map(|entry| Requirement {
                scheme: entry.key.clone(),
                scopes: entry
                    .value
                    .items()
                    .iter()
                    .filter_map(Node::as_str)
                    .map(str::to_owned)
                    .collect(),
            })
            .collect()
    };
    Some(list.items().iter().map(alternative).collect())
}

/// Whether a call says nothing of who makes it: no alternative has anything that a request carries.
///
/// Where a document asks for nothing at all, credentials that a runtime has of its own go along,
/// and so do those of a document that declares schemes: it has left out where they belong.
pub(super) fn is_anonymous(context: &Context<'_>, security: Option<&[Alternative]>) -> bool {
    match security {
        Some(alternatives) => !alternatives
            .iter()
            .flatten()
            .any(|it| is_sent(context, &it.scheme)),
        None => {
            let caller = &context.profile.package().setup.caller;
            let mut schemes = context.schemes.iter();
            *caller == Caller::OfTheDocuments && !schemes.any(SecurityScheme::is_sent)
        }
    }
}

/// A scheme that is not declared is told by `check`; nobody knows what to send for it.
fn is_sent(context: &Context<'_>, name: &str) -> bool {
    let scheme = context.schemes.iter().find(|scheme| scheme.name == name);
    scheme.is_some_and(SecurityScheme::is_sent)
}

/// Whether credentials that the operation asks for stand where this parameter would.
pub(super) fn is_key(
    context: &Context<'_>,
    security: Option<&[Alternative]>,
    name: &str,
    location: ParameterLocation,
) -> bool {
    let asked = |scheme: &SecurityScheme| {
        let mut asked = security.into_iter().flatten().flatten();
        asked.any(|it| it.scheme == scheme.name)
    };
    let mut schemes = context.schemes.iter().filter(|scheme| asked(scheme));
    schemes.any(|scheme| match (&scheme.kind, location) {
        (SchemeKind::ApiKey(KeyLocation::Header, key), ParameterLocation::Header) => {
            key.eq_ignore_ascii_case(name)
        }
        (SchemeKind::ApiKey(KeyLocation::Query, key), ParameterLocation::Query)
        | (SchemeKind::ApiKey(KeyLocation::Cookie, key), ParameterLocation::Cookie) => key == name,
        _ => false,
    })
}

/// Gives the schemes of all services their names in the crate. Those that are the same in two
/// documents have one name.
pub(super) fn name(services: &mut [Service]) {
    let mut names = Names::default();
    let mut named: Vec<SecurityScheme> = Vec::new();
    for scheme in services.iter_mut().flat_map(|it| &mut it.schemes) {
        let known = named
            .iter()
            .find(|known| (&known.name, &known.kind) == (&scheme.name, &scheme.kind));
        scheme.ident = match known {
            Some(known) => known.ident.clone(),
            None => names.snake(&scheme.name),
        };
        if known.is_none() {
            named.push(scheme.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;
    use crate::lower::lower;
    use crate::profile::{Neutral, Profile, RuntimePlace, of_the_workspace};
    use crate::source::Source;

    const SCHEMES: &str = "components: {securitySchemes: {\
        a: {type: http, scheme: Bearer, bearerFormat: JWT}, B-c: {type: apiKey, in: query, name: k}, \
        d: {$ref: '#/components/securitySchemes/B-c'}, e: {type: apiKey, in: cookie, name: 'x y'}, \
        b_c: {type: http, scheme: basic}, tls: {type: mutualTLS}}}\n";

    /// A service whose operations ask for these, in this order.
    fn service(top: &str, operations: &[&str], profile: &dyn Profile) -> Service {
        let mut text =
            format!("openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\n{top}paths:\n");
        for (index, security) in operations.iter().enumerate() {
            text.push_str(&format!(
                "  /p{index}: {{get: {{operationId: o{index}, {security}responses: {{'204': {{description: ok}}}}}}}}\n"
            ));
        }
        let loaded = load(&[Source::new("demo.yaml", text)]);
        let (model, _) = lower(&loaded.documents, profile);
        model.services.into_iter().next().unwrap()
    }

    fn neutral() -> Neutral {
        Neutral::new("demo-client", RuntimePlace::Registry)
    }

    #[test]
    fn schemes_have_a_kind_and_a_name_of_their_own() {
        let service = service(SCHEMES, &[], &neutral());
        let found: Vec<_> = service
            .schemes
            .iter()
            .map(|it| (it.ident.as_str(), it.kind.clone()))
            .collect();
        let key = || SchemeKind::ApiKey(KeyLocation::Query, "k".to_owned());
        assert_eq!(found[0], ("a", SchemeKind::Bearer(Some("JWT".to_owned()))));
        assert_eq!(found[1], ("b_c", key()));
        assert_eq!(found[2], ("d", key()));
        assert!(!service.schemes[3].is_sent());
        assert_eq!(found[4], ("b_c_2", SchemeKind::Basic));
        assert!(!service.schemes[5].is_sent());
    }

    #[test]
    fn an_operation_replaces_what_the_document_asks_for() {
        let top = format!("security: [{{a: [read]}}]\n{SCHEMES}");
        let operations = [
            "",
            "security: [], ",
            "security: [{a: [], B-c: []}, {}], ",
            "security: [{}], ",
            "security: [{tls: []}], ",
        ];
        let service = service(&top, &operations, &neutral());
        let anonymous: Vec<_> = service.operations.iter().map(|it| it.anonymous).collect();
        assert_eq!(anonymous, [false, true, false, true, true]);
        let of = |index: usize| service.operations[index].security.as_deref().unwrap();
        assert_eq!(of(0)[0][0].scopes, ["read"]);
        assert_eq!(of(1), [] as [Alternative; 0]);
        let alternatives: Vec<_> = of(2).iter().map(Vec::len).collect();
        assert_eq!(alternatives, [2, 0]);
    }

    /// OpenAPI lets a document say nothing; a vendor's own credentials go along all the same.
    #[test]
    fn nothing_said_is_nothing_asked_for_unless_there_are_credentials() {
        let anonymous =
            |top, profile: &dyn Profile| service(top, &[""], profile).operations[0].anonymous;
        assert!(anonymous("", &neutral()));
        assert!(!anonymous(SCHEMES, &neutral()));
        assert!(!anonymous("", of_the_workspace()));
    }
}
