//! What to do about a difference.

use super::Told;
use super::command::quoted;
use crate::check::{DifferenceKind, Standing};
use crate::claim::FactName;
use crate::patch::for_people;

/// The steps, each with its command on a line of its own that is indented.
pub(super) fn help(told: Told<'_>) -> String {
    let Told {
        page,
        it: difference,
    } = told;
    let files = || page.checked.files.iter().map(String::as_str);
    let command = |action: &str| page.report.words.docs(action, files());
    let fact = quoted(&difference.name.to_string());
    let reason = format!("{} --fact {fact} --reason '…'", command("accept"));
    let name = &difference.name;
    let is_by_hand = name.aspect.is_in_documents() && for_people(name).is_some();
    let follow = format!("to follow {}:", difference.by.who());
    let steps: Vec<(&str, String)> = match (&difference.standing, difference.kind) {
        (Standing::OnPurpose { .. }, _) => return "nothing to do".to_owned(),
        (Standing::Pending { .. }, _) => vec![(
            "fetch the page again on another day, then:",
            command("check --confirm"),
        )],
        (_, DifferenceKind::Unreadable) => {
            vec![("take it over by hand; what could be read:", command("read"))]
        }
        (_, DifferenceKind::Contradiction) => vec![("decide which is right, then:", reason)],
        _ if is_by_hand => vec![
            ("edit the document by hand; to keep it:", reason),
            (
                "after that, or if it is gone from the API:",
                command("accept"),
            ),
        ],
        (_, DifferenceKind::Vanished | DifferenceKind::Unsaid)
            if !difference.name.aspect.is_in_documents() =>
        {
            vec![
                ("after a look:", command("accept")),
                ("with a reason:", reason),
            ]
        }
        // What `patch` takes out is what a review recorded as gone.
        (_, DifferenceKind::Unsaid)
            if page.review.is_some_and(|it| it.is_gone(&difference.name)) =>
        {
            vec![
                ("it was accepted as gone; to take it out:", command("patch")),
                ("to keep it:", reason),
            ]
        }
        (_, DifferenceKind::Unsaid) => vec![(
            "if the API does not have it, take it out by hand; to keep it:",
            reason,
        )],
        (_, DifferenceKind::Vanished) => vec![
            ("to keep it:", reason),
            ("if it is gone from the API:", command("accept")),
            ("and then:", command("patch")),
        ],
        _ if !difference.not_understood.is_empty() => {
            let gone = difference.not_understood.iter();
            let gone = gone.map(|(aspect, _)| {
                let name = FactName::new(difference.name.subject.clone(), *aspect);
                format!(" --accept-removal {}", quoted(&name.to_string()))
            });
            let gone: String = gone.collect();
            vec![
                ("read it; where all of it is still so:", reason),
                (
                    "of what is gone from the API:",
                    format!("{}{gone}", command("accept")),
                ),
            ]
        }
        _ if !difference.name.aspect.is_in_documents() => vec![
            (
                "documents have no word for it; after a look:",
                command("accept"),
            ),
            ("with a reason:", reason),
        ],
        _ => vec![(follow.as_str(), command("patch")), ("to keep it:", reason)],
    };
    let lines = steps
        .iter()
        .map(|(words, command)| format!("{words}\n  {command}"));
    lines.collect::<Vec<_>>().join("\n")
}
