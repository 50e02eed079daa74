//! The API Explorer's definition of a page: Swagger 2.0 as it hands it out.

use serde_json::{Map, Value, json};

use crate::mutations::claims::kind;
use crate::mutations::doc::object;
use crate::mutations::model::{Page, Row, Say};

/// The definition.
pub fn definition(page: &Page) -> Value {
    let mut definitions = Map::new();
    let mut shared = Map::new();
    let mut parameters = Vec::new();
    for (place, rows) in [
        ("path", &page.path),
        ("query", &page.query),
        ("header", &page.headers),
    ] {
        for row in rows {
            let mut said = schema(row, &mut definitions);
            let fields = said.as_object_mut().unwrap();
            fields.insert("name".into(), json!(row.name));
            fields.insert("in".into(), json!(place));
            fields.insert("required".into(), json!(row.required));
            if place == "path" {
                shared.insert(row.name.clone(), said);
                parameters.push(json!({"$ref": format!("#/parameters/{}", row.name)}));
            } else {
                parameters.push(said);
            }
        }
    }
    if !page.body.is_empty() {
        let name = "TideRequestBody";
        let mut body = of_object(&page.body, &mut definitions);
        body["example"] = object(&page.body);
        definitions.insert(name.into(), body);
        parameters.push(json!({"in": "body", "name": name, "required": true, "schema": {"$ref": format!("#/definitions/{name}")}}));
    }
    let mut responses = Map::new();
    for (status, meaning) in &page.statuses {
        responses.insert(status.clone(), json!({"description": meaning}));
    }
    for answer in &page.answers {
        let status = crate::mutations::claims::status_of(page, answer);
        let name = format!("TideAnswer{}", status.replace('?', ""));
        let body = of_object(&answer.fields, &mut definitions);
        definitions.insert(name.clone(), body);
        let entry = responses
            .entry(status.replace('?', "200"))
            .or_insert_with(|| json!({"description": "OK"}));
        entry["schema"] = json!({"$ref": format!("#/definitions/{name}")});
    }
    let method = page.method.to_lowercase();
    let mut operation = json!({
        "description": page.about,
        "operationId": "TideOperation",
        "parameters": parameters,
        "produces": ["application/json"],
        "responses": responses,
        "summary": page.title,
        "tags": ["tides"],
    });
    if page.deprecated {
        operation["deprecated"] = json!(true);
    }
    json!({
        "base_path": "/",
        "components": null,
        "definitions": definitions,
        "group_id": "0c1b2a",
        "host": "tide.example.com",
        "id": "0c1b2a",
        "info_version": "v1",
        "method": method,
        "name": "TideOperation",
        "parameters": shared,
        "paths": { page.routes[0].clone(): { method.clone(): operation } },
        "product_short": "TIDE",
        "schemes": ["HTTPS"],
        "summary": page.title,
        "version": "2.0",
    })
}

fn of_object(rows: &[Row], definitions: &mut Map<String, Value>) -> Value {
    let mut properties = Map::new();
    for row in rows {
        properties.insert(row.name.clone(), schema(row, definitions));
    }
    let required: Vec<&String> = rows
        .iter()
        .filter(|row| row.required)
        .map(|row| &row.name)
        .collect();
    json!({"type": "object", "properties": properties, "required": required})
}

fn schema(row: &Row, definitions: &mut Map<String, Value>) -> Value {
    let mut out = json!({"description": row.about});
    let inner = (!row.inside.is_empty()).then(|| {
        let name = format!("Tide{}", row.name);
        let body = of_object(&row.inside, definitions);
        definitions.insert(name.clone(), body);
        json!({"$ref": format!("#/definitions/{name}")})
    });
    match (kind(&row.type_).as_str(), inner) {
        ("array", inner) => {
            out["type"] = json!("array");
            out["items"] = inner.unwrap_or_else(|| json!({"type": "string"}));
        }
        (_, Some(inner)) => out = inner,
        ("float" | "double", None) => {
            out["type"] = json!("number");
            out["format"] = json!(kind(&row.type_));
        }
        (other, None) => out["type"] = json!(other),
    }
    for say in &row.says {
        match say {
            Say::Listed(values) => {
                out["enum"] = values.iter().map(|(value, _)| json!(value)).collect()
            }
            Say::Choice(values) => out["enum"] = json!(values),
            Say::Default(value) => {
                out["default"] = value.parse::<Value>().unwrap_or_else(|_| json!(value))
            }
            Say::Length(min, max) => {
                out["minLength"] = json!(min);
                out["maxLength"] = json!(max);
            }
            Say::MaxLength(max) => out["maxLength"] = json!(max),
            Say::Range(min, max) => {
                out["minimum"] = json!(min);
                out["maximum"] = json!(max);
            }
            Say::Password { .. } | Say::PasswordSentence { .. } => {}
        }
    }
    out
}
