//! A body that is one of several, as a table: media type, variant, what it holds, how it is read.

/// Declares one: `"text/csv" => Csv(String as text);`. It is read as `json`, as an `object` that
/// documents no error, as `text`, as a text that is `secret`, as `bytes`, or left to be read, as a
/// `download`.
#[doc(hidden)]
#[macro_export]
macro_rules! by_media_type {
    (
        $(#[$attr:meta])*
        pub enum $name:ident {
            $($(#[$doc:meta])* $media:literal => $variant:ident($body:ty as $how:ident);)*
        }
    ) => {
        $(#[$attr])*
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant($body),)*
        }

        impl $name {
            /// Which of its media types a response has.
            fn media_type(response: &$crate::response::RawResponse) -> Option<&'static str> {
                const ALL: &[&str] = &[$($media),*];
                ALL.get(response.media_among(ALL)?).copied()
            }
        }

        impl $crate::response::ByMediaType for $name {
            fn success<E, C>(
                response: &$crate::response::RawResponse,
            ) -> Result<Self, $crate::error::Error<E, C>> {
                match Self::media_type(response) {
                    $(Some($media) => Ok(Self::$variant(
                        $crate::by_media_type!(@read response, $how),
                    )),)*
                    _ => Err(response.undocumented_media()),
                }
            }

            fn failure<E, C>(
                response: $crate::response::RawResponse,
                wrap: impl FnOnce(Self) -> E,
            ) -> $crate::error::Error<E, C> {
                match Self::media_type(&response) {
                    $(Some($media) => {
                        $crate::by_media_type!(@refuse response, wrap, Self::$variant, $how)
                    })*
                    _ => response.undocumented_media(),
                }
            }
        }

        #[cfg(feature = "mock")]
        impl $crate::mock::PlayedBody for $name {
            fn reply(&self, status: u16) -> $crate::mock::Reply {
                match self {
                    $(Self::$variant(body) => {
                        $crate::by_media_type!(@reply status, body, $media, $how).of_type($media)
                    })*
                }
            }
        }
    };
    (@read $response:ident, json) => { $response.json()? };
    (@read $response:ident, object) => { $response.object()? };
    (@read $response:ident, text) => { $response.text()? };
    (@read $response:ident, secret) => { $response.text()?.into() };
    (@read $response:ident, bytes) => { $response.bytes() };
    (@read $response:ident, download) => { $response.download() };
    (@refuse $response:ident, $wrap:ident, $variant:expr, text) => {
        $response.documented_text(|body| $wrap($variant(body)))
    };
    (@refuse $response:ident, $wrap:ident, $variant:expr, secret) => {
        $response.documented_text(|body| $wrap($variant(body.into())))
    };
    (@refuse $response:ident, $wrap:ident, $variant:expr, bytes) => {
        $response.documented_bytes(|body| $wrap($variant(body)))
    };
    // An error is held in memory.
    (@refuse $response:ident, $wrap:ident, $variant:expr, download) => {
        $response.documented_bytes(|body| $wrap($variant($crate::Download::of_bytes(body))))
    };
    (@refuse $response:ident, $wrap:ident, $variant:expr, $json:ident) => {
        $response.documented(|body| $wrap($variant(body)))
    };
    (@reply $status:ident, $body:ident, $media:literal, text) => {
        $crate::mock::Reply::text($status, $media, $body.clone())
    };
    (@reply $status:ident, $body:ident, $media:literal, secret) => {
        $crate::mock::Reply::text($status, $media, $body.expose())
    };
    (@reply $status:ident, $body:ident, $media:literal, bytes) => {
        $crate::mock::Reply::bytes($status, $media, $body.clone())
    };
    (@reply $status:ident, $body:ident, $media:literal, download) => {
        $crate::mock::Reply::download($status, $media, $body)
    };
    (@reply $status:ident, $body:ident, $media:literal, $json:ident) => {
        $crate::mock::Reply::json($status, $body)
    };
}

#[cfg(test)]
mod tests {
    use crate::error::Error;

    by_media_type! {
        /// A report.
        #[derive(Debug)]
        #[allow(dead_code, reason = "it is shown, not taken apart")]
        pub enum Report {
            "application/json" => Json(Vec<u8> as json);
            "text/csv" => Csv(String as text);
            "image/*" => Image(crate::Download as download);
        }
    }

    static OPERATION: crate::Operation = crate::Operation::new("demo", "Demo", "GET", "/");

    fn response(media_type: &str, body: &str) -> crate::response::RawResponse {
        let mut headers = http::HeaderMap::new();
        if !media_type.is_empty() {
            let value = media_type.parse().unwrap();
            headers.insert(http::header::CONTENT_TYPE, value);
        }
        crate::response::raw(&OPERATION, 200, &headers, body)
    }

    #[test]
    fn the_media_type_that_arrives_tells() {
        let shown = |media_type, body| {
            let read: Result<Report, Error<(), ()>> = response(media_type, body).by_media_type();
            match read {
                Ok(report) => format!("{report:?}"),
                Err(Error::Decode(_)) => "undecodable".to_owned(),
                Err(_) => "another".to_owned(),
            }
        };
        assert_eq!(shown("application/json; a=b", "[1]"), "Json([1])");
        assert_eq!(shown("", "[1]"), "Json([1])");
        assert_eq!(shown("text/csv", "a,b"), r#"Csv("a,b")"#);
        assert_eq!(
            shown("image/png", "abc"),
            "Image(Download(3 bytes to come))"
        );
        assert_eq!(shown("text/html", "<p>"), "undecodable");
        assert_eq!(shown("application/json", "<p>"), "undecodable");
        let failed = response("text/csv", "a,b").documented_by_media_type::<Report, _, ()>(|it| it);
        let Error::Api(error) = failed else {
            panic!("a documented error");
        };
        assert!(matches!(error.body(), Report::Csv(text) if text == "a,b"));
    }
}
