use serde_json::{Value as Json, json};

use crate::load::{follow, load};
use crate::model::{SchemaKind, Type};
use crate::profile::{Neutral, RuntimePlace};
use crate::source::{Referred, Source};
use crate::{check, lower, render};

/// The first file as a document that refers to the others.
fn source(files: &[(&str, &str)]) -> Source {
    let (path, text) = files[0];
    follow(
        Source::new(path, text),
        &mut |path| match files.iter().find(|(known, _)| *known == path) {
            Some((_, text)) => Referred::Text((*text).into()),
            None => Referred::Missing("there is no such file".to_owned()),
        },
    )
}

/// What becomes of the document's tree.
fn tree(files: &[(&str, &str)]) -> Json {
    let loaded = load(&[source(files)]);
    assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics);
    loaded.documents[0].tree.to_json()
}

/// A path by which the schema `A` is used.
const USED: &str = "paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, \
    content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}";

/// What is told of references, each with its place.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    let sources = [source(files)];
    let profile = Neutral::new("a-client", RuntimePlace::Registry);
    let mut found = load(&sources).diagnostics;
    found.extend(check::check(&load(&sources).documents, &profile));
    let told = found.render_short(&sources);
    let told = told
        .lines()
        .filter(|it| it.contains("[spec::ref") || it.contains("[yaml"));
    told.map(str::to_owned).collect()
}

/// A document with these components.
fn document(components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {components}\n"
    )
}

fn schemas(files: &[(&str, &str)]) -> Json {
    tree(files)["components"]["schemas"].clone()
}

#[test]
fn what_is_referred_to_becomes_a_component_of_its_kind() {
    let main = "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      \
        parameters: [{$ref: 'c.yaml#/x/page'}]\n      \
        requestBody: {$ref: 'body.json'}\n      \
        responses:\n        '200': {$ref: 'c.yaml#/components/responses/Ok'}\n        \
        default: {$ref: 'c.yaml#/components/responses/Ok'}\n";
    let common = "components:\n  responses:\n    Ok: {description: ok, headers: {A: {$ref: '#/h'}}, \
        content: {application/json: {schema: {$ref: '#/components/schemas/A~1b%20c'}, \
        examples: {e: {$ref: 'example.yaml'}}}}}\n  schemas: {A/b c: {type: string}}\n\
        x: {page: {name: page, in: query}}\nh: {schema: {type: string}}\n";
    let tree = tree(&[
        ("a.yaml", main),
        ("c.yaml", common),
        ("body.json", "{\"content\": {}}"),
        ("example.yaml", "value: 1"),
    ]);
    let operation = &tree["paths"]["/a"]["get"];
    let ok = json!({"$ref": "#/components/responses/Ok"});
    assert_eq!(
        operation["parameters"],
        json!([{"$ref": "#/components/parameters/page"}])
    );
    assert_eq!(
        operation["requestBody"],
        json!({"$ref": "#/components/requestBodies/body"})
    );
    assert_eq!(operation["responses"], json!({"200": ok, "default": ok}));
    let schema = json!({"$ref": "#/components/schemas/A_b_c"});
    let content =
        json!({"schema": schema, "examples": {"e": {"$ref": "#/components/examples/example"}}});
    assert_eq!(
        tree["components"],
        json!({
            "parameters": {"page": {"name": "page", "in": "query"}},
            "requestBodies": {"body": {"content": {}}},
            "responses": {"Ok": {"description": "ok", "headers": {"A": {"$ref": "#/components/headers/h"}},
                "content": {"application/json": content}}},
            "headers": {"h": {"schema": {"type": "string"}}},
            "schemas": {"A_b_c": {"type": "string"}},
            "examples": {"example": {"value": 1}},
        })
    );
}

#[test]
fn one_place_is_one_component_however_it_is_spelled_and_another_is_another() {
    let main = document(
        "{schemas: {Error: {type: string}, A: {type: object, properties: {\
         a: {$ref: 'x/b.yaml#/Error'}, b: {$ref: './x/../x/b.yaml#/Error'}, c: {$ref: 'x/%62.yaml#/%45rror'}, \
         d: {$ref: 'x/c.yaml#/Error'}, e: {$ref: '#/components/schemas/Error'}, f: {$ref: 'x/c.yaml#/Same'}}}}}",
    );
    let schemas = schemas(&[
        ("s/a.yaml", &main),
        ("s/x/b.yaml", "Error: {type: integer}"),
        // Back to the document, and to the file before.
        (
            "s/x/c.yaml",
            "Error: {allOf: [{$ref: '../a.yaml#/components/schemas/Error'}, {$ref: 'b.yaml#/Error'}, {$ref: '#/Error'}]}\n\
             Same: {$ref: 'b.yaml#/Error'}",
        ),
    ]);
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    assert_eq!(
        schemas["A"]["properties"],
        json!({"a": to("Error2"), "b": to("Error2"), "c": to("Error2"), "d": to("Error3"),
            "e": to("Error"), "f": to("Same")})
    );
    assert_eq!(schemas["Error"], json!({"type": "string"}));
    assert_eq!(schemas["Error2"], json!({"type": "integer"}));
    assert_eq!(
        schemas["Error3"],
        json!({"allOf": [to("Error"), to("Error2"), to("Error3")]})
    );
    // Another name may mean something.
    assert_eq!(schemas["Same"], to("Error2"));
}

#[test]
fn a_file_that_is_known_by_another_path_is_one() {
    let main = document(
        "{schemas: {A: {allOf: [{$ref: 'b.yaml'}, {$ref: 'c.yaml'}, {$ref: 'd.yaml#/components/schemas/A'}, {$ref: 'e.yaml'}]}}}",
    );
    let same = |path: &str| Referred::Same(path.to_owned());
    let source = Source::new("a.yaml", main)
        .referring("c.yaml", same("b.yaml"))
        .referring("b.yaml", Referred::Text("type: string".into()))
        .referring("d.yaml", same("a.yaml"))
        .referring("e.yaml", same("f.yaml"))
        .referring("f.yaml", same("e.yaml"));
    let loaded = load(&[source]);
    let schemas = loaded.documents[0].tree.to_json()["components"]["schemas"].clone();
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    assert_eq!(
        schemas,
        json!({"A": {"allOf": [to("b"), to("b"), to("A"), {"$ref": "e.yaml"}]}, "b": {"type": "string"}})
    );
}

#[test]
fn a_component_that_is_a_file_is_that_file() {
    let main = document(
        "{schemas: {Pet: {$ref: s/pet.yaml}, Owner: {$ref: 's/owner_model.yaml'}, \
         Token: {$ref: 's/text.yaml'}, Name: {$ref: 's/text.yaml'}, List: {$ref: 's/all.yaml#/List'}}}",
    );
    let schemas = schemas(&[
        ("a.yaml", &main),
        (
            "s/pet.yaml",
            "properties: {owner: {$ref: owner_model.yaml}, all: {$ref: 'all.yaml#/List'}}",
        ),
        (
            "s/owner_model.yaml",
            "properties: {pet: {$ref: all.yaml#/Pet}}",
        ),
        ("s/text.yaml", "type: string"),
        (
            "s/all.yaml",
            "List: {items: {$ref: '#/Pet'}}\nPet: {$ref: pet.yaml}",
        ),
    ]);
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    assert_eq!(
        schemas,
        json!({
            "Pet": {"properties": {"owner": to("Owner"), "all": to("List")}},
            "Owner": {"properties": {"pet": to("Pet")}},
            // Two of one: neither is it.
            "Token": to("text"), "Name": to("text"), "text": {"type": "string"},
            "List": {"items": to("Pet")},
        })
    );
}

#[test]
fn a_path_item_takes_the_place_of_its_reference() {
    let main = "openapi: 3.0.3\npaths:\n  /a: {$ref: p/a.yaml}\n  \
                /b: {summary: own, get: {$ref: 1}, $ref: 'p/a.yaml#/'}\n  /c: {$ref: 'p/a.yaml#/next'}\n";
    let files = [
        ("s/a.yaml", main),
        (
            "s/p/a.yaml",
            "get: {responses: {'200': {$ref: ../r.yaml}}}\n'': {summary: other, put: {}}\nnext: {$ref: b.yaml}",
        ),
        ("s/p/b.yaml", "post: {operationId: b}"),
        ("s/r.yaml", "description: ok"),
    ];
    let paths = tree(&files[..4])["paths"].clone();
    let ok = json!({"responses": {"200": {"$ref": "#/components/responses/r"}}});
    assert_eq!(paths["/a"]["get"], ok);
    assert_eq!(paths["/c"], json!({"post": {"operationId": "b"}}));
    assert_eq!(
        paths["/b"],
        json!({"summary": "own", "get": {"$ref": 1}, "put": {}})
    );
    let told = told(&files);
    let expected = "s/p/a.yaml:2:6: warning[spec::ref-siblings]: `summary` stands beside `$ref` too, and that is taken";
    assert!(told.contains(&expected.to_owned()), "{told:#?}");
}

#[test]
fn circles_through_files_end() {
    let main = document("{schemas: {A: {properties: {b: {$ref: b.yaml}}}, X: {$ref: 'x.yaml'}}}");
    let files = [
        ("a.yaml", main.as_str()),
        ("b.yaml", "properties: {c: {$ref: c.yaml}}"),
        (
            "c.yaml",
            "properties: {a: {$ref: 'a.yaml#/components/schemas/A'}, b: {$ref: b.yaml}, c: {$ref: '#'}}",
        ),
        ("x.yaml", "$ref: y.yaml"),
        ("y.yaml", "$ref: x.yaml"),
    ];
    let schemas = schemas(&files);
    let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    assert_eq!(
        schemas["c"]["properties"],
        json!({"a": to("A"), "b": to("b"), "c": to("c")})
    );
    assert_eq!(told(&files).len(), 1, "{:#?}", told(&files));
    assert!(told(&files)[0].contains("spec::ref-cycle"));
}

#[test]
fn a_discriminator_tells_apart_what_is_in_other_files() {
    let main = document(
        "{schemas: {Dog: {type: string}, A: {properties: {\
         a: {$ref: 'z.yaml#/components/schemas/Pet'}, b: {$ref: 'z.yaml#/components/schemas/One'}}}, \
         Two: {oneOf: [{$ref: z.yaml#/components/schemas/Ox}], discriminator: {propertyName: k, \
         mapping: {o: 'z.yaml#/components/schemas/Ox', d: Dog, f: fox.yaml}}}}}",
    );
    let zoo = "components:\n  schemas:\n    \
        Pet: {type: object, discriminator: {propertyName: k, mapping: {c: '#/components/schemas/Cat', d: Dog}}, properties: {k: {type: string}}}\n    \
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}\n    \
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}\n    \
        Pug: {allOf: [{$ref: '#/components/schemas/Dog'}]}\n    \
        Ox: {type: object, properties: {k: {type: string}}}\n    \
        Unused: {type: object}\n    \
        One: {oneOf: [{$ref: '#/components/schemas/Ox'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: k}}\n";
    let files = [
        ("a.yaml", main.as_str()),
        ("z.yaml", zoo),
        ("fox.yaml", "type: object"),
    ];
    let all = schemas(&files);
    let of = |schema: &str| all[schema]["discriminator"]["mapping"].clone();
    let to = |name: &str| format!("#/components/schemas/{name}");
    assert_eq!(of("Pet"), json!({"c": to("Cat"), "d": to("Dog2")}));
    assert_eq!(
        of("Two"),
        json!({"o": to("Ox"), "d": "Dog", "f": to("fox")})
    );
    // Nothing refers to it.
    assert_eq!(all["Pug"], json!({"allOf": [{"$ref": to("Dog2")}]}));
    assert_eq!(all.get("Unused"), None);
    // The word is the name that it has there.
    let profile = Neutral::new("a-client", RuntimePlace::Registry);
    let used = main.replace("paths: {}", USED);
    let loaded = load(&[source(&[("a.yaml", used.as_str()), files[1], files[2]])]);
    let (model, _) = lower::lower(&loaded.documents, &profile);
    let SchemaKind::OneOf { tag: Some(tag), .. } = &model.services[0].schemas["One"].kind else {
        panic!("no choice");
    };
    assert_eq!(tag.words, [["Ox"], ["Dog"]]);
}

#[test]
fn a_component_keeps_the_name_that_makes_it_a_secret() {
    let main = document(
        "{schemas: {A: {type: object, properties: {a: {$ref: 'b.yaml#/%E5%AF%86%E7%A0%81'}}}}}",
    );
    let main = main.replace("paths: {}", USED);
    let loaded = load(&[source(&[
        ("a.yaml", &main),
        ("b.yaml", "密码: {type: string}"),
    ])]);
    let profile = Neutral::new("a-client", RuntimePlace::Registry);
    let (model, _) = lower::lower(&loaded.documents, &profile);
    let SchemaKind::Object { fields, .. } = &model.services[0].schemas["A"].kind else {
        panic!("no object");
    };
    assert_eq!(fields[0].ty, Type::Password);
}

#[test]
fn each_file_is_read_in_its_own_version() {
    let part = "type: [string, 'null']\n";
    let whole = "openapi: 3.1.0\ncomponents: {schemas: {A: {const: 1}}}\n";
    let drafted = "$schema: https://json-schema.org/draft/2020-12/schema\nconst: 2\n";
    let main = |version| {
        format!(
            "openapi: {version}\ncomponents: {{schemas: {{A: {{properties: {{\
             part: {{$ref: part.yaml}}, whole: {{$ref: 'whole.yaml#/components/schemas/A'}}, drafted: {{$ref: drafted.yaml}}}}}}}}}}\n"
        )
    };
    for (version, of_part) in [
        ("3.0.3", json!({"type": ["string", "null"]})),
        ("3.1.0", json!({"type": "string", "nullable": true})),
    ] {
        let main = main(version);
        let schemas = schemas(&[
            ("a.yaml", &main),
            ("part.yaml", part),
            ("whole.yaml", whole),
            ("drafted.yaml", drafted),
        ]);
        assert_eq!(schemas["part"], of_part, "{version}");
        assert_eq!(schemas["A2"], json!({"type": "integer", "enum": [1]}));
        assert_eq!(schemas["drafted"], json!({"type": "integer", "enum": [2]}));
    }
}

/// Each reference that is not followed says why, where it stands, and is opaque.
#[test]
fn what_is_not_followed_is_told_at_its_reference() {
    for (reference, others, expected) in [
        (
            "https://a.example/b.yaml",
            vec![],
            "a.yaml:5:41: error[spec::ref-external]: the reference `https://a.example/b.yaml` leads to an address, and nothing is fetched",
        ),
        (
            "/etc/passwd",
            vec![],
            "a.yaml:5:41: error[spec::ref-external]: the reference `/etc/passwd` leads to a place of one machine, which is not read",
        ),
        (
            "b.yaml",
            vec![],
            "a.yaml:5:41: error[spec::ref-unresolved]: the reference `b.yaml` leads nowhere: there is no such file",
        ),
        (
            "b.yaml#/x",
            vec![("b.yaml", "y: 1")],
            "a.yaml:5:41: error[spec::ref-unresolved]: the reference `b.yaml#/x` leads nowhere: there is no `/x` in `b.yaml`",
        ),
        (
            "b.yaml#x",
            vec![("b.yaml", "$anchor: x")],
            "a.yaml:5:41: error[spec::ref-external]: the reference `b.yaml#x` leads to a name given by `$anchor`, and only pointers are followed",
        ),
        (
            "b.yaml#/components/responses/x",
            vec![("b.yaml", "components: {responses: {x: {}}}")],
            "a.yaml:5:41: error[spec::ref-kind]: a schema is needed here, but `b.yaml#/components/responses/x` is in `responses`",
        ),
        (
            "b.yaml",
            vec![("b.yaml", "properties: {c: {$ref: 'c.yaml'}}")],
            "b.yaml:1:24: error[spec::ref-unresolved]: the reference `c.yaml` leads nowhere: there is no such file",
        ),
        (
            "b.yaml#/x",
            vec![("b.yaml", "x: {items: {$ref: '#/components/schemas/A'}}")],
            "b.yaml:1:19: error[spec::ref-unresolved]: the reference `b.yaml#/components/schemas/A` leads nowhere: there is no `/components/schemas/A` in `b.yaml`",
        ),
        (
            "b.yaml",
            vec![("b.yaml", "a: b: c")],
            "a.yaml:5:41: error[spec::ref-unresolved]: the reference `b.yaml` leads nowhere: `b.yaml` cannot be read, as is told there",
        ),
        (
            "b.yaml",
            vec![("b.yaml", "a: b: c")],
            "b.yaml:1:5: error[yaml::syntax]: this is not valid YAML",
        ),
        (
            "b.yaml",
            vec![("b.yaml", "type: string\ntype: string")],
            "b.yaml:2:1: error[yaml::duplicate-key]",
        ),
    ] {
        let main = document(&format!(
            "\n  {{schemas: {{A: {{properties: {{x: {{$ref: '{reference}'}}}}}}}}}}"
        ));
        let files = [vec![("a.yaml", main.as_str())], others].concat();
        let told = told(&files);
        assert!(told.iter().any(|it| it.starts_with(expected)), "{told:#?}");
    }
}

#[test]
fn an_address_of_a_schema_of_its_own_is_told() {
    let main = "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: b.yaml}}}\n";
    let other = "$id: https://a.example/b\nproperties: {c: {$ref: c.yaml}, d: {$ref: '#/properties/e'}, e: {type: string}}\n";
    let told = told(&[
        ("a.yaml", main),
        ("b.yaml", other),
        ("c.yaml", "type: string"),
    ]);
    assert_eq!(
        told,
        [
            "b.yaml:2:24: error[spec::ref-external]: the reference `c.yaml` leads to an address: `$id` says from which one it is counted"
        ]
    );
}

/// Pieces of pieces are written out for each, so that few files can come to very much.
#[test]
fn what_is_brought_in_is_bounded() {
    let fields = |name: &str| -> String {
        let fields = (0..80).map(|it| format!("{name}{it}: {{type: string}}, "));
        fields.collect()
    };
    let deep = (0..50).fold(
        format!("{{properties: {{{}}}}}", fields("f")),
        |inner, _| format!("{{not: {inner}}}"),
    );
    let pointers = (0..50).map(|depth| "/not".repeat(depth));
    let members = pointers.map(|it| format!("{{$ref: 'b.yaml#{it}'}}, "));
    let wide: String = members.collect();
    // Fifty times a few hundred values are few enough; fifty times some thousands are not.
    let main = document(&format!("{{schemas: {{A: {{anyOf: [{wide}]}}}}}}"));
    assert!(told(&[("a.yaml", &main), ("b.yaml", &deep)]).is_empty());
    let large = deep.replace(
        "{type: string}",
        &format!("{{properties: {{{}}}}}", fields("g")),
    );
    let told = told(&[("a.yaml", &main), ("b.yaml", &large)]);
    assert!(!told.is_empty());
    assert!(
        told.iter().all(|it| it.contains("more than is taken")),
        "{}",
        told[0]
    );
}

/// A document that was taken apart says the same as before.
#[test]
fn three_files_render_as_one() {
    let paths = |error: &str, pet: &str| {
        format!(
            "  /pets/{{id}}:\n    get:\n      operationId: show\n      \
             parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      responses:\n        \
             '200': {{description: ok, content: {{application/json: {{schema: {{$ref: '{pet}'}}}}}}}}\n        \
             '404': {{description: no, content: {{application/json: {{schema: {{$ref: '{error}'}}}}}}}}\n"
        )
    };
    let pet = |owner: &str, error: &str| {
        format!(
            "{{type: object, required: [name], properties: {{name: {{type: string}}, owner: {{$ref: '{owner}'}}, last: {{$ref: '{error}'}}}}}}"
        )
    };
    let owner = |pet: &str| {
        format!(
            "{{type: object, properties: {{pets: {{type: array, items: {{$ref: '{pet}'}}}}, kind: {{type: string, enum: [a, b]}}}}}}"
        )
    };
    let error = "{type: object, properties: {code: {type: integer}}}";
    let head = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://pets.example'}]\npaths:\n";
    let here = |name: &str| format!("#/components/schemas/{name}");
    let one = format!(
        "{head}{}components:\n  schemas:\n    Error: {{type: string}}\n    Pet: {}\n    Owner: {}\n    Error2: {error}\n",
        paths(&here("Error2"), &here("Pet")),
        pet(&here("Owner"), &here("Error")),
        owner(&here("Pet"))
    );
    let main = format!(
        "{head}{}components:\n  schemas:\n    Error: {{type: string}}\n    Pet: {{$ref: models/pet.yaml}}\n",
        paths("models/rest.yaml#/Error", &here("Pet"))
    );
    let files = [
        ("pets.yaml", main.as_str()),
        (
            "models/pet.yaml",
            &pet("rest.yaml#/Owner", "../pets.yaml#/components/schemas/Error"),
        ),
        (
            "models/rest.yaml",
            &format!("Owner: {}\nError: {error}\n", owner("./pet.yaml")),
        ),
    ];
    let profile = Neutral::new("pets-client", RuntimePlace::Registry);
    let whole = [Source::new("pets.yaml", one)];
    let of = |sources: &[Source]| match render::render(sources, &profile) {
        Ok(rendered) => rendered.files,
        Err(found) => panic!("{}", found.render(sources, false)),
    };
    let (apart, whole) = (of(&[source(&files)]), of(&whole));
    assert!(whole["generated/src/pets/types.rs"].contains("pub struct Error2"));
    assert_eq!(
        apart.keys().collect::<Vec<_>>(),
        whole.keys().collect::<Vec<_>>()
    );
    for (path, text) in &whole {
        assert_eq!(&apart[path], text, "{path}");
    }
}

#[test]
fn a_text_is_read_for_references_only_where_it_may_have_some() {
    for (text, expected) in [
        ("a: {$ref: '#/b'}", false),
        ("{\"$ref\" :\n \"#/b\"}", false),
        ("a: {$ref: b.yaml}", true),
        ("{\"$ref\": \"b.yaml#/c\"}", true),
        ("mapping: {}", false),
        ("discriminator: {mapping: {}}", true),
    ] {
        assert_eq!(super::refers_out(text), expected, "{text}");
    }
}

/// Thousands of references into one file, and a family as long, are as fast as they are many.
#[test]
fn many_references_take_no_longer_than_they_are_many() {
    let count = 20_000;
    let each = |write: fn(usize) -> String| -> String { (0..count).map(write).collect() };
    let members = each(|it| format!("{{$ref: 'b.yaml#/definitions/S{it}'}}, "));
    let main = document(&format!(
        "{{schemas: {{A: {{anyOf: [{members}]}}, B: {{$ref: 'c.yaml#/x/S0'}}}}}}"
    ));
    let wide = format!(
        "definitions:\n{}",
        each(|it| format!("  S{it}: {{type: string}}\n"))
    );
    let long = each(|it| format!("  S{}: {{allOf: [{{$ref: '#/x/S{it}'}}]}}\n", it + 1));
    let long = format!("x:\n  S0: {{discriminator: {{propertyName: k}}}}\n{long}");
    let start = std::time::Instant::now();
    let schemas = schemas(&[("a.yaml", &main), ("b.yaml", &wide), ("c.yaml", &long)]);
    assert_eq!(schemas.as_object().map(|it| it.len()), Some(2 * count + 3));
    // Each looked for in all others would take minutes.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
