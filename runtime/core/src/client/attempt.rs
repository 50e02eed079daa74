//! One attempt of a call: credentials, a turn, who calls, and the response.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::HeaderName;
use tokio::time::{Instant, timeout_at};

use super::call::{Call, Progress};
use super::clock::Offset;
use super::lockout::{Caller, Held, Pass};
use super::prepare::{self, Prepared};
use crate::authentication::{Authentication, Credential as _};
use crate::endpoint::Endpoint;
use crate::error::SendError;
use crate::invalid::InvalidRequest;
use crate::observe::Outcome;
use crate::rate::Turn;
use crate::response::{RawResponse, is_left};
use crate::transport::{Body, MAX_BODY, TransportError, TransportErrorKind};
use crate::wire::SecretBytes;

/// An attempt that went as far as sending.
pub(super) struct Attempt<'a, A: Authentication> {
    pub(super) result: Result<RawResponse, TransportError>,
    pub(super) caller: Option<AttemptBy<'a, A>>,
    /// The date in the signature, if this client signed it, and how far it is
    /// from the system's clock.
    pub(super) signed: Option<(SystemTime, Offset)>,
    /// To be told what became of the request.
    pub(super) turn: Turn,
}

/// Who made an attempt, with credentials that this client added.
pub(super) struct AttemptBy<'a, A: Authentication> {
    pub(super) credentials: Cow<'a, A::Credentials>,
    pub(super) pass: Pass<'a>,
    /// The server, where it is not that of the operation.
    elsewhere: Option<Endpoint>,
}

impl<A: Authentication> AttemptBy<'_, A> {
    /// The server, as host and port.
    pub(super) fn host<'b>(&'b self, call: &'b Call<'_, A>) -> &'b str {
        self.elsewhere.as_ref().unwrap_or(call.endpoint).authority()
    }
}

impl<A: Authentication> Attempt<'_, A> {
    pub(super) fn outcome(&self) -> Outcome {
        match &self.result {
            Ok(response) => Outcome::Responded(response.status()),
            Err(error) => Outcome::Transport(error.kind()),
        }
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        request_id(&self.result)
    }
}

/// The request id of a response, if there is one.
pub(super) fn request_id(result: &Result<RawResponse, TransportError>) -> Option<&str> {
    result.as_ref().ok().and_then(RawResponse::request_id)
}

/// The credentials that an operation gets, if any.
type Given<'a, A> = Option<Cow<'a, <A as Authentication>::Credentials>>;

/// With whose credentials an attempt is made, and where.
struct Entry<'a, A: Authentication> {
    credentials: Cow<'a, A::Credentials>,
    /// The server, where it is not that of the operation.
    elsewhere: Option<Endpoint>,
    /// None where the caller said so by hand.
    pass: Option<Pass<'a>>,
}

impl<'a, A: Authentication> Call<'a, A> {
    /// Authenticates the request afresh and sends it once.
    pub(super) async fn attempt(
        &self,
        progress: &mut Progress<'a, A>,
    ) -> Result<Attempt<'a, A>, SendError<A::Error>> {
        // Once before all else: it may take its time, and others wait for the turn. Nothing of it
        // stays open: many may wait.
        drop(self.open().await?);
        let (entry, mut turn) = self.go(progress).await?;
        let body = self.open().await?;
        let credentials = entry.as_ref().map(|entry| &*entry.credentials);
        let endpoint = entry
            .as_ref()
            .and_then(|entry| entry.elsewhere.as_ref())
            .unwrap_or(self.endpoint);
        let offset = progress
            .offset
            .unwrap_or_else(|| self.settings.clock.of(endpoint.authority()));
        let Prepared {
            request,
            redactor,
            signed,
        } = prepare::prepare(
            prepare::Context {
                settings: self.settings,
                endpoint,
                credentials,
                project_id: self.project_id,
                now: offset.now(),
            },
            self.operation,
            &self.request,
        )?;
        let now = Instant::now();
        let limit = self.limit(now);
        turn.leaves();
        let sending = self.exchange(request, body);
        let response = timeout_at(now + limit.duration(), sending)
            .await
            .unwrap_or_else(|_| Err(self.transport_error(limit)));
        Ok(Attempt {
            result: response
                .map(|(response, rest)| {
                    let response =
                        RawResponse::new(self.operation, response, redactor, A::CONVENTIONS);
                    match rest {
                        Some(rest) => response.with_rest(rest, self.settings.timeouts.attempt),
                        None => response,
                    }
                })
                .map_err(|error| error.during(self.operation)),
            signed: signed.map(|date| (date, offset)),
            turn,
            caller: entry.and_then(|entry| {
                Some(AttemptBy {
                    credentials: entry.credentials,
                    pass: entry.pass?,
                    elsewhere: entry.elsewhere,
                })
            }),
        })
    }

    /// Opens what is to be sent and is not in memory.
    async fn open(&self) -> Result<Option<Body>, SendError<A::Error>> {
        let Some(payload) = self.request.payload() else {
            return Ok(None);
        };
        let opened = Box::pin(timeout_at(self.deadline, payload.open())).await;
        let opened = opened.map_err(|_| self.transport_error(Limit::Upload).not_sent())?;
        Ok(Some(opened.map_err(InvalidRequest::from)?))
    }

    /// Sends the request and reads the response, but for the body of a success that is given as it
    /// comes.
    async fn exchange(
        &self,
        request: http::Request<SecretBytes>,
        body: Option<Body>,
    ) -> Result<(http::Response<Bytes>, Option<Body>), TransportError> {
        let transport = &self.settings.transport;
        if body.is_none() && self.left.is_none() {
            let response = transport.send(request).await?;
            // A transport of another's making may not have bounded it.
            if response.body().len() > MAX_BODY {
                let error = TransportError::new(TransportErrorKind::TooLarge);
                return Err(error.to_host(self.endpoint.authority()));
            }
            return Ok((response, None));
        }
        let request = request.map(|whole| body.unwrap_or_else(|| whole.into()));
        let (parts, body) = transport.exchange(request).await?.into_parts();
        let documented = self.left.filter(|_| parts.status.is_success());
        let is_left = documented.is_some_and(|it| is_left(&parts.headers, it));
        let (whole, rest) = match is_left {
            true => (Bytes::new(), Some(body)),
            false => {
                let whole = body.collect(MAX_BODY).await;
                let named = |error: TransportError| error.to_host(self.endpoint.authority());
                (whole.map_err(named)?, None)
            }
        };
        Ok((http::Response::from_parts(parts, whole), rest))
    }

    /// Gets credentials, then a turn in the queue for the service.
    async fn go(
        &self,
        progress: &mut Progress<'a, A>,
    ) -> Result<(Option<Entry<'a, A>>, Turn), SendError<A::Error>> {
        loop {
            let entry = match self.operation.anonymous {
                true => None,
                false => self.enter(progress).await?,
            };
            // After the credentials: signing in for them is a call too, and must not
            // wait behind one that waits for it.
            let turn = self.turn(&mut progress.position).await?;
            let pass = entry.as_ref().and_then(|entry| entry.pass.as_ref());
            // While it stood in the queue, the server may have refused them.
            if !pass.is_some_and(Pass::is_outdated) {
                return Ok((entry, turn));
            }
        }
    }

    /// Gets credentials, and a pass to send something with them; none where the operation does
    /// without.
    async fn enter(
        &self,
        progress: &mut Progress<'a, A>,
    ) -> Result<Option<Entry<'a, A>>, SendError<A::Error>> {
        let known = progress.credentials.take().map(Cow::Owned);
        let credentials = match known {
            Some(known) => Some(known),
            None => self.credentials().await?,
        };
        let Some(mut credentials) = credentials else {
            return Ok(None);
        };
        let mut may_change = self.settings.authentication.fixed().is_none();
        loop {
            let authentication = &self.settings.authentication;
            let elsewhere = authentication.endpoint(self.operation, &credentials)?;
            let host = elsewhere.as_ref().unwrap_or(self.endpoint).authority();
            let caller = Caller::new(&*credentials, host);
            let held = progress.pass.take().filter(|it| it.caller() == caller);
            let pass = if authentication.is_authenticated(self.request.headers(), &credentials) {
                None
            } else if held.is_some() {
                held
            } else {
                match self
                    .settings
                    .lockout_guard
                    .enter(caller, self.deadline)
                    .await
                {
                    Ok(pass) => Some(pass),
                    Err(Held::Unproven) => {
                        return Err(self.transport_error(Limit::Unproven).not_sent().into());
                    }
                    Err(Held::Refused(refused)) => {
                        let refused = A::Error::from(*refused);
                        // While it waited, others may have got new ones.
                        if std::mem::take(&mut may_change) {
                            let others = self.credentials().await?;
                            if let Some(others) = others
                                && others.fingerprint() != credentials.fingerprint()
                            {
                                credentials = others;
                                continue;
                            }
                        }
                        return Err(refused.into());
                    }
                }
            };
            return Ok(Some(Entry {
                credentials,
                elsewhere,
                pass,
            }));
        }
    }

    /// The caller's credentials of this moment, as far as they go along with the request.
    pub(super) async fn credentials(&self) -> Result<Given<'a, A>, SendError<A::Error>> {
        let authentication = &self.settings.authentication;
        let credentials = match authentication.fixed() {
            Some(fixed) => Cow::Borrowed(fixed),
            None => {
                let provided = Box::pin(timeout_at(self.deadline, authentication.provide())).await;
                let late = |_| self.transport_error(Limit::Credentials).not_sent();
                Cow::Owned(provided.map_err(late)??)
            }
        };
        let (headers, extra) = (self.request.headers(), &self.settings.extra);
        let is_set = |name: &HeaderName| headers.contains_key(name) || extra.sets(name);
        Ok(authentication.select(self.operation, &is_set, credentials)?)
    }

    /// How long the attempt that begins `now` may take.
    fn limit(&self, now: Instant) -> Limit {
        let left = self.deadline.saturating_duration_since(now);
        let attempt = self.settings.timeouts.attempt;
        if attempt < left {
            Limit::Attempt(attempt)
        } else {
            Limit::Operation {
                left,
                whole: self.settings.timeouts.operation,
            }
        }
    }

    fn transport_error(&self, limit: Limit) -> TransportError {
        TransportError::new(TransportErrorKind::Timeout)
            .to_host(self.endpoint.authority())
            .caused_by(limit)
            .during(self.operation)
    }
}

/// The time limit that ended an attempt.
#[derive(Debug, Clone, Copy, thiserror::Error)]
enum Limit {
    #[error("the attempt took longer than {0:?}")]
    Attempt(Duration),
    #[error("the whole operation took longer than {whole:?}")]
    Operation { left: Duration, whole: Duration },
    #[error("the credentials provider gave nothing before the operation's timeout")]
    Credentials,
    #[error("the file or stream to be sent could not be opened before the operation's timeout")]
    Upload,
    #[error(
        "the first calls with these credentials have no response yet, and if they are wrong, more \
         would lock them"
    )]
    Unproven,
}

impl Limit {
    fn duration(self) -> Duration {
        match self {
            Self::Attempt(duration) | Self::Operation { left: duration, .. } => duration,
            Self::Credentials | Self::Upload | Self::Unproven => Duration::ZERO,
        }
    }
}
