//! Types and paths as callers write them, for messages.

use super::model::{Function, Surface};
use super::names::{last, parent, pieces};

/// How much of a text is shown.
const MOST: usize = 240;

/// A text, cut where it is long.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A type as callers write it who have imported its module.
pub fn ty(text: &str) -> String {
    if text.is_empty() {
        return "()".to_owned();
    }
    let short = pieces(text).map(|piece| match piece.starts_with("crate::") {
        true if last(parent(piece)) == "types" => format!("types::{}", last(piece)),
        true => last(piece).to_owned(),
        false => piece.to_owned(),
    });
    cut(&short.collect::<String>())
}

/// Two types, spelled out where they would look the same.
pub fn both(old: &str, new: &str) -> (String, String) {
    let (short_old, short_new) = (ty(old), ty(new));
    match short_old == short_new {
        true => (
            cut(&old.replace("crate::", "")),
            cut(&new.replace("crate::", "")),
        ),
        false => (short_old, short_new),
    }
}

/// The arguments of a function.
pub fn arguments(of: &Function) -> String {
    let each = of.arguments.iter();
    let each = each.map(|(name, text)| format!("{name}: {}", ty(text)));
    cut(&format!("({})", each.collect::<Vec<_>>().join(", ")))
}

/// A function as it is declared.
pub fn signature(of: &Function) -> String {
    let word = if of.is_async { "async fn" } else { "fn" };
    let receiver = if of.receiver.is_empty() {
        ""
    } else {
        &of.receiver
    };
    let mut inside = arguments(of);
    if !receiver.is_empty() {
        let comma = if of.arguments.is_empty() { "" } else { ", " };
        inside = format!("({receiver}{comma}{}", &inside[1..]);
    }
    let output = match of.output.as_str() {
        "" => String::new(),
        output => format!(" -> {}", ty(output)),
    };
    cut(&format!("{word}{}{inside}{output}", of.generics))
}

/// The path of an item in the crate, the shorter one where it has two.
pub fn path(of: &str, surface: &Surface) -> String {
    let mut end = of.len();
    loop {
        if let Some(short) = surface.exported.get(&of[..end]) {
            return plain(&format!("{short}{}", &of[end..]));
        }
        match of[..end].rfind("::") {
            Some(before) => end = before,
            None => return plain(of),
        }
    }
}

fn plain(path: &str) -> String {
    path.strip_prefix("crate::").unwrap_or(path).to_owned()
}

/// A path as callers write it who have imported the module of its service.
pub fn in_service(path: &str, surface: &Surface) -> String {
    match path.split_once("::") {
        Some((service, rest)) if surface.services.contains_key(service) => rest.to_owned(),
        _ => path.to_owned(),
    }
}
