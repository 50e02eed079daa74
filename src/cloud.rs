//! The vendor's gateway, before simulated services: signatures and tokens, the codes of its refusals,
//! and the tokens and keys that its services hand out.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::StatusCode;
use http::header::{AUTHORIZATION, HOST};
use huaweicloud_codegen::profile::{self, Profile};
use huaweicloud_runtime::signing::{SigningInput, VerifyError, verify};
use openapi_simulator::gateway::{Call, Caller, Gateway, Lockout, Refusal, RefusalKind, Reply};
use openapi_simulator::{Authentication, Builder, Operation, Simulator, query_pairs};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The access key a simulator knows unless told otherwise. It opens nothing anywhere else.
pub const DEMO_ACCESS_KEY: &str = "SIMULATORDEMOKEY0001";
/// The secret key that belongs to [`DEMO_ACCESS_KEY`].
pub const DEMO_SECRET_KEY: &str = "simulator-demo-secret-key-that-opens-nothing";
/// The token a simulator knows unless told otherwise.
pub const DEMO_TOKEN: &str = "simulator-demo-token";

/// How long a token that is handed out is taken.
const TOKEN_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
/// The most keys that are remembered as handed out.
const MOST_HANDED_OUT: usize = 10_000;
/// So many refusals of a key in a row lock it for five minutes.
const LOCKOUT: Lockout = Lockout {
    refusals: 5,
    time: Duration::from_secs(5 * 60),
};

const TOKEN: &str = "X-Auth-Token";
/// Carries the token that was asked for.
const SUBJECT_TOKEN: &str = "X-Subject-Token";
/// Where a response says when a token ends.
const TOKEN_END: &str = "/token/expires_at";
/// The part of a response that holds the keys that were asked for.
const CREDENTIAL: &str = "credential";

/// A simulator of the services in `spec/`, to be started on a free port or told more first.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let simulator = huaweicloud_password_workbench::cloud::simulator().start().await?;
/// println!("{} operations at {}", simulator.operations().len(), simulator.endpoint());
/// simulator.stop().await;
/// # Ok(())
/// # }
/// ```
pub fn simulator() -> Builder {
    Simulator::builder()
        .spec(default_spec())
        .gateway(Cloud::default())
        .command("hwc-password")
}

/// The `spec` directory of the workspace this was built from, or the one in the current directory
/// if that is gone.
pub fn default_spec() -> PathBuf {
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    match built_from.is_dir() {
        true => built_from,
        false => PathBuf::from("spec"),
    }
}

/// The gateway: whoever signs with the demo key or keys that were handed out is let in, and whoever
/// holds the demo token or one that was handed out and is not over.
pub struct Cloud {
    access_key: String,
    secret_key: String,
    token: String,
    /// Secret keys that were handed out, by access key.
    handed_out: Mutex<BTreeMap<String, String>>,
}

impl Default for Cloud {
    fn default() -> Self {
        Self::new(DEMO_ACCESS_KEY, DEMO_SECRET_KEY, DEMO_TOKEN)
    }
}

impl fmt::Debug for Cloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Somebody may put real keys here, so none of them is shown.
        f.debug_struct("Cloud").finish_non_exhaustive()
    }
}

impl Cloud {
    /// A gateway that takes this key and this token.
    pub fn new(
        access_key: impl Into<String>,
        secret_key: impl Into<String>,
        token: impl Into<String>,
    ) -> Self {
        Self {
            access_key: access_key.into(),
            secret_key: secret_key.into(),
            token: token.into(),
            handed_out: Mutex::default(),
        }
    }

    fn handed_out(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        // Each change leaves it whole, so that a panic elsewhere cannot have broken it.
        self.handed_out
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A token that says by itself when it ends, and that only those with the same key can have made: so
    /// none has to be remembered, and a token of one simulator is taken by the others.
    fn token_until(&self, end: u64) -> String {
        let mut mac = Sha256::new();
        for part in [&self.secret_key, &self.token, &end.to_string()] {
            mac.update((part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        let mac: String = mac
            .finalize()
            .iter()
            .map(|it| format!("{it:02x}"))
            .collect();
        format!("{}.{end}.{mac}", self.token)
    }

    fn takes_token(&self, token: &str, now: SystemTime) -> bool {
        let end = || token.rsplit('.').nth(1)?.parse::<u64>().ok();
        token == self.token
            || end().is_some_and(|end| seconds(now) < end && self.token_until(end) == token)
    }

    fn check_signature(
        &self,
        call: &Call<'_>,
        authorization: &str,
        now: SystemTime,
    ) -> Result<Caller, Refusal> {
        let head = call.head;
        let query = query_pairs(head.uri.query().unwrap_or_default())
            .ok_or_else(|| incorrect("a query that is not UTF-8 cannot have been signed"))?;
        let headers = head.headers.iter();
        let headers: Vec<(&str, &str)> = headers
            .filter_map(|(name, value)| {
                Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?))
            })
            .collect();
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
        let named = access_key_of(authorization);
        let handed_out = named.and_then(|key| self.handed_out().get(key).cloned());
        let (access_key, secret_key) = match (named, &handed_out) {
            (Some(key), Some(secret)) => (key, secret.as_str()),
            _ => (self.access_key.as_str(), self.secret_key.as_str()),
        };
        let received = SigningInput {
            access_key,
            secret_key,
            method: head.method.as_str(),
            host: host.unwrap_or_default(),
            path: head.uri.path(),
            query: &query,
            headers: &headers,
            body: call.body,
        };
        let known = (named == Some(access_key)).then(|| access_key.to_owned());
        match verify(&received, authorization, now) {
            Ok(()) => Ok(Caller {
                key: known,
                authentication: Authentication::Signature,
            }),
            Err(error) => Err(Refusal {
                kind: match error {
                    VerifyError::ClockSkew => RefusalKind::Clock,
                    _ => RefusalKind::Credentials,
                },
                // A clock that is off is no try of a key.
                key: known.filter(|_| !matches!(error, VerifyError::ClockSkew)),
                ..incorrect(&error.to_string())
            }),
        }
    }
}

impl Gateway for Cloud {
    fn profile(&self) -> &dyn Profile {
        profile::of_the_workspace()
    }

    /// Judges the `Authorization` header if there is one, else the token.
    fn authenticate(&self, call: &Call<'_>, now: SystemTime) -> Result<Caller, Refusal> {
        let headers = &call.head.headers;
        if let Some(authorization) = headers.get(AUTHORIZATION) {
            let authorization = std::str::from_utf8(authorization.as_bytes())
                .map_err(|_| incorrect("the Authorization header is not text"))?;
            return self.check_signature(call, authorization, now);
        }
        match headers.get(TOKEN).map(|token| token.to_str()) {
            Some(Ok(token)) if self.takes_token(token, now) => Ok(Caller {
                key: None,
                authentication: Authentication::Token,
            }),
            Some(_) => Err(incorrect(
                "the token in X-Auth-Token is not the simulator's, or it is over",
            )),
            None => Err(incorrect(
                "neither a signature in Authorization nor a token in X-Auth-Token",
            )),
        }
    }

    fn refusal_body(&self, refusal: &Refusal, request_id: &str) -> Value {
        let code = match refusal.kind {
            RefusalKind::UnknownPath | RefusalKind::OtherMethod | RefusalKind::Ambiguous => {
                "APIGW.0101"
            }
            RefusalKind::Credentials => "APIGW.0301",
            RefusalKind::Clock => "APIGW.0303",
            RefusalKind::Throttled => "APIGW.0308",
            _ => "APIGW.0201",
        };
        json!({"error_msg": refusal.message, "error_code": code, "request_id": request_id})
    }

    fn credentials(&self, _: &Operation) -> Vec<(String, String)> {
        vec![(TOKEN.to_owned(), self.token.clone())]
    }

    fn introduction(&self) -> String {
        if self.secret_key != DEMO_SECRET_KEY {
            // Somebody's own keys are not shown.
            return String::new();
        }
        format!(
            "access key  {DEMO_ACCESS_KEY}\n\
             secret key  {DEMO_SECRET_KEY}\n\
             token       {DEMO_TOKEN}\n\n\
             They are made up and open nothing else. "
        )
    }

    /// Whoever signs in or assumes an agency is let in afterwards: a token is one of its own and ends
    /// with its day, and keys are those of the response.
    fn hand_out(&self, _: &Operation, reply: Reply<'_>, now: SystemTime) {
        let end = now + TOKEN_LIFETIME;
        for (name, value) in reply.headers.iter_mut() {
            if name.eq_ignore_ascii_case(SUBJECT_TOKEN) {
                *value = self.token_until(seconds(end));
            }
        }
        let mut body = reply.body;
        let expires = body.as_deref_mut().and_then(|it| it.pointer_mut(TOKEN_END));
        if let Some(expires) = expires {
            let end = humantime::format_rfc3339_micros(end);
            *expires = end.to_string().into();
        }
        let keys = body.and_then(|body| body.get(CREDENTIAL));
        let key = |name| keys?.get(name)?.as_str();
        if let (Some(access_key), Some(secret_key)) = (key("access"), key("secret")) {
            let mut handed_out = self.handed_out();
            if handed_out.len() < MOST_HANDED_OUT {
                handed_out.insert(access_key.to_owned(), secret_key.to_owned());
            }
        }
    }

    fn lockout(&self) -> Option<Lockout> {
        Some(LOCKOUT)
    }
}

/// Whole seconds since 1970.
fn seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

/// The access key that a signature names.
fn access_key_of(authorization: &str) -> Option<&str> {
    let (_, rest) = authorization.split_once("Access=")?;
    rest.split([',', ' ']).next()
}

/// Wrong, unknown or missing credentials.
fn incorrect(message: &str) -> Refusal {
    Refusal::new(RefusalKind::Credentials, StatusCode::UNAUTHORIZED, message)
}
