//! Single keywords of a schema: flags, bounds, defaults, allowed values, password rules.

use huaweicloud_codegen::load::tree::Node;

use super::{Edits, Fixer};
use crate::claim::{Aspect, ClaimValue, ParameterLocation, Subject};
use crate::document::innermost;
use crate::document::keywords::{POLICY, before, is_of_values, keyword, keyword_of};
use crate::document::pointer::Pointer;
use crate::patch::schema::{constraint, is_idle, typed};
use crate::patch::splice::Refusal;
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
                    return self.policy(&schema, subject, key, new);
                }
                let keyword = keyword_of(aspect).ok_or("nothing in a schema says this")?;
                let new = new.filter(|it| !is_idle(aspect, it));
                let scalar = match new.and_then(ClaimValue::as_one) {
                    Some(text) if aspect == Aspect::Default => {
                        Some(typed(text, self.kind(subject))?)
                    }
                    Some(text) => Some(constraint(aspect, text, self.kind(subject))?),
                    None => None,
                };
                self.set(&schema, keyword, scalar)
            }
        }
    }

    /// Sets, replaces or takes away a keyword with a scalar.
    fn set(&self, schema: &Pointer, keyword: &str, scalar: Option<String>) -> Edits {
        let node = self.layer(schema, keyword)?;
        let scalar = scalar.map(|it| match node.get(keyword) {
            Some(old) => self.styled(old, it),
            None => it,
        });
        self.put(node, &before(keyword), keyword, scalar.as_deref())
    }

    fn parameter_flag(&self, subject: &Subject, new: Option<&ClaimValue>) -> Edits {
        let object = self.object_of(subject)?;
        let is_set = new.is_some_and(ClaimValue::is_yes);
        if !is_set && object.get("deprecated").is_none() {
            return self.set(&self.schema_of(subject)?, "deprecated", None);
        }
        let after = &["name", "in", "required"];
        self.put(object, after, "deprecated", is_set.then_some("true"))
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
        self.put(object, &["name", "in"], "required", Some(word))
    }

    fn allowed(&self, schema: &Pointer, subject: &Subject, new: Option<&ClaimValue>) -> Edits {
        let node = self.layer(schema, "enum")?;
        let items = ClaimValue::items_of(new);
        let list = (items, self.kind(subject));
        let mut edits = self.put_list(node, &before("enum"), "enum", list)?;
        if node.get("enum").is_some() && !items.is_empty() {
            edits.extend(self.allow_examples(subject, items));
        }
        Ok(edits)
    }

    fn policy(
        &self,
        schema: &Pointer,
        subject: &Subject,
        key: &str,
        new: Option<&ClaimValue>,
    ) -> Edits {
        let node = self.layer(schema, "x-password-policy")?;
        let Some(policy) = node.get("x-password-policy") else {
            return Err("it has no `x-password-policy` yet; write one by hand".to_owned());
        };
        let after = &["min", "max", "classes", "minClasses"];
        if key == "classes" {
            let items = ClaimValue::items_of(new);
            let mut edits = self.put_list(policy, after, key, (items, "string"))?;
            if let Some(kinds) = self.kinds_of(items, subject, policy)? {
                edits.extend(self.put(
                    policy,
                    &["min", "max", "classes"],
                    "minClasses",
                    Some(&kinds),
                )?);
            }
            return Ok(edits);
        }
        let is_bare = |old: &Node| self.editor.quote(old) != Some('\'');
        let scalar = match new.and_then(ClaimValue::as_one) {
            None => None,
            Some(text) if key != "specials" => Some(typed(text, "integer")?),
            Some(text) if policy.get(key).is_some_and(is_bare) => Some(scalar::as_text(text)),
            Some(text) => Some(scalar::quoted(text)),
        };
        self.put(policy, after, key, scalar.as_deref())
    }

    /// How many of other kinds of characters there must be, where the page does not count them and the
    /// document counts others: all, if all of the old ones had to be there.
    fn kinds_of(
        &self,
        classes: &[String],
        subject: &Subject,
        policy: &Node,
    ) -> Result<Option<String>, Refusal> {
        let known = policy.get("classes").map_or(4, |it| it.items().len());
        let is_counted = self.page.said(subject, Aspect::PasswordKinds).is_some();
        let Some(kinds) = policy.get("minClasses").filter(|_| !is_counted) else {
            return Ok(None);
        };
        match scalar::text(kinds) {
            _ if classes.len() == known => Ok(None),
            all if all == known.to_string() => Ok(Some(classes.len().to_string())),
            _ => Err(
                "the page does not tell how many of these kinds there must be; change `classes` and \
                 `minClasses` together, by hand"
                    .to_owned(),
            ),
        }
    }
}
