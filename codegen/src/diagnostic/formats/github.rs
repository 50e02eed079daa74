//! Commands that GitHub Actions turns into annotations.

use super::Weight;
use crate::characters::is_harmful;

/// One annotation, a line with its line feed. The place is a file, a line and a column.
pub fn annotation(
    weight: Weight,
    place: Option<(&str, usize, usize)>,
    title: &str,
    message: &str,
) -> String {
    let level = match weight {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Note => "notice",
    };
    let place = place.map_or(String::new(), |(file, line, column)| {
        format!("file={},line={line},col={column},", property(file))
    });
    let (title, message) = (property(title), data(message));
    format!("::{level} {place}title={title}::{message}\n")
}

/// What stands behind `::` in a command.
fn data(text: &str) -> String {
    let lines = text.lines().map(|line| visible(line).replace('%', "%25"));
    lines.collect::<Vec<_>>().join("%0A")
}

/// What a terminal or a log would obey instead of print is shown as unprintable.
fn visible(text: &str) -> String {
    text.replace(|it| is_harmful(it) || it == '\t', "\u{fffd}")
}

/// What stands in a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_command() {
        assert_eq!(
            annotation(
                Weight::Error,
                Some(("a,b.yaml", 2, 3)),
                "x::y",
                "50%\n::error::z"
            ),
            "::error file=a%2Cb.yaml,line=2,col=3,title=x%3A%3Ay::50%25%0A::error::z\n"
        );
        assert_eq!(
            annotation(Weight::Note, None, "t", "m"),
            "::notice title=t::m\n"
        );
    }
}
