//! How an operation fails, as a table: status, variant, body, words.

/// Declares the error type of an operation: an enumeration by status, its words, how a response
/// becomes one, and how a mock writes one.
///
/// `400 => BadRequest(Body), "words";` is one of a status. One of several says how they are called
/// and which they are: `418 as "4XX" in 400..=499 => …`. `refused 200 => Refused(Body), "when";` is
/// a success that says no, which the operation finds by itself. Words in a second place are those of
/// the documentation, where they differ. A body is JSON; `(String as text)` and `(Bytes as bytes)` are
/// none, and `(Several as media)` is what `by_media_type!` declares.
#[doc(hidden)]
#[macro_export]
macro_rules! failures {
    (
        $(#[$attr:meta])*
        pub enum $name:ident {
            $(refused $said:literal $(as $saying:literal)? => $no:ident($refusal:ty), $when:literal;)*
            $($(#[$mark:meta])* $status:literal $(as $key:literal)? $(in $pattern:pat)? =>
                $variant:ident $(($body:ty $(as $how:ident)?))?, $words:literal $(, $doc:literal)?;)*
        }
    ) => {
        $(#[$attr])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!($when, ": the service took the request and said no.")]
                $no($refusal),
            )*
            $(
                #[doc = $crate::failures!(@doc [$status $($key)?] $words $(, $doc)?)]
                $(#[$mark])*
                $variant $(($body))?,
            )*
        }

        impl std::fmt::Display for $name {
            #[allow(unused_variables, reason = "some operations document no error")]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match *self {
                    $(Self::$no { .. } => f.write_str(concat!(
                        $crate::failures!(@key $said $($saying)?),
                        ": the service took the request and said no",
                    )),)*
                    $(Self::$variant { .. } => {
                        f.write_str(concat!($crate::failures!(@key $status $($key)?), ": ", $words))
                    })*
                }
            }
        }

        impl std::error::Error for $name {}

        impl $name {
            /// The error that a response is, by its status.
            #[allow(clippy::match_overlapping_arm, reason = "a code goes before its range")]
            fn of<C>(response: $crate::response::RawResponse) -> $crate::Error<Self, C> {
                match response.status() {
                    $($crate::failures!(@status $status $(, $pattern)?) => {
                        $crate::failures!(@of response, Self::$variant $(, $body $(as $how)?)?)
                    })*
                    _ => response.undocumented(),
                }
            }
        }

        #[cfg(feature = "mock")]
        impl $name {
            /// The error of a status for which the document has no body.
            #[allow(clippy::match_overlapping_arm, reason = "a code goes before its range")]
            pub fn without_body(status: u16) -> Option<Self> {
                match status {
                    $($crate::failures!(@status $status $(, $pattern)?) => {
                        $crate::failures!(@empty Self::$variant $(, $body)?)
                    })*
                    _ => None,
                }
            }
        }

        #[cfg(feature = "mock")]
        impl $crate::mock::Played for $name {
            fn reply(&self) -> $crate::mock::Reply {
                match *self {
                    $(Self::$no(ref body) => $crate::mock::Reply::json($said, body),)*
                    $($crate::failures!(@pattern Self::$variant, body $(, $body)?) => {
                        $crate::failures!(@reply $status, body $(, $body $(as $how)?)?)
                    })*
                }
            }
        }
    };
    (@key $status:literal) => { stringify!($status) };
    (@key $status:literal $key:literal) => { $key };
    (@doc [$($key:literal)+] $words:literal) => {
        concat!("`", $crate::failures!(@key $($key)+), "`: ", $words)
    };
    (@doc [$($key:literal)+] $words:literal, $doc:literal) => { $doc };
    (@status $status:literal) => { $status };
    (@status $status:literal, $pattern:pat) => { $pattern };
    (@empty $variant:expr) => { Some($variant) };
    (@empty $variant:path, $body:ty) => { None };
    (@of $response:ident, $wrap:expr) => { $response.documented_empty($wrap) };
    (@of $response:ident, $wrap:expr, $body:ty) => { $response.documented($wrap) };
    (@of $response:ident, $wrap:expr, $body:ty as text) => { $response.documented_text($wrap) };
    (@of $response:ident, $wrap:expr, $body:ty as secret) => {
        $response.documented_text(|text| $wrap(text.into()))
    };
    (@of $response:ident, $wrap:expr, $body:ty as bytes) => { $response.documented_bytes($wrap) };
    (@of $response:ident, $wrap:expr, $body:ty as media) => {
        $response.documented_by_media_type($wrap)
    };
    (@pattern $variant:path, $name:ident) => { $variant };
    (@pattern $variant:path, $name:ident, $body:ty) => { $variant(ref $name) };
    (@reply $status:literal, $name:ident) => { $crate::mock::Reply::status($status) };
    (@reply $status:literal, $name:ident, $body:ty) => { $crate::mock::Reply::json($status, $name) };
    (@reply $status:literal, $name:ident, $body:ty as text) => {
        $crate::mock::Reply::text($status, "text/plain; charset=utf-8", $name.clone())
    };
    (@reply $status:literal, $name:ident, $body:ty as secret) => {
        $crate::mock::Reply::text($status, "text/plain; charset=utf-8", $name.expose())
    };
    (@reply $status:literal, $name:ident, $body:ty as bytes) => {
        $crate::mock::Reply::bytes($status, "application/octet-stream", $name.clone())
    };
    (@reply $status:literal, $name:ident, $body:ty as media) => {
        $crate::mock::Reply::by_media_type($status, $name)
    };
}

#[cfg(test)]
mod tests {
    failures! {
        /// How it fails.
        pub enum Failure {
            refused 200 as "200 or 202" => Refused(String), "`200`, and `code` is not `1`";
            400 => BadRequest(String), "Not like this.";
            402 => Plain(String as text), "In words.";
            403 => Raw(bytes::Bytes as bytes), "In bytes.";
            #[non_exhaustive]
            404 => NotFound, "There is none.", "`404`: There is *none*.";
            418 as "4XX" in 400..=499 => Status4xx, "Not at all.";
        }
    }

    failures! {
        /// It does not.
        pub enum Never {}
    }

    #[test]
    fn they_say_which_response_they_were() {
        let texts = [
            Failure::Refused(String::new()).to_string(),
            Failure::BadRequest(String::new()).to_string(),
            Failure::Plain(String::new()).to_string(),
            Failure::NotFound.to_string(),
            Failure::Status4xx.to_string(),
        ];
        assert_eq!(
            texts,
            [
                "200 or 202: the service took the request and said no",
                "400: Not like this.",
                "402: In words.",
                "404: There is none.",
                "4XX: Not at all.",
            ]
        );
    }

    #[cfg(feature = "mock")]
    #[test]
    fn what_has_no_body_is_made_by_its_status() {
        let made = |status| Failure::without_body(status).map(|it| it.to_string());
        assert_eq!(made(404).as_deref(), Some("404: There is none."));
        assert_eq!(made(450).as_deref(), Some("4XX: Not at all."));
        assert_eq!((made(400), made(500)), (None, None));
        assert!(Never::without_body(400).is_none());
    }

    static OPERATION: crate::Operation = crate::Operation::new("demo", "Demo", "GET", "/");

    fn response(status: u16, body: &str) -> crate::response::RawResponse {
        let headers = http::HeaderMap::new();
        crate::response::raw(&OPERATION, status, &headers, body)
    }

    #[test]
    fn a_status_is_the_first_that_names_it() {
        use crate::error::Error::{Api, Undocumented};
        let is = |error: crate::Error<Failure, ()>| match error {
            Api(api) => match api.body() {
                Failure::Refused(text) | Failure::BadRequest(text) | Failure::Plain(text) => {
                    format!("with {text}")
                }
                Failure::Raw(bytes) => format!("with {bytes:?}"),
                other => format!("{other:?}"),
            },
            Undocumented(_) => "undocumented".to_owned(),
            _ => "another".to_owned(),
        };
        assert_eq!(is(Failure::of(response(400, r#""why""#))), "with why");
        assert_eq!(is(Failure::of(response(402, "why"))), "with why");
        assert_eq!(is(Failure::of(response(403, "why"))), "with b\"why\"");
        assert_eq!(is(Failure::of(response(404, ""))), "NotFound");
        assert_eq!(is(Failure::of(response(418, ""))), "Status4xx");
        assert_eq!(is(Failure::of(response(500, ""))), "undocumented");
        assert!(matches!(
            Never::of::<()>(response(400, "")),
            Undocumented(_)
        ));
    }
}
