//! Where differences are.

use huaweicloud_pages::facts::{IamRow, SourceKind};

use super::*;

/// What is gone is asked about where it was, or where others of its kind are.
#[test]
fn what_is_gone_is_missed_beside_its_kind() {
    let text = TEXT.replace(
        "      parameters:\n",
        "      x-iam-actions:\n        - {action: a:b:c, alias: [a:b:d]}\n      parameters:\n",
    );
    let text = text.replace(
        "flag: {type: string}",
        "flag: {type: string}\n                  left: {type: string}",
    );
    let spec = Spec::read(&[Source::new("spec/tide.yaml", text.as_str())]).unwrap();
    let mut facts = same();
    let row = IamRow {
        action: "a:b:c".into(),
        dependencies: vec!["a:b:e".into()],
        ..IamRow::default()
    };
    let mut row = fact(row, 7);
    row.sources.extend([8, 7, 7, 7, 9].map(source));
    facts.iam = vec![row];
    facts.statuses = vec![fact("200".into(), 50)];
    facts.statuses[0].sources[0].kind = SourceKind::StatusList;
    facts.statuses[0].sources[0].cell = Some((1, 1, 1));
    let found = check(&spec, &Lock::default(), "a.txt", &facts, None)
        .unwrap()
        .comparison;
    let places = found.differences.iter().map(|it| {
        let line = text[..it.spec_at.start].matches('\n').count() + 1;
        format!("{} {} {line}", it.name, it.page_at.first)
    });
    assert_eq!(
        places.collect::<Vec<_>>(),
        [
            "operation/iam.alias 7 6",
            "operation/iam.dependencies 9 6",
            "response 200 left/present 41 39",
            "status 400/present 50 40",
        ]
    );
}
