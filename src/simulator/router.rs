//! From method and path of a request to the operation of the spec.

use hyper::Method;
use percent_encoding::percent_decode_str;

use super::error::SimulatorError;
use super::spec::Operation;

/// Every operation with its path cut into segments, the most literal paths first.
#[derive(Debug)]
pub(crate) struct Router {
    routes: Vec<Route>,
}

#[derive(Debug)]
struct Route {
    segments: Vec<Segment>,
    operation: Operation,
}

/// One segment of a path template; a parameter may stand between fixed text, as in `{id}.json`.
#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Parameter {
        before: String,
        name: String,
        after: String,
    },
}

/// What a request's method and path lead to.
#[derive(Debug)]
pub(crate) enum Routed<'a> {
    Found {
        operation: &'a Operation,
        /// Path parameters by name, decoded.
        values: Vec<(&'a str, String)>,
    },
    /// The path is known, the method is not: the methods that are, for the `Allow` header.
    OtherMethods(Vec<Method>),
    Unknown,
}

impl Router {
    /// Builds the routes; two operations that answer the same requests are an error.
    pub(crate) fn new(operations: Vec<Operation>) -> Result<Self, SimulatorError> {
        let mut routes: Vec<Route> = Vec::with_capacity(operations.len());
        for operation in operations {
            let file = || format!("{} {}", operation.method(), operation.path());
            let segments = segments(operation.path())
                .map_err(|problem| SimulatorError::document(&file(), problem))?;
            let twin = routes.iter().find(|other| {
                other.operation.method() == operation.method()
                    && shape(&other.segments) == shape(&segments)
            });
            if let Some(twin) = twin {
                let problem = format!(
                    "is in two documents, {} and {}: one simulator cannot tell them apart",
                    twin.operation.service(),
                    operation.service()
                );
                return Err(SimulatorError::document(&file(), problem));
            }
            routes.push(Route {
                segments,
                operation,
            });
        }
        // A stable sort: fixed text wins over a parameter, from the left.
        routes.sort_by_cached_key(|route| {
            let is_parameter = |segment: &Segment| matches!(segment, Segment::Parameter { .. });
            route.segments.iter().map(is_parameter).collect::<Vec<_>>()
        });
        Ok(Self { routes })
    }

    /// Every operation.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.routes.iter().map(|route| &route.operation)
    }

    /// Finds the operation of a request; `path` is as it stands on the request line.
    ///
    /// HEAD is answered by the operation for GET where none is documented.
    pub(crate) fn route(&self, method: &Method, path: &str) -> Routed<'_> {
        let Some(parts) = decoded_segments(path) else {
            return Routed::Unknown;
        };
        let matching: Vec<(&Route, Vec<(&str, String)>)> = self
            .routes
            .iter()
            .filter_map(|route| Some((route, values(&route.segments, &parts)?)))
            .collect();
        let serves = |wanted: &Method| {
            matching
                .iter()
                .find(|(route, _)| route.operation.method() == wanted)
        };
        let found = serves(method).or_else(|| {
            (*method == Method::HEAD)
                .then(|| serves(&Method::GET))
                .flatten()
        });
        if let Some((route, values)) = found {
            return Routed::Found {
                operation: &route.operation,
                values: values.clone(),
            };
        }
        let mut methods: Vec<Method> = Vec::new();
        for (route, _) in &matching {
            let method = route.operation.method();
            if !methods.contains(method) {
                methods.push(method.clone());
            }
        }
        if methods.is_empty() {
            Routed::Unknown
        } else {
            Routed::OtherMethods(methods)
        }
    }
}

fn segments(path: &str) -> Result<Vec<Segment>, String> {
    let path = path
        .strip_prefix('/')
        .ok_or("a path must begin with a slash")?;
    path.split('/').map(segment).collect()
}

fn segment(text: &str) -> Result<Segment, String> {
    let wrong = || format!("the segment `{text}` does not hold one {{parameter}}");
    let Some((before, rest)) = text.split_once('{') else {
        return Ok(Segment::Literal(text.to_owned()));
    };
    let (name, after) = rest.split_once('}').ok_or_else(wrong)?;
    if name.is_empty() || name.contains('{') || after.contains(['{', '}']) {
        return Err(wrong());
    }
    Ok(Segment::Parameter {
        before: before.to_owned(),
        name: name.to_owned(),
        after: after.to_owned(),
    })
}

/// What of the segments decides which requests they match: everything but the parameters' names.
fn shape(segments: &[Segment]) -> Vec<(&str, Option<&str>)> {
    segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => (text.as_str(), None),
            Segment::Parameter { before, after, .. } => (before.as_str(), Some(after.as_str())),
        })
        .collect()
}

/// `None` for what no path of a spec matches: `.` and `..`, which a proxy may already have
/// resolved to another path, and bytes that are not UTF-8.
fn decoded_segments(path: &str) -> Option<Vec<String>> {
    let path = path.strip_prefix('/')?;
    path.split('/')
        .map(|segment| {
            let decoded = percent_decode_str(segment).decode_utf8().ok()?;
            (decoded != "." && decoded != "..").then(|| decoded.into_owned())
        })
        .collect()
}

fn values<'a>(segments: &'a [Segment], parts: &[String]) -> Option<Vec<(&'a str, String)>> {
    if segments.len() != parts.len() {
        return None;
    }
    let mut values = Vec::new();
    for (segment, part) in segments.iter().zip(parts) {
        match segment {
            Segment::Literal(text) if text == part => {}
            Segment::Literal(_) => return None,
            Segment::Parameter {
                before,
                name,
                after,
            } => {
                let value = part.strip_prefix(before)?.strip_suffix(after)?;
                if value.is_empty() {
                    return None;
                }
                values.push((name.as_str(), value.to_owned()));
            }
        }
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::document::Document;
    use crate::simulator::reader;
    use serde_json::{Value, json};

    fn router(paths: &[(&str, &str)]) -> Result<Router, SimulatorError> {
        let mut root = json!({"paths": {}});
        for (method, path) in paths {
            root["paths"][*path][*method] =
                json!({"operationId": format!("{method} {path}"), "responses": {"200": {}}});
        }
        Router::new(operations(root))
    }

    fn operations(root: Value) -> Vec<Operation> {
        reader::operations(&Document {
            file: "a.yaml".to_owned(),
            service: "a".to_owned(),
            root,
        })
        .unwrap()
    }

    fn found(router: &Router, method: Method, path: &str) -> Option<String> {
        match router.route(&method, path) {
            Routed::Found { operation, values } => Some(format!("{} {values:?}", operation.name())),
            _ => None,
        }
    }

    #[test]
    fn prefers_fixed_text_and_decodes_values() {
        let router =
            router(&[("get", "/a/{id}"), ("get", "/a/b"), ("get", "/f/{n}.json")]).unwrap();
        assert_eq!(found(&router, Method::GET, "/a/b").unwrap(), "get /a/b []");
        assert_eq!(
            found(&router, Method::GET, "/a/x%20y").unwrap(),
            r#"get /a/{id} [("id", "x y")]"#
        );
        assert_eq!(
            found(&router, Method::HEAD, "/f/z.json").unwrap(),
            r#"get /f/{n}.json [("n", "z")]"#
        );
    }

    #[test]
    fn bent_and_unknown_paths_match_nothing() {
        let router = router(&[("get", "/a/{id}")]).unwrap();
        for path in [
            "/a",
            "/a/",
            "/a//",
            "/a/x/",
            "/a/..",
            "/a/%2e%2e",
            "/a/%ff",
            "a/x",
            "*",
            "/A/x",
        ] {
            assert!(
                matches!(router.route(&Method::GET, path), Routed::Unknown),
                "{path}"
            );
        }
    }

    #[test]
    fn other_methods_are_told() {
        let router = router(&[("put", "/a/{id}"), ("get", "/a/b")]).unwrap();
        let Routed::OtherMethods(methods) = router.route(&Method::DELETE, "/a/b") else {
            panic!("the path is known")
        };
        assert_eq!(methods, [Method::GET, Method::PUT]);
    }

    #[test]
    fn two_operations_for_the_same_requests_are_refused() {
        let error = router(&[("get", "/a/{id}"), ("get", "/a/{name}")]).unwrap_err();
        assert!(error.to_string().contains("GET /a/{name}"), "{error}");
        assert!(router(&[("get", "/a/{id}{x}")]).is_err());
        assert!(router(&[("get", "/a/{id")]).is_err());
    }
}
