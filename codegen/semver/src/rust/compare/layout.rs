//! What an item belongs to: an operation, a service, or the crate.

use std::collections::{BTreeMap, HashSet};

use crate::rust::model::{Body, Item, Surface};
use crate::rust::names::{last, pieces};

/// What an item belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    Crate,
    /// By the module of the service.
    Service(String),
    /// As `service::operation`.
    Operation(String),
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The module of its service, and its own.
    pub service: String,
    pub module: String,
    /// The path of its builder.
    pub builder: String,
    /// Method and path of its requests.
    pub request: String,
}

impl Operation {
    /// The paths of its modules: its own, and that of its fake.
    pub fn modules(&self) -> [String; 2] {
        let (service, module) = (&self.service, &self.module);
        [
            format!("crate::{service}::{module}"),
            format!("crate::mock::{service}::{module}"),
        ]
    }

    /// The name that its types begin with.
    pub fn type_name(&self) -> &str {
        last(&self.builder)
    }
}

/// The services and operations of a surface.
#[derive(Debug, Default)]
pub struct Layout {
    services: HashSet<String>,
    /// By `service::operation`.
    pub operations: BTreeMap<String, Operation>,
}

impl Layout {
    /// Finds them: the module of an operation has its facts.
    pub fn of(surface: &Surface) -> Self {
        let services = surface.services.keys().cloned().collect();
        let mut layout = Self {
            services,
            operations: BTreeMap::new(),
        };
        for (path, item) in &surface.items {
            let Body::Export(target) = &item.body else {
                continue;
            };
            let names: Vec<&str> = target.split("::").collect();
            let ["crate", service, module, _] = names.as_slice() else {
                continue;
            };
            let facts = format!("crate::{service}::{module}::OPERATION");
            let facts = surface.items.get(&facts).map(|it| &it.body);
            if let Some(Body::Value(facts)) = facts
                && layout.services.contains(*service)
                && path.starts_with(&format!("crate::{service}::"))
            {
                let operation = Operation {
                    service: (*service).to_owned(),
                    module: (*module).to_owned(),
                    builder: target.clone(),
                    request: facts.parts.get(1).cloned().unwrap_or_default(),
                };
                layout
                    .operations
                    .insert(format!("{service}::{module}"), operation);
            }
        }
        layout
    }

    /// What an item belongs to.
    pub fn home(&self, path: &str, item: &Item) -> Home {
        match &item.body {
            Body::Export(target) => match self.home_of(target) {
                Home::Operation(operation) => Home::Operation(operation),
                _ => self.home_of(path),
            },
            _ => self.home_of(path),
        }
    }

    fn home_of(&self, path: &str) -> Home {
        let inside = path.strip_prefix("crate::").unwrap_or_default();
        let inside = inside.strip_prefix("mock::").unwrap_or(inside);
        let mut names = inside.split("::");
        let service = names.next().unwrap_or_default();
        if !self.services.contains(service) {
            return Home::Crate;
        }
        let operation = names.next().map(|it| format!("{service}::{it}"));
        match operation {
            Some(it) if self.operations.contains_key(&it) => Home::Operation(it),
            _ => Home::Service(service.to_owned()),
        }
    }

    /// The service that something repeats the title of: its accessor, its addresses, its fake.
    pub fn repeats(&self, path: &str, surface: &Surface) -> Option<String> {
        if let Some((owner, name)) = path.rsplit_once("::")
            && let Some(Home::Service(service)) = self.home_of_method(owner, name)
        {
            return Some(service);
        }
        let Home::Service(service) = self.home_of(path) else {
            return None;
        };
        let is_accessor = surface.services.get(&service).is_some_and(|it| it == path);
        let repeats = is_accessor || path.starts_with("crate::mock::") || last(path) == "ENDPOINTS";
        repeats.then_some(service)
    }

    /// What a method of a type belongs to, where that is not the type: those that give the calls of
    /// a service, and those that are a call.
    pub fn home_of_method(&self, owner: &str, name: &str) -> Option<Home> {
        if matches!(owner, "crate::Client" | "crate::mock::Mock") {
            let is_service = self.services.contains(name);
            return is_service.then(|| Home::Service(name.to_owned()));
        }
        let inside = owner.strip_prefix("crate::")?;
        let inside = inside.strip_prefix("mock::").unwrap_or(inside);
        let (service, of) = inside.split_once("::")?;
        let operation = format!("{service}::{name}");
        let is_call = !of.contains("::") && self.operations.contains_key(&operation);
        is_call.then_some(Home::Operation(operation))
    }
}

/// The names of the types in the modules of an operation, each with what it would be called under
/// another name of the operation.
pub fn correspond(
    old: &Operation,
    new: &Operation,
    was: &Surface,
    is: &Surface,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (from, to) in old.modules().into_iter().zip(new.modules()) {
        found.push((from.clone(), to.clone()));
        let inside = was.items.range(format!("{from}::")..);
        let inside = inside.take_while(|(path, _)| path.starts_with(&format!("{from}::")));
        for (path, _) in inside {
            if let Some(rest) = last(path).strip_prefix(old.type_name()) {
                let there = format!("{to}::{}{rest}", new.type_name());
                if is.items.contains_key(&there) {
                    found.push((path.clone(), there));
                }
            }
        }
    }
    let exported = |of: &Operation| format!("crate::{}::{}", of.service, of.type_name());
    found.push((exported(old), exported(new)));
    found
}

/// The types that only operations have which are in one of the surfaces alone: they come and go with
/// these.
pub fn of_operations_alone<'s>(
    old: &'s Surface,
    new: &'s Surface,
    (was, is): (&Layout, &Layout),
) -> HashSet<&'s str> {
    let mut found = HashSet::new();
    for (one, other, layout, others) in [(old, new, was, is), (new, old, is, was)] {
        let has_own = |it: &String| !others.operations.contains_key(it);
        if !layout.operations.keys().any(has_own) {
            continue;
        }
        let is_gone = |path: &str, item: &Item| match layout.home(path, item) {
            Home::Operation(operation) => has_own(&operation),
            _ => false,
        };
        let is_own = |(path, item): &(&String, &Item)| {
            let is_type = item.body.as_type().is_some();
            is_type && !other.items.contains_key(*path) && !is_gone(path, item)
        };
        let own = one
            .items
            .iter()
            .filter(is_own)
            .map(|(path, _)| path.as_str());
        let own: HashSet<&str> = own.collect();
        let kept = one
            .items
            .iter()
            .filter(|(path, item)| !own.contains(path.as_str()) && !is_gone(path, item));
        let mut open: Vec<&Item> = kept.map(|(_, item)| item).collect();
        let mut reached = HashSet::new();
        while let Some(item) = open.pop() {
            let named = item.types().into_iter().flat_map(pieces);
            for path in named.filter(|it| own.contains(it)) {
                if reached.insert(path) {
                    open.extend(one.items.get(path));
                }
            }
        }
        found.extend(own.difference(&reached).copied());
    }
    found
}
