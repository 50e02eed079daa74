//! What to write in a document so that a change of it breaks nobody.

/// By the code of a difference: how to say the same and break nobody, or fewer.
const AVOIDED: &[(&str, &str)] = &[
    (
        "operation-removed",
        "mark it with `deprecated: true` for a release, and remove it in the next that breaks anyway",
    ),
    (
        "operation-renamed",
        "keep the `operationId`: it is not sent, and methods are named after it",
    ),
    (
        "path-changed",
        "keep the old path as long as the service answers there, deprecated, beside the new one",
    ),
    (
        "parameter-removed",
        "mark it with `deprecated: true` as long as the service passes over it",
    ),
    (
        "required-parameter-added",
        "leave it optional if the service assumes a value, and write that as its `default`",
    ),
    (
        "became-required",
        "leave it optional if the service assumes something without it; what that is, a parameter or a property \
         says by its `default`",
    ),
    (
        "required-property-added",
        "leave it optional if the service assumes a value, and write that as its `default`",
    ),
    (
        "required-body-added",
        "leave it optional if the service assumes something without it",
    ),
    (
        "value-removed",
        "mark the schema's description with when the word went, and remove it in the next release that breaks anyway",
    ),
    (
        "property-removed",
        "mark it with `deprecated: true` as long as it may be sent or come",
    ),
    (
        "required-property-removed",
        "make it optional and mark it with `deprecated: true` first",
    ),
    (
        "property-renamed",
        "add the new name beside the old one, and mark the old one with `deprecated: true`",
    ),
    (
        "required-property-renamed",
        "add the new name beside the old one, and mark the old one with `deprecated: true`",
    ),
    (
        "parameter-renamed",
        "add the new name beside the old one, and mark the old one with `deprecated: true`",
    ),
    ("item-renamed", "keep the name: it is not on the wire"),
    (
        "server-removed",
        "keep the address as long as anybody answers there",
    ),
    ("server-changed", "list the new address beside the old one"),
];

/// What would have avoided a difference, by its code.
pub(crate) fn avoided(code: &str) -> Option<&'static str> {
    let found = AVOIDED.iter().find(|(known, _)| *known == code);
    found.map(|(_, what)| *what)
}
