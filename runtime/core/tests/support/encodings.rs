//! The ways in which servers, gateways and logs spell a text that they repeat.
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

fn hexadecimal(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02X}")).collect()
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// Digits of so many bits, from the highest of each byte on.
fn digits(text: &str, bits: usize, alphabet: &[u8]) -> String {
    let all: Vec<u8> = text
        .bytes()
        .flat_map(|byte| (0..8).rev().map(move |at| (byte >> at) & 1))
        .collect();
    all.chunks(bits)
        .map(|chunk| {
            let value = chunk
                .iter()
                .fold(0, |value, bit| value << 1 | usize::from(*bit));
            char::from(alphabet[value << (bits - chunk.len())])
        })
        .collect()
}

fn base64(text: &str) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    digits(text, 6, ALPHABET)
}

fn base32(text: &str) -> String {
    digits(text, 5, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
}

fn joined(text: &str, with: &str, show: impl Fn(u8) -> String) -> String {
    text.bytes().map(show).collect::<Vec<_>>().join(with)
}

/// A name, and what a text looks like in it.
pub type Encoding = (&'static str, fn(&str) -> String);

/// All of them.
pub const ENCODINGS: &[Encoding] = &[
    ("as it is", str::to_owned),
    ("upper case", str::to_uppercase),
    ("lower case", str::to_lowercase),
    ("json", |text| serde_json::to_string(text).unwrap()),
    ("json ascii", |text| {
        text.encode_utf16()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect()
    }),
    ("debug", |text| format!("{text:?}")),
    ("rust unicode", |text| {
        text.chars()
            .map(|c| format!("\\u{{{:x}}}", u32::from(c)))
            .collect()
    }),
    ("\\x", |text| {
        text.bytes().map(|byte| format!("\\x{byte:02x}")).collect()
    }),
    ("octal", |text| {
        text.bytes().map(|byte| format!("\\{byte:03o}")).collect()
    }),
    ("percent", percent),
    ("html", html),
    ("html numbers", |text| {
        text.chars()
            .map(|c| format!("&#{};", u32::from(c)))
            .collect()
    }),
    ("html hexadecimal", |text| {
        text.chars()
            .map(|c| format!("&#x{:X};", u32::from(c)))
            .collect()
    }),
    ("quoted-printable", |text| {
        text.bytes().map(|byte| format!("={byte:02X}")).collect()
    }),
    ("hexadecimal", hexadecimal),
    ("hexadecimal with colons", |text| {
        joined(text, ":", |byte| format!("{byte:02x}"))
    }),
    ("0x", |text| {
        joined(text, ", ", |byte| format!("0x{byte:x}"))
    }),
    ("list of numbers", |text| {
        format!("[{}]", joined(text, ", ", |byte| byte.to_string()))
    }),
    ("base64", base64),
    ("base64 for urls", |text| {
        base64(text).replace('+', "-").replace('/', "_")
    }),
    ("base64, second byte", |text| base64(&format!("x{text}"))),
    ("base64, third byte", |text| base64(&format!("xx{text}"))),
    ("base32", base32),
    ("base32 lower", |text| base32(text).to_lowercase()),
    ("backwards", |text| text.chars().rev().collect()),
    ("apart", |text| {
        text.chars().map(|c| format!("{c} ")).collect()
    }),
    ("utf-16", |text| {
        text.chars().map(|c| format!("{c}\0")).collect()
    }),
];
