//! How the values of parameters and form fields are spelled: the styles of OpenAPI as one table.
//!
//! | style | scalar | list, exploded | list, joined | object, exploded | object, joined |
//! |---|---|---|---|---|---|
//! | simple | `a` | `a,b` | `a,b` | `k=a,l=b` | `k,a,l,b` |
//! | label | `.a` | `.a.b` | `.a,b` | `.k=a.l=b` | `.k,a,l,b` |
//! | matrix | `;n=a` | `;n=a;n=b` | `;n=a,b` | `;k=a;l=b` | `;n=k,a,l,b` |
//! | form | `n=a` | `n=a&n=b` | `n=a,b` | `k=a&l=b` | `n=k,a,l,b` |
//! | space-delimited | `n=a` | `n=a&n=b` | `n=a%20b` | `k=a&l=b` | `n=k%20a%20l%20b` |
//! | pipe-delimited | `n=a` | `n=a&n=b` | `n=a%7Cb` | `k=a&l=b` | `n=k%7Ca%7Cl%7Cb` |
//! | deep object | `n=a` | `n[0]=a&n[1]=b` | the same | `n[k]=a&n[l][m]=b` | the same |
//! | JSON | `n="a"` | `n=["a","b"]` | the same | `n={"k":"a"}` | the same |
//!
//! It is that of OpenAPI 3.0.4 and 3.1.1, which follow RFC 6570. What is absent is left out: an
//! option that is none, a list without entries. What OpenAPI leaves open is settled here: nested
//! objects and lists of a deep object have a bracket a level, a list's with the index; nested
//! values of all other styles are refused. Brackets, pipes and spaces are escaped, since addresses
//! cannot hold them; commas between entries are not, so that they differ from those inside of one.
//! Pipes and spaces do not differ: servers decode once and then part the list, so an entry that holds
//! the one of its style is refused. What stands for it is for the API to say, and for the caller to
//! write; all else, a percent sign too, arrives as it is given.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, utf8_percent_encode};
use zeroize::Zeroizing;

use super::encoding::{ESCAPED, encode_component, encoded};
use super::shape::{NESTED, Shape};

/// What stays as it is in a query where the document allows reserved characters: all of them but
/// those that a query cannot hold, and those that end a value or mean a space.
const RESERVED: &AsciiSet = &ESCAPED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// A comma inside of an entry is none between two.
const RESERVED_ENTRY: &AsciiSet = &RESERVED.add(b',');

/// Escapes in form fields; `%20` for a space is read everywhere.
const FORM: &AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// What an entry that would arrive as two has for a problem.
const DELIMITER: &str = "an entry, or the name of a member, holds the pipe or the space that stands \
     between two in this style, and OpenAPI has no escape for it; write it in the way that the API \
     documents";

/// What a form that is no object has for a problem.
const NO_FORM: &str = "a form needs a struct or a map";

/// A style of OpenAPI, or JSON for what is given by `content: application/json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// In paths and headers.
    Simple,
    /// In paths.
    Label,
    /// In paths.
    Matrix,
    /// In queries, cookies and forms.
    Form,
    /// In queries and forms. Joined, an entry that holds a space is refused.
    SpaceDelimited,
    /// In queries and forms. Joined, an entry that holds a pipe is refused.
    PipeDelimited,
    /// In queries and forms.
    DeepObject,
    /// Anywhere.
    Json,
}

impl Style {
    /// With `explode: true`.
    pub const fn exploded(self) -> Spelling {
        Spelling {
            style: self,
            explode: true,
            reserved: false,
        }
    }

    /// With `explode: false`.
    pub const fn joined(self) -> Spelling {
        Spelling {
            style: self,
            explode: false,
            reserved: false,
        }
    }
}

/// How the value of one parameter or form field is spelled.
///
/// ```
/// use openapi_client_runtime::wire::{RequestBuilder, Style};
///
/// let request = RequestBuilder::get("/items")
///     .query_param("ids", Style::Form.joined(), &[1, 2])
///     .build()?;
/// assert_eq!(request.query_text(), "ids=1,2");
/// # Ok::<(), openapi_client_runtime::BuildError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelling {
    style: Style,
    explode: bool,
    reserved: bool,
}

/// A name with its value, as it is meant and as it is spelled.
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) value: Zeroizing<String>,
    /// Only where that is not the value, encoded.
    pub(super) spelled: Option<Zeroizing<String>>,
}

type Words = Vec<Zeroizing<String>>;
type Problem = &'static str;

impl Spelling {
    /// With `allowReserved: true`. A `%` is escaped all the same, so that the value arrives as it
    /// is given.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// The entries of a list in one value, as it is spelled; none where each has its own.
    #[cfg(feature = "mock")]
    pub(crate) fn entries(self, spelled: &str) -> Option<Vec<String>> {
        use percent_encoding::percent_decode_str;

        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        match (self.style, self.explode) {
            (_, true) | (Style::DeepObject | Style::Json, _) => None,
            (style, false) => Some(match delimiter(style) {
                ',' => spelled.split(',').map(decoded).collect(),
                delimiter => {
                    let entries = decoded(spelled);
                    entries.split(delimiter).map(str::to_owned).collect()
                }
            }),
        }
    }

    /// The pairs that a value gives in a query, a form or cookies. An object under an empty name
    /// gives its members.
    pub(super) fn pairs(self, name: &str, shape: &Shape) -> Result<Vec<Pair>, Problem> {
        let mut pairs = Vec::new();
        match (self.style, self.explode) {
            (_, _) if matches!(shape, Shape::Null) => {}
            (Style::Json, _) => pairs.push(self.pair(name, &shape.to_json()?)?),
            (Style::DeepObject, _) => self.push_deep(name, shape, &mut pairs)?,
            (_, true) => self.push_exploded(name, shape, &mut pairs)?,
            (_, false) => pairs.extend(self.join(name, shape)?),
        }
        Ok(pairs)
    }

    fn push_exploded(self, name: &str, shape: &Shape, out: &mut Vec<Pair>) -> Result<(), Problem> {
        match shape {
            Shape::Object(members) => members.iter().try_for_each(|(name, member)| match member {
                Shape::Object(_) => Err(NESTED),
                member => self.push_exploded(name, member, out),
            }),
            Shape::List(entries) => entries.iter().try_for_each(|entry| match entry {
                Shape::Null => Ok(()),
                entry => {
                    out.push(self.pair(name, entry.scalar()?)?);
                    Ok(())
                }
            }),
            Shape::Scalar(scalar) => {
                out.push(self.pair(name, &scalar.text)?);
                Ok(())
            }
            Shape::Null => Ok(()),
        }
    }

    fn push_deep(self, name: &str, shape: &Shape, out: &mut Vec<Pair>) -> Result<(), Problem> {
        match shape {
            Shape::Object(members) => members.iter().try_for_each(|(key, member)| {
                self.push_deep(&format!("{name}[{key}]"), member, out)
            }),
            Shape::List(entries) => entries.iter().enumerate().try_for_each(|(index, entry)| {
                self.push_deep(&format!("{name}[{index}]"), entry, out)
            }),
            Shape::Scalar(scalar) => {
                out.push(self.pair(name, &scalar.text)?);
                Ok(())
            }
            Shape::Null => Ok(()),
        }
    }

    /// One pair for all.
    fn join(self, name: &str, shape: &Shape) -> Result<Option<Pair>, Problem> {
        let delimiter = delimiter(self.style);
        let is_single = matches!(shape, Shape::Scalar(_));
        let plain = words(shape, false, &|text| match delimiter != ','
            && !is_single
            && text.contains(delimiter)
        {
            true => Err(DELIMITER),
            false => Ok(text.to_owned()),
        })?;
        if plain.is_empty() {
            return Ok(None);
        }
        let mut pair = self.pair(name, &joined(&plain, delimiter.encode_utf8(&mut [0; 4])))?;
        if delimiter == ',' {
            let spelled = words(shape, false, &|text| Ok(self.spelled(text)))?;
            pair.spelled = spelled_otherwise(joined(&spelled, ","), &pair.value);
        }
        Ok(Some(pair))
    }

    fn pair(self, name: &str, value: &str) -> Result<Pair, Problem> {
        if name.is_empty() {
            return Err(NO_FORM);
        }
        let spelled = self.reserved.then(|| Zeroizing::new(self.spelled(value)));
        Ok(Pair {
            name: name.to_owned(),
            value: Zeroizing::new(value.to_owned()),
            spelled: spelled.and_then(|spelled| spelled_otherwise(spelled, value)),
        })
    }

    fn spelled(self, text: &str) -> String {
        match self.reserved {
            true if self.explode => encoded(text, RESERVED),
            true => encoded(text, RESERVED_ENTRY),
            false => encode_component(text),
        }
    }

    /// What a value gives in a path; `encode` writes each word of it.
    pub(super) fn in_path(
        self,
        name: &str,
        shape: &Shape,
        encode: &dyn Fn(&str) -> Result<String, Problem>,
    ) -> Result<String, Problem> {
        if self.style == Style::Json {
            return encode(&shape.to_json()?);
        }
        let words = words(shape, self.explode, encode)?;
        if words.is_empty() {
            return Err("it is empty");
        }
        let words = match self.explode {
            true => words,
            false => vec![joined(&words, ",")],
        };
        let mut text = String::new();
        for (index, word) in words.iter().enumerate() {
            match self.style {
                Style::Label => text.push('.'),
                Style::Matrix => text.push(';'),
                _ if index > 0 => text.push(','),
                _ => {}
            }
            let names_itself = self.explode && matches!(shape, Shape::Object(_));
            if self.style == Style::Matrix && !names_itself {
                let _ = write!(text, "{}=", encode_component(name));
            }
            text.push_str(word);
        }
        Ok(text)
    }

    /// What a value gives in a header; none for what is absent. Headers have no escapes.
    pub(super) fn in_header(self, shape: &Shape) -> Result<Option<Zeroizing<String>>, Problem> {
        if matches!(shape, Shape::Null) {
            return Ok(None);
        }
        if self.style == Style::Json {
            return shape.to_json().map(Some);
        }
        let words = words(shape, self.explode, &|text| Ok(text.to_owned()))?;
        Ok((!words.is_empty()).then(|| joined(&words, ",")))
    }
}

/// What stands between joined entries.
fn delimiter(style: Style) -> char {
    match style {
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        _ => ',',
    }
}

/// How a value is spelled, where that is not just encoded.
fn spelled_otherwise(spelled: Zeroizing<String>, value: &str) -> Option<Zeroizing<String>> {
    let encoded = utf8_percent_encode(value, ESCAPED).flat_map(str::bytes);
    (!spelled.bytes().eq(encoded)).then_some(spelled)
}

/// The words of a value: a scalar is one, a list has one an entry, an object one a member where it
/// is exploded, and otherwise two.
fn words(
    shape: &Shape,
    explode: bool,
    encode: &dyn Fn(&str) -> Result<String, Problem>,
) -> Result<Words, Problem> {
    let word = |text: &str| encode(text).map(Zeroizing::new);
    let mut words = Vec::new();
    match shape {
        Shape::Null => {}
        Shape::Scalar(scalar) => words.push(word(&scalar.text)?),
        Shape::List(entries) => {
            for entry in entries.iter().filter(|it| !matches!(it, Shape::Null)) {
                words.push(word(entry.scalar()?)?);
            }
        }
        Shape::Object(members) => {
            for (name, member) in members.iter().filter(|it| !matches!(it.1, Shape::Null)) {
                let (name, member) = (word(name)?, word(member.scalar()?)?);
                match explode {
                    true => words.push(Zeroizing::new([name.as_str(), &member].join("="))),
                    false => words.extend([name, member]),
                }
            }
        }
    }
    Ok(words)
}

pub(super) fn joined(words: &Words, delimiter: &str) -> Zeroizing<String> {
    let words: Vec<&str> = words.iter().map(|word| word.as_str()).collect();
    Zeroizing::new(words.join(delimiter))
}

/// The fields of a form. One that is not named here is spelled as the standard does by default: a
/// list has one field an entry, and what is an object is written as JSON.
pub(super) fn form(shape: &Shape, spellings: &[(&str, Spelling)]) -> Result<Vec<Pair>, Problem> {
    let Shape::Object(members) = shape else {
        return Err(NO_FORM);
    };
    let mut pairs = Vec::new();
    for (name, member) in members {
        match spellings.iter().find(|(given, _)| given == name) {
            Some((_, spelling)) => pairs.extend(spelling.pairs(name, member)?),
            None => {
                let entries = match member {
                    Shape::List(entries) => entries,
                    member => std::slice::from_ref(member),
                };
                for entry in entries {
                    let spelling = match entry {
                        Shape::List(_) | Shape::Object(_) => Style::Json,
                        _ => Style::Form,
                    };
                    pairs.extend(spelling.exploded().pairs(name, entry)?);
                }
            }
        }
    }
    Ok(pairs)
}

/// The pairs of a form as it is sent. Its length is known from the start, so that the buffer never
/// grows and leaves no copy of a secret behind.
pub(super) fn form_text(pairs: &[Pair]) -> Zeroizing<Vec<u8>> {
    fn parts(pair: &Pair) -> impl Iterator<Item = &str> {
        let name = utf8_percent_encode(&pair.name, FORM);
        let value = match &pair.spelled {
            Some(spelled) => (Some(spelled.as_str()), ""),
            None => (None, pair.value.as_str()),
        };
        let encoded = utf8_percent_encode(value.1, FORM);
        name.chain(["="]).chain(value.0).chain(encoded)
    }
    let length: usize = pairs.iter().flat_map(parts).map(str::len).sum();
    let delimiters = pairs.len().saturating_sub(1);
    let mut buffer = Zeroizing::new(Vec::with_capacity(length + delimiters));
    for pair in pairs {
        if !buffer.is_empty() {
            buffer.push(b'&');
        }
        for part in parts(pair) {
            buffer.extend_from_slice(part.as_bytes());
        }
    }
    buffer
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn shape(value: &Value) -> Shape {
        Shape::of(value).unwrap()
    }

    /// As in an address: the pairs in their order.
    fn query(spelling: Spelling, value: &Value) -> Result<String, Problem> {
        let pairs = spelling.pairs("n", &shape(value))?;
        let written = pairs.iter().map(|pair| {
            let value = match &pair.spelled {
                Some(spelled) => spelled.to_string(),
                None => encode_component(&pair.value),
            };
            format!("{}={value}", pair.name)
        });
        Ok(written.collect::<Vec<_>>().join("&"))
    }

    fn path(spelling: Spelling, value: &Value) -> Result<String, Problem> {
        spelling.in_path("n", &shape(value), &|text| Ok(encode_component(text)))
    }

    /// The table of the module, row by row.
    #[test]
    fn every_style_has_its_spellings() {
        let (scalar, list, object) = (json!("a"), json!(["a", "b"]), json!({"k": "a", "l": "b"}));
        let (e, j) = (Style::exploded, Style::joined);
        type Row = (Style, [&'static str; 5]);
        #[rustfmt::skip]
        let in_path: [Row; 3] = [
            (Style::Simple, ["a", "a,b", "a,b", "k=a,l=b", "k,a,l,b"]),
            (Style::Label, [".a", ".a.b", ".a,b", ".k=a.l=b", ".k,a,l,b"]),
            (Style::Matrix, [";n=a", ";n=a;n=b", ";n=a,b", ";k=a;l=b", ";n=k,a,l,b"]),
        ];
        #[rustfmt::skip]
        let in_query: [Row; 5] = [
            (Style::Form, ["n=a", "n=a&n=b", "n=a,b", "k=a&l=b", "n=k,a,l,b"]),
            (Style::SpaceDelimited, ["n=a", "n=a&n=b", "n=a%20b", "k=a&l=b", "n=k%20a%20l%20b"]),
            (Style::PipeDelimited, ["n=a", "n=a&n=b", "n=a%7Cb", "k=a&l=b", "n=k%7Ca%7Cl%7Cb"]),
            (Style::DeepObject, ["n=a", "n[0]=a&n[1]=b", "n[0]=a&n[1]=b", "n[k]=a&n[l]=b", "n[k]=a&n[l]=b"]),
            (Style::Json, ["n=%22a%22", "n=%5B%22a%22%2C%22b%22%5D", "n=%5B%22a%22%2C%22b%22%5D",
                "n=%7B%22k%22%3A%22a%22%2C%22l%22%3A%22b%22%7D", "n=%7B%22k%22%3A%22a%22%2C%22l%22%3A%22b%22%7D"]),
        ];
        type Write = fn(Spelling, &Value) -> Result<String, Problem>;
        let tables: [(&[Row], Write); 2] = [(&in_path, path), (&in_query, query)];
        for (rows, write) in tables {
            for (style, expected) in rows {
                let written = [
                    write(e(*style), &scalar),
                    write(e(*style), &list),
                    write(j(*style), &list),
                    write(e(*style), &object),
                    write(j(*style), &object),
                ]
                .map(Result::unwrap);
                assert_eq!(written, *expected, "{style:?}");
            }
        }
    }

    /// Readers decode once and then part the list, or, where the delimiter may stand in an address as
    /// it is, the other way round.
    fn arrived(style: Style, value: &Value) -> Vec<String> {
        let text = query(style.joined(), value).unwrap();
        let text = text.strip_prefix("n=").unwrap();
        let decoded = |text: &str| {
            let text = percent_encoding::percent_decode_str(text);
            text.decode_utf8().unwrap().into_owned()
        };
        match style {
            Style::Form => text.split(',').map(decoded).collect(),
            Style::PipeDelimited => decoded(text).split('|').map(str::to_owned).collect(),
            _ => decoded(text).split(' ').map(str::to_owned).collect(),
        }
    }

    #[test]
    fn every_entry_arrives_as_it_is_given_or_is_refused() {
        let entries = [
            "a,b", "c|d", "e f", "%7C", "%20", "%2C", "50%", "%25", "+", "",
        ];
        for (style, delimiter) in [
            (Style::Form, None),
            (Style::PipeDelimited, Some('|')),
            (Style::SpaceDelimited, Some(' ')),
        ] {
            for given in entries {
                let value = json!([given, "z"]);
                match delimiter.is_some_and(|it| given.contains(it)) {
                    false => assert_eq!(arrived(style, &value), [given, "z"], "{style:?}"),
                    true => {
                        assert_eq!(query(style.joined(), &value), Err(DELIMITER));
                        assert_eq!(query(style.joined(), &json!({"z": given})), Err(DELIMITER));
                        assert_eq!(query(style.joined(), &json!({given: "z"})), Err(DELIMITER));
                        // One alone is parted by nobody.
                        let one = query(style.joined(), &json!(given)).unwrap();
                        assert_eq!(one, format!("n={}", encode_component(given)));
                        assert!(query(style.exploded(), &value).is_ok());
                    }
                }
            }
        }
        assert_eq!(
            path(Style::Simple.joined(), &json!(["a,b|c d", "e"])).unwrap(),
            "a%2Cb%7Cc%20d,e"
        );
    }

    #[test]
    fn reserved_characters_stay_where_a_query_can_hold_them() {
        let value = json!("https://a.b/c?d=e&f=[g]#h+'%2F");
        let allowed = Style::Form.exploded().allow_reserved();
        assert_eq!(
            query(allowed, &value).unwrap(),
            "n=https://a.b/c?d%3De%26f%3D%5Bg%5D%23h%2B%27%252F"
        );
        let joined = Style::Form.joined().allow_reserved();
        assert_eq!(
            query(joined, &json!(["a/b", "c,d"])).unwrap(),
            "n=a/b,c%2Cd"
        );
    }

    #[test]
    fn nested_values_are_deep_objects_or_refused() {
        let value = json!({"a": {"b": [1, {"c": true}]}, "d": null});
        assert_eq!(
            query(Style::DeepObject.exploded(), &value).unwrap(),
            "n[a][b][0]=1&n[a][b][1][c]=true"
        );
        for style in [Style::Form, Style::SpaceDelimited, Style::PipeDelimited] {
            assert_eq!(query(style.exploded(), &value), Err(NESTED));
            assert_eq!(query(style.joined(), &value), Err(NESTED));
        }
        assert_eq!(path(Style::Matrix.exploded(), &value), Err(NESTED));
        assert!(Style::Simple.joined().in_header(&shape(&value)).is_err());
    }

    #[test]
    fn what_is_absent_is_left_out() {
        for style in [Style::Form, Style::DeepObject, Style::PipeDelimited] {
            for absent in [json!(null), json!([]), json!([null]), json!({})] {
                assert_eq!(query(style.exploded(), &absent).unwrap(), "");
                assert_eq!(
                    query(style.joined(), &absent).unwrap(),
                    "",
                    "{style:?} {absent}"
                );
            }
        }
        assert!(path(Style::Simple.joined(), &json!([])).is_err());
        let header = |value: Value| Style::Simple.joined().in_header(&shape(&value)).unwrap();
        assert!(header(json!([])).is_none() && header(json!(null)).is_none());
        assert_eq!(*header(json!(["a", "b"])).unwrap(), "a,b");
    }

    #[test]
    fn fields_of_forms_are_spelled_as_they_are_told() {
        let value = json!({
            "text": "a b&c", "list": [1, 2], "absent": null,
            "object": {"x": 1}, "objects": [{"y": 2}],
            "deep": {"z": {"w": [3]}}, "joined": ["p,q", "r"],
        });
        let told = [
            ("deep", Style::DeepObject.exploded()),
            ("joined", Style::Form.joined()),
        ];
        let pairs = form(&shape(&value), &told).unwrap();
        let text = form_text(&pairs);
        assert_eq!(text.len(), text.capacity());
        let expected = "deep%5Bz%5D%5Bw%5D%5B0%5D=3&joined=p%2Cq,r&list=1&list=2&\
                        object=%7B%22x%22%3A1%7D&objects=%7B%22y%22%3A2%7D&text=a%20b%26c";
        let mut fields: Vec<&str> = std::str::from_utf8(&text).unwrap().split('&').collect();
        fields.sort_unstable();
        assert_eq!(fields.join("&"), expected);
        assert_eq!(form(&shape(&json!([1])), &[]).err(), Some(NO_FORM));
    }
}
