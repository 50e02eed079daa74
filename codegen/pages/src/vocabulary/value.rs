//! What stands in cells: yes and no, nothing, types, names, status codes.

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

/// Words that are types by themselves.
const TYPES: &[&str] = &[
    "string",
    "str",
    "integer",
    "int",
    "int32",
    "int64",
    "long",
    "short",
    "boolean",
    "bool",
    "float",
    "double",
    "number",
    "bigdecimal",
    "object",
    "array",
    "list",
    "map",
    "dict",
    "dictionary",
    "date",
    "datetime",
    "timestamp",
    "file",
    "binary",
    "byte",
    "json",
    "uuid",
    "enum",
    "any",
    "字符串",
    "整数",
    "整型",
    "布尔",
    "布尔值",
    "数组",
    "对象",
    "列表",
    "字典",
    "浮点数",
    "timestamp",
    "date-time",
    "chaîne",
    "entier",
    "booléen",
    "tableau",
    "objet",
    "cadena",
    "cuerda",
    "cadeia",
    "entero",
    "booleano",
    "arreglo",
    "objeto",
    "inteiro",
    "matriz",
    "tekenreeks",
    "geheel getal",
    "booleaans",
    "dictionary data structure",
    "list data structure",
    "字典数据结构",
    "列表数据结构",
    "dict object",
    "none",
];

/// Whether a cell's text is a type: a word of the closed list, or "Array of …", "List<…>",
/// "Map<…>", "… object", "… objects".
#[must_use]
pub fn is_type(text: &str) -> bool {
    // "Tag list." describes; no type ends as a sentence does.
    if text.trim_end().ends_with(['.', '。', '!', '！', ';', '；']) {
        return false;
    }
    let written = text.trim();
    let text = plain(text);
    if text.is_empty()
        || text.chars().count() > 80
        || text.contains(['。', '.']) && !text.contains('<')
    {
        return false;
    }
    if TYPES.contains(&text.as_str()) {
        return true;
    }
    let words = text.split(' ').count();
    let starts = [
        "array of ",
        "list of ",
        "map of ",
        "array<",
        "list<",
        "map<",
        "array[",
        "list[",
        "array (",
        "array(",
        "list (",
        "set<",
        "dict<",
        "tableau d",
        "arreglo de ",
        "matriz de ",
        "lista de ",
    ];
    if starts.iter().any(|start| text.starts_with(start)) {
        return words <= 7;
    }
    if let Some((head, _)) = text.split_once(['<', '(', '[']) {
        return TYPES.contains(&head.trim()) && words <= 6;
    }
    if text
        .strip_suffix("[]")
        .is_some_and(|head| TYPES.contains(&head.trim()))
    {
        return true;
    }
    let last = text.rsplit(' ').next().unwrap_or("");
    // "No Array of objects" and "NoArray of objects" are two cells in one.
    let glued = ["Yes", "No", "Oui", "Non", "Sim", "Ja", "Nee", "是", "否"]
        .iter()
        .any(|response| {
            written
                .strip_prefix(response)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
        });
    if glued
        || text
            .split(' ')
            .next()
            .is_some_and(|first| words > 1 && yes_no(first).is_some())
    {
        return false;
    }
    let closing = matches!(
        last,
        "object" | "objects" | "array" | "arrays" | "structure" | "dictionary" | "list"
    );
    (closing && words <= 4)
        || ["数组", "对象", "列表", "结构体"]
            .iter()
            .any(|end| text.ends_with(end) && text.chars().count() <= 20)
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
