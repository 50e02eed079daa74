//! The regular expression that a value has to match.

use serde_json::Value;

use super::Described;
use crate::vocabulary::{Meaning, Term};

/// The expression behind the words for one, where it is anchored on both sides, so that there is no
/// doubt where it ends. What comes back matches what it matches.
pub(super) fn pattern(of: &Described<'_>) -> Option<Value> {
    if of.responses || of.holds() {
        return None;
    }
    let lower = of.text.to_ascii_lowercase();
    let mut words = Term::Pattern.words().filter_map(|word| {
        let (at, _) = lower.match_indices(word).next()?;
        Some(at + word.len())
    });
    let behind = words.next().and_then(|at| of.text.get(at..))?;
    let (before, rest) = behind.split_at_checked(behind.find('^')?)?;
    // A word in between may be of another sentence.
    if before.chars().any(|it| it.is_ascii_alphanumeric()) || before.chars().count() > MOST_BETWEEN
    {
        return None;
    }
    let line = rest.lines().next()?;
    let ends = line.match_indices('$').filter(|(at, _)| {
        let after = line.get(at + 1..).and_then(|it| it.chars().next());
        after.is_none_or(|it| it.is_whitespace() || ENDS.contains(&it))
    });
    let mut ends = ends.filter_map(|(at, _)| line.get(..=at));
    ends.next().map(|it| Value::from(it.to_owned()))
}

/// "为：": how much may stand between the words and the expression.
const MOST_BETWEEN: usize = 8;

/// What may stand behind an expression, which it does not have itself behind its end.
const ENDS: [char; 13] = [
    '"', '\'', '`', '*', '.', ',', ';', '”', '。', '，', '；', '）', '、',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_anchored_and_stands_behind_the_words_for_one() {
        for (text, expected) in [
            (
                "Regular expression: ^[a-f0-9-]{36}$",
                Some("^[a-f0-9-]{36}$"),
            ),
            (
                "It must match the regular expression \"^[A-Z]{3}-[0-9]{1,8}$\".",
                Some("^[A-Z]{3}-[0-9]{1,8}$"),
            ),
            ("编号。正则匹配：^[a-z$]+$。不可重复", Some("^[a-z$]+$")),
            ("须满足正则表达式`^\\d+$`", Some("^\\d+$")),
            ("It is a regular expression.", None),
            ("A regular expression matches the name ^a$", None),
            ("Regular expression: [a-z]+", None),
            ("Regular expression: ^[a-z]+", None),
            ("It begins with ^ and ends with $.", None),
            ("İ regex: ^İ$", Some("^İ$")),
        ] {
            let found = pattern(&Described::of_text(text));
            assert_eq!(found, expected.map(Value::from), "{text}");
        }
    }
}
