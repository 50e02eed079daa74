//! The stable codes of differences.
//!
//! A code never changes its meaning: reviews and `docs.lock` quote it.

use crate::claim::Subject::{
    Contradiction, Field, Operation, Parameter, Response, Status, Unreadable,
};
use crate::claim::{Aspect as A, FactName};

/// A kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code: `D0203`.
    pub code: &'static str,
    /// What it is about, in a few words.
    pub about: &'static str,
}

macro_rules! codes {
    ($($code:literal $subject:pat, $aspect:pat => $about:literal;)*) => {
        /// Every code there is, in order.
        pub const ALL: &[Code] = &[$(Code { code: $code, about: $about }),*];

        /// The code of a difference about a fact.
        pub fn of(name: &FactName) -> Code {
            match (&name.subject, name.aspect) {
                $(($subject, $aspect) => Code { code: $code, about: $about },)*
                // Nothing else is compared.
                _ => Code { code: "D0000", about: "anything else" },
            }
        }
    };
}

codes! {
    "D0101" Operation, A::Route => "method or path of an operation";
    "D0102" Operation, A::Deprecated => "deprecation of an operation";
    "D0103" Operation, A::Asynchronous => "whether the work goes on after the response";
    "D0104" Operation, A::Routes => "further routes on the page of an operation";
    "D0105" Operation, A::Words => "what is said of an operation in words";
    "D0111" Operation, A::Action => "IAM action";
    "D0112" Operation, A::Access => "IAM access level";
    "D0113" Operation, A::Resource => "IAM resource type";
    "D0114" Operation, A::Conditions => "IAM condition keys";
    "D0115" Operation, A::Alias => "IAM alias";
    "D0116" Operation, A::Dependencies => "IAM dependencies";
    "D0117" Operation, A::Actions => "further IAM actions";
    "D0201" Parameter(..) | Field(_), A::Present => "presence of a parameter or a request field";
    "D0202" Parameter(..) | Field(_), A::Type => "type of a parameter or a request field";
    "D0203" Parameter(..) | Field(_), A::Required => "requiredness of a parameter or a request field";
    "D0204" Parameter(..) | Field(_), A::Enum => "allowed values of a parameter or a request field";
    "D0205" Parameter(..) | Field(_), A::Default => "default of a parameter or a request field";
    "D0206" Parameter(..) | Field(_), A::LengthMin => "least length of a parameter or a request field";
    "D0207" Parameter(..) | Field(_), A::LengthMax => "greatest length of a parameter or a request field";
    "D0208" Parameter(..) | Field(_), A::RangeMin => "least value of a parameter or a request field";
    "D0209" Parameter(..) | Field(_), A::RangeMax => "greatest value of a parameter or a request field";
    "D0210" Parameter(..) | Field(_), A::MaxItems => "most items of a parameter or a request field";
    "D0211" Parameter(..) | Field(_), A::Nullable => "nullability of a parameter or a request field";
    "D0212" Parameter(..) | Field(_), A::Deprecated => "deprecation of a parameter or a request field";
    "D0213" Parameter(..) | Field(_), A::Secret => "secrecy of a parameter or a request field";
    "D0214" Parameter(..) | Field(_), A::Name => "name of a parameter or a request field";
    "D0215" Parameter(..) | Field(_), A::Words => "what is said of a parameter or a request field in words";
    "D0216" Parameter(..) | Field(_), A::MinItems => "least items of a parameter or a request field";
    "D0217" Parameter(..) | Field(_), A::Pattern => "pattern of a parameter or a request field";
    "D0218" Parameter(..) | Field(_), A::Equals => "value of a parameter or a request field that an extension goes by";
    "D0221" _, A::PasswordMin => "least length of a password";
    "D0222" _, A::PasswordMax => "greatest length of a password";
    "D0223" _, A::PasswordKinds => "kinds of characters in a password";
    "D0224" _, A::PasswordSpecials => "special characters of a password";
    "D0225" _, A::PasswordForbids => "what a password must not be";
    "D0226" _, A::PasswordClasses => "which kinds of characters a password has";
    "D0301" Status(_), _ => "a status";
    "D0302" Response(..), A::Present => "presence of a field of a response";
    "D0303" Response(..), A::Type => "type of a field of a response";
    "D0304" Response(..), A::Required => "requiredness of a field of a response";
    "D0305" Response(..), A::Enum => "allowed values of a field of a response";
    "D0306" Response(..), A::Default => "default of a field of a response";
    "D0307" Response(..), A::LengthMin | A::LengthMax | A::RangeMin | A::RangeMax | A::MinItems | A::MaxItems => "bounds of a field of a response";
    "D0308" Response(..), A::Nullable => "nullability of a field of a response";
    "D0309" Response(..), A::Deprecated => "deprecation of a field of a response";
    "D0310" Response(..), A::Secret => "secrecy of a field of a response";
    "D0311" Response(..), A::Name => "name of a field of a response";
    "D0312" Response(..), A::Words => "what is said of a field of a response in words";
    "D0313" Response(..), A::Pattern => "pattern of a field of a response";
    "D0314" Response(..), A::Equals => "value of a field of a response that an extension goes by";
    "D0901" Contradiction(_), _ => "the page disagrees with itself or with its definition";
    "D0902" Unreadable, _ => "a part of the page cannot be read";
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
