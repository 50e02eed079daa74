//! Rules of passwords.

use super::field;

/// Length, kinds and signs of a password's rules.
type Rules = (Option<(u32, u32)>, Option<u32>, Option<String>);

fn password(description: &str) -> Option<Rules> {
    let rules = field("new_password", "String", description).password?.value;
    Some((rules.length, rules.min_classes, rules.specials))
}

#[test]
fn passwords() {
    let whole = "The password must have:\n- 9 to 27 characters.\n- At least two of the following types: letters, digits, and special characters (!@()[]%).";
    assert_eq!(
        password(whole),
        Some((Some((9, 27)), Some(2), Some("!@()[]%".to_owned())))
    );
    let chinese = "密码规则：\n- 长度为9到27位。\n- 至少包含以下4种字符中的3种：\n- 大写字母\n- 特殊字符，包括!@$%^-_\n- 不能包含用户名或用户名的逆序。";
    assert_eq!(
        password(chinese),
        Some((Some((9, 27)), Some(3), Some("!@$%^-_".to_owned())))
    );
    // Two systems, two sets: the set is not known.
    let two = "密码规则：长度为9-27位，至少包含三种字符中的2种。\n- 一允许的特殊字符!@$%^\n- 二允许的特殊字符!@$%&";
    assert_eq!(password(two), Some((Some((9, 27)), Some(2), None)));
    // Two systems, two lengths; two versions, two numbers of kinds.
    for two in [
        "The password must contain 8 to 26 characters on small gauges, and 8 to 30 characters on large ones, of at least three types.",
        "密码规则：小水尺长度为8到32位，大水尺为8到64位，至少包含以下4种字符中的3种。",
        "It must have 8 to 32 characters of at least two types. If the gauge is small, at least three types.",
        "It must have 8 to 32 characters for small gauges, and at least three types of characters.",
    ] {
        assert_eq!(password(two), None, "{two}");
    }
    // Signs that are counted are no kinds, and all the digits there are bound nothing.
    let signs = "It must have 9 to 27 characters: digits (0 to 9), and any two of the following special characters: !@%-_";
    assert_eq!(
        password(signs),
        Some((Some((9, 27)), None, Some("!@%-_".to_owned())))
    );
    // Characters are no classes of characters.
    assert_eq!(
        password("It must have 9 to 27 characters, at least 4 characters of them new."),
        None
    );
    // What was lost makes the rest unknown.
    assert_eq!(
        password(
            "It has 9 to 27 characters and must have at least two types of the following characters:"
        ),
        None
    );
    assert_eq!(password("The password can have 9 to 27 characters."), None);
    assert!(field("new_password", "String", whole).secret.is_some());
    assert!(
        field("is_check_password", "Boolean", "Whether to check it.")
            .secret
            .is_none()
    );
    assert!(
        field("no_password_access", "Boolean", "Whether there is none.")
            .secret
            .is_none()
    );
}

#[test]
fn a_full_stop_behind_the_signs_of_a_password_is_none_of_them() {
    let rules = |text| {
        field("password", "String", text)
            .password
            .and_then(|fact| fact.value.specials)
    };
    let said = "The value must be 8 to 20 characters long and contain at least three types of the following characters: letters, digits, and special characters. The allowed special characters include ~!@#$%. Keep it safe.";
    assert_eq!(rules(said).as_deref(), Some("~!@#$%"));
    assert_eq!(
        rules(&said.replace("~!@#$%. K", "~!@#$%.? K")).as_deref(),
        Some("~!@#$%.?")
    );
}

#[test]
fn a_space_among_the_signs_is_named() {
    for (text, expected) in [
        (
            "9-27个字符，至少包含字母、数字、特殊字符中的2种。特殊字符`!@#%&' 和空格，不能以-开头。",
            "`!@#%&' ",
        ),
        (
            "It must have 9 to 27 characters, letters, digits, special characters (!@#%&) and spaces.",
            "!@#%& ",
        ),
        (
            "It must have 9 to 27 characters, letters, digits, special characters (!@#%&) and cannot contain spaces.",
            "!@#%&",
        ),
        (
            "It must have 9 to 27 characters, letters, digits, special characters (!@#%&), and spaces are not allowed.",
            "!@#%&",
        ),
        (
            "It must have 9 to 27 characters, letters, digits, special characters (!@#%&) and space-separated words.",
            "!@#%&",
        ),
        (
            "9-27个字符，至少包含字母、数字、特殊字符中的2种。特殊字符为!@#%&和空格不能出现。",
            "!@#%&",
        ),
    ] {
        let specials = password(text).and_then(|(.., specials)| specials);
        assert_eq!(specials.as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn kinds_are_counted_however_they_are_demanded() {
    let kinds = "letters, digits, and special characters (!@()[]%)";
    for (demand, expected) in [
        ("contain at least three of the following", 3),
        ("include all four of the following", 4),
        ("contain any three of the following", 3),
        ("contain 3 out of 4 kinds of characters", 3),
        ("contain four types of characters", 4),
        ("contain at least 3 of", 3),
        ("contain at least three of these", 3),
    ] {
        let text = format!("It must have 9 to 27 characters. It must {demand}: {kinds}.");
        let found = password(&text).and_then(|(_, kinds, _)| kinds);
        assert_eq!(found, Some(expected), "{text}");
    }
    let text = "Es muss 9 bis 27 Zeichen lang sein und mindestens drei der folgenden Zeichentypen enthalten: Buchstaben, Ziffern, Sonderzeichen (!@#%&).";
    let (length, kinds, specials) = password(text).expect("rules");
    assert_eq!((length, kinds), (Some((9, 27)), Some(3)));
    assert_eq!(specials.as_deref(), Some("!@#%&"));
}

/// Which kinds there are to be, in the words of documents: of one sentence, or of one list.
#[test]
fn the_kinds_of_characters_that_are_named() {
    let named = |text: &str| {
        let rules = field("new_password", "String", text).password;
        rules.map_or_else(Vec::new, |it| it.value.classes).join(" ")
    };
    let start = "It must have 9 to 27 characters.";
    for (text, expected) in [
        (
            "It must contain letters, digits, and special characters (!@()[]%).",
            "letter digit special",
        ),
        (
            "It must contain at least three of: uppercase letters, lowercase letters, digits, special characters (!@()[]%).",
            "lower upper digit special",
        ),
        (
            "It must contain uppercase and lowercase letters, digits (0-9), and special characters !@()[]%",
            "lower upper digit special",
        ),
        (
            "Letters (upper-case and lower-case), numbers and special characters (!@()[]%) are required.",
            "lower upper digit special",
        ),
        (
            "It must contain at least two types of:\n- Special characters: !?.,;%\n- Digits\n- Lowercase letters\nIt cannot begin with an uppercase letter.",
            "lower digit special",
        ),
        (
            "It must contain letters, digits, and special characters !@()[]%. It must begin with an uppercase letter.",
            "letter digit special",
        ),
        (
            "At least two types of:\n- Lowercase letters\n- Digits, excluding 0\n- Uppercase letters (no O)\n- Special characters !@()[]%",
            "lower upper digit special",
        ),
        (
            "At least two types of:\n- Lowercase letters\n- Digits are not allowed\n- Special characters !@()[]%",
            "",
        ),
        (
            "At least two types of:\n- Lowercase letters\n- Digits (not allowed)\n- Special characters !@()[]%",
            "",
        ),
        (
            "At least two types of:\n- Uppercase letters, lowercase letters, and digits (no O or 0)\n- Special characters !@()[]%",
            "",
        ),
        (
            "Rules:\n- Uppercase and lowercase letters\n- Digits\n- Special characters !@()[]%",
            "lower upper digit special",
        ),
        (
            "Rules:\n- It has letters, digits, and special characters !@()[]%\n- It begins with an uppercase letter",
            "",
        ),
        // More than is known.
        (
            "It must contain letters, digits, emojis, and special characters (!@()[]%).",
            "",
        ),
        (
            "It must contain letters, digits, special characters (!@()[]%), or blanks.",
            "",
        ),
        (
            "Rules:\n- Letters\n- Emojis\n- Special characters !@()[]%",
            "",
        ),
        // Two statements, two sets.
        (
            "It must contain letters, digits, and special characters !@()[]%. On old gates it must contain letters and digits.",
            "",
        ),
        (
            "密码规则：至少包含以下4种字符中的3种：\n- 大写字母\n- 数字\n- 特殊字符!@()[]%\n- 不能包含小写字母。",
            "upper digit special",
        ),
        (
            "必须包含大小写字母、数字和特殊字符!@()[]%。",
            "lower upper digit special",
        ),
        (
            "必须包含字母（区分大小写）、数字和特殊字符!@()[]%。",
            "letter digit special",
        ),
        (
            "Elle doit contenir des lettres majuscules, des chiffres et des caractères spéciaux (!@()[]%).",
            "upper digit special",
        ),
        (
            "Debe contener letras minúsculas, números y caracteres especiales (!@()[]%).",
            "lower digit special",
        ),
        (
            "Deve conter letras, dígitos e caracteres especiais (!@()[]%).",
            "letter digit special",
        ),
        (
            "Het moet hoofdletters, kleine letters, cijfers en speciale tekens (!@()[]%) bevatten.",
            "lower upper digit special",
        ),
        (
            "Es muss Großbuchstaben, Ziffern und Sonderzeichen (!@()[]%) enthalten.",
            "upper digit special",
        ),
    ] {
        assert_eq!(named(&format!("{start} {text}")), expected, "{text}");
    }
}

#[test]
fn passwords_of_before_are_told_in_many_words() {
    for (rule, expected) in [
        ("It cannot be the same as previous passwords.", "historical"),
        ("It cannot be one of the last five passwords.", "historical"),
        ("Its last character cannot be a digit.", ""),
        ("It cannot be one of the latest passwords", "historical"),
    ] {
        let text = format!(
            "It must have 9 to 27 characters of at least two types: letters, digits, special characters !@()[]%. {rule}"
        );
        let rules = field("new_password", "String", &text).password.unwrap();
        assert_eq!(rules.value.forbid.join(" "), expected, "{rule}");
    }
}
