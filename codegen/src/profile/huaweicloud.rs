//! Huawei Cloud, and the client that resets its passwords.

mod identity;
mod texts;

use proc_macro2::TokenStream;

use super::{OwnCalls, PermissionExtension, Profile, Unfit};
use crate::model::{Feature, Model, Package, Permissions, Runtime, Service};

/// The profile of the documents in `spec/`.
#[derive(Debug)]
pub(super) struct Huaweicloud;

impl Profile for Huaweicloud {
    fn package(&self) -> &'static Package {
        &PACKAGE
    }

    fn permissions(&self) -> Option<&'static PermissionExtension> {
        Some(&PERMISSIONS)
    }

    fn client_uses(&self) -> &'static [&'static str] {
        identity::USES
    }

    /// The second label of a host such as `cbh.cn-north-4.myhuaweicloud.com`.
    fn region_of<'h>(&self, host: &'h str) -> Option<&'h str> {
        let mut labels = host.split('.');
        let region = labels.nth(1).filter(|it| it.contains('-'))?;
        labels.next().map(|_| region)
    }

    fn has_own_calls(&self, service: &Service) -> bool {
        identity::is_identity(service)
    }

    fn own_calls(&self, service: &Service) -> Result<Option<OwnCalls>, Unfit> {
        identity::module(service)
    }

    fn description(&self, model: &Model) -> TokenStream {
        identity::description(model)
    }

    fn exports(&self, model: &Model) -> TokenStream {
        identity::exports(model)
    }
}

const PERMISSIONS: PermissionExtension = PermissionExtension {
    name: "x-iam-actions",
    noun: "an IAM action",
    parts: 3,
    help: "write service, resource and verb: `dcs:instance:modify`",
    example: "{action: 'dcs:instance:modify', access: write}",
    dependency: "'dcs:instance:get'",
    condition: "'g:EnterpriseProjectId'",
};

static PACKAGE: Package = Package {
    name: "huaweicloud-password",
    version: env!("CARGO_PKG_VERSION"),
    title: "Calls of Huawei Cloud that reset passwords",
    client: "Calls the services of Huawei Cloud that reset passwords",
    virtues: "typed calls, typed errors, secrets that never print",
    keywords: &["huaweicloud", "password", "openapi", "client", "cloud"],
    categories: &["api-bindings", "authentication"],
    runtime: RUNTIME,
    region: "cn-north-4",
    environment: "`HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and `HUAWEICLOUD_SDK_PROJECT_ID`",
    permissions: Permissions {
        heading: "IAM actions",
    },
    readme: texts::README,
};

#[rustfmt::skip]
const RUNTIME: Runtime = Runtime {
    name: "huaweicloud-runtime",
    path: "../runtime",
    modules: &["credentials"],
    types: &[
        "AnyError", "ApiError", "BuilderError", "Cached", "Call",
    "CallError", "CallOptions", "ChainProvider",
        "Credentials", "CredentialsError", "DecodeError", "EnvironmentProvider", "Error", "ErrorDetails",
        "InvalidRequest", "MetadataProvider", "Observer", "Password", "PasswordPolicy",
        "PolicyEnforcement", "ProfileProvider", "ProvideCredentials", "Response", "RateLimit",
        "RetryPolicy", "SigningScheme", "Transport", "TransportError", "TransportErrorKind",
        "UndocumentedError", "Withheld",
    ],
    features: &[
        Feature {
            name: "rustls",
            default: true,
            comment: "TLS by rustls with the ring provider and the system's trust store.",
            brings: "TLS by rustls with ring and the system's trust store",
        },
        Feature {
            name: "native-tls",
            default: false,
            comment: "TLS by the system's own library.",
            brings: "TLS by the system's own library",
        },
        Feature {
            name: "http2",
            default: false,
            comment: "HTTP/2 for clients that ask for it.",
            brings: "HTTP/2 for clients that ask for it, `ClientBuilder::http2`",
        },
        Feature {
            name: "blocking",
            default: false,
            comment: "The same calls without async.",
            brings: "the same calls without async, `blocking::Client`",
        },
        Feature {
            name: "mock",
            default: false,
            comment: "A fake of the services, for tests.",
            brings: "a typed fake of the services for your own tests, `mock::Mock`",
        },
        Feature {
            name: "reqwest",
            default: false,
            comment: "Calls through a reqwest client of your own.",
            brings: "calls through a reqwest client with settings of your own, `ClientBuilder::reqwest_client`",
        },
        Feature {
            name: "clouds-yaml",
            default: false,
            comment: "Credentials from OpenStack's clouds.yaml.",
            brings: "credentials from OpenStack's `clouds.yaml`, `credentials::CloudsYaml`",
        },
    ],
};
