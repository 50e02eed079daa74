//! The names that emitted code has for itself, by the place at which another would hide them.
//!
//! Whoever adds a name to an emitter (a field, a method, an import) adds it here. The test of
//! `codegen/tests/it/generate/names.rs` compiles a crate that uses all of them.

use crate::model::Package;

/// Crates that paths begin with; a module of such a name beside the path would hide them.
const CRATES: &[&str] = &[
    "std",
    "core",
    "alloc",
    "proc_macro",
    "serde",
    "serde_json",
    "tokio",
    "wiremock",
];

/// The types of the language; a module of such a name hides them.
#[rustfmt::skip]
const PRIMITIVES: &[&str] = &[
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize",
    "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64",
];

/// Methods that every type has by value, which go before those that take a reference.
const OF_ALL_TYPES: &[&str] = &["into", "try_into"];

/// Files that Windows keeps for its devices.
#[rustfmt::skip]
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Modules, features and methods that stand beside those of the services.
#[rustfmt::skip]
const BESIDE_SERVICES: &[&str] = &[
    // Modules of the crate, and what cargo takes such folders for.
    "client", "runtime", "credentials", "blocking", "mock", "identity", "lib", "main", "bin", "support",
    // Features.
    "default", "rustls", "native_tls", "http2", "reqwest", "clouds_yaml", "cli",
    // Methods of the clients and of the mock.
    "new", "clone", "builder", "core", "of", "with_options", "region", "project_id", "send", "blocking_client", "set_up", "verify", "assert",
];

/// Modules that stand beside those of the operations, and methods of the accessor.
const BESIDE_OPERATIONS: &[&str] = &[
    "types",
    "wire",
    "checks",
    "identity",
    "mod",
    "new",
    "client",
    "endpoints",
    "service",
];

/// Fields and methods of a builder, and what its functions call their locals and arguments.
pub(crate) const IN_A_BUILDER: &[&str] = &[
    "client",
    "body",
    "written_body",
    "call_options",
    "send",
    "request",
    "read",
    "new",
    "project_override",
    "enforcement",
];

/// What is imported where types of a document, or named after its operations and services, stand:
/// the prelude, the runtime's types, and those of a file itself.
#[rustfmt::skip]
pub(crate) const TYPES: &[&str] = &[
    "String", "Option", "Vec", "Box", "Result", "Default", "Self", "Self_", "Error_",
    "Some", "None", "Ok", "Err", "From", "Into", "TryFrom", "TryInto", "AsRef", "AsMut",
    "Clone", "Copy", "Send", "Sync", "Sized", "Unpin", "Drop", "Fn", "FnMut", "FnOnce",
    "Iterator", "IntoIterator", "FromIterator", "Extend", "ToOwned", "ToString",
    "PartialEq", "Eq", "PartialOrd", "Ord", "Debug", "Password", "WideInteger", "SecretJson", "Serialize", "Deserialize",
];

/// As [`TYPES`], where the types of a document stand in a module of their own.
#[rustfmt::skip]
const IMPORTED: &[&str] = &[
    "Request", "Error", "InvalidRequest", "Operation", "Response", "Retry", "Client", "ClientBuilder",
    "Call", "CallOptions", "CharacterClass", "PasswordPolicy", "PolicyEnforcement",
    "ServiceEndpoints", "SecurityScheme", "Script", "Expectation", "MockedOperation", "Received", "Reply", "Unreadable",
    "Documented", "Outcome", "Download", "RawResponse", "Mock", "BuiltClient", "Core",
    // In the tests of the crate.
    "TestResult", "Failure", "Headers",
];

/// The crates that every name stands beside: the client itself and what it stands on.
fn own_crates(package: &Package) -> [String; 2] {
    [package.krate(), package.runtime.krate()]
}

/// What a crate cannot be called, and why: paths in it and in its tests begin with that.
pub(crate) fn taken_for_crates(name: &str, runtime: &str) -> Option<&'static str> {
    let krate = name.replace('-', "_").to_ascii_lowercase();
    let is_in = |names: &[&str]| names.contains(&krate.as_str());
    if super::is_keyword(&krate) {
        return Some("a keyword of Rust");
    }
    if krate == runtime || is_in(CRATES) || is_in(&["test"]) {
        return Some("a crate that it is compiled with");
    }
    if is_in(PRIMITIVES) {
        return Some("a type of Rust");
    }
    if is_in(DEVICES) {
        return Some("a device on Windows");
    }
    is_in(&["support"]).then_some("a module of its tests")
}

/// Whether a service of this module's name would hide or double something.
pub(crate) fn is_taken_beside_services(module: &str, package: &Package) -> bool {
    let of_its_own = own_crates(package).iter().any(|name| name == module);
    of_its_own
        || [CRATES, PRIMITIVES, DEVICES, OF_ALL_TYPES, BESIDE_SERVICES]
            .iter()
            .any(|names| names.contains(&module))
}

/// What an operation's module and method cannot be called.
pub(crate) fn beside_operations(package: &Package) -> Vec<String> {
    let all = [CRATES, PRIMITIVES, DEVICES, OF_ALL_TYPES, BESIDE_OPERATIONS];
    let names = all.into_iter().flatten().map(|it| (*it).to_owned());
    names.chain(own_crates(package)).collect()
}

/// What the types named after operations and services cannot be called.
pub(crate) fn imported_types() -> impl Iterator<Item = &'static str> {
    [TYPES, IMPORTED].into_iter().flatten().copied()
}
