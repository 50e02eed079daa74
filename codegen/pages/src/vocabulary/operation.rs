//! Whether pages say of a whole operation that its end has come.

use super::lexicon::{Term, Word};
use super::lookup::{Meaning, is_han};

/// Whether a title has a word for the end as a mark: in brackets, or at one of its ends. Within the
/// title it belongs to what the API works on, as in "Querying deprecated gauges".
pub(crate) fn is_marked_deprecated(title: &str) -> bool {
    let mut inside = title.split(['(', '（', '[', '【']).skip(1);
    let bracketed = inside.any(|part| {
        let words = part.split([')', '）', ']', '】']).next().unwrap_or("");
        // "(soon to be removed)".
        Word::Deprecated.within(words) || Term::Ending.within(words)
    });
    let mut pieces = title.split(['-', '–', '—', ':', '：', '_']);
    bracketed
        || pieces.any(|it| {
            Word::Deprecated
                .ends(it.trim_end_matches([' ', '*']))
                .is_some()
        })
}

/// Whether a sentence says of this API itself that its end has come: the subject, words without a
/// meaning of their own, and the verb. "Queries deprecated gauges", "the depth of this API is
/// deprecated" and "replaces the deprecated API" are about something else.
pub(crate) fn says_deprecated(sentence: &str) -> bool {
    Term::ThisApi
        .places(sentence)
        .any(|(before, rest)| Term::OfAnother.ends(before.trim_end()).is_none() && ends(rest))
}

/// Whether words for an end come next, behind some that may stand before them.
fn ends(mut rest: &str) -> bool {
    let mut passed = Vec::new();
    loop {
        // The day may stand between: "该接口将于2027年6月30日下线".
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || " 年月日-/".contains(c));
        let ending = Term::Ending.begins(rest);
        if let Some((word, after)) = ending.or_else(|| Word::Deprecated.begins(rest)) {
            let after = after.trim_start();
            let own = Term::Api.begins(after).is_some();
            if matches!(passed.last(), Some(&("a" | "an"))) {
                return own;
            }
            if !word.contains(is_han) {
                let mut words = passed.iter().copied().chain(word.split(' '));
                let is_passive = words.any(|it| Term::Passive.is(it));
                let after = after.trim_start_matches([' ', ',']);
                return is_passive && (ending.is_none() || Term::OfSome.begins(after).is_none());
            }
            // "该接口将废弃字段": the end of something that follows.
            return !after.starts_with(is_han) || own || after.starts_with('了');
        }
        let Some((word, after)) = Term::BeforeEnding.begins(rest) else {
            return false;
        };
        passed.push(word);
        rest = after;
    }
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
            ("当前页面api为历史版本api，未来可能停止维护", true),
            ("该接口历史版本列表", false),
            ("查询api的历史版本", false),
            ("The APIs on this page are no longer maintained", true),
            ("This API may be unavailable at night", false),
            ("该接口历史版本：v1、v2", false),
            ("当前api历史版本: 1.0", false),
            ("This API may no longer be maintained in the future", true),
            ("This API is of an earlier version", true),
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
            ("This API will be removed in a later version", true),
            ("This API is about to be brought offline", true),
            ("This API will be offline on Jun 30, 2027", true),
            ("This API is not recommended", true),
            ("From 2027-06-30 on, this API is no longer available", true),
            ("This API is not recommended for tides", false),
            (
                "This API is no longer available when the gate is shut",
                false,
            ),
            ("This API is not removed", false),
            ("This API is used to take a gauge offline", false),
            ("This API has become obsolete", true),
            ("该接口已过时，请使用新接口", true),
            ("Cette API est dépréciée", true),
            ("Cette API est devenue obsolète", true),
            ("Esta API ha quedado obsoleta", true),
            ("Esta API ha quedado en desuso", true),
            ("Esta API tornou-se obsoleta", true),
            ("This API is currently in offline mode", false),
            ("This API has removed the gate", false),
            ("This API is removed from the console", false),
            ("Cette API sera supprimée si la porte est fermée", false),
            (
                "Diese API wird nicht mehr unterstützt, wenn es regnet",
                false,
            ),
            ("Esta API será eliminada para los antiguos", false),
            ("Esta API dejará de estar disponible", true),
            ("Diese API wird nicht mehr unterstützt", true),
            ("该接口将于2027年6月30日下线，请使用新接口", true),
            ("该接口自2027-06-30起停止服务", true),
            ("该接口2027年6月30日后不再维护", true),
            ("该接口自2027年6月30日起不再支持旧水尺", false),
            ("Cette API sera supprimée le 30 juin 2027", true),
            ("Cette API n'est plus recommandée", true),
            ("Esta API se dará de baja en 2027", true),
            ("Esta API ha sido descartada", true),
            ("Esta API foi descontinuada", true),
            ("Esta API será desativada em 2027", true),
            ("Deze API wordt niet meer ondersteund", true),
            ("Diese API wird eingestellt", true),
            ("Esta API no ha sido descartada", false),
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
