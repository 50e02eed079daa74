//! The stable names of what `load` finds, and of what more than one check does; what one check alone
//! finds is a rule beside it.
//!
//! A code never changes its meaning: people quote it in reviews and search for it.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $code;)*

        /// Every code of this file, in its order.
        pub const ALL: &[&str] = &[$($name),*];
    };
}

codes! {
    /// The text is not YAML.
    SYNTAX = "yaml::syntax";
    /// The text holds no document.
    EMPTY = "yaml::empty";
    /// The text holds more than one document.
    SEVERAL_DOCUMENTS = "yaml::several-documents";
    /// A mapping has the same key twice.
    DUPLICATE_KEY = "yaml::duplicate-key";
    /// A key is neither text nor a whole number.
    KEY_NOT_TEXT = "yaml::key-not-text";
    /// A value carries a tag outside YAML's core schema, or one that contradicts it.
    TAG = "yaml::tag";
    /// A number JSON cannot write: infinite or not a number.
    NUMBER = "yaml::number";
    /// `<<` merges something that is not a mapping.
    MERGE_KEY = "yaml::merge-key";
    /// Lists and mappings are nested too deeply.
    TOO_DEEP = "yaml::too-deep";
    /// Aliases blow the document up, or an anchor holds itself.
    ALIAS = "yaml::alias";

    /// `openapi` names a version other than 3.0.x.
    VERSION = "spec::version";
    /// A field the specification does not have at this place.
    UNKNOWN_FIELD = "spec::unknown-field";
    /// A required field is missing.
    MISSING_FIELD = "spec::missing-field";
    /// A value of the wrong kind: text for a number, a list for a mapping.
    WRONG_KIND = "spec::wrong-kind";
    /// A word outside the fixed list of words for its field.
    UNKNOWN_WORD = "spec::unknown-word";
    /// Fields that exclude each other.
    CONFLICTING_FIELDS = "spec::conflicting-fields";
    /// A list that must have an item has none.
    EMPTY_LIST = "spec::empty-list";
    /// A name with characters it cannot have.
    INVALID_NAME = "spec::invalid-name";
    /// Valid OpenAPI that no client can be made from.
    UNSUPPORTED = "spec::unsupported";
    /// Valid, but without any effect on the client.
    NO_EFFECT = "spec::no-effect";

    /// References lead in a circle without anything in between.
    REF_CYCLE = "spec::ref-cycle";
    /// Fields beside `$ref`, which OpenAPI 3.0 ignores.
    REF_SIBLINGS = "spec::ref-siblings";

    /// A path that is not a valid template.
    PATH_TEMPLATE = "spec::path-template";
    /// Two paths that match the same requests.
    PATH_CLASH = "spec::path-clash";
    /// A parameter of the path is not declared, or a declared one is not in the path.
    PATH_PARAMETER = "spec::path-parameter";
    /// The same name and place declared twice.
    DUPLICATE_PARAMETER = "spec::duplicate-parameter";
    /// A `style` the parameter's place does not know.
    PARAMETER_STYLE = "spec::parameter-style";
    /// An operation name that is used twice or cannot become a method's name.
    OPERATION_ID = "spec::operation-id";
    /// A server address that cannot be filled in.
    SERVER = "spec::server";
    /// A security requirement without its scheme.
    SECURITY = "spec::security";

    /// An enum with a value twice, or of the wrong type.
    ENUM = "schema::enum";
    /// An example or default that its own schema refuses.
    EXAMPLE = "schema::example";

    /// Text that looks like a secret and is not marked as one.
    SECRET_UNMARKED = "secret::unmarked";
    /// A secret in a path or query.
    SECRET_IN_URL = "secret::in-url";
    /// `format: password` on something other than text.
    SECRET_NOT_TEXT = "secret::not-text";
    /// A secret with a default value.
    SECRET_DEFAULT = "secret::default";

    /// An extension of this project written wrongly.
    EXTENSION = "extension::shape";
    /// An extension of this project where it has no meaning.
    EXTENSION_PLACE = "extension::place";
    /// An extension that names a field its neighbour does not have.
    EXTENSION_FIELD = "extension::field";
    /// An extension that is a near miss of one of this project.
    EXTENSION_NAME = "extension::name";

    /// A file name that cannot become a service.
    SERVICE_NAME = "service::name";
    /// Two documents that become the same service.
    SERVICE_CLASH = "service::clash";
    /// Two documents that describe the same call.
    CALL_CLASH = "service::call-clash";
}
