//! Where a new operation goes: its document, its path there, its name.

use huaweicloud_codegen::load::tree::Node;
use huaweicloud_codegen::template;
use huaweicloud_pages::facts::{FactSource, Facts};

use super::DraftError;
use super::words::{foreign, name_of, one_of, pascal, words};
use crate::document::{Spec, is_method};
use crate::pair::{parameters, services, shape};

/// The place of a new operation.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// Its document: `spec/dcs.yaml`.
    pub(super) file: String,
    /// The document's service.
    pub(super) service: String,
    /// Its `operationId`.
    pub(super) id: String,
    /// Whether the vendor's name for it is known.
    pub(super) is_named: bool,
    /// Its method in lower case.
    pub(super) method: String,
    /// Its path as the document has it.
    pub(super) path: String,
    /// The parameters of the path: what the page calls them, and the document.
    pub(super) parameters: Vec<(String, String)>,
    /// Where the route is said.
    pub(super) at: Vec<FactSource>,
}

impl Placed {
    /// The operation in a document that has it.
    pub(super) fn find<'n>(&self, root: &'n Node) -> Option<&'n Node> {
        root.get("paths")?.get(&self.path)?.get(&self.method)
    }
}

/// Finds the place for what a page describes.
pub(super) fn place(
    spec: &Spec,
    facts: &Facts,
    service: Option<&str>,
) -> Result<Placed, DraftError> {
    let route = facts.routes.first().ok_or(DraftError::NoRoute)?;
    let path = route.value.path.as_str();
    let method = route.value.method.to_lowercase();
    if !path.starts_with('/') || template::parse(path).is_err() || !is_method(&method) {
        let (method, path) = (foreign(&route.value.method), foreign(path));
        return Err(DraftError::Route(format!("{method} {path}")));
    }
    let service = match service {
        Some(name) => name.to_owned(),
        None => service_of(spec, facts)?,
    };
    let mut documents = spec.documents.iter();
    let document = documents.find(|it| it.source.service() == service);
    let file = match document {
        Some(document) => document.source.path.clone(),
        None => format!("spec/{service}.yaml"),
    };
    let known = spec.operations.iter().find(|it| {
        it.file == file && it.method.eq_ignore_ascii_case(&method) && shape(&it.path) == shape(path)
    });
    if let Some(known) = known {
        return Err(DraftError::Known {
            label: known.label(),
            route: format!("{} {}", known.method, known.path),
        });
    }
    // A path that is there with other names for its parameters is the same path.
    let items = document.and_then(|it| it.tree.get("paths"));
    let mut items = items.map(Node::entries).unwrap_or_default().iter();
    let same = items.find(|it| shape(&it.key) == shape(path));
    let own = same.map_or(path, |it| it.key.as_str()).to_owned();
    let parameters = parameters(path).into_iter().zip(parameters(&own)).collect();
    let taken = spec.operations.iter().filter(|it| it.file == file);
    let taken: Vec<String> = taken.map(|it| words(&it.id).join("_")).collect();
    let given = facts.operation.as_ref().map(|it| it.value.as_str());
    // One that cannot be a name keeps its words.
    let names = given
        .into_iter()
        .flat_map(|it| [Some(it.to_owned()), name_of(it)]);
    let mut names = names.flatten().filter(|it| is_name(it));
    let id = names.next().unwrap_or_else(|| made_up(&method, path));
    let id = free(&id, path, &taken);
    Ok(Placed {
        is_named: given == Some(&id),
        file,
        service,
        id,
        method,
        path: own,
        parameters,
        at: route.sources.clone(),
    })
}

/// The document whose service a page names.
fn service_of(spec: &Spec, facts: &Facts) -> Result<String, DraftError> {
    let named = services(facts);
    let all = spec.operations.iter();
    let fitting = all.filter(|it| it.services.iter().any(|word| named.contains(word)));
    let mut fitting: Vec<&str> = fitting.map(|it| it.service.as_str()).collect();
    fitting.dedup();
    if let [one] = fitting.as_slice() {
        return Ok((*one).to_owned());
    }
    let named = named.iter().map(|it| format!("`{}`", foreign(it)));
    let known = spec.documents.iter();
    let known = known.map(|it| it.source.service().to_owned());
    Err(DraftError::Service {
        named: named.collect(),
        known: known.collect(),
    })
}

/// Whether a text can be the name of an operation.
fn is_name(text: &str) -> bool {
    text.len() <= 96
        && text.starts_with(|it: char| it.is_ascii_alphabetic())
        && text
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "_-".contains(it))
}

/// A name from a route: `PostPasswordReset` for `POST /v2/{id}/password/reset`, `DeleteGauge` for
/// `DELETE /v2/gauges/{id}`.
fn made_up(method: &str, path: &str) -> String {
    let is_version = |it: &str| {
        let number = it.strip_prefix('v').unwrap_or_default();
        number.starts_with(|it: char| it.is_ascii_digit())
    };
    let segments = path
        .split('/')
        .filter(|it| !it.is_empty() && !it.contains('{'));
    let segments: Vec<&str> = segments.filter(|it| !is_version(it)).collect();
    let last = segments.get(segments.len().saturating_sub(2)..);
    let name = last.unwrap_or_default().join(" ");
    let name = match path.ends_with('}') {
        true => one_of(&name),
        false => name,
    };
    pascal(&format!("{method} {name}"))
}

/// A name that no other operation has: with the version of the path behind it, or a number.
fn free(id: &str, path: &str, taken: &[String]) -> String {
    let is_free = |id: &String| !taken.contains(&words(id).join("_"));
    let version = path
        .split('/')
        .find(|it| it.starts_with('v'))
        .unwrap_or_default();
    let names = [
        id.to_owned(),
        format!("{id}{}", name_of(version).unwrap_or_default()),
    ];
    let mut names = names
        .into_iter()
        .chain((2..).map(|number| format!("{id}{number}")));
    names.find(is_free).unwrap_or_else(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_routes() {
        for (method, path, name) in [
            ("delete", "/v2.1/{a}/gauges/{b}", "DeleteGauge"),
            (
                "post",
                "/v2/{a}/gauges/{b}/password/reset",
                "PostPasswordReset",
            ),
            ("get", "/v2/gauges", "GetGauges"),
            ("get", "/", "Get"),
        ] {
            assert_eq!(made_up(method, path), name);
        }
        let taken = ["reset_password".to_owned(), "reset_password_v1".to_owned()];
        assert_eq!(free("ResetPassword", "/v2/a", &taken), "ResetPasswordV2");
        assert_eq!(free("ResetPassword", "/v1/a", &taken), "ResetPassword2");
    }
}
