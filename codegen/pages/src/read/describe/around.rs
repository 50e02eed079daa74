//! What stands around a number: whether it is whole, and whether it holds for everybody.

use super::pattern::pattern;
use crate::vocabulary::is_among;

/// Whether a number ends where its digits end: not so with "2" of "2^31", of "2 147 483 647", of
/// "2 million" and of "2.5".
pub(super) fn whole(rest: &str) -> bool {
    let unit = pattern!(
        r"(?i)^(?:[kmgt]i?b(?:it)?(?:/s|ps)?|bit/s|ms|s|h|d|min|px|tps|qps|iops|vcpus?|cpus?)(?:[^a-z0-9]|$)"
    );
    let goes_on = pattern!(
        r"(?i)^(?:[.,:]?\d|[a-z_]|\s*[\^×+]|\s*\*+\s*\d|\s*[-/]\s*\d|\s\d|\s*[十百千万亿]|\s*(?:hundred|thousand|million|billion|trillion|[kmg])s?(?:[^a-z0-9]|$))"
    );
    unit.hits(rest) || !goes_on.hits(rest)
}

/// Whether what stands behind the last number of bounds goes on with other bounds, with a case they
/// hold in, or with what they leave out.
pub(super) fn tied(rest: &str) -> bool {
    let first = pattern!(
        r"(?i)^[\s,(、]*(?:(?:and |or )?(?:for|if|when|unless|otherwise|before|since|until|depending)\b|(?:para|si|cuando|pour|lorsque|quando|se|voor|als)\s|in v\d|(?:or|and) -?\d|[或和]\s*-?\d)"
    );
    let listed = pattern!(r"^\s*[,、]\s*-?\d");
    let left_out = pattern!(r"(?i)\bexclud|\bexcept\b|\bother than\b|不含|不包含|不包括|除外|除了");
    let apart = pattern!(r"(?i)^[\s,(]*for (?:example|instance|details|more)\b");
    first.hits(rest) && !apart.hits(rest) || listed.hits(rest) || left_out.hits(rest)
}

/// Whether a range ends for good: at the end of its sentence, at a mark that parts it from the rest,
/// or at a unit or another word that changes nothing about it.
pub(super) fn alone(rest: &str) -> bool {
    if !whole(rest) || tied(rest) {
        return false;
    }
    if again(rest) {
        return false;
    }
    let rest = rest.trim_start_matches([' ', ']', ')', '*', '"', '\'', '`', '”', '’']);
    let Some(first) = rest.chars().next() else {
        return true;
    };
    if first.is_alphabetic() && !('\u{4e00}'..='\u{9fff}').contains(&first) {
        let word: String = rest
            .chars()
            .take_while(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .collect();
        // Units come in the plural, in more languages than one.
        return word.ends_with('s') || is_among(WORDS, &word);
    }
    if first.is_alphabetic() {
        return CHINESE.split('|').any(|word| rest.starts_with(word));
    }
    matches!(
        first,
        ',' | '、' | '.' | ';' | ':' | '!' | '(' | '|' | '%' | '<'
    )
}

/// Whether a text has two more numbers that could be bounds.
pub(super) fn again(text: &str) -> bool {
    let pair = pattern!(r"(?i)(?:^|[^\w.:/^-])-?\d[\d,]*\s*(?:to|-|~|到|至)\s*\d+(?:[^-\d]|$)");
    pair.hits(&without_remarks(text))
}

/// Words behind a range that change nothing about it.
const WORDS: &str = "\
    inclusive|included|and|in|by|which|with|where|as|that|each|per|on|at|gb|mb|kb|tb|gib|mib\
    |kib|tib|s|ms|min|h|mbit|kbit|gbit|mbps|second|minute|hour|day|byte|character|percent\
    |integer|default|unit|the|it|this|minimum|maximum|constraint|y|e|et|en";

/// Their like in Chinese.
const CHINESE: &str = "\
    之间|以内|内|范围|区间|的整数。|的整数|的正整数|的自然数|的数字|的值|整数|个|秒|分|小时\
    |天|毫秒|月|年|台|次|条|层|级|块|位|且|并|默认|缺省|单位|如|字|元|端口|兆|路|周|时";

/// A text without what stands in brackets.
fn without_remarks(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether the words before bounds, in their sentence, say that they hold in some case only, or that
/// they are an example. That a value is given at all is no case,
/// and neither is that there is room for it.
pub(super) fn conditional(before: &str) -> bool {
    let given = pattern!(
        r"(?i)\b(?:if|when) (?:this parameter|this field|the parameter|the field|it|the value|a value) (?:is|has been) (?:specified|set|configured|given|passed|entered|used|not (?:empty|null|left blank))\s*,|\bquotas? (?:is|are) (?:sufficient|enough)"
    );
    let case = pattern!(
        r"(?i)(?:^|[,:(]\s*|^- )(?:if|when|for|before|since|after|until|unless|otherwise|in case)\s|\be\.g\b|\bexample\b|例如|比如|举例|示例|(?:^|[,:(])(?:如果|若|当|对于)|以前|之前|之后"
    );
    case.hits(before) && !given.hits(before)
}

/// Whether a sentence gives a number or two for one case and says nothing else: "If it is the other
/// one, 1 to 20".
pub(super) fn another_case(sentence: &str) -> bool {
    let western = pattern!(
        r"(?i)^(?:- )?(?:if|when|for|otherwise|in other cases)\b[^.\n]*,\s*(?:it (?:is|ranges from|can be) |from |between |up to |at most )?-?\d[\d,]*(?:\s*(?:to|-|~|and)\s*-?\d[\d,]*)?\s*(?:characters|chars|bytes)?$"
    );
    let chinese = pattern!(
        r"^(?:- )?(?:如果|若|当|否则|其他|其它)[^\n]*?[,为:]\s*-?\d+(?:\s*[~\-到至]\s*\d+)?\s*(?:个?字符|个?字节|位)?$"
    );
    western.hits(sentence) || chinese.hits(sentence)
}

/// Whether a sentence is about a case that was told before it.
pub(super) fn refers_to_case(sentence: &str) -> bool {
    let said = pattern!(r"(?i)^(?:- )?(?:in (?:this|that|such a) case\b|此时|这时|这种情况)");
    said.hits(sentence)
}
