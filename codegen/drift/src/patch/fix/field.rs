//! Parameters and fields that come or go.

use huaweicloud_codegen::load::tree::Node;
use huaweicloud_pages::block::Lines;

use super::{Edits, Fixer, before};
use crate::claim::{Aspect, ClaimValue, ParameterLocation, Subject, SubjectClaims, location_word};
use crate::document::pointer::{Pointer, resolve};
use crate::pair::parameters;
use crate::patch::schema::reference;
use crate::patch::splice::Refusal;
use crate::piece::{New, entry};
use crate::scalar;

/// Whether something new must be given. What a page does not tell is not made up.
fn is_required(entry: &SubjectClaims<Lines>) -> Result<bool, Refusal> {
    let said = entry.value(Aspect::Required);
    let said = said.ok_or("the page does not tell whether it must be given; add it by hand")?;
    Ok(said.is_yes())
}

/// The case in which a field must be given.
const CONDITION: &str = "x-required-unless";

impl<'a> Fixer<'a> {
    /// Whether the page tells enough of a parameter of the path to add it once the path has it.
    pub(super) fn path_parameter(&self, name: &str) -> Result<(), Refusal> {
        let subject = Subject::Parameter(ParameterLocation::Path, name.to_owned());
        let said = self.said(&subject)?;
        self.new_schema(said, false, false).map(drop)
    }

    pub(super) fn add_parameter(&self, place: ParameterLocation, name: &str) -> Edits {
        let subject = Subject::Parameter(place, name.to_owned());
        let said = self.said(&subject)?;
        if place == ParameterLocation::Path
            && !parameters(&self.operation.path).iter().any(|it| it == name)
        {
            return Err(format!(
                "the path has no {{{name}}}; the route has to be right first"
            ));
        }
        let secret = said.value(Aspect::Secret);
        if place != ParameterLocation::Header && secret.is_some_and(ClaimValue::is_yes) {
            return Err("a secret would be part of the address; decide by hand".to_owned());
        }
        let required = place == ParameterLocation::Path || is_required(said)?;
        let mut parameter = vec![
            entry("name", New::text(name)),
            entry("in", New::scalar(location_word(place))),
        ];
        if required {
            parameter.push(entry("required", New::scalar("true")));
        }
        let mut schema = self.new_schema(said, false, false)?;
        // What is deprecated is the parameter, not its schema.
        if let New::Map(entries) = &mut schema
            && let Some(at) = entries.iter().position(|(key, _)| key == "deprecated")
        {
            parameter.push(entries.remove(at));
        }
        parameter.push(entry("schema", schema));
        let after = before("parameters");
        self.append(self.method()?, after, "parameters", New::Map(parameter))
    }

    pub(super) fn remove_parameter(&self, place: ParameterLocation, name: &str) -> Edits {
        if place == ParameterLocation::Path {
            return Err("the path has it; the route has to be right first".to_owned());
        }
        let list_at = self.operation.pointer.below("parameters");
        let method = self.method()?;
        let list = self.own(&list_at)?;
        let is_it = |index: &usize| {
            let item = resolve(self.root, list_at.below(index.to_string()));
            let says = |key| item.as_ref()?.1.get(key)?.as_str();
            (says("name"), says("in")) == (Some(name), Some(location_word(place)))
        };
        let index = (0..list.items().len()).find(is_it);
        let index =
            index.ok_or("it belongs to the path, not to the operation; take it out by hand")?;
        self.take_off(method, "parameters", list, index)
    }

    pub(super) fn add_field(&self, subject: &Subject) -> Edits {
        let entry = self.said(subject)?;
        let is_response = matches!(subject, Subject::Response(..));
        let path = subject.path().ok_or("it is no field")?;
        let (above, name) = path.rsplit_once('.').unwrap_or(("", path));
        if name.is_empty() || name == "*" || name.contains(['[', ']', '*']) || above.contains('*') {
            return Err("keys that may have any name are described by hand".to_owned());
        }
        let mut inner = self.page.iter().filter(|it| it.0.is_inside(subject));
        let inside = inner.clone().next().is_some();
        // An object without what the page has in it would be half of it.
        if !is_response && let Some((it, _)) = inner.find(|it| is_required(it.1).is_err()) {
            return Err(format!(
                "the page does not tell whether {} must be given; add it by hand",
                it.words()
            ));
        }
        let schema = self.new_schema(entry, inside, is_response)?;
        let required = match is_response {
            true => is_required(entry).unwrap_or(false),
            false => is_required(entry)?,
        };
        let Some(container) = self.container(subject)? else {
            return self.new_body(subject, name, schema, required);
        };
        let object = self.object_schema(&container)?;
        let key = scalar::as_text(name);
        let (mut edits, require) = match required {
            true => (
                self.add_to_examples(subject, entry),
                self.require(object, name)?,
            ),
            false => Default::default(),
        };
        // Where both go behind the same line, what comes first here comes first there.
        match object.get("properties") {
            Some(it) if it.entries().is_empty() && !self.editor.is_flow(it) => {
                return Err("its object has empty `properties`; write the first by hand".to_owned());
            }
            Some(properties) => {
                edits.push(self.editor.insert(properties, &[], &key, &schema)?);
                edits.extend(require);
            }
            None => {
                let (after, properties) = (&["type", "description"], New::Map(vec![(key, schema)]));
                edits.extend(require);
                edits.push(
                    self.editor
                        .insert(object, after, "properties", &properties)?,
                );
            }
        }
        Ok(edits)
    }

    pub(super) fn remove_field(&self, subject: &Subject) -> Edits {
        let (parent, name) = self.property_of(subject)?;
        let object = self.own(parent)?;
        let properties = object.get("properties");
        let properties = properties.ok_or("its object has no properties")?;
        let mut edits = vec![self.editor.remove(properties, name)?];
        edits.extend(self.unrequire(object, name)?);
        let holders = self.holders(subject).map(|it| it.0).unwrap_or_default();
        for holder in holders.into_iter().filter(|it| it.get(name).is_some()) {
            let edit = self.editor.remove(holder, name);
            let by_hand = |why| format!("an example has it, and is edited by hand: {why}");
            edits.push(edit.map_err(by_hand)?);
        }
        Ok(edits)
    }

    pub(super) fn field_required(&self, subject: &Subject, new: Option<&ClaimValue>) -> Edits {
        let (parent, name) = self.property_of(subject)?;
        let object = self.own(parent)?;
        if new.is_some_and(ClaimValue::is_yes) {
            let mut edits = self.require(object, name)?;
            // What is always required is so in no case only.
            let property = object.get("properties").and_then(|it| it.get(name));
            if let Some(property) = property.filter(|it| it.get(CONDITION).is_some()) {
                edits.push(self.editor.remove(property, CONDITION)?);
            }
            if let Some(entry) = self.operation.claims.get(subject) {
                edits.extend(self.add_to_examples(subject, entry));
            }
            return Ok(edits);
        }
        let edits = self.unrequire(object, name)?;
        if edits.is_empty() {
            return Err("another part of `allOf` requires it; change it there".to_owned());
        }
        Ok(edits)
    }

    /// Adds a name to the list of what an object requires.
    fn require(&self, object: &Node, name: &str) -> Edits {
        let item = New::text(name);
        self.append(object, &["type", "description"], "required", item)
    }

    /// Takes a name off that list.
    fn unrequire(&self, object: &Node, name: &str) -> Edits {
        let Some(list) = object.get("required") else {
            return Ok(Vec::new());
        };
        let index = list.items().iter().position(|it| it.as_str() == Some(name));
        index.map_or(Ok(Vec::new()), |it| {
            self.take_off(object, "required", list, it)
        })
    }

    fn said(&self, subject: &Subject) -> Result<&'a SubjectClaims<Lines>, Refusal> {
        let entry = self.page.get(subject);
        entry.ok_or_else(|| "the page does not describe it".to_owned())
    }

    /// The schema of the body a field is in.
    fn body_of(&self, subject: &Subject) -> Option<Pointer> {
        match subject {
            Subject::Response(status, _) => {
                let status = Subject::Status(status.clone());
                self.operation.pointers_of(&status)?.schema.clone()
            }
            _ => self.operation.body.clone(),
        }
    }

    /// The schema of the object that a field is in; nothing where there is no body yet.
    pub(super) fn container(&self, subject: &Subject) -> Result<Option<Pointer>, Refusal> {
        match subject.path().and_then(|it| it.rsplit_once('.')) {
            Some((above, _)) => self.inner(subject, above).map(Some),
            None => Ok(self.body_of(subject)),
        }
    }

    /// The schema that `a.b[]` leads to.
    fn inner(&self, subject: &Subject, path: &str) -> Result<Pointer, Refusal> {
        let named = path.trim_end_matches("[]");
        let lists = (path.len() - named.len()) / 2;
        let schema = if named.is_empty() {
            self.body_of(subject)
        } else {
            self.schema_of(&subject.at(named.to_owned())).ok()
        };
        let missing = || format!("`{named}`, which it is in, is not in the document");
        let mut schema = schema.ok_or_else(missing)?;
        for _ in 0..lists {
            let (place, node) = self.resolved(&schema)?;
            if node.get("items").is_none() {
                return Err(format!("`{named}` is no list in the document"));
            }
            schema = place.below("items");
        }
        Ok(schema)
    }

    /// The part of a schema that has the properties, or can have them.
    pub(super) fn object_schema(&self, schema: &Pointer) -> Result<&'a Node, Refusal> {
        let node = self.layer(schema, "properties")?;
        if node.get("properties").is_some() {
            return Ok(node);
        }
        match node.get("type").and_then(Node::as_str) {
            Some("object") => Ok(node),
            _ => Err("what it is in is no object in the document".to_owned()),
        }
    }

    /// A body with its first field.
    fn new_body(&self, subject: &Subject, name: &str, schema: New, required: bool) -> Edits {
        let mut object = vec![entry("type", New::scalar("object"))];
        if required {
            let list = New::List(vec![New::text(name)]);
            object.push(entry("required", list));
        }
        let properties = New::Map(vec![(scalar::as_text(name), schema)]);
        object.push(entry("properties", properties));
        let (schema, component) = match self.component(subject)? {
            None => (New::Map(object), None),
            Some((name, schemas)) => {
                let reference = New::Map(vec![entry("$ref", reference(&name))]);
                let edit = self.editor.insert(schemas, &[], &name, &New::Map(object))?;
                (reference, Some(edit))
            }
        };
        let media = New::Map(vec![entry("schema", schema)]);
        let content = New::Map(vec![entry("application/json", media)]);
        let edit = match subject {
            Subject::Response(status, _) => {
                let response = self.object_of(&Subject::Status(status.clone()))?;
                self.editor
                    .insert(response, &["description", "headers"], "content", &content)?
            }
            _ => {
                let method = self.method()?;
                if method.get("requestBody").is_some() {
                    return Err("the body has no schema; describe it by hand".to_owned());
                }
                let mut body = Vec::new();
                if required {
                    body.push(entry("required", New::scalar("true")));
                }
                body.push(entry("content", content));
                self.insert_own(method, "requestBody", &New::Map(body))?
            }
        };
        Ok([edit].into_iter().chain(component).collect())
    }

    /// The name of a new body and the mapping it goes to, where the document keeps bodies in one and has no
    /// other thing of that name.
    fn component(&self, subject: &Subject) -> Result<Option<(String, &'a Node)>, Refusal> {
        let kind = match subject {
            Subject::Response(status, _) if status.starts_with('2') => "Response",
            Subject::Response(..) => return Ok(None),
            _ => "Request",
        };
        let schemas = self.root.get("components").and_then(|it| it.get("schemas"));
        let id = self.method()?.get("operationId").and_then(Node::as_str);
        let (Some(schemas), Some(id)) = (schemas, id) else {
            return Ok(None);
        };
        let name = format!("{id}{kind}");
        let is_key = |it: char| it.is_ascii_alphanumeric() || "._-".contains(it);
        let is_free = schemas.get(&name).is_none() && name.chars().all(is_key);
        let is_block = !self.editor.is_flow(schemas) && !schemas.entries().is_empty();
        Ok((is_free && is_block).then_some((name, schemas)))
    }
}
