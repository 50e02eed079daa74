use super::*;
use encodings::ENCODINGS;

#[path = "../../tests/support/encodings.rs"]
mod encodings;

fn redactor(secrets: &[&str]) -> Redactor {
    let mut redactor = Redactor::default();
    for secret in secrets {
        redactor.add(&(*secret).into());
    }
    redactor
}

fn finds(secret: &str, text: &str) -> bool {
    redactor(&[secret]).examine().finds(text.as_bytes())
}

/// Such as the next reading takes for its own: they have escapes, entities and signs in them.
const SECRETS: &[&str] = &[
    "CZ[Y\\-33",
    "Ab%12&3cd",
    "t\\n1<4\\r2>q%bc'9%3e",
    "P@$$w0rd!",
    "a! b@ c#9",
    "Abc\"Hidden12345",
    "pa\\ss\\wo/rd <é> 😀 & more",
    "Zq9!x",
    "0451",
];

#[test]
fn every_spelling_is_found() {
    for secret in SECRETS {
        for (name, encode) in ENCODINGS {
            let text = format!("the value {} is not allowed", encode(secret));
            assert!(finds(secret, &text), "{secret} in {name}: {text}");
        }
    }
}

#[test]
fn an_encoding_around_another_is_found() {
    for (inner, first) in ENCODINGS {
        for (outer, second) in ENCODINGS {
            // Nothing encodes before these, and base64 is lost when its case is.
            let is_lossy = outer.ends_with(" case") && inner.starts_with("base64");
            if ["backwards", "apart", "utf-16"].contains(outer) || is_lossy {
                continue;
            }
            let text = second(&format!("{{\"value\":\"{}\"}}", first("Abc\"Hidden12345")));
            assert!(
                finds("Abc\"Hidden12345", &text),
                "{inner} in {outer}: {text}"
            );
        }
    }
}

#[test]
fn what_stands_between_its_characters_hides_nothing() {
    // HTML and CSS have U+FFFD in place of each zero of UTF-16.
    for between in ["\u{fffd}", "\u{0}", "\u{200b}", " \u{fffd}. "] {
        let text: String = "Abc12345"
            .chars()
            .map(|c| format!("{c}{between}"))
            .collect();
        assert!(finds("Abc12345", &text), "{text:?}");
    }
    // Bytes that are no text do part it.
    let redactor = redactor(&["Abc12345"]);
    assert!(!redactor.examine().finds(b"Abc1\xff2345"));
}

#[test]
fn an_encoded_text_is_read_twice() {
    let secret = "Abc\"Hidden12345";
    let redactor = redactor(&[secret]);
    let (_, base64) = ENCODINGS
        .iter()
        .find(|(name, _)| *name == "base64")
        .unwrap();
    for (name, encode) in ENCODINGS {
        for text in [encode(secret), base64(&encode(secret))] {
            let found = redactor.examine_encoded().finds(text.as_bytes());
            assert!(found, "{name}: {text}");
        }
    }
}

#[test]
fn a_part_of_six_characters_is_enough() {
    let secret = "Hidden-Ab12345";
    for (name, encode) in ENCODINGS {
        for start in 0..=secret.len() - 6 {
            let text = format!("it is {} ", encode(&secret[start..start + 6]));
            assert!(finds(secret, &text), "{name}: {text}");
        }
    }
}

#[test]
fn ordinary_words_are_none() {
    let redactor = {
        let mut redactor = redactor(&[
            "Abc\"Hidden12345",
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            &"MIIDkgYJKoZIhvcNAQcCoIIDgzCCA38CAQExDTALBglghkgBZQMEAgEwggGh".repeat(40),
        ]);
        let signature = "9f86d081884c7d659a2feaa0c55ad015".repeat(2);
        let header =
            format!("SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature={signature}");
        redactor.add_signed(&header.parse().unwrap());
        redactor
    };
    for text in [
        "The password is too simple.",
        "Incorrect IAM authentication information: verify ak sk signature fail",
        "instance 5560df16-cebf-4473-95c4-d1b573c16e79 is locked; wait 300 seconds (50% done)",
        "Policy doesn't allow dws:cluster:resetPassword to be performed.",
        "18ea2ee7d2a0e68c5f1d3c2b9f86d081",
        "请求参数错误。",
        "a=41 & b=42; c:\\temp\\x",
    ] {
        assert!(!redactor.examine().finds(text.as_bytes()), "{text}");
    }
    assert!(
        redactor
            .examine()
            .finds(b"sign 884c7d659a2feaa0c55ad0159f86")
    );
}

#[test]
fn spellings_of_common_tools_are_found() {
    for text in [
        "4869 6464 656e 3132",
        "0x0048,0x0069,0x0064,0x0064,0x0065,0x006e",
        "U+0048 U+0069 U+0064 U+0064 U+0065 U+006E",
        "SGlk ZGVu MTIz NDU=",
        "char(72)+char(105)+char(100)+char(100)+char(101)+char(110)",
        "72\\n105\\n100\\n100\\n101\\n110",
        "110 151 144 144 145 156",
        "01001000 01101001 01100100 01100100 01100101 01101110",
        "\u{ff28}\u{ff29}\u{ff24}\u{ff24}\u{ff25}\u{ff2e}",
        "H\u{202e}i\u{ad}d\u{200b}d\u{a0}e\u{b7}n",
    ] {
        assert!(finds("Hidden12345", text), "{text}");
    }
    for (secret, text) in [
        ("P@$$w0rd!", "P&commat;&dollar;&dollar;w0rd&excl;"),
        ("a! b@ c#9", "a%21+b%40+c%239"),
        ("a'b'#!$'c'", "a''b''#!$''c''"),
        ("Ab%12&3cd", r"Ab%12\u00263cd"),
        ("CZ[Y\\-33", r"CZ[Y\\-33"),
    ] {
        assert!(finds(secret, text), "{text}");
    }
}

#[test]
fn many_secrets_and_large_ones_take_no_longer() {
    let many: Vec<String> = (0..1_000).map(|at| format!("Hidden-{at}-secret")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let large = "Aa1!".repeat(1 << 18);
    for secrets in [many, vec![large.as_str()]] {
        assert!(
            redactor(&secrets)
                .examine()
                .finds("41 ".repeat(20_000).as_bytes())
        );
    }
}

#[test]
fn without_secrets_everything_is_shown() {
    assert!(!Redactor::default().examine().finds(b"anything"));
    assert!(!finds("", "anything"));
}

#[test]
fn what_takes_too_long_to_read_is_not_shown() {
    let redactor = redactor(&["Hidden12345"]);
    for filler in ["A", "\\", "%25", "&amp;", "=3D", "41 ", "\u{e9}", "f "] {
        let text = filler.repeat(4 * MOST_WORK / filler.len());
        assert!(redactor.examine().finds(text.as_bytes()), "{filler}");
    }
    // The bound is for all texts of a response together.
    let mut examination = redactor.examine();
    let word = "instance ".repeat(100);
    let shown = (0..)
        .take_while(|_| !examination.finds(word.as_bytes()))
        .count();
    assert!(shown > 10, "{shown}");
}

#[test]
fn a_body_is_cleaned_everywhere() {
    let mut body = serde_json::json!({
        "kept": ["fine", 17, null, true],
        "text": "SGlkZGVuMTIzNDU=",
        "number": 8_374_561_200_u64,
        "Hidden12345": 1,
        "deep": [{"a": "hidden1"}],
    });
    let redactor = redactor(&["Hidden12345", "83745612", "kept-Kept1"]);
    assert!(redactor.examine().clean(&mut body, &[&["kept"]]));
    assert!(
        !redactor
            .examine()
            .clean(&mut serde_json::json!({"a": ["b", 1]}), &[])
    );
    assert_eq!(
        body,
        serde_json::json!({
            "kept": ["fine", 17, null, true],
            "text": WITHHELD,
            "number": null,
            "deep": [{"a": WITHHELD}],
        })
    );
}

proptest::proptest! {
    /// Escapes that are cut off, or wrong, are read like all else.
    #[test]
    fn any_bytes_can_be_read(
        text in proptest::collection::vec(0..=255_u8, 0..60),
        escapes in "([\\\\%&=#uUx{};0-9a-fA-F ]|amp;|\\\\u\\{|&#x?){0,40}",
    ) {
        let redactor = redactor(&["Hidden12345"]);
        redactor.examine().finds(&text);
        redactor.examine().finds(escapes.as_bytes());
    }
}
