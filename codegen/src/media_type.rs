//! Media types: what they are without their parameters.

/// The media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether what has this essence is JSON.
pub(crate) fn is_json(essence: &str) -> bool {
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    subtype == "json" || subtype.ends_with("+json") || essence == "application/x-json"
}
