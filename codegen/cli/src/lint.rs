//! `cargo codegen lint`.

use std::path::Path;

use huaweicloud_codegen::diagnostic::Rule;
use huaweicloud_codegen::lint::{self, Linted};
use huaweicloud_codegen::{Policy, Workspace, check, source_of};

use crate::args::{Lint, LintFormat};
use crate::levels::{Levels, unknown};
use crate::out::{errln, out, out_width, outln, say_styled};
use crate::{DONE, FAILED, FOUND, counted, profile_of};

pub(crate) fn run(workspace: &Workspace, root: Option<&Path>, args: &Lint) -> u8 {
    if let Some(code) = &args.explain {
        return match check::rule(code) {
            Some(rule) => explain(rule),
            None => unknown(code),
        };
    }
    let (mut linted, mut failures) = (Vec::new(), Vec::new());
    for document in &args.documents {
        match one(workspace, root, document, args) {
            Ok(found) => linted.push(found),
            Err(Refused::Document(message)) => {
                failures.push((document.display().to_string(), message));
            }
            Err(Refused::Levels(code)) => return code,
        }
    }
    show(args.format, &linted, &failures);
    if !failures.is_empty() {
        return FAILED;
    }
    match linted.iter().any(Linted::is_denied) {
        true => FOUND,
        false => DONE,
    }
}

/// Why there is nothing to say of a document.
enum Refused {
    /// It cannot be read, as the message says.
    Document(String),
    /// The levels cannot, which was told.
    Levels(u8),
}

fn one(
    workspace: &Workspace,
    root: Option<&Path>,
    document: &Path,
    args: &Lint,
) -> Result<Linted, Refused> {
    let levels = Levels {
        file: args.levels.as_deref(),
        deny: &args.deny,
        allow: &args.allow,
    };
    let policy = levels.over(Policy::default(), document);
    let policy = policy.map_err(Refused::Levels)?;
    let is_own = is_of(workspace, document);
    let profile = profile_of(is_own);
    // Those of the workspace may refer to all of it, as they may when the crate is made.
    let root = if is_own { Some(workspace.root()) } else { root };
    let source = source_of(document, root, profile.package());
    let source = source.map_err(|error| Refused::Document(error.to_string()))?;
    Ok(lint::lint(source, profile, &policy))
}

/// Whether a document is one that the workspace's own crate is made of.
fn is_of(workspace: &Workspace, document: &Path) -> bool {
    let folder = document.canonicalize().ok();
    let folder = folder.as_deref().and_then(Path::parent);
    folder.is_some() && folder == workspace.spec().canonicalize().ok().as_deref()
}

fn show(format: LintFormat, linted: &[Linted], failures: &[(String, String)]) {
    match format {
        LintFormat::Text => {
            // Colours go away by themselves where nobody sees them.
            say_styled(&lint::text(linted, true, out_width()));
            for (_, message) in failures {
                errln!("error: {message}");
            }
            let found = lint::by_class(linted);
            let found = if found.is_empty() { "nothing" } else { &found };
            outln!("{}: {found}", counted(linted.len(), "document"));
        }
        LintFormat::Json => out!("{}", lint::json(linted, failures)),
        LintFormat::Sarif => out!("{}", lint::sarif(linted, failures)),
        LintFormat::Github => out!("{}", lint::github(linted, failures)),
    }
}

fn explain(rule: &Rule) -> u8 {
    outln!("{} ({}, {})", rule.code, rule.class, rule.severity);
    outln!("{}", rule.explanation);
    outln!("{}", rule.remedy);
    for (title, pieces) in [("found in", rule.fires), ("not found in", rule.silent)] {
        // Of a rule that takes more than a piece, the contrary shows nothing.
        if rule.fires.is_empty() {
            continue;
        }
        for piece in pieces {
            outln!("{title}:");
            for line in piece.lines() {
                out!("    {line}\n");
            }
        }
    }
    DONE
}
