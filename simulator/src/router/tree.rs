//! The paths of some operations, each method for itself, so that a path is found in one descent.

use std::collections::BTreeMap;

use http::Method;

use super::segment::Segment;
use crate::written::decode;

/// Paths with what stands at each: the indexes of routes.
#[derive(Debug, Default)]
pub(super) struct Tree {
    methods: BTreeMap<String, Paths>,
}

#[derive(Debug)]
struct Paths {
    method: Method,
    paths: matchit::Router<usize>,
    /// Routes whose templates differ in nothing but in what stands beside parameters.
    places: Vec<Vec<usize>>,
    by_template: BTreeMap<String, usize>,
}

impl Tree {
    pub(super) fn methods(&self) -> impl Iterator<Item = &Method> {
        self.methods.values().map(|it| &it.method)
    }

    pub(super) fn add(
        &mut self,
        method: &Method,
        segments: &[Segment],
        route: usize,
    ) -> Result<(), String> {
        let of_method = self.methods.entry(method.to_string());
        let paths = of_method.or_insert_with(|| Paths {
            method: method.clone(),
            paths: matchit::Router::new(),
            places: Vec::new(),
            by_template: BTreeMap::new(),
        });
        let template = template(segments);
        let place = match paths.by_template.get(&template) {
            Some(place) => *place,
            None => {
                let place = paths.places.len();
                let inserted = paths.paths.insert(template.clone(), place);
                inserted.map_err(|error| error.to_string())?;
                paths.by_template.insert(template, place);
                paths.places.push(Vec::new());
                place
            }
        };
        paths.places[place].push(route);
        Ok(())
    }

    /// The routes with the template of these segments.
    pub(super) fn of_template(&self, method: &Method, segments: &[Segment]) -> &[usize] {
        let paths = self.methods.get(method.as_str());
        let found =
            paths.and_then(|it| Some(&it.places[*it.by_template.get(&template(segments))?]));
        found.map_or(&[], Vec::as_slice)
    }

    /// The routes at a path of a request.
    pub(super) fn at(&self, method: &Method, parts: &[&str]) -> &[usize] {
        let Some(paths) = self.methods.get(method.as_str()) else {
            return &[];
        };
        let mut path = String::new();
        for part in parts {
            path.push('/');
            let decoded = decode(part);
            // An encoded slash is text of a segment and does not end it.
            path.push_str(if decoded.contains('/') {
                part
            } else {
                &decoded
            });
        }
        match paths.paths.at(&path) {
            Ok(found) => &paths.places[*found.value],
            Err(_) => &[],
        }
    }
}

/// The segments as the router takes them: parameters by their place, since names tell nothing apart.
fn template(segments: &[Segment]) -> String {
    let mut template = String::new();
    for (index, segment) in segments.iter().enumerate() {
        template.push('/');
        match segment.text() {
            Some(text) => template.push_str(&text.replace('{', "{{").replace('}', "}}")),
            None => template.push_str(&format!("{{s{index}}}")),
        }
    }
    template
}
