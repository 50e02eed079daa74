//! One segment of a path: fixed text, a parameter, or both in turns, as in `{id}.json`.

use huaweicloud_codegen::template;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::written::decode;

/// A segment of a path template.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// The text before the first parameter; all of the segment, if it has none.
    before: String,
    /// Each parameter, with the text that follows it.
    parameters: Vec<(String, String)>,
}

impl Segment {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let template = template::parse(text)?;
        let starts = template.names.iter().map(|(_, place)| place.start - 1);
        let ends = starts.skip(1).chain([text.len()]);
        let first = template.names.first();
        let before = first.map_or(text.len(), |(_, place)| place.start - 1);
        let parameters = template.names.iter().zip(ends).map(|((name, place), end)| {
            let after = text.get(place.end + 1..end).unwrap_or_default();
            ((*name).to_owned(), fixed(after))
        });
        Ok(Self {
            before: fixed(text.get(..before).unwrap_or_default()),
            parameters: parameters.collect(),
        })
    }

    /// What of it decides which requests it matches: everything but the names.
    pub(super) fn shape(&self) -> String {
        let after = self.parameters.iter().map(|(_, after)| after.as_str());
        // No text of a segment has a slash.
        let parts: Vec<_> = std::iter::once(self.before.as_str()).chain(after).collect();
        parts.join("/")
    }

    /// Its text, where that is fixed.
    pub(super) fn text(&self) -> Option<&str> {
        self.parameters.is_empty().then_some(self.before.as_str())
    }

    /// How much of it is fixed.
    pub(super) fn fixed(&self) -> usize {
        let after = self.parameters.iter().map(|(_, after)| after.len());
        self.before.len() + after.sum::<usize>()
    }

    /// The values that a segment of a request has for its parameters, as they are written there.
    pub(super) fn values(&self, part: &str) -> Option<Vec<(&str, String)>> {
        match self.parameters.as_slice() {
            [] => return (decode(part) == self.before).then(Vec::new),
            [(name, after)] if self.before.is_empty() && after.is_empty() => {
                return (!part.is_empty()).then(|| vec![(name.as_str(), part.to_owned())]);
            }
            _ => {}
        }
        // Beside fixed text, what is encoded and what is not is the same.
        let decoded = decode(part);
        let mut rest = decoded.strip_prefix(&self.before)?;
        let mut values = Vec::new();
        for (index, (name, after)) in self.parameters.iter().enumerate() {
            let is_last = index + 1 == self.parameters.len();
            let end = match (is_last, after.is_empty()) {
                (true, _) => rest.strip_suffix(after.as_str())?.len(),
                (false, true) => rest.chars().next()?.len_utf8(),
                (false, false) => {
                    // At least one character.
                    let first = rest.chars().next()?.len_utf8();
                    rest.get(first..)?.find(after.as_str())? + first
                }
            };
            let value = rest.get(..end).filter(|it| !it.is_empty())?;
            let written = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
            values.push((name.as_str(), written));
            rest = rest.get(end + after.len()..)?;
        }
        Some(values)
    }
}

/// Fixed text without its escapes, but for slashes, which stay text of the segment.
fn fixed(text: &str) -> String {
    let decoded = decode(text);
    match decoded.contains('/') {
        true => text.to_owned(),
        false => decoded,
    }
}

/// The segments of a path as they are written. `None` for what no path of a spec matches: `.` and
/// `..`, which a proxy may already have resolved to another path, and bytes that are not UTF-8.
pub(super) fn parts(path: &str) -> Option<Vec<&str>> {
    let parts = path.strip_prefix('/')?.split('/');
    parts
        .map(|part| {
            let decoded = percent_decode_str(part).decode_utf8().ok()?;
            (decoded != "." && decoded != "..").then_some(part)
        })
        .collect()
}
