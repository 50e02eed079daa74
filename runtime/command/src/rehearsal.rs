//! Requests that are made and not sent: for checking values before anything leaves, and for looking
//! at them.

use std::sync::{Arc, Mutex, PoisonError};

use http::Request;
use huaweicloud_runtime::generated::BuiltClient;
use huaweicloud_runtime::transport::{SecretBytes, TransportFuture};
use huaweicloud_runtime::{
    AnyError, Password, PolicyEnforcement, Transport, TransportError, TransportErrorKind,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::arguments::{Arguments, Given};
use crate::description::Command;
use crate::problem::Problem;
use crate::report;
use crate::session::Session;

/// What stands in the place of a secret: none that a client takes for one that was redacted before.
const HIDDEN: &str = "(hidden)";
/// Headers that say who calls, in lower case.
const OF_CALLERS: &[&str] = &["authorization", "x-auth-token", "x-security-token"];

/// What is kept of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeps {
    /// That it came.
    Nothing,
    /// All but the body.
    Head,
    /// All of it.
    All,
}

/// A request for people to see.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Shown {
    method: String,
    address: String,
    headers: Map<String, Value>,
    #[serde(skip_serializing_if = "String::is_empty")]
    body: String,
}

impl Shown {
    fn of(request: &Request<SecretBytes>, keeps: Keeps) -> Self {
        let headers = request.headers().iter().map(|(name, value)| {
            let is_secret = value.is_sensitive() || OF_CALLERS.contains(&name.as_str());
            let value = match value.to_str() {
                Ok(value) if !is_secret => value,
                _ => HIDDEN,
            };
            (name.to_string(), Value::from(value))
        });
        Self {
            method: request.method().to_string(),
            address: request.uri().to_string(),
            headers: headers.collect(),
            body: match keeps {
                Keeps::All => String::from_utf8_lossy(request.body().as_slice()).into_owned(),
                Keeps::Head | Keeps::Nothing => HIDDEN.to_owned(),
            },
        }
    }
}

/// A transport that keeps a request and says that it was not sent.
struct Kept {
    arrived: Mutex<Option<Shown>>,
    keeps: Keeps,
}

impl Kept {
    fn take(&self) -> Option<Shown> {
        self.arrived
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

impl Transport for Kept {
    fn send(&self, request: Request<SecretBytes>) -> TransportFuture<'_> {
        let shown = match self.keeps {
            Keeps::Nothing => Shown::default(),
            keeps => Shown::of(&request, keeps),
        };
        *self.arrived.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
        let error = TransportError::new(TransportErrorKind::Other).not_sent();
        Box::pin(async { Err(error) })
    }
}

/// Where calls of a region are made up to the point where their requests would leave.
pub(crate) struct Stage<C> {
    client: C,
    kept: Arc<Kept>,
}

impl<C: BuiltClient + Clone> Stage<C> {
    /// One that checks.
    ///
    /// # Errors
    /// When the settings do not go together.
    pub(crate) fn new(session: &Session, region: &str) -> Result<Self, Problem> {
        Self::keeping(session, region, session.settings.policy, Keeps::Nothing)
    }

    fn keeping(
        session: &Session,
        region: &str,
        policy: PolicyEnforcement,
        keeps: Keeps,
    ) -> Result<Self, Problem> {
        let kept = Arc::new(Kept {
            arrived: Mutex::new(None),
            keeps,
        });
        let transport = Arc::clone(&kept) as Arc<dyn Transport>;
        let client = session.rehearsing(region, transport, policy)?;
        Ok(Self { client, kept })
    }

    /// Checks everything that is checked before a request leaves.
    ///
    /// # Errors
    /// The error of the call, as it would be.
    pub(crate) async fn check(
        &self,
        command: &Command<C>,
        arguments: Arguments,
    ) -> Result<(), AnyError> {
        self.request(command, arguments).await.map(|_| ())
    }

    async fn request(&self, command: &Command<C>, arguments: Arguments) -> Result<Shown, AnyError> {
        let ended = (command.call)(self.client.clone(), arguments).await;
        match (self.kept.take(), ended) {
            (Some(shown), _) => Ok(shown),
            (None, Err(error)) => Err(error),
            // No response comes of a stage.
            (None, Ok(_)) => Ok(Shown::default()),
        }
    }
}

/// The request as it would be sent, without its secrets: it is made of others in their place.
///
/// # Errors
/// When there is none.
pub(crate) async fn show<C: BuiltClient + Clone>(
    session: &Session,
    command: &Command<C>,
    region: &str,
    arguments: &Arguments,
) -> Result<Shown, Problem> {
    let (arguments, keeps) = without_secrets(arguments);
    let stage = Stage::keeping(session, region, PolicyEnforcement::Off, keeps)?;
    let shown = stage.request(command, arguments).await;
    shown.map_err(|error| report::problem(&*error))
}

/// The arguments with words in the place of their secrets, and what may be seen of the request: JSON
/// has no place where a word could stand for what is secret in it.
fn without_secrets(arguments: &Arguments) -> (Arguments, Keeps) {
    let (mut shown, mut keeps) = (Arguments::default(), Keeps::All);
    for (name, given) in arguments.iter() {
        let given = match given {
            Given::Secret(_) => Given::Secret(Password::new(HIDDEN)),
            Given::SecretJson(_) => {
                keeps = Keeps::Head;
                given.clone()
            }
            Given::Plain(_) | Given::Files(_) => given.clone(),
        };
        shown.insert(name, given);
    }
    (shown, keeps)
}
