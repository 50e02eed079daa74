//! The parameters of two operations.

use huaweicloud_codegen::load::tree::{Node, Span};
use indexmap::IndexMap;

use super::at::At;
use super::codes;
use super::{Comparison, Side, is_true, text};
use crate::change::Direction;

/// The parameters of an operation by place and name; those of the path by their order in it.
pub(super) type Parameters<'d> = IndexMap<(String, String), Parameter<'d>>;

/// A parameter, and where it is listed.
#[derive(Clone, Copy)]
pub(super) struct Parameter<'d> {
    node: &'d Node,
    span: &'d Span,
    /// What lists it: a path item for all its operations, or an operation.
    list: &'d Node,
}

/// Headers that OpenAPI takes no parameters for.
const NOT_READ: [&str; 3] = ["accept", "authorization", "content-type"];

impl<'d> Parameter<'d> {
    fn name(&self) -> &'d str {
        text(self.node.get("name"))
    }

    fn is_required(&self) -> bool {
        is_true(self.node.get("required"))
    }

    /// The schema, and the media type where the value is written as content.
    fn schema(&self) -> (Option<&'d Node>, &'d str) {
        let content = self.node.get("content").map_or(&[][..], Node::entries);
        match content.first() {
            Some(media) => (media.value.get("schema"), &media.key),
            None => (self.node.get("schema"), ""),
        }
    }
}

/// Those of a path item and of an operation in it, which go before.
pub(super) fn parameters<'d>(
    side: &Side<'d>,
    path: &str,
    item: &'d Node,
    operation: &'d Node,
    by_name: bool,
) -> Parameters<'d> {
    let mut all = Parameters::new();
    let lists = [item, operation].into_iter().flat_map(|list| {
        let listed = list.get("parameters").map_or(&[][..], Node::items);
        listed.iter().map(move |it| (list, it))
    });
    for (list, listed) in lists {
        let node = side.resolved(listed);
        let (place, name) = (text(node.get("in")), text(node.get("name")));
        let key = match place {
            "path" if by_name => name.to_owned(),
            "header" if NOT_READ.contains(&name.to_ascii_lowercase().as_str()) => continue,
            "path" => match path.find(&format!("{{{name}}}")) {
                // Its name is not sent: what counts is where it stands.
                Some(at) => path[..at].matches('{').count().to_string(),
                None => continue,
            },
            "header" => name.to_ascii_lowercase(),
            _ => name.to_owned(),
        };
        let span = &listed.span;
        all.insert((place.to_owned(), key), Parameter { node, span, list });
    }
    all
}

impl<'d> Comparison<'d> {
    pub(super) fn parameters(&mut self, old: Parameters<'d>, new: Parameters<'d>, whole: Both<'d>) {
        let mut gone = Vec::new();
        let mut come: IndexMap<_, _> = new.clone();
        for (key, parameter) in &old {
            match new.get(key) {
                Some(same) => {
                    come.shift_remove(key);
                    self.parameter(*parameter, *same);
                }
                None => gone.push((key, *parameter)),
            }
        }
        gone.retain(|((_, name), parameter)| {
            let moved = come
                .iter()
                .position(|((_, other), _)| other.eq_ignore_ascii_case(name));
            let Some((_, new)) = moved.and_then(|at| come.shift_remove_index(at)) else {
                return true;
            };
            let (from, to) = (text(parameter.node.get("in")), text(new.node.get("in")));
            let message = format!("{} is in the {to}", described(from, parameter.name()));
            let places = (Some(parameter.span), Some(new.span));
            self.tell(
                codes::PARAMETER_PLACE_CHANGED,
                Direction::Request,
                places,
                message,
            );
            self.of_parameter(*parameter, new, false);
            false
        });
        if let [((place, _), parameter)] = gone.as_slice()
            && let Some(((other_place, _), new)) = come.first()
            && come.len() == 1
            && place == other_place
            && parameter.is_required() == new.is_required()
            && self.is_same(|this| this.parameter(*parameter, *new))
        {
            let code = match parameter.is_required() {
                true => codes::REQUIRED_PARAMETER_RENAMED,
                false => codes::PARAMETER_RENAMED,
            };
            let message = format!(
                "{} is called `{}`",
                described(place, parameter.name()),
                new.name()
            );
            let places = (Some(parameter.span), Some(new.span));
            return self.tell(code, Direction::Request, places, message);
        }
        for ((place, _), parameter) in gone {
            let message = format!("{} is gone", described(place, parameter.name()));
            let (_, new) = whole.of(parameter, false);
            let places = (Some(parameter.span), Some(new));
            self.tell(
                codes::PARAMETER_REMOVED,
                Direction::Request,
                places,
                message,
            );
        }
        for ((place, _), parameter) in &come {
            let (code, more) = match parameter.is_required() {
                true => (codes::REQUIRED_PARAMETER_ADDED, ", and must be there"),
                false => (codes::PARAMETER_ADDED, ""),
            };
            let message = format!("{} is new{more}", described(place, parameter.name()));
            let (old, _) = whole.of(*parameter, true);
            let places = (Some(old), Some(parameter.span));
            self.tell(code, Direction::Request, places, message);
        }
    }

    fn parameter(&mut self, old: Parameter<'d>, new: Parameter<'d>) {
        let compare = |this: &mut Self| this.of_parameter(old, new, true);
        self.once(&[old.node], &[new.node], Direction::Request, compare);
    }

    fn of_parameter(&mut self, old: Parameter<'d>, new: Parameter<'d>, is_in_place: bool) {
        let place = text(old.node.get("in"));
        let root = described(place, old.name());
        let at = At::new(Direction::Request, &root);
        let spans = (Some(old.span), Some(new.span));
        if old.name() != new.name() && place == "path" {
            let message = format!("{at} is called `{}`", new.name());
            self.tell(
                codes::PATH_PARAMETER_RENAMED,
                Direction::Request,
                spans,
                message,
            );
        }
        if place != "path" {
            let required =
                |it: Parameter<'d>| it.node.get("required").map_or(it.span, |it| &it.span);
            let spans = (Some(required(old)), Some(required(new)));
            self.requiredness(at, old.is_required(), new.is_required(), spans);
        }
        let (was, is) = (old.schema(), new.schema());
        // In another place it is written as that asks for.
        let nodes = (Some(old.node), Some(new.node));
        let schemas = (was.0.as_slice(), is.0.as_slice());
        let written = match was.1 == is.1 {
            true => self.written(place, nodes, schemas),
            false => {
                let how = |media: &str| match media {
                    "" => "a plain value".to_owned(),
                    media => format!("`{media}`"),
                };
                Some((how(was.1), how(is.1)))
            }
        };
        if let Some((was, is)) = written.filter(|_| is_in_place) {
            let message = format!("{at} is written as {is}, and was as {was}");
            self.tell(
                codes::PARAMETER_STYLE_CHANGED,
                Direction::Request,
                spans,
                message,
            );
        }
        if let (Some(was), Some(is)) = (was.0, is.0) {
            self.schemas(at, &[was], &[is]);
        }
        self.words(at, &old.node, &new.node);
    }
}

/// Two operations, and the path items that they are in.
#[derive(Clone, Copy)]
pub(super) struct Both<'d> {
    pub(super) items: (&'d Node, &'d Node),
    pub(super) spans: (&'d Span, &'d Span),
}

impl<'d> Both<'d> {
    /// Where a parameter is missing: all operations of a path share one that the path item lists.
    fn of(&self, parameter: Parameter<'d>, is_new: bool) -> (&'d Span, &'d Span) {
        let item = if is_new { self.items.1 } else { self.items.0 };
        match std::ptr::eq(parameter.list, item) {
            true => (&self.items.0.span, &self.items.1.span),
            false => self.spans,
        }
    }
}

fn described(place: &str, name: &str) -> String {
    format!("the {place} parameter `{name}`")
}
