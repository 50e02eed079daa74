//! What becomes of one document.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use huaweicloud_codegen::load::tree::Node;
use huaweicloud_codegen::model::Method;
use huaweicloud_codegen::profile::{Neutral, RuntimePlace};
use huaweicloud_codegen::{Diagnostics, Policy, Severity, Source, load, render_under};
use serde_json::{Value, json};

/// The code of findings of operations that no code was made for.
const NOT_EMITTED: &str = "emit::unsupported";

/// Renders a document as a crate of its own and tells what came of it.
pub fn one(path: &Path) -> Result<Value, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let size = text.len();
    let source = Source::new("api.yaml", text);
    // Before the clock runs: how much there is to do.
    let operations = operations(&source);
    let start = Instant::now();
    let profile = Neutral::new("api-client", RuntimePlace::Registry);
    let result = render_under(
        std::slice::from_ref(&source),
        &profile,
        &Policy::permissive(),
    );
    let ms = u64::try_from(start.elapsed().as_millis())?;
    let (end, emitted, found) = match result {
        Ok(rendered) => {
            let services = rendered.model.services.iter();
            let emitted: usize = services.map(|it| it.operations.len()).sum();
            ("generated", emitted, rendered.warnings)
        }
        Err(found) => ("refused", 0, found),
    };
    Ok(json!({
        "end": end, "size": size, "ms": ms, "operations": operations, "emitted": emitted,
        "left_out": left_out(&source, &found), "errors": by_code(&found, end == "refused"),
        "found": by_code(&found, false),
    }))
}

fn operations(source: &Source) -> usize {
    let loaded = load::load(std::slice::from_ref(source));
    let document = loaded.documents.first();
    let paths = document.and_then(|document| document.tree.get("paths"));
    let items = paths.map_or(&[][..], Node::entries).iter();
    let of_item = |item: &Node| {
        let keys = item.entries().iter().map(|it| it.key.as_str());
        keys.filter(|key| Method::KEYS.contains(key)).count()
    };
    items
        .filter(|item| item.key.starts_with('/'))
        .map(|item| document.map_or(0, |it| of_item(it.tree.resolved(&item.value))))
        .sum()
}

/// The line of each operation that no code was made for, and why.
fn left_out(source: &Source, found: &Diagnostics) -> Vec<Value> {
    let found = found.iter().filter(|it| it.code == NOT_EMITTED);
    let lines = found.map(|it| json!([source.position(it.span.start).line, it.message]));
    lines.collect()
}

/// How often each code was found, and the first message of it with its line.
fn by_code(found: &Diagnostics, errors: bool) -> Value {
    let mut codes = BTreeMap::new();
    for it in found
        .iter()
        .filter(|it| !errors || it.severity == Severity::Error)
    {
        let entry = codes.entry(it.code).or_insert((0, &it.message));
        entry.0 += 1;
    }
    json!(codes)
}
