//! Files → surface: the modules from `lib.rs` on, what each declares, and what of it is public.

mod items;
mod syntax;

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use syn::{Item as Syntax, ItemMod};

use super::declare::{Declared, Writer, gates, is_for_tests, is_public};
use super::features::features;
use super::macros::Declaration;
use super::model::{About, Body, Gates, Item, Surface};
use super::names::{Exports, ModuleNames, Scope, parent};
use syntax::Kept;

/// A file whose public surface cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurfaceError {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for SurfaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Both come out of code.
        write!(
            f,
            "{}: {}",
            self.file.escape_debug(),
            self.message.escape_debug()
        )
    }
}

impl std::error::Error for SurfaceError {}

/// What a macro stands for, and the features that it needs.
type Invoked = (Box<dyn Declaration>, Gates);

/// A module that is not understood yet.
#[derive(Default)]
struct Module {
    /// The file that it stands in.
    file: String,
    names: ModuleNames,
    about: Option<syn::ItemMod>,
    /// Whether it is public, and all modules around it.
    public: bool,
    gates: Gates,
    /// Its text, where nobody needs to know what is in it before it is understood itself: syntax takes
    /// so much more that it is made of one such file at a time.
    unread: Option<String>,
    syntax: Vec<Syntax>,
    docs: Vec<syn::Attribute>,
    macros: Vec<Invoked>,
    /// Its exports by name.
    exports: Vec<(String, String, Gates)>,
}

/// Reads the public surface of a crate.
///
/// # Errors
/// The file that cannot be read: it is missing or no Rust, or has something of which nobody knows
/// what it declares.
pub fn surface(files: BTreeMap<String, String>) -> Result<Surface, SurfaceError> {
    let roots = files.keys().filter_map(|it| it.strip_suffix("src/lib.rs"));
    let Some(folder) = roots.min_by_key(|it| it.len()).map(str::to_owned) else {
        return Err(error("src/lib.rs", "there is no such file"));
    };
    let mut reader = Reader {
        files,
        modules: Vec::new(),
    };
    let names = ModuleNames {
        path: "crate".to_owned(),
        ..ModuleNames::default()
    };
    let file = format!("{folder}src/lib.rs");
    reader.module(
        names,
        file,
        &format!("{folder}src/"),
        (true, Gates::default()),
        None,
    )?;
    let Reader { mut files, modules } = reader;
    let mut surface = assemble(modules)?;
    let manifest = format!("{folder}Cargo.toml");
    if let Some(text) = files.get(&manifest) {
        surface.features = features(text).map_err(|message| error(&manifest, message))?;
    }
    let readme = files.remove(&format!("{folder}README.md"));
    surface.readme = readme.unwrap_or_default();
    Ok(surface)
}

fn error(file: &str, message: impl fmt::Display) -> SurfaceError {
    SurfaceError {
        file: file.to_owned(),
        message: message.to_string(),
    }
}

struct Reader {
    /// Those that are still to be read.
    files: BTreeMap<String, String>,
    modules: Vec<Module>,
}

impl Reader {
    /// Reads a file, and those of the modules in it.
    fn module(
        &mut self,
        names: ModuleNames,
        file: String,
        folder: &str,
        (public, gates): (bool, Gates),
        about: Option<ItemMod>,
    ) -> Result<(), SurfaceError> {
        let Some(text) = self.files.remove(&file) else {
            return Err(error(&file, "there is no such file"));
        };
        let mut module = Module {
            file,
            names,
            about,
            public,
            gates,
            ..Module::default()
        };
        if syntax::is_closed(&text) {
            module.unread = Some(text);
            self.modules.push(module);
            return Ok(());
        }
        let kept = module.read(&text)?;
        self.add(module, kept, folder)
    }

    /// Notes what a module declares, and reads those inside of it.
    fn add(
        &mut self,
        mut module: Module,
        kept: Vec<Kept>,
        folder: &str,
    ) -> Result<(), SurfaceError> {
        let file = module.file.clone();
        let failed = |it: syn::Error| error(&file, it);
        let inside = module.declare(kept).map_err(failed)?;
        let (public, around) = (module.public, module.gates.clone());
        let path = module.names.path.clone();
        self.modules.push(module);
        for mut it in inside {
            let gates = around.and(gates(&it.attrs).map_err(failed)?);
            let public = (public && is_public(&it.vis), gates);
            let name = it.ident.to_string();
            let name = name.trim_start_matches("r#");
            let names = ModuleNames {
                path: format!("{path}::{}", it.ident),
                ..ModuleNames::default()
            };
            let folder = format!("{folder}{name}/");
            match it.content.take() {
                Some((_, syntax)) => {
                    let module = Module {
                        file: file.clone(),
                        names,
                        about: Some(it),
                        public: public.0,
                        gates: public.1,
                        ..Module::default()
                    };
                    self.add(module, syntax::kept(syntax).map_err(failed)?, &folder)?;
                }
                None => {
                    let mut file = format!("{}.rs", folder.trim_end_matches('/'));
                    if !self.files.contains_key(&file) {
                        file = format!("{folder}mod.rs");
                    }
                    self.module(names, file, &folder, public, Some(it))?;
                }
            }
        }
        Ok(())
    }
}

impl Module {
    /// Reads the text of its file.
    fn read(&mut self, text: &str) -> Result<Vec<Kept>, SurfaceError> {
        let (docs, kept) = syntax::read(text).map_err(|it| error(&self.file, it))?;
        self.docs = docs;
        Ok(kept)
    }

    /// Notes what it declares; the modules inside of it are given back.
    fn declare(&mut self, kept: Vec<Kept>) -> syn::Result<Vec<ItemMod>> {
        let (mut uses, mut inside) = (Vec::new(), Vec::new());
        for kept in kept {
            let declared = &mut self.names.declared;
            match kept {
                Kept::Use(it) => uses.push(it),
                Kept::Mod(it) if is_for_tests(&it.attrs) => {}
                Kept::Mod(it) => {
                    declared.insert(it.ident.to_string());
                    inside.push(it);
                }
                Kept::Macro(found, attributes) => {
                    declared.extend(found.names().into_iter().map(ToString::to_string));
                    let gates = self.gates.and(gates(&attributes)?);
                    self.macros.push((found, gates));
                }
                Kept::Other(other) => {
                    declared.extend(items::name(&other).map(ToString::to_string));
                    self.syntax.push(*other);
                }
            }
        }
        for it in uses {
            let found = self.names.import(&it.tree);
            let found = found.map_err(|message| syn::Error::new_spanned(&it.tree, message))?;
            if is_public(&it.vis) {
                let gates = self.gates.and(gates(&it.attrs)?);
                let found = found.into_iter();
                let exports = found.map(|(name, target)| (name, target, gates.clone()));
                self.exports.extend(exports);
            }
        }
        Ok(inside)
    }
}

/// Understands all modules, now that all names are known.
fn assemble(mut modules: Vec<Module>) -> Result<Surface, SurfaceError> {
    let exports = exports(&modules);
    let mut declared = Declared::default();
    for module in &mut modules {
        if let Some(text) = module.unread.take() {
            let kept = module.read(&text)?;
            let declared = module.declare(kept);
            declared.map_err(|it| error(&module.file, it))?;
        }
        let syntax = std::mem::take(&mut module.syntax);
        let macros = std::mem::take(&mut module.macros);
        let mut writer = Writer {
            scope: Scope {
                module: &module.names,
                around: None,
                exports: &exports,
            },
            gates: module.gates.clone(),
            to: &mut declared,
        };
        let read = understand(module, syntax, macros, &mut writer);
        read.map_err(|it| error(&module.file, it))?;
    }
    let public: HashMap<&str, bool> = modules
        .iter()
        .map(|it| (it.names.path.as_str(), it.public))
        .collect();
    // What a macro declares in a module of its own is as public as the module around that.
    let is_seen = |path: &str| {
        let mut around = path;
        loop {
            match public.get(around) {
                Some(public) => return *public,
                None if around == "crate" => return false,
                None => around = parent(around),
            }
        }
    };
    let mut surface = Surface::default();
    for (path, item) in std::mem::take(&mut declared.items) {
        match exports.public.get(&path) {
            Some(elsewhere) => {
                surface.items.insert(elsewhere.clone(), item);
            }
            None if is_seen(&path) => {
                surface.items.insert(path, item);
            }
            None => {}
        }
    }
    for module in modules.iter().filter(|it| it.public) {
        for (name, target, gates) in &module.exports {
            let (path, target) = (format!("{}::{name}", module.names.path), target.clone());
            // What is public only here is an item, not a name for one.
            if surface.items.contains_key(&path) {
                continue;
            }
            let scope = Scope {
                module: &module.names,
                around: None,
                exports: &exports,
            };
            let target = scope.path(&target);
            if surface.items.contains_key(&target) {
                surface.exported.insert(target.clone(), path.clone());
            }
            let about = About {
                gates: gates.clone(),
                ..About::default()
            };
            let body = Body::Export(target);
            surface.items.insert(path, Item { about, body });
        }
    }
    attach(declared, &mut surface);
    Ok(surface)
}

/// What is exported, and where.
fn exports(modules: &[Module]) -> Exports {
    let mut exports = Exports::default();
    let private: HashMap<&str, &Module> = modules
        .iter()
        .filter(|it| !it.public)
        .map(|it| (it.names.path.as_str(), it))
        .collect();
    for module in modules {
        for (name, target, _) in &module.exports {
            let path = format!("{}::{name}", module.names.path);
            if path == "crate::runtime" && !target.contains("::") {
                exports.runtime = Some(target.clone());
                continue;
            }
            if module.public && private.contains_key(parent(target)) {
                exports.public.insert(target.clone(), path.clone());
            }
            exports.targets.insert(path, target.clone());
        }
    }
    // One that is public under a name leads there and not back.
    exports
        .targets
        .retain(|_, target| !exports.public.contains_key(target));
    exports
}

fn understand(
    module: &Module,
    syntax: Vec<Syntax>,
    macros: Vec<Invoked>,
    writer: &mut Writer<'_>,
) -> syn::Result<()> {
    // The documentation of a module may stand in it and before it.
    let outer = module.about.iter().flat_map(|it| &it.attrs);
    let about = writer.about(outer.chain(&module.docs))?;
    let path = module.names.path.clone();
    let body = Body::Module;
    writer.to.items.insert(path, Item { about, body });
    // Each is let go as it is understood: a large crate's syntax takes more than its surface.
    for syntax in syntax {
        items::write(&syntax, writer)?;
    }
    for (found, gates) in macros {
        writer.gates = gates;
        found.write(writer)?;
    }
    Ok(())
}

/// Gives each type what is implemented for it.
fn attach(declared: Declared, surface: &mut Surface) {
    let Declared {
        methods,
        constants,
        traits,
        hidden,
        accessors,
        ..
    } = declared;
    let items = &mut surface.items;
    let mut with = |owner: &str, add: &mut dyn FnMut(&mut super::model::TypeBody, &Gates)| {
        if let Some(Item {
            about,
            body: Body::Type(body),
        }) = items.get_mut(owner)
        {
            add(body, &about.gates);
        }
    };
    for (owner, name, about, function) in methods {
        let mut method = Some((about, function));
        with(&owner, &mut |body, gates| {
            if let Some((mut about, function)) = method.take() {
                about.gates = about.gates.and(gates.iter().cloned());
                body.methods.insert(name.clone(), (about, function));
            }
        });
    }
    for (owner, name, about, mut value) in constants {
        // It may have the value of one that is not public.
        if let [only] = value.parts.as_slice()
            && let Some(parts) = hidden.get(only)
        {
            value.parts.clone_from(parts);
        }
        let constant = (about, value);
        with(&owner, &mut |body, _| {
            body.constants.insert(name.clone(), constant.clone());
        });
    }
    for (owner, name, it) in traits {
        with(&owner, &mut |body, _| {
            body.traits.insert(name.clone(), it.clone());
        });
    }
    for (owner, name, ty) in accessors {
        if owner == "crate::Client" {
            surface.services.insert(name, ty);
        }
    }
}
