//! The features of a `Cargo.toml`, as the generator writes it.

use std::collections::{BTreeMap, HashSet};

/// The features, and whether each is on by default.
pub fn features(manifest: &str) -> Result<BTreeMap<String, bool>, String> {
    let lines = manifest
        .lines()
        .skip_while(|line| line.trim() != "[features]");
    let lines = lines
        .skip(1)
        .take_while(|line| !line.trim_start().starts_with('['));
    let text: String = lines
        .filter(|line| !line.trim_start().starts_with('#'))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut lists = BTreeMap::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let list = rest.split_once(']').and_then(|(entry, after)| {
            let (name, list) = entry.split_once('=')?;
            let quoted = list.trim().strip_prefix('[')?.split('"');
            let list: HashSet<&str> = quoted.skip(1).step_by(2).collect();
            Some((name.trim().trim_matches('"'), list, after))
        });
        let Some((name, list, after)) = list else {
            return Err("its features are no lists".to_owned());
        };
        lists.insert(name, list);
        rest = after.trim();
    }
    let default = lists.remove("default").unwrap_or_default();
    let named = lists
        .into_keys()
        .map(|name| (name.to_owned(), default.contains(name)));
    Ok(named.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_read_wherever_their_lists_break() {
        let found = features(
            "[package]\nname = \"x\"\n\n[features]\ndefault = [\n  \"dcs\",\n  \"rustls\",\n]\n# [Words]\ndcs = []\nrustls = [\"a/rustls\"]\nmock = []\n\n[dependencies]\nserde = \"1\"\n",
        );
        let expected = [("dcs", true), ("rustls", true), ("mock", false)];
        let expected = expected.map(|(name, on)| (name.to_owned(), on));
        assert_eq!(found, Ok(BTreeMap::from(expected)));
        assert!(features("[features]\ndcs = yes\n").is_err());
        assert_eq!(features("[package]\n"), Ok(BTreeMap::new()));
    }
}
