//! The security schemes of OpenAPI, as a document describes them.

use std::collections::BTreeMap;
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};
use huaweicloud_codegen::model::{KeyLocation, SchemeKind, SecurityScheme};
use huaweicloud_codegen::profile::{Neutral, Profile, RuntimePlace};
use serde_json::{Value, json};

use super::{Call, Caller, Gateway, Refusal};
use crate::ledger::Authentication;
use crate::operation::Operation;
use crate::validate::query_pairs;

/// Takes whatever is of the form that a scheme of the document asks for; of schemes whose value it
/// was told, that value alone.
#[derive(Debug)]
pub struct Standard {
    profile: Neutral,
    values: BTreeMap<String, String>,
}

/// What stands in commands where no value was told.
const SAMPLE: &str = "simulator-demo-key";

impl Default for Standard {
    fn default() -> Self {
        Self {
            profile: Neutral::new("simulated", RuntimePlace::Registry),
            values: BTreeMap::new(),
        }
    }
}

impl Standard {
    /// Takes one value alone for a scheme of the document: a token, a key, or `user:password`.
    #[must_use]
    pub fn credential(mut self, scheme: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.insert(scheme.into(), value.into());
        self
    }

    /// Whether a call carries what a scheme asks for.
    fn takes(&self, scheme: &SecurityScheme, call: &Call<'_>) -> bool {
        let found = match &scheme.kind {
            SchemeKind::Bearer(_) | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
                of_authorization(&call.head.headers, "bearer")
            }
            SchemeKind::Basic => of_authorization(&call.head.headers, "basic"),
            SchemeKind::Http(name) => of_authorization(&call.head.headers, name),
            SchemeKind::ApiKey(KeyLocation::Header, name) => header(&call.head.headers, name),
            SchemeKind::ApiKey(KeyLocation::Query, name) => {
                let pairs = query_pairs(call.head.uri.query().unwrap_or_default());
                let mut pairs = pairs.unwrap_or_default().into_iter();
                pairs.find(|it| it.0 == *name).map(|it| it.1)
            }
            SchemeKind::ApiKey(KeyLocation::Cookie, name) => cookie(&call.head.headers, name),
            // Nothing of it is in a request.
            SchemeKind::MutualTls | SchemeKind::Unsent(_) => return true,
        };
        let Some(found) = found.filter(|it| !it.is_empty()) else {
            return false;
        };
        match (self.values.get(&scheme.name), &scheme.kind) {
            (None, _) => true,
            (Some(told), SchemeKind::Basic) => found == STANDARD.encode(told),
            (Some(told), _) => found == *told,
        }
    }

    fn value(&self, scheme: &SecurityScheme) -> String {
        let told = self.values.get(&scheme.name).cloned();
        match scheme.kind {
            SchemeKind::Basic => {
                STANDARD.encode(told.unwrap_or_else(|| format!("{SAMPLE}:{SAMPLE}")))
            }
            _ => told.unwrap_or_else(|| SAMPLE.to_owned()),
        }
    }
}

impl Gateway for Standard {
    fn profile(&self) -> &dyn Profile {
        &self.profile
    }

    fn authenticate(&self, call: &Call<'_>, _: SystemTime) -> Result<Caller, Refusal> {
        let alternatives = call.operation.security();
        if alternatives.is_empty() {
            // The document asks for none.
            return Ok(Caller {
                key: None,
                authentication: Authentication::NotNeeded,
            });
        }
        let fulfilled = alternatives
            .iter()
            .find(|schemes| schemes.iter().all(|scheme| self.takes(scheme, call)));
        match fulfilled {
            Some(schemes) => Ok(Caller {
                key: schemes.first().map(|scheme| scheme.name.clone()),
                authentication: Authentication::Credentials,
            }),
            None => {
                let names = |schemes: &Vec<SecurityScheme>| {
                    let names = schemes.iter().map(|scheme| scheme.name.as_str());
                    names.collect::<Vec<_>>().join(" and ")
                };
                let asked: Vec<_> = alternatives.iter().map(names).collect();
                Err(Refusal::credentials(format!(
                    "the call lacks the credentials that the document asks for: {}",
                    asked.join(", or ")
                )))
            }
        }
    }

    /// A problem as RFC 9457 has it.
    fn refusal_media_type(&self) -> &'static str {
        "application/problem+json"
    }

    fn refusal_body(&self, refusal: &Refusal, request_id: &str) -> Value {
        json!({
            "title": refusal.status.canonical_reason().unwrap_or("refused"),
            "status": refusal.status.as_u16(),
            "detail": refusal.message,
            "instance": request_id,
        })
    }

    fn credentials(&self, operation: &Operation) -> Vec<(String, String)> {
        let first = operation.security().first();
        let headers = first.into_iter().flatten().filter_map(|scheme| {
            let value = self.value(scheme);
            Some(match &scheme.kind {
                SchemeKind::Basic => ("Authorization".to_owned(), format!("Basic {value}")),
                SchemeKind::Http(name) => ("Authorization".to_owned(), format!("{name} {value}")),
                SchemeKind::ApiKey(KeyLocation::Header, name) => (name.clone(), value),
                SchemeKind::ApiKey(KeyLocation::Cookie, name) => {
                    ("Cookie".to_owned(), format!("{name}={value}"))
                }
                // In the query, which is no header.
                SchemeKind::ApiKey(KeyLocation::Query, _)
                | SchemeKind::MutualTls
                | SchemeKind::Unsent(_) => return None,
                _ => ("Authorization".to_owned(), format!("Bearer {value}")),
            })
        });
        headers.collect()
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.trim().to_owned())
}

/// What `Authorization` holds after the name of a scheme.
fn of_authorization(headers: &HeaderMap, scheme: &str) -> Option<String> {
    let value = header(headers, AUTHORIZATION.as_str())?;
    let (name, rest) = value.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme)
        .then(|| rest.trim().to_owned())
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(COOKIE).iter();
    let mut pairs = all
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let found = pairs.find(|(found, _)| *found == name);
    found.map(|(_, value)| value.to_owned())
}
