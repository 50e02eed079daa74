//! Values that a schema takes, made of its own words.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Map, Value, json};

use super::document::{entries, items, resolve, text};

/// How deep members that may be left out are put in.
const DEEP: usize = 4;

/// How deep anything is put in.
const DEEPEST: usize = 12;

/// Makes values, each another where the schema leaves room for it.
pub struct Values<'d> {
    document: &'d Value,
    /// What texts have in them.
    word: &'static str,
    count: i64,
}

impl<'d> Values<'d> {
    /// For a place whose texts may have this word in them.
    pub fn with(document: &'d Value, word: &'static str) -> Self {
        Self {
            document,
            word,
            count: 0,
        }
    }

    /// A value of a schema; none where none is known that fits.
    pub fn of(&mut self, schema: &'d Value) -> Option<Value> {
        self.at(schema, 0)
    }

    fn at(&mut self, schema: &'d Value, depth: usize) -> Option<Value> {
        let schema = resolve(self.document, schema);
        if depth > DEEPEST {
            return None;
        }
        if let Some(value) = schema.get("const") {
            return Some(value.clone());
        }
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            // A number among the words of a document whose list has texts is none.
            let is_number = ["integer", "number"].contains(&text(schema, "type"));
            let fits = |it: &&Value| !it.is_null() && (it.is_number() || !is_number);
            let words: Vec<_> = words.iter().filter(fits).collect();
            self.count += 1;
            let index = usize::try_from(self.count).unwrap_or(0) % words.len().max(1);
            return words.get(index).map(|it| (*it).clone());
        }
        let has = |key: &str| schema.get(key).is_some_and(|it| !it.is_null());
        let ty = match schema.get("type") {
            Some(Value::Array(types)) => {
                let mut types = types.iter().filter_map(Value::as_str);
                types.find(|it| *it != "null").unwrap_or_default()
            }
            ty => ty.and_then(Value::as_str).unwrap_or_default(),
        };
        match ty {
            "string" => self.text(schema),
            "integer" => self.integer(schema),
            "number" => self.number(schema),
            "boolean" => Some(true.into()),
            "array" => self.list(schema, depth),
            "object" => self.object(schema, depth),
            _ if has("properties") || has("allOf") => self.object(schema, depth),
            _ if has("items") => self.list(schema, depth),
            _ => match self.alternative(schema) {
                Some(first) => self.at(first, depth + 1),
                None => self.text(schema),
            },
        }
    }

    fn alternative(&self, schema: &'d Value) -> Option<&'d Value> {
        let lists = ["oneOf", "anyOf"].map(|key| schema.get(key));
        let mut all = lists.into_iter().flat_map(items);
        all.find(|it| text(resolve(self.document, it), "type") != "null")
    }

    fn text(&mut self, schema: &Value) -> Option<Value> {
        self.count += 1;
        let n = self.count;
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            let given = ["example", "default"].iter().find_map(|it| schema.get(it));
            let given = given.filter(|it| it.is_string()).cloned();
            return given.or_else(|| Some(fitting(&regex_syntax::parse(pattern).ok()?)?.into()));
        }
        let day = n % 28 + 1;
        let text = match text(schema, "format") {
            "date-time" => format!("2024-02-{day:02}T03:04:05Z"),
            "date" => format!("2024-02-{day:02}"),
            "time" => format!("03:04:{day:02}Z"),
            "uuid" => format!("123e4567-e89b-42d3-a456-{n:012}"),
            "email" => format!("a{n}@example.com"),
            "uri" | "url" => format!("https://example.com/{n}"),
            "hostname" => format!("h{n}.example.com"),
            "ipv4" => format!("192.0.2.{}", n % 200),
            "ipv6" => format!("2001:db8::{:x}", n % 200),
            "byte" => "aGVsbG8=".to_owned(),
            "binary" | "base64" => "sample".to_owned(),
            _ => format!("{}{n}", self.word),
        };
        let length = |key: &str| schema.get(key).and_then(Value::as_u64);
        let (least, most) = (length("minLength"), length("maxLength"));
        let (least, most) = (least.unwrap_or(0), most.unwrap_or(u64::MAX));
        let mut characters: Vec<_> = text.chars().collect();
        while (characters.len() as u64) < least {
            characters.push('x');
        }
        if characters.len() as u64 > most {
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            let start = characters.len() - most;
            characters.drain(..start);
        }
        Some(String::from_iter(characters).into())
    }

    fn integer(&mut self, schema: &Value) -> Option<Value> {
        self.count += 1;
        // No floating-point number has this value.
        let usual = match text(schema, "format") {
            "int64" => 9_007_199_254_740_993,
            _ => self.count,
        };
        let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
        let more = |key: &str| match schema.get(key) {
            Some(Value::Bool(true)) => Some(1.0),
            _ => None,
        };
        let least = bound("minimum").map(|it| it.ceil() + more("exclusiveMinimum").unwrap_or(0.0));
        let least = least.or(bound("exclusiveMinimum").map(|it| it.floor() + 1.0));
        let most = bound("maximum").map(|it| it.floor() - more("exclusiveMaximum").unwrap_or(0.0));
        let most = most.or(bound("exclusiveMaximum").map(|it| it.ceil() - 1.0));
        let step = bound("multipleOf").unwrap_or(1.0).max(1.0) as i64;
        let value = match (least, most) {
            (Some(least), _) if (usual as f64) < least => least as i64,
            (least, Some(most)) if (usual as f64) > most => least.unwrap_or(most) as i64,
            _ => usual,
        };
        Some(((value + step - 1) / step * step).into())
    }

    fn number(&mut self, schema: &Value) -> Option<Value> {
        self.count += 1;
        let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
        let usual = self.count as f64 + 0.5;
        let value = match (bound("minimum"), bound("maximum")) {
            (Some(least), Some(most)) => f64::midpoint(least, most),
            (Some(least), None) => usual.max(least + 0.5),
            (None, Some(most)) => usual.min(most - 0.5),
            (None, None) => usual,
        };
        Some(json!(value))
    }

    fn list(&mut self, schema: &'d Value, depth: usize) -> Option<Value> {
        let count = |key: &str| schema.get(key).and_then(Value::as_u64);
        let wanted = 2.max(count("minItems").unwrap_or(0));
        let wanted = wanted.min(count("maxItems").unwrap_or(u64::MAX)).min(16);
        let inner = schema.get("items").unwrap_or(&Value::Null);
        let mut list = Vec::new();
        for _ in 0..wanted {
            let value = self.at(inner, depth + 1)?;
            if is_empty(&value) {
                break;
            }
            let is_single = schema.get("uniqueItems") == Some(&true.into());
            if !(is_single && list.contains(&value)) {
                list.push(value);
            }
        }
        Some(list.into())
    }

    fn object(&mut self, schema: &'d Value, depth: usize) -> Option<Value> {
        let (mut properties, mut required) = (Vec::new(), Vec::new());
        self.collect(schema, 0, &mut properties, &mut required);
        let mut members = Map::new();
        for (name, property) in properties {
            let of = resolve(self.document, property);
            let is_needed = required.contains(&name.as_str());
            let is_read = |it: &Value| it.get("readOnly") == Some(&true.into());
            if is_read(property) || is_read(of) || (depth >= DEEP && !is_needed) {
                continue;
            }
            match self.at(property, depth + 1) {
                // What has nothing in it is left out of queries and forms.
                Some(value) if is_empty(&value) && !is_needed => {}
                Some(value) => _ = members.insert(name.clone(), value),
                None if is_needed => return None,
                None => {}
            }
        }
        let inner = schema.get("additionalProperties");
        if members.is_empty()
            && let Some(inner) = inner.filter(|it| it.is_object())
        {
            for key in ["one", "two"] {
                members.insert(key.to_owned(), self.at(inner, depth + 1)?);
            }
        }
        // An open object of no words of its own.
        if members.is_empty() && schema.get("properties").is_none() && inner.is_none() {
            members.insert("key".to_owned(), "value".into());
        }
        Some(members.into())
    }

    /// The members of a schema and of those that it is made of, the first alternative among them.
    fn collect(
        &self,
        schema: &'d Value,
        depth: usize,
        properties: &mut Vec<(&'d String, &'d Value)>,
        required: &mut Vec<&'d str>,
    ) {
        let schema = resolve(self.document, schema);
        if depth > DEEPEST {
            return;
        }
        for (name, property) in entries(schema.get("properties")) {
            if !properties.iter().any(|it| it.0 == name) {
                properties.push((name, property));
            }
        }
        required.extend(items(schema.get("required")).filter_map(Value::as_str));
        for part in items(schema.get("allOf")).chain(self.alternative(schema)) {
            self.collect(part, depth + 1, properties, required);
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty() || items.iter().any(is_empty),
        _ => false,
    }
}

/// A short text that a pattern takes; none where it looks at what stands around it.
fn fitting(pattern: &Hir) -> Option<String> {
    Some(match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => String::new(),
        HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).ok()?,
        HirKind::Class(Class::Unicode(class)) => {
            let mut ranges = class.ranges().iter();
            let word = ['a', '0', 'A'];
            let known = word.into_iter().find(|letter| {
                let mut ranges = class.ranges().iter();
                ranges.any(|it| (it.start()..=it.end()).contains(letter))
            });
            known.or_else(|| Some(ranges.next()?.start()))?.to_string()
        }
        HirKind::Class(Class::Bytes(class)) => {
            char::from(class.ranges().first()?.start()).to_string()
        }
        HirKind::Repetition(it) => {
            let count = it.min.max(1).min(it.max.unwrap_or(u32::MAX));
            fitting(&it.sub)?.repeat(usize::try_from(count).ok()?)
        }
        HirKind::Capture(it) => fitting(&it.sub)?,
        HirKind::Concat(all) => all.iter().map(fitting).collect::<Option<String>>()?,
        HirKind::Alternation(all) => fitting(all.first()?)?,
    })
}
