//! What the client asks of IAM for itself: the two operations that `x-client-use` marks, behind
//! the runtime's `IdentityService`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{ClientUse, Model, Operation, Place, SchemaKind, Service, Type};

use super::Failure;

use super::tokens::{ident, print};

/// The service that has both operations.
pub fn service(model: &Model) -> Option<&Service> {
    model.services.iter().find(|service| is_identity(service))
}

/// Whether a service has both operations.
pub fn is_identity(service: &Service) -> bool {
    used(service, ClientUse::SignIn).is_some() && used(service, ClientUse::ProjectId).is_some()
}

fn used(service: &Service, client_use: ClientUse) -> Option<&Operation> {
    service
        .operations
        .iter()
        .find(|operation| operation.client_use == Some(client_use))
}

/// The field of the client's description that says how it calls IAM for itself.
pub fn calls(model: &Model) -> TokenStream {
    let Some(service) = service(model) else {
        return quote!(identity: None,);
    };
    let (feature, module) = (&service.name, ident(&service.module));
    quote! {
        #[cfg(feature = #feature)]
        identity: Some(crate::#module::identity::calls),
        #[cfg(not(feature = #feature))]
        identity: None,
    }
}

/// The types of the request and the answers, found by the names of their fields on the wire.
struct Types {
    auth: Ident,
    identity: Ident,
    password_identity: Ident,
    user: Ident,
    account: Ident,
    scope: Ident,
    scope_project: Ident,
    scope_account: Ident,
}

impl Types {
    fn find(service: &Service, sign_in: &Operation) -> Result<Self, String> {
        let body = sign_in.body.as_ref().map(|body| &body.ty);
        let request = Object::of(service, body, "the request body")?;
        let auth = request.field("auth", &["identity"])?;
        let identity = auth.field("identity", &["methods", "password"])?;
        let password_identity = identity.field("password", &["user"])?;
        let user = password_identity.field("user", &["name", "password", "domain"])?;
        let account = user.field("domain", &["name"])?;
        let scope = auth.field("scope", &[])?;
        let scope_project = scope.field("project", &[])?;
        let scope_account = scope.field("domain", &[])?;
        Ok(Self {
            auth: auth.name,
            identity: identity.name,
            password_identity: password_identity.name,
            user: user.name,
            account: account.name,
            scope: scope.name,
            scope_project: scope_project.name,
            scope_account: scope_account.name,
        })
    }
}

/// An object of the document.
struct Object<'m> {
    service: &'m Service,
    name: Ident,
    what: String,
    fields: &'m [crate::model::Field],
}

impl<'m> Object<'m> {
    fn of(service: &'m Service, ty: Option<&'m Type>, what: &str) -> Result<Self, String> {
        let named = match ty {
            Some(Type::Named(name)) => service.schemas.get(name),
            _ => None,
        };
        match named.map(|schema| (&schema.name, &schema.kind)) {
            Some((name, SchemaKind::Object { fields, .. })) => Ok(Self {
                service,
                name: ident(name),
                what: what.to_owned(),
                fields,
            }),
            _ => Err(format!("`x-client-use` needs {what} to be an object")),
        }
    }

    /// A field that is an object with these required fields, in this order.
    fn field(&self, name: &str, required: &[&str]) -> Result<Self, String> {
        let what = format!("`{name}` in {}", self.what);
        let field = self.fields.iter().find(|field| field.name == name);
        let object = Self::of(self.service, field.map(|field| &field.ty), &what)?;
        let needed: Vec<_> = object
            .fields
            .iter()
            .filter(|field| field.required)
            .collect();
        if needed
            .iter()
            .map(|field| field.name.as_str())
            .eq(required.iter().copied())
        {
            return Ok(object);
        }
        let listed = required.join(", ");
        Err(format!(
            "`x-client-use` needs {what} to require {} and nothing else, in this order",
            if listed.is_empty() {
                "nothing"
            } else {
                &listed
            }
        ))
    }
}

/// Emits `identity.rs` of the service.
pub fn emit(service: &Service) -> Result<Option<String>, Failure> {
    let (Some(sign_in), Some(list)) = (
        used(service, ClientUse::SignIn),
        used(service, ClientUse::ProjectId),
    ) else {
        return Ok(None);
    };
    let types = check_sign_in(service, sign_in).map_err(|message| Failure {
        operation: Some(sign_in.id.clone()),
        message,
    })?;
    check_list(service, list).map_err(|message| Failure {
        operation: Some(list.id.clone()),
        message,
    })?;
    let Types {
        auth,
        identity,
        password_identity,
        user,
        account,
        scope,
        scope_project,
        scope_account,
    } = &types;
    let (accessor, sign_in, list) = (
        ident(&service.module),
        ident(&sign_in.ident),
        ident(&list.ident),
    );
    print(
        &service.path,
        quote! {
            //! The two calls that the client makes for itself.

            use std::sync::Arc;

            use huaweicloud_runtime::generated::{
                Core, IdentityFuture, IdentityService, Project, SignedIn,
            };
            use huaweicloud_runtime::identity::{Scope, SignIn};

            use super::types;
            use crate::Client;

            /// Makes the calls of IAM through this client.
            pub(crate) fn calls(core: Core) -> Arc<dyn IdentityService> {
                Arc::new(Calls { client: Client::of(core) })
            }

            #[derive(Debug)]
            struct Calls {
                client: Client,
            }

            impl Calls {
                fn request(&self, user: &SignIn) -> types::#auth {
                    let account = types::#account::new(user.account_name());
                    let identity = types::#identity::new(
                        vec!["password".into()],
                        types::#password_identity::new(types::#user::new(
                            user.user_name(),
                            user.password().clone(),
                            account,
                        )),
                    );
                    let project = types::#scope_project::new;
                    let scope = types::#scope::new();
                    let scope = match user.token_scope() {
                        Scope::ProjectName(name) => scope.project(project().name(name)),
                        Scope::ProjectId(id) => scope.project(project().id(id)),
                        Scope::Account => {
                            let account = types::#scope_account::new().name(user.account_name());
                            scope.domain(account)
                        }
                        // The region's own, and what later versions of the runtime may add.
                        _ => scope.project(project().name(self.client.region())),
                    };
                    types::#auth::new(identity).scope(scope)
                }
            }

            impl IdentityService for Calls {
                fn sign_in<'a>(&'a self, user: &'a SignIn) -> IdentityFuture<'a, SignedIn> {
                    Box::pin(async move {
                        let call = self.client.#accessor().#sign_in().nocatalog("true");
                        let answer = call.auth(self.request(user)).send().await?.into_inner();
                        let mut signed_in = SignedIn::new(answer.x_subject_token);
                        if let Some(token) = answer.body.token {
                            signed_in.expires_at = token.expires_at;
                            signed_in.project_id = token.project.and_then(|project| project.id);
                            let account = token.user.and_then(|user| user.domain);
                            signed_in.domain_id = account.and_then(|account| account.id);
                        }
                        Ok(signed_in)
                    })
                }

                fn projects<'a>(&'a self, name: &'a str) -> IdentityFuture<'a, Vec<Project>> {
                    Box::pin(async move {
                        let answer = self.client.#accessor().#list().name(name).send().await?;
                        let projects = answer.into_inner().projects.into_iter();
                        Ok(projects
                            .map(|project| Project::new(project.id, project.name))
                            .collect())
                    })
                }
            }
        },
    )
    .map(Some)
    .map_err(Failure::from)
}

/// What the emitted code takes for granted about signing in.
fn check_sign_in(service: &Service, operation: &Operation) -> Result<Types, String> {
    let headers = operation.responses.iter().flat_map(|it| &it.headers);
    let mut tokens = headers.filter(|header| {
        header.ident == "x_subject_token" && header.required && header.ty == Type::Password
    });
    if tokens.next().is_none() {
        return Err(
            "`x-client-use: sign-in` needs a success with the required header `X-Subject-Token`, \
             a string of `format: password`"
                .to_owned(),
        );
    }
    optional_query(operation, "nocatalog")?;
    for path in [
        "token?.expires_at?",
        "token?.project?.id?",
        "token?.user?.domain?.id?",
    ] {
        answers_text(service, operation, path)?;
    }
    Types::find(service, operation)
}

/// What the emitted code takes for granted about the list of projects.
fn check_list(service: &Service, operation: &Operation) -> Result<(), String> {
    optional_query(operation, "name")?;
    answers_text(service, operation, "projects[].id")?;
    answers_text(service, operation, "projects[].name")
}

fn optional_query(operation: &Operation, name: &str) -> Result<(), String> {
    let fits = operation.parameters.iter().any(|parameter| {
        parameter.name == name
            && parameter.place == Place::Query
            && !parameter.required
            && parameter.ty == Type::String
    });
    if fits {
        return Ok(());
    }
    Err(format!(
        "`x-client-use` needs the query parameter `{name}`, a string that is not required"
    ))
}

/// Looks for a text in the one success of an operation, by a path in which `?` follows what need
/// not be there and `[]` what is a list.
fn answers_text(service: &Service, operation: &Operation, path: &str) -> Result<(), String> {
    let mut successes = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success());
    let (success, more) = (successes.next(), successes.next());
    let body = match (success, more) {
        (Some(success), None) => success.body.clone(),
        _ => None,
    };
    let leaf = body.and_then(|body| {
        path.split('.')
            .try_fold(body, |ty, step| step_into(service, &ty, step))
    });
    match leaf {
        Some(Type::String) => Ok(()),
        _ => Err(format!(
            "`x-client-use` needs one success, whose body has the text `{path}` (`?`: not required)"
        )),
    }
}

fn step_into(service: &Service, ty: &Type, step: &str) -> Option<Type> {
    let name = step.trim_end_matches(['?', '[', ']']);
    let Type::Named(owner) = ty else { return None };
    let SchemaKind::Object { fields, .. } = &service.schemas.get(owner)?.kind else {
        return None;
    };
    let field = fields.iter().find(|field| field.name == name)?;
    if field.required == step.contains('?') || (field.required && field.nullable) {
        return None;
    }
    match (&field.ty, step.contains("[]")) {
        (Type::Array(item), true) => Some((**item).clone()),
        (_, true) => None,
        (ty, false) => Some(ty.clone()),
    }
}
