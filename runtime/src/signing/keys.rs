//! The arithmetic: hashes, keys and their spelling in hex.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The bytes of a derived key, before they are written in hex.
const DERIVED_LENGTH: usize = 32;

/// SHA-256 in lower-case hex.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The HMAC-SHA256 of a message, ready to be written out or compared.
pub(super) fn mac(key: &str, message: &str) -> Hmac<Sha256> {
    // HMAC hashes a key that is too long and pads one that is too short.
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
    mac.update(message.as_bytes());
    mac
}

/// The HMAC-SHA256 of a message in lower-case hex.
pub(super) fn mac_hex(key: &str, message: &str) -> String {
    hex(&mac(key, message).finalize().into_bytes())
}

/// The key of V11-HMAC-SHA256 for `info`. The algorithm signs with the text in
/// lower-case hex, not with the bytes it stands for.
pub(super) fn derived_key(access_key: &str, secret_key: &str, info: &str) -> Zeroizing<String> {
    let mut key = Zeroizing::new([0; DERIVED_LENGTH]);
    Hkdf::<Sha256>::new(Some(access_key.as_bytes()), secret_key.as_bytes())
        .expand(info.as_bytes(), &mut *key)
        .unwrap_or_else(|_| unreachable!("HKDF gives up to 255 times the length of one hash"));
    Zeroizing::new(hex(&*key))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| DIGITS[usize::from(half)];
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    String::from_utf8(digits.collect()).unwrap_or_else(|_| unreachable!("digits are ASCII"))
}

/// The bytes that lower-case hex stands for.
#[cfg(feature = "verify")]
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let bytes = text.as_bytes();
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    bytes
        .chunks_exact(2)
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_goes_there_and_back() {
        let all: Vec<u8> = (0..=255).collect();
        let text = hex(&all);
        assert!(text.starts_with("000102") && text.ends_with("fdfeff"));
        assert_eq!(unhex(&text), Some(all));
        for wrong in ["0", "0g", "FF", "é"] {
            assert_eq!(unhex(wrong), None, "{wrong}");
        }
    }
}
