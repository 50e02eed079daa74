//! Plays the services that OpenAPI documents describe: checks every request against them, keeps what
//! there is, fails on purpose and the same each time, and writes down what arrived.
//!
//! It has no list of endpoints of its own: it reads the documents as the generator does, by the same
//! loader, model and makers of JSON Schemas and samples, and takes any document that the generator
//! takes. What judges passwords is written apart, so that a mistake in a client's check is not repeated
//! by what is to catch it. A request is judged in this order:
//!
//! | module | question | response if not |
//! |---|---|---|
//! | `router` | is there such a path, such a method, in one service? | 404, 405, 421 |
//! | [`fault`] | is something to go wrong with it? | what the fault says |
//! | [`gateway`] | may the caller call, with these credentials, at this time? | 401 |
//! | `rate` | are there no more calls than the document allows? | 429 |
//! | `validate` | are parameters, content type and body what the document says? | 400 |
//! | [`state`] | is there such a resource? | 404 |
//! | `response` | which documented response: the success, or the one asked for by `Prefer: code=404`? | |
//!
//! Every response has an `X-Request-Id`; one that refuses says why in `X-Simulator-Reason`. What came of
//! each request stands in the [`Ledger`]. Nothing that a client sends as a secret is kept, logged or
//! repeated.
//!
//! ```
//! use openapi_simulator::{Simulator, fault::FaultPlan};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("shop.yaml");
//! # std::fs::write(&path, "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths:\n  /items/{id}:\n    get:\n      operationId: ShowItem\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses: {'200': {description: It.}}\n")?;
//! let simulator = Simulator::builder()
//!     .spec(&path)
//!     .faults(FaultPlan::parse("{seed: 7, rules: [{calls: [1], fault: unavailable}]}")?)
//!     .start()
//!     .await?;
//! println!("{} operations at {}", simulator.operations().len(), simulator.endpoint());
//! // … calls of your own …
//! assert_eq!(simulator.ledger().processed("shop", "item-1"), 0);
//! simulator.stop().await;
//! # Ok(())
//! # }
//! ```

mod arguments;
mod body;
mod builder;
mod clock;
mod command;
mod control;
mod curl;
mod document;
mod error;
pub mod explorer;
pub mod fault;
pub mod gateway;
mod handler;
pub mod ledger;
mod operation;
mod password;
mod rate;
mod reader;
mod request_id;
mod response;
mod router;
mod rules;
mod running;
mod schema;
mod server;
mod spelled;
pub mod state;
mod subject;
mod validate;
mod written;

pub use self::arguments::SimulationArguments;
pub use self::builder::{Builder, Simulator};
pub use self::clock::Clock;
pub use self::command::{Command, Docs, Simulate};
pub use self::error::SimulatorError;
pub use self::handler::Observer;
pub use self::ledger::{Authentication, Entry, Ledger};
pub use self::operation::Operation;
pub use self::running::RunningSimulator;
pub use self::validate::query_pairs;
