//! Reporting from within one document.

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::load::Document;
use crate::load::tree::Node;

/// Collects what lowering one document finds.
pub(super) struct Reporter<'d> {
    document: &'d Document,
    found: &'d mut Diagnostics,
}

impl<'d> Reporter<'d> {
    pub(super) fn new(document: &'d Document, found: &'d mut Diagnostics) -> Self {
        Self { document, found }
    }

    /// Something that forbids generation: `code`, what it is, what to do.
    pub(super) fn error(&mut self, at: &Node, code: &'static str, message: String, help: &str) {
        self.push(Severity::Error, at, code, message, help);
    }

    /// Something to know about that generation goes on with.
    pub(super) fn warning(&mut self, at: &Node, code: &'static str, message: String, help: &str) {
        self.push(Severity::Warning, at, code, message, help);
    }

    fn push(
        &mut self,
        severity: Severity,
        at: &Node,
        code: &'static str,
        message: String,
        help: &str,
    ) {
        let source = &self.document.source;
        let finding = Diagnostic {
            severity,
            code,
            message,
            path: source.path.clone(),
            span: at.span.clone(),
            label: "here".to_owned(),
            related: Vec::new(),
            help: Some(help.to_owned()),
        };
        self.found.push(finding.placed(source));
    }
}
