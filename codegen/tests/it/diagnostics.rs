//! Every kind of mistake, with the text a maintainer gets to read.
//!
//! `tests/diagnostics/` holds a document (or a folder of documents) for each kind, and beside it
//! the expected text. After a deliberate change: `UPDATE_EXPECTED=1 cargo test -p huaweicloud-codegen --test it diagnostics`,
//! then read the differences.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use huaweicloud_codegen::check::{check, rules};
use huaweicloud_codegen::diagnostic::codes;
use huaweicloud_codegen::load::{Document, follow, load};
use huaweicloud_codegen::{Diagnostic, Diagnostics, Referred, Source};
use huaweicloud_codegen::{lower::lower, profile, render};
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// What loading and checking find in documents.
fn checked(sources: &[Source]) -> (Vec<Document>, Diagnostics) {
    let loaded = load(sources);
    let mut diagnostics = loaded.diagnostics;
    diagnostics.extend(check(&loaded.documents, profile::of_the_workspace()));
    (loaded.documents, diagnostics)
}

/// What is found in documents; in those that are about what a client says less, lowering's part too.
fn diagnose(sources: &[Source]) -> Diagnostics {
    let (documents, mut diagnostics) = checked(sources);
    if sources.iter().any(|it| it.path.contains("lossy")) {
        let (_, lossy) = lower(&documents, profile::of_the_workspace());
        diagnostics.extend(lossy);
    }
    diagnostics
}

/// Codes that no document of a few lines shows: types nested by the dozen, and a defect of the
/// generator itself. Tests beside the code have them.
const UNSHOWN: [&str; 2] = ["lower::too-deep", "emit::unsupported"];

fn source(path: &Path, shown: &str) -> Source {
    Source::new(shown, fs::read_to_string(path).unwrap())
}

fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// What stands behind a path that a document of a folder refers to.
fn referred(folder: &Path, shown: &str) -> Referred {
    let inside = shown.strip_prefix("spec/").filter(|it| !it.contains(".."));
    let Some(inside) = inside else {
        return Referred::Refused("it is not below `spec`".to_owned());
    };
    match fs::read_to_string(folder.join(inside)) {
        Ok(text) => Referred::Text(text.into()),
        Err(_) => Referred::Missing("there is no such file".to_owned()),
    }
}

/// Every case: its name and its documents, those in a folder of it being what these refer to.
pub(super) fn cases() -> Vec<(String, Vec<Source>)> {
    let mut cases = Vec::new();
    for path in sorted_entries(&folder()) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let files = sorted_entries(&path);
            let documents = files.iter().filter(|it| it.is_file()).map(|file| {
                let file_name = file.file_name().unwrap().to_str().unwrap();
                let source = source(file, &format!("spec/{file_name}"));
                follow(source, &mut |shown| referred(&path, shown))
            });
            cases.push((name, documents.collect()));
        } else if let Some((stem, "yaml" | "json")) = name.rsplit_once('.') {
            cases.push((
                stem.to_owned(),
                vec![source(&path, &format!("spec/{name}"))],
            ));
        }
    }
    cases
}

#[test]
fn every_mistake_reads_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for (name, sources) in cases() {
        let diagnostics = diagnose(&sources);
        let text = format!(
            "{}{}\n{}",
            diagnostics.render_short(&sources),
            diagnostics.summary(),
            diagnostics.render(&sources, false)
        );
        let path = folder().join(format!("{name}.expected"));
        if update {
            fs::write(&path, &text).unwrap();
        }
        if fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
            wrong.push(format!("--- {name}\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let mut seen = BTreeSet::new();
    for (_, sources) in cases() {
        seen.extend(diagnose(&sources).iter().map(|it| it.code));
    }
    let all: BTreeSet<&str> = rules().map(|rule| rule.code).collect();
    let missing: Vec<_> = all
        .difference(&seen)
        .filter(|it| !UNSHOWN.contains(it))
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

/// Whether the places of a finding are in the texts of their files.
fn is_in_texts(it: &Diagnostic, sources: &[Source]) -> bool {
    let related = it.related.iter().map(|it| (&it.path, &it.span));
    let mut places = related.chain([(&it.path, &it.span)]);
    places.all(|(path, span)| {
        let mut texts = sources.iter().flat_map(Source::texts);
        let text = texts.find(|(known, _)| known == path);
        text.is_some_and(|(_, text)| text.get(span.clone()).is_some())
    })
}

#[test]
fn every_finding_says_where_and_what_to_do() {
    for (name, sources) in cases() {
        let diagnostics = diagnose(&sources);
        for it in diagnostics.iter() {
            assert!(it.help.is_some(), "{name}: {} has no help", it.code);
            assert!(is_in_texts(it, &sources), "{name}: {it:?} marks no text");
            if it.code != codes::EMPTY {
                assert!(
                    !it.span.is_empty(),
                    "{name}: {} marks nothing: {}",
                    it.code,
                    it.message
                );
            }
        }
    }
}

#[test]
fn a_document_without_mistakes_has_no_findings() {
    let (_, sources) = cases()
        .into_iter()
        .find(|(name, _)| name == "clean")
        .unwrap();
    let diagnostics = diagnose(&sources);
    assert!(diagnostics.is_empty());
    assert_eq!(diagnostics.render(&sources, true), "");
}

#[test]
fn colours_are_only_there_when_asked_for() {
    let (_, sources) = cases()
        .into_iter()
        .find(|(name, _)| name == "everything")
        .unwrap();
    let diagnostics = diagnose(&sources);
    assert!(diagnostics.render(&sources, true).contains('\u{1b}'));
    assert!(!diagnostics.render(&sources, false).contains('\u{1b}'));
}

#[test]
fn text_of_a_document_cannot_steer_the_terminal() {
    let sources = [Source::new(
        "spec/a.yaml",
        "openapi: 3.0.3\ninfo: {title: T, version: v1, \"a\\e[2Jb\\u202Ec\": 1}\npaths: {}\n",
    )];
    let diagnostics = diagnose(&sources);
    for text in [
        diagnostics.render(&sources, false),
        diagnostics.render_short(&sources),
    ] {
        assert!(text.contains("2Jb"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn a_finding_without_its_source_is_still_told() {
    let sources = [Source::new("spec/a.yaml", "a: b: c")];
    let diagnostics = diagnose(&sources);
    assert!(diagnostics.render(&[], false).contains("spec/a.yaml"));
    assert!(
        diagnostics
            .render_short(&[])
            .starts_with("spec/a.yaml: error[yaml::syntax]")
    );
}

#[test]
fn the_documents_of_this_workspace_are_without_errors() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let files = sorted_entries(&spec);
    let files = files
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "yaml"));
    let sources: Vec<Source> = files
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            source(path, &format!("spec/{name}"))
        })
        .collect();
    assert!(!sources.is_empty());
    let diagnostics = diagnose(&sources);
    assert!(
        !diagnostics.has_errors(),
        "{}",
        diagnostics.render(&sources, false)
    );
}

/// One slip of an editor.
#[derive(Debug, Clone)]
enum Slip {
    DeleteLine(usize),
    RepeatLine(usize),
    MoveLine(usize, usize),
    Indent(usize, usize),
    Insert(usize, &'static str),
    Delete(usize, usize),
    Truncate(usize),
}

const PIECES: &[&str] = &[
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "'",
    "\"",
    "&a ",
    "*a",
    "!x ",
    "|",
    ">",
    "#",
    "%",
    "@",
    "\t",
    "\r\n",
    "\n",
    "\u{feff}",
    "ü",
    "密",
    "<<: ",
    "? ",
    "---\n",
    "null",
    "1e999",
    ".nan",
    "$ref: ",
    "#/components/schemas/Server",
    "x-retry: ",
    "\u{85}",
    "\u{2028}",
    "\0",
    "\\",
    "{a}",
    ",",
];

fn slip() -> impl Strategy<Value = Slip> {
    let place = any::<usize>();
    prop_oneof![
        place.prop_map(Slip::DeleteLine),
        place.prop_map(Slip::RepeatLine),
        (place, place).prop_map(|(from, to)| Slip::MoveLine(from, to)),
        (place, 0..6_usize).prop_map(|(line, by)| Slip::Indent(line, by)),
        (place, proptest::sample::select(PIECES)).prop_map(|(at, piece)| Slip::Insert(at, piece)),
        (place, 1..8_usize).prop_map(|(at, count)| Slip::Delete(at, count)),
        place.prop_map(Slip::Truncate),
    ]
}

fn apply(text: &str, slip: &Slip) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let mut letters: Vec<char> = text.chars().collect();
    if lines.is_empty() {
        return String::new();
    }
    let (rows, columns) = (lines.len(), letters.len());
    match slip {
        Slip::DeleteLine(line) => {
            lines.remove(line % rows);
        }
        Slip::RepeatLine(line) => lines.insert(line % rows, lines[line % rows].clone()),
        Slip::MoveLine(from, to) => lines.swap(from % rows, to % rows),
        Slip::Indent(line, by) => {
            let line = &mut lines[line % rows];
            *line = format!("{}{}", " ".repeat(*by), line.trim_start());
        }
        Slip::Insert(at, piece) => {
            letters.splice(at % columns..at % columns, piece.chars());
            return letters.into_iter().collect();
        }
        Slip::Delete(at, count) => {
            let start = at % columns;
            letters.drain(start..columns.min(start + count));
            return letters.into_iter().collect();
        }
        Slip::Truncate(at) => return letters[..at % columns].iter().collect(),
    }
    lines.concat()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_slip_of_an_editor_makes_it_panic(
        case in proptest::sample::select(cases()),
        slips in proptest::collection::vec(slip(), 1..6),
    ) {
        let (_, mut sources) = case;
        for source in &mut sources {
            let slipped = |text: &str| slips.iter().fold(text.to_owned(), |text, slip| apply(&text, slip));
            source.text = slipped(&source.text);
            for (path, referred) in source.referred().clone() {
                if let Referred::Text(text) = referred {
                    *source = source.clone().referring(path, Referred::Text(slipped(&text).into()));
                }
            }
        }
        // All stages, and not `check` alone.
        let diagnostics = match render(&sources, profile::of_the_workspace()) {
            Ok(rendered) => rendered.warnings,
            Err(found) => found,
        };
        // Of lowering's findings, rendering leaves out those where an error stands already.
        let (_, checked) = checked(&sources);
        for it in checked.iter() {
            prop_assert!(diagnostics.iter().any(|told| told == it), "{}", it.message);
        }
        for it in diagnostics.iter() {
            prop_assert!(is_in_texts(it, &sources), "{it:?}");
        }
        let text = diagnostics.render(&sources, false);
        prop_assert_eq!(text.is_empty(), diagnostics.is_empty());
    }
}
