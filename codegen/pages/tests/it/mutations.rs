//! Pages that are changed in one place: every change must be read as exactly that change, or be
//! reported as unreadable; none may be read as something the page does not say.
//!
//! The pages are invented and written down in every form, so that the claims of each are known. Some
//! edits change the page before it is written down, the way a publisher would; others damage what
//! was written, the way extraction does.

mod claims;
mod damage;
pub mod doc;
mod edits;
mod judge;
mod line_damage;
pub mod model;
mod pages;
pub mod render;
mod witnesses;
pub mod words;

use std::fmt::Write;

use claims::of_page;
use judge::{Case, Verdict, complaints, judge};
use model::{FORMS, Form, Page};

/// How the edits of a form were read.
#[derive(Debug, Default)]
struct Score {
    edits: usize,
    right: usize,
    unreadable: usize,
    missed: usize,
    wrong: usize,
    /// What was missed or wrong, for people.
    faults: String,
}

impl Score {
    fn add(&mut self, verdict: &Verdict, page: &Page, what: &str) {
        self.edits += 1;
        let fault = match verdict {
            Verdict::Right => return self.right += 1,
            Verdict::Unreadable => return self.unreadable += 1,
            Verdict::Missed(claims) => {
                self.missed += 1;
                format!("missed {claims:?}")
            }
            Verdict::Wrong(claims) => {
                self.wrong += 1;
                format!("WRONG {claims:?}")
            }
        };
        let _ = writeln!(
            self.faults,
            "{} {:?} | {what}\n      {fault}",
            page.name, page.lang
        );
    }
}

/// The pages that a form is tried on.
fn pages_of(form: Form) -> Vec<Page> {
    let mut out = pages::both();
    if matches!(form, Form::Html | Form::Plain | Form::PipeCells) {
        out.extend(pages::western());
    }
    if form == Form::Explorer {
        for page in &mut out {
            page.routes.truncate(1);
            if page.statuses.is_empty() {
                page.statuses.push(("200".to_owned(), "OK".to_owned()));
            }
        }
    }
    out
}

fn written(page: &Page, form: Form) -> String {
    match form {
        Form::Explorer => format!("{:#}", render::explorer::definition(page)),
        _ => render::render(&doc::document(page, form)).text(),
    }
}

/// The edits of a page in a form that the sample takes.
fn cases(page: &Page, form: Form, share: u64) -> Vec<(Page, Case)> {
    let mut out = Vec::new();
    let mut sample = Sample { share, next: 0 };
    for edit in edits::edits(page, form) {
        if !sample.takes() {
            continue;
        }
        let text = written(&edit.page, form);
        let expected = of_page(&edit.page, form);
        out.push((
            edit.page,
            Case {
                what: edit.what,
                text,
                expected,
                excused: Default::default(),
            },
        ));
    }
    let expected = of_page(page, form);
    let damaged = if form == Form::Explorer {
        line_damage::definitions(&written(page, form), &expected, &mut sample)
    } else {
        let doc = doc::document(page, form);
        let mut damaged = damage::damages(&doc, &expected, &mut sample);
        damaged.extend(line_damage::line_damage(&doc, &expected, &mut sample));
        damaged
    };
    out.extend(damaged.into_iter().map(|case| (page.clone(), case)));
    out
}

fn score(form: Form, share: u64) -> Score {
    let mut score = Score::default();
    for page in pages_of(form) {
        let whole = Case {
            what: "as it is".to_owned(),
            text: written(&page, form),
            expected: of_page(&page, form),
            excused: Default::default(),
        };
        let verdict = judge(&whole, &page, form, 0);
        score.add(&verdict, &page, &whole.what);
        let facts = huaweicloud_pages::read(form.file(), whole.text.as_bytes()).unwrap();
        let usual = complaints(&facts);
        if usual > 0 {
            let _ = writeln!(
                score.faults,
                "{} {:?} as it is: {:?}",
                page.name,
                page.lang,
                (facts.contradictions, facts.unreadable)
            );
        }
        for (edited, case) in cases(&page, form, share) {
            let verdict = judge(&case, &edited, form, usual);
            score.add(&verdict, &page, &case.what);
        }
    }
    score
}

/// One edit in `share`, spread over all kinds of edits, and always the same ones. It is asked before
/// an edit is made, since to make one costs as much as to read it.
pub struct Sample {
    share: u64,
    next: u64,
}

impl Sample {
    /// Whether it takes the next edit.
    pub fn takes(&mut self) -> bool {
        let mut mixed = self.next.wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.next += 1;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).is_multiple_of(self.share)
    }
}

/// Reads the edits of every form and holds them to the mark. `share` of a form: one edit in so many.
fn run(share: impl Fn(Form) -> u64 + Sync) {
    let only = std::env::var("MUTATIONS_FORM").ok();
    let forms: Vec<Form> = FORMS
        .into_iter()
        .filter(|form| {
            only.as_ref()
                .is_none_or(|only| format!("{form:?}") == *only)
        })
        .collect();
    let share = &share;
    let scores: Vec<(Form, Score)> = std::thread::scope(|scope| {
        let running: Vec<_> = forms
            .into_iter()
            .map(|form| (form, scope.spawn(move || score(form, share(form)))))
            .collect();
        running
            .into_iter()
            .map(|(form, thread)| (form, thread.join().unwrap()))
            .collect()
    });
    let mut table = format!(
        "{:14}{:>8}{:>8}{:>12}{:>8}{:>8}\n",
        "form", "edits", "right", "unreadable", "missed", "wrong"
    );
    for (form, score) in &scores {
        let _ = writeln!(
            table,
            "{:14}{:>8}{:>8}{:>12}{:>8}{:>8}",
            format!("{form:?}"),
            score.edits,
            score.right,
            score.unreadable,
            score.missed,
            score.wrong
        );
    }
    for (form, score) in &scores {
        println!("== {form:?}\n{}", score.faults);
    }
    println!("{table}");
    for (form, score) in &scores {
        assert!(score.edits >= 200, "{form:?}: only {} edits", score.edits);
        assert_eq!(score.wrong, 0, "{form:?}: read as wrong facts, see above");
        assert!(
            score.missed * 100 <= score.edits,
            "{form:?}: {} missed, see above",
            score.missed
        );
    }
}

#[test]
fn no_edit_is_read_as_a_wrong_fact() {
    // The sample keeps a debug build's run short: some more than the 200 edits that each form needs.
    run(|form| match form {
        Form::Explorer => 1,
        Form::Html => 46,
        Form::PipeCells => 26,
        Form::MarkdownHtml => 24,
        Form::Grid => 22,
        Form::Plain => 20,
        Form::PipeBars => 18,
        Form::Simple => 14,
        _ => 13,
    });
}

#[test]
#[ignore = "every edit at every position: for an optimised build, cargo test --release -- --ignored"]
fn no_edit_at_all_is_read_as_a_wrong_fact() {
    run(|_| 1);
}
