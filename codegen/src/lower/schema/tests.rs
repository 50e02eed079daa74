//! Shapes that once became the wrong type, no type, or took for ever.

mod foreign;

use super::super::tests::{lowered, responding, response, service};
use crate::model::{Field, SchemaKind, Service, Type};

fn with(schema: &str, components: &str) -> String {
    responding(schema) + "components:\n  schemas:\n" + components
}

/// A document whose only operation sends the schema.
fn sending(schema: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\npaths:\n  /a:\n    post:\n      operationId: a\n      \
         requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}\n      responses: {{'200': {{description: ok}}}}\n\
         components:\n  schemas:\n{components}"
    )
}

fn fields<'s>(service: &'s Service, name: &str) -> &'s [Field] {
    match &service.schemas[name].kind {
        SchemaKind::Object { fields, .. } => fields,
        other => panic!("{name} is no object: {other:?}"),
    }
}

fn named(name: &str) -> Type {
    Type::Named(name.to_owned())
}

#[test]
fn words_around_a_reference_make_no_new_type() {
    for next in [
        "{description: x, allOf: [{$ref: '#/components/schemas/N'}]}",
        "{nullable: true, allOf: [{$ref: '#/components/schemas/N'}]}",
        "{allOf: [{allOf: [{$ref: '#/components/schemas/N'}]}, {description: x}]}",
        "{anyOf: [{$ref: '#/components/schemas/N'}]}",
    ] {
        let service = service(&with(
            "{$ref: '#/components/schemas/N'}",
            &format!("    N: {{type: object, properties: {{next: {next}}}}}\n"),
        ));
        assert_eq!(service.schemas.len(), 1, "{next}");
        assert_eq!(fields(&service, "N")[0].ty, named("N"), "{next}");
        assert_eq!(fields(&service, "N")[0].nullable, next.contains("nullable"));
    }
}

#[test]
fn a_type_that_is_derived_within_itself_ends() {
    let service = service(&with(
        "{$ref: '#/components/schemas/N'}",
        "    N: {type: object, properties: {next: {allOf: [{$ref: '#/components/schemas/N'}, \
         {type: object, properties: {more: {type: string}}}]}}}\n",
    ));
    let wires: Vec<_> = fields(&service, "NNext")
        .iter()
        .map(|f| f.name.as_str())
        .collect();
    assert_eq!(wires, ["next", "more"]);
    assert_eq!(fields(&service, "NNext")[0].ty, named("NNext"));
}

#[test]
fn a_rule_about_properties_is_no_choice_of_shapes() {
    let text = sending(
        "{$ref: '#/components/schemas/Cred'}",
        "    Cred: {type: object, properties: {password: {format: password}, key: {type: string}}, \
         oneOf: [{required: [password]}, {required: [key]}]}\n",
    );
    let (mut model, found) = lowered(&text);
    assert_eq!(found, ["spec::not-read"]);
    let service = model.services.remove(0);
    assert_eq!(fields(&service, "Cred")[0].ty, Type::Password);
    assert_eq!(fields(&service, "Cred").len(), 2);
}

#[test]
fn no_secret_becomes_any_json() {
    let text = sending(
        "{allOf: [{$ref: '#/components/schemas/P'}, {type: string}]}",
        "    P: {type: object, properties: {password: {type: string, format: password}}}\n",
    );
    assert_eq!(lowered(&text).1, ["lower::all-of", "lower::secret-lost"]);
    let text = sending(
        "{type: object, properties: {password: {type: string, format: password}}, oneOf: [{type: object, properties: {a: {type: string}}}, {type: string}]}",
        "    P: {type: string}\n",
    );
    assert_eq!(
        lowered(&text).1,
        ["lower::choice-properties", "lower::secret-lost"]
    );
}

#[test]
fn objects_nest_as_deep_as_they_like_and_other_types_within_bounds() {
    let chain = |link: fn(usize) -> String| {
        let mut text = String::new();
        for n in 0..120 {
            text += &format!("    S{n}: {}\n", link(n + 1));
        }
        text + "    S120: {type: object, properties: {password: {type: string, format: password}}}\n"
    };
    let objects = chain(|n| {
        format!("{{type: object, properties: {{a: {{$ref: '#/components/schemas/S{n}'}}}}}}")
    });
    let service = service(&sending("{$ref: '#/components/schemas/S0'}", &objects));
    assert_eq!(service.schemas.len(), 121);
    assert_eq!(fields(&service, "S120")[0].ty, Type::Password);
    assert!(service.schemas["S120"].usage.request);

    let lists = chain(|n| format!("{{type: array, items: {{$ref: '#/components/schemas/S{n}'}}}}"));
    let (_, found) = lowered(&sending("{$ref: '#/components/schemas/S0'}", &lists));
    assert_eq!(found, ["lower::too-deep", "lower::secret-lost"]);
}

#[test]
fn a_component_is_lowered_once_however_often_it_is_used() {
    let mut text =
        "    A0: {type: array, items: {type: object, properties: {v: {type: string}}}}\n"
            .to_owned();
    let mut derived = "    D0: {type: object, properties: {v: {type: string}}}\n".to_owned();
    for n in 1..=40 {
        let before = format!("{{$ref: '#/components/schemas/A{}'}}", n - 1);
        text += &format!(
            "    A{n}: {{type: array, items: {{type: object, properties: {{fa: {before}, fb: {before}}}}}}}\n"
        );
        let before = format!(
            "{{allOf: [{{$ref: '#/components/schemas/D{}'}}, {{type: object, properties: {{x{n}: {{type: string}}}}}}]}}",
            n - 1
        );
        derived +=
            &format!("    D{n}: {{type: object, properties: {{fa: {before}, fb: {before}}}}}\n");
    }
    let lists = service(&with("{$ref: '#/components/schemas/A40'}", &text));
    assert_eq!(response(&lists), &Type::Array(Box::new(named("A40Item"))));
    assert_eq!(lists.schemas.len(), 41);
    let merged = service(&with("{$ref: '#/components/schemas/D40'}", &derived));
    assert!(merged.schemas.len() < 200, "{}", merged.schemas.len());
}

#[test]
fn rules_hold_through_the_words_around_a_reference() {
    let service = service(&sending(
        "{type: object, properties: {a: {allOf: [{$ref: '#/components/schemas/Pw'}], description: x}, \
         b: {anyOf: [{$ref: '#/components/schemas/Short'}], maxLength: 9}, \
         c: {allOf: [{$ref: '#/components/schemas/Count'}], minimum: 2}}}",
        "    Pw: {type: string, format: password, x-password-policy: {min: 8, max: 9}}\n    \
         Short: {type: string, minLength: 2, maxLength: 20}\n    \
         Count: {type: integer, minimum: 2, exclusiveMinimum: true, default: 5}\n",
    ));
    let fields = fields(&service, "ABody");
    assert_eq!(fields[0].policy.as_ref().map(|policy| policy.min), Some(8));
    let bounds = &fields[1].constraints;
    assert_eq!((bounds.min_length, bounds.max_length), (Some(2), Some(9)));
    let bounds = &fields[2].constraints;
    assert_eq!(
        (bounds.minimum.clone(), bounds.exclusive_minimum),
        (Some(2.into()), true)
    );
    assert_eq!(fields[2].default, Some(5.into()));
}

#[test]
fn a_policy_nobody_would_check_is_refused() {
    let pw = "    Pw: {type: string, format: password, x-password-policy: {min: 8, max: 9}}\n";
    for schema in [
        "{type: object, properties: {a: {type: array, items: {$ref: '#/components/schemas/Pw'}}}}",
        "{type: object, properties: {a: {type: object, additionalProperties: {$ref: '#/components/schemas/Pw'}}}}",
        "{type: object, properties: {a: {oneOf: [{$ref: '#/components/schemas/Pw'}, {type: integer}]}}}",
        "{$ref: '#/components/schemas/Pw'}",
    ] {
        let (_, found) = lowered(&sending(schema, pw));
        assert_eq!(found, ["lower::policy-place"], "{schema}");
    }
}

#[test]
fn fields_are_asked_for_only_where_they_travel() {
    let item = "    Item: {type: object, required: [id, secret, name], properties: {id: {type: string, readOnly: true}, \
                secret: {type: string, writeOnly: true}, name: {type: string}}}\n";
    let required = |service: &Service| -> Vec<(String, bool)> {
        // What only a body is has no name of its own.
        let is_read = service.schemas.contains_key("Item");
        let fields = fields(service, if is_read { "Item" } else { "ABody" }).iter();
        fields
            .map(|field| (field.name.clone(), field.required))
            .collect()
    };
    let sent = service(&sending("{$ref: '#/components/schemas/Item'}", item));
    assert_eq!(
        required(&sent),
        [("secret".to_owned(), true), ("name".to_owned(), true)]
    );
    let read = service(&with("{$ref: '#/components/schemas/Item'}", item));
    let expected = [("id", true), ("secret", false), ("name", true)];
    assert_eq!(
        required(&read),
        expected.map(|(name, it)| (name.to_owned(), it))
    );
    let both = sending("{$ref: '#/components/schemas/Item'}", item).replace(
        "{description: ok}",
        "{description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}",
    );
    let expected = [("id", false), ("secret", false), ("name", true)];
    assert_eq!(
        required(&service(&both)),
        expected.map(|(name, it)| (name.to_owned(), it))
    );
}

#[test]
fn names_of_generated_code_are_not_taken() {
    let text = sending(
        "{type: object, properties: {type: {type: string}, Type: {type: string}, new: {type: string}, check: {type: string}, \
         gen: {type: string}, is_on: {type: string}, on: {type: string, enum: [y], x-predicate: {name: is_on, equals: y}}, \
         f: {$ref: '#/components/schemas/From'}}}",
        "    From: {type: object, properties: {a: {type: string}}}\n    a_b_c: {type: object, properties: {a: {type: string}}}\n",
    )
    .replace("operationId: a", "operationId: Request");
    let service = service(&text);
    let idents: Vec<_> = fields(&service, "RequestBody")
        .iter()
        .map(|f| f.ident.as_str())
        .collect();
    assert_eq!(
        idents,
        [
            "type_",
            "type_mixed",
            "new_2",
            "check_2",
            "gen_value",
            "is_on_2",
            "on",
            "f"
        ]
    );
    assert!(service.schemas.contains_key("From2"));
    assert_eq!(service.operations[0].type_name, "Request2");
}

#[test]
fn choices_that_trying_gets_wrong_are_told() {
    let both = |first: &str, second: &str, more: &str| {
        let object = |required: &str| {
            format!(
                "{{type: object, required: [{required}], properties: {{a: {{type: string}}, b: {{type: string}}}}}}"
            )
        };
        let text = responding(&format!(
            "{{oneOf: [{}, {}]{more}}}",
            object(first),
            object(second)
        ));
        lowered(&text).1
    };
    assert_eq!(both("a", "a, b", ""), ["lower::choice-order"]);
    assert_eq!(
        both("a", "a, b", ", discriminator: {propertyName: a}").len(),
        2
    );
    let text = responding(
        "{oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: string}}}, {type: string}]}",
    );
    assert!(lowered(&text).1.is_empty());
}
