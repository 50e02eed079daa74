//! One setting for the addresses of all services.

use crate::endpoint::{EndpointProblem, InvalidEndpoint};

const SERVICE: &str = "{service}";
const REGION: &str = "{region}";

/// The template with names in place of its placeholders. The region's was checked before, and
/// a service's comes from a document: neither can add a part to the address.
pub(super) fn filled(
    template: &str,
    service: &str,
    region: &str,
) -> Result<String, InvalidEndpoint> {
    if !template.contains(SERVICE) {
        return Err(InvalidEndpoint::new(template, EndpointProblem::NoService));
    }
    let filled = template.replace(SERVICE, service).replace(REGION, region);
    if filled.contains(['{', '}']) {
        return Err(InvalidEndpoint::new(template, EndpointProblem::Placeholder));
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_has_the_service_and_perhaps_the_region() {
        for (template, url) in [
            ("https://{service}.{region}.a.b", "https://shop.moon-1.a.b"),
            ("https://{service}.a.b:8443", "https://shop.a.b:8443"),
            ("https://a.b/{region}/{service}", "https://a.b/moon-1/shop"),
            ("https://{service}-{service}.a.b", "https://shop-shop.a.b"),
        ] {
            assert_eq!(filled(template, "shop", "moon-1").as_deref(), Ok(url));
        }
        for (template, problem) in [
            ("https://a.b", EndpointProblem::NoService),
            ("https://{region}.a.b", EndpointProblem::NoService),
            ("", EndpointProblem::NoService),
            ("https://{Service}.a.b", EndpointProblem::NoService),
            ("https://{service}.{zone}.a.b", EndpointProblem::Placeholder),
            ("https://{service}.{a.b", EndpointProblem::Placeholder),
            ("https://{{service}}.a.b", EndpointProblem::Placeholder),
        ] {
            let error = filled(template, "shop", "moon-1").unwrap_err();
            assert_eq!(error.problem(), problem, "{template}");
            assert!(error.to_string().contains("{service}"), "{error}");
        }
    }
}
