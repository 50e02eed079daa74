//! What a client says less of than its document does.

use super::rules;

rules! { LOWER;
    ALL_OF = "lower::all-of", Lossy Warning,
        "The schemas of `allOf` make no object together, so that the value is taken as any JSON.",
        "`allOf` merges objects with properties; write other shapes out.",
        fires ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {allOf: [{type: string}, {type: object, properties: {b: {type: string}}}]}}}}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {allOf: [{type: object, properties: {c: {type: string}}}, {type: object, properties: {b: {type: string}}}]}}}}}}}}"];
    BASE_PATH = "lower::base-path", Lossy Warning,
        "Servers have different base paths; the first one's is used for all.",
        "Give all servers of a document one base path, and move the rest of it into the paths.",
        fires ["servers: [{url: 'https://a.example.com/v1'}, {url: 'https://b.example.com/v2'}]"],
        silent ["servers: [{url: 'https://a.example.com/v1'}]"];
    CHOICE_ORDER = "lower::choice-order", Lossy Warning,
        "Shapes of a choice are told apart by trying them in order, and one takes what is meant for another behind it.",
        "Put the shape with more required properties first, or require what tells them apart.",
        fires ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {oneOf: [{type: object, properties: {c: {type: string}}}, {type: object, properties: {b: {type: string}}}]}}}}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {oneOf: [{type: string}, {type: integer}]}}}}}}}}"];
    CHOICE_PROPERTIES = "lower::choice-properties", Lossy Error,
        "Properties stand beside a choice of shapes and have no place in the client.",
        "Write them into every shape of the choice.",
        fires ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {properties: {b: {type: string}}, oneOf: [{type: string}, {type: integer}]}}}}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {oneOf: [{type: string}, {type: integer}]}}}}}}}}"];
    CIRCULAR_TYPE = "lower::circular-type", Lossy Warning,
        "A type contains itself without an object between, so that the value is taken as any JSON.",
        "Put an object with a property between the type and itself.",
        fires ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\ncomponents: {schemas: {A: {type: array, items: {$ref: '#/components/schemas/A'}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\ncomponents: {schemas: {A: {type: object, properties: {b: {$ref: '#/components/schemas/A'}}}}}"];
    DISCRIMINATOR = "lower::discriminator", Lossy Warning,
        "A discriminator is not read, since not all shapes are objects: they are told apart by trying them in order.",
        "Make every shape an object, or leave the discriminator out.",
        fires ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {discriminator: {propertyName: b}, oneOf: [{type: string}, {type: integer}]}}}}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {discriminator: {propertyName: b}, oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}}}}}}}}\ncomponents: {schemas: {A: {type: object, required: [b, c], properties: {b: {type: string}, c: {type: string}}}, B: {type: object, required: [b], properties: {b: {type: string}}}}}"];
    HEADER_TYPE = "lower::header-type", Lossy Warning,
        "A header of a response is a list or an object, and is given as the text it is.",
        "Headers of responses are read as text, numbers or booleans.",
        fires ["paths: {/a: {get: {operationId: a, responses: {'204': {description: ok, headers: {X-A: {schema: {type: array, items: {type: string}}}}}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'204': {description: ok, headers: {X-A: {schema: {type: integer}}}}}}}}"];
    HEADERS = "lower::headers", Lossy Warning,
        "A header is of another type in another success of the operation, and is given as the text it is.",
        "Give it the same type in all successes.",
        fires ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, headers: {X-A: {schema: {type: integer}}}}, '204': {description: ok, headers: {X-A: {schema: {type: string}}}}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, headers: {X-A: {schema: {type: integer}}}}, '204': {description: ok}}}}}"];
    MEDIA_TYPES = "lower::media-types", Lossy Warning,
        "Media types of a body differ in their parameters alone, or stand beside `x-success-when`: the client takes one.",
        "Leave the one that clients are to use.",
        fires ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json;v=1: {schema: {type: object}}, application/json;v=2: {schema: {type: string}}}}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {type: object}}, text/plain: {schema: {type: string}}}}}}}}"];
    NESTED_PARAMETER = "lower::nested-parameter", Lossy Warning,
        "Lists or objects stand inside of others in a parameter, and its style has no place for them: such a value is refused before anything is sent.",
        "Give its value as `content: {application/json: …}`, or in a query with the style `deepObject`.",
        fires ["paths: {/a: {get: {operationId: a, parameters: [{name: b, in: query, schema: {type: array, items: {type: array, items: {type: string}}}}], responses: {'204': {description: ok}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, parameters: [{name: b, in: query, style: deepObject, schema: {type: array, items: {type: array, items: {type: string}}}}], responses: {'204': {description: ok}}}}}"];
    NO_REGION = "lower::no-region", Lossy Warning,
        "A second server names no region, so that no client ever uses its address.",
        "Write `{region}` into one of the two addresses, or leave one.",
        fires ["servers: [{url: 'https://a.example.com'}, {url: 'https://b.example.com'}]"],
        silent ["servers: [{url: 'https://a.example.com'}]"];
    POLICY_PLACE = "lower::policy-place", Lossy Error,
        "A password policy stands where it is not checked: its value is no field of an object.",
        "Make the value a property, or leave the policy out.",
        fires ["paths: {/a: {post: {operationId: a, requestBody: {content: {application/json: {schema: {type: array, items: {type: string, format: password, x-password-policy: {min: 8}}}}}}, responses: {'204': {description: ok}}}}}"],
        silent ["paths: {/a: {post: {operationId: a, requestBody: {content: {application/json: {schema: {type: object, properties: {b: {type: string, format: password, x-password-policy: {min: 8}}}}}}}, responses: {'204': {description: ok}}}}}"];
    REGION_TWICE = "lower::region-twice", Invalid Warning,
        "A region has two addresses; the first one is used.",
        "Name each region in the enum of one server.",
        fires ["servers: [{url: 'https://a.{region}.example.com', variables: {region: {default: b, enum: [b]}}}, {url: 'https://c.{region}.example.com', variables: {region: {default: b, enum: [b]}}}]"],
        silent ["servers: [{url: 'https://a.{region}.example.com', variables: {region: {default: b, enum: [b]}}}]"];
    SECRET_LOST = "lower::secret-lost", Lossy Error,
        "A secret stands in a schema that can only be taken as any JSON, which is printed.",
        "Write the schema around it as an object with properties.",
        fires ["paths: {/a: {post: {operationId: a, requestBody: {content: {application/json: {schema: {allOf: [{type: string}, {type: object, properties: {b: {type: string, format: password}}}]}}}}, responses: {'204': {description: ok}}}}}"],
        silent ["paths: {/a: {post: {operationId: a, requestBody: {content: {application/json: {schema: {type: object, properties: {b: {type: string, format: password}}}}}}, responses: {'204': {description: ok}}}}}"];
    TYPES_TOO_DEEP = "lower::too-deep", Lossy Error,
        "More types stand inside each other than the generator follows.",
        "Make the chain of types shorter, or put an object with properties into it.",
        fires [], silent ["components: {schemas: {A: {type: array, items: {type: string}}}}"];

    NOT_EMITTED = "emit::unsupported", Lossy Error,
        "No code can be made of an operation. `lint` makes no code and does not tell it: `generate --spec DOC --check` does.",
        "Simplify the schemas that the finding names.",
        fires [], silent ["tags: []"];
}
