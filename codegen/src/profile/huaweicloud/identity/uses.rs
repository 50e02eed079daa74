//! One method of the runtime's `IdentityService` for each value of `x-client-use`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::shapes::{Object, hands_out_token, header, optional_query, response_has};
use crate::model::{Operation, Service, Type};
use crate::names::ident;

/// What a method of the service is made from.
pub(super) struct Use<'m> {
    pub(super) service: &'m Service,
    pub(super) operation: &'m Operation,
}

/// The types that say what a token is to be for.
pub(super) struct ScopeTypes {
    scope: Ident,
    project: Ident,
    account: Ident,
}

impl ScopeTypes {
    fn find(auth: &Object<'_>) -> Result<Self, String> {
        let scope = auth.field("scope", &[])?;
        Ok(Self {
            project: scope.field("project", &[])?.name,
            account: scope.field("domain", &[])?.name,
            scope: scope.name,
        })
    }

    /// The function that makes a scope.
    pub(super) fn function(&self) -> TokenStream {
        let Self {
            scope,
            project,
            account,
        } = self;
        quote! {
            fn scope(&self, wanted: &Scope, account: &str) -> types::#scope {
                let project = types::#project::new;
                let scope = types::#scope::new();
                match wanted {
                    Scope::ProjectName(name) => scope.project(project().name(name)),
                    Scope::ProjectId(id) => scope.project(project().id(id)),
                    Scope::Account => scope.domain(types::#account::new().name(account)),
                    // The region's own, and what later versions of the runtime may add.
                    _ => scope.project(project().name(self.client.region())),
                }
            }
        }
    }
}

impl Use<'_> {
    fn call(&self) -> TokenStream {
        let (accessor, operation) = (ident(&self.service.module), ident(&self.operation.ident));
        quote!(self.client.#accessor().#operation())
    }

    /// `sign-in`: the method, and the types of the scope.
    pub(super) fn sign_in(&self) -> Result<(TokenStream, ScopeTypes), String> {
        hands_out_token(self.service, self.operation)?;
        optional_query(self.operation, "nocatalog")?;
        let auth = Object::body(self.service, self.operation)?.field("auth", &["identity"])?;
        let identity = auth.field("identity", &["methods", "password"])?;
        let password_identity = identity.field("password", &["user"])?;
        let user = password_identity.field("user", &["name", "password", "domain"])?;
        let account = user.field("domain", &["name"])?.name;
        let scopes = ScopeTypes::find(&auth)?;
        let second_factor = match identity.has("totp") {
            true => {
                let totp = identity.field("totp", &["user"])?;
                let user = totp.field("user", &["id", "passcode"])?;
                user.has_type(
                    "passcode",
                    &Type::Password,
                    "a string of `format: password`",
                )?;
                let (totp, user) = (totp.name, user.name);
                quote! {
                    if let Some(passcode) = passcode {
                        identity.methods.push("totp".into());
                        let user = types::#user::new(passcode.user_id, passcode.passcode);
                        identity = identity.totp(types::#totp::new(user));
                    }
                }
            }
            // Left out silently, it would be a sign-in with less than was asked for.
            false => quote! {
                if passcode.is_some() {
                    return Err(crate::runtime::identity::IdentityError::unusable(
                        "the document of IAM knows no passcode",
                    ));
                }
            },
        };
        let (auth, identity, password_identity, user) =
            (auth.name, identity.name, password_identity.name, user.name);
        let call = self.call();
        let signed_in = signed_in(self.operation);
        let method = quote! {
            fn sign_in<'a>(
                &'a self,
                user: &'a SignIn,
                passcode: Option<Passcode>,
            ) -> IdentityFuture<'a, SignedIn> {
                Box::pin(async move {
                    let mut identity = types::#identity::new(
                        vec!["password".into()],
                        types::#password_identity::new(types::#user::new(
                            types::#account::new(user.account_name()),
                            user.user_name(),
                            user.password().clone(),
                        )),
                    );
                    #second_factor
                    let scope = self.scope(user.token_scope(), user.account_name());
                    let auth = types::#auth::new(identity).scope(scope);
                    let call = #call.nocatalog("true").auth(auth);
                    let response = call.send().await?;
                    #signed_in
                })
            }
        };
        Ok((method, scopes))
    }

    /// `id-token`.
    pub(super) fn id_token(&self, scopes: &ScopeTypes) -> Result<TokenStream, String> {
        hands_out_token(self.service, self.operation)?;
        let provider = header(self.operation, "X-Idp-Id")?;
        let auth = Object::body(self.service, self.operation)?.field("auth", &["id_token"])?;
        let id_token = auth.field("id_token", &["id"])?;
        id_token.has_type("id", &Type::Password, "a string of `format: password`")?;
        if ScopeTypes::find(&auth)?.scope != scopes.scope {
            return Err(format!(
                "`x-client-use: id-token` needs `scope` in `auth` to be `{}`, as for `sign-in`",
                scopes.scope
            ));
        }
        let (auth, id_token) = (auth.name, id_token.name);
        let call = self.call();
        let signed_in = signed_in(self.operation);
        Ok(quote! {
            fn exchange<'a>(
                &'a self,
                user: &'a crate::runtime::identity::IdTokenSignIn,
                id_token: crate::runtime::Password,
            ) -> IdentityFuture<'a, SignedIn> {
                Box::pin(async move {
                    let scope = self.scope(user.token_scope(), user.account_name());
                    let auth = types::#auth::new(types::#id_token::new(id_token)).scope(scope);
                    let call = #call.#provider(user.identity_provider()).auth(auth);
                    let response = call.send().await?;
                    #signed_in
                })
            }
        })
    }

    /// `assume-agency`.
    pub(super) fn assume_agency(&self) -> Result<TokenStream, String> {
        let auth = Object::body(self.service, self.operation)?.field("auth", &["identity"])?;
        let identity = auth.field("identity", &["methods", "assume_role"])?;
        let role = identity.field("assume_role", &["agency_name"])?;
        for name in ["domain_id", "domain_name"] {
            role.has_type(name, &Type::String, "a string")?;
        }
        role.has_type(
            "duration_seconds",
            &Type::Integer {
                bits: 32,
                signed: true,
            },
            "an integer of `format: int32`",
        )?;
        for path in [
            "credential.access",
            "credential.secret",
            "credential.securitytoken",
        ] {
            response_has(
                self.service,
                self.operation,
                path,
                &Type::Password,
                "the password",
            )?;
        }
        response_has(
            self.service,
            self.operation,
            "credential.expires_at?",
            &Type::String,
            "the text",
        )?;
        let (auth, identity, role) = (auth.name, identity.name, role.name);
        let call = self.call();
        Ok(quote! {
            fn assume<'a>(
                &'a self,
                agency: &'a crate::runtime::identity::Agency,
            ) -> IdentityFuture<'a, crate::runtime::generated::TemporaryKeys> {
                Box::pin(async move {
                    let role = types::#role::new(agency.name());
                    let mut role = role.duration_seconds(agency.seconds());
                    if let Some(name) = agency.account_name() {
                        role = role.domain_name(name);
                    }
                    if let Some(id) = agency.account_id() {
                        role = role.domain_id(id);
                    }
                    let identity = types::#identity::new(role, vec!["assume_role".into()]);
                    let call = #call.auth(types::#auth::new(identity));
                    let keys = call.send().await?.into_inner().credential;
                    let mut given = crate::runtime::generated::TemporaryKeys::new(
                        keys.access,
                        keys.secret,
                        keys.securitytoken,
                    );
                    given.expires_at = keys.expires_at;
                    Ok(given)
                })
            }
        })
    }

    /// `project-id`.
    pub(super) fn projects(&self) -> Result<TokenStream, String> {
        optional_query(self.operation, "name")?;
        for path in ["projects[].id", "projects[].name"] {
            response_has(
                self.service,
                self.operation,
                path,
                &Type::String,
                "the text",
            )?;
        }
        let call = self.call();
        Ok(quote! {
            fn projects<'a>(&'a self, name: &'a str) -> IdentityFuture<'a, Vec<Project>> {
                Box::pin(async move {
                    let response = #call.name(name).send().await?;
                    let projects = response.into_inner().projects.into_iter();
                    Ok(projects
                        .map(|project| Project::new(project.id, project.name))
                        .collect())
                })
            }
        })
    }
}

/// What a token's response says, out of `response`.
fn signed_in(operation: &Operation) -> TokenStream {
    let (module, name) = (ident(&operation.ident), &operation.type_name);
    let headers = format_ident!("{name}Headers");
    quote! {
        let headers = super::#module::#headers::of(&response)?;
        let mut signed_in = SignedIn::new(headers.x_subject_token);
        if let Some(token) = response.into_inner().token {
            signed_in.expires_at = token.expires_at;
            signed_in.project_id = token.project.and_then(|project| project.id);
            let account = token.user.and_then(|user| user.domain);
            signed_in.domain_id = account.and_then(|account| account.id);
        }
        Ok(signed_in)
    }
}
