//! What is wrong with documents beside each other.

use super::rules;

rules! { SERVICE;
    SERVICE_NAME = "service::name", Invalid Error,
        "The name of the file cannot become the name of a service, a module and a feature.",
        "Rename the file: lower-case letters, digits and `-`, and no word that Rust or the client keeps for itself.",
        fires [], silent ["tags: []"];
    SERVICE_CLASH = "service::clash", Invalid Error,
        "Two files become the same service.",
        "Move the paths of both into one file, or rename one.",
        fires [], silent ["tags: []"];
    CALL_CLASH = "service::call-clash", Invalid Error,
        "Two documents describe the same call: one method, one path, one server.",
        "Keep one of them, or correct the server, the method or the path.",
        fires [], silent ["tags: []"];
}
