//! Pages made by hand, for the tests of this crate.

use huaweicloud_pages::block::Lines;
use huaweicloud_pages::facts::{
    Bounds, Fact, FactSource, Facts, FieldFacts, FieldLocation, Required, ResponseFacts, Route,
    SourceKind,
};

/// A source in a cell at a line.
pub(crate) fn source(line: usize) -> FactSource {
    FactSource {
        kind: SourceKind::Table,
        lines: Lines::of(line),
        cell: None,
    }
}

/// A fact said at a line.
pub(crate) fn fact<T>(value: T, line: usize) -> Fact<T> {
    Fact::new(value, source(line))
}

/// A field with a type, said at a line.
pub(crate) fn field(path: &str, type_: &str, required: Required, line: usize) -> FieldFacts {
    FieldFacts {
        path: path.to_owned(),
        named: vec![source(line)],
        type_: (type_ != "?").then(|| fact(type_.to_owned(), line)),
        required: (
            required,
            (required != Required::Unknown).then(|| source(line)),
        ),
        ..FieldFacts::default()
    }
}

/// Bounds of a field itself.
pub(crate) fn bounds(min: Option<&str>, max: Option<&str>) -> Bounds {
    Bounds {
        part: None,
        min: min.map(str::to_owned),
        max: max.map(str::to_owned),
    }
}

/// A page with a route and nothing else.
pub(crate) fn page(method: &str, path: &str) -> Facts {
    let route = Route {
        method: method.to_owned(),
        path: path.to_owned(),
    };
    Facts {
        routes: vec![fact(route, 3)],
        ..Facts::default()
    }
}

/// A response with fields.
pub(crate) fn response(status: &str, fields: Vec<FieldFacts>) -> ResponseFacts {
    ResponseFacts {
        status: status.to_owned(),
        named: vec![source(40)],
        fields,
        ..ResponseFacts::default()
    }
}

/// Adds a parameter.
pub(crate) fn with(mut facts: Facts, place: FieldLocation, field: FieldFacts) -> Facts {
    facts.parameters.push((place, field));
    facts
}
