//! What a code means.

use huaweicloud_runtime::error;
use openapi_client_runtime::sanitize::{self, sanitized};
use serde::Serialize;

use crate::description::Program;
use crate::outcome::EXIT_CODES;
use crate::policy::all;
use crate::problem::Problem;

/// What a code means, and what to do.
#[derive(Debug, Serialize)]
pub(crate) struct Explained {
    code: String,
    meaning: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<&'static str>,
}

/// Explains a code of the gateway or a service, an HTTP status, or `exit:N`.
///
/// # Errors
/// When nothing is known of it.
pub(crate) fn explain<C>(program: &Program<C>, code: &str) -> Result<Vec<Explained>, Problem> {
    if let Some(exit) = code.strip_prefix("exit:") {
        let known = EXIT_CODES
            .iter()
            .find(|(known, _)| known.to_string() == exit);
        let explained = known.map(|(_, means)| Explained {
            code: code.to_owned(),
            meaning: (*means).to_owned(),
            advice: None,
        });
        return Ok(vec![explained.ok_or_else(|| unknown(code))?]);
    }
    if let Some(known) = error::explain(code) {
        return Ok(vec![Explained {
            code: code.to_owned(),
            meaning: known.meaning.to_owned(),
            advice: Some(known.advice),
        }]);
    }
    let of_operations = all(program).flat_map(|(service, command)| {
        let responses = command
            .responses
            .iter()
            .filter(|(status, _)| *status == code);
        responses.map(|(_, means)| Explained {
            code: format!("{code} of {} {}", service.name, command.name),
            meaning: (*means).to_owned(),
            advice: None,
        })
    });
    let explained: Vec<_> = of_operations.collect();
    match explained.is_empty() {
        true => Err(unknown(code)),
        false => Ok(explained),
    }
}

fn unknown(code: &str) -> Problem {
    Problem::Usage(format!(
        "nothing is known of the code {}; the service's own list has it, and its support asks for \
         the request id besides",
        sanitized(code, sanitize::NAME)
    ))
}
