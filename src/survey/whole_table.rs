//! Tables of which every row is about one student group, grade or subject, as a column with one text, the title, the
//! sheet's name or the file's name says. Their values are never read as those of all students.

use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::report_filters::{FilteredGroup, report_filters};
use super::sheet::TableSurvey;
use super::tokens::tokenize;
use super::vocabulary::Vocabulary;
use crate::catalog::{Measure, Role};
use crate::domain::{ALL, Unit};
use crate::wording::survey_subjects as wording;

/// A column with one text says something about all rows if at least this share of them has it.
const NEARLY_ALL: f64 = 0.95;

/// Finds the group, grade and subject that all of a table is about, and reads its measures accordingly. Returns why the
/// table cannot be read if that remains in doubt.
pub(super) fn apply(
    survey: &mut TableSurvey,
    surroundings: &[String],
    vocabulary: &Vocabulary<'_>,
) -> Option<String> {
    let mut finder = SubjectFinder { survey, surroundings, vocabulary };
    let problem =
        finder.set_group().err().or_else(|| finder.grades_apart()).or_else(|| finder.subjects_apart());
    finder.set_from_title(Role::Grade);
    finder.set_from_title(Role::Subject);
    problem.or_else(|| finder.limited_by_note())
}

/// The texts of columns that say in every row what the whole report is about: "ELL attendance" in the column "Query".
pub(super) fn told_by_columns(survey: &TableSurvey, vocabulary: &Vocabulary<'_>) -> Vec<String> {
    let telling = &vocabulary.catalog.synonyms.around.filters.columns;
    let named = survey.unread_columns().filter(|column| {
        let words = tokenize(last_part(&column.name));
        words.iter().any(|word| telling.contains(word))
    });
    named.filter_map(|column| constant_text(survey, column)).map(str::to_owned).collect()
}

/// What says that a table is about one group: the group's id, and where that stands, in words.
struct Saying {
    id: String,
    said_by: String,
}

/// Finds what a whole table is about.
struct SubjectFinder<'a> {
    survey: &'a mut TableSurvey,
    /// The titles, the sheet's name and the file's name.
    surroundings: &'a [String],
    vocabulary: &'a Vocabulary<'a>,
}

impl SubjectFinder<'_> {
    /// # Errors
    /// Why the group of the table is in doubt.
    fn set_group(&mut self) -> Result<(), String> {
        let saying = match self.group_of_column()? {
            Some(saying) => Some(saying),
            None => match self.group_of_filters()? {
                Some(saying) => Some(saying),
                None => self.group_of_title()?,
            },
        };
        let Some(saying) = saying.filter(|saying| !self.is_distinguished(&saying.id)) else { return Ok(()) };
        if let Some(other) = self.other_breakdown() {
            return Err(wording::group_and_breakdown(&self.group_label(&saying.id), &saying.said_by, &other));
        }
        self.survey.about.group = Some(saying.id.clone());
        for column in &mut self.survey.columns {
            set_part(column, Role::Group, &saying, self.vocabulary);
        }
        Ok(())
    }

    /// The group that a column with one text names.
    ///
    /// # Errors
    /// If the column is named after a group, and its text is not known to mean it.
    fn group_of_column(&self) -> Result<Option<Saying>, String> {
        let words = &self.vocabulary.catalog.synonyms.whole_table;
        for column in self.survey.columns.iter().filter(|column| column.is_unread()) {
            let Some(text) = self.vocabulary.constant_code(self.survey, column) else { continue };
            if self.vocabulary.is_everybody(text) {
                continue;
            }
            let named = self.vocabulary.group_of_name(&column.name);
            let id = match (self.vocabulary.group_in_column(&column.name, text), named) {
                (Some(id), _) => id,
                // A flag of schools is none of students.
                (None, Some(id))
                    if words.of_schools.iter().any(|of| of == id) && self.survey.has_schools() =>
                {
                    continue;
                }
                (None, Some(id)) if words.yes.contains(&text.to_lowercase()) => id,
                (None, Some(id)) => {
                    return Err(wording::unknown_constant(&column.name, text, &self.group_label(id)));
                }
                (None, None) => continue,
            };
            return Ok(Some(Saying { id: id.to_owned(), said_by: wording::by_column(&column.name, text) }));
        }
        Ok(None)
    }

    /// The group that a filter in the text around the table names.
    ///
    /// # Errors
    /// If it names one by a code that is not known, or leaves one out.
    fn group_of_filters(&self) -> Result<Option<Saying>, String> {
        let filters = report_filters(self.surroundings).into_iter().chain(report_filters(&self.survey.below));
        for filter in filters {
            match self.vocabulary.filtered_group(&filter) {
                FilteredGroup::Of(id) if id != ALL => {
                    let said_by = wording::by_title(filter.text);
                    return Ok(Some(Saying { id: id.to_owned(), said_by }));
                }
                FilteredGroup::Unknown if self.other_breakdown().is_none() => {
                    return Err(wording::unknown_filter(filter.text));
                }
                _ => {}
            }
        }
        Ok(None)
    }

    /// The group that the text around the table names.
    ///
    /// # Errors
    /// If it leaves the group out, or names two.
    fn group_of_title(&self) -> Result<Option<Saying>, String> {
        let mut found: Option<Saying> = None;
        for title in self.surroundings {
            let terms = self.vocabulary.title_terms(title);
            let Some(id) = terms.group else { continue };
            if terms.leaves_out {
                return Err(wording::leaves_out(title, &self.group_label(&id)));
            }
            match &found {
                Some(first) if first.id != id => {
                    let labels = [self.group_label(&first.id), self.group_label(&id)];
                    return Err(wording::two_groups(&labels, title));
                }
                Some(_) => {}
                None => found = Some(Saying { id, said_by: wording::by_title(title) }),
            }
        }
        Ok(found)
    }

    /// Whether columns or rows tell this group from others, so that a title only mentions it.
    fn is_distinguished(&self, id: &str) -> bool {
        let groups = &self.vocabulary.catalog.groups;
        let rows =
            self.survey.columns.iter().filter(|column| column.meaning == ColumnMeaning::Role(Role::Group));
        let headed = self.survey.headed.iter().filter(|headed| headed.role == Role::Group);
        let headings = headed.flat_map(|headed| headed.of_rows.values());
        let mut texts = rows.flat_map(|column| column.cells.texts.keys()).chain(headings);
        texts.any(|text| groups.group_of_text(text) == Some(id))
            || self.survey.columns.iter().any(|column| self.counts_group(column, id))
            || self.measures().next().is_none()
    }

    /// Whether a column of numbers is named after a group.
    fn counts_group(&self, column: &Column, id: &str) -> bool {
        !column.cells.numbers.is_empty() && column.parsed.group.as_deref() == Some(id)
    }

    /// The name of a column that distinguishes other groups.
    fn other_breakdown(&self) -> Option<String> {
        let distinguishes = |column: &&Column| match &column.meaning {
            ColumnMeaning::Role(Role::Group) => true,
            ColumnMeaning::Measure(measure) => measure.group != ALL,
            _ => false,
        };
        let headed = self.survey.headed.iter().filter(|headed| headed.role == Role::Group);
        let mut columns = self.survey.columns.iter().filter(distinguishes).map(|column| &column.name);
        columns.next().or_else(|| headed.map(|headed| &headed.column).next()).cloned()
    }

    fn measures(&self) -> impl Iterator<Item = &MeasureColumn> {
        self.survey.columns.iter().filter_map(Column::measure)
    }

    /// Reads the measures as those of the only grade or subject that the text around the table names, unless rows or
    /// columns have their own.
    fn set_from_title(&mut self, role: Role) {
        let has_own = |measure: &MeasureColumn| match role {
            Role::Grade => measure.grade != ALL,
            _ => measure.subject != ALL,
        };
        if self.survey.has_part(role) || self.measures().any(has_own) {
            return;
        }
        let mut found: Vec<Saying> = Vec::new();
        for title in self.surroundings {
            let terms = self.vocabulary.title_terms(title);
            let id = if role == Role::Grade { terms.grade } else { terms.subject };
            found.extend(id.map(|id| Saying { id, said_by: wording::by_title(title) }));
        }
        // The title comes first.
        found.dedup_by(|next, first| next.id == first.id || self.are_one_subject(&next.id, &first.id));
        let [saying] = &found[..] else { return };
        let mut is_set = false;
        for column in &mut self.survey.columns {
            is_set |= set_part(column, role, saying, self.vocabulary);
        }
        if is_set {
            let part = Some(saying.id.clone());
            match role {
                Role::Grade => self.survey.about.grade = part,
                _ => self.survey.about.subject = part,
            }
        }
    }

    /// Whether titles and names of files use two subjects for one another.
    fn are_one_subject(&self, one: &String, other: &String) -> bool {
        let lists = &self.vocabulary.catalog.synonyms.whole_table.same_subjects;
        lists.iter().any(|list| list.contains(one) && list.contains(other))
    }

    /// Why the subject of the table is in doubt: the texts around it name several, and nothing tells their rows apart.
    fn subjects_apart(&self) -> Option<String> {
        if self.survey.has_part(Role::Subject) || self.measures().any(|measure| measure.subject != ALL) {
            return None;
        }
        let measures = &self.vocabulary.catalog.measures;
        let mut known = self.measures().filter_map(|column| measures.get(column.measure.as_ref()?));
        if !known.any(|measure| may_be_of(measure, Role::Subject, ALL, self.vocabulary)) {
            return None;
        }
        let mut first: Option<String> = None;
        for title in self.surroundings {
            let Some(subject) = self.vocabulary.title_terms(title).subject else { continue };
            match &first {
                Some(first) if *first != subject && !self.are_one_subject(first, &subject) => {
                    return Some(wording::subjects_apart(first, &subject, title));
                }
                Some(_) => {}
                None => first = Some(subject),
            }
        }
        None
    }

    /// Why the grades of the table are in doubt: a title names several, and nothing tells their rows apart.
    fn grades_apart(&self) -> Option<String> {
        if self.survey.has_part(Role::Grade) || self.measures().any(|measure| measure.grade != ALL) {
            return None;
        }
        let title =
            self.surroundings.iter().find(|title| self.vocabulary.title_terms(title).has_grades_apart)?;
        let measures = &self.vocabulary.catalog.measures;
        let mut known = self.measures().filter_map(|column| measures.get(column.measure.as_ref()?));
        let is_concerned = known.any(|measure| may_be_of(measure, Role::Grade, ALL, self.vocabulary));
        is_concerned.then(|| wording::grades_apart(title))
    }

    /// Why it is in doubt whether the table has all students: a note below it says that it has only some.
    fn limited_by_note(&self) -> Option<String> {
        let limited = self.survey.below.iter().position(|note| self.vocabulary.limits_rows(note))?;
        let mut notes = self.survey.below[limited..].iter();
        // What comes after "Filters applied:" are filters, too.
        notes
            .find(|note| {
                let terms = self.vocabulary.title_terms(note);
                let of_group =
                    terms.group.filter(|id| self.is_new(Role::Group, id) && !self.is_distinguished(id));
                let of_grade = terms.grade.filter(|id| self.is_new(Role::Grade, id));
                of_group.is_some() || of_grade.is_some()
            })
            .map(|note| wording::limited_by_note(note))
    }

    /// Whether nothing yet says of which groups or grades the measures are, and they may be of this one.
    fn is_new(&self, role: Role, id: &str) -> bool {
        !self.survey.has_part(role)
            && self.measures().all(|measure| is_of_all(measure, role))
            && self.measures().any(|measure| self.may_be(measure, role, id))
    }

    /// Whether a measure may be that of this group or grade, as far as the catalog knows it.
    fn may_be(&self, measure: &MeasureColumn, role: Role, id: &str) -> bool {
        let measures = &self.vocabulary.catalog.measures;
        let known = measure.measure.as_ref().and_then(|id| measures.get(id));
        known.is_none_or(|known| may_be_of(known, role, id, self.vocabulary))
    }

    fn group_label(&self, id: &str) -> String {
        self.vocabulary.catalog.groups.group(id).map_or_else(|| id.to_owned(), |group| group.label.clone())
    }
}

fn is_of_all(measure: &MeasureColumn, role: Role) -> bool {
    match role {
        Role::Grade => measure.grade == ALL,
        _ => measure.group == ALL,
    }
}

/// The text that nearly all rows have in a column; `None` if there are several, or numbers.
pub(super) fn constant_text<'c>(survey: &TableSurvey, column: &'c Column) -> Option<&'c str> {
    let mut texts = column.cells.texts_and_marks();
    let (Some(text), None) = (texts.next(), texts.next()) else { return None };
    let is_everywhere = column.cells.filled as f64 >= NEARLY_ALL * survey.rows as f64;
    (column.cells.numbers.is_empty() && is_everywhere).then_some(text)
}

/// Makes a measure that of a group, grade or subject, if it can be; one that cannot be that of a group is not read.
/// Returns whether it was done.
fn set_part(column: &mut Column, role: Role, saying: &Saying, vocabulary: &Vocabulary<'_>) -> bool {
    let Some(mut measure) = column.measure().cloned() else { return false };
    let known = measure.measure.as_ref().and_then(|id| vocabulary.catalog.measures.get(id));
    let may_have = known.is_none_or(|known| may_be_of(known, role, &saying.id, vocabulary));
    if !may_have {
        if role == Role::Group {
            column.leave_unread(measure.measure, wording::not_of_a_group(&saying.said_by));
        }
        return false;
    }
    match role {
        Role::Group => measure.group.clone_from(&saying.id),
        Role::Grade => measure.grade.clone_from(&saying.id),
        _ => measure.subject.clone_from(&saying.id),
    }
    column.why = wording::with_subject(&column.why, &saying.id, &saying.said_by);
    column.meaning = ColumnMeaning::Measure(Box::new(measure));
    true
}

/// Whether a measure may be about one subject.
pub(super) fn may_be_of_a_subject(measure: &Measure, vocabulary: &Vocabulary<'_>) -> bool {
    may_be_of(measure, Role::Subject, ALL, vocabulary)
}

/// Whether a measure may be about one student group, grade or subject.
pub(super) fn may_be_of(measure: &Measure, role: Role, id: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let words = &vocabulary.catalog.synonyms.whole_table;
    let is_about_students = measure.unit == Unit::Count
        || measure.people.as_ref().is_some_and(|people| words.people.contains(people));
    match role {
        Role::Group => is_about_students,
        Role::Grade => {
            let is_several = id.contains('-') || id == ALL;
            let is_own = is_several && words.own_grades.iter().any(|own| own.has(&measure.id, id));
            is_about_students && !is_own
        }
        _ => {
            words.by_subject.contains(&measure.id)
                || measure.phrase.as_ref().is_some_and(|phrase| phrase.contains("{subject}"))
        }
    }
}

/// The lowest text of a column's header.
pub(super) fn last_part(name: &str) -> &str {
    name.rsplit(" › ").next().unwrap_or(name)
}
