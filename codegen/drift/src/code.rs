//! The stable codes of differences.
//!
//! A code never changes its meaning: reviews and `docs.lock` quote it.

use crate::claim::{Aspect, FactName, Subject};

/// A kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code: `D0203`.
    pub code: &'static str,
    /// What it is about, in a few words.
    pub about: &'static str,
}

macro_rules! codes {
    ($($name:ident = $code:literal, $about:literal;)*) => {
        $(const $name: Code = Code { code: $code, about: $about };)*

        /// Every code there is, in order.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    ROUTE = "D0101", "method or path of an operation";
    OPERATION_DEPRECATED = "D0102", "deprecation of an operation";
    ASYNCHRONOUS = "D0103", "whether the work goes on after the response";
    ROUTES = "D0104", "further routes on the page of an operation";
    ACTION = "D0111", "IAM action";
    ACCESS = "D0112", "IAM access level";
    RESOURCE = "D0113", "IAM resource type";
    CONDITIONS = "D0114", "IAM condition keys";
    ALIAS = "D0115", "IAM alias";
    DEPENDENCIES = "D0116", "IAM dependencies";
    REQUEST_PRESENT = "D0201", "presence of a parameter or a request field";
    REQUEST_TYPE = "D0202", "type of a parameter or a request field";
    REQUEST_REQUIRED = "D0203", "requiredness of a parameter or a request field";
    REQUEST_ENUM = "D0204", "allowed values of a parameter or a request field";
    REQUEST_DEFAULT = "D0205", "default of a parameter or a request field";
    REQUEST_LENGTH_MIN = "D0206", "least length of a parameter or a request field";
    REQUEST_LENGTH_MAX = "D0207", "greatest length of a parameter or a request field";
    REQUEST_RANGE_MIN = "D0208", "least value of a parameter or a request field";
    REQUEST_RANGE_MAX = "D0209", "greatest value of a parameter or a request field";
    REQUEST_ITEMS = "D0210", "most items of a parameter or a request field";
    REQUEST_NULLABLE = "D0211", "nullability of a parameter or a request field";
    REQUEST_DEPRECATED = "D0212", "deprecation of a parameter or a request field";
    REQUEST_SECRET = "D0213", "secrecy of a parameter or a request field";
    REQUEST_NAME = "D0214", "name of a parameter or a request field";
    PASSWORD_MIN = "D0221", "least length of a password";
    PASSWORD_MAX = "D0222", "greatest length of a password";
    PASSWORD_KINDS = "D0223", "kinds of characters in a password";
    PASSWORD_SPECIALS = "D0224", "special characters of a password";
    PASSWORD_FORBIDS = "D0225", "what a password must not be";
    STATUS = "D0301", "a status";
    RESPONSE_PRESENT = "D0302", "presence of a field of a response";
    RESPONSE_TYPE = "D0303", "type of a field of a response";
    RESPONSE_REQUIRED = "D0304", "requiredness of a field of a response";
    RESPONSE_ENUM = "D0305", "allowed values of a field of a response";
    RESPONSE_DEFAULT = "D0306", "default of a field of a response";
    RESPONSE_BOUNDS = "D0307", "bounds of a field of a response";
    RESPONSE_NULLABLE = "D0308", "nullability of a field of a response";
    RESPONSE_DEPRECATED = "D0309", "deprecation of a field of a response";
    RESPONSE_SECRET = "D0310", "secrecy of a field of a response";
    RESPONSE_NAME = "D0311", "name of a field of a response";
    CONTRADICTION = "D0901", "the page disagrees with itself";
    UNREADABLE = "D0902", "a part of the page cannot be read";
}

/// The code of a difference about a fact.
pub fn of(name: &FactName) -> Code {
    use Aspect as A;
    match (&name.subject, name.aspect) {
        (Subject::Contradiction(_), _) => CONTRADICTION,
        (Subject::Unreadable, _) => UNREADABLE,
        (Subject::Status(_), _) => STATUS,
        (_, A::Route) => ROUTE,
        (_, A::Routes) => ROUTES,
        (Subject::Operation, A::Deprecated) => OPERATION_DEPRECATED,
        (_, A::Asynchronous) => ASYNCHRONOUS,
        (_, A::Action) => ACTION,
        (_, A::Access) => ACCESS,
        (_, A::Resource) => RESOURCE,
        (_, A::Conditions) => CONDITIONS,
        (_, A::Alias) => ALIAS,
        (_, A::Dependencies) => DEPENDENCIES,
        (_, A::PasswordMin) => PASSWORD_MIN,
        (_, A::PasswordMax) => PASSWORD_MAX,
        (_, A::PasswordKinds) => PASSWORD_KINDS,
        (_, A::PasswordSpecials) => PASSWORD_SPECIALS,
        (_, A::PasswordForbids) => PASSWORD_FORBIDS,
        (Subject::Response(..), aspect) => match aspect {
            A::Name => RESPONSE_NAME,
            A::Type => RESPONSE_TYPE,
            A::Required => RESPONSE_REQUIRED,
            A::Enum => RESPONSE_ENUM,
            A::Default => RESPONSE_DEFAULT,
            A::Nullable => RESPONSE_NULLABLE,
            A::Deprecated => RESPONSE_DEPRECATED,
            A::Secret => RESPONSE_SECRET,
            A::LengthMin | A::LengthMax | A::RangeMin | A::RangeMax | A::MaxItems => {
                RESPONSE_BOUNDS
            }
            _ => RESPONSE_PRESENT,
        },
        (_, aspect) => match aspect {
            A::Name => REQUEST_NAME,
            A::Type => REQUEST_TYPE,
            A::Required => REQUEST_REQUIRED,
            A::Enum => REQUEST_ENUM,
            A::Default => REQUEST_DEFAULT,
            A::LengthMin => REQUEST_LENGTH_MIN,
            A::LengthMax => REQUEST_LENGTH_MAX,
            A::RangeMin => REQUEST_RANGE_MIN,
            A::RangeMax => REQUEST_RANGE_MAX,
            A::MaxItems => REQUEST_ITEMS,
            A::Nullable => REQUEST_NULLABLE,
            A::Deprecated => REQUEST_DEPRECATED,
            A::Secret => REQUEST_SECRET,
            _ => REQUEST_PRESENT,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_for_one_thing() {
        let mut codes: Vec<_> = ALL.iter().map(|it| it.code).collect();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        assert!(codes.is_sorted());
    }

    #[test]
    fn codes_tell_requests_from_responses() {
        let code = |name: &str| of(&FactName::parse(name).unwrap()).code;
        assert_eq!(code("operation/route"), "D0101");
        assert_eq!(code("operation/routes"), "D0104");
        assert_eq!(code("body a/type"), "D0202");
        assert_eq!(code("response 200 a/type"), "D0303");
        assert_eq!(code("body a/password.kinds"), "D0223");
        assert_eq!(code("status 404/present"), "D0301");
        assert_eq!(code("query a/present"), "D0201");
    }
}
