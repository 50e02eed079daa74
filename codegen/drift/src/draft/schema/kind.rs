//! Which kind of value it is, and whether a secret.

use huaweicloud_pages::facts::FieldFacts;
use huaweicloud_pages::vocabulary::{LIST_OF, kinds_agree};

use super::{Made, Place, Schemas, Travel, innermost};
use crate::claim::{Aspect, outer_kind};
use crate::document::keywords::is_of_values;
use crate::draft::words::foreign;

impl Schemas<'_, '_, '_> {
    /// The kind of a value: what is said, unless what is in it tells better; empty where any will do.
    pub(super) fn kind(&self, made: &mut Made<'_>, place: Place<'_, '_>, through: &str) -> String {
        let (claims, asks) = (&made.claims, &mut made.asks);
        let said = claims.one(Aspect::Type).map(outer_kind);
        let inside = place.branch.inside.iter().map(|it| self.tree.get(*it));
        let mut below = inside.filter_map(|it| it.through.strip_prefix(through));
        let below = below.next().map(|rest| {
            let lists = rest.trim_start_matches("[]");
            LIST_OF.repeat((rest.len() - lists.len()) / 2) + "object"
        });
        let type_ = place.field.and_then(|it| it.type_.as_ref());
        let is_body = place.field.is_some_and(|it| it.path.is_empty());
        let is_whole = place.field.is_some_and(FieldFacts::is_of_definition);
        match (said, below) {
            (Some(said), Some(below)) => {
                if !kinds_agree(said, &below) {
                    let question =
                        format!("it is said to be `{said}`, and has fields as `{below}`; which?");
                    asks.ask(question);
                }
                below
            }
            (Some(said), None) => said.to_owned(),
            (None, Some(below)) => {
                if place.field.is_some() && !is_body {
                    asks.ask("its type is not said; it has fields");
                }
                below
            }
            (None, None) if is_body && !is_whole => "object".to_owned(),
            (None, None) => {
                let question = match type_ {
                    Some(said) => format!("which type is `{}`?", foreign(&said.value)),
                    None => "its type is not said; which is it?".to_owned(),
                };
                asks.ask(question);
                // A definition without a type allows any, a page without one most likely text.
                let is_any = is_whole
                    && type_.is_none()
                    && self.travel != Travel::Address
                    && !claims.facts.keys().any(|it| is_of_values(*it));
                if is_any {
                    String::new()
                } else {
                    "string".to_owned()
                }
            }
        }
    }
}

impl Made<'_> {
    /// Only text can be marked as a secret, and none in an address: the client refuses it.
    pub(super) fn secret(&mut self, travel: Travel) {
        let said = self.field.and_then(|it| it.secret.as_ref());
        if !said.is_some_and(|it| it.value) {
            return;
        }
        let question = match innermost(&self.kind) {
            _ if travel == Travel::Address => {
                "it is a secret, and addresses end up in logs; may it be one?"
            }
            // What is in an object has names of its own.
            "string" | "object" => return,
            _ => "it is a secret, and only text can be marked as one",
        };
        self.claims.facts.remove(&Aspect::Secret);
        self.asks.ask(question);
    }
}
