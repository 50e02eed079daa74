//! Words of documents: Markdown as HTML, with nothing in it that loads, runs or leads astray.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// Markdown as paragraphs.
pub(super) fn markdown(text: &str) -> Markup {
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events(text));
    PreEscaped(out)
}

/// Markdown of one line, without a paragraph around it.
pub(super) fn line(text: &str) -> Markup {
    let inline = events(text).filter(|event| {
        !matches!(
            event,
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
        )
    });
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, inline);
    PreEscaped(out)
}

/// Markdown without its signs, for where there is no markup.
pub(super) fn plain(text: &str) -> String {
    let words = Parser::new(text).filter_map(|event| match event {
        Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
            Some(words)
        }
        Event::SoftBreak | Event::HardBreak => Some(CowStr::Borrowed(" ")),
        _ => None,
    });
    words.map(CowStr::into_string).collect()
}

/// HTML becomes text, an image what stands for it, a heading a line in bold, as those of the page are
/// the page's; a link that leads elsewhere than to a page is none.
fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let mut kept = Vec::new();
    parser.flat_map(move |event| match event {
        Event::Html(words) | Event::InlineHtml(words) => vec![Event::Text(words)],
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => Vec::new(),
        Event::Start(Tag::Heading { .. }) => {
            vec![Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]
        }
        Event::End(TagEnd::Heading(_)) => {
            vec![Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]
        }
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            kept.push(is_address(dest_url));
            kept.last()
                .is_some_and(|it| *it)
                .then_some(event)
                .into_iter()
                .collect()
        }
        Event::End(TagEnd::Link) => {
            let kept = kept.pop().unwrap_or_default();
            kept.then_some(event).into_iter().collect()
        }
        event => vec![event],
    })
}

/// Whether an address is one of a page elsewhere.
pub(super) fn is_address(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|it| it.eq_ignore_ascii_case("https") || it.eq_ignore_ascii_case("http"))
}
