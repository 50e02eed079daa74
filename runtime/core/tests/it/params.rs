//! Parameters in every place arrive as they were meant, and as the document spells them.

use openapi_client_runtime::wire::{RequestBuilder, Style, path_param};
use serde_json::json;

use crate::raw::{GET, Lab, Raw, response};

#[tokio::test]
async fn every_place_and_style_arrives() {
    let server = Raw::start(&[&response(200, "application/json", b"{}")]).await;
    let client = Lab::to(&server);
    let ids = path_param("ids", Style::Matrix.joined(), &["a,b", "c"]).unwrap();
    let point = path_param("point", Style::Simple.exploded(), &json!({"x": 1, "y": -2})).unwrap();
    let request = RequestBuilder::get(format!("/x/{ids}/{point}"))
        .query_param("n", Style::Form.joined(), &[3, 1, 2])
        .query_param("sort", Style::Form.exploded(), &["z", "a"])
        .query_param("s", Style::SpaceDelimited.joined(), &["p", "q"])
        .query_param("p", Style::PipeDelimited.joined(), &["p", "q"])
        .query_param(
            "f",
            Style::DeepObject.exploded(),
            &json!({"color": "x&y", "at": {"z": [1]}}),
        )
        .query_param(
            "url",
            Style::Form.exploded().allow_reserved(),
            "https://a/b?c=d&e",
        )
        .query_param("json", Style::Json.joined(), &json!({"a": ["é", null]}))
        .header_param("X-Tags", Style::Simple.joined(), &["a", "b"])
        .cookie_param("theme", Style::Form.exploded(), "dark blue")
        .build()
        .unwrap();
    let response = client.send(&GET, request).await.unwrap();
    assert_eq!(response.status(), 200);

    let arrived = server.last();
    let (path, query) = arrived.target().split_once('?').unwrap();
    assert_eq!(path, "/x/;ids=a%2Cb,c/x=1,y=-2");
    assert!(
        query.contains("&n=3,1,2&") && query.contains("&s=p%20q&"),
        "{query}"
    );
    assert!(query.contains("url=https://a/b?c%3Dd%26e"), "{query}");
    let pairs = arrived.query();
    let read = |name: &str| -> Vec<&str> {
        let named = pairs.iter().filter(|(given, _)| given == name);
        named.map(|(_, value)| value.as_str()).collect()
    };
    for (name, values) in [
        ("n", &["3,1,2"][..]),
        ("sort", &["z", "a"]),
        ("s", &["p q"]),
        ("p", &["p|q"]),
        ("f[color]", &["x&y"]),
        ("f[at][z][0]", &["1"]),
        ("url", &["https://a/b?c=d&e"]),
        ("json", &[r#"{"a":["é",null]}"#]),
    ] {
        assert_eq!(read(name), values, "{name}");
    }
    assert_eq!(arrived.header("x-tags"), Some("a,b"));
    assert_eq!(arrived.header("cookie"), Some("theme=dark%20blue"));
}

/// reqwest's reading of an address changes none of it.
#[cfg(feature = "reqwest")]
#[tokio::test]
async fn through_reqwest_it_is_the_same() {
    use openapi_client_runtime::{ReqwestTransport, reqwest};
    use std::sync::Arc;

    let server = Raw::start(&[&response(200, "application/json", b"{}")]).await;
    let transport = ReqwestTransport::new(reqwest::Client::builder()).unwrap();
    let through_reqwest = Lab::builder()
        .endpoint(&server.url)
        .transport(Arc::new(transport))
        .build()
        .unwrap();
    for client in [Lab::to(&server), through_reqwest] {
        let request = RequestBuilder::get("/x")
            .query_param(
                "a",
                Style::Form.exploded().allow_reserved(),
                "!$'()*+,;=:@/?[]#%2F|^`{}\"<>",
            )
            .query_param("b", Style::PipeDelimited.joined(), &["'", "%7C"])
            .build()
            .unwrap();
        client.send(&GET, request).await.unwrap();
    }
    let arrived = server.arrived();
    assert_eq!(arrived[0].target(), arrived[1].target());
    assert_eq!(arrived[0].query()[0].1, "!$'()*+,;=:@/?[]#%2F|^`{}\"<>");
}
