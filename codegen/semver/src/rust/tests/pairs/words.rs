//! Words and facts: nothing that a caller could not go on with.

use super::Pair;

pub const PAIRS: &[Pair] = &[
    ("nothing", &[], &[]),
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
        &["documentation-changed demo::read_item::ReadItemHeaders::x_seal"],
    ),
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
        "fewer calls are taken",
        &[("{calls: 100,", "{calls: 50,")],
        &["value-changed demo::ENDPOINTS"],
    ),
    (
        "a path of an operation without words",
        &[(
            "/v1/vaults/{vault_id}/items/",
            "/v1/vaults/{vault_id}/things/",
        )],
        &[
            "value-changed demo::drop_item::OPERATION",
            "value-changed demo::read_item::OPERATION",
        ],
    ),
];
