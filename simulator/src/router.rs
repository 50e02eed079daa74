//! From method and path of a request to the operation of the spec.

mod segment;
mod tree;

use std::collections::BTreeMap;

use http::Method;
use huaweicloud_codegen::model::{Model, Service};

use crate::error::SimulatorError;
use crate::operation::Operation;
use crate::written::decode;

use self::segment::Segment;
use self::tree::Tree;

/// Every operation, found by its path.
///
/// Services may share a path: they are told apart by the host, as in the cloud, or by their name in
/// front of the path (`/rds/v3/…`), for clients that reach all services at one address.
#[derive(Debug)]
pub(crate) struct Router {
    routes: Vec<Route>,
    all: Tree,
    services: BTreeMap<String, Tree>,
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
        let shapes = |route: &'_ Self| -> Vec<String> {
            let shapes = route.segments.iter().map(Segment::shape);
            shapes.collect()
        };
        self.operation.method() == other.operation.method()
            && self.operation.query == other.operation.query
            && shapes(self) == shapes(other)
    }

    /// The values of its parameters, as they stand in a path.
    fn values<'r>(&'r self, parts: &[&str]) -> Option<Vec<(&'r str, String)>> {
        let mut values = Vec::new();
        for (segment, part) in self.segments.iter().zip(parts) {
            values.extend(segment.values(part)?);
        }
        (self.segments.len() == parts.len()).then_some(values)
    }
}

/// What a request's method and path lead to.
#[derive(Debug)]
pub(crate) enum Routed<'a> {
    Found {
        operation: &'a Operation,
        /// Path parameters by name, as they stand on the request line.
        values: Vec<(&'a str, String)>,
    },
    /// The path is known, the method is not: the methods that are, for the `Allow` header.
    OtherMethods(Vec<Method>),
    /// Several services have such an operation, and nothing tells which is meant: their names.
    Ambiguous(Vec<&'a str>),
    Unknown,
}

impl Router {
    /// Builds the routes. Two operations that nothing could tell apart are an error, or a note where
    /// notes are taken.
    pub(crate) fn new(
        operations: Vec<Operation>,
        model: &Model,
        notes: &mut Option<&mut Vec<String>>,
    ) -> Result<Self, SimulatorError> {
        let services = model.services.iter();
        let hosts = services.map(|it| (it.name.clone(), hosts(it))).collect();
        let mut router = Self {
            routes: Vec::with_capacity(operations.len()),
            all: Tree::default(),
            services: BTreeMap::new(),
            hosts,
        };
        for operation in operations {
            let name = format!("{} {}", operation.method(), operation.path());
            if let Err(problem) = router.add(operation) {
                match notes {
                    Some(notes) => notes.push(format!("{name}: {problem}")),
                    None => {
                        return Err(SimulatorError::Operation {
                            operation: name,
                            problem,
                        });
                    }
                }
            }
        }
        Ok(router)
    }

    fn add(&mut self, operation: Operation) -> Result<(), String> {
        let path = operation.path().strip_prefix('/');
        let path = path.ok_or("a path must begin with a slash")?;
        let segments = path
            .split('/')
            .map(Segment::parse)
            .collect::<Result<_, _>>()?;
        let route = Route {
            segments,
            operation,
        };
        let hosts_of = |route: &Route| self.hosts.get(route.operation.service());
        let own = hosts_of(&route).map_or(&[][..], Vec::as_slice);
        let place = self
            .all
            .of_template(route.operation.method(), &route.segments);
        let twin = place.iter().find(|other| {
            let other = &self.routes[**other];
            let others = hosts_of(other).map_or(&[][..], Vec::as_slice);
            let apart = !own.is_empty() && own.iter().all(|host| !others.contains(host));
            other.is_for_the_same_requests_as(&route) && !apart
        });
        if let Some(twin) = twin {
            return Err(format!(
                "is in {} and in {}, at the same host: nothing tells them apart",
                self.routes[*twin].operation.service(),
                route.operation.service()
            ));
        }
        let method = route.operation.method();
        let index = self.routes.len();
        let service = route.operation.service().to_owned();
        let trees = [&mut self.all, self.services.entry(service).or_default()];
        for tree in trees {
            tree.add(method, &route.segments, index)?;
        }
        self.routes.push(route);
        Ok(())
    }

    /// Every operation.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.routes.iter().map(|route| &route.operation)
    }

    /// Whether another service has an operation for the same requests.
    pub(crate) fn is_shared(&self, operation: &Operation) -> bool {
        let own = |route: &&Route| std::ptr::eq(&route.operation, operation);
        self.routes.iter().find(own).is_some_and(|own| {
            let same = self.all.of_template(operation.method(), &own.segments);
            let mut others = same.iter().map(|index| &self.routes[*index]);
            others.any(|it| !std::ptr::eq(it, own) && it.is_for_the_same_requests_as(own))
        })
    }

    /// Finds the operation of a request; path and query are as they stand on the request line.
    ///
    /// HEAD is served by the operation for GET where none is documented.
    pub(crate) fn route(
        &self,
        method: &Method,
        path: &str,
        query: &str,
        host: Option<&str>,
    ) -> Routed<'_> {
        let Some(parts) = segment::parts(path) else {
            return Routed::Unknown;
        };
        let by_host = host.and_then(|host| self.service_at(host));
        match (
            self.among(method, &parts, query, by_host),
            parts.split_first(),
        ) {
            (Routed::Unknown, Some((first, rest))) => {
                match self.services.get_key_value(decode(first).as_str()) {
                    Some((name, _)) => self.among(method, rest, query, Some(name)),
                    None => Routed::Unknown,
                }
            }
            (routed, _) => routed,
        }
    }

    /// The service that a host belongs to: by the documents, or by its first label.
    fn service_at(&self, host: &str) -> Option<&str> {
        let name = host_name(host);
        let name = name.as_str();
        let is_its = |(service, hosts): &(&String, &Vec<String>)| {
            hosts.iter().any(|it| it == name) || name.split('.').next() == Some(service.as_str())
        };
        let found = self.hosts.iter().find(is_its);
        found.map(|(service, _)| service.as_str())
    }

    /// Finds the operation among those of a service, or of all.
    fn among(
        &self,
        method: &Method,
        parts: &[&str],
        query: &str,
        service: Option<&str>,
    ) -> Routed<'_> {
        let tree = match service {
            None => &self.all,
            Some(name) => match self.services.get(name) {
                Some(tree) => tree,
                None => return Routed::Unknown,
            },
        };
        let found = self.served(tree, method, parts, query).or_else(|| {
            let by_get = *method == Method::HEAD;
            by_get.then(|| self.served(tree, &Method::GET, parts, query))?
        });
        if let Some(routed) = found {
            return routed;
        }
        let knows = |method: &&Method| self.served(tree, method, parts, query).is_some();
        let methods: Vec<Method> = tree.methods().filter(knows).cloned().collect();
        match methods.is_empty() {
            true => Routed::Unknown,
            false => Routed::OtherMethods(methods),
        }
    }

    /// The operation of a tree for a method.
    fn served(
        &self,
        tree: &Tree,
        method: &Method,
        parts: &[&str],
        query: &str,
    ) -> Option<Routed<'_>> {
        let routes = tree
            .at(method, parts)
            .iter()
            .map(|index| &self.routes[*index]);
        let fitting = routes.filter(|route| has_all(query, &route.operation.query));
        let mut fitting: Vec<_> = fitting
            .filter_map(|route| Some((route, route.values(parts)?)))
            .collect();
        // The more is fixed, the better it fits.
        fitting.sort_by_key(|(route, _)| {
            let fixed = route.segments.iter().map(Segment::fixed).sum::<usize>();
            std::cmp::Reverse((route.operation.query.len(), fixed))
        });
        let (route, _) = fitting.first()?;
        let same = fitting.iter().map(|(other, _)| *other);
        let same: Vec<&str> = same
            .filter(|other| other.is_for_the_same_requests_as(route))
            .map(|other| other.operation.service())
            .collect();
        if same.len() > 1 {
            return Some(Routed::Ambiguous(same));
        }
        let (route, values) = fitting.swap_remove(0);
        Some(Routed::Found {
            operation: &route.operation,
            values,
        })
    }
}

/// Whether a query has all of these pairs.
fn has_all(query: &str, wanted: &[(String, String)]) -> bool {
    wanted.iter().all(|(name, value)| {
        let mut pairs = query.split('&');
        pairs.any(|pair| {
            let (found, text) = pair.split_once('=').unwrap_or((pair, ""));
            decode(found) == *name && decode(text) == *value
        })
    })
}

/// Every host that the document of a service names.
fn hosts(service: &Service) -> Vec<String> {
    let regional = service.endpoints.iter().map(|endpoint| &endpoint.url);
    let urls = regional.chain(&service.global_endpoint);
    let hosts = urls.filter_map(|url| Some(host_name(url.split_once("://")?.1)));
    hosts.collect()
}

/// The name in a host, without what stands behind it; names are the same in any case.
fn host_name(host: &str) -> String {
    let name = host.split(['/', '?', '#']).next().unwrap_or_default();
    let name = match name.rsplit_once(':') {
        // The colons in brackets are those of an address.
        Some((name, port)) if !port.contains(']') => name,
        _ => name,
    };
    name.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader;
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
        reader::operations(service, root).unwrap()
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
        Router::new(
            operations("a", paths),
            &model(&[("a", "a.example")]),
            &mut None,
        )
    }

    fn found(router: &Router, method: Method, path: &str) -> Option<String> {
        match router.route(&method, path, "", None) {
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
            r#"get /a/{id} [("id", "x%20y")]"#
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
                matches!(router.route(&Method::GET, path, "", None), Routed::Unknown),
                "{path}"
            );
        }
    }

    #[test]
    fn other_methods_are_told() {
        let router = router(&[("put", "/a/{id}"), ("get", "/a/b")]).unwrap();
        let Routed::OtherMethods(methods) = router.route(&Method::DELETE, "/a/b", "", None) else {
            panic!("the path is known")
        };
        assert_eq!(methods, [Method::GET, Method::PUT]);
    }

    #[test]
    fn a_segment_may_hold_several_parameters_and_fixed_text() {
        let paths = [
            ("get", "/a/{x}-{y}.json"),
            ("get", "/a/{x}"),
            ("put", "/a/{x}:run"),
        ];
        let router = router(&paths).unwrap();
        let found = |method, path| found(&router, method, path).unwrap();
        assert_eq!(
            found(Method::GET, "/a/1-2.json"),
            r#"get /a/{x}-{y}.json [("x", "1"), ("y", "2")]"#
        );
        assert_eq!(
            found(Method::GET, "/a/1.json"),
            r#"get /a/{x} [("x", "1.json")]"#
        );
        assert_eq!(
            found(Method::PUT, "/a/b%20c:run"),
            r#"put /a/{x}:run [("x", "b%20c")]"#
        );
        let Routed::OtherMethods(methods) = router.route(&Method::DELETE, "/a/b:run", "", None)
        else {
            panic!("the path is known")
        };
        assert_eq!(methods, [Method::GET, Method::PUT]);
    }

    #[test]
    fn services_with_one_path_are_told_apart_by_host_or_name() {
        let both = || {
            let mut all = operations("rds", &[("get", "/v3/{id}/password"), ("get", "/v3/x")]);
            all.extend(operations("taurus", &[("get", "/v3/{name}/password")]));
            all
        };
        let hosts = [("rds", "rds.r.example"), ("taurus", "gaussdb.r.example")];
        let router = Router::new(both(), &model(&hosts), &mut None).unwrap();
        let at = |host: Option<&str>, path: &str| match router.route(&Method::GET, path, "", host) {
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
        assert_eq!(shared, [true, false, true]);

        let model = model(&[("rds", "h"), ("taurus", "h")]);
        let error = Router::new(both(), &model, &mut None).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("GET /v3/{name}/password") && error.contains("rds and in taurus"));
    }
}
