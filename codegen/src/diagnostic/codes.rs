//! The stable names of what `load` finds, and of what more than one check does; what one check alone
//! finds is a rule beside it.
//!
//! A code never changes its meaning: people quote it in reviews and search for it.

use super::Class;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $class:ident;)*) => {
        $($(#[$doc])* pub const $name: &str = $code;)*

        /// Every code of this file, in its order.
        pub const ALL: &[&str] = &[$($name),*];

        /// The class of a code of this file.
        pub fn class_of(code: &str) -> Option<Class> {
            match code {
                $($code => Some(Class::$class),)*
                _ => None,
            }
        }
    };
}

codes! {
    /// The text is not YAML.
    SYNTAX = "yaml::syntax", Invalid;
    /// The text holds no document.
    EMPTY = "yaml::empty", Invalid;
    /// The text holds more than one document.
    SEVERAL_DOCUMENTS = "yaml::several-documents", Invalid;
    /// A mapping has the same key twice.
    DUPLICATE_KEY = "yaml::duplicate-key", Invalid;
    /// A key is neither text nor a whole number.
    KEY_NOT_TEXT = "yaml::key-not-text", Invalid;
    /// A value carries a tag outside YAML's core schema, or one that contradicts it.
    TAG = "yaml::tag", Invalid;
    /// A number JSON cannot write: infinite or not a number.
    NUMBER = "yaml::number", Invalid;
    /// `<<` merges something that is not a mapping.
    MERGE_KEY = "yaml::merge-key", Invalid;
    /// Lists and mappings are nested too deeply.
    TOO_DEEP = "yaml::too-deep", Invalid;
    /// Aliases blow the document up, or an anchor holds itself.
    ALIAS = "yaml::alias", Invalid;

    /// `openapi` names a version other than 3.0.x and 3.1.x.
    VERSION = "spec::version", Invalid;
    /// A field the specification does not have at this place.
    UNKNOWN_FIELD = "spec::unknown-field", Invalid;
    /// A required field is missing.
    MISSING_FIELD = "spec::missing-field", Invalid;
    /// A value of the wrong kind: text for a number, a list for a mapping.
    WRONG_KIND = "spec::wrong-kind", Invalid;
    /// A word outside the fixed list of words for its field.
    UNKNOWN_WORD = "spec::unknown-word", Invalid;
    /// Fields that exclude each other.
    CONFLICTING_FIELDS = "spec::conflicting-fields", Invalid;
    /// A list that must have an item has none.
    EMPTY_LIST = "spec::empty-list", Invalid;
    /// A name with characters it cannot have.
    INVALID_NAME = "spec::invalid-name", Invalid;
    /// Valid OpenAPI that no client can be made from.
    UNSUPPORTED = "spec::unsupported", Lossy;
    /// Valid, but without any effect on the client.
    NO_EFFECT = "spec::no-effect", Lossy;

    /// Something the standard has and the client takes no notice of.
    NOT_READ = "spec::not-read", Lossy;

    /// References lead in a circle without anything in between.
    REF_CYCLE = "spec::ref-cycle", Invalid;
    /// Fields beside `$ref`, which OpenAPI 3.0 ignores.
    REF_SIBLINGS = "spec::ref-siblings", Lint;

    /// A path that is not a valid template.
    PATH_TEMPLATE = "spec::path-template", Invalid;
    /// Two paths that match the same requests.
    PATH_CLASH = "spec::path-clash", Invalid;
    /// A parameter of the path is not declared, or a declared one is not in the path.
    PATH_PARAMETER = "spec::path-parameter", Invalid;
    /// The same name and place declared twice.
    DUPLICATE_PARAMETER = "spec::duplicate-parameter", Invalid;
    /// A `style` the parameter's place does not know.
    PARAMETER_STYLE = "spec::parameter-style", Lossy;
    /// An operation name that is used twice or cannot become a method's name.
    OPERATION_ID = "spec::operation-id", Invalid;
    /// A server address that cannot be filled in.
    SERVER = "spec::server", Invalid;
    /// A security requirement without its scheme.
    SECURITY = "spec::security", Invalid;

    /// An enum with a value twice, or of the wrong type.
    ENUM = "schema::enum", Invalid;
    /// An example or default that its own schema refuses.
    EXAMPLE = "schema::example", Invalid;

    /// Text that looks like a secret and is not marked as one.
    SECRET_UNMARKED = "secret::unmarked", Lint;
    /// A secret in a path or query.
    SECRET_IN_URL = "secret::in-url", Lint;
    /// `format: password` on something other than text.
    SECRET_NOT_TEXT = "secret::not-text", Lint;
    /// A secret with a default value.
    SECRET_DEFAULT = "secret::default", Lint;

    /// An extension of this project written wrongly.
    EXTENSION = "extension::shape", Invalid;
    /// An extension of this project where it has no meaning.
    EXTENSION_PLACE = "extension::place", Invalid;
    /// An extension that names a field its neighbour does not have.
    EXTENSION_FIELD = "extension::field", Invalid;
    /// An extension that is a near miss of one of this project.
    EXTENSION_NAME = "extension::name", Lint;

    /// A file name that cannot become a service.
    SERVICE_NAME = "service::name", Invalid;
    /// Two documents that become the same service.
    SERVICE_CLASH = "service::clash", Invalid;
    /// Two documents that describe the same call.
    CALL_CLASH = "service::call-clash", Invalid;

    /// Schemas of `allOf` that make no object together.
    ALL_OF = "lower::all-of", Lossy;
    /// Servers whose base paths differ.
    BASE_PATH = "lower::base-path", Lossy;
    /// Shapes of a choice that cannot be told apart in the order they stand in.
    CHOICE_ORDER = "lower::choice-order", Lossy;
    /// Properties beside a choice of shapes.
    CHOICE_PROPERTIES = "lower::choice-properties", Lossy;
    /// A type that contains itself without an object between.
    CIRCULAR_TYPE = "lower::circular-type", Lossy;
    /// A discriminator that is not read.
    DISCRIMINATOR = "lower::discriminator", Lossy;
    /// A header of a response that is given as text.
    HEADER_TYPE = "lower::header-type", Lossy;
    /// Headers of responses that callers are not given.
    HEADERS = "lower::headers", Lossy;
    /// A message with media types that the client does not choose.
    MEDIA_TYPES = "lower::media-types", Lossy;
    /// A server whose region is not told.
    NO_REGION = "lower::no-region", Lossy;
    /// A password policy that would not be checked.
    POLICY_PLACE = "lower::policy-place", Lossy;
    /// A region with two addresses.
    REGION_TWICE = "lower::region-twice", Invalid;
    /// A secret in what can only be taken as any JSON.
    SECRET_LOST = "lower::secret-lost", Lossy;
    /// More types inside each other than the generator follows.
    TYPES_TOO_DEEP = "lower::too-deep", Lossy;

    /// An operation that cannot be emitted.
    NOT_EMITTED = "emit::unsupported", Lossy;
}
