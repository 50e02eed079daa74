//! The routes of a page.

use super::page::Page;
use super::rows::{CellAt, TableRows, cell};
use super::{note, source};
use crate::block::{Block, Lines};
use crate::facts::{Fact, FactSource, FieldFacts, FieldLocation, Required, Route, SourceKind};
use crate::vocabulary::{Column, METHODS, Meaning, Section, Term, after, half, name_like, section};

/// The routes in the section on the URI, in lines or in a table, and what is in their queries; on pages
/// without headings, the first request line.
pub(super) fn routes(
    page: &Page<'_>,
    tables: &[TableRows<'_>],
) -> (Vec<Fact<Route>>, Vec<Fact<Query>>) {
    let mut out: Vec<Fact<Route>> = Vec::new();
    let mut queries = Vec::new();
    let mut parts = (None, None);
    let tables = tables.iter().filter(|table| is_table(table));
    for (line, said) in tables.flat_map(|table| table.cells.iter().filter_map(|row| tabled(row))) {
        note_queries(&line, &said, &mut queries);
        for route in request_lines(&line) {
            note(&mut out, route, said.clone());
        }
    }
    let within = |is: fn(Section) -> bool, wanted: bool| {
        let placed = page.placed.iter();
        let own = placed.filter(move |placed| placed.section.is_some_and(is) == wanted);
        own.flat_map(|placed| lines(placed.block))
    };
    for (line, at) in within(|section| section == Section::Uri, true) {
        let found = request_lines(line);
        if found.is_empty() {
            note_part(line, at, &mut parts);
        } else {
            note_queries(line, &source(SourceKind::Prose, at), &mut queries);
        }
        for route in found {
            add(&mut out, route, at);
        }
    }
    if let (true, (Some(method), Some((path, at)))) = (out.is_empty(), parts) {
        add(&mut out, Route { method, path }, at);
    }
    // The heading was lost: the first lines outside of prose and examples, else a template in one.
    for examples in [false, true] {
        if !out.is_empty() {
            break;
        }
        let lines = within(shows_requests, examples).filter_map(|(line, at)| {
            let route = request_line(line)?;
            (!examples || route.path.contains('{')).then_some((line, route, at))
        });
        let mut last = None;
        for (line, route, at) in lines {
            if last.is_some_and(|last| examples || at.first > last + 2) {
                break;
            }
            note_queries(line, &source(SourceKind::Prose, at), &mut queries);
            add(&mut out, route, at);
            last = Some(at.last);
        }
    }
    (out, queries)
}

/// Whether a table tells the operation itself, by columns for its method and its path.
pub(super) fn is_table(table: &TableRows<'_>) -> bool {
    let within = table.at.section.is_none_or(|it| it == Section::Uri);
    let has = |column| table.has(column);
    within && !has(Column::Name) && has(Column::Method) && has(Column::Address)
}

/// The request line that a row of a table of routes comes to.
pub(super) fn tabled(cells: &[CellAt<'_>]) -> Option<(String, FactSource)> {
    let [method, address] = [Column::Method, Column::Address].map(|column| cell(cells, column));
    let (method, address) = (method?, address?);
    // Text takes what stands below the table for more of its last cell.
    let whole = address.text.text.as_str();
    let mut parts = [whole, whole.lines().next()?].into_iter();
    parts.find_map(|part| {
        let line = format!("{} {part}", method.text.text);
        let is_one = !request_lines(&line).is_empty();
        is_one.then(|| (line, address.source.clone()))
    })
}

/// Whether a section has examples of requests.
fn shows_requests(section: Section) -> bool {
    matches!(
        section,
        Section::RequestExample | Section::Example | Section::SdkExample
    )
}

/// Takes the method or the path from a line of its own: "Method: PUT", "PATH: /v1/gauges".
fn note_part(line: &str, at: Lines, parts: &mut (Option<String>, Option<(String, Lines)>)) {
    let line = unmarked(line);
    let Some((label, value)) = line.split_once(':') else {
        return;
    };
    let label = label.trim().to_lowercase();
    if Column::Method.is(&label) {
        let mut methods = METHODS.iter();
        let method = methods.find(|method| value.trim().eq_ignore_ascii_case(method));
        parts.0 = method.map(|method| (*method).to_owned());
    } else if Column::Address.is(&label) {
        parts.1 = path(value).map(|path| (path, at));
    }
}

/// Whether a path has an identifier filled in, as examples have.
fn is_filled(path: &str) -> bool {
    path.split('/')
        .any(|part| part.len() >= 32 && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-'))
}

fn add(out: &mut Vec<Fact<Route>>, route: Route, at: Lines) {
    if is_filled(&route.path) && out.iter().any(|known| known.value.path.contains('{')) {
        return;
    }
    note(out, route, source(SourceKind::Prose, at));
}

/// A line in half-width characters and without marks of emphasis.
pub(super) fn unmarked(line: &str) -> String {
    half(line).replace(['\\', '`', '*'], "")
}

/// Every line of a block outside of tables.
pub(super) fn lines(block: &Block) -> impl Iterator<Item = (&str, Lines)> {
    let heads = matches!(block, Block::Heading { .. });
    let text = block.words().filter(|_| !heads);
    text.into_iter().flat_map(|text| {
        let breaks = text.text.matches('\n').count();
        let whole = breaks == text.lines.last.saturating_sub(text.lines.first);
        let lines = text.text.lines().zip(text.lines.first..);
        lines.map(move |(line, at)| (line, if whole { Lines::of(at) } else { text.lines }))
    })
}

/// The request lines of a line that has nothing else: one, or several with a word between them;
/// the label of a list item may run into the first ("URI format: GET /v1/gauges").
pub(super) fn request_lines(line: &str) -> Vec<Route> {
    let line = unmarked(line);
    let line = without_label(line.trim());
    if let Some(only) = request_line(line) {
        return vec![only];
    }
    let between = Term::BetweenRoutes.words();
    let parts = between.fold(line.to_owned(), |line, word| line.replace(word, "\n"));
    let routes: Option<Vec<Route>> = parts.lines().map(request_line).collect();
    routes.unwrap_or_default()
}

/// A line without a label of the route in front of its method.
fn without_label(line: &str) -> &str {
    let labelled = METHODS.iter().find_map(|method| {
        let (label, rest) = line.split_once(method)?;
        let label = label.trim_end_matches([' ', ':', '-']);
        (!label.is_empty() && section(label) == Some(Section::Uri))
            .then(|| line.get(line.len() - rest.len() - method.len()..))?
    });
    labelled.unwrap_or(line)
}

/// A parameter as the query of a request line has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    /// Its name.
    pub(crate) name: String,
    /// Its value, if one stands there and no placeholder.
    value: Option<String>,
    /// No other is in its query, so that its value is no sample among others.
    is_sole: bool,
}

impl Query {
    /// It as a parameter that nothing else is said of.
    pub(crate) fn field(&self, said: &[FactSource]) -> FieldFacts {
        let values = self.value.clone().map(|value| Fact {
            value: vec![value],
            sources: said.to_vec(),
        });
        // With its value it is a part of the address.
        let fixed = values.as_ref().filter(|_| self.is_sole);
        let required = fixed.map_or((Required::Unknown, None), |_| {
            (Required::Yes, said.first().cloned())
        });
        FieldFacts {
            path: self.name.clone(),
            named: said.to_vec(),
            required,
            enum_values: values,
            ..FieldFacts::default()
        }
    }
}

/// The parameters in the query of a request line: `?limit={limit}&page={page}`, or as a template has
/// it, `{?limit,page}` or `[?limit, page]`.
pub(crate) fn queries(line: &str) -> Vec<Query> {
    let line = unmarked(line);
    let Some((_, query)) = line.split_once('?') else {
        return Vec::new();
    };
    // With a host it is a call, and its values are examples.
    let is_sample = line.contains("://");
    let is_sole = parts(query).filter(|it| !it.is_empty()).count() == 1;
    let parts = parts(query).map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let name = name.trim_start_matches(['{', '[', ' ']);
        let is_value = |it: char| it.is_ascii_alphanumeric() || "-_.:".contains(it);
        let value = value.split_whitespace().next().unwrap_or_default();
        // A number shows what may stand there.
        let is_word = value.starts_with(|it: char| it.is_ascii_alphabetic());
        let is_one = is_word && !is_sample && value != name && value.chars().all(is_value);
        Query {
            name: name.split(['}', ' ']).next().unwrap_or_default().to_owned(),
            value: is_one.then(|| value.to_owned()),
            is_sole,
        }
    });
    parts.filter(|it| name_like(&it.name)).collect()
}

fn parts(query: &str) -> impl Iterator<Item = &str> {
    query.split(['&', ',', '?', ']'])
}

/// The parts of the query of a path that are no name, or have a value that is not read.
pub(crate) fn unread(path: &str) -> Vec<&str> {
    let query = path.split_once('?').map(|it| it.1);
    let is_read = |part: &&str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let is_open = value.is_empty() || value == name || value.starts_with(['{', '\\']);
        let mut read = queries(&format!("?{part}")).into_iter();
        part.is_empty() || read.any(|it| is_open || it.value.is_some())
    };
    let parts = query.into_iter().flat_map(parts);
    parts.filter(|it| !is_read(it)).collect()
}

fn note_queries(line: &str, said: &FactSource, out: &mut Vec<Fact<Query>>) {
    for query in queries(line) {
        note(out, query, said.clone());
    }
}

/// Adds the parameters of a query that nothing else names.
pub(crate) fn add_queries(
    queries: &[Fact<Query>],
    parameters: &mut Vec<(FieldLocation, FieldFacts)>,
) {
    for query in queries {
        let name = query.value.name.as_str();
        if parameters.iter().all(|(_, it)| it.top() != name) {
            parameters.push((FieldLocation::Query, query.value.field(&query.sources)));
        }
    }
}

/// A line without a remark in brackets at its end, as "(deprecated)", which is no part of the path.
fn without_remark(line: &str) -> &str {
    let Some((before, remark)) = line
        .strip_suffix(')')
        .and_then(|line| line.rsplit_once('('))
    else {
        return line;
    };
    let words = remark.trim().to_lowercase();
    let apart = before.ends_with(' ') || !remark.is_ascii() || Term::RouteRemark.is(&words);
    let path = remark.contains(['/', '{', '}', '=', '$', '\'']);
    if apart && !path && !words.is_empty() {
        before.trim_end()
    } else {
        line
    }
}

/// A line without the template of a query at its end: `[?limit, page]`, `{?limit,page}`.
fn without_query(line: &str) -> &str {
    let template = |(open, close)| line.strip_suffix(close)?.rsplit_once(open);
    let found = [("[?", ']'), ("{?", '}')].into_iter().find_map(template);
    found.map_or(line, |(before, _)| before.trim_end())
}

/// A line that is a request line and nothing else: a method and a path, or a URL.
pub(super) fn request_line(line: &str) -> Option<Route> {
    let line = unmarked(line);
    let line = without_query(without_remark(line.trim()));
    let mut methods = METHODS.iter();
    let (method, rest) = methods.find_map(|method| Some((method, after(method, line)?)))?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    let path = path(rest)?;
    Some(Route {
        method: (*method).to_owned(),
        path,
    })
}

/// The path of a URL or of what stands after the method; the query is cut off.
fn path(rest: &str) -> Option<String> {
    let mut words = rest.split_whitespace();
    let mut whole = words.next()?.to_owned();
    for word in words {
        // A blank inside the path, as in "/v1/{project_id} /servers" or "https://{BMS Endpoint}/…".
        let open = whole.matches('{').count() > whole.matches('}').count();
        if open
            || word.starts_with(['/', '{', '?', '&'])
            || whole.ends_with('/') && word.contains(['/', '{'])
        {
            if open {
                whole.push('_');
            }
            whole.push_str(word);
        } else if word.starts_with("HTTP/") {
            break;
        } else {
            return None;
        }
    }
    if let Some((_, after)) = whole.split_once("://") {
        let start = after.find('/')?;
        whole = after.get(start..)?.to_owned();
    }
    let path = whole.split('?').next()?;
    let path = path.strip_suffix(['{', '[']).unwrap_or(path);
    // An underscore at the end began the emphasis of a query.
    let path = path.trim_end_matches(['.', ',', ';', '。', '_']);
    let path = path
        .strip_suffix('/')
        .filter(|shorter| !shorter.is_empty())
        .unwrap_or(path);
    let tame = |c: char| c.is_ascii_alphanumeric() || "/{}_-.:$~@+%*,=&()<>#".contains(c);
    let tame = path.chars().all(tame);
    (path.starts_with('/') && tame).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{queries, request_lines, unread};

    #[test]
    fn a_query_names_its_parameters() {
        for (line, expected) in [
            ("GET /v1/gauges{?limit,page}", "limit page"),
            ("GET /v1/gauges[?limit, page_no]", "limit page_no"),
            ("GET /v1/gauges?limit={limit}&page={page_no}", "limit page"),
            ("GET /v1/gauges?limit=\\{limit\\}", "limit"),
            ("GET /v1/gauges?limit", "limit"),
            ("GET /v1/gauges{?limit,page} HTTP/1.1", "limit page"),
            (
                "POST /v1/gauges/{id}?action=restart&force={force}",
                "action=restart force",
            ),
            ("POST /v1/gauges?action=restart HTTP/1.1", "action=restart"),
            ("GET /v1/gauges", ""),
        ] {
            let found = queries(line).into_iter().map(|it| match it.value {
                Some(value) => format!("{}={value}", it.name),
                None => it.name,
            });
            assert_eq!(found.collect::<Vec<_>>().join(" "), expected, "{line}");
        }
    }

    #[test]
    fn what_a_query_says_besides_names_is_told() {
        for (line, expected) in [
            ("/v1/gauges?limit={limit}&page=page&mode=fast&detail&a=", ""),
            (
                "/v1/gauges?%7Bx%7D&mode=very%20fast&=5&limit=10&ok=yes",
                "%7Bx%7D mode=very%20fast =5 limit=10",
            ),
            ("/v1/gauges", ""),
        ] {
            assert_eq!(unread(line).join(" "), expected, "{line}");
        }
    }

    #[test]
    fn lines_with_one_request_or_several() {
        for (line, expected) in [
            ("GET /v1/gauges", "GET /v1/gauges"),
            ("GET /v1/gauges（已废弃）", "GET /v1/gauges"),
            ("GET /v1/gauges (deprecated)", "GET /v1/gauges"),
            ("GET /v1/gauges(deprecated)", "GET /v1/gauges"),
            ("GET /v1/gauges(id)", "GET /v1/gauges(id)"),
            (
                "GET /v1/gauges or GET /v2/gauges",
                "GET /v1/gauges GET /v2/gauges",
            ),
            (
                "GET /v1/gauges (deprecated) or GET /v2/gauges",
                "GET /v1/gauges GET /v2/gauges",
            ),
            (
                "GET /v1/gauges或GET /v2/gauges",
                "GET /v1/gauges GET /v2/gauges",
            ),
            ("PUT /v1/a, POST /v1/b", "PUT /v1/a POST /v1/b"),
            ("GET /v1/gauges of the river or GET /v2/gauges", ""),
            ("GET the gauges or PUT them", ""),
            ("URI format: GET /v1/gauges", "GET /v1/gauges"),
            ("URI格式：GET /v1/gauges", "GET /v1/gauges"),
            ("URI formatGET /v1/gauges", "GET /v1/gauges"),
            ("Gauges: GET /v1/gauges", ""),
            ("GET /", "GET /"),
            ("GET https://{endpoint}/", "GET /"),
            ("GET /?tides HTTP/1.1", "GET /"),
            ("GET /v1/gauges_?limit=1_", "GET /v1/gauges"),
            ("GET /v1/gauges{?limit,page}", "GET /v1/gauges"),
            ("GET /v1/gauges[?limit, page]", "GET /v1/gauges"),
            ("GET /v1/gauges{?limit,page} HTTP/1.1", "GET /v1/gauges"),
            ("GET /v1/gauges[?limit] HTTP/1.1", "GET /v1/gauges"),
            ("GET /v1/gauges/{id}?a={a}&b={b}", "GET /v1/gauges/{id}"),
            ("See GET /v1/gauges or GET /v2/gauges", ""),
        ] {
            let found: Vec<String> = request_lines(line)
                .into_iter()
                .map(|route| format!("{} {}", route.method, route.path))
                .collect();
            assert_eq!(found.join(" "), expected, "{line}");
        }
    }
}
