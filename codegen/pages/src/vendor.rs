//! What the reader has to know of this vendor and of no other: where its pages link to, which headers
//! its signing adds, and what the extensions of its definitions mean.

use serde_json::{Value, json};

use crate::vocabulary::{is_among, is_none};

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

/// Extensions of definitions that say nothing about a call: the order of things on the portal, where and
/// since when it is offered, who registered it, its examples as text.
const SILENT: &str = "x-api-type|x-api_level|x-apiexplorer-hide|x-ctc|x-ei-general-ai-release-status|\
    x-first-open-time|x-first_open_time|x-fusioncloud|x-hc|x-hk|x-hybridcloud|x-ifnull|x-in_cli|x-is-registered|\
    x-is_calling|x-is_registered|x-name|x-obc|x-open-region-cloud|x-order|x-otc|x-produc-type|x-publishpath|\
    x-registered_to|x-response-examples|x-scope|x-source|x-support-sdk|x-support_json|x-tlf|x-un_cli|x-version";

/// Whether an extension says nothing about a call, as it is or with this value.
pub(crate) fn is_silent(key: &str, value: &Value) -> bool {
    let word = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_lowercase);
    let is_empty = is_none(&word) || is_among("false|n|{}|[]", &word);
    is_empty || is_among(SILENT, key) || key.starts_with("x-request-examples")
}

/// The examples of what is sent that an operation has as extensions, those that are no lines of a terminal.
pub(crate) fn request_examples(operation: &Value) -> impl Iterator<Item = &Value> {
    let all = operation.as_object().into_iter().flatten();
    let examples = all.filter(|(key, _)| key.starts_with("x-request-examples"));
    examples.map(|(_, it)| it).filter(|it| match it {
        Value::String(text) => text.trim_start().starts_with('{'),
        value => value.is_object() || value.is_array(),
    })
}

/// What the extensions of an operation say in the words of documents: the extension, the word for it, its
/// value. Calls are counted for each tenant, in minutes.
pub(crate) fn extensions(operation: &Value) -> Vec<(&str, &'static str, Value)> {
    let number = |key: &str| match operation.get(key)? {
        Value::String(text) => text.parse::<u64>().ok(),
        value => value.as_u64(),
    };
    let limit = number("x-tenant_flow_value").zip(number("x-tenant_flow_time"));
    let limit = limit
        .map(|(calls, minutes)| json!({"calls": calls, "seconds": minutes.saturating_mul(60)}));
    let known = [
        ("x-tenant_flow_value", "x-rate-limit", limit.clone()),
        ("x-tenant_flow_time", "", limit),
    ];
    let known = known.into_iter();
    let known = known.filter_map(|(key, word, value)| Some((key, word, value?)));
    // "x-…-security", with the vendor's name between.
    let mut all = operation.as_object().into_iter().flatten();
    let secured = all.find(|(key, _)| key.starts_with("x-") && key.ends_with("-security"));
    let action = secured.and_then(|(key, said)| {
        let action = said.get("pdpKey").filter(|it| it.is_string())?;
        Some((key.as_str(), "x-iam-actions", json!([action])))
    });
    known.chain(action).collect()
}
