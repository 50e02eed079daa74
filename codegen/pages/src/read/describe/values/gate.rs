//! Whether a list that was found is one of values: one decision, whoever found it.

use super::item::{How, Item};
use crate::read::describe::Described;

/// How strongly values are announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(super) enum Strength {
    /// "The gate can be …": what follows may be anything.
    Sentence,
    /// "The value is …".
    Value,
    /// The label of a part that may have values or bounds.
    Range,
    /// A word for nothing but values.
    Options,
}

/// What a list stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// How strongly it is announced; `None` when nothing announces it.
    pub(super) said: Option<Strength>,
    /// It is one of items.
    pub(super) items: bool,
    /// Nothing of it can be lost: it is said to be all, or nothing else stands there.
    pub(super) whole: bool,
    /// What stands before it speaks of fields.
    pub(super) fields: bool,
}

/// Whether the values of a list can be believed to be some.
pub(super) fn believable(of: &Described<'_>, found: &[Item<'_>], place: Place) -> bool {
    let every = |is: fn(&Item<'_>) -> bool| found.iter().all(is);
    let few =
        |is: fn(&Item<'_>) -> bool| found.iter().filter(|item| is(item)).count() * 2 <= found.len();
    let bare = |item: &Item<'_>| item.how == How::Bare;
    let explained = |item: &Item<'_>| !matches!(item.how, How::Bare | How::Remark);
    let chinese = of.is_chinese;
    match place.said {
        // What stands in items behind a word for values is one, whatever it is and alone or not.
        Some(Strength::Options) if place.items => true,
        // Of a list of one the rest may be lost. "Letters, digits, and underscores" is what values
        // are made of.
        Some(said) => {
            let clear =
                said != Strength::Sentence || every(|item| item.loud || item.how != How::Bare);
            (found.len() > 1 || place.whole)
                && !every(|item| item.placed)
                && !every(|item| item.soft)
                && (chinese || clear)
        }
        // Each is explained, or can be nothing but a value, or they are words alone and no fields.
        None => {
            let words = every(bare) && !place.fields && (chinese || found.len() > 2);
            let clear = found.iter().all(|item| item.loud || explained(item))
                || chinese && every(|item| item.how == How::Remark)
                || words;
            // "-1: no limit, 0: none": what two numbers of an amount mean besides.
            let amount = found.len() == 2 && found.iter().any(|item| item.value.starts_with('-'));
            let named = found
                .iter()
                .any(|item| item.value.eq_ignore_ascii_case(of.name));
            found.iter().any(|item| item.value != found[0].value)
                && few(|item| item.soft)
                && few(|item| item.known)
                && !(amount || named || place.items && !clear)
        }
    }
}
