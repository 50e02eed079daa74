//! The allowed values.

use super::Described;
use super::pattern::pattern;
use super::words::{bare, value_like};
use crate::read::nest::Shape;
use crate::vocabulary::{is_among, is_none};

/// Words after which values follow, when a colon or a line end follows them.
const MARKERS: &str = "\
    options|option|value range|range|possible values|possible value|valid values\
    |available values|enumerated values|enumerated value|enumeration values\
    |enumeration value|enum values|allowed values|supported values|enum|enums\
    |the options are as follows|the value can be|the values are as follows\
    |the value can be as follows|values|the value can be one of the following\
    |the options are|value options|the value options are as follows\
    |the possible values are as follows|取值范围|枚举值|可选值|取值如下|取值|取值包括|取值为\
    |可选值如下|取值范围如下|有效值|可取值|valeurs possibles|valeurs d'énumération\
    |valeurs énumérées|valeur d'énumération|valores de enumeración|valor de enumeración\
    |valores enumerados|valores de enumeração|valor de enumeração|enumeratiewaarden\
    |opsommingswaarden|plage de valeurs|valores posibles|opciones|rango de valores\
    |valores possíveis|opções|mogelijke waarden|opties";

/// Words before a colon that are labels more often than values.
const LABELS: &str = "\
    linux|windows|note|key|value|keys|values|example|default|minimum|maximum|format|name\
    |type|constraints|constraint|description|range|length|mysql|postgresql|redis|memcached\
    |request|response|id|http|https|warning|caution|notice|precautions|unit";

/// The values a description allows; `None` when it lists none, or not clearly.
pub(super) fn values(of: &Described<'_>) -> Option<Vec<String>> {
    if of.is_boolean()
        || matches!(
            of.shape,
            Shape::Object | Shape::Map | Shape::MapOfArrays | Shape::Array
        )
    {
        return None;
    }
    // Bounds for each of several kinds are listed too: "1-9 for small gauges".
    let fits = |values: &Vec<String>| {
        !of.is_number() || values.iter().all(|value| value.parse::<f64>().is_ok())
    };
    let labelled = of.labels.range.as_deref();
    if let Some(found) = labelled
        .and_then(|range| listed(range, true).or_else(|| series(range)))
        .filter(fits)
    {
        return Some(found);
    }
    sentence(of)
        .or_else(|| listed(&of.text, false))
        .or_else(|| parted_by_semicolons(&of.text))
        .or_else(|| run_on(of))
        .or_else(|| joined_up(&of.text))
        .or_else(|| bracketed(&of.text))
        .or_else(|| fixed(&of.text))
        .filter(fits)
}

/// Values in a list: "- NAME: what it means", at least two, all of one list.
fn listed(text: &str, marked: bool) -> Option<Vec<String>> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let first = lines.iter().position(|line| is_bullet(line))?;
    let marked = marked
        || first
            .checked_sub(1)
            .and_then(|before| lines.get(before))
            .is_some_and(|line| is_marker(line));
    let items: Vec<&str> = lines
        .iter()
        .skip(first)
        .take_while(|line| is_bullet(line))
        .map(|line| line.trim_start_matches(['-', '•', '·', ' ']).trim())
        .collect();
    if items.len() < 2 {
        return None;
    }
    // Rules come as lists too, and systems with a word for each.
    let before = first
        .checked_sub(1)
        .and_then(|before| lines.get(before))
        .copied()
        .unwrap_or("")
        .to_lowercase();
    let ruled = [
        "constraint",
        "requirement",
        "rule",
        "note",
        "complex",
        "约束",
        "要求",
        "规则",
        "说明",
        "注意",
        "example",
        "示例",
        "format",
    ];
    if !marked && ruled.iter().any(|word| before.contains(word)) {
        return None;
    }
    let explained: Option<Vec<String>> = items.iter().map(|item| before_colon(item)).collect();
    let explained = explained.filter(|names| {
        marked
            || !names
                .iter()
                .any(|name| is_among(LABELS, &name.to_lowercase()))
    });
    let turned = || {
        items
            .iter()
            .map(|item| after_colon(item))
            .collect::<Option<Vec<String>>>()
    };
    let alone = || {
        if marked {
            items
                .iter()
                .map(|item| value(item))
                .collect::<Option<Vec<String>>>()
        } else {
            None
        }
    };
    distinct(explained.or_else(turned).or_else(alone)?)
}

fn is_bullet(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with('•') || line.starts_with("· ")
}

/// "NAME: what it means".
fn before_colon(item: &str) -> Option<String> {
    let (name, meaning) = item
        .split_once(": ")
        .or_else(|| item.split_once(':'))
        .or_else(|| item.split_once(" - "))
        .or_else(|| item.split_once(','))?;
    let name = value(name)?;
    (!meaning.trim().is_empty()).then_some(name)
}

/// "what it means: NAME", with a meaning in words that are no value themselves.
fn after_colon(item: &str) -> Option<String> {
    let (meaning, name) = item.split_once(':')?;
    (value(meaning).is_none()).then(|| value(name)).flatten()
}

fn value(text: &str) -> Option<String> {
    let text = bare(text.trim().trim_end_matches(['.', ';', ',', '。']));
    let text = match text.split_once('(') {
        Some((before, rest)) if rest.ends_with(')') => bare(before),
        _ => text,
    };
    (value_like(text) && !is_none(text)).then(|| text.to_owned())
}

fn is_marker(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let last = line
        .rsplit(['.', '。', ',', ';'])
        .find(|part| !part.trim().is_empty())
        .unwrap_or("");
    let last = last.trim().trim_end_matches(':').trim();
    MARKERS
        .split('|')
        .any(|marker| last == marker || line.trim_end_matches([':', ' ']).ends_with(marker))
}

/// Values in a sentence: "The value can be A, B, or C", "Options: A, B, and C".
fn sentence(of: &Described<'_>) -> Option<Vec<String>> {
    // Most descriptions have none of these words, and the patterns cost time.
    if let Some(values) = plainly(&of.text) {
        return Some(values);
    }
    let words = [
        "alue", "ption", "num", "值", "枚举", "valor", "valeur", "waarde", "Valor", "pcion",
        "pções", "ptie", "set to",
    ];
    if !words.iter().any(|word| of.text.contains(word)) {
        return None;
    }
    let said = pattern!(
        r"(?i)(?:^|[.。;\n:]\s*|currently, )(?:[-•·] )?(?:the |its )?(?:value|values|parameter value|options?)(?: of this (?:parameter|field))? (?:can only be|can be either|can be|must be either|must be|may be|should be|is either|is|are|include|includes|can be set to)[: ] *([^\n。;]+)"
    );
    let set = pattern!(
        r"(?i)(?:^|[.。;\n]\s*)(?:it|this parameter|this field|the parameter) (?:can|must|may) (?:only )?be set to ([^\n。;]+)"
    );
    let marked = pattern!(
        r"(?i)(?:^|[.。;\n,]\s*)(?:options|possible values?|valid values?|available values?|enumerated values?|enumeration values?|enum values?|allowed values?|supported values?|value options|value range|valores posibles|valeurs possibles|valores possíveis|mogelijke waarden|opciones|opções|opties)(?:\s*:| are:?| include:?)\s*([^\n。;]+)"
    );
    let chinese = pattern!(
        r"(?:取值范围|取值包括|取值只能|取值|枚举值|枚举|可选值|有效值|可取值|值)(?:如下|为|是|有|:|包括)+\s*([^\n。;]+)"
    );
    let european = pattern!(
        r"(?i)(?:el valor puede ser|la valeur peut être|o valor pode ser|de waarde kan zijn) ([^\n。;]+)"
    );
    for found in said
        .all(&of.text)
        .chain(marked.all(&of.text))
        .chain(chinese.all(&of.text))
        .chain(european.all(&of.text))
        .chain(set.all(&of.text))
    {
        if let Some(values) = found
            .get(1)
            .and_then(|found| series(before_default(cut(found.as_str()))))
        {
            return Some(values);
        }
    }
    // "Options:" and the values on the next line, or one a line where the bullets were lost.
    let lines: Vec<&str> = of
        .text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let marker = lines
        .iter()
        .position(|line| line.ends_with(':') && is_marker(line))?;
    let after = lines.get(marker + 1..)?;
    after
        .first()
        .and_then(|values| series(cut(values)))
        .or_else(|| {
            let explained: Vec<String> =
                after.iter().map_while(|line| before_colon(line)).collect();
            if explained.len() > 1 && explained.len() == after.len() {
                distinct(explained)
            } else {
                None
            }
        })
}

/// Values that a clear word announces and that are all set off in the same way, or are all words
/// without blanks: `"a b"`, `/dev/vda`.
fn plainly(text: &str) -> Option<Vec<String>> {
    if !["num", "Num", "枚举"]
        .iter()
        .any(|word| text.contains(word))
    {
        return None;
    }
    let marked = pattern!(
        r"(?i)(?:\benumerat(?:ed|ion) values?|\benum values?|枚举值)\**\s*(?:are|is|includes?|为|包括|如下|有)?\**\s*:\s*([^\n。;]+)"
    );
    let list = cut(marked.find(text)?.get(1)?.as_str());
    if is_none(list) || list.len() > 2_000 {
        return None;
    }
    let items: Vec<&str> = list
        .split([',', '、'])
        .map(|item| item.trim())
        .map(|item| {
            ["or ", "and ", "或", "和"]
                .iter()
                .find_map(|word| item.strip_prefix(word))
                .map_or(item, str::trim)
        })
        .collect();
    if items.len() < 2 || is_open(&items) {
        return None;
    }
    let inside = |open: &str, close: &str, item: &str| {
        let inner = item.strip_prefix(open)?.strip_suffix(close)?.trim();
        let tame = !inner.is_empty()
            && inner.chars().count() <= 64
            && !inner.contains(['"', '`', '*', '\\', '“', '”']);
        tame.then(|| inner.to_owned())
    };
    let set_off = [
        ("**", "**"),
        ("\"", "\""),
        ("'", "'"),
        ("`", "`"),
        ("“", "”"),
    ]
    .iter()
    .find_map(|(open, close)| {
        items
            .iter()
            .map(|item| inside(open, close, item))
            .collect::<Option<Vec<String>>>()
    });
    let path = |item: &&str| {
        let tame = |c: char| c.is_ascii_alphanumeric() || "_-.:+/#@".contains(c);
        (item.len() <= 64 && item.chars().any(|c| c.is_ascii_alphanumeric()))
            .then(|| item.chars().all(tame).then(|| (*item).to_owned()))
            .flatten()
            .filter(|item| !is_none(item) && !item.eq_ignore_ascii_case("null"))
    };
    distinct(set_off.or_else(|| items.iter().map(path).collect())?)
}

/// A sentence up to its full stop.
fn cut(text: &str) -> &str {
    let end = text.match_indices('.').find(|(at, _)| {
        text.get(at + 1..)
            .is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\n']))
    });
    end.and_then(|(at, _)| text.get(..at))
        .unwrap_or(text)
        .trim()
}

/// A list up to the default named behind it: "a或b,默认为a".
fn before_default(text: &str) -> &str {
    [",默认", ",缺省", "，默认"]
        .iter()
        .filter_map(|word| text.find(word))
        .min()
        .and_then(|at| text.get(..at))
        .unwrap_or(text)
}

/// "取值包括:ebb:退潮;flood:涨潮": values with what they mean, parted by semicolons.
fn parted_by_semicolons(text: &str) -> Option<Vec<String>> {
    let marked = pattern!(
        r"(?i)(?:取值包括|取值为|取值如下|取值范围|枚举值|可选值|possible values?|valid values?|options|value range|enumerated values?)(?: are| include|包括|如下|为)?\s*:\s*([^\n。]+)"
    );
    let list = cut(marked.find(text)?.get(1)?.as_str());
    let items: Vec<&str> = list
        .split(';')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect();
    if items.len() < 2 || !items.iter().all(|item| item.contains(':')) {
        return None;
    }
    let names: Option<Vec<String>> = items.iter().map(|item| before_colon(item)).collect();
    distinct(names?)
}

/// Whether a list is open, or one of kinds of characters: "http, https, etc", "digits or letters".
fn is_open(parts: &[&str]) -> bool {
    const OPEN: &[&str] = &[
        "etc",
        "etc.",
        "so on",
        "and so on",
        "and so forth",
        "others",
        "...",
        "…",
        "numbers",
        "letters",
        "digits",
        "underscores",
        "underscore",
        "hyphens",
        "hyphen",
        "periods",
        "dots",
        "spaces",
        "symbols",
        "characters",
        "commas",
        "dashes",
        "strings",
        "integers",
    ];
    parts.iter().any(|part| {
        let part = bare(part).trim().to_lowercase();
        OPEN.contains(&part.as_str()) || part.ends_with(" etc") || part.ends_with("...")
    })
}

/// "A, B, or C": at least two values and nothing else.
fn series(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    if is_none(text) {
        return None;
    }
    let text = text
        .strip_prefix("any of ")
        .or_else(|| text.strip_prefix("one of "))
        .or_else(|| text.strip_prefix("either "))
        .unwrap_or(text);
    if text.contains('\n') || text.len() > 2_000 {
        return None;
    }
    let spaced = text
        .replace(", or ", ",")
        .replace(", and ", ",")
        .replace(" or ", ",")
        .replace(" and ", ",")
        .replace(['或', '和', '|'], ",")
        .replace(" ou ", ",")
        .replace(" o ", ",")
        .replace(" of ", ",")
        .replace(" y ", ",")
        .replace(" et ", ",")
        .replace(" e ", ",");
    let parts: Vec<&str> = spaced
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    // Slashes part values too, when nothing else does.
    let parts = match parts.as_slice() {
        [only]
            if only.matches('/').count() >= 1 && !only.contains("://") && !only.contains(' ') =>
        {
            only.split('/').collect()
        }
        _ => parts,
    };
    if parts.len() < 2 || is_open(&parts) {
        return None;
    }
    let values: Option<Vec<String>> = parts.iter().map(|part| value(part)).collect();
    distinct(values?)
}

/// A list whose lines were lost: sentences one after the other that each begin "NAME: …", the
/// names in capitals or digits.
fn run_on(of: &Described<'_>) -> Option<Vec<String>> {
    let loud = |name: &str| {
        name.chars().any(|c| c.is_ascii_uppercase())
            && !name.chars().any(|c| c.is_ascii_lowercase())
    };
    let sentences = super::words::sentences(&of.text);
    let first = sentences
        .iter()
        .position(|sentence| before_colon(sentence).is_some_and(|name| loud(&name)))?;
    let names: Option<Vec<String>> = sentences
        .iter()
        .skip(first)
        .map(|sentence| before_colon(sentence).filter(|name| loud(name)))
        .collect();
    let names = distinct(names?)?;
    (first > 0 && names.len() > 1).then_some(names)
}

/// A list that lost its line ends within Chinese: "状态。EBB:退潮FLOOD:涨潮". The names are in
/// capitals, and all there are.
fn joined_up(text: &str) -> Option<Vec<String>> {
    let foreign = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
    let mut names: Vec<String> = Vec::new();
    for (at, _) in text.match_indices(':') {
        let before = text.get(..at)?;
        let name = before
            .rsplit(|c: char| !(c.is_ascii_uppercase() || c == '_'))
            .next()
            .unwrap_or("");
        if name.len() < 3 {
            continue;
        }
        let parted = before
            .strip_suffix(name)
            .is_some_and(|rest| foreign(rest.chars().last()));
        let examples = names.is_empty()
            && ["例如", "如:", "比如"]
                .iter()
                .any(|word| before.contains(word));
        if !parted || examples || !foreign(text.get(at + 1..)?.chars().next()) {
            return None;
        }
        names.push(name.to_owned());
    }
    distinct(names).filter(|names| names.len() > 1)
}

/// "类型:云服务器(server),云硬盘(disk)": words with the value of each in brackets, and nothing else.
fn bracketed(text: &str) -> Option<Vec<String>> {
    for line in text.split(['\n', '。', ';']) {
        let Some((_, list)) = line.split_once(':') else {
            continue;
        };
        let list = list.split(" 枚举值").next().unwrap_or(list);
        let values: Option<Vec<String>> = list
            .split([',', '、', '或'])
            .map(|part| {
                let (word, rest) = part.trim().split_once('(')?;
                let foreign = !word.is_empty() && !word.contains(|c: char| c.is_ascii());
                rest.strip_suffix(')')
                    .filter(|inner| foreign && value_like(inner))
                    .map(str::to_owned)
            })
            .collect();
        if let Some(values) = values.filter(|values| values.len() > 1) {
            return distinct(values);
        }
    }
    None
}

/// "Set it to novnc.", "固定为novnc": one value.
fn fixed(text: &str) -> Option<Vec<String>> {
    let words = ["Set ", "fixed", "always", "固定", "只能为"];
    if !words.iter().any(|word| text.contains(word)) {
        return None;
    }
    let said = pattern!(
        r"(?:^|[.\n] ?)(?:Set (?:it|this parameter|this field|the value) to|(?:The|Its) value (?:is|must be) fixed (?:to|at|as)|The value is always) ([^\s,;]+?)[.]?(?:\n|$|\. | only\.)"
    );
    let chinese = pattern!(
        r"(?:固定(?:取值)?为|取值固定为|固定值[为:]|只能为)\s*([A-Za-z0-9_.\-]+)\s*(?:$|[\n。,;])"
    );
    let found = said.find(text).or_else(|| chinese.find(text))?;
    let only = value(found.get(1)?.as_str())?;
    Some(vec![only])
}

fn distinct(values: Vec<String>) -> Option<Vec<String>> {
    let mut seen: Vec<String> = Vec::with_capacity(values.len());
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    (!seen.is_empty()).then_some(seen)
}
