//! What stands in cells: yes and no, nothing, names, status codes.

use super::lexicon::{Class, Term, Word};
use super::lookup::Meaning;
use super::{half_width, plain};

/// "Yes" or "no" in a column that says whether something must be given.
#[must_use]
pub fn yes_no(text: &str) -> Option<bool> {
    let text = plain(text);
    let yes = Term::Yes.is(&text);
    (yes || Term::No.is(&text)).then_some(yes)
}

/// A value as it is compared: `True` and `true` are the same, the case of other words counts.
#[must_use]
pub fn folded(value: &str) -> String {
    match value.to_ascii_lowercase() {
        flag if flag == "true" || flag == "false" => flag,
        _ => value.to_owned(),
    }
}

/// An answer that is no name of a parameter.
pub(crate) fn is_certain_answer(text: &str) -> bool {
    yes_no(text).is_some() && !Term::NamelikeAnswer.is(&plain(text))
}

/// A word that says there is nothing here: "None", "N/A", "无", "不涉及", "-".
#[must_use]
pub fn is_none(text: &str) -> bool {
    let text = plain(text);
    text.is_empty() || Term::Nothing.is(&text)
}

/// Whether a text can be the name of a parameter or field: one word of ASCII letters, digits,
/// `_ - . : [ ] $ @ *`, or a template in braces.
pub(crate) fn name_like(text: &str) -> bool {
    let text = text.trim();
    let tame = |c: char| c.is_ascii_alphanumeric() || "_-.:[]$@*{}<>/".contains(c);
    text.contains(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(tame)
        && text.len() <= 128
        && !text.ends_with(['.', ':', '/'])
}

/// Whether words in the place of a name say that the reader of the page gives the names.
pub(crate) fn is_any_key(text: &str) -> bool {
    let says = |term: Term| term.within(&plain(text));
    !name_like(text) && text.chars().count() <= 60 && says(Term::OfUser) && says(Term::AnyKey)
}

/// Whether a sign does nothing but begin an item of a list.
#[must_use]
pub fn is_bullet(sign: char) -> bool {
    "•·●○■□▪▫◆◇◦‣▸►➢".contains(sign)
}

/// Whether a text is a status code by itself.
pub(crate) fn is_status(text: &str) -> bool {
    text.len() == 3
        && text.starts_with(['1', '2', '3', '4', '5'])
        && text.bytes().all(|b| b.is_ascii_digit())
}

/// The statuses in "Status code: 200", "状态码为 400 时", "Status codes: 400 and 500"; none for any other
/// text.
pub(crate) fn status_codes(text: &str) -> Vec<String> {
    if !text.contains(|c: char| half_width(c).is_ascii_digit()) {
        return Vec::new();
    }
    let text = plain(text);
    let labels = [Term::StatusLabel, Term::BareStatusLabel];
    let known = labels.into_iter().flat_map(|label| labelled(label, &text));
    let mut found = known.filter_map(|(before, code, rest)| {
        let (codes, rest) = with_others(code, rest);
        let reason = rest.trim().trim_matches(['(', ')']);
        let mut reasons = REASONS.iter();
        // "When the status code is 200", "状态码为 400 时".
        let is_said = Word::says_only(before, &[Word::If, Word::Filler])
            && (Word::says_only(rest, &[Word::Means])
                || reasons.any(|it| it.0 == code && it.1.eq_ignore_ascii_case(reason)));
        is_said.then_some(codes)
    });
    let codes = found.next().unwrap_or_default();
    codes.into_iter().map(str::to_owned).collect()
}

/// Whether a text is the label of a status, or of several.
pub(crate) fn is_of_status(text: &str) -> bool {
    !status_codes(text).is_empty()
}

/// The statuses that a text begins with, as "200 OK", "404/410" and "429, 503" do.
pub(crate) fn leading_statuses(text: &str) -> Vec<String> {
    let text = plain(text);
    let first = leading(&text).filter(|(_, rest)| !rest.starts_with(['.', '-']));
    let codes = first.map_or(Vec::new(), |(code, rest)| with_others(code, rest).0);
    codes.into_iter().map(str::to_owned).collect()
}

/// The status that a text begins with, and what follows it.
fn leading(text: &str) -> Option<(&str, &str)> {
    let (code, rest) = text.split_at_checked(3)?;
    let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (is_status(code) && ends).then_some((code, rest))
}

/// A status with those that a list goes on with, and what follows it.
fn with_others<'t>(code: &'t str, mut rest: &'t str) -> (Vec<&'t str>, &'t str) {
    let mut codes = vec![code];
    loop {
        let bare = rest.trim_start_matches([' ', ',', '/', '、', '，']);
        let joined = Word::Or.begins(bare).or_else(|| Word::And.begins(bare));
        let next = joined.map_or(bare, |(_, next)| next.trim_start());
        // "500/502-504" goes on with a range.
        let goes_on = |after: &str| next.len() < rest.len() && !after.starts_with('-');
        match leading(next).filter(|(_, after)| goes_on(after)) {
            Some((code, after)) => {
                codes.push(code);
                rest = after;
            }
            None => return (codes, rest),
        }
    }
}

/// The kinds of characters, and the names that documents have for them.
pub(crate) const CLASSES: [(Class, &str); 5] = [
    (Class::Lower, "lower"),
    (Class::Upper, "upper"),
    (Class::Letter, "letter"),
    (Class::Digit, "digit"),
    (Class::Special, "special"),
];

/// The words by which pages speak of what facts have a short name for: what a password has to have or must
/// not be, and that something is deprecated.
#[must_use]
pub fn words_for(name: &str) -> Vec<&'static str> {
    if let Some((class, _)) = CLASSES.iter().find(|it| it.1 == name) {
        return class.words().collect();
    }
    let word = match name {
        "2" => Word::Two,
        "3" => Word::Three,
        "4" => Word::Four,
        "username" => Word::UserName,
        "reversed username" => Word::Reversed,
        "historical" => Word::OldPassword,
        "weak" => Word::WeakPassword,
        "deprecated" => Word::Deprecated,
        _ => return Vec::new(),
    };
    word.words().collect()
}

/// The statuses behind one of some labels, with what stands before and behind.
fn labelled(label: Term, text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    label.places(text).filter_map(|(before, after)| {
        let marks = [' ', ':', '"', '\'', '(', '='];
        let mut after = after.trim_start_matches(marks);
        while let Some((len, Word::Is | Word::Filler)) = Word::longest(after) {
            after = after.get(len..)?.trim_start_matches(marks);
        }
        leading(after).map(|(code, rest)| (before, code, rest))
    })
}

/// The status that words about a response tell: "HTTP/1.1 201 Created", `If "200 OK" is returned`,
/// "None (status code 204)".
pub(crate) fn status_told(text: &str) -> Option<String> {
    let phrase = REASONS.iter().find_map(|(code, reason)| {
        let known = format!("{code} {reason}");
        let (before, after) = text.split_once(&known)?;
        let alone =
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        alone.then(|| (*code).to_owned())
    });
    phrase.or_else(|| {
        let text = plain(text);
        let (_, code, _) = labelled(Term::StatusLabel, &text).next()?;
        Some(code.to_owned())
    })
}

/// The standard phrases of successes.
const REASONS: &[(&str, &str)] = &[
    ("200", "OK"),
    ("201", "Created"),
    ("202", "Accepted"),
    ("204", "No Content"),
    ("206", "Partial Content"),
];

/// Whether a text is an action of IAM, `service:resource:verb`.
pub(crate) fn is_action(text: &str) -> bool {
    let text = text.trim();
    let mut chars = text.chars();
    // "tide::list": what is of no resource has no name between.
    text.split(':').count() == 3
        && !text.starts_with(':')
        && !text.ends_with(':')
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '*' | ':'))
}

#[cfg(test)]
mod tests {
    use super::{is_action, leading_statuses, status_codes, status_told};

    #[test]
    fn an_action_names_a_service_and_what_is_done() {
        for (text, expected) in [
            ("tide:gauge:read", true),
            ("tide::listGauges", true),
            (" tide:*:get ", true),
            ("tide:gauge:", false),
            ("::read", false),
            ("tide:gauge", false),
            ("tide:a gauge:read", false),
        ] {
            assert_eq!(is_action(text), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_tells_a_status_behind_its_label_or_before_its_phrase() {
        for (text, expected) in [
            ("HTTP/1.1 201 Created", Some("201")),
            ("HTTP/1.1 404 Not Found", Some("404")),
            ("If \"200 OK\" is returned, it worked.", Some("200")),
            ("None (STATUS CODE 204)", Some("204")),
            ("Status code 200, indicating success", Some("200")),
            ("Http Response Code: 204", Some("204")),
            ("成功时返回状态码“202”。", Some("202")),
            ("status code 2000", None),
            ("See status codes.", None),
            ("200 gauges", None),
        ] {
            assert_eq!(status_told(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_status_stands_behind_its_label_or_in_a_clause() {
        for (text, expected) in [
            ("Status code: 200", Some("200")),
            ("**状态码：200**", Some("200")),
            ("状态码为 400 时:", Some("400")),
            ("When the status code is 404:", Some("404")),
            ("Status code 204 No Content", Some("204")),
            ("Código de estado: 200", Some("200")),
            ("code d’état : 202", Some("202")),
            ("Status code: 2000", None),
            ("Status code: 200 gauges", None),
            ("Gauge 200", None),
            ("200", None),
            ("Status code: 400 or 500", Some("400 500")),
            ("Status codes: 400, 404, and 500", Some("400 404 500")),
            ("状态码：400、500", Some("400 500")),
            ("状态码为 400 或 500 时:", Some("400 500")),
            ("状态码： 400、404和500", Some("400 404 500")),
            ("状态码为400、500时", Some("400 500")),
            ("Status code: 400 or more", None),
            ("Status code: 400500", None),
        ] {
            let codes = status_codes(text).join(" ");
            assert_eq!(
                Some(codes.as_str()).filter(|it| !it.is_empty()),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn a_cell_can_name_several_statuses() {
        for (cell, expected) in [
            ("404", "404"),
            ("404/410", "404 410"),
            ("429, 503", "429 503"),
            ("400、404", "400 404"),
            ("200 OK", "200"),
            ("404 Not Found, or so", "404"),
            ("500/502-504", "500"),
            ("none", ""),
        ] {
            assert_eq!(leading_statuses(cell).join(" "), expected, "{cell}");
        }
    }
}
