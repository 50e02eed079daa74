//! How a request says who calls: signed with an access key pair, or with a token.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderValue;
use http::header::{self, HeaderMap, HeaderName, InvalidHeaderValue};
use openapi_client_runtime::authentication::{Authentication, Credential, Unauthenticated};
use openapi_client_runtime::error::Conventions;

use crate::credential::{Credentials, CredentialsError, Kind, Malformed, ProvideCredentials};
use crate::endpoint::Endpoint;
use crate::error::{HuaweiCloud, SendError};
use crate::identity;
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::operation::Operation;
use crate::secret::Password;
use crate::signing::{DATE_HEADER, MAX_CLOCK_SKEW, SigningInput, SigningScheme};
use crate::wire;

/// [`DATE_HEADER`].
const X_SDK_DATE: HeaderName = HeaderName::from_static("x-sdk-date");
const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
const X_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");
const X_PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");
const X_DOMAIN_ID: HeaderName = HeaderName::from_static("x-domain-id");

/// Headers that proxies may rewrite; they are sent and not signed.
const UNSIGNED: &[HeaderName] = &[header::USER_AGENT, header::ACCEPT];

/// Who calls, and how requests are signed for it.
#[derive(Clone)]
pub struct Caller {
    pub(super) provider: Arc<dyn ProvideCredentials>,
    /// The credentials, where they are always the same. Checked when the client was built.
    pub(super) fixed: Option<Credentials>,
    pub(super) signing: SigningScheme,
    /// Whether the address of IAM was given by hand, which goes before that of the credentials.
    pub(super) iam_is_addressed: bool,
    pub(super) plain_http: bool,
}

impl Credential for Credentials {
    fn fingerprint(&self) -> u128 {
        Self::fingerprint(self).short()
    }

    fn secrets(&self) -> impl Iterator<Item = &Password> {
        Self::secrets(self)
    }

    /// Five refused signatures in a row lock an access key for five minutes. A token that one
    /// service refuses may be fine for others, and is never locked.
    fn lock(&self) -> Option<u128> {
        (!self.is_token()).then(|| Credential::fingerprint(self))
    }
}

impl Authentication for Caller {
    type Credentials = Credentials;
    type Error = CredentialsError;

    const CONVENTIONS: &'static dyn Conventions = &HuaweiCloud;
    const MAX_CLOCK_SKEW: Duration = MAX_CLOCK_SKEW;
    const HEADERS: &'static [&'static str] = &[
        "x-auth-token",
        "x-domain-id",
        "x-project-id",
        "x-sdk-*",
        "x-security-token",
    ];
    const SECRET_HEADERS: &'static [&'static str] = &["x-auth-token", "x-security-token"];

    fn fixed(&self) -> Option<&Credentials> {
        self.fixed.as_ref()
    }

    async fn provide(&self) -> Result<Credentials, CredentialsError> {
        let credentials = self.provider.provide().await?;
        credentials.validate()?;
        Ok(credentials)
    }

    fn rejected(&self, credentials: &Credentials) {
        self.provider.rejected(credentials);
    }

    /// The address of IAM that the credentials bring along, as a profile can; one given to the
    /// builder goes before it.
    fn endpoint(
        &self,
        operation: &Operation,
        credentials: &Credentials,
    ) -> Result<Option<Endpoint>, CredentialsError> {
        if operation.service != identity::SERVICE || self.iam_is_addressed {
            return Ok(None);
        }
        let Some(url) = credentials.iam() else {
            return Ok(None);
        };
        let endpoint = if self.plain_http {
            Endpoint::parse_allowing_plain_http(url)
        } else {
            Endpoint::parse(url)
        };
        endpoint
            .map(Some)
            .map_err(|error| CredentialsError::other(format!("the IAM endpoint: {error}")))
    }

    fn is_authenticated(&self, headers: &HeaderMap, credentials: &Credentials) -> bool {
        headers.contains_key(match credentials.is_token() {
            true => X_AUTH_TOKEN,
            false => header::AUTHORIZATION,
        })
    }

    /// Signed with an access key pair, `project_id`, or that of the credentials, goes along as
    /// X-Project-Id.
    fn authenticate(
        &self,
        credentials: &Credentials,
        project_id: Option<&str>,
        request: &mut Unauthenticated<'_>,
        now: SystemTime,
    ) -> Result<bool, SendError> {
        // The caller's own signature or token stays as it is.
        if self.is_authenticated(request.headers, credentials) {
            return Ok(false);
        }
        match &credentials.kind {
            Kind::Token(token) => {
                request
                    .headers
                    .insert(X_AUTH_TOKEN, secret("token", token)?);
                Ok(false)
            }
            Kind::AkSk {
                access_key,
                secret_key,
                security_token,
            } => {
                let headers = &mut *request.headers;
                if let Some(token) = security_token {
                    headers.insert(X_SECURITY_TOKEN, secret("security token", token)?);
                }
                if let Some(project) = project_id.or(credentials.project()) {
                    headers.insert(X_PROJECT_ID, plain(project)?);
                } else if let Some(domain) = credentials.domain() {
                    headers.insert(X_DOMAIN_ID, plain(domain)?);
                }
                let dated = headers.contains_key(DATE_HEADER);
                self.sign(request, access_key, secret_key, now)?;
                Ok(!dated)
            }
        }
    }

    /// The kind of credentials that are fixed, else the name of the provider's type. Its `Debug` is
    /// its author's, who may have thought of no log.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fixed {
            Some(credentials) => fmt::Debug::fmt(credentials, f),
            None => f.write_str(self.provider.kind()),
        }
    }
}

impl Caller {
    fn sign(
        &self,
        request: &mut Unauthenticated<'_>,
        access_key: &Password,
        secret_key: &Password,
        now: SystemTime,
    ) -> Result<(), SendError> {
        let signed = {
            let mut given = Vec::with_capacity(request.headers.len());
            let headers = request.headers.iter();
            for (name, value) in headers.filter(|(name, _)| !UNSIGNED.contains(name)) {
                let value = std::str::from_utf8(value.as_bytes())
                    .map_err(|_| whole("a header's value is not UTF-8, so it cannot be signed"))?;
                given.push((name.as_str(), value));
            }
            self.signing.sign(
                &SigningInput {
                    access_key: access_key.expose(),
                    secret_key: secret_key.expose(),
                    method: request.method,
                    host: request.host,
                    path: request.path,
                    query: &request.query,
                    headers: &given,
                    body: request.body,
                },
                now,
            )
        };
        for (name, value) in signed.added_headers {
            let name = match name {
                DATE_HEADER => X_SDK_DATE,
                other => other
                    .parse()
                    .map_err(|_| whole("signing gave a header name that cannot be sent"))?,
            };
            request.headers.insert(name, plain(value)?);
        }
        let authorization = plain(signed.authorization)?;
        request.headers.insert(header::AUTHORIZATION, authorization);
        Ok(())
    }
}

/// A text is copied, a string taken over.
fn plain<T>(value: T) -> Result<HeaderValue, InvalidRequest>
where
    HeaderValue: TryFrom<T, Error = InvalidHeaderValue>,
{
    HeaderValue::try_from(value).map_err(|_| wire::BuildError::HeaderValue.into())
}

fn secret(name: &'static str, value: &Password) -> Result<HeaderValue, CredentialsError> {
    let mut header = HeaderValue::from_str(value.expose()).map_err(|_| {
        let problem = Malformed::ControlCharacter;
        CredentialsError::Malformed { name, problem }
    })?;
    header.set_sensitive(true);
    Ok(header)
}

fn whole(problem: &'static str) -> InvalidRequest {
    InvalidRequest::of_request(InvalidRule::Malformed(problem))
}
