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

const SECRETS: &[&str] = &[
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
            let text = second(&format!("{{\"value\":\"{}\"}}", first(SECRETS[0])));
            assert!(finds(SECRETS[0], &text), "{inner} in {outer}: {text}");
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
        redactor.add_signature(&"9f86d081884c7d659a2feaa0c55ad015".repeat(2));
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
    // The bound is for all texts of an answer together.
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
    redactor(&["Hidden12345", "83745612"])
        .examine()
        .clean(&mut body);
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
