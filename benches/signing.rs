//! What signing costs beside the hash work it cannot do without: the SHA-256
//! of the body and of the canonical request, and one HMAC.
//!
//! `cargo bench --bench signing`
#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use criterion::{BenchmarkId, Criterion};
use hmac::{Hmac, KeyInit, Mac};
use huaweicloud_runtime::signing::{Scope, SigningInput, sign, sign_derived};
use sha2::{Digest, Sha256};

const PROJECT: &str = "bbf1946d374b44a0a2a95533562ba954";

/// The three hashes over the very bytes that signing hashes.
fn bare_hashes(body: &[u8], canonical_request: &str, string_to_sign: &str, key: &str) -> [u8; 32] {
    black_box(Sha256::digest(body));
    black_box(Sha256::digest(canonical_request.as_bytes()));
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(string_to_sign.as_bytes());
    mac.finalize().into_bytes().into()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_766_304_550);
    let path =
        format!("/v2/{PROJECT}/instances/cf2a8b97-b5c6-47ef-9714-eb27adf26e5b/password/reset");
    let query = [("limit".to_owned(), "10".to_owned())];
    let headers = [
        ("content-type", "application/json;charset=utf-8"),
        ("accept", "application/json"),
        ("host", "dcs.cn-north-4.myhuaweicloud.com"),
        ("x-project-id", PROJECT),
    ];

    let mut group = criterion.benchmark_group("signing");
    for size in [64, 4_096] {
        let body = vec![b'x'; size];
        let input = SigningInput {
            access_key: "AKIDEXAMPLE0000000001",
            secret_key: "SkExampleSecretKeyForBenchmarks000000001",
            method: "POST",
            host: "dcs.cn-north-4.myhuaweicloud.com",
            path: &path,
            query: &query,
            headers: &headers,
            body: &body,
        };
        let signed = sign(&input, now);
        group.bench_with_input(
            BenchmarkId::new("bare_hashes", size),
            &input,
            |bench, input| {
                bench.iter(|| {
                    bare_hashes(
                        black_box(input.body),
                        black_box(&signed.canonical_request),
                        black_box(&signed.string_to_sign),
                        black_box(input.secret_key),
                    )
                });
            },
        );
        group.bench_with_input(BenchmarkId::new("sign", size), &input, |bench, input| {
            bench.iter(|| sign(black_box(input), black_box(now)));
        });
        let scope = Scope {
            region: "cn-north-4",
            service: "iotda",
        };
        group.bench_with_input(
            BenchmarkId::new("sign_derived", size),
            &input,
            |bench, input| {
                bench.iter(|| sign_derived(black_box(input), black_box(scope), black_box(now)));
            },
        );
    }
    group.finish();
    criterion.final_summary();
}
