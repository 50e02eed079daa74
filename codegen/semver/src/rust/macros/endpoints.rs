//! `endpoints!`: the addresses of a service. It stands where a value does.

use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

struct Endpoints(Vec<String>);

impl Parse for Endpoints {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.parse::<LitStr>()?;
        let rows;
        syn::braced!(rows in input);
        let mut all = Vec::new();
        while !rows.is_empty() {
            let before = rows.parse::<LitStr>()?.value();
            let kind = rows.parse::<Ident>()?;
            let after = rows.parse::<LitStr>()?.value();
            rows.parse::<Token![:]>()?;
            while !rows.peek(Token![;]) {
                let region = rows.parse::<LitStr>()?.value();
                let middle = if kind == "region" { &region } else { "" };
                all.push(format!("{region}: {before}{middle}{after}"));
            }
            rows.parse::<Token![;]>()?;
        }
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
