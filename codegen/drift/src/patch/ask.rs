//! What an edit leaves to say in words: questions to people, with the places they are about.
//!
//! A question names facts, lines and words of our own documents. No sentence of a page is in it: what
//! the page says is read there, and said here in other words.

use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::tree::Node;
use huaweicloud_codegen::source::Span;
use huaweicloud_pages::vocabulary::words_for;

use super::FixedDifference;
use crate::check::PageDifference;
use crate::claim::{Aspect, ClaimValue, Subject, in_words};
use crate::document::pointer::{Pointer, resolve};
use crate::document::{DocumentOperation, Spec};
use crate::foreign::places_of;

/// Keys whose texts are for people.
const WORDS: &[&str] = &["summary", "description"];
/// References followed more deeply than this go in a circle.
const DEEPEST: usize = 24;

/// A question about words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The document.
    pub file: String,
    /// The line of the fixed document.
    pub line: usize,
    /// What to decide or to write.
    pub text: String,
}

/// The questions that a fixed difference leaves, about the documents as they are then.
pub(super) fn asks(fixed: &FixedDifference, spec: &Spec, page: &str) -> Vec<Ask> {
    let asker = spec.operation(&fixed.operation).and_then(|operation| {
        let document = spec.document(&operation.file)?;
        Some(Asker {
            document,
            root: &document.tree,
            operation,
            page,
        })
    });
    asker.map_or(Vec::new(), |it| it.ask(&fixed.difference))
}

struct Asker<'a> {
    document: &'a Document,
    root: &'a Node,
    operation: &'a DocumentOperation,
    page: &'a str,
}

impl Asker<'_> {
    fn ask(&self, it: &PageDifference) -> Vec<Ask> {
        let subject = it.renamed_to().unwrap_or_else(|| it.name.subject.clone());
        let at_page = format!("{}:{}", self.page, it.page_at);
        match (it.name.aspect, &it.page) {
            (Aspect::Present, Some(_)) => {
                let mut asks = self.undescribed(&subject, &at_page);
                asks.extend(self.of_new_body(&subject));
                asks
            }
            (Aspect::Deprecated, Some(now)) if now.is_yes() => {
                let what = subject.words();
                let text = format!(
                    "{what} is deprecated now ({at_page}): say since when, and what to use instead"
                );
                vec![self.at(self.named(&subject), text)]
            }
            (Aspect::Name | Aspect::Present, _) => {
                // A name may be spoken of anywhere in the operation.
                let old = [it.name.subject.leaf().to_owned()];
                let now = match &it.page {
                    Some(name) => format!("it is called `{name}` now"),
                    None => "it is gone".to_owned(),
                };
                self.mentions(self.texts(&self.operation.pointer, WORDS), &old, &now)
            }
            (aspect, now) => {
                let gone = ClaimValue::only_in(it.spec.as_ref(), now.as_ref());
                let mut gone: Vec<String> = gone.cloned().collect();
                if aspect.is_rule_of_password() {
                    let words = gone.iter().flat_map(|it| words_for(it)).map(str::to_owned);
                    gone.extend(words.collect::<Vec<_>>());
                }
                let now = match now {
                    Some(value) => format!("is {} now", in_words(aspect, value)),
                    None => "is gone".to_owned(),
                };
                let what = aspect.words();
                let beside = format!(
                    "this comment stands beside the {what}, which {now}: is it still true?"
                );
                let beside = self.comments(&subject, aspect, &beside);
                let mut own = self.own_texts(&subject);
                if aspect == Aspect::Enum {
                    own.extend(self.texts(&self.operation.pointer, &["summary"]));
                }
                let mentions = self.mentions(own, &gone, &format!("the {what} {now}"));
                [beside, mentions].concat()
            }
        }
    }

    /// Asks about the comments above a fact of the document, above the other end of what it bounds, and
    /// behind it.
    fn comments(&self, subject: &Subject, aspect: Aspect, text: &str) -> Vec<Ask> {
        let facts = self.operation.claims.get(subject).map(|it| &it.facts);
        let both = std::iter::once(aspect).chain(aspect.other_end());
        let said = both.filter_map(|it| facts?.get(&it));
        let asks = said.flat_map(|said| {
            let is_list = matches!(said.value, ClaimValue::Many(_));
            self.comments_at(&said.at, is_list, text)
        });
        asks.collect()
    }

    /// Asks about the comments above and behind what stands at a place; the items of a list stand below
    /// its key.
    fn comments_at(&self, at: &Span, is_list: bool, text: &str) -> Vec<Ask> {
        let place = self.document.source.place(at);
        let lines: Vec<&str> = place.text.lines().collect();
        let is_comment = |at: usize| lines.get(at).is_some_and(|it| it.trim().starts_with('#'));
        let is_item = |at: usize| lines.get(at).is_some_and(|it| it.trim().starts_with('-'));
        let mut at = place.position().line.saturating_sub(1);
        let rest = place.text.get(place.span.end..).unwrap_or_default();
        let behind = rest.lines().next().unwrap_or_default();
        let behind = behind.trim().starts_with('#').then_some(at + 1);
        while is_list && (is_item(at) || is_comment(at)) {
            at = at.saturating_sub(1);
        }
        let above = (0..at).rev().take_while(|it| is_comment(*it)).last();
        let found = above.map(|it| it + 1).into_iter().chain(behind);
        let asks = found.map(|line| Ask {
            file: place.path.to_owned(),
            line,
            text: text.to_owned(),
        });
        asks.collect()
    }

    /// What is said of a response that had no body before its first field came.
    fn of_new_body(&self, subject: &Subject) -> Vec<Ask> {
        let Subject::Response(status, path) = subject else {
            return Vec::new();
        };
        let pointers = |it: &Subject| self.operation.pointers.get(it);
        let first = || {
            let (properties, _) = pointers(subject)?.schema.as_ref()?.split()?;
            let first = properties.find(self.root)?.entries().first()?;
            Some(first.key == *path)
        };
        let response = pointers(&Subject::Status(status.clone())).and_then(|it| it.object.as_ref());
        let response = response.and_then(|it| it.find(self.root));
        let said = response.and_then(|it| it.get("description"));
        let Some(said) = said.filter(|_| first() == Some(true)) else {
            return Vec::new();
        };
        let now = format!("the response {status} has a body now: is it still true?");
        let beside = format!("this comment stands beside a description; {now}");
        let mut asks = self.comments_at(&said.span, false, &beside);
        let text = format!("this text describes a response; {now}");
        asks.push(self.at(said.span.start, text));
        asks
    }

    /// A thing without words of its own.
    fn undescribed(&self, subject: &Subject, at_page: &str) -> Vec<Ask> {
        let is_status = matches!(subject, Subject::Status(_));
        if !is_status && !self.own_texts(subject).is_empty() {
            return Vec::new();
        }
        let text = format!(
            "{} is new ({at_page}): say in your own words what it is for",
            subject.words()
        );
        vec![self.at(self.named(subject), text)]
    }

    /// The texts that have one of some words.
    fn mentions(&self, texts: Vec<&Node>, words: &[String], now: &str) -> Vec<Ask> {
        let asks = texts.into_iter().filter_map(|node| {
            let text = node.as_str()?;
            let is_there = |word: &&String| places_of(text, word).next().is_some();
            let word = words.iter().find(is_there)?;
            let text = format!("this text speaks of `{word}`; {now}: is it still true?");
            Some(self.at(node.span.start, text))
        });
        asks.collect()
    }

    fn at(&self, byte: usize, text: String) -> Ask {
        let place = self.document.source.place(&(byte..byte));
        Ask {
            file: place.path.to_owned(),
            line: place.position().line,
            text,
        }
    }

    fn named(&self, subject: &Subject) -> usize {
        let entry = self.operation.claims.get(subject);
        entry.map_or(self.operation.named.start, |it| it.named.start)
    }

    /// The texts of a subject itself.
    fn own_texts(&self, subject: &Subject) -> Vec<&Node> {
        let Some(pointers) = self.operation.pointers.get(subject) else {
            return Vec::new();
        };
        pointers
            .nodes(self.root)
            .flat_map(|node| WORDS.iter().filter_map(|key| node.get(key)))
            .collect()
    }

    /// All texts below a place that stand behind some keys, references followed.
    fn texts(&self, place: &Pointer, keys: &[&str]) -> Vec<&Node> {
        let mut out = Vec::new();
        if let Some((_, node)) = resolve(self.root, place.clone()) {
            self.collect(node, keys, 0, &mut out);
        }
        out
    }

    fn collect<'n>(&'n self, node: &'n Node, keys: &[&str], depth: usize, out: &mut Vec<&'n Node>) {
        let node = self.root.resolved(node);
        if depth > DEEPEST {
            return;
        }
        for entry in node.entries() {
            let is_text = keys.contains(&entry.key.as_str()) && entry.value.as_str().is_some();
            if is_text && !out.iter().any(|it| it.span == entry.value.span) {
                out.push(&entry.value);
            }
            self.collect(&entry.value, keys, depth + 1, out);
        }
        for item in node.items() {
            self.collect(item, keys, depth + 1, out);
        }
    }
}
