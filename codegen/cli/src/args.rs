//! What can be said on the command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use huaweicloud_drift::claim::{Aspect, FactName, Subject};
use huaweicloud_drift::day::Day;
use huaweicloud_semver::change::Verdict;

/// Makes the client crate from the OpenAPI documents in spec/, and keeps the documents true to the
/// vendor's pages.
#[derive(Debug, Parser)]
#[command(name = "cargo codegen", bin_name = "cargo codegen", version)]
pub(crate) struct Cli {
    /// The folder that holds spec/ and generated/, by default the workspace of this command. Of another
    /// document: the folder whose files it may refer to, by default its own.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes generated/ what spec/ says, or a crate of its own from a document of anybody.
    ///
    /// Exit code 0: it is; 1: the documents have mistakes that the policy does not pass over or,
    /// with --check, the crate differs; 2: a file could not be read or written.
    Generate(Generate),
    /// Says what is wrong with OpenAPI documents, unsafe in them, or better otherwise in Rust.
    ///
    /// Each document is looked at by itself, and no code is made. docs/lint.md has every code. Exit code
    /// 0: nothing was found that the levels deny; 1: something was; 2: something could not be read.
    Lint(Lint),
    /// Says what a change of OpenAPI documents breaks, on the wire and in Rust, and which version follows.
    ///
    /// OLD and NEW are documents, or folders with one document a service. docs/semver.md has every code.
    /// Exit code 0: compared, and the verdict is no more than --most; 1: it is more; 2: something could
    /// not be read.
    Diff(Diff),
    /// The whole loop: makes spec/ follow its pages and generated/ follow spec/, all or nothing.
    ///
    /// Without --write it only shows what would change. Exit code 0: documents and pages agree now;
    /// 1: differences are left, or the fixed documents have mistakes; 2: a file could not be
    /// written, or a page, or a part of one without a definition beside it, could not be read: then
    /// nothing is written at all.
    Update(Follow),
    /// Sets the version that what changed in spec/ since the last release asks for.
    ///
    /// The version in Cargo.toml, generated/ and the entry of CHANGELOG.md; what is to be published is
    /// printed at the end, and done by nobody. Exit code 0: done; 1: the version says too little; 2:
    /// the tree has changes, or a file could not be read or written.
    Release(Release),
    /// The vendor's pages: fetched, read, compared, reviewed, followed, drafted from.
    #[command(subcommand)]
    Docs(Docs),
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// Only say how the crate differs from what the documents say, and write nothing.
    #[arg(long)]
    pub(crate) check: bool,
    /// An OpenAPI document, YAML or JSON, to make a crate of its own from.
    #[arg(long, value_name = "DOC")]
    pub(crate) spec: Option<PathBuf>,
    /// The folder of that crate. By default one of its name, here.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) out: Option<PathBuf>,
    /// The name of that crate. By default the document's, with `-client`.
    #[arg(long, value_name = "CRATE", requires = "spec")]
    pub(crate) name: Option<String>,
    /// Whether what is found forbids generation, or is told while generation goes on.
    #[arg(long, value_enum, default_value = "permissive", requires = "spec")]
    pub(crate) policy: PolicyName,
    /// A code or class (invalid, lossy, lint) that forbids generation. Can be given several times.
    #[arg(long, value_name = "CODE", requires = "spec")]
    pub(crate) deny: Vec<String>,
    /// A code or class that is not even told. Can be given several times.
    #[arg(long, value_name = "CODE", requires = "spec")]
    pub(crate) allow: Vec<String>,
    /// A file of levels, in place of the `.openapi-codegen.yaml` beside the document or above it.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) levels: Option<PathBuf>,
    /// The folder of openapi-client-runtime as seen from the crate. By default the one beside this
    /// command's own sources, else that of the registry.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) runtime: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// OpenAPI documents, YAML or JSON.
    #[arg(required_unless_present = "explain", value_name = "DOC")]
    pub(crate) documents: Vec<PathBuf>,
    /// How to show what was found.
    #[arg(long, value_enum, default_value_t = LintFormat::Text)]
    pub(crate) format: LintFormat,
    /// Say what a code means, what to do about it, and what a document with it looks like.
    #[arg(long, value_name = "CODE", conflicts_with = "documents")]
    pub(crate) explain: Option<String>,
    /// A code or class (invalid, lossy, lint) that makes the exit code 1. Can be given several times.
    #[arg(long, value_name = "CODE|CLASS")]
    pub(crate) deny: Vec<String>,
    /// A code or class that is not even told. Can be given several times.
    #[arg(long, value_name = "CODE|CLASS")]
    pub(crate) allow: Vec<String>,
    /// A file of levels, in place of the `.openapi-codegen.yaml` beside each document or above it.
    #[arg(long, value_name = "FILE")]
    pub(crate) levels: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// OLD and NEW; with --git only NEW, which is spec/ by default.
    #[arg(num_args = 0..=2, value_names = ["OLD", "NEW"])]
    pub(crate) documents: Vec<PathBuf>,
    /// Take OLD from this revision of git: what NEW was there.
    #[arg(long, value_name = "REV")]
    pub(crate) git: Option<String>,
    /// Compare the crates that `generate --spec` makes, and not those of the documents in a spec/. So
    /// it is where there is no spec/.
    #[arg(long)]
    pub(crate) foreign: bool,
    /// How to show what differs.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// The step of the version that is to be enough: with more, the exit code is 1.
    #[arg(long, value_enum, value_name = "STEP")]
    pub(crate) most: Option<StepName>,
}

#[derive(Debug, Args)]
pub(crate) struct Release {
    /// The step from the last release. By default what the change asks for.
    #[arg(value_enum)]
    pub(crate) step: Option<StepName>,
    /// The version itself.
    #[arg(long, value_name = "X.Y.Z", conflicts_with = "step")]
    pub(crate) version: Option<String>,
    /// Only show what would be written.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Only say whether the version in Cargo.toml says as much as the change asks for.
    #[arg(long, conflicts_with_all = ["step", "version", "dry_run"])]
    pub(crate) check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people, with the lines of both documents.
    Text,
    /// For programs.
    Json,
    /// For a pull request.
    Markdown,
    /// Annotations of GitHub Actions.
    Github,
    /// An entry of a changelog.
    Changelog,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StepName {
    /// Nothing is to be released.
    None,
    /// Words, messages, facts.
    Patch,
    /// More to call, or a warning.
    Minor,
    /// Something breaks.
    Major,
}

impl StepName {
    /// The verdict it stands for.
    pub(crate) fn verdict(self) -> Verdict {
        match self {
            Self::None => Verdict::None,
            Self::Patch => Verdict::Patch,
            Self::Minor => Verdict::Minor,
            Self::Major => Verdict::Major,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LintFormat {
    /// For people, with the lines of the document.
    Text,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for tools that collect findings.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyName {
    /// Everything that is found forbids generation.
    Strict,
    /// Everything is told, and what cannot be had is left out.
    Permissive,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Docs {
    /// Shows what pages say.
    ///
    /// Exit code 0: all were read; 2: one could not be.
    Read(Read),
    /// Compares pages with the operations of spec/ that they describe.
    ///
    /// Exit code 0: no difference but those on purpose; 1: some; 2: a page, or a part of one, could
    /// not be read.
    Check(Check),
    /// Records in spec/docs.lock that pages were looked at.
    ///
    /// Without --reason the differences stay open. Exit code 0: recorded; 2: nothing was.
    Accept(Accept),
    /// Proposes the edits that make spec/ follow pages, as a unified diff.
    ///
    /// Exit code 0: documents and pages agree then; 1: differences are left, or the fixed documents
    /// have mistakes; 2: a page, or a part of one without a definition beside it, could not be read, or a
    /// document not written.
    Patch(Follow),
    /// Drafts new operations from pages and definitions, for a document that is there or a new one.
    ///
    /// What is not settled is asked in comments that begin with `# ask:`. Without --write the draft is
    /// only shown. Exit code 0: drafted, and a client can be made from it; 1: drafted, and the lines shown
    /// need a hand first; 2: a page could not be read or drafted from: then nothing is written.
    Draft(Draft),
    /// Downloads the pages that externalDocs names, as Markdown where there is such, and definitions.
    ///
    /// One at a time. Tells which addresses led elsewhere, and what to edit. Exit code 0: all are
    /// there; 2: one could not be fetched, or what came is no page of an API call.
    Fetch(Fetch),
    /// What a scheduled job needs: fetches, compares, and writes one report in Markdown.
    ///
    /// Neither spec/ nor its record changes. Exit code 0: nothing differs; 1: something does, or an
    /// address led elsewhere; 2: something could not be fetched, read or written.
    Watch(Watch),
}

/// The pages to work on.
#[derive(Debug, Args)]
pub(crate) struct Pages {
    /// Pages: HTML, Markdown, reStructuredText, text of a rendered page, or an API Explorer
    /// definition; or folders of them. A definition and a page of one operation are read together.
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,
    /// The operation they describe, such as dcs/ResetPassword, where a page alone does not tell.
    #[arg(long, value_name = "SERVICE/OPERATION")]
    pub(crate) operation: Option<String>,
}

/// Pages to make documents follow.
#[derive(Debug, Args)]
pub(crate) struct Follow {
    #[command(flatten)]
    pub(crate) pages: Pages,
    /// Write what is shown.
    #[arg(long)]
    pub(crate) write: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// A look at pages that counts.
#[derive(Debug, Args)]
pub(crate) struct Look {
    /// Record this look at facts that flip in spec/docs.lock (`patch` and `update` do so only with
    /// --write). A fact that turned over, or went back to what it was before the last review, is
    /// pending until two looks were recorded: on two days, or at two pages.
    #[arg(long)]
    pub(crate) confirm: bool,
    /// The day to record, today by default.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) day: Option<Day>,
}

impl Look {
    /// The day to record.
    pub(crate) fn day(&self) -> Day {
        self.day.unwrap_or_else(Day::today)
    }
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Pages and definitions, or folders of them.
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,
    /// How to show what they say.
    #[arg(long, value_enum, default_value_t = ReadFormat::Text)]
    pub(crate) format: ReadFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadFormat {
    /// For people, with the line of each fact.
    Text,
    /// A list of files with their facts.
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) pages: Pages,
    /// How to show the differences.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
    /// Show the differences that are on purpose too.
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) look: Look,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people: the line of the page and the line of the document.
    Text,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for tools that collect findings.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// Markdown for an issue or a pull request.
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct Accept {
    #[command(flatten)]
    pub(crate) pages: Pages,
    /// Why spec/ deviates from the page on purpose, in your own words: no sentence of the page.
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: Option<String>,
    /// The fact that the reason is for, as `docs check` names it; may be given more than once. All
    /// that differ by default.
    #[arg(long, value_name = "FACT", requires = "reason", value_parser = fact)]
    pub(crate) fact: Vec<FactName>,
    /// What is gone from the API, such as 'body mode' or 'status 404'; may be given more than once. Of a
    /// page that lost much, which may be cut off or another page, nothing is recorded before all that
    /// is gone is named.
    #[arg(long, value_name = "NAME", value_parser = removal)]
    pub(crate) accept_removal: Vec<FactName>,
    /// The day to record, today by default.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) day: Option<Day>,
}

#[derive(Debug, Args)]
pub(crate) struct Draft {
    /// Pages and definitions, or folders of them, of any number of operations. A definition and a page
    /// of one operation are read together.
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,
    /// The service whose document the operations go to, such as dcs, or the name of a new one; by
    /// default the one that the pages name.
    #[arg(long, value_name = "NAME")]
    pub(crate) service: Option<String>,
    /// Write the documents.
    #[arg(long)]
    pub(crate) write: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Fetch {
    /// The folder to put them into; .docs-cache, which git ignores, by default.
    #[arg(long, value_name = "DIR")]
    pub(crate) into: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) source: Source,
}

#[derive(Debug, Args)]
pub(crate) struct Watch {
    /// Pages and definitions, or folders of them, to read beside what is fetched, such as definitions
    /// that were saved by hand.
    #[arg(value_name = "PAGE")]
    pub(crate) beside: Vec<PathBuf>,
    /// The folder to keep pages in, .docs-cache by default; what is there is only asked after.
    #[arg(long, value_name = "DIR")]
    pub(crate) into: Option<PathBuf>,
    /// The file to write the report to, instead of printing it.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) source: Source,
}

/// Where pages and definitions are fetched from.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// Only the files of this operation, such as dcs/ResetPassword; may be given more than once.
    #[arg(long, value_name = "SERVICE/OPERATION")]
    pub(crate) operation: Vec<String>,
    /// Where definitions are published, with {service} or {SERVICE}, and {operation}, in the address.
    #[arg(long, value_name = "ADDRESS", value_parser = template)]
    pub(crate) definitions: Option<String>,
    /// The pause between two requests, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    pub(crate) pause: Duration,
    /// The time one file may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) timeout: Duration,
}

fn template(text: &str) -> Result<String, String> {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    if is_address && text.contains("{operation}") {
        return Ok(text.to_owned());
    }
    Err("not an address such as https://example.com/{service}/{operation}.json".to_owned())
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "not a day such as 2026-11-21".to_owned())
}

fn fact(text: &str) -> Result<FactName, String> {
    FactName::parse(text).ok_or_else(|| {
        "not the name of a fact such as 'body new_password/length.max'; `docs check` prints the names"
            .to_owned()
    })
}

fn removal(text: &str) -> Result<FactName, String> {
    let thing = || Some(FactName::new(Subject::parse(text)?, Aspect::Present));
    FactName::parse(text).or_else(thing).ok_or_else(|| {
        "not the name of a thing such as 'body mode' or 'status 404'; `docs accept` prints the names"
            .to_owned()
    })
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text
        .parse()
        .map_err(|_| "not a number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if duration <= Duration::from_secs(3600) => Ok(duration),
        _ => Err("from 0 to 3600 seconds".to_owned()),
    }
}
