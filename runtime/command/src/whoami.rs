//! Which credentials were found where, and whether they are good.

use std::sync::Arc;

use clap::ArgMatches;
use huaweicloud_runtime::generated::BuiltClient;
use serde::Serialize;
use serde_json::Value;

use crate::arguments::{Arguments, Given};
use crate::description::Program;
use crate::outcome::Outcome;
use crate::policy::all;
use crate::problem::Problem;
use crate::report::{self, Told};
use crate::session::Session;
use crate::settings::Settings;
use crate::single::unwritten;
use crate::watch::Watch;

/// The word that marks the operation which finds the project of a region: a signed question that
/// changes nothing.
const LOOKS_UP_PROJECTS: &str = "project-id";

/// Who calls.
#[derive(Debug, Serialize)]
struct WhoAmI {
    region: String,
    /// Each place that was looked at, and what was found there.
    places: Vec<Looked>,
    outcome: Outcome,
    #[serde(flatten)]
    told: Told,
}

#[derive(Debug, Serialize)]
struct Looked {
    place: &'static str,
    found: String,
    /// Whether calls take these credentials: those of the first place that has some.
    used: bool,
}

/// Looks at every place that the settings name, then asks IAM for the projects of the region. Gives
/// the exit code.
pub(crate) async fn run<C: BuiltClient>(
    program: &Program<C>,
    matches: &ArgMatches,
) -> Result<u8, Problem> {
    let session = Session::new(Settings::read(matches)?)?;
    let region = session.region()?.to_owned();
    let mut places = Vec::new();
    for (place, provider) in session.places() {
        let provided = provider.provide().await;
        let used = provided.is_ok() && !places.iter().any(|it: &Looked| it.used);
        let found = match provided {
            // What is secret in it, `Debug` does not show.
            Ok(credentials) => format!("{credentials:?}"),
            Err(error) => error.to_string(),
        };
        places.push(Looked { place, found, used });
    }
    let watch = Arc::new(Watch::new(session.settings.verbose));
    let client: C = session.client(&region, watch)?;
    let asks = all(program).find(|(_, it)| it.client_use == Some(LOOKS_UP_PROJECTS));
    let Some((_, command)) = asks else {
        return Err(Problem::Usage(
            "this build has no operation to try credentials with".to_owned(),
        ));
    };
    let mut arguments = Arguments::default();
    arguments.insert("name", Given::Plain(Value::String(region.clone())));
    let (outcome, told) = match (command.call)(client, arguments).await {
        Ok(reply) => (Outcome::Done, Told::of_reply(reply)),
        Err(error) => (Outcome::of(&*error), Told::of_error(&*error)),
    };
    let answer = WhoAmI {
        region,
        places,
        outcome,
        told,
    };
    report::write(&answer, session.settings.output).map_err(unwritten)?;
    Ok(outcome.exit())
}
