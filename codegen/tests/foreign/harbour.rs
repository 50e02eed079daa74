//! What is written in several files is one client: calls, errors and types that lead back.

use std::error::Error as AnyError;

use harbour_client::harbour::types::{Berth, Cargo, Crates, Error, Error2, Ship};
use harbour_client::harbour::{list_berths::ListBerthsError, show_ship::ShowShipError};
use harbour_client::{Client, Error as CallError, mock::Mock};
use wiremock::matchers::{body_string, method, path, query_param};
use wiremock::{Mock as Expected, MockServer, ResponseTemplate};

#[tokio::test]
async fn calls_of_other_files_are_made() -> Result<(), Box<dyn AnyError>> {
    let server = MockServer::start().await;
    let ship = r#"{"name": "Ada", "captain": null, "berth": {"name": "a", "ship": {"name": "Eve"}},
        "fleet": [{"name": "Bo", "cargo": {"kind": "Tank", "oil": true}}], "cargo": {"kind": "boxes", "count": 3}}"#;
    let answers = |status| ResponseTemplate::new(status);
    let json = |status, body: &str| answers(status).set_body_raw(body.to_owned(), "application/json");
    let shown = Expected::given(method("GET")).and(path("/v1/ships/1"));
    shown.respond_with(json(200, ship)).mount(&server).await;
    let gone = Expected::given(method("GET")).and(path("/v1/ships/2"));
    gone.respond_with(json(404, r#"{"code": 7, "about": {"name": "Eve"}}"#)).mount(&server).await;
    let loaded = Expected::given(method("PUT")).and(body_string(r#"{"count":4,"kind":"boxes"}"#));
    loaded.respond_with(answers(204)).mount(&server).await;
    let taken = Expected::given(path("/v1/berths")).and(query_param("limit", "5"));
    taken.respond_with(json(409, r#"{"berth": {"name": "a"}}"#)).mount(&server).await;
    let client = Client::builder().without_credentials().endpoint(server.uri()).build()?;
    let harbour = client.harbour();

    let ship = harbour.show_ship("1").send().await?;
    let berth: Option<&Berth> = ship.berth.as_deref();
    let other: Option<&Ship> = berth.and_then(|it| it.ship.as_ref());
    assert_eq!(other.map(|it| &*it.name), Some("Eve"));
    assert!(matches!(&ship.cargo, Some(Cargo::Crates(it)) if it.count == 3));
    let fleet = ship.fleet.as_deref().expect("a fleet");
    assert!(matches!(&fleet[0].cargo, Some(Cargo::Tank(it)) if it.oil == Some(true)));
    let Err(CallError::Api(failed)) = harbour.show_ship("2").send().await else {
        return Err("it is gone".into());
    };
    let ShowShipError::Default(Error2 { code, about, .. }) = failed.body() else {
        return Err("another error".into());
    };
    assert_eq!((*code, about.as_ref().map(|it| &*it.name)), (7, Some("Eve")));
    harbour.load_ship("1").body(Cargo::from(Crates::new(4, "boxes"))).send().await?;
    let Err(CallError::Api(failed)) = harbour.list_berths().limit(5).send().await else {
        return Err("it is taken".into());
    };
    assert!(matches!(failed.body(), ListBerthsError::Conflict(Error { berth, .. }) if berth.name == "a"));
    Ok(())
}

#[tokio::test]
async fn calls_of_other_files_can_be_faked() -> Result<(), Box<dyn AnyError>> {
    let mock = Mock::new();
    mock.harbour().show_ship().returns_example();
    mock.client().harbour().show_ship("1").send().await?;
    Ok(())
}
