//! What the types of the zoo read and write: nothing that a server says is lost.

use serde::Serialize;
use serde::de::DeserializeOwned;
use zoo_client::runtime::Integer;
use zoo_client::zoo::types::{
    Animal, BadgeInput, Cage, Cat, Counts, Keeper, KeeperInput, Labels, ListCagesResponse, Odd,
    OddSize, Shift,
};

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn value(text: &str) -> serde_json::Value {
    read(text)
}

/// Reads a text as the type and writes it again.
fn there_and_back<T: DeserializeOwned + Serialize>(text: &str) -> T {
    let it: T = read(text);
    let written = serde_json::to_string(&it).expect("it can be written");
    assert_eq!(value(&written), value(text), "{written}");
    it
}

#[test]
fn the_word_decides_and_others_are_kept() {
    let all = r#"[
        {"kind": "puss", "lives": 9, "friend": {"kind": "Dog", "bark": "low", "tail": 1}},
        {"kind": "Puppy", "bark": "high", "weeks": 255},
        {"kind": "Tortoise", "shell": {"rings": [1, 2]}},
        {"kind": "fox", "bark": "none", "den": {"depth": 2}},
        {"bark": "who"}
    ]"#;
    let animals: Vec<Animal> = there_and_back(all);
    let Animal::Cat(cat) = &animals[0] else {
        panic!("{animals:?}")
    };
    let Some(Animal::Dog(friend)) = &cat.friend else {
        panic!("{cat:?}")
    };
    assert_eq!(friend.extra["tail"], 1);
    assert!(matches!(&animals[1], Animal::Puppy(it) if it.weeks == Some(255)));
    assert!(matches!(&animals[2], Animal::Tortoise(it) if it.extra.contains_key("shell")));
    assert!(matches!(&animals[3], Animal::Unknown(it) if it["den"]["depth"] == 2));
    assert!(matches!(&animals[4], Animal::Unknown(_)));
    // What the word names is due.
    assert!(serde_json::from_str::<Animal>(r#"{"kind": "Dog"}"#).is_err());
    let made = Animal::from(Cat::new("puss").lives(Integer::from(u128::MAX)));
    let written = serde_json::to_string(&made).expect("it can be written");
    assert_eq!(written, format!(r#"{{"kind":"puss","lives":{}}}"#, u128::MAX));
    there_and_back::<ListCagesResponse>(
        r#"{"cages": [{"type": "pool", "litres": 5}, {"type": "Aviary", "perches": 4294967295}]}"#,
    );
    assert!(matches!(read(r#"{"type": "tank", "litres": 5}"#), Cage::Tank(_)));
}

#[test]
fn numbers_are_as_wide_as_the_document_says() {
    let all = r#"{"most": 18446744073709551615, "little": -128, "short": 4294967295, "else": 18446744073709551615}"#;
    let counts: Counts = there_and_back(all);
    assert_eq!((counts.most, counts.little), (u64::MAX, Some(-128)));
    assert_eq!(counts.extra["else"], u64::MAX);
    let wide = r#"{"over":18446744073709551617,"most":0}"#;
    let counts: Counts = read(wide);
    assert_eq!(counts.over.as_ref().map(ToString::to_string).as_deref(), Some("18446744073709551617"));
    let written = serde_json::to_string(&counts).expect("it can be written");
    assert!(written.contains("18446744073709551617"), "{written}");
    for other in [r#"{"most": -1}"#, r#"{"most": 1, "little": 128}"#] {
        assert!(serde_json::from_str::<Counts>(other).is_err(), "{other}");
    }
}

#[test]
fn fields_travel_their_way_and_secrets_are_not_shown() {
    let keeper: Keeper = read(
        r#"{"id": 1, "name": "Ada", "door_password": "open sesame", "nextToken": "n", "badge": {"serial": "b", "colour": "red"}, "hat": "no"}"#,
    );
    assert_eq!((keeper.id, &*keeper.badge.serial), (1, "b"));
    assert_eq!(keeper.extra["hat"], "no");
    assert!(!format!("{keeper:?}").contains("sesame"), "{keeper:?}");
    assert_eq!(keeper.next_token.as_deref(), Some("n"));
    let mut input = KeeperInput::new(BadgeInput::new("red"), "Ada").pin("1234");
    input.extra = keeper.extra;
    let written = serde_json::to_value(&input).expect("it can be written");
    // Outside of a request a secret is not written either.
    assert_eq!(
        written,
        value(r#"{"name": "Ada", "pin": "[redacted]", "badge": {"colour": "red"}, "hat": "no"}"#)
    );
    for missing in ["id", "badge"] {
        let mut keeper = value(r#"{"id": 1, "name": "Ada", "badge": {"serial": "b", "colour": "red"}}"#);
        keeper.as_object_mut().expect("an object").remove(missing);
        assert!(serde_json::from_value::<Keeper>(keeper).is_err(), "{missing}");
    }
    let shift: Shift = there_and_back(
        r#"{"lead": {"id": 1, "name": "Ada", "badge": {"serial": "b", "colour": "red"}}, "days": [1, 4]}"#,
    );
    assert_eq!(shift.days, Some(vec![1, 4]));
}

#[test]
fn odd_shapes_are_kept_as_they_are() {
    let odd: Odd = there_and_back(
        r#"{"size": "", "level": 7, "word": "b", "flag": false, "mixed": 1, "merged": {"a": [1]}, "beside": {"a": "x", "b": "y"}, "more": null}"#,
    );
    assert_eq!(odd.size, Some(OddSize::Empty));
    for (word, size) in [("s", OddSize::S), ("2.5", OddSize::N25), ("xl", OddSize::from("xl"))] {
        let odd: Odd = there_and_back(&format!(r#"{{"size": "{word}", "level": 1, "word": "a"}}"#));
        assert_eq!(odd.size, Some(size));
    }
    let none: Odd = read(r#"{"size": null, "level": 1, "word": null}"#);
    assert!(none.size.is_none() && none.word.is_none());
    let locked: Odd = read(
        r#"{"size": "S", "level": 1, "word": "a", "locked": {"gate_password": "open sesame"}}"#,
    );
    assert!(!format!("{locked:?}").contains("sesame"), "{locked:?}");
    let locked = locked.locked.expect("it is there");
    assert_eq!(locked.expose()["gate_password"], "open sesame");
    let labels: Labels = there_and_back(r#"{"own": "a", "other": "b", "third": "c"}"#);
    assert_eq!(labels.extra["third"], "c");
}
