//! Two witnesses of one field.

use serde_json::Value;

use super::{Differences, more, words};
use crate::facts::{Bounds, Fact, FactSource, FieldFacts, PasswordRules, Required, SourceKind};
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
    found.settle(&of("deprecated"), &mut ours.deprecated, theirs.deprecated);
    found.settle(&of("nullable"), &mut ours.nullable, theirs.nullable);
    found.settle(&of("secret"), &mut ours.secret, theirs.secret);
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
        length_of_password(&of("length"), &ours.lengths, said, found);
    }
    bounds(&of("length"), &mut ours.lengths, theirs.lengths, found);
    bounds(&of("range"), &mut ours.ranges, theirs.ranges, found);
    found.settle(&of("items"), &mut ours.max_items, theirs.max_items);
    found.settle_by(
        &of("password"),
        &mut ours.password,
        theirs.password,
        |a, b| a == b,
        rules_in_words,
    );
}

/// Whether two types may be the same; a word that is no type is no opinion.
fn is_same_type(a: &str, b: &str) -> bool {
    match (kind_of_type(a), kind_of_type(b)) {
        (Some(a), Some(b)) => kinds_agree(&a, &b),
        _ => true,
    }
}

/// Whether a field must be given. That a definition does not list it is no opinion.
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
    let agree = ours.required.0 == theirs.required.0;
    if is_open(ours) || agree && ours.required.1.is_none() {
        ours.required.clone_from(&theirs.required);
    } else if !agree && !is_open(theirs) {
        let said = |field: &FieldFacts| {
            let word = match field.required.0 {
                Required::Yes => "yes",
                _ => "no",
            };
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
        if differ(&own.value, &said.value) {
            let about = match &own.value.part {
                Some(part) => format!("{about} of a {part}"),
                None => about.to_owned(),
            };
            found.add(
                &about,
                (in_words(&own.value), &own.sources),
                (in_words(&said.value), &said.sources),
            );
            continue;
        }
        more(&mut own.sources, said.sources);
        for (end, other) in [
            (&mut own.value.min, said.value.min),
            (&mut own.value.max, said.value.max),
        ] {
            *end = end.take().or(other);
        }
    }
}

fn differ(a: &Bounds, b: &Bounds) -> bool {
    let apart = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(a), Ok(b)) => a != b,
            _ => a != b,
        },
        _ => false,
    };
    apart(&a.min, &b.min) || apart(&a.max, &b.max)
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
    let rule = Bounds {
        part: None,
        min: Some(min.to_string()),
        max: Some(max.to_string()),
    };
    let is_declared = |it: &&Fact<Bounds>| {
        let by = it.sources.first().map(|it| it.kind);
        it.value.part.is_none() && by == Some(SourceKind::Definition)
    };
    let own = declared.iter().find(is_declared);
    if let Some(own) = own.filter(|own| differ(&own.value, &rule)) {
        let second: &[FactSource] = &said.sources;
        found.add(
            about,
            (in_words(&own.value), &own.sources),
            (in_words(&rule), second),
        );
    }
}

/// `8..64`, `8..`, `..64`.
fn in_words(bounds: &Bounds) -> String {
    let end = |end: &Option<String>| end.clone().unwrap_or_default();
    format!("{}..{}", end(&bounds.min), end(&bounds.max))
}

fn rules_in_words(rules: &PasswordRules) -> String {
    let mut out = Vec::new();
    if let Some((min, max)) = rules.length {
        out.push(format!("{min}..{max}"));
    }
    if let Some(classes) = rules.min_classes {
        out.push(format!("{classes} kinds"));
    }
    if let Some(specials) = &rules.specials {
        out.push(specials.clone());
    }
    out.extend(rules.forbid.iter().map(|it| format!("no {it}")));
    out.join(", ")
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
