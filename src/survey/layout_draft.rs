//! The text of a proposed layout, with comments that explain it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::own_file::OwnMeasures;
use super::own_measure::OwnMeasure;
use super::row_evidence::{JoinedColumn, RowEvidence};
use super::sheet::{TableSurvey, YearPlace};
use super::toml_text::{comment_text, toml_list, toml_string};
use super::vocabulary::Vocabulary;
use super::year_pattern::pattern_line;
use crate::catalog::Role;
use crate::domain::DistrictId;
use crate::wording::{layout_drafts as wording, survey_tables};

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
    /// The columns that only together identify a district; empty if the id column alone does.
    pub(super) joined_ids: Vec<JoinedColumn>,
    pub(super) vocabulary: &'a Vocabulary<'a>,
    /// The project's own measures.
    pub(super) own: &'a OwnMeasures,
    /// Whether the tables cover several school years: only then are the project's own measures read.
    pub(super) spans_years: bool,
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
        self.write_row_rules(&mut text);
        self.write_unread_lines(&mut text);
        self.write_year_totals(&mut text);
        self.write_attributes(&mut text);
        self.write_parts(&mut text);
        self.write_headed_part(&mut text);
        self.write_line_parts(&mut text);
        self.write_columns(&mut text);
        self.write_codes(&mut text);
        self.write_line_codes(&mut text);
        self.write_markers(&mut text);
        text
    }

    fn heading(&self) -> String {
        let description = comment_text(self.description);
        format!(
            "# {}\n\nid = {}\nlabel = {}\nauthority = {}    # {}\n# public = true    # {}\n",
            wording::proposed_from(&description),
            toml_string(self.id),
            toml_string(&wording::label(&description)),
            toml_string(&description),
            wording::WHO_PUBLISHES,
            wording::IF_PUBLIC
        )
    }

    /// Why nothing can be read with it; `None` if something can.
    pub(super) fn problem(&self) -> Option<String> {
        let has_attributes =
            self.columns().any(|column| matches!(column.meaning, ColumnMeaning::Attribute(_)));
        let reads = has_attributes || self.columns().any(|column| self.measure_of(column).is_some());
        (!reads).then(|| survey_tables::NO_KNOWN_MEASURE.to_owned())
    }

    /// The measure of a column that is read.
    pub(super) fn measure_of(&self, column: &'a Column) -> Option<&'a MeasureColumn> {
        column.measure().filter(|measure| measure.own.as_ref().is_none_or(|own| self.reads_own(own)))
    }

    /// Whether one of the project's own measures is read from these tables.
    pub(super) fn reads_own(&self, own: &OwnMeasure) -> bool {
        self.spans_years && self.own.has(own)
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
    pub(super) fn names_of(&self, role: Role) -> Vec<&'a String> {
        distinct_names(self.columns_with(role))
    }

    /// Whether no column names the district.
    fn is_of_one_district(&self) -> bool {
        self.names_of(Role::DistrictId).is_empty() && self.names_of(Role::DistrictName).is_empty()
    }

    fn write_level(&self, text: &mut String) {
        let evidence = self.evidence();
        if !evidence.fill_down.is_empty() {
            let _ = write!(text, "\nfill-down = {}\n", toml_list(&evidence.fill_down));
        }
        if !self.tables.iter().any(|table| table.evidence.schools) {
            return;
        }
        let schools = self.columns().filter(|column| {
            matches!(column.meaning, ColumnMeaning::Role(Role::SchoolName | Role::SchoolId))
        });
        let _ = writeln!(text, "\n# {}\nlevel = \"school\"\nroll-up = \"sum\"", wording::SCHOOL_ROWS);
        let _ = writeln!(text, "school = {}", toml_list(self.school_names(schools)));
        if let Some(pattern) = &evidence.school_total {
            let _ = writeln!(text, "school-total = {}", toml_string(pattern));
        }
        if evidence.district_name_is_total {
            text.push_str("district-name-is-total = true\n");
        }
    }

    /// The names of the school columns; where ids of schools begin with the district's, first that of the id column.
    fn school_names(&self, schools: impl Iterator<Item = &'a Column>) -> Vec<&'a String> {
        let evidence = self.evidence();
        let ids = self.columns_with(Role::DistrictId);
        if evidence.district_prefix.is_some() {
            distinct_names(ids.chain(schools))
        } else if evidence.school_suffix.is_some() {
            distinct_names(ids)
        } else {
            distinct_names(schools)
        }
    }

    /// What the rows of the tables say of whom they are about: of the first table that says anything.
    fn evidence(&self) -> &'a RowEvidence {
        let mut tables = self.tables.iter().map(|table| &table.evidence);
        let first = &self.tables[0].evidence;
        tables.find(|evidence| !evidence.reasons.is_empty() || !evidence.filters.is_empty()).unwrap_or(first)
    }

    fn write_header(&self, text: &mut String) {
        let rows = &self.tables[0].header_rows;
        if self.has_unnamed_key() || self.is_of_one_district() && self.tables[0].year != YearPlace::Column {
            let _ = write!(text, "\n[header]\nrows = {rows:?}\n");
        } else if let (Some(first), Some(last)) = (rows.first(), rows.last())
            && first < last
        {
            let _ = write!(
                text,
                "\n# {}\n[header]\nrows = \"auto\"\ndepth = {}\n",
                wording::HEADER_ROWS,
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
            YearPlace::Named(year) => {
                let _ = writeln!(text, "year = {year}");
            }
            YearPlace::Unknown => {
                let _ = writeln!(text, "# year = 2024    # {}", wording::ENTER_YEAR);
            }
        }
        let _ = if self.tables.iter().any(|table| table.year_begins) {
            writeln!(text, "means = \"start\"    # {}", wording::YEAR_IS_FALL)
        } else {
            writeln!(text, "means = \"end\"    # {}", wording::YEAR_IS_SPRING)
        };
    }

    fn write_district(&self, text: &mut String) {
        let ids = self.names_of(Role::DistrictId);
        let names = self.names_of(Role::DistrictName);
        text.push('\n');
        if self.is_of_one_district() {
            let _ = writeln!(text, "# {}\n[district]", wording::ONE_DISTRICT);
            let _ = writeln!(text, "fixed = {}", toml_string(self.district));
            return;
        }
        if ids.is_empty() && self.names_only {
            let _ = writeln!(text, "# {}\n[district]", wording::NO_IDS_ANYWHERE);
            let _ = write!(text, "id = {0}\nname = {0}\n", toml_list(names));
            return;
        }
        for reason in &self.evidence().reasons {
            let _ = writeln!(text, "# {}", comment_text(reason));
        }
        if !self.joined_ids.is_empty() && self.evidence().joined_ids.is_empty() {
            let _ = writeln!(text, "# {}", wording::JOINED_ELSEWHERE);
        }
        text.push_str("[district]\n");
        if ids.is_empty() {
            let _ = writeln!(text, "# {}", wording::NO_IDS_HERE);
        } else {
            let _ = writeln!(text, "id = {}", toml_list(ids));
            if let Some(prefix) = self.evidence().district_prefix {
                let _ = writeln!(text, "id-pattern = '^(?<id>.{{{prefix}}})'");
            } else if let Some(suffix) = self.evidence().school_suffix {
                let _ = writeln!(text, "id-pattern = '^(?<id>.+).{{{suffix}}}$'");
            } else if let Some(width) = self.id_width() {
                let _ = writeln!(text, "id-width = {width}");
            }
        }
        if !names.is_empty() {
            let _ = writeln!(text, "name = {}", toml_list(names));
        }
        for JoinedColumn { name, width } in &self.joined_ids {
            let _ = write!(text, "\n[[district.id-part]]\ncolumn = {}\nwidth = {width}\n", toml_list([name]));
        }
    }

    /// The number of digits of the longest id as written; `None` if no id is a number, or if the parts of ids have widths.
    fn id_width(&self) -> Option<usize> {
        if !self.joined_ids.is_empty() {
            return None;
        }
        let ids = self.tables.iter().filter_map(|table| table.role(Role::DistrictId));
        let widths =
            ids.filter_map(|column| Some(digit_count(column.cells.most?)?.max(column.cells.padded_width)));
        widths.max().map(|width| width.min(DistrictId::WIDEST))
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
            "\n[[row]]\ncolumn = {}\nkeep = {}\nwhy = {}\n",
            toml_list([&column.name]),
            toml_string(&format!("^({})$", kept.join("|"))),
            toml_string(wording::DISTRICT_ROWS)
        );
    }

    /// The rows to keep or to leave out, as the rows themselves show.
    fn write_row_rules(&self, text: &mut String) {
        for rule in &self.evidence().filters {
            let _ = write!(
                text,
                "\n[[row]]\ncolumn = {}\n{} = {}\nwhy = {}\n",
                toml_list([&rule.column]),
                if rule.keeps { "keep" } else { "leave-out" },
                toml_string(&rule.pattern),
                toml_string(&rule.why)
            );
        }
    }

    /// A filter that leaves out the rows whose school year is a word for a total.
    fn write_year_totals(&self, text: &mut String) {
        let Some(column) = self.columns_with(Role::SchoolYear).next() else { return };
        let mut totals = BTreeSet::new();
        for other in self.columns_with(Role::SchoolYear) {
            let texts = other.cells.texts.keys();
            totals
                .extend(texts.filter(|text| self.vocabulary.means_all(text)).map(|text| regex::escape(text)));
        }
        if totals.is_empty() {
            return;
        }
        let pattern = format!("^(?:{})$", totals.into_iter().collect::<Vec<_>>().join("|"));
        let _ = write!(
            text,
            "\n[[row]]\ncolumn = {}\nleave-out = {}\nwhy = {}\n",
            toml_list([&column.name]),
            toml_string(&pattern),
            toml_string(wording::TOTALS_OVER_YEARS)
        );
    }

    /// Whether rows are kept by their text in a column, so that it is the same for all.
    fn tells_rows(&self, column: &Column) -> bool {
        self.evidence().filters.iter().any(|rule| rule.keeps && rule.column == column.name)
    }

    fn write_attributes(&self, text: &mut String) {
        let mut attributes: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
        for column in self.columns() {
            if let ColumnMeaning::Attribute(id) = &column.meaning
                && !self.tells_rows(column)
            {
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
}

/// The `from` of a layout's `[year]`.
const fn year_from(place: &YearPlace) -> &'static str {
    match place {
        YearPlace::Column => "column",
        YearPlace::Header => "header",
        YearPlace::Sheet(_) => "sheet",
        YearPlace::File(_) => "file",
        YearPlace::Title(_) => "title",
        YearPlace::Named(_) | YearPlace::Unknown => "fixed",
    }
}

const fn year_comment(place: &YearPlace) -> &'static str {
    match place {
        YearPlace::Column => wording::YEAR_IN_COLUMN,
        YearPlace::Header => wording::YEAR_IN_HEADER,
        YearPlace::Sheet(_) => wording::YEAR_IN_SHEET,
        YearPlace::File(_) => wording::YEAR_IN_FILE,
        YearPlace::Title(_) => wording::YEAR_IN_TITLE,
        YearPlace::Named(_) => wording::YEAR_IN_UNREAD_NAME,
        YearPlace::Unknown => wording::YEAR_NOT_FOUND,
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
