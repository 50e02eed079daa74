use huaweicloud_codegen::Source;
use huaweicloud_pages::facts::{FieldLocation, Required};
use serde_json::Value as Json;

use super::*;
use crate::check::check;
use crate::testing::{field, page, with};

const YAML: &str = "\
paths:
  /v1/tides:
    get:
      operationId: ListTides
      parameters:
        - name: limit
          in: query
          schema: {type: integer}
";

fn of<'a>(
    spec: &'a Spec,
    lock: &'a Lock,
    pages: &'a [(Checked, Vec<String>)],
    failures: &'a [Failure],
) -> Report<'a> {
    Report {
        spec,
        lock,
        pages,
        failures,
        all: false,
        words: CommandContext::default(),
    }
}

fn with_report<T>(use_it: impl Fn(&Report<'_>) -> T) -> T {
    let spec = Spec::read(&[Source::new("spec/tide.yaml", YAML)]).unwrap();
    let text = "Listing, tides\n\nGET /v1/tides\n\n| limit | Yes | String |\n".to_owned();
    let facts = page("GET", "/v1/tides");
    let facts = with(
        facts,
        FieldLocation::Query,
        field("limit", "String", Required::Yes, 5),
    );
    let checked = check(&spec, &Lock::default(), "pages/tide, 1.txt", &facts, None).unwrap();
    let failure = Failure {
        file: "lost.txt".into(),
        message: "is not there:\n100 %".into(),
    };
    use_it(&of(
        &spec,
        &Lock::default(),
        &[(checked, vec![text])],
        &[failure],
    ))
}

/// Both places of a contradiction are shown, with the word that each says of.
#[test]
fn people_see_both_places_of_a_contradiction() {
    let spec = Spec::read(&[Source::new("spec/tide.yaml", YAML)]).unwrap();
    let mut facts = page("GET", "/v1/tides");
    let limit = field("limit", "String", Required::No, 5);
    facts.parameters.push((FieldLocation::Query, limit));
    facts
        .contradictions
        .push(huaweicloud_pages::facts::Contradiction {
            about: "query parameter limit: type".into(),
            first: ("String".into(), crate::testing::source(5)),
            second: ("Integer".into(), crate::testing::source(7)),
        });
    let lock = Lock::default();
    let checked = check(&spec, &lock, "a.txt", &facts, None).unwrap();
    let text = "\n\nGET /v1/tides\n\n| limit | No | String |\n\n{\"limit\": 7}\n".to_owned();
    let pages = [(checked, vec![text])];
    let report = of(&spec, &lock, &pages, &[]);
    let text = report.text(false, None);
    assert_eq!(
        text.lines().take(10).collect::<Vec<_>>().join("\n"),
        "\
difference[D0901]: the page disagrees with itself about the type of the query parameter `limit`: String at line 5, Integer at line 7; which is right?
 --> a.txt:5:16
  |
5 | | limit | No | String |
  |                ^^^^^^ the first of the two: String
  |
 ::: a.txt:7:3
  |
7 | {\"limit\": 7}
  |   ----- the second of the two: Integer"
    );
    let json: Json = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(json["pages"][0]["differences"][0]["pageAlso"]["line"], 7);
}

#[test]
fn github_gets_one_line_a_difference() {
    let text = with_report(|report| report.github());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "::error title=page not checked::lost.txt: is not there:%0A100 %25"
    );
    assert_eq!(
        lines[1],
        "::error file=spec/tide.yaml,line=8,col=26,title=D0202 changed::type of the query parameter `limit`: \
         string on the page, integer in the document (pages/tide, 1.txt:5); this operation's page was never reviewed"
    );
    assert_eq!(lines.len(), 3);
}

#[test]
fn json_and_sarif_say_the_same() {
    let json: Json = serde_json::from_str(&with_report(|report| report.json())).unwrap();
    let first = &json["pages"][0]["differences"][0];
    assert_eq!(json["version"], 2);
    assert_eq!(first["code"], "D0202");
    assert_eq!(first["page"]["value"], "string");
    assert_eq!(first["spec"]["line"], 8);
    assert_eq!(json["summary"]["breaking"], 2);

    let sarif: Json = serde_json::from_str(&with_report(|report| report.sarif())).unwrap();
    let run = &sarif["runs"][0];
    let result = &run["results"][0];
    let rule = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    let related = &result["relatedLocations"][0]["physicalLocation"];
    assert_eq!(related["artifactLocation"]["uri"], "pages/tide%2C%201.txt");
    assert_eq!(result["level"], "error");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn the_exit_code_tells_the_worst() {
    assert_eq!(with_report(|report| report.exit_code()), 2);
    assert_eq!(
        with_report(|report| Report {
            failures: &[],
            ..*report
        }
        .exit_code()),
        1
    );
    assert_eq!(
        with_report(|report| Report {
            failures: &[],
            pages: &[],
            ..*report
        }
        .exit_code()),
        0
    );
}

#[test]
fn what_cannot_be_read_is_an_error_in_sarif() {
    let text = "paths:\n  /v1/tides:\n    get:\n      operationId: ListTides\n";
    let spec = Spec::read(&[huaweicloud_codegen::Source::new("spec/tide.yaml", text)]).unwrap();
    let mut facts = crate::testing::page("GET", "/v1/tides");
    let at = crate::testing::source(5).lines;
    facts.unreadable.push(("a broken table".into(), at));
    let lock = Lock::default();
    let checked = crate::check::check(&spec, &lock, "a.txt", &facts, None).unwrap();
    let pages = [(checked, vec!["one\n".repeat(9)])];
    let report = of(&spec, &lock, &pages, &[]);
    assert_eq!(report.exit_code(), 2);
    let sarif: Json = serde_json::from_str(&report.sarif()).unwrap();
    let run = &sarif["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let results = run["results"].as_array().unwrap();
    let malformed = results.iter().find(|it| it["ruleId"] == "D0902").unwrap();
    assert_eq!(malformed["level"], "error");
    assert_eq!(malformed["kind"], Json::Null);
    let github = report.github();
    let malformed = github.lines().find(|line| line.contains("D0902")).unwrap();
    assert!(malformed.starts_with("::error "), "{malformed}");
}

/// An issue holds 65,536 characters, and what is in it is read as Markdown.
#[test]
fn markdown_is_bounded_and_calls_nobody() {
    let spec = Spec::read(&[Source::new("spec/tide.yaml", YAML)]).unwrap();
    let odd = "`@everyone` <b>\n``` \u{202e}".repeat(100);
    let mut facts = page("GET", "/v1/tides");
    for index in 0..300 {
        let name = format!("{index} {odd}");
        facts = with(
            facts,
            FieldLocation::Query,
            field(&name, "String", Required::No, 5),
        );
    }
    facts.unreadable.clear();
    let checked = check(&spec, &Lock::default(), "a.md", &facts, None).unwrap();
    let failures: Vec<Failure> = (0..50)
        .map(|_| Failure {
            file: odd.clone(),
            message: odd.clone(),
        })
        .collect();
    let moved = Moved {
        operation: "tide/ListTides".into(),
        from: odd.clone(),
        to: odd.clone(),
        edit: "edit".into(),
    };
    let (lock, pages) = (Lock::default(), [(checked, vec![odd.clone()])]);
    let report = of(&spec, &lock, &pages, &failures);
    let text = report.markdown(&vec![moved; 50]);
    assert!(text.len() < 60_000, "{}", text.len());
    assert!(text.contains("more differences; `cargo codegen docs check` shows all."));
    assert!(text.contains("- and 40 more\n"), "{text}");
    assert!(!text.contains('\u{202e}'));
    // Every span and block is closed before a line ends.
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let ticks = line.chars().take_while(|it| *it == '`').count();
        match &fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if ticks >= 3 && !line[ticks..].contains('`') => fence = Some("`".repeat(ticks)),
            None if line.starts_with("<summary>") => {
                assert!(
                    !line.contains("<b>") && line.ends_with("</code></summary>"),
                    "{line}"
                );
            }
            None => assert!(!bare(line).contains("@everyone"), "{line}"),
        }
    }
    assert_eq!(fence, None);
}

/// A line without its spans of code.
fn bare(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        out.push_str(&rest[..start]);
        let ticks = rest[start..].chars().take_while(|it| *it == '`').count();
        let inside = &rest[start + ticks..];
        let mut ends = inside.match_indices('`').filter(|(at, _)| {
            let run = inside[*at..].chars().take_while(|it| *it == '`').count();
            run == ticks && !inside[..*at].ends_with('`')
        });
        let (end, _) = ends.next().expect("a span that is closed");
        rest = &inside[end + ticks..];
    }
    out + rest
}

/// An end that is left out stands on the page as the number next to it.
#[test]
fn a_bound_is_shown_at_the_number_that_gives_it() {
    let yaml = YAML.replace("integer}", "integer, maximum: 20}");
    let spec = Spec::read(&[Source::new("spec/tide.yaml", yaml)]).unwrap();
    let mut limit = field("limit", "Integer", Required::No, 5);
    let most = huaweicloud_pages::facts::Bounds {
        part: None,
        min: None,
        max: Some("9".into()),
    };
    let mut source = crate::testing::source(5);
    source.lines.last = 6;
    limit.ranges = vec![huaweicloud_pages::facts::Fact::new(most, source)];
    let facts = with(page("GET", "/v1/tides"), FieldLocation::Query, limit);
    let lock = Lock::default();
    let checked = check(&spec, &lock, "a.txt", &facts, None).unwrap();
    let text = "\n\nGET /v1/tides\n\n| limit | No | Integer |\nLess than 10. |\n".to_owned();
    let pages = [(checked, vec![text])];
    let text = of(&spec, &lock, &pages, &[]).text(false, None);
    assert!(text.contains("--> a.txt:6:11"), "{text}");
}

/// How many places cannot be read is no word of the page.
#[test]
fn what_cannot_be_read_is_shown_where_it_begins() {
    let spec = Spec::read(&[Source::new("spec/tide.yaml", YAML)]).unwrap();
    let limit = field("limit", "Integer", Required::No, 5);
    let mut facts = with(page("GET", "/v1/tides"), FieldLocation::Query, limit);
    let at = huaweicloud_pages::block::Lines {
        last: 7,
        ..huaweicloud_pages::block::Lines::of(6)
    };
    facts.unreadable.push(("cut off".into(), at));
    let lock = Lock::default();
    let checked = check(&spec, &lock, "a.txt", &facts, None).unwrap();
    let text = "\n\nGET /v1/tides\n\n| limit |\n| cut\nIn 1 place |\n".to_owned();
    let pages = [(checked, vec![text])];
    let text = of(&spec, &lock, &pages, &[]).text(false, None);
    assert!(text.contains("--> a.txt:6:"), "{text}");
}
