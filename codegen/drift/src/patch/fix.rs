//! One difference → the edits that make the document follow the page.

mod example;
mod field;
mod keyword;
mod operation;
mod rename;
mod schema;

use huaweicloud_codegen::load::tree::Node;
use huaweicloud_pages::block::Lines;

use super::schema::{typed, typed_list};
use super::splice::{Editor, Refusal, Splice};
use crate::check::PageDifference;
use crate::claim::{Aspect, Claims, FactName, Subject};
use crate::document::pointer::{Pointer, resolve};
use crate::document::{DocumentOperation, SubjectPointers, layers};
use crate::piece::New;
use crate::scalar;

/// The order in which the keys of an operation stand.
const ORDER: &[&str] = &[
    "operationId",
    "deprecated",
    "summary",
    "description",
    "tags",
    "externalDocs",
    "x-iam-actions",
    "x-retry",
    "x-rate-limit",
    "parameters",
    "requestBody",
    "responses",
];

/// Everything an edit is made from.
pub(super) struct Fixer<'a> {
    pub(super) root: &'a Node,
    pub(super) editor: Editor<'a>,
    pub(super) operation: &'a DocumentOperation,
    /// What the page says, in the names of the document.
    pub(super) page: &'a Claims<Lines>,
}

const SCATTERED: &str = "the document does not describe it in one place";

type Edits = Result<Vec<Splice>, Refusal>;

/// Why a difference is left to people whatever it is that differs, and what they are to do.
pub(crate) fn for_people(name: &FactName) -> Option<&'static str> {
    use Aspect as A;
    Some(match (&name.subject, name.aspect) {
        (Subject::Contradiction(_), _) => {
            "nothing is edited before somebody says which is right; accept it with a reason then"
        }
        (Subject::Unreadable, _) => "a part of it cannot be read; take it over by hand",
        (_, A::Asynchronous | A::PasswordForbids) => {
            "the documents have no word for it; say it in the description, in your own words"
        }
        (_, A::Equals) => {
            "by which value the client goes is for people to decide; change the extension by hand, or accept the page"
        }
        (_, A::Words) => {
            "words are for people; read those of the page, say in your own what is new, and accept the page"
        }
        (_, A::Routes) => {
            "whether the client should call another route is for people to decide; add it to a document by hand, or accept the page"
        }
        (_, A::Secret) => {
            "mark the field by hand: `format: password`, and `x-password-policy` if it has rules"
        }
        (_, A::Actions) => "further actions of IAM are taken over by hand, in `x-iam-actions`",
        _ => return None,
    })
}

/// The keys of an operation that stand before one.
fn before(key: &str) -> &'static [&'static str] {
    ORDER.split(|it| *it == key).next().unwrap_or_default()
}

impl<'a> Fixer<'a> {
    /// The edits for one difference.
    pub(super) fn edits(&self, difference: &PageDifference) -> Edits {
        let FactName { subject, aspect } = &difference.name;
        let new = difference.page.as_ref();
        if let Some(why) = for_people(&difference.name) {
            return Err(why.to_owned());
        }
        match (subject, aspect) {
            (_, Aspect::Name) => self.rename(subject, new),
            (_, Aspect::Route) => self.route(new),
            (Subject::Operation, Aspect::Deprecated) => self.operation_flag(new),
            (_, aspect) if aspect.is_of_iam() => self.iam(*aspect, new),
            (Subject::Status(status), _) => match new {
                Some(_) => self.add_status(status),
                None => self.remove_status(status),
            },
            (Subject::Parameter(place, name), Aspect::Present) => match new {
                Some(_) => self.add_parameter(*place, name),
                None => self.remove_parameter(*place, name),
            },
            (_, Aspect::Present) => match new {
                Some(_) => self.add_field(subject),
                None => self.remove_field(subject),
            },
            (Subject::Parameter(place, _), Aspect::Required) => {
                self.parameter_required(*place, subject, new)
            }
            (_, Aspect::Required) => self.field_required(subject, new),
            (_, Aspect::Type) => self.retype(subject, new),
            (_, aspect) => self.keyword(subject, *aspect, new),
        }
    }

    /// The node at a place, if it is written there and nowhere else.
    fn own(&self, place: &Pointer) -> Result<&'a Node, Refusal> {
        place.find_own(self.root).ok_or_else(|| {
            "it is written in another file, or through an alias or a merge key; edit it there"
                .to_owned()
        })
    }

    /// The operation's own mapping.
    fn method(&self) -> Result<&'a Node, Refusal> {
        self.own(&self.operation.pointer)
    }

    /// Adds a key to the operation, in its place.
    fn insert_own(&self, method: &Node, key: &str, value: &New) -> Result<Splice, Refusal> {
        self.editor.insert(method, before(key), key, value)
    }

    /// Gives a key of a mapping a scalar, or takes it away. A new one comes behind the last of the keys
    /// `after` that are there.
    fn put(&self, mapping: &Node, after: &[&str], key: &str, scalar: Option<&str>) -> Edits {
        let edit = match (mapping.get(key), scalar) {
            (Some(old), Some(scalar)) => self.editor.replace_scalar(old, scalar),
            (Some(_), None) => self.editor.remove(mapping, key)?,
            (None, Some(scalar)) => {
                let value = New::scalar(scalar);
                self.editor.insert(mapping, after, key, &value)?
            }
            (None, None) => return Ok(Vec::new()),
        };
        Ok(vec![edit])
    }

    /// Gives a key of a mapping a list, or takes it away; the items that stay keep their lines and comments.
    fn put_list(
        &self,
        mapping: &Node,
        after: &[&str],
        key: &str,
        (items, kind): (&[String], &str),
    ) -> Edits {
        let list = match mapping.get(key) {
            Some(list) if !items.is_empty() => list,
            None if !items.is_empty() => {
                let list = typed_list(items, kind)?;
                return Ok(vec![self.editor.insert(mapping, after, key, &list)?]);
            }
            _ => return self.put(mapping, after, key, None),
        };
        let old: Vec<String> = list.items().iter().map(scalar::text).collect();
        let gone: Vec<usize> = (0..old.len())
            .filter(|index| old.get(*index).is_some_and(|it| !items.contains(it)))
            .collect();
        let added: Vec<&String> = items.iter().filter(|it| !old.contains(it)).collect();
        let mut edits = Vec::new();
        // A value in place of another takes its line.
        let renamed = gone.len().min(added.len());
        for (index, value) in gone.iter().zip(&added) {
            if let Some(item) = list.items().get(*index) {
                let scalar = self.styled(item, typed(value, kind)?);
                edits.push(self.editor.replace_scalar(item, &scalar));
            }
        }
        let rest = gone.get(renamed..).unwrap_or_default();
        if !rest.is_empty() {
            edits.extend(self.editor.take(list, rest)?);
        }
        let style = list.items().first();
        for value in added.into_iter().skip(renamed) {
            let scalar = typed(value, kind)?;
            let scalar = style.map_or(scalar.clone(), |it| self.styled(it, scalar));
            edits.push(self.editor.push(list, &New::Scalar(scalar))?);
        }
        Ok(edits)
    }

    /// A text keeps the quotes of the text it replaces; a number has none.
    fn styled(&self, old: &Node, scalar: String) -> String {
        let is_quoted = scalar.starts_with(['\'', '"']);
        let is_text = !is_quoted && scalar::as_text(&scalar) == scalar;
        match self
            .editor
            .quote(old)
            .filter(|_| is_text && old.as_str().is_some())
        {
            Some('\'') => format!("'{scalar}'"),
            Some('"') => format!("\"{scalar}\""),
            _ => scalar,
        }
    }

    /// Adds an item to the list below a key of a mapping, which comes behind the last of the keys `after`
    /// where it is new.
    fn append(&self, mapping: &Node, after: &[&str], key: &str, item: New) -> Edits {
        Ok(vec![match mapping.get(key) {
            Some(list) => self.editor.push(list, &item)?,
            None => {
                let list = New::List(vec![item]);
                self.editor.insert(mapping, after, key, &list)?
            }
        }])
    }

    /// Takes an item off the list below a key of a mapping, and the list away when it is the last.
    fn take_off(&self, mapping: &Node, key: &str, list: &Node, index: usize) -> Edits {
        match list.items().len() {
            1 => Ok(vec![self.editor.remove(mapping, key)?]),
            _ => self.editor.take(list, &[index]),
        }
    }

    /// The kind of value that the document has for a subject.
    fn kind(&self, subject: &Subject) -> &str {
        let kind = self.operation.claims.one(subject, Aspect::Type);
        kind.unwrap_or("string")
    }

    /// Where a schema is written out.
    fn resolved(&self, schema: &Pointer) -> Result<(Pointer, &'a Node), Refusal> {
        let (place, _) = resolve(self.root, schema.clone()).ok_or("its schema cannot be found")?;
        let node = self.own(&place)?;
        Ok((place, node))
    }

    fn pointers_of(&self, subject: &Subject) -> Result<&'a SubjectPointers, Refusal> {
        let pointers = self.operation.pointers_of(subject);
        pointers.ok_or_else(|| SCATTERED.to_owned())
    }

    fn schema_of(&self, subject: &Subject) -> Result<Pointer, Refusal> {
        let schema = self.pointers_of(subject)?.schema.clone();
        schema.ok_or_else(|| "it has no schema to say it in".to_owned())
    }

    fn object_of(&self, subject: &Subject) -> Result<&'a Node, Refusal> {
        let object = self.pointers_of(subject)?.object.as_ref();
        self.own(object.ok_or(SCATTERED)?)
    }

    /// Where the object is that a field is in, and the field's name there.
    fn property_of(&self, subject: &Subject) -> Result<(&'a Pointer, &'a str), Refusal> {
        let pointers = self.pointers_of(subject)?;
        let schema = pointers.schema.as_ref().and_then(Pointer::split);
        let property = pointers.parent.as_ref().zip(schema);
        let (parent, (_, name)) = property.ok_or("it is no field of an object")?;
        Ok((parent, name))
    }

    /// The part of a schema that has a keyword, or else its own mapping.
    fn layer(&self, schema: &Pointer, keyword: &str) -> Result<&'a Node, Refusal> {
        let layers = layers(self.root, schema);
        let has = |it: &&Pointer| {
            it.find(self.root)
                .is_some_and(|it| it.get(keyword).is_some())
        };
        match layers.iter().find(has) {
            Some(place) => self.own(place),
            None => self.resolved(schema).map(|(_, node)| node),
        }
    }
}
