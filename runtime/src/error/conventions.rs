//! What the responses of Huawei Cloud mean beyond HTTP: those of its API gateway in front of all
//! services, and those of the services behind it.

use std::time::SystemTime;

use openapi_client_runtime::error::{Conventions, ErrorDetails, Refusal};

use super::gateway::gateway_code;
use super::{hint, refusal};

/// Huawei Cloud, as far as its responses go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HuaweiCloud;

impl Conventions for HuaweiCloud {
    fn request_id_headers(&self) -> &'static [&'static str] {
        &["x-request-id", "x-iam-trace-id"]
    }

    fn hint(&self, error: &ErrorDetails) -> Option<&'static str> {
        hint::of(error)
    }

    fn is_throttled(&self, error: &ErrorDetails) -> bool {
        gateway_code(error) == Some("0308")
    }

    /// The code stands only in bodies of the gateway, which then passed nothing on.
    fn proves_unprocessed(&self, error: &ErrorDetails) -> bool {
        gateway_code(error) == Some("0308")
    }

    fn is_auth(&self, error: &ErrorDetails) -> bool {
        matches!(gateway_code(error), Some("0301" | "0303" | "0307"))
    }

    fn refusal(&self, error: &ErrorDetails) -> Option<Refusal> {
        refusal::Refusal::of(error).map(|refusal| match refusal {
            refusal::Refusal::Clock => Refusal::Clock,
            refusal::Refusal::Locked => Refusal::Locked,
            refusal::Refusal::Key if refusal::is_vague(error) => Refusal::Unexplained,
            refusal::Refusal::Key | refusal::Refusal::Token => Refusal::Credentials,
        })
    }

    /// A service has codes of its own, and stands behind the gateway, which knows who called.
    fn knows_caller(&self, error: &ErrorDetails) -> bool {
        error.status() != 429 && error.unredacted_code().is_some() && gateway_code(error).is_none()
    }

    fn server_time(&self, error: &ErrorDetails) -> Option<SystemTime> {
        refusal::server_time(error)
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::operation::Operation;

    static OPERATION: Operation = Operation::new("dcs", "ResetPassword", "POST", "/");

    fn details(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> ErrorDetails {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (
                    http::HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        crate::error::details_of(&OPERATION, status, &headers, body)
    }

    #[test]
    fn the_request_id_has_an_order() {
        let body = r#"{"request_id":"body"}"#;
        let both = [("x-request-id", "header"), ("x-iam-trace-id", "iam")];
        assert_eq!(details(400, &both, body).request_id(), Some("header"));
        assert_eq!(details(400, &both[1..], body).request_id(), Some("iam"));
        assert_eq!(details(400, &[], body).request_id(), Some("body"));
        assert_eq!(
            details(400, &[("x-request-id", " ")], "").request_id(),
            None
        );
    }

    #[test]
    fn the_hint_follows_the_message() {
        let body = r#"{"error_code":"DCS.4849","error_msg":"no such field."}"#;
        let found = details(400, &[("x-request-id", "r-1")], body);
        assert_eq!(
            found.to_string(),
            "dcs.ResetPassword: HTTP 400, DCS.4849: no such field. \
             (hint: leave new_password out when no_password_access is true) (request id r-1)"
        );
    }

    #[test]
    fn throttling_and_authentication() {
        let code =
            |status, code: &str| details(status, &[], &format!(r#"{{"error_code":"{code}"}}"#));
        assert!(code(429, "X").is_throttled());
        assert!(code(400, "APIGW.0308").is_throttled());
        assert!(code(400, "APIG.0308").is_throttled());
        assert!(!code(400, "DCS.0308").is_throttled());
        assert!(code(401, "X").is_auth() && code(403, "X").is_auth());
        assert!(code(400, "APIGW.0307").is_auth());
        assert!(!code(400, "DCS.4845").is_auth());
    }
}
