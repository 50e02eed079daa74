//! How values are written among others: parameters, and the parts of a body.

use std::collections::BTreeSet;

use huaweicloud_codegen::load::tree::Node;

use super::at::At;
use super::codes;
use super::shape::Shape;
use super::{Comparison, Found, Side, is_true, text};

/// What a value is put together of.
#[derive(Clone, Copy, PartialEq)]
enum Composition {
    None,
    Items,
    /// Properties, or what is not said.
    Others,
}

impl<'d> Comparison<'d> {
    /// How a value was written and is, where that differs: by the fields of two parameters, or of what
    /// `encoding` says of two parts of a form. A value that is put together of something else now is
    /// told of as that.
    pub(super) fn written(
        &self,
        place: &str,
        nodes: (Found<'d>, Found<'d>),
        schemas: (&[&'d Node], &[&'d Node]),
    ) -> Option<(String, String)> {
        let composition = composition(&self.old, schemas.0);
        if composition != self::composition(&self.new, schemas.1) {
            return None;
        }
        let marks = matches!(place, "query" | "form")
            && may_have_marks(&self.old, schemas.0, 0)
            && may_have_marks(&self.new, schemas.1, 0);
        let [was, is] = [nodes.0, nodes.1].map(|it| spelling(place, it, composition, marks));
        (was != is).then_some((was, is))
    }

    /// Compares how the parts of a form are written. Of all other bodies `encoding` says nothing.
    pub(super) fn parts(&mut self, at: At<'_>, media_type: &str, old: &'d Node, new: &'d Node) {
        let is_form = media_type.starts_with("application/x-www-form-urlencoded");
        if !is_form && !media_type.starts_with("multipart/") {
            return;
        }
        let said = |media: &'d Node| media.get("encoding").map_or(&[][..], Node::entries);
        let shape = |side: &Side<'d>, media: &'d Node| {
            Shape::of(side, media.get("schema").as_slice()).properties
        };
        let (was, is) = (shape(&self.old, old), shape(&self.new, new));
        let names: BTreeSet<_> = said(old)
            .iter()
            .chain(said(new))
            .map(|it| &it.key)
            .collect();
        for name in names {
            let property = |all: &indexmap::IndexMap<&'d str, super::shape::Property<'d>>| {
                Some(all.get(name.as_str())?.schemas.clone())
            };
            // What comes or goes is told as that.
            let (Some(was), Some(is)) = (property(&was), property(&is)) else {
                continue;
            };
            let how = |media: &'d Node| media.get("encoding").and_then(|it| it.get(name));
            let nodes = (how(old), how(new));
            let root = format!("the part `{name}` of {at}");
            let at = At::new(at.direction, &root);
            match is_form {
                true => self.field(at, nodes, (&was, &is), (old, new)),
                false => {
                    self.content_types(at, nodes, (&was, &is), (old, new));
                    let of = format!("of {root}");
                    // A media type has no headers of its own.
                    let (was, is) = (nodes.0.unwrap_or(old), nodes.1.unwrap_or(new));
                    self.headers(at.direction, &of, was, is);
                }
            }
        }
    }

    /// Compares how a field of a form in the manner of a query is written.
    fn field(
        &mut self,
        at: At<'_>,
        nodes: (Found<'d>, Found<'d>),
        schemas: (&[&'d Node], &[&'d Node]),
        media: (&'d Node, &'d Node),
    ) {
        // Where a style is given, it says how, and not the content type.
        let is_json = |node: Found<'d>| {
            let has = |key: &&str| node.is_some_and(|it| it.get(key).is_some());
            !["style", "explode", "allowReserved"].iter().any(has)
                && text(node.and_then(|it| it.get("contentType"))).contains("json")
        };
        let written = match (is_json(nodes.0), is_json(nodes.1)) {
            (true, true) => None,
            (false, false) => self.written("form", nodes, schemas),
            (true, false) => Some(("JSON".to_owned(), "a plain value".to_owned())),
            (false, true) => Some(("a plain value".to_owned(), "JSON".to_owned())),
        };
        if let Some((was, is)) = written {
            let message = format!("{at} is written as {is}, and was as {was}");
            self.tell_of_part(codes::ENCODING_CHANGED, at, nodes, media, message);
        }
    }

    /// Compares the media types that a part may have.
    fn content_types(
        &mut self,
        at: At<'_>,
        nodes: (Found<'d>, Found<'d>),
        schemas: (&[&'d Node], &[&'d Node]),
        media: (&'d Node, &'d Node),
    ) {
        let said = |node: Found<'d>| node.and_then(|it| it.get("contentType"));
        if said(nodes.0).is_none() && said(nodes.1).is_none() {
            return;
        }
        let types = |side: &Side<'d>, node: Found<'d>, schemas: &[&'d Node]| -> Vec<String> {
            match said(node).and_then(Node::as_str) {
                Some(said) => said
                    .split(',')
                    .map(|it| it.trim().to_ascii_lowercase())
                    .collect(),
                None => vec![usual_type(side, schemas, 0).to_owned()],
            }
        };
        let was = types(&self.old, nodes.0, schemas.0);
        let is = types(&self.new, nodes.1, schemas.1);
        let covers = |list: &[String], one: &String| {
            list.iter().any(|it| match it.strip_suffix('*') {
                Some(start) => start == "*/" || one.starts_with(start),
                None => it == one,
            })
        };
        let without = |list: &[String], other: &[String]| -> Vec<String> {
            let left = list.iter().filter(|it| !covers(other, it));
            left.map(|it| format!("`{it}`")).collect()
        };
        let (gone, come) = (without(&was, &is), without(&is, &was));
        let (old, new) = (gone.join(", "), come.join(", "));
        if gone.len() == was.len() && !come.is_empty() {
            let message = format!("{at} is {new}, and was {old}");
            return self.tell_of_part(codes::ENCODING_CHANGED, at, nodes, media, message);
        }
        if !gone.is_empty() {
            let message = format!("{at} may no longer be {old}");
            self.tell_of_part(codes::MEDIA_TYPE_REMOVED, at, nodes, media, message);
        }
        if !come.is_empty() {
            let message = format!("{at} may also be {new}");
            self.tell_of_part(codes::MEDIA_TYPE_ADDED, at, nodes, media, message);
        }
    }

    fn tell_of_part(
        &mut self,
        code: codes::Code,
        at: At<'_>,
        nodes: (Found<'d>, Found<'d>),
        media: (&'d Node, &'d Node),
        message: String,
    ) {
        let spans = (
            Some(&nodes.0.unwrap_or(media.0).span),
            Some(&nodes.1.unwrap_or(media.1).span),
        );
        self.tell(code, at.direction, spans, message);
    }
}

/// How a value is written, by what makes a difference for it.
fn spelling(
    place: &str,
    node: Found<'_>,
    composition: Composition,
    may_have_marks: bool,
) -> String {
    let said = |key: &str| node.and_then(|it| it.get(key));
    let style = match (text(said("style")), place) {
        ("", "path" | "header") => "simple",
        ("", _) => "form",
        // What has no parts needs no mark between them.
        ("spaceDelimited" | "pipeDelimited", _) if composition == Composition::None => "form",
        (style, _) => style,
    };
    let explode = said("explode").and_then(Node::as_bool);
    let explode = match (style, composition) {
        (_, Composition::None) | ("deepObject", _) | ("simple", Composition::Items) => false,
        _ => explode.unwrap_or(style == "form"),
    };
    let mut words = format!("`{style}`");
    if explode {
        words.push_str(", exploded");
    }
    if may_have_marks && is_true(said("allowReserved")) {
        words.push_str(", with reserved characters as they are");
    }
    words
}

/// So deep in lists values are looked at.
const DEEPEST: usize = 8;

fn composition(side: &Side<'_>, schemas: &[&Node]) -> Composition {
    let shape = Shape::of(side, schemas);
    let listed = shape.keyword("enum").map_or(&[][..], Node::items);
    let has_no_parts = |it: &Node| it.items().is_empty() && it.entries().is_empty();
    match shape.type_name() {
        Some("string" | "integer" | "number" | "boolean") => Composition::None,
        None if !listed.is_empty() && listed.iter().all(has_no_parts) => Composition::None,
        Some("array") => Composition::Items,
        _ => Composition::Others,
    }
}

/// Whether a value may have characters that mean something in an address.
fn may_have_marks(side: &Side<'_>, schemas: &[&Node], depth: usize) -> bool {
    let shape = Shape::of(side, schemas);
    let is_plain = |it: &Node| {
        let mut letters = text(Some(it)).chars();
        letters.all(|it| it.is_ascii_alphanumeric() || "-._~".contains(it))
    };
    let listed = shape.keyword("enum").map_or(&[][..], Node::items);
    match (shape.type_name(), shape.keyword("items")) {
        (Some("integer" | "number" | "boolean"), _) => false,
        (Some("array"), Some(items)) if depth < DEEPEST => {
            may_have_marks(side, &[items], depth + 1)
        }
        _ => listed.is_empty() || !listed.iter().all(is_plain),
    }
}

/// The media type of a part of which none is said.
fn usual_type(side: &Side<'_>, schemas: &[&Node], depth: usize) -> &'static str {
    let shape = Shape::of(side, schemas);
    let format = text(shape.keyword("format"));
    match (shape.type_name(), shape.keyword("items")) {
        (Some("array"), Some(items)) if depth < DEEPEST => usual_type(side, &[items], depth + 1),
        (Some("string"), _) if matches!(format, "binary" | "byte") => "application/octet-stream",
        (Some("string" | "integer" | "number" | "boolean"), _) => "text/plain",
        (None, _) if shape.properties.is_empty() => "application/octet-stream",
        _ => "application/json",
    }
}
