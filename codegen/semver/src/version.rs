//! Versions under Cargo's rules.

use std::fmt;
use std::str::FromStr;

use crate::change::Verdict;

/// A version without what may stand behind its three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

impl Version {
    /// The next version after a step: Cargo takes the leftmost number that is not zero for the major one.
    ///
    /// ```
    /// use huaweicloud_semver::{change::Verdict, version::Version};
    ///
    /// let version: Version = "0.4.2".parse().unwrap();
    /// assert_eq!(version.after(Verdict::Major).to_string(), "0.5.0");
    /// assert_eq!(version.after(Verdict::Minor).to_string(), "0.4.3");
    /// assert_eq!(version.after(Verdict::None).to_string(), "0.4.2");
    /// ```
    #[must_use]
    pub fn after(self, step: Verdict) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        let (major, minor, patch) = match (step, major, minor) {
            (Verdict::None, ..) => (major, minor, patch),
            (_, 0, 0) => (0, 0, patch.saturating_add(1)),
            (Verdict::Major, 0, _) => (0, minor.saturating_add(1), 0),
            (_, 0, _) => (0, minor, patch.saturating_add(1)),
            (Verdict::Major, ..) => (major.saturating_add(1), 0, 0),
            (Verdict::Minor, ..) => (major, minor.saturating_add(1), 0),
            (Verdict::Patch, ..) => (major, minor, patch.saturating_add(1)),
        };
        Self {
            major,
            minor,
            patch,
        }
    }
}

impl FromStr for Version {
    type Err = NoVersion;

    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let refused = || NoVersion(text.chars().take(40).collect());
        let parts: Vec<_> = text.split('.').collect();
        let [major, minor, patch] = parts.as_slice() else {
            return Err(refused());
        };
        let number = |part: &&str| {
            let is_number = !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
            let number = part.parse().ok().filter(|_| is_number);
            number.ok_or_else(refused)
        };
        Ok(Self {
            major: number(major)?,
            minor: number(minor)?,
            patch: number(patch)?,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// A text that is no version of three numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoVersion(String);

impl fmt::Display for NoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no version of three numbers, such as 1.2.3",
            self.0.escape_debug()
        )
    }
}

impl std::error::Error for NoVersion {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leftmost_number_that_is_not_zero_is_the_major_one() {
        for (from, step, to) in [
            ("1.2.3", Verdict::Major, "2.0.0"),
            ("1.2.3", Verdict::Minor, "1.3.0"),
            ("1.2.3", Verdict::Patch, "1.2.4"),
            ("0.2.3", Verdict::Major, "0.3.0"),
            ("0.2.3", Verdict::Minor, "0.2.4"),
            ("0.2.3", Verdict::Patch, "0.2.4"),
            ("0.0.3", Verdict::Major, "0.0.4"),
            ("0.0.3", Verdict::None, "0.0.3"),
        ] {
            let version: Version = from.parse().unwrap();
            assert_eq!(version.after(step).to_string(), to, "{from} {step}");
        }
        for text in [
            "",
            "1.2",
            "1.2.3.4",
            "1.2.x",
            "+1.2.3",
            "1.2.3-rc.1",
            "1..2",
        ] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }
}
