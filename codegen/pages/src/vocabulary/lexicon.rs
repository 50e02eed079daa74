//! The words pages are put together from: what they mean, in every language.
//!
//! One table for sentences, one for what stands by itself or is looked for in a line, one for the
//! headings of columns, one for types, one for headings and captions; readers ask for the meaning of a
//! word and never for the word. A meaning is a part of a sentence ("at most", "characters", "for
//! example"), not a statement: the statements are put together by the readers.

use std::sync::LazyLock;

use super::lookup::{Meaning, Table, Words};

/// Meanings with the words for each, so that a meaning is named where its words stand.
macro_rules! lexicon {
    ($(#[$about:meta])* $kind:ident: $($(#[$doc:meta])* $word:ident: [$($words:literal),*],)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum $kind { $($(#[$doc])* $word),* }

        impl Meaning for $kind {
            const TABLE: &'static [(Self, Words)] = &[$((Self::$word, &[$($words),*])),*];

            fn table() -> &'static Table<Self> {
                static TABLE: LazyLock<Table<$kind>> = LazyLock::new(Table::new);
                &TABLE
            }

            fn place(self) -> usize {
                self as usize
            }
        }
    };
}

// English, Chinese, French, Spanish, Portuguese, Dutch, German. Longer groups of words win over
// shorter ones, whatever the order.
lexicon! {
    /// What a word or a fixed group of words means.
    Word:
    /// "value": what a field holds.
    Value: ["value|values|parameter value|enumeration|enum|enums", "值|取值|枚举|参数值|取值意义|取值含义|字段值", "valeur|valeurs", "valor|valores", "", "waarde|waarden", "wert|werte"],
    /// "options", "possible values": values follow.
    Options: ["option|options|value options|possible value|possible values|valid value|valid values|available value|available values\
         |enumerated value|enumerated values|enumeration value|enumeration values|enum value|enum values|allowed value\
         |allowed values|supported value|supported values|available options|possible options|supported options|valid options",
        "枚举值|可选值|有效值|可取值|可选取值|可选项|选项|可选范围|允许值|合法值|枚举类型|枚举取值|支持的取值|可能的值|可能取值|可选的值|可选枚举值|支持类型|类型包括|选值|允许范围",
        "valeurs possibles|valeur d'énumération|valeurs d'énumération|valeurs énumérées|options",
        "valores posibles|valor de enumeración|valores de enumeración|valores enumerados|opciones|opción",
        "valores possíveis|valor de enumeração|valores de enumeração|opções|opção",
        "mogelijke waarden|enumeratiewaarden|opsommingswaarden|opties",
        "mögliche werte|optionen|aufzählungswerte"],
    /// "value range": values or bounds follow.
    Range: ["value range|value ranges|range|ranges|valid range", "取值范围|范围|值域|取值范围如下", "plage de valeurs|plage", "rango de valores|rango|intervalo de valores", "intervalo de valor|intervalo", "waardebereik|bereik", "wertebereich"],
    Length: ["length|lengths|long|in length", "长度|字符长度|字符数|字节数|长度范围|长度限制|字符个数", "longueur", "longitud", "comprimento|tamanho", "lengte", "länge"],
    Count: ["number of|quantity|count", "数量|个数|数目|条数", "nombre de", "número de|cantidad", "quantidade", "aantal", "anzahl"],
    Default: ["default|default value|default values|by default|defaults|defaults to",
        "默认|默认值|缺省|缺省值|默认取值|缺省取值|默认为|默认的值", "valeur par défaut|par défaut",
        "valor predeterminado|por defecto|valor por defecto|de forma predeterminada|predeterminado|predeterminada",
        "valor padrão|por padrão|padrão", "standaardwaarde|standaard", "standardwert|standardmäßig"],
    /// "definition": the label before what a field is.
    Definition: ["parameter description|definition|explanation|meaning", "参数解释|参数说明|功能说明", "définition", "definición", "definição", "definitie", "definition"],
    /// "constraints": the label before what limits it.
    Constraints: ["constraints|constraint|restrictions|restriction|prerequisites|prerequisite|precautions", "约束限制|约束|使用约束", "contraintes|contrainte|restriction|restrictions", "restricciones|restricción", "restrições|restrição", "beperkingen|beperking", "einschränkungen"],
    Example: ["for example|example|examples|example value|e.g|such as|for instance|sample|samples|eg", "例如|比如|示例|举例|如|样例|参考示例|取值样例", "par exemple|exemple|exemples|telles que",
        "por ejemplo|ejemplo|ejemplos", "por exemplo|exemplo|exemplos", "bijvoorbeeld|voorbeeld|voorbeelden", "zum beispiel|beispiel"],
    /// "is", "can be", "include": joins a field and its value.
    Is: ["is|are|can be|may be|should be|be|include|includes|is one of|can be either|is either|can have|shall be|will be",
        "为|是|有|包括|包含|分为|可以为|可以是|可为|分别为|分别是|主要有|主要包括|取值可以为|取值可以是|可取|共有|支持指定|应为|需为|等于",
        "est|sont|vaut|peut être|est de", "es|son|puede ser|es de", "é|são|pode ser|é de", "is|zijn|kan zijn", "ist|sind|kann sein"],
    /// "is set to", "defined as": joins them too, and can join nothing else.
    Set: ["is set to|are set to|set to|can be set to|may be set to|should be set to|be set to|must be set to|set it to|set the value to|set this parameter to|set this field to",
        "设置为|设为|可设置为|可以设置为|支持设置为|配置为|指定为", "est défini sur", "se establece en|está definido como", "é definido como|está definido como", "", ""],
    /// "indicates", "means": joins a value and its meaning.
    Means: ["indicates|indicate|means|mean|indicating|represents|represent|refers to|stands for|stand for|denotes|denote", "表示|代表|意为|意思是|指|即|意味着|对应|用于|状态|则表示|时表示|时|模式|方式", "indique", "indica|significa", "indica|significa", "betekent", "bedeutet"],
    Following: ["the following|as follows|following|any of the following|one of the following|either of the following|the following options are available|below|described as follows|listed as follows", "如下|以下|下列|如下所示", "suivants|suivantes", "siguientes", "seguintes", "volgende", "folgende"],
    OneOf: ["one of|either|any of|either of", "之一|其中之一|任意一种", "l'une des", "uno de", "um de", "een van", "eine von"],
    Only: ["only", "仅|只|只能|仅能|仅限|只有|限定为|只能取|只能取值|只能填|只能填写|仅支持填写|只支持填写", "uniquement|seulement", "solo|únicamente", "apenas|somente", "alleen", "nur"],
    /// "fixed", "always", "must be": one value and no other.
    Fixed: ["fixed|always|must be|is fixed to|is fixed at|fixed at|fixed to|must be either|is always|has a fixed value of|the fixed value is", "固定|必须为|必须是|须为|总为|总是|恒为|固定填", "doit être|toujours", "debe ser|siempre|fijo", "deve ser|sempre", "moet zijn|altijd", "muss sein|immer"],
    Supported: ["supported|supports|support|possible|available|allowed|valid|currently|can be used|may be used", "支持|支持的|可用|允许|目前|当前|暂|可选|可以选择|可选择", "pris en charge", "admite|compatible", "suportado|suporta", "ondersteund", "unterstützt"],
    Contain: ["contain|contains|consist of|consists of|consisting of|have|has|containing|a string of|string of", "由|组成|输入|含有|允许输入", "contient", "contiene|consta de", "contém", "bevat", "enthält"],
    /// "generally": said of most values, and not of all.
    Usually: ["generally|usually|typically|normally|commonly|commonly used", "一般|通常|常用", "généralement", "generalmente|normalmente", "geralmente|normalmente", "meestal|gewoonlijk", "normalerweise|üblicherweise"],
    Not: ["not|cannot|can't|never|no|isn't|without|doesn't|must not|neither|nor", "不|不能|不可|不得|未|没有|无|禁止|不允许|不支持|不会|不是|尚未|非|不要|不可以|不应|不为|不包含", "non|pas|ne", "no", "não", "niet", "nicht"],
    Must: ["must|required|require|requires|rule|rules|requirement|requirements|comply|conform|shall|complexity|meet", "必须|要求|规则|需|需要|须|应|复杂度|满足|符合", "doit", "debe", "deve", "moet", "muss"],
    AtMost: ["a maximum of|at most|up to|less than or equal to|max|smaller than or equal to|at maximum",
        "最多|最长|最大|最大值|小于等于|小于或等于|上限|≤|<=|＜=|最高|最多添加|最多创建",
        "maximum de|au maximum|au plus|jusqu'à|ne peut pas dépasser|ne doit pas dépasser", "máximo de|como máximo|hasta|no puede superar|no puede exceder", "máximo de|no máximo|até|não pode exceder", "maximaal|ten hoogste|niet langer dan|hoogstens", "höchstens|maximal"],
    AtLeast: ["at least|a minimum of|greater than or equal to|larger than or equal to|min",
        "至少|大于等于|大于或等于|最少|最短|最小|最小值|≥|>=|最低",
        "au moins|minimum de|au minimum", "al menos|por lo menos|como mínimo|mínimo de", "pelo menos|no mínimo|mínimo de", "ten minste|minstens|minimaal", "mindestens"],
    Less: ["less than|smaller than|shorter than|fewer than|lower than", "小于|少于|低于|<|＜", "inférieur à", "menor que|menor de", "menor que", "kleiner dan|minder dan", "kleiner als|weniger als"],
    Greater: ["greater than|more than|larger than|longer than|exceeds|exceed", "大于|多于|超过|高于|>|＞", "supérieur à", "mayor que|más de", "maior que|mais de", "groter dan|meer dan", "größer als|mehr als"],
    /// "maximum" before what it is of.
    Maximum: ["maximum|max|the maximum|longest|largest", "", "maximale|maximal|maximum", "máximo|máxima", "máximo|máxima", "maximale|maximum", "maximale"],
    Minimum: ["minimum|min|the minimum|shortest|smallest", "", "minimale|minimal|minimum", "mínimo|mínima", "mínimo|mínima", "minimale|minimum", "minimale"],
    /// Behind a number, that it is the greatest: "以内".
    Within: ["or less|or fewer|or shorter|in length at most", "以内|及以内|或以下|及以下", "", "", "", "", ""],
    From: ["from|between|ranges from|ranging from|range from|in the range of|ranges between|varies from|within|in the range", "从|在|介于|区间", "de|entre", "de|entre|desde", "de|entre", "van|tussen", "von|zwischen"],
    To: ["to|through|till|until|up", "到|至", "à|a", "a|hasta", "a|até", "tot|t/m", "bis"],
    And: ["and", "和|与|及|以及|并|且", "et", "y|e", "e", "en", "und"],
    Or: ["or", "或|或者|或是|还是|或者是|或为", "ou", "o|u", "ou", "", "oder"],
    Characters: ["character|characters|char|chars|byte|bytes|unicode characters|unicode character|letters long", "字符|个字符|字节|个字节|位|个英文字符|英文字符|个unicode字符|位字符|个字|个中文字符|字以内|位数字|字符串",
        "caractère|caractères|octets", "carácter|caracteres|bytes", "caractere|caracteres", "teken|tekens", "zeichen"],
    /// "seconds", "GB", and what else can be counted without changing the bounds of a number.
    Unit: ["gb|mb|kb|tb|mb/s|kb/s|gb/s|gib|mib|kib|tib|second|seconds|s|ms|millisecond|milliseconds|minute|minutes|min|hour|hours|h|day|days|d|month|months|year|years|week|weeks|mbit/s|kbit/s|gbit/s|mbps|bit/s|percent|%|iops|vcpus|vcpu|cpus|px|tps|qps|times|unit|units|pixels|kbps|hz",
        "秒|分钟|小时|天|个月|月|年|周|次|毫秒|个|条|台|层|级|块|路|兆|元|端口|分|百分比|核|份|页|张|名|组|项|对|件|人|微秒|像素|位数|个数字",
        "secondes|minutes|heures|jours|go|mo", "segundos|minutos|horas|días", "dias", "seconden|minuten|uren|dagen", "sekunden|stunden|tage"],
    Scale: ["k|m|g|hundred|thousand|million|billion|trillion", "十|百|千|万|亿", "mille|million", "mil|millones", "mil|milhões", "duizend|miljoen", "tausend|million"],
    Inclusive: ["inclusive|included|including both ends", "含|闭区间|均包含|包含两端", "inclus|incluse", "inclusive|incluido", "inclusive|incluído", "inclusief", "einschließlich"],
    Exclusive: ["exclusive|excluded|not included|not inclusive", "不含|不包含|不包括|开区间", "exclus", "excluido", "excluído", "exclusief", "ausschließlich"],
    /// "exactly", before a number: no less and no more.
    Exactly: ["exactly|precisely", "正好|恰好", "exactement", "exactamente", "exatamente", "precies|exact", "genau"],
    Except: ["except|excluding|other than|except for|excludes", "除外|除了|除", "sauf|à l'exception", "excepto|salvo", "exceto", "behalve", "außer"],
    /// "if", "when": a case.
    If: ["if|when|unless|otherwise|in case|in other cases|in this case|in that case|in such a case|before|since|after|until|depending|depends|conditional|conditionally|in v1|in v2|where",
        "如果|若|当|否则|以前|之前|之后|此时|这时|这种情况|对于|当前版本|情况下|场景下|场景|条件必选|有条件|如果是", "si|lorsque|quand|pour", "si|cuando|para", "se|quando|para", "als|wanneer|voor", "wenn|falls|für"],
    /// "for", a case at the beginning of a clause only.
    For: ["for|in|on", "针对", "", "", "", "", ""],
    Given: ["specified|configured|given|passed|entered|used|not empty|not null|not left blank|sufficient|enough", "指定|传入|携带|填写|非空|不为空|足够", "spécifié|indiqué", "especificado|indicado", "especificado|informado", "opgegeven", "angegeben"],
    Omitted: ["not specified|not set|not given|not passed|not configured|not carried|not included|not provided|not transferred|not contained|not used|not defined|not entered|left blank|left out|left empty|unspecified|omitted|not be specified|does not exist|does not carry|does not contain|none is given|no value|is left blank|is not specified|no parameter|not filled|not transmitted|not be set|not been set|not delivered|not carried in",
        "不传|未传|不填|未填|未指定|不指定|不设置|未设置|不携带|未携带|为空|没有|不带|不传入|不填写|未填写|不配置|未配置|不输入|不填时|不传时|未传入|留空|缺失|为空时|不选|未选择|不传递", "non spécifié", "no se especifica|no se indica", "não for especificado|não especificado", "niet opgegeven|niet ingevuld", "nicht angegeben"],
    Empty: ["empty|blank|empty string|an empty string|empty character string|an empty character string|null string|a null string|left empty", "空|空字符串|空串|空值", "vide", "vacío|vacía", "vazio|vazia", "leeg", "leer"],
    Null: ["null|nil", "null", "nul|nulle", "nulo|nula", "", "", ""],
    Negative: ["negative|negative number|negative numbers|negative integer|negative value", "负数|负值|负整数|为负", "négatif|négative", "negativo|negativa", "negativo|negativa", "negatief", "negativ"],
    Natural: ["non-negative|nonnegative|natural number", "非负|非负整数|非负数|自然数", "", "no negativo", "não negativo", "niet-negatief", "nicht negativ"],
    Positive: ["positive integer|positive integers|positive number|positive whole number", "正整数|正数", "entier positif|nombre positif", "entero positivo|número positivo", "inteiro positivo|número positivo", "positief geheel getal|positief getal", "positive ganze zahl|positive zahl"],
    /// "etc", "and so on".
    Open: ["etc|and so on|so on|and so forth|and others|others|...|…|and more", "等|等等|等值", "etc", "etcétera|etc", "etc", "enz|enzovoort", "usw"],
    /// "letters", "digits": kinds of characters, never values.
    Signs: ["letter|letters|digit|digits|numbers|underscore|underscores|hyphen|hyphens|asterisk|asterisks|slash|slashes|backslash|backslashes|semicolons|brackets|quotation marks|period|periods|dots|spaces|space|symbols|commas|comma|semicolon|colon|quotation mark|double quotation mark|single quotation mark|double quotation marks|single quotation marks|vertical bar|dashes|strings|integers|uppercase letters|lowercase letters|colons|integer|uuid|chinese characters|string|number|json|timestamp|utc|array|object|uppercase|lowercase|alphanumeric",
        "字母|数字|下划线|中划线|连字符|点号|空格|中文|汉字|大写字母|小写字母|英文字母|英文|大小写字母|整数|标点|短横线|斜杠|冒号|逗号|分号|句号|引号|双引号|单引号|竖线|正则表达式|正则", "lettres|chiffres", "letras|dígitos|números", "letras|dígitos", "letters|cijfers", "buchstaben|ziffern"],
    Specials: ["special character|special characters|symbols", "特殊字符|特殊符号|符号", "caractères spéciaux", "caracteres especiales", "caracteres especiais", "speciale tekens", "sonderzeichen"],
    /// "kinds", "types", where they are counted.
    Kinds: ["types|type|kinds|kind|categories|category|classes|character types|types of|different types|of the following|sorts|of the following types|of the following character types", "种|类|种类|类型|两种|三种|两类|三类|四种", "types|sortes", "tipos", "tipos", "soorten|tekentypen", "arten|typen|zeichentypen|zeichenarten"],
    See: ["see|refer to|for details|for more|see the", "参见|参考|参阅|详见|详情|请参见|请参考|请参阅|见|查看|具体请参见|获取方法|详细", "voir|pour plus", "consulte|para más", "consulte|para obter", "zie", "siehe"],
    /// "note", "rules": what a list about something else is announced with.
    Note: ["note|notes|notice|caution|warning|rule|requirement|requirements|naming rule|unit",
        "说明|注意|注|备注|提示|单位|举例说明|注意事项", "remarque", "nota", "observação", "opmerking", "hinweis"],
    /// "format": of a value that is put together from parts.
    Format: ["format|formats", "格式|格式为", "format", "formato", "formato", "formaat|indeling", "format"],
    /// "separated by commas": of a text that holds several values.
    Separated: ["separated by|separated with|separate them with|comma-separated|separated from each other", "隔开|分隔|分隔开|分割|间隔开", "séparés par|séparées par|séparé par", "separados por|separadas por|separado por", "separados por|separadas por|separado por", "gescheiden door|gescheiden met", "getrennt durch|getrennt"],
    /// Systems and engines, which head lists of rules as often as they are values.
    System: ["linux|windows|mysql|postgresql|redis|memcached|request|response|id|http|https|oracle|centos|ubuntu", "", "", "", "", "", ""],
    Each: ["each|every|per|single", "每|每个|每条|单个|每项|每一", "chaque", "cada", "cada", "elk|elke", "jede|jeder"],
    Key: ["key|keys", "键|key|标签键", "clé", "clave", "chave", "sleutel", "schlüssel"],
    Total: ["total|sum of|sum|together|in total", "总|总和|之和|总数|合计|总共|一共", "total", "total", "total", "totaal", "gesamt"],
    /// "which", "respectively": the list ends, and something is said of it.
    Which: ["which|respectively|corresponding|where|that|with|while|whose|case-insensitive|case-sensitive|is case-sensitive", "其中|不区分大小写|区分大小写|分别表示|分别代表|分别对应|大小写敏感", "qui|respectivement", "que|respectivamente", "que|respectivamente", "die|respectievelijk", "die"],
    Deprecated: ["deprecated|discarded|obsolete|abandoned|discontinued|no longer used|no longer supported|being deprecated|is deprecated", "废弃|已弃用|弃用|已废弃|即将废弃|作废|已下线", "obsolète", "obsoleto|en desuso|desuso|obsoleta|descartado", "descontinuado|obsoleto|deprecado", "verouderd", "veraltet"],
    Itself: ["this parameter|this field|this attribute|the parameter|the field|it", "该字段|该参数|此字段|此参数|本参数|本字段|字段|参数|该属性", "ce paramètre|ce champ|le paramètre", "este parámetro|este campo|el parámetro", "este parâmetro|este campo|o parâmetro", "deze parameter|dit veld", "dieser parameter|dieses feld"],
    /// "fields", "items", "API", "replaces": something else than this field, which what is said is about.
    Another: ["replaces|replace|replaced|instead of|api|apis|fields|parameters|attributes|headers|item|items|member|members|version|versions", "替代|取代|替换|接口", "remplace", "reemplaza", "substitui", "vervangt", "ersetzt"],
    Returned: ["returned|return|returns|displayed|shown|listed|queried", "返回|显示|展示", "renvoyé|renvoyée", "devuelto|devuelve", "retornado|retorna", "geretourneerd", "zurückgegeben"],
    /// "takes effect": what a case is told for, and not another value.
    Effect: ["takes effect|take effect|is valid|is valid only|is available only|is used only|works", "生效|参数有效|才有效", "", "", "", "", ""],
    UserName: ["username|user name|usernames|account name|the username", "用户名|帐号|账号|帐户名|账户名|用户名称", "nom d'utilisateur", "nombre de usuario", "nome de usuário|nome do usuário", "gebruikersnaam", "benutzername"],
    Reversed: ["reverse|reversed|backward|backwards|spelled backwards|in reverse order|inverted", "逆序|倒序|反序|倒写|倒置", "inversé|à l'envers", "invertido|al revés|inverso", "invertido|ao contrário|inverso", "omgekeerd|achterstevoren", "rückwärts|umgekehrt"],
    OldPassword: ["previous password|historical passwords|historical|old password|current password|original password|the old one|last passwords|previous passwords|recent passwords", "历史密码|旧密码|原密码|当前密码|原始密码|最近", "ancien mot de passe|anciens mots de passe|mots de passe précédents", "contraseña anterior|contraseñas anteriores|contraseñas históricas", "senha anterior|senha antiga|senhas anteriores|senhas antigas|senhas históricas", "oude wachtwoord|oude wachtwoorden|vorige wachtwoord|vorige wachtwoorden", "altes passwort|alte passwörter|frühere passwörter"],
    WeakPassword: ["weak password|weak passwords|weak", "弱密码|弱口令", "mot de passe faible", "contraseña débil|contraseñas débiles", "senha fraca|senhas fracas", "zwak wachtwoord|zwakke wachtwoorden", "schwaches passwort"],
    Two: ["two", "二|两", "deux", "dos", "dois|duas", "twee", "zwei"],
    Three: ["three", "三", "trois", "tres", "três", "drie", "drei"],
    Four: ["four", "四", "quatre", "cuatro", "quatro", "vier", "vier"],
    /// Longer words that begin like, or hold, one of the others and have nothing to do with it.
    Plain: ["", "是否必须|是否必选|是否必填|是否需要|是否要求|华为|实例|案例|比例|范例|如需|如有|如同|诸如|假如|等级|等待|等同于|平等|高等|应用|供应|适应|响应|反应|需求|节点|地点|端点|站点|定位|位置|分类|种类别|类别|类似|时间|小时制|实时|定时|及时|时长|时区|如何|指标|指向|指纹|阈值|价值|数值|峰值|均值|主从|从库|含义|到期|达到|到达|即将|注册|备注|关注|标注|未来|有效|所有|有无|具有|拥有|已有|有关|行为|认为|成为|作为|称为|变为|是否|非对称|非法|不同|不可用|其中|范围内|规则类|规则类型|规则状态|规则名称|规则类别|规则组|参数名|参数名称|参数类型|见解|意见|常见|可见|条件|见证|类型的|位于|单位的|在线|存在|现在|在此|说明书|任务|支持度|版本号|版本|值班|值守|期间|以上|通过|经过|超时|名单|人员|人工|个人|年龄|月份|日期|周期|周期性|组织|组件|分组|小组|对象|对等|项目|选项卡|条目|台账|核心|审核|文件|软件|硬件|邮件|事件|固件|次数|首次|本次|层级|级别|升级|高级|低级|中级|集群|块存储|云硬盘|元数据|单元|端口|路由|线路|路径|网路|兆字节|分析|分布|部分|分支|分配|分区|分片|分钟数|含税|包含关系|含量|且仅|并且|并发|合并|并行|及其|与否|和平|缓和|没收", "", "", "", "", ""],
    /// Words that say nothing by themselves.
    Filler: ["the|a|an|of|this|its|to be|one|following values|as|by|on", "的|于|之间|了|可|可以|能|会|后|将|具体|共|种|几种|任意|也|都|均", "la|le|les|l'|un|une", "el|los|las|la", "o|os|as", "het|een", "der|das|den"],
}

lexicon! {
    /// What a column holds, by its heading in the shape of [`super::plain`], without what stands in
    /// brackets; what sentences say too is looked up there.
    Column:
    Name: ["parameter|parameters|parameter name|name|field|field name|attribute|header|参数|参数名|参数名称|名称|字段|字段名|字段名称|属性|paramètre|nom|nom du paramètre|champ|parámetro|nombre|nombre del parámetro|nombre de parámetro|campo|parâmetro|nome|nome do parâmetro|naam|parameternaam|veld|param|element"],
    Required: ["mandatory|mandatory or not|mandatory (yes/no)|required|required or not|optional|mandatory/optional|是否必选|必选|是否必填|必填|是否必须|必须|是否为必选|必选/可选|可选/必选|是否可选|obligatoire|requis|obligatorio|obligatoria|requerido|obrigatório|obrigatória|necessário|verplicht|vereist|mandatary|mandantory"],
    Type: ["type|parameter type|data type|value type|field type|param type|类型|参数类型|数据类型|字段类型|值类型|type de paramètre|type de données|type du paramètre|tipo|tipo de parámetro|tipo de datos|tipo de dato|tipo de parâmetro|tipo de dados|tipo do parâmetro|gegevenstype|parametertype"],
    Description: ["description|descriptions|parameter description|remarks|remark|note|meaning|explanation|描述|说明|参数说明|参数描述|含义|备注|解释|参数解释|descripción|significado|descrição|beschrijving|omschrijving|desc"],
    Default: [],
    Range: [],
    Example: [],
    Place: ["in|location|position|parameter position|parameter location|位置|参数位置|参数位置类型|emplacement|ubicación|localização|locatie"],
    Status: ["status code|status codes|returned value|returned values|return value|http status code|return code|returned code|response code|状态码|返回值|http状态码|返回码|http 状态码|响应码|code d'état|codes d'état|code de statut|code d'état http|valeur renvoyée|valeurs renvoyées|valeur retournée|código de estado|códigos de estado|valor devuelto|valores devueltos|código de status|códigos de status|valor retornado|valores retornados|statuscode|statuscodes|retourwaarde|normal status code|正常返回值"],
    Message: ["message|error message|error messages|status code description|错误码说明|状态码说明|消息|错误信息|提示信息|message d'erreur|mensaje|mensaje de error|mensagem|mensagem de erro|foutmelding|bericht|消息内容"],
    ErrorCode: ["error code|error codes|code|编码|错误码|错误代码|code d'erreur|código de error|código de erro|foutcode"],
    Measures: ["measure|measures|solution|handling measure|handling suggestion|处理措施|处理建议|solución|solução|oplossing|mesure|medida"],
    Action: ["action|actions|permission|permissions|权限|授权项|acción|ação|actie"],
    Access: ["access level|访问级别|niveau d'accès|nivel de acceso|nível de acesso|toegangsniveau"],
    Resource: ["resource type|resource|资源类型|type de ressource|tipo de recurso|resourcetype|brontype"],
    Condition: ["condition key|condition keys|条件键|clé de condition|clave de condición|chave de condição|conditiesleutel|voorwaardesleutel"],
    Alias: ["alias|aliases|别名"],
    /// The two parts of a route, also as labels where each has a line of its own.
    Method: ["method|request method|请求方法|方法"],
    Address: ["path|uri|url", "路径"],
    Dependencies: ["dependencies|dependency|dependent action|依赖的授权项|依赖授权项|dépendances|dependencias|dependências|afhankelijkheden"],
}

lexicon! {
    /// What stands in a cell by itself, and what is looked for in a line.
    Term:
    Yes: ["yes|y|true|mandatory|required|m", "是|必选|必填|必须", "oui|obligatoire|requis", "sí|si|obligatorio|obligatoria", "sim|obrigatório|obrigatória", "ja|verplicht|vereist"],
    No: ["no|n|false|optional|o", "否|可选|选填", "non|facultatif|optionnel", "opcional", "não|nao", "nee|neen|optioneel"],
    /// Answers as sentences have them, which are no name and no mark.
    SpokenAnswer: ["Yes|No", "是|否", "Oui|Non", "", "Sim", "Ja|Nee"],
    /// Answers that can be names as well.
    NamelikeAnswer: ["m|o|y|n|required|optional|mandatory"],
    /// Nothing is here.
    Nothing: ["none|n/a|na|null|nil|not involved|not applicable|-|--|–|—|/", "无|不涉及|不适用|无请求参数|无响应参数", "aucun|aucune|néant|sans objet", "ninguno|ninguna|no hay|nada|no disponible", "nenhum|nenhuma|não há", "geen|n.v.t"],
    /// The reader of the page gives the name: "user-defined key", in two parts.
    OfUser: ["user-defined|user customized|user-customized|user customization|custom|additional", "自定义"],
    AnyKey: ["key|keys|pair|pairs|key-value|field|fields|user customized|user-customized|user customization", "键|字段|自定义"],
    /// What a regular expression stands behind.
    Pattern: ["regular expression|regexp|regex", "正则表达式|正则匹配|正则", "expression régulière|expression rationnelle", "expresión regular", "expressão regular", "reguliere expressie", "regulärer ausdruck|regulären ausdruck"],
    /// Types as cells have them most often, which are no names when written so.
    WrittenType: ["String|Integer|Int|Boolean|Long|Float|Double|Object|Array"],
    /// What is done with a thing, where the form of the word does not tell.
    Done: ["reset|set|changed|used|restarted|deleted|removed|created|restored|updated|modified|cleared|queried|returned|applied|kept|chosen|taken|sent|put"],
    /// The one special character that is named and not shown.
    Space: ["space|spaces", "空格", "espace|espaces", "espacio|espacios", "espaço|espaços", "spatie|spaties", "leerzeichen"],
    /// What joins the word for a list and its items, and what names of structures end with.
    Of: ["of", "", "de|des|d'", "de", "de"],
    EndOfType: ["object|objects|array|arrays|structure|dictionary|list", "数组|对象|列表|结构体|结构|数据类型"],
    /// How names of keys and tokens end.
    EndOfSecret: ["privatekey|secretkey|secretaccesskey|securitytoken|xauthtoken|accesstoken|authtoken|clientsecret|securekey|secret"],
    EndOfPassword: ["password|passwd|pwd|adminpass|passphrase|rootpass|userpass"],
    /// In front of passwords, those of before: "the last five passwords".
    Recent: ["last|latest|recent|previous|earlier"],
    /// How names begin that only tell something of a password.
    AboutPassword: ["ischeck|isreset|no|has|check|enable|need"],
    /// The label of the first part of a description. "parameter description" by itself, which sentences
    /// have for it too, heads a column or a section.
    PartLabel: ["definition|explanation|meaning", "参数解释", "définition", "definición", "definição", "definitie"],
    /// "By default", not "the default"; and words that tell of a default and are none.
    ByDefault: ["by default", "", "par défaut", "por defecto|de forma predeterminada", "por padrão", "standaard", "standardmäßig"],
    OfDefault: ["everything|that|set|left|determined|same|unlimited|used|inherited|automatically|generated|randomly"],
    /// What a status stands behind, in sentences as well.
    StatusLabel: ["status code|status codes|response code|return code|http code|http/1.1|http/1.0|http/2", "状态码|返回码|响应码", "code d'état|code de statut", "código de estado", "código de status", "statuscode"],
    /// What it stands behind only where nothing else is said.
    BareStatusLabel: ["http status code|returned value|status", "http状态码|http 状态码|返回值|成功", "", "estado"],
    /// What an action of IAM may do.
    AccessLevel: ["read|write|list|tagging|permission_management|permission management|permissions management"],
    /// "Table" in front of a number, and how sentences about a table go on.
    Table: ["table", "表|表格", "tableau", "tabla", "tabela", "tabel"],
    Shows: ["describes|lists|shows|describe", "所示", "décrit|présente", "lista|enumera|descreve|muestra", "descreve", "beschrijft"],
    /// What the words below every page begin with, as written.
    Footer: ["Feedback|Was this page helpful|Last Article|Next Article|Previous topic|Next topic|Parent topic|Parent Topic|Previous Article|Did this article|Copyright|©|Related Documents", "父主题|上一篇|下一篇|意见反馈|相关文档", "Commentaires"],
    /// What stands before the unit of a field.
    UnitLabel: ["unit", "单位|时间单位", "unité", "unidad", "unidade", "eenheid", "einheit"],
    /// What stands before the day on which a page was published.
    Published: ["updated on|last updated on|last updated|updated|published on|published|released on", "更新时间|更新于|发布时间|发布于|最近更新|修改时间", "mis à jour le|dernière mise à jour", "actualizado el|última actualización", "atualizado em|última atualização", "bijgewerkt op|laatst bijgewerkt", "aktualisiert am|zuletzt aktualisiert"],
    /// Where a sentence about a type goes on to where its fields are, as written.
    ForDetails: ["For details", "请参"],
    RequestHeader: ["request header|request headers|http header|http headers", "请求头|请求消息头"],
    ResponseHeader: ["response header|response headers", "响应头|响应消息头"],
    /// What a sentence asks with for something.
    Demands: ["add|use|using|specify|set|include|contain|carry|must|required|mandatory", "必须|需|添加|携带|指定|设置|使用"],
    /// What stands between two request lines on one line; longer words first.
    BetweenRoutes: [" or | and |,|;", "或者|或|和|、"],
    /// Remarks that are no part of a path though nothing parts them from it.
    RouteRemark: ["deprecated|discarded|obsolete|recommended|old|new"],
    /// The work goes on after the response.
    Asynchronous: ["asynchronous api|asynchronous apis|apis asynchronously|asynchronous interface|is asynchronous", "异步接口", "interface asynchrone", "api asíncrona", "api assíncrona"],
    /// "this API", in sentences about it.
    ThisApi: ["this api|this interface|the api|the apis on this page|the api on this page|apis on this page", "本接口|该接口|此接口|当前接口|该api|此api|本api|当前api|当前页面api|本页面api|本页api", "cette api", "esta api", "", "deze api", "diese api|diese schnittstelle"],
    Api: ["api|apis|interface", "接口|的接口"],
    /// What before "this API" makes another thing the subject: "of this API", "by the API".
    OfAnother: ["of|in|by|from|with|for|than|calling|use|using", "的|用|为"],
    /// The end of an API, where a sentence says it of "this API".
    Ending: ["will be unavailable|be offline|brought offline|taken offline|discontinued|removed|retired|phased out|out-of-date|out of date|not recommended|no longer maintained|no longer be maintained|not be maintained|of an earlier version|an earlier version|a historical version|of a historical version|no longer recommended|no longer available|no longer provided",
        "下线|停止服务|停止维护|不再维护|不再提供|不推荐使用|过时|为历史版本|是历史版本|属于历史版本|为旧版本|是旧版本|为老版本|是老版本",
        "dépréciée|supprimée|retirée|abandonnée|mise hors service|plus recommandée|plus maintenue|plus disponible|plus prise en charge",
        "dará de baja|dada de baja|descartada|eliminada|retirada|descontinuada|obsoleta|ya no se recomienda|ya no está disponible|dejará de estar disponible",
        "desativada|descontinuada|removida|retirada|não é mais recomendada|não está mais disponível|deixará de estar disponível",
        "verwijderd|uitgefaseerd|niet meer ondersteund|niet meer aanbevolen|niet meer beschikbaar",
        "eingestellt|entfernt|abgekündigt|nicht mehr unterstützt|nicht mehr empfohlen|nicht mehr verfügbar"],
    /// What goes on about some uses of an API, of which alone it is the end.
    OfSome: ["for|from|if|when|unless|while|to|with", "", "si|quand|lorsque|pour", "si|cuando|para", "se|quando|para", "als|voor|wanneer", "wenn|falls|für"],
    /// What may stand between the subject and the words for the end.
    BeforeEnding: ["become|becomes|is|are|has|have|been|was|will|may|be|being|soon|now|already|about|to|and|going|gradually|currently|an|a|marked|as|in|the|future|(|,|\"|“|*|'", "已经|已|即将|将|未来|今后|可能|逐步|逐渐|现|目前|当前|为|被|是|后续|会|将会|现已|于|近期|计划|自|从|起|后|之后", "est|sera|a|été|n'est|bientôt|devenue", "está|ha|sido|se|encuentra|en|será|quedado", "foi|está|será|é|tornou-se", "is|wordt|worden|zal|binnenkort", "ist|wird|wurde|bald|demnächst"],
    /// Who discards something is not discarded.
    Passive: ["is|are|been|be|was|become|becomes|(", "", "est|sera|été|n'est", "está|sido|se|será|estar|quedado", "foi|está|será|é|estar|tornou-se", "is|wordt|worden", "ist|wird|wurde"],
}

lexicon! {
    /// A unit of time, or of an amount of data.
    Unit:
    Second: ["s|sec|second|seconds", "秒|秒钟", "seconde|secondes", "segundo|segundos", "segundo|segundos", "seconde|seconden", "sekunde|sekunden"],
    Minute: ["min|minute|minutes", "分钟", "", "minuto|minutos", "minuto|minutos", "minuut|minuten", "minute|minuten"],
    Hour: ["h|hour|hours", "小时", "heure|heures", "hora|horas", "hora|horas", "uur|uren", "stunde|stunden"],
    Day: ["d|day|days", "天|日", "jour|jours", "día|días", "dia|dias", "dag|dagen", "tag|tage"],
    Kilobyte: ["kb|kib"],
    Megabyte: ["mb|mib"],
    Gigabyte: ["gb|gib"],
    Terabyte: ["tb|tib"],
}

lexicon! {
    /// A kind of characters that a password is put together from.
    Class:
    Lower: ["lowercase|lower case|lower-case|small letters", "小写", "minuscules|minuscule", "minúsculas|minúscula", "minúsculas|minúscula", "kleine letters|kleine letter", "kleinbuchstaben|kleinbuchstabe"],
    Upper: ["uppercase|upper case|upper-case|upper-|upper|capital|capitals", "大写|大小写", "majuscules|majuscule", "mayúsculas|mayúscula", "maiúsculas|maiúscula", "hoofdletters|hoofdletter", "großbuchstaben|großbuchstabe"],
    Letter: ["letters|letter", "字母", "lettres|lettre", "letras|letra", "letras|letra", "letters|letter", "buchstaben|buchstabe"],
    Digit: ["digits|digit|numbers|numerals", "数字", "chiffres|chiffre", "números|dígitos|dígito", "números|dígitos|dígito", "cijfers|cijfer", "ziffern|ziffer|zahlen"],
    Special: ["special characters|special character|symbols|punctuation", "特殊字符|符号|标点", "caractères spéciaux|caractère spécial|ponctuation", "caracteres especiales|carácter especial|puntuación", "caracteres especiais|caractere especial|pontuação", "speciale tekens|speciaal teken|leestekens", "sonderzeichen|satzzeichen"],
    /// That both cases are told apart, which names neither.
    Case: ["", "区分大小写|大小写敏感", "", "entre mayúsculas y minúsculas", "entre maiúsculas e minúsculas", "", ""],
}

/// A kind of types that OpenAPI knows. It has none for a text of a certain form, which is a text, for other
/// scalars, and for what may be anything.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Kind(pub(super) &'static str);

impl Meaning for Kind {
    #[rustfmt::skip]
    const TABLE: &'static [(Self, Words)] = &[
        (Kind("string"), &["string|str", "字符串", "chaîne", "cadena|cuerda", "cadeia", "tekenreeks"]),
        (Kind("integer"), &["integer|int|int32|int64|long|short", "整数|整型", "entier", "entero", "inteiro", "geheel getal"]),
        (Kind("number"), &["float|double|number|decimal|bigdecimal", "浮点数|浮点型"]),
        (Kind("boolean"), &["boolean|bool", "布尔|布尔值", "booléen", "booleano", "", "booleaans"]),
        (Kind("object"), &["object|map|dict|dictionary|json|struct|hashmap", "对象|字典|字典数据结构", "objet", "objeto"]),
        (Kind("array"), &["array|list|set|jsonarray", "数组|列表|列表数据结构", "tableau", "arreglo|matriz|lista"]),
        (Kind("text of a form"), &["char|character|date|datetime|date-time|date time|timestamp|uuid"]),
        (Kind("scalar"), &["file|binary|byte|enum", "枚举"]),
        (Kind(""), &["any|none"]),
    ];

    fn table() -> &'static Table<Self> {
        static TABLE: LazyLock<Table<Kind>> = LazyLock::new(Table::new);
        &TABLE
    }
}

/// A set of ideas that headings and captions are put together from.
pub(super) type Ideas = u32;

/// The ideas with the words for each, then the words that stand for two of them at once, or for none.
macro_rules! ideas {
    ($($name:ident = $bit:literal: $words:literal,)* $(($several:expr): $others:literal,)*) => {
        $(pub(super) const $name: Ideas = 1 << $bit;)*

        impl Meaning for Ideas {
            const TABLE: &'static [(Self, Words)] =
                &[$(($name, &[$words]),)* $(($several, &[$others])),*];

            fn table() -> &'static Table<Self> {
                static TABLE: LazyLock<Table<Ideas>> = LazyLock::new(Table::new);
                &TABLE
            }
        }
    };
}

ideas! {
    REQUEST = 0: "request|requests|requête|requete|requêtes|demande|demandes|solicitud|solicitudes|solicitação|solicitações|requisição|requisições|pedido|pedidos|verzoek|verzoeken|aanvraag|aanvragen|请求",
    RESPONSE = 1: "response|responses|réponse|réponses|respuesta|respuestas|resposta|respostas|antwoord|antwoorden|reactie|respons|responsen|响应|返回",
    EXAMPLE = 2: "示例|样例|举例",
    PARAMETER = 3: "parameter|parameters|paramètre|paramètres|parámetro|parámetros|parâmetro|parâmetros|参数",
    HEADER = 4: "header|headers|en-tête|en-têtes|encabezado|encabezados|cabecera|cabeceras|cabeçalho|cabeçalhos|koptekst|消息头",
    BODY = 5: "body|corps|cuerpo|corpo|消息体",
    STATUS = 6: "status|statut|état|estado",
    CODE = 7: "code|codes|código|códigos|代码",
    ERROR = 8: "error|errors|erreur|erreurs|errores|erro|erros|fout|fouten|abnormal|failure|错误|异常|处理失败",
    NORMAL = 9: "normal|success|successful|正常|成功|处理成功",
    FUNCTION = 10: "function|functions|fonction|fonctions|función|funciones|função|funções|functie|functies|overview|introduction|功能介绍|功能描述|功能说明|功能",
    VALUE = 11: "要素",
    RETURN = 12: "return|returned|returns|retour|renvoyée|renvoyées|retournée|retournées|renvoyé|devuelto|devueltos|devueltas|retornado|retornados|retornada|geretourneerde",
    URI = 13: "uri|uris|url",
    PATH = 14: "path|chemin|ruta|caminho|pad|路径",
    QUERY = 15: "query|querystring|consulta|查询",
    SDK = 16: "sdk|sdks",
    DESCRIPTION = 17: "description|descriptions|descripción|descrição|beschrijving|message|messages|mensaje|mensajes|mensagem|mensagens|bericht|data|datos|dados|gegevens|list|lists|object|objects|information|消息|列表|说明|描述|信息|对象|的|接口",
    AUTHORIZATION = 18: "authorization|autorisation|autorización|autorização|autorisatie|permissions|authorisation|授权",
    DEBUGGING = 19: "debugging|debug|débogage|depuración|depuração|foutopsporing|commissioning|调试",
    CALLING = 20: "calling|call|method|methods|appel|méthode|llamada|método|chamada|aanroepmethode|调用方法|调用",
    // A section of notes is one of constraints; a note in a sentence is none.
    CONSTRAINT = 21: "notes|接口约束|约束限制|约束与限制|约束|限制|前提条件|注意事项",
    FORMAT = 22: "format|formato|formaat|格式",
    FORM = 23: "form|formdata",
    STRUCTURE = 24: "structure|structures|estructura|estrutura|structuur|field|fields|数据结构|结构|字段",
    (REQUEST | EXAMPLE): "voorbeeldverzoek|voorbeeldverzoeken|voorbeeldaanvraag|voorbeeldaanvragen",
    (RESPONSE | EXAMPLE): "voorbeeldantwoord|voorbeeldantwoorden|voorbeeldreactie|voorbeeldrespons",
    (REQUEST | PARAMETER): "verzoekparameters|aanvraagparameters",
    (RESPONSE | PARAMETER): "antwoordparameters|reactieparameters|responsparameters",
    (REQUEST | BODY): "verzoektekst|verzoekbody|aanvraagtekst|请求体",
    (RESPONSE | BODY): "antwoordtekst|antwoordbody|reactietekst|响应体",
    (STATUS | CODE): "statuscode|statuscodes|状态码",
    (ERROR | CODE): "foutcode|foutcodes|错误码",
    (RETURN | VALUE): "retourwaarde|retourwaarden|返回值|返回码",
    (PATH | PARAMETER): "padparameters",
    (QUERY | PARAMETER): "queryparameters",
    (URI | PARAMETER): "uri-parameters",
    (REQUEST | HEADER): "请求头",
    (RESPONSE | HEADER): "响应头",
    // Words that say nothing in a heading.
    (0): "of|the|a|an|for|to|in|and|or|de|la|le|du|les|des|et|del|el|los|las|y|e|do|da|dos|das|van|een|het|en|info|api|http|https|on",
}
