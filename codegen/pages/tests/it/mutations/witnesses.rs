//! The definition and the page of one operation, combined: what the definition says stays, whatever
//! becomes of the page, and what only the page says is there too.

use huaweicloud_pages::facts::Facts;
use huaweicloud_pages::vocabulary::kind_of_type;
use huaweicloud_pages::{combine, notation, read};

use crate::mutations::claims::{Claim, Claims, of_notation};
use crate::mutations::model::{FORMS, Form, Page};
use crate::mutations::{Sample, edits, pages_of, written};

/// The definition of a page, and what it says.
fn definition(page: &Page) -> Facts {
    let mut page = page.clone();
    page.routes.truncate(1);
    if page.statuses.is_empty() {
        page.statuses.push(("200".to_owned(), "OK".to_owned()));
    }
    let text = written(&page, Form::Explorer);
    read("definition.json", text.as_bytes()).unwrap()
}

fn page(page: &Page, form: Form) -> Facts {
    let name = format!("{form:?}.{}", form.file());
    read(&name, written(page, form).as_bytes()).unwrap()
}

fn claims(facts: &Facts) -> Claims {
    of_notation(&notation::facts(facts))
}

/// The claims of the definition that are not in a combination: a requiredness that goes without
/// saying and an open end of a length may be filled, and are the only ones.
fn lost(definition: &Facts, combined: &Facts) -> Vec<Claim> {
    let after = claims(combined);
    let mut before = claims(definition);
    before.retain(|claim| !after.contains(claim));
    before.into_iter().collect()
}

/// The parameters that two files give another type.
fn different(definition: &Claims, page: &Claims) -> Vec<String> {
    let typed = |claim: &Claim| match claim {
        Claim::Parameter {
            place, name, kind, ..
        } => Some((place.clone(), name.clone(), kind_of_type(kind)?)),
        _ => None,
    };
    let known: Vec<_> = definition.iter().filter_map(typed).collect();
    let said = page.iter().filter_map(typed);
    let differ = said.filter(|(place, name, kind)| {
        let mut known = known.iter();
        known.any(|it| (&it.0, &it.1) == (place, name) && it.2 != *kind)
    });
    differ.map(|(_, name, _)| name).collect()
}

fn text_forms() -> impl Iterator<Item = Form> {
    FORMS.into_iter().filter(|form| *form != Form::Explorer)
}

#[test]
fn a_definition_and_its_page_are_one_in_every_form() {
    for form in text_forms() {
        for model in pages_of(form) {
            let what = format!("{} {:?} {form:?}", model.name, model.lang);
            let (first, second) = (definition(&model), page(&model, form));
            let both = combine(vec![first.clone(), second.clone()]);
            assert_eq!(lost(&first, &both), [], "{what}");
            assert_eq!(both.contradictions, [], "{what}");
            assert_eq!(both, combine(vec![second.clone(), first]), "{what}");
            assert_eq!(both.iam.len(), second.iam.len(), "{what}");
            let of_page = claims(&second);
            let of_page = of_page.iter().filter(|claim| {
                matches!(
                    claim,
                    Claim::Password(..) | Claim::Alternative(_) | Claim::Status(_) | Claim::Iam(_)
                )
            });
            for claim in of_page {
                assert!(claims(&both).contains(claim), "{what}: {claim:?}");
            }
        }
    }
}

/// What a publisher changes on a page, or gets wrong, while the definition stays: it is told, and
/// the facts are those of the definition.
#[test]
fn no_edit_of_a_page_moves_what_its_definition_says() {
    let mut told = 0;
    for form in text_forms() {
        let mut sample = Sample { share: 12, next: 0 };
        for model in pages_of(form) {
            let first = definition(&model);
            for edit in edits::edits(&model, form) {
                if !sample.takes() {
                    continue;
                }
                let what = format!("{} {:?} {form:?}: {}", model.name, model.lang, edit.what);
                let second = page(&edit.page, form);
                let own = second.contradictions.len();
                let differ = different(&claims(&first), &claims(&second));
                let both = combine(vec![second, first.clone()]);
                assert_eq!(lost(&first, &both), [], "{what}");
                for name in differ {
                    let mut all = both.contradictions.iter();
                    assert!(all.any(|it| it.about.contains(&name)), "{what}: {name}");
                }
                told += usize::from(both.contradictions.len() > own);
            }
        }
    }
    assert!(told > 100, "{told} edits were told");
}
