//! No secret of a request can be found in any log line, error or `Debug`.
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod support;

use std::error::Error as StdError;
use std::io;
use std::sync::{Arc, Mutex};

use huaweicloud_runtime::generated::wire::RequestBuilder;
use huaweicloud_runtime::generated::{check, lenient};
use huaweicloud_runtime::observe::{AttemptReport, CallReport, Observer};
use huaweicloud_runtime::{Credentials, Error, Password, PasswordPolicy, PolicyEnforcement};
use support::*;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;

/// A secret of a header that the operation declares secret.
const EXTRA: &str = "ExHiddenHeaderValue0001";
const SECRETS: &[&str] = &[
    ACCESS_KEY,
    SECRET_KEY,
    SECURITY_TOKEN,
    TOKEN,
    PASSWORD,
    EXTRA,
];

/// Collects every log line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Writes down all that an observer is told.
#[derive(Default)]
struct Reports(Mutex<String>);

impl Observer for Reports {
    fn on_attempt(&self, report: &AttemptReport<'_>) {
        self.0.lock().unwrap().push_str(&format!("{report:?}\n"));
    }

    fn on_call(&self, report: &CallReport<'_>) {
        self.0.lock().unwrap().push_str(&format!("{report:?}\n"));
    }
}

/// Captures all levels of `tracing` and of `log`, which reqwest and rustls use.
fn capture() -> Log {
    let log = Log::default();
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(log.clone())
        .with_ansi(false)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL);
    let subscriber = tracing_subscriber::registry()
        .with(tracing_subscriber::filter::LevelFilter::TRACE)
        .with(layer);
    tracing::subscriber::set_global_default(subscriber).unwrap();
    tracing_log::LogTracer::init().unwrap();
    log
}

/// Fails if `text` holds a secret in any spelling that a log could have.
fn assert_clean(what: &str, text: &str) {
    for secret in SECRETS {
        let json = serde_json::to_string(secret).unwrap();
        for spelling in [
            (*secret).to_owned(),
            json.trim_matches('"').to_owned(),
            huaweicloud_runtime::generated::wire::encode_path(secret),
            format!("{secret:?}").trim_matches('"').to_owned(),
        ] {
            assert!(!text.contains(&spelling), "{what} holds {spelling}");
        }
    }
    // The part that all secrets share, however the rest is spelled.
    assert!(!text.contains("Hidden"), "{what}: {text}");
}

/// All that can be seen of an error.
fn seen_of(error: &(dyn StdError + 'static)) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(" {error} {error:?}"));
        cause = error.source();
    }
    text
}

#[derive(Debug, serde::Deserialize)]
#[expect(dead_code, reason = "shown by Debug, never read")]
struct EchoBody {
    #[serde(default, deserialize_with = "lenient::optional_string")]
    error_msg: Option<String>,
}

/// A body that echoes all that came, as careless servers do.
fn echo(request: &Received) -> String {
    let headers = format!("{:?}", request.headers);
    let body = String::from_utf8_lossy(&request.body);
    serde_json::json!({
        "error_code": "X.1",
        "error_msg": format!("plain {PASSWORD} raw {body} headers {headers}"),
        "request_id": credential(request),
    })
    .to_string()
}

/// A secret of the credentials that this request came with.
fn credential(request: &Received) -> &'static str {
    match request.header("x-auth-token") {
        Some(_) => TOKEN,
        None => SECRET_KEY,
    }
}

#[tokio::test]
async fn nothing_leaks() {
    let log = capture();
    let reports = Arc::new(Reports::default());
    let server = Server::start(|seen| match seen.target.as_str() {
        "/closed" => Vec::new(),
        "/throttled" => response(
            429,
            &[("X-Request-Id", credential(seen)), ("Retry-After", "0")],
            "",
        ),
        "/html" => response(
            502,
            &[
                ("X-Request-Id", EXTRA),
                ("Location", &format!("/{}", credential(seen))),
            ],
            &format!("<html><title>{PASSWORD}</title>{}</html>", credential(seen)),
        ),
        "/type" => response(
            200,
            &[],
            &format!(r#"{{"error_msg":[{}]}}"#, serde_json::json!(PASSWORD)),
        ),
        "/decode" => response(
            200,
            &[],
            &serde_json::json!([PASSWORD, credential(seen)]).to_string(),
        ),
        _ => response(400, &[("X-Echo", credential(seen))], &echo(seen)),
    })
    .await;

    let token = Credentials::token(TOKEN).project_id(PROJECT);
    for credentials in [aksk(), token] {
        let settings = builder(credentials.clone())
            .endpoint(&server.url)
            .observer(reports.clone());
        let core = settings.clone().build(SERVICES).unwrap();
        assert_clean(
            "settings",
            &format!("{settings:?} {core:#?} {credentials:?}"),
        );

        for path in [
            "/echo",
            "/html",
            "/type",
            "/decode",
            "/closed",
            "/throttled",
        ] {
            let request = RequestBuilder::post(path)
                .json(&ResetBody {
                    new_password: Password::new(PASSWORD),
                })
                .header("X-Extra-Secret", EXTRA)
                .build()
                .unwrap();
            assert_clean("request", &format!("{request:?} {request:#?}"));
            match core.execute(&RESET, None, request).await {
                Err(error) => assert_clean(path, &seen_of(&error)),
                Ok(response) => {
                    assert_clean(path, &format!("{response:?} {:?}", response.details()));
                    let readings: [Error<EchoBody>; 3] = [
                        response.clone().undocumented(),
                        response.clone().documented(|body: EchoBody| body),
                        match response
                            .json::<EchoBody, EchoBody, huaweicloud_runtime::CredentialsError>()
                        {
                            Ok(_) => response.clone().documented(|body: EchoBody| body),
                            Err(error) => error,
                        },
                    ];
                    for error in readings {
                        assert_clean(path, &seen_of(&error));
                        if path == "/echo" {
                            assert_eq!(error.code(), Some("X.1"));
                            assert_eq!(error.message(), Some("[withheld]"), "{error}");
                        }
                    }
                }
            }
        }
    }

    let reports = reports.0.lock().unwrap().clone();
    assert!(reports.contains("Responded(429)") && reports.contains("AttemptReport"));
    assert_clean("reports", &reports);
    assert!(!reports.contains(PROJECT), "a report holds an identifier");

    // Nobody listens: the error of a connection.
    let core = core_at("http://127.0.0.1:9");
    let error = core
        .execute(&RESET, None, reset_request())
        .await
        .unwrap_err();
    assert_clean("connection", &seen_of(&error));

    // A weak password: refused, or sent with a warning.
    const POLICY: PasswordPolicy = PasswordPolicy::new(60, 64).min_classes(4).specials("!");
    let password = Password::new(PASSWORD);
    let warn = check::password("p", &password, &POLICY, PolicyEnforcement::Warn);
    assert!(warn.is_ok());
    let error = check::password("p", &password, &POLICY, PolicyEnforcement::Enforce).unwrap_err();
    assert_clean("policy", &seen_of(&error));

    // Somebody logs the body.
    let body = ResetBody {
        new_password: password,
    };
    tracing::info!(body = %serde_json::to_string(&body).unwrap(), "by the caller");
    log::trace!("{:?}", body.new_password);

    let text = log.text();
    // The capture works: it has our span, the warning and the libraries' own
    // lines.
    for part in [
        "api.call",
        "api.attempt",
        "trying again",
        "ResetPassword",
        "at least 60",
        "TRACE",
        "by the caller",
    ] {
        assert!(text.contains(part), "the log lacks {part}:\n{text}");
    }
    assert!(
        text.contains("hyper_util"),
        "the log lacks the transport's lines"
    );
    assert_clean("log", &text);
    assert!(!text.contains(PROJECT), "the log holds an identifier");
}
