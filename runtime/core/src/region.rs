//! Regions: from a region's name to the endpoint of a service.

use std::time::Duration;

use crate::rate_limit::RateLimit;
use crate::sanitize::{self, Sanitized};

/// The endpoints of one service, by region; a constant of the generated
/// client, taken from the `servers` of its API document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceEndpoints {
    /// The service in lower case: `shop`.
    pub service: &'static str,
    /// Region name and base URL, one pair a region.
    pub regions: &'static [(&'static str, &'static str)],
    /// The base URL for all other regions, of a service that has one.
    pub global: Option<&'static str>,
    /// How many calls the service takes, where its API document says so.
    pub rate_limit: Option<RateLimit>,
}

/// How many known names an error suggests.
const SUGGESTIONS: usize = 3;

impl ServiceEndpoints {
    /// The endpoints of `service` (in lower case): region name and base URL,
    /// one pair a region.
    #[doc(hidden)]
    pub const fn new(
        service: &'static str,
        regions: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self {
            service,
            regions,
            global: None,
            rate_limit: None,
        }
    }

    /// The base URL for all regions that have none of their own.
    #[doc(hidden)]
    #[must_use]
    pub const fn global(mut self, url: &'static str) -> Self {
        self.global = Some(url);
        self
    }

    /// Sets how many calls the service takes: this many in this many seconds.
    #[must_use]
    pub const fn rate_limit(mut self, calls: u32, seconds: u32) -> Self {
        let per = Duration::from_secs(seconds as u64);
        self.rate_limit = Some(RateLimit::new(calls, per));
        self
    }

    /// Whether the service has an address of its own in `region`.
    pub fn knows(&self, region: &str) -> bool {
        self.regions.iter().any(|(name, _)| *name == region)
    }

    /// The base URL of the service in `region`.
    ///
    /// # Errors
    /// [`UnknownRegion`] with the nearest known names.
    pub fn lookup(&self, region: &str) -> Result<&'static str, UnknownRegion> {
        self.regions
            .iter()
            .find(|(name, _)| *name == region)
            .map(|(_, url)| *url)
            .or(self.global)
            .ok_or_else(|| self.unknown(region))
    }

    /// Why the service has no address of its own in `region`, if it has none.
    #[doc(hidden)]
    pub fn missing(&self, region: &str) -> Option<UnknownRegion> {
        (!self.knows(region)).then(|| self.unknown(region))
    }

    fn unknown(&self, region: &str) -> UnknownRegion {
        UnknownRegion::to([self], region)
    }
}

/// A region in which the API documents know no endpoint of one or more services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRegion {
    services: Vec<&'static str>,
    region: String,
    nearest: Vec<&'static str>,
}

impl UnknownRegion {
    /// A region that none of these services knows.
    #[doc(hidden)]
    pub fn to<'a>(services: impl IntoIterator<Item = &'a ServiceEndpoints>, region: &str) -> Self {
        let mut names = Vec::new();
        let mut near = Vec::new();
        for service in services {
            names.push(service.service);
            near.extend(
                service
                    .regions
                    .iter()
                    .map(|(name, _)| (strsim::damerau_levenshtein(name, region), *name)),
            );
        }
        near.sort_unstable();
        near.dedup();
        near.truncate(SUGGESTIONS);
        Self {
            services: names,
            region: region.to_owned(),
            nearest: near.into_iter().map(|(_, name)| name).collect(),
        }
    }

    /// The services that have no endpoint there: the one asked for, or all of a client that has
    /// none at all.
    pub fn services(&self) -> &[&'static str] {
        &self.services
    }

    /// The region asked for.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The known regions with the most similar names.
    pub fn nearest(&self) -> &[&'static str] {
        &self.nearest
    }
}

impl std::fmt::Display for UnknownRegion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let region = Sanitized(&self.region, sanitize::NAME);
        if self.region.is_empty() {
            // An API without regions.
            let names = self.services.join("`, `");
            return write!(
                f,
                "the API document gives no address of `{names}`; give it one with `.endpoint(url)`"
            );
        }
        match self.services.as_slice() {
            [service] => write!(
                f,
                "service `{service}` has no known endpoint in region `{region}`"
            )?,
            services => write!(
                f,
                "no service has a known endpoint in region `{region}`: {}",
                services.join(", ")
            )?,
        }
        if !self.nearest.is_empty() {
            write!(f, " (nearest known: {})", self.nearest.join(", "))?;
        }
        f.write_str("; correct the region, or give addresses: ")?;
        match self.services.as_slice() {
            [service] => write!(f, "`.service_endpoint(\"{service}\", url)`"),
            _ => f.write_str("`.endpoint_template(\"https://{service}.{region}.example.com\")`"),
        }?;
        f.write_str(" or `.endpoint(url)`")
    }
}

impl std::error::Error for UnknownRegion {}

#[cfg(test)]
mod tests {
    use super::*;

    const DCS: ServiceEndpoints = ServiceEndpoints::new(
        "dcs",
        &[
            ("ap-southeast-1", "https://dcs.ap-southeast-1.example.com"),
            ("cn-north-4", "https://dcs.cn-north-4.example.com"),
            ("cn-north-9", "https://dcs.cn-north-9.example.com"),
            ("eu-west-101", "https://dcs.eu-west-101.example.eu"),
        ],
    );

    #[test]
    fn a_known_region_has_its_address() {
        assert_eq!(
            DCS.lookup("eu-west-101").unwrap(),
            "https://dcs.eu-west-101.example.eu"
        );
    }

    #[test]
    fn a_service_for_all_regions_has_an_address_everywhere() {
        let iam = ServiceEndpoints::new("iam", &[("cn-north-4", "https://iam.cn-north-4.a")])
            .global("https://iam.a");
        assert_eq!(
            iam.lookup("cn-north-4").unwrap(),
            "https://iam.cn-north-4.a"
        );
        assert_eq!(iam.lookup("moon-1").unwrap(), "https://iam.a");
        assert!(iam.knows("cn-north-4") && !iam.knows("moon-1"));
    }

    #[test]
    fn an_unknown_region_suggests_the_nearest() {
        let error = DCS.lookup("cn-nroth-4").unwrap_err();
        assert_eq!(error.nearest()[0], "cn-north-4");
        let text = error.to_string();
        for part in ["`dcs`", "`cn-nroth-4`", "cn-north-4", ".endpoint(url)"] {
            assert!(text.contains(part), "{text}");
        }
    }
}
