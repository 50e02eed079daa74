//! Who is calling: an access key pair, or a token, and where they come from.
//!
//! [`Credentials`] given by hand are used as they are. A
//! [`ProvideCredentials`] is asked before each attempt; these ship:
//!
//! | provider | place |
//! |---|---|
//! | [`EnvironmentProvider`] | environment variables, see [`env`](mod@env) |
//! | [`ProfileProvider`] | a file, `~/.huaweicloud/credentials` by default |
//! | [`MetadataProvider`] | the metadata service of a cloud server with an agency |
//! | [`ChainProvider`] | the three above in this order, or others |
//! | [`KooCli`] | the configuration of KooCLI, `~/.hcloud/config.json` |
#![cfg_attr(
    feature = "clouds-yaml",
    doc = "| [`CloudsYaml`] | the configuration of OpenStack's tools, `clouds.yaml` |"
)]
//! | [`Cached`] | another provider, whose credentials are kept until they are to expire |
//!
//! Names, order and places are those of the official SDKs, so that what is
//! set up for them works here. The configuration of other tools is read where
//! it is asked for only: as a provider, or whole as a [`CloudConfig`], which
//! knows the region, a user to sign in as and an agency besides.

#[cfg(feature = "clouds-yaml")]
pub use crate::config::CloudsYaml;
pub use crate::config::{CloudConfig, KooCli};
pub use crate::credential::{
    Cached, ChainError, ChainProvider, ConfigError, ConfigProblem, Credentials, CredentialsError,
    CredentialsFuture, Environment, EnvironmentProvider, Malformed, MetadataBuilder, MetadataError,
    MetadataProblem, MetadataProvider, ProfileError, ProfileProblem, ProfileProvider,
    ProvideCredentials, RefusedCredentials, env,
};
