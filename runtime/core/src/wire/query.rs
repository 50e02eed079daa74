//! Query parameters.

use serde::Serialize;

/// A named query parameter.
///
/// A scalar, text or enum gives one pair; a list one pair an entry; an absent
/// option none; a struct or map one pair a field, under the field's name.
#[derive(Debug)]
pub struct QueryParam<'a, T: ?Sized> {
    pub(super) name: &'a str,
    pub(super) value: &'a T,
}

impl<'a, T: Serialize + ?Sized> QueryParam<'a, T> {
    /// Pairs a name with a value.
    pub fn new(name: &'a str, value: &'a T) -> Self {
        Self { name, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::RequestBuilder;

    fn pairs<T: Serialize>(value: T) -> Vec<String> {
        RequestBuilder::get("/")
            .query(&QueryParam::new("k", &value))
            .build()
            .unwrap()
            .query()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect()
    }

    #[derive(serde::Serialize)]
    #[serde(rename_all = "UPPERCASE")]
    enum State {
        Active,
    }

    #[derive(serde::Serialize)]
    struct Page(u32);

    #[derive(serde::Serialize)]
    struct Filter {
        limit: u32,
        tags: Vec<&'static str>,
        marker: Option<String>,
    }

    #[test]
    fn scalars_texts_enums_and_newtypes() {
        assert_eq!(pairs(true), ["k=true"]);
        assert_eq!(pairs(-7i64), ["k=-7"]);
        assert_eq!(pairs(1.5), ["k=1.5"]);
        assert_eq!(pairs("a b&c"), ["k=a b&c"]);
        assert_eq!(pairs(String::new()), ["k="]);
        assert_eq!(pairs(State::Active), ["k=ACTIVE"]);
        assert_eq!(pairs(Page(3)), ["k=3"]);
    }

    #[test]
    fn options_and_lists() {
        assert!(pairs(None::<u8>).is_empty());
        assert_eq!(pairs(Some("x")), ["k=x"]);
        assert_eq!(pairs(vec!["b", "a"]), ["k=b", "k=a"]);
        assert!(pairs(Vec::<u8>::new()).is_empty());
        assert_eq!(pairs((1, "x")), ["k=1", "k=x"]);
    }

    #[test]
    fn structs_and_maps_give_their_fields() {
        let filter = Filter {
            limit: 2,
            tags: vec!["a", "b"],
            marker: None,
        };
        assert_eq!(pairs(filter), ["limit=2", "tags=a", "tags=b"]);
        let map = std::collections::BTreeMap::from([(1, "x"), (2, "y")]);
        assert_eq!(pairs(map), ["1=x", "2=y"]);
    }

    #[test]
    fn deeper_values_are_refused() {
        for refused in [
            serde_json::json!([[1]]),
            serde_json::json!([{"a": 1}]),
            serde_json::json!({"a": {"b": 1}}),
        ] {
            let builder = RequestBuilder::get("/").query(&QueryParam::new("k", &refused));
            assert!(builder.build().is_err(), "{refused}");
        }
    }
}
