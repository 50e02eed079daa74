//! Pages of one run that agree, and pages that do not.

use super::fixture::*;
use super::*;

/// Pages that say different things about the greatest length of a name.
fn lengths(maxima: &[&str]) -> Vec<(String, Facts)> {
    let pages = maxima.iter().enumerate().map(|(index, max)| {
        let mut facts = page_of(TEXT);
        edit(&mut facts, "name", |it| {
            it.lengths = vec![fact(bounds(Some("2"), Some(max)), 9)];
        });
        (format!("{index}-{max}.txt"), facts)
    });
    pages.collect()
}

fn followed(sources: &[Source], pages: &[(String, Facts)]) -> Patched {
    let pages: Vec<PageToFollow<'_>> = pages
        .iter()
        .map(|(file, facts)| PageToFollow {
            file,
            facts,
            operation: LABEL,
        })
        .collect();
    patch(sources, &Lock::default(), &pages)
}

#[test]
fn what_pages_dispute_is_mended_for_none_of_them() {
    // The document says 9: the pages may want two other things, or one of them what is there.
    for maxima in [["7", "8"], ["7", "9"]] {
        let mut pages = lengths(&maxima);
        edit(&mut pages[1].1, "open", |it| {
            it.required = (Required::Yes, None)
        });
        edit(&mut pages[0].1, "open", |it| {
            it.required = (Required::Yes, None)
        });
        let there = followed(&sources(TEXT), &pages);
        pages.reverse();
        let back = followed(&sources(TEXT), &pages);
        assert_eq!(there.sources, back.sources, "the order decides");
        assert_eq!(
            there
                .diff(&sources(TEXT))
                .lines()
                .skip(2)
                .filter(|it| it.starts_with(['+', '-']))
                .collect::<Vec<_>>(),
            ["+        - open"],
        );
        for patched in [&there, &back] {
            assert_eq!(patched.fixed.len(), 1, "{:?}", patched.fixed);
            let left: Vec<&str> = patched.left.iter().map(|it| it.why.as_str()).collect();
            assert!(!left.is_empty());
            for why in left {
                let first = format!("0-{0}.txt says {0}", maxima[0]);
                let second = format!("1-{0}.txt says {0}", maxima[1]);
                assert!(
                    why.starts_with("the pages of this run dispute it: "),
                    "{why}"
                );
                assert!(why.contains(&first) && why.contains(&second), "{why}");
            }
        }
        let again = followed(&there.sources, &pages);
        assert_eq!(again.sources, there.sources, "a second run finds something");
        assert!(again.fixed.is_empty(), "{:?}", again.fixed);
    }
}

/// One page has another name for a field: whatever the order, both are asked and nothing is written.
#[test]
fn a_name_that_pages_dispute_stays() {
    let mut renamed = page_of(TEXT);
    edit(&mut renamed, "name", |it| it.path = "gauge_name".into());
    let mut pages = vec![
        ("new.txt".to_owned(), renamed),
        ("old.txt".to_owned(), page_of(TEXT)),
    ];
    for _ in 0..2 {
        let patched = followed(&sources(TEXT), &pages);
        assert_eq!(patched.diff(&sources(TEXT)), "");
        let [left] = patched.left.as_slice() else {
            panic!("{:?}", patched.left);
        };
        for part in ["new.txt says gauge_name", "old.txt says name"] {
            assert!(left.why.contains(part), "{}", left.why);
        }
        pages.reverse();
    }
}

#[test]
fn what_one_page_leaves_is_told_with_its_reason() {
    let mut pages = lengths(&["9", "7"]);
    edit(&mut pages[0].1, "name", |it| {
        it.secret = Some(fact(true, 9))
    });
    let mut other = pages.clone();
    other.pop();
    let alone = followed(&sources(TEXT), &other);
    assert_eq!(alone.left.len(), 1, "{:?}", alone.left);
    let mut pages = lengths(&["7", "7"]);
    edit(&mut pages[0].1, "name", |it| {
        it.secret = Some(fact(true, 9))
    });
    let both = followed(&sources(TEXT), &pages);
    assert_eq!(both.fixed.len(), 1);
    assert_eq!(both.left.len(), 1);
    assert_eq!(both.left[0].why, alone.left[0].why);
}

/// Whatever two pages say, their order decides nothing and a second run finds nothing to do.
#[test]
fn the_order_of_pages_decides_nothing() {
    type Edit = fn(&mut Facts);
    let edits: &[Edit] = &[
        |_| {},
        |it| {
            edit(it, "name", |it| {
                it.lengths = vec![fact(bounds(Some("2"), Some("7")), 9)]
            })
        },
        |it| {
            edit(it, "name", |it| {
                it.lengths = vec![fact(bounds(Some("3"), Some("8")), 9)]
            })
        },
        |it| edit(it, "name", |it| it.required.0 = Required::No),
        |it| edit(it, "open", |it| it.default = Some(fact("True".into(), 9))),
        |it| edit(it, "open", |it| it.default = None),
        |it| edit(it, "open", |it| it.type_ = Some(fact("String".into(), 9))),
        |it| {
            edit(it, "level", |it| {
                it.ranges.clear();
                it.type_ = Some(fact("String".into(), 9));
            });
        },
        |it| it.parameters.retain(|(_, it)| it.path != "open"),
        |it| {
            let more = field("more", "String", Required::Yes, 9);
            it.parameters.push((FieldLocation::Body, more));
        },
        |it| {
            let more = field("more", "Integer", Required::No, 9);
            it.parameters.push((FieldLocation::Body, more));
        },
        |it| it.routes[0].value.path = "/v2/{project_id}/gauges/{gauge_id}".into(),
        |it| it.routes[0].value.path = "/v3/{project_id}/gauges/{gauge_id}".into(),
        |it| it.statuses.push(fact("429".into(), 9)),
        |it| it.responses[1].fields[0].deprecated = Some(fact(true, 9)),
        |it| {
            for response in &mut it.responses[1..] {
                response.fields[0].deprecated = Some(fact(true, 9));
            }
        },
    ];
    for (first, one) in edits.iter().enumerate() {
        for (second, two) in edits.iter().enumerate().skip(first) {
            let (mut a, mut b) = (page_of(TEXT), page_of(TEXT));
            one(&mut a);
            two(&mut b);
            let mut pages = vec![("a.txt".to_owned(), a), ("b.txt".to_owned(), b)];
            let there = followed(&sources(TEXT), &pages);
            let again = followed(&there.sources, &pages);
            pages.reverse();
            let back = followed(&sources(TEXT), &pages);
            let diff = there.diff(&sources(TEXT));
            assert_eq!(diff, back.diff(&sources(TEXT)), "{first} and {second}");
            assert_eq!(
                again.diff(&there.sources),
                "",
                "{first} and {second}: {diff}"
            );
            assert_eq!(
                there.fixed.is_empty(),
                diff.is_empty(),
                "{first} and {second}"
            );
            if first == second {
                assert_eq!(
                    diff,
                    patched(TEXT, &pages[0].1, &Lock::default()).diff(&sources(TEXT))
                );
            }
        }
    }
}

#[test]
fn what_pages_of_two_operations_want_of_one_schema_is_disputed_too() {
    let text = TEXT.replace(
        "components:\n",
        "  /v1/{project_id}/problems:\n    get:\n      operationId: ShowProblem\n      responses:\n        '200':\n          description: one\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Problem'}\ncomponents:\n",
    );
    let mut one = page_of(&text);
    for response in &mut one.responses[1..] {
        response.fields[0].deprecated = Some(fact(true, 9));
    }
    let mut two = page("GET", "/v1/{project_id}/problems");
    two.statuses.push(fact("200".into(), 60));
    let mut code = field("code", "String", Required::Unknown, 9);
    code.deprecated = Some(fact(false, 9));
    let mut message = field("message", "String", Required::Unknown, 9);
    message.nullable = Some(fact(true, 9));
    two.responses.push(response("200", vec![code, message]));
    let mut pages = [
        PageToFollow {
            file: "one.txt",
            facts: &one,
            operation: LABEL,
        },
        PageToFollow {
            file: "two.txt",
            facts: &two,
            operation: "tide/ShowProblem",
        },
    ];
    for _ in 0..2 {
        let patched = patch(&sources(&text), &Lock::default(), &pages);
        assert_eq!(patched.diff(&sources(&text)), "");
        assert!(!patched.left.is_empty());
        for left in &patched.left {
            assert!(left.why.contains("a schema that is shared"), "{}", left.why);
        }
        pages.reverse();
    }
}
