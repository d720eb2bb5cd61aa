//! The parts of a proposed layout that say which group, grade or subject the names of rows contain: "Graduation Rate,
//! Hispanic" is not about all students.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::layout_draft::{LayoutDraft, distinct_names};
use super::line_item::LineMeaning;
use super::matching::sure_match;
use super::parsed_name::ParsedName;
use super::toml_text::{toml_list, toml_string};
use crate::catalog::Role;
use crate::domain::ALL;
use crate::wording::layout_drafts as wording;

/// The parts that the name of a row's measure may contain, each with its section of codes.
const PARTS: [(Role, &str); 3] =
    [(Role::Group, "groups"), (Role::Grade, "grades"), (Role::Subject, "subjects")];

// Writing to a `String` cannot fail.
impl LayoutDraft<'_> {
    /// The parts that are in the names of the rows' measures.
    pub(super) fn write_line_parts(&self, text: &mut String) {
        let names = toml_list(distinct_names(self.columns_with(Role::Measure)));
        for (role, _) in PARTS {
            if let (Some(part), false) = (role.part(), self.terms_of_lines(role).is_empty()) {
                let why = wording::part_in_line(role.label());
                let _ = write!(text, "\n# {why}\n[[part]]\npart = \"{part}\"\ncolumn = {names}\n");
            }
        }
    }

    /// What each row's name says of these parts.
    pub(super) fn write_line_codes(&self, text: &mut String) {
        for (role, section) in PARTS {
            let terms = self.terms_of_lines(role);
            if !terms.is_empty() {
                let _ = write!(text, "\n[{section}]\n");
            }
            for (line, id) in terms {
                let _ = writeln!(text, "{} = {}", toml_string(line), toml_string(&id));
            }
        }
    }

    /// The group, grade or subject in the name of each row's measure; empty if no name has one, or if another column
    /// gives it.
    fn terms_of_lines(&self, role: Role) -> BTreeMap<&String, String> {
        let mut terms = BTreeMap::new();
        if self.columns_with(role).next().is_some() {
            return terms;
        }
        let groups = self.groups_as_lines();
        for line in self.columns_with(Role::Measure).flat_map(|column| column.cells.texts.keys()) {
            let name = sure_match(self.vocabulary, line).map(|found| found.name);
            let term = name.and_then(|name| term_of(name, role));
            let group = groups.get(line.as_str()).filter(|_| role == Role::Group).map(|id| (*id).to_owned());
            terms.insert(line, group.or(term).unwrap_or_else(|| ALL.to_owned()));
        }
        if terms.values().all(|id| id == ALL) { BTreeMap::new() } else { terms }
    }

    /// The lines that are read as a measure which they do not name, but whose whole name is that of a student group.
    fn groups_as_lines(&self) -> BTreeMap<&str, &str> {
        let groups = &self.vocabulary.catalog.groups;
        let mut found = BTreeMap::new();
        for item in self.columns_with(Role::Measure).flat_map(|column| &column.items) {
            let LineMeaning::Known(id) = &item.meaning else { continue };
            let is_named =
                sure_match(self.vocabulary, &item.text).is_some_and(|named| named.measure.id == *id);
            if let Some(group) = groups.group_of_text(&item.text).filter(|_| !is_named) {
                found.insert(item.text.as_str(), group);
            }
        }
        found
    }
}

fn term_of(name: ParsedName, role: Role) -> Option<String> {
    match role {
        Role::Group => name.group,
        Role::Grade => name.grade,
        _ => name.subject,
    }
}
