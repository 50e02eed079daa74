//! What would make a secret known.

use super::rules;

rules! { SECRET;
    SECRET_UNMARKED = "secret::unmarked", Lint Error,
        "Text whose name sounds like a secret is not marked as one, so that clients print it in logs. In documents of others it is a warning.",
        "Add `format: password` to its schema, or `x-secret: false` if it only sounds like one.",
        fires ["components: {schemas: {A: {type: object, properties: {password: {type: string}}}}}"],
        silent ["components: {schemas: {A: {type: object, properties: {password: {type: string, format: password}}}}}"];
    SECRET_IN_URL = "secret::in-url", Lint Error,
        "A secret is sent in a path or a query. Addresses are kept in logs, histories and caches.",
        "Send it in the body or in a header.",
        fires ["paths: {/a: {get: {operationId: a, parameters: [{name: b, in: query, schema: {type: string, format: password}}], responses: {'204': {description: ok}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, parameters: [{name: b, in: header, schema: {type: string, format: password}}], responses: {'204': {description: ok}}}}}"];
    SECRET_NOT_TEXT = "secret::not-text", Lint Error,
        "`format: password` stands on something other than text, where it marks nothing.",
        "Mark the text inside of it, or change the type.",
        fires ["components: {schemas: {A: {type: integer, format: password}}}"],
        silent ["components: {schemas: {A: {type: string, format: password}}}"];
    SECRET_DEFAULT = "secret::default", Lint Warning,
        "A secret has a default value, which everybody who has the document knows.",
        "Remove the default.",
        fires ["components: {schemas: {A: {type: string, format: password, default: abcd}}}"],
        silent ["components: {schemas: {A: {type: string, default: abcd}}}"];
    SECRET_IN_SERVER = "secret::in-server", Lint Error,
        "The address of a server carries a user or a password, which everybody who has the document or the client can read.",
        "Take it out of the address and declare a security scheme: `type: http, scheme: basic`.",
        fires ["servers: [{url: 'https://user:word@a.example.com'}]"], silent ["servers: [{url: 'https://a.example.com'}]"];
}
