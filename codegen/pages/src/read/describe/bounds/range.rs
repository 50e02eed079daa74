//! What sentences say about ranges of numbers.

use super::length::is_length;
use super::{Said, around, both, interval, settle};
use crate::facts::Bounds;
use crate::read::describe::around::{again, alone, conditional, tied, whole};
use crate::read::describe::pattern::pattern;
use crate::read::describe::words::{number, step};

/// "ranges from 1 to 100", "取值范围: 1~100", "the maximum value is 500"; with each whether it is about
/// the value for certain, which "at most 20" may not be.
pub(super) fn range(sentence: &str, numeric: bool) -> Vec<(Said, bool)> {
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
pub(super) fn labelled_range(range: &str) -> Option<Bounds> {
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
