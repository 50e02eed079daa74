//! What there is at the services: instances, clusters, hosts and users, and the passwords they have.
//!
//! A resource is what an operation is about: the values of its path parameters, but for those that a
//! client fills in for all calls; or, without any, the required texts beside the secret in the body. It
//! is made when it is first used, or listed in a file. Of a password only a digest is kept.

mod file;

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use crate::operation::Operation;

pub use self::file::{Listed, ListedResource, Listing, ListingError, Preset};

/// The most resources there can be; more are refused, so that a simulator cannot grow for ever.
pub const MOST: usize = 1_000_000;

/// Everything there is, by service and resource.
#[derive(Debug)]
pub(crate) struct State {
    salt: [u8; 16],
    listed_only: BTreeMap<String, bool>,
    resources: Mutex<HashMap<String, HashMap<String, Resource>>>,
    calls: Mutex<Calls>,
}

/// How many calls there were, by service, operation and resource.
type Calls = HashMap<String, HashMap<String, HashMap<String, u64>>>;

#[derive(Debug, Default)]
struct Resource {
    password: Option<[u8; 32]>,
    preset: Option<Preset>,
}

/// What a check of a password says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCheck {
    /// It is the one that the resource has.
    Right,
    /// The resource has another.
    Wrong,
    /// The resource has none, or there is no such resource.
    NotSet,
}

/// What there is to say of a resource before a call of it.
pub(crate) enum Found {
    /// It exists, with the response that all its calls get.
    Exists(Option<Preset>),
    /// Only listed ones exist, and it is not among them.
    NotListed,
    /// There are too many already.
    Full,
}

impl State {
    pub(crate) fn new(listing: &Listing) -> Self {
        let mut state = Self {
            salt: salt(),
            listed_only: BTreeMap::new(),
            resources: Mutex::default(),
            calls: Mutex::default(),
        };
        let mut all: HashMap<_, HashMap<_, _>> = HashMap::new();
        for (service, listed) in &listing.services {
            state
                .listed_only
                .insert(service.clone(), listed.only_listed);
            let resources = listed.resources.iter().map(|(name, it)| {
                let password = it.password.as_ref().map(|it| state.digest(it.as_bytes()));
                let resource = Resource {
                    password,
                    preset: it.respond.clone(),
                };
                (name.clone(), resource)
            });
            all.insert(service.clone(), resources.collect());
        }
        state.resources = Mutex::new(all);
        state
    }

    /// How many calls of an operation on a resource were let in.
    pub(crate) fn calls(&self, operation: &Operation, resource: &str) -> u64 {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let of_operation = calls.get(operation.service());
        let of_operation = of_operation.and_then(|it| it.get(operation.name()));
        let found = of_operation.and_then(|it| it.get(resource));
        found.copied().unwrap_or(0)
    }

    /// Counts another.
    pub(crate) fn count(&self, operation: &Operation, resource: &str) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let of_service = calls.entry(operation.service().to_owned()).or_default();
        let of_operation = of_service.entry(operation.name().to_owned()).or_default();
        if of_operation.len() < MOST || of_operation.contains_key(resource) {
            *of_operation.entry(resource.to_owned()).or_default() += 1;
        }
    }

    /// Finds or makes the resource of a call.
    pub(crate) fn find(&self, service: &str, resource: &str) -> Found {
        let mut all = self.all();
        let count: usize = all.values().map(HashMap::len).sum();
        let resources = all.entry(service.to_owned()).or_default();
        if let Some(found) = resources.get(resource) {
            return Found::Exists(found.preset.clone());
        }
        // What an operation without a resource is about is nothing that could be listed.
        if self.listed_only.get(service) == Some(&true) && !resource.is_empty() {
            return Found::NotListed;
        }
        if count >= MOST {
            return Found::Full;
        }
        resources.insert(resource.to_owned(), Resource::default());
        Found::Exists(None)
    }

    /// Gives a resource a password.
    pub(crate) fn set_password(&self, service: &str, resource: &str, password: &[u8]) {
        let digest = self.digest(password);
        let mut all = self.all();
        let resources = all.entry(service.to_owned()).or_default();
        resources.entry(resource.to_owned()).or_default().password = Some(digest);
    }

    /// Takes the password of a resource away.
    pub(crate) fn remove_password(&self, service: &str, resource: &str) {
        let mut all = self.all();
        let found = all.get_mut(service).and_then(|it| it.get_mut(resource));
        if let Some(found) = found {
            found.password = None;
        }
    }

    /// Compares a password with the one that a resource has.
    pub(crate) fn check(&self, service: &str, resource: &str, password: &[u8]) -> PasswordCheck {
        let digest = self.digest(password);
        let all = self.all();
        let found = all.get(service).and_then(|it| it.get(resource));
        match found.and_then(|it| it.password) {
            None => PasswordCheck::NotSet,
            Some(kept) if kept == digest => PasswordCheck::Right,
            Some(_) => PasswordCheck::Wrong,
        }
    }

    fn digest(&self, password: &[u8]) -> [u8; 32] {
        let digest = Sha256::new().chain_update(self.salt).chain_update(password);
        digest.finalize().into()
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, HashMap<String, Resource>>> {
        // Each change leaves the map whole, so that a panic elsewhere cannot have broken it.
        self.resources
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Bytes that another simulator does not have, from the seeds that hash maps take from the system.
fn salt() -> [u8; 16] {
    let mut salt = [0; 16];
    for half in salt.chunks_exact_mut(8) {
        half.copy_from_slice(&RandomState::new().hash_one(0_u8).to_le_bytes());
    }
    salt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_compared_and_not_kept() {
        let state = State::new(&Listing::default());
        assert_eq!(state.check("a", "1", b"x"), PasswordCheck::NotSet);
        state.set_password("a", "1", b"Correct-Horse-42");
        assert_eq!(
            state.check("a", "1", b"Correct-Horse-42"),
            PasswordCheck::Right
        );
        assert_eq!(
            state.check("a", "1", b"Correct-Horse-43"),
            PasswordCheck::Wrong
        );
        assert_eq!(
            state.check("a", "2", b"Correct-Horse-42"),
            PasswordCheck::NotSet
        );
        assert!(!format!("{state:?}").contains("Horse"));
        state.remove_password("a", "1");
        assert_eq!(state.check("a", "1", b"x"), PasswordCheck::NotSet);
    }

    #[test]
    fn where_all_are_listed_no_other_exists() {
        let text = "services:\n  a:\n    only_listed: true\n    resources:\n      one: {password: first}\n";
        let state = State::new(&Listing::parse(text).unwrap());
        assert!(matches!(state.find("a", "two"), Found::NotListed));
        assert!(matches!(state.find("a", "one"), Found::Exists(None)));
        assert!(matches!(state.find("b", "two"), Found::Exists(None)));
        assert_eq!(state.check("a", "one", b"first"), PasswordCheck::Right);
    }
}
