//! Whose response it is: that of the API gateway in front of all services, or of one of them.

use openapi_client_runtime::error::ErrorDetails;

/// The service that looks after users, keys and tokens.
pub(crate) const IAM: &str = "iam";

/// The number in the API gateway's own codes.
pub(crate) fn gateway_code(error: &ErrorDetails) -> Option<&str> {
    let code = error.unredacted_code()?;
    code.strip_prefix("APIGW.")
        .or_else(|| code.strip_prefix("APIG."))
}
