//! Names of headers, and sentences that ask for one.

use super::lexicon::{Word, longest};
use super::{among, is_among};

/// Names that only headers have, in lower case, besides those that begin with "x-".
const HEADERS: &str = "content-type|content-length|content-md5|authorization|host|accept|location|etag|date|user-agent\
     |openstack-api-version|accept-language|if-match";

/// Whether a name is that of a header and of nothing else.
pub(crate) fn is_header(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.starts_with("x-") || is_among(HEADERS, &lower)
}

/// Words for the headers of a request.
const REQUEST: &str = "request header|http header|请求头|请求消息头";

/// Words for those of a response.
const RESPONSE: &str = "response header|响应头|响应消息头";

/// What a sentence asks with for something: Western words, and Chinese ones.
const DEMANDS: &str = "add|use|using|specify|set|include|contain|carry|must|required|mandatory";
const CHINESE_DEMANDS: &str = "必须|需|添加|携带|指定|设置|使用";

/// Whether a sentence, in lower case, asks for a header of the request, and does not only tell of it
/// or of one case.
pub(crate) fn demands_header(sentence: &str) -> bool {
    let has = |list: &'static str| among(list).any(|words| sentence.contains(words));
    let mut words = sentence.split(|c: char| !c.is_ascii_alphabetic());
    let asks = words.any(|word| is_among(DEMANDS, word)) || has(CHINESE_DEMANDS);
    let begins = sentence.trim_start();
    let case = longest(begins).is_some_and(|(_, word)| matches!(word, Word::If | Word::Example));
    has(REQUEST) && !has(RESPONSE) && asks && !case
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
