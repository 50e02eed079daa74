//! The checks of one value that its constraints ask for.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use serde_json::Number;

use crate::model::{Constraints, Type};
use crate::number::whole;

/// A bound as the runtime takes it.
pub fn bound(bound: Option<u64>) -> TokenStream {
    match bound.map(proc_macro2::Literal::u64_unsuffixed) {
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
        Type::Integer { .. } | Type::Wide | Type::Number { .. }
            if minimum.is_some() || maximum.is_some() =>
        {
            if let (Type::Integer { bits: 64, .. }, true) = (ty, is_long(constraints)) {
                let number = place(value).unwrap_or_else(|| quote!(*#value));
                let number = quote!(i128::from(#number));
                let minimum = whole_bound(minimum.as_ref(), constraints.exclusive_minimum, 1);
                let maximum = whole_bound(maximum.as_ref(), constraints.exclusive_maximum, -1);
                return quote!(check::whole_range(#wire, #number, #minimum, #maximum)?;);
            }
            let (min, max) = (
                float(least(ty, constraints)),
                float(greatest(ty, constraints)),
            );
            let number = match ty {
                Type::Wide => place(value).unwrap_or_else(|| value.clone()),
                _ => place(value).unwrap_or_else(|| quote!(*#value)),
            };
            let number: TokenStream = match ty {
                Type::Wide => quote!(#number.to_f64()),
                Type::Number { bits: 64 } => number,
                Type::Integer { bits: ..=32, .. } | Type::Number { .. } => {
                    quote!(f64::from(#number))
                }
                _ => quote!(#number as f64),
            };
            quote!(check::range(#wire, #number, #min, #max)?;)
        }
        Type::Array(_) if min_items.is_some() || max_items.is_some() => {
            let (min, max) = (bound(*min_items), bound(*max_items));
            let list = place(value).unwrap_or_else(|| value.clone());
            quote!(check::items(#wire, #list.len(), #min, #max)?;)
        }
        _ => TokenStream::new(),
    }
}

/// Whether a bound has more digits than a float tells apart.
fn is_long(constraints: &Constraints) -> bool {
    const MOST: i128 = 1 << 53;
    let bounds = [&constraints.minimum, &constraints.maximum];
    let mut bounds = bounds.into_iter().flatten().filter_map(whole);
    bounds.any(|bound| bound.abs() >= MOST)
}

/// A bound of whole numbers, as the runtime takes it; what is excluded becomes the next.
fn whole_bound(bound: Option<&Number>, excluded: bool, step: i128) -> TokenStream {
    let Some(bound) = bound else {
        return quote!(None);
    };
    let nearest = match whole(bound) {
        Some(bound) if excluded => bound.saturating_add(step),
        Some(bound) => bound,
        None => {
            let bound = bound.as_f64().unwrap_or_default();
            // A bound between two whole numbers is no value itself. A cast of a float ends at the
            // bounds of its type.
            (if step > 0 {
                bound.ceil()
            } else {
                bound.floor()
            }) as i128
        }
    };
    let nearest = proc_macro2::Literal::i128_unsuffixed(nearest);
    quote!(Some(#nearest))
}

/// The least value a number may have. A bound that is excluded becomes the nearest that is not.
fn least(ty: &Type, constraints: &Constraints) -> Option<f64> {
    let bound = constraints.minimum.as_ref()?.as_f64()?;
    Some(match (constraints.exclusive_minimum, ty) {
        (false, _) => bound,
        (true, Type::Integer { .. } | Type::Wide) => bound.floor() + 1.0,
        (true, _) => bound.next_up(),
    })
}

/// The greatest value a number may have; see [`least`].
fn greatest(ty: &Type, constraints: &Constraints) -> Option<f64> {
    let bound = constraints.maximum.as_ref()?.as_f64()?;
    Some(match (constraints.exclusive_maximum, ty) {
        (false, _) => bound,
        (true, Type::Integer { .. } | Type::Wide) => bound.ceil() - 1.0,
        (true, _) => bound.next_down(),
    })
}

/// What a reference is to, where it is written as one.
fn place(reference: &TokenStream) -> Option<TokenStream> {
    let text = reference.to_string();
    text.strip_prefix("& ").and_then(|place| place.parse().ok())
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
        let int = Type::Integer {
            bits: 64,
            signed: true,
        };
        assert_eq!(least(&int, &constraints), Some(1.0));
        assert_eq!(greatest(&int, &constraints), Some(0.0));
        let number = Type::Number { bits: 64 };
        assert!(least(&number, &constraints).is_some_and(|bound| bound > 0.0));
        assert!(greatest(&number, &constraints).is_some_and(|bound| bound < 1.0));
    }

    #[test]
    fn bounds_between_whole_numbers_go_to_the_next_inside() {
        let bound = |text: &str, excluded, step| {
            let bound: Number = text.parse().unwrap();
            whole_bound(Some(&bound), excluded, step).to_string()
        };
        assert_eq!(bound("2.5", false, 1), "Some (3)");
        assert_eq!(bound("2.5", true, 1), "Some (3)");
        assert_eq!(bound("2.5", true, -1), "Some (2)");
        assert_eq!(bound("-2.5", false, -1), "Some (- 3)");
        assert_eq!(
            bound("9007199254740993", true, -1),
            "Some (9007199254740992)"
        );
    }
}
