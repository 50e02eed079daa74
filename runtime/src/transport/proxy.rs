//! The proxy that the environment names.
//!
//! reqwest can read it itself, but would also send plain http through it:
//! requests that are allowed in the open only because they stay on this
//! machine.

use ::reqwest::{NoProxy, Proxy, Url};

use super::{TransportError, TransportErrorKind};

/// Where the address is looked for, in this order.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// The proxy for https, if there is one.
///
/// # Errors
/// Names the variable whose value is no address of a proxy, and not the value,
/// which may hold a password.
pub(super) fn from_environment() -> Result<Option<Proxy>, TransportError> {
    let found = address(|name| std::env::var_os(name)?.into_string().ok())?;
    found
        .map(|(name, url)| {
            Proxy::https(url)
                .map(|proxy| proxy.no_proxy(NoProxy::from_env()))
                .map_err(|_| unusable(name))
        })
        .transpose()
}

/// The first address there is, and the variable that holds it. An empty
/// variable counts as none.
fn address(
    lookup: impl Fn(&'static str) -> Option<String>,
) -> Result<Option<(&'static str, Url)>, TransportError> {
    let found = VARIABLES.into_iter().find_map(|name| {
        let value = lookup(name)?;
        (!value.is_empty()).then_some((name, value))
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
    match Url::parse(&value) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Some((name, url))),
        _ => Err(unusable(name)),
    }
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

    fn of(pairs: &'static [(&str, &str)]) -> Result<Option<(&'static str, String)>, String> {
        address(|name| {
            let found = pairs.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
        .map(|found| found.map(|(name, url)| (name, url.to_string())))
        .map_err(|error| error.to_string())
    }

    #[test]
    fn the_first_variable_counts() {
        assert_eq!(of(&[("HTTP_PROXY", "http://plain:1")]), Ok(None));
        assert_eq!(of(&[("HTTPS_PROXY", "")]), Ok(None));
        for (pairs, name, url) in [
            (
                &[("ALL_PROXY", "http://all:1"), ("https_proxy", "secure:2")][..],
                "https_proxy",
                "http://secure:2/",
            ),
            (
                &[("all_proxy", "https://u:p@all:3"), ("HTTPS_PROXY", "")][..],
                "all_proxy",
                "https://u:p@all:3/",
            ),
        ] {
            assert_eq!(of(pairs), Ok(Some((name, url.to_owned()))));
        }
    }

    #[test]
    fn what_is_no_address_is_refused_without_being_shown() {
        for pairs in [
            &[("HTTPS_PROXY", "socks5://u:Hidden@proxy:1080")][..],
            &[("HTTPS_PROXY", "http://u:Hidden@")],
            &[("HTTPS_PROXY", "Hidden words")],
        ] {
            let error = of(pairs).unwrap_err();
            assert!(error.contains("HTTPS_PROXY"), "{error}");
            assert!(!error.contains("Hidden"), "{error}");
        }
    }
}
