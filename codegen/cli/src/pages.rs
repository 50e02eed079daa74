//! The pages, documents and the lock that a command works on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use huaweicloud_codegen::disk::in_words;
use huaweicloud_codegen::{Source, Workspace};
use huaweicloud_drift::accept::{Sighting, confirm};
use huaweicloud_drift::check::{Checked, check};
use huaweicloud_drift::document::Spec;
use huaweicloud_drift::fetch::{LARGEST, STATE};
use huaweicloud_drift::group::{Grouped, group};
use huaweicloud_drift::lock::{Lock, LockError};
use huaweicloud_drift::pair::{PairError, is_no_call};
use huaweicloud_drift::patch::{PageToFollow, Patched};
use huaweicloud_drift::report::Failure;
use huaweicloud_pages::facts::Facts;

use crate::args::{Look, Pages};
use crate::out::errln;
use crate::{FAILED, counted, fail, print_diagnostics};

/// How deep a folder is looked into, and for how many files.
const DEEPEST: usize = 8;
const MOST_FILES: usize = 10_000;

/// How many places that cannot be read are told.
const MOST_PLACES: usize = 5;

/// How the names of pages end; all else in a folder is passed over.
const ENDINGS: &[&str] = &["html", "htm", "md", "markdown", "rst", "txt", "json"];

/// A page that was read, or the files of one operation together.
pub(crate) struct Page {
    /// What its files are called together.
    pub(crate) title: String,
    /// The files, the first witness first.
    pub(crate) files: Vec<String>,
    /// Their texts.
    pub(crate) texts: Vec<String>,
    pub(crate) facts: Facts,
    /// The operation it was compared with; nothing before.
    pub(crate) operation: String,
}

/// Reads every file that is named, those of folders among them.
pub(crate) fn read_all(paths: &[PathBuf]) -> (Vec<Page>, Vec<Failure>) {
    let (files, mut failures) = files(paths);
    let mut pages = Vec::new();
    for path in files {
        match read(&path) {
            Ok(page) => pages.push(page),
            Err(failure) => failures.push(failure),
        }
    }
    (pages, failures)
}

/// Tells which pages could not be read, or compared.
pub(crate) fn tell_failures(failures: &[Failure]) {
    for Failure { file, message } in failures {
        errln!("error: {file}: {message}");
    }
}

/// The files that were named, those of folders among them, in order.
///
/// # Errors
/// What is wrong with a folder, in one sentence.
fn files(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Failure>) {
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let before = found.len();
        let message = match in_folder(path, 0, &mut found) {
            Err(message) => message,
            Ok(()) if found.len() > before => continue,
            Ok(()) => format!(
                "is a folder without a page in it; the names of pages end in .{}",
                ENDINGS.join(", .")
            ),
        };
        let file = path.display().to_string();
        failures.push(Failure { file, message });
    }
    (found, failures)
}

fn in_folder(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let cannot = |error: std::io::Error| format!("cannot be read: {error}");
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        entries.push(entry.map_err(cannot)?);
    }
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (kind, path) = (entry.file_type().map_err(cannot)?, entry.path());
        let name = entry.file_name().to_string_lossy().into_owned();
        // What `docs fetch` keeps beside its pages is none, nor is what is hidden.
        if name.starts_with('.') || name.ends_with(STATE) {
            continue;
        }
        if kind.is_dir() && depth < DEEPEST {
            in_folder(&path, depth + 1, found)?;
        } else if kind.is_file() && is_page(&path) {
            found.push(path);
        }
        if found.len() > MOST_FILES {
            return Err(format!(
                "has more than {MOST_FILES} pages; name a folder inside it"
            ));
        }
    }
    Ok(())
}

fn is_page(path: &Path) -> bool {
    let ending = path.extension().map(|it| it.to_ascii_lowercase());
    ending.is_some_and(|it| ENDINGS.iter().any(|known| it == *known))
}

/// Reads one page.
///
/// # Errors
/// What is wrong with the file, and what to do, in one sentence.
fn read(path: &Path) -> Result<Page, Failure> {
    let file = path.display().to_string();
    let failed = |message: String| Failure {
        file: file.clone(),
        message,
    };
    let bytes = bytes(path).map_err(failed)?;
    let facts = huaweicloud_pages::read(&file, &bytes).map_err(|error| {
        let message = error.to_string();
        // Some of these name the file themselves.
        let bare = message.strip_prefix(&format!("{file}: "));
        let bare = bare.unwrap_or(&message);
        let other = mistaken(path, &bytes).map(|it| format!("; {it}"));
        failed(format!("{bare}{}", other.unwrap_or_default()))
    })?;
    if is_no_call(&facts)
        && let Some(other) = mistaken(path, &bytes)
    {
        return Err(failed(format!("it names no route; {other}")));
    }
    Ok(Page {
        title: file.clone(),
        texts: vec![String::from_utf8_lossy(&bytes).into_owned()],
        files: vec![file],
        facts,
        operation: String::new(),
    })
}

/// What a file seems to be instead, where its name says that it is a page or a definition.
fn mistaken(path: &Path, bytes: &[u8]) -> Option<&'static str> {
    let ending = path.extension().and_then(|it| it.to_str());
    let is_object = bytes.trim_ascii_start().starts_with(b"{");
    match ending.unwrap_or_default().to_ascii_lowercase().as_str() {
        "json" if !is_object => {
            Some("if it is a page, its name has to end as its form does: .html, .md, .rst or .txt")
        }
        "json" => None,
        _ if is_object => {
            Some("it looks like JSON; if it is a definition, its name has to end in .json")
        }
        "yaml" | "yml" => {
            Some("it looks like a document; name the page or the definition of an operation")
        }
        _ => None,
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let cannot = |error: std::io::Error| format!("cannot be read: {}", in_words(&error));
    let bytes = huaweicloud_codegen::read::regular(path).map_err(cannot)?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!(
            "is larger than {LARGEST} bytes, so it is not a documentation page"
        ));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("is empty; save the page again".to_owned());
    }
    Ok(bytes)
}

/// The documents and the lock.
pub(crate) struct SpecAndLock {
    pub(crate) sources: Vec<Source>,
    pub(crate) spec: Spec,
    pub(crate) lock: Lock,
    /// Whether a look counted that is not on disk yet.
    has_news: bool,
}

impl SpecAndLock {
    /// Reads them. What is wrong is told; the error is the exit code.
    pub(crate) fn open(workspace: &Workspace) -> Result<Self, u8> {
        let sources = workspace.sources().map_err(|error| fail(&error))?;
        if sources.is_empty() {
            return Err(fail(&format!(
                "there is no document in {}; name another folder with --root",
                workspace.spec().display()
            )));
        }
        let spec = Spec::read(&sources).map_err(|diagnostics| {
            print_diagnostics(&diagnostics, &sources);
            fail(&"the documents cannot be read; correct the lines shown")
        })?;
        let lock = Lock::read(workspace.root()).map_err(lock_failed)?;
        Ok(Self {
            sources,
            spec,
            lock,
            has_news: false,
        })
    }

    /// Reads every page and compares it with its operation, the files of one operation together.
    pub(crate) fn check(&self, pages: &Pages) -> Checks {
        self.check_files(&pages.pages, pages.operation.as_deref())
    }

    /// The same of any files and folders.
    pub(crate) fn check_files(&self, paths: &[PathBuf], asked: Option<&str>) -> Checks {
        let (read, failures) = read_all(paths);
        let mut checks = Checks {
            failures,
            ..Checks::default()
        };
        let mut texts = BTreeMap::new();
        let mut facts = Vec::new();
        for page in read {
            texts.extend(page.files.into_iter().zip(page.texts));
            facts.push(page.facts);
        }
        let (groups, lost) = group(&self.spec, facts, asked);
        for (file, error) in lost {
            let message = error.to_string();
            checks.failures.push(Failure { file, message });
        }
        for Grouped { facts, operation } in groups {
            let files = facts.files.iter().map(|it| it.name.clone());
            let files: Vec<String> = files.collect();
            let texts = files.iter().map(|it| texts.get(it).cloned());
            let page = Page {
                title: files.join(" and "),
                texts: texts.map(Option::unwrap_or_default).collect(),
                files,
                facts,
                operation: self
                    .spec
                    .operations
                    .get(operation)
                    .map_or(String::new(), |it| it.label()),
            };
            match self.compared(&page) {
                Ok(checked) => checks.pages.push((checked, page)),
                Err(error) => checks.failures.push(Failure {
                    file: page.title,
                    message: error.to_string(),
                }),
            }
        }
        checks
    }

    /// A page beside the operation that it is about.
    fn compared(&self, page: &Page) -> Result<Checked, PairError> {
        let first = page.files.first().map_or("", String::as_str);
        let asked = Some(page.operation.as_str());
        check(&self.spec, &self.lock, first, &page.facts, asked)
    }

    /// Lets the look at every page count, if it is to; [`SpecAndLock::keep`] writes that down.
    pub(crate) fn confirm(&mut self, checks: &mut Checks, look: &Look) -> Result<(), u8> {
        if !look.confirm {
            return Ok(());
        }
        let mut changed = 0;
        for (checked, page) in &checks.pages {
            let look = Sighting::of(&page.texts, look.day());
            changed += confirm(&mut self.lock, &self.spec, checked, &look)
                .map_err(|error| fail(&error))?;
        }
        if changed == 0 {
            return Ok(());
        }
        self.has_news = true;
        for (checked, page) in &mut checks.pages {
            if let Ok(again) = self.compared(page) {
                *checked = again;
            }
        }
        Ok(())
    }

    /// Takes the reviews as they are after documents were fixed; [`SpecAndLock::keep`] writes them down.
    pub(crate) fn follow(&mut self, patched: &Patched) {
        self.has_news |= patched.lock != self.lock;
        self.lock.clone_from(&patched.lock);
    }

    /// Writes the looks that counted, and the reviews of what was renamed.
    pub(crate) fn keep(&self, workspace: &Workspace) -> Result<(), u8> {
        if self.has_news {
            self.lock.write(workspace.root()).map_err(lock_failed)?;
        }
        Ok(())
    }

    /// Tells which reviews are of operations that no document has: nothing is ever compared with
    /// them.
    pub(crate) fn tell_orphans(&self) {
        let labels: Vec<String> = self.spec.operations.iter().map(|it| it.label()).collect();
        let orphans: Vec<&str> = self
            .lock
            .labels()
            .filter(|it| !labels.iter().any(|label| label == it))
            .collect();
        if !orphans.is_empty() {
            errln!(
                "note: spec/docs.lock has reviews of operations that no document has: {}; if they \
                 were renamed, rename the reviews too, else take them out by hand",
                orphans.join(", ")
            );
        }
    }
}

/// Pages that were compared, and those that could not be.
#[derive(Default)]
pub(crate) struct Checks {
    pub(crate) pages: Vec<(Checked, Page)>,
    pub(crate) failures: Vec<Failure>,
}

impl Checks {
    /// Whether a part of a page could not be read, so that nothing may be written.
    pub(crate) fn is_blocked(&self) -> bool {
        self.pages.iter().any(|(checked, _)| checked.is_blocked())
    }

    /// The exit code, or that of failure if a part of a page could not be read and no definition stands
    /// beside it. What was not read is told.
    pub(crate) fn or_unreadable(&self, code: u8) -> u8 {
        let mut code = code;
        for (checked, page) in &self.pages {
            if checked.is_blocked() {
                let title = &page.title;
                errln!("error: {title}: parts of it cannot be read; `docs check` shows which");
                code = FAILED;
            } else if checked.comparison.is_unreadable() {
                let lost = &checked.page.unreadable;
                for (why, at) in lost.iter().take(MOST_PLACES) {
                    let file = checked.file(*at);
                    errln!("note: {file}:{at}: not read, and not followed: {why}");
                }
                let more = match lost.len().saturating_sub(MOST_PLACES) {
                    0 => String::new(),
                    more => format!("{} more cannot be read; ", counted(more, "place")),
                };
                errln!(
                    "note: {}: {more}the definition was read whole, and is what is followed there",
                    page.title
                );
            }
        }
        code
    }

    /// The pages, to be followed.
    pub(crate) fn to_follow(&self) -> Vec<PageToFollow<'_>> {
        let pages = self.pages.iter().map(|(_, page)| PageToFollow {
            file: &page.title,
            facts: &page.facts,
            operation: &page.operation,
        });
        pages.collect()
    }
}

/// Tells what is wrong with the lock.
pub(crate) fn lock_failed(error: LockError) -> u8 {
    match error {
        LockError::Mistakes { lock, diagnostics } => {
            print_diagnostics(&diagnostics, &[lock]);
            errln!(
                "error: spec/docs.lock has mistakes; correct the lines shown, or take the file back \
                 from version control"
            );
            FAILED
        }
        error => fail(&error),
    }
}
