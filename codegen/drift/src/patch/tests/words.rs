//! What is left to say in words.

use super::fixture::{TEXT, differences, page_of, patched};
use super::*;

/// Words are asked for, with the place they are about; none is taken from a page.
#[test]
fn words_are_questions() {
    let text = TEXT
        .replace(
            "A name,\n            on two lines.",
            "A name of\n            at most 9 letters.",
        )
        .replace("summary: Set a gauge", "summary: Set the name of a gauge");
    let asked = |edit: &dyn Fn(&mut Facts)| {
        let mut facts = page_of(&text);
        edit(&mut facts);
        for (_, field) in &mut facts.parameters {
            field.description = Some(fact("Words of the vendor.".into(), 9));
        }
        let asks = patched(&text, &facts, &Lock::default()).asks;
        let asks = asks
            .iter()
            .map(|it| format!("{}:{}: {}", it.file, it.line, it.text));
        asks.collect::<Vec<_>>()
    };
    let longer = |it: &mut Facts| {
        edit(it, "name", |it| {
            it.lengths = vec![fact(bounds(Some("2"), Some("12")), 9)]
        })
    };
    assert_eq!(
        asked(&longer),
        [
            "spec/tide.yaml:78: this comment stands beside the greatest length, which is 12 now: is it still true?",
            "spec/tide.yaml:75: this text speaks of `9`; the greatest length is 12 now: is it still true?"
        ]
    );
    let renamed = |it: &mut Facts| edit(it, "name", |it| it.path = "gauge_name".into());
    assert_eq!(
        asked(&renamed),
        [
            "spec/tide.yaml:9: this text speaks of `name`; it is called `gauge_name` now: is it still true?",
            "spec/tide.yaml:75: this text speaks of `name`; it is called `gauge_name` now: is it still true?",
        ]
    );
    let more = |it: &mut Facts| {
        let field = field("note", "String", Required::No, 30);
        it.parameters.push((FieldLocation::Body, field));
        edit(it, "open", |it| it.deprecated = Some(fact(true, 31)));
    };
    assert_eq!(
        asked(&more),
        [
            "spec/tide.yaml:79: the request field `open` is deprecated now (a.txt:31): say since when, and what to use instead",
            "spec/tide.yaml:106: the request field `note` is new (a.txt:30): say in your own words what it is for",
        ]
    );
}

/// A body where there was none goes to where the document keeps bodies, and what is said of the response
/// may be true no longer.
#[test]
fn a_new_body_goes_to_the_others_and_makes_words_a_question() {
    let text = "\
paths:
  /a:
    put:
      operationId: SetGauge
      responses:
        '200':
          # The page shows none.
          description: Set. There is no body.
        '400':
          description: wrong
components:
  schemas:
    # Behind it comes the new one.
    Other:
      type: string
";
    let mut facts = page("PUT", "/a");
    for status in ["200", "400"] {
        facts.statuses.push(fact(status.to_owned(), 60));
        let fields = ["id", "at"].map(|it| field(it, "String", Required::Unknown, 9));
        facts.responses.push(response(status, fields.into()));
    }
    let found = patched(text, &facts, &Lock::default());
    let asks = found
        .asks
        .iter()
        .filter(|it| it.text.contains("has a body"));
    let asks: Vec<_> = asks.map(|it| (it.line, it.text.as_str())).collect();
    assert_eq!(
        asks,
        [
            (
                7,
                "this comment stands beside a description; the response 200 has a body now: is it still true?"
            ),
            (
                8,
                "this text describes a response; the response 200 has a body now: is it still true?"
            ),
            (
                14,
                "this text describes a response; the response 400 has a body now: is it still true?"
            ),
        ]
    );
    let now = found.sources[0].text.as_str();
    assert!(
        now.contains("$ref: '#/components/schemas/SetGaugeResponse'"),
        "{now}"
    );
    let component = "    Other:
      type: string
    SetGaugeResponse:
      type: object
      properties:
        id:
          type: string
        at:
          type: string
";
    assert!(now.ends_with(component), "{now}");
    assert_eq!(differences(&found.sources, &facts), [""; 0]);
    // Where a name can be none of a component, the body stands where it is.
    let odd = text.replace("operationId: SetGauge", "operationId: set gauge");
    let found = patched(&odd, &facts, &Lock::default());
    assert!(
        !found.sources[0].text.contains("$ref"),
        "{}",
        found.sources[0].text
    );
    // Another thing of that name keeps it.
    let taken = text.replace("Other:", "SetGaugeResponse:");
    let found = patched(&taken, &facts, &Lock::default());
    assert!(
        !found.sources[0].text.contains("$ref"),
        "{}",
        found.sources[0].text
    );
}
