//! What an operation asks for goes along with it, and nothing else.

use openapi_client_runtime::authentication::standard::{Credentials, CredentialsError};
use openapi_client_runtime::wire::RequestBuilder;
use openapi_client_runtime::{CallOptions, ClientBuilder, Operation, SecurityScheme, SendError};

use crate::raw::{Lab, Raw, response};

const fn operation() -> Operation {
    Operation::new("lab", "Get", "GET", "/x")
}

use SecurityScheme::{ApiKeyCookie, ApiKeyHeader, ApiKeyQuery, Basic, Bearer, Other};

static BEARER: Operation = operation().security(&[&[("token", Bearer)]]);
static ADMIN: Operation = operation().security(&[&[("admin", Bearer)]]);
static KEYS: Operation = operation().security(&[
    &[("login", Basic), ("k", ApiKeyQuery("k"))],
    &[("h", ApiKeyHeader("x-key")), ("c", ApiKeyCookie("c"))],
]);
static LOGIN: Operation = operation().security(&[&[("login", Basic)]]);
static OFFICE: Operation = operation().security(&[&[("office", Basic)]]);
static EITHER: Operation =
    operation().security(&[&[("k", ApiKeyQuery("k"))], &[("token", Bearer)]]);
static OPTIONAL: Operation = operation().security(&[&[], &[("token", Bearer)]]);
static NONE: Operation = operation().security(&[]);
static OTHER: Operation = operation().security(&[&[("tls", Other)]]);
static BOTH_OR_KEY: Operation = operation().security(&[
    &[("login", Basic), ("token", Bearer)],
    &[("k", ApiKeyQuery("k"))],
]);
static BOTH: Operation = operation().security(&[&[("login", Basic), ("token", Bearer)]]);
static FLOWS: Operation = operation().security(&[&[("token", Bearer), ("admin", Bearer)]]);
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
    let admin = || Credentials::bearer("A").for_scheme("admin");
    let token = || Credentials::bearer("T").for_scheme("token");
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
        // Of one kind, the name tells which is meant, in whatever order they are given.
        (token().and(admin()), &BEARER, &["Bearer T"]),
        (token().and(admin()), &ADMIN, &["Bearer A"]),
        (admin().and(token()), &BEARER, &["Bearer T"]),
        (bearer().and(admin()), &ADMIN, &["Bearer A"]),
        (bearer().and(admin()), &BEARER, &["Bearer B"]),
        (admin().and(basic()).and(query()), &OPTIONAL, &[]),
        (basic().and(token()).and(query()), &BOTH_OR_KEY, &["k=Q"]),
        // Two flows of one kind ask for one token.
        (token(), &FLOWS, &["Bearer T"]),
        (admin(), &FLOWS, &["Bearer A"]),
        (bearer(), &FLOWS, &["Bearer B"]),
        (
            token().and(Credentials::bearer("T").for_scheme("admin")),
            &FLOWS,
            &["Bearer T"],
        ),
        // Where nobody says which, the first for a place.
        (admin().and(token()).and(basic()), &ANY, &["Bearer A"]),
        (
            Credentials::api_key_query("k", "1")
                .for_scheme("a")
                .and(query()),
            &ANY,
            &["k=1"],
        ),
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
                "header `x-key` for `h` and an API key in the cookie `c`",
            ],
        ),
        (basic(), &OTHER, &["what this client cannot give for `tls`"]),
        (
            without(),
            &EITHER,
            &["query parameter `k` for `k`; or a bearer token"],
        ),
        (
            ClientBuilder::new().credentials(Credentials::bearer("Hidden-1").for_scheme("admin")),
            &BEARER,
            &["a bearer token for `token`", "`.for_scheme(..)`"],
        ),
        (
            ClientBuilder::new().credentials(
                Credentials::bearer("Hidden-1")
                    .for_scheme("token")
                    .and(Credentials::bearer("Hidden-2").for_scheme("admin")),
            ),
            &FLOWS,
            &["two credentials at once", "the header `authorization`"],
        ),
        // A request has room for one of them.
        (
            ClientBuilder::new()
                .credentials(Credentials::basic("u", "p").and(Credentials::bearer("Hidden-1"))),
            &BOTH,
            &[
                "the header `authorization`",
                "give credentials for another way",
            ],
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

#[test]
fn two_that_nothing_tells_apart_make_no_client() {
    let named = || Credentials::api_key_header("x-key", "Hidden-1").for_scheme("h");
    for (credentials, place) in [
        (
            Credentials::bearer("Hidden-1").and(Credentials::bearer("Hidden-2")),
            "the header `authorization`",
        ),
        (named().and(named()), "the header `x-key`"),
        (
            Credentials::api_key_query("k", "Hidden-1")
                .and(Credentials::api_key_query("k", "Hidden-2")),
            "the query parameter `k`",
        ),
    ] {
        let built = Lab::builder().credentials(credentials).build();
        let error = built.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(
            [place, "name for each"].iter().all(|it| shown.contains(it))
                && !shown.contains("Hidden"),
            "{shown}"
        );
    }
}

/// A wrong password is counted as one, whatever goes along with it and in whatever order.
#[tokio::test]
async fn a_refused_password_is_not_sent_again_with_others() {
    let server = Raw::start(&[&response(401, "application/json", b"{}")]).await;
    let given = Credentials::basic("u", "Hidden-1").and(Credentials::api_key_query("k", "Q"));
    let builder = Lab::builder().credentials(given);
    let client = builder.endpoint(&server.url).build().unwrap();
    for operation in [&LOGIN, &KEYS, &LOGIN] {
        let request = RequestBuilder::get("/x").build().unwrap();
        let _ = client.send(operation, request).await;
    }
    assert_eq!(server.arrived().len(), 1);
}

/// A key that the caller sets by hand takes the place of the client's, and of nothing else.
#[tokio::test]
async fn a_password_beside_a_header_set_by_hand_is_counted_all_the_same() {
    let server = Raw::start(&[&response(401, "application/json", b"{}")]).await;
    let given = Credentials::basic("u", "Hidden-1").and(Credentials::api_key_header("x-key", "H"));
    let builder = Lab::builder().credentials(given);
    let client = builder.endpoint(&server.url).build().unwrap();
    for _ in 0..3 {
        let request = RequestBuilder::get("/x").header("x-key", "by hand");
        let _ = client.send(&ANY, request.build().unwrap()).await;
    }
    assert_eq!(server.arrived().len(), 1);
    assert_eq!(server.last().header("x-key"), Some("by hand"));
}

/// A refusal says something of what was sent, and nothing of what was left out.
#[tokio::test]
async fn a_refusal_counts_against_what_was_sent_alone() {
    let basic = |password| Credentials::basic("u", password);
    let key = || Credentials::api_key_header("x-key", "H");
    let two = || {
        basic("1")
            .for_scheme("login")
            .and(basic("2").for_scheme("office"))
    };
    let get = || RequestBuilder::get("/x");
    let by_hand = || get().header("authorization", "Basic dTp4");
    let none = CallOptions::new;
    let own_key = || none().header("x-key", "by hand");
    for (case, credentials, (first, options), then, arrived) in [
        (
            "a password behind a token",
            Credentials::bearer("B").and(basic("1")),
            (get(), none()),
            &LOGIN,
            2,
        ),
        ("the first of two", two(), (get(), none()), &LOGIN, 1),
        ("the second of two", two(), (get(), none()), &OFFICE, 2),
        (
            "a password whose place was taken, beside a key",
            basic("1").and(Credentials::api_key_query("k", "Q")),
            (by_hand(), none()),
            &LOGIN,
            2,
        ),
        (
            "a key whose place an option took",
            key(),
            (get(), own_key()),
            &ANY,
            2,
        ),
    ] {
        let server = Raw::start(&[&response(401, "application/json", b"{}")]).await;
        let builder = Lab::builder().credentials(credentials);
        let client = builder.endpoint(&server.url).build().unwrap();
        let once = Lab(client.0.with_options(&options));
        let sent = once.send(&ANY, first.build().unwrap()).await.unwrap();
        assert_eq!(sent.status(), 401, "{case}");
        let _ = client.send(then, get().build().unwrap()).await;
        assert_eq!(server.arrived().len(), arrived, "{case}");
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
