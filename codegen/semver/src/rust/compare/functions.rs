//! How a function is called, before and after.

use crate::rust::codes::{self, RustCode};
use crate::rust::model::Function;
use crate::rust::shown;

/// A way in which a function differs.
pub struct Difference {
    pub code: RustCode,
    /// The arguments that it is about.
    pub names: Vec<String>,
}

impl Difference {
    /// What differs, in a sentence.
    pub fn message(&self, name: &str, old: &Function, new: &Function) -> String {
        if self.code == codes::RETURN_TYPE_CHANGED {
            let (was, is) = shown::both(&old.output, &new.output);
            return format!("`{name}` gives `{is}` in place of `{was}`");
        }
        if self.code == codes::SIGNATURE_CHANGED {
            let (was, is) = (shown::signature(old), shown::signature(new));
            return format!("`{name}` is `{is}` in place of `{was}`");
        }
        let (was, is) = match (old.arguments.as_slice(), new.arguments.as_slice()) {
            ([(_, was)], [(_, is)]) => shown::both(was, is),
            _ => (shown::arguments(old), shown::arguments(new)),
        };
        let (was, is) = match was == is {
            // Of the same names from other places.
            true => (full(old), full(new)),
            false => (was, is),
        };
        format!("`{name}` takes `{is}` in place of `{was}`")
    }
}

fn full(of: &Function) -> String {
    let each = of.arguments.iter();
    let each = each.map(|(name, ty)| format!("{name}: {}", ty.replace("crate::", "")));
    shown::cut(&format!("({})", each.collect::<Vec<_>>().join(", ")))
}

/// All ways in which a function differs.
pub fn differences(old: &Function, new: &Function) -> Vec<Difference> {
    let mut found = Vec::new();
    if old == new {
        return found;
    }
    found.extend(arguments(&old.arguments, &new.arguments));
    if old.output != new.output {
        found.push(Difference {
            code: codes::RETURN_TYPE_CHANGED,
            names: Vec::new(),
        });
    }
    let how = |it: &Function| (it.is_async, it.receiver.clone(), it.generics.clone());
    if how(old) != how(new) {
        found.push(Difference {
            code: codes::SIGNATURE_CHANGED,
            names: Vec::new(),
        });
    }
    found
}

type Arguments = [(String, String)];

/// The arguments are one thing, of which the gravest is told.
fn arguments(old: &Arguments, new: &Arguments) -> Option<Difference> {
    let place = |of: &Arguments, name: &str| of.iter().position(|(it, _)| it == name);
    // Those that are in both at different places.
    let moved = old
        .iter()
        .enumerate()
        .filter(|(at, (name, _))| place(new, name).is_some_and(|place| place != *at));
    let moved: Vec<String> = moved.map(|(_, (name, _))| name.clone()).collect();
    let types = |of: &Arguments| of.iter().map(|(_, ty)| ty.clone()).collect::<Vec<_>>();
    let (code, names) = if types(old) == types(new) {
        // What arguments are called matters to nobody but the reader.
        if moved.is_empty() {
            return None;
        }
        (codes::ARGUMENTS_SWAPPED, moved)
    } else {
        let only = |these: &Arguments, those: &Arguments| {
            let only = these
                .iter()
                .filter(|(name, _)| place(those, name).is_none());
            only.map(|(name, _)| name.clone()).collect::<Vec<_>>()
        };
        let (gone, added) = (only(old, new), only(new, old));
        let retyped = old
            .iter()
            .filter(|(name, ty)| place(new, name).is_some_and(|place| new[place].1 != *ty));
        let retyped: Vec<String> = retyped.map(|(name, _)| name.clone()).collect();
        let code = match old.len().cmp(&new.len()) {
            std::cmp::Ordering::Less => codes::ARGUMENT_ADDED,
            std::cmp::Ordering::Greater => codes::ARGUMENT_REMOVED,
            std::cmp::Ordering::Equal if retyped.is_empty() && gone.is_empty() => {
                return Some(Difference {
                    code: codes::ARGUMENTS_REORDERED,
                    names: moved,
                });
            }
            std::cmp::Ordering::Equal => codes::ARGUMENT_TYPE_CHANGED,
        };
        (code, [gone, added, retyped].concat())
    };
    Some(Difference { code, names })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<&'static str> {
        let function = |arguments: &[(&str, &str)]| Function {
            arguments: arguments
                .iter()
                .map(|(name, ty)| ((*name).to_owned(), (*ty).to_owned()))
                .collect(),
            ..Function::default()
        };
        let found = differences(&function(old), &function(new));
        found.iter().map(|it| it.code.code).collect()
    }

    #[test]
    fn arguments_are_told_by_what_callers_have_to_do() {
        let (a, b) = (("a", "String"), ("b", "String"));
        let c = ("c", "i32");
        assert_eq!(found(&[a, b], &[a, b]), Vec::<&str>::new());
        assert_eq!(found(&[a], &[b]), Vec::<&str>::new());
        assert_eq!(found(&[a, b], &[b, a]), ["arguments-swapped"]);
        // What was the second is the first, and something else the second.
        assert_eq!(found(&[a, b], &[b, ("d", "String")]), ["arguments-swapped"]);
        assert_eq!(found(&[a, c], &[c, a]), ["arguments-reordered"]);
        assert_eq!(found(&[a], &[a, c]), ["argument-added"]);
        assert_eq!(found(&[a, c], &[c]), ["argument-removed"]);
        assert_eq!(found(&[c], &[("c", "i64")]), ["argument-type-changed"]);
        assert_eq!(found(&[a], &[c]), ["argument-type-changed"]);
    }
}
