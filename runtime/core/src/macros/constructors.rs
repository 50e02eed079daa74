//! Types that callers make: `new` with what must be there, and a method for each field that need not.

/// Adds them to types. A field is `name: what is taken = what is kept`; those in braces can be set
/// later, and begin with their default, or with what stands behind `=>`; those behind `..` are left
/// for callers to assign.
#[doc(hidden)]
#[macro_export]
macro_rules! constructors {
    ($(
        $($name:ident)::+($($field:ident: $argument:ty = $value:expr),*)
        $({ $($(#[$attr:meta])* $later:ident: $setting:ty = $set:expr $(=> $first:expr)?,)* })?
        $(.. $($rest:ident),+)?;
    )*) => {$(
        #[allow(deprecated, reason = "every field gets a value, and setting one is the caller's choice")]
        impl $($name)::+ {
            /// Makes one with what must be there; the rest can be set afterwards.
            #[allow(clippy::new_without_default, reason = "the first field that must be there would take it away")]
            #[allow(clippy::too_many_arguments, reason = "as many as the document asks for")]
            pub fn new($($field: $argument),*) -> Self {
                Self {
                    $($field: $value,)*
                    $($($later: $crate::constructors!(@first $($first)?),)*)?
                    $($($rest: Default::default(),)+)?
                }
            }

            $($(
                #[doc = concat!("Sets [`", stringify!($later), "`](#structfield.", stringify!($later), ").")]
                $(#[$attr])*
                #[must_use]
                pub fn $later(mut self, $later: $setting) -> Self {
                    self.$later = $set;
                    self
                }
            )*)?
        }
    )*};
    (@first) => { Default::default() };
    (@first $first:expr) => { $first };
}

#[cfg(test)]
mod tests {
    #[derive(Debug, PartialEq)]
    struct Role {
        name: String,
        seconds: Option<i32>,
        extra: Vec<String>,
    }

    constructors! {
        Role(name: impl Into<String> = name.into()) {
            seconds: i32 = Some(seconds),
        } ..extra;
        Made() {
            word: &'static str = word => "open",
        };
    }

    #[derive(Debug, PartialEq)]
    struct Made {
        word: &'static str,
    }

    #[test]
    fn what_is_not_given_is_left_out() {
        let role = Role::new("a");
        assert_eq!((role.seconds, role.extra.len()), (None, 0));
        assert_eq!(Role::new("a").seconds(7).seconds, Some(7));
        assert_eq!(
            (Made::new().word, Made::new().word("shut").word),
            ("open", "shut")
        );
    }
}
