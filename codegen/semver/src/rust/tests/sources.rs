//! What the generator does not write today, in a few lines of Rust each.

use std::collections::BTreeMap;

use super::lines;
use crate::rust::{Surface, SurfaceError, compare, surface};

fn read(code: &str) -> Result<Surface, SurfaceError> {
    let manifest = "[features]\ndefault = [\"tls\"]\ntls = []\nmock = []\n";
    let files = [("src/lib.rs", code), ("Cargo.toml", manifest)];
    surface(BTreeMap::from(
        files.map(|(path, text)| (path.to_owned(), text.to_owned())),
    ))
}

fn found(old: &str, new: &str) -> Vec<String> {
    lines(&compare(&read(old).unwrap(), &read(new).unwrap()))
}

/// Before, after, and what is told.
const PAIRS: &[(&str, &str, &[&str])] = &[
    ("pub struct A;", "", &["item-removed A"]),
    ("", "pub struct A;", &["item-added A"]),
    ("pub struct A;", "pub enum A {}", &["item-kind-changed A"]),
    ("pub struct A;", "pub fn A() {}", &["item-kind-changed A"]),
    (
        "pub struct A(pub u8);",
        "pub struct A { pub a: u8 }",
        &["item-kind-changed A"],
    ),
    // Who builds or matches it in full.
    (
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8, pub b: u8 }",
        &["field-added-to-exhaustive A::b"],
    ),
    (
        "pub struct A { a: u8 }",
        "pub struct A { a: u8, pub b: u8 }",
        &["field-added A::b"],
    ),
    (
        "#[non_exhaustive] pub struct A {}",
        "#[non_exhaustive] pub struct A { pub b: u8 }",
        &["field-added A::b"],
    ),
    (
        "pub struct A(pub u8);",
        "pub struct A(pub u16);",
        &["field-type-changed A::0"],
    ),
    (
        "pub enum A { B }",
        "pub enum A { B, C }",
        &["variant-added-to-exhaustive A::C"],
    ),
    (
        "#[non_exhaustive] pub enum A { B }",
        "#[non_exhaustive] pub enum A { B, C }",
        &["variant-added A::C"],
    ),
    (
        "pub enum A { B }",
        "#[non_exhaustive] pub enum A { B }",
        &["non-exhaustive-added A"],
    ),
    (
        "#[non_exhaustive] pub enum A { B }",
        "pub enum A { B }",
        &["non-exhaustive-removed A"],
    ),
    (
        "pub enum A { B { c: u8 } }",
        "pub enum A { B { c: u16 } }",
        &["variant-type-changed A::B"],
    ),
    (
        "pub enum A { B(u8) }",
        "pub enum A { B }",
        &["variant-type-changed A::B"],
    ),
    // Order.
    ("pub enum A { B, C }", "pub enum A { C, B }", &[]),
    (
        "#[derive(PartialOrd)] pub enum A { B, C }",
        "#[derive(PartialOrd)] pub enum A { C, B }",
        &["variants-reordered A silent"],
    ),
    (
        "#[derive(PartialOrd)] pub enum A { B, C }",
        "#[derive(PartialOrd)] pub enum A { B, X, C }",
        &["variant-added-to-exhaustive A::X"],
    ),
    (
        "pub struct A { pub a: u8, pub b: u8 }",
        "pub struct A { pub b: u8, pub a: u8 }",
        &[],
    ),
    // Traits.
    (
        "#[derive(Clone, Debug)] pub struct A;",
        "#[derive(Clone)] pub struct A;",
        &["trait-removed A"],
    ),
    (
        "pub struct A;",
        "pub struct A; impl std::fmt::Display for A {}",
        &["trait-added A"],
    ),
    (
        "#[derive(Debug)] pub struct A;",
        "pub struct A; impl std::fmt::Debug for A {}",
        &[],
    ),
    (
        "pub struct A; impl Iterator for A { type Item = u8; }",
        "pub struct A; impl Iterator for A { type Item = u16; }",
        &["trait-type-changed A"],
    ),
    (
        "pub struct A; impl From<A> for String {}",
        "pub struct A;",
        &["trait-removed A"],
    ),
    // Functions.
    (
        "pub fn a(b: String, c: String) {}",
        "pub fn a(c: String, b: String) {}",
        &["arguments-swapped a silent"],
    ),
    ("pub fn a(b: String) {}", "pub fn a(c: String) {}", &[]),
    ("pub fn a() {}", "pub fn a(b: u8) {}", &["argument-added a"]),
    (
        "pub fn a() {}",
        "pub async fn a() {}",
        &["signature-changed a"],
    ),
    (
        "pub fn a() -> u8 {}",
        "pub fn a() -> u16 {}",
        &["return-type-changed a"],
    ),
    (
        "pub fn a<T: Into<String>>(b: T) {}",
        "pub fn a<T: Into<u8>>(b: T) {}",
        &["signature-changed a"],
    ),
    (
        "pub struct A; impl A { pub fn a(&self) {} }",
        "pub struct A; impl A { pub fn a(self) {} }",
        &["signature-changed A::a"],
    ),
    (
        "pub struct A; impl A { pub fn a(self) {} }",
        "pub struct A; impl A { pub fn a(mut self) {} }",
        &[],
    ),
    (
        "pub struct A; impl A { pub fn a(&self) {} fn b() {} }",
        "pub struct A; impl A { fn a(&self) {} }",
        &["method-removed A::a"],
    ),
    // Constants, statics, aliases, exports.
    (
        "pub const A: u8 = 1;",
        "pub const A: u8 = 2;",
        &["value-changed A"],
    ),
    (
        "pub const A: u8 = 1;",
        "pub const A: u16 = 1;",
        &["type-changed A"],
    ),
    (
        "pub static A: u8 = 1;",
        "pub const A: u8 = 1;",
        &["item-kind-changed A"],
    ),
    ("pub type A = u8;", "pub type A = u16;", &["type-changed A"]),
    (
        "pub use std::fmt::Debug as A;",
        "pub use std::fmt::Display as A;",
        &["type-changed A"],
    ),
    (
        "pub struct A; impl A { pub const B: u8 = 1; }",
        "pub struct A; impl A { pub const B: u8 = 2; }",
        &["value-changed A::B"],
    ),
    (
        "pub struct A; impl A { pub const B: u8 = 1; }",
        "pub struct A;",
        &["method-removed A::B"],
    ),
    // Where it is.
    (
        "pub mod a { pub struct B; }",
        "pub mod a {}",
        &["item-removed a::B"],
    ),
    (
        "mod a { pub struct B; } pub use a::B;",
        "pub struct B;",
        &[],
    ),
    (
        "mod a { pub struct B; } pub use a::B;",
        "mod a { pub struct B; }",
        &["item-removed B"],
    ),
    (
        "mod a { pub struct B; pub struct C { pub b: B } } pub use a::{B, C};",
        "pub struct B; pub struct C { pub b: self::B }",
        &[],
    ),
    ("mod a { pub struct B; }", "", &[]),
    // Features.
    (
        "pub struct A;",
        "#[cfg(feature = \"mock\")] pub struct A;",
        &["feature-needed A"],
    ),
    (
        "#[cfg(feature = \"mock\")] pub struct A;",
        "pub struct A;",
        &["feature-not-needed A"],
    ),
    (
        "#[cfg(feature = \"mock\")] pub mod a { pub struct B; }",
        "pub mod a { pub struct B; }",
        &["feature-not-needed a"],
    ),
    (
        "#[cfg(feature = \"mock\")] pub struct A;",
        "",
        &["item-removed A with mock"],
    ),
    (
        "#[cfg(feature = \"tls\")] pub struct A;",
        "",
        &["item-removed A"],
    ),
    // Words.
    (
        "/// One.\npub struct A;",
        "/// Two.\npub struct A;",
        &["documentation-changed A"],
    ),
    (
        "pub struct A { /// One.\npub a: u8 }",
        "pub struct A { /// Two.\npub a: u8 }",
        &["documentation-changed A::a"],
    ),
    (
        "pub struct A;",
        "#[deprecated] pub struct A;",
        &["deprecated A"],
    ),
    (
        "#[deprecated] pub struct A;",
        "pub struct A;",
        &["not-deprecated A"],
    ),
    (
        "//! ```\n//! a();\n//! ```",
        "//! ```\n//! b();\n//! ```",
        &[],
    ),
    ("//! One.", "//! Two.", &["documentation-changed crate"]),
    // One type in two spellings.
    (
        "pub mod a { pub struct B; } pub struct C { pub b: a::B }",
        "pub mod a { pub struct B; } use a as z; pub struct C { pub b: z::B }",
        &[],
    ),
    (
        "use std::fmt::Debug; pub fn a(b: impl Debug) {}",
        "pub fn a(b: impl std::fmt::Debug) {}",
        &[],
    ),
    // Names.
    (
        "pub struct A { pub a: u8 } pub struct B { pub a: A }",
        "pub struct Z { pub a: u8 } pub struct B { pub a: Z }",
        &["item-renamed A -> Z"],
    ),
    (
        "pub struct A { pub a: u8 } pub struct B { pub a: A }",
        "pub struct Z { pub z: u8 } pub struct B { pub a: Z }",
        &["item-removed A", "field-type-changed B::a", "item-added Z"],
    ),
    (
        "pub struct A { pub n: Option<Box<A>> } pub struct B { pub a: A }",
        "pub struct Z { pub n: Option<Box<Z>> } pub struct B { pub a: Z }",
        &["item-renamed A -> Z"],
    ),
    // Two that could be either.
    (
        "pub struct A; pub struct B { pub a: A, pub b: A }",
        "pub struct Y; pub struct Z; pub struct B { pub a: Y, pub b: Z }",
        &[
            "item-removed A",
            "field-type-changed B::a",
            "field-type-changed B::b",
            "item-added Y",
            "item-added Z",
        ],
    ),
];

#[test]
fn each_is_told() {
    let mut wrong = String::new();
    for (old, new, expected) in PAIRS {
        let found = found(old, new);
        if found != *expected {
            wrong.push_str(&format!("{old}\n{new}\n    {found:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn messages_show_the_rust_of_both() {
    for (old, new, message) in [
        (
            "pub struct A { pub a: Option<String> }",
            "pub struct A { pub a: String }",
            "`A::a` turns from `Option<String>` to `String`",
        ),
        (
            "pub mod a { pub struct T; } pub mod b { pub struct T; } pub fn f() -> a::T {}",
            "pub mod a { pub struct T; } pub mod b { pub struct T; } pub fn f() -> b::T {}",
            "`f` gives `b::T` in place of `a::T`",
        ),
        (
            "pub fn f(a: String, b: u8) {}",
            "pub fn f(a: String) {}",
            "`f` takes `(a: String)` in place of `(a: String, b: u8)`",
        ),
    ] {
        let changes = compare(&read(old).unwrap(), &read(new).unwrap());
        let messages: Vec<_> = changes.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, [message]);
    }
}

#[test]
fn what_nobody_knows_is_an_error() {
    for (code, message) in [
        ("surprise! { pub struct A; }", "a macro that is not known"),
        ("pub trait A {}", "it is not known what callers see"),
        ("pub use std::fmt::*;", "a glob"),
        ("#[cfg(unix)] pub struct A;", "no list of features"),
        ("pub mod a;", "there is no such file"),
        ("pub struct", "expected"),
        ("accessor! { Client -> A }", "expected"),
    ] {
        let error = read(code).unwrap_err();
        let told = error.to_string();
        assert!(told.contains(message), "{code}: {told}");
        let file = if code == "pub mod a;" {
            "src/a/mod.rs"
        } else {
            "src/lib.rs"
        };
        assert_eq!(error.file, file);
    }
    let nothing = surface(BTreeMap::new()).unwrap_err();
    assert_eq!(nothing.file, "src/lib.rs");
}
