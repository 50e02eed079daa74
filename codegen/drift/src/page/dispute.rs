//! Where a page is not of one mind.

use huaweicloud_pages::block::Lines;
use huaweicloud_pages::vocabulary::kind_of_type;

use crate::claim::{Aspect, ClaimValue, FactName, Subject};
use crate::pair::Pairing;

/// Two places of a page that cannot both be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The contradiction, as `docs.lock` names it.
    pub name: Subject,
    /// What it is about, as far as its words tell: a subject, and which aspect unless all of it.
    pub about: Option<(Subject, Option<Aspect>)>,
    /// What the second place says, in the words of claims; the claims follow the first.
    pub second: Option<ClaimValue>,
    /// The second place.
    pub second_at: Lines,
    /// Whether the places are in two files.
    pub is_between_files: bool,
}

impl Dispute {
    pub(super) fn new(about: &str, second: &str, second_at: Lines, pairing: &Pairing) -> Self {
        let name = Subject::Contradiction(about.to_owned());
        let about = Subject::disputed(about);
        let about = about.map(|(subject, aspect)| (pairing.subject(subject), aspect));
        let listed = || second.split(", ").map(str::to_owned).collect();
        let is_of_status = matches!(about, Some((Subject::Status(_), None)));
        let second = match about.as_ref().and_then(|(_, aspect)| *aspect) {
            None if is_of_status => Some(ClaimValue::Many(listed())),
            Some(Aspect::Type) => kind_of_type(second).map(ClaimValue::one),
            Some(Aspect::Required) => Some(ClaimValue::flag(second == "mandatory")),
            Some(aspect) if aspect.is_list() => Some(ClaimValue::Many(listed())),
            Some(aspect) if aspect.is_flag() => Some(ClaimValue::flag(second == "true")),
            Some(_) => Some(ClaimValue::one(second)),
            None => None,
        };
        Self {
            name,
            about,
            second,
            second_at,
            is_between_files: false,
        }
    }

    /// What of a parameter of the path it is about, if it is about one: an aspect unless all of it.
    pub(crate) fn about_of_path(&self) -> Option<Option<Aspect>> {
        let about = self.about.as_ref().filter(|it| it.0.is_of_path());
        about.map(|it| it.1)
    }

    /// Whether it is whether there is a thing at all, or what that is in. Of two statuses which it is:
    /// what is in the response is as both say.
    pub fn is_about_all_of(&self, subject: &Subject) -> bool {
        match (&self.about, subject) {
            (Some((Subject::Status(first), None)), Subject::Status(status)) => {
                let second = ClaimValue::items_of(self.second.as_ref());
                first == status || second.contains(status)
            }
            (Some((Subject::Status(_), _)), _) => false,
            (Some((about, None)), _) => about == subject || subject.is_inside(about),
            _ => false,
        }
    }

    /// Whether a fact is what the two places disagree about.
    pub fn is_about(&self, name: &FactName) -> bool {
        match &self.about {
            Some((_, None)) => self.is_about_all_of(&name.subject),
            // Which bounds there are depends on the type: 32 letters, or at most 32.
            Some((subject, Some(Aspect::Type))) => {
                let is_of_type = name.aspect == Aspect::Type || name.aspect.is_bound();
                *subject == name.subject && is_of_type
            }
            // The length of a field against that of the password in it is of both.
            Some((subject, Some(aspect))) => {
                *subject == name.subject
                    && (*aspect == name.aspect || aspect.equivalent() == Some(name.aspect))
            }
            None => false,
        }
    }
}
