//! Misspelt words: the word somebody probably meant.

/// The candidate nearest to `word`, if it is near enough to have been meant.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    // A third of the letters may be wrong; more is another word.
    let allowed = (word.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= 2 * allowed)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters differ, upper and lower case and `_` or `-` left aside.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(&plain(a), &plain(b))
}

fn plain(word: &str) -> String {
    // Only the first letters matter; a whole paragraph in place of a key must not cost time.
    let letters = word.chars().filter(|letter| !matches!(letter, '_' | '-'));
    letters.take(64).flat_map(char::to_lowercase).collect()
}

/// `a`, `b` or `c`, each in backquotes.
pub(crate) fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_misses_are_offered() {
        let words = ["operationId", "parameters", "responses", "in"];
        assert_eq!(nearest("operationID", words), Some("operationId"));
        assert_eq!(nearest("operation_id", words), Some("operationId"));
        assert_eq!(nearest("paramters", words), Some("parameters"));
        assert_eq!(nearest("response", words), Some("responses"));
        assert_eq!(nearest("consumes", words), None);
        assert_eq!(nearest("", words), None);
    }

    #[test]
    fn words_are_listed_as_people_write_them() {
        assert_eq!(one_of(&[]), "");
        assert_eq!(one_of(&["a"]), "`a`");
        assert_eq!(one_of(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
