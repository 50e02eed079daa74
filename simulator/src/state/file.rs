//! The file that lists what there is.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// What there is at the services from the start: YAML or JSON.
///
/// ```
/// use openapi_simulator::state::Listing;
///
/// let listing = Listing::parse("
/// services:
///   shop:
///     only_listed: true            # any other customer is answered with 404
///     resources:
///       customer-1: {password: first-password}
///       customer-2: {respond: {status: 200, example: locked}}
/// ")?;
/// assert_eq!(listing.services["shop"].resources.len(), 2);
/// # Ok::<(), openapi_simulator::state::ListingError>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// By service.
    #[serde(default)]
    pub services: BTreeMap<String, Listed>,
}

/// What there is at one service.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Whether no other resource exists.
    #[serde(default)]
    pub only_listed: bool,
    /// By the value that names each; by several with slashes between them.
    #[serde(default)]
    pub resources: BTreeMap<String, ListedResource>,
}

/// A resource from the start.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedResource {
    /// The password that it has.
    pub password: Option<String>,
    /// The documented response that all its calls get.
    pub respond: Option<Preset>,
}

impl fmt::Debug for ListedResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ListedResource");
        shown.field("respond", &self.respond);
        shown.finish_non_exhaustive()
    }
}

/// A documented response.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Its status.
    pub status: u16,
    /// The name of one of its examples.
    pub example: Option<String>,
}

/// Why a listing cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ListingError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// Its text is not a listing.
    #[error("{place} is no list of resources: {problem}; docs/simulator.md shows one")]
    Malformed {
        /// The file.
        place: String,
        /// What is wrong, with line and column.
        problem: String,
    },
}

impl Listing {
    /// Reads a text.
    ///
    /// # Errors
    /// When it is no listing: where and why.
    pub fn parse(text: &str) -> Result<Self, ListingError> {
        Self::parse_at("the text", text)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read or is no listing.
    pub fn read(path: &Path) -> Result<Self, ListingError> {
        let text = huaweicloud_codegen::read::text(path);
        let text = text.map_err(|source| ListingError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        Self::parse_at(&path.display().to_string(), &text)
    }

    fn parse_at(place: &str, text: &str) -> Result<Self, ListingError> {
        serde_yaml::from_str(text).map_err(|error| ListingError::Malformed {
            place: place.to_owned(),
            // What serde says may quote a value, and a value may be a password.
            problem: match error.location() {
                Some(at) => format!("line {}, column {}", at.line(), at.column()),
                None => "it is not of that form".to_owned(),
            },
        })
    }
}
