//! Lengths, ranges, numbers of items.

use super::Described;
use super::pattern::pattern;
use super::words::{number, sentences, step};
use crate::facts::Bounds;
use crate::read::nest::Shape;

/// What a description bounds.
#[derive(Default)]
pub(super) struct Found {
    pub(super) lengths: Vec<Bounds>,
    pub(super) ranges: Vec<Bounds>,
    pub(super) items: Option<u64>,
}

/// A unit of length.
macro_rules! unit {
    () => {
        r"(?:unicode )?(?:characters?|chars?|bytes?|letters|个?(?:unicode|英文)?字符|个?字节|位字符|位|caracteres|caractères|tekens)"
    };
}

/// The bounds in a description.
pub(super) fn bounds(of: &Described<'_>, secret: bool) -> Found {
    let mut out = Found::default();
    if !of.text.bytes().any(|byte| byte.is_ascii_digit()) {
        return out;
    }
    let numeric = of.is_number();
    let list = of.type_.contains("array")
        || of.type_.starts_with("list")
        || of.shape == Shape::Array
        || of.type_.ends_with("数组");
    let labelled = from_labels(&of.text);
    if numeric {
        out.ranges.extend(labelled);
    } else if !secret && !of.is_boolean() && !list {
        out.lengths.extend(labelled);
    }
    if of.answers {
        // What a sentence says of an answer binds nobody.
        return out;
    }
    if of.is_boolean() {
        return out;
    }
    if secret {
        // The rules of a password have their own place, unless a label makes it a constraint.
        if let Some(constraint) = &of.labels.constraints
            && !constraint.contains([':', '\n'])
            && let Some(found) = sentences(constraint).into_iter().find_map(pair_of_length)
        {
            out.lengths.push(found);
        }
        return out;
    }
    if numeric || of.type_.is_empty() {
        out.ranges.extend(
            of.labels
                .range
                .as_deref()
                .filter(|_| out.ranges.is_empty())
                .and_then(labelled_range),
        );
    }
    for sentence in sentences(&of.text) {
        if !sentence.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if (numeric || of.type_.is_empty() || of.is_text()) && out.ranges.is_empty() {
            out.ranges.extend(range(sentence, numeric));
        }
        if numeric {
            continue;
        }
        if list && out.items.is_none() {
            out.items = items(sentence);
        }
        lengths(of, sentence, list, &mut out.lengths);
    }
    out
}

fn lengths(of: &Described<'_>, sentence: &str, list: bool, out: &mut Vec<Bounds>) {
    let parted = parted(sentence);
    if !parted.is_empty() {
        for found in parted {
            if !out.iter().any(|old| old.part == found.part) {
                out.push(found);
            }
        }
        return;
    }
    let Some(mut found) = pair_of_length(sentence).or_else(|| greatest_length(sentence)) else {
        return;
    };
    if list || matches!(of.shape, Shape::Object | Shape::Map | Shape::MapOfArrays) {
        found.part = part(sentence);
        // Of an array the sentence must say that it means an item's part.
        if list && found.part.is_none() {
            return;
        }
    }
    if !out.iter().any(|old| old.part == found.part) {
        out.push(found);
    }
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
fn pair_of_length(sentence: &str) -> Option<Bounds> {
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
    let ends = |captures: regex::Captures<'_>| {
        let min = number(captures.get(1)?.as_str())?;
        let max = number(captures.get(2)?.as_str())?;
        let ordered = min.parse::<u64>().ok()? <= max.parse::<u64>().ok()?;
        ordered.then_some(Bounds {
            part: None,
            min: Some(min),
            max: Some(max),
        })
    };
    if let Some(captures) = exclusive.find(sentence) {
        if captures.get(3).is_none() && !length.hits(sentence) {
            return None;
        }
        let min = step(captures.get(1)?.as_str(), 1)?;
        let max = step(captures.get(2)?.as_str(), -1)?;
        return Some(Bounds {
            part: None,
            min: Some(min),
            max: Some(max),
        });
    }
    let within = pattern!(r"长度\s*(\d+)\s*(?:-|~|到|至)\s*(\d+)\s*之间");
    said.find(sentence)
        .or_else(|| about.find(sentence))
        .or_else(|| within.find(sentence))
        .and_then(ends)
}

/// "a maximum of 255 bytes", "不能超过256个字符".
pub(in crate::read) fn greatest_length(sentence: &str) -> Option<Bounds> {
    if !sentence.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let said = pattern!(concat!(
        r"(?i)(?:maximum of|max\.|at most|up to|no more than|not exceed|cannot exceed|less than or equal to|not longer than|within|maximum length (?:is|of)(?: the \w+ is)?|maximum(?: \w+)? length:?|no longer than|cannot contain more than|máximo de|maximum de|maximaal) (\d+(?:,\d{3})*) ",
        unit!()
    ));
    let chinese = pattern!(concat!(
        r"(不能超过|不超过|不得超过|不可超过|不能大于|不大于|最长为?|最多为?|最大(?:长度)?为?)\s*(\d+)\s*",
        unit!()
    ));
    let bare =
        pattern!(r"(?i)(?:maximum length (?:is|of)|长度(?:不能|不得|不)超过|最大长度为)\s*(\d+)");
    let within = pattern!(concat!(r"(\d+)\s*个?", r"(?:字符|字节)以内"));
    if let Some(captures) = said.find(sentence) {
        let max = number(captures.get(1)?.as_str())?;
        return Some(Bounds {
            part: None,
            min: None,
            max: Some(max),
        });
    }
    if let Some(captures) = chinese.find(sentence) {
        let max = number(captures.get(2)?.as_str())?;
        // "Not more than" leaves room for nothing at all.
        let min = captures
            .get(1)
            .filter(|word| word.as_str().starts_with('不'))
            .map(|_| "0".to_owned());
        return Some(Bounds {
            part: None,
            min,
            max: Some(max),
        });
    }
    let max = number(
        within
            .find(sentence)
            .or_else(|| bare.find(sentence))?
            .get(1)?
            .as_str(),
    )?;
    Some(Bounds {
        part: None,
        min: None,
        max: Some(max),
    })
}

/// "最小长度: 1 … 最大长度: 64", "Minimum: 1 … Maximum: 100".
fn from_labels(text: &str) -> Option<Bounds> {
    let least = pattern!(
        r"(?i)(?:最小长度|最小值|minimum length|minimum value|minimum|valor mínimo|longitud mínima|comprimento mínimo|tamanho mínimo|mínimo|mínima|valeur minimale|longueur minimale|minimale waarde|minimumlengte)\s*:\s*\**\s*(-?\d+)"
    );
    let most = pattern!(
        r"(?i)(?:最大长度|最大值|maximum length|maximum value|maximum|valor máximo|longitud máxima|comprimento máximo|tamanho máximo|máximo|máxima|valeur maximale|longueur maximale|maximale waarde|maximumlengte)\s*:\s*\**\s*(-?\d+)"
    );
    let end = |captures: Option<regex::Captures<'_>>| {
        captures.and_then(|captures| number(captures.get(1)?.as_str()))
    };
    let (min, max) = (end(least.find(text)), end(most.find(text)));
    (min.is_some() || max.is_some()).then_some(Bounds {
        part: None,
        min,
        max,
    })
}

/// "ranges from 1 to 100", "取值范围: 1~100", "the maximum value is 500".
fn range(sentence: &str, numeric: bool) -> Option<Bounds> {
    let from = pattern!(
        r"(?i)(?:ranges?|value range)(?: is)?:? (?:from |is |between )*[\[(]?\s*(-?\d+(?:,\d{3})*)\s*(\((?:inclusive|exclusive|included|excluded)\))?\s*(?:to|and|-|~|, )\s*(-?\d+(?:,\d{3})*)\s*[\])]?\s*(\((?:inclusive|exclusive|included|excluded)\))?\s*([a-z]*)"
    );
    let between = pattern!(
        r"(?i)(?:an integer|value is|value must be|an integer value|must be an integer|number) (?:from|between|in the range of|ranging from) (-?\d+(?:,\d{3})*) (?:to|and) (-?\d+(?:,\d{3})*)"
    );
    let chinese = pattern!(
        r"(?:取值范围|范围|取值|大小|值)\s*(?:为|是|在|:)*\s*[\[(]?\s*(-?\d+)\s*(?:~|-|到|至|,)\s*(-?\d+)\s*([\])]?)\s*(.?.?)"
    );
    let latin = pattern!(
        r"(?i)(?:intervalo de valor(?:es)?|rango de valores|plage de valeurs)(?: (?:é|es|est))?:?(?: de| entre)? (-?\d+)(?: \(inclu\w*\))? (?:a|y|à|et|e) (-?\d+)\b"
    );
    let unit = |text: &str| {
        ["char", "byte", "字符", "字节", "位", "个字"]
            .iter()
            .any(|unit| text.to_lowercase().starts_with(unit))
    };
    let both = |min: String, max: String| {
        let ordered = min.parse::<i64>().ok()? <= max.parse::<i64>().ok()?;
        ordered.then_some(Bounds {
            part: None,
            min: Some(min),
            max: Some(max),
        })
    };
    if let Some(found) = from.find(sentence) {
        let out = |index: usize| {
            found
                .get(index)
                .is_some_and(|word| word.as_str().contains("exclu"))
        };
        if found.get(5).is_some_and(|word| unit(word.as_str())) {
            return None;
        }
        let min = step(found.get(1)?.as_str(), i64::from(out(2)))?;
        let max = step(found.get(3)?.as_str(), -i64::from(out(4)))?;
        return both(min, max);
    }
    if let Some(found) = between
        .find(sentence)
        .or_else(|| latin.find(sentence).filter(|_| numeric))
    {
        return both(
            number(found.get(1)?.as_str())?,
            number(found.get(2)?.as_str())?,
        );
    }
    if let Some(found) = chinese.find(sentence) {
        if found.get(4).is_some_and(|word| unit(word.as_str()))
            || !numeric && !sentence.contains("范围")
        {
            return None;
        }
        return both(
            number(found.get(1)?.as_str())?,
            number(found.get(2)?.as_str())?,
        );
    }
    // What several things together may not exceed bounds none of them.
    let joint = pattern!(
        r"(?i)(?:\btotal\b|\bsum of|\bthe (?:size|number|length)s? of [^.]* and )[^.]*(?:cannot|not) exceed"
    );
    if !numeric || joint.hits(sentence) {
        return None;
    }
    let most = pattern!(
        r"(?i)(?:maximum value (?:of this parameter )?(?:is|of) |valor máximo (?:deste parâmetro |de este parámetro )?(?:é de|es de|é|es|de) |valeur maximale (?:de ce paramètre )?est(?: de)? |a maximum of |cannot exceed |not exceed |cannot be greater than |less than or equal to |at most |最大值?为|最大值:|最大为|不能超过|不超过)(-?\d+(?:,\d{3})*)"
    );
    let least = pattern!(
        r"(?i)(?:minimum value (?:of this parameter )?(?:is|of) |valor mínimo (?:deste parâmetro |de este parámetro )?(?:é|es)(?: de)? |valeur minimale (?:de ce paramètre )?est(?: de)? |must be greater than or equal to |at least |no less than |最小值?为|最小为|不小于|不能小于)(-?\d+(?:,\d{3})*)"
    );
    let end =
        |found: Option<regex::Captures<'_>>| found.and_then(|found| number(found.get(1)?.as_str()));
    let (min, max) = (end(least.find(sentence)), end(most.find(sentence)));
    match (min, max) {
        (None, None) => None,
        (Some(min), Some(max)) => both(min, max),
        (min, max) => Some(Bounds {
            part: None,
            min,
            max,
        }),
    }
}

/// "1-100" behind the label for ranges.
fn labelled_range(range: &str) -> Option<Bounds> {
    let one = pattern!(r"^(≥|>=|≤|<=)\s*(-?\d+)$");
    if let Some(found) = one.find(range.trim()) {
        let value = Some(number(found.get(2)?.as_str())?);
        let least = matches!(found.get(1)?.as_str(), "≥" | ">=");
        return Some(if least {
            Bounds {
                part: None,
                min: value,
                max: None,
            }
        } else {
            Bounds {
                part: None,
                min: None,
                max: value,
            }
        });
    }
    let said = pattern!(
        r"^[\[(]?\s*(-?\d+(?:,\d{3})*)\s*(?:-|~|to|到|至|, ?)\s*(-?\d+(?:,\d{3})*)\s*[\])]?\s*(.{0,8})"
    );
    let found = said.find(range.trim())?;
    let unit = found.get(3).map_or("", |word| word.as_str()).to_lowercase();
    if ["char", "byte", "字符", "字节", "位", "个字"]
        .iter()
        .any(|word| unit.starts_with(word))
        || unit.starts_with([',', '|'])
    {
        return None;
    }
    let (min, max) = (
        number(found.get(1)?.as_str())?,
        number(found.get(2)?.as_str())?,
    );
    let ordered = min.parse::<i64>().ok()? <= max.parse::<i64>().ok()?;
    ordered.then_some(Bounds {
        part: None,
        min: Some(min),
        max: Some(max),
    })
}

/// "A maximum of 12 NICs", "最多10个".
fn items(sentence: &str) -> Option<u64> {
    let said = pattern!(
        r"(?i)(?:a maximum of|up to|at most|no more than|最多(?:支持|可以|允许|包含|添加|创建|为)?)\s*(\d+)"
    );
    said.find(sentence)?.get(1)?.as_str().parse().ok()
}
