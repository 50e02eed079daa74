//! What an operation asks for to know who calls.

use std::fmt;

/// What a request shows of a scheme that an operation asks for. What OAuth 2 and OpenID Connect give
/// is a bearer token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SecurityScheme {
    /// A bearer token, also one of OAuth 2 or OpenID Connect.
    Bearer,
    /// A user and a password.
    Basic,
    /// A key in the header of this name.
    ApiKeyHeader(&'static str),
    /// A key in the query parameter of this name.
    ApiKeyQuery(&'static str),
    /// A key in the cookie of this name.
    ApiKeyCookie(&'static str),
    /// Something that no credentials fulfil.
    Other,
}

/// The ways in which an operation can be told who calls, in the order of its document: one of them
/// is enough, and takes all of its schemes at once, each under the name that the document has for it.
/// One without schemes is for anybody.
pub type Security = &'static [&'static [(&'static str, SecurityScheme)]];

impl fmt::Display for SecurityScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bearer => f.write_str("a bearer token"),
            Self::Basic => f.write_str("a user and password (basic)"),
            Self::ApiKeyHeader(name) => write!(f, "an API key in the header `{name}`"),
            Self::ApiKeyQuery(name) => write!(f, "an API key in the query parameter `{name}`"),
            Self::ApiKeyCookie(name) => write!(f, "an API key in the cookie `{name}`"),
            Self::Other => f.write_str("what this client cannot give"),
        }
    }
}

/// What an operation asks for, in words.
pub(crate) fn words(security: Security) -> String {
    let one = |(name, scheme): &(&str, SecurityScheme)| format!("{scheme} for `{name}`");
    let all = |schemes: &&[_]| {
        let schemes: Vec<String> = schemes.iter().map(one).collect();
        schemes.join(" and ")
    };
    let ways: Vec<String> = security.iter().map(all).collect();
    ways.join("; or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_reads_as_a_sentence() {
        use SecurityScheme::{ApiKeyHeader, ApiKeyQuery, Basic, Bearer, Other};
        let asked: Security = &[
            &[("a", Bearer)],
            &[("b", Basic), ("c", ApiKeyHeader("X-Key"))],
        ];
        assert_eq!(
            words(asked),
            "a bearer token for `a`; or a user and password (basic) for `b` and an API key in the \
             header `X-Key` for `c`"
        );
        let asked: Security = &[&[("d", ApiKeyQuery("k"))], &[("tls", Other)]];
        assert_eq!(
            words(asked),
            "an API key in the query parameter `k` for `d`; or what this client cannot give for `tls`"
        );
    }
}
