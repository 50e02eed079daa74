//! What can differ between two surfaces, with what it does to callers.

use crate::change::Effect;

/// A kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RustCode {
    /// Its stable name.
    pub code: &'static str,
    /// What becomes of callers.
    pub effect: Effect,
    /// Whether they still compile, and mean something else.
    pub silent: bool,
    /// What it is, in a sentence.
    pub meaning: &'static str,
}

macro_rules! codes {
    ($($name:ident = $code:literal, $effect:ident $($silent:ident)?, $meaning:literal;)*) => {
        $(
            pub(crate) const $name: RustCode = RustCode {
                code: $code,
                effect: Effect::$effect,
                silent: codes!(@silent $($silent)?),
                meaning: $meaning,
            };
        )*

        /// Every kind of difference.
        pub const CODES: &[RustCode] = &[$($name),*];
    };
    (@silent silent) => { true };
    (@silent) => { false };
}

codes! {
    FEATURE_REMOVED = "feature-removed", Breaking, "A cargo feature is gone.";
    FEATURE_ADDED = "feature-added", Additive, "There is one more cargo feature.";
    FEATURE_LEFT_DEFAULT = "feature-left-default", Breaking, "A cargo feature is no longer on by default.";
    FEATURE_JOINED_DEFAULT = "feature-joined-default", Additive, "A cargo feature is on by default now.";
    SERVICE_REMOVED = "service-removed", Breaking, "A service is gone: its feature, its module and all that is in it.";
    SERVICE_ADDED = "service-added", Additive, "There is one more service.";
    OPERATION_REMOVED = "operation-removed", Breaking, "An operation is gone: its method, builder, error type and fake, and the types that it alone used.";
    OPERATION_ADDED = "operation-added", Additive, "There is one more operation.";
    OPERATION_RENAMED = "operation-renamed", Breaking, "The request of an operation is what it was; its method, builder, error type and fake have another name.";
    ITEM_REMOVED = "item-removed", Breaking, "A public item is gone.";
    ITEM_ADDED = "item-added", Additive, "There is one more public item.";
    ITEM_RENAMED = "item-renamed", Breaking, "A public item has another name, and all else of it is what it was.";
    ITEM_KIND_CHANGED = "item-kind-changed", Breaking, "A public item is of another kind, such as an enumeration in place of a struct.";
    TYPE_CHANGED = "type-changed", Breaking, "A constant, static, alias or exported name stands for another type.";
    FIELD_REMOVED = "field-removed", Breaking, "A public field is gone.";
    FIELD_ADDED = "field-added", Additive, "A struct that may grow has one more field.";
    FIELD_ADDED_TO_EXHAUSTIVE = "field-added-to-exhaustive", Breaking, "A struct that callers can build field by field has one more.";
    FIELD_RENAMED = "field-renamed", Breaking, "A public field has another name.";
    FIELD_TYPE_CHANGED = "field-type-changed", Breaking, "A public field has another type.";
    VARIANT_REMOVED = "variant-removed", Breaking, "A variant is gone.";
    VARIANT_ADDED = "variant-added", Additive, "An enumeration that may grow has one more variant.";
    VARIANT_ADDED_TO_EXHAUSTIVE = "variant-added-to-exhaustive", Breaking, "An enumeration that callers match without a wildcard has one more variant.";
    VARIANT_RENAMED = "variant-renamed", Breaking, "A variant has another name.";
    VARIANT_TYPE_CHANGED = "variant-type-changed", Breaking, "A variant carries something else.";
    FIELD_MEANS_ANOTHER = "field-means-another", Breaking silent, "A public field has the name that another had, and is another field of the document.";
    VARIANT_MEANS_ANOTHER = "variant-means-another", Breaking silent, "A variant has the name that another had, and is another word of the document.";
    VARIANT_FILLED = "variant-filled", Additive, "A variant that was open for it carries something.";
    VARIANTS_REORDERED = "variants-reordered", Breaking silent, "The variants of an enumeration that can be compared have another order.";
    METHOD_REMOVED = "method-removed", Breaking, "A method or associated constant is gone.";
    METHOD_ADDED = "method-added", Additive, "A type has one more method or associated constant.";
    METHOD_RENAMED = "method-renamed", Breaking, "A method that sets a value has another name.";
    ARGUMENT_REMOVED = "argument-removed", Breaking, "A function takes fewer arguments.";
    ARGUMENT_ADDED = "argument-added", Breaking, "A function takes more arguments.";
    ARGUMENT_TYPE_CHANGED = "argument-type-changed", Breaking, "A function takes another type.";
    ARGUMENTS_REORDERED = "arguments-reordered", Breaking, "A function takes its arguments in another order.";
    ARGUMENTS_SWAPPED = "arguments-swapped", Breaking silent, "A function takes arguments of one type in another order: what compiles passes one for the other.";
    QUESTION_MEANS_ANOTHER = "question-means-another", Breaking silent, "A method that answers yes or no says yes to another word.";
    RETURN_TYPE_CHANGED = "return-type-changed", Breaking, "A function gives another type.";
    SIGNATURE_CHANGED = "signature-changed", Breaking, "A function is called in another way: its receiver, `async`, or what it is generic over.";
    TRAIT_REMOVED = "trait-removed", Breaking, "A type no longer implements a trait.";
    TRAIT_ADDED = "trait-added", Additive, "A type implements one more trait.";
    TRAIT_TYPE_CHANGED = "trait-type-changed", Breaking, "A type of an implemented trait is another.";
    NON_EXHAUSTIVE_ADDED = "non-exhaustive-added", Breaking, "A type may grow now, so that it can no longer be built or matched in full.";
    NON_EXHAUSTIVE_REMOVED = "non-exhaustive-removed", Additive, "A type may no longer grow, so that it can be built or matched in full.";
    FEATURE_NEEDED = "feature-needed", Breaking, "Something is there with a cargo feature only.";
    FEATURE_NOT_NEEDED = "feature-not-needed", Additive, "Something is there without a cargo feature.";
    DEPRECATED = "deprecated", Deprecated, "Something is marked as deprecated.";
    NOT_DEPRECATED = "not-deprecated", Documentation, "Something is no longer marked as deprecated.";
    VALUE_CHANGED = "value-changed", Documentation, "A constant or static has another value.";
    DOCUMENTATION_CHANGED = "documentation-changed", Documentation, "Something is documented in other words.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_name_of_its_own_and_a_sentence() {
        let mut names: Vec<_> = CODES.iter().map(|it| it.code).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CODES.len());
        for it in CODES {
            let fits = |letter: char| letter.is_ascii_lowercase() || letter == '-';
            assert!(it.code.chars().all(fits), "{}", it.code);
            assert!(it.meaning.ends_with('.'), "{}", it.code);
            assert!(!it.silent || it.effect == Effect::Breaking, "{}", it.code);
        }
    }
}
