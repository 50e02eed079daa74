//! From a request without an address to one that can be sent.

use std::borrow::Cow;
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{self, HeaderMap};
use http::uri::PathAndQuery;
use http::{HeaderValue, Request};

use super::checked::Checked;
use crate::authentication::{Authentication, Credential as _, Unauthenticated};
use crate::byte_set::ByteSet;
use crate::endpoint::Endpoint;
use crate::error::SendError;
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::operation::Operation;
use crate::redact::Redactor;
use crate::wire::{self, SecretBytes};

/// The most headers that are added to those of the operation.
const ADDED_HEADERS: usize = 10;

/// A path that would not arrive as it was meant.
const NOT_ENCODED: &str = "the path is not encoded; encode each of its parameters";
/// A path that a server or gateway would shorten.
const STEPS: &str = "the path holds a step (`.` or `..`), so another path may be meant by the time \
     it arrives; leave the steps out";
/// A body that a signature would have to be made of.
const NOT_SIGNED: &str = "who calls is told by a signature of the whole body, and a file or stream is \
     not in memory; pass its bytes";
/// What a path is written with; the rest has to be encoded.
static PATH: ByteSet = ByteSet::alphanumeric_and(b"/-._~!$&'()*+,;=:@%");
/// The longest path, with its query, that [`http::Uri`] can hold, in bytes.
const LONGEST_TARGET: usize = 65_534;

/// What a request needs besides itself.
pub(super) struct Context<'a, A: Authentication> {
    pub(super) settings: &'a Checked<A>,
    pub(super) endpoint: &'a Endpoint,
    /// None for an operation that is called without.
    pub(super) credentials: Option<&'a A::Credentials>,
    pub(super) project_id: Option<&'a str>,
    pub(super) now: SystemTime,
}

/// A request that can be sent, and what its response must not show.
pub(super) struct Prepared {
    pub(super) request: Request<SecretBytes>,
    pub(super) redactor: Redactor,
    /// The date in the signature, if it was signed here and now.
    pub(super) signed: Option<SystemTime>,
}

/// Addresses `request`, completes its headers and says who calls. The body is shared,
/// not copied.
pub(super) fn prepare<A: Authentication>(
    context: Context<'_, A>,
    operation: &'static Operation,
    request: &wire::Request,
) -> Result<Prepared, SendError<A::Error>> {
    let Context {
        settings,
        endpoint,
        credentials,
        project_id,
        now,
    } = context;
    // Room for all, so that it need not grow.
    let given = request.headers().len() + settings.extra.len();
    let mut headers = HeaderMap::with_capacity(given + ADDED_HEADERS);
    for (name, value) in request.headers() {
        headers.append(name, value.clone());
    }
    let mut redactor = Redactor::default();
    settings.extra.add_to(&mut headers, &mut redactor);
    let path = path(endpoint.join(request.path()))?;
    if A::SIGNS_BODY && credentials.is_some() && request.payload().is_some() {
        return Err(whole(NOT_SIGNED).into());
    }
    // One that says so itself has its type already.
    let has_untyped_body = request.body().is_some() && !request.is_typed();
    complete(
        &mut headers,
        settings,
        endpoint,
        operation,
        has_untyped_body,
    )?;

    let mut unauthenticated = Unauthenticated {
        method: request.method().as_str(),
        host: endpoint.authority(),
        path: &path,
        query: Cow::Borrowed(request.query()),
        headers: &mut headers,
        body: request.body().map_or(&[], SecretBytes::as_slice),
    };
    let signed = match credentials {
        Some(credentials) => settings.authentication.authenticate(
            credentials,
            project_id,
            &mut unauthenticated,
            now,
        )?,
        None => false,
    };
    let query = match signed {
        true => request.canonical_query_of(&unauthenticated.query),
        false => request.query_of(&unauthenticated.query),
    };
    let target = target(path, &query)?;

    let of_caller = credentials.into_iter().flat_map(A::Credentials::secrets);
    for secret in of_caller.chain(request.secrets()) {
        redactor.add(secret);
    }
    mark_sensitive::<A>(&mut headers, operation, &mut redactor);

    let mut prepared = Request::new(request.body().cloned().unwrap_or_default());
    *prepared.method_mut() = request.method().clone();
    *prepared.uri_mut() = endpoint.uri(target).map_err(|_| whole(NOT_ENCODED))?;
    *prepared.headers_mut() = headers;
    Ok(Prepared {
        request: prepared,
        redactor,
        signed: signed.then_some(now),
    })
}

/// The path, which arrives as it was meant.
fn path(path: String) -> Result<String, InvalidRequest> {
    if !PATH.holds_all(&path) {
        return Err(whole(NOT_ENCODED));
    }
    if path.split('/').any(is_step) {
        return Err(whole(STEPS));
    }
    Ok(path)
}

/// What stands in the first line of the request.
fn target(mut path: String, query: &str) -> Result<PathAndQuery, InvalidRequest> {
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
fn complete<A>(
    headers: &mut HeaderMap,
    settings: &Checked<A>,
    endpoint: &Endpoint,
    operation: &Operation,
    has_untyped_body: bool,
) -> Result<(), InvalidRequest> {
    // Where the body ends is told by the body alone.
    headers.remove(header::CONTENT_LENGTH);
    headers.remove(header::TRANSFER_ENCODING);
    headers.insert(header::HOST, plain(endpoint.authority())?);
    headers.insert(header::USER_AGENT, settings.user_agent.clone());
    headers
        .entry(header::ACCEPT)
        .or_insert(HeaderValue::from_static("application/json"));
    if let (true, Some(content_type)) = (has_untyped_body, operation.content_type)
        // A JSON body brought it along.
        && headers.get(header::CONTENT_TYPE).is_none_or(|given| given != content_type)
    {
        headers.insert(header::CONTENT_TYPE, plain(content_type)?);
    }
    Ok(())
}

/// Keeps the values of secret headers out of `Debug`, and out of what an
/// response may show.
fn mark_sensitive<A: Authentication>(
    headers: &mut HeaderMap,
    operation: &Operation,
    redactor: &mut Redactor,
) {
    for (name, value) in headers.iter_mut() {
        let is_secret = name == header::AUTHORIZATION
            || A::SECRET_HEADERS.contains(&name.as_str())
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

/// Whether it ends with a signature, as those of most signing schemes do.
fn is_signature(authorization: &HeaderValue) -> bool {
    let text = authorization.as_bytes();
    let name = text
        .iter()
        .rposition(|byte| *byte == b'=')
        .map(|at| &text[..at]);
    name.is_some_and(|name| name.ends_with(b"Signature"))
}

fn plain(value: &str) -> Result<HeaderValue, InvalidRequest> {
    HeaderValue::from_str(value).map_err(|_| wire::BuildError::HeaderValue.into())
}

fn whole(problem: &'static str) -> InvalidRequest {
    InvalidRequest::of_request(InvalidRule::Malformed(problem))
}
