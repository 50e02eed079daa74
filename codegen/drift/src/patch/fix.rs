//! One difference → the edits that make the document follow the page.

mod example;
mod field;
mod keyword;
mod operation;
mod rename;
mod schema;

use huaweicloud_codegen::load::tree::{Node, Span};
use huaweicloud_pages::block::Lines;

use super::splice::{Editor, Refusal, Splice};
use crate::check::PageDifference;
use crate::claim::{Aspect, Claims, FactName, ParameterLocation, Subject};
use crate::document::DocumentOperation;
use crate::document::pointer::{Pointer, resolve};

/// Everything an edit is made from.
pub(super) struct Fixer<'a> {
    pub(super) root: &'a Node,
    pub(super) editor: Editor<'a>,
    pub(super) operation: &'a DocumentOperation,
    pub(super) page: &'a Claims<Lines>,
}

type Edits = Result<Vec<Splice>, Refusal>;

impl<'a> Fixer<'a> {
    /// The edits for one difference.
    pub(super) fn edits(&self, difference: &PageDifference) -> Edits {
        let FactName { subject, aspect } = &difference.name;
        let new = difference.page.as_ref();
        match (subject, aspect) {
            (Subject::Contradiction(_), _) => {
                Err("nothing is edited before somebody says which is right; accept the page with a reason then".to_owned())
            }
            (Subject::Unreadable, _) => {
                Err("a part of the page cannot be read; take it over by hand".to_owned())
            }
            (_, Aspect::Asynchronous | Aspect::PasswordForbids) => {
                Err("the documents have no word for it; say it in the description, in your own words".to_owned())
            }
            (_, Aspect::Routes) => Err(
                "whether the client should call another route is for people to decide; add it to a document by hand, or accept the page"
                    .to_owned(),
            ),
            (_, Aspect::Secret) => Err(
                "mark the field by hand: `format: password`, and `x-password-policy` if it has rules"
                    .to_owned(),
            ),
            (_, Aspect::Name) => self.rename(subject, new),
            (_, Aspect::Route) => self.route(new),
            (Subject::Operation, Aspect::Deprecated) => self.operation_flag(new),
            (_, Aspect::Action | Aspect::Access | Aspect::Resource) => self.iam(*aspect, new),
            (_, Aspect::Conditions | Aspect::Alias | Aspect::Dependencies) => {
                Err("lists of IAM are taken over by hand, in `x-iam-actions`".to_owned())
            }
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
            "it is written through an alias or a merge key; edit what that repeats".to_owned()
        })
    }

    /// The operation's own mapping.
    fn method(&self) -> Result<&'a Node, Refusal> {
        self.own(&self.operation.pointer)
    }

    /// Where a schema is written out.
    fn resolved(&self, schema: &Pointer) -> Result<(Pointer, &'a Node), Refusal> {
        let (place, _) = resolve(self.root, schema.clone()).ok_or("its schema cannot be found")?;
        let node = self.own(&place)?;
        Ok((place, node))
    }

    fn schema_of(&self, subject: &Subject) -> Result<Pointer, Refusal> {
        let pointers = self.operation.pointers.get(subject);
        let pointers = pointers.or_else(|| self.header_pointers(subject));
        let schema = pointers.and_then(|pointers| pointers.schema.clone());
        schema.ok_or_else(|| "it has no schema to say it in".to_owned())
    }

    /// The pointers of a header, whatever the case of its name.
    fn header_pointers(&self, subject: &Subject) -> Option<&'a crate::document::SubjectPointers> {
        let Subject::Parameter(ParameterLocation::Header, wanted) = subject else {
            return None;
        };
        self.operation
            .pointers
            .iter()
            .find_map(|(subject, pointers)| {
                matches!(subject, Subject::Parameter(ParameterLocation::Header, name)
                if name.eq_ignore_ascii_case(wanted))
                .then_some(pointers)
            })
    }

    fn object_of(&self, subject: &Subject) -> Result<&'a Node, Refusal> {
        let pointers = self.operation.pointers.get(subject);
        let pointers = pointers.or_else(|| self.header_pointers(subject));
        let object = pointers.and_then(|pointers| pointers.object.clone());
        self.own(&object.ok_or("the document does not describe it in one place")?)
    }

    /// What the page says of a subject as the document would say it.
    fn claims(&self) -> &'a Claims<Lines> {
        self.page
    }

    /// What the document says.
    fn documented(&self) -> &'a Claims<Span> {
        &self.operation.claims
    }
}
