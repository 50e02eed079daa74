//! The fields of this project's own: `x-…`.

/// Every extension that means something to the generator, with where it belongs.
pub(crate) const EXTENSIONS: &[(&str, &str)] = &[
    ("x-password-policy", "a schema with `format: password`"),
    ("x-success-when", "a response"),
    ("x-client-parameter", "a parameter"),
    ("x-retry", "an operation"),
    ("x-rate-limit", "the document itself or an operation"),
    ("x-client-use", "an operation"),
    ("x-secret", "a schema of text that only looks like a secret"),
    ("x-required-unless", "a property of a request object"),
    ("x-predicate", "a property of a response object"),
];

/// Where the extension of the profile belongs that says which rights a call needs.
pub(crate) const PERMISSIONS_PLACE: &str = "an operation";
