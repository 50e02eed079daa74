//! What the client asks of IAM for itself: the operations that `x-client-use` marks, behind the
//! runtime's `IdentityService`.

mod shapes;
mod uses;

use proc_macro2::TokenStream;
use quote::quote;

use self::uses::Use;
use super::Failure;
use super::tokens::{ident, print};
use crate::model::{ClientUse, Model, Operation, Service};

/// The service that signs in and finds projects.
pub fn service(model: &Model) -> Option<&Service> {
    model.services.iter().find(|service| is_identity(service))
}

/// Whether a service signs in and finds projects; what else it does is up to the document.
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

/// Emits `identity.rs` of the service.
pub fn emit(service: &Service) -> Result<Option<String>, Failure> {
    let (Some(sign_in), Some(list)) = (
        used(service, ClientUse::SignIn),
        used(service, ClientUse::ProjectId),
    ) else {
        return Ok(None);
    };
    let of = |operation| Use { service, operation };
    let blame = |operation: &Operation| {
        let operation = Some(operation.id.clone());
        |message| Failure { operation, message }
    };
    let (sign_in_method, scopes) = of(sign_in).sign_in().map_err(blame(sign_in))?;
    let exchange = used(service, ClientUse::IdToken)
        .map(|it| of(it).id_token(&scopes).map_err(blame(it)))
        .transpose()?;
    let assume = used(service, ClientUse::AssumeAgency)
        .map(|it| of(it).assume_agency().map_err(blame(it)))
        .transpose()?;
    let projects = of(list).projects().map_err(blame(list))?;
    let scope = scopes.function();
    print(
        &service.path,
        quote! {
            //! The calls that the client makes for itself.

            use std::sync::Arc;

            use crate::runtime::generated::{
                Core, IdentityFuture, IdentityService, Passcode, Project, SignedIn,
            };
            use crate::runtime::identity::{Scope, SignIn};

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
                #scope
            }

            impl IdentityService for Calls {
                #sign_in_method
                #exchange
                #assume
                #projects
            }
        },
    )
    .map(Some)
    .map_err(Failure::from)
}
