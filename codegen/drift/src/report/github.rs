//! The report as commands that GitHub Actions turns into annotations.

use huaweicloud_codegen::diagnostic::formats::{Weight, github::annotation};

use super::{Page, Report};

impl Report<'_> {
    /// For GitHub Actions: one annotation a difference.
    pub fn github(&self) -> String {
        let mut out = String::new();
        for failure in self.failures {
            let message = format!("{}: {}", failure.file, failure.message);
            out.push_str(&annotation(
                Weight::Error,
                None,
                "page not checked",
                &message,
            ));
        }
        for told in self.pages().flat_map(Page::told) {
            let (page, it) = (told.page, told.it);
            let places = it.places();
            let places = places.map(|at| format!("{}:{at}", page.checked.file(at)));
            let places = places.collect::<Vec<_>>().join(", ");
            let message = format!("{it} ({places}); {}", told.standing());
            let title = format!("{} {}", it.code().code, it.kind.word());
            let at = Some(told.place());
            out.push_str(&annotation(told.weight(), at, &title, &message));
        }
        out
    }
}
