//! The pages, documents and the lock that a command works on.

use std::path::Path;

use huaweicloud_codegen::{Source, Workspace};
use huaweicloud_drift::accept::{Sighting, confirm};
use huaweicloud_drift::check::{Checked, check};
use huaweicloud_drift::document::Spec;
use huaweicloud_drift::lock::{Lock, LockError};
use huaweicloud_drift::report::{Failure, visible};
use huaweicloud_pages::facts::Facts;

use crate::args::{Look, Pages};
use crate::out::errln;
use crate::{FAILED, fail, print_diagnostics};

/// Larger files are no pages, and are not read to their end.
const LARGEST: u64 = 4 * 1024 * 1024;

/// A page that was read.
pub(crate) struct Page {
    pub(crate) file: String,
    pub(crate) text: String,
    pub(crate) facts: Facts,
}

/// Reads one page.
///
/// # Errors
/// What is wrong with the file, and what to do, in one sentence.
pub(crate) fn read(path: &Path) -> Result<Page, Failure> {
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
        failed(bare.unwrap_or(&message).to_owned())
    })?;
    Ok(Page {
        text: String::from_utf8_lossy(&bytes).into_owned(),
        file,
        facts,
    })
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    if path.is_dir() {
        return Err("is a folder; name the pages in it".to_owned());
    }
    let cannot = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "is not there".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
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

    /// Reads and compares every page.
    pub(crate) fn check(&self, pages: &Pages) -> Checks {
        let mut checks = Checks::default();
        for path in &pages.pages {
            let page = match read(path) {
                Ok(page) => page,
                Err(failure) => {
                    checks.failures.push(failure);
                    continue;
                }
            };
            let asked = pages.operation.as_deref();
            match check(&self.spec, &self.lock, &page.file, &page.facts, asked) {
                Ok(checked) => checks.pages.push((checked, page)),
                Err(error) => checks.failures.push(Failure {
                    file: page.file,
                    message: error.to_string(),
                }),
            }
        }
        checks
    }

    /// Lets the look at every page count, if it is to; [`SpecAndLock::keep`] writes that down.
    pub(crate) fn confirm(&mut self, checks: &mut Checks, look: &Look) -> Result<(), u8> {
        if !look.confirm {
            return Ok(());
        }
        let mut changed = 0;
        for (checked, page) in &checks.pages {
            let look = Sighting::of(&page.text, look.day());
            changed += confirm(&mut self.lock, &self.spec, checked, &look)
                .map_err(|error| fail(&error))?;
        }
        if changed == 0 {
            return Ok(());
        }
        self.has_news = true;
        for (checked, page) in &mut checks.pages {
            let label = checked.operation(&self.spec).map(|it| it.label());
            let again = check(
                &self.spec,
                &self.lock,
                &page.file,
                &page.facts,
                label.as_deref(),
            );
            if let Ok(again) = again {
                *checked = again;
            }
        }
        Ok(())
    }

    /// Writes the looks that counted.
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
                visible(&orphans.join(", "))
            );
        }
    }

    /// The name of the operation a page is about.
    pub(crate) fn label(&self, checked: &Checked) -> String {
        let operation = checked.operation(&self.spec);
        operation.map(|it| it.label()).unwrap_or_default()
    }
}

/// Pages that were compared, and those that could not be.
#[derive(Default)]
pub(crate) struct Checks {
    pub(crate) pages: Vec<(Checked, Page)>,
    pub(crate) failures: Vec<Failure>,
}

impl Checks {
    /// Whether a part of a page could not be read and nobody has accepted that.
    pub(crate) fn is_unreadable(&self) -> bool {
        let mut pages = self.pages.iter();
        pages.any(|(checked, _)| checked.comparison.is_unreadable())
    }

    /// The exit code, or that of failure if a part of a page could not be read.
    pub(crate) fn or_unreadable(&self, code: u8) -> u8 {
        let mut code = code;
        for (checked, page) in &self.pages {
            if checked.comparison.is_unreadable() {
                errln!(
                    "error: {}: parts of it cannot be read; `docs check` shows which",
                    visible(&page.file)
                );
                code = FAILED;
            }
        }
        code
    }

    /// Tells which pages could not be compared.
    pub(crate) fn tell_failures(&self) {
        for failure in &self.failures {
            errln!(
                "error: {}: {}",
                visible(&failure.file),
                visible(&failure.message)
            );
        }
    }
}

/// Tells what is wrong with the lock.
pub(crate) fn lock_failed(error: LockError) -> u8 {
    match error {
        LockError::Mistakes { lock, diagnostics } => {
            print_diagnostics(&diagnostics, &[lock]);
            errln!("error: spec/docs.lock has mistakes; correct the lines shown");
            FAILED
        }
        error => fail(&error),
    }
}
