//! What the client asks of IAM for itself: the operations that `x-client-use` marks, behind the
//! runtime's `IdentityService`.

mod shapes;
mod uses;

use proc_macro2::TokenStream;
use quote::quote;

use self::uses::Use;
use crate::model::{Model, Operation, Service};
use crate::names::ident;
use crate::profile::{OwnCalls, Unfit};

/// The words of `x-client-use`.
pub(super) const USES: &[&str] = &[SIGN_IN, ID_TOKEN, ASSUME_AGENCY, PROJECT_ID];

const SIGN_IN: &str = "sign-in";
const ID_TOKEN: &str = "id-token";
const ASSUME_AGENCY: &str = "assume-agency";
const PROJECT_ID: &str = "project-id";

/// The module beside the operations that has the calls.
const MODULE: &str = "identity";

fn service(model: &Model) -> Option<&Service> {
    model.services.iter().find(|service| is_identity(service))
}

/// Whether a service signs in and finds projects; what else it does is up to the document.
pub(super) fn is_identity(service: &Service) -> bool {
    used(service, SIGN_IN).is_some() && used(service, PROJECT_ID).is_some()
}

fn used<'m>(service: &'m Service, client_use: &str) -> Option<&'m Operation> {
    service
        .operations
        .iter()
        .find(|operation| operation.client_use.as_deref() == Some(client_use))
}

/// What of the runtime goes with signing in.
pub(super) fn exports(model: &Model) -> TokenStream {
    let Some(service) = service(model) else {
        return TokenStream::new();
    };
    let (feature, runtime) = (&service.name, ident(&model.package.runtime.krate()));
    quote! {
        #[cfg(feature = #feature)]
        #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
        pub use #runtime::identity;
    }
}

/// The field of the client's description that says how it calls IAM for itself.
pub(super) fn description(model: &Model) -> TokenStream {
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

/// The module of the service that signs in.
pub(super) fn module(service: &Service) -> Result<Option<OwnCalls>, Unfit> {
    let (Some(sign_in), Some(list)) = (used(service, SIGN_IN), used(service, PROJECT_ID)) else {
        return Ok(None);
    };
    let of = |operation| Use { service, operation };
    let blame = |operation: &Operation| {
        let operation = operation.id.clone();
        |message| Unfit { operation, message }
    };
    let (sign_in_method, scopes) = of(sign_in).sign_in().map_err(blame(sign_in))?;
    let exchange = used(service, ID_TOKEN)
        .map(|it| of(it).id_token(&scopes).map_err(blame(it)))
        .transpose()?;
    let assume = used(service, ASSUME_AGENCY)
        .map(|it| of(it).assume_agency().map_err(blame(it)))
        .transpose()?;
    let projects = of(list).projects().map_err(blame(list))?;
    let scope = scopes.function();
    Ok(Some(OwnCalls {
        module: MODULE,
        code: quote! {
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
    }))
}
