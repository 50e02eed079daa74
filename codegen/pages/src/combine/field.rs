//! Two witnesses of one field.

use serde_json::Value;

use super::{Differences, more, words};
use crate::facts::{Bounds, Fact, FieldFacts, PasswordRules, Required, SourceKind};
use crate::vocabulary::{kind_of_type, kinds_agree};

/// Adds to a field what the second witness says of it.
pub(super) fn merge(
    about: &str,
    ours: &mut FieldFacts,
    mut theirs: FieldFacts,
    found: &mut Differences,
) {
    let of = |aspect: &str| format!("{about}: {aspect}");
    found.settle_by(
        &of("type"),
        &mut ours.type_,
        theirs.type_.take(),
        |a, b| is_same_type(a, b),
        Clone::clone,
    );
    required(&of("required"), ours, &theirs, found);
    more(&mut ours.named, theirs.named);
    words(&mut ours.description, theirs.description);
    found.settle(&of("deprecation"), &mut ours.deprecated, theirs.deprecated);
    found.settle(&of("nullability"), &mut ours.nullable, theirs.nullable);
    found.settle(&of("secrecy"), &mut ours.secret, theirs.secret);
    found.settle_by(
        &of("values"),
        &mut ours.enum_values,
        theirs.enum_values,
        |a, b| sorted(a) == sorted(b),
        |values| values.join(", "),
    );
    found.settle_by(
        &of("default"),
        &mut ours.default,
        theirs.default,
        |a, b| folded(&text_of(a)) == folded(&text_of(b)),
        text_of,
    );
    if let Some(said) = &theirs.password {
        length_of_password(&of(""), &ours.lengths, said, found);
    }
    bounds(&of(""), "length", &mut ours.lengths, theirs.lengths, found);
    bounds(&of(""), "value", &mut ours.ranges, theirs.ranges, found);
    found.settle(&of("most items"), &mut ours.max_items, theirs.max_items);
    password(&of(""), &mut ours.password, theirs.password, found);
    only_declared(ours, theirs.schema, theirs.keywords, theirs.values);
}

/// What definitions alone say: of two of them the first leads.
fn only_declared(
    ours: &mut FieldFacts,
    schema: Option<Fact<String>>,
    keywords: Vec<(String, Fact<Value>)>,
    values: Option<Box<FieldFacts>>,
) {
    ours.schema = ours.schema.take().or(schema);
    ours.values = ours.values.take().or(values);
    for keyword in keywords {
        if !ours.keywords.iter().any(|it| it.0 == keyword.0) {
            ours.keywords.push(keyword);
        }
    }
}

/// Whether two types may be the same; a word that is no type is no opinion.
fn is_same_type(a: &str, b: &str) -> bool {
    match (kind_of_type(a), kind_of_type(b)) {
        (Some(a), Some(b)) => kinds_agree(&a, &b),
        _ => true,
    }
}

/// Whether a field must be given. That a definition does not list it is no opinion; that it must in
/// some cases goes with both answers.
fn required(about: &str, ours: &mut FieldFacts, theirs: &FieldFacts, found: &mut Differences) {
    let is_open = |field: &FieldFacts| {
        matches!(
            field.required,
            (Required::Unknown, _) | (Required::No, None)
        )
    };
    if theirs.required.0 == Required::Unknown {
        return;
    }
    let both = [ours.required.0, theirs.required.0];
    let agree = both[0] == both[1] || both.contains(&Required::Conditional);
    if is_open(ours) || agree && ours.required.1.is_none() {
        ours.required.clone_from(&theirs.required);
    } else if !agree && !is_open(theirs) {
        let said = |field: &FieldFacts| {
            let word = field.required.0.word().unwrap_or_default();
            let source = field.required.1.as_ref().or(field.named.first());
            (word.to_owned(), source.cloned())
        };
        let ((first, first_at), (second, second_at)) = (said(ours), said(theirs));
        found.add(
            about,
            (first, first_at.as_slice()),
            (second, second_at.as_slice()),
        );
    }
}

/// Bounds of a field or of a part of it. An end that is open is no opinion.
fn bounds(
    about: &str,
    what: &str,
    ours: &mut Vec<Fact<Bounds>>,
    theirs: Vec<Fact<Bounds>>,
    found: &mut Differences,
) {
    for said in theirs {
        let is_equal = |own: &&mut Fact<Bounds>| own.value == said.value;
        if let Some(own) = ours.iter_mut().find(is_equal) {
            more(&mut own.sources, said.sources);
            continue;
        }
        let of_part = |own: &&mut Fact<Bounds>| own.value.part == said.value.part;
        let Some(own) = ours.iter_mut().find(of_part) else {
            ours.push(said);
            continue;
        };
        if !apart(about, what, own, &said, found) {
            more(&mut own.sources, said.sources);
        }
        for (end, other) in [
            (&mut own.value.min, said.value.min),
            (&mut own.value.max, said.value.max),
        ] {
            *end = end.take().or(other);
        }
    }
}

/// Tells which ends are not the same, and whether any is not.
fn apart(
    about: &str,
    what: &str,
    ours: &Fact<Bounds>,
    theirs: &Fact<Bounds>,
    found: &mut Differences,
) -> bool {
    let (a, b) = (&ours.value, &theirs.value);
    let part = a
        .part
        .as_ref()
        .map_or(String::new(), |part| format!(" of a {part}"));
    let mut any = false;
    for (which, own, other) in [("least", &a.min, &b.min), ("greatest", &a.max, &b.max)] {
        let (Some(own), Some(other)) = (own, other) else {
            continue;
        };
        let is_same = match (own.parse::<f64>(), other.parse::<f64>()) {
            (Ok(own), Ok(other)) => own == other,
            _ => own == other,
        };
        if !is_same {
            any = true;
            found.add(
                &format!("{about}{which} {what}{part}"),
                (own.clone(), &ours.sources),
                (other.clone(), &theirs.sources),
            );
        }
    }
    any
}

/// A length that is declared for a field against the one that prose gives for the password in it:
/// both stay, as a limit of the field and a rule for the password.
fn length_of_password(
    about: &str,
    declared: &[Fact<Bounds>],
    said: &Fact<PasswordRules>,
    found: &mut Differences,
) {
    let Some((min, max)) = said.value.length else {
        return;
    };
    let rule = Fact {
        value: Bounds {
            part: None,
            min: Some(min.to_string()),
            max: Some(max.to_string()),
        },
        sources: said.sources.clone(),
    };
    let is_declared = |it: &&Fact<Bounds>| {
        let by = it.sources.first().map(|it| it.kind);
        it.value.part.is_none() && by == Some(SourceKind::Definition)
    };
    if let Some(own) = declared.iter().find(is_declared) {
        apart(about, "length", own, &rule, found);
    }
}

/// The rules of a password, each by itself.
fn password(
    about: &str,
    ours: &mut Option<Fact<PasswordRules>>,
    theirs: Option<Fact<PasswordRules>>,
    found: &mut Differences,
) {
    let (Some(own), Some(theirs)) = (ours.as_mut(), theirs.clone()) else {
        *ours = ours.take().or(theirs);
        return;
    };
    let at = (own.sources.clone(), theirs.sources.clone());
    let (a, b) = (&mut own.value, theirs.value);
    let mut rule = |what: &str, a: Option<String>, b: Option<String>| {
        if let (Some(a), Some(b)) = (a, b)
            && a != b
        {
            found.add(&format!("{about}{what}"), (a, &at.0), (b, &at.1));
        }
    };
    let shown = |it: Option<u32>| it.map(|it| it.to_string());
    let signs = |it: &Option<String>| {
        let mut signs: Vec<char> = it.as_ref()?.chars().collect();
        signs.sort_unstable();
        Some(String::from_iter(signs))
    };
    let ends = |it: &PasswordRules| it.length.unzip();
    let ((a_min, a_max), (b_min, b_max)) = (ends(a), ends(&b));
    for (what, a, b) in [
        ("least length of the password", a_min, b_min),
        ("greatest length of the password", a_max, b_max),
        (
            "kinds of characters in the password",
            a.min_classes,
            b.min_classes,
        ),
    ] {
        rule(what, shown(a), shown(b));
    }
    rule(
        "special characters of the password",
        signs(&a.specials),
        signs(&b.specials),
    );
    a.length = a.length.or(b.length);
    a.min_classes = a.min_classes.or(b.min_classes);
    a.specials = a.specials.take().or(b.specials);
    for word in b.forbid {
        if !a.forbid.contains(&word) {
            a.forbid.push(word);
        }
    }
    more(&mut own.sources, theirs.sources);
}

/// Values in an order of their own.
fn sorted(values: &[String]) -> Vec<String> {
    let mut values: Vec<String> = values.iter().map(|it| folded(it)).collect();
    values.sort();
    values.dedup();
    values
}

/// Truth values have no case.
fn folded(value: &str) -> String {
    let lower = value.to_ascii_lowercase();
    match lower.as_str() {
        "true" | "false" => lower,
        _ => value.to_owned(),
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
