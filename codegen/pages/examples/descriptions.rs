//! Prints what the reader makes of descriptions alone: each entry of a JSON list (`name`, `type`,
//! `description`) is read as a page with one parameter. `--all` prints all facts, otherwise values.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line example"
)]

use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut all = false;
    let mut out = Vec::new();
    for argument in std::env::args().skip(1) {
        if argument == "--all" {
            all = true;
            continue;
        }
        let list: Vec<Value> = serde_json::from_slice(&std::fs::read(&argument)?)?;
        for entry in &list {
            out.push(read(entry, all)?);
        }
    }
    println!("{}", Value::Array(out));
    Ok(())
}

fn read(entry: &Value, all: bool) -> Result<Value, Box<dyn std::error::Error>> {
    let part = |key: &str| {
        let text = entry.get(key).and_then(Value::as_str).unwrap_or("");
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        text.replace('\n', "<br>")
    };
    let page = format!(
        "<html><body><h1>Setting a Gate</h1><h4>URI</h4><p>POST /v1/gates</p>\
         <h4>Request Parameters</h4><table><caption>Table 1 Request body parameters</caption>\
         <thead><tr><th>Parameter</th><th>Mandatory</th><th>Type</th><th>Description</th></tr></thead>\
         <tbody><tr><td>{}</td><td>No</td><td>{}</td><td>{}</td></tr></tbody></table></body></html>",
        part("name"),
        part("type"),
        part("description"),
    );
    let facts = huaweicloud_pages::read("page.html", page.as_bytes())?;
    let Some((_, field)) = facts.parameters.first() else {
        return Ok(Value::Null);
    };
    let values = field.enum_values.as_ref().map(|fact| &fact.value);
    if !all {
        return Ok(serde_json::json!(values));
    }
    let mut said = huaweicloud_pages::notation::facts(&facts);
    if let Value::Object(map) = &mut said {
        map.retain(|_, value| match value {
            Value::Null => false,
            Value::Object(map) => !map.is_empty(),
            Value::Array(list) => !list.is_empty(),
            _ => true,
        });
        for word in [
            "deprecated",
            "method",
            "path",
            "body_params",
            "responses",
            "status_codes",
        ] {
            map.remove(word);
        }
        let notes = |list: &[(String, huaweicloud_pages::block::Lines)]| {
            list.iter()
                .map(|(words, _)| words.clone())
                .collect::<Vec<_>>()
        };
        map.insert(
            "unreadable".into(),
            serde_json::json!(notes(&facts.unreadable)),
        );
        map.insert("left_out".into(), serde_json::json!(notes(&facts.left_out)));
    }
    Ok(said)
}
