//! Makes a client crate from hand-written OpenAPI documents.
//!
//! ```text
//! refer     a document on disk → its text and that of the files it refers to
//! load      text → documents: a tree in which every value knows its place
//! check     documents → everything that is wrong with them, at once
//! lower     documents → the model: references resolved, everything named
//! policy    what was found → what forbids generation, what is left out, what is told
//! emit      model → files: the types that progenitor can make without loss, through passes, and
//!           everything around them
//! lint      the first three and a policy: what there is to say of a document
//! render    all of the above, a pure function
//! write     only what changed, through a temporary file and rename, and nothing that others wrote
//! ```
//!
//! ```
//! use huaweicloud_codegen::{Source, profile, render};
//!
//! let source = Source::new("spec/demo.yaml", "openapi: 3.0.3\ninfo: {title: Demo}\npaths: {}\n");
//! let found = render(&[source], profile::of_the_workspace()).unwrap_err();
//! assert!(found.iter().any(|finding| finding.message.contains("version")));
//! ```

mod changed;
pub mod characters;
pub mod check;
mod client_crate;
pub mod diagnostic;
pub mod disk;
mod emit;
pub mod generate;
mod grammar;
pub mod lint;
pub mod load;
pub mod lower;
mod media_type;
pub mod model;
mod names;
pub mod number;
pub mod policy;
pub mod profile;
pub mod read;
mod refer;
mod render;
pub mod sample;
pub mod source;
pub mod stamp;
pub mod template;
pub mod workspace;
pub mod write;

pub use changed::render_changed;
pub use client_crate::{ClientCrate, source_of};
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use emit::{
    Watch, example_call, example_command, example_program, inline_code, operation_title,
    operations_table, value_rules,
};
pub use policy::Policy;
pub use render::{Lowered, Rendered, model_under, render, render_under, render_watched};
pub use source::{Referred, Source};
pub use stamp::Stamp;
pub use workspace::Workspace;
