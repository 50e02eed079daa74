//! Commands that are printed, to be copied into a shell.

use std::borrow::Cow;

use crate::foreign::{cut, visible};

/// What a command needs besides its pages to mean what the one that prints it meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CommandContext<'a> {
    /// The folder that was named by `--root`.
    pub root: Option<&'a str>,
    /// The operation that was named by `--operation`.
    pub operation: Option<&'a str>,
}

impl CommandContext<'_> {
    /// `cargo codegen docs ACTION` about these pages.
    pub fn docs<'f>(&self, action: &str, files: impl IntoIterator<Item = &'f str>) -> String {
        // Reading needs neither: a page is a page, whatever it is about.
        let option = |name: &str, value: Option<&str>| {
            let value = value.filter(|_| action != "read")?;
            Some(format!("{name} {}", quoted(value)))
        };
        let words = std::iter::once("cargo codegen".to_owned());
        let words = words.chain(option("--root", self.root));
        let words = words.chain([format!("docs {action}")]);
        let words = words.chain(files.into_iter().map(page));
        let words = words.chain(option("--operation", self.operation));
        words.collect::<Vec<_>>().join(" ")
    }
}

/// A file as a word that no command takes for an option.
fn page(file: &str) -> String {
    match file.starts_with('-') {
        true => quoted(&format!("./{file}")),
        false => quoted(file),
    }
}

/// No word of a command is longer: one that is came from a page and names nothing.
const LONGEST: usize = 400;

/// One word for a shell.
pub(crate) fn quoted(word: &str) -> String {
    let word = cut(word, LONGEST);
    let word = visible(&word);
    // Refused are NUL bytes alone, which `visible` leaves none of.
    shlex::try_quote(&word).map_or_else(|_| word.clone().into_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_can_be_pasted() {
        let bare = CommandContext::default();
        assert_eq!(
            bare.docs("check --confirm", ["a.md"]),
            "cargo codegen docs check --confirm a.md"
        );
        assert_eq!(
            bare.docs("accept", ["-a.md", "it's b.md"]),
            "cargo codegen docs accept ./-a.md \"it's b.md\""
        );
        let asked = CommandContext {
            root: Some("my root"),
            operation: Some("dcs/ResetPassword"),
        };
        assert_eq!(
            asked.docs("patch", ["a.md"]),
            "cargo codegen --root 'my root' docs patch a.md --operation dcs/ResetPassword"
        );
        assert_eq!(asked.docs("read", ["a.md"]), "cargo codegen docs read a.md");
        assert_eq!(quoted(&"a\u{1b}".repeat(999)).chars().count(), LONGEST + 3);
    }
}
