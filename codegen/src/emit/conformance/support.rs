//! What the tests of all operations share: a server that takes one request, and what the client
//! makes of its responses.
#![allow(dead_code, reason = "what one service does not need, another does")]

use std::sync::{Mutex, PoisonError};

use client_under_test::{Call, Client, ClientBuilder, Credentials, CredentialsError, Error, Response, RetryPolicy};
use serde_json::Value;
use wiremock::{Mock, MockServer, Respond, ResponseTemplate};

/// The tests of an operation: what it sends, how it is called, what no error may show, its documented
/// responses, those of [`UNUSUAL`] that it documents too, and what its mock sees.
macro_rules! conforms {
    (
        $(#[$attr:meta])*
        $service:ident::$operation:ident: $call:ident, $failure:ident $(, $output:ident)?;
        sends $request:expr;
        calls |$client:ident| $expression:expr;
        hides $secrets:expr;
        responds [$($case:expr,)*];
        $(documents $($documented:literal),+;)?
        mocks $success:expr, $is_seen:expr;
    ) => {
        $(#[$attr])*
        mod $operation {
            use super::*;
            use client_under_test::$service::$operation::$call;
            #[allow(unused_imports, reason = "some operations document no error")]
            use client_under_test::$service::$operation::$failure as Failure;
            $(use client_under_test::$service::$operation::$output as Output;)?

            static REQUEST: Request = $request;

            fn call($client: &client_under_test::Client) -> TestResult<$call> {
                Ok($expression)
            }

            #[tokio::test]
            async fn responds_as_documented() -> TestResult {
                let check = check_responses(&REQUEST, call, [$($case),*], &[$($($documented),+)?]);
                check.await
            }

            #[tokio::test]
            async fn shows_no_secret() -> TestResult {
                check_secrets(&REQUEST, call, &$secrets).await
            }

            #[cfg(feature = "mock")]
            #[tokio::test]
            async fn can_be_mocked() -> TestResult {
                let begin = |mock: &client_under_test::mock::Mock| mock.$service().$operation();
                let check = check_mock(&REQUEST, call, begin, $success, $is_seen, [$($case),*]);
                check.await
            }
        }
    };
}

pub type TestResult<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// The project of every call.
pub const PROJECT_ID: &str = "0123456789abcdef0123456789abcdef";

/// The key that signs every call.
const SECRET_KEY: &str = "KeyThatSigns";

const REQUEST_ID: &str = "4abc87d1b9e0a3c14abc87d1b9e0a3c1";

/// What the passwords of the examples begin with.
#[cfg(feature = "mock")]
const PASSWORD: &str = "Correct-Horse";

/// Responses that few documents have: status, media type and body.
const UNUSUAL: [(u16, &str, &str); 4] = [
    (302, "text/plain", ""),
    (418, "application/json", r#"{"error_code":"TEA.0418","error_msg":"short and stout"}"#),
    (502, "text/html", "<html><head><title>Bad Gateway</title></head></html>"),
    (511, "text/plain", ""),
];

/// What the example call of an operation is on the wire.
pub struct Request {
    pub method: &'static str,
    /// Empty where it is not known how it is spelled. //@any
    pub path: &'static str,
    pub query: &'static [(&'static str, &'static str)],
    pub headers: &'static [(&'static str, &'static str)],
    pub body: Option<&'static str>,
    pub more: More, //@any
}

impl Request {
    pub const fn new(method: &'static str, path: &'static str) -> Self {
        Self { method, path, query: &[], headers: &[], body: None } //@json
        Self { method, path, query: &[], headers: &[], body: None, more: More::NONE } //@any
    }

    fn is(&self, seen: &wiremock::Request) -> bool {
        let has_pair = |(name, value): &(&str, &str)| {
            seen.url.query_pairs().any(|pair| pair.0 == *name && pair.1 == *value) //@json
            seen.url.query_pairs().any(|pair| pair.0 == *name && is_same(&pair.1, value)) //@any
        };
        let has_header = |(name, value): &(&str, &str)| {
            let mut values = seen.headers.get_all(*name).iter();
            values.any(|given| given.as_bytes() == value.as_bytes()) //@json
            values.any(|given| given.to_str().is_ok_and(|given| is_same(given, value))) //@any
        };
        let has_body = |body: &str| {
            let json = serde_json::from_str::<Value>(body);
            json.is_ok_and(|expected| seen.body_json::<Value>().is_ok_and(|body| body == expected))
        };
        seen.method.as_str() == self.method
            && seen.url.path() == self.path //@json
            && (self.path.is_empty() || seen.url.path() == self.path) //@any
            && self.more.is(seen) //@any
            && self.query.iter().all(has_pair)
            && self.headers.iter().all(has_header)
            && self.body.is_none_or(has_body)
    }

    /// What it says besides its secrets, in lower case: examples may share words with them.
    fn without(&self, secrets: &[&str]) -> String {
        let (path, query, headers) = (self.path, self.query, self.headers);
        let said = format!("{path} {query:?} {headers:?} {:?}", self.body).to_lowercase(); //@json
        let said = format!("{path} {query:?} {headers:?} {:?} {:?}", self.body, self.more).to_lowercase(); //@any
        secrets.iter().fold(said, |said, secret| said.replace(&secret.to_lowercase(), ""))
    }

    /// A server that takes this request once, and no other.
    async fn server(&'static self, response: impl Respond + 'static) -> MockServer {
        let server = MockServer::start().await;
        Mock::given(|seen: &wiremock::Request| self.is(seen))
            .respond_with(response)
            .expect(1)
            .mount(&server)
            .await;
        server
    }
}

/// A header by its name, its value, and what text comes out.
type Header<O> = (&'static str, &'static str, fn(&O) -> String);

/// A documented response, and whether the client made of it what the document says.
pub struct Case<O, F> {
    status: u16,
    body: &'static str,
    media_type: &'static str, //@any
    headers: Vec<Header<O>>,
    is_success: Option<fn(&O) -> bool>, //@any
    is_failure: Option<fn(&F) -> bool>,
}

/// A success.
pub fn success<O, F>(status: u16, body: &'static str) -> Case<O, F> {
    Case { status, body, headers: Vec::new(), is_failure: None } //@json
    Case { status, body, media_type: "application/json", headers: Vec::new(), is_success: None, is_failure: None } //@any
}

/// A failure that is of this kind.
pub fn failure<O, F>(status: u16, body: &'static str, is: fn(&F) -> bool) -> Case<O, F> {
    Case { status, body, headers: Vec::new(), is_failure: Some(is) } //@json
    Case { status, body, media_type: "application/json", headers: Vec::new(), is_success: None, is_failure: Some(is) } //@any
}

impl<O, F> Case<O, F> {
    /// With a header that comes out as its text.
    pub fn header(mut self, name: &'static str, value: &'static str, text: fn(&O) -> String) -> Self {
        self.headers.push((name, value, text));
        self
    }

    fn template(&self) -> ResponseTemplate {
        let mut template = respond(self.status);
        if !self.body.is_empty() {
            template = template.set_body_raw(self.body, "application/json"); //@json
            template = template.set_body_raw(self.body, self.media_type); //@any
        }
        for (name, value, _) in &self.headers {
            template = template.insert_header(*name, *value);
        }
        template
    }

    fn check(&self, outcome: Result<Response<O>, Error<F>>) {
        let status = self.status;
        match (outcome, self.is_failure) {
            (Ok(response), None) => {
                assert_eq!(response.status(), status);
                assert_eq!(response.request_id(), Some(REQUEST_ID), "{status}");
                for (name, value, text) in &self.headers {
                    assert_eq!(text(&response), *value, "{status}: {name}");
                }
                let is = self.is_success.is_none_or(|is| is(&response)); //@any
                assert!(is, "{status}: another value than {}", self.body); //@any
            }
            (Err(error), Some(is)) => {
                assert_eq!(error.status(), Some(status), "{error}");
                assert_eq!(error.request_id(), Some(REQUEST_ID), "{error}");
                if let Some(code) = code(self.body) {
                    assert_eq!(error.code(), Some(code.as_str()), "{error}");
                }
                assert!(matches!(&error, Error::Api(api) if is(api.body())), "{status}: {error}");
            }
            (Ok(_), Some(_)) => panic!("{status} should be a failure"),
            (Err(error), None) => panic!("{status} should be a success: {error}"),
        }
    }
}

fn respond(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).insert_header("x-request-id", REQUEST_ID)
}

/// The code of an error body in the two ways the documents have it.
fn code(body: &str) -> Option<String> {
    let body: Value = serde_json::from_str(body).ok()?;
    let code = body.get("error_code").or_else(|| body.get("error")?.get("code"))?;
    code.as_str().map(str::to_owned)
}

fn set_up<C>(builder: ClientBuilder<C>, server: &MockServer) -> ClientBuilder<C> {
    // Every response is what one request gets.
    let builder = builder.endpoint(server.uri()).retry_policy(RetryPolicy::none());
    builder.caller_in_project()
}

/// Makes the call, and again without async, from inside an async function on purpose.
async fn send<C: Call<Credentials = CredentialsError>>(
    request: &'static Request,
    call: fn(&Client) -> TestResult<C>,
    response: impl Respond + Clone + 'static,
    check: impl Fn(Result<Response<C::Output>, Error<C::Failure>>),
) -> TestResult {
    #[cfg(feature = "blocking")]
    {
        let server = request.server(response.clone()).await;
        let builder = client_under_test::blocking::Client::begin();
        let client = set_up(builder, &server).build()?;
        check(client.send(call(&client)?));
    }
    let server = request.server(response).await;
    let client = set_up(Client::begin(), &server).build()?;
    check(call(&client)?.send().await);
    Ok(())
}

/// Every documented response, and the unusual ones that are not `documented`: each of these is an
/// error that keeps what there is to know.
pub async fn check_responses<C: Call<Credentials = CredentialsError>>(
    request: &'static Request,
    call: fn(&Client) -> TestResult<C>,
    cases: impl IntoIterator<Item = Case<C::Output, C::Failure>>,
    documented: &[u16],
) -> TestResult {
    for case in cases {
        send(request, call, case.template(), |outcome| case.check(outcome)).await?;
    }
    for (status, media_type, body) in UNUSUAL {
        if documented.contains(&status) {
            continue;
        }
        let mut response = respond(status).set_body_raw(body, media_type);
        if status == 302 {
            response = response.insert_header("location", "https://elsewhere.example/");
        }
        send(request, call, response, |outcome| {
            let Err(error) = outcome else { panic!("{status} is in no document") };
            assert!(matches!(error, Error::Undocumented(_)), "{error}");
            assert_eq!(error.status(), Some(status));
            assert_eq!(error.request_id(), Some(REQUEST_ID));
            assert!(error.message().is_some_and(|message| !message.is_empty()), "{error}");
            // The response to HEAD has no body, so there is no code to keep.
            if status == 418 && request.method != "HEAD" {
                assert_eq!(error.code(), Some("TEA.0418"));
                assert_eq!(error.message(), Some("short and stout"));
            }
        })
        .await?;
    }
    Ok(())
}

/// How a server repeats what it got: status, media type, and the body made of it.
type Echo = (u16, &'static str, fn(&str) -> String);

const ECHOES: [Echo; 6] = [
    (403, "text/plain", str::to_owned),
    (403, "application/json", in_json),
    (400, "application/json", |text| in_json(&in_json(text))),
    (401, "application/json", |text| in_json(&text.bytes().map(|it| format!("{it:02x}")).collect::<String>())),
    (502, "text/html", |text| format!("<html><title>{}</title></html>", text.replace('"', "&quot;"))),
    (200, "text/plain", str::to_owned),
];

fn in_json(text: &str) -> String {
    serde_json::json!({"error_code": "ECHO.0001", "error_msg": text}).to_string()
}

/// Repeats the whole request.
#[derive(Clone)]
struct Repeats(Echo);

impl Respond for Repeats {
    fn respond(&self, seen: &wiremock::Request) -> ResponseTemplate {
        let (status, media_type, body) = self.0;
        let text = format!("{} {:?} {}", seen.url, seen.headers, String::from_utf8_lossy(&seen.body));
        respond(status).set_body_raw(body(&text), media_type)
    }
}

/// Whatever a server repeats of the request, no error shows six characters of `secrets`, of the key
/// or of the signature. A call shows none of them either.
pub async fn check_secrets<C: Call<Credentials = CredentialsError> + std::fmt::Debug>(
    request: &'static Request,
    call: fn(&Client) -> TestResult<C>,
    secrets: &[&str],
) -> TestResult
where
    C::Failure: std::fmt::Debug,
{
    let client = Client::begin().endpoint("http://localhost:1");
    let client = client.caller().build()?;
    let shown = format!("{client:?} {:?}", call(&client)?);
    assert!(!secrets.iter().chain([&SECRET_KEY]).any(|it| shown.contains(it)), "{shown}");

    let shown = |outcome: Result<Response<C::Output>, Error<C::Failure>>| {
        let text = outcome.map_or_else(|error| format!("{error} {error:?}"), |_| String::new());
        text.to_lowercase()
    };
    // What an error says where nothing is repeated may share words with an example.
    let innocent = Mutex::new(request.without(secrets));
    let add = |outcome| innocent.lock().unwrap_or_else(PoisonError::into_inner).push_str(&shown(outcome));
    send(request, call, respond(403).set_body_raw(in_json("m"), "application/json"), add).await?;
    let innocent = innocent.into_inner().unwrap_or_else(PoisonError::into_inner);

    let runs = secrets.iter().copied().chain([SECRET_KEY]).flat_map(runs);
    let runs: Vec<String> = runs.filter(|run| !innocent.contains(run)).collect();
    for echo in ECHOES {
        send(request, call, Repeats(echo), |outcome| {
            let shown = shown(outcome);
            assert!(!runs.iter().any(|run| shown.contains(run)), "{} {}: {shown}", echo.0, echo.1);
        })
        .await?;
    }
    Ok(())
}

/// Each six characters of a secret, in lower case.
fn runs(secret: &str) -> Vec<String> {
    let letters: Vec<char> = secret.to_lowercase().chars().collect();
    letters.windows(6).map(|run| run.iter().collect()).collect()
}

#[cfg(feature = "mock")]
use client_under_test::mock::{self, Expectation, MockedOperation, Reply};

/// The mock of an operation: what it responds with, what it shows, and what it says of calls that
/// nobody expected. What a failure is over a socket, it is through the mock.
#[cfg(feature = "mock")]
pub async fn check_mock<C: Call<Credentials = CredentialsError>, M: MockedOperation<Failure = C::Failure>>(
    request: &'static Request,
    call: fn(&Client) -> TestResult<C>,
    begin: fn(&mock::Mock) -> Expectation<M>,
    success: u16,
    is_seen: fn(&M::Request) -> bool,
    cases: impl IntoIterator<Item = Case<C::Output, C::Failure>>,
) -> TestResult {
    let mock = mock::Mock::new();
    let calls = begin(&mock).times(1).returns_example();
    assert!(mock.verify().is_err());
    let response = call(&mock.client())?.send().await.map_err(|error| error.to_string())?;
    assert_eq!(response.status(), success);
    assert!(response.request_id().is_some());
    assert_eq!(calls.count(), 1);
    assert!(is_seen(&calls.last().ok_or("nothing was called")?));
    let shown = format!("{calls:?} {mock:?}");
    assert!(!shown.contains(PASSWORD), "{shown}");
    let has_secret = request.body.is_some_and(|body| body.contains(PASSWORD));
    assert!(!has_secret || shown.contains("[redacted]"), "{shown}");
    mock.assert();

    let mock = mock::Mock::new();
    begin(&mock).times(1).replies(Reply::status(511));
    begin(&mock).breaks_off();
    let client = mock.client();
    assert_eq!(failed(call(&client)?).await.status(), Some(511));
    let error = failed(call(&client)?).await;
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert!(error.may_have_been_processed());
    for case in cases {
        let Some(is) = case.is_failure else { continue };
        let server = request.server(case.template()).await;
        let client = set_up(Client::begin(), &server).build()?;
        let Error::Api(failure) = failed(call(&client)?).await else {
            return Err(format!("{} is no documented error", case.status).into());
        };
        let mock = mock::Mock::new();
        begin(&mock).fails(failure.into_inner());
        let error = failed(call(&mock.client())?).await;
        assert!(matches!(&error, Error::Api(api) if is(api.body())), "{}: {error}", case.status);
        // Successes that say no share an error, whatever their status.
        assert!(error.status() == Some(case.status) || case.status < 300, "{error}");
    }

    let mock = mock::Mock::new();
    let calls = begin(&mock).with(|_| false).returns_example();
    let error = failed(call(&mock.client())?).await.to_string();
    let operation = M::OPERATION.to_string();
    assert!(error.contains(&operation) && error.contains("mocked"), "{error}");
    assert_eq!(calls.count(), 0);
    let problems = mock.verify().unwrap_err();
    assert!(problems.contains("expected a call"), "{problems}");
    assert!(problems.contains("unexpected call"), "{problems}");
    Ok(())
}

#[cfg(feature = "mock")]
async fn failed<C: Call<Credentials = CredentialsError>>(call: C) -> Error<C::Failure> {
    match call.send().await {
        Ok(response) => panic!("{} should be a failure", response.status()),
        Err(error) => error,
    }
}
