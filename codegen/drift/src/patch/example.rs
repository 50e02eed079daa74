//! Values for examples: those of a definition where they fit, made up else. One maker for what is added
//! and for drafts.

use std::collections::HashSet;

use huaweicloud_pages::facts::FieldFacts;
use huaweicloud_pages::vocabulary::{LIST_OF, is_of_kind, kind_of_type};
use serde_json::{Value, json};

use crate::claim::{Aspect, ClaimValue, SubjectClaims, words_of_name};
use crate::document::keywords::{POLICY, is_of_values};
use crate::harmless::is_harmless;

/// No text is made up longer than this.
const LONGEST_MADE_UP: usize = 4096;

/// The most items of a list that is made up; where more are needed, people know better.
pub(crate) const MOST_ITEMS: usize = 16;

/// Texts of the formats that a definition may name.
const FORMATS: &[(&str, &str)] = &[
    ("date-time", "2099-01-02T03:04:05Z"),
    ("date", "2099-01-02"),
    ("ipv4", "192.0.2.1"),
    ("ipv6", "2001:db8::1"),
    ("uuid", "5560df16-cebf-4473-95c4-d1b573c16e79"),
    ("email", "name@example.com"),
    ("uri", "https://example.com/"),
    ("url", "https://example.com/"),
];

/// A bound or another number that is said of a value.
pub(crate) fn number<P>(claims: &SubjectClaims<P>, aspect: Aspect) -> Option<f64> {
    claims.one(aspect)?.parse().ok()
}

/// A value of a kind that is neither object nor list; nothing where none can be made up. What is given
/// is shown only where it is `open`.
pub(crate) fn plain<P: Clone>(
    field: Option<&FieldFacts>,
    name: &str,
    kind: &str,
    claims: &SubjectClaims<P>,
    is_open: bool,
) -> Option<Value> {
    let keyword = |key: &str| field?.keyword(key).map(|it| &it.value);
    if keyword("pattern").or(keyword("multipleOf")).is_some() {
        return None;
    }
    let mut rules = POLICY.iter().map(|it| it.1);
    // One of a few words is none that could be made up.
    let is_secret = !claims.says(Aspect::Enum)
        && (claims.says(Aspect::Secret) || rules.any(|it| claims.says(it)));
    if is_secret {
        return Some(password(claims).into());
    }
    let format = keyword("format").and_then(Value::as_str);
    let mut formats = FORMATS.iter().filter(|_| kind == "string");
    let by_format = formats.find(|it| Some(it.0) == format);
    let given = keyword("example").filter(|_| is_open);
    let given = given.map(|it| as_kind(it, kind));
    let given =
        given.filter(|it| *it != json!("") && may_show(it, claims) && fits(it, kind, claims));
    let allowed = ClaimValue::items_of(claims.value(Aspect::Enum)).first();
    let default = claims.one(Aspect::Default).filter(|_| is_open);
    let default = default.filter(|it| may_show(&json!(it), claims));
    let said = allowed.map(String::as_str).or(default);
    let value = by_format.map(|it| json!(it.1)).or(given);
    let value = value.or_else(|| Some(as_kind(&json!(said?), kind)));
    let value = value.unwrap_or_else(|| {
        let number = |aspect| number(claims, aspect);
        let (least, most) = (number(Aspect::RangeMin), number(Aspect::RangeMax));
        match kind {
            "integer" => json!(least.unwrap_or(most.unwrap_or(1.0).min(1.0)).ceil() as i64),
            "number" => json!(least.unwrap_or(most.unwrap_or(1.5).min(1.5))),
            "boolean" => json!(false),
            _ => json!(text(name, claims)),
        }
    });
    Some(value).filter(|it| fits(it, kind, claims))
}

/// Whether a value that fits may be shown: everybody is told those that are listed.
pub(crate) fn may_show<P>(value: &Value, claims: &SubjectClaims<P>) -> bool {
    claims.says(Aspect::Enum) || is_harmless(value)
}

/// `example-name`, as long as it must be.
fn text<P>(name: &str, claims: &SubjectClaims<P>) -> String {
    let mut words = words_of_name(name);
    words.retain(|it| it.is_ascii());
    let mut text = match words.last().map(String::as_str) {
        None => "example".to_owned(),
        // A client shows a code that looks like one.
        Some("code") => "Code.0001".to_owned(),
        Some(_) => format!("example-{}", words.join("-")),
    };
    let least = number(claims, Aspect::LengthMin).map_or(0, |it| it as usize);
    let least = least.min(LONGEST_MADE_UP);
    while text.len() < least {
        text.push_str("-example");
    }
    let most = number(claims, Aspect::LengthMax).map_or(usize::MAX, |it| it as usize);
    text.truncate(most.min(text.len()).max(least));
    text
}

/// A password that keeps its rules. It stands in published examples, so it is no secret.
fn password<P>(claims: &SubjectClaims<P>) -> String {
    let number = |rule, length| number(claims, rule).or(number(claims, length));
    let least = number(Aspect::PasswordMin, Aspect::LengthMin);
    let least = least.map_or(0, |it| it as usize).min(LONGEST_MADE_UP);
    let most = number(Aspect::PasswordMax, Aspect::LengthMax);
    let most = most.map_or(LONGEST_MADE_UP, |it| it as usize);
    let specials = claims.one(Aspect::PasswordSpecials).unwrap_or("-");
    let special = match specials.contains('-') {
        true => '-',
        false => specials.chars().next().unwrap_or('-'),
    };
    let mut password = format!("Correct{special}Horse{special}42");
    if most < password.len() {
        password = format!("Co4{special}rectHorse");
    }
    while password.len() < least {
        password.push('e');
    }
    password.chars().take(most).collect()
}

/// What is said of a list and meant of its items.
pub(crate) fn of_items<P: Clone>(claims: &SubjectClaims<P>) -> SubjectClaims<P> {
    let mut items = claims.clone();
    items.facts.retain(|aspect, _| is_of_values(*aspect));
    items
}

/// Whether a value is of a kind and within its bounds.
pub(crate) fn fits<P>(value: &Value, kind: &str, claims: &SubjectClaims<P>) -> bool {
    let allowed = claims.value(Aspect::Enum).map(ClaimValue::items);
    let allowed = allowed.map(|it| it.iter().map(String::as_str).collect());
    is_within(value, kind, claims, allowed.as_ref())
        && value.as_array().is_none_or(|items| {
            within(
                claims,
                items.len() as f64,
                Aspect::MinItems,
                Aspect::MaxItems,
            )
        })
}

/// The same of an item too, which no bounds of the list are for.
fn is_within<P>(
    value: &Value,
    kind: &str,
    claims: &SubjectClaims<P>,
    allowed: Option<&HashSet<&str>>,
) -> bool {
    let is_within = match value {
        Value::String(text) => {
            let length = text.chars().count() as f64;
            within(claims, length, Aspect::LengthMin, Aspect::LengthMax)
        }
        Value::Number(it) => {
            let number = it.as_f64().unwrap_or_default();
            within(claims, number, Aspect::RangeMin, Aspect::RangeMax)
        }
        Value::Array(items) => {
            let inner = kind.strip_prefix(LIST_OF).unwrap_or_default();
            let mut items = items.iter();
            return is_of_kind(kind, value)
                && items.all(|it| is_within(it, inner, claims, allowed));
        }
        _ => true,
    };
    let is_allowed = |allowed: &HashSet<&str>| match value.as_str() {
        Some(text) => allowed.contains(text),
        None => allowed.contains(value.to_string().as_str()),
    };
    is_of_kind(kind, value) && is_within && allowed.is_none_or(is_allowed)
}

fn within<P>(claims: &SubjectClaims<P>, size: f64, least: Aspect, most: Aspect) -> bool {
    number(claims, least).is_none_or(|it| it <= size)
        && number(claims, most).is_none_or(|it| size <= it)
}

/// What a definition gives as text where it means a value, and the other way round.
pub(crate) fn as_kind(value: &Value, kind: &str) -> Value {
    let is_compound = kind.starts_with("array") || kind == "object";
    match (value, kind) {
        (Value::String(text), _) if is_compound => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        (value, _) if is_compound => value.clone(),
        (Value::String(text), "string") => json!(text),
        (Value::Number(_) | Value::Bool(_), "string") => json!(value.to_string()),
        (Value::String(text), _) => {
            serde_json::from_str(&text.to_ascii_lowercase()).unwrap_or(Value::Null)
        }
        (value, _) => value.clone(),
    }
}

/// Whether the example of a field is one of an object, or of some, which is left to that of its body.
pub(crate) fn is_of_objects(field: &FieldFacts) -> bool {
    let kind = field.type_.as_ref().and_then(|it| kind_of_type(&it.value));
    let is_object = kind.is_some_and(|it| it.ends_with("object"));
    let shown = field
        .keyword("example")
        .map(|it| as_kind(&it.value, "object"));
    let is_of_objects = |it: &Value| it.is_object() || it.get(0).is_some_and(Value::is_object);
    is_object && shown.is_some_and(|it| is_of_objects(&it))
}
