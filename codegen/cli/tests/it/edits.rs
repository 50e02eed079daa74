//! What a vendor edits, and what becomes of it.

use huaweicloud_codegen::Source;
use huaweicloud_drift::check::check;
use huaweicloud_drift::document::Spec;
use huaweicloud_drift::lock::Lock;

use crate::mutations::model::{FORMS, Form, Lang, Page};
use crate::mutations::{doc, pages, render};
use crate::support::here;

const LANGS: [Lang; 6] = [Lang::En, Lang::Zh, Lang::Fr, Lang::Es, Lang::Pt, Lang::Nl];

fn document() -> Vec<Source> {
    let text = std::fs::read_to_string(here().join("tide/five.yaml")).expect("a fixture");
    vec![Source::new("spec/tide.yaml", text)]
}

/// The five pages, each with the one route it has.
fn five() -> Vec<Page> {
    let mut pages = pages::both();
    for page in &mut pages {
        page.routes.truncate(1);
        if page.statuses.is_empty() {
            page.statuses.push(("200".to_owned(), "OK".to_owned()));
        }
    }
    pages
}

fn written(page: &Page, form: Form) -> String {
    match form {
        Form::Explorer => format!("{:#}", render::explorer::definition(page)),
        _ => render::render(&doc::document(page, form)).text(),
    }
}

#[test]
fn the_pages_say_what_the_document_says() {
    let spec = Spec::read(&document()).expect("a document");
    for page in five() {
        for form in FORMS {
            for lang in LANGS {
                let page = Page {
                    lang,
                    ..page.clone()
                };
                let text = written(&page, form);
                let facts = huaweicloud_pages::read(form.file(), text.as_bytes()).expect("a page");
                let checked = match check(&spec, &Lock::default(), form.file(), &facts, None) {
                    Ok(checked) => checked,
                    Err(error) => {
                        println!("{} {form:?} {lang:?}: {error}", page.name);
                        continue;
                    }
                };
                let open: Vec<String> = checked
                    .comparison
                    .open()
                    .map(|it| format!("{} {}", it.name, it.message()))
                    .collect();
                println!(
                    "{} {form:?} {lang:?}: {open:?} {:?}",
                    page.name, facts.unreadable
                );
            }
        }
    }
}
#[test]
#[ignore]
fn show() {
    for form in FORMS {
        for index in [1, 3] {
            let page = five().remove(index);
            let facts =
                huaweicloud_pages::read(form.file(), written(&page, form).as_bytes()).expect("x");
            for (_, f) in &facts.parameters {
                if ["mode", "method", "password"].contains(&f.path.as_str()) {
                    println!("{form:?} {:?}", f.description.as_ref().map(|it| &it.value));
                }
            }
        }
    }
}
