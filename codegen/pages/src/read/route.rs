//! The routes of a page.

use super::page::Page;
use super::source;
use crate::block::{Block, Lines};
use crate::facts::{Fact, Route, SourceKind};
use crate::vocabulary::lexicon::Word;
use crate::vocabulary::{METHODS, Meaning, Section, Term, after, half, name_like, section};

/// The routes in the section on the URI, and the names that their queries have; on pages without
/// headings, the first request line.
pub(super) fn routes(page: &Page<'_>) -> (Vec<Fact<Route>>, Vec<String>) {
    let mut out: Vec<Fact<Route>> = Vec::new();
    let mut queries = Vec::new();
    let mut parts = Parts::default();
    for placed in page
        .placed
        .iter()
        .filter(|placed| placed.section == Some(Section::Uri))
    {
        lines(placed.block, &mut |line, at| {
            let mut found = request_lines(line);
            found.extend(parts.take(line).filter(|_| found.is_empty()));
            if !found.is_empty() {
                queries.extend(query_names(line));
            }
            for route in found {
                add(&mut out, route, at);
            }
        });
    }
    if !out.is_empty() {
        return (out, queries);
    }
    // The heading was lost: the first line outside of prose and examples, else a template in one.
    for examples in [false, true] {
        for placed in &page.placed {
            let example = matches!(
                placed.section,
                Some(Section::RequestExample | Section::Example | Section::SdkExample)
            );
            if example != examples || !out.is_empty() {
                continue;
            }
            lines(placed.block, &mut |line, at| {
                if let Some(route) = request_line(line)
                    && out.is_empty()
                    && (!examples || route.path.contains('{'))
                {
                    queries.extend(query_names(line));
                    add(&mut out, route, at);
                }
            });
        }
    }
    (out, queries)
}

/// A route whose method and path stand on lines of their own: "Method: PUT", "PATH: /v1/gauges".
#[derive(Default)]
struct Parts {
    method: Option<&'static str>,
    path: Option<String>,
}

impl Parts {
    /// Takes a line; gives the route when its second part is there.
    fn take(&mut self, line: &str) -> Option<Route> {
        let line: String = half(line)
            .chars()
            .filter(|c| !matches!(c, '\\' | '`' | '*'))
            .collect();
        let (label, value) = line.split_once(':')?;
        match (label.trim().to_lowercase().as_str(), value.trim()) {
            (label, value) if Term::MethodLabel.is(label) => {
                self.method = METHODS
                    .iter()
                    .find(|method| value.eq_ignore_ascii_case(method))
                    .copied()
            }
            (label, value) if Term::PathLabel.is(label) && value.starts_with('/') => {
                self.path = path(value)
            }
            _ => return None,
        }
        let method = self.method?.to_owned();
        self.method.filter(|_| self.path.is_some())?;
        self.method = None;
        Some(Route {
            method,
            path: self.path.take()?,
        })
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
    let said = source(SourceKind::Prose, at);
    match out.iter_mut().find(|fact| fact.value == route) {
        Some(fact) => fact.sources.push(said),
        None => out.push(Fact::new(route, said)),
    }
}

/// Every line of a block outside of tables.
pub(super) fn lines(block: &Block, each: &mut dyn FnMut(&str, Lines)) {
    let text = match block {
        Block::Paragraph(text) | Block::Item { text, .. } | Block::Code(text) => text,
        Block::Heading { .. } | Block::Table(_) => return,
    };
    let whole = text.text.matches('\n').count() == text.lines.last.saturating_sub(text.lines.first);
    for (index, line) in text.text.lines().enumerate() {
        let at = text.lines.first + index;
        each(line, if whole { Lines::of(at) } else { text.lines });
    }
}

/// The request lines of a line that has nothing else: one, or several with a word between them;
/// the label of a list item may run into the first ("URI format: GET /v1/gauges").
fn request_lines(line: &str) -> Vec<Route> {
    if let Some(only) = request_line(line) {
        return vec![only];
    }
    let line = half(line);
    let line = without_label(line.trim());
    if let Some(only) = request_line(line) {
        return vec![only];
    }
    let mut starts: Vec<usize> = METHODS
        .iter()
        .flat_map(|method| line.match_indices(method))
        .filter(|(at, method)| {
            let before = line.get(..*at).unwrap_or("");
            let after = line.get(at + method.len()..).unwrap_or("");
            !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '{' | '_'))
                && after.starts_with(' ')
                && after.trim_start().starts_with('/')
        })
        .map(|(at, _)| at)
        .collect();
    starts.sort_unstable();
    if starts.len() < 2 || starts.first() != Some(&0) {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    let routes: Option<Vec<Route>> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let piece = line.get(*start..end)?.trim();
            let joint = Word::Or.ends(piece).or_else(|| Word::And.ends(piece));
            let piece = joint.unwrap_or(piece);
            request_line(piece.trim_end_matches([' ', ',', ';', '、']))
        })
        .collect();
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

/// The names that the query of a request line gives its parameters: `?limit={limit}&page={page}`, or
/// as a template has it, `{?limit,page}`.
pub(super) fn query_names(line: &str) -> Vec<String> {
    let line = half(line).replace(['\\', '`', '*'], "");
    let Some((_, query)) = line.split_once('?') else {
        return Vec::new();
    };
    query
        .split(['&', ',', '?', '}'])
        .map(|part| part.split('=').next().unwrap_or(part))
        .map(|name| name.trim_matches(['{', '[', ']', ' ']))
        .filter(|name| name_like(name))
        .map(str::to_owned)
        .collect()
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

/// A line that is a request line and nothing else: a method and a path, or a URL.
pub(super) fn request_line(line: &str) -> Option<Route> {
    let line: String = half(line)
        .chars()
        .filter(|c| !matches!(c, '\\' | '`' | '*'))
        .collect();
    let line = without_remark(line.trim());
    let mut methods = METHODS.iter();
    let (method, rest) = methods.find_map(|method| Some((method, after(method, line)?)))?;
    let parted = rest.starts_with(|c: char| c.is_whitespace() || c == ':');
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    if !parted && !rest.starts_with('/') {
        return None;
    }
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
    let path = path.strip_suffix('{').unwrap_or(path);
    let path = path.trim_end_matches(['.', ',', ';', '。']);
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
    use super::{query_names, request_lines};

    #[test]
    fn a_query_names_its_parameters() {
        for (line, expected) in [
            ("GET /v1/gauges{?limit,page}", "limit page"),
            ("GET /v1/gauges?limit={limit}&page={page_no}", "limit page"),
            ("GET /v1/gauges?limit=\\{limit\\}", "limit"),
            ("GET /v1/gauges", ""),
        ] {
            assert_eq!(query_names(line).join(" "), expected, "{line}");
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
            ("GET /v1/gauges{?limit,page}", "GET /v1/gauges"),
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
