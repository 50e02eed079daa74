//! Operations, and what they take.

use super::Pair;

pub const PAIRS: &[Pair] = &[
    (
        "an operation goes",
        &[(
            "    delete:\n      operationId: DropItem\n      parameters:\n        - {name: vault_id, in: path, required: true, schema: {type: string}}\n        - {name: item_id, in: path, required: true, schema: {type: string}}\n      responses:\n        '204': {description: It is gone.}\n",
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
            "item-added demo::drop_item::DropItemHeaders",
            "value-changed demo::drop_item::OPERATION",
            "documentation-changed demo::DropItem",
            "return-type-changed demo::ReadItem::send",
            "item-removed demo::read_item::ReadItemHeaders",
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
        "an operation is called something else, and its path",
        &[
            ("operationId: ShowVault", "operationId: ReadVault"),
            ("/vaults/{vault_id}:", "/vaults/{id}:"),
            (
                "{name: vault_id, in: path, required: true, description: Which vault.",
                "{name: id, in: path, required: true, description: Which vault.",
            ),
        ],
        &[
            "operation-renamed demo::Demo::show_vault -> Demo::read_vault",
            "field-renamed mock::demo::show_vault::Request::vault_id -> mock::demo::read_vault::Request::id with mock",
        ],
    ),
];
