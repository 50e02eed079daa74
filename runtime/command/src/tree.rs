//! The tree of subcommands, made of what the client can do.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command as Clap};

use crate::description::{Command, Kind, Need, Parameter, Program, Service};
use crate::flags::{flag, name, of_new_passwords};
use crate::outcome::EXIT_CODES;
use crate::settings;

/// The flags that only look like some, with their hyphens.
pub(crate) fn decoys(command: &Clap) -> Vec<String> {
    let of_it = command.get_arguments().filter(|flag| flag.is_hide_set());
    let of_it = of_it.filter_map(|flag| Some(format!("--{}", flag.get_long()?)));
    let below = command.get_subcommands().flat_map(decoys);
    of_it.chain(below).collect()
}

/// The whole command.
pub(crate) fn command<C>(program: &Program<C>) -> Clap {
    let services = program.services.iter().map(|service| of_service(service));
    Clap::new(program.name)
        .version(program.version)
        .about(format!("{}.", program.about))
        .after_help(exit_codes())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .infer_long_args(false)
        .max_term_width(100)
        .args(settings::flags())
        .subcommands(services)
        .subcommand(crate::batch::command())
        .subcommand(
            Clap::new(name::WHOAMI)
                .about("Tell which credentials were found where, and try them")
                .display_order(1001),
        )
        .subcommand(
            Clap::new(name::POLICY)
                .about("Print the IAM policy that operations need, and no more")
                .display_order(1002)
                .arg(
                    Arg::new("operations")
                        .value_name("SERVICE[/OPERATION]")
                        .num_args(0..)
                        .help("Such as dws or dws/reset-password; all that reset or show passwords if none is named"),
                ),
        )
        .subcommand(
            Clap::new(name::EXPLAIN)
                .about("Tell what a code of an error means, and what to do")
                .display_order(1003)
                .arg(
                    Arg::new("code")
                        .value_name("CODE")
                        .required(true)
                        .help("A code such as APIGW.0301 or DCS.4845, an HTTP status, or an exit code as exit:6"),
                ),
        )
        .subcommand(
            Clap::new(name::COMPLETIONS)
                .about("Print what completes the command in a shell")
                .display_order(1004)
                .arg(
                    Arg::new("shell")
                        .value_name("SHELL")
                        .required(true)
                        .value_parser(clap::value_parser!(clap_complete::Shell)),
                ),
        )
        .subcommand(
            Clap::new(name::MAN)
                .about("Write the manual pages")
                .display_order(1005)
                .arg(
                    Arg::new("folder")
                        .value_name("FOLDER")
                        .required(true)
                        .help("Where to; the pages of a folder `man1` on MANPATH are found by man"),
                ),
        )
}

fn exit_codes() -> String {
    let mut text = "Exit codes:".to_owned();
    for (code, means) in EXIT_CODES {
        text.push_str(&format!("\n  {code:>3}  {means}"));
    }
    text
}

fn of_service<C>(service: &Service<C>) -> Clap {
    Clap::new(service.name)
        .about(service.title)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(service.commands.iter().map(of_operation))
}

fn of_operation<C>(command: &Command<C>) -> Clap {
    let parameters = command.parameters.iter();
    let flags = parameters.flat_map(|parameter| match parameter.kind.is_secret() {
        true => sources(command, parameter),
        false => vec![plain(parameter)],
    });
    let mut clap = Clap::new(command.name)
        .about(command.summary)
        .args(flags)
        .arg(
            Arg::new(flag::DRY_RUN)
                .long(flag::DRY_RUN)
                .action(ArgAction::SetTrue)
                .help("Check everything and show the request without its secrets; send nothing"),
        );
    let makes = |it: &Parameter| matches!(it.kind, Kind::Secret(Some(_)));
    if command.parameters.iter().any(makes) {
        let [generate, others @ ..] = of_new_passwords();
        let others = others.map(|it| it.requires(flag::GENERATE));
        clap = clap.arg(generate).args(others);
    }
    let long = format!("{}\n\n{}", command.summary, command.description);
    clap.long_about(long.trim().to_owned())
        .after_long_help(about(command))
}

/// The request, the responses, the permissions and the page.
fn about<C>(command: &Command<C>) -> String {
    let operation = command.operation;
    let mut text = format!("Request:\n  {} {}", operation.method, operation.path);
    if !command.responses.is_empty() {
        text.push_str("\n\nResponses:");
        for (status, means) in command.responses {
            text.push_str(&format!("\n  {status}  {means}"));
        }
    }
    if !command.permissions.is_empty() {
        text.push_str("\n\nPermissions:");
        for permission in command.permissions {
            text.push_str(&format!("\n  {}", permission.action));
        }
    }
    if !command.page.is_empty() {
        text.push_str(&format!("\n\nSource:\n  {}", command.page));
    }
    text
}

/// What is said of a value.
fn help(parameter: &Parameter) -> String {
    let mut parts = vec![parameter.about.to_owned()];
    parts.push(parameter.rules.to_owned());
    let each = match parameter.kind {
        Kind::List(each) => *each,
        kind => kind,
    };
    if let Kind::Choice(words) = each {
        parts.push(format!("One of: {}.", words.join(", ")));
    }
    if let Some(example) = parameter.example {
        parts.push(format!("Example: {example}"));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// The flag of a value that anybody may see.
fn plain(parameter: &Parameter) -> Arg {
    let name = parameter.typed();
    let flag = Arg::new(parameter.name)
        .long(name)
        .help(help(parameter))
        .required(parameter.need == Need::Required);
    match parameter.kind {
        Kind::Boolean => flag
            .value_name("BOOLEAN")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(PossibleValuesParser::new(["true", "false"])),
        Kind::List(inner) => flag
            .value_name(value_name(*inner))
            .action(ArgAction::Append),
        kind => flag.value_name(value_name(kind)),
    }
}

fn value_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Choice(_) => "WORD",
        Kind::Number => "NUMBER",
        Kind::Boolean => "BOOLEAN",
        Kind::List(_) | Kind::Json | Kind::SecretJson => "JSON",
        Kind::Secret(_) => "SECRET",
        Kind::File => "FILE",
    }
}

/// Where a secret may come from, and what only looks like it.
fn sources<C>(command: &Command<C>, parameter: &Parameter) -> Vec<Arg> {
    let source = parameter.source(command);
    let what = match parameter.kind {
        Kind::SecretJson => "the JSON",
        _ => "the one line",
    };
    let (file, stdin) = (format!("{source}-file"), format!("{source}-stdin"));
    let mut flags = vec![
        Arg::new(file.clone())
            .long(file.clone())
            .value_name("FILE")
            .help(format!(
                "Read {what} from a file that nobody else can read. {}",
                help(parameter)
            ))
            .conflicts_with(stdin.clone()),
        Arg::new(stdin.clone())
            .long(stdin)
            .action(ArgAction::SetTrue)
            .help(format!("Read {what} from standard input")),
    ];
    // Who hands a secret over in an argument is told why not, instead of that there is no such flag.
    let decoys = [parameter.typed(), flag::PASSWORD.to_owned()];
    for decoy in decoys
        .into_iter()
        .take(if source == flag::PASSWORD { 2 } else { 1 })
    {
        flags.push(
            Arg::new(decoy.clone())
                .long(decoy)
                .num_args(0..=1)
                .hide(true),
        );
    }
    flags
}
