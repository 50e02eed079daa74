//! What an operation asks for goes along with it, and nothing else.

use openapi_client_runtime::authentication::standard::{Credentials, CredentialsError};
use openapi_client_runtime::wire::RequestBuilder;
use openapi_client_runtime::{ClientBuilder, Operation, SecurityScheme, SendError};

use crate::raw::{Lab, Raw, response};

const fn operation() -> Operation {
    Operation::new("lab", "Get", "GET", "/x")
}

use SecurityScheme::{ApiKeyCookie, ApiKeyHeader, ApiKeyQuery, Basic, Bearer, Other};

static BEARER: Operation = operation().security(&[&[Bearer]]);
static KEYS: Operation = operation().security(&[
    &[Basic, ApiKeyQuery("k")],
    &[ApiKeyHeader("x-key"), ApiKeyCookie("c")],
]);
static EITHER: Operation = operation().security(&[&[ApiKeyQuery("k")], &[Bearer]]);
static OPTIONAL: Operation = operation().security(&[&[], &[Bearer]]);
static NONE: Operation = operation().security(&[]);
static OTHER: Operation = operation().security(&[&[Other("mutualTLS")]]);
static ANY: Operation = operation();

/// What a request showed of the caller.
async fn shown(
    builder: ClientBuilder<Lab>,
    operation: &'static Operation,
) -> Result<Vec<String>, SendError<CredentialsError>> {
    let server = Raw::start(&[&response(200, "application/json", b"{}")]).await;
    let client = builder.endpoint(&server.url).build().unwrap();
    let request = RequestBuilder::get("/x").build().unwrap();
    let sent = client.send(operation, request).await;
    match sent {
        Err(error) => {
            assert!(server.arrived().is_empty(), "{error}");
            Err(error)
        }
        Ok(_) => {
            let arrived = server.last();
            let query = arrived.target().split_once('?').map(|it| it.1.to_owned());
            let headers = ["authorization", "x-key", "cookie"];
            let headers = headers.iter().filter_map(|name| arrived.header(name));
            Ok(query
                .into_iter()
                .chain(headers.map(str::to_owned))
                .collect())
        }
    }
}

#[tokio::test]
async fn the_first_alternative_that_the_credentials_fulfil_goes_along_alone() {
    let bearer = || Credentials::bearer("B");
    let query = || Credentials::api_key_query("k", "Q");
    let header = || Credentials::api_key_header("X-Key", "H");
    let cookie = || Credentials::api_key_cookie("c", "C");
    let basic = || Credentials::basic("u", "p");
    for (credentials, operation, expected) in [
        (bearer().and(query()), &BEARER, &["Bearer B"][..]),
        (bearer().and(query()), &EITHER, &["k=Q"]),
        (bearer(), &EITHER, &["Bearer B"]),
        (header().and(cookie()).and(basic()), &KEYS, &["H", "c=C"]),
        (
            cookie().and(query()).and(basic()).and(header()),
            &KEYS,
            &["k=Q", "Basic dTpw"],
        ),
        (bearer().and(query()), &OPTIONAL, &["Bearer B"]),
        (query(), &OPTIONAL, &[]),
        (bearer(), &NONE, &[]),
        (bearer().and(query()), &ANY, &["k=Q", "Bearer B"]),
    ] {
        let builder = ClientBuilder::new().credentials(credentials);
        let shown = shown(builder, operation).await.unwrap();
        assert_eq!(shown, expected, "{:?}", operation.security);
    }
    for operation in [&OPTIONAL, &NONE, &ANY] {
        let builder = ClientBuilder::new().without_credentials();
        assert!(shown(builder, operation).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn where_none_fits_nothing_is_sent_and_the_error_says_what_is_asked_for() {
    let basic = || ClientBuilder::new().credentials(Credentials::basic("u", "Hidden-1"));
    let without = || ClientBuilder::new().without_credentials();
    for (builder, operation, parts) in [
        (basic(), &BEARER, &["a bearer token"][..]),
        (
            basic(),
            &KEYS,
            &[
                "query parameter `k`",
                "; or ",
                "header `x-key` and an API key in the cookie `c`",
            ],
        ),
        (
            basic(),
            &OTHER,
            &["`mutualTLS`, which this client cannot give"],
        ),
        (
            without(),
            &EITHER,
            &["query parameter `k`; or a bearer token"],
        ),
    ] {
        let error = shown(builder, operation).await.unwrap_err();
        assert!(matches!(error, SendError::Credentials(_)), "{error:?}");
        for part in ["nothing was sent"].iter().chain(parts) {
            assert!(error.to_string().contains(part), "{part} in {error}");
        }
        assert!(
            !format!("{error} {error:?}").contains("Hidden"),
            "{error:?}"
        );
    }
}

/// Where the address stands in an error of its own, the key in it does not.
#[tokio::test]
async fn a_key_in_the_query_is_in_no_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let key = "Hidden-".repeat(12_000);
    for (endpoint, key) in [
        (format!("http://{address}"), "Hidden-1"),
        // Longer than an address can be.
        (format!("http://{address}"), &key),
    ] {
        let client = Lab::builder()
            .credentials(Credentials::api_key_query("k", key))
            .endpoint(endpoint)
            .build()
            .unwrap();
        let request = RequestBuilder::get("/x").build().unwrap();
        let error = client.send(&EITHER, request).await.unwrap_err();
        let shown = format!("{client:?} {error} {error:?}");
        assert!(!shown.contains("Hidden"), "{shown}");
    }
}
