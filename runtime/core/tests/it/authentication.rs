//! Each scheme of OpenAPI stands where it belongs, and its secret nowhere else.

use openapi_client_runtime::authentication::standard::Credentials;
use openapi_client_runtime::{Call as _, CallOptions};

use crate::server::Server;
use crate::shop::Shop;

const SECRET: &str = "Hidden-Key-83745612";

/// All ways, with the line of the request that each makes.
fn ways() -> Vec<(Credentials, Vec<String>)> {
    // `printf 'ann:Hidden-Key-83745612' | base64`
    let basic = "authorization: Basic YW5uOkhpZGRlbi1LZXktODM3NDU2MTI=".to_owned();
    vec![
        (
            Credentials::bearer(SECRET),
            vec![format!("authorization: Bearer {SECRET}")],
        ),
        (Credentials::basic("ann", SECRET), vec![basic.clone()]),
        (
            Credentials::api_key_header("X-Shop-Key", SECRET),
            vec![format!("x-shop-key: {SECRET}")],
        ),
        (
            Credentials::api_key_query("k e", SECRET),
            vec![format!("GET /items/1?k%20e={SECRET}&lang=en HTTP/1.1")],
        ),
        (
            Credentials::api_key_cookie("session", SECRET),
            vec![format!("cookie: session={SECRET}")],
        ),
        (
            Credentials::basic("ann", SECRET)
                .and(Credentials::api_key_cookie("a", "1"))
                .and(Credentials::api_key_cookie("b", "2"))
                .and(Credentials::api_key_header("X-Second", "3")),
            vec![
                basic,
                "cookie: a=1; b=2".to_owned(),
                "x-second: 3".to_owned(),
            ],
        ),
    ]
}

#[tokio::test]
async fn each_scheme_stands_where_openapi_puts_it() {
    let server = Server::start(|_| (200, r#"{"name":"lamp"}"#.to_owned())).await;
    for (credentials, expected) in ways() {
        let builder = Shop::builder()
            .endpoint(&server.url)
            .credentials(credentials);
        let client = builder.build().unwrap();
        let response = client.show_item("1").send().await.unwrap();
        assert_eq!(response["name"], "lamp");
        let request = server.arrived().pop().unwrap();
        for line in expected {
            assert!(
                request.split("\r\n").any(|it| it == line),
                "{line} in {request}"
            );
        }
        assert!(request.contains("user-agent: shop/1.0"), "{request}");
    }
}

#[tokio::test]
async fn no_secret_is_shown_though_the_server_repeats_all_it_got() {
    let server = Server::start(|request| {
        let message = serde_json::json!({ "message": request, "code": "BAD" });
        (400, message.to_string())
    });
    let server = server.await;
    for (credentials, _) in ways() {
        let shown_credentials = format!("{credentials:?}");
        let builder = Shop::builder()
            .endpoint(&server.url)
            .credentials(credentials);
        let shown_builder = format!("{builder:?}");
        let client = builder.build().unwrap();
        let call = client.show_item("1");
        let shown_call = format!("{client:?} {call:?}");
        let error = call.send().await.unwrap_err();
        assert_eq!((error.status(), error.code()), (Some(400), Some("BAD")));
        let shown = format!("{shown_credentials} {shown_builder} {shown_call} {error} {error:?}");
        for part in ["Hidden", "Key-8", "745612", "YW5uOkhp", "LZXktODM3"] {
            assert!(!shown.contains(part), "{part} in {shown}");
        }
    }
}

#[tokio::test]
async fn what_the_caller_sets_by_hand_is_refused_and_other_headers_go_along() {
    let server = Server::start(|_| (200, "{}".to_owned())).await;
    let builder = Shop::builder().endpoint(&server.url);
    let client = builder
        .credentials(Credentials::bearer(SECRET))
        .build()
        .unwrap();
    let options = CallOptions::new().header("X-Language", "en");
    client
        .show_item("1")
        .call_options(options)
        .send()
        .await
        .unwrap();
    let request = server.arrived().pop().unwrap();
    assert!(request.contains("x-language: en"), "{request}");

    let options = CallOptions::new().secret_header("Authorization", "Bearer other");
    let error = client
        .show_item("1")
        .call_options(options)
        .send()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("authorization"), "{error}");
    assert_eq!(server.arrived().len(), 1);
}

#[tokio::test]
async fn an_operation_without_credentials_gets_none() {
    let server = Server::start(|_| (200, "{}".to_owned())).await;
    let with = Shop::builder().credentials(Credentials::bearer(SECRET));
    let client = with.endpoint(&server.url).build().unwrap();
    client.log_in().send().await.unwrap();
    let without = Shop::builder().without_credentials();
    let client = without.endpoint(&server.url).build().unwrap();
    client.log_in().send().await.unwrap();
    // Nothing is said of this one: it gets what the client has.
    client.show_item("1").send().await.unwrap();
    for request in server.arrived() {
        assert!(
            !request.to_lowercase().contains("authorization"),
            "{request}"
        );
    }
    assert_eq!(server.arrived().len(), 3);
}
