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
                             Password::generate makes one that fulfils the documented policy, the \
                             constant of the operation whose name ends in _POLICY";
const INSTANCE_LOCKED: &str = "the instance is locked after too many tries; wait for the time \
                               that lock_time_left of the response gives";

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
        // DCS gives the same errors with a number from older interfaces.
        (_, "DCS.4845" | "111400845") => Some(PASSWORD_NEEDED),
        (_, "DCS.4849" | "111400849") => Some(PASSWORD_UNWANTED),
        (_, "DCS.4019" | "111400019" | "Ecs.0011" | "BMS.3026" | "BMS.3039") => Some(WEAK_PASSWORD),
        // In the body of a 200.
        ("dcs", "3") => Some(INSTANCE_LOCKED),
        _ => None,
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
    fn other_codes_have_no_hint() {
        for (operation, status, code) in [
            (&DCS, 400, "DCS.4839"),
            (&DCS, 404, "DCS.0101"),
            (&DWS, 200, "3"),
            (&DCS, 401, "401"),
            (&DCS, 503, ""),
        ] {
            assert_eq!(details(operation, status, code).hint(), None, "{code}");
        }
    }
}
