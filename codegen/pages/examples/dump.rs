//! Temporary.
#![allow(clippy::print_stdout, clippy::print_stderr)]
use serde_json::json;
fn main() {
    for file in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&file) else { continue };
        let Ok(facts) = huaweicloud_pages::read(&file, &bytes) else { continue };
        let p = facts.parameters.iter().map(|(_, f)| (f, false));
        let r = facts.responses.iter().flat_map(|r| r.fields.iter().map(|f| (f, true)));
        let notes = |list: &[(String, huaweicloud_pages::block::Lines)], path: &str| {
            list.iter().filter(|(w, _)| w.starts_with(&format!("{path}: "))).map(|(w, _)| w.clone()).collect::<Vec<_>>()
        };
        for (f, resp) in p.chain(r) {
            let Some(d) = &f.description else { continue };
            println!("{}", json!({"file": file.rsplit('/').next(), "resp": resp, "name": f.path, "type": f.type_.as_ref().map(|t| &t.value), "description": d.value,
              "enum": f.enum_values.as_ref().map(|v| &v.value), "default": f.default.as_ref().map(|v| &v.value),
              "lengths": f.lengths.iter().map(|b| format!("{:?}", (&b.value.part, &b.value.min, &b.value.max))).collect::<Vec<_>>(),
              "ranges": f.ranges.iter().map(|b| format!("{:?}", (&b.value.min, &b.value.max))).collect::<Vec<_>>(),
              "items": f.max_items.as_ref().map(|v| v.value), "pw": f.password.as_ref().map(|p| format!("{:?}", p.value)),
              "null": f.nullable.is_some(), "dep": f.deprecated.is_some(),
              "unread": notes(&facts.unreadable, &f.path), "left": notes(&facts.left_out, &f.path)}));
        }
    }
}
