//! What a client refuses to be built from.

use openapi_client_runtime::authentication::standard::{Credentials, CredentialsError};
use openapi_client_runtime::client::{BuiltClient, ClientDescription, Core};
use openapi_client_runtime::{BuilderError, Call as _, ClientBuilder, ServiceEndpoints};

use crate::shop::Shop;

#[test]
fn values_that_cannot_be_sent_are_refused() {
    for (credentials, part) in [
        (Credentials::bearer(""), "token is empty"),
        (Credentials::bearer("a\r\nX-Other: b"), "control character"),
        (Credentials::bearer("schlüssel"), "outside ASCII"),
        (Credentials::basic("a:b", "c"), "colon"),
        (Credentials::basic("a", "c\n"), "control character"),
        (
            Credentials::api_key_header("X Key", "k"),
            "`X Key` cannot be the name of an API key's header",
        ),
        (
            Credentials::api_key_header("X-Key", "k\n"),
            "control character",
        ),
        (Credentials::api_key_query("", "k"), "query parameter"),
        (Credentials::api_key_cookie("a=b", "k"), "cookie"),
        (
            Credentials::api_key_cookie("a", "k; admin=1"),
            "no cookie can carry",
        ),
        (
            Credentials::bearer("t").and(Credentials::bearer(" t")),
            "space",
        ),
    ] {
        let error = Shop::builder()
            .credentials(credentials)
            .build()
            .unwrap_err();
        let BuilderError::Credentials(_) = &error else {
            panic!("{error:?}");
        };
        assert!(error.to_string().contains(part), "{part} in {error}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let error = Shop::builder().build().unwrap_err();
    assert!(matches!(error, BuilderError::NoCredentials), "{error:?}");
    assert!(error.to_string().contains("`.credentials(..)`"), "{error}");
    let with = || Shop::builder().credentials(Credentials::bearer("t"));
    let error = with().region("North 1").build().unwrap_err();
    assert!(
        matches!(error, BuilderError::MalformedRegion(_)),
        "{error:?}"
    );
    let error = with().endpoint("ftp://a").build().unwrap_err();
    assert!(matches!(error, BuilderError::Endpoint(_)), "{error:?}");
    let error = with()
        .service_endpoint("shoe", "https://a")
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("shop"), "{error}");
}

/// The address of the document, where no setting gives another. It is https, which needs TLS.
#[tokio::test]
async fn without_a_setting_the_address_is_the_document_s() {
    if cfg!(not(any(feature = "rustls", feature = "native-tls"))) {
        return;
    }
    let client = Shop::builder()
        .credentials(Credentials::bearer("t"))
        .build()
        .unwrap();
    assert!(
        format!("{client:?}").contains("shop.example.com"),
        "{client:?}"
    );
    let provider = CredentialsError::other("the file\nis gone");
    assert_eq!(provider.to_string().lines().count(), 1);
    drop(client.show_item("1").send());
}

/// A client whose document has no address.
#[derive(Debug)]
struct Homeless(Core);

impl BuiltClient for Homeless {
    fn description() -> &'static ClientDescription {
        static DESCRIPTION: ClientDescription = ClientDescription {
            services: &[ServiceEndpoints::new("shop", &[])],
            user_agent: "homeless/1.0",
        };
        &DESCRIPTION
    }

    fn from_core(core: Core) -> Result<Self, BuilderError> {
        Ok(Self(core))
    }
}

#[test]
fn an_address_that_the_document_does_not_give_is_the_caller_s_to_give() {
    let builder = || ClientBuilder::<Homeless>::new().without_credentials();
    let error = builder().build().unwrap_err().to_string();
    assert!(error.contains("gives no address of `shop`"), "{error}");
    assert!(error.contains("`.endpoint(url)`"), "{error}");
    let client = builder().endpoint("http://127.0.0.1:1").build().unwrap();
    assert!(format!("{:?}", client.0).contains("127.0.0.1:1"));
}
