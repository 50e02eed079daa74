//! Calls of which the document says no success, or that another has the address of.

use std::error::Error;

use tangle_client::{Client, mock::Mock};
use wiremock::matchers::any;
use wiremock::{Mock as Expected, MockServer, ResponseTemplate};

#[tokio::test]
async fn any_success_is_one_where_none_is_described() -> Result<(), Box<dyn Error>> {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(201).set_body_raw("[1]", "application/json");
    Expected::given(any()).respond_with(response).mount(&server).await;
    let client = Client::builder().endpoint(server.uri());
    let client = client.credentials(tangle_client::credentials::bearer("t")).build()?;
    let response = client.tangle().none().send().await?;
    assert_eq!(response.status(), 201);
    client.tangle().three(1).send().await?;
    let sent = server.received_requests().await.unwrap_or_default();
    assert_eq!(sent[1].headers["authorization"], "Bearer t");
    Ok(())
}

#[tokio::test]
async fn two_operations_of_one_address_are_told_apart_by_what_is_mocked() -> Result<(), Box<dyn Error>> {
    let mock = Mock::new();
    mock.tangle().two().returns("second".to_owned());
    let response = mock.client().tangle().two("a").send().await?;
    assert_eq!(&*response, "second");
    let mock = Mock::new();
    mock.tangle().one().with(|request| request.id == "b").returns(());
    mock.client().tangle().one("b").send().await?;
    mock.assert();
    Ok(())
}

#[tokio::test]
async fn a_scheme_that_nobody_declared_lets_nobody_in() -> Result<(), Box<dyn Error>> {
    let server = MockServer::start().await;
    Expected::given(any()).respond_with(ResponseTemplate::new(204)).mount(&server).await;
    let client = Client::builder().endpoint(server.uri()).without_credentials().build()?;
    let refused = client.tangle().guarded().send().await;
    assert!(refused.is_err_and(|error| error.to_string().contains("bearer token")));
    assert!(server.received_requests().await.unwrap_or_default().is_empty());
    Ok(())
}

#[tokio::test]
async fn objects_in_choices_stand_behind_a_pointer() -> Result<(), Box<dyn Error>> {
    assert!(size_of::<tangle_client::tangle::types::G0>() < 1000);
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(200).set_body_raw(r#"{"a": {"b": "deep"}, "c": "flat"}"#, "application/json");
    Expected::given(any()).respond_with(response).mount(&server).await;
    let client = Client::builder().endpoint(server.uri()).without_credentials().build()?;
    let response = client.tangle().grown().send().await?;
    assert_eq!(serde_json::to_string(&response.a)?, r#"{"b":"deep"}"#);
    Ok(())
}
