//! Column headings.

use super::lexicon::{self, Word};
use super::{is_among, plain};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The name of a parameter or field.
    Name,
    /// Whether it must be given.
    Required,
    /// Its type.
    Type,
    /// What it is.
    Description,
    /// Its default.
    Default,
    /// The values it may take.
    Range,
    /// An example of it.
    Example,
    /// Where it travels: path, query, header or body.
    Place,
    /// A status code.
    Status,
    /// What a status or an error says.
    Message,
    /// An error code.
    ErrorCode,
    /// What to do about an error.
    Measures,
    /// An action of IAM.
    Action,
    /// The access level of an action.
    Access,
    /// The resource type of an action.
    Resource,
    /// The condition keys of an action.
    Condition,
    /// Other names of an action.
    Alias,
    /// Actions needed besides.
    Dependencies,
}

/// The headings, in the shape of [`plain`], without what stands in brackets.
const HEADINGS: &[(Column, &str)] = &[
    (
        Column::Name,
        "parameter|parameters|parameter name|name|field|field name|attribute|header|参数\
        |参数名|参数名称|名称|字段|字段名|字段名称|属性|paramètre|nom|nom du paramètre|champ\
        |parámetro|nombre|nombre del parámetro|nombre de parámetro|campo|parâmetro|nome\
        |nome do parâmetro|naam|parameternaam|veld|param|element",
    ),
    (
        Column::Required,
        "mandatory|mandatory or not|mandatory (yes/no)|required|required or not|optional\
        |mandatory/optional|是否必选|必选|是否必填|必填|是否必须|必须|是否为必选|必选/可选\
        |可选/必选|是否可选|obligatoire|requis|obligatorio|obligatoria|requerido|obrigatório\
        |obrigatória|necessário|verplicht|vereist|mandatary|mandantory",
    ),
    (
        Column::Type,
        "type|parameter type|data type|value type|field type|param type|类型|参数类型\
        |数据类型|字段类型|值类型|type de paramètre|type de données|type du paramètre|tipo\
        |tipo de parámetro|tipo de datos|tipo de dato|tipo de parâmetro|tipo de dados\
        |tipo do parâmetro|gegevenstype|parametertype",
    ),
    (
        Column::Description,
        "description|descriptions|parameter description|remarks|remark|note|meaning\
        |explanation|描述|说明|参数说明|参数描述|含义|备注|解释|参数解释|descripción\
        |significado|descrição|beschrijving|omschrijving|desc",
    ),
    (
        Column::Place,
        "in|location|position|parameter position|parameter location|位置|参数位置\
        |参数位置类型|emplacement|ubicación|localização|locatie",
    ),
    (
        Column::Status,
        "status code|status codes|returned value|returned values|return value\
        |http status code|return code|returned code|response code|状态码|返回值|http状态码\
        |返回码|http 状态码|响应码|code d'état|codes d'état|code de statut|code d'état http\
        |valeur renvoyée|valeurs renvoyées|valeur retournée|código de estado\
        |códigos de estado|valor devuelto|valores devueltos|código de status\
        |códigos de status|valor retornado|valores retornados|statuscode|statuscodes\
        |retourwaarde|normal status code|正常返回值",
    ),
    (
        Column::Message,
        "message|error message|error messages|status code description|错误码说明|状态码说明|消息|错误信息|提示信息|message d'erreur|mensaje\
        |mensaje de error|mensagem|mensagem de erro|foutmelding|bericht|消息内容",
    ),
    (
        Column::ErrorCode,
        "error code|error codes|code|编码|错误码|错误代码|code d'erreur|código de error|código de erro\
        |foutcode",
    ),
    (
        Column::Measures,
        "measure|measures|solution|handling measure|handling suggestion|处理措施|处理建议\
        |solución|solução|oplossing|mesure|medida",
    ),
    (
        Column::Action,
        "action|actions|permission|permissions|权限|授权项|acción|ação|actie",
    ),
    (
        Column::Access,
        "access level|访问级别|niveau d'accès|nivel de acceso|nível de acesso|toegangsniveau",
    ),
    (
        Column::Resource,
        "resource type|resource|资源类型|type de ressource|tipo de recurso|resourcetype\
        |brontype",
    ),
    (
        Column::Condition,
        "condition key|condition keys|条件键|clé de condition|clave de condición\
        |chave de condição|conditiesleutel|voorwaardesleutel",
    ),
    (Column::Alias, "alias|aliases|别名"),
    (
        Column::Dependencies,
        "dependencies|dependency|dependent action|依赖的授权项|依赖授权项|dépendances\
        |dependencias|dependências|afhankelijkheden",
    ),
];

/// The role of a column by its heading, in any of the languages; `None` for words it does not know.
#[must_use]
pub fn column(heading: &str) -> Option<Column> {
    let heading = plain(heading);
    let look = |word: &str| {
        HEADINGS
            .iter()
            .find(|(_, words)| is_among(words, word))
            .map(|(column, _)| *column)
            .or_else(|| {
                Some(match lexicon::meaning(word)? {
                    Word::Default => Column::Default,
                    Word::Range | Word::Options | Word::Value | Word::Constraints => Column::Range,
                    Word::Example => Column::Example,
                    _ => return None,
                })
            })
    };
    look(&heading).or_else(|| {
        let (before, _) = heading.split_once('(')?;
        look(before.trim())
    })
}
