//! The checks of one value that its constraints ask for.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::quote;

use crate::model::{Constraints, Type};

/// A bound as the runtime takes it.
pub fn bound(bound: Option<u64>) -> TokenStream {
    match bound.map(Literal::u64_unsuffixed) {
        Some(bound) => quote!(Some(#bound)),
        None => quote!(None),
    }
}

/// The checks of one value that its constraints ask for. `policy` is the constant of the policy of a
/// password, which belongs to the type that is checked.
pub fn rules(
    ty: &Type,
    constraints: &Constraints,
    policy: Option<Ident>,
    wire: &str,
    value: &TokenStream,
) -> TokenStream {
    let float = |bound: Option<f64>| match bound {
        Some(bound) => quote!(Some(#bound)),
        None => quote!(None),
    };
    let whole = |bound: Option<i128>| match bound.map(Literal::i128_unsuffixed) {
        Some(bound) => quote!(Some(#bound)),
        None => quote!(None),
    };
    let Constraints {
        min_length,
        max_length,
        minimum,
        maximum,
        min_items,
        max_items,
        ..
    } = constraints;
    let (min, max) = (bound(*min_length), bound(*max_length));
    match ty {
        Type::Password => match policy {
            Some(policy) => quote!(check::password(#wire, #value, &Self::#policy, enforcement)?;),
            None if min_length.is_some() || max_length.is_some() => {
                quote!(check::secret_length(#wire, #value, #min, #max)?;)
            }
            None => TokenStream::new(),
        },
        Type::String if min_length.is_some() || max_length.is_some() => {
            quote!(check::length(#wire, #value, #min, #max)?;)
        }
        Type::Integer { .. } if minimum.is_some() || maximum.is_some() => {
            let number = place(value).unwrap_or_else(|| quote!(*#value));
            let (min, max) = (whole(constraints.least()), whole(constraints.greatest()));
            quote!(check::whole_range(#wire, i128::from(#number), #min, #max)?;)
        }
        Type::Wide | Type::Number { .. } if minimum.is_some() || maximum.is_some() => {
            let (min, max) = (
                float(least(ty, constraints)),
                float(greatest(ty, constraints)),
            );
            let number = match ty {
                Type::Wide => {
                    let number = borrowed(value);
                    quote!(#number.to_f64())
                }
                Type::Number { bits: 64 } => place(value).unwrap_or_else(|| quote!(*#value)),
                _ => {
                    let number = place(value).unwrap_or_else(|| quote!(*#value));
                    quote!(f64::from(#number))
                }
            };
            quote!(check::range(#wire, #number, #min, #max)?;)
        }
        Type::Array(_) if min_items.is_some() || max_items.is_some() => {
            let (min, max) = (bound(*min_items), bound(*max_items));
            let list = borrowed(value);
            quote!(check::items(#wire, #list.len(), #min, #max)?;)
        }
        _ => TokenStream::new(),
    }
}

/// The least value a number may have. A bound that is excluded becomes the nearest that is not.
fn least(ty: &Type, constraints: &Constraints) -> Option<f64> {
    let bound = constraints.minimum.as_ref()?.as_f64()?;
    Some(match (constraints.exclusive_minimum, ty) {
        (false, _) => bound,
        (true, Type::Wide) => bound.floor() + 1.0,
        (true, _) => bound.next_up(),
    })
}

/// The greatest value a number may have; see [`least`].
fn greatest(ty: &Type, constraints: &Constraints) -> Option<f64> {
    let bound = constraints.maximum.as_ref()?.as_f64()?;
    Some(match (constraints.exclusive_maximum, ty) {
        (false, _) => bound,
        (true, Type::Wide) => bound.ceil() - 1.0,
        (true, _) => bound.next_down(),
    })
}

/// What is borrowed, since a method borrows by itself.
pub fn borrowed(value: &TokenStream) -> TokenStream {
    place(value).unwrap_or_else(|| value.clone())
}

/// What a reference is to, where it is written as one.
fn place(reference: &TokenStream) -> Option<TokenStream> {
    let mut tokens = reference.clone().into_iter();
    let is_reference = matches!(tokens.next()?, TokenTree::Punct(sign) if sign.as_char() == '&');
    is_reference.then(|| tokens.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excluded_bounds_become_the_nearest_that_are_not() {
        let constraints = Constraints {
            minimum: serde_json::Number::from_f64(0.0),
            maximum: serde_json::Number::from_f64(1.0),
            exclusive_minimum: true,
            exclusive_maximum: true,
            ..Constraints::default()
        };
        assert_eq!(least(&Type::Wide, &constraints), Some(1.0));
        assert_eq!(greatest(&Type::Wide, &constraints), Some(0.0));
        let number = Type::Number { bits: 64 };
        assert!(least(&number, &constraints).is_some_and(|bound| bound > 0.0));
        assert!(greatest(&number, &constraints).is_some_and(|bound| bound < 1.0));
    }
}
