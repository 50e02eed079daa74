//! Versions of APIs that the vendor has retired as a whole, without saying so on every page.

/// How the paths of retired versions begin. The version 1.0 of the instances of caches and queues
/// (DCS and DMS) is listed by the vendor under its old APIs; the pages themselves kept their words.
const RETIRED: &[&str] = &["/v1.0/{project_id}/instances"];

/// Whether a path belongs to a version that was retired as a whole.
pub(super) fn is_retired(path: &str) -> bool {
    RETIRED.iter().any(|start| {
        path.strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}
