//! Which operation a page is about.

use huaweicloud_codegen::template;
use huaweicloud_pages::facts::{Fact, Facts, Route};
use indexmap::IndexSet;

use crate::claim::{Aspect, ParameterLocation, Subject, service_of_action};
use crate::document::{DocumentOperation, Spec};
use crate::foreign;

/// A page's operation, and how the two have to be read together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairing {
    /// The operation's index in [`Spec::operations`].
    pub operation: usize,
    /// The index of the page's route that is the operation's; nothing when they were paired by
    /// address or name.
    pub route: Option<usize>,
    /// The indices of the page's further routes that are no operation's.
    pub further: Vec<usize>,
    /// Names of path parameters on the page, and in the document.
    renames: Vec<(String, String)>,
    /// The operation's one success status.
    success: Option<String>,
    /// The statuses of success about which the page disagrees with its definition.
    disputed: Vec<String>,
    /// Whether the operation has a response for every other status.
    has_default: bool,
    /// The operation's IAM action.
    pub action: Option<String>,
}

/// Why a page has no operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PairError {
    /// No operation has the page's route, address or name.
    #[error(
        "no operation in spec/ is described by this file{}; {hint}",
        list(.routes)
    )]
    None {
        /// The routes of the page.
        routes: Vec<String>,
        /// What to do.
        hint: String,
    },
    /// The page has nothing that the page of an API call has.
    #[error(
        "it names no route, no parameter and no response, so it is not the page of an API call; open \
         the address in a browser (it may ask for a login) and save the page again"
    )]
    NoCall,
    /// The page's route is that of another operation than the one asked for.
    #[error(
        "this file is about {fits} ({route}), not about {asked}; leave --operation out, or name the \
         right page"
    )]
    Other {
        /// What was asked for.
        asked: String,
        /// The operation that has the page's route.
        fits: String,
        /// The route.
        route: String,
    },
    /// More than one operation fits.
    #[error("this file fits {}; say which with --operation", .labels.join(" and "))]
    Several {
        /// The operations that fit.
        labels: Vec<String>,
    },
    /// The operations with the page's route are of other services.
    #[error(
        "this file has the route of {}, but it is about the service {}; add a document for that \
         service, or say with --operation that it is one of these",
        .labels.join(" and "), .services.join(" or ")
    )]
    Service {
        /// The operations that have the route.
        labels: Vec<String>,
        /// The words by which the page names its service.
        services: Vec<String>,
    },
    /// The operation that was asked for is not there.
    #[error("there is no operation `{label}` in spec/; there are {}", .known.join(", "))]
    Unknown {
        /// What was asked for.
        label: String,
        /// What there is.
        known: Vec<String>,
    },
}

fn list(routes: &[String]) -> String {
    match routes {
        [] => String::new(),
        routes => format!(" (it names {})", routes.join(", ")),
    }
}

impl Pairing {
    /// Pairs a page with an operation that is known.
    fn with(spec: &Spec, operation: usize, facts: &Facts) -> Self {
        let Some(it) = spec.operations.get(operation) else {
            return Self::default();
        };
        let route = facts.routes.iter().position(|route| fits(it, route));
        // The first is taken for the operation's own if none is.
        let further = facts.routes.iter().enumerate().filter(|(index, further)| {
            *index != route.unwrap_or(0) && !spec.operations.iter().any(|it| fits(it, further))
        });
        let further = further.map(|it| it.0).collect();
        // A route that moved still has its parameters in the same order.
        let own = facts.routes.get(route.unwrap_or(0));
        let page = own.map_or(Vec::new(), |route| parameters(&route.value.path));
        let document = parameters(&it.path);
        let renames = match page.len() == document.len() {
            true => page.into_iter().zip(document).collect(),
            false => Vec::new(),
        };
        let is_of_status =
            |about: &str| matches!(Subject::disputed(about), Some((Subject::Status(_), _)));
        let disputed = facts.contradictions.iter();
        let disputed = disputed.filter(|it| is_of_status(&it.about));
        let disputed = disputed.flat_map(|it| [&it.first.0, &it.second.0]);
        let disputed = disputed.flat_map(|it| it.split(", "));
        let action = it.claims.one(&Subject::Operation, Aspect::Action);
        Self {
            operation,
            route,
            further,
            renames,
            success: it.success().map(str::to_owned),
            disputed: disputed.map(str::to_owned).collect(),
            has_default: it.statuses().any(|status| status == "default"),
            action: action.map(str::to_owned),
        }
    }

    /// The document's name for a parameter of the path.
    pub fn renamed(&self, name: &str) -> String {
        let known = self.renames.iter().find(|(page, _)| page == name);
        known.map_or(name, |(_, document)| document).to_owned()
    }

    /// A parameter or a field of the page in the words of the document: its name for a parameter of the
    /// path, its word for the status of a response.
    pub(crate) fn subject(&self, subject: Subject) -> Subject {
        match subject {
            Subject::Parameter(ParameterLocation::Path, name) => {
                Subject::Parameter(ParameterLocation::Path, self.renamed(&name))
            }
            Subject::Response(status, path) => Subject::Response(self.status(&status), path),
            other => other,
        }
    }

    /// The document's word for a status of the page. Of several that are disputed it is that of the
    /// document, so that what is in the response is compared.
    pub fn status(&self, status: &str) -> String {
        let is_disputed = |it: &str| self.disputed.iter().any(|known| known == it);
        match (status, &self.success) {
            ("?", Some(success)) => success.clone(),
            (status, Some(success)) if is_disputed(status) && is_disputed(success) => {
                success.clone()
            }
            ("error", _) if self.has_default => "default".to_owned(),
            _ => status.to_owned(),
        }
    }
}

/// Finds the operation that a page describes: the one asked for, or by route, or by address,
/// name or title.
///
/// # Errors
/// When none fits, or more than one.
pub fn pair(
    spec: &Spec,
    file: &str,
    facts: &Facts,
    asked: Option<&str>,
) -> Result<Pairing, PairError> {
    if is_no_call(facts) {
        return Err(PairError::NoCall);
    }
    if let Some(label) = asked {
        let mut all = spec.operations.iter().enumerate();
        let found = all.find(|(_, it)| it.label() == label);
        let (index, operation) = found.ok_or_else(|| PairError::Unknown {
            label: label.to_owned(),
            known: spec
                .operations
                .iter()
                .map(DocumentOperation::label)
                .collect(),
        })?;
        return match another(spec, facts, operation) {
            Some(other) => Err(other),
            None => Ok(Pairing::with(spec, index, facts)),
        };
    }
    let named = services(facts);
    let by_name: Vec<usize> = indices(spec, |it| {
        may_be_of(it, &named) && is_origin(it, file, facts)
    });
    // The first route is the page's own; the further ones count only if that one fits nothing.
    for route in &facts.routes {
        let by_route = indices(spec, |it| fits(it, route) && may_be_of(it, &named));
        if !by_route.is_empty() {
            return choose(spec, facts, by_route, &by_name);
        }
    }
    if !by_name.is_empty() {
        return choose(spec, facts, by_name, &[]);
    }
    let of_others = indices(spec, |it| facts.routes.iter().any(|route| fits(it, route)));
    if !of_others.is_empty() {
        return Err(PairError::Service {
            labels: labels(spec, &of_others),
            services: named.iter().map(|it| format!("`{it}`")).collect(),
        });
    }
    Err(PairError::None {
        routes: facts
            .routes
            .iter()
            .map(|it| foreign::name(&shown(&it.value)))
            .collect(),
        hint: hint(spec, facts),
    })
}

/// Whether a page has nothing that the page of an API call has.
pub fn is_no_call(facts: &Facts) -> bool {
    facts.routes.is_empty() && facts.parameters.is_empty() && facts.responses.is_empty()
}

/// The words by which a page names its service.
pub(crate) fn services(facts: &Facts) -> Vec<String> {
    let said = facts.services.iter().map(|it| it.value.clone());
    // The first action is the operation's own.
    let own = facts.iam.first();
    let own = own.and_then(|row| service_of_action(&row.value.action));
    let words: IndexSet<String> = said.chain(own).collect();
    words.into_iter().collect()
}

/// Whether an operation may be of the service that a page names: the page names none, or this one.
fn may_be_of(operation: &DocumentOperation, named: &[String]) -> bool {
    named.is_empty() || named.iter().any(|it| operation.services.contains(it))
}

/// Says so when the page's route is plainly that of another operation than the one asked for.
fn another(spec: &Spec, facts: &Facts, asked: &DocumentOperation) -> Option<PairError> {
    let named = services(facts);
    let mut routes = facts.routes.iter();
    if routes.clone().any(|route| fits(asked, route)) {
        return None;
    }
    let other = routes.find_map(|route| {
        let mut operations = spec.operations.iter();
        operations.find(|it| fits(it, route) && may_be_of(it, &named))
    })?;
    Some(PairError::Other {
        asked: asked.label(),
        fits: other.label(),
        route: format!("{} {}", other.method, other.path),
    })
}

fn indices(spec: &Spec, test: impl Fn(&DocumentOperation) -> bool) -> Vec<usize> {
    let operations = spec.operations.iter().enumerate();
    let found = operations.filter(|(_, it)| test(it));
    found.map(|it| it.0).collect()
}

/// One of several that fit: the one that also has the page's name.
fn choose(
    spec: &Spec,
    facts: &Facts,
    fitting: Vec<usize>,
    named: &[usize],
) -> Result<Pairing, PairError> {
    let both = fitting.iter().copied().filter(|it| named.contains(it));
    let both: Vec<usize> = both.collect();
    match (fitting.as_slice(), both.as_slice()) {
        ([one], _) | (_, [one]) => Ok(Pairing::with(spec, *one, facts)),
        _ => Err(PairError::Several {
            labels: labels(spec, &fitting),
        }),
    }
}

fn labels(spec: &Spec, indices: &[usize]) -> Vec<String> {
    let operations = indices.iter().filter_map(|it| spec.operations.get(*it));
    operations.map(DocumentOperation::label).collect()
}

fn fits(operation: &DocumentOperation, route: &Fact<Route>) -> bool {
    let route = &route.value;
    route.method.eq_ignore_ascii_case(&operation.method)
        && shape(&route.path) == shape(&operation.path)
}

/// A path template without the names of its parameters, and without a slash at its end.
pub(crate) fn shape(path: &str) -> String {
    let path = path.trim_end_matches('/');
    template::parse(path).map_or_else(|_| path.to_owned(), |it| it.shape)
}

/// The names of a template's parameters, in order.
pub(crate) fn parameters(path: &str) -> Vec<String> {
    let names = template::parse(path).map(|it| it.names).unwrap_or_default();
    names.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// Below this similarity two routes are not one that moved.
const MOVED: f64 = 0.7;

/// How similar a page's own route is to the route of an operation, from 0 to 1.
fn similarity(operation: &DocumentOperation, facts: &Facts) -> Option<f64> {
    let route = &facts.routes.first()?.value;
    let page = format!("{} {}", route.method, shape(&route.path));
    let known = format!("{} {}", operation.method, shape(&operation.path));
    Some(strsim::normalized_levenshtein(&page, &known))
}

/// Whether a page is the one an operation names as its origin. Services share names such as
/// `ResetPassword`, so a page with quite another route is another page.
fn is_origin(operation: &DocumentOperation, file: &str, facts: &Facts) -> bool {
    let is_named = || {
        let named = facts.operation.as_ref();
        named.is_some_and(|named| named.value == operation.id)
    };
    let stem = stem(file);
    let is_told = || {
        let Some(origin) = &operation.origin else {
            return false;
        };
        let title = facts.title.as_ref().map(|title| bare(&title.value));
        let same_title = title.is_some() && title == origin.title.as_deref().map(bare);
        let page = origin.url.split(['?', '#']).next().unwrap_or_default();
        same_title || (!stem.is_empty() && self::stem(page) == stem)
    };
    let is_file = stem.strip_prefix(operation.service.as_str());
    let is_file = is_file.and_then(|it| it.strip_prefix('_')) == Some(operation.id.as_str());
    (is_file || is_named() || is_told())
        && similarity(operation, facts).is_none_or(|it| it >= MOVED)
}

/// A title without what our documents add in brackets, such as the service.
fn bare(title: &str) -> &str {
    let title = title.trim();
    match title.strip_suffix(')').and_then(|it| it.rfind(" (")) {
        Some(at) => title.get(..at).unwrap_or(title),
        None => title,
    }
}

fn stem(path: &str) -> &str {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    file.split_once('.').map_or(file, |(stem, _)| stem)
}

/// A route as documents have it.
pub(crate) fn shown(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

/// The most similar route there is, which may be the one that was meant.
fn hint(spec: &Spec, facts: &Facts) -> String {
    if facts.routes.is_empty() {
        return "it names no route: is it the page of an API call? `cargo codegen docs read` shows \
                what was read, --operation names the operation"
            .to_owned();
    }
    let operations = spec.operations.iter();
    let near = operations
        .filter_map(|it| Some((similarity(it, facts)?, it)))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((similarity, it)) if similarity >= MOVED => format!(
            "the most similar is {} ({} {}); if its route changed, check with --operation {}",
            it.label(),
            it.method,
            it.path,
            it.label()
        ),
        _ => "add the operation to a document first, or name one with --operation".to_owned(),
    }
}

#[cfg(test)]
mod tests;
