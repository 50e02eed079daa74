//! Enumerations of words that stay open: a word the document does not know is kept, not refused.

use std::fmt::Write;

use crate::emit::docs::{code, schema_text};
use crate::emit::text;
use crate::emit::tokens::ident;
use crate::model::{NamedSchema, Variant};

/// Declares an enumeration of words in place of progenitor's closed one.
pub(super) fn emit(schema: &NamedSchema, variants: &[Variant]) -> String {
    let mut out = String::from("open_enum! {\n");
    out.push_str(&text::docs(4, &schema_text(schema)));
    if schema.deprecated {
        let _ = writeln!(out, "    {}", text::DEPRECATED);
    }
    let is_read = schema.usage.success || schema.usage.error;
    let lenient = if is_read { ": lenient" } else { "" };
    let _ = writeln!(out, "    pub enum {}{lenient} {{", ident(&schema.name));
    for variant in variants {
        let (name, wire) = (ident(&variant.ident), code(&variant.wire));
        let docs = match wire == format!("`{}`", variant.wire) {
            true => String::new(),
            false => format!(", {}", text::literal(&format!("{wire} on the wire."))),
        };
        let word = text::literal(&variant.wire);
        let _ = writeln!(out, "        {name} = {word}{docs};");
    }
    out.push_str("    }\n}\n");
    out
}
