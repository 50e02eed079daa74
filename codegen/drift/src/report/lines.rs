//! The lines that a difference is between.

use huaweicloud_pages::block::Lines as Place;
use huaweicloud_pages::vocabulary::{words_for, yes_no};

use super::listing::{Listing, lines_at};
use super::{Page, Told};
use crate::check::{DifferenceKind, PageDifference};
use crate::claim::{Aspect, ClaimValue, FactName, Subject, in_words, leaf_of};
use crate::foreign::places_of;

/// The lines that a difference is between.
pub(super) struct Lines {
    /// Where the page says it, or would.
    pub(super) page: Listing,
    /// Where the page, or its other file, says otherwise.
    pub(super) also: Option<Listing>,
    /// Where the document says it, or would; nothing where it is the page that is at odds.
    pub(super) document: Option<Listing>,
}

impl Lines {
    /// Finds them, within so many columns if they are counted.
    pub(super) fn of(told: Told<'_>, room: Option<usize>) -> Self {
        let Told {
            page: Page { checked, texts, .. },
            it: difference,
        } = told;
        let text = |at: Place| texts.get(at.file).map_or("", String::as_str);
        let (name, said) = words(difference, text(difference.page_at));
        let listed = |at: Place, said: &[String], labels| {
            Listing::of_lines(checked.file(at), text(at), at, (name, said), labels, room)
        };
        let also = difference.page_also.map(|at| {
            let said = difference.second().map(str::to_owned);
            listed(at, said.as_slice(), of_two(difference, 1))
        });
        let of_page = difference.name.subject.is_trouble();
        let spec = told.page.report.spec;
        let document = spec.document(&told.page.operation.file);
        let document = document.filter(|_| !of_page).map(|document| {
            let place = document.source.place(&difference.spec_at);
            let labels = spec_labels(difference);
            Listing::of_span(place.path, place.text, &place.span, labels, room)
        });
        Self {
            page: listed(
                place_of_default(difference, text(difference.page_at)),
                &said,
                page_labels(difference),
            ),
            also,
            document,
        }
    }

    /// All there are, the page's first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Listing> {
        let others = self.also.iter().chain(&self.document);
        std::iter::once(&self.page).chain(others)
    }
}

/// Where a difference is. A default comes behind the values that the same place may list, among them itself.
fn place_of_default(it: &PageDifference, text: &str) -> Place {
    let at = it.page_at;
    let value = it.page.as_ref().and_then(ClaimValue::as_one);
    let has = |line: &str| value.is_some_and(|it| places_of(line, it).next().is_some());
    let said = lines_at(text, at).filter(|it| has(it.1)).last();
    let is_default = it.name.aspect == Aspect::Default && at.column == 0;
    match said.filter(|_| is_default) {
        Some((first, _)) => Place { first, ..at },
        None => at,
    }
}

/// What is written beside the line of the page: what it says, or where that is too long, that it is
/// the page.
fn page_labels(it: &PageDifference) -> [String; 2] {
    let is_presence = it.name.aspect == Aspect::Present;
    match (&it.page, it.kind) {
        (Some(_), DifferenceKind::Contradiction) => of_two(it, 0),
        (_, DifferenceKind::Unreadable) => one("the first place"),
        _ if it.name.aspect == Aspect::Words => one("in other words"),
        (Some(_), _) if is_presence => one(&it.by.place()),
        (Some(value), _) => {
            let value = in_words(it.name.aspect, value);
            [format!("{}: {value}", it.by.who()), it.by.place()]
        }
        (None, _) => one("not said here"),
    }
}

/// What is written beside one of two lines that differ: what it says, or which it is.
fn of_two(it: &PageDifference, index: usize) -> [String; 2] {
    let short = match it.by.places() {
        both if both.len() > 1 => both.into_iter().nth(index).unwrap_or_default(),
        _ if index == 0 => "the first of the two".to_owned(),
        _ => "the second of the two".to_owned(),
    };
    let says = it.page.as_ref().and_then(|it| it.items().get(index));
    let long = says.map_or(short.clone(), |it| format!("{short}: {it}"));
    [long, short]
}

fn spec_labels(difference: &PageDifference) -> [String; 2] {
    let is_presence = difference.name.aspect == Aspect::Present;
    match &difference.spec {
        _ if difference.name.aspect == Aspect::Words => one("described here"),
        Some(_) if is_presence => one("in the document"),
        Some(value) => {
            let value = in_words(difference.name.aspect, value);
            let short = "in the document".to_owned();
            [format!("the document: {value}"), short]
        }
        None => one("not said here"),
    }
}

fn one(label: &str) -> [String; 2] {
    [label.to_owned(), label.to_owned()]
}

/// The words by which lines of the page speak of a difference: that of its subject, and what is said
/// of it, as it is and in the words that pages have for it.
fn words<'d>(difference: &'d PageDifference, text: &str) -> (Option<&'d str>, Vec<String>) {
    let FactName { subject, aspect } = &difference.name;
    let said = match (&difference.page, *aspect) {
        (Some(ClaimValue::Many(says)), _) if difference.kind == DifferenceKind::Contradiction => {
            says.first().cloned()
        }
        (_, Aspect::Present) => None,
        (_, Aspect::Words) => difference.new_words.clone(),
        (Some(value), Aspect::Required) => {
            let lines = lines_at(text, difference.page_at);
            let mut words = lines.flat_map(|it| it.1.split(|it: char| !it.is_alphanumeric()));
            let found = words.find(|it| yes_no(it) == Some(value.is_yes()));
            found.map(str::to_owned)
        }
        // Of a list, what the document does not have; of rules of a password that are fewer, what it has
        // besides.
        (Some(ClaimValue::Many(items)), _) => {
            let now = difference.page.as_ref();
            let known = difference.spec.as_ref().or(difference.reviewed.as_ref());
            let new = ClaimValue::only_in(now, known).next();
            let gone = ClaimValue::only_in(known, now).next();
            let gone = gone.filter(|_| aspect.is_rule_of_password());
            new.or(gone).or(items.first()).cloned()
        }
        // The last word of `array of string`.
        (Some(ClaimValue::One(kind)), Aspect::Type) => kind.rsplit(' ').next().map(str::to_owned),
        (Some(value), Aspect::Deprecated) if value.is_yes() => Some("deprecated".to_owned()),
        (Some(ClaimValue::One(word)), aspect) if !aspect.is_flag() => Some(word.clone()),
        _ => None,
    };
    let spoken = said.iter().flat_map(|it| words_for(it)).map(str::to_owned);
    let has_words = aspect.is_rule_of_password() || *aspect == Aspect::Deprecated;
    let spoken = spoken.filter(|_| has_words);
    // An end that is left out stands as the number next to it, where it does not stand itself.
    let is_said = |it: &String| {
        let mut lines = lines_at(text, difference.page_at);
        lines.any(|(_, line)| places_of(line, it).next().is_some())
    };
    let number = said.as_ref().filter(|it| !is_said(it));
    let number: Option<i64> = number.and_then(|it| it.parse().ok());
    let number = number.filter(|_| aspect.is_bound() || aspect.is_rule_of_password());
    let beside = number
        .into_iter()
        .flat_map(|it| [it.checked_add(1), it.checked_sub(1)]);
    let beside = beside.flatten().map(|it| it.to_string());
    let said: Vec<String> = said.iter().cloned().chain(spoken).chain(beside).collect();
    (named(subject), said)
}

/// The name by which a line of the page speaks of a subject.
fn named(subject: &Subject) -> Option<&str> {
    let name = match subject {
        // The last word but for the aspect: the path of a field.
        Subject::Contradiction(about) => {
            let thing = about.rsplit_once(": ").map_or(about.as_str(), |it| it.0);
            leaf_of(thing.rsplit(' ').next().unwrap_or(thing))
        }
        subject => subject.leaf(),
    };
    Some(name).filter(|it| !it.is_empty())
}
