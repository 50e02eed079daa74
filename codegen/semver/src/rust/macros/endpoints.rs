//! `endpoints!`: the addresses of a service. It stands where a value does.

use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

struct Endpoints(Vec<String>);

impl Parse for Endpoints {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<LitStr>()?;
        let rows = super::rows(input, |input| {
            let before = input.parse::<LitStr>()?.value();
            let kind = input.parse::<Ident>()?;
            let after = input.parse::<LitStr>()?.value();
            input.parse::<Token![:]>()?;
            let mut addresses = Vec::new();
            while !input.peek(Token![;]) {
                let region = input.parse::<LitStr>()?.value();
                let middle = if kind == "region" { &region } else { "" };
                addresses.push(format!("{region}: {before}{middle}{after}"));
            }
            input.parse::<Token![;]>()?;
            Ok(addresses)
        })?;
        let mut all = rows.concat();
        // A region is asked for by its name, wherever it stands.
        all.sort_unstable();
        Ok(Self(all))
    }
}

/// The address of each region, each a part of the value.
///
/// # Errors
/// When it is no list of addresses.
pub fn endpoints(invoked: &syn::Macro) -> syn::Result<Vec<String>> {
    invoked.parse_body::<Endpoints>().map(|it| it.0)
}
