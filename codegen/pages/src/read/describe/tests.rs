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
    let mut row = Row::new(name.to_owned(), source.clone());
    row.type_ = (!type_.is_empty()).then(|| (type_.to_owned(), source.clone()));
    row.required.0 = required;
    row.description = Some(Read {
        text: &text,
        source,
    });
    let mut field = FieldFacts {
        path: name.to_owned(),
        ..FieldFacts::default()
    };
    describe(&row, false, &mut field);
    field
}

fn default(type_: &str, description: &str) -> String {
    let found = field("depth", type_, description).default;
    found.map_or_else(String::new, |fact| fact.value.to_string())
}

fn values(type_: &str, description: &str) -> String {
    let found = field("mode", type_, description).enum_values;
    found.map_or_else(String::new, |fact| fact.value.join(" "))
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

/// A reader: what it makes of the type and the description of a field, as text; empty for nothing.
struct Typed(fn(&str, &str) -> String);

impl Typed {
    /// What it gives for types and descriptions.
    fn give(&self, cases: &[(&str, &str, &str)]) {
        let found = cases.iter().map(|(type_, text, _)| (self.0)(type_, text));
        let wrong = found.zip(cases).filter(|(found, case)| found != case.2);
        let wrong: Vec<_> = wrong.collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

/// A reader of descriptions of one type.
struct Each(fn(&str, &str) -> String, &'static str);

impl Each {
    /// What it gives for descriptions.
    fn gives(&self, cases: &[(&str, &str)]) {
        let cases = cases
            .iter()
            .map(|(text, expected)| (self.1, *text, *expected));
        Typed(self.0).give(&cases.collect::<Vec<_>>());
    }
}

#[test]
fn statements_in_other_languages_and_lists() {
    Each(default, "Integer").gives(&[
        ("Por padrão, esse parâmetro é definido como 3.", "3"),
        ("By default, this parameter is set to 3.", "3"),
    ]);
    assert_eq!(
        default(
            "Integer",
            "El valor es 4 de forma predeterminada, lo que basta."
        ),
        "4"
    );
    assert_eq!(
        default("String", "The default value is \"tide\". Letters only."),
        "\"tide\""
    );
    assert_eq!(
        values(
            "String",
            "- Says how.\n- The value can be EBB, FLOOD, or SLACK."
        ),
        "EBB FLOOD SLACK"
    );
    Each(values, "String").gives(&[
        (
            "Modo.\nValores de enumeración:\n- ebb\n- flood",
            "ebb flood",
        ),
        ("方式:退潮(ebb),涨潮(flood)", "ebb flood"),
        ("方式:退潮(见下表),涨潮(flood)", ""),
    ]);
    Each(length, "String").gives(&[
        ("Texto. Máximo: 40", "_..40"),
        ("名称，长度1~32之间。", "1..32"),
    ]);
    Each(range, "Integer").gives(&[
        (
            "El valor mínimo es de 1 y el valor máximo de 100.",
            "1..100",
        ),
        ("O valor mínimo deste parâmetro é 1.", "1.._"),
        (
            "O intervalo de valor é de 1 (inclusive) a 9 (inclusive).",
            "1..9",
        ),
        (
            "Definition:\nDepth.\nRange:\n≥ 0\nDefault value:\n0",
            "0.._",
        ),
    ]);
}

#[test]
fn bounds_of_several_things_are_no_values_and_no_bounds_of_one() {
    Each(values, "Integer").gives(&[
        (
            "Definition:\nDepth.\nRange:\n- 1-300,000 for small gauges\n- 1-600,000 for large ones",
            "",
        ),
        ("- 4: shallow\n- 6: deep", "4 6"),
    ]);
    Each(range, "Integer").gives(&[
        (
            "The size of the inner and the outer gate cannot exceed 300 tons.",
            "",
        ),
        ("The value cannot exceed 300.", "_..300"),
    ]);
}

#[test]
fn a_list_joined_up_in_chinese_keeps_its_names() {
    Each(values, "String").gives(&[
        (
            "闸门状态。EBB：退潮FLOOD：涨潮/停HARD_STOP：强停",
            "EBB FLOOD HARD_STOP",
        ),
        ("闸门状态。例如：EBB：退潮FLOOD：涨潮", ""),
        ("时间格式为ISO：YYYY-MM-DD", ""),
    ]);
}
