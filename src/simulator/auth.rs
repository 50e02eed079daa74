//! Who may call: whoever signs with the demo key or keys that were handed out, or holds the demo
//! token.

use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

use huaweicloud_runtime::signing::{SigningInput, VerifyError, verify};
use hyper::header::{AUTHORIZATION, HOST};
use hyper::http::request::Parts;

use super::served::Authentication;
use super::validate::query_pairs;

/// The credentials that a simulator accepts.
pub(crate) struct Access {
    access_key: String,
    secret_key: String,
    token: String,
    /// Access keys that were handed out, each with its secret key.
    handed_out: RwLock<Vec<(String, String)>>,
}

/// Why the response to a request is 401.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The gateway's code.
    pub(crate) code: &'static str,
    /// What is wrong, without quoting credentials.
    pub(crate) message: String,
}

/// Wrong, unknown or missing credentials.
const INCORRECT: &str = "APIGW.0301";
/// A clock too far off.
const CLOCK: &str = "APIGW.0303";

impl Access {
    pub(crate) fn new(access_key: String, secret_key: String, token: String) -> Self {
        Self {
            access_key,
            secret_key,
            token,
            handed_out: RwLock::default(),
        }
    }

    /// The token that is accepted.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Accepts these keys too from now on.
    pub(crate) fn accept(&self, access_key: &str, secret_key: &str) {
        let keys = (access_key.to_owned(), secret_key.to_owned());
        let mut handed_out = self
            .handed_out
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if !handed_out.contains(&keys) {
            handed_out.push(keys);
        }
    }

    /// Judges the `Authorization` header if there is one, else the token.
    pub(crate) fn check(
        &self,
        head: &Parts,
        body: &[u8],
        now: SystemTime,
    ) -> Result<Authentication, Refused> {
        if let Some(authorization) = head.headers.get(AUTHORIZATION) {
            let authorization = std::str::from_utf8(authorization.as_bytes())
                .map_err(|_| incorrect("the Authorization header is not text"))?;
            return self
                .check_signature(head, body, authorization, now)
                .map(|()| Authentication::Signature);
        }
        match head.headers.get("X-Auth-Token") {
            Some(token) if token.as_bytes() == self.token.as_bytes() => Ok(Authentication::Token),
            Some(_) => Err(incorrect(
                "the token in X-Auth-Token is not the simulator's",
            )),
            None => Err(incorrect(
                "neither a signature in Authorization nor a token in X-Auth-Token",
            )),
        }
    }

    fn check_signature(
        &self,
        head: &Parts,
        body: &[u8],
        authorization: &str,
        now: SystemTime,
    ) -> Result<(), Refused> {
        let query = query_pairs(head.uri.query().unwrap_or_default())
            .ok_or_else(|| incorrect("a query that is not UTF-8 cannot have been signed"))?;
        let headers: Vec<(&str, &str)> = head
            .headers
            .iter()
            .filter_map(|(name, value)| {
                Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?))
            })
            .collect();
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
        let method = head.method.as_str();
        let verify_by = |access_key: &str, secret_key: &str| {
            let received = SigningInput {
                access_key,
                secret_key,
                method,
                host: host.unwrap_or_default(),
                path: head.uri.path(),
                query: &query,
                headers: &headers,
                body,
            };
            verify(&received, authorization, now)
        };
        let handed_out = self
            .handed_out
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if handed_out
            .iter()
            .any(|(access_key, secret_key)| verify_by(access_key, secret_key).is_ok())
        {
            return Ok(());
        }
        verify_by(&self.access_key, &self.secret_key).map_err(|error| Refused {
            code: match error {
                VerifyError::ClockSkew => CLOCK,
                _ => INCORRECT,
            },
            message: error.to_string(),
        })
    }
}

fn incorrect(message: &str) -> Refused {
    Refused {
        code: INCORRECT,
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use huaweicloud_runtime::signing::sign;
    use hyper::Request;
    use std::time::Duration;

    const BODY: &[u8] = br#"{"a":"b"}"#;

    fn access() -> Access {
        Access::new("AK".to_owned(), "SK".to_owned(), "token".to_owned())
    }

    fn signed(at: SystemTime) -> Parts {
        let signed = sign(
            &SigningInput {
                access_key: "AK",
                secret_key: "SK",
                method: "POST",
                host: "127.0.0.1:80",
                path: "/v1/x",
                query: &[("a b".to_owned(), "ü+".to_owned())],
                headers: &[("Content-Type", "application/json")],
                body: BODY,
            },
            at,
        );
        let mut request = Request::post("/v1/x?a%20b=%C3%BC%2B")
            .header("Content-Type", "application/json")
            .header("Authorization", signed.authorization);
        for (name, value) in signed.added_headers {
            request = request.header(name, value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn a_signature_holds_for_its_own_request_only() {
        let now = SystemTime::now();
        let mut head = signed(now);
        let authentication = access().check(&head, BODY, now).unwrap();
        assert_eq!(authentication, Authentication::Signature);
        let refused = access().check(&head, b"{}", now).unwrap_err();
        assert_eq!(refused.code, INCORRECT);
        head.uri = "/v1/x?a%20b=other".parse().unwrap();
        assert!(access().check(&head, BODY, now).is_err());
    }

    #[test]
    fn a_clock_far_off_has_its_own_code() {
        let now = SystemTime::now();
        let head = signed(now - Duration::from_secs(16 * 60));
        assert_eq!(access().check(&head, BODY, now).unwrap_err().code, CLOCK);
        let head = signed(now - Duration::from_secs(14 * 60));
        assert!(access().check(&head, BODY, now).is_ok());
    }

    #[test]
    fn a_wrong_signature_is_not_saved_by_a_right_token() {
        let now = SystemTime::now();
        let mut head = signed(now);
        let token = "token".parse().unwrap();
        head.headers.insert("X-Auth-Token", token);
        assert!(access().check(&head, b"{}", now).is_err());
        head.headers.remove(AUTHORIZATION);
        assert_eq!(
            access().check(&head, b"{}", now).unwrap(),
            Authentication::Token
        );
    }

    #[test]
    fn no_message_quotes_credentials() {
        let request = Request::get("/").header("X-Auth-Token", "hunter2hunter2");
        let head = request.body(()).unwrap().into_parts().0;
        let refused = access().check(&head, b"", SystemTime::now()).unwrap_err();
        assert!(!refused.message.contains("hunter2"));
        let head = Request::get("/").body(()).unwrap().into_parts().0;
        assert!(access().check(&head, b"", SystemTime::now()).is_err());
    }
}
