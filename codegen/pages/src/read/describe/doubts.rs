//! What a description announces and no reader could take: nothing of that is lost silently.

use super::MAX_DESCRIPTION;
use super::around::again;
use super::pattern::pattern;
use super::words::{sentences, tidy};
use crate::facts::{Facts, FieldFacts};
use crate::vocabulary::{is_none, kind_of_type};

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
    let responses = facts
        .responses
        .iter()
        .flat_map(|response| response.fields.iter().map(|field| (field, true)));
    for (field, responses) in parameters.chain(responses) {
        let Some(said) = &field.description else {
            continue;
        };
        let Some(lines) = said.sources.first().map(|source| source.lines) else {
            continue;
        };
        for doubt in doubts(field, &said.value, responses) {
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

fn doubts(field: &FieldFacts, description: &str, responses: bool) -> Vec<Doubt> {
    if description.len() > MAX_DESCRIPTION {
        return vec![Doubt {
            lost: true,
            why: "the description is too long to be looked through",
            words: String::new(),
        }];
    }
    let text = tidy(description);
    let kind = field.type_.as_ref();
    let kind = kind
        .and_then(|fact| kind_of_type(&fact.value))
        .unwrap_or_default();
    if kind == "boolean" {
        return Vec::new();
    }
    let holds = kind == "object" || kind.starts_with("array");
    let bounded =
        !(field.lengths.is_empty() && field.ranges.is_empty()) || field.max_items.is_some();
    let name = field.path.rsplit(['.', ']']).next();
    let secret = super::flags::is_password(name.unwrap_or(field.path.as_str()));
    let mut out = Vec::new();
    if field.default.is_none()
        && !responses
        && !holds
        && let Some(words) = default(&text)
    {
        out.push(Doubt {
            lost: true,
            why: "the default cannot be read",
            words: short(words),
        });
    }
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
    let labelled = super::labels::labels(&text).range;
    let said = labelled
        .as_deref()
        .filter(|range| range.starts_with(|c: char| c.is_ascii_digit()) && again(range))
        .or_else(|| bounds(&text))
        .or_else(|| length(&text).filter(|_| !holds));
    if let Some(words) = said {
        let differing = secret && lengths_differ(&text);
        out.push(Doubt {
            lost: !responses && (!secret || differing),
            why: if responses {
                "what is said of the size of a value that comes back binds no request"
            } else if differing {
                "the rules of the password differ from case to case"
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

/// The sentence with a length in characters or bytes.
fn length(text: &str) -> Option<&str> {
    let said = pattern!(
        r"(?i)\d\s*(?:to|-|~|and|到|至)\s*\d+\s*(?:characters|chars|bytes|个?字符|个?字节|位)|(?:up to|at most|a maximum of|cannot exceed|at least) \d+ (?:characters|bytes)\b|(?:最多|不超过|不能超过|至少)(?:支持)?\d+个?(?:字符|字节)"
    );
    sentences(text)
        .into_iter()
        .find(|sentence| said.hits(sentence))
}

/// Whether a text gives two lengths that are not the same.
fn lengths_differ(text: &str) -> bool {
    let said = pattern!(
        r"(?i)(\d+)\s*(?:to|-|~|and|到|至)\s*(\d+)\s*(?:characters|chars|bytes|个?字符|个?字节|位)"
    );
    let mut pairs = said
        .all(text)
        .filter_map(|found| Some((found.get(1)?.as_str(), found.get(2)?.as_str())));
    let first = pairs.next();
    first.is_some_and(|first| pairs.any(|pair| pair != first))
}

/// The words that give a number or a truth value as the default.
fn default(text: &str) -> Option<&str> {
    let said = pattern!(
        r#"(?i)(?:\bdefault value\**\s*(?:is|:|\bof\b)|\bdefault\s*:|\bdefaults to|(?:默认|缺省)(?:取?值)?\s*(?:为|是|:)?)\s*["'*]*(?:-?\d|true\b|false\b)[^\n。;]*"#
    );
    said.find(text)
        .and_then(|found| found.get(0))
        .map(|words| words.as_str())
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

#[cfg(test)]
mod tests {
    use super::super::tests::field;
    use super::doubts;
    use crate::facts::{Fact, FieldFacts};

    fn typed(name: &str, type_: &str, description: &str) -> FieldFacts {
        let mut field = field(name, type_, description);
        field.type_ = Some(Fact {
            value: type_.to_owned(),
            sources: Vec::new(),
        });
        field
    }

    #[test]
    fn what_is_in_doubt_is_told() {
        for (type_, description) in [
            ("Integer", "Value range: 1 to 2^31-1"),
            ("Integer", "取值范围：1~10万"),
            ("Integer", "Value range: 0 to 1.5"),
            (
                "Integer",
                "The maximum value is 500. If there is water, 1000.",
            ),
            ("Integer", "Value range: (1, 100)"),
            ("Integer", "取值范围：1~100(不含100)"),
            (
                "Integer",
                "The default value is 10 for ebb and 20 for flood.",
            ),
            (
                "Integer",
                "Definition:\nDepth.\nRange:\n1-2^16\nDefault value:\n1",
            ),
            ("Integer", "参数解释\n水深\n取值范围\n1~10万\n默认取值\n1"),
            (
                "String",
                "8 to 32 characters for gauge 3.0 and 8 to 64 characters for others.",
            ),
            (
                "String",
                "32 to 36 characters in v1 and up to 64 characters in v2",
            ),
            ("String", "版本2.0以前长度为8到32位，之后为8到64位。"),
            ("String", "Value range: ebb, flood, etc"),
        ] {
            let field = typed("depth", type_, description);
            let found = doubts(&field, description, false);
            assert!(found.iter().any(|doubt| doubt.lost), "{description}");
        }
        let rules = "密码规则：小水尺长度为8到32位，大水尺为8到64位，至少三种字符。";
        let field = typed("new_password", "String", rules);
        assert!(doubts(&field, rules, false).iter().any(|doubt| doubt.lost));
    }

    #[test]
    fn what_is_read_is_in_no_doubt() {
        for (type_, description) in [
            ("Integer", "Value range: 1 to 100. The default value is 10."),
            ("Boolean", "The default value is false."),
            ("String", "It has 1 to 64 characters."),
            ("String", "The default value is ebb."),
            ("Array of strings", "Each has 1 to 64 characters."),
        ] {
            let field = typed("depth", type_, description);
            assert!(
                doubts(&field, description, false).is_empty(),
                "{description}"
            );
        }
    }
}
