//! Every operation, against a server that repeats a secret of the request in every encoding, cut
//! off at every length, in every place of a response: no part of the secret is printed.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use aho_corasick::AhoCorasick;
use huaweicloud_password::identity::{Agency, IdTokenSignIn, SignIn};
use huaweicloud_password::{Client, Credentials, Password, PolicyEnforcement, RetryPolicy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{PROJECT_ID, Printed, log, operations};
use crate::encodings::ENCODINGS;
use huaweicloud_password_workbench::calls;

/// Characters of a run that nobody may see.
const RUN: usize = 6;

const LONG: &str = "Zq\"w7&Xk9<Vb3\\mT";
const SHORT: &str = "Zq9!x";
const TOKEN: &str = "MIIQtoken7Wx+/K2vLq0ZbNf8Yc==";
const SECURITY_TOKEN: &str = "ST9gAJjbi1ub3J0aC00Tk8vPq2R==";
const ACCESS_KEY: &str = "AKW3UTNWQ7XEPLMG2ZRB";
const SECRET_KEY: &str = "k7Gq2pLx9TzVn4RbWy8HcJm3FdKs6AeQuX1oZiNt";

/// A place in a response, and the response that has an echo there.
type Place = (&'static str, fn(&str) -> Vec<u8>);

/// Where in a response the echo stands.
const PLACES: &[Place] = &[
    ("message", |echo| {
        let text =
            serde_json::json!({"error_code": "X.1", "error_msg": echo, "error_description": echo});
        response("400 Bad Request", "application/json", "", &text.to_string())
    }),
    ("code", |echo| {
        let text = serde_json::json!({"error_code": echo, "error_msg": "m", "request_id": echo});
        response(
            "500 Internal Server Error",
            "application/json",
            "",
            &text.to_string(),
        )
    }),
    ("nested message", |echo| {
        let text = serde_json::json!({"error": {"code": 418, "message": echo, "details": [echo]}});
        response("418 Teapot", "application/json", "", &text.to_string())
    }),
    ("name of a field", |echo| {
        let text = serde_json::json!({echo: {"message": "m"}});
        response(
            "401 Unauthorized",
            "application/json",
            "",
            &text.to_string(),
        )
    }),
    ("title", |echo| {
        let text = format!("<html><head><title>{echo}</title></head></html>");
        response("502 Bad Gateway", "text/html", "", &text)
    }),
    ("text", |echo| {
        response("403 Forbidden", "text/plain", "", echo)
    }),
    ("text of a success", |echo| {
        response("201 Created", "text/plain", "", echo)
    }),
    ("another success", |echo| {
        let text = serde_json::json!({"message": echo, "code": "1", "resetpwd_flag": echo});
        response("202 Accepted", "application/json", "", &text.to_string())
    }),
    ("headers", |echo| {
        let value: String = echo.chars().filter(char::is_ascii_graphic).collect();
        let headers = format!(
            "X-Request-Id: {value}\r\nLocation: https://elsewhere.example/{value}\r\n\
             Retry-After: {value}\r\n"
        );
        response("302 Found", &format!("text/{value}"), &headers, "x")
    }),
    ("flag and code", |echo| {
        let text = serde_json::json!({"resetpwd_flag": echo, "code": echo, "message": echo, "projects": echo});
        response("200 OK", "application/json", "", &text.to_string())
    }),
    ("success", |echo| {
        let text = serde_json::json!({
            "resetpwd_flag": "True", "code": "1", "message": echo, "projects": [],
            "token": {"expires_at": "2099-01-01T00:00:00.000000Z", "user": {"name": echo}},
        });
        response("200 OK", "application/json", "", &text.to_string())
    }),
    ("broken JSON", |echo| {
        let text = format!(r#"{{"error_code":"X.1","error_msg":"{echo}"#);
        response("404 Not Found", "application/json", "", &text)
    }),
];

fn response(status: &str, content_type: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nConnection: close\r\n{headers}\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Responds to every request with what it was told, and keeps what came.
struct Server {
    endpoint: String,
    response: Arc<Mutex<Vec<u8>>>,
    received: Arc<Mutex<String>>,
}

impl Server {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("it is bound"));
        let (response, received) = (
            Arc::<Mutex<Vec<u8>>>::default(),
            Arc::<Mutex<String>>::default(),
        );
        let (told, kept) = (Arc::clone(&response), Arc::clone(&received));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = Vec::new();
                while !is_whole(&bytes) && stream.read_buf(&mut bytes).await.is_ok_and(|n| n > 0) {}
                kept.lock()
                    .expect("no panic")
                    .push_str(&String::from_utf8_lossy(&bytes));
                let response = told.lock().expect("no panic").clone();
                let _ = stream.write_all(&response).await;
            }
        });
        Self {
            endpoint,
            response,
            received,
        }
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
        let length = head.lines().find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        });
        body.len() >= length.unwrap_or(0_usize)
    })
}

/// What must not be seen, looked for all at once: one after the other it took longer than the calls.
struct Parts {
    all: Vec<String>,
    finder: AhoCorasick,
}

/// The parts of a secret that must not be seen, plain and encoded character by character.
fn parts(secret: &str) -> Parts {
    let characters: Vec<char> = secret.chars().collect();
    let length = RUN.min(characters.len());
    let plain = characters
        .windows(length)
        .map(|run| run.iter().collect::<String>());
    let all: BTreeSet<String> = plain
        .flat_map(|run| ENCODINGS.iter().map(move |(_, encode)| encode(&run)))
        .map(|run| {
            run.trim_matches(['"', '[', ']', '=', ' ', '\0'])
                .to_lowercase()
        })
        .collect();
    let finder = AhoCorasick::new(&all).expect("they are short");
    let all = all.into_iter().collect();
    Parts { all, finder }
}

fn assert_holds_none(parts: &Parts, text: &str, what: &str) {
    let text = text.to_lowercase();
    if let Some(found) = parts.finder.find(&text) {
        let part = &parts.all[found.pattern().as_usize()];
        let (before, after) = text.split_at(found.start());
        let before: Vec<char> = before.chars().rev().take(200).collect();
        let before: String = before.into_iter().rev().collect();
        let after: String = after.chars().take(200).collect();
        panic!("{what}: {part} stands in …{before}{after}…");
    }
}

type Call<'c> = Pin<Box<dyn Future<Output = Printed> + Send + 'c>>;

/// A client with these credentials that sends weak passwords too.
fn client(endpoint: &str, credentials: Credentials) -> Client {
    Client::builder("cn-north-4")
        .endpoint(endpoint)
        .password_policy(PolicyEnforcement::Off)
        .retry_policy(RetryPolicy::none())
        .credentials(credentials.project_id(PROJECT_ID))
        .build()
        .expect("the client is complete")
}

/// What a client does by itself to prove who calls.
const OWN: &[&str] = &["sign_in", "sign_in_with_id_token", "assume_agency"];

/// Calls an operation with a password where it takes one, or has the client do what is its own.
fn call<'c>(operation: &'c str, endpoint: &'c str, secret: &'c str) -> Call<'c> {
    let credentials = match secret {
        SECURITY_TOKEN | SECRET_KEY => {
            Credentials::aksk(ACCESS_KEY, SECRET_KEY).security_token(SECURITY_TOKEN)
        }
        _ => Credentials::token(TOKEN),
    };
    Box::pin(async move {
        let mut printed = Printed::default();
        let builder = Client::builder("cn-north-4")
            .endpoint(endpoint)
            .project_id(PROJECT_ID)
            .retry_policy(RetryPolicy::none());
        let password = Password::new(secret);
        let builder = match operation {
            "sign_in" => {
                let user = SignIn::new("account", "user", secret);
                builder.sign_in(user.totp("id", password))
            }
            "sign_in_with_id_token" => {
                builder.sign_in_with_id_token(IdTokenSignIn::new("idp", password))
            }
            "assume_agency" => {
                let agency = Agency::new("account", "agency");
                builder.credentials(credentials).assume_agency(agency)
            }
            operation => {
                let client = client(endpoint, credentials);
                operations::of(operation)(&client, password, &mut printed).await;
                return printed;
            }
        };
        let client = builder.build().expect("the client is complete");
        printed.result(&calls::bare_metal_flag(&client, "server").send().await);
        printed.debug(&client);
        printed
    })
}

/// The operations whose requests carry a secret; a server has none of the others to repeat.
async fn carriers(server: &Server, secret: &str) -> Vec<&'static str> {
    // A secret key signs, and travels as a signature.
    let travels_as = match secret {
        SECRET_KEY => ACCESS_KEY,
        other => other,
    };
    let travels_as = serde_json::to_string(travels_as).expect("a string serializes");
    let mut found = Vec::new();
    let operations = operations::ALL.iter().map(|(name, _)| *name);
    for operation in operations.chain(OWN.iter().copied()) {
        call(operation, &server.endpoint, secret).await;
        let received = std::mem::take(&mut *server.received.lock().expect("no panic"));
        if received.contains(travels_as.trim_matches('"')) {
            found.push(operation);
        }
    }
    found
}

/// The search finds every part, wherever it stands.
pub fn every_part_is_found() {
    for secret in [LONG, SHORT, TOKEN, SECURITY_TOKEN, SECRET_KEY] {
        let unseen = parts(secret);
        for part in &unseen.all {
            let text = format!("an error: got {part} and");
            assert!(unseen.finder.is_match(&text), "{part}");
        }
    }
}

pub async fn nothing_is_printed(log: &log::Log) {
    let server = Server::start().await;
    let mut kinds = BTreeSet::new();
    let mut turn = 0;
    // How many operations carry each.
    for (secret, carried) in [
        (LONG, 7),
        (SHORT, 7),
        (TOKEN, operations::ALL.len() - 1),
        (SECURITY_TOKEN, operations::ALL.len() - 1),
        (SECRET_KEY, operations::ALL.len() - 1),
    ] {
        let unseen = parts(secret);
        let carriers = carriers(&server, secret).await;
        assert!(
            carriers.len() >= carried,
            "{secret} travels with {carriers:?}"
        );
        for (encoding, encode) in ENCODINGS {
            // Every place with the whole secret, and each length in one place.
            let whole = PLACES.iter().map(|place| (place, secret.len()));
            let lengths = (1..=secret.len()).filter(|end| secret.is_char_boundary(*end));
            let cut =
                lengths.map(|length| (&PLACES[(length + encoding.len()) % PLACES.len()], length));
            for ((place, write), length) in whole.chain(cut) {
                turn += 1;
                // What is cut off is the secret, or what it is encoded to.
                let echo = match turn % 2 {
                    0 => encode(&secret[..length]),
                    _ => {
                        let echo = format!("got {} and", encode(secret));
                        let characters = echo.chars().count();
                        echo.chars()
                            .take(characters * length / secret.len())
                            .collect()
                    }
                };
                *server.response.lock().expect("no panic") = write(&echo);
                let operation = carriers[turn % carriers.len()];
                let printed = call(operation, &server.endpoint, secret).await;
                kinds.extend(printed.kinds.iter().copied());
                let what = format!("{operation}, {secret} as {encoding} in {place}, {length} long");
                assert_holds_none(&unseen, &printed.text, &what);
            }
            let what = format!("the log, {secret} as {encoding}");
            assert_holds_none(&unseen, &log.take(), &what);
        }
    }
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["Api", "Credentials", "Decode", "Undocumented", "success"],
    );
}
