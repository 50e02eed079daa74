//! What stands in cells: yes and no, nothing, names, status codes.

use super::{among, is_among, plain};

/// "Yes" or "no" in a column that says whether something must be given.
#[must_use]
pub fn yes_no(text: &str) -> Option<bool> {
    let text = plain(text);
    let known = ANSWERS.iter().find(|(_, words)| is_among(words, &text));
    known.map(|(answer, _)| *answer)
}

/// The words for both answers.
const ANSWERS: &[(bool, &str)] = &[
    (
        true,
        "yes|y|是|true|mandatory|required|必选|必填|必须|m|oui|obligatoire|requis|sí|si|obligatorio|obligatoria\
         |sim|obrigatório|obrigatória|ja|verplicht|vereist",
    ),
    (
        false,
        "no|n|否|false|optional|可选|选填|o|non|facultatif|optionnel|opcional|não|nao|nee|neen|optioneel",
    ),
];

/// Answers as sentences have them, which are no name and no mark.
pub(crate) const SPOKEN_ANSWERS: &str = "Yes|No|Oui|Non|Sim|Ja|Nee";

/// Answers that can be names as well.
const AMBIGUOUS: &str = "m|o|y|n|required|optional|mandatory";

/// Whether a text, as written, is "Yes" or "No" and can be nothing else.
pub(crate) fn is_spoken_answer(text: &str) -> bool {
    is_among(SPOKEN_ANSWERS, text)
}

/// An answer that is no name of a parameter.
pub(crate) fn is_certain_answer(text: &str) -> bool {
    yes_no(text).is_some() && !is_among(AMBIGUOUS, &plain(text))
}

/// The words for nothing, in the shape of [`plain`].
const NOTHING: &str = "none|n/a|na|null|nil|无|不涉及|-|--|–|—|/|aucun|aucune|néant|ninguno|ninguna|no hay|nenhum\
     |nenhuma|geen|not involved|not applicable|n.v.t|não há|nada|sans objet|no disponible|不适用\
     |无请求参数|无响应参数";

/// A word that says there is nothing here: "None", "N/A", "无", "不涉及", "-".
pub(crate) fn is_none(text: &str) -> bool {
    let text = plain(text);
    text.is_empty() || is_among(NOTHING, &text)
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
    let text = plain(text);
    let own = "user-defined|user customiz|user-customiz|custom |additional |自定义";
    let pair = "key|pair|field|customiz|键|字段|自定义";
    let says = |words| among(words).any(|word| text.contains(word));
    !name_like(&text) && text.chars().count() <= 60 && says(own) && says(pair)
}

/// What a status stands behind, in the shape of [`plain`]; in sentences as well.
const STATUS_LABELS: &str = "status code|status codes|response code|return code|http code|状态码|返回码|响应码|code d'état\
     |code de statut|código de estado|código de status|statuscode|http/1.1|http/1.0|http/2";

/// What a status stands behind only where nothing else is said.
const BARE_LABELS: &str =
    "http状态码|http status code|returned value|返回值|status|http 状态码|estado|成功";

/// What may stand around the label and the status in a clause: "When the status code is 200".
const BEFORE_LABEL: &[&str] = &["when the ", "if the ", "when ", "if ", "the ", "当"];
const AFTER_LABEL: &[&str] = &[" is", " of", "为", "是", "="];

/// The status in "Status code: 200", "状态码为 400 时", "Código de estado: 200", or `None` for any
/// other text.
pub(crate) fn status_code(text: &str) -> Option<String> {
    let text = plain(text);
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = text.split_at(at);
    let (digits, after) = rest.split_at_checked(3)?;
    if !is_status(digits) || !matches!(after.trim(), "" | "时") && !is_reason(digits, after) {
        return None;
    }
    let before = before.trim_end_matches([' ', ':']);
    let before = BEFORE_LABEL
        .iter()
        .find_map(|word| before.strip_prefix(word))
        .unwrap_or(before);
    let before = AFTER_LABEL
        .iter()
        .find_map(|word| before.strip_suffix(word))
        .unwrap_or(before);
    let label = before.trim_end();
    (is_among(STATUS_LABELS, label) || is_among(BARE_LABELS, label)).then(|| digits.to_owned())
}

/// Whether a text is the standard phrase of a success.
fn is_reason(code: &str, text: &str) -> bool {
    REASONS.iter().any(|(known, reason)| {
        *known == code
            && text
                .trim()
                .trim_matches(['(', ')'])
                .eq_ignore_ascii_case(reason)
    })
}

/// Whether a text is a status code by itself.
pub(crate) fn is_status(text: &str) -> bool {
    text.len() == 3
        && text.starts_with(['1', '2', '3', '4', '5'])
        && text.bytes().all(|b| b.is_ascii_digit())
}

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

/// What an action of IAM may do.
const ACCESS_LEVELS: &str = "read|write|list|tagging|permission_management|permission management\
     |permissions management";

/// Whether a text is an access level.
pub(crate) fn is_access_level(text: &str) -> bool {
    is_among(ACCESS_LEVELS, &plain(text))
}

/// The standard phrases of successes.
const REASONS: &[(&str, &str)] = &[
    ("200", "OK"),
    ("201", "Created"),
    ("202", "Accepted"),
    ("204", "No Content"),
    ("206", "Partial Content"),
];

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
        among(STATUS_LABELS).find_map(|label| {
            let (_, after) = text.split_once(label)?;
            let after = after.trim_start_matches([' ', ':', '"', '\'', '(', '为', '是', '=']);
            let after = after.strip_prefix("is ").unwrap_or(after);
            let (digits, rest) = after.split_at_checked(3)?;
            let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
            (is_status(digits) && ends).then(|| digits.to_owned())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{is_action, status_code, status_told};

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
        ] {
            assert_eq!(status_code(text).as_deref(), expected, "{text}");
        }
    }
}
