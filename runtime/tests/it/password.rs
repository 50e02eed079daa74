//! Generated passwords: they pass their policy, whatever it is; no character
//! and no place is favoured; and each rule refuses what breaks it.

use std::collections::BTreeMap;

use huaweicloud_runtime::password::GenerateError;
use huaweicloud_runtime::{CharacterClass, Password, PasswordPolicy, PolicyRule};
use proptest::prelude::*;
use proptest::sample::select;

use CharacterClass::{Digit, Letter, Lower, Special, Upper};

const SPECIALS: &[&str] = &[
    "",
    "!",
    "~!@#",
    "!!--",
    "`~!@#$^&*()-_=+\\|{},<.>/?",
    "a1é ",
    "€",
];
const CLASSES: &[&[CharacterClass]] = &[
    &[],
    &[Digit],
    &[Special],
    &[Lower, Upper],
    &[Letter, Digit, Special],
    &[Lower, Upper, Digit, Special],
    &[Lower, Upper, Letter, Digit, Special],
    &[Digit, Digit],
];

fn rules(policy: &PasswordPolicy, value: impl Into<String>) -> Vec<PolicyRule> {
    match policy.check(&Password::new(value)) {
        Ok(()) => Vec::new(),
        Err(violations) => violations.rules().to_vec(),
    }
}

fn generated(policy: &PasswordPolicy) -> String {
    Password::generate(policy).unwrap().expose().to_owned()
}

/// A policy and the numbers it was made of.
#[derive(Debug, Clone, Copy)]
struct Sample {
    min: usize,
    max: usize,
    classes: &'static [CharacterClass],
    min_classes: u8,
    specials: Option<&'static str>,
}

impl Sample {
    fn policy(&self, min: usize, max: usize) -> PasswordPolicy {
        let policy = PasswordPolicy::new(min, max)
            .classes(self.classes)
            .min_classes(self.min_classes);
        match self.specials {
            Some(specials) => policy.specials(specials),
            None => policy,
        }
    }
}

prop_compose! {
    fn any_policy()(
        min in 0usize..40,
        more in 0usize..40,
        classes in select(CLASSES),
        min_classes in 0u8..7,
        specials in prop::option::of(select(SPECIALS)),
    ) -> Sample {
        Sample { min, max: min + more, classes, min_classes, specials }
    }
}

/// Policies with room on both sides, such as services have.
fn usual_policy() -> impl Strategy<Value = Sample> {
    let classes = select(vec![
        &[Lower, Upper, Digit, Special][..],
        &[Letter, Digit, Special],
    ]);
    let specials = prop::option::of(select(vec!["!", "~!@#", "`~!@#$^&*()-_=+\\|{},<.>/?"]));
    (6usize..20, 1usize..40, classes, 2u8..=3, specials).prop_map(
        |(min, more, classes, min_classes, specials)| Sample {
            min,
            max: min + more,
            classes,
            min_classes,
            specials,
        },
    )
}

proptest! {
    #[test]
    fn every_generated_password_passes_its_policy(sample in any_policy()) {
        let policy = sample.policy(sample.min, sample.max);
        match Password::generate(&policy) {
            Ok(password) => {
                prop_assert_eq!(policy.check(&password), Ok(()));
                let length = password.expose().chars().count();
                prop_assert_eq!(length, 24.clamp(sample.min, sample.max));
            }
            // Refused only if no text could pass: one of every allowed
            // character, as far as they fit, has too few classes.
            Err(error) => {
                let GenerateError::Classes { wanted, possible } = error else {
                    panic!("{error}");
                };
                prop_assert_eq!(wanted, sample.min_classes);
                prop_assert!(possible < wanted);
                if sample.max >= 4 {
                    let every = "aA0".to_owned() + sample.specials.unwrap_or("!");
                    let found = rules(&sample.policy(0, 99), every);
                    let too_few = matches!(found[..], [PolicyRule::TooFewClasses { .. }]);
                    prop_assert!(too_few, "{:?}", found);
                }
            }
        }
    }

    #[test]
    fn one_character_short_names_that_rule(sample in usual_policy()) {
        let shorter = generated(&sample.policy(sample.min - 1, sample.min - 1));
        let found = rules(&sample.policy(sample.min, sample.max), shorter);
        prop_assert_eq!(found, [PolicyRule::TooShort { min: sample.min }]);
    }

    #[test]
    fn one_character_long_names_that_rule(sample in usual_policy()) {
        let longer = generated(&sample.policy(sample.max + 1, sample.max + 1));
        let found = rules(&sample.policy(sample.min, sample.max), longer);
        prop_assert_eq!(found, [PolicyRule::TooLong { max: sample.max }]);
    }

    #[test]
    fn one_class_short_names_that_rule(sample in usual_policy(), picks in any::<[usize; 20]>()) {
        let of_classes = ["abyz", "0189", "!"];
        let kept: Vec<char> = of_classes[..usize::from(sample.min_classes) - 1]
            .concat()
            .chars()
            .collect();
        let poor: String = (0..sample.min).map(|at| kept[picks[at] % kept.len()]).collect();
        let found = rules(&sample.policy(sample.min, sample.max), poor);
        let expected = PolicyRule::TooFewClasses {
            min: sample.min_classes,
            classes: sample.classes,
        };
        prop_assert_eq!(found, [expected]);
    }

    #[test]
    fn one_character_outside_names_that_rule(
        sample in usual_policy(),
        outside in select(vec![' ', '\t', '\0', 'é', '中', '😀', '\u{7f}']),
        at in any::<prop::sample::Index>(),
    ) {
        let mut chars: Vec<char> = generated(&sample.policy(sample.min, sample.max - 1))
            .chars()
            .collect();
        chars.insert(at.index(chars.len() + 1), outside);
        let found = rules(&sample.policy(sample.min, sample.max), String::from_iter(chars));
        let expected = PolicyRule::CharacterNotAllowed {
            specials: sample.specials,
        };
        prop_assert_eq!(found, [expected]);
    }

    #[test]
    fn a_forbidden_word_either_way_round_names_that_rule(sample in usual_policy()) {
        let policy = sample.policy(sample.min, sample.max);
        let word = generated(&policy);
        let words: &'static [&'static str] = vec!["admin", &*word.clone().leak()].leak();
        let policy = policy.forbidden(words);
        let reverse: String = word.chars().rev().collect();
        for refused in [word, reverse] {
            prop_assert_eq!(rules(&policy, refused), [PolicyRule::Forbidden { words }]);
        }
        prop_assert!(Password::generate(&policy).is_ok());
    }
}

/// Pearson's statistic for counts that should all be the same.
fn chi_square(counts: impl Iterator<Item = usize> + Clone) -> f64 {
    let cells = counts.clone().count() as f64;
    let mean = counts.clone().sum::<usize>() as f64 / cells;
    counts
        .map(|count| (count as f64 - mean).powi(2) / mean)
        .sum()
}

/// A bound that chance exceeds less than once in a million million runs: the
/// statistic has a mean of one less than the cells, and a variance of twice
/// that.
fn bound(cells: usize) -> f64 {
    let freedom = (cells - 1) as f64;
    freedom + 10.0 * (2.0 * freedom).sqrt() + 30.0
}

#[test]
fn no_character_is_favoured() {
    let mut counts: BTreeMap<char, usize> = ('!'..='~').map(|c| (c, 0)).collect();
    let policy = PasswordPolicy::new(8, 64);
    for _ in 0..2_000 {
        for c in generated(&policy).chars() {
            *counts.get_mut(&c).unwrap() += 1;
        }
    }
    let found = chi_square(counts.values().copied());
    assert!(found < bound(counts.len()), "{found}: {counts:?}");
}

#[test]
fn no_place_has_a_class_of_its_own() {
    // Short and strict, so that a generator that filled the classes in order
    // would show.
    let policy = PasswordPolicy::new(4, 5).min_classes(4).specials("~!@#");
    for class in [
        |c: char| c.is_ascii_lowercase(),
        |c: char| c.is_ascii_uppercase(),
        |c: char| c.is_ascii_digit(),
        |c: char| c.is_ascii_punctuation(),
    ] {
        let mut at = [0usize; 5];
        for _ in 0..1_000 {
            for (place, c) in generated(&policy).chars().enumerate() {
                at[place] += usize::from(class(c));
            }
        }
        let found = chi_square(at.into_iter());
        assert!(found < bound(at.len()), "{found}: {at:?}");
    }
}

#[test]
fn no_two_are_the_same() {
    let policy = PasswordPolicy::new(12, 32).min_classes(3);
    let mut seen: Vec<String> = (0..200).map(|_| generated(&policy)).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 200);
}

#[test]
fn what_cannot_be_fulfilled_is_named() {
    let failure = |policy: PasswordPolicy| Password::generate(&policy).unwrap_err();
    assert_eq!(
        failure(PasswordPolicy::new(9, 8)),
        GenerateError::Length { min: 9, max: 8 }
    );
    assert_eq!(
        failure(PasswordPolicy::new(8, 9).min_classes(5)),
        GenerateError::Classes {
            wanted: 5,
            possible: 4
        }
    );
    // Four classes do not fit into three characters.
    assert_eq!(
        failure(PasswordPolicy::new(1, 3).min_classes(4)),
        GenerateError::Classes {
            wanted: 4,
            possible: 3
        }
    );
    // No special character is allowed, and one is asked for.
    assert_eq!(
        failure(PasswordPolicy::new(8, 9).min_classes(4).specials("")),
        GenerateError::Classes {
            wanted: 4,
            possible: 3
        }
    );
    // One lower-case letter is of two kinds.
    assert!(
        Password::generate(
            &PasswordPolicy::new(1, 1)
                .classes(&[Lower, Letter])
                .min_classes(2)
        )
        .is_ok()
    );
    assert_eq!(
        failure(PasswordPolicy::new(0, 0).min_classes(0).forbidden(&[""])),
        GenerateError::Forbidden
    );
    let text = failure(PasswordPolicy::new(1, 3).min_classes(4)).to_string();
    assert!(text.contains("4 kinds") && text.contains('3'), "{text}");
}
