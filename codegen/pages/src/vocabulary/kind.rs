//! When two kinds may be the same.

/// Whether two kinds may be the same; `array` does not say of what.
#[must_use]
pub fn kinds_agree(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    match (items(a), items(b)) {
        (Some(Some(a)), Some(Some(b))) => kinds_agree(a, b),
        (Some(_), Some(_)) => true,
        _ => false,
    }
}

/// The items of an array, as far as they are said; nothing for another kind.
fn items(kind: &str) -> Option<Option<&str>> {
    match kind {
        "array" => Some(None),
        _ => kind.strip_prefix("array of ").map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_without_items_agrees_with_every_array() {
        assert!(kinds_agree("array", "array of string"));
        assert!(kinds_agree("array of array", "array of array of integer"));
        assert!(!kinds_agree("array of object", "array of string"));
        assert!(!kinds_agree("array", "string"));
    }
}
