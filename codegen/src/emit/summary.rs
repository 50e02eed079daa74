//! What the files of the whole crate say of one service.
//!
//! It is text alone: services are emitted on threads of their own, and the syntax trees of one
//! stay on its thread.

use crate::model::Service;

use super::operation::{self, Context, example};
use super::{blocking, examples};

/// What the manifest, the README and the example of the whole crate need to know of a service.
#[derive(Debug)]
pub struct Summary {
    /// The service's name, which is its feature.
    pub service: String,
    /// The names of its example programs.
    pub examples: Vec<String>,
    /// What its first operation looks like in examples.
    pub first: Option<Shown>,
    /// What its first operation that takes a password looks like.
    pub with_password: Option<Shown>,
    /// The path of the first constant with the rules of a password.
    pub policy: Option<String>,
}

/// An operation in the examples that stand for the whole crate.
#[derive(Debug)]
pub struct Shown {
    /// The program of the README.
    pub readme: String,
    /// The program of `examples/` that does without async.
    pub blocking: String,
}

impl Summary {
    /// What is said of a service.
    pub fn of(service: &Service, contexts: &[Context<'_>]) -> Self {
        let shown = |context: &Context<'_>| Shown {
            readme: examples::readme(context),
            blocking: blocking::program(context),
        };
        let takes_password = |context: &&Context<'_>| {
            let call = example::call(context, example::Secrets::Environment);
            example::uses_password(&call.expression)
        };
        Self {
            service: service.name.clone(),
            examples: contexts.iter().map(examples::name).collect(),
            first: contexts.first().map(shown),
            with_password: contexts.iter().find(takes_password).map(shown),
            policy: contexts.iter().find_map(|context| {
                let policy = operation::policies(context).into_iter().next()?;
                let (module, name) = (&service.module, &context.operation.type_name);
                Some(format!("{module}::{name}::{policy}"))
            }),
        }
    }
}

/// The operation that stands for all: the first one that takes a password, else the first; with
/// the name of its service.
pub fn chosen(summaries: &[Summary]) -> Option<(&str, &Shown)> {
    let of = |shown: fn(&Summary) -> Option<&Shown>| {
        summaries
            .iter()
            .find_map(|it| Some((it.service.as_str(), shown(it)?)))
    };
    of(|it| it.with_password.as_ref()).or_else(|| of(|it| it.first.as_ref()))
}
