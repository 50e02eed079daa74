//! What each table describes.

use super::page::Page;
use super::rows::TableRows;
use crate::facts::{Fact, Route};
use crate::vocabulary::{Caption, Column, Role, Section};

/// What a table describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Parameters of the path.
    Path,
    /// Parameters of the path or the query; the route tells which.
    Uri,
    /// Parameters of the query.
    Query,
    /// Headers of the request.
    RequestHeader,
    /// The body of the request.
    RequestBody,
    /// Parameters of the request; what is no header is the body, or the query of a GET.
    Request,
    /// Headers of the response.
    ResponseHeader,
    /// The body of a response.
    Response,
    /// The body of a response that reports an error.
    Error,
    /// Fields of something another table names.
    Nested,
    /// Status codes.
    Status,
    /// Error codes.
    ErrorCodes,
    /// Actions of IAM.
    Iam,
    /// Nothing the model holds.
    Other,
}

/// Gives every table its kind.
pub(super) fn settle(tables: &mut [TableRows<'_>], page: &Page<'_>, routes: &[Fact<Route>]) {
    for table in tables.iter_mut() {
        table.kind = kind(table, page, routes);
    }
    responses_among_requests(tables);
}

/// Without a caption, what has no column for "mandatory" below tables that have one may be the
/// response, its heading lost: it is not told.
fn responses_among_requests(tables: &mut [TableRows<'_>]) {
    let mut asked = false;
    for table in tables
        .iter_mut()
        .filter(|table| table.at.section == Some(Section::Request))
    {
        let asks = table.has(Column::Required);
        if asked && !asks && table.kind == Kind::Request && table.at.caption.is_none() {
            table.kind = Kind::Nested;
        }
        asked |= asks;
    }
}

fn kind(table: &TableRows<'_>, page: &Page<'_>, routes: &[Fact<Route>]) -> Kind {
    if table.at.table.broken.is_some() {
        return Kind::Other;
    }
    if table.has(Column::Action) && !table.has(Column::Name) {
        return Kind::Iam;
    }
    if table.has(Column::ErrorCode) && !table.has(Column::Name) {
        return Kind::ErrorCodes;
    }
    if table.has(Column::Status) && !table.has(Column::Type) {
        return if table.at.section == Some(Section::ErrorCodes) {
            Kind::ErrorCodes
        } else {
            Kind::Status
        };
    }
    if !table.has(Column::Name) {
        return Kind::Other;
    }
    if matches!(
        table.at.section,
        Some(Section::SdkExample | Section::ErrorCodes)
    ) {
        return Kind::Other;
    }
    // The name column of a table of codes.
    if table.at.section == Some(Section::Status) && !table.has(Column::Type) {
        return Kind::Other;
    }
    let captioned = table
        .at
        .caption
        .as_ref()
        .and_then(|caption| by_caption(caption, table));
    let hinted = || {
        table
            .at
            .hint
            .as_ref()
            .filter(|hint| hint.role != Role::Named)
            .and_then(|hint| by_caption(hint, table))
    };
    if let Some(kind) = captioned.or_else(hinted) {
        return kind;
    }
    match table.at.section {
        Some(Section::Uri) => Kind::Uri,
        // Below an example of the request, what has no column for "mandatory" may be the response, its
        // heading lost: it is not told.
        Some(Section::RequestExample) if !table.has(Column::Required) => Kind::Nested,
        Some(Section::Request | Section::RequestExample) => Kind::Request,
        Some(Section::Response | Section::ResponseExample) => Kind::Response,
        _ if !page.has_sections || table.at.section.is_none() => without_section(table, routes),
        _ => Kind::Other,
    }
}

fn by_caption(caption: &Caption, table: &TableRows<'_>) -> Option<Kind> {
    let section = table.at.section;
    let responses = matches!(section, Some(Section::Response | Section::ResponseExample));
    let asks = matches!(
        section,
        Some(Section::Request | Section::RequestExample | Section::Uri)
    );
    Some(match caption.role {
        Role::Path => Kind::Path,
        Role::Uri => Kind::Uri,
        Role::Query => Kind::Query,
        Role::Header if responses => Kind::ResponseHeader,
        Role::Header | Role::RequestHeader => Kind::RequestHeader,
        Role::ResponseHeader => Kind::ResponseHeader,
        // Where the section and the caption disagree, the caption was copied.
        Role::RequestBody | Role::Request if responses => Kind::Response,
        Role::RequestBody => Kind::RequestBody,
        Role::Request if section == Some(Section::Uri) => Kind::Uri,
        Role::Request => Kind::Request,
        Role::ResponseBody | Role::Response if asks && table.has(Column::Required) => Kind::Request,
        Role::ResponseBody | Role::Response => Kind::Response,
        // "Table 6 error data structure" is that of a field named so.
        Role::Error
            if ["structure", "field", "结构", "字段"]
                .iter()
                .any(|word| caption.words.to_lowercase().contains(word)) =>
        {
            Kind::Nested
        }
        Role::Error => Kind::Error,
        Role::Named => Kind::Nested,
        Role::Status | Role::ErrorCodes | Role::Iam | Role::Parameters => return None,
    })
}

/// A page that lost its headings: names in the route's path, then a column for "mandatory", tell.
fn without_section(table: &TableRows<'_>, routes: &[Fact<Route>]) -> Kind {
    let in_path = |name: &str| {
        routes
            .iter()
            .any(|route| route.value.path.contains(&format!("{{{name}}}")))
    };
    if !table.rows.is_empty() && table.rows.iter().all(|row| in_path(&row.name)) {
        Kind::Path
    } else if table.at.status.is_some() {
        Kind::Response
    } else if routes.is_empty() {
        // Nothing tells what is in the path and what in the body.
        Kind::Nested
    } else if table.has(Column::Required) {
        Kind::Request
    } else if table.has(Column::Type) {
        Kind::Response
    } else {
        Kind::Other
    }
}
