//! Reading the responses of the metadata service.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::credential::Credentials;
use crate::credential::Malformed;
use crate::credential::parse_moment as moment;
use crate::secret::SecretJson;

/// A token has a few hundred characters.
const LONGEST_TOKEN: usize = 4096;

/// The token in a response.
pub(super) fn token(body: &[u8]) -> Result<&str, &'static str> {
    let token = std::str::from_utf8(body)
        .map_err(|_| "the token is not UTF-8")?
        .trim();
    if token.len() > LONGEST_TOKEN || Malformed::of(token).is_some() {
        return Err("the token is not one word of ASCII");
    }
    Ok(token)
}

/// The credentials in a response of the shape
/// `{"credential":{"access","secret","securitytoken","expires_at"}}`.
pub(super) fn credentials(body: &Bytes) -> Result<Credentials, &'static str> {
    let value: Value =
        openapi_client_runtime::json::from_slice(body).map_err(|_| "it is not JSON")?;
    let value = SecretJson::new(value);
    let fields = value.expose()["credential"]
        .as_object()
        .ok_or("it holds no object `credential`")?;
    let expires_at = text(fields, "expires_at").ok_or("`expires_at` is missing or no text")?;
    let expires_at =
        moment(expires_at).ok_or("`expires_at` is not a time like 2030-01-31T12:00:00.000000Z")?;
    let access = text(fields, "access").ok_or("`access` is missing or no text")?;
    let secret = text(fields, "secret").ok_or("`secret` is missing or no text")?;
    let token = text(fields, "securitytoken").ok_or("`securitytoken` is missing or no text")?;
    let credentials = Credentials::aksk(access, secret)
        .security_token(token)
        .expires_at(expires_at);
    match credentials.validate() {
        Ok(()) => Ok(credentials),
        Err(_) => Err("a key or the token holds characters that no header can carry"),
    }
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    let text = fields.get(name)?.as_str()?;
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    const GOOD: &str = r#"{"credential":{"access":"ak","secret":"sk","securitytoken":"st",
        "expires_at":"2030-01-31T12:00:00.000000Z","more":[1,"x"]},"other":null}"#;

    #[test]
    fn a_good_response_is_taken_whole() {
        let given = credentials(&Bytes::from_static(GOOD.as_bytes())).unwrap();
        assert_eq!(given.secrets().collect::<Vec<_>>(), ["ak", "sk", "st"]);
        let expiry = UNIX_EPOCH + Duration::from_secs(1_896_091_200);
        assert_eq!(given.expiry(), Some(expiry));
    }

    #[test]
    fn a_bad_response_is_named_and_not_shown() {
        for (change, to, part) in [
            ("{\"credential\"", "{{", "not JSON"),
            ("credential", "credentials", "`credential`"),
            ("access", "acces", "`access`"),
            ("\"ak\"", "17", "`access`"),
            ("\"sk\"", "null", "`secret`"),
            ("\"st\"", "\"\"", "`securitytoken`"),
            ("expires_at", "expires", "`expires_at`"),
            ("T12", " 12", "`expires_at`"),
            ("\"sk\"", "\"s\\nk\"", "characters"),
        ] {
            let text = GOOD.replacen(change, to, 1);
            let problem = credentials(&Bytes::from(text)).unwrap_err();
            assert!(problem.contains(part), "{change}: {problem}");
        }
    }

    #[test]
    fn moments() {
        let second = Some(UNIX_EPOCH + Duration::from_secs(1));
        for good in [
            "1970-01-01T00:00:01Z",
            "1970-01-01T00:00:01.9Z",
            "1970-01-01T00:00:01.123456Z",
            "1970-01-01T00:00:01.000+00:00",
        ] {
            assert_eq!(moment(good), second, "{good}");
        }
        for bad in [
            "",
            "1970-01-01T00:00:01",
            "1970-01-01T00:00:01.Z",
            "1970-01-01T00:00:01.xZ",
            "1970-01-01T00:00:015Z",
            "1970-01-01 00:00:01Z",
            "1970:01:01T00-00-01Z",
            "1970-13-01T00:00:01Z",
            "1970-01-01T00:00:01+01:00",
            "1970-01-01T00:00:0éZ",
        ] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }

    #[test]
    fn tokens() {
        assert_eq!(token(b"abc=\n"), Ok("abc="));
        for bad in [&b""[..], b"\xff", b"a\nb", "é".as_bytes(), &[b'a'; 5000]] {
            assert!(token(bad).is_err());
        }
    }
}
