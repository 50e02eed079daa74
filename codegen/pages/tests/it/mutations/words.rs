//! The words of each language: headings of sections and columns, captions, and the sentences in
//! which descriptions say what they say.

use crate::mutations::model::{Column, Form, Lang, Page, Row, Say};

/// A paragraph or a list of a cell. `{{3}}` stands for a reference to table 3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Para {
    Text(String),
    List(Vec<String>),
}

pub struct Words {
    pub function: &'static str,
    pub authorization: &'static str,
    pub uri: &'static str,
    pub request: &'static str,
    pub response: &'static str,
    pub request_example: &'static str,
    pub response_example: &'static str,
    pub statuses: &'static str,
    pub errors: &'static str,
    pub see_errors: &'static str,
    pub none: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub table: &'static str,
    pub status: &'static str,
    pub path_caption: &'static str,
    pub query_caption: &'static str,
    pub header_caption: &'static str,
    pub body_caption: &'static str,
    pub response_caption: &'static str,
    pub deprecated: &'static str,
    columns: [&'static str; 9],
}

impl Words {
    pub fn column(&self, column: Column) -> &'static str {
        let order = [
            Column::Name,
            Column::Required,
            Column::Type,
            Column::About,
            Column::Status,
            Column::Meaning,
            Column::Action,
            Column::Access,
            Column::Resource,
        ];
        let at = order.iter().position(|known| *known == column).unwrap();
        self.columns[at]
    }
}

pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
        Lang::Fr => &FR,
        Lang::Es => &ES,
        Lang::Pt => &PT,
        Lang::Nl => &NL,
    }
}

static EN: Words = Words {
    function: "Function",
    authorization: "Authorization Information",
    uri: "URI",
    request: "Request Parameters",
    response: "Response Parameters",
    request_example: "Example Requests",
    response_example: "Example Responses",
    statuses: "Status Codes",
    errors: "Error Codes",
    see_errors: "See Error Codes.",
    none: "None",
    yes: "Yes",
    no: "No",
    table: "Table ",
    status: "Status code: ",
    path_caption: "Path Parameters",
    query_caption: "Query Parameters",
    header_caption: "Request header parameters",
    body_caption: "Request body parameters",
    response_caption: "Response body parameters",
    deprecated: " (Deprecated)",
    columns: [
        "Parameter",
        "Mandatory",
        "Type",
        "Description",
        "Status Code",
        "Description",
        "Action",
        "Access Level",
        "Resource Type (*: required)",
    ],
};

static ZH: Words = Words {
    function: "功能介绍",
    authorization: "授权信息",
    uri: "URI",
    request: "请求参数",
    response: "响应参数",
    request_example: "请求示例",
    response_example: "响应示例",
    statuses: "状态码",
    errors: "错误码",
    see_errors: "请参见错误码。",
    none: "无",
    yes: "是",
    no: "否",
    table: "表",
    status: "状态码： ",
    path_caption: "路径参数",
    query_caption: "Query参数",
    header_caption: "请求Header参数",
    body_caption: "请求Body参数",
    response_caption: "响应Body参数",
    deprecated: "（废弃）",
    columns: [
        "参数",
        "是否必选",
        "参数类型",
        "描述",
        "状态码",
        "描述",
        "授权项",
        "访问级别",
        "资源类型（*为必须）",
    ],
};

static FR: Words = Words {
    function: "Fonction",
    authorization: "Autorisation",
    uri: "URI",
    request: "Paramètres de requête",
    response: "Paramètres de réponse",
    request_example: "Exemples de requêtes",
    response_example: "Exemples de réponses",
    statuses: "Codes d'état",
    errors: "Codes d'erreur",
    see_errors: "Voir Codes d'erreur.",
    none: "Aucun",
    yes: "Oui",
    no: "Non",
    table: "Tableau ",
    status: "Code d'état : ",
    path_caption: "Paramètres du chemin",
    query_caption: "Paramètres query",
    header_caption: "Paramètres d'en-tête de la requête",
    body_caption: "Paramètres du corps de la requête",
    response_caption: "Paramètres du corps de la réponse",
    deprecated: " (obsolète)",
    columns: [
        "Paramètre",
        "Obligatoire",
        "Type",
        "Description",
        "Code d'état",
        "Description",
        "Action",
        "Niveau d'accès",
        "Type de ressource",
    ],
};

static ES: Words = Words {
    function: "Función",
    authorization: "Autorización",
    uri: "URI",
    request: "Parámetros de solicitud",
    response: "Parámetros de respuesta",
    request_example: "Ejemplo de solicitud",
    response_example: "Ejemplo de respuesta",
    statuses: "Códigos de estado",
    errors: "Códigos de error",
    see_errors: "Consulte Códigos de error.",
    none: "No hay",
    yes: "Sí",
    no: "No",
    table: "Tabla ",
    status: "Código de estado: ",
    path_caption: "Parámetros de ruta",
    query_caption: "Parámetros de consulta",
    header_caption: "Parámetros de encabezado de la solicitud",
    body_caption: "Parámetros del cuerpo de la solicitud",
    response_caption: "Parámetros del cuerpo de la respuesta",
    deprecated: " (obsoleto)",
    columns: [
        "Parámetro",
        "Obligatorio",
        "Tipo",
        "Descripción",
        "Código de estado",
        "Descripción",
        "Acción",
        "Nivel de acceso",
        "Tipo de recurso",
    ],
};

static PT: Words = Words {
    function: "Função",
    authorization: "Autorização",
    uri: "URI",
    request: "Parâmetros de solicitação",
    response: "Parâmetros de resposta",
    request_example: "Exemplo de solicitação",
    response_example: "Exemplo de resposta",
    statuses: "Códigos de status",
    errors: "Códigos de erro",
    see_errors: "Consulte Códigos de erro.",
    none: "Nenhum",
    yes: "Sim",
    no: "Não",
    table: "Tabela ",
    status: "Código de status: ",
    path_caption: "Parâmetros do caminho",
    query_caption: "Parâmetros de consulta",
    header_caption: "Parâmetros do cabeçalho da solicitação",
    body_caption: "Parâmetros do corpo da solicitação",
    response_caption: "Parâmetros do corpo da resposta",
    deprecated: " (obsoleto)",
    columns: [
        "Parâmetro",
        "Obrigatório",
        "Tipo",
        "Descrição",
        "Código de status",
        "Descrição",
        "Ação",
        "Nível de acesso",
        "Tipo de recurso",
    ],
};

static NL: Words = Words {
    function: "Functie",
    authorization: "Autorisatie",
    uri: "URI",
    request: "Verzoekparameters",
    response: "Antwoordparameters",
    request_example: "Voorbeeldverzoek",
    response_example: "Voorbeeldantwoord",
    statuses: "Statuscodes",
    errors: "Foutcodes",
    see_errors: "Zie Foutcodes.",
    none: "Geen",
    yes: "Ja",
    no: "Nee",
    table: "Tabel ",
    status: "Statuscode: ",
    path_caption: "Padparameters",
    query_caption: "Queryparameters",
    header_caption: "Parameters van de header van het verzoek",
    body_caption: "Parameters van de body van het verzoek",
    response_caption: "Parameters van de body van het antwoord",
    deprecated: " (verouderd)",
    columns: [
        "Parameter",
        "Verplicht",
        "Type",
        "Beschrijving",
        "Statuscode",
        "Beschrijving",
        "Actie",
        "Toegangsniveau",
        "Resourcetype",
    ],
};

/// The description of a field. `inner` is the number of the table of the fields inside it.
pub fn description(page: &Page, form: Form, row: &Row, inner: Option<usize>) -> Vec<Para> {
    let zh = page.lang == Lang::Zh;
    let mut about = row.about.clone();
    if let Some(number) = inner {
        about.push_str(&see(page.lang, number));
    }
    let mut out = vec![Para::Text(about)];
    let says: Vec<Vec<Para>> = row
        .says
        .iter()
        .map(|say| sentence(page.lang, form, say))
        .collect();
    if !page.labels || form == Form::Simple {
        out.extend(says.into_iter().flatten());
        return out;
    }
    let [definition, constraints, range, default] = if zh {
        ["参数解释：", "约束限制：", "取值范围：", "默认取值："]
    } else if form.is_pipe() {
        [
            "Parameter description:",
            "Constraints:",
            "Value range:",
            "Default value:",
        ]
    } else {
        ["Definition", "Constraints", "Range", "Default Value"]
    };
    let none = if zh { "不涉及" } else { "N/A" };
    let of = |wanted: fn(&Say) -> bool| {
        let found: Vec<Para> = row
            .says
            .iter()
            .zip(&says)
            .filter(|(say, _)| wanted(say))
            .flat_map(|(_, paras)| paras.clone())
            .collect();
        if found.is_empty() {
            vec![Para::Text(none.to_owned())]
        } else {
            found
        }
    };
    let constrained = of(|say| !matches!(say, Say::Listed(_) | Say::Range(..) | Say::Default(_)));
    let ranged: Vec<Para> = of(|say| matches!(say, Say::Listed(_) | Say::Range(..)))
        .into_iter()
        .filter(|para| !matches!(para, Para::Text(text) if text.ends_with([':', '：'])))
        .collect();
    let value = row.says.iter().find_map(|say| match say {
        Say::Default(value) => Some(value.clone()),
        _ => None,
    });
    out.insert(0, Para::Text(definition.to_owned()));
    out.push(Para::Text(constraints.to_owned()));
    out.extend(constrained);
    out.push(Para::Text(range.to_owned()));
    out.extend(ranged);
    out.push(Para::Text(default.to_owned()));
    out.push(Para::Text(value.unwrap_or_else(|| none.to_owned())));
    out
}

fn see(lang: Lang, number: usize) -> String {
    match lang {
        Lang::En => format!(" For details, see {{{{{number}}}}}."),
        Lang::Zh => format!("详情请参见{{{{{number}}}}}。"),
        Lang::Fr => format!(" Pour plus de détails, voir {{{{{number}}}}}."),
        Lang::Es => format!(" Para más detalles, consulte {{{{{number}}}}}."),
        Lang::Pt => format!(" Para obter detalhes, consulte {{{{{number}}}}}."),
        Lang::Nl => format!(" Zie {{{{{number}}}}} voor details."),
    }
}

fn sentence(lang: Lang, form: Form, say: &Say) -> Vec<Para> {
    let zh = lang == Lang::Zh;
    let text = |text: String| vec![Para::Text(text)];
    match say {
        Say::Listed(values) if form == Form::Simple => sentence(
            lang,
            form,
            &Say::Choice(values.iter().map(|(value, _)| value.clone()).collect()),
        ),
        Say::Listed(values) => {
            let (lead, colon) = if zh {
                ("取值如下：", "：")
            } else {
                (range_lead(lang), ": ")
            };
            let items = values
                .iter()
                .map(|(value, meaning)| format!("{value}{colon}{meaning}"))
                .collect();
            vec![Para::Text(lead.to_owned()), Para::List(items)]
        }
        Say::Choice(values) if zh => text(format!("取值范围：{}。", values.join("、"))),
        Say::Choice(values) => {
            let (last, others) = values.split_last().unwrap();
            let others = others.join(", ");
            let comma = if values.len() > 2 { "," } else { "" };
            text(format!("The value can be {others}{comma} or {last}."))
        }
        Say::Default(value) => text(match lang {
            Lang::En => format!("The default value is {value}."),
            Lang::Zh => format!("默认值为{value}。"),
            Lang::Fr => format!("La valeur par défaut est {value}."),
            Lang::Es => format!("El valor predeterminado es {value}."),
            Lang::Pt => format!("O valor padrão é {value}."),
            Lang::Nl => format!("De standaardwaarde is {value}."),
        }),
        Say::Length(min, max) => text(match lang {
            Lang::En => format!("The value contains {min} to {max} characters."),
            Lang::Zh => format!("长度为{min}~{max}个字符。"),
            Lang::Fr => format!("La valeur contient {min} à {max} caractères."),
            Lang::Es => format!("El valor contiene de {min} a {max} caracteres."),
            Lang::Pt => format!("O valor contém de {min} a {max} caracteres."),
            Lang::Nl => format!("De waarde bevat {min} tot {max} tekens."),
        }),
        Say::MaxLength(max) if zh => text(format!("最大长度：{max}")),
        Say::MaxLength(max) => text(format!("The value contains a maximum of {max} characters.")),
        Say::Range(min, max) if zh => text(format!("取值范围：{min}~{max}。")),
        Say::Range(min, max) => text(format!("The value ranges from {min} to {max}.")),
        Say::PasswordSentence { min, max, classes } if zh => text(format!(
            "口令必须为{min}到{max}个字符，并且至少包含大写字母、小写字母、数字、特殊字符中的{classes}种。"
        )),
        Say::PasswordSentence { min, max, classes } => text(format!(
            "It must contain {min} to {max} characters and at least {} of the following character types: uppercase letters, lowercase letters, digits, and punctuation.",
            number(*classes)
        )),
        Say::Password {
            min,
            max,
            classes,
            specials,
        } => {
            let (lead, items) = if zh {
                let lead = "口令必须符合以下规则：";
                (
                    lead,
                    vec![
                        format!("长度为{min}到{max}个字符。"),
                        format!(
                            "至少包含以下字符中的{classes}种：大写字母、小写字母、数字、特殊字符（{specials}）。"
                        ),
                    ],
                )
            } else {
                let lead = "The code must meet the following rules:";
                (
                    lead,
                    vec![
                        format!("It must contain {min} to {max} characters."),
                        format!(
                            "It must contain at least {} of the following character types: uppercase letters, lowercase letters, digits, and special characters ({specials}).",
                            number(*classes)
                        ),
                    ],
                )
            };
            if form == Form::Simple {
                return text(format!("{lead} {}", items.join(" ")));
            }
            vec![Para::Text(lead.to_owned()), Para::List(items)]
        }
    }
}

fn range_lead(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Valeurs possibles :",
        Lang::Es => "Valores posibles:",
        Lang::Pt => "Valores possíveis:",
        Lang::Nl => "Mogelijke waarden:",
        _ => "Value range:",
    }
}

fn number(of: u32) -> &'static str {
    ["zero", "one", "two", "three", "four"][of as usize]
}
