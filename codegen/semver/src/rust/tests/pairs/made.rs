//! Types that callers make.

use super::Pair;

pub const PAIRS: &[Pair] = &[
    (
        "properties of one type swap their places",
        &[(
            "required: [source, target, ports]\n      properties:\n        source: {type: string}\n        target: {type: string}",
            "required: [target, source, ports]\n      properties:\n        target: {type: string}\n        source: {type: string}",
        )],
        &[],
    ),
    (
        "properties of two types swap their places",
        &[(
            "        target: {type: string}\n        ports: {type: integer, format: int32}",
            "        ports: {type: integer, format: int32}\n        target: {type: string}",
        )],
        &[],
    ),
    (
        "a field that callers give may be left out",
        &[(
            "required: [source, target, ports]",
            "required: [source, target]",
        )],
        &["field-type-changed demo::types::Rule::ports"],
    ),
    (
        "a field has to be given",
        &[(
            "required: [height, width]",
            "required: [height, width, colour]",
        )],
        &["field-type-changed demo::types::Door::colour"],
    ),
    (
        "a needed field comes",
        &[(
            "required: [height, width]\n      properties:",
            "required: [height, width, depth]\n      properties:\n        depth: {type: integer, format: int32}",
        )],
        &[
            "field-added demo::types::Door::depth",
            "argument-added demo::types::Door::new",
        ],
    ),
    (
        "a needed field goes",
        &[
            (
                "required: [source, target, ports]",
                "required: [source, target]",
            ),
            ("        ports: {type: integer, format: int32}\n", ""),
        ],
        &["field-removed demo::types::Rule::ports"],
    ),
    (
        "a field that can be set comes",
        &[(
            "        colour: {type: string}",
            "        colour: {type: string}\n        lock: {type: string}",
        )],
        &["field-added demo::types::Door::lock"],
    ),
    (
        "a field that can be set goes",
        &[("        colour: {type: string}\n", "")],
        &["field-removed demo::types::Door::colour"],
    ),
    (
        "a field that can be set is renamed",
        &[(
            "        colour: {type: string}\n",
            "        color: {type: string}\n",
        )],
        &["field-renamed demo::types::Door::colour -> types::Door::color"],
    ),
    (
        "a field that can be set has another type",
        &[(
            "        colour: {type: string}\n",
            "        colour: {type: integer, format: int32}\n",
        )],
        &["field-type-changed demo::types::Door::colour"],
    ),
    (
        "a field that can be set is deprecated",
        &[(
            "        colour: {type: string}\n",
            "        colour: {type: string, deprecated: true}\n",
        )],
        &["deprecated demo::types::Door::colour"],
    ),
    (
        "a schema is deprecated",
        &[(
            "      description: The way in.",
            "      description: The way in.\n      deprecated: true",
        )],
        &[
            "deprecated demo::CreateVault::door",
            "deprecated demo::types::Door",
        ],
    ),
    (
        "a field is spelled like another",
        &[(
            "        colour: {type: string}\n",
            "        Colour: {type: string}\n        colour: {type: string}\n",
        )],
        &["field-added demo::types::Door::colour_mixed"],
    ),
];
