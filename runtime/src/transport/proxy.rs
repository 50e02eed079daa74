//! The proxy that the environment names.
//!
//! It is for https alone: plain http is allowed in the open only because it
//! stays on this machine.

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;

use super::{TransportError, TransportErrorKind};

/// Where the address is looked for, in this order.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// What names the servers that are reached without it.
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// The proxy for https, if there is one.
///
/// # Errors
/// Names the variable whose value is no address of a proxy, and not the value,
/// which may hold a password.
pub(super) fn from_environment() -> Result<Option<Matcher>, TransportError> {
    // What is not UTF-8 is no address, and is told as such.
    matcher(|name| Some(std::env::var_os(name)?.to_string_lossy().into_owned()))
}

fn matcher(
    lookup: impl Fn(&'static str) -> Option<String>,
) -> Result<Option<Matcher>, TransportError> {
    // An empty variable counts as none.
    let lookup = |name| lookup(name).filter(|value| !value.is_empty());
    let Some(address) = address(lookup)? else {
        return Ok(None);
    };
    let direct = EXCEPTIONS.into_iter().find_map(lookup).unwrap_or_default();
    Ok(Some(Matcher::builder().https(address).no(direct).build()))
}

/// The first address there is.
fn address(
    lookup: impl Fn(&'static str) -> Option<String>,
) -> Result<Option<String>, TransportError> {
    let found = VARIABLES.into_iter().find_map(|name| {
        let value = lookup(name)?;
        Some((name, value))
    });
    let Some((name, value)) = found else {
        return Ok(None);
    };
    // `proxy:3128`, as many write it, has no scheme.
    let value = if value.contains("://") {
        value
    } else {
        format!("http://{value}")
    };
    if is_proxy(&value) {
        Ok(Some(value))
    } else {
        Err(unusable(name))
    }
}

/// Whether it names an http or https proxy that [`Matcher`] can use.
fn is_proxy(value: &str) -> bool {
    let Ok(uri) = value.parse::<Uri>() else {
        return false;
    };
    let Some(authority) = uri.authority() else {
        return false;
    };
    // `proxy:` and ports above 65535 have no readable port number.
    let port_is_readable =
        authority.port_u16().is_some() || authority.as_str().ends_with(authority.host());
    matches!(uri.scheme_str(), Some("http" | "https"))
        && !authority.host().is_empty()
        && port_is_readable
}

fn unusable(variable: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Other)
        .not_sent()
        .caused_by(format!(
            "the environment variable {variable} holds no address of an http or https proxy; \
             write it like http://proxy.example.com:3128"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs = &'static [(&'static str, &'static str)];

    fn of(pairs: Pairs) -> Result<Option<Matcher>, String> {
        matcher(|name| {
            let found = pairs.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
        .map_err(|error| error.to_string())
    }

    /// The proxy on the way to this address.
    fn on_the_way(pairs: Pairs, server: &'static str) -> Option<String> {
        let proxy = of(pairs).unwrap()?.intercept(&Uri::from_static(server))?;
        let password = proxy.basic_auth().map(|value| value.to_str().unwrap());
        Some(format!("{} {}", proxy.uri(), password.unwrap_or("-")))
    }

    #[test]
    fn the_first_variable_counts() {
        assert!(of(&[("HTTP_PROXY", "http://plain:1")]).unwrap().is_none());
        assert!(of(&[("HTTPS_PROXY", "")]).unwrap().is_none());
        for (pairs, proxy) in [
            (
                &[("ALL_PROXY", "http://all:1"), ("https_proxy", "secure:2")][..],
                "http://secure:2/ -",
            ),
            (
                &[("all_proxy", "https://u:p@all:3"), ("HTTPS_PROXY", "")],
                "https://all:3/ Basic dTpw",
            ),
            (&[("all_proxy", "[::1]:3")], "http://[::1]:3/ -"),
            (
                &[("all_proxy", "proxy.example.com")],
                "http://proxy.example.com/ -",
            ),
        ] {
            assert_eq!(
                on_the_way(pairs, "https://example.com").as_deref(),
                Some(proxy)
            );
        }
    }

    #[test]
    fn plain_http_and_exceptions_go_directly() {
        let pairs = &[
            ("ALL_PROXY", "all:1"),
            ("NO_PROXY", ""),
            ("no_proxy", "example.com, 10.0.0.0/8"),
        ];
        assert_eq!(on_the_way(pairs, "http://example.org"), None);
        assert!(on_the_way(pairs, "https://example.org").is_some());
        for server in [
            "https://dcs.example.com",
            "https://example.com",
            "https://10.1.2.3",
        ] {
            assert_eq!(on_the_way(pairs, server), None, "{server}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_without_being_shown() {
        for pairs in [
            &[("HTTPS_PROXY", "socks5://u:Hidden@proxy:1080")][..],
            &[("HTTPS_PROXY", "http://u:Hidden@")],
            &[("HTTPS_PROXY", "Hidden words")],
            &[("HTTPS_PROXY", "Hidden:")],
            &[("HTTPS_PROXY", "Hidden:99999")],
            &[("HTTPS_PROXY", "https://")],
            &[("HTTPS_PROXY", "http://Hidden\u{fffd}.example.com")],
        ] {
            let error = of(pairs).unwrap_err();
            assert!(error.contains("HTTPS_PROXY"), "{error}");
            assert!(!error.contains("Hidden"), "{error}");
        }
    }
}
