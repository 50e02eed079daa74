//! Two witnesses of one field.

use serde_json::Value;

use super::{Differences, add_new, more, words};
use crate::facts::{
    Bounds, Fact, FieldFacts, MARKED_IN_CASES, PasswordRules, Required, SourceKind,
};
use crate::value::shown;
use crate::vocabulary::{folded, kind_of_type, kinds_agree};

/// Adds to a field what the second witness says of it.
pub(super) fn merge(ours: &mut FieldFacts, mut theirs: FieldFacts, found: &mut Differences) {
    let same_type = |a: &String, b: &String| is_same_type(a, b);
    found.settle_by(
        "type",
        &mut ours.type_,
        theirs.type_.take(),
        same_type,
        Clone::clone,
    );
    required(ours, &theirs, found);
    more(&mut ours.named, theirs.named);
    ours.remarks
        .extend(words(&mut ours.description, theirs.description));
    add_new(&mut ours.remarks, theirs.remarks, |a, b| a.value == b.value);
    let in_cases = theirs
        .unclear
        .into_iter()
        .filter(|it| it.why == MARKED_IN_CASES);
    ours.unclear.extend(in_cases);
    found.settle("deprecation", &mut ours.deprecated, theirs.deprecated);
    found.settle("nullability", &mut ours.nullable, theirs.nullable);
    found.settle("secrecy", &mut ours.secret, theirs.secret);
    found.settle_by(
        "values",
        &mut ours.enum_values,
        theirs.enum_values,
        |a, b| sorted(a) == sorted(b),
        |values| values.join(", "),
    );
    let same_value = |a: &Value, b: &Value| folded(&shown(a)) == folded(&shown(b));
    found.settle_by(
        "default",
        &mut ours.default,
        theirs.default,
        same_value,
        shown,
    );
    // A length that is declared for a field against the one that prose gives for the password in it:
    // both stay, as a limit of the field and a rule for the password.
    let is_declared = |it: &&Fact<Bounds>| {
        let by = it.sources.first().map(|it| it.kind);
        it.value.part.is_none() && by == Some(SourceKind::Definition)
    };
    let declared = ours.lengths.iter().find(is_declared);
    if let (Some(own), Some(rule)) = (declared, theirs.password.as_ref().and_then(length)) {
        apart("length", own, &rule, found);
    }
    bounds("length", &mut ours.lengths, theirs.lengths, found);
    bounds("value", &mut ours.ranges, theirs.ranges, found);
    found.settle("most items", &mut ours.max_items, theirs.max_items);
    password(&mut ours.password, theirs.password, found);
    // What definitions alone say: of two of them the first leads.
    ours.schema = ours.schema.take().or(theirs.schema);
    ours.values = ours.values.take().or(theirs.values);
    add_new(&mut ours.keywords, theirs.keywords, |a, b| a.0 == b.0);
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
fn required(ours: &mut FieldFacts, theirs: &FieldFacts, found: &mut Differences) {
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
            "required",
            (first, first_at.as_slice()),
            (second, second_at.as_slice()),
        );
    }
}

/// Bounds of a field or of a part of it. An end that is open is no opinion.
fn bounds(
    what: &str,
    ours: &mut Vec<Fact<Bounds>>,
    theirs: Vec<Fact<Bounds>>,
    found: &mut Differences,
) {
    for said in theirs {
        let of_part = ours
            .iter_mut()
            .filter(|own| own.value.part == said.value.part);
        let Some(own) = of_part.min_by_key(|own| own.value != said.value) else {
            ours.push(said);
            continue;
        };
        if !apart(what, own, &said, found) {
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
fn apart(what: &str, ours: &Fact<Bounds>, theirs: &Fact<Bounds>, found: &mut Differences) -> bool {
    let (a, b) = (&ours.value, &theirs.value);
    let part = a.part.as_ref();
    let part = part.map_or(String::new(), |part| format!(" of a {part}"));
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
                &format!("{which} {what}{part}"),
                (own.clone(), &ours.sources),
                (other.clone(), &theirs.sources),
            );
        }
    }
    any
}

/// The length that the rules of a password give, as bounds.
fn length(rules: &Fact<PasswordRules>) -> Option<Fact<Bounds>> {
    let (min, max) = rules.value.length?;
    let (part, min, max) = (None, Some(min.to_string()), Some(max.to_string()));
    let value = Bounds { part, min, max };
    let sources = rules.sources.clone();
    Some(Fact { value, sources })
}

/// The rules of a password, each by itself.
fn password(
    ours: &mut Option<Fact<PasswordRules>>,
    theirs: Option<Fact<PasswordRules>>,
    found: &mut Differences,
) {
    let (Some(own), Some(theirs)) = (ours.as_mut(), theirs.clone()) else {
        *ours = ours.take().or(theirs);
        return;
    };
    if let (Some(a), Some(b)) = (length(own), length(&theirs)) {
        apart("length of the password", &a, &b, found);
    }
    let classes = |it: &PasswordRules| it.min_classes.map(|it| it.to_string());
    let specials = |it: &PasswordRules| {
        let mut signs: Vec<char> = it.specials.as_ref()?.chars().collect();
        signs.sort_unstable();
        Some(String::from_iter(signs))
    };
    let named = |it: &PasswordRules| (!it.classes.is_empty()).then(|| it.classes.join(", "));
    let (a, b) = (&mut own.value, theirs.value);
    for (rule, ours, other) in [
        (
            "kinds of characters in the password",
            classes(a),
            classes(&b),
        ),
        ("list of kinds in the password", named(a), named(&b)),
        (
            "special characters of the password",
            specials(a),
            specials(&b),
        ),
    ] {
        if let (Some(first), Some(second)) = (ours, other)
            && first != second
        {
            found.add(rule, (first, &own.sources), (second, &theirs.sources));
        }
    }
    a.length = a.length.or(b.length);
    a.min_classes = a.min_classes.or(b.min_classes);
    if a.classes.is_empty() {
        a.classes = b.classes;
    }
    a.specials = a.specials.take().or(b.specials);
    add_new(&mut a.forbid, b.forbid, |a, b| a == b);
    more(&mut own.sources, theirs.sources);
}

/// Values in an order of their own.
fn sorted(values: &[String]) -> Vec<String> {
    let mut values: Vec<String> = values.iter().map(|it| folded(it)).collect();
    values.sort();
    values.dedup();
    values
}
