//! Statements in many shapes. The words are the project's own.

mod bounds;
mod defaults;
mod flags;
mod hostile;
mod kinds;
mod laws;
mod lists;
mod password;
mod values;

use super::*;
use crate::block::{Lines, Text};
use crate::facts::{Required, SourceKind};

pub(super) fn field(name: &str, type_: &str, description: &str) -> FieldFacts {
    row(name, type_, description, Required::Unknown)
}

pub(super) fn row(name: &str, type_: &str, description: &str, required: Required) -> FieldFacts {
    let source = FactSource {
        kind: SourceKind::Table,
        lines: Lines::default(),
        cell: None,
    };
    let text = Text {
        text: description.to_owned(),
        ..Text::default()
    };
    let row = Row {
        name: name.to_owned(),
        named: source.clone(),
        type_cell: None,
        type_: (!type_.is_empty()).then(|| (type_.to_owned(), source.clone())),
        required: (required, None),
        remarks: Vec::new(),
        description: Some(Read {
            text: &text,
            source,
        }),
        default: None,
        range: None,
        place: None,
    };
    let mut field = FieldFacts {
        path: name.to_owned(),
        ..FieldFacts::default()
    };
    describe(&row, false, &mut field);
    field
}

fn default(type_: &str, description: &str) -> Option<String> {
    field("depth", type_, description)
        .default
        .map(|fact| fact.value.to_string())
}

fn values(type_: &str, description: &str) -> Option<String> {
    field("mode", type_, description)
        .enum_values
        .map(|fact| fact.value.join(" "))
}

fn shown(bounds: &[Fact<crate::facts::Bounds>]) -> String {
    let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "_".to_owned());
    let one = |fact: &Fact<crate::facts::Bounds>| {
        let part = fact
            .value
            .part
            .as_ref()
            .map(|part| format!("{part}:"))
            .unwrap_or_default();
        format!("{part}{}..{}", end(&fact.value.min), end(&fact.value.max))
    };
    bounds.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn length(type_: &str, description: &str) -> String {
    shown(&field("label", type_, description).lengths)
}

fn range(type_: &str, description: &str) -> String {
    shown(&field("depth", type_, description).ranges)
}

#[test]
fn statements_in_other_languages_and_lists() {
    assert_eq!(
        default("Integer", "Por padrão, esse parâmetro é definido como 3.").as_deref(),
        Some("3")
    );
    assert_eq!(
        default("Integer", "By default, this parameter is set to 3.").as_deref(),
        Some("3")
    );
    assert_eq!(
        default(
            "Integer",
            "El valor es 4 de forma predeterminada, lo que basta."
        )
        .as_deref(),
        Some("4")
    );
    assert_eq!(
        default("String", "The default value is \"tide\". Letters only.").as_deref(),
        Some("\"tide\"")
    );
    assert_eq!(
        values(
            "String",
            "- Says how.\n- The value can be EBB, FLOOD, or SLACK."
        )
        .as_deref(),
        Some("EBB FLOOD SLACK")
    );
    assert_eq!(
        values("String", "Modo.\nValores de enumeración:\n- ebb\n- flood").as_deref(),
        Some("ebb flood")
    );
    assert_eq!(
        values("String", "方式:退潮(ebb),涨潮(flood)").as_deref(),
        Some("ebb flood")
    );
    assert_eq!(values("String", "方式:退潮(见下表),涨潮(flood)"), None);
    assert_eq!(length("String", "Texto. Máximo: 40"), "_..40");
    assert_eq!(length("String", "名称，长度1~32之间。"), "1..32");
    assert_eq!(
        range(
            "Integer",
            "El valor mínimo es de 1 y el valor máximo de 100."
        ),
        "1..100"
    );
    assert_eq!(
        range("Integer", "O valor mínimo deste parâmetro é 1."),
        "1.._"
    );
    assert_eq!(
        range(
            "Integer",
            "O intervalo de valor é de 1 (inclusive) a 9 (inclusive)."
        ),
        "1..9"
    );
    assert_eq!(
        range(
            "Integer",
            "Definition:\nDepth.\nRange:\n≥ 0\nDefault value:\n0"
        ),
        "0.._"
    );
}

#[test]
fn bounds_of_several_things_are_no_values_and_no_bounds_of_one() {
    assert_eq!(
        values(
            "Integer",
            "Definition:\nDepth.\nRange:\n- 1-300,000 for small gauges\n- 1-600,000 for large ones"
        ),
        None
    );
    assert_eq!(
        values("Integer", "- 4: shallow\n- 6: deep").as_deref(),
        Some("4 6")
    );
    assert_eq!(
        range(
            "Integer",
            "The size of the inner and the outer gate cannot exceed 300 tons."
        ),
        ""
    );
    assert_eq!(range("Integer", "The value cannot exceed 300."), "_..300");
}

#[test]
fn a_list_joined_up_in_chinese_keeps_its_names() {
    assert_eq!(
        values("String", "闸门状态。EBB：退潮FLOOD：涨潮/停HARD_STOP：强停").as_deref(),
        Some("EBB FLOOD HARD_STOP")
    );
    assert_eq!(
        values("String", "闸门状态。例如：EBB：退潮FLOOD：涨潮"),
        None
    );
    assert_eq!(values("String", "时间格式为ISO：YYYY-MM-DD"), None);
}
