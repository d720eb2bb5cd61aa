//! Tables with headings between their rows: `Math` above the rows of groups, `Hispanic` above those of grades. Rows below such a
//! heading are never read as those of everybody: the layout reads the headings, or it is asked what they mean.

use std::collections::{BTreeMap, BTreeSet};

use super::block_headings::{BlockHeadings, BlockMeaning};
use super::column::{Column, ColumnMeaning};
use super::headed_part::HeadedPart;
use super::line_item::LineMeaning;
use super::matching::sure_measure;
use super::sheet::{TableSurvey, YearPlace};
use super::vocabulary::Vocabulary;
use super::whole_table::may_be_of;
use crate::catalog::{Catalog, Role};
use crate::domain::ALL;
use crate::observation::folded;
use crate::wording::survey_headings as wording;
use sheets::Sheet;

/// Finds what the headings say. Returns a question if that is unclear.
pub(super) fn apply(
    survey: &mut TableSurvey,
    blocks: &BlockHeadings,
    sheet: &Sheet,
    vocabulary: &Vocabulary<'_>,
) -> Option<String> {
    survey.headings = headings_beside_names(survey, blocks);
    let reader = HeadingReader { survey, blocks, vocabulary };
    let telling = reader.telling();
    let first = *telling.first()?;
    if let Some(headed) = reader.headed_part(&telling) {
        read_headings(survey, headed);
        return None;
    }
    let lines = reader.narrowed_lines(sheet, &telling);
    let is_of_lines = survey.role(Role::Measure).is_some();
    let has_years = telling.iter().any(|heading| heading.meaning == BlockMeaning::Year);
    if is_of_lines && !has_years {
        leave_lines_unread(survey, &lines);
        return None;
    }
    let texts: BTreeSet<&str> =
        telling.iter().map(|heading| blocks.headings[heading.position].text.as_str()).collect();
    Some(wording::headings_unclear(&texts, blocks.headings[first.position].row + 1))
}

/// The headings, except rows of districts or schools without any number.
fn headings_beside_names(survey: &TableSurvey, blocks: &BlockHeadings) -> Vec<String> {
    let names = [Role::DistrictId, Role::DistrictName, Role::SchoolId, Role::SchoolName];
    let columns: Vec<u32> =
        names.into_iter().filter_map(|role| survey.role(role)).map(|column| column.column).collect();
    let mut headings = Vec::new();
    for heading in blocks.headings.iter().filter(|heading| !columns.contains(&heading.column)) {
        headings.push(heading.text.clone());
    }
    headings
}

/// A heading that says something about the rows below it.
#[derive(Debug, Clone, Copy)]
struct TellingHeading {
    /// Its position among the headings.
    position: usize,
    meaning: BlockMeaning,
}

/// Reads the headings of a table.
struct HeadingReader<'a> {
    survey: &'a TableSurvey,
    blocks: &'a BlockHeadings,
    vocabulary: &'a Vocabulary<'a>,
}

impl HeadingReader<'_> {
    /// The headings that say something about the rows below them. A row of the column's own kind without numbers is none.
    fn telling(&self) -> Vec<TellingHeading> {
        let has_lines = self.survey.role(Role::Measure).is_some();
        let tells_years = self.tells_years();
        let mut telling = Vec::new();
        for (position, heading) in self.blocks.headings.iter().enumerate() {
            let meaning = self.vocabulary.heading_meaning(&heading.text);
            let own = self.column(heading.column).and_then(Column::role);
            let says = match meaning {
                BlockMeaning::Part(role) | BlockMeaning::PartInWords(role) => {
                    own != Some(role) && (role == Role::Group || self.survey.role(role).is_none())
                }
                BlockMeaning::Year => own != Some(Role::SchoolYear) && tells_years,
                // `Revenues` above the lines that add up to them.
                BlockMeaning::Measure => !has_lines && !self.is_measure_of_table(&heading.text),
                BlockMeaning::Unit => !self.is_measure_of_table(&heading.text),
                BlockMeaning::Everybody | BlockMeaning::Other => false,
            };
            if says {
                telling.push(TellingHeading { position, meaning });
            }
        }
        telling
    }

    /// Whether nothing else tells the school years of rows below headings with years.
    fn tells_years(&self) -> bool {
        let mut years = BTreeSet::new();
        for heading in &self.blocks.headings {
            if self.vocabulary.heading_meaning(&heading.text) == BlockMeaning::Year {
                years.insert(&heading.text);
            }
        }
        match self.survey.year {
            YearPlace::Unknown => true,
            YearPlace::Column | YearPlace::Header => false,
            _ => years.len() > 1,
        }
    }

    /// Whether a heading repeats the measure of all columns, and says nothing more.
    fn is_measure_of_table(&self, heading: &str) -> bool {
        let Some(named) = sure_measure(self.vocabulary, heading) else { return false };
        let name = self.vocabulary.parse_name(heading);
        if name.group.is_some() || name.subject.is_some() || name.grade.is_some() {
            return false;
        }
        let mut measures = self.survey.columns.iter().filter_map(Column::measure).peekable();
        measures.peek().is_some() && measures.all(|column| column.measure.as_ref() == Some(&named.id))
    }

    fn column(&self, column: u32) -> Option<&Column> {
        self.survey.columns.iter().find(|known| known.column == column)
    }

    /// What the layout can read of the headings: each says the same kind of part in words that the reader knows, and all rows are
    /// below one.
    fn headed_part(&self, telling: &[TellingHeading]) -> Option<HeadedPart> {
        let BlockMeaning::Part(role) = telling.first()?.meaning else { return None };
        let first = &self.blocks.headings[telling.first()?.position];
        let are_alike = self.blocks.headings.iter().all(|heading| {
            let meaning = self.vocabulary.heading_meaning(&heading.text);
            let is_part = meaning == BlockMeaning::Part(role) || meaning == BlockMeaning::Everybody;
            is_part
                && heading.column == first.column
                && !heading.is_below_another
                && !heading.text.ends_with(':')
        });
        let may_be_read = are_alike
            && self.blocks.are_everywhere
            && self.survey.role(role).is_none()
            && self.fits_measures(role, &first.text);
        let column = self.column(first.column).filter(|_| may_be_read)?.name.clone();
        let mut of_rows = BTreeMap::new();
        for (row, position) in &self.blocks.heading_of {
            of_rows.insert(*row, self.blocks.headings[*position].text.clone());
        }
        Some(HeadedPart { role, column, of_rows })
    }

    /// Whether all measures of the table can be of such a part, and none is of one already.
    fn fits_measures(&self, role: Role, heading: &str) -> bool {
        let catalog = self.vocabulary.catalog;
        let of_columns = self.survey.columns.iter().filter_map(Column::measure).all(|measure| {
            let own = match role {
                Role::Group => &measure.group,
                Role::Grade => &measure.grade,
                _ => &measure.subject,
            };
            let is_money = measure.own.as_ref().is_some_and(|own| own.unit.is_money());
            own == ALL && !is_money && self.may_be(catalog, measure.measure.as_deref(), role, heading)
        });
        let of_lines = self.survey.columns.iter().flat_map(|column| &column.items).all(|item| {
            let name = self.vocabulary.parse_name(&item.text);
            let is_whole = name.group.is_none() && name.grade.is_none() && name.subject.is_none();
            match &item.meaning {
                LineMeaning::Known(id) => is_whole && self.may_be(catalog, Some(id), role, heading),
                LineMeaning::Own(own) => is_whole && !own.unit.is_money(),
                LineMeaning::Unread => true,
            }
        });
        of_columns && of_lines
    }

    fn may_be(&self, catalog: &Catalog, id: Option<&str>, role: Role, heading: &str) -> bool {
        let known = id.and_then(|id| catalog.measures.get(id));
        known.is_none_or(|measure| may_be_of(measure, role, heading, self.vocabulary))
    }

    /// The lines below headings that say more than their names → such a heading.
    fn narrowed_lines(&self, sheet: &Sheet, telling: &[TellingHeading]) -> BTreeMap<String, String> {
        let mut lines = BTreeMap::new();
        let Some(column) = self.survey.role(Role::Measure) else { return lines };
        for (row, position) in &self.blocks.heading_of {
            let is_telling = telling.iter().any(|heading| heading.position == *position);
            if let Some(row) = sheet.row(*row).filter(|_| is_telling) {
                let heading = self.blocks.headings[*position].text.clone();
                lines.entry(folded(&row.cell(column.column).to_text())).or_insert(heading);
            }
        }
        lines
    }
}

fn read_headings(survey: &mut TableSurvey, headed: HeadedPart) {
    if headed.role == Role::Group {
        for column in &mut survey.columns {
            if let ColumnMeaning::Measure(measure) = &mut column.meaning
                && let Some(own) = &mut measure.own
            {
                own.by_group = true;
            }
            for item in &mut column.items {
                if let LineMeaning::Own(own) = &mut item.meaning {
                    own.by_group = true;
                }
            }
        }
    }
    survey.headed = Some(headed);
}

fn leave_lines_unread(survey: &mut TableSurvey, lines: &BTreeMap<String, String>) {
    for item in survey.columns.iter_mut().flat_map(|column| &mut column.items) {
        if let Some(heading) = lines.get(&item.text)
            && item.meaning != LineMeaning::Unread
        {
            item.leave_unread(&wording::line_below_heading(heading));
        }
    }
}
