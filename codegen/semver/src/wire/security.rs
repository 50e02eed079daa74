//! Who may call: the credentials that two documents, or two operations, ask for.

use std::collections::{BTreeMap, BTreeSet};

use huaweicloud_codegen::load::tree::{Entry, Node};

use super::at::At;
use super::codes;
use super::document::operations;
use super::{Comparison, Found, Side};
use crate::change::Direction;

/// Schemes that are asked for at once, with the scopes that each has to have.
type Alternative<'d> = BTreeMap<&'d str, BTreeSet<&'d str>>;

/// Fields of a scheme that are words for people, or addresses where people get credentials.
const WORDS: &[&str] = &["description", "bearerFormat", "flows", "openIdConnectUrl"];

fn schemes<'d>(side: &Side<'d>) -> &'d [Entry] {
    let components = side.root().get("components");
    let schemes = components.and_then(|it| it.get("securitySchemes"));
    schemes.map_or(&[][..], Node::entries)
}

/// What a scheme is, without words.
fn essence(side: &Side<'_>, scheme: &Node) -> serde_json::Value {
    let scheme = match scheme.get("$ref").and_then(Node::as_str) {
        Some(reference) => side.references.node(reference).unwrap_or(scheme),
        None => scheme,
    };
    let mut value = scheme.to_json();
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|key, _| !WORDS.contains(&key.as_str()) && !key.starts_with("x-"));
        if let Some(scheme) = fields.get_mut("scheme") {
            *scheme = scheme
                .as_str()
                .unwrap_or_default()
                .to_ascii_lowercase()
                .into();
        }
    }
    value
}

impl<'d> Comparison<'d> {
    /// Compares the schemes that both documents have under one name.
    pub(super) fn security_schemes(&mut self) {
        let root = self.old.root();
        let operations = operations(&self.old).into_iter();
        let lists = operations.filter_map(|it| it.node().get("security"));
        let items = lists.chain(root.get("security")).flat_map(Node::items);
        let used: BTreeSet<&str> = items
            .flat_map(Node::entries)
            .map(|it| it.key.as_str())
            .collect();
        let is_used = |it: &&Entry| used.contains(it.key.as_str());
        for old in schemes(&self.old).iter().filter(is_used) {
            let new = schemes(&self.new).iter().find(|it| it.key == old.key);
            let Some(new) = new else { continue };
            let spans = (Some(&old.value.span), Some(&new.value.span));
            if essence(&self.old, &old.value) != essence(&self.new, &new.value) {
                let message = format!("the credentials `{}` are sent in another way", old.key);
                self.tell(
                    codes::SECURITY_SCHEME_CHANGED,
                    Direction::Request,
                    spans,
                    message,
                );
                continue;
            }
            let root = format!("the security scheme `{}`", old.key);
            let at = At::new(Direction::Request, &root);
            self.words(at, &&old.value, &&new.value);
            for key in &WORDS[1..] {
                let json = |node: &'d Node| node.get(key).map(Node::to_json);
                if json(&old.value) != json(&new.value) {
                    let message = format!("`{key}` of {root} differs");
                    self.tell(codes::INFORMATION_CHANGED, Direction::None, spans, message);
                }
            }
        }
    }

    /// Compares what two lists of requirements ask for.
    pub(super) fn security(
        &mut self,
        what: &str,
        old: Found<'d>,
        new: Found<'d>,
        of: (&'d Node, &'d Node),
    ) {
        let was = alternatives(old, |name| name);
        let is = alternatives(new, |name| self.old_name(name));
        let suffices = |given: &Alternative<'d>, asked: &Alternative<'d>| {
            let has = |(scheme, scopes): (&&'d str, &BTreeSet<&'d str>)| {
                given.get(scheme).is_some_and(|it| it.is_superset(scopes))
            };
            asked.iter().all(has)
        };
        let refused = was
            .iter()
            .any(|given| !is.iter().any(|asked| suffices(given, asked)));
        let accepted = is
            .iter()
            .any(|given| !was.iter().any(|asked| suffices(given, asked)));
        let spans = (
            Some(&old.unwrap_or(of.0).span),
            Some(&new.unwrap_or(of.1).span),
        );
        if refused {
            let (was, is) = (listed(&was), listed(&is));
            let message = format!("{what} takes {is} as credentials, and took {was}");
            self.tell(
                codes::SECURITY_TIGHTENED,
                Direction::Request,
                spans,
                message,
            );
        } else if accepted {
            let (was, is) = (listed(&was), listed(&is));
            let message = format!("{what} takes {is} as credentials, and took {was}");
            self.tell(codes::SECURITY_LOOSENED, Direction::Request, spans, message);
        }
    }

    /// The name that the old document has for a scheme of the new one.
    fn old_name(&self, name: &'d str) -> &'d str {
        let (olds, news) = (schemes(&self.old), schemes(&self.new));
        let Some(new) = news.iter().find(|it| it.key == name) else {
            return name;
        };
        if olds.iter().any(|it| it.key == name) {
            return name;
        }
        let essence_of_new = essence(&self.new, &new.value);
        let is_gone = |old: &&Entry| !news.iter().any(|it| it.key == old.key);
        let mut gone = olds.iter().filter(is_gone);
        let same = gone.find(|old| essence(&self.old, &old.value) == essence_of_new);
        same.map_or(name, |old| &old.key)
    }
}

/// What is asked for, in words.
fn listed(alternatives: &[Alternative<'_>]) -> String {
    let scheme = |(name, scopes): (&&str, &BTreeSet<&str>)| match scopes.is_empty() {
        true => format!("`{name}`"),
        false => {
            let scopes: Vec<_> = scopes.iter().copied().collect();
            format!("`{name}` with `{}`", scopes.join(" "))
        }
    };
    let alternatives = alternatives.iter().map(|it| match it.is_empty() {
        true => "nothing".to_owned(),
        false => it.iter().map(scheme).collect::<Vec<_>>().join(" and "),
    });
    alternatives.collect::<Vec<_>>().join(" or ")
}

/// What a list of requirements asks for: one of these. Without a list, nothing.
fn alternatives<'d>(list: Found<'d>, name: impl Fn(&'d str) -> &'d str) -> Vec<Alternative<'d>> {
    let items = list.map_or(&[][..], Node::items);
    let alternatives = items.iter().map(|item| {
        let schemes = item.entries().iter().map(|scheme| {
            let scopes = scheme.value.items().iter().filter_map(Node::as_str);
            (name(scheme.key.as_str()), scopes.collect())
        });
        schemes.collect()
    });
    let mut alternatives: Vec<Alternative<'d>> = alternatives.collect();
    if alternatives.is_empty() {
        alternatives.push(Alternative::new());
    }
    alternatives
}
