//! Every kind of difference on the wire: its name, and how bad it is in which direction.

use crate::change::{Direction, Severity};

use Severity::{Breaking, Compatible, Dangerous, Documentation, None};

/// A kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Its stable name.
    pub name: &'static str,
    /// How bad it is in what a client sends.
    pub request: Severity,
    /// How bad it is in what a client receives.
    pub response: Severity,
    /// What it means.
    pub meaning: &'static str,
}

impl Code {
    /// How bad it is in one direction; the worse of both where it is about both.
    pub fn severity(&self, direction: Direction) -> Severity {
        match direction {
            Direction::Request => self.request,
            Direction::Response => self.response,
            Direction::None | Direction::Both => self.request.max(self.response),
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $meaning:literal])* $name:ident = $text:literal: $request:ident, $response:ident;)*) => {
        $($(#[doc = $meaning])* pub(crate) const $name: Code = Code {
            name: $text,
            request: $request,
            response: $response,
            meaning: concat!($($meaning),*).trim_ascii(),
        };)*

        /// All of them.
        pub const CODES: &[Code] = &[$($name),*];
    };
}

codes! {
    /// An operation is gone.
    OPERATION_REMOVED = "operation-removed": Breaking, Breaking;
    /// An operation is new.
    OPERATION_ADDED = "operation-added": Compatible, Compatible;
    /// An operation is called otherwise; its name is not sent.
    OPERATION_RENAMED = "operation-renamed": None, None;
    /// An operation is found at another service.
    OPERATION_MOVED = "operation-moved": Breaking, Breaking;
    /// A service is gone.
    SERVICE_REMOVED = "service-removed": Breaking, Breaking;
    /// A service is new.
    SERVICE_ADDED = "service-added": Compatible, Compatible;
    /// An operation has another path.
    PATH_CHANGED = "path-changed": Breaking, Breaking;
    /// An operation has another method.
    METHOD_CHANGED = "method-changed": Breaking, Breaking;
    /// A place in a path is called otherwise; its name is not sent.
    PATH_PARAMETER_RENAMED = "path-parameter-renamed": None, None;
    /// Something is advised against.
    DEPRECATED = "deprecated": Documentation, Documentation;
    /// Something is no longer advised against.
    NO_LONGER_DEPRECATED = "no-longer-deprecated": Documentation, Documentation;

    /// A parameter, or a header of a part, that may be left out is new.
    PARAMETER_ADDED = "parameter-added": Compatible, Compatible;
    /// A parameter, or a header of a part, that must be there is new.
    REQUIRED_PARAMETER_ADDED = "required-parameter-added": Breaking, Breaking;
    /// A parameter, or a header of a part, is gone: a service may pass over it, or refuse it.
    PARAMETER_REMOVED = "parameter-removed": Dangerous, Dangerous;
    /// A parameter is called otherwise, and all else of it is the same.
    PARAMETER_RENAMED = "parameter-renamed": Dangerous, Dangerous;
    /// A parameter that must be there is called otherwise, and all else of it is the same.
    REQUIRED_PARAMETER_RENAMED = "required-parameter-renamed": Breaking, Breaking;
    /// A parameter goes elsewhere in the request.
    PARAMETER_PLACE_CHANGED = "parameter-place-changed": Breaking, Breaking;
    /// The value of a parameter is written in another way.
    PARAMETER_STYLE_CHANGED = "parameter-style-changed": Breaking, Breaking;

    /// What could be left out must be there.
    BECAME_REQUIRED = "became-required": Breaking, Compatible;
    /// What had to be there may be left out.
    BECAME_OPTIONAL = "became-optional": Compatible, Breaking;

    /// A body that may be left out is new.
    BODY_ADDED = "body-added": Compatible, Compatible;
    /// A body that must be there is new.
    REQUIRED_BODY_ADDED = "required-body-added": Breaking, Breaking;
    /// There is no body any more.
    BODY_REMOVED = "body-removed": Dangerous, Breaking;
    /// A body, or a part of one, may be of one more media type.
    MEDIA_TYPE_ADDED = "media-type-added": Compatible, Dangerous;
    /// A body, or a part of one, may no longer be of a media type.
    MEDIA_TYPE_REMOVED = "media-type-removed": Breaking, Breaking;
    /// A body is of another media type.
    MEDIA_TYPE_CHANGED = "media-type-changed": Breaking, Breaking;
    /// A part of a body is written in another way.
    ENCODING_CHANGED = "encoding-changed": Breaking, Breaking;

    /// A success is new.
    SUCCESS_ADDED = "success-added": Compatible, Compatible;
    /// A success is gone.
    SUCCESS_REMOVED = "success-removed": Breaking, Breaking;
    /// An error is new.
    ERROR_ADDED = "error-added": Compatible, Compatible;
    /// An error is gone.
    ERROR_REMOVED = "error-removed": Compatible, Compatible;
    /// A response comes under another status, and all else of it is the same.
    STATUS_CHANGED = "status-changed": Breaking, Breaking;
    /// A header that may be left out is new in a response.
    HEADER_ADDED = "header-added": Compatible, Compatible;
    /// A header that may be left out is gone from a response.
    HEADER_REMOVED = "header-removed": Dangerous, Dangerous;
    /// A header that was promised is gone from a response.
    REQUIRED_HEADER_REMOVED = "required-header-removed": Breaking, Breaking;

    /// A value is of another type.
    TYPE_CHANGED = "type-changed": Breaking, Breaking;
    /// A value may be of more types than before.
    TYPE_WIDENED = "type-widened": Compatible, Breaking;
    /// A value may be of fewer types than before.
    TYPE_NARROWED = "type-narrowed": Breaking, Compatible;
    /// A value is of another format.
    FORMAT_CHANGED = "format-changed": Dangerous, Dangerous;
    /// A number may need more bits than before.
    FORMAT_WIDENED = "format-widened": Compatible, Dangerous;
    /// A number has to do with fewer bits than before.
    FORMAT_NARROWED = "format-narrowed": Breaking, Compatible;
    /// A format says what a value is for, and not how it is written.
    SECRECY_CHANGED = "secrecy-changed": None, None;
    /// A value may be null.
    NULL_ALLOWED = "null-allowed": Compatible, Breaking;
    /// A value may no longer be null.
    NULL_REFUSED = "null-refused": Breaking, Compatible;
    /// There is one more word to choose.
    VALUE_ADDED = "value-added": Compatible, Dangerous;
    /// There is one word less to choose.
    VALUE_REMOVED = "value-removed": Breaking, Compatible;
    /// The one value that there is to choose is another.
    ONLY_VALUE_CHANGED = "only-value-changed": Breaking, Dangerous;
    /// Any value would do, and now it is one of some.
    VALUES_LISTED = "values-listed": Breaking, Compatible;
    /// It was one of some values, and now any will do.
    VALUES_UNLISTED = "values-unlisted": Compatible, Dangerous;
    /// Fewer values will do.
    CONSTRAINT_NARROWED = "constraint-narrowed": Breaking, Compatible;
    /// More values will do.
    CONSTRAINT_WIDENED = "constraint-widened": Compatible, Dangerous;
    /// Other values will do.
    CONSTRAINT_CHANGED = "constraint-changed": Dangerous, Dangerous;
    /// A default is told that was not told before.
    DEFAULT_ADDED = "default-added": Documentation, Documentation;
    /// What is left out is taken for another value.
    DEFAULT_CHANGED = "default-changed": Dangerous, Documentation;
    /// It is not told any more what is taken for a value that is left out.
    DEFAULT_REMOVED = "default-removed": Dangerous, Documentation;

    /// A property that may be left out is new.
    PROPERTY_ADDED = "property-added": Compatible, Compatible;
    /// A property that must be there is new.
    REQUIRED_PROPERTY_ADDED = "required-property-added": Breaking, Compatible;
    /// A property that may be left out is gone.
    PROPERTY_REMOVED = "property-removed": Dangerous, Dangerous;
    /// A property that had to be there is gone.
    REQUIRED_PROPERTY_REMOVED = "required-property-removed": Dangerous, Breaking;
    /// A property is called otherwise, and all else of it is the same.
    PROPERTY_RENAMED = "property-renamed": Dangerous, Dangerous;
    /// A property that must be there is called otherwise, and all else of it is the same.
    REQUIRED_PROPERTY_RENAMED = "required-property-renamed": Breaking, Breaking;
    /// An object takes no properties beside those that are listed.
    CLOSED = "closed": Breaking, Compatible;
    /// An object may have properties beside those that are listed.
    OPENED = "opened": Compatible, Compatible;
    /// A value may have one more shape.
    ALTERNATIVE_ADDED = "alternative-added": Compatible, Dangerous;
    /// A value may have one shape less.
    ALTERNATIVE_REMOVED = "alternative-removed": Breaking, Compatible;
    /// A word tells which shape a value has, where it was told by its shape.
    DISCRIMINATOR_ADDED = "discriminator-added": Dangerous, Dangerous;
    /// No word tells any more which shape a value has.
    DISCRIMINATOR_REMOVED = "discriminator-removed": Dangerous, Dangerous;
    /// Which shape a value has is told by another word, or by one at another place.
    DISCRIMINATOR_CHANGED = "discriminator-changed": Breaking, Breaking;

    /// Some credentials will no longer do.
    SECURITY_TIGHTENED = "security-tightened": Breaking, Breaking;
    /// More credentials will do, or none at all.
    SECURITY_LOOSENED = "security-loosened": Compatible, Compatible;
    /// Credentials are sent in another way.
    SECURITY_SCHEME_CHANGED = "security-scheme-changed": Breaking, Breaking;
    /// There is one more address.
    SERVER_ADDED = "server-added": Compatible, Compatible;
    /// An address is gone.
    SERVER_REMOVED = "server-removed": Breaking, Breaking;
    /// An address is another.
    SERVER_CHANGED = "server-changed": Breaking, Breaking;
    /// A part of an address, such as the region, may be one more word.
    SERVER_VALUE_ADDED = "server-value-added": Compatible, Compatible;
    /// A part of an address, such as the region, may no longer be a word.
    SERVER_VALUE_REMOVED = "server-value-removed": Breaking, Breaking;
    /// A part of an address could be any word, and is one of some.
    SERVER_VALUES_LISTED = "server-values-listed": Breaking, Breaking;
    /// It is not told any more which words a part of an address, such as the region, can be.
    SERVER_VALUES_UNLISTED = "server-values-unlisted": Breaking, Breaking;
    /// Another address is the first one, or another word is taken for a part of it.
    SERVER_DEFAULT_CHANGED = "server-default-changed": Dangerous, Dangerous;

    /// Passwords that were good are refused.
    PASSWORD_POLICY_NARROWED = "password-policy-narrowed": Breaking, Compatible;
    /// More passwords are good.
    PASSWORD_POLICY_WIDENED = "password-policy-widened": Compatible, Dangerous;
    /// Some passwords that were good are refused, and others are good.
    PASSWORD_POLICY_CHANGED = "password-policy-changed": Breaking, Dangerous;
    /// Callers need another right.
    PERMISSION_ADDED = "permission-added": Dangerous, Dangerous;
    /// The rights that callers need are fewer, or described otherwise.
    PERMISSION_CHANGED = "permission-changed": Documentation, Documentation;
    /// Whether a request may be sent twice is told otherwise.
    RETRY_CHANGED = "retry-changed": None, None;
    /// A service takes fewer calls, at once or over time.
    RATE_LIMIT_LOWERED = "rate-limit-lowered": Dangerous, Dangerous;
    /// A service takes more calls.
    RATE_LIMIT_RAISED = "rate-limit-raised": Compatible, Compatible;
    /// What makes a response a success is told otherwise.
    SUCCESS_CONDITION_CHANGED = "success-condition-changed": Dangerous, Dangerous;
    /// A value is needed where another is not given.
    CONDITION_ADDED = "condition-added": Breaking, Compatible;
    /// A value is no longer needed where another is not given.
    CONDITION_REMOVED = "condition-removed": Compatible, Dangerous;
    /// When a value is needed is told otherwise.
    CONDITION_CHANGED = "condition-changed": Breaking, Dangerous;
    /// Another word answers a question with yes.
    PREDICATE_CHANGED = "predicate-changed": None, None;
    /// What only a generator reads is told otherwise.
    EXTENSION_CHANGED = "extension-changed": None, None;

    /// A description, a summary or a title is in other words.
    WORDS_CHANGED = "words-changed": Documentation, Documentation;
    /// An example is another.
    EXAMPLE_CHANGED = "example-changed": Documentation, Documentation;
    /// What is said of the document itself is told otherwise.
    INFORMATION_CHANGED = "information-changed": Documentation, Documentation;
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_have_one_name_and_all_say_what_they_mean() {
        let names: HashSet<_> = CODES.iter().map(|code| code.name).collect();
        assert_eq!(names.len(), CODES.len());
        for code in CODES {
            assert!(code.meaning.ends_with('.'), "{}", code.name);
        }
    }
}
