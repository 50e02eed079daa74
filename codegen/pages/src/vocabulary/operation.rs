//! What pages say of a whole operation: that its end has come, and that its work goes on after the
//! response.

use super::lexicon::{Word, is_han, phrases};
use super::{among, is_among};

/// What announces the end of an API, where a sentence says it of "this API".
const ENDING: &str = "will be unavailable|will be brought offline|will be taken offline|will be discontinued\
     |is no longer maintained|is out-of-date|is out of date|out-of-date|out of date|no longer recommended|下线|停止服务|不再维护|不推荐使用";

/// What calls an API one whose work goes on after the response.
const ASYNCHRONOUS: &str = "asynchronous api|asynchronous interface|is asynchronous|异步接口|interface asynchrone\
     |api asíncrona|api assíncrona";

/// "this API", in sentences about it.
const SUBJECTS: &str = "this api|this interface|the api|本接口|该接口|此接口|当前接口|该api|此api|本api|esta api|cette api\
     |deze api";

/// What before "this API" makes another thing the subject: "of this API", "by the API".
const OBJECT: &str = "of|in|by|from|with|for|than|calling|use|using";

/// What may stand between the subject and the words for the end.
const BETWEEN: &str = "is|has|have|been|was|will|be|being|soon|now|already|about|to|and|going|gradually\
     |currently|an|a|marked|as|in|the|future|está|ha|sido|est|foi|se|encuentra|en|已经|已|即将|将|逐步|逐渐|现\
     |目前|当前|为|被|是|后续|会|将会|现已|于|近期|计划|(|,|\"|“|*|'";

/// Who discards something is not discarded.
const PASSIVE: &str = "is|been|be|was|est|está|sido|foi|se|(";

/// Whether a title has a word for the end as a mark: in brackets, or at one of its ends. Within the
/// title it belongs to what the API works on, as in "Querying deprecated gauges".
pub(crate) fn is_marked_deprecated(title: &str) -> bool {
    let mut inside = title.split(['(', '（', '[', '【']).skip(1);
    let bracketed = inside.any(|part| {
        let words = part.split([')', '）', ']', '】']).next().unwrap_or("");
        phrases(Word::Deprecated).any(|word| words.contains(word))
    });
    let ends = title.trim_end_matches(['.', '。', ' ', '*', ')', '）']);
    let mut pieces = title.split(['-', '–', '—', ':', '：', '_']).map(|piece| {
        piece
            .trim()
            .trim_start_matches("即将")
            .trim_start_matches('已')
    });
    let apart = pieces.any(|piece| phrases(Word::Deprecated).any(|word| word == piece));
    bracketed || apart || phrases(Word::Deprecated).any(|word| ends.ends_with(word))
}

/// Whether a sentence says of this API itself that its end has come: the subject, words without a
/// meaning of their own, and the verb. "Queries deprecated gauges", "the depth of this API is
/// deprecated" and "replaces the deprecated API" are about something else.
pub(crate) fn says_deprecated(sentence: &str) -> bool {
    among(SUBJECTS).any(|subject| {
        sentence.match_indices(subject).any(|(at, _)| {
            let before = sentence.get(..at).unwrap_or("");
            let rest = sentence.get(at + subject.len()..).unwrap_or("");
            // "of this API", "by the API": another thing is the subject.
            let last = before.split_whitespace().next_back();
            let inside = last.is_some_and(|word| is_among(OBJECT, word))
                || before.ends_with(['的', '用', '为']);
            !inside && ends(rest)
        })
    })
}

/// Whether words for an end come next, behind some that may stand before them.
fn ends(rest: &str) -> bool {
    let mut rest = rest;
    let mut passed: Vec<&str> = Vec::new();
    loop {
        rest = rest.trim_start();
        let found = phrases(Word::Deprecated)
            .chain(among(ENDING))
            .find_map(|word| Some((word, rest.strip_prefix(word)?)));
        if let Some((word, after)) = found {
            let after = after.trim_start();
            let own = ["api", "interface", "的接口", "接口"]
                .iter()
                .any(|own| after.starts_with(own));
            if matches!(passed.last(), Some(&("a" | "an"))) {
                return own;
            }
            if word.is_ascii() {
                return is_among(ENDING, word)
                    || passed
                        .iter()
                        .copied()
                        .chain(word.split(' '))
                        .any(|it| is_among(PASSIVE, it));
            }
            // "该接口将废弃字段": the end of something that follows.
            let goes_on = after.starts_with(is_han);
            return !goes_on || own || after.starts_with('了');
        }
        let longest = among(BETWEEN)
            .filter_map(|word| Some((word, rest.strip_prefix(word)?)))
            .filter(|(word, after)| {
                !word.ends_with(char::is_alphabetic)
                    || !word.is_ascii()
                    || !after.starts_with(|c: char| c.is_ascii_alphanumeric())
            })
            .max_by_key(|(word, _)| word.len());
        let Some((word, after)) = longest else {
            return false;
        };
        passed.push(word);
        rest = after;
    }
}

/// Whether a line, in the shape of [`super::plain`], says that the work goes on after the response.
pub(crate) fn says_asynchronous(line: &str) -> bool {
    among(ASYNCHRONOUS).any(|words| line.contains(words))
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::{is_marked_deprecated, says_deprecated};

    #[test]
    fn a_mark_in_a_title_stands_in_brackets_or_at_an_end() {
        for (title, expected) in [
            ("Moving a Gauge (Deprecated)", true),
            ("Moving a Gauge (to Be Discarded)", true),
            ("移动水尺（废弃）", true),
            ("移动水尺（即将废弃）", true),
            ("Déplacer une échelle (obsolète)", true),
            ("Deprecated: Moving a Gauge", true),
            ("Moving a Gauge - Deprecated", true),
            ("已废弃-移动水尺", true),
            ("移动水尺 - 已废弃 - MoveGauge", true),
            ("Querying Deprecated Gauges", false),
            ("查询已废弃的水尺", false),
            ("Moving a Gauge", false),
        ] {
            assert_eq!(is_marked_deprecated(&plain(title)), expected, "{title}");
        }
    }

    #[test]
    fn only_words_about_the_api_itself_deprecate_it() {
        for (sentence, expected) in [
            ("该接口将逐步下线，推荐使用新接口", true),
            ("该接口将逐步下线旧的水位计", false),
            ("This API is deprecated", true),
            (
                "This API has been deprecated and serves old gauges only",
                true,
            ),
            ("This API will be discontinued soon", true),
            ("Note that this API is about to be discarded", true),
            ("This API will be taken offline", true),
            ("This API is no longer recommended", true),
            ("This API is out-of-date and may not be maintained", true),
            ("This API is an obsolete API", true),
            ("This API is no longer supported", true),
            ("Deze API is verouderd", true),
            ("该接口已废弃", true),
            ("本接口即将下线，请使用新的水闸接口", true),
            ("当前接口已经废弃", true),
            ("此接口将废弃", true),
            ("Esta API está obsoleto", true),
            ("This API can be used to query deprecated gauges", false),
            ("This API does not support deprecated scales", false),
            ("This API is not deprecated", false),
            ("This API is no longer deprecated", false),
            ("This API is a replacement of the deprecated V1 API", false),
            ("This API is a deprecated gauge's reader", false),
            ("The depth of this API has been deprecated", false),
            ("The API V1 is deprecated", false),
            ("This API has discarded gauges in its answer", false),
            ("该接口不会返回已废弃的水尺", false),
            ("该接口未废弃", false),
            ("本接口为新接口，旧接口已废弃", false),
            ("旧接口已废弃，请使用本接口", false),
            ("该接口的响应字段depth即将废弃", false),
            ("该接口将废弃字段depth", false),
        ] {
            assert_eq!(says_deprecated(&plain(sentence)), expected, "{sentence}");
        }
    }
}
