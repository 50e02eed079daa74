//! Names of headers.

/// Whether a name is that of a header and of nothing else.
#[must_use]
pub fn is_header(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.starts_with("x-")
        || matches!(
            lower.as_str(),
            "content-type"
                | "content-length"
                | "content-md5"
                | "authorization"
                | "host"
                | "accept"
                | "location"
                | "etag"
                | "date"
                | "user-agent"
                | "openstack-api-version"
                | "accept-language"
                | "x-language"
                | "if-match"
        )
}
