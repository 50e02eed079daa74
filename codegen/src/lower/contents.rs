//! What the body of a response may be: one type, or several that are told apart by what arrives.

use crate::diagnostic::codes;
use crate::load::tree::{Entry, Node};
use crate::media_type::essence;
use crate::model::{Representation, Type};
use crate::names::pascal;

use super::context::Context;
use super::media::Written;

impl<'d> Context<'d> {
    /// The representations that the client reads, the preferred first. What says the same as the
    /// JSON in another way is not asked for.
    pub(super) fn lower_contents(&mut self, response: &'d Node, hint: &str) -> Vec<Representation> {
        let Some(content) = response.get("content") else {
            return Vec::new();
        };
        let mut all = self.media(content);
        if let Some((preferred, Written::Json)) = all.first().copied() {
            let mut dropped = Vec::new();
            all.retain(|(entry, written)| {
                let is_kept =
                    std::ptr::eq(*entry, preferred) || !self.repeats(entry, *written, preferred);
                if !is_kept && entry.value.get("schema").is_none() {
                    dropped.push(*entry);
                }
                is_kept
            });
            for entry in dropped {
                self.report.warning(
                    &entry.value,
                    codes::MEDIA_TYPES,
                    format!(
                        "`{}` has no schema, and is not asked for: the client reads `{}`",
                        entry.key, preferred.key
                    ),
                    "give it a schema of its own if it says something else",
                );
            }
        }
        // Parameters of media types are not told apart.
        let mut seen: Vec<String> = Vec::new();
        let mut is_lost = false;
        all.retain(|(entry, _)| {
            let media_type = essence(&entry.key);
            let is_new = !seen.contains(&media_type);
            is_lost |= !is_new;
            seen.push(media_type);
            is_new
        });
        if is_lost {
            self.report.warning(
                content,
                codes::MEDIA_TYPES,
                "media types that differ in parameters alone are read as the first of them"
                    .to_owned(),
                "leave one of them",
            );
        }
        let mut first = true;
        let mut contents = Vec::with_capacity(all.len());
        for (entry, written) in all {
            let hint = match std::mem::take(&mut first) {
                true => hint.to_owned(),
                false => format!("{hint}{}", pascal(&essence(&entry.key))),
            };
            contents.push(self.lower_content(entry, written, &hint));
        }
        if contents.len() > 1 {
            for content in &mut contents {
                content.ty.get_or_insert(Type::Any);
            }
        }
        contents
    }

    fn lower_content(&mut self, entry: &'d Entry, written: Written, hint: &str) -> Representation {
        let schema = entry.value.get("schema");
        let ty = match written {
            Written::Json => schema.map(|schema| self.lower_whole(schema, hint)),
            Written::Text => Some(self.text_body(schema)),
            Written::Form | Written::Multipart | Written::Bytes => Some(Type::Bytes),
        };
        Representation {
            media_type: entry.key.clone(),
            ty,
            example: self.example(&entry.value, schema),
        }
    }

    /// Whether an entry says what the JSON says: of the same schema, or of none that would say more.
    fn repeats(&self, entry: &'d Entry, written: Written, json: &'d Entry) -> bool {
        let schema = |entry: &'d Entry| Some(self.resolve(entry.value.get("schema")?));
        match (schema(entry), schema(json)) {
            (Some(one), Some(other)) => {
                std::ptr::eq(one, other) || one.to_json() == other.to_json()
            }
            (None, _) => written != Written::Bytes,
            (Some(_), None) => false,
        }
    }
}
