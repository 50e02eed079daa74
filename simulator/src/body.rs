//! Bodies that no document shows: of the type that it gives and each time others, or of another type.

use std::sync::Arc;

use huaweicloud_codegen::check::Direction;
use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::tree::Node;
use huaweicloud_codegen::model::{Constraints, Field, SchemaKind, Service, Type};
use huaweicloud_codegen::sample;
use serde_json::{Map, Number, Value, json};
use sha2::{Digest, Sha256};

use crate::schema::SchemaCheck;

/// How deep values nest before what may be left out is left out.
const DEEPEST: usize = 5;
/// How many are made before the sample is taken that is known to fit.
const TRIES: u64 = 8;

/// Makes bodies of a response.
#[derive(Debug)]
pub(crate) struct BodyMaker {
    pub(crate) document: Arc<Document>,
    pub(crate) service: Arc<Service>,
    pub(crate) schema: Node,
    pub(crate) ty: Type,
}

impl BodyMaker {
    /// The check of such a body; none where the schema cannot be used.
    fn check(&self) -> Option<SchemaCheck> {
        SchemaCheck::compile(&self.document, Some(&self.schema), Direction::Response).ok()
    }

    /// A value that fits, decided by the seed alone.
    pub(crate) fn random(&self, seed: &[u8]) -> Value {
        let check = self.check();
        for round in 0..TRIES {
            let mut lots = Lots::new(seed, round);
            let value = self.of(&self.ty, &Constraints::default(), &mut lots, 0);
            if check
                .as_ref()
                .is_none_or(|it| it.problems(&value, "body").is_empty())
            {
                return value;
            }
        }
        sample::value(&self.service, &self.ty)
    }

    /// A value that does not fit, as close to one that does as there is.
    pub(crate) fn misfit(&self, fitting: &Value) -> Value {
        let check = self.check();
        let fits = |value: &Value| {
            let check = check.as_ref();
            check.is_none_or(|it| it.problems(value, "body").is_empty())
        };
        let members = fitting.as_object().into_iter().flatten();
        let changed = members.flat_map(|(name, value)| {
            [
                json!({"misfit": true}),
                json!(7),
                json!("misfit"),
                Value::Null,
            ]
            .map(|other| {
                let mut changed = fitting.clone();
                if other != *value {
                    changed[name] = other;
                }
                changed
            })
        });
        let whole = [json!([]), json!("misfit"), json!(7), json!({}), Value::Null];
        let mut candidates = changed.chain(whole);
        candidates.find(|it| !fits(it)).unwrap_or(json!("misfit"))
    }

    fn of(&self, ty: &Type, constraints: &Constraints, lots: &mut Lots, depth: usize) -> Value {
        if let Some(listed) = lots.one_of(&constraints.listed) {
            return serde_json::from_str(listed).unwrap_or_default();
        }
        match ty {
            Type::String | Type::Text | Type::Bytes | Type::Password | Type::SecretText => {
                lots.text(constraints).into()
            }
            Type::Integer { .. } | Type::Wide => lots.integer(constraints).into(),
            Type::Number { .. } => lots.number(constraints),
            Type::Boolean => lots.below(2).eq(&1).into(),
            Type::Any | Type::SecretJson => Value::Object(Map::new()),
            Type::Array(item) => {
                let least = constraints.min_items.unwrap_or(0).min(16);
                let most = constraints.max_items.unwrap_or(least + 3).min(least + 3);
                let count = match depth > DEEPEST {
                    true => least,
                    false => least + lots.below(most.saturating_sub(least) + 1),
                };
                let item = |_| self.of(item, &Constraints::default(), lots, depth + 1);
                (0..count).map(item).collect()
            }
            Type::Map(inner) => {
                let mut members = Map::new();
                for _ in 0..lots.below(3) {
                    let key = lots.text(&Constraints::default());
                    let value = self.of(inner, &Constraints::default(), lots, depth + 1);
                    members.insert(key, value);
                }
                Value::Object(members)
            }
            Type::Nullable(_) if lots.below(4) == 0 => Value::Null,
            Type::Nullable(inner) => self.of(inner, constraints, lots, depth),
            Type::Named(name) => match self.service.schemas.get(name).map(|it| &it.kind) {
                Some(SchemaKind::Enum { variants }) => {
                    let word = lots.one_of(variants).map(|variant| variant.wire.clone());
                    word.map_or(Value::Null, Value::from)
                }
                Some(SchemaKind::OneOf {
                    alternatives,
                    tag: None,
                }) if depth <= DEEPEST => {
                    let ty = lots.one_of(alternatives).unwrap_or(&Type::Any);
                    self.of(ty, &Constraints::default(), lots, depth + 1)
                }
                Some(SchemaKind::Object { fields, .. }) if depth <= DEEPEST => {
                    let chosen = fields.iter().filter_map(|field| {
                        let value = self.field(field, lots, depth)?;
                        Some((field.name.clone(), value))
                    });
                    Value::Object(chosen.collect())
                }
                _ => sample::value(&self.service, ty),
            },
        }
    }

    /// A field that must be there, or may be and is.
    fn field(&self, field: &Field, lots: &mut Lots, depth: usize) -> Option<Value> {
        if !field.required && (depth >= DEEPEST || lots.below(3) == 0) {
            return None;
        }
        if field.nullable && lots.below(4) == 0 {
            return Some(Value::Null);
        }
        // A pattern is nothing to make texts from; what the document shows fits it.
        if field.constraints.pattern.is_some() {
            return Some(sample::field_value(&self.service, field));
        }
        Some(self.of(&field.ty, &field.constraints, lots, depth + 1))
    }
}

/// Numbers that follow from a seed.
struct Lots {
    seed: [u8; 32],
    drawn: u64,
}

impl Lots {
    fn new(seed: &[u8], round: u64) -> Self {
        let seed = Sha256::new()
            .chain_update(seed)
            .chain_update(round.to_le_bytes());
        Self {
            seed: seed.finalize().into(),
            drawn: 0,
        }
    }

    fn draw(&mut self) -> u64 {
        self.drawn += 1;
        let drawn = Sha256::new()
            .chain_update(self.seed)
            .chain_update(self.drawn.to_le_bytes());
        let drawn: [u8; 32] = drawn.finalize().into();
        let mut first = [0; 8];
        first.copy_from_slice(&drawn[..8]);
        u64::from_le_bytes(first)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.draw() % end.max(1)
    }

    fn one_of<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        let index = self.below(items.len() as u64);
        items.get(usize::try_from(index).ok()?)
    }

    fn text(&mut self, constraints: &Constraints) -> String {
        const SYLLABLES: [&str; 12] = [
            "ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "ru", "sa", "ti",
        ];
        let least = constraints.min_length.unwrap_or(4).min(4096);
        let most = constraints.max_length.unwrap_or(least + 12).min(least + 12);
        let length = least + self.below(most.saturating_sub(least) + 1);
        let length = usize::try_from(length).unwrap_or(0);
        let mut text = String::new();
        while text.len() < length {
            text.push_str(self.one_of(&SYLLABLES).copied().unwrap_or("ba"));
        }
        text.truncate(length);
        text
    }

    fn integer(&mut self, constraints: &Constraints) -> i64 {
        let bound = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_i64);
        let least =
            bound(&constraints.minimum).map(|it| it + i64::from(constraints.exclusive_minimum));
        let most =
            bound(&constraints.maximum).map(|it| it - i64::from(constraints.exclusive_maximum));
        let least = least.unwrap_or_else(|| most.map_or(0, |most| most.min(0)));
        let most = most.unwrap_or(i64::MAX).min(least.saturating_add(1000));
        let size = most.abs_diff(least).saturating_add(1);
        least.saturating_add_unsigned(self.below(size))
    }

    fn number(&mut self, constraints: &Constraints) -> Value {
        let bound = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
        let least = bound(&constraints.minimum).unwrap_or(0.0);
        let most = bound(&constraints.maximum).unwrap_or(least + 100.0);
        // Neither end, so that it does not matter whether they are excluded.
        let part = (self.below(999) + 1) as f64 / 1000.0;
        Number::from_f64(least + (most - least) * part).map_or(Value::Null, Value::Number)
    }
}
