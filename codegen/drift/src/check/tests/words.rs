//! What a page says in words: conditions, and descriptions that changed while no fact did.

use huaweicloud_pages::facts::SourceFile;
use huaweicloud_pages::form::Form;

use super::*;

/// A page whose fields are described.
fn described(form: Form, words: [&str; 3]) -> Facts {
    let mut facts = same();
    facts.files = vec![SourceFile {
        name: "a.md".into(),
        form,
    }];
    for (name, words) in ["name", "mode", "password"].into_iter().zip(words) {
        body(&mut facts, name).description = Some(fact(words.to_owned(), 20));
    }
    facts
}

const WORDS: [&str; 3] = ["The name.", "How it is set, see Table 3.", "The new one."];

#[test]
fn words_that_changed_alone_are_a_question() {
    let mut facts = described(Form::Markdown, WORDS);
    let lock = lock(&facts, "");
    let on_record = format!("{:?}", lock.review("tide/SetGauge").unwrap());
    assert!(!on_record.contains("How it is set"), "{on_record}");
    assert_eq!(lines(&checked(&facts, &lock)), [""; 0]);
    // How letters are set is no news.
    body(&mut facts, "mode").description =
        Some(fact("How **it** is\nset, see Table 12".into(), 20));
    assert_eq!(lines(&checked(&facts, &lock)), [""; 0]);
    body(&mut facts, "mode").description = Some(fact("How it was set before.".into(), 20));
    let found = checked(&facts, &lock);
    assert_eq!(
        lines(&found),
        ["D0215 changed page-changed harmless body mode/words"]
    );
    let message = found.differences[0].to_string();
    assert!(
        message.ends_with("is our description still true?"),
        "{message}"
    );
    assert!(!message.contains("before"), "{message}");
}

/// A fact that is new explains the clause it is in, and one clause of a value in other words; what else
/// is new beside it is asked about.
#[test]
fn words_beside_a_fact_that_changed_are_a_question_where_it_does_not_explain_them() {
    let known = described(Form::Markdown, WORDS);
    let lock = lock(&known, "");
    let default = "D0205 changed page-changed harmless body mode/default";
    let deprecated = "D0212 added page-changed harmless body mode/deprecated";
    let words = "D0215 changed page-changed harmless body mode/words";
    let how = "How it is set, see Table 3.";
    for (more, deprecation, asked) in [
        ("It is b by default.", None, &[default][..]),
        (
            "Of them, b is taken, unless the gauge is new.",
            None,
            &[words, default],
        ),
        ("It is b. Old gauges answer 400.", None, &[words, default]),
        (
            "It is b. It is deprecated.",
            Some(fact(true, 20)),
            &[deprecated, default],
        ),
        (
            "It is b. It is deprecated. Use the name.",
            Some(fact(true, 20)),
            &[words, deprecated, default],
        ),
    ] {
        let mut facts = described(Form::Markdown, WORDS);
        let mode = body(&mut facts, "mode");
        mode.description = Some(fact(format!("{how} {more}"), 20));
        mode.default = Some(fact("b".into(), 20));
        mode.deprecated = deprecation;
        assert_eq!(lines(&checked(&facts, &lock)), asked, "{more}");
    }
    // A value that is gone explains nothing, and where one bound moved the other may move its place.
    let mut facts = described(Form::Markdown, WORDS);
    let mode = body(&mut facts, "mode");
    mode.description = Some(fact(format!("{how} Only a is supported."), 20));
    mode.default = None;
    let gone = "D0205 vanished page-changed harmless body mode/default";
    assert_eq!(lines(&checked(&facts, &lock)), [words, gone]);
    let mut facts = described(Form::Markdown, WORDS);
    let name = body(&mut facts, "name");
    let both = "The name. It has 2 characters at least. It has 16 at most.";
    name.description = Some(fact(both.to_owned(), 20));
    name.lengths = vec![fact(bounds(Some("2"), Some("16")), 20)];
    let longer = "D0207 changed page-changed harmless body name/length.max";
    assert_eq!(lines(&checked(&facts, &lock)), [longer]);
    // The form of a text that a definition gives.
    let mut facts = described(Form::Markdown, WORDS);
    let format = ("format".to_owned(), fact(serde_json::json!("uuid"), 20));
    body(&mut facts, "mode").keywords = vec![format];
    assert_eq!(lines(&checked(&facts, &lock)), [words]);
    // A condition in the cell that says no more than yes or no otherwise.
    let mut facts = described(Form::Markdown, WORDS);
    body(&mut facts, "mode").remarks = vec![fact("No (yes for new gauges)".into(), 20)];
    assert_eq!(lines(&checked(&facts, &lock)), [words]);
}

/// What is said of the operation or of a status outside of the tables is on record as descriptions are.
#[test]
fn words_about_the_operation_and_its_statuses_are_a_question_too() {
    let told = |words: &str, of_status: &str| {
        let mut facts = described(Form::Markdown, WORDS);
        let text = |words: &str, line| fact(words.to_owned(), line);
        facts.texts = vec![
            (None, text("It sets a gauge.", 3)),
            (None, text(words, 4)),
            (Some("200".into()), text(of_status, 60)),
        ];
        facts
    };
    let known = told("Gauges in use are not set.", "It was set.");
    let lock = lock(&known, "");
    let operation = "D0105 changed page-changed harmless operation/words";
    let mut titled = known.clone();
    titled.title = Some(fact("Setting all Gauges".to_owned(), 1));
    // The name of the operation and the number of the status are no words.
    let mut named = known.clone();
    named.operation = Some(fact("SetGauge".to_owned(), 1));
    let title = known.title.as_ref().map_or("", |it| &it.value);
    named.title = Some(fact(format!("{title} - SetGauge"), 1));
    let mut renamed = named.clone();
    renamed.title = Some(fact(format!("{title} of SetGauges"), 1));
    renamed.operation = Some(fact("Gauges".to_owned(), 1));
    let status = Some("200".to_owned());
    named.texts[2] = (status, fact("200: It was set.".to_owned(), 60));
    for (facts, expected, line) in [
        (known, &[][..], 0),
        (named, &[], 0),
        (renamed, &[operation], 1),
        (titled, &[operation], 1),
        (
            told("Gauges in use are set too.", "It was set."),
            &[operation],
            4,
        ),
        (
            told("Gauges in use are not set.", "It will be set later."),
            &["D0301 changed page-changed harmless status 200/words"],
            60,
        ),
    ] {
        let found = checked(&facts, &lock);
        assert_eq!(lines(&found), expected);
        let at = found.differences.iter().map(|it| it.page_at.first);
        assert!(at.into_iter().all(|at| at == line));
    }
}

/// Another language or form is no change of each word, and a record older than marks has none.
#[test]
fn a_page_that_is_written_anew_asks_nothing() {
    let lock_of = |facts: &Facts| lock(facts, "");
    let facts = described(Form::Markdown, WORDS);
    let lock = lock_of(&facts);
    let found = checked(
        &described(Form::Markdown, ["名称。", "方式。", "新的。"]),
        &lock,
    );
    assert_eq!(lines(&found), [""; 0]);
    assert!(
        found.notes[0].starts_with("many of its words are other"),
        "{:?}",
        found.notes
    );
    let found = checked(
        &described(Form::Plain, ["The name.", "How.", "The new one."]),
        &lock,
    );
    assert_eq!((lines(&found), found.notes), (Vec::new(), Vec::new()));
    let found = checked(&facts, &lock_of(&same()));
    assert_eq!((lines(&found), found.notes), (Vec::new(), Vec::new()));
}

/// "Yes (when …)" is no opinion against what the document always requires, as its definition does.
#[test]
fn a_condition_contradicts_nobody() {
    let mut facts = same();
    body(&mut facts, "name").required = (Required::Conditional, None);
    for lock in [Lock::default(), lock(&same(), "")] {
        let found = checked(&facts, &lock);
        assert_eq!(lines(&found), [""; 0]);
        let (said, _) = &found.besides[0];
        assert!(
            said.starts_with("the request field `name` must be given under a condition"),
            "{said}"
        );
    }
    // That it must be given no longer is another thing.
    body(&mut facts, "name").required = (Required::No, Some(source(20)));
    assert_eq!(lines(&checked(&facts, &Lock::default())).len(), 1);
}

/// One value alone is no list to who knows nothing of it, and what is left of one to who knows the list.
#[test]
fn what_is_left_of_a_list_is_that_list() {
    let told = |words: &str, values: &[&str]| {
        let mut facts = described(Form::Markdown, ["The name.", words, "The new one."]);
        let values: Vec<String> = values.iter().map(|it| (*it).to_owned()).collect();
        let mode = body(&mut facts, "mode");
        mode.enum_values = (!values.is_empty()).then(|| fact(values, 20));
        facts
    };
    let both = told("How it is set.\n- a: at once\n- b: slowly", &["a", "b"]);
    let lock = lock(&both, "");
    let less = "D0204 vanished page-changed breaking body mode/enum";
    for (words, left) in [
        ("How it is set.\n- b: slowly", Some("b")),
        ("How it is set.\n• `a`：at once", Some("a")),
        ("How it is set. One of: b", Some("b")),
        ("How it is set, which b tells.", None),
    ] {
        let found = checked(&told(words, &[]), &lock);
        let found = found.differences.iter();
        let found: Vec<_> = found.filter(|it| it.name.aspect == Aspect::Enum).collect();
        assert_eq!(found[0].code().code, "D0204", "{words}");
        assert_eq!(found[0].kind.word(), "vanished", "{words}");
        let left = left.map(|it| ClaimValue::Many(vec![it.to_owned()]));
        assert_eq!(found[0].page, left, "{words}");
    }
    let less_now = told("How it is set.\n- b: slowly", &[]);
    assert_eq!(lines(&checked(&less_now, &lock)), [less]);
    let message = checked(&less_now, &lock).differences[0].to_string();
    assert!(
        message.ends_with("b on the page, a, b in the document"),
        "{message}"
    );
    // Once it is on record as the list there is, the document follows.
    let lock = self::lock(&less_now, "");
    let after = "D0204 changed unexplained breaking body mode/enum";
    assert_eq!(lines(&checked(&less_now, &lock)), [after]);
}

/// A label with nothing behind it lost a list; one with words for nothing says that there is none.
#[test]
fn a_list_that_was_lost_hides_no_word_for_nothing() {
    let told = |words: &str, default: Option<&str>| {
        let mut facts = described(Form::Plain, ["The name.", words, "The new one."]);
        let mode = body(&mut facts, "mode");
        mode.enum_values = None;
        mode.default = default.map(|it| fact(it.into(), 20));
        facts
    };
    let known = told("How it is set. Value range:\nDefault value: a", Some("a"));
    let lock = lock(&known, "");
    let gone = "D0205 vanished page-changed harmless body mode/default";
    for (words, expected) in [
        (
            "How it is set. Value range:\nDefault value: N/A",
            &[gone][..],
        ),
        (
            "How it is set. Value range:\nDefault value:",
            &["D0215 changed page-changed harmless body mode/words"],
        ),
    ] {
        assert_eq!(
            lines(&checked(&told(words, None), &lock)),
            expected,
            "{words}"
        );
    }
}

/// That a cell of its own was lost says nothing of the words beside it.
#[test]
fn a_cell_that_is_lost_is_no_matter_of_words() {
    let known = described(Form::Plain, WORDS);
    let lock = lock(&known, "");
    let mut facts = described(Form::Plain, ["The name of it.", WORDS[1], WORDS[2]]);
    let name = body(&mut facts, "name");
    name.required = (Required::Unknown, None);
    name.type_ = None;
    let found = checked(&facts, &lock);
    assert_eq!(
        lines(&found),
        ["D0215 changed page-changed harmless body name/words"]
    );
    assert_eq!(found.differences[0].not_understood, []);
}

/// Of words that changed those are shown that no fact explains.
#[test]
fn words_beside_a_fact_are_found_where_they_are() {
    let told = |title: &str, more: Option<&str>| {
        let mut facts = described(Form::Markdown, WORDS);
        facts.title = Some(fact(title.to_owned(), 1));
        let texts = ["It sets a gauge."].into_iter().chain(more);
        let texts = texts
            .zip(4..)
            .map(|(it, line)| (None, fact(it.to_owned(), line)));
        facts.texts = texts.collect();
        facts
    };
    let lock = lock(&told("Setting a Gauge", None), "");
    let mut facts = told(
        "Setting a Gauge (Deprecated)",
        Some("Ask the harbor instead."),
    );
    facts.deprecated = Some(fact(true, 1));
    let found = checked(&facts, &lock);
    let words = found
        .differences
        .iter()
        .find(|it| it.name.aspect == Aspect::Words);
    assert_eq!(words.map(|it| it.page_at.first), Some(5));
}

/// Other signs in place of those that were there are told by themselves; what is new beside them is asked
/// about.
#[test]
fn other_signs_explain_no_new_words() {
    let told = |signs: &str, more: &str| {
        let words = format!("The new one, with {signs} in it.{more}");
        let mut facts = described(Form::Html, [WORDS[0], WORDS[1], &words]);
        let rules = body(&mut facts, "password").password.as_mut();
        rules.unwrap().value.specials = Some(signs.to_owned());
        facts
    };
    let lock = lock(&told("!#,?", ""), "");
    let signs = "D0224 added both-changed breaking body password/password.specials";
    let words = "D0215 changed page-changed harmless body password/words";
    let told_alone = checked(&told("!#,%", ""), &lock);
    assert_eq!(lines(&told_alone), [signs]);
    let told_beside = checked(&told("!#,%", " It has no blanks."), &lock);
    assert_eq!(lines(&told_beside), [words, signs]);
}

/// What changed is shown where it stands: in the cell of its own, or on the line that a label ends.
#[test]
fn changed_words_have_their_own_place() {
    let mut known = described(Form::Markdown, WORDS);
    known.texts = vec![(None, fact("It sets a gauge.".to_owned(), 3))];
    let lock = lock(&known, "");
    let at = |facts: &Facts| {
        let found = checked(facts, &lock);
        let words = found.differences.iter();
        let mut words = words.filter(|it| it.name.aspect == Aspect::Words);
        words.next().map(|it| it.page_at.first)
    };
    let mut facts = known.clone();
    body(&mut facts, "mode").remarks = vec![fact("No (yes for new gauges)".into(), 19)];
    assert_eq!(at(&facts), Some(19));
    for (text, line) in [
        ("NOTE:\nGauges in use are not set.", 5),
        ("Note: for all.\nGauges in use are not set.", 4),
        ("At least three of the following:\n- Gauges in use.", 4),
        ("Any of the following:\n- Gauges in use.", 5),
        ("Ports 80 and 443:\n- Gauges in use.", 5),
    ] {
        let mut facts = known.clone();
        let mut said = fact(text.to_owned(), 4);
        said.sources[0].lines.last = 5;
        facts.texts.push((None, said));
        assert_eq!(at(&facts), Some(line), "{text}");
    }
}

/// Text loses the lists of rules; what stands in a form that keeps them and is not understood is asked about,
/// also where the review was of another form.
#[test]
fn rules_that_are_not_understood_are_asked_about_where_no_list_is_lost() {
    let mut known = described(Form::Pipe, WORDS);
    let rules = body(&mut known, "password").password.as_mut();
    rules.unwrap().value.length = Some((8, 20));
    let lock = lock(&known, "");
    let of = |form| {
        let words = "It has 8 to 20 characters, and some of each kind.";
        let mut facts = described(form, [WORDS[0], WORDS[1], words]);
        body(&mut facts, "password").password = None;
        checked(&facts, &lock)
    };
    let found = of(Form::Html);
    let asked = "D0215 changed page-changed harmless body password/words";
    assert_eq!(lines(&found), [asked]);
    let lost: Vec<Aspect> = found.differences[0]
        .not_understood
        .iter()
        .map(|it| it.0)
        .collect();
    assert_eq!(lost, [Aspect::PasswordKinds]);
    assert_eq!(lines(&of(Form::Plain)), [""; 0]);
}

/// Types that all become words for none are no other language, whatever else is in other words.
#[test]
fn types_that_are_words_for_none_are_a_question_each() {
    let mut known = described(Form::Markdown, WORDS);
    for name in ["name", "mode", "password"] {
        body(&mut known, name).type_ = Some(fact("String".into(), 20));
    }
    let lock = lock(&known, "");
    let mut facts = described(Form::Markdown, ["A.", "B.", "C."]);
    for name in ["name", "mode", "password"] {
        body(&mut facts, name).type_ = Some(fact("Varchar".into(), 20));
    }
    let found = lines(&checked(&facts, &lock));
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|it| it.ends_with("/words")), "{found:?}");
}
