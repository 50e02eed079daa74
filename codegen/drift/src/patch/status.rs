//! Words for statuses.

/// What a status means, until somebody says it better.
pub(crate) fn meaning(status: &str) -> &'static str {
    match status {
        "200" => "The request was carried out.",
        "201" => "It was created.",
        "202" => "The request was accepted; the work goes on.",
        "204" => "The request was carried out. There is no body.",
        "400" => "The request is not valid.",
        "401" => "The token or the signature was not accepted.",
        "403" => "The caller has no permission for this.",
        "404" => "There is no such thing.",
        "405" => "The method is not allowed here.",
        "409" => "It conflicts with the present state.",
        "413" => "The request is too large.",
        "429" => "There were too many requests.",
        "500" => "The service failed.",
        "501" => "The service does not know this call.",
        "502" => "A gateway got a bad response from the service.",
        "503" => "The service cannot respond for the time being.",
        "504" => "A gateway got no response from the service in time.",
        _ if status.starts_with('2') => "The request was carried out.",
        _ if status.starts_with('3') => "The response is elsewhere.",
        _ if status.starts_with('4') => "The request was refused.",
        _ => "The service failed.",
    }
}
