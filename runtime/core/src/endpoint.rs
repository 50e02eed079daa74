//! The address of a service.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use http::uri::{Authority, InvalidUriParts, Parts, PathAndQuery, Scheme, Uri};

use crate::sanitize;

/// A checked base URL: scheme, host, port and perhaps a base path.
///
/// Secrets travel in request bodies, so plain http is for loopback addresses
/// only, unless [`Endpoint::parse_allowing_plain_http`] is asked by name.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    https: bool,
    /// Host and, where it is not the scheme's own, the port: the Host header.
    authority: Authority,
    /// Empty, or `/base` without a slash at the end.
    base_path: String,
    /// All of it, as text.
    url: String,
}

/// Why a text is no endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{sanitized}` is no usable endpoint: {problem}; \
     write it like https://service.region.example.com"
)]
pub struct InvalidEndpoint {
    /// What of the text can neither be secret nor forge a log.
    sanitized: String,
    problem: EndpointProblem,
}

/// The rule that an endpoint breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointProblem {
    /// No URL at all.
    #[error("it is not a URL of scheme, host and perhaps a base path")]
    NotAUrl,
    /// Another scheme than http or https.
    #[error("its scheme is neither https nor http")]
    Scheme,
    /// http to a host that is not this machine.
    #[error(
        "plain http to another machine would show secrets on the way; use https, \
         or allow it by name with `.allow_plain_http()`"
    )]
    PlainHttp,
    /// A user name or password in front of the host.
    #[error("it holds user info; credentials go to `.credentials(..)`")]
    UserInfo,
    /// A query or a fragment.
    #[error("it holds a query or a fragment")]
    QueryOrFragment,
    /// A base path with characters that would not stay as they are.
    #[error("its base path holds `.` or `..` segments, an empty segment or characters to escape")]
    BasePath,
    /// Something in braces that nothing is put in place of.
    #[error(
        "it holds a brace or a placeholder; `.endpoint_template(..)` takes `{{service}}` and \
         `{{region}}`, and no others"
    )]
    Placeholder,
    /// A template that gives all services the same address.
    #[error(
        "it has no `{{service}}`, so all services would have one address; if they do, give it with \
         `.endpoint(..)`"
    )]
    NoService,
}

impl InvalidEndpoint {
    #[doc(hidden)]
    pub fn new(text: &str, problem: EndpointProblem) -> Self {
        Self {
            sanitized: sanitize::address(text),
            problem,
        }
    }

    /// The broken rule.
    pub fn problem(&self) -> EndpointProblem {
        self.problem
    }
}

impl Endpoint {
    /// Reads a base URL: https, or http to this machine.
    ///
    /// # Errors
    /// [`InvalidEndpoint`] names the broken rule.
    pub fn parse(text: &str) -> Result<Self, InvalidEndpoint> {
        Self::read(text, false)
    }

    /// Like [`parse`](Self::parse), with http to any machine.
    ///
    /// # Errors
    /// [`InvalidEndpoint`] names the broken rule.
    pub fn parse_allowing_plain_http(text: &str) -> Result<Self, InvalidEndpoint> {
        Self::read(text, true)
    }

    fn read(text: &str, plain_http: bool) -> Result<Self, InvalidEndpoint> {
        let refuse = |problem| InvalidEndpoint::new(text, problem);
        if text.contains(['{', '}']) {
            return Err(refuse(EndpointProblem::Placeholder));
        }
        if text.contains(['?', '#']) {
            return Err(refuse(EndpointProblem::QueryOrFragment));
        }
        let uri: http::Uri = text.parse().map_err(|_| refuse(EndpointProblem::NotAUrl))?;
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            Some(_) => return Err(refuse(EndpointProblem::Scheme)),
            None => return Err(refuse(EndpointProblem::NotAUrl)),
        };
        let authority = uri
            .authority()
            .ok_or_else(|| refuse(EndpointProblem::NotAUrl))?;
        if authority.as_str().contains('@') {
            return Err(refuse(EndpointProblem::UserInfo));
        }
        let host = authority.host().to_ascii_lowercase();
        if host.is_empty() || !host_is_plain(&host) {
            return Err(refuse(EndpointProblem::NotAUrl));
        }
        // `example.com:` and ports above 65535 have no readable port number.
        if authority.port_u16().is_none() && authority.as_str().len() != host.len() {
            return Err(refuse(EndpointProblem::NotAUrl));
        }
        if !https && !plain_http && !is_loopback(&host) {
            return Err(refuse(EndpointProblem::PlainHttp));
        }
        let base_path = uri.path().trim_end_matches('/').to_owned();
        if !base_path_is_plain(&base_path) {
            return Err(refuse(EndpointProblem::BasePath));
        }
        let own_port = if https { 443 } else { 80 };
        let authority = match authority.port_u16() {
            Some(port) if port != own_port => format!("{host}:{port}"),
            _ => host,
        };
        let authority =
            Authority::try_from(authority).map_err(|_| refuse(EndpointProblem::NotAUrl))?;
        let scheme = if https { "https" } else { "http" };
        let url = format!("{scheme}://{authority}{base_path}");
        Ok(Self {
            https,
            authority,
            base_path,
            url,
        })
    }

    /// Whether the connection is encrypted.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Host and port as the Host header carries them.
    pub fn authority(&self) -> &str {
        self.authority.as_str()
    }

    /// The whole address without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The path on the server of an operation's `path`: the base path in
    /// front, exactly one slash between.
    pub fn join(&self, path: &str) -> String {
        [&self.base_path, "/", path.trim_start_matches('/')].concat()
    }

    /// The address of what is at `target` on the server: a path that was
    /// [joined](Self::join), perhaps with a query.
    pub fn uri(&self, target: PathAndQuery) -> Result<Uri, InvalidUriParts> {
        // Put together of what was read before, so that only the path is new.
        let mut parts = Parts::default();
        parts.scheme = Some(match self.https {
            true => Scheme::HTTPS,
            false => Scheme::HTTP,
        });
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(target);
        Uri::from_parts(parts)
    }
}

/// Whether it is the name or the address of a machine, in lower or upper case, and nothing else.
pub fn host_is_plain(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    host.bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

/// Whether the name or the address is one of this machine's own.
pub fn is_loopback(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok_and(|a| a.is_loopback());
    }
    host == "localhost" || host.parse::<Ipv4Addr>().is_ok_and(|a| a.is_loopback())
}

/// Whether URL parsers leave the path as it is.
fn base_path_is_plain(path: &str) -> bool {
    path.is_empty()
        || path.split('/').skip(1).all(|segment| {
            !matches!(segment, "" | "." | "..")
                && segment
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'))
        })
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({})", self.url)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> EndpointProblem {
        Endpoint::parse(text).unwrap_err().problem()
    }

    #[test]
    fn slashes_never_double() {
        for base in [
            "https://a.example.com",
            "https://a.example.com/",
            "https://a.example.com//",
        ] {
            let endpoint = Endpoint::parse(base).unwrap();
            assert_eq!(endpoint.join("/v1/x"), "/v1/x", "{base}");
            assert_eq!(endpoint.join("v1/x"), "/v1/x", "{base}");
            assert_eq!(endpoint.as_str(), "https://a.example.com");
        }
        let endpoint = Endpoint::parse("https://a.example.com/gateway/x/").unwrap();
        assert_eq!(endpoint.join("/v1/x"), "/gateway/x/v1/x");
        let uri = endpoint.uri(PathAndQuery::from_static("/gateway/x/v1/x?a=b"));
        assert_eq!(
            uri.unwrap().to_string(),
            "https://a.example.com/gateway/x/v1/x?a=b"
        );
    }

    #[test]
    fn the_scheme_s_own_port_is_not_part_of_the_host_header() {
        let host = |text| Endpoint::parse(text).unwrap().authority().to_owned();
        assert_eq!(host("https://A.example.com:443"), "a.example.com");
        assert_eq!(host("https://a.example.com:8443"), "a.example.com:8443");
        assert_eq!(host("http://127.0.0.1:80"), "127.0.0.1");
        assert_eq!(host("http://[::1]:8080"), "[::1]:8080");
    }

    #[test]
    fn plain_http_is_for_this_machine() {
        for here in [
            "http://127.0.0.1:1",
            "http://127.8.9.1:1",
            "http://localhost:1",
            "http://[::1]:1",
        ] {
            assert!(Endpoint::parse(here).is_ok(), "{here}");
        }
        for elsewhere in [
            "http://10.0.0.1",
            "http://example.com",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://[::2]",
        ] {
            assert_eq!(
                problem(elsewhere),
                EndpointProblem::PlainHttp,
                "{elsewhere}"
            );
            assert!(Endpoint::parse_allowing_plain_http(elsewhere).is_ok());
        }
    }

    #[test]
    fn everything_else_is_named() {
        assert_eq!(
            problem("https://u:p@example.com"),
            EndpointProblem::UserInfo
        );
        assert_eq!(
            problem("https://example.com/?a=1"),
            EndpointProblem::QueryOrFragment
        );
        assert_eq!(
            problem("https://example.com/#a"),
            EndpointProblem::QueryOrFragment
        );
        assert_eq!(problem("ftp://example.com"), EndpointProblem::Scheme);
        for text in [
            "",
            "example.com",
            "/v1",
            "https://",
            "https://exa mple.com",
            "https://h:99999",
        ] {
            assert_eq!(problem(text), EndpointProblem::NotAUrl, "{text}");
        }
        for text in [
            "https://h/a/../b",
            "https://h/a//b",
            "https://h/%2e",
            "https://h/./a",
        ] {
            assert_eq!(problem(text), EndpointProblem::BasePath, "{text}");
        }
    }

    #[test]
    fn an_error_shows_no_user_info_and_no_query() {
        let error = Endpoint::parse("https://user:Secret1@example.com/?token=Secret2").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("Secret"), "{error}");
    }
}
