//! One edit of a page in one form and language, and what becomes of it.

use std::fmt::Write;

use huaweicloud_codegen::check::check as mistakes;
use huaweicloud_codegen::load::load;
use huaweicloud_codegen::{Source, Workspace, profile};
use huaweicloud_drift::accept::{AcceptError, Decision, Sighting, accept, confirm};
use huaweicloud_drift::check::{Checked, DifferenceKind, PageDifference, Standing, check};
use huaweicloud_drift::claim::FactName;
use huaweicloud_drift::lock::Lock;
use huaweicloud_drift::patch::{PageToFollow, Patched, patch};
use huaweicloud_drift::update::{plan, write};
use huaweicloud_pages::facts::Facts;

use super::table::Edit;
use super::{Documents, day, differences, page, read, written};
use crate::mutations::model::{Form, Lang, Page};

/// A page that was reviewed in one form and language.
pub(super) struct Reviewed<'d> {
    documents: &'d Documents,
    form: Form,
    whole: Page,
    lock: Lock,
    label: String,
    /// What differed at the review.
    before: Vec<(FactName, String)>,
}

impl<'d> Reviewed<'d> {
    pub(super) fn new(documents: &'d Documents, name: &str, form: Form, lang: Lang) -> Self {
        let spec = &documents.spec;
        let mut lock = Lock::default();
        let whole = page(name, lang);
        let text = written(&whole, form);
        let facts = read(&text, form);
        let first = check(spec, &lock, form.file(), &facts, None).expect("its operation");
        let label = spec.operations[first.operation].label();
        let is_unreadable = first.comparison.is_unreadable();
        let decision = Decision {
            reason: is_unreadable.then(|| "Only a form.".to_owned()),
            ..Decision::default()
        };
        let look = Sighting::of(&[&text], day("2026-11-01"));
        accept(&mut lock, spec, &first, &decision, &look).expect("a review");
        let known = check(spec, &lock, form.file(), &facts, Some(&label)).expect("its operation");
        let before = differences(&known);
        Self {
            documents,
            form,
            whole,
            lock,
            label,
            before,
        }
    }

    /// The page after an edit.
    pub(super) fn edited(&self, edit: &Edit) -> Case<'_> {
        let mut page = self.whole.clone();
        (edit.model)(&mut page);
        let text = (edit.text)(written(&page, self.form));
        let facts = read(&text, self.form);
        Case {
            reviewed: self,
            text,
            facts,
        }
    }
}

/// An edited page.
pub(super) struct Case<'r> {
    reviewed: &'r Reviewed<'r>,
    text: String,
    facts: Facts,
}

impl Case<'_> {
    fn check(&self, lock: &Lock) -> Checked {
        let label = Some(self.reviewed.label.as_str());
        check(
            &self.reviewed.documents.spec,
            lock,
            "page",
            &self.facts,
            label,
        )
        .expect("its operation")
    }

    fn patch(&self, sources: &[Source], lock: &Lock) -> Patched {
        patch(sources, lock, &[self.page()])
    }

    /// What becomes of the edit, in words that no form has a part in.
    ///
    /// With `thorough`, a second run has to find nothing, and the generator has to take what was written.
    pub(super) fn outcome(&self, thorough: bool) -> String {
        let mut out = String::new();
        let checked = self.check(&self.reviewed.lock);
        for it in checked.comparison.open() {
            let told = (it.name.clone(), it.to_string());
            if self.reviewed.before.contains(&told) {
                continue;
            }
            let breaks = if it.breaking.breaks {
                "breaking"
            } else {
                "harmless"
            };
            let code = it.code().code;
            let standing = it.standing.word();
            let _ = writeln!(
                out,
                "{code} {} {standing} {breaks} {}",
                it.kind.word(),
                it.name
            );
        }
        let patched = self.patch(&self.reviewed.documents.sources, &self.reviewed.lock);
        self.tell(&mut out, &patched, thorough);
        if thorough {
            self.update(&patched);
        }
        let is_pending = |it: &PageDifference| matches!(it.standing, Standing::Pending { .. });
        if checked.comparison.open().any(is_pending) {
            out.push_str("seen twice:\n");
            self.tell(&mut out, &self.seen_twice(), thorough);
        }
        let is_trouble = |it: &PageDifference| {
            use DifferenceKind::{Contradiction, Unreadable, Unsaid, Vanished};
            matches!(it.kind, Vanished | Unsaid | Unreadable | Contradiction)
        };
        if checked.comparison.open().any(is_trouble) {
            self.accepted_as_gone(&mut out, &checked, &patched, thorough);
        }
        out
    }

    /// What flips is followed after a second look.
    fn seen_twice(&self) -> Patched {
        let mut lock = self.reviewed.lock.clone();
        for when in ["2026-11-02", "2026-11-03"] {
            let look = Sighting::of(&[&self.text], day(when));
            let seen = self.check(&lock);
            confirm(&mut lock, &self.reviewed.documents.spec, &seen, &look).expect("a look");
        }
        self.patch(&self.reviewed.documents.sources, &lock)
    }

    /// What is gone is taken out once it was accepted as gone, unless that is too much.
    fn accepted_as_gone(
        &self,
        out: &mut String,
        checked: &Checked,
        before: &Patched,
        thorough: bool,
    ) {
        let mut lock = self.reviewed.lock.clone();
        let look = Sighting::of(&[&self.text], day("2026-11-02"));
        match accept(
            &mut lock,
            &self.reviewed.documents.spec,
            checked,
            &Decision::default(),
            &look,
        ) {
            Err(AcceptError::Removals { .. }) => out.push_str("no review: much is gone\n"),
            Err(AcceptError::Unreadable { .. }) => {
                out.push_str("no review: parts cannot be read\n");
            }
            Err(other) => panic!("{other}"),
            Ok(_) => {
                let after = self.patch(&self.reviewed.documents.sources, &lock);
                if after.sources != before.sources {
                    out.push_str("once accepted as gone:\n");
                    self.tell(out, &after, thorough);
                }
            }
        }
    }

    /// The lines that are written, what users will notice, and what is asked.
    fn tell(&self, out: &mut String, patched: &Patched, thorough: bool) {
        for line in patched
            .diff(&self.reviewed.documents.sources)
            .lines()
            .skip(2)
        {
            if line.starts_with(['+', '-']) {
                let _ = writeln!(out, "  {line}");
            }
        }
        let breaks: Vec<String> = patched
            .fixed
            .iter()
            .filter(|it| it.difference.breaking.breaks)
            .map(|it| it.difference.name.to_string())
            .collect();
        if !patched.fixed.is_empty() {
            let what = if breaks.is_empty() {
                "nothing".to_owned()
            } else {
                breaks.join(", ")
            };
            let _ = writeln!(out, "  breaks users: {what}");
        }
        for left in &patched.left {
            let it = &left.difference;
            if !self
                .reviewed
                .before
                .contains(&(it.name.clone(), it.to_string()))
            {
                let why = left.why.split([';', ',']).next().unwrap_or_default();
                let _ = writeln!(out, "  left {}: {why}", it.name);
            }
        }
        if !thorough {
            return;
        }
        let again = self.patch(&patched.sources, &self.reviewed.lock);
        assert_eq!(again.sources, patched.sources, "a second run");
        let loaded = load(&patched.sources);
        let found = mistakes(&loaded.documents, profile::of_the_workspace());
        assert!(
            !loaded.diagnostics.has_errors() && !found.has_errors(),
            "{found:?}"
        );
    }

    /// `update` writes what `patch` shows, with a client made from it.
    fn update(&self, patched: &Patched) {
        let folder = tempfile::tempdir().expect("a folder");
        let workspace = Workspace::at(folder.path());
        std::fs::create_dir(workspace.spec()).expect("a folder");
        let path = workspace.spec().join("tide.yaml");
        std::fs::write(&path, &self.reviewed.documents.sources[0].text).expect("a file");
        let page = self.page();
        let plan = plan(&workspace, &self.reviewed.lock, &[page]).expect("a plan");
        write(&workspace, &plan).expect("it can be written");
        let written = std::fs::read_to_string(&path).expect("the document");
        assert_eq!(written, patched.sources[0].text);
    }

    fn page(&self) -> PageToFollow<'_> {
        PageToFollow {
            file: "page",
            facts: &self.facts,
            operation: &self.reviewed.label,
        }
    }

    pub(super) fn is_unreadable(&self) -> bool {
        let checked = self.check(&Lock::default());
        checked.comparison.is_unreadable()
    }
}
