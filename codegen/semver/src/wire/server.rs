//! The addresses of two documents, or of two operations that have their own.

use huaweicloud_codegen::load::tree::Node;

use super::at::At;
use super::codes;
use super::operation::without_names;
use super::schema::shown;
use super::{Comparison, Found, text};
use crate::change::Direction;

impl<'d> Comparison<'d> {
    pub(super) fn servers(&mut self, old: Found<'d>, new: Found<'d>, of: (&'d Node, &'d Node)) {
        let items = |list: Found<'d>| list.map_or(&[][..], Node::items).iter().collect::<Vec<_>>();
        let (old_list, new_list) = (items(old), items(new));
        let spans = |old: Found<'d>, new: Found<'d>| {
            (
                Some(&old.unwrap_or(of.0).span),
                Some(&new.unwrap_or(of.1).span),
            )
        };
        let url = |node: &'d Node| text(node.get("url")).trim_end_matches('/');
        // The names of variables are not sent.
        let address = |node: &'d Node| without_names(url(node));
        let mut come: Vec<_> = new_list.clone();
        let mut gone = Vec::new();
        for &server in &old_list {
            match come.iter().position(|it| address(it) == address(server)) {
                Some(place) => {
                    let same = come.remove(place);
                    self.server(server, same);
                }
                None => gone.push(server),
            }
        }
        let (was, is) = (old_list.first().copied(), new_list.first().copied());
        let is_first = |it: &&'d Node| is.is_some_and(|is| std::ptr::eq(*it, is));
        let stays = |it: &'d Node| !gone.iter().any(|gone| std::ptr::eq(*gone, it));
        if was.map(address) != is.map(address) && was.is_some_and(stays) && is.is_some() {
            // One that is new and stands first is told as that.
            come.retain(|it| !is_first(it));
            let address = is.map(url).unwrap_or_default();
            let message = format!("the first address is `{address}`");
            self.tell(
                codes::SERVER_DEFAULT_CHANGED,
                Direction::Request,
                spans(was, is),
                message,
            );
        }
        let urls = |list: &[&'d Node]| {
            let urls = list.iter().map(|it| format!("`{}`", url(it)));
            urls.collect::<Vec<_>>().join(", ")
        };
        let lengths = (gone.len(), come.len());
        if lengths == (old_list.len(), new_list.len())
            && lengths.0.min(lengths.1) > 0
            && lengths.0 != lengths.1
        {
            // None of them stays, and nobody knows which became which.
            let message = format!("in place of {} there is {}", urls(&gone), urls(&come));
            let spans = spans(old, new);
            return self.tell(codes::SERVER_CHANGED, Direction::Request, spans, message);
        }
        let mut come = come.into_iter();
        for server in gone {
            let (code, message, is) = match come.next() {
                Some(is) => {
                    let message = format!("the address `{}` is now `{}`", url(server), url(is));
                    (codes::SERVER_CHANGED, message, Some(is))
                }
                None => {
                    let message = format!("the address `{}` is gone", url(server));
                    (codes::SERVER_REMOVED, message, new)
                }
            };
            self.tell(code, Direction::Request, spans(Some(server), is), message);
        }
        for server in come {
            let message = format!("the address `{}` is new", url(server));
            self.tell(
                codes::SERVER_ADDED,
                Direction::Request,
                spans(old, Some(server)),
                message,
            );
        }
    }

    fn server(&mut self, old: &'d Node, new: &'d Node) {
        let variables = |node: &'d Node| node.get("variables").map_or(&[][..], Node::entries);
        for variable in variables(old) {
            let other = variables(new).iter().find(|it| it.key == variable.key);
            let Some(other) = other else { continue };
            let (was, is) = (&variable.value, &other.value);
            let words = |node: &'d Node| node.get("enum").map_or(&[][..], Node::items);
            let name = &variable.key;
            let listed = match (words(was).is_empty(), words(is).is_empty()) {
                (true, false) => Some((codes::SERVER_VALUES_LISTED, "has to be one of some words")),
                (false, true) => Some((
                    codes::SERVER_VALUES_UNLISTED,
                    "is not said to be one of some words",
                )),
                _ => None,
            };
            if let Some((code, what)) = listed {
                let places = (Some(&was.span), Some(&is.span));
                let message = format!("`{name}` of an address {what}");
                self.tell(code, Direction::Request, places, message);
            }
            for word in words(was).iter().filter(|_| listed.is_none()) {
                if !words(is).iter().any(|it| it.value == word.value) {
                    let message =
                        format!("`{name}` of an address may no longer be {}", shown(word));
                    let places = (Some(&word.span), Some(&is.span));
                    self.tell(
                        codes::SERVER_VALUE_REMOVED,
                        Direction::Request,
                        places,
                        message,
                    );
                }
            }
            for word in words(is).iter().filter(|_| listed.is_none()) {
                if !words(was).iter().any(|it| it.value == word.value) {
                    let message = format!("`{name}` of an address may also be {}", shown(word));
                    let places = (Some(&was.span), Some(&word.span));
                    self.tell(
                        codes::SERVER_VALUE_ADDED,
                        Direction::Request,
                        places,
                        message,
                    );
                }
            }
            if let (Some(was), Some(is)) = (was.get("default"), is.get("default"))
                && was.value != is.value
            {
                let message = format!("`{name}` of an address is taken for {}", shown(is));
                let places = (Some(&was.span), Some(&is.span));
                self.tell(
                    codes::SERVER_DEFAULT_CHANGED,
                    Direction::Request,
                    places,
                    message,
                );
            }
            let root = format!("`{name}` of an address");
            self.words(At::new(Direction::Request, &root), &was, &is);
        }
        self.words(At::new(Direction::Request, "an address"), &old, &new);
    }
}
