//! The addresses of a service, by what they have in common.

/// Declares them: `"https://a." region ".example.com": "north-1" "north-2";` is an address for each
/// region, its name in the middle, and `"https://…" fixed "": "north-3";` one without it.
///
/// It calls itself for no row, so that there may be as many as a document has.
#[doc(hidden)]
#[macro_export]
macro_rules! endpoints {
    ($service:literal {
        $($before:literal $kind:ident $after:literal: $($region:literal)*;)*
    }) => {
        $crate::ServiceEndpoints::new($service, &[
            $($(($region, $crate::endpoints!(@$kind $before, $region, $after)),)*)*
        ])
    };
    (@region $before:literal, $region:literal, $after:literal) => {
        concat!($before, $region, $after)
    };
    (@fixed $url:literal, $region:literal, $none:literal) => { $url };
}

#[cfg(test)]
mod tests {
    use crate::ServiceEndpoints;

    static SOME: ServiceEndpoints = endpoints!("some" {
        "https://some." region ".example.com": "north-1" "north-2";
        "https://some.example.eu" fixed "": "west-1";
    });

    #[test]
    fn each_region_has_its_own() {
        assert_eq!(
            SOME.regions,
            [
                ("north-1", "https://some.north-1.example.com"),
                ("north-2", "https://some.north-2.example.com"),
                ("west-1", "https://some.example.eu"),
            ]
        );
    }

    /// More rows than a macro may call itself.
    #[test]
    fn there_may_be_as_many_rows_as_a_document_has() {
        macro_rules! ten_times {
            ($($row:tt)*) => {
                endpoints!("many" {
                    $($row)* $($row)* $($row)* $($row)* $($row)*
                    $($row)* $($row)* $($row)* $($row)* $($row)*
                })
            };
        }
        macro_rules! hundred_times {
            ($($row:tt)*) => {
                ten_times!(
                    $($row)* $($row)* $($row)* $($row)* $($row)*
                    $($row)* $($row)* $($row)* $($row)* $($row)*
                )
            };
        }
        let many =
            hundred_times!("https://a.example" fixed "": "a"; "https://" region ".example": "b";);
        assert_eq!(many.regions.len(), 200);
    }
}
