//! What documents of others say, of which none of one's own does.

use super::super::super::tests::{lowered_for, responding};
use super::{fields, named, with};
use crate::load::load;
use crate::model::{Field, SchemaKind, Service, Type};
use crate::profile::{Neutral, RuntimePlace};
use crate::source::Source;

fn lowered(text: &str) -> (Service, Vec<String>) {
    let loaded = load(&[Source::new("demo.yaml", text)]);
    let profile = Neutral::new("demo-client", RuntimePlace::Registry);
    let (mut model, found) = lowered_for(&loaded.documents, &profile);
    (model.services.remove(0), found)
}

fn service(text: &str) -> Service {
    let (service, found) = lowered(text);
    assert!(found.is_empty(), "{found:?}");
    service
}

/// A document whose only operation sends the schema and gets it back.
fn both_ways(schema: &str, components: &str) -> String {
    let text = with(schema, components);
    let body = format!("requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}");
    text.replace("    get:", "    post:").replace(
        "operationId: a\n",
        &format!("operationId: a\n      {body}\n"),
    )
}

fn extra<'s>(service: &'s Service, name: &str) -> Option<&'s Type> {
    match &service.schemas[name].kind {
        SchemaKind::Object { extra, .. } => extra.as_ref(),
        other => panic!("{name} is no object: {other:?}"),
    }
}

/// The alternatives of a choice with their words.
fn words(service: &Service, name: &str) -> Vec<(String, String)> {
    let SchemaKind::OneOf {
        alternatives,
        tag: Some(tag),
    } = &service.schemas[name].kind
    else {
        panic!("{name} has no tag: {:?}", service.schemas[name].kind);
    };
    let words = tag.words.iter().map(|words| words.join(" "));
    let alternatives = alternatives.iter().map(|ty| match ty {
        Type::Named(name) => name.clone(),
        other => panic!("{other:?}"),
    });
    alternatives.zip(words).collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> [(String, String); N] {
    pairs.map(|(name, words)| (name.to_owned(), words.to_owned()))
}

#[test]
fn open_objects_keep_what_has_no_field() {
    let of = |additional: &str, both: bool| {
        let schema = "{$ref: '#/components/schemas/N'}";
        let component =
            format!("    N: {{type: object, properties: {{a: {{type: string}}}}{additional}}}\n");
        let text = match both {
            true => both_ways(schema, &component),
            false => with(schema, &component),
        };
        extra(&service(&text), "N").cloned()
    };
    for said in ["true", "{}"] {
        let said = format!(", additionalProperties: {said}");
        assert_eq!(of(&said, false), Some(Type::Any), "{said}");
    }
    let typed = of(", additionalProperties: {type: boolean}", false);
    assert_eq!(typed, Some(Type::Boolean));
    assert_eq!(of(", additionalProperties: false", true), None);
    // Where nothing is said, what is read and sent again must not be lost.
    assert_eq!(of("", false), None);
    assert_eq!(of("", true), Some(Type::Any));
}

#[test]
fn one_open_part_opens_the_whole() {
    let part = |more: &str, name: &str| {
        format!(
            "{{type: object, properties: {{{name}: {{type: string}}}}, additionalProperties: {more}}}"
        )
    };
    for (parts, expected) in [
        ([part("true", "a"), part("false", "b")], Some(Type::Any)),
        (
            [part("false", "a"), part("{type: string}", "b")],
            Some(Type::String),
        ),
        ([part("false", "a"), part("false", "b")], None),
    ] {
        let text = responding(&format!("{{allOf: [{}]}}", parts.join(", ")));
        let service = service(&text);
        assert_eq!(extra(&service, "AResponse").cloned(), expected);
    }
}

#[test]
fn the_word_of_a_choice_is_that_of_the_mapping_or_the_name() {
    let components = "    Cat: {type: object, properties: {kind: {type: string, enum: [cat]}}}\n    \
        Dog: {type: object, properties: {kind: {type: string}}}\n    Fox: {type: object, properties: {kind: {type: string}}}\n";
    let choice = "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Fox'}], \
        discriminator: {propertyName: kind, mapping: {hound: Dog, pug: '#/components/schemas/Dog', Fox: Dog, reynard: Fox}}}";
    let service = service(&with(choice, components));
    assert_eq!(
        words(&service, "AResponse"),
        pairs([
            ("Cat", "cat Cat"),
            ("Dog", "hound pug Fox Dog"),
            ("Fox", "reynard")
        ])
    );
}

#[test]
fn a_choice_of_shapes_without_words_is_tried() {
    let text = responding(
        "{oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: string}], discriminator: {propertyName: a}}",
    );
    let (service, found) = lowered(&text);
    assert_eq!(found, ["lower::discriminator"]);
    let kind = &service.schemas["AResponse"].kind;
    assert!(matches!(kind, SchemaKind::OneOf { tag: None, .. }));
}

#[test]
fn a_base_becomes_the_choice_of_its_children() {
    let child = |name: &str, parent: &str, field: &str| {
        format!(
            "    {name}: {{allOf: [{{$ref: '#/components/schemas/{parent}'}}, {{type: object, properties: {{{field}: {{type: string}}}}}}]}}\n"
        )
    };
    let base = "    Animal: {type: object, required: [kind], discriminator: {propertyName: kind, mapping: {puss: Cat, any: Animal}}, \
        properties: {kind: {type: string}, friend: {$ref: '#/components/schemas/Animal'}}}\n    Plain: {allOf: [{$ref: '#/components/schemas/Animal'}]}\n"
        .to_owned();
    let text = base
        + &child("Cat", "Animal", "lives")
        + &child("Dog", "Animal", "bark")
        + &child("Puppy", "Dog", "weeks");
    let service = service(&with(
        "{type: array, items: {$ref: '#/components/schemas/Animal'}}",
        &text,
    ));
    assert_eq!(
        words(&service, "Animal"),
        pairs([
            ("Cat", "puss Cat"),
            ("Plain", "Plain"),
            ("Dog", "Dog"),
            ("Puppy", "Puppy"),
            ("AnimalBase", "any"),
        ])
    );
    let names = |name: &str| -> Vec<_> {
        let fields = fields(&service, name).iter();
        fields.map(|field: &Field| field.name.clone()).collect()
    };
    assert_eq!(names("Puppy"), ["kind", "friend", "bark", "weeks"]);
    assert_eq!(names("AnimalBase"), ["kind", "friend"]);
    assert_eq!(fields(&service, "Dog")[1].ty, named("Animal"));
}

/// A base may list its children as well, which are derived from it.
#[test]
fn a_base_that_lists_its_children_does_not_go_in_a_circle() {
    let text = "    Pet: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}]}\n    \
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: string}}}]}\n";
    let service = service(&with("{$ref: '#/components/schemas/Pet'}", text));
    assert_eq!(words(&service, "Pet"), pairs([("Cat", "Cat")]));
    assert_eq!(fields(&service, "Cat").len(), 2);
}

/// Checks of such a type would be called by nobody.
#[test]
fn what_only_fields_hold_that_are_not_sent_is_in_no_request() {
    let components = "    Bug: {type: object, properties: {rank: {readOnly: true, allOf: [{$ref: '#/components/schemas/Rank'}]}}}\n    \
        Rank: {type: object, properties: {name: {type: string, maxLength: 3}}}\n";
    let service = service(&both_ways("{$ref: '#/components/schemas/Bug'}", components));
    let usage = service.schemas["Rank"].usage;
    assert!(usage.success && !usage.request && !usage.made_by_callers);
}

#[test]
fn a_type_is_split_where_fields_travel_one_way() {
    let components = "    Bug: {type: object, required: [id, name, place], additionalProperties: false, properties: {id: {type: string, readOnly: true}, \
        name: {type: string}, note: {type: string, writeOnly: true}, place: {$ref: '#/components/schemas/Place'}}}\n    \
        Place: {type: object, required: [at], properties: {at: {type: string, readOnly: true}, x: {type: integer}}}\n    \
        BugInput: {type: object, properties: {a: {type: string}}}\n";
    let service = service(&both_ways("{$ref: '#/components/schemas/Bug'}", components));
    let shown = |name: &str| -> Vec<_> {
        let fields = fields(&service, name).iter();
        fields
            .map(|it| format!("{}{}", it.name, if it.required { "" } else { "?" }))
            .collect()
    };
    assert_eq!(shown("Bug"), ["id", "name", "note?", "place"]);
    // A component that is used nowhere takes no name.
    assert_eq!(shown("BugInput"), ["name", "note?", "place"]);
    assert_eq!(shown("Place"), ["at", "x?"]);
    assert_eq!(shown("PlaceInput"), ["x?"]);
    let body = service.operations[0].body.as_ref().unwrap();
    assert_eq!(body.ty, named("BugInput"));
    assert_eq!(fields(&service, "BugInput")[2].ty, named("PlaceInput"));
    assert!(service.schemas["BugInput"].usage.request);
    assert!(!service.schemas["Bug"].usage.request);
}

#[test]
fn numbers_and_words_of_an_enum_are_all_there() {
    let of = |schema: &str| {
        let text = responding(&format!("{{type: object, properties: {{a: {schema}}}}}"));
        let service = service(&text);
        let field = fields(&service, "AResponse")[0].clone();
        let variants = match &field.ty {
            Type::Named(name) => match &service.schemas[name].kind {
                SchemaKind::Enum { variants } => variants
                    .iter()
                    .map(|it| format!("{}={}", it.ident, it.wire))
                    .collect(),
                other => panic!("{other:?}"),
            },
            _ => field.constraints.listed.clone(),
        };
        (field.ty, variants.join(" "), field.nullable)
    };
    let integer = Type::Integer {
        bits: 64,
        signed: true,
    };
    assert_eq!(
        of("{type: integer, enum: [1, 2, 2]}"),
        (integer.clone(), "1 2".to_owned(), false)
    );
    assert_eq!(of("{enum: [1, null]}"), (integer, "1".to_owned(), true));
    assert_eq!(
        of("{enum: [true]}"),
        (Type::Boolean, "true".to_owned(), false)
    );
    assert_eq!(of("{enum: [a, 1]}").0, Type::Any);
    let (_, words, nullable) = of("{type: string, enum: [a, A, '', 1, true, null, a]}");
    assert_eq!(
        (&*words, nullable),
        ("A=a AUpper=A Empty= N1=1 True=true", true)
    );
}

#[test]
fn text_that_sounds_like_a_secret_is_one_where_it_can_be_sent() {
    let text = "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\npaths:\n  /a/{token}:\n    post:\n      operationId: a\n      parameters:\n      \
        - {name: token, in: path, required: true, schema: {type: string, format: password}}\n      - {name: api_key, in: query, schema: {type: string}}\n      \
        - {name: X-Secret, in: header, schema: {type: string}}\n      requestBody: {content: {application/json: {schema: {type: object, properties: {\
        password: {type: string}, backup_codes: {type: array, items: {type: string}}, nextToken: {type: string}, page_token: {type: string}, \
        token_url: {type: string}, api_secret: {type: string, x-secret: false}, token: {type: integer}, mine: {$ref: '#/components/schemas/Passphrase'}}}}}}\n      \
        responses: {'200': {description: ok, headers: {X-Session-Token: {schema: {type: string}}}}}\ncomponents:\n  schemas:\n    Passphrase: {type: string}\n";
    let service = service(text);
    let operation = &service.operations[0];
    let types: Vec<_> = operation.parameters.iter().map(|it| &it.ty).collect();
    assert_eq!(types, [&Type::String, &Type::String, &Type::Password]);
    assert_eq!(operation.responses[0].headers[0].ty, Type::Password);
    let secret: Vec<_> = fields(&service, "ABody")
        .iter()
        .filter(|it| {
            matches!(&it.ty, Type::Password) || it.ty == Type::Array(Box::new(Type::Password))
        })
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(secret, ["password", "backup_codes", "mine"]);
}

#[test]
fn no_shape_of_a_secret_prints() {
    let property = |schema: &str| {
        let schema = format!("{{type: object, properties: {{password: {schema}}}}}");
        let (service, _) = lowered(&responding(&schema));
        fields(&service, "AResponse")[0].ty.clone()
    };
    let list = |ty| Type::Array(Box::new(ty));
    let map = |ty| Type::Map(Box::new(ty));
    for (schema, ty) in [
        ("{type: string}", Type::Password),
        ("{}", Type::SecretJson),
        (
            "{anyOf: [{type: string}, {type: integer}]}",
            Type::SecretJson,
        ),
        ("{type: array, items: {}}", list(Type::SecretJson)),
        (
            "{type: object, additionalProperties: {type: string}}",
            map(Type::Password),
        ),
        ("{type: object}", map(Type::SecretJson)),
        ("{type: integer, format: password}", Type::SecretJson),
        (
            "{type: array, format: password, items: {type: string}}",
            Type::SecretJson,
        ),
        (
            "{format: password, oneOf: [{type: string}, {type: integer}]}",
            Type::SecretJson,
        ),
        (
            "{format: password, allOf: [{type: string}]}",
            Type::Password,
        ),
        ("{type: string, format: passwrd}", Type::Password),
        (
            "{type: string, enum: [a], format: password}",
            Type::Password,
        ),
        (
            "{type: string, enum: [none, basic]}",
            Type::Named("AResponsePassword".to_owned()),
        ),
        (
            "{type: integer}",
            Type::Integer {
                bits: 64,
                signed: true,
            },
        ),
    ] {
        assert_eq!(property(schema), ty, "{schema}");
    }
}

#[test]
fn text_with_a_secret_in_it_is_one() {
    let body = |content: &str| {
        let text = with(
            "{type: string}",
            "    Chest: {type: object, properties: {password: {type: string}}}\n    Passphrase: {type: string}\n    Note: {type: string}\n",
        );
        let text = text.replace("application/json: {schema: {type: string}}", content);
        let (service, _) = lowered(&text);
        service.operations[0].responses[0].contents[0].ty.clone()
    };
    for (content, ty) in [
        (
            "text/plain: {schema: {type: string, format: password}}",
            Type::SecretText,
        ),
        (
            "application/xml: {schema: {$ref: '#/components/schemas/Chest'}}",
            Type::SecretText,
        ),
        (
            "text/plain: {schema: {$ref: '#/components/schemas/Passphrase'}}",
            Type::SecretText,
        ),
        (
            "application/jwt: {schema: {type: string, format: password}}",
            Type::SecretText,
        ),
        (
            "text/plain: {schema: {$ref: '#/components/schemas/Note'}}",
            Type::Text,
        ),
        ("text/plain: {}", Type::Text),
    ] {
        assert_eq!(body(content), Some(ty), "{content}");
    }
}
