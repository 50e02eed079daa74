//! What stands at the margin of the standard is kept, sent and read.

use std::error::Error;

use margin_client::margin::read_range::ReadRangeBody;
use margin_client::margin::types::{Box2 as Sized, Note, Patterns};
use margin_client::{Client, Error as CallError};
use wiremock::matchers::{any, body_string, method, path};
use wiremock::{Mock, MockBuilder, MockServer, ResponseTemplate};

async fn client(expected: MockBuilder, body: &str, media_type: &str) -> (Client, MockServer) {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(200).set_body_raw(body.to_owned(), media_type);
    expected.respond_with(response).mount(&server).await;
    let client = Client::builder().without_credentials().endpoint(server.uri()).build();
    (client.expect("a client"), server)
}

#[tokio::test]
async fn null_is_a_body() -> Result<(), Box<dyn Error>> {
    let expected = Mock::given(method("PUT")).and(path("/v1/null")).and(body_string("null"));
    let (sender, _server) = client(expected, "null", "application/json").await;
    let response = sender.margin().put_null().body(None).send().await?;
    assert!(response.is_none());
    let expected = Mock::given(body_string(r#"{"text":"a"}"#));
    let (sender, _server) = client(expected, r#"{"text":"b"}"#, "application/json").await;
    let response = sender.margin().put_null().body(Some(Note::new("a"))).send().await?;
    assert_eq!(response.as_ref().map(|it| &*it.text), Some("b"));
    let (sender, _server) = client(Mock::given(method("POST")), "[1, null]", "application/json").await;
    let response = sender.margin().post_null().text("a").send().await?;
    assert_eq!(response.as_deref(), Some(&[Some(1), None][..]));
    Ok(())
}

#[tokio::test]
async fn a_range_beside_json_is_of_all_others() -> Result<(), Box<dyn Error>> {
    let (sender, _server) = client(Mock::given(any()), "plain", "text/plain").await;
    let response = sender.margin().read_range().send().await?;
    assert!(matches!(&*response, ReadRangeBody::Any(text) if text == "plain"));
    let (sender, _server) = client(Mock::given(any()), r#"{"text":"b"}"#, "application/json").await;
    let response = sender.margin().read_range().send().await?;
    assert!(matches!(&*response, ReadRangeBody::Json(note) if note.text == "b"));
    Ok(())
}

#[test]
fn names_by_pattern_are_open_unless_the_document_closes_them() {
    let all: Patterns = serde_json::from_str(
        r#"{"alone": {"x": 1, "other": "a"}, "closed": {"x": 2}, "several": {"x": 1, "y": "b"}, "hidden": {"x": "gold", "n": 3},
            "tuple": ["a", 1, {}], "secrets": ["gold", 3], "rest": {"a": 1}, "hex": "ff", "wide": 18446744073709551616}"#,
    )
    .expect("patterns");
    assert!(!format!("{all:?}").contains("gold"), "{all:?}");
    assert_eq!(all.alone.as_ref().map(|it| it.len()), Some(2));
    assert_eq!(all.closed.as_ref().map(|it| it["x"]), Some(2));
    assert_eq!(all.wide.map(|it| it.to_string()).as_deref(), Some("18446744073709551616"));
}

#[tokio::test]
async fn what_stands_in_a_path_is_checked() {
    let (sender, server) = client(Mock::given(any()), "", "").await;
    let word = vec!["ab".to_owned()];
    for [path, query, listed] in [[10, 1, 1], [1, 10, 1], [1, 1, 10]] {
        let call = sender.margin().read_box(Sized::new(path), word.clone());
        let call = call.wide(Sized::new(query)).all(vec![Sized::new(listed)]);
        let refused = call.send().await;
        assert!(matches!(refused, Err(CallError::InvalidRequest(_))), "{refused:?}");
    }
    for (exact, is_sent) in [(2, false), (3, true), (4, true), (5, false)] {
        let call = sender.margin().read_box(Sized::new(1), word.clone());
        let call = call.wide(Sized::new(1)).all(vec![Sized::new(1)]);
        let answered = call.exact(9_007_199_254_740_990 + exact).send().await;
        let is_refused = matches!(answered, Err(CallError::InvalidRequest(_)));
        assert_eq!(is_refused, !is_sent, "{exact} {answered:?}");
    }
    assert_eq!(server.received_requests().await.unwrap_or_default().len(), 2);
}

/// What the crate does by itself compiles without a warning; naming it is what callers choose.
#[tokio::test]
async fn callers_are_warned_of_what_is_deprecated() -> Result<(), Box<dyn Error>> {
    let expected = Mock::given(body_string(r#"{"old":"b","text":"a"}"#));
    let (sender, _server) = client(expected, "[]", "application/json").await;
    #[expect(deprecated, reason = "the setter of a field")]
    let call = sender.margin().post_null().text("a").old("b");
    call.send().await?;
    #[expect(deprecated, reason = "the setter of a type's field, and the field")]
    let old = Note::new("a").old("b").old;
    assert_eq!(old.as_deref(), Some("b"));
    Ok(())
}
