//! The ideas headings and captions are put together from.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::lexicon::{self, Word};

/// A set of ideas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Concepts(u32);

macro_rules! ideas {
    ($($name:ident = $bit:expr),* $(,)?) => {
        $(pub(super) const $name: Concepts = Concepts(1 << $bit);)*
    };
}

ideas! {
    REQUEST = 0, RESPONSE = 1, EXAMPLE = 2, PARAMETER = 3, HEADER = 4, BODY = 5, STATUS = 6,
    CODE = 7, ERROR = 8, NORMAL = 9, FUNCTION = 10, VALUE = 11, RETURN = 12, URI = 13, PATH = 14,
    QUERY = 15, SDK = 16, DESCRIPTION = 17, AUTHORIZATION = 18, DEBUGGING = 19, CALLING = 20,
    CONSTRAINT = 21, FORMAT = 22, FORM = 23,
}

impl Concepts {
    /// Whether all of `other` is here.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether anything of `other` is here.
    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is none.
    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Words of languages that part words by blanks.
const WORDS: &[(Concepts, &str)] = &[
    (
        REQUEST,
        "request requests requête requete requêtes demande demandes solicitud solicitudes solicitação solicitações requisição requisições pedido pedidos verzoek verzoeken aanvraag aanvragen",
    ),
    (
        RESPONSE,
        "response responses réponse réponses respuesta respuestas resposta respostas antwoord antwoorden reactie respons responsen",
    ),
    (
        PARAMETER,
        "parameter parameters paramètre paramètres parámetro parámetros parâmetro parâmetros",
    ),
    (
        HEADER,
        "header headers en-tête en-têtes encabezado encabezados cabecera cabeceras cabeçalho cabeçalhos koptekst",
    ),
    (BODY, "body corps cuerpo corpo"),
    (STATUS, "status statut état estado"),
    (CODE, "code codes código códigos"),
    (
        ERROR,
        "error errors erreur erreurs errores erro erros fout fouten abnormal failure",
    ),
    (NORMAL, "normal success successful"),
    (
        FUNCTION,
        "function functions fonction fonctions función funciones função funções functie functies overview introduction",
    ),
    (
        RETURN,
        "return returned returns retour renvoyée renvoyées retournée retournées renvoyé devuelto devueltos devueltas retornado retornados retornada geretourneerde",
    ),
    // A section of notes is one of constraints; a note in a sentence is none.
    (CONSTRAINT, "notes"),
    (URI, "uri uris url"),
    (PATH, "path chemin ruta caminho pad"),
    (QUERY, "query consulta"),
    (SDK, "sdk sdks"),
    (
        DESCRIPTION,
        "description descriptions descripción descrição beschrijving message messages mensaje mensajes mensagem mensagens bericht structure structures data estructura datos estrutura dados structuur gegevens list lists field fields object objects information",
    ),
    (
        AUTHORIZATION,
        "authorization autorisation autorización autorização autorisatie permissions authorisation",
    ),
    (
        DEBUGGING,
        "debugging debug débogage depuración depuração foutopsporing commissioning",
    ),
    (
        CALLING,
        "calling call method methods appel méthode llamada método chamada aanroepmethode",
    ),
    (FORMAT, "format formato formaat"),
    (FORM, "form formdata"),
    (
        REQUEST.and(EXAMPLE),
        "voorbeeldverzoek voorbeeldverzoeken voorbeeldaanvraag voorbeeldaanvragen",
    ),
    (
        RESPONSE.and(EXAMPLE),
        "voorbeeldantwoord voorbeeldantwoorden voorbeeldreactie voorbeeldrespons",
    ),
    (
        REQUEST.and(PARAMETER),
        "verzoekparameters aanvraagparameters",
    ),
    (
        RESPONSE.and(PARAMETER),
        "antwoordparameters reactieparameters responsparameters",
    ),
    (REQUEST.and(BODY), "verzoektekst verzoekbody aanvraagtekst"),
    (
        RESPONSE.and(BODY),
        "antwoordtekst antwoordbody reactietekst",
    ),
    (STATUS.and(CODE), "statuscode statuscodes"),
    (ERROR.and(CODE), "foutcode foutcodes"),
    (RETURN.and(VALUE), "retourwaarde retourwaarden"),
    (PATH.and(PARAMETER), "padparameters"),
    (QUERY.and(PARAMETER), "queryparameters"),
    (URI.and(PARAMETER), "uri-parameters"),
];

/// Words that say nothing here.
const FILLERS: &str = "of the a an for to in and or de la le du des les et del el los las y e do da dos das van een het en d' l' info api http https on";

/// Chinese words, longer ones before their parts.
const CHINESE: &[(Concepts, &str)] = &[
    (SDK, "sdk"),
    (DESCRIPTION, "数据结构"),
    (DESCRIPTION, "结构"),
    (REQUEST.and(HEADER), "请求头"),
    (RESPONSE.and(HEADER), "响应头"),
    (REQUEST.and(BODY), "请求体"),
    (RESPONSE.and(BODY), "响应体"),
    (HEADER, "消息头"),
    (BODY, "消息体"),
    (STATUS.and(CODE), "状态码"),
    (ERROR.and(CODE), "错误码"),
    (RETURN.and(VALUE), "返回值"),
    (RETURN.and(VALUE), "返回码"),
    (REQUEST, "请求"),
    (RESPONSE, "响应"),
    (RESPONSE, "返回"),
    (EXAMPLE, "示例"),
    (EXAMPLE, "样例"),
    (EXAMPLE, "举例"),
    (PARAMETER, "参数"),
    (DESCRIPTION, "消息"),
    (DESCRIPTION, "列表"),
    (DESCRIPTION, "字段"),
    (DESCRIPTION, "说明"),
    (DESCRIPTION, "描述"),
    (DESCRIPTION, "信息"),
    (DESCRIPTION, "对象"),
    (PATH, "路径"),
    (QUERY, "查询"),
    (ERROR, "错误"),
    (ERROR, "异常"),
    (NORMAL, "正常"),
    (NORMAL, "成功"),
    (FUNCTION, "功能介绍"),
    (FUNCTION, "功能描述"),
    (FUNCTION, "功能说明"),
    (FUNCTION, "功能"),
    (AUTHORIZATION, "授权"),
    (DEBUGGING, "调试"),
    (CALLING, "调用方法"),
    (CALLING, "调用"),
    (CONSTRAINT, "接口约束"),
    (CONSTRAINT, "约束限制"),
    (CONSTRAINT, "约束与限制"),
    (CONSTRAINT, "约束"),
    (CONSTRAINT, "限制"),
    (CONSTRAINT, "前提条件"),
    (CONSTRAINT, "注意事项"),
    (FORMAT, "格式"),
    (CODE, "代码"),
    (VALUE, "要素"),
    (DESCRIPTION, "的"),
    (DESCRIPTION, "接口"),
];

/// The ideas in a text in the shape of [`super::plain`], and the words that are none of them.
pub(super) fn concepts(text: &str) -> (Concepts, Vec<String>) {
    let mut found = Concepts::default();
    let mut unknown = Vec::new();
    for word in text.split([' ', ',', '/', '(', ')', ':', '–']) {
        let word = word
            .strip_prefix("d'")
            .or_else(|| word.strip_prefix("l'"))
            .unwrap_or(word);
        if word.is_empty() || word == "-" || FILLER_INDEX.contains(word) {
            continue;
        }
        if let Some(idea) = western(word) {
            found = found.and(idea);
        } else if word.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
            chinese(word, &mut found, &mut unknown);
        } else {
            unknown.push(word.to_owned());
        }
    }
    (found, unknown)
}

/// The Western words by themselves: pages of many short lines are looked through word by word.
static INDEX: LazyLock<HashMap<&'static str, Concepts>> = LazyLock::new(|| {
    let mut index = HashMap::new();
    for (idea, words) in WORDS {
        for word in words.split(' ') {
            index.entry(word).or_insert(*idea);
        }
    }
    index
});

/// The words that say nothing here.
static FILLER_INDEX: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| FILLERS.split(' ').collect());

/// What headings share with sentences is in the lexicon.
fn western(word: &str) -> Option<Concepts> {
    INDEX.get(word).copied().or_else(|| {
        Some(match lexicon::meaning(word)? {
            Word::Example => EXAMPLE,
            Word::Value => VALUE,
            Word::Constraints => CONSTRAINT,
            _ => return None,
        })
    })
}

/// Takes a run of Chinese (and what Latin words stand inside it) apart.
fn chinese(word: &str, found: &mut Concepts, unknown: &mut Vec<String>) {
    let mut rest = word;
    let mut odd = String::new();
    while let Some(c) = rest.chars().next() {
        if let Some((idea, known)) = CHINESE.iter().find(|(_, known)| rest.starts_with(known)) {
            flush(&mut odd, found, unknown);
            *found = found.and(*idea);
            rest = rest.get(known.len()..).unwrap_or("");
            continue;
        }
        let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let edge = odd
            .chars()
            .last()
            .is_some_and(|last| latin(last) != latin(c));
        if edge {
            flush(&mut odd, found, unknown);
        }
        odd.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    flush(&mut odd, found, unknown);
}

fn flush(odd: &mut String, found: &mut Concepts, unknown: &mut Vec<String>) {
    if odd.is_empty() {
        return;
    }
    match western(odd) {
        Some(idea) => *found = found.and(idea),
        None => unknown.push(odd.clone()),
    }
    odd.clear();
}
