//! The addresses of a service: what those in a row have in common is said once.

use std::fmt::Write;

use crate::emit::docs::service_title;
use crate::emit::text;
use crate::emit::text::{docs, literal, wrapped};
use crate::emit::tokens::rate_limit;
use crate::model::{RegionEndpoint, Service};

/// Emits the table.
pub(super) fn emit(service: &Service) -> String {
    let mut out = docs(
        0,
        &format!(
            "The regions of {} and their addresses.",
            service_title(service)
        ),
    );
    let _ = writeln!(
        out,
        "pub static ENDPOINTS: ServiceEndpoints = endpoints!({} {{",
        literal(&service.name)
    );
    let rows = service
        .endpoints
        .chunk_by(|one, other| around(one).is_some_and(|it| around(other) == Some(it)));
    for row in rows {
        match row {
            [] => {}
            [first, ..] => {
                // One without its region's name has its address to itself.
                let (before, kind, after) = match around(first) {
                    Some((before, after)) => (before, "region", after),
                    None => (&*first.url, "fixed", ""),
                };
                let names = row.iter().map(|endpoint| literal(&endpoint.region));
                let _ = writeln!(
                    out,
                    "    {} {kind} {}:\n{};",
                    literal(before),
                    literal(after),
                    wrapped(8, names)
                );
            }
        }
    }
    out.push_str("})");
    if let Some(url) = &service.global_endpoint {
        let _ = write!(out, ".global({})", literal(url));
    }
    if let Some(limit) = service.rate_limit {
        out.push_str(&text::tidy(&rate_limit(limit)));
    }
    out.push_str(";\n");
    out
}

/// What stands before and after the name of the region in its address.
fn around(endpoint: &RegionEndpoint) -> Option<(&str, &str)> {
    endpoint.url.split_once(&endpoint.region)
}
