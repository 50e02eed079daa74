//! What a page says of a field.

use huaweicloud_pages::block::Lines;
use huaweicloud_pages::facts::{Bounds, Fact, FactSource, FieldFacts, PasswordRules, Required};
use huaweicloud_pages::vocabulary::kind_of_type;

use crate::claim::{Aspect, ClaimValue, SubjectClaims, map_of};

/// What is claimed about a field by itself.
pub(crate) fn field_claims(field: &FieldFacts) -> SubjectClaims<Lines> {
    let mut entry = SubjectClaims::named(lines(&field.named));
    say_field(&mut entry, field);
    entry
}

pub(super) fn say_field(entry: &mut SubjectClaims<Lines>, field: &FieldFacts) {
    let named = lines(&field.named);
    let mut may_be_secret = true;
    if let Some(said) = &field.type_
        && let Some(kind) = kind_of_type(&said.value)
    {
        // Only text is secret, whatever an object with a secret in it is called.
        may_be_secret = kind.ends_with("string") || kind == "array";
        let values = field.values.iter().filter(|_| kind == "object");
        let mut of = values.filter_map(|it| kind_of_type(&it.type_.as_ref()?.value));
        let kind = match of.next().filter(|it| !it.ends_with("object")) {
            Some(values) => map_of(&values),
            None => kind,
        };
        entry.say(Aspect::Type, ClaimValue::one(kind), lines(&said.sources));
    }
    let (required, source) = &field.required;
    let at = source.as_ref().map_or(named, |source| source.lines);
    // What must be given in some cases agrees with a document that demands it, and with one that does not.
    if matches!(required, Required::Yes | Required::No) && !field.is_required_in_cases() {
        let value = ClaimValue::flag(*required == Required::Yes);
        entry.say(Aspect::Required, value, at);
    }
    say_flag(entry, Aspect::Nullable, field.nullable.as_ref());
    say_flag(entry, Aspect::Deprecated, field.deprecated.as_ref());
    let secret = field.secret.as_ref().filter(|_| may_be_secret);
    say_flag(entry, Aspect::Secret, secret);
    let (values, default) = (field.enum_values.as_ref(), field.default.as_ref());
    let listed = |it: &Vec<String>| ClaimValue::Many(it.clone());
    say(entry, Aspect::Enum, values, listed);
    say(entry, Aspect::Default, default, as_written);
    bounds(entry, &field.lengths, Aspect::LengthMin, Aspect::LengthMax);
    bounds(entry, &field.ranges, Aspect::RangeMin, Aspect::RangeMax);
    let most = field.max_items.as_ref();
    let number = |it: &u64| ClaimValue::one(it.to_string());
    say(entry, Aspect::MaxItems, most, number);
    let least = field.keyword("minItems").filter(|it| it.value.is_u64());
    say(entry, Aspect::MinItems, least, as_written);
    let pattern = field.keyword("pattern").filter(|it| it.value.is_string());
    say(entry, Aspect::Pattern, pattern, as_written);
    if let Some(said) = &field.password {
        rules(entry, &said.value, lines(&said.sources));
    }
}

/// A value as it is written.
fn as_written(value: &serde_json::Value) -> ClaimValue {
    match value.as_str() {
        Some(text) => ClaimValue::one(text),
        None => ClaimValue::one(value.to_string()),
    }
}

fn rules(entry: &mut SubjectClaims<Lines>, rules: &PasswordRules, at: Lines) {
    let (min, max) = rules.length.unzip();
    let number = |it: Option<u32>| it.map(|it| ClaimValue::one(it.to_string()));
    let specials = rules.specials.as_ref();
    for (aspect, said) in [
        (Aspect::PasswordMin, number(min)),
        (Aspect::PasswordMax, number(max)),
        (Aspect::PasswordKinds, number(rules.min_classes)),
        (Aspect::PasswordSpecials, specials.map(ClaimValue::one)),
        (Aspect::PasswordClasses, ClaimValue::many(&rules.classes)),
        (Aspect::PasswordForbids, ClaimValue::many(&rules.forbid)),
    ] {
        if let Some(said) = said {
            entry.say(aspect, said, at);
        }
    }
}

pub(super) fn say_flag(
    entry: &mut SubjectClaims<Lines>,
    aspect: Aspect,
    fact: Option<&Fact<bool>>,
) {
    say(entry, aspect, fact, |it| ClaimValue::flag(*it));
}

/// Says what a fact says, if there is one.
fn say<T>(
    entry: &mut SubjectClaims<Lines>,
    aspect: Aspect,
    fact: Option<&Fact<T>>,
    value: impl Fn(&T) -> ClaimValue,
) {
    if let Some(fact) = fact {
        entry.say(aspect, value(&fact.value), lines(&fact.sources));
    }
}

/// Bounds of the field itself; those of the keys or values of a map have no counterpart.
fn bounds(
    entry: &mut SubjectClaims<Lines>,
    said: &[Fact<Bounds>],
    least: Aspect,
    greatest: Aspect,
) {
    for fact in said.iter().filter(|fact| fact.value.part.is_none()) {
        for (aspect, end) in [(least, &fact.value.min), (greatest, &fact.value.max)] {
            if let Some(end) = end {
                entry.say(aspect, ClaimValue::one(end), lines(&fact.sources));
            }
        }
    }
}

/// The lines of the most direct source.
pub(super) fn lines(sources: &[FactSource]) -> Lines {
    sources.first().map_or(Lines::of(1), |source| source.lines)
}
