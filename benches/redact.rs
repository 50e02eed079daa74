//! What looking for secrets in a response costs: for an error as services write it, and for the
//! worst that a server could send.
//!
//! `cargo bench --bench redact`
#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::sync::Arc;

use bytes::Bytes;
use criterion::{BatchSize, Criterion};
use huaweicloud_runtime::generated::wire::{RequestBuilder, SecretBytes};
use huaweicloud_runtime::generated::{CoreBuilder, RawResponse};
use huaweicloud_runtime::transport::TransportFuture;
use huaweicloud_runtime::{Credentials, CredentialsError, Operation, ServiceEndpoints, Transport};

static SERVICES: &[ServiceEndpoints] = &[ServiceEndpoints::new("dcs", &[])];
static RESET: Operation = Operation::new("dcs", "ResetPassword", "POST", "/v2/x");

/// Gives the same response to everything.
struct Canned(u16, Bytes);

impl Transport for Canned {
    fn send(&self, _: http::Request<SecretBytes>) -> TransportFuture<'_> {
        let response = http::Response::builder()
            .status(self.0)
            .body(self.1.clone());
        Box::pin(async move { Ok(response.unwrap()) })
    }
}

#[derive(serde::Serialize)]
struct Body {
    new_password: huaweicloud_runtime::Password,
}

/// The response to a request with a token, a key of the usual length and a password.
fn response(status: u16, body: String) -> RawResponse {
    let core = CoreBuilder::new("cn-north-4")
        .credentials(Credentials::token(
            "MIIDkgYJKoZIhvcNAQcC/oIIDgzCCA38".repeat(80),
        ))
        .endpoint("http://127.0.0.1")
        .transport(Arc::new(Canned(status, Bytes::from(body))))
        .build(SERVICES)
        .unwrap();
    let request = RequestBuilder::post("/v2/x")
        .json(&Body {
            new_password: "aA1x\\\\\\\\\\\\\\\\\\\\\\\\\\\\".into(),
        })
        .build()
        .unwrap();
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(core.execute(&RESET, None, request))
        .unwrap()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("error");
    let message = "The password of instance 5560df16-cebf-4473-95c4-d1b573c16e79 is too simple.";
    let error = |text: &str| format!(r#"{{"error_code":"DCS.4019","error_msg":"{text}"}}"#);
    let of_64_kib = |part: &str| error(&part.repeat(64_000 / part.len()));
    let of_1_mib = |part: &str| error(&part.repeat(1_048_000 / part.len()));
    for (name, body) in [
        ("as services write it", error(message)),
        ("64 KiB of base64", of_64_kib("QUFB")),
        ("64 KiB of hexadecimal", of_64_kib("41")),
        ("64 KiB of backslashes", of_64_kib("\\\\")),
        ("64 KiB of percent signs", of_64_kib("%25")),
        ("64 KiB of entities", of_64_kib("&amp;")),
        ("64 KiB of numbers", of_64_kib("65 ")),
        (
            "64 KiB of small values",
            format!("[{}0]", "0,".repeat(32_000)),
        ),
        ("1 MiB of backslashes", of_1_mib("\\\\")),
        ("1 MiB of brackets", "[".repeat(1_048_576)),
    ] {
        let response = response(500, body);
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || response.clone(),
                |response| black_box(response.details()),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("success of 1 MiB");
    let fill = |part: &str| part.repeat(1_048_000 / part.len());
    for (name, body) in [
        ("one text", format!(r#"{{"err":"{}"}}"#, fill("\\\\"))),
        ("small values", format!(r#"{{"err":[{}0]}}"#, fill("0,"))),
        ("empty lists", format!(r#"{{"err":[{}0]}}"#, fill("[],"))),
        ("fields", {
            let fields: Vec<String> = (0..100_000).map(|at| format!(r#""{at}":0"#)).collect();
            format!(r#"{{"err":0,{}}}"#, fields.join(","))
        }),
    ] {
        let response = response(200, body);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                black_box(response.object::<serde::de::IgnoredAny, (), CredentialsError>()).is_ok()
            });
        });
    }
    group.finish();
    criterion.final_summary();
}
