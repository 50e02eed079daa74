//! Single keywords of a schema: flags, bounds, defaults, allowed values, password rules.

use huaweicloud_codegen::load::tree::Node;

use super::{Edits, Fixer};
use crate::claim::{Aspect, ClaimValue, ParameterLocation, Subject};
use crate::document::innermost;
use crate::document::keywords::{POLICY, SCHEMA, is_of_values, keyword, keyword_of};
use crate::document::pointer::Pointer;
use crate::patch::schema::{constraint, is_idle, typed};
use crate::patch::splice::{Refusal, Splice};
use crate::piece::New;
use crate::scalar;

impl Fixer<'_> {
    pub(super) fn keyword(
        &self,
        subject: &Subject,
        aspect: Aspect,
        new: Option<&ClaimValue>,
    ) -> Edits {
        let mut schema = self.schema_of(subject)?;
        if is_of_values(aspect) {
            schema = innermost(self.root, &schema);
        }
        match aspect {
            Aspect::Deprecated if matches!(subject, Subject::Parameter(..)) => {
                self.parameter_flag(subject, new)
            }
            Aspect::Enum => self.allowed(&schema, subject, new),
            aspect => {
                if let Some(key) = keyword(POLICY, aspect) {
                    return self.policy(&schema, key, new);
                }
                let keyword = keyword_of(aspect).ok_or("nothing in a schema says this")?;
                let new = new.filter(|it| !is_idle(aspect, it));
                let scalar = match new.and_then(ClaimValue::as_one) {
                    Some(text) if aspect == Aspect::Default => Some(self.typed(subject, text)?),
                    Some(text) => Some(constraint(aspect, text)?),
                    None => None,
                };
                self.set(&schema, keyword, scalar)
            }
        }
    }

    /// Sets, replaces or takes away a keyword with a scalar.
    fn set(&self, schema: &Pointer, keyword: &str, scalar: Option<String>) -> Edits {
        let node = self.layer(schema, keyword)?;
        let edit = match (node.get(keyword), scalar) {
            (Some(old), Some(scalar)) => self.editor.replace_scalar(old, &self.styled(old, scalar)),
            (Some(_), None) => self.editor.remove(node, keyword)?,
            (None, Some(scalar)) => self.add(node, keyword, &New::Scalar(scalar))?,
            (None, None) => return Ok(Vec::new()),
        };
        Ok(vec![edit])
    }

    fn add(&self, node: &Node, keyword: &str, value: &New) -> Result<Splice, Refusal> {
        let order = SCHEMA.iter().map(|it| it.0);
        let before: Vec<&str> = order.take_while(|it| *it != keyword).collect();
        self.editor.insert(node, &before, keyword, value)
    }

    /// A text keeps the quotes of the text it replaces.
    fn styled(&self, old: &Node, scalar: String) -> String {
        let is_quoted = scalar.starts_with(['\'', '"']);
        match self.editor.quote(old) {
            Some('\'') if !is_quoted && old.as_str().is_some() => format!("'{scalar}'"),
            Some('"') if !is_quoted && old.as_str().is_some() => format!("\"{scalar}\""),
            _ => scalar,
        }
    }

    fn parameter_flag(&self, subject: &Subject, new: Option<&ClaimValue>) -> Edits {
        let object = self.object_of(subject)?;
        if new.is_some_and(ClaimValue::is_yes) {
            let edit = match object.get("deprecated") {
                Some(node) => self.editor.replace_scalar(node, "true"),
                None => {
                    let after = &["name", "in", "required"];
                    self.editor
                        .insert(object, after, "deprecated", &New::scalar("true"))?
                }
            };
            return Ok(vec![edit]);
        }
        if object.get("deprecated").is_some() {
            return Ok(vec![self.editor.remove(object, "deprecated")?]);
        }
        self.set(&self.schema_of(subject)?, "deprecated", None)
    }

    pub(super) fn parameter_required(
        &self,
        place: ParameterLocation,
        subject: &Subject,
        new: Option<&ClaimValue>,
    ) -> Edits {
        let is_required = new.is_some_and(ClaimValue::is_yes);
        if place == ParameterLocation::Path && !is_required {
            return Err("a parameter of the path is always required".to_owned());
        }
        let object = self.object_of(subject)?;
        let word = if is_required { "true" } else { "false" };
        let edit = match object.get("required") {
            Some(node) => self.editor.replace_scalar(node, word),
            None => {
                let value = New::scalar(word);
                self.editor
                    .insert(object, &["name", "in"], "required", &value)?
            }
        };
        Ok(vec![edit])
    }

    /// The allowed values; those that stay keep their lines and comments.
    fn allowed(&self, schema: &Pointer, subject: &Subject, new: Option<&ClaimValue>) -> Edits {
        let node = self.layer(schema, "enum")?;
        let Some(new) = new else {
            return self.set(schema, "enum", None);
        };
        let Some(list) = node.get("enum") else {
            let items: Result<Vec<New>, Refusal> = new
                .items()
                .iter()
                .map(|it| Ok(New::Scalar(self.typed(subject, it)?)))
                .collect();
            return Ok(vec![self.add(node, "enum", &New::List(items?))?]);
        };
        let old: Vec<String> = list.items().iter().map(scalar::text).collect();
        let gone: Vec<usize> = (0..old.len())
            .filter(|index| old.get(*index).is_some_and(|it| !new.items().contains(it)))
            .collect();
        let added: Vec<&String> = new.items().iter().filter(|it| !old.contains(it)).collect();
        let mut edits = self.allow_examples(subject, new.items());
        // A value in place of another takes its line.
        let mut gone = gone.into_iter();
        let mut added = added.into_iter();
        let mut renamed = Vec::new();
        while let (Some(index), Some(value)) = (gone.clone().next(), added.clone().next()) {
            renamed.push((index, value));
            gone.next();
            added.next();
        }
        for (index, value) in renamed {
            if let Some(item) = list.items().get(index) {
                let scalar = self.styled(item, self.typed(subject, value)?);
                edits.push(self.editor.replace_scalar(item, &scalar));
            }
        }
        let rest: Vec<usize> = gone.collect();
        if !rest.is_empty() {
            edits.extend(self.editor.take(list, &rest)?);
        }
        let added: Vec<&String> = added.collect();
        let style = list.items().first();
        let mut pushed: Option<Splice> = None;
        for value in added {
            let scalar = self.typed(subject, value)?;
            let scalar = style.map_or(scalar.clone(), |it| self.styled(it, scalar));
            let splice = self.editor.push(list, &New::Scalar(scalar))?;
            // All of them go to the same place.
            match &mut pushed {
                Some(first) => first.with.push_str(&splice.with),
                None => pushed = Some(splice),
            }
        }
        edits.extend(pushed);
        Ok(edits)
    }

    fn policy(&self, schema: &Pointer, key: &str, new: Option<&ClaimValue>) -> Edits {
        let node = self.layer(schema, "x-password-policy")?;
        let Some(policy) = node.get("x-password-policy") else {
            return Err("it has no `x-password-policy` yet; write one by hand".to_owned());
        };
        let edit = match (policy.get(key), new.and_then(ClaimValue::as_one)) {
            (Some(old), Some(text)) if key == "specials" => {
                let scalar = match self.editor.quote(old) {
                    Some('\'') => scalar::quoted(text),
                    _ => scalar::as_text(text),
                };
                self.editor.replace_scalar(old, &scalar)
            }
            (Some(old), Some(text)) => self.editor.replace_scalar(old, &typed(text, "integer")?),
            (None, Some(text)) => {
                let scalar = match key {
                    "specials" => scalar::quoted(text),
                    _ => typed(text, "integer")?,
                };
                let after = &["min", "max", "classes", "minClasses"];
                self.editor
                    .insert(policy, after, key, &New::Scalar(scalar))?
            }
            (Some(_), None) => self.editor.remove(policy, key)?,
            (None, None) => return Ok(Vec::new()),
        };
        Ok(vec![edit])
    }

    /// A value in the kind that the document has for a subject.
    fn typed(&self, subject: &Subject, text: &str) -> Result<String, Refusal> {
        let kind = self.operation.claims.get(subject);
        let kind = kind.and_then(|it| it.facts.get(&Aspect::Type));
        let kind = kind.and_then(|it| it.value.as_one()).unwrap_or("string");
        typed(text, kind)
    }
}
