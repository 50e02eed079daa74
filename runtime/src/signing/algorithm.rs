//! Which algorithm signs, and what a derived key is bound to.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use super::{Signed, SigningInput, sign, sign_derived};

/// A signing algorithm of the vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Algorithm {
    /// The secret key signs. What regional and global endpoints take.
    #[default]
    SdkHmacSha256,
    /// A key derived from the secret key signs, one for each day, region and
    /// service. What endpoints of dedicated instances ask for.
    V11HmacSha256,
}

impl Algorithm {
    /// The name with which an Authorization header and a string to sign begin.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SdkHmacSha256 => "SDK-HMAC-SHA256",
            Self::V11HmacSha256 => "V11-HMAC-SHA256",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    /// Reads the name as [`name`](Self::name) gives it.
    fn from_str(name: &str) -> Result<Self, UnknownAlgorithm> {
        [Self::SdkHmacSha256, Self::V11HmacSha256]
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
            .ok_or(UnknownAlgorithm)
    }
}

/// A name that is none of [`Algorithm`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a signing algorithm; known are SDK-HMAC-SHA256 and V11-HMAC-SHA256")]
pub struct UnknownAlgorithm;

/// What a derived key is good for, the day aside, which comes from the date of
/// signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scope<'a> {
    /// The region id, such as `cn-north-4`; `globe` for global services.
    pub region: &'a str,
    /// The service's name for derived keys, such as `iotda`.
    pub service: &'a str,
}

/// How a client signs all its requests.
///
/// ```
/// use huaweicloud_runtime::signing::{Algorithm, SigningScheme};
///
/// assert_eq!(SigningScheme::default().algorithm(), Algorithm::SdkHmacSha256);
/// let derived = SigningScheme::derived("cn-north-4", "iotda");
/// assert_eq!(derived.algorithm(), Algorithm::V11HmacSha256);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SigningScheme {
    /// With the secret key itself.
    #[default]
    Direct,
    /// With a key derived from it, for one region and service.
    #[non_exhaustive]
    Derived {
        /// The region id, such as `cn-north-4`; `globe` for global services.
        region: Cow<'static, str>,
        /// The service's name for derived keys, such as `iotda`.
        service: Cow<'static, str>,
    },
}

impl SigningScheme {
    /// Signing with a key derived for this region and service.
    pub fn derived(
        region: impl Into<Cow<'static, str>>,
        service: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::Derived {
            region: region.into(),
            service: service.into(),
        }
    }

    /// The algorithm this comes down to.
    #[cfg(feature = "verify")]
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Direct => Algorithm::SdkHmacSha256,
            Self::Derived { .. } => Algorithm::V11HmacSha256,
        }
    }

    /// Signs a request this way; see [`sign()`] for the rules.
    #[cfg_attr(not(feature = "verify"), doc(hidden))]
    pub fn sign(&self, input: &SigningInput<'_>, now: SystemTime) -> Signed {
        match self {
            Self::Direct => sign(input, now),
            Self::Derived { region, service } => {
                sign_derived(input, Scope { region, service }, now)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_there_and_back() {
        for algorithm in [Algorithm::SdkHmacSha256, Algorithm::V11HmacSha256] {
            assert_eq!(algorithm.to_string().parse(), Ok(algorithm));
        }
        for other in ["", "sdk-hmac-sha256", "SDK-HMAC-SM3", "V11-HMAC-SHA256 "] {
            assert_eq!(other.parse::<Algorithm>(), Err(UnknownAlgorithm), "{other}");
        }
    }
}
