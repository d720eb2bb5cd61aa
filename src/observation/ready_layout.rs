//! A layout with its regular expressions compiled.

use std::collections::BTreeMap;

use regex::Regex;

use super::header::Header;
use super::slot::KeyPart;
use super::text_match::{alike, folded, is_one_of};
use crate::catalog::{self, Catalog, ColumnSpec, IgnoreSpec, Layout, RowFilter, YearFrom};
use crate::domain::{Grade, SchoolScope};
use crate::wording::reading as wording;

/// A layout with compiled regular expressions, used for all sheets of all its files.
#[derive(Debug)]
pub(super) struct ReadyLayout<'a> {
    pub(super) layout: &'a Layout,
    pub(super) catalog: &'a Catalog,
    pub(super) columns: Vec<ColumnMatcher<'a>>,
    pub(super) year_pattern: Option<Regex>,
    /// Of which districts the single schools are kept.
    pub(super) schools: SchoolScope,
    ignored: Vec<IgnoreMatcher<'a>>,
    filters: Vec<RowTest<'a>>,
    id_pattern: Option<Regex>,
    name_pattern: Option<Regex>,
    school_total: Option<Regex>,
    sheet_matching: Option<Regex>,
    sheet_except: Option<Regex>,
}

/// Index of one of the layout's row filters (`[[row]]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FilterIndex(pub(super) usize);

impl<'a> ReadyLayout<'a> {
    /// Compiles the patterns of `layout`.
    ///
    /// # Errors
    /// The first pattern that cannot be compiled; a checked layout has none.
    pub(super) fn new(layout: &'a Layout, catalog: &'a Catalog) -> Result<Self, regex::Error> {
        Ok(Self {
            layout,
            catalog,
            columns: layout.columns.iter().map(ColumnMatcher::new).collect::<Result<_, _>>()?,
            ignored: layout.ignored.iter().map(IgnoreMatcher::new).collect::<Result<_, _>>()?,
            filters: layout.rows.iter().map(RowTest::new).collect::<Result<_, _>>()?,
            id_pattern: compile(layout.district.id_pattern.as_deref())?,
            name_pattern: compile(layout.district.name_pattern.as_deref())?,
            year_pattern: compile(layout.year.pattern.as_deref())?,
            schools: SchoolScope::None,
            school_total: compile(layout.school_total.as_deref())?,
            sheet_matching: compile(layout.sheets.matching.as_deref())?,
            sheet_except: compile(layout.sheets.except.as_deref())?,
        })
    }

    /// Whether the layout reads a sheet with this name.
    ///
    /// # Errors
    /// The reason if it does not.
    pub(super) fn reads_sheet(&self, name: Option<&str>, hidden: bool) -> Result<(), &'static str> {
        let name = folded(name.unwrap_or(""));
        if hidden && !self.layout.sheets.hidden {
            return Err(wording::SHEET_HIDDEN);
        }
        if self.sheet_matching.as_ref().is_some_and(|pattern| !pattern.is_match(&name)) {
            return Err(wording::SHEET_NOT_NAMED);
        }
        if is_match(self.sheet_except.as_ref(), &name) {
            return Err(wording::SHEET_EXCLUDED);
        }
        Ok(())
    }

    /// Whether the layout says that a row with this text in a school column is about the whole district.
    pub(super) fn is_school_total(&self, school: &str) -> bool {
        is_match(self.school_total.as_ref(), school)
    }

    /// The columns of `header` that do not contain values: ids, names, the year, attributes, key parts and
    /// filters.
    pub(super) fn role_columns(&self, header: &Header) -> Vec<u32> {
        let layout = self.layout;
        let mut names: Vec<&[String]> = vec![&layout.district.id, &layout.district.name];
        if layout.year.from == YearFrom::Column {
            names.push(&layout.year.column);
        }
        names.extend(layout.attributes.iter().map(|attribute| attribute.column.as_slice()));
        names.extend(layout.school_attributes.iter().map(|attribute| attribute.column.as_slice()));
        names.extend(layout.parts.iter().map(|part| part.column.as_slice()));
        names.extend(layout.rows.iter().map(|filter| filter.column.as_slice()));
        names.extend(layout.school.iter().map(std::slice::from_ref));
        names.extend(layout.district.id_parts.iter().map(|part| part.column.as_slice()));
        names.into_iter().filter_map(|names| header.column(names)).collect()
    }

    /// The columns of `header`, besides that of the district, by which the layout tells rows apart: the year, key parts,
    /// filters and schools.
    pub(super) fn distinguishing_columns(&self, header: &Header) -> Vec<u32> {
        let layout = self.layout;
        let mut names: Vec<&[String]> = Vec::new();
        if layout.year.from == YearFrom::Column {
            names.push(&layout.year.column);
        }
        names.extend(layout.parts.iter().map(|part| part.column.as_slice()));
        names.extend(layout.rows.iter().map(|filter| filter.column.as_slice()));
        names.extend(layout.school.iter().map(std::slice::from_ref));
        names.into_iter().filter_map(|names| header.column(names)).collect()
    }

    /// The column for each of the layout's row filters; `None` if the header lacks it.
    pub(super) fn filter_columns(&self, header: &Header) -> Vec<Option<u32>> {
        self.layout.rows.iter().map(|filter| header.column(&filter.column)).collect()
    }

    /// The first of the layout's filters that excludes a row. `columns` comes from [`Self::filter_columns`],
    /// and `text` returns the row's text in a column.
    pub(super) fn rejecting_filter(
        &self,
        columns: &[Option<u32>],
        text: &dyn Fn(u32) -> String,
    ) -> Option<FilterIndex> {
        let mut tests = self.filters.iter().zip(columns);
        tests
            .position(|(test, column)| column.is_some_and(|column| test.rejects(&text(column))))
            .map(FilterIndex)
    }

    /// Why a filter leaves out a row, for the report.
    pub(super) fn filter_reason(&self, filter: FilterIndex) -> String {
        self.filters[filter.0].reason()
    }

    /// The reasons of all filters, in the layout's order.
    pub(super) fn filter_reasons(&self) -> Vec<String> {
        self.filters.iter().map(RowTest::reason).collect()
    }

    /// The layout's reason for ignoring a column with this name; `None` if it is not ignored.
    pub(super) fn ignore_reason(&self, name: &str) -> Option<&str> {
        self.ignored.iter().find(|ignored| ignored.matches(name)).map(|ignored| ignored.spec.why.as_str())
    }

    /// The part of a published id that identifies the district, by the layout's pattern; `None` if it does not match.
    pub(super) fn id_text<'p>(&self, published: &'p str) -> Option<&'p str> {
        let Some(pattern) = &self.id_pattern else { return Some(published) };
        let captures = pattern.captures(published.trim())?;
        Some(captures.name("id").map_or(published, |found| found.as_str()))
    }

    /// The part of a published name that is the district's, by the layout's pattern.
    pub(super) fn district_name(&self, published: String) -> String {
        let captures = self.name_pattern.as_ref().and_then(|pattern| pattern.captures(&published));
        let name = captures.and_then(|captures| Some(captures.name("name")?.as_str().trim().to_owned()));
        name.filter(|name| !name.is_empty()).unwrap_or(published)
    }

    /// The standard id for the published text of a key part, by the layout's codes, then by the catalog's
    /// spellings.
    pub(super) fn resolve(&self, part: KeyPart, text: &str) -> Option<String> {
        let text = text.trim();
        let (layout, groups) = (self.layout, &self.catalog.groups);
        match part {
            KeyPart::Measure => code_id(&layout.measures, text).or_else(|| self.measure_id(text)),
            KeyPart::Group => {
                code_id(&layout.groups, text).or_else(|| groups.group_of_text(text).map(str::to_owned))
            }
            KeyPart::Subject => {
                code_id(&layout.subjects, text).or_else(|| groups.subject_id(text).map(str::to_owned))
            }
            KeyPart::Grade => {
                let grade = code_id(&layout.grades, text).unwrap_or_else(|| text.to_owned());
                Grade::parse(&grade).map(|grade| grade.id().to_owned())
            }
        }
    }

    fn measure_id(&self, text: &str) -> Option<String> {
        self.catalog.measures.contains_key(text).then(|| text.to_owned())
    }
}

/// The id that a layout's codes give for `text`: an exact match, or one that differs only in case and
/// whitespace.
fn code_id(codes: &BTreeMap<String, String>, text: &str) -> Option<String> {
    let exact = codes.get(text);
    exact.or_else(|| codes.iter().find(|(code, _)| alike(code, text)).map(|(_, id)| id)).cloned()
}

/// The names, or the pattern, of columns that contain values.
#[derive(Debug)]
pub(super) struct ColumnMatcher<'a> {
    pub(super) spec: &'a ColumnSpec,
    pub(super) pattern: Option<Regex>,
}

impl<'a> ColumnMatcher<'a> {
    fn new(spec: &'a ColumnSpec) -> Result<Self, regex::Error> {
        Ok(Self { spec, pattern: compile(spec.matching.as_deref())? })
    }
}

/// The names, or the pattern, of columns that are intentionally ignored.
#[derive(Debug)]
struct IgnoreMatcher<'a> {
    spec: &'a IgnoreSpec,
    pattern: Option<Regex>,
}

impl<'a> IgnoreMatcher<'a> {
    fn new(spec: &'a IgnoreSpec) -> Result<Self, regex::Error> {
        Ok(Self { spec, pattern: compile(spec.matching.as_deref())? })
    }

    fn matches(&self, name: &str) -> bool {
        is_match(self.pattern.as_ref(), name) || is_one_of(name, &self.spec.name)
    }
}

/// A row filter of the layout.
#[derive(Debug)]
struct RowTest<'a> {
    filter: &'a RowFilter,
    keep: Option<Regex>,
    leave_out: Option<Regex>,
}

impl<'a> RowTest<'a> {
    fn new(filter: &'a RowFilter) -> Result<Self, regex::Error> {
        let (keep, leave_out) = (filter.keep.as_deref(), filter.leave_out.as_deref());
        Ok(Self { filter, keep: compile(keep)?, leave_out: compile(leave_out)? })
    }

    /// Whether a row with this text in the filter's column is excluded.
    fn rejects(&self, text: &str) -> bool {
        let is_kept = self.keep.as_ref().is_none_or(|pattern| pattern.is_match(text));
        !is_kept || is_match(self.leave_out.as_ref(), text)
    }

    fn reason(&self) -> String {
        wording::excluded_by_layout(&self.filter.why)
    }
}

fn compile(pattern: Option<&str>) -> Result<Option<Regex>, regex::Error> {
    pattern.map(catalog::pattern).transpose()
}

fn is_match(pattern: Option<&Regex>, text: &str) -> bool {
    pattern.is_some_and(|pattern| pattern.is_match(text))
}
