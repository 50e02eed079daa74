//! What operations give: answers and errors.

use super::Pair;

pub const PAIRS: &[Pair] = &[
    (
        "a field of an answer comes",
        &[(
            "        mail: {type: string}",
            "        mail: {type: string}\n        born: {type: string}",
        )],
        &["field-added demo::types::Owner::born"],
    ),
    (
        "a field of an answer goes",
        &[("        mail: {type: string}\n", "")],
        &["field-removed demo::types::Owner::mail"],
    ),
    (
        "a field of an answer is renamed",
        &[(
            "        mail: {type: string}\n",
            "        post: {type: string}\n",
        )],
        &["field-renamed demo::types::Owner::mail -> types::Owner::post"],
    ),
    (
        "a field of an answer is promised",
        &[(
            "      description: A place that holds things.\n      required: [id]",
            "      description: A place that holds things.\n      required: [id, size]",
        )],
        &["field-type-changed demo::types::Vault::size"],
    ),
    (
        "the first field of an answer is promised",
        &[(
            "      description: Who owns it.\n",
            "      description: Who owns it.\n      required: [name]\n",
        )],
        &["field-type-changed demo::types::Owner::name"],
    ),
    (
        "no field of an answer is promised",
        &[(
            "      description: A place that holds things.\n      required: [id]\n",
            "      description: A place that holds things.\n",
        )],
        &["field-type-changed demo::types::Vault::id"],
    ),
    (
        "a field of an answer has another type",
        &[(
            "        mail: {type: string}\n",
            "        mail: {type: array, items: {type: string}}\n",
        )],
        &["field-type-changed demo::types::Owner::mail"],
    ),
    (
        "an answer has another schema",
        &[(
            "vault_id, in: path, required: true, description: Which vault., schema: {type: string, maxLength: 64}}\n      responses:\n        '200': {description: The vault., content: {application/json: {schema: {$ref: '#/components/schemas/Vault'}}}}",
            "vault_id, in: path, required: true, description: Which vault., schema: {type: string, maxLength: 64}}\n      responses:\n        '200': {description: The vault., content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}",
        )],
        &["return-type-changed demo::ShowVault::send"],
    ),
    (
        "an answer gets a header",
        &[(
            "        '204': {description: It is gone.}",
            "        '204': {description: It is gone., headers: {X-Left: {description: How many., schema: {type: integer, format: int32}}}}",
        )],
        &["item-added demo::drop_item::DropItemHeaders"],
    ),
    (
        "a header of an answer goes",
        &[(
            "          headers:\n            X-Seal: {description: Its seal., required: true, schema: {type: string}}\n",
            "",
        )],
        &["item-removed demo::read_item::ReadItemHeaders"],
    ),
    (
        "a header of an answer may be missing",
        &[(
            "{description: Its seal., required: true,",
            "{description: Its seal.,",
        )],
        &["field-type-changed demo::read_item::ReadItemHeaders::x_seal"],
    ),
    (
        "a second success",
        &[(
            "        '204': {description: It is gone.}",
            "        '204': {description: It is gone.}\n        '202': {description: It is going., content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}",
        )],
        &[
            "return-type-changed demo::DropItem::send",
            "item-added demo::drop_item::DropItemOutcome",
        ],
    ),
    (
        "a media type comes",
        &[(
            "            text/csv: {schema: {type: string}}\n",
            "            text/csv: {schema: {type: string}}\n            text/html: {schema: {type: string}}\n",
        )],
        &["variant-added demo::read_report::ReadReportBody::Html"],
    ),
    (
        "one media type is left",
        &[("            text/csv: {schema: {type: string}}\n", "")],
        &[
            "return-type-changed demo::ReadReport::send",
            "item-removed demo::read_report::ReadReportBody",
        ],
    ),
    (
        "a success may say no",
        &[(
            "          description: What became of it.\n",
            "          description: What became of it.\n          x-success-when: {field: result, equals: ok}\n",
        )],
        &["variant-added demo::change_pin::ChangePinError::Refused"],
    ),
    (
        "an error comes",
        &[(
            "        '404': {description: There is no such vault.}",
            "        '404': {description: There is no such vault.}\n        '409': {description: Not now.}",
        )],
        &["variant-added demo::show_vault::ShowVaultError::Conflict"],
    ),
    (
        "an error goes",
        &[("        '404': {description: There are none.}\n", "")],
        &["variant-removed demo::list_vaults::ListVaultsError::NotFound"],
    ),
    (
        "an error gets a body",
        &[(
            "        '404': {description: There are none.}\n",
            "        '404': {description: There are none., content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}}\n",
        )],
        &["variant-filled demo::list_vaults::ListVaultsError::NotFound"],
    ),
    (
        "an error has another body",
        &[(
            "        '418': {description: No report., content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}}",
            "        '418': {description: No report., content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}",
        )],
        &["variant-type-changed demo::read_report::ReadReportError::Status418"],
    ),
    (
        "an answer promises one field more",
        &[(
            "      description: A place that holds things.\n      required: [id]\n      properties:\n",
            "      description: A place that holds things.\n      required: [id, born]\n      properties:\n        born: {type: string}\n",
        )],
        &["field-added demo::types::Vault::born"],
    ),
    (
        "a word is spelled like another",
        &[(
            "state: {type: string, enum: [open, shut]}",
            "state: {type: string, enum: [Open, open, shut]}",
        )],
        &["variant-added demo::types::VaultState::OpenMixed"],
    ),
];
