//! What a page says of a field.

use huaweicloud_pages::block::Lines;
use huaweicloud_pages::facts::{Bounds, Fact, FactSource, FieldFacts, PasswordRules, Required};
use huaweicloud_pages::vocabulary::kind_of_type;

use crate::claim::{Aspect, ClaimValue, MAP_OF, SubjectClaims};

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
            Some(values) => format!("{MAP_OF}{values}"),
            None => kind,
        };
        entry.say(Aspect::Type, ClaimValue::one(kind), lines(&said.sources));
    }
    let (required, source) = &field.required;
    let at = source.as_ref().map_or(named, |source| source.lines);
    // What must be given in some cases agrees with a document that demands it, and with one that does not.
    if matches!(required, Required::Yes | Required::No) {
        let value = ClaimValue::flag(*required == Required::Yes);
        entry.say(Aspect::Required, value, at);
    }
    say_flag(entry, Aspect::Nullable, field.nullable.as_ref());
    say_flag(entry, Aspect::Deprecated, field.deprecated.as_ref());
    let secret = field.secret.as_ref().filter(|_| may_be_secret);
    say_flag(entry, Aspect::Secret, secret);
    if let Some(said) = &field.enum_values {
        let values = ClaimValue::Many(said.value.clone());
        entry.say(Aspect::Enum, values, lines(&said.sources));
    }
    if let Some(said) = &field.default {
        let value = ClaimValue::one(scalar(&said.value));
        entry.say(Aspect::Default, value, lines(&said.sources));
    }
    bounds(entry, &field.lengths, Aspect::LengthMin, Aspect::LengthMax);
    bounds(entry, &field.ranges, Aspect::RangeMin, Aspect::RangeMax);
    if let Some(said) = &field.max_items {
        let most = ClaimValue::one(said.value.to_string());
        entry.say(Aspect::MaxItems, most, lines(&said.sources));
    }
    for (keyword, said) in &field.keywords {
        let aspect = match keyword.as_str() {
            "minItems" => Aspect::MinItems,
            "pattern" => Aspect::Pattern,
            _ => continue,
        };
        let value = ClaimValue::one(scalar(&said.value));
        entry.say(aspect, value, lines(&said.sources));
    }
    if let Some(said) = &field.password {
        rules(entry, &said.value, lines(&said.sources));
    }
}

/// A value as it is written.
fn scalar(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn rules(entry: &mut SubjectClaims<Lines>, rules: &PasswordRules, at: Lines) {
    let mut say = |aspect, value: Option<String>| {
        if let Some(value) = value {
            entry.say(aspect, ClaimValue::One(value), at);
        }
    };
    let (min, max) = rules.length.unzip();
    say(Aspect::PasswordMin, min.map(|it| it.to_string()));
    say(Aspect::PasswordMax, max.map(|it| it.to_string()));
    say(
        Aspect::PasswordKinds,
        rules.min_classes.map(|it| it.to_string()),
    );
    say(Aspect::PasswordSpecials, rules.specials.clone());
    if !rules.forbid.is_empty() {
        let words = ClaimValue::Many(rules.forbid.clone());
        entry.say(Aspect::PasswordForbids, words, at);
    }
}

pub(super) fn say_flag(
    entry: &mut SubjectClaims<Lines>,
    aspect: Aspect,
    fact: Option<&Fact<bool>>,
) {
    if let Some(fact) = fact {
        entry.say(aspect, ClaimValue::flag(fact.value), lines(&fact.sources));
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
