//! Route, IAM action, deprecation and statuses.

use super::{Edits, Fixer, before};
use crate::claim::{Aspect, ClaimValue, Subject};
use crate::document::is_method;
use crate::document::keywords::{IAM, keyword};
use crate::pair::parameters;
use crate::patch::schema::iam_row;
use crate::patch::splice::Splice;
use crate::patch::status::meaning;
use crate::piece::{New, entry};
use crate::scalar;

impl Fixer<'_> {
    /// Gives the path another template, its parameters their new names, the operation its method.
    pub(super) fn route(&self, new: Option<&ClaimValue>) -> Edits {
        let new = new.and_then(ClaimValue::as_one);
        let route = new.ok_or("the page names no route")?.split_once(' ');
        let (method, path) = route.ok_or("the page's route is incomplete")?;
        let paths = self.root.get("paths").ok_or("the document has no paths")?;
        let item = paths.entry(&self.operation.path);
        let item = item.ok_or("the document has no such path")?;
        let mut edits = Vec::new();
        if !method.eq_ignore_ascii_case(&self.operation.method) {
            let method = method.to_lowercase();
            let key = self.operation.method.to_lowercase();
            if item.value.get(&method).is_some() {
                return Err(format!("the path has an operation for `{method}` already"));
            }
            let entry = item.value.entry(&key).ok_or("the operation is not there")?;
            edits.push(Splice::new(entry.key_span.clone(), method));
        }
        if path != self.operation.path {
            if paths.get(path).is_some() {
                return Err(format!("the document has the path {path} already"));
            }
            let others = item.value.entries().iter().filter(|it| {
                !it.key.eq_ignore_ascii_case(&self.operation.method) && is_method(&it.key)
            });
            if others.count() > 0 {
                return Err("other operations have the same path; move this one by hand".to_owned());
            }
            let old = self.editor.text.get(item.key_span.clone());
            let is_quoted = old.is_some_and(|it| it.starts_with(['\'', '"']));
            let key = match is_quoted || self.editor.is_flow(paths) {
                true => scalar::quoted(path),
                false => scalar::in_block(path),
            };
            edits.push(Splice::new(item.key_span.clone(), key));
            edits.extend(self.renames(path)?);
        }
        Ok(edits)
    }

    /// Parameters of the path by position, if the new template has as many.
    fn renames(&self, path: &str) -> Edits {
        let (old, new) = (parameters(&self.operation.path), parameters(path));
        let mut edits = Vec::new();
        if old.len() > new.len() {
            let gone = old.iter().find(|it| !new.contains(it));
            return Err(format!(
                "the path would no longer have {{{}}}, which the operation declares; edit both by hand",
                gone.or(old.last()).map_or("", String::as_str)
            ));
        }
        if old.len() < new.len() {
            for name in new.iter().filter(|it| !old.contains(it)) {
                self.path_parameter(name).map_err(|why| {
                    format!("the path would have {{{name}}} and no parameter for it: {why}")
                })?;
            }
            return Ok(edits);
        }
        for (old, new) in old.iter().zip(&new).filter(|(old, new)| old != new) {
            let subject = Subject::Parameter(crate::claim::ParameterLocation::Path, old.clone());
            let object = self.object_of(&subject)?;
            let name = object.get("name").ok_or("the parameter has no name")?;
            edits.push(self.editor.replace_scalar(name, &scalar::as_text(new)));
        }
        Ok(edits)
    }

    pub(super) fn operation_flag(&self, new: Option<&ClaimValue>) -> Edits {
        let method = self.method()?;
        let is_set = new.is_some_and(ClaimValue::is_yes);
        let after = before("deprecated");
        self.put(method, after, "deprecated", is_set.then_some("true"))
    }

    /// What the first action has.
    pub(super) fn iam(&self, aspect: Aspect, new: Option<&ClaimValue>) -> Edits {
        let key = keyword(IAM, aspect).ok_or("nothing in `x-iam-actions` says this")?;
        let method = self.method()?;
        let Some(actions) = method.get("x-iam-actions") else {
            let row = self.page.get(&Subject::Operation).map(iam_row);
            let value = New::List(vec![New::Map(row.unwrap_or_default())]);
            let edit = self.insert_own(method, "x-iam-actions", &value)?;
            return Ok(vec![edit]);
        };
        let first = actions.items().first().ok_or("`x-iam-actions` is empty")?;
        let keys: Vec<&str> = IAM.iter().map(|it| it.0).collect();
        let after = keys.split(|it| *it == key).next().unwrap_or_default();
        if aspect.is_list() {
            return self.put_list(first, after, key, (ClaimValue::items_of(new), "string"));
        }
        let Some(new) = new.and_then(ClaimValue::as_one) else {
            return Err("the page has no IAM row; take `x-iam-actions` out by hand".to_owned());
        };
        let scalar = scalar::as_text(new);
        if first.as_str().is_some() && aspect == Aspect::Action {
            return Ok(vec![self.editor.replace_scalar(first, &scalar)]);
        }
        self.put(first, after, key, Some(&scalar))
    }

    /// Adds a status; one whose fields are those of another status gets the same schema.
    pub(super) fn add_status(&self, status: &str) -> Edits {
        let is_status = status.len() == 3 && status.bytes().all(|it| it.is_ascii_digit());
        if !is_status {
            return Err(format!("`{status}` is no status a document can name"));
        }
        let method = self.method()?;
        let responses = method.get("responses");
        let responses = responses.ok_or("the operation has no responses")?;
        let mut response = vec![entry("description", New::scalar(meaning(status)))];
        if let Some(reference) = self.same_fields(status) {
            let schema = New::Map(vec![entry("$ref", New::Scalar(scalar::quoted(&reference)))]);
            let media = New::Map(vec![entry("schema", schema)]);
            let content = New::Map(vec![entry("application/json", media)]);
            response.push(entry("content", content));
        }
        let known = responses.entries().iter().map(|it| it.key.as_str());
        let before: Vec<&str> = known.filter(|it| *it < status).collect();
        let key = scalar::quoted(status);
        let value = New::Map(response);
        let edit = self.editor.insert(responses, &before, &key, &value)?;
        Ok(vec![edit])
    }

    /// The reference to the schema of a status whose fields the page repeats for this one.
    fn same_fields(&self, status: &str) -> Option<String> {
        let fields = |of: &str| {
            let claims = self.page.iter();
            let mut fields: Vec<(String, Option<ClaimValue>)> = claims
                .filter_map(|(subject, entry)| match subject {
                    Subject::Response(at, path) if at == of => {
                        Some((path.clone(), entry.value(Aspect::Type).cloned()))
                    }
                    _ => None,
                })
                .collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            fields
        };
        let wanted = fields(status);
        if wanted.is_empty() {
            return None;
        }
        let mut statuses = self.operation.statuses();
        let known = statuses.find(|known| fields(known) == wanted)?;
        let schema = self.schema_of(&Subject::Status(known.to_owned())).ok()?;
        let node = schema.find(self.root)?;
        node.get("$ref")?.as_str().map(str::to_owned)
    }

    pub(super) fn remove_status(&self, status: &str) -> Edits {
        let responses = self.own(&self.operation.pointer.below("responses"))?;
        Ok(vec![self.editor.remove(responses, status)?])
    }
}
