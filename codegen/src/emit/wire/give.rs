//! What takes the place of the arguments of progenitor's method.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Pat};

/// Puts what is given in the place of the arguments.
pub(super) struct Give {
    given: HashMap<String, Expr>,
}

impl Give {
    pub(super) fn of(given: &HashMap<String, TokenStream>) -> Result<Self, String> {
        let parsed = given.iter().map(|(name, value)| {
            let value = syn::parse2(value.clone()).map_err(|error| format!("{value}: {error}"))?;
            Ok((name.clone(), value))
        });
        Ok(Self {
            given: parsed.collect::<Result<_, String>>()?,
        })
    }
}

impl VisitMut for Give {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Path(path) = expr
            && let Some(name) = path.path.get_ident()
            && let Some(value) = self.given.get(&name.to_string())
        {
            *expr = value.clone();
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
        // A method borrows by itself.
        if let Expr::MethodCall(call) = expr
            && let Expr::Reference(borrowed) = &*call.receiver
        {
            call.receiver = borrowed.expr.clone();
        }
    }

    /// What `if let Some(value) = …` binds is no argument, whatever its name.
    fn visit_expr_if_mut(&mut self, conditional: &mut syn::ExprIf) {
        self.visit_expr_mut(&mut conditional.cond);
        let bound = match &*conditional.cond {
            Expr::Let(condition) => bound(&condition.pat),
            _ => None,
        };
        let hidden = bound.and_then(|name| self.given.remove_entry(&name));
        self.visit_block_mut(&mut conditional.then_branch);
        self.given.extend(hidden);
    }
}

/// The name in `Some(name)`.
fn bound(pattern: &Pat) -> Option<String> {
    let Pat::TupleStruct(pattern) = pattern else {
        return None;
    };
    match pattern.elems.first()? {
        Pat::Ident(name) => Some(name.ident.to_string()),
        _ => None,
    }
}
