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

/// The setters of the client's builder, for a client with such a service.
pub fn setters(model: &Model) -> Option<TokenStream> {
    let feature = &service(model)?.name;
    Some(quote! {
        /// Signs in at IAM with a user's password when the first call is made, and again before
        /// the token ends. Of this, [`credentials`](Self::credentials) and
        /// [`credentials_provider`](Self::credentials_provider) the last counts.
        ///
        /// However many calls are made at once, one of them signs in and the others wait. A
        /// password that IAM refuses is not tried again: wrong ones lock the user out.
        ///
        /// ```no_run
        /// use huaweicloud_password::{Client, identity::SignIn};
        ///
        /// let user = SignIn::new("my-account", "my-user", std::env::var("IAM_PASSWORD")?);
        /// let client = Client::builder("cn-north-4").sign_in(user).build()?;
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        #[cfg(feature = #feature)]
        #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
        pub fn sign_in(self, user: huaweicloud_runtime::identity::SignIn) -> Self {
            Self { core: self.core.sign_in(user), ..self }
        }

        /// Signs in at IAM as a user whom an identity provider vouches for.
        #[cfg(feature = #feature)]
        #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
        pub fn sign_in_with_id_token(
            self,
            user: huaweicloud_runtime::identity::IdTokenSignIn,
        ) -> Self {
            Self { core: self.core.sign_in_with_id_token(user), ..self }
        }

        /// Makes all calls with temporary keys of another account, which IAM gives for an agency.
        #[cfg(feature = #feature)]
        #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
        pub fn assume_agency(self, agency: huaweicloud_runtime::identity::Agency) -> Self {
            Self { core: self.core.assume_agency(agency), ..self }
        }

        /// Asks IAM for the project of the region when a call names none and neither this builder
        /// nor the credentials have one. No such project, or more than one, is an error. The
        /// answer is kept in memory, for each key.
        #[cfg(feature = #feature)]
        #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
        pub fn look_up_project_id(self) -> Self {
            Self { core: self.core.look_up_project_id(), ..self }
        }

        /// The project of calls that name none, by its name, such as `cn-north-4_team`.
        #[cfg(feature = #feature)]
        #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
        pub fn project_name(self, name: impl Into<String>) -> Self {
            Self { core: self.core.project_name(name), ..self }
        }

        /// Builds without credentials, for operations that need none.
        pub fn without_credentials(self) -> Self {
            Self { core: self.core.without_credentials(), ..self }
        }

        /// Takes who calls, the project and the address of IAM from the configuration of another
        /// tool.
        pub fn cloud_config(
            self,
            config: huaweicloud_runtime::credentials::CloudConfig,
        ) -> Self {
            Self { core: self.core.cloud_config(config), ..self }
        }
    })
}

/// What makes a client ask IAM, once it is built.
pub fn connect(model: &Model) -> Option<TokenStream> {
    let service = service(model)?;
    let (feature, module) = (&service.name, ident(&service.module));
    Some(quote! {
        #[cfg(feature = #feature)]
        let core = core.with_identity(crate::#module::identity::calls);
    })
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

            use huaweicloud_runtime::Core;
            use huaweicloud_runtime::identity::{
                IdentityFuture, IdentityService, Passcode, Project, Scope, SignIn, SignedIn,
            };

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
