//! The policy of a password: a constant that checks and callers share.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::docs::code;
use crate::emit::tokens::doc;
use crate::model::{Field, PasswordPolicy, Type};

/// The name of the constant that has a password's policy, for a password that has one.
///
/// Identifiers differ in more than a `_` at their end, which only keywords get.
pub fn policy_name(ident: &str, ty: &Type, policy: Option<&PasswordPolicy>) -> Option<Ident> {
    let has_one = policy.is_some() && *ty == Type::Password;
    let name = ident.trim_end_matches('_').to_ascii_uppercase();
    has_one.then(|| format_ident!("{name}_POLICY"))
}

/// The constant that has a password's policy, with its documentation.
pub fn policy_constant(
    name: &Ident,
    wire: &str,
    ty: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    let docs = doc(&format!(
        "The rules for {}. [`Password::generate`](crate::runtime::Password::generate) makes \
         one that keeps them.",
        code(wire)
    ));
    quote! {
        #docs
        pub const #name: #ty = #value;
    }
}

/// The constant of a field's policy; the type of a private one is not documented.
pub(super) fn policy_of_field(field: &Field, is_public: bool) -> Option<TokenStream> {
    let policy = field.policy.as_ref();
    let name = policy_name(&field.ident, &field.ty, policy)?;
    let (policy, ty) = (policy_expression(policy?), quote!(PasswordPolicy));
    Some(match is_public {
        true => policy_constant(&name, &field.name, &ty, &policy),
        false => quote!(pub(crate) const #name: #ty = #policy;),
    })
}

/// The policy as a constant expression, where `CharacterClass` and `PasswordPolicy` are in scope.
pub fn policy_expression(policy: &PasswordPolicy) -> TokenStream {
    let min = Literal::u64_unsuffixed(policy.min);
    let max = Literal::u64_unsuffixed(policy.max);
    let min_classes = u8::try_from(policy.min_classes).unwrap_or(u8::MAX);
    let min_classes = Literal::u8_unsuffixed(min_classes);
    let classes = policy.classes.iter().map(|class| {
        let class = format_ident!("{}", crate::names::pascal(class));
        quote!(CharacterClass::#class)
    });
    let mut expression = quote! {
        PasswordPolicy::new(#min, #max)
            .classes(&[#(#classes),*])
            .min_classes(#min_classes)
    };
    if let Some(specials) = &policy.specials {
        expression = quote!(#expression.specials(#specials));
    }
    if !policy.forbidden.is_empty() {
        let words = &policy.forbidden;
        expression = quote!(#expression.forbidden(&[#(#words),*]));
    }
    expression
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_password_with_a_policy_has_one_constant_and_none_two() {
        let text = "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\npaths:\n  /a:\n    post:\n      \
            operationId: CharacterClass\n      parameters:\n        \
            - {name: X-Pass, in: header, schema: &p {type: string, format: password, \
            x-password-policy: {min: 8, max: 9}}}\n      \
            requestBody: {required: true, content: {application/json: {schema: \
            {$ref: '#/components/schemas/Body'}}}}\n      \
            responses: {'204': {description: ok}}\ncomponents:\n  schemas:\n    \
            Body: {type: object, properties: {pass: *p, Pass: *p, x_pass: *p, type: *p, \
            pass_policy: *p, inner: {$ref: '#/components/schemas/Deep'}}}\n    \
            Deep: {type: object, properties: {pass: *p}}\n";
        let source = crate::source::Source::new("spec/demo.yaml", text);
        let loaded = crate::load::load(&[source]);
        let (model, _) = crate::lower::lower(&loaded.documents, crate::profile::of_the_workspace());
        let files =
            crate::emit::emit(&model, crate::profile::of_the_workspace(), &|_, _| {}).unwrap();
        let constants = |path: &str| -> Vec<String> {
            let lines = files[path].lines().map(str::trim);
            lines
                .filter_map(|line| line.split_once("const "))
                .filter(|(visibility, _)| visibility.starts_with("pub"))
                .map(|(_, constant)| constant)
                .map(|line| line.split(':').next().unwrap_or_default().to_owned())
                .collect()
        };
        let of_types = constants("generated/src/demo/checks.rs");
        let all = [
            "PASS",
            "PASS_MIXED",
            "X_PASS",
            "TYPE",
            "PASS_POLICY",
            "PASS",
        ];
        assert_eq!(of_types, all.map(|name| format!("{name}_POLICY")));
        let of_operation = constants("generated/src/demo/character_class.rs");
        let all = [
            "X_PASS_HEADER",
            "PASS",
            "PASS_MIXED",
            "X_PASS",
            "TYPE",
            "PASS_POLICY",
        ];
        assert_eq!(of_operation, all.map(|name| format!("{name}_POLICY")));
        // One fact in one place: what the check uses is the constant.
        let checks = &files["generated/src/demo/checks.rs"];
        assert_eq!(checks.matches("PasswordPolicy::new(8, 9)").count(), 6);
        assert!(checks.contains("&Self::TYPE_POLICY"));
    }
}
