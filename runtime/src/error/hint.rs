//! What to do about an error whose code says more than its message.

use super::ErrorDetails;
use super::gateway::{IAM, gateway_code};
use super::refusal::Refusal;

const CLOCK: &str = "the clock of this computer is more than 15 minutes off that of the server; \
                     set it by a time server, then try again";
const SIGNATURE: &str = "check access key, secret key, security token and region, or whether the \
                         token has expired, before trying again: five refusals in a row lock the \
                         access key for five minutes";
const TOKEN: &str = "the token is no longer good; get a new one";
const KEY_LOCKED: &str = "the access key is locked after too many refusals in a row; check it, \
                          leave it alone for five minutes, then try again";
const USER_LOCKED: &str = "the user is locked, most often for 15 minutes after wrong passwords; \
                           do not sign in before that is over";
const THROTTLED: &str = "too many calls; wait, as long as Retry-After says if it is there, and \
                         call less often";
const NO_SUCH_API: &str = "there is no such API at this address; check the region and the \
                           endpoint, and whether the service is offered there";
const PASSWORD_NEEDED: &str = "send new_password, or set no_password_access to true and leave it \
                               out";
const PASSWORD_UNWANTED: &str = "leave new_password out when no_password_access is true";
const WEAK_PASSWORD: &str = "the service's rules for passwords are stricter than the password is; \
                             Password::generate, or --generate of the command, makes one that \
                             fulfils the documented policy";
const NO_SUCH_THING: &str = "check the id, the region and the project";
const NOT_ALLOWED: &str = "ask for the permission that the operation needs; its documentation \
                           names it";
const INSTANCE_LOCKED: &str = "the instance is locked after too many tries; wait for the time \
                               that lock_time_left of the response gives";

/// What a code means, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The codes that mean this. Those of the gateway stand here as `APIGW.…`; `APIG.…` is the same.
    pub codes: &'static [&'static str],
    /// What it means.
    pub meaning: &'static str,
    /// What to do.
    pub advice: &'static str,
}

const fn known(
    codes: &'static [&'static str],
    meaning: &'static str,
    advice: &'static str,
) -> Explanation {
    Explanation {
        codes,
        meaning,
        advice,
    }
}

/// The codes of the gateway, which responses of every service may have.
const OF_GATEWAY: &[Explanation] = &[
    known(&["APIGW.0101"], "there is no such API here", NO_SUCH_API),
    known(
        &["APIGW.0201"],
        "the gateway could not pass the request on, or not read it",
        "look at the status: with 4xx the request is too large or malformed, and nothing was \
         done; with 5xx the service may have had it",
    ),
    known(
        &["APIGW.0301", "APIGW.0305"],
        "the signature or the token was not accepted",
        SIGNATURE,
    ),
    known(
        &["APIGW.0302", "APIGW.0304", "APIGW.0306"],
        "the caller is known and may not do this",
        NOT_ALLOWED,
    ),
    known(
        &["APIGW.0303"],
        "the time of the signature is too far off",
        CLOCK,
    ),
    known(&["APIGW.0307"], "the token has ended", TOKEN),
    known(
        &["APIGW.0308"],
        "too many calls in too short a time",
        THROTTLED,
    ),
    known(
        &["APIGW.0401", "APIGW.0402"],
        "calls from this address are not allowed",
        "call from an address that the account's owner allows",
    ),
    known(
        &[
            "APIGW.0601",
            "APIGW.0605",
            "APIGW.0606",
            "APIGW.0610",
            "APIGW.0613",
        ],
        "the gateway is in trouble",
        "try again later; the request did not reach the service, as far as the gateway knows",
    ),
];

/// The codes of services, as far as they have to do with passwords.
const OF_SERVICES: &[Explanation] = &[
    // DCS gives the same errors with a number from older interfaces.
    known(
        &["DCS.4845", "111400845"],
        "a password is missing",
        PASSWORD_NEEDED,
    ),
    known(
        &["DCS.4849", "111400849"],
        "a password is one too many",
        PASSWORD_UNWANTED,
    ),
    known(
        &["DCS.4019", "111400019", "Ecs.0011", "BMS.3026", "BMS.3039"],
        "the password breaks a rule of the service",
        WEAK_PASSWORD,
    ),
    known(
        &["DCS.4843", "111400843"],
        "no_password_access is missing or neither true nor false",
        "give it, or give new_password and leave it out",
    ),
    known(
        &["DCS.4839", "DCS.4850", "111400850"],
        "the instance takes no new password as it is",
        "look at its kind and whether it is open without a password, on the console",
    ),
    known(
        &["DCS.4049"],
        "the instance is not running",
        "wait until it runs, then try again",
    ),
    known(
        &["DCS.4115", "111400115"],
        "another reset of the password is under way",
        "wait for its end, and look which password holds before sending another",
    ),
    known(
        &["DCS.3022", "111404022"],
        "there is no such instance",
        NO_SUCH_THING,
    ),
    known(
        &["CBH.10020011"],
        "there is no such bastion host",
        NO_SUCH_THING,
    ),
    known(
        &[
            "DCS.2003",
            "DCS.3002",
            "111403002",
            "111403003",
            "CBH.10020002",
        ],
        "the caller is known and may not do this",
        NOT_ALLOWED,
    ),
    known(
        &["CBH.10020009", "CBH.10020010"],
        "a value of the request, or its form, is wrong",
        "compare the values with what the operation asks for",
    ),
    known(&["CBH.10020100"], "the token is not valid", TOKEN),
    known(
        &["DCS.5000", "CBH.10020000"],
        "the service failed",
        "the request may have been processed: look before sending it again",
    ),
];

/// What a code means, of the gateway or of a service.
///
/// ```
/// let locked = huaweicloud_runtime::error::explain("APIG.0308").unwrap();
/// assert!(locked.advice.contains("Retry-After"));
/// ```
pub fn explain(code: &str) -> Option<&'static Explanation> {
    let gateway = code
        .strip_prefix("APIG.")
        .map(|number| format!("APIGW.{number}"));
    let code = gateway.as_deref().unwrap_or(code);
    let mut all = OF_GATEWAY.iter().chain(OF_SERVICES);
    all.find(|it| {
        it.codes
            .iter()
            .any(|known| known.eq_ignore_ascii_case(code))
    })
}

/// The hint for a response, if there is one that helps.
pub(super) fn of(details: &ErrorDetails) -> Option<&'static str> {
    let of_refusal = |refusal| match refusal {
        Refusal::Clock => Some(CLOCK),
        Refusal::Token => Some(TOKEN),
        Refusal::Locked if details.operation().service == IAM => Some(USER_LOCKED),
        Refusal::Locked => Some(KEY_LOCKED),
        // Who signs in has no key, and a code of a service may say more.
        Refusal::Key => gateway_code(details).map(|_| SIGNATURE),
    };
    let of_gateway = || match gateway_code(details)? {
        "0101" => Some(NO_SUCH_API),
        _ => None,
    };
    let of_service = || match (details.operation().service, details.unredacted_code()?) {
        // In the body of a 200.
        ("dcs", "3") => Some(INSTANCE_LOCKED),
        (_, code) => {
            let known = OF_SERVICES.iter().find(|it| it.codes.contains(&code))?;
            Some(known.advice)
        }
    };
    Refusal::of(details)
        .and_then(of_refusal)
        .or_else(of_gateway)
        .or_else(of_service)
        .or_else(|| details.is_throttled().then_some(THROTTLED))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;
    use crate::operation::Operation;

    const fn operation(service: &'static str) -> Operation {
        Operation::new(service, "ResetPassword", "POST", "/")
    }
    static DCS: Operation = operation("dcs");
    static DWS: Operation = operation("dws");

    fn details(operation: &'static Operation, status: u16, code: &str) -> ErrorDetails {
        let body = format!(r#"{{"error_code":"{code}","error_msg":"m"}}"#);
        crate::error::details_of(operation, status, &HeaderMap::new(), &body)
    }

    #[test]
    fn known_codes_say_what_to_do() {
        for (status, code, part) in [
            (404, "APIGW.0101", "region"),
            (401, "APIGW.0301", "lock the access key"),
            (401, "APIG.0301", "five minutes"),
            (401, "APIGW.0303", "clock"),
            (401, "APIGW.0307", "new one"),
            (429, "APIGW.0308", "Retry-After"),
            (400, "DCS.4845", "no_password_access"),
            (400, "DCS.4849", "leave new_password out"),
            (400, "111400849", "leave new_password out"),
            (400, "DCS.4019", "Password::generate"),
            (400, "Ecs.0011", "Password::generate"),
            (400, "BMS.3026", "Password::generate"),
            (401, "CBH.10020100", "new one"),
            (200, "3", "lock_time_left"),
        ] {
            let hint = details(&DCS, status, code).hint().unwrap_or_default();
            assert!(hint.contains(part), "{code}: {hint}");
            // One line, whatever the source looks like.
            assert!(!hint.contains('\n') && !hint.contains("  "), "{hint}");
        }
        // Any throttled call, whoever throttled it.
        let throttled = details(&DWS, 429, "DWS.0001");
        assert!(throttled.hint().is_some_and(|hint| hint.contains("wait")));
    }

    #[test]
    fn a_code_is_explained_once_and_in_full() {
        let all = || OF_GATEWAY.iter().chain(OF_SERVICES);
        let mut codes: Vec<_> = all().flat_map(|it| it.codes).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        assert!(all().all(|it| !it.meaning.is_empty() && !it.advice.is_empty()));
        assert_eq!(explain("apig.0301"), None);
        assert_eq!(explain("APIG.0301"), explain("APIGW.0305"));
        assert_eq!(
            explain("dcs.4845").map(|it| it.advice),
            Some(PASSWORD_NEEDED)
        );
    }

    #[test]
    fn other_codes_have_no_hint() {
        for (operation, status, code) in [
            (&DCS, 400, "DCS.4999"),
            (&DCS, 404, "DCS.0101"),
            (&DWS, 200, "3"),
            (&DCS, 401, "401"),
            (&DCS, 503, ""),
        ] {
            assert_eq!(details(operation, status, code).hint(), None, "{code}");
        }
    }
}
