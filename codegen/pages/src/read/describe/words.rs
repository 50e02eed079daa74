//! Small things about numbers and values.

/// A number as written, without the marks between thousands.
pub(super) fn number(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(',').collect();
    let grouped = groups.len() == 1 || groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = text.replace(',', "");
    let bare = digits.strip_prefix('-').unwrap_or(&digits);
    let whole =
        !bare.is_empty() && bare.len() <= 19 && bare.bytes().all(|byte| byte.is_ascii_digit());
    (grouped && whole).then_some(digits)
}

/// A number plus a step, for bounds that are not included; a fraction has no next one.
pub(super) fn step(text: &str, by: i64) -> Option<String> {
    if let Some((whole, part)) = text.split_once('.') {
        let is_fraction = by == 0 && number(part).is_some() && !part.contains(',');
        return is_fraction.then(|| Some(format!("{}.{part}", number(whole)?)))?;
    }
    let next = number(text)?.parse::<i64>().ok()?.checked_add(by);
    next.map(|value| value.to_string())
}

/// An end of bounds as a number.
pub(super) fn amount(end: &Option<String>) -> Option<f64> {
    end.as_ref()?.parse().ok()
}

/// Whether a text can be one value: a word or a number, without blanks.
pub(super) fn value_like(text: &str) -> bool {
    let first =
        text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/'));
    let tame = |c: char| c.is_ascii_alphanumeric() || "_-.:+/@#*;=".contains(c);
    first
        && text.len() <= 64
        && text.chars().all(tame)
        && text.chars().any(|c| c.is_ascii_alphanumeric())
        && !text.ends_with([':', '-', '.'])
        && !text.contains("://")
}
