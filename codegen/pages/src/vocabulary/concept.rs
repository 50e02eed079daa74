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

/// No idea.
pub(super) const NONE: Concepts = Concepts(0);

/// What ideas come to: all of the first are there, none of the second, and any of the third.
pub(super) type Rule<T> = (Concepts, Concepts, Concepts, T);

/// What the first rule that fits says.
pub(super) fn first<T: Copy>(rules: &[Rule<T>], set: Concepts) -> Option<T> {
    let fits = |(all, none, any, _): &&Rule<T>| {
        set.has(*all) && !set.any(*none) && (any.is_empty() || set.any(*any))
    };
    rules.iter().find(fits).map(|(.., said)| *said)
}

/// The words of each idea, in every language.
const WORDS: &[(Concepts, &str)] = &[
    (
        REQUEST,
        "request requests requête requete requêtes demande demandes solicitud solicitudes solicitação solicitações requisição requisições pedido pedidos verzoek verzoeken aanvraag aanvragen 请求",
    ),
    (
        RESPONSE,
        "response responses réponse réponses respuesta respuestas resposta respostas antwoord antwoorden reactie respons responsen 响应 返回",
    ),
    (
        PARAMETER,
        "parameter parameters paramètre paramètres parámetro parámetros parâmetro parâmetros 参数",
    ),
    (
        HEADER,
        "header headers en-tête en-têtes encabezado encabezados cabecera cabeceras cabeçalho cabeçalhos koptekst 消息头",
    ),
    (BODY, "body corps cuerpo corpo 消息体"),
    (STATUS, "status statut état estado"),
    (CODE, "code codes código códigos 代码"),
    (
        ERROR,
        "error errors erreur erreurs errores erro erros fout fouten abnormal failure 错误 异常 处理失败",
    ),
    (NORMAL, "normal success successful 正常 成功 处理成功"),
    (
        FUNCTION,
        "function functions fonction fonctions función funciones função funções functie functies overview introduction 功能介绍 功能描述 功能说明 功能",
    ),
    (
        RETURN,
        "return returned returns retour renvoyée renvoyées retournée retournées renvoyé devuelto devueltos devueltas retornado retornados retornada geretourneerde",
    ),
    // A section of notes is one of constraints; a note in a sentence is none.
    (
        CONSTRAINT,
        "notes 接口约束 约束限制 约束与限制 约束 限制 前提条件 注意事项",
    ),
    (URI, "uri uris url"),
    (PATH, "path chemin ruta caminho pad 路径"),
    (QUERY, "query consulta 查询"),
    (SDK, "sdk sdks"),
    (
        DESCRIPTION,
        "description descriptions descripción descrição beschrijving message messages mensaje mensajes mensagem mensagens bericht structure structures data estructura datos estrutura dados structuur gegevens list lists field fields object objects information 数据结构 结构 消息 列表 字段 说明 描述 信息 对象 的 接口",
    ),
    (
        AUTHORIZATION,
        "authorization autorisation autorización autorização autorisatie permissions authorisation 授权",
    ),
    (
        DEBUGGING,
        "debugging debug débogage depuración depuração foutopsporing commissioning 调试",
    ),
    (
        CALLING,
        "calling call method methods appel méthode llamada método chamada aanroepmethode 调用方法 调用",
    ),
    (FORMAT, "format formato formaat 格式"),
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
    (
        REQUEST.and(BODY),
        "verzoektekst verzoekbody aanvraagtekst 请求体",
    ),
    (
        RESPONSE.and(BODY),
        "antwoordtekst antwoordbody reactietekst 响应体",
    ),
    (STATUS.and(CODE), "statuscode statuscodes 状态码"),
    (ERROR.and(CODE), "foutcode foutcodes 错误码"),
    (
        RETURN.and(VALUE),
        "retourwaarde retourwaarden 返回值 返回码",
    ),
    (PATH.and(PARAMETER), "padparameters"),
    (QUERY.and(PARAMETER), "queryparameters"),
    (URI.and(PARAMETER), "uri-parameters"),
    (REQUEST.and(HEADER), "请求头"),
    (RESPONSE.and(HEADER), "响应头"),
    (EXAMPLE, "示例 样例 举例"),
    (VALUE, "要素"),
];

/// Words that say nothing here.
const FILLERS: &str = "of the a an for to in and or de la le du des les et del el los las y e do da dos das van een het en d' l' info api http https on";

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
        } else if word.chars().any(lexicon::is_han) {
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

/// The Chinese words, longer ones before their parts: nothing parts them in a text.
static CHINESE: LazyLock<Vec<(Concepts, &'static str)>> = LazyLock::new(|| {
    let all = WORDS
        .iter()
        .flat_map(|(idea, words)| words.split(' ').map(|word| (*idea, word)));
    let mut out: Vec<_> = all
        .filter(|(_, word)| word.starts_with(lexicon::is_han))
        .collect();
    out.sort_by_key(|(_, word)| std::cmp::Reverse(word.len()));
    out
});

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
