//! What components are called when their names are taken.

use serde_json::{Value, json};

use super::{TIDE, read};
use crate::document::Spec;
use crate::draft::{Drafted, draft};
use huaweicloud_codegen::Source;

fn definition(id: &str, body: &str, definitions: &Value) -> String {
    json!({
        "product_short": "TIDE",
        "paths": {format!("/v2/{{project_id}}/{id}"): {"post": {
            "operationId": id,
            "parameters": [
                {"in": "body", "name": "body", "required": true,
                 "schema": {"$ref": format!("#/definitions/{body}")}},
            ],
            "responses": {"204": {"description": "-"}},
        }}},
        "definitions": definitions,
    })
    .to_string()
}

fn drafted(document: &str, definitions: &[String]) -> Drafted {
    let read = definitions.iter().map(|text| read("a.json", text));
    let source = Source::new("spec/tide.yaml", document);
    let drafted = draft(&[source], read.collect(), None);
    assert_eq!(drafted.failures, []);
    drafted
}

/// The names of the components, and what each allows.
fn schemas(drafted: &Drafted) -> Vec<(String, Value)> {
    let spec = Spec::read(&drafted.sources).unwrap();
    let components = spec.tree("spec/tide.yaml").unwrap().get("components");
    let schemas = components.unwrap().get("schemas").unwrap().entries();
    let schemas = schemas.iter();
    schemas
        .map(|it| (it.key.clone(), it.value.to_json()))
        .collect()
}

/// Once, each schema was written again for each name that was taken, and with it all that is in it.
#[test]
fn names_that_are_taken_at_every_level_cost_nothing() {
    const LEVELS: usize = 24;
    let mut document = format!("{}\n    Child: {{type: string}}\n", TIDE.trim_end());
    let mut definitions = serde_json::Map::new();
    for level in 0..LEVELS {
        document.push_str(&format!("    Level{level}: {{type: string}}\n"));
        let inner = match level + 1 {
            LEVELS => json!({"type": "integer"}),
            inner => json!({"$ref": format!("#/definitions/Level{inner}")}),
        };
        let schema =
            json!({"type": "object", "required": ["child"], "properties": {"child": inner}});
        definitions.insert(format!("Level{level}"), schema);
    }
    let text = definition("Deep", "Level0", &Value::Object(definitions));
    let facts = read("a.json", &text);
    let read_levels = facts
        .parameters
        .iter()
        .filter(|(_, it)| it.path.ends_with("child"));
    // How deep a definition is read is for its reader to say.
    let levels = read_levels.count();
    assert!(levels > 6, "{levels}");
    let drafted = drafted(&document, &[text]);
    let new: Vec<String> = schemas(&drafted).into_iter().map(|it| it.0).collect();
    let new: Vec<&str> = new.iter().skip(LEVELS + 2).map(String::as_str).collect();
    let mut wanted = vec!["DeepRequest".to_owned()];
    wanted.extend((1..levels).map(|level| format!("DeepLevel{level}")));
    assert_eq!(new, wanted);
}

/// What contains each other is known by what it allows too, and is another if any of it differs.
#[test]
fn what_contains_each_other_is_found_again() {
    let definitions = |bound: u32| {
        json!({
            "Branch": {"type": "object", "properties": {
                "twig": {"$ref": "#/definitions/Twig"}, "next": {"$ref": "#/definitions/Branch"},
            }},
            "Twig": {"type": "object", "properties": {
                "leaves": {"type": "array", "items": {"$ref": "#/definitions/Branch"}, "maxItems": bound},
            }},
        })
    };
    let one = definition("Grow", "Branch", &definitions(5));
    let again = definition("Graft", "Branch", &definitions(5));
    let other = definition("Prune", "Branch", &definitions(6));
    let drafted = drafted(TIDE, &[one, again, other]);
    let schemas = schemas(&drafted);
    let names: Vec<&str> = schemas.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(
        names,
        ["Problem", "Branch", "Twig", "PruneRequest", "PruneTwig"]
    );
    let of = |name: &str| &schemas.iter().find(|it| it.0 == name).unwrap().1;
    let reference = |name: &str| json!(format!("#/components/schemas/{name}"));
    assert_eq!(
        of("PruneRequest")["properties"]["next"]["$ref"],
        reference("PruneRequest")
    );
    assert_eq!(
        of("PruneTwig")["properties"]["leaves"]["items"]["$ref"],
        reference("PruneRequest")
    );
}
