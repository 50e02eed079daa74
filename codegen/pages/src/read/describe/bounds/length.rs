//! What sentences say about lengths.

use super::{Said, around, settle};
use crate::facts::Bounds;
use crate::read::describe::Described;
use crate::read::describe::around::{conditional, tied, whole};
use crate::read::describe::pattern::pattern;
use crate::read::describe::words::{number, step};
use crate::read::nest::Shape;

pub(super) fn lengths_in(
    of: &Described<'_>,
    sentence: &str,
    list: bool,
) -> Vec<(Option<String>, Said)> {
    let parted = parted(sentence);
    if !parted.is_empty() {
        return parted
            .into_iter()
            .map(|found| (found.part.clone(), Some(found)))
            .collect();
    }
    let mut found = pairs_of_length(sentence);
    found.extend(one_end(sentence));
    let holds = list || matches!(of.shape, Shape::Object | Shape::Map | Shape::MapOfArrays);
    let part = if holds { part(sentence) } else { None };
    // Of an array the sentence must say that it means an item's part.
    if list && part.is_none() {
        return Vec::new();
    }
    found
        .into_iter()
        .map(|said| {
            let said = said.map(|bounds| Bounds {
                part: part.clone(),
                ..bounds
            });
            (part.clone(), said)
        })
        .collect()
}

/// Which part of a map a sentence is about: not both of them, and not neither.
fn part(sentence: &str) -> Option<String> {
    let lower = sentence.to_lowercase();
    let has = |words: &[&str]| {
        words.iter().any(|word| {
            lower
                .split(|c: char| !c.is_alphanumeric())
                .any(|piece| piece == *word)
        })
    };
    let key = has(&["key", "keys"]) || lower.contains('键');
    let value = has(&["value", "values"]) || lower.contains('值');
    match (key, value) {
        (true, false) => Some("key".to_owned()),
        (false, true) => Some("value".to_owned()),
        _ => None,
    }
}

/// "the maximum lengths of key and value are 36 and 43 characters".
fn parted(sentence: &str) -> Vec<Bounds> {
    let said = pattern!(concat!(
        r"(?i)maximum lengths? of (?:the )?key and (?:the )?value (?:are|is) (\d+) and (\d+) ",
        unit!()
    ));
    let Some(found) = said.find(sentence) else {
        return Vec::new();
    };
    let end = |index: usize, part: &str| {
        Some(Bounds {
            part: Some(part.to_owned()),
            min: None,
            max: Some(number(found.get(index)?.as_str())?),
        })
    };
    [end(1, "key"), end(2, "value")]
        .into_iter()
        .flatten()
        .collect()
}

/// "1 to 64 characters", "长度为4~64个字符", "greater than 0 and less than 256".
pub(super) fn pairs_of_length(sentence: &str) -> Vec<Said> {
    let said = pattern!(concat!(
        r"(?i)(\d+(?:,\d{3})*)\s*(?:",
        unit!(),
        r")?\s*(?:to|-|~|through|and|a|à|y|tot|e|到|至)\s*(\d+(?:,\d{3})*)\s*(?:个)?\s*",
        unit!()
    ));
    let exclusive = pattern!(concat!(
        r"(?i)greater than (\d+)\s*(?:",
        unit!(),
        r")?,? and less than (\d+)\s*(",
        unit!(),
        r")?"
    ));
    let length = pattern!(r"(?i)(?:length|长度|longueur|longitud|comprimento|lengte)");
    let about = pattern!(
        r"(?i)(?:length|长度)[^.\n]{0,12}?(?:is|of|ranges? from|between|from|为|是|:|在)+\s*(?:from |between )?(\d+)\s*(?:to|-|~|and|到|至)\s*(\d+)"
    );
    let within = pattern!(r"长度\s*(\d+)\s*(?:-|~|到|至)\s*(\d+)\s*之间");
    if let Some(captures) = exclusive.find(sentence) {
        if captures.get(3).is_none() && !length.hits(sentence) {
            return Vec::new();
        }
        let (before, rest) = around(sentence, &captures);
        let end = |index: usize, by: i64| step(captures.get(index)?.as_str(), by);
        let both = end(1, 1).zip(end(2, -1));
        let clear = !conditional(before) && (captures.get(3).is_some() || whole(rest));
        return vec![both.filter(|_| clear).map(|(min, max)| Bounds {
            part: None,
            min: Some(min),
            max: Some(max),
        })];
    }
    let ends = |captures: regex::Captures<'_>| -> Said {
        let min = number(captures.get(1)?.as_str())?;
        let max = number(captures.get(2)?.as_str())?;
        let (before, rest) = around(sentence, &captures);
        // The first number may be the tail of another one: "2^31", "1.5".
        let malformed = captures.get(1)?.start() == captures.get(0)?.start()
            && before.ends_with([
                '.', ',', '^', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
            ]);
        let bare = captures.get(0)?.end() == captures.get(2)?.end();
        let cut = bare && !whole(rest);
        let ordered = min.parse::<u64>().ok()? <= max.parse::<u64>().ok()?;
        (ordered && !malformed && !cut && !tied(rest) && !conditional(before)).then_some(Bounds {
            part: None,
            min: Some(min),
            max: Some(max),
        })
    };
    let found: Vec<Said> = said.all(sentence).map(ends).collect();
    if !found.is_empty() {
        return found;
    }
    let found: Vec<Said> = about.all(sentence).map(ends).collect();
    if !found.is_empty() {
        return found;
    }
    within.all(sentence).map(ends).collect()
}

/// "a maximum of 255 bytes", "不能超过256个字符".
pub(in crate::read) fn greatest_length(sentence: &str) -> Option<Bounds> {
    settle(one_end(sentence).iter()).filter(|bounds| bounds.max.is_some())
}

/// Lengths with one end: "a maximum of 255 bytes", "at least 4 characters long".
fn one_end(sentence: &str) -> Vec<Said> {
    if !sentence.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let said = pattern!(concat!(
        r"(?i)(?:maximum of|max\.|at most|up to|no more than|not exceed|cannot exceed|less than or equal to|not longer than|within|maximum length (?:is|of)(?: the \w+ is)?|maximum(?: \w+)? length:?|no longer than|cannot contain more than|máximo de|maximum de|maximaal) (\d+(?:,\d{3})*) ",
        unit!()
    ));
    let chinese = pattern!(concat!(
        r"(?:不能超过|不超过|不得超过|不可超过|不能大于|不大于|最长为?|最多为?|最多(?:支持|可以|允许|包含|可?输入)|最大(?:长度)?为?)\s*(\d+)\s*",
        unit!()
    ));
    let bare =
        pattern!(r"(?i)(?:maximum length (?:is|of)|长度(?:不能|不得|不)超过|最大长度为)\s*(\d+)");
    let within = pattern!(concat!(r"(\d+)\s*个?", r"(?:字符|字节)以内"));
    let least = pattern!(
        r"(?i)(?:at least|a minimum of|no fewer than|no less than|not less than|minimum length (?:is|of)) (\d+(?:,\d{3})*) (?:characters?|chars|bytes)\b"
    );
    let chinese_least = pattern!(
        r"(?:至少(?:为|包含|输入)?|不少于|不低于|不能少于|不得少于|最短为?)\s*(\d+)\s*(?:个字符|个字节|字符|字节|位)"
    );
    let end = |captures: &regex::Captures<'_>, counted: bool| -> Option<String> {
        let (before, rest) = around(sentence, captures);
        let cut = !counted && !whole(rest);
        (!cut && !tied(rest) && !conditional(before))
            .then(|| number(captures.get(1)?.as_str()))
            .flatten()
    };
    let most = |min: Option<&str>, max: Option<String>| -> Said {
        max.map(|max| Bounds {
            part: None,
            min: min.map(str::to_owned),
            max: Some(max),
        })
    };
    let mut out: Vec<Said> = said
        .all(sentence)
        .map(|captures| most(None, end(&captures, true)))
        .collect();
    if out.is_empty() {
        out = chinese
            .all(sentence)
            .map(|captures| {
                // "Not more than" leaves room for nothing at all.
                let not = captures
                    .get(0)
                    .is_some_and(|words| words.as_str().starts_with('不'));
                most(not.then_some("0"), end(&captures, true))
            })
            .collect();
    }
    if out.is_empty() {
        out = within
            .all(sentence)
            .map(|captures| most(None, end(&captures, true)))
            .collect();
    }
    if out.is_empty() {
        out = bare
            .all(sentence)
            .map(|captures| most(None, end(&captures, false)))
            .collect();
    }
    // Of the kinds of characters there must be some of, it says nothing about the whole.
    let of_some = pattern!(
        r"(?i)^(?: of\b| from\b| in each| types?| kinds?| categor| class| sets?|\s*(?:数字|字母|特殊|大写|小写|类型|种))"
    );
    for captures in least.all(sentence).chain(chinese_least.all(sentence)) {
        let (_, rest) = around(sentence, &captures);
        if of_some.hits(rest) {
            continue;
        }
        out.push(end(&captures, true).map(|min| Bounds {
            part: None,
            min: Some(min),
            max: None,
        }));
    }
    out
}

/// Whether a unit of length follows.
pub(super) fn is_length(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ']', ')']).to_lowercase();
    ["char", "byte", "字符", "字节", "位", "个字"]
        .iter()
        .any(|unit| rest.starts_with(unit))
}
