//! Credentials that a server refuses: renewed where somebody can, and never sent so often that they
//! lock.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use openapi_client_runtime::Call as _;
use openapi_client_runtime::authentication::standard::{
    Credentials, CredentialsFuture, ProvideCredentials,
};

use crate::server::{Response, Server};
use crate::shop::Shop;

/// Gives a token of the number of times that one was refused, up to a highest.
struct Renewing {
    refused: AtomicUsize,
    highest: usize,
}

impl ProvideCredentials for Renewing {
    fn provide(&self) -> CredentialsFuture<'_> {
        let number = self.refused.load(Ordering::SeqCst).min(self.highest);
        Box::pin(async move { Ok(Credentials::bearer(format!("token-{number}"))) })
    }

    fn rejected(&self, _: &Credentials) {
        self.refused.fetch_add(1, Ordering::SeqCst);
    }
}

fn renewing(highest: usize) -> Arc<Renewing> {
    Arc::new(Renewing {
        refused: AtomicUsize::new(0),
        highest,
    })
}

/// Only the token of this number is good.
fn accepts(number: usize) -> impl Fn(&str) -> Response {
    let line = format!("authorization: Bearer token-{number}");
    move |request| match request.split("\r\n").any(|it| it == line) {
        true => (200, "{}".to_owned()),
        false => (401, r#"{"code":"EXPIRED"}"#.to_owned()),
    }
}

#[tokio::test]
async fn a_token_that_ended_is_renewed_and_the_call_made_with_the_new_one() {
    let server = Server::start(accepts(1)).await;
    let builder = Shop::builder().endpoint(&server.url);
    let client = builder.credentials_provider(renewing(9)).build().unwrap();
    client.show_item("1").send().await.unwrap();
    assert_eq!(server.arrived().len(), 2);
    client.show_item("1").send().await.unwrap();
    assert_eq!(server.arrived().len(), 3);
}

#[tokio::test]
async fn where_there_is_no_other_token_it_is_not_sent_again() {
    let server = Server::start(accepts(7)).await;
    let builder = Shop::builder().endpoint(&server.url);
    let client = builder.credentials_provider(renewing(0)).build().unwrap();
    let error = client.show_item("1").send().await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(401), Some("EXPIRED")));
    assert!(error.is_auth() && !error.is_retryable() && !error.may_have_been_processed());
    let error = client.show_item("1").send().await.unwrap_err();
    assert_eq!(error.status(), Some(401), "{error}");
    assert_eq!(server.arrived().len(), 1);
}

#[tokio::test]
async fn a_wrong_password_does_not_lock_its_user_out() {
    let server = Server::start(|_| (401, r#"{"code":"WRONG"}"#.to_owned())).await;
    let builder = Shop::builder().endpoint(&server.url);
    let builder = builder.credentials(Credentials::basic("ann", "wrong"));
    let client = builder.build().unwrap();
    let calls = (0..50).map(|_| tokio::spawn(client.show_item("1").send()));
    for call in calls.collect::<Vec<_>>() {
        assert!(call.await.unwrap().unwrap_err().is_auth());
    }
    assert!(server.arrived().len() <= 4, "{}", server.arrived().len());
}
