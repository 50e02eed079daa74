//! What a client, or its mock, gives of one service.

/// Declares the type that has the calls of a service, and the method that gives it: whose method, its
/// name, the type, and what the type keeps.
#[doc(hidden)]
#[macro_export]
macro_rules! accessor {
    (
        $(#[$attr:meta])*
        $owner:ident::$method:ident -> $name:ident { $field:ident: $kept:ty = |$this:ident| $value:expr }
    ) => {
        $(#[$attr])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $field: $kept,
        }

        impl $owner {
            $(#[$attr])*
            pub fn $method(&self) -> $name {
                let $this = self;
                $name { $field: $value }
            }
        }
    };
}
