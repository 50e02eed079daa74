//! One call.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use clap::ArgMatches;
use huaweicloud_runtime::generated::BuiltClient;
use serde_json::{Map, Value, json};

use crate::arguments::{Arguments, Given};
use crate::description::{Command, Kind, Parameter, Service};
use crate::escrow::{Identity, Record};
use crate::flags::{flag, is_set};
use crate::interrupt::Interrupts;
use crate::outcome::Outcome;
use crate::problem::Problem;
use crate::rehearsal::{self, Stage};
use crate::report::{self, Report, Told};
use crate::say::say;
use crate::secrets;
use crate::session::Session;
use crate::settings::{Format, Settings};
use crate::watch::Watch;

/// Makes the call that the arguments say, and tells what came of it. Gives the exit code.
pub(crate) async fn run<C: BuiltClient + Clone>(
    service: &Service<C>,
    command: &Command<C>,
    matches: &ArgMatches,
) -> Result<u8, Problem> {
    secrets::refuse_arguments(command, matches)?;
    let session = Session::new(Settings::read(matches)?)?;
    let region = session.region()?.to_owned();
    let mut arguments = plain(command, matches)?;
    let watch = Arc::new(Watch::new(session.settings.verbose));
    // Before anybody is asked for anything.
    let client: C = session.client(&region, watch.clone())?;
    let stage = Stage::new(&session, &region)?;
    let made = secrets::collect(command, matches, &mut arguments)?;
    let format = session.settings.output;
    if is_set(matches, flag::DRY_RUN) {
        stage
            .check(command, arguments.clone())
            .await
            .map_err(|error| report::problem(&*error))?;
        let shown = rehearsal::show(&session, command, &region, &arguments).await?;
        report::write(&shown, format).map_err(unwritten)?;
        return Ok(0);
    }
    let shows = is_set(matches, flag::SHOW);
    if shows && !std::io::stdout().is_terminal() {
        return Err(Problem::Usage(
            "--show is for a terminal, and standard output is none: use --secret-file or \
             --secret-command"
                .to_owned(),
        ));
    }
    let target = target(&arguments);
    let report = |outcome, told| Report {
        service: service.name,
        operation: command.operation.name,
        region: region.clone(),
        target: target.clone(),
        outcome,
        told,
        attempts: watch.attempts(),
        secret: None,
    };
    let escrow = secrets::escrow(matches, made)?;
    if let Err(error) = stage.check(command, arguments.clone()).await {
        let report = report(Outcome::of(&*error), Told::of_error(&*error));
        return finish(&report, format);
    }
    let mut kept = Vec::new();
    for (parameter, secret) in new_passwords(command, &arguments)
        .into_iter()
        .filter(|_| made)
    {
        let identity = identity(&region, command, &target, parameter.name);
        if let Some(escrow) = &escrow {
            let record = Record {
                time: SystemTime::now(),
                identity,
                secret: Some(secret),
            };
            let receipt = escrow.store(&record).await.map_err(secrets::unusable)?;
            kept.push((escrow, identity, receipt));
        }
        if shows {
            let mut out = std::io::stdout();
            writeln!(out, "{}: {}", parameter.typed(), secret.expose()).map_err(|error| {
                Problem::Local(format!("it cannot be shown: {error}; nothing was sent"))
            })?;
        }
    }
    let interrupts = Interrupts::new()?;
    let sent = interruptible((command.call)(client, arguments.clone()), interrupts).await;
    let (outcome, told) = match sent {
        Some(Ok(reply)) => (Outcome::Done, Told::of_reply(reply)),
        Some(Err(error)) => (Outcome::of(&*error), Told::of_error(&*error)),
        None => (
            Outcome::MayHaveBeenProcessed,
            Told {
                error: Some("stopped from the keyboard while the call was under way".to_owned()),
                ..Told::default()
            },
        ),
    };
    let is_set = matches!(outcome, Outcome::Done | Outcome::MayHaveBeenProcessed);
    let mut report = report(outcome, told);
    report.secret = kept
        .first()
        .filter(|_| is_set)
        .map(|_| secrets::place(matches));
    // What was given up was sent, though its attempt never came to an end.
    report.attempts = report
        .attempts
        .max(u32::from(outcome == Outcome::MayHaveBeenProcessed));
    for (escrow, identity, receipt) in kept.into_iter().filter(|_| !is_set) {
        if let Err(error) = escrow.put_back(identity, receipt).await {
            say(format_args!(
                "error: the last password of the secret file was not set: {error}"
            ));
        }
    }
    finish(&report, format)
}

/// Tells the result. Where that cannot be, what came of the call counts for more all the same.
fn finish(report: &Report, format: Format) -> Result<u8, Problem> {
    let code = report.outcome.exit();
    match report::write(report, format) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            say(format_args!("error: the result cannot be written: {error}"));
        }
        _ => {}
    }
    Ok(code)
}

fn identity<'a, C>(
    region: &'a str,
    command: &Command<C>,
    target: &'a Map<String, Value>,
    field: &'a str,
) -> Identity<'a> {
    Identity {
        service: command.operation.service,
        operation: command.operation.name,
        region: Some(region),
        target,
        field,
        row: None,
    }
}

pub(crate) fn unwritten(error: std::io::Error) -> Problem {
    unwritten_of(0, error)
}

/// A result that cannot be written, of calls for which the process would end with this code. It does
/// so all the same: that a call may have been processed counts for more.
pub(crate) fn unwritten_of(code: u8, error: std::io::Error) -> Problem {
    // Who closed the pipe does not read on.
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return Problem::Told(code);
    }
    let words = format!("the result cannot be written: {error}");
    if code == 0 {
        return Problem::Local(words);
    }
    say(format_args!("error: {words}"));
    Problem::Told(code)
}

/// Waits for a call to end. Ctrl-C asks for patience the first time, and gives up the second.
async fn interruptible<T>(call: impl Future<Output = T>, mut interrupts: Interrupts) -> Option<T> {
    tokio::pin!(call);
    tokio::select! {
        ended = &mut call => return Some(ended),
        () = interrupts.next() => say(
            "the call is under way and is waited for; Ctrl-C once more gives it up, and then it \
             may have been processed",
        ),
    }
    tokio::select! {
        ended = call => Some(ended),
        () = interrupts.next() => None,
    }
}

/// The values that anybody may see, as they stand in a report.
pub(crate) fn target(arguments: &Arguments) -> Map<String, Value> {
    let shown = arguments.iter().filter_map(|(name, given)| match given {
        Given::Plain(value) => Some((name.to_owned(), value.clone())),
        Given::Files(paths) => Some((name.to_owned(), json!(paths))),
        Given::Secret(_) | Given::SecretJson(_) => None,
    });
    shown.collect()
}

/// The new passwords among the arguments.
pub(crate) fn new_passwords<'a, C>(
    command: &'a Command<C>,
    arguments: &'a Arguments,
) -> Vec<(&'a Parameter, &'a huaweicloud_runtime::Password)> {
    let new = command.parameters.iter().filter_map(|parameter| {
        match (parameter.kind, arguments.get(parameter.name)) {
            (Kind::Secret(Some(_)), Some(Given::Secret(secret))) => Some((parameter, secret)),
            _ => None,
        }
    });
    new.collect()
}

/// The values that anybody may see, from the flags.
fn plain<C>(command: &Command<C>, matches: &ArgMatches) -> Result<Arguments, Problem> {
    let mut arguments = Arguments::default();
    for parameter in command.parameters.iter().filter(|it| !it.kind.is_secret()) {
        let Some(texts) = matches.get_many::<String>(parameter.name) else {
            continue;
        };
        let texts: Vec<_> = texts.map(String::as_str).collect();
        let given = given(parameter.kind, &texts)
            .map_err(|problem| Problem::Usage(format!("--{}: {problem}", parameter.typed())))?;
        arguments.insert(parameter.name, given);
    }
    Ok(arguments)
}

/// The value that is written in these texts: one, or several of a list.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn given(kind: Kind, texts: &[&str]) -> Result<Given, String> {
    let one = |kind, text: &str| match kind {
        Kind::Text | Kind::Choice(_) => Ok(Value::String(text.to_owned())),
        Kind::Number => match serde_json::from_str(text) {
            Ok(value @ Value::Number(_)) => Ok(value),
            _ => Err("what is given is no number".to_owned()),
        },
        Kind::Boolean => text
            .parse()
            .map(Value::Bool)
            .map_err(|_| "what is given is neither true nor false".to_owned()),
        _ => {
            serde_json::from_str(text).map_err(|error| format!("what is given is no JSON: {error}"))
        }
    };
    match kind {
        Kind::File | Kind::List(Kind::File) => {
            Ok(Given::Files(texts.iter().map(PathBuf::from).collect()))
        }
        Kind::List(inner) => {
            let items = texts.iter().map(|text| one(*inner, text));
            let items = items.collect::<Result<_, _>>()?;
            Ok(Given::Plain(Value::Array(items)))
        }
        kind => Ok(Given::Plain(one(
            kind,
            texts.last().copied().unwrap_or_default(),
        )?)),
    }
}
