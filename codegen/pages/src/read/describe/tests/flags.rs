//! Flags.

use super::*;

#[test]
fn flags() {
    let deprecated = |text: &str| field("depth", "String", text).deprecated.is_some();
    assert!(deprecated("The depth. This parameter is deprecated."));
    assert!(deprecated("水深。该字段已废弃。"));
    assert!(!deprecated("See the API Querying Gauges (Deprecated)."));
    assert!(!deprecated(
        "The depth, from which the deprecated scale of the gauge is left out."
    ));
    for text in [
        "This parameter has been discarded and should not be used.",
        "(Deprecated) The old depth.",
        "Deprecated since spring: use level.",
        "Obsolete. Use level.",
        "该参数即将废弃，请使用level。",
        "废弃字段",
    ] {
        assert!(deprecated(text), "{text}");
    }
    for text in [
        "This parameter is not deprecated.",
        "This field has not been deprecated.",
        "该参数未废弃。",
        "该参数不会废弃。",
        "This parameter replaces level, which is deprecated.",
        "该字段用于替代已废弃的level。",
        "Since spring, the value old of this parameter is deprecated.",
        "The API of spring is deprecated, this parameter is not.",
    ] {
        assert!(!deprecated(text), "{text}");
    }
    // What is mandatory in some cases only is noted.
    let noted = |required| {
        let found = row("depth", "String", "The depth.", required);
        found
            .unclear
            .iter()
            .any(|note| note.why == "it must be given in some cases only" && !note.lost)
    };
    assert!(noted(Required::Conditional));
    assert!(!noted(Required::Yes) && !noted(Required::No) && !noted(Required::Unknown));
    for (text, told) in [
        ("This parameter is mandatory when it ebbs.", true),
        ("退潮场景下必选。", true),
        ("It is mandatory. If it ebbs, it falls.", false),
    ] {
        let found = row("depth", "String", text, Required::No);
        assert_eq!(!found.unclear.is_empty(), told, "{text}");
    }
    let nullable = |text: &str| field("depth", "String", text).nullable.is_some();
    assert!(nullable("This parameter is null when the gauge is dry."));
    assert!(nullable("If there is no water, null is returned."));
    assert!(nullable("The value is null unless there is water."));
    assert!(nullable("Ce paramètre vaut null s'il n'y a pas d'eau."));
    assert!(nullable("Ce paramètre est nul sans eau."));
    for text in [
        "It is returned and is not null.",
        "This parameter is not set to null unless the gauge is dry.",
        "The depth must not be null.",
        "水深不会为null。",
    ] {
        assert!(!nullable(text), "{text}");
    }
}
