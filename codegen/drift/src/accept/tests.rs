mod pending;
mod words;

use huaweicloud_codegen::Source;
use huaweicloud_pages::facts::{Facts as PageFacts, FieldLocation, Required};

use super::*;
use crate::check::check;
use crate::testing::{bounds, fact, field, page, source, with};

const TEXT: &str = "\
paths:
  /v1/tides:
    post:
      operationId: SetTide
      externalDocs: {url: 'https://example.com/tide.html'}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                name: {type: string, maxLength: 9}
                note: {type: string}
";

fn spec() -> Spec {
    Spec::read(&[Source::new("spec/tide.yaml", TEXT)]).unwrap()
}

fn facts(required: Required, max: &str) -> PageFacts {
    let mut name = field("name", "String", required, 5);
    name.lengths = vec![fact(bounds(None, Some(max)), 5)];
    let facts = with(page("POST", "/v1/tides"), FieldLocation::Body, name);
    with(
        facts,
        FieldLocation::Body,
        field("note", "String", Required::No, 6),
    )
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn name(text: &str) -> FactName {
    FactName::parse(text).unwrap()
}

fn decided(reason: Option<&str>, names: &[&str]) -> Decision {
    Decision {
        reason: reason.map(str::to_owned),
        facts: names.iter().map(|it| name(it)).collect(),
        removals: Vec::new(),
    }
}

/// A look at the page `a` on a day.
fn sighting(when: &str) -> Sighting {
    Sighting::of(&["a"], day(when))
}

fn look(lock: &Lock, facts: &PageFacts) -> Checked {
    check(&spec(), lock, "a.txt", facts, None).unwrap()
}

fn take(lock: &mut Lock, facts: &PageFacts, decision: &Decision) -> Result<Accepted, AcceptError> {
    take_on(lock, facts, decision, "2026-11-21")
}

fn take_on(
    lock: &mut Lock,
    facts: &PageFacts,
    decision: &Decision,
    when: &str,
) -> Result<Accepted, AcceptError> {
    let checked = look(lock, facts);
    accept(lock, &spec(), &checked, decision, &sighting(when))
}

/// Records a page as it is, without a reason for anything.
fn seen(lock: &mut Lock, facts: &PageFacts) -> Accepted {
    take(lock, facts, &decided(None, &[])).unwrap()
}

fn open(lock: &Lock, facts: &PageFacts) -> Vec<String> {
    let checked = look(lock, facts);
    let open = checked.comparison.open();
    open.map(|it| format!("{} {}", it.standing.word(), it.name))
        .collect()
}

#[test]
fn a_review_without_a_reason_leaves_differences_open() {
    let mut lock = Lock::default();
    let page = facts(Required::No, "7");
    let accepted = seen(&mut lock, &page);
    assert_eq!(accepted.open.len(), 1);
    assert_eq!(open(&lock, &page), ["unexplained body name/length.max"]);
    let review = lock.review("tide/SetTide").unwrap();
    assert_eq!(review.page, "https://example.com/tide.html");
    assert_eq!(review.reviewed, day("2026-11-21"));
}

#[test]
fn a_reason_puts_differences_on_record_until_they_change() {
    let mut lock = Lock::default();
    let page = facts(Required::Yes, "7");
    let decision = decided(Some("Longer ones work."), &["body name/length.max"]);
    let accepted = take(&mut lock, &page, &decision).unwrap();
    assert_eq!(accepted.explained.len(), 1);
    assert_eq!(open(&lock, &page), ["unexplained body name/required"]);

    // Another review keeps the reason, and gives its own to the rest.
    let accepted = take(&mut lock, &page, &decided(Some("It has a default."), &[])).unwrap();
    assert_eq!(accepted.explained, [name("body name/required")]);
    assert_eq!(open(&lock, &page), [""; 0]);
    let reasons: Vec<_> = lock
        .review("tide/SetTide")
        .unwrap()
        .deviations
        .iter()
        .map(|it| it.reason.as_str())
        .collect();
    assert_eq!(reasons, ["It has a default.", "Longer ones work."]);

    let moved = facts(Required::Yes, "5");
    assert_eq!(
        open(&lock, &moved),
        ["deviation-page-changed body name/length.max"]
    );
    let accepted = seen(&mut lock, &moved);
    assert_eq!(accepted.changed.len(), 1);
    assert_eq!(accepted.dropped, [name("body name/length.max")]);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let mut lock = Lock::default();
    let page = facts(Required::No, "7");
    let error = take(&mut lock, &page, &decided(Some(" "), &[])).unwrap_err();
    assert!(matches!(error, AcceptError::NoReason));
    let error = take(&mut lock, &page, &decided(Some("x"), &["body note/type"])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`body note/type` does not differ; these do: `body name/length.max`"
    );
    let mut malformed = page.clone();
    let cell = ("a broken cell".to_owned(), source(3).lines);
    malformed.unreadable.extend([cell.clone(), cell]);
    let error = take(&mut lock, &malformed, &decided(None, &[])).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the page cannot be read at line 3, so"),
        "{error}"
    );
    assert_eq!(lock, Lock::default());
    let decision = decided(Some("A picture."), &["unreadable/present"]);
    take(&mut lock, &malformed, &decision).unwrap();
    assert_eq!(
        open(&lock, &malformed),
        ["unexplained body name/length.max"]
    );
}

#[test]
fn a_cell_that_was_lost_keeps_what_was_on_record() {
    let mut lock = Lock::default();
    seen(&mut lock, &facts(Required::No, "9"));
    seen(&mut lock, &facts(Required::Unknown, "9"));
    let review = lock.review("tide/SetTide").unwrap();
    let required = name("body name/required");
    assert_eq!(review.value(&required), Some(ClaimValue::flag(false)));
    assert!(review.earlier.is_empty());
}

#[test]
fn a_page_that_could_not_be_read_whole_takes_no_deviation_away() {
    let mut lock = Lock::default();
    let bare = with(
        page("POST", "/v1/tides"),
        FieldLocation::Body,
        field("name", "String", Required::No, 5),
    );
    // Neither the bound nor the note is on the page, both on purpose.
    take(&mut lock, &bare, &decided(Some("They work."), &[])).unwrap();
    let names = |lock: &Lock| {
        let review = lock.review("tide/SetTide").unwrap();
        let names = review.deviations.iter().map(|it| it.fact.to_string());
        names.collect::<Vec<_>>()
    };
    let both = ["body name/length.max", "body note/present"];
    assert_eq!(names(&lock), both);
    let mut malformed = bare.clone();
    malformed
        .unreadable
        .push(("a broken table".into(), source(3).lines));
    let decision = decided(Some("A picture."), &["unreadable/present"]);
    take(&mut lock, &malformed, &decision).unwrap();
    assert_eq!(names(&lock).len(), 3);
    assert_eq!(open(&lock, &malformed), [""; 0]);
    seen(&mut lock, &malformed);
    assert_eq!(names(&lock).len(), 3);
    seen(&mut lock, &bare);
    assert_eq!(names(&lock), both);
    // The field itself is gone: what is on purpose about it waits.
    let less = with(
        page("POST", "/v1/tides"),
        FieldLocation::Body,
        field("note", "String", Required::No, 6),
    );
    seen(&mut lock, &less);
    assert_eq!(names(&lock), ["body name/length.max"]);
}

/// A page that names another route above the operation's own.
fn with_new_route() -> PageFacts {
    let mut facts = facts(Required::No, "9");
    let newer = page("POST", "/v2/tides").routes.remove(0);
    facts.routes.insert(0, newer);
    facts
}

#[test]
fn a_further_route_differs_until_it_is_on_record() {
    let mut lock = Lock::default();
    let page = with_new_route();
    assert_eq!(open(&lock, &page), ["unreviewed operation/routes"]);
    seen(&mut lock, &facts(Required::No, "9"));
    assert_eq!(open(&lock, &page), ["page-changed operation/routes"]);
    let mut other = lock.clone();

    let accepted = seen(&mut lock, &page);
    assert_eq!(accepted.changed.len(), 1);
    assert!(accepted.open.is_empty(), "{:?}", accepted.open);
    assert!(
        lock.text().contains("routes: [POST /v2/tides]"),
        "{}",
        lock.text()
    );
    assert_eq!(open(&lock, &page), [""; 0]);
    assert_eq!(look(&lock, &page).comparison.notes, [""; 0]);
    assert_eq!(
        open(&lock, &facts(Required::No, "9")),
        ["page-changed operation/routes"],
        "it went away"
    );

    for names in [&["operation/routes"][..], &[]] {
        let reason = decided(Some("The old one is stable."), names);
        let accepted = take(&mut other, &page, &reason).unwrap();
        assert_eq!(
            accepted.changed.len() + accepted.explained.len(),
            if names.is_empty() { 0 } else { 2 }
        );
        assert_eq!(open(&other, &page), [""; 0]);
        let checked = look(&other, &page);
        assert_eq!(checked.comparison.differences.len(), 1);
        assert_eq!(checked.comparison.notes, [""; 0]);
    }
    let mut newest = page.clone();
    newest.routes[0].value.path = "/v3/tides".to_owned();
    assert_eq!(
        open(&other, &newest),
        ["deviation-page-changed operation/routes"]
    );
}

#[test]
fn a_route_that_the_documents_know_is_no_news() {
    let mut page = facts(Required::No, "9");
    let own = page.routes[0].clone();
    page.routes.push(own);
    assert_eq!(open(&Lock::default(), &page), [""; 0]);
}

#[test]
fn reviews_go_forward() {
    let mut lock = Lock::default();
    let page = facts(Required::No, "9");
    seen(&mut lock, &page);
    let before = lock.clone();
    let earlier = take_on(&mut lock, &page, &decided(None, &[]), "2026-11-20");
    assert_eq!(
        earlier.unwrap_err().to_string(),
        "tide/SetTide was reviewed on 2026-11-21, after 2026-11-20; give --day 2026-11-21 or a \
         later one"
    );
    assert_eq!(lock, before);
}

/// A page that was cut off, or another one: what is gone is named, and goes on record only by name.
#[test]
fn a_page_that_lost_much_is_not_recorded() {
    let field = |name: &str| field(name, "String", Required::No, 5);
    let page_with = |names: &[&str]| {
        names.iter().fold(page("POST", "/v1/tides"), |page, name| {
            with(page, FieldLocation::Body, field(name))
        })
    };
    let all = ["name", "note", "a", "b", "c", "c.d"];
    let mut lock = Lock::default();
    seen(&mut lock, &page_with(&all));
    let before = lock.clone();
    let less = page_with(&["name", "note"]);
    let error = take(&mut lock, &less, &decided(None, &[])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "3 things that were on the page on 2026-11-21 are not on this page: `body a`, `body b`, `body c`; \
         nothing is recorded. If it is the right page, and whole, say of each that it is gone from the \
         API: --accept-removal 'body a' --accept-removal 'body b' --accept-removal 'body c'"
    );
    // A reason for everything is no name.
    assert!(take(&mut lock, &less, &decided(Some("So it is."), &[])).is_err());
    assert_eq!(lock, before);
    let named = |names: &[&str]| Decision {
        removals: decided(None, names).facts,
        ..decided(None, &[])
    };
    let error = take(&mut lock, &less, &named(&["body name/present"])).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("`body name/present` is not gone: gone are `body a`"),
        "{error}"
    );
    take(&mut lock, &less, &named(&["body a/present"])).unwrap();
    assert_eq!(lock.review("tide/SetTide").unwrap().facts.len(), 3);
    // What is printed to be pasted is one word to a shell, whatever a page calls its fields.
    let mut odd = Lock::default();
    let names = ["name", "note", "a'; b", "$(c)", "d"];
    take(&mut odd, &page_with(&names), &decided(None, &[])).unwrap();
    let error = take(&mut odd, &less, &decided(None, &[]))
        .unwrap_err()
        .to_string();
    let words = shlex::split(error.split("API: ").nth(1).unwrap()).unwrap();
    assert_eq!(words[1], "body $(c)");
    assert_eq!(words[3], "body a'; b");
    assert_eq!(words.len(), 6);
    // What has another name is not gone.
    let mut lock = before;
    let renamed = page_with(&["name", "the_note", "a", "b", "c", "c.d"]);
    seen(&mut lock, &renamed);
    // The first review has the document to go by.
    let mut lock = Lock::default();
    let error = take(&mut lock, &page_with(&["else"]), &decided(None, &[])).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("2 things that the document has are not on this page: "),
        "{error}"
    );
}

#[test]
fn a_review_names_the_file_that_was_read() {
    let mut lock = Lock::default();
    seen(&mut lock, &facts(Required::No, "9"));
    let lock = Lock::parse(lock.text()).unwrap();
    let review = lock.review("tide/SetTide").unwrap();
    assert_eq!(review.page, "https://example.com/tide.html");
    assert_eq!(review.files, ["a.txt"]);
    for (file, on_record) in [
        (
            "./.docs-cache/tide_SetTide.html",
            ".docs-cache/tide_SetTide.html",
        ),
        ("/home/somebody/a.txt", "a.txt"),
        ("../elsewhere/a.txt", "a.txt"),
        ("C:\\somebody\\a.txt", "a.txt"),
    ] {
        assert_eq!(file_on_record(file), on_record);
    }
}

/// A rename that was followed takes the reasons of the old name along.
#[test]
fn a_reason_goes_with_its_field() {
    let mut lock = Lock::default();
    let page = facts(Required::No, "7");
    let reason = decided(Some("Longer ones work."), &["body name/length.max"]);
    take(&mut lock, &page, &reason).unwrap();
    let mut renamed = page;
    renamed.parameters[0].1.path = "gauge_name".into();
    let text = TEXT.replace("name: {type", "gauge_name: {type");
    let spec = Spec::read(&[Source::new("spec/tide.yaml", text.as_str())]).unwrap();
    let look = |lock: &Lock| check(&spec, lock, "a.txt", &renamed, None).unwrap();
    let checked = look(&lock);
    assert_eq!(checked.comparison.open().count(), 0);
    assert_eq!(checked.comparison.notes, [""; 0]);
    let day = sighting("2026-11-22");
    let accepted = accept(&mut lock, &spec, &checked, &decided(None, &[]), &day).unwrap();
    assert_eq!(accepted.dropped, []);
    let review = lock.review("tide/SetTide").unwrap();
    assert_eq!(
        review.deviations[0].fact,
        name("body gauge_name/length.max")
    );
    assert_eq!(look(&lock).comparison.open().count(), 0);
}
