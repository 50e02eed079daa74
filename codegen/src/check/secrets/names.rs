//! Names that sound like a secret.
//!
//! Words are compared, not letters: `tokenizer`, `secretary` and `passport` are none of them. What
//! is asked is whether the value could be a secret; a name about one, such as `password_length`, says
//! with its last word what the value is.

use heck::ToSnakeCase;

/// Words that mean a secret wherever they stand in a name, written as one or as two.
#[rustfmt::skip]
const SECRETS: &[&str] = &[
    "password", "passphrase", "passcode", "passkey", "secret", "credential", "cred", "token", "sk", "ak", "otp",
    "totp", "apikey", "jwt", "psk", "authinfo",
];

/// Words that mean one at the end of a name: `basic_auth`, `user_pin`.
const AT_THE_END: &[&str] = &["auth", "authorization", "pin", "bearer", "cookie"];

/// What goes before a word of [`HELD`] where that proves who somebody is, or opens something.
#[rustfmt::skip]
const PROVING: &[&str] = &[
    "private", "priv", "encryption", "access", "api", "signing", "master", "shared", "auth", "mfa", "pin",
    "verification", "verify", "sms", "recovery", "backup", "security", "login", "session", "symmetric", "hmac", "aes",
    "rsa",
];

/// What is known or held to prove it.
const HELD: &[&str] = &["key", "code", "answer", "seed"];

/// Words that begin a question, to which yes or no is the answer.
const QUESTIONS: &[&str] = &["is", "has", "can"];

/// How a word without a gap ends that is made of others: `resetpwd`, `clientsecret`.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "password", "passphrase", "passcode", "secret", "token", "credential", "apikey", "secretkey", "privatekey",
    "accesskey",
];

/// What goes before `token` where it marks a place in a list, or tells two requests apart.
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "page", "next", "previous", "prev", "continuation", "client", "idempotency", "sync", "cursor", "skip",
    "resume", "scroll", "pagination", "change", "max",
];

/// Last words of a name about a secret: the value is something else.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "id", "ids", "name", "names", "type", "types", "kind", "policy", "policies", "length", "size", "count", "limit",
    "number", "at", "on", "time", "timestamp", "date", "day", "days", "expires", "expiry", "expiration", "expire",
    "ttl", "lifetime", "age", "period", "version", "url", "uri", "urn", "arn", "endpoint", "path", "method", "mode",
    "status", "state", "enabled", "disabled", "required", "format", "description", "algorithm", "strength",
    "complexity", "rule", "rules", "label", "provider", "scope", "scopes", "issuer", "audience", "region",
];

/// Words of other scripts.
const ELSEWHERE: &[&str] = &["密码", "密碼", "口令", "密钥"];

/// Whether a value of this name is probably a secret.
pub fn sounds_secret(name: &str) -> bool {
    if ELSEWHERE.iter().any(|word| name.contains(word)) {
        return true;
    }
    let plain: String = name
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it } else { '_' })
        .collect();
    let snake = plain.to_snake_case();
    let words: Vec<&str> = snake
        .split('_')
        .map(|word| word.trim_end_matches(|it: char| it.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .collect();
    let Some(last) = words.last() else {
        return false;
    };
    if ABOUT.contains(last) || QUESTIONS.contains(&words[0]) {
        return false;
    }
    let pair = |first: &str, second: &str| {
        PROVING.contains(&first) && HELD.contains(&one(second))
            || SECRETS.contains(&one(&format!("{first}{second}")))
    };
    // `adminPass` of OpenStack.
    let admin_pass = *last == "pass" && words.len() > 1;
    let at_the_end = AT_THE_END.contains(last) || admin_pass;
    at_the_end
        || words.windows(2).any(|two| pair(two[0], two[1]))
        || words.iter().enumerate().any(|(at, word)| {
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            is_secret(word, before.copied().unwrap_or_default())
        })
}

fn is_secret(word: &str, before: &str) -> bool {
    let is_place = |before: &str| PLACES.contains(&before);
    match one(word) {
        "token" => !is_place(before),
        word if SECRETS.contains(&word) => true,
        _ if word == "passwordless" => false,
        word if word.starts_with("password") || word.starts_with("passwd") => true,
        word => {
            let mut tails = word.match_indices('p').map(|(at, _)| &word[at..]);
            tails.any(is_short_for_password)
                || ENDINGS.iter().any(|ending| {
                    let before = word.strip_suffix(ending);
                    before.is_some_and(|before| *ending != "token" || !is_place(before))
                })
        }
    }
}

/// `pw`, `psw`, `pwd`, `pswd`, `passwd`: letters of `password` in their order, the `w` among them
/// and a `w` or `d` at the end.
fn is_short_for_password(word: &str) -> bool {
    let mut letters = "password".chars();
    word.contains('w')
        && word.ends_with(['w', 'd'])
        && word.chars().all(|it| letters.any(|letter| letter == it))
}

/// One of what the word names.
fn one(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::sounds_secret;

    #[test]
    fn names_of_secrets_are_told_from_names_about_secrets() {
        for name in [
            "password",
            "new_password",
            "newPassword",
            "adminPass",
            "X-Auth-Token",
            "secretKey",
            "root-pwd",
            "password2",
            "private_key",
            "sk",
            "ak",
            "securityToken",
            "db_user_pwd",
            "dbUserPwd",
            "DB-USER-PWD",
            "userpwd",
            "resetpwd_flag",
            "pwd_new",
            "newPasswordConfirm",
            "password_hash",
            "passwordhash",
            "passwd",
            "passphrase",
            "clientsecret",
            "client_secret",
            "accesstoken",
            "access_key",
            "AccessKey",
            "apiKey",
            "apikey",
            "api-key",
            "private_key_pem",
            "basic_auth",
            "auth",
            "auth_code",
            "otp",
            "totp_passcode",
            "pin",
            "PIN",
            "credentials",
            "user.password",
            "secret[0]",
            "管理员密码",
            "tokens",
            "DBPASSWORD",
            "refresh_token_value",
            "pw",
            "mysqlRootPw",
            "rootpw",
            "old_psw",
            "pswd",
            "user_pwds",
            "pass_word",
            "passWord",
            "sms_code",
            "backup_codes",
            "security_answer",
            "aes_key",
            "access_keys",
            "session_cookie",
            "psk",
            "creds",
        ] {
            assert!(sounds_secret(name), "{name}");
        }
        for name in [
            "password_policy",
            "next_token",
            "pass",
            "X-Client-Token",
            "key",
            "public_key",
            "retry_times_left",
            "compass",
            "token_type",
            "",
            "tokenizer",
            "secretary",
            "passport",
            "passwordless",
            "password_length",
            "password_expires_at",
            "access_key_id",
            "tokenId",
            "secret_name",
            "pagetoken",
            "pageToken",
            "pinned",
            "author",
            "authority",
            "task",
            "ask",
            "spinner",
            "auth_type",
            "auth_url",
            "bypass",
            "keypair",
            "monkey",
            "max_tokens",
            "credential_type",
            "access",
            "ssh_key_name",
            "okay",
            "makers",
            "risk",
            "is_password_set",
            "has_token",
            "can_reset_password",
            "pwr_state",
            "group_word",
            "upward",
            "forward",
            "error_code",
            "sort_key",
            "public_keys",
            "pass_rate",
            "tasks",
        ] {
            assert!(!sounds_secret(name), "{name}");
        }
    }
}
