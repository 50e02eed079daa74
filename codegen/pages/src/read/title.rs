//! The title, and what it and the introduction say about the whole operation.

use super::page::Page;
use super::source;
use crate::block::{Block, Text};
use crate::facts::{Fact, SourceKind};
use crate::vendor::explorer_link;
use crate::vocabulary::{among, is_among, plain, section};

/// The page's title.
pub(super) fn title(page: &Page<'_>) -> Option<Fact<String>> {
    heading(page).map(|text| Fact::new(text.text.clone(), source(SourceKind::Heading, text.lines)))
}

fn heading<'b>(page: &Page<'b>) -> Option<&'b Text> {
    let mut headings = page.placed.iter().filter_map(|placed| match placed.block {
        Block::Heading { level, text } => Some((*level, text)),
        _ => None,
    });
    let (level, text) = headings.next()?;
    (level == 1 || section(&text.text).is_none()).then_some(text)
}

/// The vendor's name of the operation: behind a dash in the title, or in a link to the API Explorer.
pub(super) fn operation(page: &Page<'_>) -> Option<Fact<String>> {
    if let Some(text) = heading(page) {
        let mut parts = text
            .text
            .split([' ', '(', ')', '（', '）', '—', '–'])
            .filter(|part| is_operation(part));
        if let Some(name) = parts.next_back() {
            return Some(Fact::new(
                name.to_owned(),
                source(SourceKind::Heading, text.lines),
            ));
        }
    }
    page.texts().find_map(|(_, text)| {
        let name = text.links.iter().find_map(|link| {
            let name = explorer_link(&link.target)?.operation?;
            is_operation(name).then(|| name.to_owned())
        })?;
        Some(Fact::new(name, source(SourceKind::Prose, text.lines)))
    })
}

/// Whether a word is written like the name of an operation: two or more words run together.
fn is_operation(word: &str) -> bool {
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    let small = word.chars().filter(char::is_ascii_lowercase).count();
    word.len() > 5
        && word.chars().all(|c| c.is_ascii_alphanumeric())
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && capitals >= 2
        && small > capitals
}

/// Words for something whose end has come.
const WORDS: &str = "deprecated|discarded|obsolete|abandoned|废弃|已下线|obsoleto|descartado|obsolète|verouderd\
     |deprecado|desuso|弃用|discontinued";

/// What announces the end of an API, where a sentence says it of "this API".
const ENDING: &str = "will be unavailable|will be brought offline|will be taken offline|will be discontinued\
     |is no longer maintained|no longer recommended|即将下线|将下线|停止服务|不再维护|不推荐使用";

/// The page says the operation is deprecated: in its title, or in a sentence about this API.
pub(super) fn deprecated(page: &Page<'_>) -> Option<Fact<bool>> {
    if let Some(text) = heading(page)
        && is_marked(&plain(&text.text))
    {
        return Some(Fact::new(true, source(SourceKind::Heading, text.lines)));
    }
    page.texts().find_map(|(_, text)| {
        plain(&text.text)
            .split(['.', '。', ';', '\n'])
            .any(says_deprecated)
            .then(|| Fact::new(true, source(SourceKind::Prose, text.lines)))
    })
}

/// Whether a title has a word for the end as a mark: in brackets, or at one of its ends. Within the
/// title it belongs to what the API works on, as in "Querying deprecated gauges".
fn is_marked(title: &str) -> bool {
    let mut inside = title.split(['(', '（', '[', '【']).skip(1);
    let bracketed = inside.any(|part| {
        let words = part.split([')', '）', ']', '】']).next().unwrap_or("");
        among(WORDS).any(|word| words.contains(word))
    });
    let ends = title.trim_end_matches(['.', '。', ' ', '*', ')', '）']);
    let mut pieces = title.split(['-', '–', '—', ':', '：', '_']).map(|piece| {
        piece
            .trim()
            .trim_start_matches("即将")
            .trim_start_matches('已')
    });
    let apart = pieces.any(|piece| is_among(WORDS, piece));
    bracketed || apart || among(WORDS).any(|word| ends.ends_with(word))
}

/// Whether a sentence says of this API itself that its end has come: the subject, words without a
/// meaning of their own, and the verb. "Queries deprecated gauges", "the depth of this API is
/// deprecated" and "replaces the deprecated API" are about something else.
fn says_deprecated(sentence: &str) -> bool {
    const SUBJECTS: &str = "this api|this interface|the api|本接口|该接口|此接口|当前接口|该api|此api|本api|esta api|cette api\
         |deze api";
    // What may stand between the subject and the words for the end.
    const BETWEEN: &str = "is|has|have|been|was|will|be|being|soon|now|already|about|to|and|going|gradually\
         |currently|an|a|marked|as|in|the|future|está|ha|sido|est|foi|se|encuentra|en|已经|已|即将|将|现\
         |目前|当前|为|被|是|后续|会|将会|现已|于|近期|计划|(|,|\"|“|*|'";
    among(SUBJECTS).any(|subject| {
        sentence.match_indices(subject).any(|(at, _)| {
            let before = sentence.get(..at).unwrap_or("");
            let rest = sentence.get(at + subject.len()..).unwrap_or("");
            // "of this API", "by the API": another thing is the subject.
            let inside = [
                "of", "in", "by", "from", "with", "for", "than", "calling", "use", "using",
            ]
            .iter()
            .any(|word| before.split_whitespace().next_back() == Some(word))
                || before.ends_with(['的', '用', '为']);
            !inside && ends(rest, BETWEEN)
        })
    })
}

/// Whether words for an end come next, behind some that may stand before them.
fn ends(rest: &str, between: &'static str) -> bool {
    // Who discards something is not discarded.
    const PASSIVE: &str = "is|been|be|was|est|está|sido|foi|se|(";
    let mut rest = rest;
    let mut passed: Vec<&str> = Vec::new();
    loop {
        rest = rest.trim_start();
        let found = among(WORDS)
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
                return is_among(ENDING, word) || passed.iter().any(|word| is_among(PASSIVE, word));
            }
            // "该接口将废弃字段": the end of something that follows.
            let goes_on = after.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
            return !goes_on || own || after.starts_with('了');
        }
        let longest = among(between)
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

/// The page says the work goes on after the response.
pub(super) fn asynchronous(page: &Page<'_>) -> Option<Fact<bool>> {
    page.texts().find_map(|(_, text)| {
        let line = plain(&text.text);
        let says = [
            "asynchronous api",
            "asynchronous interface",
            "is asynchronous",
            "异步接口",
            "interface asynchrone",
            "api asíncrona",
            "api assíncrona",
        ]
        .iter()
        .any(|word| line.contains(word));
        says.then(|| Fact::new(true, source(SourceKind::Prose, text.lines)))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_marked, plain, says_deprecated};

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
            assert_eq!(is_marked(&plain(title)), expected, "{title}");
        }
    }

    #[test]
    fn only_words_about_the_api_itself_deprecate_it() {
        for (sentence, expected) in [
            ("This API is deprecated", true),
            (
                "This API has been deprecated and serves old gauges only",
                true,
            ),
            ("This API will be discontinued soon", true),
            ("Note that this API is about to be discarded", true),
            ("This API will be taken offline", true),
            ("This API is no longer recommended", true),
            ("This API is an obsolete API", true),
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
