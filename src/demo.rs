//! The demonstration: five signed calls through the client crate, then two that must fail.
//!
//! What the table shows of each request is what arrived at the simulator, not what the client
//! meant to send; so a request that must not be sent is proven not to have been.

mod stage;
mod table;

use std::fmt;

use huaweicloud_password::{BuilderError, Client, Credentials, PolicyEnforcement};
use openapi_simulator::{Builder, SimulatorError};

use crate::calls;
use crate::cloud::{DEMO_ACCESS_KEY, DEMO_SECRET_KEY};

use self::stage::{Expected, Plan, Stage};
use self::table::Row;
pub use self::table::Screen;

// Identifiers of nothing that exists.
const PROJECT: &str = "bbf1946d374b44a0a2a95533562ba954";
const BARE_METAL_SERVER: &str = "cf2a8b97-b5c6-47ef-9714-eb27adf26e5b";
const CLOUD_SERVER: &str = "77616c78-0bc4-4156-b24b-4286586ac350";
const CACHE_INSTANCE: &str = "5560df16-cebf-4473-95c4-d1b573c16e79";
const BASTION_SERVER: &str = "6e22aced-2fdb-42e9-9175-4796fbe9fc23";
const CLUSTER: &str = "4ca46bf1-5c61-48ff-b4f3-0ad4e5e3ba90";
/// Keeps the policies of all three services.
const STRONG: &str = "Demo-Only_Pass4";
/// Long enough, but of one kind of characters.
const WEAK: &str = "onlylowercase";

/// Why the demonstration could not even begin.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DemoError {
    /// The simulator could not be started.
    #[error(transparent)]
    Simulator(#[from] SimulatorError),
    /// The client could not be built.
    #[error("the client cannot be built: {0}")]
    Client(#[from] BuilderError),
}

/// What came of the demonstration. Its `Display` is the report for a log.
#[derive(Debug)]
pub struct Demonstration {
    endpoint: String,
    operations: usize,
    rows: Vec<Row>,
    refusals: Vec<String>,
    faults: Vec<String>,
    served: usize,
}

impl Demonstration {
    /// Whether every call ended as it should, and exactly the right requests arrived.
    pub fn succeeded(&self) -> bool {
        self.faults.is_empty()
    }
}

impl Demonstration {
    /// The report for people, as it fits where they read it.
    pub fn report(&self, screen: Screen) -> String {
        let (table, list) = (table::render(&self.rows, screen), |of| {
            table::list(of, screen)
        });
        let verdict = if self.succeeded() {
            format!(
                "All {} calls went as they should.\n{} signed requests arrived, and no other.",
                self.rows.len(),
                self.served
            )
        } else {
            format!("NOT as it should be:\n{}", list(&self.faults))
        };
        format!(
            "The simulator served the {} operations of spec/ at\n{}.\n\n{table}\n\n\
             What the refusals said:\n{}\n\n{verdict}\n",
            self.operations,
            self.endpoint,
            list(&self.refusals)
        )
    }
}

impl fmt::Display for Demonstration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report(Screen::PLAIN))
    }
}

/// Starts a simulator that takes the demo key, makes the seven calls, and ends the simulator.
///
/// # Errors
///
/// [`DemoError`] if the simulator or the client cannot be made; calls that go wrong are no error
/// here but faults of the [`Demonstration`].
pub async fn run(simulator: Builder) -> Result<Demonstration, DemoError> {
    let credentials = Credentials::aksk(DEMO_ACCESS_KEY, DEMO_SECRET_KEY).project_id(PROJECT);
    let simulator = simulator.start().await?;
    let builder = || {
        let mut builder = Client::builder("cn-north-4").endpoint(simulator.endpoint());
        for operation in simulator.operations() {
            let endpoint = simulator.endpoint_of(operation);
            if endpoint != simulator.endpoint() {
                builder = builder.service_endpoint(operation.service(), endpoint);
            }
        }
        builder.credentials(credentials.clone())
    };
    let client = builder().build()?;
    let unchecked = builder().password_policy(PolicyEnforcement::Off).build()?;

    let mut stage = Stage::new(&simulator);
    five_successes(&mut stage, &client).await;
    two_refusals(&mut stage, &client, &unchecked).await;
    let demonstration = stage.end();
    simulator.stop().await;
    Ok(demonstration)
}

async fn five_successes(stage: &mut Stage<'_>, client: &Client) {
    let plan = |name| Plan::new(name, Expected::Success);
    let call = calls::bare_metal_flag(client, BARE_METAL_SERVER).send();
    let say = |response: &_| one_click(calls::bare_metal_supports(response));
    stage.step(plan(calls::BARE_METAL_FLAG), call, say).await;
    let call = calls::cloud_server_flag(client, CLOUD_SERVER).send();
    let say = |response: &_| one_click(calls::cloud_server_supports(response));
    stage.step(plan(calls::CLOUD_SERVER_FLAG), call, say).await;
    let call = calls::reset_cache(client, CACHE_INSTANCE, STRONG).send();
    stage
        .step(plan(calls::RESET_CACHE), call, password_reset)
        .await;
    let call = calls::reset_bastion(client, BASTION_SERVER, STRONG).send();
    stage
        .step(plan(calls::RESET_BASTION), call, password_reset)
        .await;
    let call = calls::reset_cluster(client, CLUSTER, STRONG).send();
    stage
        .step(plan(calls::RESET_CLUSTER), call, password_reset)
        .await;
}

/// The same weak password twice: stopped by the client, then by the service.
async fn two_refusals(stage: &mut Stage<'_>, client: &Client, unchecked: &Client) {
    let plan = |expected| Plan::new(calls::RESET_CACHE, expected);
    let call = |client| calls::reset_cache(client, CACHE_INSTANCE, WEAK).send();
    stage
        .step(plan(Expected::NotSent), call(client), weak_password_taken)
        .await;
    let refused = plan(Expected::Documented(400));
    let error = stage
        .step(refused, call(unchecked), weak_password_taken)
        .await;
    if !error.is_some_and(|error| calls::is_bad_request(&error)) {
        stage.fault("the error is not the type that the spec gives to status 400");
    }
}

fn one_click(is_supported: bool) -> String {
    let word = if is_supported { "yes" } else { "no" };
    format!("one-click reset: {word}")
}

fn password_reset<T>(_: &T) -> String {
    "password reset".to_owned()
}

fn weak_password_taken<T>(_: &T) -> String {
    "weak password taken".to_owned()
}
