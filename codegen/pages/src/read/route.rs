//! The routes of a page.

use super::page::Page;
use super::witness;
use crate::block::{Block, Lines};
use crate::facts::{Fact, Route, WitnessKind};
use crate::vocabulary::{Section, half};

const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/// The routes in the section on the URI; on pages without headings, the first request line.
pub(super) fn routes(page: &Page<'_>) -> Vec<Fact<Route>> {
    let mut out: Vec<Fact<Route>> = Vec::new();
    let mut parts = Parts::default();
    for placed in page
        .placed
        .iter()
        .filter(|placed| placed.section == Some(Section::Uri))
    {
        lines(placed.block, &mut |line, at| {
            if let Some(route) = request_line(line).or_else(|| parts.take(line)) {
                add(&mut out, route, at);
            }
        });
    }
    if !out.is_empty() {
        return out;
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
                    add(&mut out, route, at);
                }
            });
        }
    }
    out
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
            ("method" | "请求方法" | "方法", value) => {
                self.method = METHODS
                    .iter()
                    .find(|method| value.eq_ignore_ascii_case(method))
                    .copied()
            }
            ("path" | "uri" | "url" | "路径", value) if value.starts_with('/') => {
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

fn add(out: &mut Vec<Fact<Route>>, route: Route, at: Lines) {
    let said = witness(WitnessKind::Prose, at);
    match out.iter_mut().find(|fact| fact.value == route) {
        Some(fact) => fact.witnesses.push(said),
        None => out.push(Fact {
            value: route,
            witnesses: vec![said],
        }),
    }
}

/// Every line of a block outside of tables.
fn lines(block: &Block, each: &mut dyn FnMut(&str, Lines)) {
    let text = match block {
        Block::Paragraph(text) | Block::Item { text, .. } | Block::Code(text) => text,
        Block::Heading { .. } | Block::Table(_) => return,
    };
    let whole = text.text.matches('\n').count() == text.lines.last.saturating_sub(text.lines.first);
    for (index, line) in text.text.lines().enumerate() {
        let at = text.lines.first + index;
        each(
            line,
            if whole {
                Lines {
                    first: at,
                    last: at,
                }
            } else {
                text.lines
            },
        );
    }
}

/// A line that is a request line and nothing else: a method and a path, or a URL.
pub(super) fn request_line(line: &str) -> Option<Route> {
    let line: String = half(line)
        .chars()
        .filter(|c| !matches!(c, '\\' | '`' | '*'))
        .collect();
    let line = line.trim();
    let method = METHODS.iter().find(|method| {
        line.get(..method.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(method))
    })?;
    let rest = line.get(method.len()..)?;
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
    let path = path.trim_end_matches(['.', ',', ';', '。']);
    let path = path
        .strip_suffix('/')
        .filter(|shorter| !shorter.is_empty())
        .unwrap_or(path);
    let tame = path.chars().all(|c| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                '/' | '{'
                    | '}'
                    | '_'
                    | '-'
                    | '.'
                    | ':'
                    | '$'
                    | '~'
                    | '@'
                    | '+'
                    | '%'
                    | '*'
                    | ','
                    | '='
                    | '&'
                    | '('
                    | ')'
                    | '<'
                    | '>'
                    | '#'
            )
    });
    (path.starts_with('/') && path.len() > 1 && tame).then(|| path.to_owned())
}
