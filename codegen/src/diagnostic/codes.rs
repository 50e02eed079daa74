//! The stable names of what `load`, `lower` and `emit` find, and of what more than one check does,
//! each with its rule; what one check alone finds is a rule beside it.
//!
//! A code never changes its meaning: people quote it in reviews and search for it.

mod extension;
mod lower;
mod schema;
mod secret;
mod service;
mod spec;
mod yaml;

use super::Rule;

pub use extension::*;
pub use lower::*;
pub use schema::*;
pub use secret::*;
pub use service::*;
pub use spec::*;
pub use yaml::*;

/// `NAME = "code", Class Severity, "what it is", "what to do", fires […], silent […];`: a constant for
/// the code of each, and the table of all.
macro_rules! rules {
    ($table:ident; $(
        $name:ident = $code:literal, $class:ident $severity:ident,
        $explanation:literal, $remedy:literal,
        fires $fires:expr, silent $silent:expr;
    )*) => {
        $(
            #[doc = $explanation]
            pub const $name: &str = $code;
        )*

        #[doc = "Every rule of this file, in its order."]
        pub(super) const $table: &[crate::diagnostic::Rule] = &[$(crate::diagnostic::Rule {
            code: $code,
            severity: crate::diagnostic::Severity::$severity,
            class: crate::diagnostic::Class::$class,
            explanation: $explanation,
            remedy: $remedy,
            fires: &$fires,
            silent: &$silent,
        }),*];
    };
}
use rules;

/// The rule of every code here, in order.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let tables = [
        yaml::YAML,
        spec::SPEC,
        schema::SCHEMA,
        secret::SECRET,
        extension::EXTENSIONS,
        service::SERVICE,
        lower::LOWER,
    ];
    tables.into_iter().flatten()
}
