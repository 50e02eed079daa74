//! What a path in a file means, and types as text in which every path is spelled out.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::UseTree;

/// The names of a module.
#[derive(Debug, Default)]
pub struct ModuleNames {
    /// The path of the module: `crate::demo`.
    pub path: String,
    /// What is imported: name, and what it is a name for.
    pub uses: HashMap<String, String>,
    /// What is declared in it.
    pub declared: HashSet<String>,
}

impl ModuleNames {
    /// What a path means here, as far as this module knows.
    pub fn resolve(&self, path: &str) -> Option<String> {
        let (first, rest) = match path.split_once("::") {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let join = |base: &str| match rest {
            Some(rest) => format!("{base}::{rest}"),
            None => base.to_owned(),
        };
        match first {
            "crate" | "Self" => Some(path.to_owned()),
            "self" => Some(join(&self.path)),
            "super" => {
                let mut base = parent(&self.path);
                let mut rest = rest.unwrap_or_default();
                while let Some(more) = rest.strip_prefix("super") {
                    base = parent(base);
                    rest = more.trim_start_matches("::");
                }
                Some(match rest {
                    "" => base.to_owned(),
                    rest => format!("{base}::{rest}"),
                })
            }
            name => match self.uses.get(name) {
                Some(target) => Some(join(target)),
                None if self.declared.contains(name) => {
                    Some(join(&format!("{}::{name}", self.path)))
                }
                None => None,
            },
        }
    }

    /// Takes in what a `use` imports; what it exports is given back: name and target.
    pub fn import(&mut self, tree: &UseTree) -> Result<Vec<(String, String)>, String> {
        let mut found = Vec::new();
        leaves(tree, "", &mut found)?;
        let found = found.into_iter().map(|(name, path)| {
            let target = self.resolve(&path).unwrap_or(path);
            (name, target)
        });
        let found: Vec<_> = found.collect();
        self.uses.extend(found.iter().cloned());
        Ok(found)
    }
}

/// The module around a path.
pub fn parent(path: &str) -> &str {
    path.rsplit_once("::").map_or("crate", |(parent, _)| parent)
}

/// The last name of a path.
pub fn last(path: &str) -> &str {
    path.rsplit_once("::").map_or(path, |(_, last)| last)
}

fn leaves(tree: &UseTree, before: &str, to: &mut Vec<(String, String)>) -> Result<(), String> {
    let join = |name: &dyn std::fmt::Display| match before {
        "" => name.to_string(),
        before => format!("{before}::{name}"),
    };
    match tree {
        UseTree::Path(path) => leaves(&path.tree, &join(&path.ident), to)?,
        UseTree::Name(name) if name.ident == "self" => {
            to.push((last(before).to_owned(), before.to_owned()));
        }
        UseTree::Name(name) => to.push((name.ident.to_string(), join(&name.ident))),
        UseTree::Rename(it) if it.ident == "self" => {
            to.push((it.rename.to_string(), before.to_owned()));
        }
        UseTree::Rename(it) => to.push((it.rename.to_string(), join(&it.ident))),
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, before, to)?;
            }
        }
        UseTree::Glob(_) => return Err("a glob in a `use`, which names nothing".to_owned()),
    }
    Ok(())
}

/// The names that are exported anywhere in the crate.
#[derive(Debug, Default)]
pub struct Exports {
    /// What each stands for.
    pub targets: HashMap<String, String>,
    /// Where something is public that is declared in a private module.
    pub public: HashMap<String, String>,
    /// The crate that is exported as `crate::runtime`.
    pub runtime: Option<String>,
}

impl Exports {
    /// The one path of what a path leads to.
    fn canonical(&self, path: String) -> String {
        let mut path = path;
        // An export may lead to another; none leads to itself in code that compiles.
        for _ in 0..4 {
            let Some(target) = self.target(&path) else {
                break;
            };
            path = target;
        }
        if let Some(public) = self.public.get(&path) {
            return public.clone();
        }
        let rest = self.runtime.as_ref().and_then(|it| path.strip_prefix(it));
        match rest {
            Some(rest) if rest.is_empty() || rest.starts_with("::") => {
                format!("crate::runtime{rest}")
            }
            _ => path,
        }
    }

    /// What a path stands for that is exported, or inside of something that is.
    fn target(&self, path: &str) -> Option<String> {
        let mut end = path.len();
        while path.starts_with("crate::") && end > "crate".len() {
            if let Some(target) = self.targets.get(&path[..end]) {
                return Some(format!("{target}{}", &path[end..]));
            }
            end = path[..end].rfind("::")?;
        }
        None
    }
}

/// Where code stands.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'n> {
    pub module: &'n ModuleNames,
    /// The module around it, where its names are seen from within.
    pub around: Option<&'n ModuleNames>,
    pub exports: &'n Exports,
}

impl Scope<'_> {
    /// The one path of what a path here leads to.
    pub fn path(&self, path: &str) -> String {
        // The value, not the module.
        if path == "self" {
            return path.to_owned();
        }
        let found = self.module.resolve(path);
        let found = found.or_else(|| self.around?.resolve(path));
        self.exports
            .canonical(found.unwrap_or_else(|| path.to_owned()))
    }

    /// Code as text, with one spelling for one meaning.
    pub fn text(&self, tokens: impl quote::ToTokens) -> String {
        let mut out = String::new();
        self.write(tokens.into_token_stream(), &mut out);
        out
    }

    fn write(&self, tokens: TokenStream, out: &mut String) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = brackets(group.delimiter());
                    out.push_str(open);
                    self.write(group.stream(), out);
                    let end = out.trim_end_matches([',', ' ']).len();
                    out.truncate(end);
                    out.push_str(close);
                }
                TokenTree::Literal(literal) => push_word(&literal.to_string(), out),
                TokenTree::Punct(mark) if mark.as_char() == '\'' => {
                    if let Some(TokenTree::Ident(name)) = tokens.get(at) {
                        push_word(&format!("'{name}"), out);
                        at += 1;
                    }
                }
                TokenTree::Ident(first) if KEYWORDS.iter().any(|it| first == it) => {
                    push_word(&first.to_string(), out);
                }
                TokenTree::Ident(_) => {
                    let path = path_at(&tokens, at - 1, &mut at);
                    push_word(&self.path(&path), out);
                }
                // From the root, or inside of what stands before.
                TokenTree::Punct(_) if is_path_mark(&tokens, at - 1) => {
                    let path = path_at(&tokens, at + 1, &mut at);
                    match out.ends_with('>') {
                        true => out.push_str(&format!("::{path}")),
                        false => push_word(&self.exports.canonical(path), out),
                    }
                }
                TokenTree::Punct(mark) => match mark.as_char() {
                    ',' => out.push_str(", "),
                    ';' => out.push_str("; "),
                    ':' => out.push_str(": "),
                    '=' => out.push_str(" = "),
                    '+' => out.push_str(" + "),
                    '-' if mark.spacing() == Spacing::Joint => {
                        out.push_str(" -> ");
                        at += 1;
                    }
                    other => out.push(other),
                },
            }
        }
    }
}

/// Words of a type that no path begins with.
const KEYWORDS: [&str; 6] = ["as", "dyn", "for", "fn", "impl", "mut"];

/// The path that begins at a place, and where it ends.
fn path_at(tokens: &[TokenTree], start: usize, end: &mut usize) -> String {
    let mut path = String::new();
    *end = start;
    while let Some(TokenTree::Ident(name)) = tokens.get(*end) {
        path.push_str(&name.to_string());
        *end += 1;
        if !is_path_mark(tokens, *end) {
            break;
        }
        // `::<` says no more than `<`.
        *end += 2;
        if matches!(tokens.get(*end), Some(TokenTree::Ident(_))) {
            path.push_str("::");
        }
    }
    path
}

/// Whether two colons that belong together stand at a place.
fn is_path_mark(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':' && mark.spacing() == Spacing::Joint)
}

fn push_word(word: &str, out: &mut String) {
    let sticks = |it: char| it.is_alphanumeric() || matches!(it, '_' | '>' | ')' | ']' | '"');
    if out.ends_with(sticks) {
        out.push(' ');
    }
    out.push_str(word);
}

fn brackets(of: Delimiter) -> (&'static str, &'static str) {
    match of {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

/// The pieces of a type's text: paths, and what stands between them.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let is_path = |it: char| it.is_alphanumeric() || matches!(it, '_' | ':');
    let mut rest = text;
    std::iter::from_fn(move || {
        let inside = is_path(rest.chars().next()?);
        let end = rest.find(|it| is_path(it) != inside);
        let (piece, more) = rest.split_at(end.unwrap_or(rest.len()));
        rest = more;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(code: &str) -> String {
        let mut module = ModuleNames {
            path: "crate::demo".to_owned(),
            declared: ["Vault".to_owned()].into(),
            ..ModuleNames::default()
        };
        for line in [
            "use super::runtime::Password;",
            "use crate::iam::{self as service, types};",
        ] {
            let item: syn::ItemUse = syn::parse_str(line).unwrap();
            module.import(&item.tree).unwrap();
        }
        let exports = Exports {
            targets: [("crate::Error".to_owned(), "some_runtime::Error".to_owned())].into(),
            public: [(
                "crate::client::Client".to_owned(),
                "crate::Client".to_owned(),
            )]
            .into(),
            runtime: Some("some_runtime".to_owned()),
        };
        let scope = Scope {
            module: &module,
            around: None,
            exports: &exports,
        };
        scope.text(code.parse::<TokenStream>().unwrap())
    }

    #[test]
    fn one_meaning_has_one_spelling() {
        for (code, expected) in [
            ("Vault", "crate::demo::Vault"),
            ("&'a self", "&'a self"),
            ("self::Vault", "crate::demo::Vault"),
            ("super::demo::Vault", "crate::demo::Vault"),
            ("types::Vault", "crate::iam::types::Vault"),
            ("service::a::B", "crate::iam::a::B"),
            ("Password", "crate::runtime::Password"),
            ("crate::runtime::Password", "crate::runtime::Password"),
            ("crate::Error", "crate::runtime::Error"),
            ("some_runtime::Error", "crate::runtime::Error"),
            ("crate::client::Client", "crate::Client"),
            ("Option < Vec<Vault> >", "Option<Vec<crate::demo::Vault>>"),
            ("impl Into < String > + Send", "impl Into<String> + Send"),
            ("&'a mut str", "&'a mut str"),
            ("Map::<A, B>", "Map<A, B>"),
            (
                "<Vault as ::std::fmt::Display>::Output",
                "<crate::demo::Vault as std::fmt::Display>::Output",
            ),
            (
                "fn(Vault, u8,) -> [u8; 4]",
                "fn(crate::demo::Vault, u8) -> [u8; 4]",
            ),
        ] {
            assert_eq!(text(code), expected, "{code}");
        }
    }

    #[test]
    fn a_text_is_paths_and_what_is_between() {
        let found: Vec<_> = pieces("Option<crate::a::B>, C").collect();
        assert_eq!(found, ["Option", "<", "crate::a::B", ">, ", "C"]);
    }
}
