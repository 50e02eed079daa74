//! The same edits while the definition of the page stays: an error of the page becomes no change.

use huaweicloud_drift::check::check;
use huaweicloud_drift::claim::{Aspect, Subject};
use huaweicloud_drift::lock::Lock;
use huaweicloud_drift::patch::{FixedDifference, PageToFollow, patch};
use huaweicloud_pages::combine;
use huaweicloud_pages::facts::Facts;

use super::table::{Edit, edits};
use super::{Documents, documents, page, read, written};
use crate::mutations::model::{Form, Lang};

/// What is followed of a page whose definition is as it was before an edit.
fn followed(documents: &Documents, definition: &Facts, edited: Facts) -> Vec<FixedDifference> {
    let both = combine(vec![edited, definition.clone()]);
    let lock = Lock::default();
    let checked = check(&documents.spec, &lock, "both", &both, None).expect("its operation");
    let operation = checked.operation(&documents.spec).expect("it is there");
    let page = PageToFollow {
        file: "both",
        facts: &both,
        operation: &operation.label(),
    };
    patch(&documents.sources, &lock, &[page]).fixed
}

/// How much is followed: what only the page says.
fn look(documents: &Documents, edit: &Edit, form: Form, lang: Lang) -> usize {
    let whole = page(edit.page, lang);
    let definition = read(&written(&whole, Form::Explorer), Form::Explorer);
    let mut page = whole.clone();
    (edit.model)(&mut page);
    let edited = read(&(edit.text)(written(&page, form)), form);
    let known = check(
        &documents.spec,
        &Lock::default(),
        "page.json",
        &definition,
        None,
    );
    let known = known.expect("its operation").page.claims;
    let before = followed(documents, &definition, read(&written(&whole, form), form));
    let mut count = 0;
    for fixed in followed(documents, &definition, edited) {
        let name = &fixed.difference.name;
        let what = format!("{} {form:?} {lang:?}: {name}", edit.what);
        if before.iter().any(|it| it.difference == fixed.difference) {
            continue;
        }
        count += 1;
        assert_eq!(known.value(name), None, "{what}");
        let is_structure = matches!(name.subject, Subject::Field(_) | Subject::Response(..));
        assert!(!is_structure || name.aspect != Aspect::Present, "{what}");
    }
    count
}

#[test]
fn no_edit_of_a_page_moves_what_its_definition_says() {
    let documents = documents();
    let mut count = 0;
    for (index, edit) in edits().iter().enumerate() {
        let (form, lang) = match index % 4 {
            0 => (Form::Html, Lang::En),
            1 => (Form::MarkdownGfm, Lang::Zh),
            2 => (Form::PipeCells, Lang::Fr),
            _ => (Form::Grid, Lang::En),
        };
        count += look(&documents, edit, form, lang);
    }
    assert!(count > 5, "what only the page says is followed: {count}");
}
