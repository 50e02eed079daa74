//! What reading gives, and what it refuses.

use serde_json::json;

use super::*;
use crate::diagnostic::codes;

fn read(text: &str) -> (Option<Node>, Vec<(&'static str, String)>) {
    let mut loaded = load(&[Source::new("spec/a.yaml", text)]);
    let found = loaded
        .diagnostics
        .sorted()
        .iter()
        .map(|it| (it.code, text[it.span.clone()].to_owned()))
        .collect();
    (loaded.documents.pop().map(|document| document.tree), found)
}

fn clean(text: &str) -> Node {
    let (tree, found) = read(text);
    assert!(found.is_empty(), "{found:?}");
    tree.unwrap()
}

fn codes_of(text: &str) -> Vec<(&'static str, String)> {
    read(text).1
}

/// Every scalar of the tree that was written plainly must be the very bytes of its span.
fn places_are_exact(text: &str, node: &Node) {
    for entry in node.entries() {
        let written = &text[entry.key_span.clone()];
        assert_eq!(written.trim_matches(['"', '\'']), entry.key, "key");
        places_are_exact(text, &entry.value);
    }
    for item in node.items() {
        places_are_exact(text, item);
    }
    if let Some(value) = node.as_str() {
        assert_eq!(text[node.span.clone()].trim_matches(['"', '\'']), value);
    }
}

#[test]
fn places_are_exact_in_bytes_whatever_the_text_is_made_of() {
    for text in [
        "a: b\nc:\n  - d\n  - {e: 'f', \"g\": h}\n",
        "ключ: значение\nä:\n  - 密码 # comment ü\n  - {é: 'ß', \"日\": 本}\n",
        "a: b\r\nc:\r\n  - ü\r\n  - d\r\n",
        "\u{feff}a: b\nü: c\n",
        "{\"a\": [\"b\", {\"c\": \"ü\"}]}",
    ] {
        places_are_exact(text, &clean(text));
    }
}

#[test]
fn collections_span_from_their_first_to_their_last_byte() {
    let text = "a:\n  b: c\n  d: e # f\n\ng: [1,\n  2]\nh: |\n  text\n\ni: {}\n";
    let tree = clean(text);
    let part = |key: &str| &text[tree.get(key).unwrap().span.clone()];
    assert_eq!(part("a"), "b: c\n  d: e");
    assert_eq!(part("g"), "[1,\n  2]");
    assert_eq!(part("h"), "|\n  text".trim_start_matches("|\n  "));
    assert_eq!(part("i"), "{}");
}

#[test]
fn anchors_and_merge_keys_are_applied() {
    let tree = clean(
        "base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\n\
         x:\n  z: 0\n  <<: [*base, *more]\n  a: 9\ny: *base\n'<<': text\n",
    );
    assert_eq!(
        tree.get("x").unwrap().to_json(),
        json!({"z": 0, "b": 2, "c": 4, "a": 9})
    );
    let keys: Vec<_> = tree
        .get("x")
        .unwrap()
        .entries()
        .iter()
        .map(|e| &e.key)
        .collect();
    assert_eq!(
        keys,
        ["z", "b", "c", "a"],
        "merged entries stand where `<<` stood"
    );
    assert_eq!(tree.get("y").unwrap().to_json(), json!({"a": 1, "b": 2}));
    assert_eq!(tree.get("<<").unwrap().as_str(), Some("text"));
}

#[test]
fn tags_of_the_core_schema_are_obeyed() {
    let tree = clean("a: !!str 1\nb: !!int 1\nc: ! 2\nd: !!map {}\ne: !!float 1\nf: !!null ~\n");
    assert_eq!(
        tree.to_json(),
        json!({"a": "1", "b": 1, "c": "2", "d": {}, "e": 1, "f": null})
    );
    assert_eq!(
        codes_of("a: !secret b\n"),
        [(codes::TAG, "!secret b".into())]
    );
    assert_eq!(codes_of("a: !!int b\n"), [(codes::TAG, "!!int b".into())]);
    assert_eq!(codes_of("a: !!set {b}\n")[0].0, codes::TAG);
}

#[test]
fn whole_number_keys_are_text_and_other_kinds_are_refused() {
    assert_eq!(clean("200: a\n").get("200").unwrap().as_str(), Some("a"));
    for (text, key) in [
        ("true: a", "true"),
        ("~: a", "~"),
        ("1.5: a", "1.5"),
        ("? [b]\n: c", "[b]"),
    ] {
        assert_eq!(
            codes_of(text),
            [(codes::KEY_NOT_TEXT, key.into())],
            "{text}"
        );
    }
}

#[test]
fn duplicate_keys_are_all_told_and_the_first_one_stays() {
    let (tree, found) = read("a: 1\nb: {c: 1, c: 2}\na: 3\n");
    assert_eq!(
        found,
        [
            (codes::DUPLICATE_KEY, "c".to_owned()),
            (codes::DUPLICATE_KEY, "a".to_owned())
        ]
    );
    assert_eq!(tree.unwrap().to_json(), json!({"a": 1, "b": {"c": 1}}));

    let many: String = (0..100).map(|n| format!("k{}: 1\n", n % 60)).collect();
    assert_eq!(codes_of(&many).len(), 40);
}

#[test]
fn syntax_errors_say_where() {
    for (text, at) in [
        ("a:\n\tb: c\n", "b"),
        ("a: x: y\n", ":"),
        ("a: 'b\n", "'"),
        ("a: *b\n", "*"),
        ("a: @b\n", "@"),
        ("a: [b\n", "b"),
    ] {
        assert_eq!(codes_of(text), [(codes::SYNTAX, at.into())], "{text:?}");
    }
}

#[test]
fn a_file_holds_exactly_one_document() {
    for text in ["", "\n", "# nothing\n", "---\n...\n"] {
        let codes: Vec<_> = codes_of(text).into_iter().map(|it| it.0).collect();
        assert!(
            codes == [codes::EMPTY] || text.starts_with("---"),
            "{text:?} {codes:?}"
        );
    }
    let (tree, found) = read("a: 1\n---\nb: 2\n");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, codes::SEVERAL_DOCUMENTS);
    assert!(tree.is_some(), "the first document is still checked");
}

#[test]
fn nesting_and_aliases_are_bounded() {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    assert!(codes_of(&deep(64)).is_empty());
    for n in [65, 1_000, 100_000] {
        assert_eq!(codes_of(&deep(n))[0].0, codes::TOO_DEEP, "{n}");
    }
    let block: String = (0..2_000)
        .map(|n| format!("{}a:\n", " ".repeat(n)))
        .collect();
    assert_eq!(codes_of(&block)[0].0, codes::TOO_DEEP);

    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..30 {
        let list = vec![format!("*a{}", n - 1); 10].join(", ");
        bomb.push_str(&format!("a{n}: &a{n} [{list}]\n"));
    }
    assert_eq!(codes_of(&bomb)[0].0, codes::ALIAS);

    let mut tower = String::from("a0: &a0 [x]\n");
    for n in 1..80 {
        tower.push_str(&format!("a{n}: &a{n} [*a{}]\n", n - 1));
    }
    assert_eq!(codes_of(&tower)[0].0, codes::TOO_DEEP);
    assert_eq!(codes_of("a: &a [*a]\n"), [(codes::ALIAS, "*a".into())]);
}

#[test]
fn numbers_json_cannot_write_are_refused() {
    assert_eq!(
        codes_of("a: .inf\nb: 1\n"),
        [(codes::NUMBER, ".inf".into())]
    );
}

#[test]
fn merging_something_else_is_refused() {
    assert_eq!(codes_of("a:\n  <<: b\n"), [(codes::MERGE_KEY, "b".into())]);
    assert_eq!(
        codes_of("b: &b {}\na:\n  <<: *b\n  <<: *b\n")[0].0,
        codes::DUPLICATE_KEY
    );
}
