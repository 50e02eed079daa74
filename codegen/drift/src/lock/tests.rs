use super::*;

const TEXT: &str = "\
# Mine.
version: 1
operations:
  # kept
  tide/SetGauge:
    page: https://example.com/set.html
    reviewed: '2026-11-21'
    facts:
      operation: {route: 'PUT /v1/{id}'}
      body name: {type: string, required: yes, length.max: 8}
      status 200: {}
      response 200 flag: {enum: ['True', 'False']}
    earlier:
      body name/required: no
      body name/default: null
    deviations:
      - fact: body name/length.max
        code: D0207
        page: 8
        spec: 9
        reason: The copy of last year says so.
    pending:
      - fact: body name/required
        page: no
        since: '2026-11-20'
        seen: 1
...
";

fn mistakes(text: &str) -> String {
    match Lock::parse(text) {
        Err(LockError::Mistakes { lock, diagnostics }) => diagnostics.render_short(&[lock]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_lock_is_read() {
    let lock = Lock::parse(TEXT).unwrap();
    let review = lock.review("tide/SetGauge").unwrap();
    let value = |name: &str| review.value(&FactName::parse(name).unwrap());
    assert_eq!(value("body name/length.max"), Some(ClaimValue::one("8")));
    assert_eq!(value("status 200/present"), Some(ClaimValue::flag(true)));
    assert_eq!(value("status 400/present"), None);
    let flags = ClaimValue::Many(vec!["True".into(), "False".into()]);
    assert_eq!(value("response 200 flag/enum"), Some(flags));
    assert_eq!(review.earlier.len(), 2);
    assert_eq!(review.pending[0].seen, 1);
    let none = Lock::parse("# nothing yet\nversion: 1\noperations: {}\n...\n").unwrap();
    assert_eq!(none.labels().count(), 0);
}

#[test]
fn a_lock_that_was_cut_off_is_no_lock() {
    let lines: Vec<&str> = TEXT.split_inclusive('\n').collect();
    for kept in 0..lines.len() {
        let cut = lines[..kept].concat();
        let found = mistakes(&cut);
        assert!(found.contains("error["), "{cut}");
    }
    assert!(mistakes(&TEXT[..TEXT.len() - 4]).contains("lock::end"));
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::create_dir(elsewhere.path().join("spec")).unwrap();
    std::fs::write(elsewhere.path().join("spec/docs.lock"), "").unwrap();
    assert!(Lock::read(elsewhere.path()).is_err(), "emptied");
    for emptied in ["", "\n \n", "\u{feff}", "# Mine.\n\n# Yours.\n"] {
        let Err(LockError::Mistakes { diagnostics, .. }) = Lock::parse(emptied) else {
            panic!("{emptied:?}");
        };
        assert_eq!(diagnostics.iter().count(), 1, "{emptied:?}");
        let found = diagnostics.iter().next().unwrap();
        assert_eq!(found.code, "lock::end");
        let help = found.help.as_deref().unwrap();
        assert!(help.contains("from version control"), "{help}");
    }
}

#[test]
fn line_ends_stay_what_they_are() {
    let text = TEXT.replace('\n', "\r\n");
    let mut lock = Lock::parse(&text).unwrap();
    let mut review = lock.review("tide/SetGauge").unwrap().clone();
    assert_eq!(
        Some(&review),
        Lock::parse(TEXT).unwrap().review("tide/SetGauge")
    );
    review.reviewed = Day::parse("2026-11-22").unwrap();
    lock.record("tide/SetGauge", &review).unwrap();
    lock.record("mud/Show", &review).unwrap();
    lock.record("tide/Zero", &review).unwrap();
    let all = |text: &str| text.split_inclusive('\n').all(|it| it.ends_with("\r\n"));
    assert!(all(lock.text()), "{:?}", lock.text());
    let mut none = Lock::parse("# nothing yet\r\nversion: 1\r\noperations: {}\r\n...\r\n").unwrap();
    none.record("mud/Show", &review).unwrap();
    assert!(all(none.text()), "{:?}", none.text());
}

#[test]
fn writing_changes_its_own_lines_only() {
    let mut lock = Lock::parse(TEXT).unwrap();
    let mut review = lock.review("tide/SetGauge").unwrap().clone();
    lock.record("tide/SetGauge", &review).unwrap();
    assert_eq!(lock.text(), TEXT, "nothing changed, nothing is written");

    lock.record("tide/Zero", &review).unwrap();
    lock.record("mud/Show", &review).unwrap();
    assert_eq!(
        lock.labels().collect::<Vec<_>>(),
        ["mud/Show", "tide/SetGauge", "tide/Zero"]
    );
    assert!(lock.text().starts_with("# Mine.\n"));
    assert!(lock.text().contains("  # kept\n  tide/SetGauge:\n"));
    review.pending.clear();
    let before = lock.text().to_owned();
    lock.record("tide/SetGauge", &review).unwrap();
    let again = lock.clone();
    lock.record("tide/SetGauge", &review).unwrap();
    assert_eq!(lock, again);
    let removed = before.lines().count() - lock.text().lines().count();
    assert!(removed >= 5, "{}", lock.text());
}

#[test]
fn a_first_review_makes_the_file() {
    let review = Lock::parse(TEXT)
        .unwrap()
        .review("tide/SetGauge")
        .unwrap()
        .clone();
    let mut lock = Lock::default();
    lock.record("tide/SetGauge", &review).unwrap();
    assert!(lock.text().starts_with("# What the vendor's pages said"));
    assert_eq!(lock.review("tide/SetGauge"), Some(&review));
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Lock::read(folder.path()).unwrap(), Lock::default());
    lock.write(folder.path()).unwrap();
    assert_eq!(Lock::read(folder.path()).unwrap(), lock);
}

#[test]
fn long_reasons_are_folded_and_read_back() {
    let mut review = Lock::parse(TEXT)
        .unwrap()
        .review("tide/SetGauge")
        .unwrap()
        .clone();
    review.deviations[0].reason = "one two three ".repeat(30).trim().to_owned();
    let mut lock = Lock::default();
    lock.record("a/B", &review).unwrap();
    assert_eq!(lock.review("a/B"), Some(&review));
    assert!(lock.text().lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn mistakes_are_told_with_their_place() {
    let cases = [
        (
            "    page: h",
            "    pages: h",
            "spec/docs.lock:6:5: error[lock::unknown-key]: the review of tide/SetGauge has no `pages`",
        ),
        ("        code: D0207", "        code: D9", "lock::code"),
        (
            "        seen: 1",
            "        sen: 1",
            "spec/docs.lock:26:9: error[lock::unknown-key]",
        ),
        (
            "length.max: 8",
            "length.most: 8",
            "a fact has no `length.most`",
        ),
        (
            "body name/length.max",
            "name/length.max",
            "`name/length.max` is not the name of a fact",
        ),
        ("'2026-11-21'", "'2026-11-31'", "`2026-11-31` is not a day"),
        ("version: 1", "version: 2", "lock::version"),
        (
            "        reason: The copy of last year says so.",
            "        reason: ''",
            "a deviation needs a reason",
        ),
        (
            "        reason: The copy of last year says so.\n",
            "",
            "`reason` is missing",
        ),
        (
            "body name: {type",
            "bodies name: {type",
            "`bodies name` names nothing",
        ),
        (
            "required: yes",
            "required: maybe",
            "spec/docs.lock:10:43: error[lock::value]: `required` must be `yes` or `no`",
        ),
        ("required: yes", "required: true", "must be `yes` or `no`"),
        (
            "length.max: 8",
            "length.max: eight",
            "`length.max` must be a number",
        ),
        ("length.max: 8", "length.max: [8]", "must be a number"),
        (
            "type: string",
            "type: {a: b}",
            "`type` must be text or a list",
        ),
        (
            "body name/required: no",
            "body name/required: 0",
            "spec/docs.lock:14:27: error[lock::value]",
        ),
        ("        page: 8", "        page: many", "must be a number"),
        (
            "        page: no",
            "        page: not",
            "must be `yes` or `no`",
        ),
    ];
    for (from, to, message) in cases {
        let text = TEXT.replacen(from, to, 1);
        assert_ne!(text, TEXT, "{from}");
        let found = mistakes(&text);
        assert!(found.contains(message), "{from} → {to}: {found}");
    }
    // What is of another kind does not pass for nothing.
    for (text, message) in [
        ("operations: 7", "`operations` must be a mapping"),
        ("operations: [a]", "`operations` must be a mapping"),
        ("endpoints: {a: 3}", "`a` must be a mapping"),
        (
            "operations: {a/B: {page: x, reviewed: '2026-11-21', facts: 3}}",
            "`facts` must be a mapping",
        ),
        (
            "operations: {a/B: {page: x, reviewed: '2026-11-21', facts: {body a: x}}}",
            "`body a` must be a mapping",
        ),
        (
            "operations: {a/B: {page: x, reviewed: '2026-11-21', earlier: []}}",
            "`earlier` must be a mapping",
        ),
        (
            "operations: {a/B: {page: x, reviewed: '2026-11-21', deviations: {fact: x}}}",
            "`deviations` must be a list",
        ),
        (
            "operations: {a/B: {page: x, reviewed: '2026-11-21', pending: x}}",
            "`pending` must be a list",
        ),
        (
            "operations: {a/B: {page: x, reviewed: '2026-11-21', extensions: x}}",
            "`extensions` must be a list",
        ),
    ] {
        let found = mistakes(&format!("version: 1\n{text}\n...\n"));
        assert!(found.contains(message), "{text}: {found}");
    }
    assert!(mistakes("- a").contains("must be a mapping"));
    assert!(mistakes("version: [").contains("yaml::syntax"));
}
