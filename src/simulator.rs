//! An HTTP server that plays the cloud: it reads the OpenAPI documents and responds as they say.
//!
//! It has no list of endpoints of its own: it reads the documents as the generator does, by the same
//! loader, model and makers of JSON Schemas and samples. What judges passwords is written apart, so
//! that a mistake in the client's check is not repeated by what is to catch it. A request is judged in this order:
//!
//! | module | question | response if not |
//! |---|---|---|
//! | `router` | is there such a path, such a method, in one service? | 404, 405, 421 |
//! | `auth` | is it signed with the demo key, or does it carry the demo token? | 401 |
//! | `validate` | are parameters, content type and body what the document says? | 400 |
//! | `response` | which documented response: the success, or the one asked for by `Prefer: code=404`? | |
//!
//! Every response has an `X-Request-Id`; one that refuses says why in `X-Simulator-Reason`. Nothing
//! that a client sends as a secret is kept, logged or repeated.
//!
//! ```
//! use huaweicloud_password_workbench::simulator::{Simulator, SimulatorOptions};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let simulator = Simulator::start(SimulatorOptions::default()).await?;
//! println!("{} operations at {}", simulator.operations().len(), simulator.endpoint());
//! simulator.stop().await;
//! # Ok(())
//! # }
//! ```

mod auth;
mod curl;
mod document;
mod error;
mod handler;
mod password;
mod reader;
mod response;
mod router;
mod rules;
mod schema;
mod served;
mod server;
mod spec;
mod validate;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use self::error::SimulatorError;
pub use self::served::{Authentication, Observer, ServedRequest};
pub use self::spec::Operation;

use self::auth::Access;
use self::document::Documents;
use self::handler::Handler;
use self::router::Router;

/// The access key a simulator knows unless told otherwise. It opens nothing anywhere else.
pub const DEMO_ACCESS_KEY: &str = "SIMULATORDEMOKEY0001";
/// The secret key that belongs to [`DEMO_ACCESS_KEY`].
pub const DEMO_SECRET_KEY: &str = "simulator-demo-secret-key-that-opens-nothing";
/// The token a simulator knows unless told otherwise.
pub const DEMO_TOKEN: &str = "simulator-demo-token";

/// How to start a simulator.
#[derive(Clone)]
pub struct SimulatorOptions {
    /// Where to listen; port 0 takes any free port. Default: `127.0.0.1:0`.
    pub addr: SocketAddr,
    /// The directory of OpenAPI documents. Default: [`default_spec_dir`].
    pub spec_dir: PathBuf,
    /// The one access key whose signatures are accepted.
    pub access_key: String,
    /// The secret key that belongs to it.
    pub secret_key: String,
    /// The one token that is accepted.
    pub token: String,
    /// Called after every response.
    pub observer: Option<Observer>,
}

impl Default for SimulatorOptions {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            spec_dir: default_spec_dir(),
            access_key: DEMO_ACCESS_KEY.to_owned(),
            secret_key: DEMO_SECRET_KEY.to_owned(),
            token: DEMO_TOKEN.to_owned(),
            observer: None,
        }
    }
}

impl fmt::Debug for SimulatorOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Somebody may put real keys here, so none of them is shown.
        f.debug_struct("SimulatorOptions")
            .field("addr", &self.addr)
            .field("spec_dir", &self.spec_dir)
            .finish_non_exhaustive()
    }
}

/// The `spec` directory of the workspace this was built from, or the one in the current directory
/// if that is gone.
pub fn default_spec_dir() -> PathBuf {
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    if built_from.is_dir() {
        built_from
    } else {
        PathBuf::from("spec")
    }
}

/// Starts simulators.
#[derive(Debug)]
pub struct Simulator;

impl Simulator {
    /// Reads the documents, listens, and serves in the background of the current tokio runtime.
    ///
    /// # Errors
    ///
    /// [`SimulatorError`] if the directory cannot be read, a document cannot be served, or the
    /// address cannot be listened on.
    pub async fn start(options: SimulatorOptions) -> Result<RunningSimulator, SimulatorError> {
        let documents = Documents::read(&options.spec_dir)?;
        let router = Router::new(reader::operations(&documents)?, &documents.model)?;
        let bind_error = |source| SimulatorError::Bind {
            address: options.addr,
            source,
        };
        let listener = TcpListener::bind(options.addr).await.map_err(bind_error)?;
        let address = listener.local_addr().map_err(bind_error)?;
        let access = Access::new(
            options.access_key,
            options.secret_key,
            options.token.clone(),
        );
        let handler = Arc::new(Handler::new(router, access, options.observer));
        let (stop, stopped) = watch::channel(());
        let server = tokio::spawn(server::serve(listener, Arc::clone(&handler), stopped));
        Ok(RunningSimulator {
            address,
            token: options.token,
            handler,
            stop,
            server,
        })
    }
}

/// A simulator that serves. Dropping it ends it as well, without waiting for open connections.
pub struct RunningSimulator {
    address: SocketAddr,
    token: String,
    handler: Arc<Handler>,
    stop: watch::Sender<()>,
    server: JoinHandle<()>,
}

impl RunningSimulator {
    /// The URL to send requests to, such as `http://127.0.0.1:41234`, without a trailing slash.
    pub fn endpoint(&self) -> String {
        let ip = match self.address.ip() {
            // Listening everywhere; this machine is the one place that is known to reach it.
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        format!("http://{}", SocketAddr::new(ip, self.address.port()))
    }

    /// The URL at which one service alone is served, such as `http://127.0.0.1:41234/dcs`: where
    /// services share a path, it tells which is meant.
    pub fn service_endpoint(&self, service: &str) -> String {
        format!("{}/{service}", self.endpoint())
    }

    /// The operations it serves, by service and name.
    pub fn operations(&self) -> Vec<&Operation> {
        let mut operations: Vec<&Operation> = self.handler.router.operations().collect();
        operations.sort_by_key(|operation| (operation.service(), operation.name()));
        operations
    }

    /// A shell command that calls an operation with success: with the token and the document's own
    /// examples.
    pub fn curl(&self, operation: &Operation) -> String {
        curl::command(operation, &self.endpoint_of(operation), &self.token)
    }

    /// The URL to send a request of an operation to: that of its service where another service has
    /// the same path.
    pub fn endpoint_of(&self, operation: &Operation) -> String {
        match self.handler.router.is_shared(operation) {
            true => self.service_endpoint(operation.service()),
            false => self.endpoint(),
        }
    }

    /// What arrived so far, oldest first; of very many, the newest 10,000.
    pub fn served(&self) -> Vec<ServedRequest> {
        self.handler.log.all()
    }

    /// Takes no more connections, lets open responses finish for up to two seconds, and ends.
    pub async fn stop(self) {
        // Nobody listening means that the server has ended already.
        let _ = self.stop.send(());
        let _ = self.server.await;
    }
}

impl fmt::Debug for RunningSimulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunningSimulator")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
