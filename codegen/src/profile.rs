//! Everything that is one vendor's or one crate's: names and words of the package, extensions of
//! documents, regions, and the calls a client makes for itself.
//!
//! A profile is handed in to [`render`](crate::render()). Nothing outside this folder names a
//! vendor, which a test looks after; a document of somebody else needs another profile and no
//! other change.

mod features;
mod huaweicloud;
mod neutral;

use std::fmt;
use std::sync::Arc;

use proc_macro2::TokenStream;

use crate::model::{Model, Package, Service};

pub use neutral::RUNTIME;
pub use neutral::{Neutral, RuntimePlace};

/// What the generator has to be told of a vendor. What is not told is not there.
pub trait Profile: fmt::Debug + Sync {
    /// The crate that is made.
    fn package(&self) -> &Arc<Package>;

    /// Whether the documents are those of others, which say what they say: nothing that they leave
    /// open is taken for certain.
    fn is_foreign(&self) -> bool {
        false
    }

    /// Whether a client is made for a region, and calls in a project.
    fn has_regions(&self) -> bool {
        false
    }

    /// The extension that says which rights a call needs.
    fn permissions(&self) -> Option<&'static PermissionExtension> {
        None
    }

    /// The words of `x-client-use`: what the client calls an operation for by itself.
    fn client_uses(&self) -> &'static [&'static str] {
        &[]
    }

    /// The header that credentials stand in, whatever an operation says of them.
    fn token_header(&self) -> Option<&'static str> {
        None
    }

    /// Headers that signing sets, so that no operation can.
    fn signing_headers(&self) -> &'static [&'static str] {
        &[]
    }

    /// Headers that signing replaces, whatever an operation says of them.
    fn replaced_headers(&self) -> &'static [&'static str] {
        &[]
    }

    /// The region in the name of a host that no server variable tells it of.
    fn region_of<'h>(&self, host: &'h str) -> Option<&'h str> {
        let _ = host;
        None
    }

    /// Whether the client calls operations of a service by itself.
    fn has_own_calls(&self, service: &Service) -> bool {
        let _ = service;
        false
    }

    /// The module of a service with the calls that the client makes by itself: its name and code.
    ///
    /// # Errors
    /// When an operation does not fit what it is called for.
    fn own_calls(&self, service: &Service) -> Result<Option<OwnCalls>, Unfit> {
        let _ = service;
        Ok(None)
    }

    /// The fields of the client's description that say which calls it makes by itself.
    fn description(&self, model: &Model) -> TokenStream {
        let _ = model;
        TokenStream::new()
    }

    /// What the crate passes on of the runtime because of such calls.
    fn exports(&self, model: &Model) -> TokenStream {
        let _ = model;
        TokenStream::new()
    }
}

/// A module with the calls that the client makes by itself.
#[derive(Debug)]
pub struct OwnCalls {
    /// The module's name.
    pub module: &'static str,
    /// Its code.
    pub code: TokenStream,
}

/// An operation that does not fit what `x-client-use` says it is called for.
#[derive(Debug)]
pub struct Unfit {
    /// Its `operationId`.
    pub operation: String,
    /// What does not fit.
    pub message: String,
}

/// The extension that says which rights a call needs: a list of actions, each a text or a mapping.
#[derive(Debug)]
pub struct PermissionExtension {
    /// Its name: `x-…`.
    pub name: &'static str,
    /// What messages call one of its actions, with its article.
    pub noun: &'static str,
    /// How many parts an action has, between colons.
    pub parts: usize,
    /// What to write for an action.
    pub help: &'static str,
    /// An action with its access level, as it is written.
    pub example: &'static str,
    /// An action that another needs, as it is written.
    pub dependency: &'static str,
    /// A condition, as it is written.
    pub condition: &'static str,
}

/// The profile of the documents in `spec/`.
pub fn of_the_workspace() -> &'static dyn Profile {
    &huaweicloud::Huaweicloud
}
