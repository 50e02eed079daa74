//! Choices of shapes that a word in each tells apart. They stay open: what has a word that no
//! document lists is kept as it is.

/// Declares one by the property that has the word, and its shapes with their words: the first is
/// sent where the shape has no place for it (`with`).
#[doc(hidden)]
#[macro_export]
macro_rules! tagged {
    (
        $(#[$attr:meta])*
        pub enum $name:ident by $property:literal {
            $($variant:ident($ty:ty) = [$first:literal $(, $word:literal)*] $($with:ident)?;)*
        }
    ) => {
        $(#[$attr])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("What `", $property, "` calls `", $first, "`.")]
                $variant(Box<$ty>),
            )*
            /// A value whose word the document does not list, or that has none.
            Unknown(serde_json::Value),
        }

        #[allow(deprecated, reason = "the whole choice may be")]
        const _: () = {
            $(
                impl From<$ty> for $name {
                    fn from(value: $ty) -> Self {
                        Self::$variant(Box::new(value))
                    }
                }
            )*

            // What is not known may hold secrets.
            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    match self {
                        $(Self::$variant(value) => {
                            f.debug_tuple(stringify!($variant)).field(value).finish()
                        })*
                        Self::Unknown(value) => {
                            let word = $crate::tagged::word_of(value, $property);
                            f.debug_tuple("Unknown").field(&word).finish()
                        }
                    }
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        $(Self::$variant(value) => {
                            $crate::tagged!(@write serializer, $property, $first, value $(, $with)?)
                        })*
                        Self::Unknown(value) => value.serialize(serializer),
                    }
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> Result<Self, D::Error> {
                    let aside = $crate::tagged::Aside::deserialize(deserializer)?;
                    match aside.word($property).as_deref() {
                        $(Some($first $(| $word)*) => {
                            aside.read().map(|value| Self::$variant(Box::new(value)))
                        })*
                        _ => aside.keep().map(Self::Unknown),
                    }
                }
            }
        };
    };
    (@write $to:ident, $property:literal, $word:literal, $value:ident) => {
        serde::Serialize::serialize($value, $to)
    };
    (@write $to:ident, $property:literal, $word:literal, $value:ident, with) => {
        $crate::tagged::write($to, $property, $word, $value)
    };
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Integer, Password};

    #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
    pub struct Cat {
        kind: String,
        lives: Integer,
    }

    #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
    pub struct Dog {
        collar: Option<Password>,
    }

    #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
    pub struct Bird {
        kind: Option<String>,
        ring: Integer,
        weight: f64,
        size: f32,
        nest: Vec<std::collections::BTreeMap<String, Integer>>,
    }

    tagged! {
        /// An animal.
        pub enum Animal by "kind" {
            Cat(Cat) = ["cat", "Cat"];
            Dog(Dog) = ["dog"] with;
            Bird(Bird) = ["bird", "Bird"] with;
        }
    }

    #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
    pub struct Branch {
        #[serde(skip_serializing_if = "Option::is_none")]
        next: Option<Tree>,
        #[serde(skip_serializing_if = "Option::is_none")]
        size: Option<u8>,
    }

    tagged! {
        /// A tree.
        pub enum Tree by "kind" {
            Branch(Branch) = ["branch"] with;
        }
    }

    fn tree(depth: usize, end: &str) -> String {
        let open = r#"{"kind":"branch","next":"#.repeat(depth);
        format!("{open}{end}{}", "}".repeat(depth))
    }

    #[test]
    fn a_tree_is_read_in_the_time_that_its_depth_takes() {
        let leaf = r#"{"kind":"branch"}"#;
        assert!(serde_json::from_str::<Tree>(&tree(60, leaf)).is_ok());
        // Wrong at its end: to try both ways at each level would take two to the sixtieth.
        let wrong = r#"{"kind":"branch","size":"many"}"#;
        assert!(serde_json::from_str::<Tree>(&tree(60, wrong)).is_err());
        let empty = r#"{"kind":"branch","size":""}"#;
        let _ = serde_json::from_str::<Tree>(&tree(60, empty));
        // And none is so deep that the stack ends.
        assert!(serde_json::from_str::<Tree>(&tree(5_000, leaf)).is_err());
        assert!(serde_json::from_str::<Tree>(&tree(1, leaf)).is_ok());
    }

    fn there_and_back(text: &str) -> (Animal, String) {
        let read: Animal = serde_json::from_str(text).unwrap();
        let written = serde_json::to_string(&read).unwrap();
        (read, written)
    }

    #[test]
    fn the_word_decides_and_no_digit_is_lost() {
        let text = r#"{"kind":"Cat","lives":340282366920938463463374607431768211456}"#;
        let (cat, written) = there_and_back(text);
        assert!(matches!(&cat, Animal::Cat(cat) if cat.lives.as_u128().is_none()));
        assert_eq!(written, text);
        let cats: Vec<Animal> =
            serde_json::from_value(json!([{"kind": "cat", "lives": 9}])).unwrap();
        assert!(matches!(&cats[0], Animal::Cat(_)));
        // What the word names is due, whatever else the value looks like.
        assert!(serde_json::from_str::<Animal>(r#"{"kind":"cat","collar":"x"}"#).is_err());
    }

    #[test]
    fn a_shape_without_a_place_for_its_word_is_sent_with_it() {
        let dog = Animal::from(Dog { collar: None });
        let written = serde_json::to_value(&dog).unwrap();
        assert_eq!(written, json!({"kind": "dog", "collar": null}));
        // No digit is lost on the way, and a word of its own stays.
        const WIDE: &str = "340282366920938463463374607431768211456";
        for (own, kind) in [(None, "bird"), (Some("Bird".to_owned()), "Bird")] {
            let bird = Animal::from(Bird {
                kind: own,
                ring: WIDE.parse().unwrap(),
                weight: 1.0,
                size: 0.1,
                nest: vec![[("a".to_owned(), WIDE.parse().unwrap())].into()],
            });
            let written = serde_json::to_string(&bird).unwrap();
            for part in [
                format!(r#""ring":{WIDE},"weight":1.0,"size":0.1,"nest":[{{"a":{WIDE}}}]"#),
                format!(r#""kind":"{kind}""#),
            ] {
                assert!(written.contains(&part), "{part} in {written}");
            }
            assert_eq!(written.matches("kind").count(), 1);
        }
        let (body, secrets) = crate::secret::collect(|| {
            let collar = Some(Password::new("Hidden-1"));
            serde_json::to_string(&Animal::from(Dog { collar })).unwrap()
        });
        assert!(body.contains("Hidden-1") && secrets.len() == 1, "{body}");
    }

    #[test]
    fn what_is_not_known_is_kept_and_not_shown() {
        for text in [r#"{"kind":"fox","den":{"depth":2}}"#, r#"{"den":1}"#] {
            let (fox, written) = there_and_back(text);
            let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(value(&written), value(text));
            assert!(!format!("{fox:?}").contains("den"), "{fox:?}");
        }
        for text in ["7", "null", "[]", "\"cat\""] {
            assert!(serde_json::from_str::<Animal>(text).is_err(), "{text}");
        }
    }

    /// Inside of what serde puts aside, and of what is read kindly.
    #[test]
    fn it_is_read_wherever_it_stands() {
        #[derive(serde::Deserialize)]
        struct Open {
            #[serde(flatten)]
            all: std::collections::HashMap<String, Animal>,
        }
        let text = r#"{"a":{"kind":"cat","lives":9}}"#;
        let open: Open = serde_json::from_str(text).unwrap();
        assert!(matches!(&open.all["a"], Animal::Cat(_)));
        let kindly = crate::lenient::from_slice::<Vec<Animal>>(br#"[{"kind":"cat","lives":9}]"#);
        assert_eq!(kindly.map(|all| all.len()), Some(1));
    }
}
