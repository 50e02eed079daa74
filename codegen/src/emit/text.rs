//! Code that is written as it is to stand: what the runtime's macros take, which no printer knows how
//! to break.

use std::fmt::Write;

use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};

use super::tokens::doc_line;

/// How long a line may be.
const WIDTH: usize = 100;

/// The attribute of what the vendor advises against.
pub const DEPRECATED: &str =
    "#[deprecated(note = \"the documentation of the API marks it as deprecated\")]";

/// How long a chain of calls in one line may be, as rustfmt has it.
const CHAIN_WIDTH: usize = 60;

/// Documentation as lines of `///`, each with its indent and its end.
pub fn docs(indent: usize, text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let _ = writeln!(out, "{:indent$}///{}", "", doc_line(line));
    }
    out
}

/// A text as a literal.
pub fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A line, broken before the last of its parts where it is too long.
pub fn line(indent: usize, first: &str, last: &str) -> String {
    let whole = indent + first.len() + 1 + last.len();
    match whole <= WIDTH {
        true => format!("{:indent$}{first} {last}\n", ""),
        false => format!("{:indent$}{first}\n{:indent$}    {last}\n", "", ""),
    }
}

/// Items between two brackets: in one line, or a line each where that is too long.
pub fn list(indent: usize, open: &str, items: &[String], close: &str) -> String {
    let joined = items.join(", ");
    if indent + open.len() + joined.len() + close.len() <= WIDTH - 2 {
        return format!("{:indent$}{open}{joined}{close}", "");
    }
    let mut out = format!("{:indent$}{open}\n", "");
    for (index, item) in items.iter().enumerate() {
        let comma = if index + 1 == items.len() { "" } else { "," };
        let _ = writeln!(out, "{:indent$}    {item}{comma}", "");
    }
    let _ = write!(out, "{:indent$}{close}", "");
    out
}

/// Words in as few lines as they need.
pub fn wrapped(indent: usize, words: impl IntoIterator<Item = String>) -> String {
    let mut out = String::new();
    let mut room = 0;
    for word in words {
        if word.len() < room {
            out.push(' ');
            room -= word.len() + 1;
        } else {
            let break_before = if out.is_empty() { "" } else { "\n" };
            let _ = write!(out, "{break_before}{:indent$}", "");
            room = WIDTH.saturating_sub(indent + word.len());
        }
        out.push_str(&word);
    }
    out
}

/// Types, attributes and short expressions in one line, spaced as people do.
pub fn tidy(code: &TokenStream) -> String {
    let mut out = String::new();
    write_tidy(code, &mut out);
    out
}

/// A chain of calls: in one line, or with a line for each call where that is too long.
pub fn chain(indent: usize, code: &TokenStream) -> String {
    let whole = tidy(code);
    match whole.len() <= CHAIN_WIDTH {
        true => whole,
        false => calls(indent, code),
    }
}

/// A chain of calls with a line for each.
pub fn calls(indent: usize, code: &TokenStream) -> String {
    let mut calls = vec![TokenStream::new()];
    for token in code.clone() {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.') {
            calls.push(TokenStream::new());
        }
        if let Some(call) = calls.last_mut() {
            call.extend([token]);
        }
    }
    let calls: Vec<_> = calls.iter().map(tidy).collect();
    calls.join(&format!("\n{:indent$}    ", ""))
}

/// What stands before a token.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing that needs a space.
    Tight,
    /// A word, after which another needs a space.
    Word,
    /// Something that is followed by a space.
    Spaced,
}

fn write_tidy(code: &TokenStream, out: &mut String) {
    let mut before = Before::Tight;
    let mut is_path = false;
    let mut in_closure = false;
    for token in code.clone() {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace if out.is_empty() || out.ends_with("::") => ("{", "}"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None => ("", ""),
                };
                if before == Before::Spaced {
                    out.push(' ');
                }
                out.push_str(open);
                write_tidy(&group.stream(), out);
                out.push_str(close);
                before = Before::Word;
            }
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                let joint = punct.spacing() == Spacing::Joint;
                let ends_path = is_path && sign == ':';
                is_path = sign == ':' && joint && !ends_path;
                in_closure ^= sign == '|';
                let spaced = matches!(sign, '=' | '+') || before == Before::Spaced;
                if spaced && !out.is_empty() && !out.ends_with('=') {
                    out.push(' ');
                }
                out.push(sign);
                before = match sign {
                    ',' | '=' | '+' => Before::Spaced,
                    '|' if !in_closure => Before::Spaced,
                    ':' if !ends_path && !is_path => Before::Spaced,
                    _ => Before::Tight,
                };
            }
            word => {
                if before != Before::Tight {
                    out.push(' ');
                }
                out.push_str(&word.to_string());
                before = Before::Word;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn code_is_spaced_as_people_do() {
        for text in [
            "impl Into<crate::runtime::Password>",
            "std::collections::HashMap<String, Vec<types::Tag>>",
            "Some(Box::new(value.into()))",
            "#[deprecated(note = \"a , b\")]",
            "&[1, 2]",
            "crate::a::{B, C}",
            "a.map(|it| it.b::<C>()?)",
        ] {
            let code: TokenStream = text.parse().unwrap();
            assert_eq!(tidy(&code), text);
        }
        assert_eq!(tidy(&quote!(a: B)), "a: B");
    }

    #[test]
    fn long_chains_have_a_line_for_each_call() {
        let short = quote!(client.demo().show(1));
        assert_eq!(chain(0, &short), "client.demo().show(1)");
        let name = "n".repeat(90);
        let text = chain(4, &quote!(client.demo().show(#name)));
        let (first, last) = ("client\n        .demo()\n", format!(".show(\"{name}\")"));
        assert_eq!(text, format!("{first}        {last}"));
    }

    #[test]
    fn lines_keep_to_their_width() {
        let words = (0..40).map(|number| format!("\"north-{number}\""));
        let text = wrapped(4, words);
        assert_eq!(text.lines().count(), 5);
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert_eq!(line(0, "a", &"b".repeat(98)).lines().count(), 1);
        assert_eq!(line(0, "a", &"b".repeat(99)).lines().count(), 2);
    }
}
