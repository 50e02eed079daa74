//! Addresses of services.

/// The methods that requests have.
pub(crate) const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

use super::half;

/// Hosts in examples that stand for any host.
const ANY: &[&str] = &[
    "api", "domain", "endpoint", "example", "sample", "test", "www",
];

/// The longest name of a service, in bytes.
const LONGEST: usize = 40;

/// The word by which an address names its service, in lower case: `dcs` in
/// `https://dcs.{region}.example.com/v1` and in `https://{dcs_endpoint}/v1`. An address that only
/// says "endpoint", has a number for a host, or too short a one names none.
#[must_use]
pub fn service_in_address(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let word = if let Some(inside) = rest.strip_prefix('{') {
        let (name, _) = inside.split_once('}')?;
        let name = half(name).to_lowercase();
        let (before, _) = name.split_once("endpoint")?;
        before.trim_matches([' ', '_', '-']).to_owned()
    } else {
        let host = rest.split(['/', ':', '?']).next()?;
        let mut labels = host.split('.');
        let first = labels.next().filter(|_| labels.count() >= 2)?;
        first.to_owned()
    };
    service_word(&word)
}

/// A word that may name a service, in lower case; nothing for other text, and for words in examples
/// that stand for any host.
#[must_use]
pub fn service_word(text: &str) -> Option<String> {
    let word = text.trim().to_lowercase();
    let is_word = word.len() <= LONGEST
        && word.contains(|c: char| c.is_ascii_alphabetic())
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    (is_word && !ANY.contains(&word.as_str())).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_their_service_or_nothing() {
        for (address, service) in [
            ("https://dcs.{region}.example.com", Some("dcs")),
            ("https://DCS.north-1.example.com:443/v1", Some("dcs")),
            ("https://{dcs_endpoint}/v2/a", Some("dcs")),
            ("https://{BMS Endpoint}/v1/a", Some("bms")),
            ("https://{Endpoint}/v1/a", None),
            ("https://{region}.dcs.example.com", None),
            ("https://127.0.0.1:8080/v1", None),
            ("https://localhost/v1", None),
            ("https://sample.domain.com/v1", None),
            ("https://{gauge", None),
            ("/v1/a", None),
        ] {
            assert_eq!(service_in_address(address).as_deref(), service, "{address}");
        }
    }
}
