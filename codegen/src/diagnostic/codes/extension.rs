//! What is wrong with the generator's own extensions.

use super::rules;

rules! { EXTENSIONS;
    EXTENSION = "extension::shape", Invalid Error,
        "An extension that the generator reads is written in another way than it is read.",
        "Write it as docs/spec-extensions.md says.",
        fires ["paths: {/a: {get: {operationId: a, x-retry: perhaps, responses: {'204': {description: ok}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, x-retry: safe, responses: {'204': {description: ok}}}}}"];
    EXTENSION_PLACE = "extension::place", Invalid Error,
        "An extension that the generator reads stands where it has no meaning.",
        "Move it to where docs/spec-extensions.md has it.",
        fires ["components: {schemas: {A: {type: string, x-retry: safe}}}"],
        silent ["paths: {/a: {get: {operationId: a, x-retry: safe, responses: {'204': {description: ok}}}}}"];
    EXTENSION_FIELD = "extension::field", Invalid Error,
        "An extension names a field that the object it speaks of does not have.",
        "Correct the name, or describe the field.",
        fires ["components: {schemas: {A: {type: object, properties: {b: {type: string, x-required-unless: {field: c, equals: true}}}}}}"],
        silent ["components: {schemas: {A: {type: object, properties: {b: {type: string, x-required-unless: {field: c, equals: true}}, c: {type: boolean}}}}}"];
    EXTENSION_NAME = "extension::name", Lint Warning,
        "An extension is nearly one that the generator reads, and so has no effect.",
        "Correct its name.",
        fires ["paths: {/a: {get: {operationId: a, x-retri: safe, responses: {'204': {description: ok}}}}}"],
        silent ["paths: {/a: {get: {operationId: a, x-internal: true, responses: {'204': {description: ok}}}}}"];
}
