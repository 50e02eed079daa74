//! Defaults.

use serde_json::{Value, json};

use super::Described;
use super::around::whole as whole_number;
use super::pattern::pattern;
use super::words::{bare, value_like};
use crate::read::nest::Shape;
use crate::vocabulary::{is_header, is_none};

/// The default a description gives; `None` when it gives none, more than one, or one in words.
pub(super) fn default(of: &Described<'_>) -> Option<Value> {
    if matches!(
        of.shape,
        Shape::Object | Shape::Map | Shape::MapOfArrays | Shape::Array
    ) || is_header(of.name)
    {
        return None;
    }
    if let Some(label) = &of.labels.default {
        let first = label.lines().next().unwrap_or("");
        let several = pattern!(r"(?i)\bor\b|或|\bfor\b|\bif\b|\bwhen\b");
        return value(of, first).filter(|_| !several.hits(first));
    }
    // Most descriptions have none of these words, and the patterns cost time.
    let words = [
        "default",
        "Default",
        "默认",
        "缺省",
        "predeterminad",
        "por defecto",
        "défaut",
        "padrão",
        "standaardwaarde",
        "Standaardwaarde",
    ];
    if !words.iter().any(|word| of.text.contains(word)) {
        return None;
    }
    let said = pattern!(r"(?i)\bdefault value(?: [a-z]+){0,4}? (?:is|are|of|:)\s*([^\s,;。]+)");
    let label = pattern!(r"(?i)\bdefault(?: value)?\s*:\s*([^\s,;。]+)");
    let verb = pattern!(r"(?i)\bdefaults to ([^\s,;。]+)");
    let by = pattern!(r"(?i)\bvalue is ([^\s,;。]+) by default");
    let used = pattern!(r"(?i)\bdefault value ([^\s,;。]+) (?:is|will be) used");
    let short = pattern!(r"(?i)\b(?:the|its) default is ([^\s,;。]+)");
    let first = pattern!(r"(?i)\bby default, the value is ([^\s,;。]+)");
    let set = pattern!(
        r"(?i)(?:\bby default,|\bpor padrão,|\bde forma predeterminada,|\bpar défaut,) [^.\n]{0,30}?(?:is set to|é definido como|se establece en|está definido como|est défini sur) ([^\s,;。]+)"
    );
    let latin = pattern!(
        r"(?i)\b(?:el valor es|o valor é|la valeur est) ([^\s,;。]+) (?:de forma predeterminada|por defecto|por padrão|par défaut)"
    );
    let marked = pattern!(
        r#"(?i)(?:^|[\s"'])([a-z0-9_.\-]+)["']? ?\((?:the )?(?:default|默认)(?: value|值)?\)"#
    );
    let chinese = pattern!(r"(?:默认|缺省)(?:取)?值?\s*(?:为|是|:)\s*([^\s,;。()、]+)");
    let right_behind = pattern!(
        r"(?:默认|缺省)(?:取?值)?\s*(-?\d+(?:\.\d+)?|true|false)(?:$|[\s,。;)个秒分小天条台次])"
    );
    let european = pattern!(
        r"(?i)(?:valor predeterminado|valor por defecto|valeur par défaut|valor padrão|standaardwaarde)\s*(?:est|es|é|is|:)\s*:?\s*([^\s,;。]+)"
    );
    let mut found: Option<Value> = None;
    let all = said
        .all(&of.text)
        .chain(label.all(&of.text))
        .chain(verb.all(&of.text))
        .chain(by.all(&of.text))
        .chain(used.all(&of.text))
        .chain(short.all(&of.text))
        .chain(first.all(&of.text))
        .chain(marked.all(&of.text))
        .chain(chinese.all(&of.text))
        .chain(right_behind.all(&of.text))
        .chain(european.all(&of.text))
        .chain(set.all(&of.text))
        .chain(latin.all(&of.text));
    for captures in all {
        if of_another(&of.text, &captures) {
            continue;
        }
        if is_tied(&of.text, &captures) {
            return None;
        }
        let Some(new) = captures.get(1).and_then(|word| value(of, word.as_str())) else {
            continue;
        };
        if found.as_ref().is_some_and(|old| *old != new) {
            return None;
        }
        found = Some(new);
    }
    found
}

/// Whether the words are about the default of another field: "the default value of gauge_id is".
fn of_another(text: &str, found: &regex::Captures<'_>) -> bool {
    let Some(whole) = found.get(0) else {
        return true;
    };
    let named =
        pattern!(r"(?i)^default value of (?:the )?([a-z][a-z0-9]*[_.0-9][a-z0-9_.]*)(?:\s|$)");
    let before = text.get(..whole.start()).unwrap_or("");
    let chinese = whole.as_str().starts_with(['默', '缺']);
    named.hits(whole.as_str())
        || chinese && before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a default holds in one case only: what comes behind it in its sentence names the case, or
/// what stands before. That nothing is given is the case of every default.
fn is_tied(text: &str, found: &regex::Captures<'_>) -> bool {
    let Some(whole) = found.get(0) else {
        return true;
    };
    let before = text.get(..whole.start()).unwrap_or("");
    let before = before
        .rsplit(['\n', '。', ';'])
        .next()
        .and_then(|line| line.rsplit(". ").next())
        .unwrap_or("");
    // A full stop right behind the value belongs to its word.
    let rest = text
        .get(whole.end()..)
        .filter(|_| !whole.as_str().ends_with('.'))
        .unwrap_or("");
    let rest = rest.split(['\n', '。', ';']).next().unwrap_or("");
    let rest = rest.split(". ").next().unwrap_or("");
    let omitted = pattern!(
        r"(?i)\bnot (?:be )?(?:specified|set|given|passed|configured|carried|included|provided|transferred|contained|used|defined|entered)|\bleft (?:blank|out|empty)|\bunspecified|\bomitted|\bempty\b|\bblank\b|\bis null\b|\bdoes not (?:exist|carry|contain)|\bno(?:ne)?\b|不传|未传|不填|未填|未指定|不指定|不设置|未设置|不携带|未携带|为空|缺省|没有|不带"
    );
    let behind = pattern!(
        r"(?i)^[^\s,;。]*[)\x22']*\s*(?:\([^)]*\)\s*)?(?:,?\s*(?:or|and)\s+(?:\d|for\b|if\b|when\b)|,?\s*(?:for|if|when|unless|in v\d)\s|[,]?\s*(?:或|和)\s*\d)"
    );
    let case =
        pattern!(r"(?i)(?:^|[,:(]\s*|^- )(?:if|when|for|unless)\s|(?:^|[,:(])(?:如果|若|当|对于)");
    let digits = found
        .get(1)
        .is_some_and(|word| word.as_str().ends_with(|c: char| c.is_ascii_digit()));
    // "1" of "1,000" and of "1 million".
    if digits && !whole_number(rest) {
        return true;
    }
    (behind.hits(rest) && !omitted.hits(rest)) || (case.hits(before) && !omitted.hits(before))
}

fn value(of: &Described<'_>, text: &str) -> Option<Value> {
    let text = bare(text).trim_end_matches(')');
    let words = [
        "the",
        "a",
        "an",
        "not",
        "that",
        "set",
        "empty",
        "null",
        "left",
        "no",
        "used",
        "value",
        "unlimited",
        "determined",
        "specified",
        "same",
    ];
    if is_none(text) || words.contains(&text.to_lowercase().as_str()) {
        return None;
    }
    // A number with its unit right behind it, as "10分钟".
    let digits: String = text
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '.'))
        .collect();
    let text = if !digits.is_empty()
        && text
            .get(digits.len()..)
            .is_some_and(|rest| !rest.is_empty() && !rest.is_ascii())
    {
        digits.as_str()
    } else {
        text
    };
    if !value_like(text) {
        return None;
    }
    if of.is_boolean() {
        return match text.to_lowercase().as_str() {
            "true" => Some(json!(true)),
            "false" => Some(json!(false)),
            _ => None,
        };
    }
    if of.is_number() {
        return text
            .parse::<i64>()
            .map(|number| json!(number))
            .or_else(|_| text.parse::<f64>().map(|number| json!(number)))
            .ok();
    }
    Some(json!(text))
}
