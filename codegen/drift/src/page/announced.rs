//! What a description announces and does not have: forms lose the lists inside of cells.
//!
//! This tells only whether silence means anything; what a description says is read elsewhere.

use huaweicloud_pages::is_part_label;

const COLONS: [char; 2] = [':', '：'];

/// Whether a description announces a list, and there is none: it ends with a colon, one label stands
/// right behind another, or a full-width colon has a blank behind it, where paragraphs were joined.
pub(super) fn lost_list(description: &str) -> bool {
    let mut parts = description.split(COLONS).skip(1).peekable();
    while let Some(part) = parts.next() {
        let is_bare = |it: char| it.is_alphanumeric() || it.is_whitespace() || it == '*';
        // One word is a value, and its meaning follows; more are a meaning with the next value.
        let is_word = part.trim().chars().all(|it| it.is_ascii_alphanumeric());
        let runs_on = part.chars().all(is_bare) && (!is_word || is_part_label(part));
        let is_last = parts.peek().is_none();
        if part.trim().is_empty() || (!is_last && runs_on) {
            return true;
        }
    }
    description.contains("： ")
}

/// Whether all that a colon announces is the default: "The options are: The default value is plumb."
pub(super) fn only_default_follows(description: &str, default: &str) -> bool {
    let between = || {
        let (before, _) = description.split_once(default)?;
        before.get(before.rfind(COLONS)?..)
    };
    let between = between().filter(|_| !default.is_empty());
    between.is_some_and(|it| {
        let words = it.trim_start_matches(COLONS).trim();
        !words.is_empty() && !words.contains([',', '，', '、', ';', '；', '\n', '.', '。'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_lost_behind_its_colon() {
        for (text, lost) in [
            ("The mode. The options are:", true),
            ("How it is done. Value range: Default value: plumb", true),
            ("方式。 取值如下： 默认值为chain。", true),
            ("Range\n- plumb: with a line\n- radar: from above", false),
            ("取值如下：\n- chain：使用锚链\n- weight：使用重块", false),
            ("One of: plumb, radar.", false),
            ("How it went. Value range: 0: it is done", false),
            ("It is one of plumb: with a line radar: from above", true),
            ("How it went. Value range: plumb: with a line", false),
            ("How it is done.", false),
        ] {
            assert_eq!(lost_list(text), lost, "{text}");
        }
    }

    #[test]
    fn a_default_is_no_list() {
        for (text, only) in [
            ("The options are: The default value is plumb.", true),
            ("The options are: plumb, radar.", false),
            ("Default value: plumb", false),
            ("The options are: radar. The default value is plumb.", false),
            ("The default value is plumb.", false),
        ] {
            assert_eq!(only_default_follows(text, "plumb"), only, "{text}");
        }
    }
}
