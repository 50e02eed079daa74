//! The call as one writes it by hand: reqwest, serde, and the signature out of hmac and sha2.

use std::error::Error;
use std::time::{Duration, SystemTime};

use hmac::{Hmac, KeyInit, Mac};
use huaweicloud_password::dcs::types::ResetPasswordResponse;
use sha2::{Digest, Sha256};

use super::server::Server;
use super::{ACCESS_KEY, PROJECT, SECRET_KEY};

const SIGNED_HEADERS: &str = "content-type;host;x-project-id;x-sdk-date";

/// A client that can do this one call.
pub struct Client {
    http: reqwest::Client,
    scheme: &'static str,
    host: String,
}

#[derive(serde::Serialize)]
struct Body<'a> {
    new_password: &'a str,
}

impl Client {
    /// With the settings that the generated client has for connections; `certificate`, in PEM,
    /// is the one that is trusted.
    pub fn new(server: &Server, certificate: &str) -> Self {
        // Others build reqwest with its own TLS; here it is told which.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .http1_only()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .tls_certs_only([reqwest::Certificate::from_pem(certificate.as_bytes()).unwrap()])
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .build()
            .unwrap();
        Self {
            http,
            scheme: server.scheme,
            host: server.host.clone(),
        }
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub async fn reset_password(
        &self,
        instance_id: &str,
        password: &str,
    ) -> Result<ResetPasswordResponse, Box<dyn Error>> {
        let path = path(instance_id);
        let body = body(password);
        let (date, authorization) = self.sign(&path, &body, SystemTime::now());
        let response = self
            .http
            .post(format!("{}://{}{path}", self.scheme, self.host))
            .header("accept", "application/json")
            .header("user-agent", "by-hand/1")
            .header("content-type", "application/json")
            .header("host", &self.host)
            .header("x-project-id", PROJECT)
            .header("x-sdk-date", date)
            .header("authorization", authorization)
            .body(body)
            .send()
            .await?
            .error_for_status()?;
        Ok(serde_json::from_slice(&response.bytes().await?)?)
    }

    /// The date and the Authorization header: SDK-HMAC-SHA256.
    pub fn sign(&self, path: &str, body: &[u8], now: SystemTime) -> (String, String) {
        let date = date(now);
        let canonical = format!(
            "POST\n{path}/\n\ncontent-type:application/json\nhost:{}\nx-project-id:{PROJECT}\nx-sdk-date:{date}\n\n{SIGNED_HEADERS}\n{}",
            self.host,
            hex(&Sha256::digest(body)),
        );
        let to_sign = format!(
            "SDK-HMAC-SHA256\n{date}\n{}",
            hex(&Sha256::digest(canonical.as_bytes()))
        );
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(SECRET_KEY.as_bytes()).unwrap();
        mac.update(to_sign.as_bytes());
        let signature = hex(&mac.finalize().into_bytes());
        let authorization = format!(
            "SDK-HMAC-SHA256 Access={ACCESS_KEY}, SignedHeaders={SIGNED_HEADERS}, Signature={signature}"
        );
        (date, authorization)
    }
}

pub fn path(instance_id: &str) -> String {
    format!("/v2/{PROJECT}/instances/{instance_id}/password/reset")
}

pub fn body(password: &str) -> Vec<u8> {
    serde_json::to_vec(&Body {
        new_password: password,
    })
    .unwrap()
}

/// Without the formatter, as the crates for it do it.
fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// `YYYYMMDD'T'hhmmss'Z'`.
fn date(now: SystemTime) -> String {
    let seconds = now
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // The count of days since 0000-03-01, in eras of 400 years.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!(
        "{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z",
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}
