//! Text → syntax, as much of it as callers see.

use syn::{Attribute, Item, ItemMod, ItemUse};

use super::super::macros::{Declaration, declaration};
use super::items::forget_code;

/// An item of a file.
pub enum Kept {
    Use(ItemUse),
    Mod(ItemMod),
    /// What a macro stands for, and what is written before it.
    Macro(Box<dyn Declaration>, Vec<Attribute>),
    Other(Box<Item>),
}

/// What is kept of items.
///
/// # Errors
/// The macro that nobody knows.
pub fn kept(items: Vec<Item>) -> syn::Result<Vec<Kept>> {
    let kept = items.into_iter().map(|item| {
        Ok(match item {
            Item::Use(it) => Kept::Use(it),
            Item::Mod(it) => Kept::Mod(it),
            Item::Macro(it) => Kept::Macro(declaration(&it.mac)?, it.attrs),
            mut other => {
                forget_code(&mut other);
                Kept::Other(Box::new(other))
            }
        })
    });
    kept.collect()
}

/// Whether a file has no modules and exports nothing, so that no other has to know what is in it.
pub fn is_closed(text: &str) -> bool {
    ["mod ", "pub use "].iter().all(|it| !text.contains(it))
}

/// Reads a file: the attributes of its module, and its items.
///
/// # Errors
/// Where it is no Rust, or has a macro that nobody knows.
pub fn read(text: &str) -> syn::Result<(Vec<Attribute>, Vec<Kept>)> {
    let whole = |text: &str| {
        let file = syn::parse_file(text)?;
        Ok((file.attrs, kept(file.items)?))
    };
    let by_pieces = || {
        let (mut attributes, mut items) = (Vec::new(), Vec::new());
        for piece in pieces(text) {
            let (its_attributes, its_items) = whole(piece)?;
            attributes.extend(its_attributes);
            items.extend(its_items);
        }
        Ok((attributes, items))
    };
    // What looks like the end of an item may stand in a literal.
    by_pieces().or_else(|_: syn::Error| whole(text))
}

/// How much is read at once, where items end: tokens take a hundred times their text.
const PIECE: usize = 64 << 10;

/// A text, cut where items end as they are laid out.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let ends = rest.match_indices("\n}\n");
        let mut ends = ends.map(|(at, end)| at + end.len());
        let end = ends.find(|end| *end >= PIECE).unwrap_or(rest.len());
        let (piece, more) = rest.split_at(end);
        rest = more;
        (!piece.is_empty()).then_some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_read_in_pieces_to_the_same_end() {
        let item = "pub fn a() {\n    1\n}\n";
        let text = format!("//! Words.\n{}", item.repeat(3 * PIECE / item.len()));
        let pieces: Vec<_> = pieces(&text).collect();
        assert!(pieces.len() > 2 && pieces.iter().all(|it| it.ends_with("\n}\n")));
        assert_eq!(pieces.concat(), text);
        let (attributes, items) = read(&text).unwrap();
        assert_eq!((attributes.len(), items.len()), (1, 3 * PIECE / item.len()));
    }

    #[test]
    fn the_end_of_an_item_in_a_literal_is_none() {
        let blank = " ".repeat(PIECE);
        let text = format!("pub const A: &str = \"{blank}\n}}\n\";\npub fn b() {{}}\n");
        assert_eq!(pieces(&text).count(), 2);
        assert_eq!(read(&text).unwrap().1.len(), 2);
    }
}
