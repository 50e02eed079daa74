//! Schemas: their names, and which of them are one.

use super::Pair;

pub const PAIRS: &[Pair] = &[
    (
        "a schema is renamed",
        &[
            ("    Owner:\n", "    Holder:\n"),
            (
                "owner: {$ref: '#/components/schemas/Owner'}",
                "owner: {$ref: '#/components/schemas/Holder'}",
            ),
        ],
        &["item-renamed demo::types::Owner -> types::Holder"],
    ),
    (
        "a schema with a type of its own is renamed",
        &[
            ("    Vault:\n", "    Safe:\n"),
            (
                "'201': {description: It is there., content: {application/json: {schema: {$ref: '#/components/schemas/Vault'}}}}",
                "'201': {description: It is there., content: {application/json: {schema: {$ref: '#/components/schemas/Safe'}}}}",
            ),
            (
                "'200': {description: The vault., content: {application/json: {schema: {$ref: '#/components/schemas/Vault'}}}}",
                "'200': {description: The vault., content: {application/json: {schema: {$ref: '#/components/schemas/Safe'}}}}",
            ),
            (
                "items: {$ref: '#/components/schemas/Vault'}",
                "items: {$ref: '#/components/schemas/Safe'}",
            ),
        ],
        &["item-renamed demo::types::Vault -> types::Safe"],
    ),
    (
        "a schema that callers make is renamed",
        &[
            ("    Rule:\n", "    Rules:\n"),
            (
                "{$ref: '#/components/schemas/Rule'}",
                "{$ref: '#/components/schemas/Rules'}",
            ),
        ],
        &["item-renamed demo::types::Rule -> types::Rules"],
    ),
    (
        "a schema is renamed and grows",
        &[
            ("    Owner:\n", "    Holder:\n"),
            (
                "owner: {$ref: '#/components/schemas/Owner'}",
                "owner: {$ref: '#/components/schemas/Holder'}",
            ),
            (
                "        mail: {type: string}",
                "        mail: {type: string}\n        born: {type: string}",
            ),
        ],
        &[
            "item-added demo::types::Holder",
            "item-removed demo::types::Owner",
            "field-type-changed demo::types::Vault::owner",
        ],
    ),
    (
        "a schema is renamed and described anew",
        &[
            ("    Owner:\n", "    Holder:\n"),
            (
                "owner: {$ref: '#/components/schemas/Owner'}",
                "owner: {$ref: '#/components/schemas/Holder'}",
            ),
            ("Who owns it.", "Its holder."),
        ],
        &[
            "item-renamed demo::types::Owner -> types::Holder",
            "documentation-changed demo::types::Owner",
        ],
    ),
    (
        "a schema takes the name of another",
        &[
            ("    Owner:\n", "    Holder:\n"),
            (
                "owner: {$ref: '#/components/schemas/Owner'}",
                "owner: {$ref: '#/components/schemas/Holder'}",
            ),
            ("    Fault:\n", "    Owner:\n"),
            (
                "'400': {description: Not like this., content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}}",
                "'400': {description: Not like this., content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}",
            ),
            (
                "'418': {description: No report., content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}}",
                "'418': {description: No report., content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}",
            ),
        ],
        &[
            "item-renamed demo::types::Owner -> types::Holder",
            "variant-type-changed demo::list_vaults::ListVaultsError::BadRequest",
            "variant-type-changed demo::read_report::ReadReportError::Status418",
            "item-removed demo::types::Fault",
            "item-added demo::types::Owner",
        ],
    ),
    (
        "the schema of a choice is renamed",
        &[
            ("    Coin: {", "    Money: {"),
            (
                "- $ref: '#/components/schemas/Coin'",
                "- $ref: '#/components/schemas/Money'",
            ),
            (
                "{coin: '#/components/schemas/Coin',",
                "{coin: '#/components/schemas/Money',",
            ),
        ],
        &[
            "item-renamed demo::types::Coin -> types::Money",
            "variant-renamed demo::types::Item::Coin -> types::Item::Money",
        ],
    ),
    (
        "a choice has one shape more",
        &[
            (
                "        - $ref: '#/components/schemas/Paper'\n",
                "        - $ref: '#/components/schemas/Paper'\n        - $ref: '#/components/schemas/Owner'\n",
            ),
            (
                "paper: '#/components/schemas/Paper'}",
                "paper: '#/components/schemas/Paper', owner: '#/components/schemas/Owner'}",
            ),
        ],
        &["variant-added demo::types::Item::Owner"],
    ),
    (
        "a choice without words has another shape",
        &[(
            "          oneOf:\n            - {type: string}\n            - {type: integer, format: int64}",
            "          oneOf:\n            - {type: string}\n            - {type: boolean}",
        )],
        &[
            "variant-removed demo::types::ReportLevel::Integer",
            "variant-added demo::types::ReportLevel::Boolean",
        ],
    ),
    (
        "a schema that nothing uses",
        &[(
            "    Fault:\n",
            "    Unused: {type: object, properties: {a: {type: string}}}\n    Fault:\n",
        )],
        &[],
    ),
    (
        "a schema that stands elsewhere",
        &[(
            "        links: {type: object, properties: {next: {type: string}}}\n",
            "        links: {$ref: '#/components/schemas/VaultListLinks'}\n    VaultListLinks: {type: object, properties: {next: {type: string}}}\n",
        )],
        &[],
    ),
    (
        "an object turns into a list of words",
        &[(
            "    Owner:\n      type: object\n      description: Who owns it.\n      properties:\n        name: {type: string}\n        mail: {type: string}\n",
            "    Owner: {type: string, description: Who owns it., enum: [me, you]}\n",
        )],
        &["item-kind-changed demo::types::Owner"],
    ),
    (
        "an object takes what it does not list",
        &[(
            "      description: Who owns it.\n",
            "      description: Who owns it.\n      additionalProperties: {type: string}\n",
        )],
        &["field-added demo::types::Owner::extra"],
    ),
    (
        "a type of its own gets a name",
        &[(
            "        links: {type: object, properties: {next: {type: string}}}\n",
            "        links: {$ref: '#/components/schemas/Links'}\n    Links: {type: object, properties: {next: {type: string}}}\n",
        )],
        &["item-renamed demo::types::VaultListLinks -> types::Links"],
    ),
    (
        "shapes have another order",
        &[(
            "            - {type: string}\n            - {type: integer, format: int64}",
            "            - {type: integer, format: int64}\n            - {type: string}",
        )],
        &[],
    ),
    (
        "a choice loses the word that tells its shapes apart",
        &[(
            "      discriminator: {propertyName: kind, mapping: {coin: '#/components/schemas/Coin', paper: '#/components/schemas/Paper'}}\n",
            "",
        )],
        &[
            "documentation-changed demo::types::Item::Coin",
            "documentation-changed demo::types::Item::Paper",
            "variant-removed demo::types::Item::Unknown",
        ],
    ),
];
