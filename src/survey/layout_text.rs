//! The text of a proposed layout, with comments that say why.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::decide::{Column, MeasureColumn, Reading};
use super::sheet::{TableSurvey, YearPlace};
use super::words::Vocabulary;
use crate::catalog::{Role, Stat};
use crate::domain::{ALL, DistrictId};

/// What a layout is written from: tables that look alike.
pub(super) struct Draft<'a> {
    pub(super) id: &'a str,
    /// Files and sheets, for people.
    pub(super) of: &'a str,
    pub(super) sheets: Option<String>,
    pub(super) tables: Vec<&'a TableSurvey>,
    /// The district of a table that names none.
    pub(super) district: &'a str,
    /// Whether no table of the folder has ids, so that names stand for them.
    pub(super) names_only: bool,
    pub(super) vocabulary: &'a Vocabulary<'a>,
}

/// A string as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out + "\""
}

/// A text that may stand in a comment: on one line.
pub(super) fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a String>) -> String {
    format!("[{}]", names.into_iter().map(|n| quoted(n)).collect::<Vec<_>>().join(", "))
}

impl Draft<'_> {
    pub(super) fn text(&self) -> String {
        let mut text = format!(
            "# Proposed by `retreat init` from {}. Correct what is wrong; `retreat check` says what is read by it.\n\n\
             id = {}\nlabel = {}\nauthority = {}    # say here who publishes the table\n\
             # public = true    # take away the first # where a state publishes these figures, small groups already hidden\n",
            comment(self.of),
            quoted(self.id),
            quoted(&format!("Table of {}", comment(self.of))),
            quoted(&comment(self.of)),
        );
        if self.tables.iter().any(|t| t.schools) {
            text.push_str("\n# A row is a school: counts are added up to the district, rates weighted by how many they rest on.\nlevel = \"school\"\nroll-up = \"sum\"\n");
            let schools =
                self.names(|c| matches!(c.reading, Reading::Role(Role::SchoolName | Role::SchoolId)));
            let _ = writeln!(text, "school = {}", list(&schools));
        }
        if let Some(pattern) = &self.sheets {
            let _ = write!(text, "\n[sheets]\nmatching = {}\n", quoted(pattern));
        }
        self.header(&mut text);
        self.year(&mut text);
        self.district(&mut text);
        self.rows(&mut text);
        self.rows_of_districts(&mut text);
        self.attributes_and_parts(&mut text);
        self.columns(&mut text);
        self.codes(&mut text);
        self.markers(&mut text);
        text
    }

    /// Names of the columns for which `wanted` holds, over all tables, in order.
    fn names(&self, wanted: impl Fn(&Column) -> bool) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for column in self.tables.iter().flat_map(|t| &t.columns).filter(|c| wanted(c)) {
            if !names.iter().any(|n| n.eq_ignore_ascii_case(&column.name)) {
                names.push(column.name.clone());
            }
        }
        names
    }

    fn role(&self, role: Role) -> Vec<String> {
        self.names(|c| c.reading == Reading::Role(role))
    }

    /// Whether no column names the district.
    pub(super) fn is_of_one_district(&self) -> bool {
        self.role(Role::DistrictId).is_empty() && self.role(Role::DistrictName).is_empty()
    }

    fn header(&self, text: &mut String) {
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

    fn year(&self, text: &mut String) {
        let means = if self.tables.iter().any(|t| t.year_begins) {
            "means = \"start\"    # a year alone, such as 2023, is taken for 2023-24, as of its fall\n"
        } else {
            "means = \"end\"    # a year alone, such as 2024, is taken for 2023-24; where it is the fall, write \"start\"\n"
        };
        let (from, rest, why) = match &self.tables[0].year {
            YearPlace::Column => {
                let column = format!("column = {}\n", list(&self.role(Role::SchoolYear)));
                ("column", column, "The school year has a column.")
            }
            YearPlace::Header => ("header", String::new(), "The school year stands in the columns' names."),
            YearPlace::Sheet(year) => ("sheet", pattern(year), "The school year stands in the sheet's name."),
            YearPlace::File(year) => ("file", pattern(year), "The school year stands in the file's name."),
            YearPlace::Title(year) => ("title", pattern(year), "The school year stands above the table."),
            YearPlace::Unknown => (
                "fixed",
                "# year = 2024    # no school year was found: put it here, by its end\n".to_owned(),
                "No school year was found.",
            ),
        };
        let _ = write!(text, "\n# {why}\n[year]\nfrom = \"{from}\"\n{rest}{means}");
    }

    fn district(&self, text: &mut String) {
        let (ids, names) = (self.role(Role::DistrictId), self.role(Role::DistrictName));
        text.push('\n');
        if self.is_of_one_district() {
            let _ = write!(
                text,
                "# No column names the district: the whole table is about this one.\n[district]\nfixed = {}\n",
                quoted(self.district)
            );
            return;
        }
        if ids.is_empty() && self.names_only {
            let _ = write!(
                text,
                "# No table here has ids: districts are known by their names.\n[district]\nid = {0}\nname = {0}\n",
                list(&names)
            );
            return;
        }
        text.push_str("[district]\n");
        if ids.is_empty() {
            text.push_str("# Known by name only; the project's other tables lend it their ids.\n");
        } else {
            let width = self.id_width();
            let _ = write!(
                text,
                "id = {}\n{}",
                list(&ids),
                width.map_or_else(String::new, |w| format!("id-width = {w}\n"))
            );
        }
        if !names.is_empty() {
            let _ = writeln!(text, "name = {}", list(&names));
        }
    }

    /// Digits of the ids, where all have as many.
    fn id_width(&self) -> Option<usize> {
        let ids = self.tables.iter().filter_map(|t| t.role(Role::DistrictId));
        ids.flat_map(|c| c.cells.most)
            .map(|most| most.to_string())
            .filter(|t| t.len() <= DistrictId::WIDEST && t.bytes().all(|b| b.is_ascii_digit()))
            .map(|t| t.len())
            .max()
    }

    fn rows(&self, text: &mut String) {
        let types = self.tables.iter().find_map(|t| t.role(Role::RowType));
        if let Some(column) = types {
            let district = &self.vocabulary.catalog.synonyms.row_types.district;
            let kept = column.cells.texts.keys().filter(|t| self.vocabulary.is_one_of(t, district));
            let kept: Vec<String> = kept.map(|t| regex::escape(t)).collect();
            let _ = write!(
                text,
                "\n[[row]]\ncolumn = {}\nkeep = {}\nwhy = \"Only the rows of districts; schools and totals repeat them.\"\n",
                list([&column.name]),
                quoted(&format!("^({})$", kept.join("|")))
            );
        }
    }

    /// Where districts' own rows leave the column of schools blank.
    fn rows_of_districts(&self, text: &mut String) {
        if let Some(column) = self.tables.iter().find_map(|t| t.blank_in_districts.as_ref()) {
            let _ = write!(
                text,
                "\n[[row]]\ncolumn = {}\nkeep = '^$'\nwhy = \"Only the rows of districts, which name no school; those of schools repeat them.\"\n",
                list([column])
            );
        }
    }

    fn attributes_and_parts(&self, text: &mut String) {
        let mut attributes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for column in self.tables.iter().flat_map(|t| &t.columns) {
            if let Reading::Attribute(id) = &column.reading {
                let names = attributes.entry(id.clone()).or_default();
                if !names.contains(&column.name) {
                    names.push(column.name.clone());
                }
            }
        }
        for (id, names) in attributes {
            let _ = write!(text, "\n[[attribute]]\nid = {}\ncolumn = {}\n", quoted(&id), list(&names));
        }
        for role in [Role::Measure, Role::Group, Role::Grade, Role::Subject] {
            let names = self.role(role);
            if let (Some(part), false) = (role.part(), names.is_empty()) {
                let _ = write!(
                    text,
                    "\n# Each row says its {}.\n[[part]]\npart = \"{part}\"\ncolumn = {}\n",
                    role.label(),
                    list(&names)
                );
            }
        }
    }

    fn columns(&self, text: &mut String) {
        let mut blocks: Vec<(String, Vec<&Column>)> = Vec::new();
        let mut unread: Vec<&Column> = Vec::new();
        for column in self.tables.iter().flat_map(|t| &t.columns) {
            match &column.reading {
                Reading::Measure(m) => {
                    let key = if m.year.is_some() {
                        format!("{:?}{:?}", without_year(m), year_pattern(&column.name, m))
                    } else {
                        // Of one column, one table may hold percents and another shares.
                        let times = m.times.filter(|_| !is_share(m));
                        format!("{:?}{times:?}{:?}", m.key(), column.occurrence)
                    };
                    match blocks.iter_mut().find(|(k, _)| *k == key) {
                        Some((_, columns)) => columns.push(column),
                        None => blocks.push((key, vec![column])),
                    }
                }
                Reading::Unread(_) if !unread.iter().any(|c| c.name == column.name) => unread.push(column),
                _ => {}
            }
        }
        for (_, columns) in &blocks {
            self.block(text, columns);
        }
        // A name that is read in one of the tables is not unread in another.
        let read = |c: &&&Column| !blocks.iter().any(|(_, b)| b.iter().any(|r| r.name == c.name));
        let unread: Vec<&&Column> = unread.iter().filter(read).collect();
        if !unread.is_empty() {
            text.push_str("\n# ---- Not read. Where a measure is named below, take away the # to read the column as it.\n");
        }
        for column in unread {
            let _ = writeln!(text, "\n# {}: {}.", comment(&column.name), comment(&column.why));
            if let Reading::Unread(Some(nearest)) = &column.reading {
                let _ = write!(
                    text,
                    "# [[column]]\n# name = {}\n# measure = {}\n",
                    list([&column.name]),
                    quoted(nearest)
                );
            }
        }
    }

    fn block(&self, text: &mut String, columns: &[&Column]) {
        let Some(first) = columns.first() else { return };
        let Reading::Measure(measure) = &first.reading else { return };
        let _ = writeln!(text, "\n# {}: {}.", comment(&first.name), comment(&first.why));
        text.push_str("[[column]]\n");
        match year_pattern(&first.name, measure) {
            Some(pattern) => {
                let _ = writeln!(text, "matching = {}", quoted(&pattern));
            }
            None => {
                let mut names: Vec<&String> = Vec::new();
                for name in columns.iter().map(|c| &c.name) {
                    if !names.iter().any(|n| n.eq_ignore_ascii_case(name)) {
                        names.push(name);
                    }
                }
                let _ = writeln!(text, "name = {}", list(names));
            }
        }
        let parts = [("group", &measure.group), ("grade", &measure.grade), ("subject", &measure.subject)];
        let measure_id = measure.measure.iter().map(|id| ("measure", id));
        for (key, id) in measure_id.chain(parts).filter(|(_, id)| *id != ALL) {
            let _ = writeln!(text, "{key} = {}", quoted(id));
        }
        match measure.stat {
            Stat::Value => {}
            Stat::Numerator => text.push_str("stat = \"numerator\"\n"),
            Stat::Denominator => text.push_str("stat = \"denominator\"\n"),
        }
        if let Some(number) = first.occurrence {
            let _ = writeln!(text, "occurrence = {number}    # several columns have this name");
        }
        let shares =
            columns.iter().filter(|c| matches!(&c.reading, Reading::Measure(m) if is_share(m))).count();
        if let Some(times) = measure.times.filter(|_| !is_share(measure)) {
            let _ = writeln!(text, "times = {times}    # as the name or the title says");
        } else if shares == columns.len() {
            text.push_str("times = 100    # shares of 1, made percents\n");
        } else if shares > 0 {
            text.push_str(
                "# Shares of 1 in some tables and percents in others: each is judged by its own numbers.\n",
            );
        }
        let weights = columns.iter().filter_map(|c| match &c.reading {
            Reading::Measure(m) => m.weight.as_ref(),
            _ => None,
        });
        let weights: BTreeSet<&String> = weights.collect();
        if !weights.is_empty() {
            let _ =
                writeln!(text, "weight = {}    # how many people it rests on, row for row", list(weights));
        }
        let tables = self.tables.len();
        if tables > 1 && columns.len() < tables {
            text.push_str("optional = true    # not in all tables\n");
        }
    }
}

/// Whether a column holds shares of 1 that are made percents.
fn is_share(measure: &MeasureColumn) -> bool {
    measure.times.is_some_and(|times| (times - 100.0).abs() < 1e-9)
}

fn without_year(m: &MeasureColumn) -> impl std::fmt::Debug {
    (
        m.measure.clone(),
        m.group.clone(),
        m.grade.clone(),
        m.subject.clone(),
        format!("{:?}{:?}", m.stat, m.times.filter(|_| !is_share(m))),
    )
}

/// The name with its year as a pattern; `None` where it has none.
fn year_pattern(name: &str, measure: &MeasureColumn) -> Option<String> {
    let at = &measure.year_text.as_ref()?.at;
    let (before, after) = (name.get(..at.start)?, name.get(at.end..)?);
    let year = shape(name.get(at.clone())?);
    Some(format!("^{}(?<year>{year}){}$", regex::escape(before), regex::escape(after)))
}

/// `2023-24` as `\d{4}-\d{2}`, and `October 1, 2023` as `October \d{1,2}, \d{4}`.
pub(super) fn shape(year: &str) -> String {
    let dated = year.chars().any(char::is_alphabetic);
    let runs = year.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit());
    let mut shape = String::new();
    let mut at = 0;
    for run in runs {
        let text = year.get(at..at + run.len());
        at += run.len();
        match (run[0].is_ascii_digit(), run.len()) {
            (true, 1 | 2) if dated => shape.push_str("\\d{1,2}"),
            (true, digits) => {
                let _ = write!(shape, "\\d{{{digits}}}");
            }
            (false, _) => shape.push_str(&regex::escape(text.unwrap_or(""))),
        }
    }
    shape
}

fn pattern(year: &str) -> String {
    // The year of a date is not the one.
    let (before, after) = match year.bytes().all(|b| b.is_ascii_digit()) {
        true => ("(?:^|[^\\d/-]|[^\\d]-)", "(?:[^\\d/-]|-\\D|-$|$)"),
        false => ("(?:^|[^\\d])", "(?:[^\\d]|$)"),
    };
    format!("pattern = {}\n", quoted(&format!("{before}(?<year>{}){after}", shape(year))))
}
