//! What a description announces and no reader could take: nothing of that is lost silently.

use super::MAX_DESCRIPTION;
use super::pattern::pattern;
use super::words::{sentences, tidy};
use crate::facts::{Facts, Field};
use crate::vocabulary::{is_none, plain};

/// Something said of a field that is not among its facts.
struct Doubt {
    /// Meant to be a fact, and not understood; otherwise left out on purpose.
    lost: bool,
    why: &'static str,
    words: String,
}

/// Notes what the descriptions of a page announce and the fields do not hold.
pub(in crate::read) fn note(facts: &mut Facts) {
    let mut found = Vec::new();
    let parameters = facts.parameters.iter().map(|(_, field)| (field, false));
    let answers = facts
        .responses
        .iter()
        .flat_map(|response| response.fields.iter().map(|field| (field, true)));
    for (field, answers) in parameters.chain(answers) {
        let Some(said) = &field.description else {
            continue;
        };
        let Some(lines) = said.witnesses.first().map(|witness| witness.lines) else {
            continue;
        };
        for doubt in doubts(field, &said.value, answers) {
            let words = match doubt.words.as_str() {
                "" => format!("{}: {}", field.path, doubt.why),
                words => format!("{}: {}: \"{words}\"", field.path, doubt.why),
            };
            found.push((doubt.lost, (words, lines)));
        }
    }
    for (lost, entry) in found {
        let list = if lost {
            &mut facts.unreadable
        } else {
            &mut facts.left_out
        };
        if !list.contains(&entry) {
            list.push(entry);
        }
    }
}

fn doubts(field: &Field, description: &str, answers: bool) -> Vec<Doubt> {
    if description.len() > MAX_DESCRIPTION {
        return vec![Doubt {
            lost: true,
            why: "the description is too long to be looked through",
            words: String::new(),
        }];
    }
    let text = tidy(description);
    let type_ = field
        .type_
        .as_ref()
        .map(|fact| plain(&fact.value))
        .unwrap_or_default();
    if type_.starts_with("bool") || type_.starts_with("布尔") {
        return Vec::new();
    }
    let holds = ["array", "list", "map", "object", "数组", "列表", "对象"]
        .iter()
        .any(|word| type_.contains(word));
    let bounded =
        !(field.lengths.is_empty() && field.ranges.is_empty()) || field.max_items.is_some();
    let name = field.path.rsplit(['.', ']']).next();
    let secret = super::flags::is_password(name.unwrap_or(field.path.as_str()));
    let mut out = Vec::new();
    if field.enum_values.is_none()
        && let Some(words) = enumeration(&text, bounded)
    {
        let elsewhere = is_reference(words);
        out.push(Doubt {
            lost: !holds && !secret && !elsewhere,
            why: if secret {
                "rules of a password are no list of values"
            } else if elsewhere {
                "the allowed values stand elsewhere"
            } else if holds {
                "values of what it holds are not kept"
            } else {
                "the allowed values cannot be read"
            },
            words: short(words),
        });
        return out;
    }
    if bounded || field.password.is_some() || field.enum_values.is_some() {
        return out;
    }
    if let Some(words) = bounds(&text) {
        out.push(Doubt {
            lost: !answers && !secret,
            why: if answers {
                "what is said of the size of a value that comes back binds no request"
            } else if secret {
                "a length without the other rules is no password policy"
            } else {
                "the bounds cannot be read"
            },
            words: short(words),
        });
    }
    out
}

/// The list behind words that announce allowed values.
fn enumeration<'text>(text: &'text str, bounded: bool) -> Option<&'text str> {
    let clear = pattern!(
        r"(?i)(?:\benumerat(?:ed|ion) values?|\benum values?|枚举值|valeurs? d'énumération|valeurs énumérées|valor(?:es)? de enumeración|valores enumerados|valor(?:es)? de enumeração|enumeratiewaarden|opsommingswaarden)\**\s*(?:are|is|includes?|为|包括|如下|有)?\**\s*:?\s*\**([^\n。;]*(?:\n[^\n]+)?)"
    );
    if let Some(words) = clear.find(text).and_then(|found| found.get(1)) {
        let words = words.as_str().trim();
        if !words.is_empty() && !is_none(words) {
            return Some(words);
        }
    }
    if bounded {
        return None;
    }
    let likely = pattern!(
        r"(?i)(?:\bpossible values?|\bvalid values?|\bavailable values?|\ballowed values?|\bsupported values?|\boptions|\bvalue options|\bvalue range|可选值|有效值|可取值|取值范围|valores posibles|valeurs possibles|valores possíveis|mogelijke waarden)\**\s*(?:are|is|includes?|为|包括|如下|有)?\**\s*:\s*([^\n。;]+)"
    );
    let said = pattern!(
        r"(?i)\bvalue (?:can only be|can be|must be|may be)(?: either| one of(?: the following)?:?)? ([^\n。;.]+)"
    );
    let listed = pattern!(
        r"(?i)(?:\bpossible values?|\bvalid values?|\ballowed values?|\bsupported values?|\boptions|\bvalue options|可选值|有效值|可取值)(?: are| include| are as follows)?\s*:\s*\n\s*((?:- |•)[^\n]+)\n\s*(?:- |•)"
    );
    if let Some(words) = listed.find(text).and_then(|found| found.get(1)) {
        return Some(words.as_str());
    }
    let words = |found: regex::Captures<'text>| Some(found.get(1)?.as_str().trim());
    likely
        .all(text)
        .filter_map(words)
        .find(|words| is_list(words))
        .or_else(|| {
            // Without a colon a comma alone makes no list.
            said.all(text)
                .filter_map(words)
                .find(|words| words.contains(" or ") && is_list(words))
        })
}

/// "For details, see …": no list, but where one stands.
fn is_reference(words: &str) -> bool {
    let said = pattern!(
        r"(?i)^(?:for (?:details|more)|see\b|refer to|(?:请)?参[见考阅]|详[见情]|para más|pour plus|para obter|zie )"
    );
    said.hits(words)
}

/// At least two short items and nothing else.
fn is_list(words: &str) -> bool {
    let items: Vec<&str> = words
        .split([',', '、', '|', '或'])
        .flat_map(|item| item.split(" or "))
        .map(|item| item.trim().trim_end_matches('.'))
        .filter(|item| !item.is_empty())
        .collect();
    items.len() > 1
        && items
            .iter()
            .all(|item| item.split_whitespace().count() <= 3 && item.chars().count() <= 40)
}

/// The sentence that announces bounds.
fn bounds(text: &str) -> Option<&str> {
    let said = pattern!(
        r"(?i)(?:\b(?:value|length|size|number)s? (?:of [^.\n]{1,40} )?(?:ranges?|is|are|must be|can be|should be|varies) (?:from|between) |\branges? from |\bvalue range\**\s*(?:is|:)|\b(?:maximum|minimum) (?:length|value)\b|取值范围\**\s*[:为是在]|长度(?:范围|限制)?\s*[:为是在]|(?:最大|最小)(?:长度|值)\s*[:为是])[^.\n]*?\d"
    );
    sentences(text)
        .into_iter()
        .find(|sentence| said.hits(sentence))
}

/// Enough of the words to find them.
fn short(words: &str) -> String {
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = line.join(" ");
    if line.chars().count() <= 80 {
        return line;
    }
    line.chars().take(79).chain(['…']).collect()
}
