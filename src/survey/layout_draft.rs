//! The text of a proposed layout, with comments that explain it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::column::{Column, ColumnMeaning};
use super::sheet::{TableSurvey, YearPlace};
use super::toml_text::{comment_text, toml_list, toml_string};
use super::vocabulary::Vocabulary;
use super::year_pattern::pattern_line;
use crate::catalog::Role;
use crate::domain::DistrictId;

/// The basis of a layout: tables that look alike. Its text is written by methods, with each section in the
/// file for its subject.
pub(super) struct LayoutDraft<'a> {
    pub(super) id: &'a str,
    /// Files and sheets, for display.
    pub(super) description: &'a str,
    /// The pattern for its sheet names; `None` if it needs none.
    pub(super) sheets: Option<String>,
    /// Never empty.
    pub(super) tables: Vec<&'a TableSurvey>,
    /// The district for tables that do not name one.
    pub(super) district: &'a str,
    /// Whether no table in the folder has ids, so districts are identified by name.
    pub(super) names_only: bool,
    pub(super) vocabulary: &'a Vocabulary<'a>,
}

// Writing to a `String` cannot fail.
impl<'a> LayoutDraft<'a> {
    pub(super) fn text(&self) -> String {
        let mut text = self.heading();
        self.write_level(&mut text);
        if let Some(pattern) = &self.sheets {
            let _ = write!(text, "\n[sheets]\nmatching = {}\n", toml_string(pattern));
        }
        self.write_header(&mut text);
        self.write_year(&mut text);
        self.write_district(&mut text);
        self.write_row_type_filter(&mut text);
        self.write_blank_school_filter(&mut text);
        self.write_attributes(&mut text);
        self.write_parts(&mut text);
        self.write_columns(&mut text);
        self.write_codes(&mut text);
        self.write_markers(&mut text);
        text
    }

    fn heading(&self) -> String {
        let description = comment_text(self.description);
        format!(
            "# Proposed by `retreat init` from {description}. Correct what is wrong; `retreat check` says what is read by it.\n\n\
             id = {}\nlabel = {}\nauthority = {}    # say here who publishes the table\n\
             # public = true    # take away the first # where a state publishes these figures, small groups already hidden\n",
            toml_string(self.id),
            toml_string(&format!("Table of {description}")),
            toml_string(&description),
        )
    }

    /// All columns of all tables, in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'a Column> {
        self.tables.iter().flat_map(|table| &table.columns)
    }

    /// The columns with a role, over all tables.
    pub(super) fn columns_with(&self, role: Role) -> impl Iterator<Item = &'a Column> {
        self.columns().filter(move |column| column.meaning == ColumnMeaning::Role(role))
    }

    /// The names of the columns with a role, each once.
    fn names_of(&self, role: Role) -> Vec<&'a String> {
        distinct_names(self.columns_with(role))
    }

    /// Whether no column names the district.
    fn is_of_one_district(&self) -> bool {
        self.names_of(Role::DistrictId).is_empty() && self.names_of(Role::DistrictName).is_empty()
    }

    fn write_level(&self, text: &mut String) {
        if !self.tables.iter().any(|table| table.schools) {
            return;
        }
        let schools = self.columns().filter(|column| {
            matches!(column.meaning, ColumnMeaning::Role(Role::SchoolName | Role::SchoolId))
        });
        text.push_str("\n# A row is a school: counts are added up to the district, rates weighted by how many they rest on.\nlevel = \"school\"\nroll-up = \"sum\"\n");
        let _ = writeln!(text, "school = {}", toml_list(distinct_names(schools)));
    }

    fn write_header(&self, text: &mut String) {
        let rows = &self.tables[0].header_rows;
        if self.is_of_one_district() && self.tables[0].year != YearPlace::Column {
            let _ = write!(text, "\n[header]\nrows = {rows:?}\n");
        } else if let (Some(first), Some(last)) = (rows.first(), rows.last())
            && first < last
        {
            let _ = write!(
                text,
                "\n# The header has several rows; their texts are joined by ›.\n[header]\nrows = \"auto\"\ndepth = {}\n",
                last - first + 1
            );
        }
    }

    fn write_year(&self, text: &mut String) {
        let place = &self.tables[0].year;
        let _ = write!(text, "\n# {}\n[year]\nfrom = \"{}\"\n", year_comment(place), year_from(place));
        match place {
            YearPlace::Column => {
                let _ = writeln!(text, "column = {}", toml_list(self.names_of(Role::SchoolYear)));
            }
            YearPlace::Header => {}
            YearPlace::Sheet(year) | YearPlace::File(year) | YearPlace::Title(year) => {
                text.push_str(&pattern_line(year));
            }
            YearPlace::Unknown => {
                text.push_str("# year = 2024    # no school year was found: put it here, by its end\n");
            }
        }
        text.push_str(if self.tables.iter().any(|table| table.year_begins) {
            "means = \"start\"    # a year alone, such as 2023, is taken for 2023-24, as of its fall\n"
        } else {
            "means = \"end\"    # a year alone, such as 2024, is taken for 2023-24; where it is the fall, write \"start\"\n"
        });
    }

    fn write_district(&self, text: &mut String) {
        let ids = self.names_of(Role::DistrictId);
        let names = self.names_of(Role::DistrictName);
        text.push('\n');
        if self.is_of_one_district() {
            text.push_str(
                "# No column names the district: the whole table is about this one.\n[district]\nfixed = ",
            );
            let _ = writeln!(text, "{}", toml_string(self.district));
            return;
        }
        if ids.is_empty() && self.names_only {
            text.push_str("# No table here has ids: districts are known by their names.\n[district]\n");
            let _ = write!(text, "id = {0}\nname = {0}\n", toml_list(names));
            return;
        }
        text.push_str("[district]\n");
        if ids.is_empty() {
            text.push_str("# Known by name only; the project's other tables lend it their ids.\n");
        } else {
            let _ = writeln!(text, "id = {}", toml_list(ids));
            if let Some(width) = self.id_width() {
                let _ = writeln!(text, "id-width = {width}");
            }
        }
        if !names.is_empty() {
            let _ = writeln!(text, "name = {}", toml_list(names));
        }
    }

    /// The number of digits of the longest id; `None` if no id is a number.
    fn id_width(&self) -> Option<usize> {
        let ids = self.tables.iter().filter_map(|table| table.role(Role::DistrictId));
        ids.filter_map(|column| digit_count(column.cells.most?)).max()
    }

    /// If a column says which rows are about districts: a filter for them.
    fn write_row_type_filter(&self, text: &mut String) {
        let Some(column) = self.tables.iter().find_map(|table| table.role(Role::RowType)) else { return };
        let district = &self.vocabulary.catalog.synonyms.row_types.district;
        let mut kept = Vec::new();
        for row_type in column.cells.texts.keys() {
            if self.vocabulary.is_one_of(row_type, district) {
                kept.push(regex::escape(row_type));
            }
        }
        let _ = write!(
            text,
            "\n[[row]]\ncolumn = {}\nkeep = {}\nwhy = \"Only the rows of districts; schools and totals repeat them.\"\n",
            toml_list([&column.name]),
            toml_string(&format!("^({})$", kept.join("|")))
        );
    }

    /// If rows about districts leave the school column blank: a filter for them.
    fn write_blank_school_filter(&self, text: &mut String) {
        if let Some(column) = self.tables.iter().find_map(|table| table.blank_in_districts.as_ref()) {
            let _ = write!(
                text,
                "\n[[row]]\ncolumn = {}\nkeep = '^$'\nwhy = \"Only the rows of districts, which name no school; those of schools repeat them.\"\n",
                toml_list([column])
            );
        }
    }

    fn write_attributes(&self, text: &mut String) {
        let mut attributes: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
        for column in self.columns() {
            if let ColumnMeaning::Attribute(id) = &column.meaning {
                let names = attributes.entry(id).or_default();
                if !names.contains(&&column.name) {
                    names.push(&column.name);
                }
            }
        }
        for (id, names) in attributes {
            let _ =
                write!(text, "\n[[attribute]]\nid = {}\ncolumn = {}\n", toml_string(id), toml_list(names));
        }
    }

    /// The columns that say what measure, group, grade or subject a row is about.
    fn write_parts(&self, text: &mut String) {
        for role in [Role::Measure, Role::Group, Role::Grade, Role::Subject] {
            let names = self.names_of(role);
            if let (Some(part), false) = (role.part(), names.is_empty()) {
                let _ = write!(
                    text,
                    "\n# Each row says its {}.\n[[part]]\npart = \"{part}\"\ncolumn = {}\n",
                    role.label(),
                    toml_list(names)
                );
            }
        }
    }
}

/// The `from` of a layout's `[year]`.
const fn year_from(place: &YearPlace) -> &'static str {
    match place {
        YearPlace::Column => "column",
        YearPlace::Header => "header",
        YearPlace::Sheet(_) => "sheet",
        YearPlace::File(_) => "file",
        YearPlace::Title(_) => "title",
        YearPlace::Unknown => "fixed",
    }
}

const fn year_comment(place: &YearPlace) -> &'static str {
    match place {
        YearPlace::Column => "The school year has a column.",
        YearPlace::Header => "The school year stands in the columns' names.",
        YearPlace::Sheet(_) => "The school year stands in the sheet's name.",
        YearPlace::File(_) => "The school year stands in the file's name.",
        YearPlace::Title(_) => "The school year stands above the table.",
        YearPlace::Unknown => "No school year was found.",
    }
}

/// Column names, each once (ignoring case), in order.
pub(super) fn distinct_names<'a>(columns: impl IntoIterator<Item = &'a Column>) -> Vec<&'a String> {
    let mut names: Vec<&String> = Vec::new();
    for column in columns {
        if !names.iter().any(|name| name.eq_ignore_ascii_case(&column.name)) {
            names.push(&column.name);
        }
    }
    names
}

/// The number of digits of an id that is a number; `None` if it is not whole or too long.
fn digit_count(id: f64) -> Option<usize> {
    let text = id.to_string();
    let is_id = text.len() <= DistrictId::WIDEST && text.bytes().all(|b| b.is_ascii_digit());
    is_id.then_some(text.len())
}
