//! What generated code says in a few lines each: declarations that are the same for every operation
//! but for names and types.
//!
//! They are macros since what they declare has the names of the document. In the generated crate,
//! `crate::runtime` is the runtime of its vendor, and `crate::Client` its client.

mod accessor;
mod by_media_type;
mod call_builder;
mod constructors;
mod endpoints;
mod failures;
mod mocked_operation;
mod open_enum;
mod tagged;
