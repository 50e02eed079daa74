//! The schema of a value that is new to a document: one writer for what is added and for drafts.

use huaweicloud_pages::vocabulary::{LIST_OF, is_of_kind};
use serde_json::json;

use crate::claim::{Aspect, ClaimValue, MAP_OF, SubjectClaims, outer_kind};
use crate::document::keywords::{IAM, Of, POLICY, before, is_of_values, keyword_of, said_of};
use crate::foreign;
use crate::patch::example::{as_kind, of_items};
use crate::patch::splice::Refusal;
use crate::piece::{New, entry};
use crate::scalar;

/// The keywords of a schema, in their order.
pub(crate) type Keywords = Vec<(String, New)>;

/// Puts a keyword in its place.
pub(crate) fn put(keywords: &mut Keywords, keyword: &str, value: New) {
    let place = before(keyword).len();
    let at = keywords.partition_point(|(key, _)| before(key).len() <= place);
    keywords.insert(at, entry(keyword, value));
}

/// What a keyword says.
pub(crate) fn get<'k>(keywords: &'k Keywords, keyword: &str) -> Option<&'k New> {
    let found = keywords.iter().find(|(key, _)| key == keyword);
    found.map(|(_, value)| value)
}

/// Takes a keyword out.
pub(crate) fn take(keywords: &mut Keywords, keyword: &str) -> Option<New> {
    let at = keywords.iter().position(|(key, _)| key == keyword)?;
    Some(keywords.remove(at).1)
}

/// A schema, and what of the claims could not be said in it.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Its keywords.
    pub(crate) keywords: Keywords,
    /// What is left to people, a sentence without its end each.
    pub(crate) doubts: Vec<String>,
}

/// Writes the schema of a value of a kind; of an object, or the objects in a list, without what is in
/// it. What is said of a list of plain values is said of its items.
pub(crate) fn write<P: Clone>(kind: &str, claims: &SubjectClaims<P>, response: bool) -> Written {
    let mut written = Written::default();
    let items = kind.strip_prefix(LIST_OF);
    let is_list = kind == "array" || items.is_some();
    let word = if is_list { "array" } else { outer_kind(kind) };
    written.say("type", New::scalar(word));
    let mut own = claims.clone();
    own.facts.retain(|it, _| !is_list || !is_of_values(*it));
    match items {
        Some(items) => {
            let inner = write(items, &of_items(claims), response);
            written.say("items", New::Map(inner.keywords));
            written.doubts.extend(inner.doubts);
        }
        None if is_list => {
            written.say("items", New::Map(Vec::new()));
            written
                .doubts
                .push("the page does not say of what the list is".to_owned());
        }
        None => {}
    }
    if let Some(values) = kind.strip_prefix(MAP_OF) {
        let inner = write(values, &SubjectClaims::named(()), response);
        written.say("additionalProperties", New::Map(inner.keywords));
    }
    written.secret(&own, kind, response);
    written.values(&own, kind);
    written.policy(&own);
    written
}

/// Whether it goes without saying: a bound that bounds nothing, a flag that is not set.
pub(crate) fn is_idle(aspect: Aspect, value: &ClaimValue) -> bool {
    match aspect {
        Aspect::LengthMin | Aspect::MinItems => value.as_one() == Some("0"),
        aspect => aspect.is_flag() && !value.is_yes(),
    }
}

impl Written {
    /// Its keywords, where nothing is left to people.
    pub(crate) fn certain(self) -> Result<Keywords, Refusal> {
        match self.doubts.into_iter().next() {
            Some(doubt) => Err(doubt),
            None => Ok(self.keywords),
        }
    }

    fn say(&mut self, keyword: &str, value: New) {
        put(&mut self.keywords, keyword, value);
    }

    fn secret<P>(&mut self, claims: &SubjectClaims<P>, kind: &str, response: bool) {
        let secret = claims.value(Aspect::Secret);
        let mut rules = POLICY.iter().map(|it| it.1);
        if secret.is_some_and(ClaimValue::is_yes) || rules.any(|it| claims.says(it)) {
            if kind == "string" {
                self.say("format", New::scalar("password"));
                if !response {
                    self.say("writeOnly", New::scalar("true"));
                }
            } else {
                self.doubts.push(format!(
                    "it is a secret, and only text can be one, no {kind}"
                ));
            }
        }
    }

    fn values<P>(&mut self, claims: &SubjectClaims<P>, kind: &str) {
        for (aspect, said) in &claims.facts {
            let keyword = keyword_of(*aspect);
            let Some(keyword) = keyword.filter(|_| !is_idle(*aspect, &said.value)) else {
                continue;
            };
            let value = match &said.value {
                ClaimValue::Many(items) => typed_list(items, kind),
                ClaimValue::One(text) if *aspect == Aspect::Default => {
                    typed(text, kind).map(New::Scalar)
                }
                ClaimValue::One(text) => constraint(*aspect, text, kind).map(New::Scalar),
            };
            match value {
                Ok(value) => self.say(keyword, value),
                Err(why) => self.doubts.push(format!("{keyword}: {why}")),
            }
        }
    }

    /// The rules of a password; its length is told to readers who know the standard only too.
    fn policy<P>(&mut self, claims: &SubjectClaims<P>) {
        let rules = POLICY.iter().filter_map(|(key, aspect)| {
            let value = match claims.value(*aspect)? {
                many @ ClaimValue::Many(_) => said_as_text(many),
                ClaimValue::One(text) if *key == "specials" => New::Scalar(scalar::quoted(text)),
                ClaimValue::One(text) => New::scalar(text),
            };
            Some(entry(key, value))
        });
        let rules: Vec<(String, New)> = rules.collect();
        if rules.is_empty() {
            return;
        }
        let (Some(min), Some(max)) = (
            claims.one(Aspect::PasswordMin),
            claims.one(Aspect::PasswordMax),
        ) else {
            self.doubts.push(
                "the rules of the password lack its least or greatest length, which `x-password-policy` needs"
                    .to_owned(),
            );
            return;
        };
        for (keyword, aspect, length) in [
            ("minLength", Aspect::LengthMin, min),
            ("maxLength", Aspect::LengthMax, max),
        ] {
            if !claims.says(aspect) {
                self.say(keyword, New::scalar(length));
            }
        }
        self.say("x-password-policy", New::Map(rules));
    }
}

/// Where a document has its schemas.
pub(crate) const SCHEMAS: &str = "#/components/schemas/";

/// A reference to a schema of the document.
pub(crate) fn reference(name: &str) -> New {
    New::Scalar(scalar::quoted(&format!("{SCHEMAS}{name}")))
}

/// The row of an action of IAM, by the keys of an item of `x-iam-actions`.
pub(crate) fn iam_row<P>(said: &SubjectClaims<P>) -> Keywords {
    let row = IAM.iter().filter_map(|(key, aspect)| {
        let value = said.value(*aspect)?;
        Some(entry(key, said_as_text(value)))
    });
    row.collect()
}

fn said_as_text(value: &ClaimValue) -> New {
    match value {
        ClaimValue::One(text) => New::text(text),
        ClaimValue::Many(items) => New::List(items.iter().map(|it| New::text(it)).collect()),
    }
}

/// A bound, a pattern or a flag of the page as a scalar.
pub(crate) fn constraint(aspect: Aspect, text: &str, kind: &str) -> Result<String, Refusal> {
    let inner = if is_of_values(aspect) {
        kind.rsplit(' ').next().unwrap_or(kind)
    } else {
        kind
    };
    let owner = match keyword_of(aspect).and_then(said_of) {
        Some(Of::Text) if inner != "string" => "text",
        Some(Of::Numbers) if !matches!(inner, "integer" | "number") => "a number",
        Some(Of::Lists) if !inner.starts_with("array") => "a list",
        _ => "",
    };
    match aspect {
        _ if !owner.is_empty() => Err(format!(
            "only {owner} can have that, and the type is {inner}; decide by hand which of the two is right"
        )),
        Aspect::Pattern => typed(text, "string"),
        aspect if aspect.is_flag() => Ok("true".to_owned()),
        _ => typed(text, "number"),
    }
}

/// Values of the page as a list of a kind.
pub(crate) fn typed_list(items: &[String], kind: &str) -> Result<New, Refusal> {
    let items = items.iter().map(|it| typed(it, kind).map(New::Scalar));
    items.collect::<Result<_, _>>().map(New::List)
}

/// A value of the page as a scalar of a kind.
pub(crate) fn typed(text: &str, kind: &str) -> Result<String, Refusal> {
    let kind = kind.strip_prefix(LIST_OF).unwrap_or(kind);
    let fits = match kind {
        "string" => return Ok(scalar::as_text(text)),
        "integer" | "number" | "boolean" => {
            text.trim() == text && is_of_kind(kind, &as_kind(&json!(text), kind))
        }
        _ => false,
    };
    if !fits {
        let text = foreign::name(text);
        return Err(format!("`{text}` is no {kind}; write it by hand"));
    }
    Ok(text.to_ascii_lowercase())
}
