//! Names of headers, and sentences that ask for one.

use super::is_among;
use super::lexicon::{Term, Word};
use super::lookup::Meaning;

/// Names that only headers have, in lower case, besides those that begin with "x-".
const HEADERS: &str = "content-type|content-length|content-md5|authorization|host|accept|location|etag|date|user-agent\
     |openstack-api-version|accept-language|if-match";

/// Whether a name is that of a header and of nothing else.
pub(crate) fn is_header(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.starts_with("x-") || is_among(HEADERS, &lower)
}

/// Whether a sentence, in lower case, asks for a header of the request, and does not only tell of it
/// or of one case.
pub(crate) fn demands_header(sentence: &str) -> bool {
    let begins = Word::longest(sentence.trim_start());
    Term::RequestHeader.within(sentence)
        && !Term::ResponseHeader.within(sentence)
        && Term::Demands.within(sentence)
        && !begins.is_some_and(|(_, word)| matches!(word, Word::If | Word::Example))
}

#[cfg(test)]
mod tests {
    use super::demands_header;

    #[test]
    fn a_sentence_demands_a_header_of_the_request_in_every_case() {
        for (sentence, expected) in [
            ("add the request header x-gauge to read it", true),
            ("请求头中需携带x-gauge", true),
            ("if it is dry, add the request header x-gauge", false),
            ("use the response header x-gauge to go on", false),
            ("the request header x-gauge is old", false),
        ] {
            assert_eq!(demands_header(sentence), expected, "{sentence}");
        }
    }
}
