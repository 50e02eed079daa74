//! Whether following the page would break those who use the client.

use crate::claim::{Aspect, ClaimValue, FactName, Subject};
use crate::document::DocumentOperation;
use crate::page::PageClaims;

/// A judgement with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaking {
    /// Whether it would.
    pub breaks: bool,
    /// Why, or why not.
    pub why: &'static str,
}

fn yes(why: &'static str) -> Breaking {
    Breaking { breaks: true, why }
}

fn no(why: &'static str) -> Breaking {
    Breaking { breaks: false, why }
}

/// Judges what happens to users if the document follows the page.
pub(super) fn breaking(
    operation: &DocumentOperation,
    page: &PageClaims,
    name: &FactName,
    new: Option<&ClaimValue>,
    old: Option<&ClaimValue>,
) -> Breaking {
    let sent = name.subject.is_request();
    match name.aspect {
        Aspect::Present => presence(operation, page, &name.subject, new, old),
        Aspect::Name => yes("code that names it no longer compiles"),
        Aspect::Route => route(new, old),
        Aspect::Routes => no("the client goes on calling the route it has"),
        Aspect::Type => yes("the type in the client becomes another one"),
        Aspect::Required => required(sent, new),
        Aspect::Nullable => nullable(operation, name, sent, new),
        Aspect::Secret => yes("the type in the client becomes one that never prints"),
        Aspect::Enum => allowed(sent, new, old),
        Aspect::Default if sent => {
            no("code goes on working, but calls that leave it out mean something else")
        }
        Aspect::LengthMin
        | Aspect::RangeMin
        | Aspect::MinItems
        | Aspect::PasswordMin
        | Aspect::PasswordKinds => bound(sent, number(new) > number(old).or(Some(0.0))),
        Aspect::Pattern => bound(sent, new.is_some()),
        Aspect::LengthMax | Aspect::RangeMax | Aspect::PasswordMax | Aspect::MaxItems => {
            let [new, old] = [new, old].map(|it| number(it).unwrap_or(f64::INFINITY));
            bound(sent, new < old)
        }
        Aspect::PasswordSpecials => {
            let allowed = new.map(ToString::to_string);
            let gone = old.is_none_or(|old| {
                allowed.is_some_and(|new| !old.to_string().chars().all(|it| new.contains(it)))
            });
            bound(sent, gone)
        }
        Aspect::PasswordClasses => {
            // One kind more is allowed where only so many of all are demanded, else demanded.
            let is_counted = operation
                .claims
                .said(&name.subject, Aspect::PasswordKinds)
                .is_some();
            bound(sent, has_more(old, new) || !is_counted)
        }
        Aspect::Equals => yes("the client goes by a value that would not come any more"),
        Aspect::PasswordForbids => bound(sent, has_more(new, old)),
        Aspect::Deprecated if !new.is_some_and(ClaimValue::is_yes) => {
            no("users are warned no longer")
        }
        Aspect::Deprecated => no("users are warned, their code goes on working"),
        Aspect::Action => no("the client stays as it is, but its callers need another right"),
        Aspect::Dependencies if has_more(new, old) => {
            no("the client stays as it is, but its callers need one right more")
        }
        aspect if aspect.is_of_iam() => no("only the documentation of the client changes"),
        _ => no("the types of the client stay as they are"),
    }
}

fn presence(
    operation: &DocumentOperation,
    page: &PageClaims,
    subject: &Subject,
    new: Option<&ClaimValue>,
    old: Option<&ClaimValue>,
) -> Breaking {
    match (subject, new, old) {
        (Subject::Contradiction(_) | Subject::Unreadable, ..) => {
            no("nothing can be followed before it is clear")
        }
        (Subject::Status(status), Some(_), _)
            if status.starts_with('2') && operation.statuses().any(|it| it.starts_with('2')) =>
        {
            yes("the result of the call becomes one of several")
        }
        (Subject::Status(_), Some(_), _) => no("errors of the client may grow"),
        (Subject::Status(_), None, _) => yes("code that expects this response no longer compiles"),
        (Subject::Response(status, _), Some(_), _)
            if status.starts_with('2') && !operation.has_fields_of(status) =>
        {
            yes("the call gives a body where it gave none")
        }
        (Subject::Response(..), Some(_), _) => {
            no("code that does not know the field goes on working")
        }
        (Subject::Response(..), None, _) => yes("code that reads the field no longer compiles"),
        (_, Some(_), _) => {
            let required = page.claims.said(subject, Aspect::Required);
            match required.map(ClaimValue::is_yes) {
                Some(true) => yes("calls that do not give it would be refused"),
                Some(false) => no("calls that do not give it go on working"),
                None => yes("calls that do not give it may be refused; the page does not tell"),
            }
        }
        (_, None, _) => yes("code that gives it no longer compiles"),
    }
}

fn route(new: Option<&ClaimValue>, old: Option<&ClaimValue>) -> Breaking {
    let shape = |value: Option<&ClaimValue>| value.map(|it| crate::pair::shape(&it.to_string()));
    let path = |value: Option<&ClaimValue>| Some(value?.as_one()?.split_once(' ')?.1.to_owned());
    match shape(new) == shape(old) {
        true => {
            yes("the request is the same, but code that names its parameters no longer compiles")
        }
        false if path(new) == path(old) => yes("requests would have another method"),
        false => yes("requests would go to another address"),
    }
}

fn required(sent: bool, new: Option<&ClaimValue>) -> Breaking {
    match (sent, new.is_some_and(ClaimValue::is_yes)) {
        (true, true) => yes("calls that leave it out would be refused"),
        (true, false) => no("calls that give it go on working"),
        (false, _) => yes("the field's type in the client changes between `T` and `Option<T>`"),
    }
}

fn nullable(
    operation: &DocumentOperation,
    name: &FactName,
    sent: bool,
    new: Option<&ClaimValue>,
) -> Breaking {
    let required = operation.claims.said(&name.subject, Aspect::Required);
    match (sent, new.is_some_and(ClaimValue::is_yes)) {
        (true, true) => no("values sent so far stay valid"),
        (true, false) => yes("null would be refused"),
        (false, _) if required.is_some_and(ClaimValue::is_yes) => {
            yes("the field's type in the client changes between `T` and `Option<T>`")
        }
        (false, _) => no("the field is optional in the client either way"),
    }
}

fn allowed(sent: bool, new: Option<&ClaimValue>, old: Option<&ClaimValue>) -> Breaking {
    match (new, old) {
        (Some(_), None) | (None, Some(_)) => yes("the type in the client becomes another one"),
        _ if !has_more(old, new) => no("the enums of the client may grow"),
        _ if sent => yes("values sent so far would be refused"),
        _ => yes("code that names the value no longer compiles"),
    }
}

fn bound(sent: bool, narrower: bool) -> Breaking {
    match (sent, narrower) {
        (true, true) => yes("values sent so far may be refused"),
        (true, false) => no("values sent so far stay valid"),
        (false, _) => no("responses are not checked against bounds"),
    }
}

/// Whether one has words that another has not.
fn has_more(one: Option<&ClaimValue>, other: Option<&ClaimValue>) -> bool {
    ClaimValue::only_in(one, other).next().is_some()
}

fn number(value: Option<&ClaimValue>) -> Option<f64> {
    value?.as_one()?.parse().ok()
}
