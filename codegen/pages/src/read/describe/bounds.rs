//! Lengths, ranges, numbers of items.

use super::Described;
use super::around::{again, alone, another_case, conditional, refers_to_case, tied, whole};
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
        {
            let said: Vec<Said> = sentences(constraint)
                .into_iter()
                .flat_map(pairs_of_length)
                .collect();
            out.lengths.extend(settle(said.iter()));
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
    let sentences = sentences(&of.text);
    // What holds in one case only is nothing the model has a word for.
    let by_case = sentences.iter().any(|sentence| another_case(sentence));
    let mut ranges = Vec::new();
    let mut lengths = Vec::new();
    let mut cases = Vec::new();
    for sentence in sentences {
        if !sentence.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if numeric || of.type_.is_empty() || of.is_text() {
            ranges.extend(range(sentence, numeric));
        }
        if numeric {
            continue;
        }
        if list && out.items.is_none() {
            out.items = items(sentence);
        }
        let found = lengths_in(of, sentence, list);
        if refers_to_case(sentence) {
            cases.extend(found);
        } else {
            lengths.extend(found);
        }
    }
    // Bounds of a case within those of all cases leave these true.
    for (part, case) in cases {
        let all = lengths.iter().filter(|(other, _)| *other == part);
        let covered = settle(all.map(|(_, said)| said))
            .zip(case.as_ref())
            .is_some_and(|(all, case)| covers(&all, case));
        if !covered {
            lengths.push((part, None));
        }
    }
    if by_case {
        return out;
    }
    if out.ranges.is_empty() {
        // Beside a range, "at most 20 disks" is about the disks.
        let pair = |said: &Said| {
            said.as_ref()
                .is_some_and(|said| said.min.is_some() && said.max.is_some())
        };
        let paired = ranges.iter().any(|(said, firm)| *firm && pair(said));
        let meant = ranges.iter().filter(|(_, firm)| *firm || !paired);
        out.ranges.extend(settle(meant.map(|(said, _)| said)));
    }
    for (part, _) in &lengths {
        if !out.lengths.iter().any(|old| old.part == *part) {
            let same = lengths.iter().filter(|(other, _)| other == part);
            out.lengths.extend(settle(same.map(|(_, said)| said)));
        }
    }
    out
}

/// Bounds that were said, or `None` for words about bounds that are not understood.
type Said = Option<Bounds>;

/// What all the sayings about one thing come to: nothing when one of them is not understood, or when
/// two of them differ.
fn settle<'s>(all: impl Iterator<Item = &'s Said>) -> Option<Bounds> {
    let mut out: Option<Bounds> = None;
    for said in all {
        let said = said.as_ref()?;
        out = Some(match &out {
            Some(old) => merge(old, said)?,
            None => said.clone(),
        });
    }
    out
}

fn merge(one: &Bounds, other: &Bounds) -> Option<Bounds> {
    let end = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => (one == other).then(|| Some(one.clone())),
        (one, other) => Some(one.clone().or_else(|| other.clone())),
    };
    // "Not more than" says nothing about the least that a pair of numbers gives.
    let min = |bounds: &Bounds| bounds.min.clone().filter(|min| min != "0");
    Some(Bounds {
        part: one.part.clone(),
        min: end(&min(one), &min(other))?.or_else(|| one.min.clone().or(other.min.clone())),
        max: end(&one.max, &other.max)?,
    })
}

/// Whether bounds leave room for all that others do.
fn covers(all: &Bounds, case: &Bounds) -> bool {
    let most = |bounds: &Bounds| bounds.max.as_ref().and_then(|max| max.parse::<u64>().ok());
    let least = |bounds: &Bounds| bounds.min.as_ref().and_then(|min| min.parse::<u64>().ok());
    let below = match (most(all), most(case)) {
        (Some(all), Some(case)) => case <= all,
        (all, _) => all.is_none(),
    };
    // Without a least of its own the case has that of all.
    below && least(case).is_none_or(|case| case >= least(all).unwrap_or(0))
}

fn lengths_in(of: &Described<'_>, sentence: &str, list: bool) -> Vec<(Option<String>, Said)> {
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

/// The text before and behind a match.
fn around<'s>(sentence: &'s str, found: &regex::Captures<'_>) -> (&'s str, &'s str) {
    let whole = found.get(0).map_or(0..0, |whole| whole.range());
    (
        sentence.get(..whole.start).unwrap_or(""),
        sentence.get(whole.end..).unwrap_or(""),
    )
}

/// "1 to 64 characters", "长度为4~64个字符", "greater than 0 and less than 256".
fn pairs_of_length(sentence: &str) -> Vec<Said> {
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
        let torn = captures.get(1)?.start() == captures.get(0)?.start()
            && before.ends_with([
                '.', ',', '^', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
            ]);
        let bare = captures.get(0)?.end() == captures.get(2)?.end();
        let cut = bare && !whole(rest);
        let ordered = min.parse::<u64>().ok()? <= max.parse::<u64>().ok()?;
        (ordered && !torn && !cut && !tied(rest) && !conditional(before)).then_some(Bounds {
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

/// "最小长度: 1 … 最大长度: 64", "Minimum: 1 … Maximum: 100".
fn from_labels(text: &str) -> Option<Bounds> {
    let least = pattern!(
        r"(?i)(?:最小长度|最小值|minimum length|minimum value|minimum|valor mínimo|longitud mínima|comprimento mínimo|tamanho mínimo|mínimo|mínima|valeur minimale|longueur minimale|minimale waarde|minimumlengte)\s*:\s*\**\s*(-?\d+)"
    );
    let most = pattern!(
        r"(?i)(?:最大长度|最大值|maximum length|maximum value|maximum|valor máximo|longitud máxima|comprimento máximo|tamanho máximo|máximo|máxima|valeur maximale|longueur maximale|maximale waarde|maximumlengte)\s*:\s*\**\s*(-?\d+)"
    );
    // `Err` for a number that goes on behind its digits.
    let end = |captures: Option<regex::Captures<'_>>| match captures {
        Some(captures) if !whole(around(text, &captures).1) => Err(()),
        Some(captures) => Ok(captures.get(1).and_then(|digits| number(digits.as_str()))),
        None => Ok(None),
    };
    let (min, max) = (end(least.find(text)).ok()?, end(most.find(text)).ok()?);
    (min.is_some() || max.is_some()).then_some(Bounds {
        part: None,
        min,
        max,
    })
}

/// Whether a unit of length follows.
fn is_length(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ']', ')']).to_lowercase();
    ["char", "byte", "字符", "字节", "位", "个字"]
        .iter()
        .any(|unit| rest.starts_with(unit))
}

/// Bounds from two numbers and the brackets around them, of which a round one beside a square one
/// leaves its end out. Two round ones beside a comma may mean it or not.
fn interval(open: &str, min: &str, comma: bool, max: &str, close: &str) -> Said {
    let (above, below) = match (open, close) {
        ("[", ")") => (0, -1),
        ("(", "]") => (1, 0),
        ("(", ")") if comma => return None,
        _ => (0, 0),
    };
    let (min, max) = (step(min, above)?, step(max, below)?);
    both(min, max)
}

fn both(min: String, max: String) -> Said {
    let ordered = min.parse::<i64>().ok()? <= max.parse::<i64>().ok()?;
    ordered.then_some(Bounds {
        part: None,
        min: Some(min),
        max: Some(max),
    })
}

/// "ranges from 1 to 100", "取值范围: 1~100", "the maximum value is 500"; with each whether it is about
/// the value for certain, which "at most 20" may not be.
fn range(sentence: &str, numeric: bool) -> Vec<(Said, bool)> {
    let from = pattern!(
        r"(?i)(?:ranges?|value range)(?: is)?:? (?:from |is |between )*([\[(]?)\s*(-?\d+(?:,\d{3})*)\s*(\((?:inclusive|exclusive|included|excluded)\))?\s*(to|and|-|~|, ?)\s*(-?\d+(?:,\d{3})*)(?:\s*([\])]))?(?:\s*(\((?:inclusive|exclusive|included|excluded)\)))?"
    );
    let between = pattern!(
        r"(?i)(?:an integer|value is|value must be|an integer value|must be an integer|number) (?:from|between|in the range of|ranging from) (-?\d+(?:,\d{3})*) (?:to|and) (-?\d+(?:,\d{3})*)"
    );
    let chinese = pattern!(
        r"(?:取值范围|范围|取值|大小|值)\s*(?:为|是|在|:)*\s*([\[(]?)\s*(-?\d+(?:,\d{3})*)\s*(~|-|到|至|,)\s*(-?\d+(?:,\d{3})*)(?:\s*([\])]))?"
    );
    let latin = pattern!(
        r"(?i)(?:intervalo de valor(?:es)?|rango de valores|plage de valeurs)(?: (?:é|es|est))?:?(?: de| entre)? (-?\d+)(?: \(inclu\w*\))? (?:a|y|à|et|e) (-?\d+)\b(?: \(inclu\w*\))?"
    );
    let word = |found: &regex::Captures<'_>, index: usize| {
        found
            .get(index)
            .map_or(String::new(), |word| word.as_str().to_owned())
    };
    let clear = |found: &regex::Captures<'_>| {
        let (before, rest) = around(sentence, found);
        alone(rest) && !conditional(before)
    };
    let mut out: Vec<(Said, bool)> = Vec::new();
    for found in from.all(sentence) {
        let (_, rest) = around(sentence, &found);
        let comma = word(&found, 4).starts_with(',');
        // Without brackets two numbers beside a comma are two values.
        if is_length(rest) || comma && word(&found, 1).is_empty() {
            continue;
        }
        let out_of = |index: usize| i64::from(word(&found, index).contains("exclu"));
        let min = step(&word(&found, 2), out_of(3));
        let max = step(&word(&found, 5), -out_of(7));
        let said = min
            .zip(max)
            .and_then(|(min, max)| interval(&word(&found, 1), &min, comma, &max, &word(&found, 6)));
        out.push((said.filter(|_| clear(&found)), true));
    }
    for found in between
        .all(sentence)
        .chain(latin.all(sentence).filter(|_| numeric))
    {
        let said = number(&word(&found, 1))
            .zip(number(&word(&found, 2)))
            .and_then(|(min, max)| both(min, max));
        out.push((said.filter(|_| clear(&found)), true));
    }
    for found in chinese.all(sentence) {
        let (_, rest) = around(sentence, &found);
        let comma = word(&found, 3) == ",";
        if is_length(rest)
            || comma && word(&found, 1).is_empty()
            || !numeric && !sentence.contains("范围")
        {
            continue;
        }
        let said = interval(
            &word(&found, 1),
            &word(&found, 2),
            comma,
            &word(&found, 4),
            &word(&found, 5),
        );
        out.push((said.filter(|_| clear(&found)), true));
    }
    // What several things together may not exceed bounds none of them.
    let joint = pattern!(
        r"(?i)(?:\btotal\b|\bsum of|\bthe (?:size|number|length)s? of [^.]* and )[^.]*(?:cannot|not) exceed"
    );
    if !out.is_empty() || !numeric || joint.hits(sentence) {
        return out;
    }
    let most = pattern!(
        r"(?i)(?:maximum value (?:of this parameter )?(?:is|of) |valor máximo (?:deste parâmetro |de este parámetro )?(?:é de|es de|é|es|de) |valeur maximale (?:de ce paramètre )?est(?: de)? |a maximum of |cannot exceed |not exceed |cannot be greater than |less than or equal to |at most |最大值?为|最大值:|最大为|不能超过|不超过)(-?\d+(?:,\d{3})*)"
    );
    let least = pattern!(
        r"(?i)(?:minimum value (?:of this parameter )?(?:is|of) |valor mínimo (?:deste parâmetro |de este parámetro )?(?:é|es)(?: de)? |valeur minimale (?:de ce paramètre )?est(?: de)? |must be greater than or equal to |at least |no less than |最小值?为|最小为)(-?\d+(?:,\d{3})*)"
    );
    let one = |found: &regex::Captures<'_>| {
        let (before, rest) = around(sentence, found);
        let clear = whole(rest) && !tied(rest) && !conditional(before);
        number(&word(found, 1)).filter(|_| clear)
    };
    let firm = |found: &regex::Captures<'_>| {
        let words = word(found, 0).to_lowercase();
        ["val", "值", "最"]
            .iter()
            .any(|about| words.contains(about))
    };
    out.extend(most.all(sentence).map(|found| {
        let said = one(&found).map(|max| Bounds {
            part: None,
            min: None,
            max: Some(max),
        });
        (said, firm(&found))
    }));
    out.extend(least.all(sentence).map(|found| {
        let said = one(&found).map(|min| Bounds {
            part: None,
            min: Some(min),
            max: None,
        });
        (said, firm(&found))
    }));
    out.extend(compared(sentence).into_iter().map(|said| (said, true)));
    let ordered = match settle(out.iter().map(|(said, _)| said)) {
        Some(Bounds {
            min: Some(min),
            max: Some(max),
            ..
        }) => both(min, max).is_some(),
        _ => true,
    };
    if ordered { out } else { vec![(None, true)] }
}

/// "不小于1且不大于64", "大于0, 小于等于100". What is not denied may be a case, unless the words are
/// about the range.
fn compared(sentence: &str) -> Vec<Said> {
    let said = pattern!(r"(不能|不得|不可|不)?(大于|小于)(或?等于)?\s*(-?\d+(?:,\d{3})*)");
    let about = ["范围", "整数"].iter().any(|word| sentence.contains(word));
    let mut out = Vec::new();
    for found in said.all(sentence) {
        let (before, rest) = around(sentence, &found);
        let denied = found.get(1).is_some();
        if !denied && !about {
            continue;
        }
        let equal = found.get(3).is_some();
        let greater = found.get(2).is_some_and(|word| word.as_str() == "大于");
        let by = match (denied, equal, greater) {
            (false, false, true) => 1,
            (false, false, false) => -1,
            _ => 0,
        };
        let end = found
            .get(4)
            .and_then(|digits| step(digits.as_str(), by))
            .filter(|_| {
                whole(rest)
                    && !tied(rest)
                    && !rest.starts_with('时')
                    && !conditional(before)
                    && (!denied || !equal)
            });
        out.push(end.map(|end| {
            let (min, max) = if greater == denied {
                (None, Some(end))
            } else {
                (Some(end), None)
            };
            Bounds {
                part: None,
                min,
                max,
            }
        }));
    }
    out
}

/// "1-100" behind the label for ranges.
fn labelled_range(range: &str) -> Option<Bounds> {
    let range = range.trim();
    let one = pattern!(r"^(≥|>=|≤|<=)\s*(-?\d+)$");
    if let Some(found) = one.find(range) {
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
        r"^([\[(]?)\s*(-?\d+(?:,\d{3})*)\s*(-|~|to|到|至|, ?)\s*(-?\d+(?:,\d{3})*)(?:\s*([\])]))?"
    );
    let found = said.find(range)?;
    let (_, rest) = around(range, &found);
    let comma = found.get(3)?.as_str().starts_with(',');
    let (rest, more) = rest.split_once('\n').unwrap_or((rest, ""));
    let ends = alone(rest) && !again(more);
    if is_length(rest) || comma && found.get(1)?.is_empty() || !ends {
        return None;
    }
    interval(
        found.get(1)?.as_str(),
        found.get(2)?.as_str(),
        comma,
        found.get(4)?.as_str(),
        found.get(5).map_or("", |close| close.as_str()),
    )
}

/// "A maximum of 12 NICs", "最多10个".
fn items(sentence: &str) -> Option<u64> {
    let said = pattern!(
        r"(?i)(?:a maximum of|up to|at most|no more than|最多(?:支持|可以|允许|包含|添加|创建|为)?)\s*(\d+)"
    );
    said.find(sentence)?.get(1)?.as_str().parse().ok()
}
