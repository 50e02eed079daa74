//! Which calls meet which fault.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Fault;

/// Rules with the seed that decides which calls a share of them meets: YAML or JSON.
///
/// ```
/// use openapi_simulator::fault::FaultPlan;
///
/// let plan = FaultPlan::parse("
/// seed: 7
/// rules:
///   - {service: shop, operation: SetPassword, share: 0.05, fault: reset-before}
///   - {service: shop, calls: [1, 3], fault: delay=200ms}
/// ")?;
/// assert_eq!(plan.rules.len(), 2);
/// # Ok::<(), openapi_simulator::fault::PlanError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultPlan {
    /// What decides by lot; the same seed decides the same.
    #[serde(default)]
    pub seed: u64,
    /// The rules; of those that meet a call, the first counts.
    #[serde(default)]
    pub rules: Vec<FaultRule>,
}

/// A fault, and which calls meet it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Calls of this service alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Calls of this operation alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// Calls of this resource alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// The share of calls, from 0 to 1; all without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// Which calls of each resource, counted from 1; all without it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<u64>,
    /// The fault.
    pub fault: Fault,
}

/// Why rules cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// Its text holds no rules.
    #[error("no rules of faults: {0}")]
    Malformed(#[from] serde_yaml::Error),
    /// A share that is none.
    #[error("rule {rule}: `share` must be from 0 to 1")]
    Share {
        /// Which rule, counted from 1.
        rule: usize,
    },
}

/// A call, as far as rules look at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meets<'a> {
    pub(crate) service: &'a str,
    pub(crate) operation: &'a str,
    pub(crate) resource: &'a str,
    /// Which call of the resource it is, counted from 1.
    pub(crate) call: u64,
}

impl FaultPlan {
    /// Reads a text.
    ///
    /// # Errors
    /// When it holds no rules, or a share is none.
    pub fn parse(text: &str) -> Result<Self, PlanError> {
        // A list would be taken for the fields in their order.
        let fields: serde_yaml::Mapping = serde_yaml::from_str(text)?;
        let plan: Self = serde_yaml::from_value(fields.into())?;
        plan.checked()
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, and as [`FaultPlan::parse`].
    pub fn read(path: &Path) -> Result<Self, PlanError> {
        let text = huaweicloud_codegen::read::text(path);
        Self::parse(&text.map_err(|source| PlanError::Unreadable {
            path: path.to_owned(),
            source,
        })?)
    }

    /// The same if its shares are shares.
    pub(crate) fn checked(self) -> Result<Self, PlanError> {
        let is_none = |rule: &FaultRule| rule.share.is_some_and(|it| !(0.0..=1.0).contains(&it));
        match self.rules.iter().position(is_none) {
            Some(index) => Err(PlanError::Share { rule: index + 1 }),
            None => Ok(self),
        }
    }

    /// The fault that a call meets.
    pub(crate) fn fault(&self, call: Meets<'_>) -> Option<Fault> {
        let mut rules = self.rules.iter().enumerate();
        let found = rules.find(|(index, rule)| rule.meets(call) && self.draws(*index, rule, call));
        found.map(|(_, rule)| rule.fault.clone())
    }

    fn draws(&self, index: usize, rule: &FaultRule, call: Meets<'_>) -> bool {
        let Some(share) = rule.share else { return true };
        let mut lot = Sha256::new();
        lot.update(self.seed.to_le_bytes());
        lot.update((index as u64).to_le_bytes());
        for text in [call.service, call.operation, call.resource] {
            lot.update((text.len() as u64).to_le_bytes());
            lot.update(text);
        }
        lot.update(call.call.to_le_bytes());
        fraction(&lot.finalize().into()) < share
    }
}

impl FaultRule {
    fn meets(&self, call: Meets<'_>) -> bool {
        let is =
            |wanted: &Option<String>, it: &str| wanted.as_deref().is_none_or(|name| name == it);
        is(&self.service, call.service)
            && is(&self.operation, call.operation)
            && is(&self.resource, call.resource)
            && (self.calls.is_empty() || self.calls.contains(&call.call))
    }
}

/// A number from 0 up to 1 out of a digest.
fn fraction(digest: &[u8; 32]) -> f64 {
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    // As many bits as a fraction has.
    (u64::from_le_bytes(first) >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plan(text: &str) -> FaultPlan {
        FaultPlan::parse(text).unwrap()
    }

    fn met(plan: &FaultPlan, resource: &str, call: u64) -> Option<Fault> {
        plan.fault(Meets {
            service: "a",
            operation: "Op",
            resource,
            call,
        })
    }

    #[test]
    fn the_first_rule_that_meets_a_call_counts() {
        let plan = plan(
            "rules:\n- {operation: Op, calls: [2], fault: html}\n- {service: b, fault: stall}\n- {service: a, fault: misfit}\n",
        );
        assert_eq!(met(&plan, "x", 1), Some(Fault::Misfit));
        assert_eq!(met(&plan, "x", 2), Some(Fault::Html));
    }

    #[test]
    fn wrong_rules_are_told() {
        for (text, word) in [
            ("rules: [{share: 1.5, fault: html}]", "rule 1"),
            ("rules: [{fault: hmtl}]", "reset-before"),
            ("rules: [{fault: html, sevice: a}]", "sevice"),
            ("rules: 7", "rules"),
        ] {
            let error = FaultPlan::parse(text).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        /// A share is met about as often as it says, and the same calls each time.
        #[test]
        fn a_share_is_a_share(seed: u64, share in 0.0..1.0) {
            let plan = FaultPlan {
                seed,
                rules: vec![FaultRule {
                    service: None, operation: None, resource: None,
                    share: Some(share), calls: Vec::new(), fault: Fault::Html,
                }],
            };
            let all = || (0..2000).map(|it| met(&plan, &format!("r{}", it / 4), it % 4).is_some());
            let count = all().filter(|it| *it).count() as f64;
            prop_assert!((count / 2000.0 - share).abs() < 0.06, "{count} for {share}");
            prop_assert!(all().eq(all()));
        }
    }
}
