//! Who says a thing, in words: the page, the definition, or all files of an operation.

use huaweicloud_pages::facts::SourceFile;

use crate::foreign;

/// The files that a message is about, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Witness {
    /// Whether each is a definition, and its name where there are several of its kind.
    files: Vec<(bool, Option<String>)>,
}

impl Witness {
    /// Some of an operation's files, by their places among all.
    pub(crate) fn of(all: &[SourceFile], some: impl IntoIterator<Item = usize>) -> Self {
        let mut files = Vec::new();
        for file in some.into_iter().filter_map(|it| all.get(it)) {
            let is_definition = file.is_definition();
            let mut others = all.iter().filter(|it| *it != file);
            let is_one_of_several = others.any(|it| it.is_definition() == is_definition);
            let one = (
                is_definition,
                is_one_of_several.then(|| foreign::name(&file.name)),
            );
            if !files.contains(&one) {
                files.push(one);
            }
        }
        Self { files }
    }

    /// As whoever says something: `the definition and the page`.
    pub fn who(&self) -> String {
        self.each(["the page", "the definition"]).join(" and ")
    }

    /// As a place: `in the definition or on the page`.
    pub fn place(&self) -> String {
        self.places().join(" or ")
    }

    /// Each as a place.
    pub(crate) fn places(&self) -> Vec<String> {
        self.each(["on the page", "in the definition"])
    }

    /// The first of two words when it is one that does something.
    pub(crate) fn one_or<'w>(&self, one: &'w str, many: &'w str) -> &'w str {
        if self.files.len() > 1 { many } else { one }
    }

    fn each(&self, [page, definition]: [&str; 2]) -> Vec<String> {
        // Facts that were made by hand have no file.
        let by_hand = [(false, None)];
        let files = if self.files.is_empty() {
            &by_hand[..]
        } else {
            &self.files
        };
        let words = files.iter().map(|(is_definition, name)| {
            let word = if *is_definition { definition } else { page };
            match name {
                Some(name) => format!("{word} `{name}`"),
                None => word.to_owned(),
            }
        });
        words.collect()
    }
}

#[cfg(test)]
mod tests {
    use huaweicloud_pages::form::Form;

    use super::*;

    #[test]
    fn two_of_a_kind_are_told_apart_by_their_files() {
        let file = |name: &str, form| SourceFile {
            name: name.to_owned(),
            form,
        };
        let both = [file("a.json", Form::Explorer), file("a.md", Form::Markdown)];
        let three = [&both[..], &[file("b.md", Form::Markdown)]].concat();
        for (all, some, who, place) in [
            (&both[..], &[0][..], "the definition", "in the definition"),
            (&both, &[1, 1], "the page", "on the page"),
            (&both, &[], "the page", "on the page"),
            (
                &both,
                &[0, 1],
                "the definition and the page",
                "in the definition or on the page",
            ),
            (
                &three,
                &[0, 2],
                "the definition and the page `b.md`",
                "in the definition or on the page `b.md`",
            ),
        ] {
            let witness = Witness::of(all, some.iter().copied());
            assert_eq!((witness.who(), witness.place()), (who.into(), place.into()));
        }
    }
}
