//! What a catalog file contains, by its folder and name.

use std::path::Path;

use super::toml_node::Node;

/// What a file contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CatalogFileKind {
    Measures,
    Rules,
    Layout,
    Exhibits,
    /// All entries of a kind, by the file's name.
    Named(&'static str),
}

/// The files that contain all entries of their kind.
const NAMED: [&str; 19] = [
    "domains.toml",
    "groups.toml",
    "markers.toml",
    "synonyms.toml",
    "readiness.toml",
    "disclosure.toml",
    "methods.toml",
    "peers.toml",
    "prices.toml",
    "states.toml",
    "breaks.toml",
    "sources.toml",
    "findings.toml",
    "day.toml",
    "district-names.toml",
    "room.toml",
    "schools.toml",
    "perception.toml",
    "plan.toml",
];

/// What a file would contain that has this key at its top.
const KEYS: [FileKey; 30] = [
    FileKey { key: "measure", belongs: "catalog/measures/" },
    FileKey { key: "rule", belongs: "catalog/rules/" },
    FileKey { key: "column", belongs: "catalog/layouts/" },
    FileKey { key: "exhibit", belongs: "catalog/exhibits/" },
    FileKey { key: "domain", belongs: "catalog/domains.toml" },
    FileKey { key: "group", belongs: "catalog/groups.toml" },
    FileKey { key: "all", belongs: "catalog/groups.toml" },
    FileKey { key: "masked", belongs: "catalog/markers.toml" },
    FileKey { key: "missing", belongs: "catalog/markers.toml" },
    FileKey { key: "words", belongs: "catalog/synonyms.toml" },
    FileKey { key: "jump", belongs: "catalog/readiness.toml" },
    FileKey { key: "cap", belongs: "catalog/disclosure.toml" },
    FileKey { key: "same", belongs: "catalog/disclosure.toml" },
    FileKey { key: "whole", belongs: "catalog/disclosure.toml" },
    FileKey { key: "in-grades", belongs: "catalog/disclosure.toml" },
    FileKey { key: "method", belongs: "catalog/methods.toml" },
    FileKey { key: "explanation", belongs: "catalog/methods.toml" },
    FileKey { key: "variable", belongs: "catalog/peers.toml" },
    FileKey { key: "index", belongs: "catalog/prices.toml" },
    FileKey { key: "state", belongs: "catalog/states.toml" },
    FileKey { key: "break", belongs: "catalog/breaks.toml" },
    FileKey { key: "source", belongs: "catalog/sources.toml" },
    FileKey { key: "story", belongs: "catalog/findings.toml" },
    FileKey { key: "short", belongs: "catalog/district-names.toml" },
    FileKey { key: "before", belongs: "catalog/plan.toml" },
    FileKey { key: "part", belongs: "catalog/day.toml" },
    FileKey { key: "headings", belongs: "catalog/room.toml" },
    FileKey { key: "school-type", belongs: "catalog/schools.toml" },
    FileKey { key: "construct", belongs: "catalog/perception.toml" },
    FileKey { key: "scale", belongs: "catalog/perception.toml" },
];

/// A key, and where a file with it belongs.
struct FileKey {
    key: &'static str,
    belongs: &'static str,
}

impl CatalogFileKind {
    /// The kind of a file; `None` if it is not a catalog file. The folder decides, or failing that, the name.
    pub(super) fn of(path: &Path) -> Option<Self> {
        if path.extension().is_none_or(|ending| ending != "toml") {
            return None;
        }
        let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        match folder.unwrap_or_default() {
            "measures" => Some(Self::Measures),
            "rules" => Some(Self::Rules),
            "layouts" => Some(Self::Layout),
            "exhibits" => Some(Self::Exhibits),
            _ => Self::named(path),
        }
    }

    fn named(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        NAMED.into_iter().find(|known| *known == name).map(Self::Named)
    }
}

/// Where a file belongs, by its content, or failing that, by its name.
pub(super) fn belongs(root: &Node, path: &Path) -> Option<String> {
    if let Some(known) = KEYS.iter().find(|known| root.entry(known.key).is_some()) {
        return Some(known.belongs.to_owned());
    }
    let name = path.file_name()?.to_str()?;
    super::nearest(name, NAMED.into_iter()).map(|name| format!("catalog/{name}"))
}
