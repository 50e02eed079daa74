//! A secret put into any request is found in no `Debug`, `Display`, error chain or log line.
//!
//! Every operation that takes a secret is called against servers that respond well, badly, and by
//! echoing what they got; everything a program could print is collected and searched for every
//! secret, in the plain and in the encodings it travels in.

mod echo;
mod log;
mod operations;
mod parts;

use std::error::Error as _;
use std::fmt::{Debug, Write as _};

use echo::{AGENCY_SECRET_KEY, AGENCY_TOKEN, Echo, Manner, SUBJECT_TOKEN};
use huaweicloud_password::identity::{Agency, IdTokenSignIn, SignIn};
use huaweicloud_password::{Client, Credentials, Error, Password, PolicyEnforcement, RetryPolicy};
use huaweicloud_password_workbench::calls;

const ACCESS_KEY: &str = "AKLEAKCANARY00000001";
const SECRET_KEY: &str = "SkLeakCanary/+=\"0000000000000000000000002";
const SECURITY_TOKEN: &str = "StsLeakCanary+/=00000000000000000003";
const TOKEN: &str = "TokenLeakCanary+/=000000000000000004";
const PASSWORD: &str = "Pw\"Leak\\Canary-5/é&<>";
const GOOD_PASSWORD: &str = "PwLeakCanary-6!";
const PASSCODE: &str = "PcLeakCanary-10";
const ID_TOKEN: &str = "eyLeakCanary.+/=00000000000000000000011";
const PROJECT_ID: &str = "0123456789abcdef0123456789abcdef";

/// Everything a program could have printed.
#[derive(Default)]
pub struct Printed {
    text: String,
    /// The kinds of error that were met.
    kinds: Vec<&'static str>,
}

impl Printed {
    fn debug(&mut self, value: &impl Debug) {
        writeln!(self.text, "{value:?}\n{value:#?}").expect("a string takes everything");
    }

    fn error<E: Debug + 'static>(&mut self, error: &Error<E>) {
        self.kinds.push(match error {
            Error::InvalidRequest(_) => "InvalidRequest",
            Error::Credentials(_) => "Credentials",
            Error::Transport(_) => "Transport",
            Error::Api(_) => "Api",
            Error::Undocumented(_) => "Undocumented",
            Error::Decode(_) => "Decode",
            _ => "another",
        });
        self.debug(error);
        writeln!(self.text, "{error}\n{error:#}").expect("a string takes everything");
        let mut source = error.source();
        while let Some(error) = source {
            writeln!(self.text, "{error}\n{error:?}").expect("a string takes everything");
            source = error.source();
        }
    }

    fn result<T: Debug, E: Debug + 'static>(&mut self, result: &Result<T, Error<E>>) {
        match result {
            Ok(value) => {
                self.kinds.push("success");
                self.debug(value);
            }
            Err(error) => self.error(error),
        }
    }
}

fn all_credentials() -> Vec<Credentials> {
    let credentials = [
        Credentials::aksk(ACCESS_KEY, SECRET_KEY),
        Credentials::aksk(ACCESS_KEY, SECRET_KEY).security_token(SECURITY_TOKEN),
        Credentials::token(TOKEN),
    ];
    credentials
        .into_iter()
        .map(|credentials| credentials.project_id(PROJECT_ID))
        .collect()
}

/// Calls every operation with every secret there is and keeps all that can be printed.
async fn call_everything(endpoint: &str, printed: &mut Printed) {
    for credentials in all_credentials() {
        for enforcement in [
            PolicyEnforcement::Enforce,
            PolicyEnforcement::Warn,
            PolicyEnforcement::Off,
        ] {
            printed.debug(&credentials);
            let builder = Client::builder("cn-north-4")
                .endpoint(endpoint)
                .password_policy(enforcement)
                .retry_policy(RetryPolicy::none())
                .credentials(credentials.clone());
            printed.debug(&builder);
            let client = builder.build().expect("the client is complete");
            printed.debug(&client);
            for text in [PASSWORD, GOOD_PASSWORD] {
                let password = Password::new(text);
                printed.debug(&password);
                let json = serde_json::to_string(&password).expect("a password serializes");
                printed.text.push_str(&json);

                for (_, call) in operations::ALL {
                    call(&client, password.clone(), printed).await;
                }
            }
        }
    }
    for text in [PASSWORD, GOOD_PASSWORD] {
        sign_in(endpoint, text, printed).await;
    }
    prove(endpoint, printed).await;
}

/// Proves who calls in each way that IAM is asked about, and goes on with what it gave.
async fn prove(endpoint: &str, printed: &mut Printed) {
    let builder = || {
        Client::builder("cn-north-4")
            .endpoint(endpoint)
            .project_id(PROJECT_ID)
            .retry_policy(RetryPolicy::none())
    };
    let user = IdTokenSignIn::new("idp", Password::new(ID_TOKEN));
    printed.debug(&user);
    let keys = Credentials::aksk(ACCESS_KEY, SECRET_KEY).security_token(SECURITY_TOKEN);
    let agency = Agency::new("their-account", "their-agency");
    for builder in [
        builder().sign_in_with_id_token(user),
        builder().credentials(keys).assume_agency(agency),
    ] {
        printed.debug(&builder);
        let client = builder.build().expect("the client is complete");
        printed.result(&calls::bare_metal_flag(&client, "server").send().await);
        printed.debug(&client);
        let call = client.iam().create_temporary_access_key_by_agency();
        let auth = serde_json::json!({"identity": {
            "methods": ["assume_role"], "assume_role": {"agency_name": "a", "domain_name": "d"},
        }});
        let auth = serde_json::from_value(auth).expect("the document's shape");
        printed.result(&call.auth(auth).send().await);
    }
}

/// Signs in, by a call and by the client itself, and goes on with the token.
async fn sign_in(endpoint: &str, password: &str, printed: &mut Printed) {
    let user = SignIn::new("account", "user", password).totp("id", Password::new(PASSCODE));
    printed.debug(&user);
    let builder = Client::builder("cn-north-4")
        .endpoint(endpoint)
        .project_id(PROJECT_ID)
        .retry_policy(RetryPolicy::none())
        .sign_in(user);
    printed.debug(&builder);
    let client = builder.build().expect("the client is complete");
    printed.debug(&client);
    printed.result(&calls::bare_metal_flag(&client, "server").send().await);
    printed.debug(&client);
}

/// The ways a secret can stand in a text.
fn spellings(secret: &str) -> Vec<String> {
    let json = serde_json::to_string(secret).expect("a string serializes");
    let json = json.trim_matches('"').to_owned();
    let debug = format!("{secret:?}").trim_matches('"').to_owned();
    let percent: String = secret
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    vec![secret.to_owned(), json, debug, percent]
}

#[tokio::test]
async fn no_secret_is_printed_anywhere() {
    let log = log::capture();
    let mut printed = Printed::default();
    for manner in Manner::ALL {
        let server = Echo::start(manner).await;
        call_everything(&server.endpoint(), &mut printed).await;
        // The secrets did travel: what is searched for would be found if it leaked.
        if manner == Manner::Success {
            let received = server.received();
            let sent_on = received
                .to_ascii_lowercase()
                .contains("x-auth-token: subjectleak");
            assert!(sent_on, "the token that was handed out is not used");
            for secret in [PASSCODE, ID_TOKEN, AGENCY_TOKEN] {
                assert!(
                    received.contains(secret),
                    "{secret} never reached the server"
                );
            }
        }
        if manner == Manner::Refuse200 {
            let received = server.received();
            assert!(
                received.contains(GOOD_PASSWORD),
                "the password never reached the server"
            );
            assert!(
                received.contains(TOKEN),
                "the token never reached the server"
            );
            assert!(
                received.contains(SECURITY_TOKEN),
                "the security token never reached the server"
            );
        }
    }
    // Nobody listens here.
    call_everything("http://127.0.0.1:9", &mut printed).await;
    assert!(printed.kinds.contains(&"Transport") && printed.kinds.contains(&"InvalidRequest"));

    let log_so_far = log.take();
    parts::nothing_is_printed(&log).await;
    let log = log_so_far;
    assert!(
        log.contains("TRACE") || log.contains("DEBUG"),
        "the log was captured: {log}"
    );
    assert!(
        log.contains("ResetPassword"),
        "the client's own spans are in the log: {log}"
    );
    for secret in [
        SECRET_KEY,
        SECURITY_TOKEN,
        TOKEN,
        PASSWORD,
        GOOD_PASSWORD,
        SUBJECT_TOKEN,
        PASSCODE,
        ID_TOKEN,
        AGENCY_SECRET_KEY,
        AGENCY_TOKEN,
    ] {
        for spelling in spellings(secret) {
            for (name, text) in [("what was printed", &printed.text), ("the log", &log)] {
                if let Some(at) = text.find(&spelling) {
                    let from = text[..at]
                        .char_indices()
                        .rev()
                        .nth(120)
                        .map_or(0, |(at, _)| at);
                    panic!(
                        "{spelling} stands in {name}: …{}",
                        &text[from..at + spelling.len()]
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn a_leak_would_be_found() {
    // The search itself works: a text that holds a secret in each spelling is noticed.
    for spelling in spellings(PASSWORD) {
        let text = format!("error: {spelling} is not allowed");
        assert!(spellings(PASSWORD).iter().any(|known| text.contains(known)));
    }
    assert_eq!(spellings(PASSWORD).len(), 4);
    parts::every_part_is_found();
}
