//! How the sources are laid out: one-way imports, and no name for two things.
//!
//! The graph has a node for every module file, `src/check/paths.rs` is `check::paths`. Wherever a
//! file names another module of its crate (`use crate::…`, `super::…`, `self::…`, a path in an
//! expression, type or pattern, or a submodule's name), both ends are cut to where their ways part: from
//! `check::paths` to `load::tree` it is `check` → `load`. So modules are compared with their
//! siblings, at every level. What a module and its own submodules use of each other parts nowhere
//! and does not count: together they are one idea, and `super::` in a child is how it gets at
//! what the family shares. Code for tests alone (`#[cfg(test)]`) does not count either: a test of
//! one stage may run those before it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Item, UseTree};

/// The source roots that are free of circles, relative to the workspace.
const ROOTS: &[&str] = &[
    "codegen/src",
    "codegen/pages/src",
    "codegen/drift/src",
    "codegen/semver/src",
    "codegen/cli/src",
    "runtime/command/src",
    "runtime/core/src",
    "runtime/src",
    "src",
];

/// The source roots whose public types have names of their own, told apart without their paths.
const NAMED_ONCE: &[&str] = &["codegen/src"];

pub(super) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// One module: its path in the crate and its items, tests left out.
struct Module {
    path: Vec<String>,
    file: PathBuf,
    items: Vec<Item>,
}

/// Every module file below a root.
fn modules(root: &str) -> Vec<Module> {
    let base = workspace().join(root);
    let mut files = Vec::new();
    collect(&base, &mut files);
    let mut tests_only = BTreeSet::new();
    let mut modules = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&base).unwrap().with_extension("");
        let mut path: Vec<String> = relative
            .iter()
            .map(|part| part.to_str().unwrap().to_owned())
            .collect();
        if matches!(path.last().map(String::as_str), Some("mod"))
            || path == ["lib"]
            || path == ["main"]
        {
            path.pop();
        }
        let parsed = syn::parse_file(&fs::read_to_string(&file).unwrap());
        let parsed = parsed.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let (tests, items): (Vec<Item>, Vec<Item>) =
            parsed.items.into_iter().partition(is_for_tests);
        for item in tests {
            if let Item::Mod(module) = item {
                tests_only.insert([path.clone(), vec![module.ident.to_string()]].concat());
            }
        }
        modules.push(Module { path, file, items });
    }
    modules.retain(|module| {
        !(1..=module.path.len()).any(|end| tests_only.contains(&module.path[..end]))
    });
    modules
}

pub(super) fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

fn attributes(item: &Item) -> &[syn::Attribute] {
    match item {
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(item: &Item) -> bool {
    attributes(item).iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|condition| condition.is_ident("test"))
    })
}

/// The paths that a module's code names, as it writes them.
#[derive(Default)]
struct Named(Vec<Vec<String>>);

impl Named {
    fn tree(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.tree(&path.tree, &with(&path.ident)),
            UseTree::Name(name) => self.0.push(with(&name.ident)),
            UseTree::Rename(rename) => self.0.push(with(&rename.ident)),
            UseTree::Glob(_) => self.0.push(before.to_vec()),
            UseTree::Group(group) => group.items.iter().for_each(|it| self.tree(it, before)),
        }
    }
}

impl<'ast> Visit<'ast> for Named {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names = path.segments.iter().map(|it| it.ident.to_string());
            self.0.push(names.collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_item(&mut self, item: &'ast Item) {
        if !is_for_tests(item) {
            visit::visit_item(self, item);
        }
    }

    fn visit_macro(&mut self, invoked: &'ast syn::Macro) {
        // The arguments of `format!`, `matches!` and the like; what is no list of expressions,
        // such as the code in `quote!`, is not of this crate.
        let arguments = invoked.parse_body_with(
            syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated,
        );
        let quotes = ["quote", "parse_quote"];
        let emits = invoked
            .path
            .segments
            .last()
            .is_some_and(|it| quotes.iter().any(|name| it.ident == name));
        for argument in arguments.iter().flatten().filter(|_| !emits) {
            self.visit_expr(argument);
        }
    }
}

/// The module, among those there are, that a written path leads into.
fn target(
    from: &[String],
    written: &[String],
    known: &BTreeSet<Vec<String>>,
) -> Option<Vec<String>> {
    let mut rest = written.iter().peekable();
    let mut at = match rest.peek().map(|it| it.as_str()) {
        Some("crate") => {
            rest.next();
            Vec::new()
        }
        Some("self") => {
            rest.next();
            from.to_vec()
        }
        _ => from.to_vec(),
    };
    while rest.next_if(|it| *it == "super").is_some() {
        at.pop()?;
    }
    for name in rest {
        let deeper = [at.clone(), vec![name.clone()]].concat();
        if !known.contains(&deeper) {
            break;
        }
        at = deeper;
    }
    (at != *from).then_some(at)
}

/// What names what: siblings, each with the files that do.
type Graph = BTreeMap<Vec<String>, BTreeMap<Vec<String>, BTreeSet<String>>>;

fn graph(modules: &[Module]) -> Graph {
    let known: BTreeSet<Vec<String>> = modules
        .iter()
        .flat_map(|it| (1..=it.path.len()).map(|end| it.path[..end].to_vec()))
        .collect();
    let mut graph = Graph::new();
    for module in modules {
        let mut named = Named::default();
        module.items.iter().for_each(|item| named.visit_item(item));
        for written in &named.0 {
            let Some(to) = target(&module.path, written, &known) else {
                continue;
            };
            let shared = module
                .path
                .iter()
                .zip(&to)
                .take_while(|(a, b)| a == b)
                .count();
            if shared == module.path.len() || shared == to.len() {
                continue;
            }
            let ends = (module.path[..=shared].to_vec(), to[..=shared].to_vec());
            let file = module.file.strip_prefix(workspace()).unwrap();
            let files = graph.entry(ends.0).or_default().entry(ends.1).or_default();
            files.insert(file.display().to_string());
        }
    }
    graph
}

/// The shortest way from a module back to itself.
fn circle(graph: &Graph, start: &Vec<String>) -> Option<Vec<Vec<String>>> {
    let mut ways = std::collections::VecDeque::from([vec![start.clone()]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in graph.get(way.last()?).into_iter().flat_map(BTreeMap::keys) {
            if next == start {
                return Some(way);
            }
            if seen.insert(next.clone()) {
                ways.push_back([way.clone(), vec![next.clone()]].concat());
            }
        }
    }
    None
}

/// Every circle of a graph once, as text with the files that close it.
fn circles(graph: &Graph) -> Vec<String> {
    let mut found = BTreeMap::new();
    for start in graph.keys() {
        let Some(way) = circle(graph, start) else {
            continue;
        };
        let members: BTreeSet<_> = way.iter().cloned().collect();
        found.entry(members).or_insert_with(|| {
            let steps = way.iter().zip(way.iter().cycle().skip(1));
            let steps = steps.map(|(from, to)| {
                let files: Vec<_> = graph[from][to].iter().map(String::as_str).collect();
                format!(
                    "  {} → {} in {}",
                    from.join("::"),
                    to.join("::"),
                    files.join(", ")
                )
            });
            steps.collect::<Vec<_>>().join("\n")
        });
    }
    found.into_values().collect()
}

#[test]
fn modules_import_one_way() {
    let mut found = Vec::new();
    for root in ROOTS {
        let found_here = circles(&graph(&modules(root)));
        found.extend(
            found_here
                .iter()
                .map(|it| format!("a circle in {root}:\n{it}")),
        );
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_circle_is_found_and_named() {
    let module = |path: &str, text: &str| Module {
        path: path.split("::").map(str::to_owned).collect(),
        file: workspace().join(path.replace("::", "/")),
        items: syn::parse_file(text).unwrap().items,
    };
    let of = |texts: &[(&str, &str)]| {
        let modules: Vec<_> = texts
            .iter()
            .map(|(path, text)| module(path, text))
            .collect();
        circles(&graph(&modules))
    };
    let found = of(&[
        ("a", "use crate::b::c::D;"),
        ("b", "mod c;"),
        ("b::c", "fn f(it: super::super::a::A) {}"),
    ]);
    assert_eq!(found, ["  a → b in a\n  b → a in b/c"]);
    // Through a third, in the arguments of a macro.
    let found = of(&[
        ("a", "use super::b;"),
        ("b", "use super::c::{self, X};"),
        ("c", "fn f() { g(format!(\"{}\", crate::a::X)); }"),
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    // A module and its children, and code for tests.
    let none = of(&[
        (
            "a",
            "mod b; use b::B;\n#[cfg(test)] mod tests { use crate::c::C; }",
        ),
        ("a::b", "use super::A;"),
        ("c", "use crate::a::A; fn f() { quote!(crate::c::C); }"),
    ]);
    assert!(none.is_empty(), "{none:?}");
}

#[test]
fn every_public_type_has_a_name_of_its_own() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for root in NAMED_ONCE {
        for module in modules(root) {
            for item in &module.items {
                let (visibility, name) = match item {
                    Item::Struct(item) => (&item.vis, &item.ident),
                    Item::Enum(item) => (&item.vis, &item.ident),
                    Item::Trait(item) => (&item.vis, &item.ident),
                    Item::Type(item) => (&item.vis, &item.ident),
                    _ => continue,
                };
                if matches!(visibility, syn::Visibility::Public(_)) {
                    let file = module.file.strip_prefix(workspace()).unwrap();
                    let places = places.entry(name.to_string()).or_default();
                    places.push(file.display().to_string());
                }
            }
        }
    }
    let twice: Vec<_> = places.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}
