//! Telling credentials apart without keeping them.

use sha2::{Digest as _, Sha256};

use super::Kind;

/// A digest of every value that a server checks: the same for the same credentials, and of no use
/// to whoever finds it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(super) fn of(kind: &Kind) -> Self {
        let mut digest = Sha256::new();
        let mut part = |name: u8, value: &str| {
            digest.update([name]);
            digest.update(value.len().to_be_bytes());
            digest.update(value);
        };
        match kind {
            Kind::AkSk {
                access_key,
                secret_key,
                security_token,
            } => {
                part(b'a', access_key.expose());
                part(b's', secret_key.expose());
                if let Some(token) = security_token {
                    part(b't', token.expose());
                }
            }
            Kind::Token(token) => part(b'x', token.expose()),
        }
        Self(digest.finalize().into())
    }

    /// The first 16 bytes, which are enough to tell the credentials of a process apart.
    pub(crate) fn short(&self) -> u128 {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.0;
        u128::from_be_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }
}

#[cfg(test)]
mod tests {
    use crate::credential::Credentials;

    #[test]
    fn every_value_counts() {
        let all = [
            Credentials::aksk("AK", "SK"),
            Credentials::aksk("AK", "SK2"),
            Credentials::aksk("AKS", "K"),
            Credentials::aksk("AK", "SK").security_token("T"),
            Credentials::aksk("AK", "SK").security_token("T2"),
            Credentials::token("T"),
            Credentials::token("AKSK"),
        ];
        for (number, one) in all.iter().enumerate() {
            for (other_number, other) in all.iter().enumerate() {
                let same = one.fingerprint() == other.fingerprint();
                assert_eq!(same, number == other_number);
                let same = one.fingerprint().short() == other.fingerprint().short();
                assert_eq!(same, number == other_number);
            }
        }
        // What is not checked does not.
        let moved = Credentials::aksk("AK", "SK").project_id("p").domain_id("d");
        assert!(moved.fingerprint() == all[0].fingerprint());
    }
}
