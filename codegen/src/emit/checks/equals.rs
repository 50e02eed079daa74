//! A comparison of a field with a value of the document.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::model::Type;

/// Whether a field has a value of the document: a comparison with a literal of the field's type.
pub(super) fn equals(
    field: &TokenStream,
    ty: &Type,
    optional: bool,
    value: &serde_json::Value,
) -> TokenStream {
    let literal = match (ty, value) {
        (Type::Boolean, serde_json::Value::Bool(true)) if !optional => return field.clone(),
        (Type::Boolean, serde_json::Value::Bool(false)) if !optional => return quote!(!#field),
        (Type::Boolean, serde_json::Value::Bool(value)) => quote!(#value),
        (Type::Integer { .. }, serde_json::Value::Number(number)) => {
            let whole = number.as_i64().or_else(|| {
                // 1.0 is the whole number 1; 1.5 is none.
                let number = number.as_f64()?;
                (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
            });
            let Some(whole) = whole else {
                return quote!(false);
            };
            proc_macro2::Literal::i64_unsuffixed(whole).into_token_stream()
        }
        (Type::Number { .. }, serde_json::Value::Number(number)) => {
            proc_macro2::Literal::f64_unsuffixed(number.as_f64().unwrap_or_default())
                .into_token_stream()
        }
        (Type::String, serde_json::Value::String(text)) if optional => {
            return quote!(#field.as_deref() == Some(#text));
        }
        (Type::String, serde_json::Value::String(text)) => quote!(#text),
        (Type::Named(_), serde_json::Value::String(text)) if optional => {
            return quote!(#field.as_ref().is_some_and(|value| value.to_string() == #text));
        }
        (Type::Named(_), serde_json::Value::String(text)) => {
            return quote!(#field.to_string() == #text);
        }
        // A value of another type is never this one; the documents are checked for it.
        _ => return quote!(false),
    };
    if optional {
        quote!(#field == Some(#literal))
    } else {
        quote!(#field == #literal)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn compared(ty: &Type, optional: bool, value: serde_json::Value) -> String {
        equals(&quote!(f), ty, optional, &value).to_string()
    }

    #[test]
    fn values_are_compared_as_their_type() {
        let int = Type::Integer {
            bits: 32,
            signed: true,
        };
        assert_eq!(compared(&int, true, json!(1.0)), "f == Some (1)");
        assert_eq!(compared(&int, false, json!(7)), "f == 7");
        assert_eq!(compared(&int, true, json!(1.5)), "false");
        let number = Type::Number { bits: 64 };
        assert_eq!(compared(&number, true, json!(1)), "f == Some (1.0)");
        assert_eq!(compared(&Type::Boolean, false, json!(false)), "! f");
        assert_eq!(
            compared(&Type::Boolean, true, json!(true)),
            "f == Some (true)"
        );
        assert_eq!(compared(&Type::String, false, json!("a")), "f == \"a\"");
        assert_eq!(compared(&Type::Password, true, json!("a")), "false");
    }
}
