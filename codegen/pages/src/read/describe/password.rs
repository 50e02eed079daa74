//! The rules of a password.

use super::Described;
use super::around::tied;
use super::pattern::pattern;
use super::words::sentences;
use crate::facts::PasswordRules;

/// The rules, when the description has them whole: a length or a list alone could be the rest of
/// what was lost.
pub(super) fn rules(of: &Described<'_>) -> Option<PasswordRules> {
    let text = of.text.as_str();
    let loses_its_list = text.trim_end().ends_with(':');
    let set_elsewhere = [
        "password policy configured",
        "configured password policy",
        "password policies under",
        "password policy under",
    ]
    .iter()
    .any(|words| text.contains(words));
    if loses_its_list || set_elsewhere || !(demands(text) || of.labels.labelled) {
        return None;
    }
    let min_classes = classes(text)?;
    let specials = specials(text);
    let length = length(text);
    let (Some(length), true) = (length, min_classes.is_some() || specials.is_some()) else {
        return None;
    };
    Some(PasswordRules {
        length: Some(length),
        min_classes,
        specials,
        forbid: forbidden(text),
    })
}

/// Whether the words demand something; else they may describe what passwords there are.
fn demands(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "must", "require", "rule", "comply", "conform", "cannot", "shall", "要求", "规则", "必须",
        "至少", "不能", "需", "debe", "doit", "deve", "moet",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

fn length(text: &str) -> Option<(u32, u32)> {
    let western = pattern!(
        r"(?i)(\d+)\s*(?:to|-|~|and|a|à|y|tot|e)\s*(\d+)\s*(?:characters|chars|digits|caracteres|caractères|tekens)"
    );
    let chinese = pattern!(r"(\d+)\s*(?:到|至|-|~)\s*(\d+)\s*(?:个|位)");
    let about = pattern!(r"(?i)(?:length|长度)[^.\n\d]{0,20}(\d+)\s*(?:to|-|~|and|到|至)\s*(\d+)");
    let mut out = None;
    let mut only = |found: &regex::Captures<'_>| -> Option<()> {
        let min = found.get(1)?.as_str().parse().ok()?;
        let max = found.get(2)?.as_str().parse().ok()?;
        let rest = text.get(found.get(0)?.end()..).unwrap_or("");
        let fits = min <= max && !tied(rest) && out.is_none_or(|old| old == (min, max));
        out = Some((min, max));
        fits.then_some(())
    };
    // Two lengths are those of two systems or of two versions.
    for found in western.all(text).chain(chinese.all(text)) {
        only(&found)?;
    }
    let counted = western.hits(text) || chinese.hits(text);
    if let Some(found) = about.find(text).filter(|_| !counted) {
        only(&found)?;
    }
    out
}

/// How many kinds of characters there must be, when it is said; `None` for two numbers of them.
fn classes(text: &str) -> Option<Option<u32>> {
    let western = pattern!(
        r"(?i)(?:at least|a minimum of|al menos|por lo menos|au moins|pelo menos|ten minste|minstens) (two|three|four|2|3|4|dos|tres|cuatro|deux|trois|quatre|dois|duas|três|quatro|twee|drie|vier) (?:of|de|des|dos|das|van|(?:different |character )*(?:types?|kinds?|categor|classes)|tipos|soorten)\b"
    );
    let chinese = pattern!(
        r"(?:的|中|特殊字符|符号)\s*(?:任意|至少)?\s*([2-4二两三四])\s*(?:种|类)(?:以上|及以上|字符|或|类型|组合|的|[^0-9A-Za-z])|(?:的|中)\s*(?:任意|至少)?\s*([2-4二两三四])\s*(?:种|类)"
    );
    let mut out = None;
    for found in western.all(text).chain(chinese.all(text)) {
        let word = found
            .get(1)
            .or_else(|| found.get(2))
            .map_or(String::new(), |word| word.as_str().to_lowercase());
        let count = match word.as_str() {
            "two" | "2" | "dos" | "deux" | "dois" | "duas" | "twee" | "二" | "两" => 2,
            "three" | "3" | "tres" | "trois" | "três" | "drie" | "三" => 3,
            _ => 4,
        };
        if out.is_some_and(|old| old != count) {
            return None;
        }
        out = Some(count);
    }
    Some(out)
}

/// The special characters: the one run of signs a line about allowed characters has. Two runs
/// are two sets for two systems, which the model has no word for.
fn specials(text: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for line in text.lines() {
        let about = [
            "special character",
            "特殊字符",
            "允许输入",
            "允许的",
            "caracteres especiales",
            "caractères spéciaux",
            "caracteres especiais",
            "speciale tekens",
            "symbols",
        ];
        let lower = line.to_lowercase();
        let Some(start) = about.iter().filter_map(|word| lower.find(word)).min() else {
            continue;
        };
        let banned = [
            "禁止",
            "不允许",
            "不支持",
            "不能包含",
            "cannot contain",
            "must not contain",
            "not allowed",
            "not supported",
            "excluding",
            "except",
        ];
        if banned.iter().any(|word| lower.contains(word)) {
            continue;
        }
        // Lower case can change the number of bytes; then the whole line is looked through.
        let line = if lower.len() == line.len() {
            line.get(start..).unwrap_or(line)
        } else {
            line
        };
        for run in runs(line) {
            // A list names a sign once: twice are marks of emphasis that leaked, or lost signs.
            if distinct(&run) != run {
                return None;
            }
            if found.as_ref().is_some_and(|old| *old != run) {
                return None;
            }
            found = Some(run);
        }
    }
    found
}

/// The runs of at least five signs in a line, without the brackets and points around them.
fn runs(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut run = String::new();
    let mut left = line.chars().chain([' ']);
    while let Some(c) = left.next() {
        if c.is_ascii_punctuation() {
            run.push(c);
            continue;
        }
        // A full stop with a capital behind it ends the sentence about the signs.
        let stops =
            run.ends_with('.') && c == ' ' && left.clone().next().is_some_and(char::is_uppercase);
        let run = std::mem::take(&mut run);
        let run = if stops {
            run.strip_suffix('.').unwrap_or(&run)
        } else {
            &run
        };
        let run = strip(run);
        if run.chars().count() >= 5 {
            out.push(run.to_owned());
        }
    }
    out
}

/// Takes off what belongs to the sentence: a colon before, brackets around, a full stop behind.
fn strip(run: &str) -> &str {
    // ":" parts the words from the signs; "(" opens a remark that must be closed.
    let run = run.strip_prefix(':').unwrap_or(run);
    let Some(inner) = run.strip_prefix('(') else {
        return run;
    };
    match inner.rfind(')') {
        Some(end)
            if inner
                .get(end + 1..)
                .is_some_and(|rest| rest.chars().all(|c| matches!(c, '.' | ',' | ';' | ':'))) =>
        {
            inner.get(..end).unwrap_or(inner)
        }
        _ => run,
    }
}

fn distinct(run: &str) -> String {
    let mut out = String::new();
    for c in run.chars() {
        if !out.contains(c) {
            out.push(c);
        }
    }
    out
}

fn forbidden(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if !out.iter().any(|old| old == name) {
            out.push(name.to_owned());
        }
    };
    for sentence in sentences(text) {
        let lower = sentence.to_lowercase();
        let bans = [
            "cannot",
            "must not",
            "must be different",
            "can't",
            "不能",
            "不可",
            "不得",
            "禁止",
        ]
        .iter()
        .any(|word| lower.contains(word));
        if !bans {
            continue;
        }
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if has(&[
            "username",
            "user name",
            "用户名",
            "帐号",
            "账号",
            "account name",
        ]) {
            add("username");
            if has(&["reverse", "backward", "逆序", "倒序", "反序"]) {
                add("reversed username");
            }
        }
        if has(&[
            "previous password",
            "historical",
            "old password",
            "历史密码",
            "旧密码",
            "原密码",
            "current password",
            "当前密码",
        ]) {
            add("historical");
        }
        if has(&["weak password", "弱密码"]) {
            add("weak");
        }
    }
    out
}
