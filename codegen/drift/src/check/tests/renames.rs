//! What the page calls otherwise.

use super::*;

/// With all else the same it is one thing under another name, and what else changed of it is told of
/// the name that the document has.
#[test]
fn a_rename_is_one_difference() {
    let mut facts = same();
    body(&mut facts, "name").path = "gauge_name".into();
    body(&mut facts, "gauge_name").lengths = vec![fact(bounds(Some("2"), Some("12")), 20)];
    let found = checked(&facts, &Lock::default());
    assert_eq!(
        lines(&found),
        [
            "D0214 changed unreviewed breaking body name/name",
            "D0207 changed unreviewed harmless body name/length.max"
        ]
    );
    assert_eq!(
        found.differences[0].to_string(),
        "the request field `name` is called `gauge_name` on the page"
    );
    // The review knows either name, and a reason settles it.
    let found = checked(&facts, &lock(&same(), ""));
    assert_eq!(found.differences[0].standing.word(), "page-changed");
    let found = checked(&facts, &lock(&facts, ""));
    assert_eq!(found.differences[0].standing.word(), "unexplained");
    let settled = "    deviations:\n      - fact: body name/name\n        code: D0214\n        page: gauge_name\n        spec: name\n        reason: The server takes the old name.\n";
    let found = checked(&facts, &lock(&facts, settled));
    assert_eq!(found.differences[0].standing.word(), "on-purpose");
    // A name that came when the other went is one of the same thing without being alike.
    let mut facts = same();
    body(&mut facts, "name").path = "title".into();
    let found = checked(&facts, &lock(&same(), ""));
    assert_eq!(
        lines(&found),
        ["D0214 changed page-changed breaking body name/name"]
    );
    let mut facts = same();
    body(&mut facts, "name").path = "gauge_name".into();
    // Who has decided that they are two is believed.
    let two = "    deviations:\n      - fact: body name/present\n        code: D0201\n        spec: yes\n        reason: Ours.\n";
    let found = checked(&facts, &lock(&facts, two));
    assert_eq!(
        lines(&found),
        [
            "D0201 added unexplained breaking body gauge_name/present",
            "D0201 unsaid on-purpose breaking body name/present"
        ]
    );
}

/// Another type beside another name is too much to be sure, and too little to be two things.
#[test]
fn another_type_makes_a_rename_a_question() {
    let mut facts = same();
    body(&mut facts, "name").path = "gauge_name".into();
    let name = body(&mut facts, "gauge_name");
    name.type_ = Some(fact("Integer".into(), 20));
    name.lengths.clear();
    let found = checked(&facts, &lock(&same(), ""));
    assert!(
        matches!(found.renames.as_slice(), [it] if !it.is_sure),
        "{:?}",
        found.renames
    );
    // In another style of letters it is the same name, with another type.
    let mut facts = same();
    body(&mut facts, "name").path = "Name".into();
    body(&mut facts, "Name").type_ = Some(fact("Integer".into(), 20));
    let found = checked(&facts, &Lock::default());
    assert_eq!(
        lines(&found)[..2],
        [
            "D0214 changed unreviewed breaking body name/name",
            "D0202 changed unreviewed breaking body name/type"
        ]
    );
}

#[test]
fn two_that_fit_as_well_are_a_question() {
    let mut facts = same();
    let name = body(&mut facts, "name");
    name.path = "name_a".into();
    let mut other = name.clone();
    other.path = "name_b".into();
    facts.parameters.insert(2, (FieldLocation::Body, other));
    let found = checked(&facts, &Lock::default());
    assert!(
        found.renames.iter().all(|it| !it.is_sure),
        "{:?}",
        found.renames
    );
    let added = lines(&found);
    assert_eq!(added.iter().filter(|it| it.contains(" added ")).count(), 2);
}

/// A field that stands in a new object is in another place, however alike the object's name is.
#[test]
fn a_field_that_moved_is_no_other_name_for_what_holds_it() {
    let mut facts = same();
    let fields = &mut facts.responses[0].fields;
    fields[0].path = "flags.flag".into();
    fields.insert(0, field("flags", "Object", Required::Unknown, 41));
    let found = checked(&facts, &lock(&same(), ""));
    let renames = found.renames.iter();
    let renames: Vec<String> = renames
        .map(|it| format!("{} in {}", it.document, it.page))
        .collect();
    assert_eq!(renames, ["response 200 flag in response 200 flags.flag"]);
}
