//! The same client without async.

use openapi_client_runtime::Blocking;
use openapi_client_runtime::authentication::standard::Credentials;

use crate::server::Server;
use crate::shop::Shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_waits_for_calls() {
    let server = Server::start(|_| (200, r#"{"name":"lamp"}"#.to_owned())).await;
    let builder = Shop::builder().endpoint(&server.url);
    let client = builder
        .credentials(Credentials::bearer("t"))
        .build()
        .unwrap();
    let client = Blocking::new(client).unwrap();
    let response = client.send(client.show_item("1")).unwrap();
    assert_eq!(response["name"], "lamp");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_built_like_the_other() {
    let server = Server::start(|_| (200, r#"{"name":"lamp"}"#.to_owned())).await;
    let builder = Blocking::<Shop>::builder("north-1");
    assert!(format!("{builder:?}").contains("north-1"));
    let builder = builder.credentials(Credentials::bearer("t"));
    let client = builder.endpoint(&server.url).build().unwrap();
    let response = client.send(client.show_item("1")).unwrap();
    assert_eq!(response["name"], "lamp");
}
