//! Two documents at a time: what is told of them, and which version follows.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod compiled;
mod docs;
mod laws;
mod modern;
mod pairs;
mod services;
