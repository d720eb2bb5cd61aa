//! Files that use each other can only be read together: no more than two may do so, inside any stage or
//! crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Item, UseTree};

/// Names from the root of a crate: `["disclosure", "model"]`.
type ModulePath = Vec<String>;

/// A module that is a file.
#[derive(Default)]
struct Module {
    /// The names that its imports introduce, each with its full path.
    imports: BTreeMap<String, ModulePath>,
    /// Paths that its code uses, including imports except re-exports.
    uses: Vec<ModulePath>,
}

/// The modules of a crate, by their paths.
#[derive(Default)]
struct Crate {
    modules: BTreeMap<ModulePath, Module>,
}

impl Crate {
    fn of(src: &Path) -> Self {
        let mut modules = BTreeMap::new();
        for file in rust_files(src) {
            let syntax = syn::parse_file(&std::fs::read_to_string(&file).unwrap()).unwrap();
            let path = module_path(file.strip_prefix(src).unwrap());
            let mut reading = ModuleReading { path: path.clone(), module: Module::default() };
            reading.visit_file(&syntax);
            modules.insert(path, reading.module);
        }
        Self { modules }
    }

    /// The module that defines the target of a path; `None` if it is outside the crate.
    fn home(&self, path: &[String], depth: usize) -> Option<ModulePath> {
        let mut at: ModulePath = Vec::new();
        for (i, name) in path.iter().enumerate() {
            let mut below = at.clone();
            below.push(name.clone());
            if self.modules.contains_key(&below) {
                at = below;
                continue;
            }
            let module = self.modules.get(&at)?;
            return match module.imports.get(name) {
                Some(import) if depth < 8 => {
                    let whole = [import.as_slice(), &path[i + 1..]].concat();
                    self.home(&whole, depth + 1)
                }
                _ => Some(at),
            };
        }
        Some(at)
    }

    /// The modules of the same stage that each module uses.
    fn edges(&self) -> BTreeMap<&ModulePath, BTreeSet<ModulePath>> {
        let mut edges = BTreeMap::new();
        for (path, module) in &self.modules {
            let used = module.uses.iter().filter_map(|used| self.home(used, 0));
            let of_room: BTreeSet<ModulePath> =
                used.filter(|used| used != path && used.first() == path.first()).collect();
            edges.insert(path, of_room);
        }
        edges
    }

    /// Groups of modules each of which uses all others, directly or indirectly.
    fn rings(&self) -> BTreeSet<Vec<String>> {
        let edges = self.edges();
        let reached: BTreeMap<&ModulePath, BTreeSet<ModulePath>> =
            edges.keys().map(|path| (*path, reachable(&edges, path))).collect();
        let mut rings = BTreeSet::new();
        for (path, others) in &reached {
            let uses_it = |other: &&ModulePath| reached.get(*other).is_some_and(|back| back.contains(*path));
            let ring: Vec<String> = others.iter().filter(uses_it).map(|path| path.join("::")).collect();
            if ring.len() > 2 {
                rings.insert(ring);
            }
        }
        rings
    }
}

/// The modules that one uses, directly or indirectly.
fn reachable(edges: &BTreeMap<&ModulePath, BTreeSet<ModulePath>>, from: &ModulePath) -> BTreeSet<ModulePath> {
    let mut found = BTreeSet::new();
    let mut next = vec![from.clone()];
    while let Some(path) = next.pop() {
        for used in edges.get(&path).into_iter().flatten() {
            if found.insert(used.clone()) {
                next.push(used.clone());
            }
        }
    }
    found
}

/// Reads the imports and paths of a file.
struct ModuleReading {
    path: ModulePath,
    module: Module,
}

impl ModuleReading {
    /// A path from the crate's root; `None` for a path into another crate, or to a local name.
    fn full_path(&self, path: &[String]) -> Option<ModulePath> {
        let mut base = self.path.clone();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => {
                base.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    base.pop()?;
                    rest = &rest[1..];
                }
            }
            _ => {}
        }
        base.extend(rest.iter().cloned());
        Some(base)
    }

    fn add_import(&mut self, path: &[String], name: String, passes_on: bool) {
        let Some(whole) = self.full_path(path) else { return };
        if !passes_on {
            self.module.uses.push(whole.clone());
        }
        self.module.imports.insert(name, whole);
    }

    fn add_tree(&mut self, before: &[String], tree: &UseTree, passes_on: bool) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.add_tree(&with(&path.ident), &path.tree, passes_on),
            UseTree::Name(name) if name.ident == "self" => {
                self.add_import(before, before.last().cloned().unwrap_or_default(), passes_on);
            }
            UseTree::Name(name) => self.add_import(&with(&name.ident), name.ident.to_string(), passes_on),
            UseTree::Rename(name) => self.add_import(&with(&name.ident), name.rename.to_string(), passes_on),
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.add_tree(before, tree, passes_on))
            }
            UseTree::Glob(_) => self.add_import(before, "*".to_owned(), passes_on),
        }
    }
}

impl<'ast> Visit<'ast> for ModuleReading {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Fn(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !attributes.iter().any(crate::density::is_of_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let passes_on = !matches!(item.vis, syn::Visibility::Inherited);
        self.add_tree(&[], &item.tree, passes_on);
    }

    /// `pub(in crate::room)` uses nothing.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let Some(whole) =
            self.full_path(&names).filter(|_| names.len() > 1 || !names[0].starts_with(char::is_lowercase))
        {
            self.module.uses.push(whole);
        }
        visit::visit_path(self, path);
    }
}

fn module_path(file: &Path) -> ModulePath {
    let mut path: ModulePath =
        file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if ["mod", "lib", "main"].contains(&path.last().unwrap().as_str()) {
        path.pop();
    }
    path
}

fn rust_files(src: &Path) -> Vec<PathBuf> {
    let files = crate::density::rust_files(src);
    files.into_iter().filter(|file| !file.ends_with("main.rs")).collect()
}

#[test]
fn no_more_than_two_files_use_each_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut rings = BTreeSet::new();
    for src in ["src", "crates/sheets/src", "crates/statistics/src"] {
        rings.extend(Crate::of(&root.join(src)).rings());
    }
    let rings: Vec<String> =
        rings.iter().map(|ring| format!("{}: {}", ring.len(), ring.join(", "))).collect();
    assert!(rings.is_empty(), "files that use each other:\n{}", rings.join("\n"));
}

#[test]
fn a_ring_of_three_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let room = folder.path().join("room");
    std::fs::create_dir(&room).unwrap();
    for (name, text) in [
        ("mod.rs", "mod a; mod b; mod c; pub use a::A;"),
        ("a.rs", "use super::b::B; pub struct A(B);"),
        ("b.rs", "pub struct B; fn b() { super::c::c() }"),
        ("c.rs", "use super::A; pub fn c() {}"),
    ] {
        std::fs::write(room.join(name), text).unwrap();
    }
    let rings = Crate::of(folder.path()).rings();
    assert_eq!(rings, [vec!["room::a".to_owned(), "room::b".to_owned(), "room::c".to_owned()]].into());
}
