//! Small edits of a document, and all that is told of each.

use super::{VAULTS, edited, lines, surface_of};
use crate::rust::compare;

/// What is edited, from and to, and what is told.
type Pair = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

const PAIRS: &[Pair] = &[
    ("nothing", &[], &[]),
    // Words.
    (
        "the title",
        &[("{title: Vaults,", "{title: Safes,")],
        &["documentation-changed demo"],
    ),
    (
        "the description of the document",
        &[("Places that hold things.", "Where things are.")],
        &["documentation-changed demo"],
    ),
    (
        "the summary of an operation",
        &[("summary: Show one vault", "summary: Show a vault")],
        &["documentation-changed demo::ShowVault"],
    ),
    (
        "the description of an operation",
        &[("All that is known of it.", "What is known.")],
        &["documentation-changed demo::ShowVault"],
    ),
    (
        "the description of a path parameter",
        &[("Which vault.", "The vault.")],
        &["documentation-changed demo::ShowVault"],
    ),
    (
        "the description of a query parameter",
        &[("How many.", "At most so many.")],
        &["documentation-changed demo::ListVaults::limit"],
    ),
    (
        "the description of a body field",
        &[("What it is called.", "Its name.")],
        &["documentation-changed demo::CreateVault::name"],
    ),
    (
        "the description of a schema",
        &[("A place that holds things.", "Some place.")],
        &["documentation-changed demo::types::Vault"],
    ),
    (
        "the description of a schema that fields repeat",
        &[("Who owns it.", "Its owner.")],
        &["documentation-changed demo::types::Owner"],
    ),
    (
        "the description of a field",
        &[("description: Its id.", "description: The id.")],
        &["documentation-changed demo::types::Vault::id"],
    ),
    (
        "the words of an error",
        &[("There is no such vault.", "No such vault.")],
        &["documentation-changed demo::show_vault::ShowVaultError::NotFound"],
    ),
    (
        "the words of a success",
        &[(
            "'200': {description: The vault.,",
            "'200': {description: It.,",
        )],
        &["documentation-changed demo::ShowVault"],
    ),
    (
        "the description of a header",
        &[("Its seal.", "The seal.")],
        &["documentation-changed demo::read_item::ReadItemOutput::x_seal"],
    ),
    // Facts.
    (
        "a path",
        &[("/v1/report", "/v2/report")],
        &["value-changed demo::read_report::OPERATION"],
    ),
    (
        "a region goes",
        &[("enum: [north-1, south-1]", "enum: [north-1]")],
        &["value-changed demo::ENDPOINTS"],
    ),
    (
        "a longer text in a path",
        &[("maxLength: 64", "maxLength: 36")],
        &["documentation-changed demo::ShowVault"],
    ),
    (
        "a smaller number in a query",
        &[("minimum: 1}", "minimum: 2}")],
        &["documentation-changed demo::ListVaults::limit"],
    ),
    (
        "a shorter text in a body",
        &[(
            "maxLength: 32}\n                mode",
            "maxLength: 16}\n                mode",
        )],
        &["documentation-changed demo::CreateVault::name"],
    ),
    (
        "a stricter policy",
        &[("minClasses: 3", "minClasses: 4")],
        &["value-changed demo::ChangePin::PIN_POLICY"],
    ),
    (
        "an operation goes",
        &[(
            "    delete:\n      operationId: DropItem\n      summary: Drop an item\n      parameters:\n        - {name: vault_id, in: path, required: true, schema: {type: string}}\n        - {name: item_id, in: path, required: true, schema: {type: string}}\n      responses:\n        '204': {description: It is gone.}\n",
            "",
        )],
        &["operation-removed demo::Demo::drop_item"],
    ),
    (
        "an operation goes with its types",
        &[(
            "  /v1/report:\n    get:\n      operationId: ReadReport\n      summary: Read the report\n      responses:\n        '200':\n          description: The report.\n          content:\n            application/json: {schema: {$ref: '#/components/schemas/Report'}}\n            text/csv: {schema: {type: string}}\n        '418': {description: No report., content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}}\n",
            "",
        )],
        &["operation-removed demo::Demo::read_report"],
    ),
    (
        "an operation is called something else",
        &[("operationId: ShowVault", "operationId: ReadVault")],
        &["operation-renamed demo::Demo::show_vault -> Demo::read_vault"],
    ),
    (
        "one with types of its own is called something else",
        &[("operationId: ChangePin", "operationId: SetPin")],
        &["operation-renamed demo::Demo::change_pin -> Demo::set_pin"],
    ),
    (
        "one with bodies of its own is called something else",
        &[("operationId: ReadReport", "operationId: ShowReport")],
        &["operation-renamed demo::Demo::read_report -> Demo::show_report"],
    ),
    (
        "one is called something else and gets a parameter",
        &[
            ("operationId: ShowVault", "operationId: ReadVault"),
            (
                "description: Which vault., schema: {type: string, maxLength: 64}}",
                "description: Which vault., schema: {type: string, maxLength: 64}}\n        - {name: deep, in: query, schema: {type: boolean}}",
            ),
        ],
        &[
            "operation-renamed demo::Demo::show_vault -> Demo::read_vault",
            "method-added demo::ShowVault::deep",
        ],
    ),
    (
        "two operations swap their names",
        &[
            ("operationId: ReadItem", "operationId: X"),
            ("operationId: DropItem", "operationId: ReadItem"),
            ("operationId: X", "operationId: DropItem"),
        ],
        &[
            "return-type-changed demo::DropItem::send",
            "item-added demo::drop_item::DropItemOutput",
            "value-changed demo::drop_item::OPERATION",
            "documentation-changed demo::DropItem",
            "return-type-changed demo::ReadItem::send",
            "item-removed demo::read_item::ReadItemOutput",
            "value-changed demo::read_item::OPERATION",
            "documentation-changed demo::ReadItem",
        ],
    ),
    (
        "an operation is deprecated",
        &[(
            "operationId: ShowVault",
            "operationId: ShowVault\n      deprecated: true",
        )],
        &["deprecated demo::Demo::show_vault"],
    ),
    (
        "a query parameter comes",
        &[(
            "        - {name: X-Trace, in: header, schema: {type: string}}",
            "        - {name: X-Trace, in: header, schema: {type: string}}\n        - {name: state, in: query, schema: {type: string}}",
        )],
        &["method-added demo::ListVaults::state"],
    ),
    (
        "a query parameter goes",
        &[(
            "        - {name: pageMarker, in: query, schema: {type: string}}\n",
            "",
        )],
        &["method-removed demo::ListVaults::page_marker"],
    ),
    (
        "a query parameter is renamed",
        &[("name: pageMarker", "name: marker")],
        &["method-renamed demo::ListVaults::page_marker -> ListVaults::marker"],
    ),
    (
        "a query parameter is spelled otherwise",
        &[("name: pageMarker", "name: page_marker")],
        &["documentation-changed demo::ListVaults::page_marker"],
    ),
    (
        "a query parameter moves to the headers",
        &[(
            "{name: pageMarker, in: query,",
            "{name: pageMarker, in: header,",
        )],
        &["documentation-changed demo::ListVaults"],
    ),
    (
        "a query parameter has another type",
        &[("format: int32, minimum: 1}", "format: int64, minimum: 1}")],
        &["argument-type-changed demo::ListVaults::limit"],
    ),
    (
        "a query parameter has to be there",
        &[(
            "{name: pageMarker, in: query,",
            "{name: pageMarker, in: query, required: true,",
        )],
        &["documentation-changed demo::ListVaults::page_marker"],
    ),
    (
        "a path parameter has another type",
        &[(
            "description: Which vault., schema: {type: string, maxLength: 64}}",
            "description: Which vault., schema: {type: integer, format: int64}}",
        )],
        &["argument-type-changed demo::Demo::show_vault"],
    ),
    (
        "a path parameter is renamed",
        &[
            ("/vaults/{vault_id}:", "/vaults/{id}:"),
            (
                "{name: vault_id, in: path, required: true, description: Which vault.",
                "{name: id, in: path, required: true, description: Which vault.",
            ),
        ],
        &[
            "field-renamed mock::demo::show_vault::Request::vault_id -> mock::demo::show_vault::Request::id with mock",
        ],
    ),
    (
        "path parameters swap their places",
        &[(
            "/v1/vaults/{vault_id}/items/{item_id}:",
            "/v1/vaults/{item_id}/items/{vault_id}:",
        )],
        &[
            "arguments-swapped demo::Demo::drop_item silent",
            "arguments-swapped demo::Demo::read_item silent",
        ],
    ),
    (
        "a path parameter comes",
        &[
            ("  /v1/report:", "  /v1/report/{day}:"),
            (
                "summary: Read the report",
                "summary: Read the report\n      parameters:\n        - {name: day, in: path, required: true, schema: {type: string}}",
            ),
        ],
        &[
            "argument-added demo::Demo::read_report",
            "value-changed demo::read_report::OPERATION",
        ],
    ),
    (
        "a field of a body comes",
        &[(
            "                size: {type: integer, format: int32}\n                door",
            "                size: {type: integer, format: int32}\n                place: {type: string}\n                door",
        )],
        &["method-added demo::CreateVault::place"],
    ),
    (
        "a field of a body goes",
        &[(
            "                size: {type: integer, format: int32}\n                door",
            "                door",
        )],
        &["method-removed demo::CreateVault::size"],
    ),
    (
        "a field of a body is renamed",
        &[(
            "                size: {type: integer, format: int32}\n                door",
            "                volume: {type: integer, format: int32}\n                door",
        )],
        &["method-renamed demo::CreateVault::size -> CreateVault::volume"],
    ),
    (
        "a field of a body may be left out",
        &[("required: [name, door]", "required: [door]")],
        &["field-type-changed mock::demo::create_vault::Request::name with mock"],
    ),
    (
        "a field of a body has another type",
        &[(
            "                size: {type: integer, format: int32}\n                door",
            "                size: {type: string}\n                door",
        )],
        &["argument-type-changed demo::CreateVault::size"],
    ),
    (
        "a word comes",
        &[("enum: [safe, fast]", "enum: [safe, fast, slow]")],
        &["variant-added demo::types::CreateVaultBodyMode::Slow"],
    ),
    (
        "a word goes",
        &[("enum: [safe, fast]", "enum: [safe]")],
        &["variant-removed demo::types::CreateVaultBodyMode::Fast"],
    ),
    (
        "a word comes that is called like another",
        &[("enum: [safe, fast]", "enum: [FAST, safe, fast]")],
        &["variant-added demo::types::CreateVaultBodyMode::FastUpper"],
    ),
    (
        "a query parameter comes that is called like a field of the body",
        &[(
            "      summary: Make a vault\n      parameters:\n",
            "      summary: Make a vault\n      parameters:\n        - {name: size, in: query, schema: {type: string}}\n",
        )],
        &["method-added demo::CreateVault::size_query"],
    ),
    (
        "a body stands elsewhere",
        &[
            (
                "            schema:\n              type: object\n              required: [name, door]\n              properties:\n                name: {type: string, description: What it is called., maxLength: 32}\n                mode: {type: string, enum: [safe, fast]}\n                size: {type: integer, format: int32}\n                door: {$ref: '#/components/schemas/Door'}\n                rules: {type: array, items: {$ref: '#/components/schemas/Rule'}}\n",
                "            schema: {$ref: '#/components/schemas/Wish'}\n",
            ),
            (
                "    VaultList:\n",
                "    Wish:\n              type: object\n              required: [name, door]\n              properties:\n                name: {type: string, description: What it is called., maxLength: 32}\n                mode: {type: string, enum: [safe, fast]}\n                size: {type: integer, format: int32}\n                door: {$ref: '#/components/schemas/Door'}\n                rules: {type: array, items: {$ref: '#/components/schemas/Rule'}}\n    VaultList:\n",
            ),
        ],
        &[],
    ),
    (
        "a schema that nothing uses is called like one without a name",
        &[(
            "    Fault:\n",
            "    VaultState: {type: object, properties: {a: {type: string}}}\n    Fault:\n",
        )],
        &[],
    ),
    (
        "words have another order",
        &[("enum: [safe, fast]", "enum: [fast, safe]")],
        &[],
    ),
    (
        "a list of words becomes any text",
        &[(
            "mode: {type: string, enum: [safe, fast]}",
            "mode: {type: string}",
        )],
        &[
            "argument-type-changed demo::CreateVault::mode",
            "item-removed demo::types::CreateVaultBodyMode",
        ],
    ),
    (
        "a text becomes a secret",
        &[(
            "note: {type: string}",
            "note: {type: string, format: password}",
        )],
        &["argument-type-changed demo::ChangePin::note"],
    ),
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
        "a field of an answer comes",
        &[(
            "        mail: {type: string}",
            "        mail: {type: string}\n        born: {type: string}",
        )],
        &["field-added demo::types::Owner::born"],
    ),
    (
        "a field of an answer comes and is promised",
        &[(
            "      description: A place that holds things.\n      required: [id]\n      properties:\n",
            "      description: A place that holds things.\n      required: [id, born]\n      properties:\n        born: {type: string}\n",
        )],
        &["field-added demo::types::Vault::born"],
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
        &[
            "return-type-changed demo::DropItem::send",
            "item-added demo::drop_item::DropItemOutput",
        ],
    ),
    (
        "a header of an answer goes",
        &[(
            "          headers:\n            X-Seal: {description: Its seal., required: true, schema: {type: string}}\n",
            "",
        )],
        &[
            "return-type-changed demo::ReadItem::send",
            "item-removed demo::read_item::ReadItemOutput",
        ],
    ),
    (
        "a header of an answer may be missing",
        &[(
            "{description: Its seal., required: true,",
            "{description: Its seal.,",
        )],
        &["field-type-changed demo::read_item::ReadItemOutput::x_seal"],
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
        &["variant-type-changed demo::list_vaults::ListVaultsError::NotFound"],
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
];

#[test]
fn each_is_told_and_none_twice() {
    let old = surface_of(VAULTS);
    let mut wrong = String::new();
    for (what, edits, expected) in PAIRS {
        let new = surface_of(&edited(edits));
        let changes = compare(&old, &new);
        let found = lines(&changes);
        if found != *expected {
            wrong.push_str(&format!("{what}\n"));
            for (line, it) in found.iter().zip(&changes) {
                wrong.push_str(&format!("    {line}\n        {}\n", it.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
