//! Whether an edited page was read as what it says.

use huaweicloud_pages::facts::{CellOutcome, Facts};

use crate::mutations::claims::{Claim, Claims, Expected, of_notation, settled};
use crate::mutations::model::{Form, Page};

/// One edited file and what may be read from it.
pub struct Case {
    pub what: String,
    pub text: String,
    pub expected: Expected,
    /// Claims that the edit took off the page, so that nobody can miss them.
    pub excused: Claims,
}

#[derive(Debug)]
pub enum Verdict {
    /// Exactly what the page says.
    Right,
    /// Less, and reported as unreadable or unknown.
    Unreadable,
    /// Less, and nothing said about it.
    Missed(Vec<Claim>),
    /// Something the page does not say.
    Wrong(Vec<Claim>),
}

/// How much of a page is reported as not understood.
pub fn complaints(facts: &Facts) -> usize {
    let cells = facts
        .ledger
        .cells
        .iter()
        .filter(|(_, _, outcome)| matches!(outcome, CellOutcome::Unreadable(_)))
        .count();
    cells + facts.unreadable.len() + facts.contradictions.len()
}

/// `usual` is how much of the page is not understood before the edit.
pub fn judge(case: &Case, page: &Page, form: Form, usual: usize) -> Verdict {
    let Ok(facts) = huaweicloud_pages::read(form.file(), case.text.as_bytes()) else {
        return Verdict::Unreadable;
    };
    let got = settled(
        of_notation(&huaweicloud_pages::notation::facts(&facts)),
        page,
    );
    let must = settled(case.expected.must.clone(), page);
    let may = settled(case.expected.may.clone(), page);
    let known = |claim: &Claim| must.contains(claim) || may.contains(claim);
    let weaker = |claim: &Claim| must.iter().find(|full| claim.weaker(full));
    let wrong: Vec<Claim> = got
        .iter()
        .filter(|claim| !known(claim) && weaker(claim).is_none())
        .cloned()
        .collect();
    if !wrong.is_empty() {
        return Verdict::Wrong(wrong);
    }
    let missing: Vec<Claim> = must
        .iter()
        .filter(|claim| !got.contains(claim) && !case.excused.contains(claim))
        .cloned()
        .collect();
    let gone: Vec<Claim> = missing
        .iter()
        .filter(|full| !got.iter().any(|claim| claim.weaker(full)))
        .cloned()
        .collect();
    if missing.is_empty() {
        Verdict::Right
    } else if gone.is_empty() || complaints(&facts) > usual {
        Verdict::Unreadable
    } else {
        Verdict::Missed(gone)
    }
}
