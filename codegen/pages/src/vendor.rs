//! What the reader has to know of this vendor and of no other: where its pages link to, and which
//! headers its signing adds.

/// Headers that no document lists: HTTP has them of itself, or signing adds them.
pub const IMPLIED_HEADERS: &[&str] = &[
    "Accept",
    "Authorization",
    "Content-Length",
    "Content-Type",
    "Host",
    "X-Domain-Id",
    "X-Project-Id",
    "X-Sdk-Content-Sha256",
    "X-Sdk-Date",
    "X-Security-Token",
];

/// What a link to the API Explorer leads to.
pub(crate) struct ExplorerLink<'t> {
    /// The short name of the service: `DCS`.
    pub(crate) product: Option<&'t str>,
    /// The operation: `ResetPassword`.
    pub(crate) operation: Option<&'t str>,
}

/// Takes the target of a link to the API Explorer apart: `…/doc?product=DCS&api=ResetPassword`, or
/// `…/openapi/DCS/doc?api=ResetPassword`.
pub(crate) fn explorer_link(target: &str) -> Option<ExplorerLink<'_>> {
    let (_, rest) = target.split_once("apiexplorer")?;
    let after = |mark: &str| {
        let (_, value) = rest.split_once(mark)?;
        value.split(['&', '#', '/', '?']).next()
    };
    Some(ExplorerLink {
        product: after("product=").or_else(|| after("/openapi/")),
        operation: after("api="),
    })
}
