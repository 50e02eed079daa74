//! What a server that refuses the caller finds wrong.
//!
//! The gateway has one code, 0301, for a wrong key, a token that ended and, on many clouds, a
//! clock that is off; only its words tell them apart. They are read clause by clause, since a
//! message can name the signature and the token in one breath.

use std::time::SystemTime;

use super::ErrorDetails;
use super::gateway::gateway_code;
use crate::signing::parse_date;

/// What is wrong with who called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The date of the signature: the clock here, or there, is off.
    Clock,
    /// The token: not one, or no longer one.
    Token,
    /// The key or what was signed with it.
    Key,
    /// Nothing that this request did: earlier ones had the key or user locked.
    Locked,
}

/// Codes of services that say what is wrong with a token.
const TOKEN_CODES: &[&str] = &["CBH.10020100", "Common.0013"];

impl Refusal {
    /// What the response refuses; `None` where it says nothing about who called.
    pub(super) fn of(details: &ErrorDetails) -> Option<Self> {
        let gateway = gateway_code(details);
        let about_caller =
            details.status() == 401 || matches!(gateway, Some("0301" | "0303" | "0305" | "0307"));
        if !about_caller || !(400..500).contains(&details.status()) {
            return None;
        }
        let message = details.unredacted_message().to_lowercase();
        if speaks_of_project(&message) {
            return None;
        }
        if speaks_of_clock(&message) {
            return Some(Self::Clock);
        }
        let code = details.unredacted_code().unwrap_or_default();
        Some(match gateway {
            // On gateways of one's own it stands for any refusal of an app's signature.
            Some("0303") if !message.contains("app authentication") => Self::Clock,
            Some("0307") => Self::Token,
            _ if TOKEN_CODES.contains(&code) || speaks_of_token(&message) => Self::Token,
            // A service is asked only after the gateway in front of it has accepted the caller.
            _ if is_of_service(code) => return None,
            _ if speaks_of_lock(&message) => Self::Locked,
            _ => Self::Key,
        })
    }
}

/// Whether the gateway refuses the caller and does not say what is wrong with it.
pub(super) fn is_vague(details: &ErrorDetails) -> bool {
    let words = details.unredacted_message().to_lowercase();
    let says_what = ["signature", "aksk", "secret", "token", "签名"];
    gateway_code(details).is_some() && !says_what.iter().any(|word| words.contains(word))
}

/// Whether a code is one of a service's own, such as `DWS.4010`.
fn is_of_service(code: &str) -> bool {
    const IN_FRONT: &[&str] = &["apig", "apigw", "iam", "common"];
    code.split_once('.').is_some_and(|(name, _)| {
        let name = name.to_ascii_lowercase();
        name.bytes().any(|byte| byte.is_ascii_lowercase()) && !IN_FRONT.contains(&name.as_str())
    })
}

/// The time that the message gives as the server's.
pub(super) fn server_time(details: &ErrorDetails) -> Option<SystemTime> {
    const NAME: &str = "server time";
    let message = details.unredacted_message();
    let at = message.to_ascii_lowercase().find(NAME)? + NAME.len();
    let rest = message[at..].trim_start_matches([':', '=', ' ', '\'', '"']);
    // `20260131T120000Z`, or the same with dashes, colons and a blank.
    let digits: String = rest
        .chars()
        .take_while(|c| c.is_ascii_digit() || "-:T ".contains(*c))
        .filter(char::is_ascii_digit)
        .take(14)
        .collect();
    let (date, time) = digits.split_at_checked(8)?;
    parse_date(&format!("{date}T{time}Z"))
}

/// What the server says for itself, in clauses; what it repeats of the request is left out.
fn clauses(message: &str) -> impl Iterator<Item = &str> {
    let own = message.split("canonicalrequest").next().unwrap_or_default();
    own.split([',', ';', ':', '.', '|', '，', '；', '。'])
}

fn holds(clause: &str, words: &[&str]) -> bool {
    words.iter().any(|word| clause.contains(word))
}

fn speaks_of_clock(message: &str) -> bool {
    clauses(message).any(|clause| {
        let dated = holds(clause, &["signature", "签名", "request", "date"])
            && holds(
                clause,
                &[
                    "expire",
                    "not yet",
                    "in the future",
                    "too early",
                    "too old",
                    "过期",
                    "超时",
                ],
            );
        let date = holds(
            clause,
            &[
                "x-sdk-date",
                "timestamp",
                "time stamp",
                "request time",
                "date header",
                "时间",
            ],
        ) && holds(
            clause,
            &[
                "expire",
                " off",
                "range",
                "differ",
                "exceed",
                "skew",
                "too ",
                "15 min",
                "in the future",
                "in the past",
                "not yet",
                "invalid",
                "超过",
                "相差",
            ],
        );
        let times = holds(
            clause,
            &[
                "signature time",
                "signing time",
                "server time",
                "clock",
                "time skew",
                "time difference",
                "local time",
            ],
        );
        !clause.contains("token") && (dated || date || times)
    })
}

fn speaks_of_token(message: &str) -> bool {
    clauses(message).any(|clause| clause.contains("token"))
}

/// The token is good, and for another project.
fn speaks_of_project(message: &str) -> bool {
    clauses(message).any(|clause| {
        clause.contains("token") && clause.contains("project") && clause.contains("match")
    })
}

fn speaks_of_lock(message: &str) -> bool {
    clauses(message).any(|clause| holds(clause, &["reach the limit", "locked"]))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::Refusal::{Clock, Key, Locked, Token};
    use super::*;
    use crate::operation::Operation;

    static RESET: Operation = Operation::new("dcs", "ResetPassword", "POST", "/");

    fn details(status: u16, code: &str, message: &str) -> ErrorDetails {
        let body = serde_json::json!({ "error_code": code, "error_msg": message }).to_string();
        crate::error::details_of(&RESET, status, &HeaderMap::new(), &body)
    }

    #[test]
    fn codes_and_words_say_what_is_wrong() {
        const IAM: &str = "Incorrect IAM authentication information: ";
        for (code, words, expected) in [
            ("APIGW.0303", "no", Clock),
            (
                "APIG.0303",
                "Incorrect app authentication information: signature expired",
                Clock,
            ),
            (
                "APIG.0303",
                "Incorrect app authentication information.",
                Key,
            ),
            (
                "APIGW.0301",
                "calc aksk signature fail:signature expired, signature time:x",
                Clock,
            ),
            ("APIG.0301", "SIGNATURE EXPIRED", Clock),
            ("APIG.0301", "the signature is not yet valid", Clock),
            ("X", "x-sdk-date differs by more than 15 minutes", Clock),
            ("APIGW.0301", "签名已过期", Clock),
            ("APIGW.0301", "签名时间已超时", Clock),
            ("APIGW.0301", "请求时间与服务器时间相差超过15分钟", Clock),
            ("APIGW.0301", "The request has expired", Clock),
            ("APIGW.0301", "Time stamp is expired", Clock),
            ("APIGW.0301", "X-Sdk-Date is invalid", Clock),
            ("APIGW.0301", "check your local time", Clock),
            (
                "APIGW.0301",
                "the time difference between client and server is more than 15 minutes",
                Clock,
            ),
            ("APIGW.0301", "verify aksk signature fail", Key),
            (
                "APIGW.0301",
                "verify aksk signature fail, canonicalRequest:x-sdk-date too old",
                Key,
            ),
            (
                "APIGW.0301",
                "Get secretKey failed,ak:x,err:ak not exist",
                Key,
            ),
            ("APIGW.0301", "Unauthorized", Key),
            ("APIGW.0305", "Incorrect authentication information.", Key),
            ("", "", Key),
            ("APIGW.0301", "decrypt token fail", Token),
            ("APIGW.0301", "token expires", Token),
            (
                "APIGW.0301",
                "the security token has expired, the signature was not read",
                Token,
            ),
            ("APIGW.0307", "no", Token),
            ("CBH.10020100", "no", Token),
            ("DCS.1001", "Invalid token.", Token),
            (
                "APIG.0301",
                "AK access failed to reach the limit,forbidden.",
                Locked,
            ),
            ("401", "The account is locked.", Locked),
        ] {
            for words in [words.to_owned(), format!("{IAM}{words}")] {
                let found = Refusal::of(&details(401, code, &words));
                assert_eq!(found, Some(expected), "{code} {words}");
            }
        }
    }

    #[test]
    fn other_responses_say_nothing_of_the_caller() {
        for (status, code, words) in [
            (200, "APIGW.0301", ""),
            (500, "APIGW.0303", ""),
            (
                403,
                "APIGW.0302",
                "The IAM user is not authorized to access the API.",
            ),
            (400, "DCS.0301", "token"),
            (401, "DCS.1004", "Project ID does not match the token."),
            (429, "APIGW.0308", ""),
            (401, "DWS.4010", "not allowed for this cluster"),
            (401, "DWS.4010", "The cluster is locked."),
        ] {
            assert_eq!(Refusal::of(&details(status, code, words)), None, "{code}");
        }
        let status = details(400, "APIGW.0301", "verify aksk signature fail");
        assert_eq!(Refusal::of(&status), Some(Key));
    }

    #[test]
    fn a_message_can_give_the_server_s_time() {
        let time = |words: &str| server_time(&details(401, "APIGW.0301", words));
        let expected = parse_date("20211217T065804Z");
        for words in [
            "signature time:20211217T064303Z,server time:20211217T065804Z",
            "Server Time: 20211217T065804Z.",
            "server time: 2021-12-17T06:58:04Z",
            "server time=2021-12-17 06:58:04, client time x",
        ] {
            assert_eq!(time(words), expected, "{words}");
        }
        for words in [
            "",
            "server time",
            "server time:",
            "server time:noonnoonnoonnoon",
            "server time:20211217T06580é",
        ] {
            assert_eq!(time(words), None, "{words}");
        }
    }
}
