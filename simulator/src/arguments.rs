//! The arguments of a command that runs a simulator.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::builder::Builder;
use crate::clock::SPEEDS;
use crate::error::SimulatorError;
use crate::fault::FaultPlan;
use crate::state::Listing;

/// What a simulator is to be, on a command line.
#[derive(Clone, Debug, Args)]
#[non_exhaustive]
pub struct SimulationArguments {
    /// Where to listen; port 0 takes any free port.
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:0")]
    pub addr: SocketAddr,
    /// What there is from the start: a YAML file (docs/simulator.md shows one).
    #[arg(long, value_name = "FILE")]
    pub resources: Option<PathBuf>,
    /// What goes wrong, and which calls meet it: a YAML file.
    #[arg(long, value_name = "FILE")]
    pub faults: Option<PathBuf>,
    /// What decides by lot, instead of the seed in the file.
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u64>,
    /// How many times as fast as this machine's the simulator's clock goes.
    #[arg(long, value_name = "TIMES", default_value_t = 1.0, value_parser = speed)]
    pub clock_speed: f64,
    /// Takes more calls than the documents allow.
    #[arg(long)]
    pub no_rate_limits: bool,
}

impl SimulationArguments {
    /// Tells a simulator what these say.
    ///
    /// # Errors
    /// When a file cannot be read or is not what it should be.
    pub fn applied_to(self, simulator: Builder) -> Result<Builder, SimulatorError> {
        let mut faults = match &self.faults {
            Some(path) => FaultPlan::read(path)?,
            None => FaultPlan::default(),
        };
        faults.seed = self.seed.unwrap_or(faults.seed);
        let listing = match &self.resources {
            Some(path) => Listing::read(path)?,
            None => Listing::default(),
        };
        Ok(simulator
            .address(self.addr)
            .resources(listing)
            .faults(faults)
            .clock_speed(self.clock_speed)
            .rate_limits(!self.no_rate_limits))
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    match SPEEDS.contains(&speed) {
        true => Ok(speed),
        false => Err(format!(
            "it must be from {} to {}",
            SPEEDS.start(),
            SPEEDS.end()
        )),
    }
}
