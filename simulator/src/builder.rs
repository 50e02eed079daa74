//! How a simulator is started.

use std::collections::HashMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router as HttpRouter;
use axum::extract::{Request, State as Shared};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use http::header::ACCEPT;
use huaweicloud_codegen::Source;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::clock::{Clock, SPEEDS};
use crate::control;
use crate::document::Documents;
use crate::error::SimulatorError;
use crate::explorer::{self, Site};
use crate::fault::FaultPlan;
use crate::gateway::{Gateway, Standard};
use crate::handler::{Handler, Observer};
use crate::ledger::Ledger;
use crate::operation::Operation;
use crate::rate::Windows;
use crate::reader::{self, Read};
use crate::request_id::RequestIds;
use crate::response::Preference;
use crate::router::Router;
use crate::running::{self, RunningSimulator};
use crate::server;
use crate::state::{Listing, State};

/// Starts simulators.
#[derive(Debug)]
pub struct Simulator;

impl Simulator {
    /// What a simulator is to be. Without more it serves `spec/` of the current folder on a free port.
    pub fn builder() -> Builder {
        Builder {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            documents: From::Path(PathBuf::from("spec")),
            gateway: Box::new(Standard::default()),
            listing: Listing::default(),
            faults: FaultPlan::default(),
            speed: 1.0,
            keeps_rates: true,
            has_fixed_ids: false,
            observer: None,
            command: None,
        }
    }
}

/// How to start a simulator; made by [`Simulator::builder`].
pub struct Builder {
    address: SocketAddr,
    documents: From,
    gateway: Box<dyn Gateway>,
    listing: Listing,
    faults: FaultPlan,
    speed: f64,
    keeps_rates: bool,
    has_fixed_ids: bool,
    observer: Option<Observer>,
    command: Option<String>,
}

/// Where the documents are.
enum From {
    Path(PathBuf),
    Texts(Vec<Source>),
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Gateways hold keys, and listings passwords.
        f.debug_struct("Builder")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Builder {
    /// Where to listen; port 0 takes any free port. Default: `127.0.0.1:0`.
    #[must_use]
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// A document, or a folder of them, one a service. Default: `spec`.
    #[must_use]
    pub fn spec(mut self, path: impl Into<PathBuf>) -> Self {
        self.documents = From::Path(path.into());
        self
    }

    /// The documents by their texts, instead of files.
    #[must_use]
    pub fn documents(mut self, documents: impl IntoIterator<Item = Source>) -> Self {
        self.documents = From::Texts(documents.into_iter().collect());
        self
    }

    /// What stands before the services. Default: [`Standard`], the documents' own security schemes.
    #[must_use]
    pub fn gateway(mut self, gateway: impl Gateway + 'static) -> Self {
        self.gateway = Box::new(gateway);
        self
    }

    /// What there is from the start. Default: nothing, and everything is made when it is first used.
    #[must_use]
    pub fn resources(mut self, listing: Listing) -> Self {
        self.listing = listing;
        self
    }

    /// What goes wrong. Default: nothing, but for calls that ask for it by header.
    #[must_use]
    pub fn faults(mut self, plan: FaultPlan) -> Self {
        self.faults = plan;
        self
    }

    /// How many times as fast as the machine's the clock goes that limits, lock-outs and delays go by.
    /// Default: 1. What is not from 0.001 to 1,000,000 leaves it there.
    #[must_use]
    pub fn clock_speed(mut self, speed: f64) -> Self {
        if SPEEDS.contains(&speed) {
            self.speed = speed;
        }
        self
    }

    /// Whether more calls than the documents allow get 429. Default: yes.
    #[must_use]
    pub fn rate_limits(mut self, kept: bool) -> Self {
        self.keeps_rates = kept;
        self
    }

    /// Request ids that are the same in each run, by the seed of the faults, instead of ones that differ
    /// from those of any other simulator.
    #[must_use]
    pub fn fixed_request_ids(mut self) -> Self {
        self.has_fixed_ids = true;
        self
    }

    /// Is called after every request.
    #[must_use]
    pub fn observer(mut self, observer: Observer) -> Self {
        self.observer = Some(observer);
        self
    }

    /// The command for operators that is made of the same documents: the explorer shows calls with it.
    #[must_use]
    pub fn command(mut self, name: impl Into<String>) -> Self {
        self.command = Some(name.into());
        self
    }

    /// The explorer as files, for a place without a simulator: a reference to the documents.
    ///
    /// # Errors
    /// [`SimulatorError`] if a document cannot be read or served.
    pub fn reference(self) -> Result<Vec<explorer::File>, SimulatorError> {
        let read = self.read()?;
        let operations = read.operations.iter().collect();
        let endpoint = format!("http://{}", self.address);
        let site = Site::new(read.documents, read.model, self.command, endpoint);
        Ok(site.files(operations, self.gateway.as_ref(), false))
    }

    fn read(&self) -> Result<Read, SimulatorError> {
        let profile = self.gateway.profile();
        reader::read(match &self.documents {
            From::Path(path) => Documents::read(path, profile)?,
            From::Texts(texts) => Documents::of(texts, profile)?,
        })
    }

    /// Reads the documents, listens, and serves in the background of the current tokio runtime.
    ///
    /// # Errors
    /// [`SimulatorError`] if a document cannot be read or served, the rules of faults are none, or the
    /// address cannot be listened on.
    pub async fn start(self) -> Result<RunningSimulator, SimulatorError> {
        let mut read = self.read()?;
        let is_foreign = self.gateway.profile().is_foreign();
        let mut notes = is_foreign.then_some(&mut read.notes);
        let router = Router::new(read.operations, &read.model, &mut notes)?;
        let faults = self.faults.checked()?;
        check_names(&router, &faults, &self.listing)?;
        let bind_error = |source| SimulatorError::Bind {
            address: self.address,
            source,
        };
        let listener = TcpListener::bind(self.address).await.map_err(bind_error)?;
        let address = listener.local_addr().map_err(bind_error)?;
        let handler = Arc::new(Handler {
            router,
            gateway: self.gateway,
            ledger: Ledger::default(),
            state: State::new(&self.listing),
            clock: Clock::new(self.speed),
            request_ids: match self.has_fixed_ids {
                true => RequestIds::from(faults.seed),
                false => RequestIds::by_time(),
            },
            faults: Mutex::new(faults),
            observer: self.observer,
            windows: Windows::default(),
            keeps_rates: self.keeps_rates,
            refusals: Mutex::new(HashMap::new()),
            site: Site::new(
                read.documents,
                read.model,
                self.command,
                running::endpoint(address),
            ),
        });
        let (stop, stopped) = watch::channel(());
        let app = app(Arc::clone(&handler));
        let server = tokio::spawn(server::serve(listener, app, stopped));
        Ok(RunningSimulator {
            address,
            notes: read.notes,
            handler,
            stop,
            server,
        })
    }
}

/// What rules and resources name has to be there; a word that is spelled wrongly would do nothing.
fn check_names(
    router: &Router,
    faults: &FaultPlan,
    listing: &Listing,
) -> Result<(), SimulatorError> {
    let unknown = |what, name| Err(SimulatorError::Unknown { what, name });
    for rule in &faults.rules {
        let is =
            |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|it| it == name);
        let is_meant =
            |it: &&Operation| is(&rule.service, it.service()) && is(&rule.operation, it.name());
        if !router.operations().any(|it| is_meant(&it)) {
            let names = [&rule.service, &rule.operation].into_iter().flatten();
            let names: Vec<_> = names.map(|it| format!("`{it}`")).collect();
            return unknown("the rules of faults", names.join(" "));
        }
    }
    for (service, listed) in &listing.services {
        let of_service = || router.operations().filter(|it| it.service() == service);
        if of_service().next().is_none() {
            return unknown("the resources", format!("the service `{service}`"));
        }
        for (name, resource) in &listed.resources {
            let Some(preset) = &resource.respond else {
                continue;
            };
            let has_it = |it: &Operation| Preference::preset(preset).choose(it).is_ok();
            if !of_service().any(has_it) {
                let example = preset.example.as_deref().unwrap_or("any");
                let response = format!("the response {} (example {example})", preset.status);
                return unknown(
                    "the resources",
                    format!("{response} for `{service}` `{name}`"),
                );
            }
        }
    }
    Ok(())
}

/// Where the explorer is.
const EXPLORER: &str = "/_simulator/";

/// The simulator's own addresses, and everything else as the documents say.
fn app(handler: Arc<Handler>) -> HttpRouter {
    let play = async |Shared(handler): Shared<Arc<Handler>>, request: Request| {
        handler.respond(request).await
    };
    let to_the_explorer = async || Redirect::temporary(EXPLORER);
    // A person comes with a browser, which says that it reads HTML. A program gets what a service says.
    let root = async |Shared(handler): Shared<Arc<Handler>>, request: Request| {
        let accepted = request.headers().get(ACCEPT);
        let accepted = accepted.and_then(|it| it.to_str().ok());
        match accepted.is_some_and(|it| it.contains("text/html")) {
            true => Redirect::temporary(EXPLORER).into_response(),
            false => handler.respond(request).await,
        }
    };
    let has_root = handler.router.operations().any(|it| it.path() == "/");
    let mut app = HttpRouter::new()
        .nest(EXPLORER, control::routes())
        .route("/_simulator", get(to_the_explorer));
    if !has_root {
        app = app.route("/", get(root).fallback(play));
    }
    app.fallback(play).with_state(handler)
}
