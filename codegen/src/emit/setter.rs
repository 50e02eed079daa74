//! How a setter takes a value and keeps it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Type;

use super::catalog::{inside, is_path};

/// The argument and the conversion of a setter for a field.
#[derive(Debug)]
pub struct Setter {
    /// The field's type without `Option` and `Box`.
    pub inner: Type,
    /// Whether the field is an `Option`.
    pub optional: bool,
    boxed: bool,
    /// Whether it is taken from whatever becomes one.
    converts: bool,
}

impl Setter {
    /// The setter for a field of this type.
    pub fn of(ty: &Type) -> Self {
        let unwrapped = inside(ty, "Option");
        let optional = unwrapped.is_some();
        let ty = unwrapped.unwrap_or(ty);
        let unboxed = inside(ty, "Box");
        let inner = unboxed.unwrap_or(ty).clone();
        Self {
            converts: is_path(&inner, "String") || is_path(&inner, "Password"),
            inner,
            optional,
            boxed: unboxed.is_some(),
        }
    }

    /// The same, which takes a type of the document from whatever becomes one: an enumeration from a
    /// word.
    pub fn converting(mut self) -> Self {
        let is_own = |path: &syn::TypePath| {
            path.path
                .segments
                .first()
                .is_some_and(|it| it.ident == "types")
        };
        self.converts |= matches!(&self.inner, Type::Path(path) if is_own(path));
        self
    }

    /// The type of the argument: texts and passwords are taken from whatever becomes one.
    pub fn argument(&self) -> TokenStream {
        let inner = &self.inner;
        if self.converts {
            quote!(impl Into<#inner>)
        } else {
            inner.to_token_stream()
        }
    }

    /// The value to keep, without `Some`.
    pub fn value(&self, argument: &TokenStream) -> TokenStream {
        let value = if self.converts {
            quote!(#argument.into())
        } else {
            quote!(#argument)
        };
        self.in_box(&value)
    }

    /// A value of the inner type as the field holds it, without `Some`.
    pub fn in_box(&self, value: &TokenStream) -> TokenStream {
        if self.boxed {
            quote!(Box::new(#value))
        } else {
            value.clone()
        }
    }
}
