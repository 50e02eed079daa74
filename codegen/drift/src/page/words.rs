//! The words of a description, which are kept nowhere: each of their clauses has a mark by which it is
//! known again.

use std::collections::HashSet;

use huaweicloud_pages::form::Form;
use huaweicloud_pages::is_part_label;
use huaweicloud_pages::vocabulary::{is_bullet, is_none, number_in, words_for};

use crate::claim::ClaimValue;
use crate::fetch::mark;

/// How long the mark of a clause is. Of twenty clauses and a new one, two are taken for the same once
/// in three thousand times.
const MARK: usize = 4;

/// What tells marks from those that were made otherwise, which are not compared.
const EDITION: u8 = 3;

/// By which words are known again, of each form by itself: the marks of their clauses, one after the
/// other.
pub(super) fn mark_of(texts: &[(Form, String)]) -> ClaimValue {
    let marks = texts.iter().map(|(form, words)| {
        let marks: String = clauses(words).map(|(mark, _)| mark).collect();
        format!("{form:?}{EDITION}:{marks}").to_lowercase()
    });
    ClaimValue::one(marks.collect::<Vec<_>>().join(" "))
}

/// By which lines are known again, however blanks and signs in them are set.
pub(super) fn mark_of_lines(lines: &[String]) -> String {
    short_mark(&letters(&lines.join("\n")), 2 * MARK)
}

/// The last digits of a mark: what ends a text does not reach the first.
fn short_mark(text: &str, digits: usize) -> String {
    let mark = mark(text.as_bytes());
    let start = mark.len().saturating_sub(digits);
    mark.get(start..).unwrap_or_default().to_owned()
}

/// Words against those of the review.
#[derive(Default)]
pub(crate) struct ChangedWords<'w> {
    /// The clauses that are new.
    pub(crate) new: Vec<&'w str>,
    /// How many of the review are gone.
    pub(crate) gone: usize,
}

impl<'w> ChangedWords<'w> {
    /// What changed in words of some forms since they had a mark; nothing where that was of others.
    pub(crate) fn since(before: &ClaimValue, texts: &'w [(Form, String)]) -> Option<Self> {
        let now = mark_of(texts);
        let mut found: Option<Self> = None;
        for ((known, marks), (_, words)) in by_form(before, &now).zip(texts) {
            let Some(known) = known else {
                continue;
            };
            let found = found.get_or_insert_default();
            found.gone += missing(known, marks);
            if missing(marks, known) > 0 {
                let all: HashSet<&[u8]> = marks_of(known).collect();
                let new = clauses(words).filter(|(mark, _)| !all.contains(mark.as_bytes()));
                found.new.extend(new.map(|(_, clause)| clause));
            }
        }
        found
    }
}

/// Whether words are the same as others by their marks; nothing where those are of other forms.
pub(crate) fn are_same(before: &ClaimValue, now: &ClaimValue) -> Option<bool> {
    let mut both = by_form(before, now).filter_map(|(known, marks)| Some((known?, marks)));
    let first = both.next()?;
    let mut all = std::iter::once(first).chain(both);
    Some(all.all(|(known, marks)| missing(known, marks) + missing(marks, known) == 0))
}

/// The marks of each form now, with those that it had before.
fn by_form<'m>(
    before: &'m ClaimValue,
    now: &'m ClaimValue,
) -> impl Iterator<Item = (Option<&'m str>, &'m str)> {
    let of_forms = |of: &'m ClaimValue| {
        let marks = of.as_one().unwrap_or_default().split(' ');
        marks.filter_map(|it| it.split_once(':'))
    };
    of_forms(now).map(move |(form, marks)| {
        let mut known = of_forms(before);
        (known.find(|it| it.0 == form).map(|it| it.1), marks)
    })
}

/// How many of some marks others lack.
fn missing(of: &str, others: &str) -> usize {
    let others: HashSet<&[u8]> = marks_of(others).collect();
    marks_of(of).filter(|it| !others.contains(it)).count()
}

fn marks_of(marks: &str) -> impl Iterator<Item = &[u8]> {
    marks.as_bytes().chunks(MARK)
}

/// Whether a clause has a value among its words.
pub(crate) fn says(clause: &str, value: &str) -> bool {
    let value = value.to_lowercase();
    let mut clause = clause.to_lowercase();
    // "1,024".
    if value.bytes().all(|it| it.is_ascii_digit()) {
        clause = clause.replace(',', "");
    }
    let is_part = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric());
    let (first, last) = (value.chars().next(), value.chars().next_back());
    let mut found = clause.match_indices(value.as_str());
    found.any(|(at, _)| {
        let (before, rest) = clause.split_at(at);
        let after = rest.get(value.len()..).and_then(|it| it.chars().next());
        let is_cut = is_part(before.chars().next_back()) && is_part(first)
            || is_part(last) && is_part(after);
        !is_cut
    })
}

/// The line of a clause that says something: one before a list that counts ("three of the following:"),
/// or else the last that is no label of a part, and no words for nothing behind one.
pub(crate) fn telling_line(clause: &str) -> &str {
    let leads = |line: &str| line.trim_end().ends_with([':', '：']);
    let counts = |line: &&str| {
        let numbers = ["2", "3", "4"];
        let words = numbers.into_iter().flat_map(words_for);
        let mut all = numbers.into_iter().chain(words);
        leads(line) && !is_part_label(line) && all.any(|it| says(line, it))
    };
    let tells = |line: &&str| {
        let is_label = leads(line) || is_part_label(line);
        !is_label && !is_none(line) && line.contains(char::is_alphanumeric)
    };
    let found = clause.lines().find(counts);
    found
        .or_else(|| clause.lines().rfind(tells))
        .unwrap_or(clause)
}

/// Whether a value stands in words by itself, as the items of a list do. Behind a colon a default does so
/// too.
pub(super) fn lists(words: &str, value: &str, default: Option<&str>) -> bool {
    let bare = |it: &str| it.trim_matches(|it: char| !it.is_alphanumeric()).to_owned();
    let value_alone = bare(value);
    words.lines().any(|line| {
        let marks = |it| matches!(it, '-' | '*') || is_bullet(it);
        let is_item = line.trim_start().starts_with(marks);
        let mut parts = line.split(|it| it == ':' || it == '：' || END.contains(&it));
        (is_item || default != Some(value)) && parts.any(|it| bare(it) == value_alone)
    })
}

/// The clauses of words, each with its mark. One that ends in a colon goes on.
fn clauses(words: &str) -> impl Iterator<Item = (String, &str)> {
    let mut start = 0;
    let ends = words.char_indices().chain([(words.len(), '\n')]);
    ends.filter_map(move |(at, end)| {
        let text = words.get(start..at)?.trim();
        let next = words.get(at..)?.chars().nth(1);
        let goes_on = match end {
            // "1,024.5", "DCS.4849".
            '.' | ',' => {
                text.ends_with(|it: char| it.is_ascii_alphanumeric())
                    && next.is_some_and(|it| it.is_ascii_digit())
            }
            // Long lines are broken anywhere.
            '\n' => next.is_some_and(char::is_alphanumeric),
            _ => false,
        };
        let is_last = at == words.len();
        let ends = is_last || (END.contains(&end) && !goes_on && !text.ends_with([':', '：']));
        if !ends {
            return None;
        }
        start = at + if is_last { 0 } else { end.len_utf8() };
        let letters = letters(&without_nothing(text));
        (!letters.is_empty()).then(|| (short_mark(&letters, MARK), text))
    })
}

/// No label has more words.
const LONGEST_LABEL: usize = 3;

/// A clause without the labels behind which it says that there is nothing: "Constraints: N/A Default: N/A",
/// whatever parts a label from that.
fn without_nothing(clause: &str) -> String {
    let is_apart = |it: char| it.is_whitespace() || matches!(it, ':' | '：');
    let mut kept: Vec<&str> = Vec::new();
    for word in clause.split(is_apart).filter(|it| !it.is_empty()) {
        let start = |words: usize| kept.len().checked_sub(words);
        let is_label = |at: &usize| {
            kept.get(*at..)
                .is_some_and(|it| is_part_label(&it.join(" ")))
        };
        let mut labels = (1..=LONGEST_LABEL).rev().filter_map(start);
        let label = is_none(word).then(|| labels.find(is_label)).flatten();
        match label {
            Some(label) => kept.truncate(label),
            None => kept.push(word),
        }
    }
    kept.join(" ")
}

/// What a clause ends with.
const END: [char; 12] = [
    '\n', '.', ',', ';', '!', '?', '。', '，', '；', '！', '？', '、',
];

/// What counts of words: how letters are set, blanks and signs do not, nor does the number of a table
/// they refer to, which changes with the order of others.
fn letters(words: &str) -> String {
    let (mut letters, mut rest) = (String::new(), words);
    let mut take = |text: &str| {
        let all = text.chars().filter(|it| it.is_alphanumeric());
        letters.extend(all.map(narrow).flat_map(char::to_lowercase));
    };
    while let Some((_, after)) = number_in(rest) {
        let before = rest.strip_suffix(after).unwrap_or(rest);
        take(before.trim_end_matches(|it: char| !it.is_alphabetic()));
        rest = after;
    }
    take(rest);
    letters
}

/// The usual form of a letter or digit as wide as a Chinese one.
fn narrow(wide: char) -> char {
    let shift = u32::from('！') - u32::from('!');
    match wide {
        '！'..='～' => char::from_u32(u32::from(wide) - shift).unwrap_or(wide),
        _ => wide,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(before: &str, now: &str) -> (Vec<String>, usize) {
        let texts = |words: &str| [(Form::Plain, words.to_owned())];
        let texts_now = texts(now);
        let changed = ChangedWords::since(&mark_of(&texts(before)), &texts_now).unwrap();
        (
            changed.new.into_iter().map(str::to_owned).collect(),
            changed.gone,
        )
    }

    #[test]
    fn clauses_are_known_again_one_by_one() {
        for (before, now, found) in [
            (
                "The name. See Table 3.",
                "the **name**.\nsee table 12",
                (vec![], 0),
            ),
            ("长度为8到64", "长度为８到６４", (vec![], 0)),
            ("The name\nof it.", "The\nname of it.", (vec![], 0)),
            ("A, b; c.", "c. A. B.", (vec![], 0)),
            (
                "The name.",
                "The name. At most 1,024.5 of them.",
                (vec!["At most 1,024.5 of them"], 0),
            ),
            ("The name. It is short.", "The name.", (vec![], 1)),
            (
                "模式，必填。",
                "模式。取值为：\n- a、b。",
                (vec!["取值为：\n- a", "b"], 1),
            ),
            ("", "—", (vec![], 0)),
            (
                "The name. Constraints: N/A Value range: N/A Default value: N/A",
                "The name. Constraints: N/A Value range: It has 3 signs. Default value: N/A",
                (vec!["Constraints: N/A Value range: It has 3 signs"], 0),
            ),
            (
                "水位。约束限制：不涉及。取值范围：不涉及。",
                "水位。",
                (vec![], 0),
            ),
            (
                "The name.\nConstraints: N/A\nDefault value: N/A",
                "The name.\nConstraints\nN/A\nDefault value\nNone",
                (vec![], 0),
            ),
        ] {
            let (new, gone): (Vec<&str>, usize) = found;
            assert_eq!(
                changed(before, now),
                (new.into_iter().map(str::to_owned).collect(), gone),
                "{now}"
            );
        }
    }

    /// A page and a definition beside it are compared each with what it said itself.
    #[test]
    fn words_are_known_again_form_by_form() {
        let text = |form, words: &str| (form, words.to_owned());
        let both = [text(Form::Html, "A gauge."), text(Form::Explorer, "Low.")];
        let mark = mark_of(&both);
        for (now, found) in [
            (&both[..], Some((0, 0))),
            (&both[..1], Some((0, 0))),
            (&[text(Form::Plain, "A gauge.")][..], None),
            (&[text(Form::Explorer, "High.")][..], Some((1, 1))),
            (
                &[both[1].clone(), text(Form::Html, "A gauge. Two.")][..],
                Some((1, 0)),
            ),
        ] {
            let changed = ChangedWords::since(&mark, now);
            let counts = changed.map(|it| (it.new.len(), it.gone));
            assert_eq!(counts, found, "{now:?}");
            let is_same = found.map(|it| it == (0, 0));
            assert_eq!(are_same(&mark, &mark_of(now)), is_same, "{now:?}");
        }
    }

    /// Whichever character of a clause is another, its mark is.
    #[test]
    fn one_other_character_makes_another_mark() {
        let clause = "the least of them is 5";
        let others = "0123456789abcz";
        for (at, old) in clause.char_indices().filter(|it| it.1 != ' ') {
            for new in others.chars().filter(|it| *it != old) {
                let mut other = clause.to_owned();
                other.replace_range(at..=at, &new.to_string());
                assert_ne!(
                    short_mark(&letters(clause), MARK),
                    short_mark(&letters(&other), MARK),
                    "{other}"
                );
            }
        }
        let [five, three] = ["5", "3"].map(|it| mark_of_lines(&[format!("At least {it}.")]));
        assert_ne!(five, three);
        for (before, now) in [("10", "12"), ("4.0", "4.5"), ("2027", "2028"), ("A", "B")] {
            let [before, now] = [before, now].map(|it| format!("It is {it}."));
            let found = changed(&before, &now);
            assert_eq!((found.0.len(), found.1), (1, 1), "{now}");
        }
    }

    #[test]
    fn a_value_is_said_as_a_word_of_its_own() {
        for (clause, value, is_said) in [
            ("8 to 1,024 characters", "1024", true),
            ("不能超过64字节", "64", true),
            ("the 128 of them", "12", false),
            ("- Read_only: no writes", "read_only", true),
            ("how it was before", "b", false),
            ("signs (!#) are taken", "!#", true),
            ("signs (!,#) are taken", "!,#", true),
        ] {
            assert_eq!(says(clause, value), is_said, "{clause}");
        }
    }
}
