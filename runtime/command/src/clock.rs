//! The time, as records have it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Now, in UTC: `2026-11-30T02:28:29Z`.
pub(crate) fn now() -> String {
    // A clock before 1970 has no such form.
    let now = SystemTime::now().max(UNIX_EPOCH);
    humantime::format_rfc3339_seconds(now).to_string()
}
