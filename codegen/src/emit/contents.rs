//! What responses may contain, and what of it the client asks for.

use crate::media_type::essence;
use crate::model::{Method, Operation, Representation, Response, Status};

/// The bodies that a response may have; none where HTTP sends none whatever the document says.
pub fn contents_of<'m>(operation: &Operation, response: &'m Response) -> &'m [Representation] {
    let bodiless = is_bodiless(operation.method)
        || is_informational(response.status)
        || matches!(response.status, Status::Code(204 | 304));
    match bodiless {
        true => &[],
        false => &response.contents,
    }
}

/// Whether a response to the method has no body, whatever its status.
pub fn is_bodiless(method: Method) -> bool {
    method == Method::Head
}

/// Whether the status comes before the response, so that no caller ever sees it.
pub fn is_informational(status: Status) -> bool {
    matches!(status, Status::Code(100..=199) | Status::Range(1))
}

/// The media type that is asked for: that of JSON, where JSON may have any.
pub fn accepted(content: &Representation) -> String {
    match content.is_json() && content.media_type.contains('*') {
        true => "application/json".to_owned(),
        false => content.media_type.trim().to_owned(),
    }
}

/// What the responses are asked to be in, where that is not JSON alone: what a success may be, then
/// what errors may be besides.
pub fn accept(operation: &Operation) -> Option<String> {
    let of = |is_success: bool| {
        let responses = operation.responses.iter();
        let responses = responses.filter(move |it| it.status.is_success() == is_success);
        responses.flat_map(|it| contents_of(operation, it).iter().map(accepted))
    };
    let mut types: Vec<String> = Vec::new();
    for media_type in of(true) {
        if !types.contains(&media_type) {
            types.push(media_type);
        }
    }
    let weight = if types.is_empty() { "" } else { ";q=0.9" };
    let errors: Vec<_> = of(false).filter(|it| !types.contains(it)).collect();
    for media_type in errors {
        let weighed = format!("{media_type}{weight}");
        if !types.contains(&weighed) {
            types.push(weighed);
        }
    }
    // The default of the runtime; errors that are JSON beneath come with it.
    let is_default = |it: &String| essence(it) == "application/json";
    let fits_a_header = |it: &String| it.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    types.retain(fits_a_header);
    match types.iter().all(is_default) {
        true => None,
        false => Some(types.join(", ")),
    }
}
