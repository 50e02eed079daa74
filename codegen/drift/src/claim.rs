//! What a page or a document claims, in one vocabulary, so that the two can be laid side by side.
//!
//! A [`Subject`] is a thing one can talk about (a parameter, a field, a status), an [`Aspect`] is
//! what is said about it (its type, its default), a [`ClaimValue`] is what that is. Subject and aspect
//! together name a fact, and are how `spec/docs.lock` writes it: `body new_password/length.max`.

mod aspect;
mod rename;
mod subject;
mod value;

use std::collections::BTreeMap;
use std::fmt;

use huaweicloud_pages::vocabulary::service_word;
use indexmap::IndexMap;

use crate::foreign;
pub use aspect::Aspect;
pub use rename::Rename;
pub(crate) use rename::renamed;
pub use subject::{ParameterLocation, Subject};
pub(crate) use subject::{leaf_of, location, location_word, words_of_name};
pub use value::{ClaimValue, in_words};
pub(crate) use value::{MAP_OF, map_of, outer_kind, same};

/// A fact by its name: what it is about, and what of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactName {
    /// What it is about.
    pub subject: Subject,
    /// What of it.
    pub aspect: Aspect,
}

impl FactName {
    /// Names a fact.
    pub fn new(subject: Subject, aspect: Aspect) -> Self {
        Self { subject, aspect }
    }

    /// Names that a subject is there at all.
    pub fn presence(subject: &Subject) -> Self {
        Self::new(subject.clone(), Aspect::Present)
    }

    /// The notation of `docs.lock` as a name: `body new_password/length.max`.
    pub fn parse(text: &str) -> Option<Self> {
        let (subject, aspect) = text.rsplit_once('/')?;
        Some(Self::new(Subject::parse(subject)?, Aspect::parse(aspect)?))
    }
}

impl fmt::Display for FactName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.subject, self.aspect.word())
    }
}

/// The service that an IAM action belongs to, in lower case: `dcs` of `dcs:instance:reset`.
pub(crate) fn service_of_action(action: &str) -> Option<String> {
    service_word(action.split_once(':')?.0)
}

/// How many names a message has room for.
const MOST_NAMES: usize = 8;

/// Names for a message, in quotes, as many as there is room for.
pub fn listed(names: impl ExactSizeIterator<Item = impl ToString>) -> String {
    in_room(names.map(|it| format!("`{}`", foreign::name(&it.to_string()))))
}

/// As many words for a message as there is room for.
pub(crate) fn in_room(words: impl ExactSizeIterator<Item = String>) -> String {
    let more = words.len().saturating_sub(MOST_NAMES);
    let words = words.take(MOST_NAMES).collect::<Vec<_>>().join(", ");
    match more {
        0 => words,
        more => format!("{words} and {more} more"),
    }
}

/// What is said, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<P> {
    /// What is said.
    pub value: ClaimValue,
    /// Where: lines of a page, bytes of a document.
    pub at: P,
}

/// Everything said about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectClaims<P> {
    /// Where the subject is named.
    pub named: P,
    /// What is said about it; [`Aspect::Present`] is not among it, being said by the entry itself.
    pub facts: BTreeMap<Aspect, Claim<P>>,
}

impl<P> SubjectClaims<P> {
    /// An entry nothing is said about yet.
    pub fn named(at: P) -> Self {
        Self {
            named: at,
            facts: BTreeMap::new(),
        }
    }

    /// Says something, unless it was said before.
    pub fn say(&mut self, aspect: Aspect, value: ClaimValue, at: P) {
        self.facts.entry(aspect).or_insert(Claim { value, at });
    }

    /// What is said of an aspect.
    pub fn value(&self, aspect: Aspect) -> Option<&ClaimValue> {
        self.facts.get(&aspect).map(|it| &it.value)
    }

    /// The one word that is said of an aspect.
    pub(crate) fn one(&self, aspect: Aspect) -> Option<&str> {
        self.value(aspect)?.as_one()
    }

    /// Whether anything is said of an aspect.
    pub(crate) fn says(&self, aspect: Aspect) -> bool {
        self.facts.contains_key(&aspect)
    }
}

/// What belongs to a header among what belongs to subjects: its name has no case.
pub(crate) fn same_header<'a, T>(
    mut all: impl Iterator<Item = (&'a Subject, T)>,
    subject: &Subject,
) -> Option<T> {
    all.find(|it| it.0.is_same_header(subject)).map(|it| it.1)
}

/// Everything a page or an operation of a document says, in its own order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims<P> {
    entries: IndexMap<Subject, SubjectClaims<P>>,
}

impl<P> Default for Claims<P> {
    fn default() -> Self {
        Self {
            entries: IndexMap::new(),
        }
    }
}

impl<P> Claims<P> {
    /// The entry of a subject, made if it is not there.
    pub fn entry(&mut self, subject: Subject, named: impl FnOnce() -> P) -> &mut SubjectClaims<P> {
        self.entries
            .entry(subject)
            .or_insert_with(|| SubjectClaims::named(named()))
    }

    /// What is said about a subject. The names of headers have no case.
    pub fn get(&self, subject: &Subject) -> Option<&SubjectClaims<P>> {
        let found = self.entries.get(subject);
        found.or_else(|| same_header(self.entries.iter(), subject))
    }

    /// What is said of an aspect of a subject.
    pub(crate) fn said(&self, subject: &Subject, aspect: Aspect) -> Option<&ClaimValue> {
        self.get(subject)?.value(aspect)
    }

    /// The one word that is said of an aspect of a subject.
    pub(crate) fn one(&self, subject: &Subject, aspect: Aspect) -> Option<&str> {
        self.get(subject)?.one(aspect)
    }

    /// What is said about a subject, to say more.
    pub(crate) fn get_mut(&mut self, subject: &Subject) -> Option<&mut SubjectClaims<P>> {
        self.entries.get_mut(subject)
    }

    /// The value of a fact; the presence of a subject is `yes`.
    pub fn value(&self, name: &FactName) -> Option<ClaimValue> {
        let entry = self.get(&name.subject)?;
        match name.aspect {
            Aspect::Present => Some(ClaimValue::flag(true)),
            aspect => entry.value(aspect).cloned(),
        }
    }

    /// All subjects with what is said about them, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Subject, &SubjectClaims<P>)> + Clone {
        self.entries.iter()
    }

    /// The same with other subjects; of two that become one, the first counts.
    pub(crate) fn mapped(&self, subject: impl Fn(&Subject) -> Subject) -> Self
    where
        P: Clone,
    {
        let mut out = Self::default();
        for (old, entry) in &self.entries {
            let entry = || entry.clone();
            out.entries.entry(subject(old)).or_insert_with(entry);
        }
        out
    }

    /// Whether any subject passes.
    pub fn any(&self, test: impl Fn(&Subject) -> bool) -> bool {
        self.entries.keys().any(test)
    }

    /// Whether a subject is there.
    pub fn has(&self, subject: &Subject) -> bool {
        self.get(subject).is_some()
    }

    /// Whether a subject is there, or anything inside it.
    pub(crate) fn has_any_of(&self, subject: &Subject) -> bool {
        self.has(subject) || self.any(|it| it.is_inside(subject))
    }

    /// The entry of the innermost thing that a subject is in.
    pub(crate) fn around(&self, subject: &Subject) -> Option<&SubjectClaims<P>> {
        subject.outers().find_map(|it| self.get(&it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_facts_survive_being_written() {
        for text in [
            "operation/route",
            "path instance_id/type",
            "header X-Auth-Token/present",
            "body server.tags[].key/length.max",
            "status 404/present",
            "response 200 a/b/enum",
            "contradiction path parameter x: type/present",
            "unreadable/present",
        ] {
            let name = FactName::parse(text).unwrap();
            assert_eq!(name.to_string(), text);
        }
        for text in [
            "",
            "operation",
            "operation/x",
            "body/type",
            "response 200/type",
        ] {
            assert_eq!(FactName::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_contradiction_tells_what_it_is_about() {
        let of = |about: &str| {
            let (subject, aspect) = Subject::disputed(about)?;
            Some(format!("{subject} {}", aspect.map_or("all", Aspect::word)))
        };
        for (about, found) in [
            ("path parameter id", Some("path id all")),
            ("body parameter a.b[]: type", Some("body a.b[] type")),
            ("query parameter x: required", Some("query x required")),
            ("response ? flag: values", Some("response ? flag enum")),
            ("response 200 flag", Some("response 200 flag all")),
            ("the moon", None),
            ("body parameter a: shape", None),
        ] {
            assert_eq!(of(about).as_deref(), found, "{about}");
        }
    }

    #[test]
    fn values_agree_by_what_they_mean() {
        let one = ClaimValue::one;
        let many =
            |items: &[&str]| ClaimValue::Many(items.iter().map(|it| (*it).to_owned()).collect());
        assert!(one("8").agrees(&one("8.0"), Aspect::LengthMin));
        assert!(!one("8").agrees(&one("9"), Aspect::LengthMin));
        assert!(one("False").agrees(&one("false"), Aspect::Default));
        assert!(!one("Chart").agrees(&one("chart"), Aspect::Default));
        assert!(!one("3.10").agrees(&one("3.1"), Aspect::Default));
        assert!(many(&["TRUE", "False"]).agrees(&many(&["false", "true"]), Aspect::Enum));
        assert!(!many(&["A", "b"]).agrees(&many(&["a", "b"]), Aspect::Enum));
        assert!(!one("False").agrees(&one("false"), Aspect::Route));
        assert!(many(&["a", "b"]).agrees(&many(&["b", "a"]), Aspect::Enum));
        assert!(!many(&["a"]).agrees(&many(&["b", "a"]), Aspect::Enum));
        assert!(one("#!").agrees(&one("!#"), Aspect::PasswordSpecials));
        assert!(one("instance*").agrees(&one("instance"), Aspect::Resource));
    }

    #[test]
    fn headers_are_found_whatever_their_case() {
        let mut claims = Claims::default();
        claims.entry(
            Subject::Parameter(ParameterLocation::Header, "X-Trace".into()),
            || 1,
        );
        let header = |name: &str| Subject::Parameter(ParameterLocation::Header, name.into());
        assert!(claims.get(&header("x-trace")).is_some());
        assert!(claims.get(&header("x-race")).is_none());
        let query = Subject::Parameter(ParameterLocation::Query, "x-trace".into());
        assert!(claims.get(&query).is_none());
    }
}
