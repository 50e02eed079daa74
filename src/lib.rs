//! The workbench: it shows the whole way from OpenAPI documents to signed calls.
//!
//! - [`cloud`] has the simulator play the cloud from the documents in `spec/`;
//! - [`demo`] makes the calls through the generated client and prints what came of them;
//! - [`calls`] names those calls, and nothing else of the workbench does;
//! - [`cli`] is the command line over both.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod calls;
pub mod cli;
pub mod cloud;
pub mod demo;
