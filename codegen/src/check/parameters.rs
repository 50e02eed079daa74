//! Parameters, headers, media types and examples: fields that need or exclude each other.

use super::Check;
use super::outline::{Outline, Site};
use super::spelling;
use crate::diagnostic::{Report, codes};
use crate::grammar::{Kind, STYLES};
use crate::load::tree::{Node, Span};

/// Headers that OpenAPI says are no parameters: media types and the security schemes own them.
const NOT_PARAMETERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// Headers that say how a request is sent, which whoever sends it knows.
const OF_THE_CONNECTION: [&str; 4] = ["host", "content-length", "transfer-encoding", "connection"];

/// Whether no caller gives the header of this name, whatever a document says.
pub(crate) fn is_no_parameter(header: &str) -> bool {
    let lower = header.to_ascii_lowercase();
    NOT_PARAMETERS.contains(&&*lower) || OF_THE_CONNECTION.contains(&&*lower)
}

pub(super) const CHECK: Check = Check {
    rules: &[],
    run: check,
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in &outline.sites {
        match site.kind {
            Kind::Parameter => {
                parameter(outline, site, report);
                schema_or_content(site, report);
                exclusive(site, "example", "examples", report);
            }
            Kind::Header => {
                schema_or_content(site, report);
                exclusive(site, "example", "examples", report);
            }
            Kind::MediaType => exclusive(site, "example", "examples", report),
            Kind::Example => exclusive(site, "value", "externalValue", report),
            Kind::Link => exclusive(site, "operationId", "operationRef", report),
            _ => {}
        }
    }
}

fn parameter(outline: &Outline<'_>, site: &Site<'_>, report: &mut Report<'_>) {
    let text = |field: &str| site.node.get(field).and_then(Node::as_str);
    let (Some(name), Some(place)) = (text("name"), text("in")) else {
        return;
    };
    let name_span = site.node.get("name").map_or(site.at, |it| &it.span);
    let place_span = site.node.get("in").map_or(site.at, |it| &it.span);
    if name.is_empty() {
        report
            .error(
                codes::INVALID_NAME,
                name_span,
                "a parameter needs a name",
                "empty",
            )
            .help("write the name the service expects");
    }
    match place {
        "path" => required(site, name, report),
        "header" => {
            if NOT_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) {
                let message = format!("the header parameter `{name}` has no effect");
                report
                    .warning(
                        codes::NO_EFFECT,
                        name_span,
                        message,
                        "OpenAPI ignores this name",
                    )
                    .help("remove it: media types stand in `content`, credentials in `security`");
            }
            header_of_the_client(outline, name, name_span, report);
            let token =
                |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
            if !name.bytes().all(token) {
                let message = format!("`{name}` cannot be the name of a header");
                report
                    .error(codes::INVALID_NAME, name_span, message, "this name")
                    .help("use letters, digits and `-`");
            }
        }
        _ => {}
    }
    let styles: &[&str] = match place {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        _ => &["form"],
    };
    if let Some(style) = site.node.get("style")
        && let Some(word) = style.as_str()
        && !styles.contains(&word)
        // A word that is no style at all has been told of already.
        && STYLES.contains(&word)
    {
        let message = format!("a {place} parameter cannot have the style `{word}`");
        report
            .error(
                codes::PARAMETER_STYLE,
                &style.span,
                message,
                "for other places",
            )
            .related(place_span, "the place")
            .help(format!(
                "use {}, or leave `style` out",
                spelling::one_of(styles)
            ));
    }
}

/// Headers that belong to HTTP or to signing, or that the client fills in itself.
fn header_of_the_client(outline: &Outline<'_>, name: &str, span: &Span, report: &mut Report<'_>) {
    let is_in = |names: &[&str]| names.iter().any(|it| it.eq_ignore_ascii_case(name));
    let profile = outline.profile;
    if is_in(&OF_THE_CONNECTION) || is_in(profile.signing_headers()) {
        let message = format!("the header parameter `{name}` cannot be generated");
        let label = "the client sets this header itself";
        report
            .error(codes::UNSUPPORTED, span, message, label)
            .help("remove the parameter");
    } else if is_in(profile.replaced_headers()) {
        let message = format!("the header parameter `{name}` has no effect");
        let label = "signing replaces it";
        report
            .warning(codes::NO_EFFECT, span, message, label)
            .help("remove the parameter");
    }
}

fn required(site: &Site<'_>, name: &str, report: &mut Report<'_>) {
    let entry = site.node.entry("required");
    // Another kind of value has been told of already.
    let fine = entry.is_some_and(|it| it.value.as_bool() != Some(false));
    if !fine {
        let span = entry.map_or_else(
            || site.node.get("name").map_or(site.at, |it| &it.span),
            |it| &it.value.span,
        );
        let message = format!("the path parameter `{name}` must be required");
        report
            .error(
                codes::PATH_PARAMETER,
                span,
                message,
                "a path has no optional part",
            )
            .help("add `required: true`");
    }
}

fn schema_or_content(site: &Site<'_>, report: &mut Report<'_>) {
    let (schema, content) = (site.node.entry("schema"), site.node.entry("content"));
    let title = site.kind.title();
    match (schema, content) {
        (Some(schema), Some(content)) => {
            let message = format!("{title} has either `schema` or `content`, not both");
            report
                .error(
                    codes::CONFLICTING_FIELDS,
                    &content.key_span,
                    message,
                    "this one",
                )
                .related(&schema.key_span, "and this one")
                .help("keep `schema`, unless the value is a document of its own");
        }
        (None, None) => {
            let message = format!("{title} needs a `schema`");
            report
                .error(
                    codes::MISSING_FIELD,
                    site.at,
                    message,
                    "`schema` is missing",
                )
                .help("add `schema: {type: string}`");
        }
        (None, Some(content)) if content.value.entries().len() != 1 => {
            let message = format!("the `content` of {title} has exactly one media type");
            report
                .error(
                    codes::CONFLICTING_FIELDS,
                    &content.key_span,
                    message,
                    "not one",
                )
                .help("keep one media type, or write a `schema` instead");
        }
        _ => {}
    }
}

fn exclusive(site: &Site<'_>, one: &str, other: &str, report: &mut Report<'_>) {
    if let (Some(first), Some(second)) = (site.node.entry(one), site.node.entry(other)) {
        let title = site.kind.title();
        let message = format!("{title} has either `{one}` or `{other}`, not both");
        report
            .error(
                codes::CONFLICTING_FIELDS,
                &second.key_span,
                message,
                "this one",
            )
            .related(&first.key_span, "and this one")
            .help("keep one of them");
    }
}
