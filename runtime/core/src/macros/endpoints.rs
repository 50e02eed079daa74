//! The addresses of a service, by what they have in common.

/// Declares them: `"https://a." region ".example.com": "north-1", "north-2";` is an address for each
/// region, its name in the middle, and `"north-3" = "https://…";` one by itself.
#[doc(hidden)]
#[macro_export]
macro_rules! endpoints {
    ($service:literal { $($entries:tt)* }) => {
        $crate::ServiceEndpoints::new($service, $crate::endpoints!(@list [] $($entries)*))
    };
    (@list [$($done:tt)*]) => { &[$($done)*] };
    (@list [$($done:tt)*] $region:literal = $url:literal; $($rest:tt)*) => {
        $crate::endpoints!(@list [$($done)* ($region, $url),] $($rest)*)
    };
    (@list [$($done:tt)*] $before:literal region $after:literal: $($region:literal)*; $($rest:tt)*) => {
        $crate::endpoints!(
            @list [$($done)* $(($region, concat!($before, $region, $after)),)*] $($rest)*
        )
    };
}

#[cfg(test)]
mod tests {
    use crate::ServiceEndpoints;

    static SOME: ServiceEndpoints = endpoints!("some" {
        "https://some." region ".example.com": "north-1" "north-2";
        "west-1" = "https://some.example.eu";
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
}
