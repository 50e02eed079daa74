//! Huawei Cloud, and the client that resets its passwords.

mod identity;
mod texts;

use std::sync::{Arc, LazyLock};

use proc_macro2::TokenStream;

use super::{OwnCalls, PermissionExtension, Profile, Unfit, features};
use crate::disk;
use crate::model::{
    Caller, CommandLine, Feature, License, Model, OwnCredentials, Package, Permissions, Runtime,
    Service, Setup, words,
};

/// The profile of the documents in `spec/`.
#[derive(Debug)]
pub(super) struct Huaweicloud;

impl Profile for Huaweicloud {
    fn package(&self) -> &Arc<Package> {
        &PACKAGE
    }

    fn has_regions(&self) -> bool {
        true
    }

    fn permissions(&self) -> Option<&'static PermissionExtension> {
        Some(&PERMISSIONS)
    }

    fn client_uses(&self) -> &'static [&'static str] {
        identity::USES
    }

    fn token_header(&self) -> Option<&'static str> {
        Some("x-auth-token")
    }

    fn signing_headers(&self) -> &'static [&'static str] {
        &["x-sdk-date"]
    }

    fn replaced_headers(&self) -> &'static [&'static str] {
        &["x-project-id"]
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

static PACKAGE: LazyLock<Arc<Package>> = LazyLock::new(|| Arc::new(package()));

fn package() -> Package {
    Package {
        name: words("huaweicloud-password"),
        version: words(env!("CARGO_PKG_VERSION")),
        mark: disk::MARK,
        documents: "spec/",
        again: "change the document and run `cargo codegen generate`",
        title: words("Calls of Huawei Cloud that reset passwords"),
        client: words("Calls the services of Huawei Cloud that reset passwords"),
        description: words(
            "Calls of Huawei Cloud that reset passwords ({names}): typed calls, typed errors, secrets that never print.",
        ),
        keywords: &["huaweicloud", "password", "openapi", "client", "cloud"],
        categories: &["api-bindings", "authentication"],
        runtime: RUNTIME,
        setup: SETUP,
        permissions: Permissions {
            heading: "IAM actions",
        },
        readme: texts::README,
        license: Some(LICENSE),
        command: Some(COMMAND),
    }
}

const COMMAND: CommandLine = CommandLine {
    name: "hwc-password",
    about: "Resets passwords of Huawei Cloud, one or ten thousand",
    package: "huaweicloud-command",
    place: concat!(
        "version = \"",
        env!("CARGO_PKG_VERSION"),
        "\", path = \"../runtime/command\""
    ),
};

const SETUP: Setup = Setup {
    methods: words(METHODS),
    client: words("Client::builder(\"{region}\")"),
    blocking: words("Client::builder(\"{region}\")"),
    built: words(BUILT),
    shown: words("assert_eq!(client.region(), \"{region}\");\n"),
    project: words(".project_id(PROJECT_ID)"),
    region: words("cn-north-4"),
    caller: Caller::OfTheRuntime(OwnCredentials {
        environment: "`HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and `HUAWEICLOUD_SDK_PROJECT_ID`",
        from_environment: "Credentials::from_env()?",
        shown: "Credentials::aksk(\"AK\", \"SK\").project_id(\"0123456789abcdef0123456789abcdef\")",
        test: "Credentials::aksk(\"AKIDEXAMPLE\", SECRET_KEY)",
        mock: "Credentials::aksk(\"MOCK-ACCESS-KEY\", \"MOCK-SECRET-KEY\")",
    }),
};

const METHODS: &str = "
/// Starts a client for a region, such as `{region}`.
#[must_use]
pub fn builder(region: impl Into<String>) -> ClientBuilder {
    ClientBuilder::new(region)
}

/// The region the client was built for.
pub fn region(&self) -> &str {
    self.core.region()
}

/// The project of calls that name no other.
pub fn project_id(&self) -> Option<&str> {
    self.core.project_id()
}
";

const BUILT: &str = "
use crate::runtime::generated::Built;

impl Built for crate::Client {
    type Builder<C> = crate::ClientBuilder<C>;

    fn builder_of<C>(region: String) -> crate::ClientBuilder<C> {
        crate::ClientBuilder::new(region)
    }
}
";

const LICENSE: License = License {
    spdx: "MIT OR Apache-2.0",
    words: "Licensed under either of Apache License 2.0 or MIT, at your option.",
    files: &[
        ("LICENSE-MIT", include_str!("../../../LICENSE-MIT")),
        ("LICENSE-APACHE", include_str!("../../../LICENSE-APACHE")),
    ],
};

/// What the vendor's runtime has besides.
const TYPES: [&str; 6] = [
    "Cached",
    "ChainProvider",
    "EnvironmentProvider",
    "MetadataProvider",
    "ProfileProvider",
    "SigningScheme",
];

#[rustfmt::skip]
const RUNTIME: Runtime = Runtime {
    name: words("huaweicloud-runtime"),
    place: words(concat!("version = \"", env!("CARGO_PKG_VERSION"), "\", path = \"../runtime\"")),
    modules: &["credentials"],
    types: &[&features::TYPES, &TYPES],
    features: &FEATURES,
};

/// What the neutral runtime has, and the vendor's own.
const FEATURES: [Feature; 7] = {
    let [rustls, native_tls, http2, blocking, mock, reqwest] = features::OF_THE_RUNTIME;
    let clouds_yaml = Feature {
        name: "clouds-yaml",
        default: false,
        comment: "Credentials from OpenStack's clouds.yaml.",
        brings: "credentials from OpenStack's `clouds.yaml`, `credentials::CloudsYaml`",
    };
    [
        rustls,
        native_tls,
        http2,
        blocking,
        mock,
        reqwest,
        clouds_yaml,
    ]
};
