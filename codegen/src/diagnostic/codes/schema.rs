//! What several checks find in schemas.

use super::rules;

rules! { SCHEMA;
    ENUM = "schema::enum", Invalid Error,
        "An enum has a value twice, or one of another type than its schema.",
        "Keep each value once, and write it as the type says.",
        fires ["components: {schemas: {A: {type: string, enum: [a, a]}}}", "components: {schemas: {A: {type: string, enum: [1]}}}"],
        silent ["components: {schemas: {A: {type: string, enum: [a, '1']}}}"];
    EXAMPLE = "schema::example", Invalid Error,
        "An example or a default does not fit its own schema, so one of the two is wrong.",
        "Correct the example, or the schema that refuses it.",
        fires ["components: {schemas: {A: {type: integer, example: many}}}"],
        silent ["components: {schemas: {A: {type: integer, example: 5}}}"];
}
