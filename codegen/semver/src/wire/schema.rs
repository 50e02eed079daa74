//! Two schemas.

use std::collections::HashSet;

use huaweicloud_codegen::load::tree::Node;
use huaweicloud_codegen::number;

use super::at::{At, Part};
use super::choice::fits_all;
use super::codes::{self, Code};
use super::shape::{BOUNDS, Property, Shape, says};
use super::{Comparison, Found, is_true, places};
use crate::change::Direction;

/// Schemas inside of one another that are compared at once; those deeper inside wait.
const DEEPEST: usize = 48;

/// Schemas whose turn comes later, and what is known of where they stand.
pub(super) struct Later<'d> {
    direction: Direction,
    at: String,
    operation: Option<String>,
    old: Vec<&'d Node>,
    new: Vec<&'d Node>,
}

impl<'d> Comparison<'d> {
    /// Compares what had to fit all of some schemas with what has to fit all of some others.
    pub(super) fn schemas(&mut self, at: At<'_>, old: &[&'d Node], new: &[&'d Node]) {
        let old: Vec<_> = old.iter().map(|it| self.old.resolved(it)).collect();
        let new: Vec<_> = new.iter().map(|it| self.new.resolved(it)).collect();
        if self.depth == DEEPEST {
            self.later.push(Later {
                direction: at.direction,
                at: at.to_string(),
                operation: self.operation.clone(),
                old,
                new,
            });
            return;
        }
        self.depth += 1;
        self.once(&old, &new, at.direction, |this| this.shapes(at, &old, &new));
        self.depth -= 1;
    }

    /// Compares what was nested too deeply.
    pub(super) fn rest_of_the_schemas(&mut self) {
        let depth = std::mem::take(&mut self.depth);
        while let Some(later) = self.later.pop() {
            let operation = std::mem::replace(&mut self.operation, later.operation);
            let at = At::new(later.direction, &later.at);
            self.schemas(at, &later.old, &later.new);
            self.operation = operation;
        }
        self.depth = depth;
    }

    fn shapes(&mut self, at: At<'_>, old: &[&'d Node], new: &[&'d Node]) {
        let (mut was, mut is) = (Shape::of(&self.old, old), Shape::of(&self.new, new));
        match (was.choices.is_empty(), is.choices.is_empty()) {
            (true, false) => is.fold(&self.new),
            (false, true) => was.fold(&self.old),
            _ => {}
        }
        self.nullability(at, &was, &is);
        let mut told: Vec<&str> = Vec::new();
        match self.types(at, &was, &is) {
            // What belonged to the one type and what belongs to the other is no change besides.
            Some(codes::TYPE_CHANGED) => return,
            Some(_) => {}
            None => self.format(at, &was, &is),
        }
        self.enumeration(at, &was, &is);
        self.bounds(at, &was, &is);
        self.default(at, &was, &is);
        self.properties(at, &was, &is);
        told.extend(self.tells("additionalProperties", |this| this.others(at, &was, &is)));
        told.extend(self.tells("items", |this| this.items(at, &was, &is)));
        self.choices(at, &was, &is);
        self.discriminator(at, &was, &is);
        self.keywords(at, &was, &is, told);
        self.words(at, &was, &is);
    }

    /// Compares, and gives the name of what is compared if anything was told of it.
    fn tells(
        &mut self,
        name: &'static str,
        compare: impl FnOnce(&mut Self),
    ) -> Option<&'static str> {
        let count = |this: &Self| this.open.last().map_or(0, Vec::len);
        let before = count(self);
        compare(self);
        (count(self) > before).then_some(name)
    }

    fn nullability(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        match (was.nullable, is.nullable) {
            (false, true) => {
                let message = format!("{at} may be null");
                self.tell(
                    codes::NULL_ALLOWED,
                    at.direction,
                    (was.span, is.span),
                    message,
                );
            }
            (true, false) => {
                let message = format!("{at} may no longer be null");
                self.tell(
                    codes::NULL_REFUSED,
                    at.direction,
                    (was.span, is.span),
                    message,
                );
            }
            _ => {}
        }
    }

    /// Compares the types, and gives the kind of difference.
    fn types(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) -> Option<Code> {
        let (old, new) = (was.type_name(), is.type_name());
        if old == new {
            return None;
        }
        let (code, message) = match (old, new) {
            // A choice says which types there are, and an enumeration of what.
            (None, Some(_)) if says_its_type(was) => return None,
            (Some(_), None) if says_its_type(is) => return None,
            (Some("integer"), Some("number")) | (Some(_), None) => codes::TYPE_WIDENED,
            (Some("number"), Some("integer")) | (None, Some(_)) => codes::TYPE_NARROWED,
            _ => codes::TYPE_CHANGED,
        }
        .of(at, old.unwrap_or("any type"), new.unwrap_or("any type"));
        self.tell(code, at.direction, places(was, is, "type"), message);
        Some(code)
    }

    fn enumeration(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        let (old, new) = (was.keyword("enum"), is.keyword("enum"));
        let (old, new) = match (old, new) {
            (Some(old), Some(new)) => (old, new),
            (None, Some(new)) => {
                let message = format!("{at} has to be one of {}", shown(new));
                let spans = (was.span, Some(&new.span));
                return self.tell(codes::VALUES_LISTED, at.direction, spans, message);
            }
            (Some(old), None) => {
                let message = format!("{at} need not be one of {}", shown(old));
                let spans = (Some(&old.span), is.span);
                return self.tell(codes::VALUES_UNLISTED, at.direction, spans, message);
            }
            (None, None) => return,
        };
        let has = |list: &Node, value: &Node| list.items().iter().any(|it| it.value == value.value);
        // Lists of thousands are compared by what they say.
        let is_long = old.items().len().max(new.items().len()) > 64;
        let set = |list: &'d Node| -> HashSet<String> {
            let items = list.items().iter().filter(|_| is_long);
            items.map(|it| it.to_json().to_string()).collect()
        };
        let (olds, news) = (set(old), set(new));
        let is_in = |list: &Node, set: &HashSet<String>, value: &Node| match is_long {
            true => set.contains(&value.to_json().to_string()),
            false => has(list, value),
        };
        let values = |list: &'d Node| list.items().iter().filter(|it| !is_null(it));
        let gone: Vec<_> = values(old).filter(|it| !is_in(new, &news, it)).collect();
        let come: Vec<_> = values(new).filter(|it| !is_in(old, &olds, it)).collect();
        if let ([was], [is], 1, 1) = (
            gone.as_slice(),
            come.as_slice(),
            values(old).count(),
            values(new).count(),
        ) {
            let message = format!("{at} is {}, and was {}", shown(is), shown(was));
            let spans = (Some(&was.span), Some(&is.span));
            return self.tell(codes::ONLY_VALUE_CHANGED, at.direction, spans, message);
        }
        for value in gone {
            let message = format!("{at} may no longer be {}", shown(value));
            let spans = (Some(&value.span), Some(&new.span));
            self.tell(codes::VALUE_REMOVED, at.direction, spans, message);
        }
        for value in come {
            let message = format!("{at} may also be {}", shown(value));
            let spans = (Some(&old.span), Some(&value.span));
            self.tell(codes::VALUE_ADDED, at.direction, spans, message);
        }
    }

    fn format(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        let word = |shape: &Shape<'d>, key: &str| shape.keyword(key).and_then(Node::as_str);
        let Some(key) = FORMATS.iter().find(|key| word(was, key) != word(is, key)) else {
            return;
        };
        let format = |shape: &Shape<'d>| -> Option<String> {
            let words: Vec<_> = FORMATS.iter().filter_map(|key| word(shape, key)).collect();
            (!words.is_empty()).then(|| words.join(" "))
        };
        let (old, new) = (format(was), format(is));
        let (old, new) = (old.as_deref(), new.as_deref());
        let width = |format| match format {
            Some("int8" | "uint8") => Some(8),
            Some("int16" | "uint16") => Some(16),
            Some("int32" | "uint32" | "float") => Some(32),
            Some("int64" | "uint64" | "double") => Some(64),
            _ => None,
        };
        let code = match (width(old), width(new)) {
            _ if [old, new].contains(&Some("password")) && (old.is_none() || new.is_none()) => {
                codes::SECRECY_CHANGED
            }
            (Some(old), Some(new)) if old < new => codes::FORMAT_WIDENED,
            (Some(old), Some(new)) if old > new => codes::FORMAT_NARROWED,
            // What a number is without a format, no document says.
            (None, Some(_)) | (Some(_), None) if old.is_none() || new.is_none() => {
                codes::FORMAT_CHANGED
            }
            _ if new.is_none() => codes::FORMAT_WIDENED,
            _ if old.is_none() => codes::FORMAT_NARROWED,
            _ => codes::FORMAT_CHANGED,
        };
        let (code, message) = code.of(at, old.unwrap_or("no format"), new.unwrap_or("no format"));
        self.tell(code, at.direction, places(was, is, key), message);
    }

    fn bounds(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        for (name, greater_is_tighter) in BOUNDS {
            let exclusive = match *name {
                "minimum" => "exclusiveMinimum",
                "maximum" => "exclusiveMaximum",
                _ => "",
            };
            let bound = |shape: &Shape<'d>| {
                let number = shape.keyword(name).and_then(Node::as_number)?.clone();
                let is_excluded = shape.keyword(exclusive).and_then(Node::as_bool) == Some(true);
                let step = if *greater_is_tighter { 1 } else { -1 };
                match number.as_i64().and_then(|it| it.checked_add(step)) {
                    // Of whole numbers, the next one is the bound.
                    Some(next) if is_excluded && shape.type_name() == Some("integer") => {
                        Some((next.into(), false))
                    }
                    _ if repeats_policy(shape, name, &number) => None,
                    _ => Some((number, is_excluded)),
                }
            };
            let (old, new) = (bound(was), bound(is));
            let is_narrowed = match (&old, &new) {
                (None, None) => continue,
                (None, Some((number, _))) if is_idle(is, name, number) => continue,
                (Some((number, _)), None) if is_idle(was, name, number) => continue,
                (None, Some(_)) => true,
                (Some(_), None) => false,
                (Some((old, was_excluded)), Some((new, is_excluded))) => {
                    let order = number::compare(old, new);
                    match order.is_eq() {
                        true if was_excluded == is_excluded => continue,
                        true => *is_excluded,
                        false => order.is_lt() == *greater_is_tighter,
                    }
                }
            };
            let code = match is_narrowed {
                true => codes::CONSTRAINT_NARROWED,
                false => codes::CONSTRAINT_WIDENED,
            };
            let shown = |bound: &Option<(serde_json::Number, bool)>| match bound {
                Some((number, true)) => format!("{name} {number}, itself excluded"),
                Some((number, false)) => format!("{name} {number}"),
                None => format!("no {name}"),
            };
            let (code, message) = code.of(at, &shown(&old), &shown(&new));
            let number = |shape: &Shape<'d>| shape.keyword(name).and_then(Node::as_number);
            let key = match exclusive {
                "" => name,
                _ if number(was) == number(is) => exclusive,
                _ => name,
            };
            self.tell(code, at.direction, places(was, is, key), message);
        }
        for name in ["pattern", "not"] {
            self.keyword(at, was, is, name, None);
        }
        self.multiple(at, was, is);
        let unique = |shape: &Shape<'d>| is_true(shape.keyword("uniqueItems"));
        let code = match (unique(was), unique(is)) {
            (false, true) => codes::CONSTRAINT_NARROWED,
            (true, false) => codes::CONSTRAINT_WIDENED,
            _ => return,
        };
        self.keyword(at, was, is, "uniqueItems", Some(code));
    }

    fn multiple(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        let multiple = |shape: &Shape<'d>| {
            let number = shape.keyword("multipleOf").and_then(Node::as_f64);
            // Every whole number is a multiple of 1.
            number.filter(|it| *it != 1.0 || shape.type_name() != Some("integer"))
        };
        let divides = |one: f64, other: f64| other % one == 0.0;
        let code = match (multiple(was), multiple(is)) {
            (None, None) => return,
            (None, Some(_)) => codes::CONSTRAINT_NARROWED,
            (Some(_), None) => codes::CONSTRAINT_WIDENED,
            (Some(old), Some(new)) if old == new => return,
            (Some(old), Some(new)) if divides(old, new) => codes::CONSTRAINT_NARROWED,
            (Some(old), Some(new)) if divides(new, old) => codes::CONSTRAINT_WIDENED,
            _ => codes::CONSTRAINT_CHANGED,
        };
        self.keyword(at, was, is, "multipleOf", Some(code));
    }

    fn default(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        let (old, new) = (was.keyword("default"), is.keyword("default"));
        let (code, message) = match (old, new) {
            (None, Some(new)) => {
                let message = format!("{at} is taken for {} where it is left out", shown(new));
                (codes::DEFAULT_ADDED, message)
            }
            (Some(old), None) => {
                let message = format!("{at} is not said to be {} where it is left out", shown(old));
                (codes::DEFAULT_REMOVED, message)
            }
            (Some(old), Some(new)) if !is_same_value(old, new) => {
                let (old, new) = (shown(old), shown(new));
                let message =
                    format!("{at} is taken for {new}, and not {old}, where it is left out");
                (codes::DEFAULT_CHANGED, message)
            }
            _ => return,
        };
        self.tell(code, at.direction, places(was, is, "default"), message);
    }

    fn properties(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        let unsent = match at.direction {
            Direction::Request => "readOnly",
            _ => "writeOnly",
        };
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        let mut both = Vec::new();
        for (name, property) in &was.properties {
            if says(&self.old, &property.schemas, unsent) {
                continue;
            }
            match is.properties.get(name) {
                Some(new) if !says(&self.new, &new.schemas, unsent) => {
                    both.push((*name, property, new));
                }
                _ => gone.push((*name, property)),
            }
        }
        for (name, property) in &is.properties {
            let is_old = |old: &Property<'d>| !says(&self.old, &old.schemas, unsent);
            if !says(&self.new, &property.schemas, unsent)
                && !was.properties.get(name).is_some_and(is_old)
            {
                come.push((*name, property));
            }
        }
        if let ([(old_name, old)], [(new_name, new)]) = (gone.as_slice(), come.as_slice())
            && was.required.contains_key(old_name) == is.required.contains_key(new_name)
            && self.is_same(|this| this.schemas(at, &old.schemas, &new.schemas))
        {
            let code = match was.required.contains_key(old_name) {
                true => codes::REQUIRED_PROPERTY_RENAMED,
                false => codes::PROPERTY_RENAMED,
            };
            let step = at.step(Part::Property(old_name));
            let message = format!("{} is called `{new_name}`", at.under(&step));
            self.tell(code, at.direction, (Some(old.key), Some(new.key)), message);
            gone.clear();
            come.clear();
        }
        if both.is_empty() && !gone.is_empty() && !come.is_empty() {
            let message = format!("{at} has none of the properties that it had");
            let spans = places(was, is, "type");
            return self.tell(codes::TYPE_CHANGED, at.direction, spans, message);
        }
        for (name, property) in gone {
            let code = match was.required.contains_key(name) {
                true => codes::REQUIRED_PROPERTY_REMOVED,
                false => codes::PROPERTY_REMOVED,
            };
            let step = at.step(Part::Property(name));
            let message = format!("{} is gone", at.under(&step));
            self.tell(code, at.direction, (Some(property.key), is.span), message);
        }
        for (name, property) in come {
            let code = match is.required.contains_key(name) {
                true => codes::REQUIRED_PROPERTY_ADDED,
                false => codes::PROPERTY_ADDED,
            };
            let step = at.step(Part::Property(name));
            let message = match is.required.contains_key(name) {
                true => format!("{} is new, and must be there", at.under(&step)),
                false => format!("{} is new", at.under(&step)),
            };
            self.tell(code, at.direction, (was.span, Some(property.key)), message);
        }
        for (name, old, new) in both {
            let step = at.step(Part::Property(name));
            let at = at.under(&step);
            let (was_required, is_required) = (was.required.get(name), is.required.get(name));
            let places = (
                Some(was_required.copied().unwrap_or(old.key)),
                Some(is_required.copied().unwrap_or(new.key)),
            );
            self.requiredness(at, was_required.is_some(), is_required.is_some(), places);
            self.schemas(at, &old.schemas, &new.schemas);
        }
        // What must be there and has no schema.
        for (name, span) in &is.required {
            if !was.required.contains_key(name) && !is.properties.contains_key(name) {
                let step = at.step(Part::Property(name));
                let message = format!("{} must be there", at.under(&step));
                self.tell(
                    codes::BECAME_REQUIRED,
                    at.direction,
                    (was.span, Some(span)),
                    message,
                );
            }
        }
        for (name, span) in &was.required {
            if !is.required.contains_key(name) && !was.properties.contains_key(name) {
                let step = at.step(Part::Property(name));
                let message = format!("{} may be left out", at.under(&step));
                self.tell(
                    codes::BECAME_OPTIONAL,
                    at.direction,
                    (Some(span), is.span),
                    message,
                );
            }
        }
    }

    /// Compares what an object may hold beside the properties that are listed.
    fn others(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        let (old, new) = (
            was.keyword("additionalProperties"),
            is.keyword("additionalProperties"),
        );
        let is_closed = |node: Found<'d>| node.and_then(Node::as_bool) == Some(false);
        let schema = |node: Found<'d>| node.filter(|it| it.as_bool().is_none());
        let spans = places(was, is, "additionalProperties");
        match (is_closed(old), is_closed(new)) {
            (false, true) => {
                let message = format!("{at} takes no properties beside those that are listed");
                self.tell(codes::CLOSED, at.direction, spans, message);
            }
            (true, false) => {
                let message = format!("{at} may have properties beside those that are listed");
                self.tell(codes::OPENED, at.direction, spans, message);
            }
            (true, true) => {}
            (false, false) => match (schema(old), schema(new)) {
                (Some(old), Some(new)) => {
                    let step = at.step(Part::Others);
                    self.schemas(at.under(&step), &[old], &[new]);
                }
                (None, Some(new)) if !fits_all(new) => {
                    let message =
                        format!("what {at} holds beside its listed properties has a schema");
                    self.tell(codes::TYPE_NARROWED, at.direction, spans, message);
                }
                (Some(old), None) if !fits_all(old) => {
                    let message =
                        format!("what {at} holds beside its listed properties may be anything");
                    self.tell(codes::TYPE_WIDENED, at.direction, spans, message);
                }
                _ => {}
            },
        }
    }

    fn items(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        if let (Some(old), Some(new)) = (was.keyword("items"), is.keyword("items")) {
            let step = at.step(Part::Items);
            self.schemas(at.under(&step), &[old], &[new]);
        } else if was.type_name() == is.type_name() {
            self.keyword(at, was, is, "items", None);
        }
    }
}

/// What a value is written in.
const FORMATS: &[&str] = &["format", "contentEncoding", "contentMediaType"];

impl Code {
    /// The code with a message that tells what it was and is.
    pub(super) fn of(self, at: At<'_>, old: &str, new: &str) -> (Self, String) {
        (self, format!("{at} turns from {old} to {new}"))
    }
}

/// Whether something else than `type` says what types a value may have.
fn says_its_type(shape: &Shape<'_>) -> bool {
    !shape.choices.is_empty() || shape.keyword("enum").is_some() || !shape.properties.is_empty()
}

/// Whether a bound refuses nothing: no text is shorter than none, and no number has more bits than its
/// format.
fn is_idle(shape: &Shape<'_>, name: &str, bound: &serde_json::Number) -> bool {
    let format = shape.keyword("format").and_then(Node::as_str);
    let range = format.and_then(range_of).zip(bound.as_i128());
    match name {
        "minLength" | "minItems" | "minProperties" => bound.as_u64() == Some(0),
        "minimum" => range.is_some_and(|((least, _), bound)| bound <= least),
        "maximum" => range.is_some_and(|((_, most), bound)| bound >= most),
        _ => false,
    }
}

/// The least and the greatest number of a format: `int32`, `uint64`.
fn range_of(format: &str) -> Option<(i128, i128)> {
    let (bits, sign) = match format.strip_prefix("uint") {
        Some(bits) => (bits, 0_u32),
        None => (format.strip_prefix("int")?, 1),
    };
    let bits: u32 = bits.parse().ok().filter(|it| (1..=64).contains(it))?;
    let count = 1_i128 << (bits - sign);
    Some((-count * i128::from(sign), count - 1))
}

/// Whether two values are one in two spellings.
fn is_same_value(one: &Node, other: &Node) -> bool {
    match (one.as_number(), other.as_number()) {
        (Some(one), Some(other)) => number::compare(one, other).is_eq(),
        _ => one.to_json() == other.to_json(),
    }
}

/// Whether a length is the one that the password policy beside it has.
fn repeats_policy(shape: &Shape<'_>, name: &str, number: &serde_json::Number) -> bool {
    let key = match name {
        "minLength" => "min",
        "maxLength" => "max",
        _ => return false,
    };
    let policy = shape.keyword("x-password-policy");
    let same = policy.and_then(|it| it.get(key)).and_then(Node::as_number);
    same.is_some_and(|it| number::compare(it, number).is_eq())
}

fn is_null(node: &Node) -> bool {
    node.to_json().is_null()
}

/// A value as messages show it.
pub(super) fn shown(node: &Node) -> String {
    const LONGEST: usize = 60;
    let text = node.to_json().to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
