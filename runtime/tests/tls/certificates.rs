//! Certificates that do not hold, and what the error says to do about them.

use std::path::Path;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::support::response;
use super::{SAYS, call_with, params, start, start_as};

/// A day in the past or in the future.
fn day(year: i32) -> rcgen::CertificateParams {
    let mut params = params("dated");
    params.not_before = rcgen::date_time_ymd(year, 1, 1);
    params.not_after = rcgen::date_time_ymd(year, 1, 2);
    params
}

#[tokio::test]
async fn a_certificate_that_does_not_hold_says_what_to_do() {
    let mut authority = params("authority");
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let name = rcgen::string::Ia5String::try_from("evil\r\nforged\u{1b}[2J").unwrap();
    let mut hostile = params("hostile");
    hostile.subject_alt_names = vec![rcgen::SanType::DnsName(name)];
    for (name, params, expected) in [
        ("ca_true", authority, "CA:TRUE"),
        ("expired", day(2020), "clock"),
        ("early", day(2090), "clock"),
        ("hostile", hostile, "another name"),
    ] {
        let (url, trust) = start_as(name, params).await;
        // OpenSSL takes such a certificate.
        let expected = match name {
            "ca_true" if cfg!(not(feature = "rustls")) => "HTTP 200",
            _ => expected,
        };
        call_with(&url, &trust, &[(SAYS, "1")], expected).await;
    }
    let (url, own) = start("says_own").await;
    let (_, other) = start("says_other").await;
    for trust in [&other, &other.with_extension("missing")] {
        if cfg!(feature = "rustls") && trust != &other {
            continue;
        }
        for expected in [".ca_certificate(pem)", "ca-certificates"] {
            call_with(&url, trust, &[(SAYS, "1")], expected).await;
        }
    }
    let url = url.replace("localhost", "127.0.0.1");
    call_with(&url, &own, &[(SAYS, "1")], "another name").await;
}

#[tokio::test]
async fn without_any_certificate_the_error_says_what_to_install() {
    let nothing = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-such-file.pem");
    let (url, _) = start("nothing").await;
    for expected in ["ca-certificates", "SSL_CERT_FILE", ".ca_certificate(pem)"] {
        call_with(&url, &nothing, &[(SAYS, "1")], expected).await;
    }
}

#[tokio::test]
async fn a_server_without_tls_is_named_as_such() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(&response(400, &[], "")).await;
        }
    });
    let (_, trust) = start("without_tls").await;
    call_with(&url, &trust, &[(SAYS, "1")], "no TLS").await;
}
