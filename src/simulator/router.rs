//! From method and path of a request to the operation of the spec.

use std::collections::BTreeMap;

use huaweicloud_codegen::model::{Model, Service};
use huaweicloud_codegen::template;
use hyper::Method;
use percent_encoding::percent_decode_str;

use super::error::SimulatorError;
use super::spec::Operation;

/// Every operation with its path cut into segments, the most literal paths first.
///
/// Services may share a path: they are told apart by the host, as in the cloud, or by their name in
/// front of the path (`/rds/v3/…`), for clients that reach all services at one address.
#[derive(Debug)]
pub(crate) struct Router {
    routes: Vec<Route>,
    /// The hosts that the documents give each service.
    hosts: BTreeMap<String, Vec<String>>,
}

#[derive(Debug)]
struct Route {
    segments: Vec<Segment>,
    operation: Operation,
}

impl Route {
    fn is_for_the_same_requests_as(&self, other: &Self) -> bool {
        self.operation.method() == other.operation.method()
            && shape(&self.segments) == shape(&other.segments)
    }
}

/// One segment of a path template; a parameter may stand between fixed text, as in `{id}.json`.
#[derive(Debug, PartialEq, Eq)]
struct Segment {
    /// All of the segment, if it has no parameter.
    before: String,
    /// The parameter with what follows it.
    parameter: Option<(String, String)>,
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
    /// Several services have such an operation, and nothing tells which is meant: their names.
    Ambiguous(Vec<&'a str>),
    Unknown,
}

impl Router {
    /// Builds the routes; two operations that nothing could tell apart are an error.
    pub(crate) fn new(operations: Vec<Operation>, model: &Model) -> Result<Self, SimulatorError> {
        let services = model.services.iter();
        let hosts: BTreeMap<_, _> = services.map(|it| (it.name.clone(), hosts(it))).collect();
        let mut routes: Vec<Route> = Vec::with_capacity(operations.len());
        for operation in operations {
            let error = |problem: String| SimulatorError::Operation {
                operation: format!("{} {}", operation.method(), operation.path()),
                problem,
            };
            let segments = segments(operation.path()).map_err(error)?;
            let route = Route {
                segments,
                operation,
            };
            let of = |route: &Route| hosts.get(route.operation.service()).cloned();
            let own = of(&route).unwrap_or_default();
            let twin = routes.iter().find(|other| {
                let others = of(other).unwrap_or_default();
                let apart = !own.is_empty() && own.iter().all(|host| !others.contains(host));
                other.is_for_the_same_requests_as(&route) && !apart
            });
            if let Some(twin) = twin {
                return Err(SimulatorError::Operation {
                    operation: format!("{} {}", route.operation.method(), route.operation.path()),
                    problem: format!(
                        "is in {} and in {}, at the same host: nothing tells them apart",
                        twin.operation.service(),
                        route.operation.service()
                    ),
                });
            }
            routes.push(route);
        }
        // A stable sort: fixed text wins over a parameter, from the left.
        routes.sort_by_cached_key(|route| {
            let segments = route.segments.iter();
            segments
                .map(|it| it.parameter.is_some())
                .collect::<Vec<_>>()
        });
        Ok(Self { routes, hosts })
    }

    /// Every operation.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.routes.iter().map(|route| &route.operation)
    }

    /// Whether another service has an operation for the same requests.
    pub(crate) fn is_shared(&self, operation: &Operation) -> bool {
        let own = |route: &&Route| std::ptr::eq(&route.operation, operation);
        self.routes.iter().find(own).is_some_and(|own| {
            let mut others = self.routes.iter().filter(|it| !std::ptr::eq(*it, own));
            others.any(|other| other.is_for_the_same_requests_as(own))
        })
    }

    /// Finds the operation of a request; `path` is as it stands on the request line.
    ///
    /// HEAD is served by the operation for GET where none is documented.
    pub(crate) fn route(&self, method: &Method, path: &str, host: Option<&str>) -> Routed<'_> {
        let Some(parts) = decoded_segments(path) else {
            return Routed::Unknown;
        };
        let by_host = host.and_then(|host| self.service_at(host));
        match (self.among(method, &parts, by_host), parts.split_first()) {
            (Routed::Unknown, Some((first, rest))) if self.hosts.contains_key(first) => {
                self.among(method, rest, Some(first))
            }
            (routed, _) => routed,
        }
    }

    /// The service that a host belongs to: by the documents, or by its first label.
    fn service_at(&self, host: &str) -> Option<&str> {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let is_its = |(service, hosts): &(&String, &Vec<String>)| {
            hosts.iter().any(|it| it == name) || name.split('.').next() == Some(service.as_str())
        };
        let found = self.hosts.iter().find(is_its);
        found.map(|(service, _)| service.as_str())
    }

    /// Finds the operation among those of a service, or of all.
    fn among(&self, method: &Method, parts: &[String], service: Option<&str>) -> Routed<'_> {
        let matching: Vec<(&Route, Vec<(&str, String)>)> = self
            .routes
            .iter()
            .filter(|route| service.is_none_or(|name| route.operation.service() == name))
            .filter_map(|route| Some((route, values(&route.segments, parts)?)))
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
            let same = matching.iter().map(|(other, _)| *other);
            let same: Vec<&str> = same
                .filter(|other| other.is_for_the_same_requests_as(route))
                .map(|other| other.operation.service())
                .collect();
            if same.len() > 1 {
                return Routed::Ambiguous(same);
            }
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

/// Every host that the document of a service names.
fn hosts(service: &Service) -> Vec<String> {
    let regional = service.endpoints.iter().map(|endpoint| &endpoint.url);
    let urls = regional.chain(&service.global_endpoint);
    let hosts = urls.filter_map(|url| Some(url.split_once("://")?.1.to_owned()));
    hosts.collect()
}

fn segments(path: &str) -> Result<Vec<Segment>, String> {
    let path = path
        .strip_prefix('/')
        .ok_or("a path must begin with a slash")?;
    path.split('/').map(segment).collect()
}

fn segment(text: &str) -> Result<Segment, String> {
    let template = template::parse(text)?;
    let (before, parameter) = match template.names.as_slice() {
        [] => (text, None),
        [(name, place)] => {
            let after = text.get(place.end + 1..).unwrap_or_default();
            let before = text.get(..place.start - 1).unwrap_or_default();
            (before, Some(((*name).to_owned(), after.to_owned())))
        }
        _ => {
            return Err(format!(
                "the segment `{text}` holds more than one {{parameter}}"
            ));
        }
    };
    Ok(Segment {
        before: before.to_owned(),
        parameter,
    })
}

/// What of the segments decides which requests they match: everything but the parameters' names.
fn shape(segments: &[Segment]) -> Vec<(&str, Option<&str>)> {
    let segments = segments.iter();
    segments
        .map(|it| {
            (
                it.before.as_str(),
                it.parameter.as_ref().map(|(_, after)| after.as_str()),
            )
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
        let Some((name, after)) = &segment.parameter else {
            if segment.before != *part {
                return None;
            }
            continue;
        };
        let value = part.strip_prefix(&segment.before)?.strip_suffix(after)?;
        if value.is_empty() {
            return None;
        }
        values.push((name.as_str(), value.to_owned()));
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::reader;
    use serde_json::{Value, json};

    fn operations(service: &str, paths: &[(&str, &str)]) -> Vec<Operation> {
        let mut root = json!({"paths": {}});
        for (method, path) in paths {
            let names = path
                .split('{')
                .skip(1)
                .filter_map(|it| it.split('}').next());
            let parameters: Value = names
                .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
                .collect();
            root["paths"][*path][*method] = json!({"operationId": format!("{method} {path}"),
                "parameters": parameters, "responses": {"200": {}}});
        }
        reader::read(service, root).unwrap()
    }

    /// A model of services, each at a host.
    fn model(services: &[(&str, &str)]) -> Model {
        let text = |host: &str| {
            json!({"openapi": "3.0.3", "servers": [{"url": format!("https://{host}")}]}).to_string()
        };
        let sources: Vec<_> = services
            .iter()
            .map(|(name, host)| {
                huaweicloud_codegen::Source::new(format!("{name}.yaml"), text(host))
            })
            .collect();
        let loaded = huaweicloud_codegen::load::load(&sources);
        huaweicloud_codegen::lower::lower(
            &loaded.documents,
            huaweicloud_codegen::profile::of_the_workspace(),
        )
        .0
    }

    fn router(paths: &[(&str, &str)]) -> Result<Router, SimulatorError> {
        Router::new(operations("a", paths), &model(&[("a", "a.example")]))
    }

    fn found(router: &Router, method: Method, path: &str) -> Option<String> {
        match router.route(&method, path, None) {
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
                matches!(router.route(&Method::GET, path, None), Routed::Unknown),
                "{path}"
            );
        }
    }

    #[test]
    fn other_methods_are_told() {
        let router = router(&[("put", "/a/{id}"), ("get", "/a/b")]).unwrap();
        let Routed::OtherMethods(methods) = router.route(&Method::DELETE, "/a/b", None) else {
            panic!("the path is known")
        };
        assert_eq!(methods, [Method::GET, Method::PUT]);
    }

    #[test]
    fn a_segment_holds_one_parameter() {
        assert!(segments("/a/{id}{x}").is_err());
        assert!(segments("/a/{id").is_err());
    }

    #[test]
    fn services_with_one_path_are_told_apart_by_host_or_name() {
        let both = || {
            let mut all = operations("rds", &[("get", "/v3/{id}/password"), ("get", "/v3/x")]);
            all.extend(operations("taurus", &[("get", "/v3/{name}/password")]));
            all
        };
        let hosts = [("rds", "rds.r.example"), ("taurus", "gaussdb.r.example")];
        let router = Router::new(both(), &model(&hosts)).unwrap();
        let at = |host: Option<&str>, path: &str| match router.route(&Method::GET, path, host) {
            Routed::Found { operation, .. } => operation.service().to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(at(Some("rds.r.example"), "/v3/1/password"), "rds");
        assert_eq!(
            at(Some("gaussdb.r.example:443"), "/v3/1/password"),
            "taurus"
        );
        assert_eq!(at(Some("taurus.localhost:80"), "/v3/1/password"), "taurus");
        assert_eq!(at(Some("127.0.0.1:80"), "/taurus/v3/1/password"), "taurus");
        assert_eq!(at(Some("127.0.0.1:80"), "/rds/v3/1/password"), "rds");
        assert_eq!(at(Some("127.0.0.1:80"), "/v3/x"), "rds");
        let neither = at(Some("127.0.0.1:80"), "/v3/1/password");
        assert_eq!(neither, r#"Ambiguous(["rds", "taurus"])"#);
        let shared: Vec<_> = router.operations().map(|it| router.is_shared(it)).collect();
        assert_eq!(shared, [false, true, true]);

        let error = Router::new(both(), &model(&[("rds", "h"), ("taurus", "h")])).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("GET /v3/{name}/password") && error.contains("rds and in taurus"));
    }
}
