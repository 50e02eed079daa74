//! What contradicts OpenAPI, or says less in a client than it does there.

use super::rules;

rules! { SPEC;
    VERSION = "spec::version", Invalid Error,
        "The document is of a version other than OpenAPI 3.0 and 3.1. Nothing else in it is looked at.",
        "Convert it: Swagger 2.0 has converters to OpenAPI 3.0.",
        fires ["swagger: '2.0'", "openapi: 4.0.0"], silent ["openapi: 3.0.3", "openapi: 3.1.0"];
    UNKNOWN_FIELD = "spec::unknown-field", Invalid Error,
        "A field that OpenAPI does not have at this place, most often a slip. Readers pass over it, and what it says is lost.",
        "Correct its name, or begin it with `x-` if it is meant for other tools.",
        fires ["components: {schemas: {A: {typ: string}}}"], silent ["components: {schemas: {A: {x-typ: string}}}"];
    MISSING_FIELD = "spec::missing-field", Invalid Error,
        "A field that OpenAPI requires at this place is missing.",
        "Add it.",
        fires ["tags: [{description: a}]"], silent ["tags: [{name: a}]"];
    WRONG_KIND = "spec::wrong-kind", Invalid Error,
        "A value of another kind than its field has: text for a number, a list for a mapping.",
        "Write the kind that is asked for; a number that is meant as text needs quotes.",
        fires ["components: {schemas: {A: {type: string, maxLength: many}}}"],
        silent ["components: {schemas: {A: {type: string, maxLength: 5}}}"];
    UNKNOWN_WORD = "spec::unknown-word", Invalid Error,
        "A word outside of the list of words that its field can have.",
        "Take one of the list.",
        fires ["components: {schemas: {A: {type: int}}}"], silent ["components: {schemas: {A: {type: integer}}}"];
    CONFLICTING_FIELDS = "spec::conflicting-fields", Invalid Error,
        "Fields that exclude each other stand together.",
        "Keep the one that is meant.",
        fires ["components: {schemas: {A: {type: string, readOnly: true, writeOnly: true}}}"],
        silent ["components: {schemas: {A: {type: string, readOnly: true}}}"];
    EMPTY_LIST = "spec::empty-list", Invalid Error,
        "A list that must hold something is empty.",
        "Add what belongs there, or remove the field.",
        fires ["components: {schemas: {A: {type: string, enum: []}}}"],
        silent ["components: {schemas: {A: {type: string, enum: [a]}}}"];
    INVALID_NAME = "spec::invalid-name", Invalid Error,
        "A name has characters that names of its kind cannot have.",
        "Rename it. Components have letters, digits, `.`, `-` and `_`.",
        fires ["components: {schemas: {a b: {type: string}}}"], silent ["components: {schemas: {a_b: {type: string}}}"];
    UNSUPPORTED = "spec::unsupported", Lossy Error,
        "Valid OpenAPI that this generator makes no client of.",
        "Say it in the way that the finding names, or let a policy pass over it.",
        fires ["components: {schemas: {A: {not: {type: string}}}}"], silent ["components: {schemas: {A: {type: integer}}}"];
    NO_EFFECT = "spec::no-effect", Lossy Warning,
        "Valid, but a client made from the document is the same without it.",
        "Remove it, or keep it for other readers.",
        fires ["components: {schemas: {A: {type: object, required: []}}}"],
        silent ["components: {schemas: {A: {type: object}}}"];
    NOT_READ = "spec::not-read", Lossy Warning,
        "Something of OpenAPI that the client takes no notice of: all is as if it were not there.",
        "Say what it means in the description, so that users read of it.",
        fires ["openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {A: {type: object, propertyNames: {pattern: '^a'}}}}"],
        silent ["openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {A: {type: object}}}"];

    REF_CYCLE = "spec::ref-cycle", Invalid Error,
        "References lead in a circle, with nothing in between that could end it.",
        "Put the schema that is meant in place of one of them.",
        fires ["components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}"],
        silent ["components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {type: string}}}"];
    REF_SIBLINGS = "spec::ref-siblings", Lint Warning,
        "Fields stand beside `$ref`, where OpenAPI 3.0 ignores them.",
        "Wrap the reference: `allOf: [{$ref: …}]` with the fields beside `allOf`.",
        fires ["components: {schemas: {A: {$ref: '#/components/schemas/B', nullable: true}, B: {type: string}}}"],
        silent ["components: {schemas: {A: {allOf: [{$ref: '#/components/schemas/B'}], nullable: true}, B: {type: string}}}"];

    PATH_TEMPLATE = "spec::path-template", Invalid Error,
        "A path is no valid template: it does not begin with `/`, or a brace is left open. As a warning: two `/` in a row.",
        "Write it like `/v1/servers/{server_id}`.",
        fires ["paths: {'/a/{b': {get: {operationId: a, responses: {'204': {description: ok}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'204': {description: ok}}}}}"];
    PATH_CLASH = "spec::path-clash", Invalid Error,
        "Two paths match the same requests: names in braces make no difference to a server.",
        "Put the operations of both under one path.",
        fires ["paths: {'/{a}': {parameters: [{name: a, in: path, required: true, schema: {type: string}}], get: {operationId: a, responses: {'204': {description: ok}}}}, '/{b}': {parameters: [{name: b, in: path, required: true, schema: {type: string}}], put: {operationId: b, responses: {'204': {description: ok}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'204': {description: ok}}}}, /b: {get: {operationId: b, responses: {'204': {description: ok}}}}}"];
    PATH_PARAMETER = "spec::path-parameter", Invalid Error,
        "A parameter in the braces of a path is not declared, or a declared one is not in the path or not `required: true`.",
        "Declare each name in braces once, with `in: path` and `required: true`.",
        fires ["paths: {'/{a}': {get: {operationId: a, responses: {'204': {description: ok}}}}}"],
        silent ["paths: {'/{a}': {get: {operationId: a, parameters: [{name: a, in: path, required: true, schema: {type: string}}], responses: {'204': {description: ok}}}}}"];
    DUPLICATE_PARAMETER = "spec::duplicate-parameter", Invalid Error,
        "One operation declares the same parameter, of the same name and place, twice.",
        "Keep one of them.",
        fires ["paths: {/a: {get: {operationId: a, parameters: [{name: b, in: query, schema: {type: string}}, {name: b, in: query, schema: {type: string}}], responses: {'204': {description: ok}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, parameters: [{name: b, in: query, schema: {type: string}}, {name: b, in: header, schema: {type: string}}], responses: {'204': {description: ok}}}}}"];
    PARAMETER_STYLE = "spec::parameter-style", Lossy Error,
        "A parameter has a `style` that its place does not know.",
        "Take a style of its place, or leave it out.",
        fires ["components: {parameters: {A: {name: a, in: query, style: simple, schema: {type: string}}}}"],
        silent ["components: {parameters: {A: {name: a, in: query, style: form, schema: {type: string}}}}"];
    OPERATION_ID = "spec::operation-id", Invalid Error,
        "The name of an operation is used twice, or cannot become the name of a method.",
        "Give each operation a name of its own that begins with a letter and has letters, digits, `_` and `-`.",
        fires ["paths: {/a: {get: {operationId: a, responses: {'204': {description: ok}}}, put: {operationId: a, responses: {'204': {description: ok}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'204': {description: ok}}}, put: {operationId: b, responses: {'204': {description: ok}}}}}"];
    SERVER = "spec::server", Invalid Error,
        "The address of a server cannot be filled in, or is none. As a warning: a variable of it is never used.",
        "Write an address of http or https, and declare what stands in its braces under `variables`.",
        fires ["servers: [{url: 'https://{host}'}]", "servers: [{url: 'ftp://a.example.com'}]"],
        silent ["servers: [{url: 'https://{host}', variables: {host: {default: a.example.com}}}]"];
    SECURITY = "spec::security", Invalid Error,
        "An operation asks for a security scheme that is not declared.",
        "Correct its name, or declare it in `components.securitySchemes`.",
        fires ["security: [{token: []}]"],
        silent ["security: [{token: []}]\ncomponents: {securitySchemes: {token: {type: http, scheme: bearer}}}"];
}
