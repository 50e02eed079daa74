//! From a request without an address to one that can be sent.

use std::time::SystemTime;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, InvalidHeaderValue};
use http::uri::PathAndQuery;
use http::{HeaderValue, Request};

use super::headers::ExtraHeaders;
use crate::byte_set::ByteSet;
use crate::credential::{Credentials, CredentialsError, Kind, Malformed};
use crate::endpoint::Endpoint;
use crate::error::SendError;
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::operation::Operation;
use crate::redact::Redactor;
use crate::secret::Password;
use crate::signing::{DATE_HEADER, SigningInput, SigningScheme, canonical_query};
use crate::wire::{self, SecretBytes};

/// [`DATE_HEADER`].
const X_SDK_DATE: HeaderName = HeaderName::from_static("x-sdk-date");
pub(super) const X_AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
const X_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-security-token");
const X_PROJECT_ID: HeaderName = HeaderName::from_static("x-project-id");
const X_DOMAIN_ID: HeaderName = HeaderName::from_static("x-domain-id");

/// The most headers that are added to those of the operation.
const ADDED_HEADERS: usize = 10;

/// Headers that proxies may rewrite; they are sent and not signed.
const UNSIGNED: &[HeaderName] = &[header::USER_AGENT, header::ACCEPT];

/// A path that would not arrive as it was meant.
const NOT_ENCODED: &str = "the path is not encoded; encode each of its parameters";
/// A path that a server or gateway would shorten.
const STEPS: &str = "the path holds a step (`.` or `..`), so another path may be meant by the time \
     it arrives; leave the steps out";
/// What a path is written with; the rest has to be encoded.
static PATH: ByteSet = ByteSet::alphanumeric_and(b"/-._~!$&'()*+,;=:@%");
/// The longest path, with its query, that [`http::Uri`] can hold, in bytes.
const LONGEST_TARGET: usize = 65_534;

/// What a request needs besides itself.
pub(super) struct Context<'a> {
    pub(super) endpoint: &'a Endpoint,
    /// None for an operation that is called without.
    pub(super) credentials: Option<&'a Credentials>,
    pub(super) project_id: Option<&'a str>,
    pub(super) user_agent: &'a HeaderValue,
    pub(super) signing: &'a SigningScheme,
    pub(super) extra: &'a ExtraHeaders,
    pub(super) now: SystemTime,
}

/// A request that can be sent, and what its answer must not show.
pub(super) struct Prepared {
    pub(super) request: Request<SecretBytes>,
    pub(super) redactor: Redactor,
    /// The date in the signature, if it was signed here and now.
    pub(super) signed: Option<SystemTime>,
}

/// Addresses `request`, completes its headers and signs it. The body is shared,
/// not copied.
pub(super) fn prepare(
    context: Context<'_>,
    operation: &'static Operation,
    request: &wire::Request,
) -> Result<Prepared, SendError> {
    // Room for all, so that it need not grow.
    let given = request.headers().len() + context.extra.len();
    let mut headers = HeaderMap::with_capacity(given + ADDED_HEADERS);
    for (name, value) in request.headers() {
        headers.append(name, value.clone());
    }
    let mut redactor = Redactor::default();
    context.extra.add_to(&mut headers, &mut redactor);
    // Path and query are written once: what is signed is what is sent.
    let target = target(
        context.endpoint.join(request.path()),
        &canonical_query(request.query()),
    )?;

    complete(&mut headers, &context, operation, request.body().is_some())?;
    let signed = authenticate(
        &mut headers,
        &context,
        &Target {
            method: request.method().as_str(),
            path: target.path(),
            query: request.query(),
            body: request.body().map_or(&[], SecretBytes::as_slice),
        },
    )?;

    for secret in context
        .credentials
        .into_iter()
        .flat_map(Credentials::secrets)
    {
        redactor.add(secret);
    }
    for secret in request.secrets() {
        redactor.add(secret);
    }
    mark_sensitive(&mut headers, operation, &mut redactor);

    let mut prepared = Request::new(request.body().cloned().unwrap_or_default());
    *prepared.method_mut() = request.method().clone();
    *prepared.uri_mut() = context
        .endpoint
        .uri(target)
        .map_err(|_| whole(NOT_ENCODED))?;
    *prepared.headers_mut() = headers;
    Ok(Prepared {
        request: prepared,
        redactor,
        signed: signed.then_some(context.now),
    })
}

/// What stands in the first line of the request.
fn target(mut path: String, query: &str) -> Result<PathAndQuery, SendError> {
    if !PATH.holds_all(&path) {
        return Err(whole(NOT_ENCODED));
    }
    if path.split('/').any(is_step) {
        return Err(whole(STEPS));
    }
    if !query.is_empty() {
        path.reserve_exact(1 + query.len());
        path.push('?');
        path.push_str(query);
    }
    if path.len() > LONGEST_TARGET {
        return Err(whole("path and query are longer than 65,534 bytes"));
    }
    PathAndQuery::from_maybe_shared(Bytes::from(path)).map_err(|_| whole(NOT_ENCODED))
}

/// Whether this part of a path stands for the folder itself or the one above;
/// `%2e` is a dot too.
fn is_step(segment: &str) -> bool {
    // The longest is `%2e%2e`.
    segment.len() <= 6
        && matches!(
            segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
            "." | ".."
        )
}

/// Host, User-Agent, Accept and Content-Type.
fn complete(
    headers: &mut HeaderMap,
    context: &Context<'_>,
    operation: &Operation,
    has_body: bool,
) -> Result<(), SendError> {
    headers.insert(header::HOST, plain(context.endpoint.authority())?);
    headers.insert(header::USER_AGENT, context.user_agent.clone());
    headers
        .entry(header::ACCEPT)
        .or_insert(HeaderValue::from_static("application/json"));
    if let (true, Some(content_type)) = (has_body, operation.content_type)
        // A JSON body brought it along.
        && headers.get(header::CONTENT_TYPE).is_none_or(|given| given != content_type)
    {
        headers.insert(header::CONTENT_TYPE, plain(content_type)?);
    }
    Ok(())
}

struct Target<'a> {
    method: &'a str,
    path: &'a str,
    query: &'a [(String, String)],
    body: &'a [u8],
}

/// Signs, or adds the token. `true` when a signature was made for the date of
/// this moment.
fn authenticate(
    headers: &mut HeaderMap,
    context: &Context<'_>,
    target: &Target<'_>,
) -> Result<bool, SendError> {
    let Some(credentials) = context.credentials else {
        return Ok(false);
    };
    match &credentials.kind {
        Kind::Token(token) => {
            if !headers.contains_key(X_AUTH_TOKEN) {
                headers.insert(X_AUTH_TOKEN, secret("token", token)?);
            }
            Ok(false)
        }
        // The caller's own signature or token stays as it is.
        Kind::AkSk { .. } if headers.contains_key(header::AUTHORIZATION) => Ok(false),
        Kind::AkSk {
            access_key,
            secret_key,
            security_token,
        } => {
            if let Some(token) = security_token {
                headers.insert(X_SECURITY_TOKEN, secret("security token", token)?);
            }
            if let Some(project) = context.project_id {
                headers.insert(X_PROJECT_ID, plain(project)?);
            } else if let Some(domain) = credentials.domain() {
                headers.insert(X_DOMAIN_ID, plain(domain)?);
            }
            let dated = headers.contains_key(DATE_HEADER);
            sign_headers(headers, context, target, access_key, secret_key)?;
            Ok(!dated)
        }
    }
}

fn sign_headers(
    headers: &mut HeaderMap,
    context: &Context<'_>,
    target: &Target<'_>,
    access_key: &Password,
    secret_key: &Password,
) -> Result<(), SendError> {
    let signed = {
        let mut given = Vec::with_capacity(headers.len());
        for (name, value) in headers.iter().filter(|(name, _)| !UNSIGNED.contains(name)) {
            let value = std::str::from_utf8(value.as_bytes())
                .map_err(|_| whole("a header's value is not UTF-8, so it cannot be signed"))?;
            given.push((name.as_str(), value));
        }
        context.signing.sign(
            &SigningInput {
                access_key: access_key.expose(),
                secret_key: secret_key.expose(),
                method: target.method,
                host: context.endpoint.authority(),
                path: target.path,
                query: target.query,
                headers: &given,
                body: target.body,
            },
            context.now,
        )
    };
    for (name, value) in signed.added_headers {
        let name = match name {
            DATE_HEADER => X_SDK_DATE,
            other => other
                .parse()
                .map_err(|_| whole("signing gave a header name that cannot be sent"))?,
        };
        headers.insert(name, plain(value)?);
    }
    headers.insert(header::AUTHORIZATION, plain(signed.authorization)?);
    Ok(())
}

/// Keeps the values of secret headers out of `Debug`, and out of what an
/// answer may show.
fn mark_sensitive(headers: &mut HeaderMap, operation: &Operation, redactor: &mut Redactor) {
    for (name, value) in headers.iter_mut() {
        let is_secret = [header::AUTHORIZATION, X_AUTH_TOKEN, X_SECURITY_TOKEN].contains(name)
            || operation
                .secret_headers
                .iter()
                .any(|secret| secret.eq_ignore_ascii_case(name.as_str()));
        if !is_secret {
            continue;
        }
        value.set_sensitive(true);
        if name == header::AUTHORIZATION && is_signature(value) {
            redactor.add_signed(value);
        } else if let Ok(text) = std::str::from_utf8(value.as_bytes()) {
            // The scheme is a word like others.
            let credential = match name == header::AUTHORIZATION {
                true => text
                    .split_once(' ')
                    .map_or(text, |(_, credential)| credential),
                false => text,
            };
            redactor.add_text(credential);
        }
    }
}

/// Whether it ends with a signature, as those do that this crate makes.
fn is_signature(authorization: &HeaderValue) -> bool {
    let text = authorization.as_bytes();
    let name = text
        .iter()
        .rposition(|byte| *byte == b'=')
        .map(|at| &text[..at]);
    name.is_some_and(|name| name.ends_with(b"Signature"))
}

/// A text is copied, a string taken over.
fn plain<T>(value: T) -> Result<HeaderValue, SendError>
where
    HeaderValue: TryFrom<T, Error = InvalidHeaderValue>,
{
    HeaderValue::try_from(value)
        .map_err(|_| InvalidRequest::from(wire::BuildError::HeaderValue).into())
}

fn secret(name: &'static str, value: &Password) -> Result<HeaderValue, SendError> {
    let mut header = HeaderValue::from_str(value.expose()).map_err(|_| {
        SendError::Credentials(CredentialsError::Malformed {
            name,
            problem: Malformed::ControlCharacter,
        })
    })?;
    header.set_sensitive(true);
    Ok(header)
}

fn whole(problem: &'static str) -> SendError {
    InvalidRequest::of_request(InvalidRule::Malformed(problem)).into()
}
