//! What a page claims, one by one, as the score of the notation counts it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::mutations::model::{Answer, Column, Form, Lang, Page, Row, Say};

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    Route {
        method: String,
        path: String,
    },
    Alternative(String),
    Parameter {
        place: String,
        name: String,
        required: char,
        kind: String,
    },
    Field {
        status: String,
        name: String,
        kind: String,
    },
    Status(String),
    Enum(String, Vec<String>),
    Default(String, String),
    Length(String, String),
    Range(String, String),
    Password(String, String),
    Iam(String),
    Deprecated,
}

pub type Claims = BTreeSet<Claim>;

impl Claim {
    /// Whether this says no more than the other, and nothing else: its unknowns aside, it is the same.
    pub fn weaker(&self, full: &Claim) -> bool {
        let kind = |own: &str, full: &str| own == full || own == "?";
        match (self, full) {
            (
                Claim::Parameter {
                    place,
                    name,
                    required,
                    kind: k,
                },
                Claim::Parameter {
                    place: p,
                    name: n,
                    required: r,
                    kind: f,
                },
            ) => place == p && name == n && (required == r || *required == '?') && kind(k, f),
            (
                Claim::Field {
                    status,
                    name,
                    kind: k,
                },
                Claim::Field {
                    status: s,
                    name: n,
                    kind: f,
                },
            ) => {
                let unknown = if s.starts_with('2') { "?" } else { "error" };
                (status == s || status == unknown) && name == n && kind(k, f)
            }
            _ => self == full,
        }
    }
}

/// The kind of a type as written.
pub fn kind(type_: &str) -> String {
    let lower = type_.trim().to_lowercase();
    let name = lower.trim_end_matches('?');
    let kind = if name.starts_with("array") || name.starts_with("list") || name.starts_with("数组")
    {
        "array"
    } else if name.contains("object") || name.contains("dict") {
        "object"
    } else {
        match name {
            "" => "?",
            "long" | "int" | "int32" => "integer",
            "bool" => "boolean",
            "str" => "string",
            other => other,
        }
    };
    kind.to_owned()
}

/// The kind of a type in a form: a definition only knows numbers.
pub fn shown(form: Form, type_: &str) -> String {
    let kind = kind(type_);
    if form == Form::Explorer && matches!(kind.as_str(), "float" | "double") {
        "number".to_owned()
    } else {
        kind
    }
}

/// A path without a column of types is text, whether a reader says so or leaves it open.
pub fn settled(claims: Claims, page: &Page) -> Claims {
    let open = !page.path_types || !page.columns.contains(&Column::Type);
    claims
        .into_iter()
        .map(|claim| match claim {
            Claim::Parameter {
                place,
                name,
                required,
                kind,
            } if open && place == "path" && kind == "string" => Claim::Parameter {
                place,
                name,
                required,
                kind: "?".to_owned(),
            },
            other => other,
        })
        .collect()
}

/// The claims of facts in the notation.
pub fn of_notation(facts: &Value) -> Claims {
    let mut out = Claims::new();
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    if let (Some(method), Some(path)) = (facts["method"].as_str(), facts["path"].as_str()) {
        out.insert(Claim::Route {
            method: method.to_owned(),
            path: path.to_owned(),
        });
    }
    for path in facts["path_alternatives"].as_array().into_iter().flatten() {
        out.insert(Claim::Alternative(text(path)));
    }
    for place in ["path", "query", "header", "body"] {
        for said in facts[format!("{place}_params")]
            .as_array()
            .into_iter()
            .flatten()
        {
            let said = text(said);
            let mut parts = said.rsplitn(3, ':');
            let required = parts.next().and_then(|part| part.chars().next()).unwrap();
            let kind = kind(parts.next().unwrap());
            out.insert(Claim::Parameter {
                place: place.to_owned(),
                name: parts.next().unwrap().to_owned(),
                required,
                kind,
            });
        }
    }
    for (status, fields) in facts["responses"].as_object().into_iter().flatten() {
        for said in fields.as_array().into_iter().flatten() {
            let said = text(said);
            let (name, type_) = said.rsplit_once(':').unwrap();
            out.insert(Claim::Field {
                status: status.clone(),
                name: name.to_owned(),
                kind: kind(type_),
            });
        }
    }
    out.extend(
        facts["status_codes"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|status| Claim::Status(text(status))),
    );
    for (name, values) in facts["enums"].as_object().into_iter().flatten() {
        let mut values: Vec<String> = values.as_array().into_iter().flatten().map(text).collect();
        values.sort();
        out.insert(Claim::Enum(name.clone(), values));
    }
    let pairs = |key: &str| {
        facts[key]
            .as_object()
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
    };
    out.extend(
        pairs("defaults")
            .into_iter()
            .map(|(name, value)| Claim::Default(name.clone(), text(value).to_lowercase())),
    );
    out.extend(
        pairs("lengths")
            .into_iter()
            .map(|(name, value)| Claim::Length(name.clone(), value.to_string())),
    );
    out.extend(
        pairs("ranges")
            .into_iter()
            .map(|(name, value)| Claim::Range(name.clone(), value.to_string())),
    );
    for rule in ["length", "min_classes", "specials"] {
        let said = &facts["password_policy"][rule];
        if !said.is_null() {
            out.insert(Claim::Password(
                rule.to_owned(),
                if rule == "specials" {
                    sorted(&text(said))
                } else {
                    said.to_string()
                },
            ));
        }
    }
    out.extend(
        facts["iam_action"]
            .as_str()
            .map(|action| Claim::Iam(action.to_owned())),
    );
    if facts["deprecated"] == Value::Bool(true) {
        out.insert(Claim::Deprecated);
    }
    out
}

fn sorted(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars.into_iter().collect()
}

/// What a page is to be read as: the claims it must give, and those it may.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    pub must: Claims,
    pub may: Claims,
}

/// The name of a field inside another.
pub fn inside(outer: &str, row: &Row) -> String {
    if outer.is_empty() {
        row.name.clone()
    } else {
        format!("{outer}.{}", row.name)
    }
}

/// What goes before the names of the fields inside a field.
pub fn prefix(path: &str, row: &Row) -> String {
    if row.is_array() {
        format!("{path}[]")
    } else {
        path.to_owned()
    }
}

/// The claims of a page that is written in a form.
pub fn of_page(page: &Page, form: Form) -> Expected {
    let mut out = Expected::default();
    let mut routes = page.routes.iter();
    out.must.extend(routes.next().map(|path| Claim::Route {
        method: page.method.clone(),
        path: path.clone(),
    }));
    if form != Form::Explorer {
        out.must
            .extend(routes.map(|path| Claim::Alternative(path.clone())));
    }
    for (place, rows) in [
        ("path", &page.path),
        ("query", &page.query),
        ("header", &page.headers),
        ("body", &page.body),
    ] {
        parameters(page, form, place, rows, "", &mut out);
    }
    for answer in &page.answers {
        fields(
            page,
            form,
            status_of(page, answer),
            &answer.fields,
            "",
            &mut out,
        );
    }
    out.must.extend(
        page.statuses
            .iter()
            .map(|(status, _)| Claim::Status(status.clone())),
    );
    if form != Form::Explorer {
        out.must.extend(
            page.iam
                .iter()
                .map(|(action, _)| Claim::Iam(action.clone())),
        );
    }
    if page.deprecated {
        out.must.insert(Claim::Deprecated);
    }
    out
}

/// The status under which the fields of an answer are to be found.
pub fn status_of<'p>(page: &'p Page, answer: &'p Answer) -> &'p str {
    let success = || {
        page.statuses
            .iter()
            .map(|(status, _)| status.as_str())
            .find(|status| status.starts_with('2'))
    };
    answer.status.as_deref().or_else(success).unwrap_or("?")
}

fn parameters(page: &Page, form: Form, place: &str, rows: &[Row], outer: &str, out: &mut Expected) {
    for row in rows {
        let name = inside(outer, row);
        out.must.insert(parameter(page, form, place, &name, row));
        for said in said(form, &name, row, false) {
            out.must.insert(said);
        }
        out.may.extend(may(form, &name, row, false));
        if page.labels {
            // What stands under "Constraints" bounds the field as well.
            out.may.extend(row.says.iter().filter_map(|say| match say {
                Say::Password { min, max, .. } | Say::PasswordSentence { min, max, .. } => {
                    Some(Claim::Length(name.clone(), format!("[{min},{max}]")))
                }
                _ => None,
            }));
        }
        parameters(page, form, place, &row.inside, &prefix(&name, row), out);
    }
}

pub fn parameter(page: &Page, form: Form, place: &str, name: &str, row: &Row) -> Claim {
    let explorer = form == Form::Explorer;
    let typed = page.columns.contains(&Column::Type) && (place != "path" || page.path_types);
    let kind = if explorer || typed {
        shown(form, &row.type_)
    } else {
        "?".to_owned()
    };
    let lost = form == Form::Plain && is_lost(page.lang, row.required)
        || !explorer && !page.columns.contains(&Column::Required);
    let required = if place == "path" {
        'y'
    } else if lost {
        '?'
    } else if row.required {
        'y'
    } else {
        'n'
    };
    Claim::Parameter {
        place: place.to_owned(),
        name: name.to_owned(),
        required,
        kind,
    }
}

/// Whether the word for this vanishes from rendered text.
pub fn is_lost(lang: Lang, required: bool) -> bool {
    lang == Lang::Zh || lang == Lang::Es && required
}

/// The claim of a field of an answer.
pub fn field(page: &Page, form: Form, status: &str, name: &str, row: &Row) -> Claim {
    let typed = form == Form::Explorer || page.columns.contains(&Column::Type);
    let kind = if typed {
        shown(form, &row.type_)
    } else {
        "?".to_owned()
    };
    Claim::Field {
        status: status.to_owned(),
        name: name.to_owned(),
        kind,
    }
}

fn fields(page: &Page, form: Form, status: &str, rows: &[Row], outer: &str, out: &mut Expected) {
    for row in rows {
        let name = inside(outer, row);
        out.must.insert(field(page, form, status, &name, row));
        out.must.extend(said(form, &name, row, true));
        out.may.extend(may(form, &name, row, true));
        fields(page, form, status, &row.inside, &prefix(&name, row), out);
    }
}

/// What a description claims, as far as the form keeps it.
pub fn said(form: Form, name: &str, row: &Row, _answer: bool) -> Vec<Claim> {
    row.says
        .iter()
        .flat_map(|say| says(form, name, say))
        .collect()
}

/// What may be read from a description though the form has damaged it.
pub fn may(form: Form, name: &str, row: &Row, answer: bool) -> Vec<Claim> {
    let listed = row
        .says
        .iter()
        .filter(|say| matches!(say, Say::Listed(_) | Say::Password { .. }));
    let whole = listed.flat_map(|say| says(Form::Html, name, say));
    let mut out: Vec<Claim> = if form == Form::MarkdownGfm {
        whole.collect()
    } else {
        Vec::new()
    };
    if form == Form::Explorer && !answer {
        // The definition bounds the length of what the page gives rules for.
        out.extend(row.says.iter().flat_map(|say| says(Form::Html, name, say)));
    }
    out
}

fn says(form: Form, name: &str, say: &Say) -> Vec<Claim> {
    let name = name.to_owned();
    match say {
        Say::Listed(values)
            if form.keeps_lists() || matches!(form, Form::Simple | Form::Explorer) =>
        {
            vec![enumeration(
                name,
                values.iter().map(|(value, _)| value.clone()).collect(),
            )]
        }
        Say::Listed(_) => Vec::new(),
        Say::Choice(values) => vec![enumeration(name, values.clone())],
        Say::Default(value) => vec![Claim::Default(name, value.to_lowercase())],
        Say::Length(min, max) => vec![Claim::Length(name, format!("[{min},{max}]"))],
        Say::MaxLength(max) => vec![Claim::Length(name, max.to_string())],
        Say::Range(min, max) => vec![Claim::Range(name, format!("[{min},{max}]"))],
        Say::Password { .. } if !(form.keeps_lists() || form == Form::Simple) => Vec::new(),
        Say::Password {
            min,
            max,
            classes,
            specials,
        } => vec![
            Claim::Password("length".to_owned(), format!("[{min},{max}]")),
            Claim::Password("min_classes".to_owned(), classes.to_string()),
            Claim::Password("specials".to_owned(), sorted(specials)),
        ],
        Say::PasswordSentence { .. } if form == Form::Explorer => Vec::new(),
        Say::PasswordSentence { min, max, classes } => vec![
            Claim::Password("length".to_owned(), format!("[{min},{max}]")),
            Claim::Password("min_classes".to_owned(), classes.to_string()),
        ],
    }
}

fn enumeration(name: String, mut values: Vec<String>) -> Claim {
    values.sort();
    Claim::Enum(name, values)
}

/// What goes with a line of a route, and what it leaves: the next route is the page's own then.
pub fn route_gone(line: &str, must: &Claims) -> (Claims, Claims) {
    let path = line.split(' ').nth(1).unwrap();
    let of = |claim: &&Claim| matches!(claim, Claim::Route { path: of, .. } | Claim::Alternative(of) if of == path);
    let method = line.split(' ').next().unwrap();
    let others = must.iter().filter_map(|claim| match claim {
        Claim::Alternative(path) => Some(claim_of_route(method, path)),
        _ => None,
    });
    let own = must
        .iter()
        .any(|claim| matches!(claim, Claim::Route { path: of, .. } if of == path));
    let extra: Claims = if own { others.collect() } else { Claims::new() };
    let mut gone: Claims = must.iter().filter(of).cloned().collect();
    if own && !extra.is_empty() {
        gone.extend(
            must.iter()
                .filter(|claim| matches!(claim, Claim::Alternative(_)))
                .cloned(),
        );
    }
    (gone, extra)
}

fn claim_of_route(method: &str, path: &str) -> Claim {
    Claim::Route {
        method: method.to_owned(),
        path: path.to_owned(),
    }
}
