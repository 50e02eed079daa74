//! The fake of an operation: what it reads of a request and writes of a response.

/// Declares one. `service` is the operation's own service, and `types` its types.
#[doc(hidden)]
#[macro_export]
macro_rules! mocked_operation {
    (
        $(#[$attr:meta])*
        $module:ident::$name:ident -> $output:ty, $failure:ty;
        request($received:pat $(, $body:ident: $read:expr)?) {
            $($(#[$doc:meta])* $field:ident: $ty:ty = $value:expr,)*
        }
        success($response:pat) => $reply:expr;
        example $example:expr;
    ) => {
        #[doc = concat!("`", stringify!($name), "`, faked.")]
        $(#[$attr])*
        pub mod $module {
            use super::*;

            #[doc = concat!("Stands for `", stringify!($name), "` in an `Expectation`.")]
            #[derive(Clone, Copy, Debug)]
            #[non_exhaustive]
            pub struct $name;

            #[doc = concat!(
                "What a call of `",
                stringify!($name),
                "` asked for, by the names of its arguments and setters.",
            )]
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub struct Request {
                $($(#[$doc])* pub $field: $ty,)*
            }

            impl MockedOperation for $name {
                type Request = Request;
                type Output = $output;
                type Failure = $failure;

                const OPERATION: &'static Operation = &service::$module::OPERATION;

                fn request($received: &Received) -> Result<Request, Unreadable> {
                    $(let $body = $read;)?
                    Ok(Request { $($field: $value,)* })
                }

                fn success($response: &Self::Output) -> Reply {
                    $reply
                }

                fn example() -> Reply {
                    $example
                }
            }
        }
    };
}
