//! What one cell of a table of parameters says: a name, yes or no, a type.

use crate::facts::Required;
use crate::vocabulary::lexicon::Word;
use crate::vocabulary::{
    Column, Meaning, Term, is_any_key, is_none, is_type, kind_of_type, name_like, number_in, plain,
    yes_no,
};

/// The name in a cell.
pub(super) fn name(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| {
            !matches!(c, '\\' | '`' | '*' | '\u{200b}' | '\u{ad}') && !c.is_control() || *c == '\n'
        })
        .collect();
    let text = text
        .trim()
        .trim_start_matches(['»', '└', '├', '─', '+', '>', '-', '•', ' '])
        .trim();
    let joined: String = text.split('\n').map(str::trim).collect();
    if is_any_key(&joined) {
        return Some("*".to_owned());
    }
    // "gauge _id" and "gauge_ id" were broken to fit their column.
    let joined = joined.replace(" _", "_").replace("_ ", "_");
    let bare = joined
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap_or(&joined);
    // A note behind a name, as the version that brought it, or the mark of a footnote.
    let bare = bare.split(['(', '（']).next().unwrap_or(bare).trim_end();
    let marked = bare.strip_suffix(']').and_then(|it| it.rsplit_once('['));
    let is_mark = |it: &str| matches!(it.as_bytes(), [b'1'..=b'9', rest @ ..] if rest.len() < 2);
    let bare = marked.filter(|it| is_mark(it.1)).map_or(bare, |it| it.0);
    name_like(bare).then(|| bare.to_owned())
}

/// The most characters of words that are shown.
const SHOWN: usize = 80;

/// Enough of words to find them.
pub(super) fn short(words: &str) -> String {
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = line.join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    line.chars().take(SHOWN - 1).chain(['…']).collect()
}

/// Whether words in the place of a name describe: three or more, and none that fills another column.
pub(super) fn is_phrase(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let word = |word: &&str| {
        word.chars().all(char::is_alphabetic) && !is_type(word) && yes_no(word).is_none()
    };
    let chinese = text.chars().filter(|c| !c.is_ascii()).count();
    (words.len() > 2 || chinese > 3) && words.iter().all(word)
}

/// Yes or no, also with words behind it. "Yes (when …)" is neither, and so is a condition alone: what
/// must be given in one case need not be given in others. "No (mandatory when …)" stays no.
pub(super) fn required(text: &str) -> Option<Required> {
    let always = |yes| if yes { Required::Yes } else { Required::No };
    if let Some(whole) = yes_no(text) {
        return Some(always(whole));
    }
    // "Yes (for gates of this kind)".
    let is_of_some = |rest: &str| {
        let rest = plain(rest);
        let words = rest.trim_start_matches(['(', ',', '.', ';', ' ']);
        Word::For.begins(words).is_some()
    };
    let text = text.trim();
    let ends = ['(', '（', '\n', ',', '，', '.', '。', ';', '；'];
    let (answer, rest) = text.split_at_checked(text.find(ends).unwrap_or(text.len()))?;
    match yes_no(answer).map(always) {
        Some(Required::Yes) if is_conditional(rest) || is_of_some(rest) => {
            Some(Required::Conditional)
        }
        None if is_conditional(text) && speaks_of_need(text)
            || is_answer(text)
            || Word::If.is(&plain(text)) =>
        {
            Some(Required::Conditional)
        }
        answer => answer,
    }
}

fn is_conditional(text: &str) -> bool {
    Word::says(&plain(text), &[Word::If, Word::OneOf])
}

/// Whether a sentence of a text tells a case in which something must be given: "mandatory if it ebbs".
pub(super) fn tells_case(text: &str) -> bool {
    let mut sentences = text.split(['.', '。', '\n', ';', '；']);
    sentences.any(|sentence| is_conditional(sentence) && is_answer(sentence))
}

/// Whether words answer in other words: "mandatory for tides". What must be so of a value is no answer.
fn is_answer(text: &str) -> bool {
    let words = plain(text);
    Column::Required.within(&words) && !Word::says(&words, &[Word::Must, Word::Fixed])
}

/// Whether words speak of what must be given; "where it goes" is a description.
fn speaks_of_need(text: &str) -> bool {
    let words = plain(text);
    Term::Yes.within(&words) || Term::No.within(&words) || Word::says(&words, &[Word::Must])
}

/// A type as the page writes it; `None` for what is no type.
pub(super) fn type_name(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\\' | '`' | '*'))
        .collect();
    // What follows a type in its cell says where its fields stand.
    let head = |part: &str| {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        is_type(&part).then_some(part)
    };
    let marks = ["\n", ". ", "。", "，", ", ", "; ", " (", "（"];
    let first = head(&text).or_else(|| {
        marks
            .into_iter()
            .chain(Term::ForDetails.words())
            .find_map(|end| {
                let (first, rest) = text.split_once(end)?;
                // "How many to list. At most 20." is a sentence, and so is "标签列表。".
                let word = first.split_whitespace().next()?;
                let known = kind_of_type(word).is_some() && !rest.trim().is_empty();
                let certain = known || number_in(rest).is_some();
                head(first).filter(|_| certain)
            })
    });
    if first.is_some() {
        return first;
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if number_in(&text).is_some() {
        return None;
    }
    if yes_no(&text).is_some() || is_none(&text) {
        return None;
    }
    // The name of a structure.
    let words = text.split(' ').count();
    let tame = |c: char| c.is_alphanumeric() || " _-.<>[],(){}:/".contains(c);
    let tame = text.chars().all(tame);
    (words <= 3 && tame && text.chars().count() <= 60 && !text.ends_with('.')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_with_a_condition_is_neither_yes_nor_no() {
        let (yes, no, some) = (Required::Yes, Required::No, Required::Conditional);
        for (cell, expected) in [
            ("Yes", Some(yes)),
            ("Yes (at most 3)", Some(yes)),
            ("Yes (when the mode is tidal)", Some(some)),
            ("Yes (If it rains, this parameter is optional.)", Some(some)),
            ("No (mandatory when the mode is tidal)", Some(no)),
            (
                "No (Either this field or depth must be specified.)",
                Some(no),
            ),
            ("No\nThis field is mandatory for tides.", Some(no)),
            ("否\n潮位模式下该字段必选。", Some(no)),
            ("是（当模式为潮位时）", Some(some)),
            ("Yes (for tidal gauges)", Some(some)),
            ("Yes, for tidal gauges only", Some(some)),
            ("Yes, always", Some(yes)),
            ("This field is mandatory for tides.", Some(some)),
            ("Conditional", Some(some)),
            ("有条件", Some(some)),
            ("Mandatory under certain conditions", Some(some)),
            ("tide = 2时必选", Some(some)),
            ("tide和ebb两者必选其一", Some(some)),
            ("Mandatory when the mode is tidal", Some(some)),
            ("当潮位非空时必选", Some(some)),
            ("String", None),
            ("Where it goes.", None),
        ] {
            assert_eq!(required(cell), expected, "{cell}");
        }
    }

    #[test]
    fn what_follows_a_type_is_no_part_of_it() {
        for (cell, expected) in [
            ("Array\nFor details, see Table 2.", Some("Array")),
            ("Array of objects. See Table 2.", Some("Array of objects")),
            ("列表数据结构，请参见表3", Some("列表数据结构")),
            (
                "Object (the structure of the fields of a gauge)",
                Some("Object"),
            ),
            (
                "Array of tides.v1.Gauge objects",
                Some("Array of tides.v1.Gauge objects"),
            ),
            ("Array of\nstrings", Some("Array of strings")),
            ("Table 3", None),
            ("水位计列表。", None),
            ("Gauge", Some("Gauge")),
            ("Specifies the depth of the gauge.", None),
        ] {
            assert_eq!(type_name(cell).as_deref(), expected, "{cell}");
        }
    }

    #[test]
    fn names_are_put_together_and_any_name_is_a_star() {
        for (cell, expected) in [
            ("gauge _id", Some("gauge_id")),
            ("gauge_ id", Some("gauge_id")),
            ("User-defined field key and value pair", Some("*")),
            ("用户自定义字段键值对", Some("*")),
            ("the gauge", None),
            ("depth (1.2)", Some("depth")),
            ("depth（2.2.13）", Some("depth")),
            ("custom_key", Some("custom_key")),
        ] {
            assert_eq!(name(cell).as_deref(), expected, "{cell}");
        }
    }
}
