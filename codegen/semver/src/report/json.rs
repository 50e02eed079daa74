//! For programs.

use huaweicloud_codegen::diagnostic::Listings;
use serde_json::{Value, json};

use super::{Report, effect_name, severity_name};
use crate::change::{Change, Place, RustChange};

impl Report<'_> {
    /// `verdict` and `next`, what decided it, the `changes` on the wire and those in Rust, as one JSON
    /// object. Lines and columns count from 1.
    pub fn json(&self) -> String {
        let listings = self.listings(false, None);
        let (verdict, decision) = self.difference.decided();
        let wire = self.difference.wire.iter();
        let rust = self.difference.rust.iter();
        let report = json!({
            "verdict": verdict,
            "version": self.version.map(|it| it.to_string()),
            "next": self.version.map(|it| it.after(verdict).to_string()),
            "decided_by": decision.code(),
            "reason": decision.message(),
            "instead": decision.instead(),
            "changes": wire.map(|it| self.change(&listings, it)).collect::<Vec<_>>(),
            "rust": rust.map(rust_change).collect::<Vec<_>>(),
        });
        format!("{report:#}\n")
    }

    fn change(&self, listings: &Listings<'_>, change: &Change) -> Value {
        let place = |place: &Option<Place>, is_old| {
            let (path, line, column) = self.position(listings, place.as_ref()?, is_old)?;
            Some(json!({"path": path, "line": line, "column": column}))
        };
        json!({
            "code": change.code,
            "severity": severity_name(change.severity),
            "direction": change.direction,
            "message": change.message,
            "operations": change.operations,
            "old": place(&change.old, true),
            "new": place(&change.new, false),
        })
    }
}

fn rust_change(change: &RustChange) -> Value {
    json!({
        "code": change.code,
        "effect": effect_name(change.effect),
        "silent": change.silent,
        "item": change.item,
        "message": change.message,
        "instead": change.instead,
        "only_with": change.only_with,
    })
}
