//! What stands in cells: yes and no, nothing, names, status codes.

use super::plain;

/// "Yes" or "no" in a column that says whether something must be given.
#[must_use]
pub fn yes_no(text: &str) -> Option<bool> {
    let text = plain(text);
    match text.as_str() {
        "yes" | "y" | "是" | "true" | "mandatory" | "required" | "必选" | "必填" | "必须" | "m"
        | "oui" | "obligatoire" | "requis" | "sí" | "si" | "obligatorio" | "obligatoria"
        | "sim" | "obrigatório" | "obrigatória" | "ja" | "verplicht" | "vereist" => Some(true),
        "no" | "n" | "否" | "false" | "optional" | "可选" | "选填" | "o" | "non" | "facultatif"
        | "optionnel" | "opcional" | "não" | "nao" | "nee" | "neen" | "optioneel" => Some(false),
        _ => None,
    }
}

/// A word that says there is nothing here: "None", "N/A", "无", "不涉及", "-".
#[must_use]
pub fn is_none(text: &str) -> bool {
    let text = plain(text);
    matches!(
        text.as_str(),
        "" | "none"
            | "n/a"
            | "na"
            | "null"
            | "nil"
            | "无"
            | "不涉及"
            | "-"
            | "--"
            | "–"
            | "—"
            | "/"
            | "aucun"
            | "aucune"
            | "néant"
            | "ninguno"
            | "ninguna"
            | "no hay"
            | "nenhum"
            | "nenhuma"
            | "geen"
            | "not involved"
            | "not applicable"
            | "n.v.t"
            | "não há"
            | "nada"
            | "sans objet"
            | "no disponible"
            | "不适用"
            | "无请求参数"
            | "无响应参数"
    )
}

/// Whether a text can be the name of a parameter or field: one word of ASCII letters, digits,
/// `_ - . : [ ] $ @ *`, or a template in braces.
#[must_use]
pub fn name_like(text: &str) -> bool {
    let text = text.trim();
    let mut letters = 0;
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' => letters += 1,
            '0'..='9'
            | '_'
            | '-'
            | '.'
            | ':'
            | '['
            | ']'
            | '$'
            | '@'
            | '*'
            | '{'
            | '}'
            | '<'
            | '>'
            | '/' => {}
            _ => return false,
        }
    }
    letters > 0 && text.len() <= 128 && !text.ends_with(['.', ':', '/'])
}

/// The status in "Status code: 200", "状态码： 400", "Código de estado: 200", or `None` for any other text.
#[must_use]
pub fn status_code(text: &str) -> Option<String> {
    let text = plain(text);
    let digits = text.get(text.len().checked_sub(3)?..)?;
    let before = text.get(..text.len() - 3)?.trim_end_matches([' ', ':']);
    if !is_status(digits) {
        return None;
    }
    let known = [
        "status code",
        "status codes",
        "状态码",
        "http状态码",
        "http status code",
        "returned value",
        "返回值",
        "code d'état",
        "code de statut",
        "code d’état",
        "código de estado",
        "código de status",
        "statuscode",
        "status",
        "返回码",
        "响应码",
        "response code",
        "http 状态码",
        "estado",
        "成功",
    ];
    known.contains(&before).then(|| digits.to_owned())
}

/// Whether a text is a status code by itself.
#[must_use]
pub fn is_status(text: &str) -> bool {
    text.len() == 3
        && text.starts_with(['1', '2', '3', '4', '5'])
        && text.bytes().all(|b| b.is_ascii_digit())
}

/// The status a listing of a response tells: "HTTP/1.1 201 Created", "201 Created".
#[must_use]
pub fn status_in_response(listing: &str) -> Option<String> {
    const REASONS: &[(&str, &str)] = &[
        ("200", "OK"),
        ("201", "Created"),
        ("202", "Accepted"),
        ("204", "No Content"),
        ("206", "Partial Content"),
    ];
    REASONS
        .iter()
        .find(|(code, reason)| listing.contains(&format!("{code} {reason}")))
        .map(|(code, _)| (*code).to_owned())
}
