//! The proxy on the way to a server: given by hand, or named by the environment.

use std::fmt;
use std::sync::Arc;

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use zeroize::Zeroizing;

use crate::endpoint::{host_is_plain, is_loopback};
use crate::environment::Environment;
use crate::secret::Password;

/// Where the address is looked for, in this order.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// What names the servers that are reached without it.
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// Why a proxy cannot be used: where it was named and what is wrong; never a part of its address,
/// which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct InvalidProxy {
    place: &'static str,
    problem: ProxyProblem,
}

impl InvalidProxy {
    #[doc(hidden)]
    pub fn new(place: &'static str, problem: ProxyProblem) -> Self {
        Self { place, problem }
    }

    /// Where it was named: the environment variable, or the method of the builder.
    pub fn place(&self) -> &'static str {
        self.place
    }

    /// What is wrong.
    pub fn problem(&self) -> ProxyProblem {
        self.problem
    }
}

/// What is wrong with a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProxyProblem {
    /// Another kind of proxy, or no address.
    #[error(
        "it holds no address of an http or https proxy; write it like \
         http://proxy.example.com:3128, with all special characters of a user and a password \
         percent-encoded"
    )]
    NotAProxy,
    /// User and password in which nobody knows where they end.
    #[error(
        "it is not clear where user and password end and the host begins; write `@` as %40, `/` \
         as %2F, `?` as %3F and `#` as %23 in them, or give them with \
         `.proxy_login(user, password)`"
    )]
    Ambiguous,
    /// A login that Basic authentication cannot carry.
    #[error(
        "its user holds a colon, or user or password a control character or bytes that are not \
         UTF-8, which no login at a proxy can have"
    )]
    Login,
    /// A login for no proxy.
    #[error(
        "it gives a login and no proxy; name the proxy with `.proxy(url)` or \
         `.proxy_from_environment()`"
    )]
    NoProxy,
}

/// Who names the proxy.
#[derive(Clone)]
pub enum ProxySource {
    /// The builder.
    Given(Password),
    /// The environment.
    Environment,
}

/// User and password at the proxy.
pub type Login = (String, Password);

/// Which servers are reached through which proxy.
#[derive(Clone)]
pub struct Proxy {
    matcher: Arc<Matcher>,
    /// Plain http goes through it too, unless it stays on this machine.
    plain_http: bool,
    /// It is reached by TLS itself.
    is_https: bool,
}

impl Proxy {
    /// The proxy of this source, if it names one.
    ///
    /// # Errors
    /// Names the place and the problem.
    pub fn of(
        source: &ProxySource,
        login: Option<&Login>,
        environment: &Environment,
    ) -> Result<Option<Self>, InvalidProxy> {
        if let Some(login) = login {
            check(login).map_err(|problem| InvalidProxy::new("`.proxy_login(..)`", problem))?;
        }
        match source {
            ProxySource::Given(url) => {
                let address = address(url.expose(), login)
                    .map_err(|problem| InvalidProxy::new("`.proxy(..)`", problem))?;
                Ok(Some(Self {
                    is_https: address.starts_with("https:"),
                    matcher: Arc::new(Matcher::builder().all(address.as_str()).build()),
                    plain_http: true,
                }))
            }
            ProxySource::Environment => Self::of_environment(login, environment),
        }
    }

    fn of_environment(
        login: Option<&Login>,
        environment: &Environment,
    ) -> Result<Option<Self>, InvalidProxy> {
        // What is not UTF-8 is no address, and is told as such.
        let lookup = |name: &'static str| {
            let value = environment.var(name)?;
            Some((name, value.to_string_lossy().into_owned()))
        };
        let Some((name, value)) = VARIABLES.into_iter().find_map(lookup) else {
            return Ok(None);
        };
        let value = Zeroizing::new(value);
        let address = address(&value, login).map_err(|problem| InvalidProxy::new(name, problem))?;
        let direct = EXCEPTIONS.into_iter().find_map(lookup);
        let direct = direct.map(|(_, value)| value).unwrap_or_default();
        let matcher = Matcher::builder().https(address.as_str()).no(direct);
        Ok(Some(Self {
            is_https: address.starts_with("https:"),
            matcher: Arc::new(matcher.build()),
            plain_http: false,
        }))
    }

    /// Whether TLS is needed to reach it.
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// The proxy on the way to this server.
    pub(super) fn on_the_way(&self, server: &Uri) -> Option<Intercept> {
        let is_http = server.scheme_str() == Some("http");
        if is_http && (!self.plain_http || server.host().is_none_or(is_loopback)) {
            return None;
        }
        self.matcher.intercept(server)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy").finish_non_exhaustive()
    }
}

/// The address with the login in it, as [`Matcher`] reads it.
fn address(text: &str, login: Option<&Login>) -> Result<Zeroizing<String>, ProxyProblem> {
    // `proxy:3128`, as many write it, has no scheme.
    let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
    let scheme = scheme.to_ascii_lowercase();
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, behind) = rest.split_at(end);
    // A second `@`, or one behind what ends the host for a parser, is part of a password that was
    // not encoded; what would be taken for the host is then the rest of the password.
    if behind.contains('@') || authority.matches('@').count() > 1 {
        return Err(ProxyProblem::Ambiguous);
    }
    let (of_address, host) = match authority.rsplit_once('@') {
        Some((user_info, host)) => (Some(decoded(user_info)?), host),
        None => (None, authority),
    };
    if !matches!(&*scheme, "http" | "https") || !is_host(host) {
        return Err(ProxyProblem::NotAProxy);
    }
    let encoded = |text| Zeroizing::new(utf8_percent_encode(text, NON_ALPHANUMERIC).to_string());
    Ok(Zeroizing::new(match login.or(of_address.as_ref()) {
        Some((user, password)) => {
            let (user, password) = (encoded(user), encoded(password.expose()));
            [&scheme, "://", &user, ":", &password, "@", host].concat()
        }
        None => [&scheme, "://", host].concat(),
    }))
}

/// User and password of an address.
fn decoded(user_info: &str) -> Result<Login, ProxyProblem> {
    let decode = |text| {
        let decoded = percent_decode_str(text).decode_utf8();
        decoded.map_err(|_| ProxyProblem::Login)
    };
    let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    let login = (
        decode(user)?.into_owned(),
        Password::new(decode(password)?.into_owned()),
    );
    check(&login)?;
    Ok(login)
}

/// What [RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2) asks of a login.
fn check((user, password): &Login) -> Result<(), ProxyProblem> {
    let has_control = |text: &str| text.chars().any(char::is_control);
    if user.contains(':') || has_control(user) || has_control(password.expose()) {
        return Err(ProxyProblem::Login);
    }
    Ok(())
}

/// Whether it is a host, perhaps with a port that can be read.
fn is_host(text: &str) -> bool {
    let Ok(authority) = text.parse::<http::uri::Authority>() else {
        return false;
    };
    let host = authority.host();
    // `proxy:` and ports above 65535 have no readable port number.
    !host.is_empty() && host_is_plain(host) && (authority.port_u16().is_some() || text == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs = &'static [(&'static str, &'static str)];

    fn of(pairs: Pairs) -> Result<Option<Proxy>, String> {
        let environment = Environment::from_fn(|name| {
            let found = pairs.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| value.into())
        });
        Proxy::of(&ProxySource::Environment, None, &environment).map_err(|error| error.to_string())
    }

    fn given(url: &str, login: Option<(&str, &str)>) -> Result<Proxy, ProxyProblem> {
        let login = login.map(|(user, password)| (user.to_owned(), password.into()));
        let nothing = Environment::from_fn(|_| None);
        Proxy::of(&ProxySource::Given(url.into()), login.as_ref(), &nothing)
            .map(Option::unwrap)
            .map_err(|error| error.problem())
    }

    /// The proxy on the way to this address, and the login.
    fn through(proxy: &Proxy, server: &'static str) -> Option<String> {
        let proxy = proxy.on_the_way(&Uri::from_static(server))?;
        let login = proxy.basic_auth().map(|value| value.to_str().unwrap());
        Some(format!("{} {}", proxy.uri(), login.unwrap_or("-")))
    }

    fn on_the_way(pairs: Pairs, server: &'static str) -> Option<String> {
        through(&of(pairs).unwrap()?, server)
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
                &[("all_proxy", "proxy.example.com/")],
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
    fn one_that_was_given_is_for_all_but_http_to_this_machine() {
        let proxy = given("http://proxy:1", None).unwrap();
        for server in ["https://a.b", "http://a.b", "https://127.0.0.1:1"] {
            assert!(through(&proxy, server).is_some(), "{server}");
        }
        for server in ["http://127.0.0.1:1", "http://localhost", "http://[::1]:1"] {
            assert_eq!(through(&proxy, server), None, "{server}");
        }
    }

    #[test]
    fn a_login_arrives_as_it_was_meant() {
        // `u@x:p:/?#@% é`, by either way.
        let expected = "https://p:1/ Basic dUB4OnA6Lz8jQCUgw6k=";
        for proxy in [
            given("https://u%40x:p:%2F%3F%23%40%25%20%C3%A9@p:1", None),
            given("https://p:1", Some(("u@x", "p:/?#@% é"))),
            given("https://other:Hidden@p:1", Some(("u@x", "p:/?#@% é"))),
        ] {
            let found = through(&proxy.unwrap(), "https://a.b");
            assert_eq!(found.as_deref(), Some(expected));
        }
        let only_user = given("http://u@p:1", None).unwrap();
        let found = through(&only_user, "https://a.b");
        assert_eq!(found.as_deref(), Some("http://p:1/ Basic dTo="));
        for (user, password) in [("a:b", "c"), ("a\n", "c"), ("a", "c\r")] {
            let error = given("http://p:1", Some((user, password))).unwrap_err();
            assert_eq!(error, ProxyProblem::Login);
        }
        let error = given("http://a:%ff@p:1", None).unwrap_err();
        assert_eq!(error, ProxyProblem::Login);
    }

    #[test]
    fn what_is_no_address_is_refused_without_being_shown() {
        for (value, problem) in [
            ("socks5://u:Hidden@proxy:1080", ProxyProblem::NotAProxy),
            ("http://u:Hidden@", ProxyProblem::NotAProxy),
            ("Hidden words", ProxyProblem::NotAProxy),
            ("Hidden:", ProxyProblem::NotAProxy),
            ("Hidden:99999", ProxyProblem::NotAProxy),
            ("https://", ProxyProblem::NotAProxy),
            ("http://Hidden\u{fffd}.example.com", ProxyProblem::NotAProxy),
            ("http://u:Hidden@ho st:1", ProxyProblem::NotAProxy),
            ("http://u:Hidden@host\n", ProxyProblem::NotAProxy),
            ("u:Hidden", ProxyProblem::NotAProxy),
            ("http:\\\\u:Hidden@host", ProxyProblem::Ambiguous),
            ("http:/u:Hidden@host", ProxyProblem::Ambiguous),
            ("//u:Hidden@host:1", ProxyProblem::Ambiguous),
            ("http://u:Hid@Hidden@host:1", ProxyProblem::Ambiguous),
            ("u:Hid@Hidden@host:1", ProxyProblem::Ambiguous),
            ("http://u:Hid/Hidden@host:1", ProxyProblem::Ambiguous),
            ("http://u:80/Hidden@host:1", ProxyProblem::Ambiguous),
            ("http://u:80?Hidden@host:1", ProxyProblem::Ambiguous),
            ("http://u:80#Hidden@host:1", ProxyProblem::Ambiguous),
            ("http://u:80\\Hidden@host:1", ProxyProblem::Ambiguous),
        ] {
            let environment =
                Environment::from_fn(move |name| (name == "HTTPS_PROXY").then(|| value.into()));
            let error = Proxy::of(&ProxySource::Environment, None, &environment).unwrap_err();
            assert_eq!(error.problem(), problem, "{value}");
            let text = format!("{error} {error:?}");
            assert!(text.contains("HTTPS_PROXY"), "{text}");
            assert!(!text.contains("Hid"), "{text}");
            assert_eq!(given(value, None).unwrap_err(), problem);
        }
    }
}
