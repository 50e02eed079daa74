//! The schema of something new, and the type of something known.

use huaweicloud_codegen::load::tree::{Node, Value as Yaml};
use huaweicloud_pages::block::Lines;

use super::{Edits, Fixer};
use crate::claim::{Aspect, ClaimValue, Subject, SubjectClaims};
use crate::document::keywords::{Of, SCHEMA};
use crate::patch::schema::{get, typed, write};
use crate::patch::splice::{Refusal, Splice};
use crate::piece::New;
use crate::scalar;

impl Fixer<'_> {
    /// The schema of something the page describes. `inside` tells whether the page describes what
    /// is in it too.
    pub(super) fn new_schema(
        &self,
        entry: &SubjectClaims<Lines>,
        inside: bool,
        response: bool,
    ) -> Result<New, Refusal> {
        let kind = entry.one(Aspect::Type);
        let kind = match kind.ok_or("the page does not give its type; add it by hand")? {
            "array" if inside => "array of object",
            kind => kind,
        };
        write(kind, entry, response).certain().map(New::Map)
    }

    /// Gives something known another type, and takes away what the new type cannot have.
    pub(super) fn retype(&self, subject: &Subject, new: Option<&ClaimValue>) -> Edits {
        let kind = new.and_then(ClaimValue::as_one);
        let kind = kind.ok_or("the page gives no type")?;
        let (_, schema) = self.resolved(&self.schema_of(subject)?)?;
        let Some(old) = schema.get("type") else {
            return Err("its type comes from a part of `allOf`; change it there".to_owned());
        };
        if schema.get("x-password-policy").is_some() {
            return Err(
                "it is a password with rules; if it is none any more, change it by hand".to_owned(),
            );
        }
        let new = write(kind, &SubjectClaims::named(()), false).certain()?;
        let word = get(&new, "type").map(New::flow).unwrap_or_default();
        let mut edits: Vec<Splice> = Vec::new();
        if old.as_str() != Some(word.as_str()) {
            edits.push(self.editor.replace_scalar(old, &word));
        }
        let kept = match word.as_str() {
            "string" => Of::Text,
            "integer" | "number" => Of::Numbers,
            "array" => Of::Lists,
            "object" => Of::Objects,
            _ => Of::Any,
        };
        // Its type names both of its values.
        let is_flag = word == "boolean";
        let is_gone = |of: Of| match of {
            Of::Schema | Of::Any => false,
            Of::Plain => is_flag,
            of => of != kept,
        };
        let gone = SCHEMA.iter().filter(|(_, of, _)| is_gone(*of));
        let gone = gone.filter(|(it, ..)| schema.get(it).is_some());
        // A format belongs to its type: one of text says nothing about a number.
        for (keyword, ..) in gone {
            edits.push(self.editor.remove(schema, keyword)?);
        }
        for key in ["items", "additionalProperties"] {
            let Some(inner) = get(&new, key) else {
                continue;
            };
            edits.push(match schema.get(key) {
                Some(known) => self.retype_items(known, inner)?,
                None => self.editor.insert(schema, &["type"], key, inner)?,
            });
        }
        if let Some(node) = schema.get("default")
            && let Some(scalar) = converted(node, &word)
        {
            edits.push(self.editor.replace_scalar(node, &scalar));
        }
        edits.extend(self.retype_examples(subject, &word, self.page.get(subject)));
        let values = schema.get("enum").filter(|_| !is_flag);
        for node in values.map(Node::items).unwrap_or_default() {
            if let Some(scalar) = converted(node, &word) {
                edits.push(self.editor.replace_scalar(node, &scalar));
            }
        }
        Ok(edits)
    }

    fn retype_items(&self, items: &Node, new: &New) -> Result<Splice, Refusal> {
        let New::Map(new) = new else {
            return Err("the page does not say of what the list is".to_owned());
        };
        match (items.get("type"), get(new, "type")) {
            (Some(node), Some(word)) if items.entries().len() == 1 && new.len() == 1 => {
                Ok(self.editor.replace_scalar(node, &word.flow()))
            }
            _ => Err("change the items of the list by hand".to_owned()),
        }
    }
}

/// A scalar of the document as one of another kind; nothing if it is one, or cannot become one.
pub(super) fn converted(node: &Node, kind: &str) -> Option<String> {
    match (&node.value, kind) {
        (Yaml::String(_), "string") | (Yaml::Null, _) => None,
        (Yaml::Bool(_) | Yaml::Number(_), "string") => {
            Some(scalar::quoted(&node.to_json().to_string()))
        }
        (Yaml::String(text), _) => typed(text, kind).ok(),
        _ => None,
    }
}
