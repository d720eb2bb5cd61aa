//! The parts of a proposed layout that say which columns or headings give the measure, group, grade, and subject of a row.

use std::fmt::Write as _;

use super::column::ColumnMeaning;
use super::layout_draft::LayoutDraft;
use super::toml_text::toml_list;
use crate::catalog::Role;
use crate::wording::layout_drafts as wording;
use crate::wording::survey_headings::part_in_headings;

// Writing to a `String` cannot fail.
impl LayoutDraft<'_> {
    /// The group, grade or subject that headings between the rows give.
    pub(super) fn write_headed_part(&self, text: &mut String) {
        let Some(headed) = self.tables.iter().find_map(|table| table.headed.as_ref()) else { return };
        if let Some(part) = headed.role.part() {
            let _ = write!(
                text,
                "\n# {}\n[[part]]\npart = \"{part}\"\ncolumn = {}\nheading = true\n",
                part_in_headings(headed.role.label()),
                toml_list([&headed.column])
            );
        }
    }

    /// The columns that say what measure, group, grade or subject a row is about.
    pub(super) fn write_parts(&self, text: &mut String) {
        for role in [Role::Measure, Role::Group, Role::Grade, Role::Subject] {
            let own = self.role_with(role);
            let (Some(part), names) = (role.part(), self.names_of(own)) else { continue };
            // Of several columns in a table, at most one narrows a row.
            let blocks: Vec<&[&String]> =
                if self.has_several(own) { names.chunks(1).collect() } else { vec![&names[..]] };
            for names in blocks.into_iter().filter(|names| !names.is_empty()) {
                let _ = write!(
                    text,
                    "\n# {}\n[[part]]\npart = \"{part}\"\ncolumn = {}\n",
                    wording::part_of_rows(role.label()),
                    toml_list(names.iter().copied())
                );
            }
        }
    }

    /// Whether a table has several columns with a role.
    fn has_several(&self, role: Role) -> bool {
        self.tables.iter().any(|table| {
            table.columns.iter().filter(|column| column.meaning == ColumnMeaning::Role(role)).count() > 1
        })
    }
}
