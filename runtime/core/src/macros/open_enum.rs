//! Enumerations of words that stay open: a word that no document lists is kept, not refused.

/// Declares one by its variants and their words, with what text does: from it and to it, shown and
/// over the wire. `: lenient` lets responses spell a word otherwise.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$attr:meta])*
        pub enum $name:ident $(: $lenient:ident)? {
            $($variant:ident = $word:literal $(, $doc:literal)?;)*
        }
    ) => {
        $(#[$attr])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = $crate::open_enum!(@doc $word $(, $doc)?)] $variant,)*
            /// A word that the document does not list.
            Unknown(String),
        }

        #[allow(deprecated, reason = "the whole enumeration may be")]
        const _: () = {
            impl $name {
                /// The word on the wire.
                pub fn as_str(&self) -> &str {
                    match self {
                        $(Self::$variant => $word,)*
                        Self::Unknown(word) => word,
                    }
                }
            }

            impl From<&str> for $name {
                fn from(word: &str) -> Self {
                    match word {
                        $($word => Self::$variant,)*
                        _ => Self::Unknown(word.to_owned()),
                    }
                }
            }

            impl From<String> for $name {
                fn from(word: String) -> Self {
                    Self::from(word.as_str())
                }
            }

            // By the words, and not by the order in which a document happens to list them.
            impl PartialEq for $name {
                fn eq(&self, other: &Self) -> bool {
                    self.as_str() == other.as_str()
                }
            }

            impl Eq for $name {}

            impl std::hash::Hash for $name {
                fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                    self.as_str().hash(state);
                }
            }

            impl Ord for $name {
                fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                    self.as_str().cmp(other.as_str())
                }
            }

            impl PartialOrd for $name {
                fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                    Some(self.cmp(other))
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.as_str())
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> Result<Self, D::Error> {
                    let word = $crate::open_enum!(@read deserializer, [$($word),*] $(, $lenient)?);
                    word.map(|word| Self::from(&*word))
                }
            }

            impl $crate::lenient::Listed for $name {
                fn is_listed(&self) -> bool {
                    !matches!(self, Self::Unknown(_))
                }
            }
        };
    };
    (@doc $word:literal) => { concat!("`", $word, "` on the wire.") };
    (@doc $word:literal, $doc:literal) => { $doc };
    (@read $from:ident, $words:tt) => { <String as serde::Deserialize>::deserialize($from) };
    (@read $from:ident, $words:tt, lenient) => { $crate::lenient::word($from, &$words) };
}

#[cfg(test)]
mod tests {
    open_enum! {
        /// Whether.
        pub enum Flag: lenient {
            True = "True";
            False = "False", "No.";
        }
    }

    open_enum! {
        /// A way.
        pub enum Way {
            Short = "short";
        }
    }

    #[test]
    fn words_are_variants_and_others_are_kept() {
        assert_eq!(Flag::from("True"), Flag::True);
        assert_eq!(Way::from("long").as_str(), "long");
        assert_eq!(Way::Short.to_string(), "short");
        assert_eq!(serde_json::to_string(&Flag::False).unwrap(), r#""False""#);
        let read = |text| serde_json::from_str::<Flag>(text).unwrap();
        assert_eq!(
            [read(r#""true""#), read(r#""0""#)],
            [Flag::True, Flag::False]
        );
        let way: Way = serde_json::from_str(r#""SHORT""#).unwrap();
        assert_eq!(way, Way::Unknown("SHORT".to_owned()));
    }

    #[test]
    fn the_order_is_that_of_the_words() {
        assert!(Flag::False < Flag::True);
        assert!(Flag::Unknown("Maybe".to_owned()) < Flag::True);
        assert_eq!(Flag::Unknown("True".to_owned()), Flag::True);
    }
}
