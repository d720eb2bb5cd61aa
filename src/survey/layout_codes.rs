//! The parts of a proposed layout that define the texts and codes in its cells.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::column::Column;
use super::compiled_patterns::any_match;
use super::graded_subject::GradedSubject;
use super::layout_draft::LayoutDraft;
use super::line_item::{LineItem, LineMeaning};
use super::matching::sure_measure;
use super::numeric_fit::code_text;
use super::role::is_group;
use super::toml_text::{comment_text, toml_list, toml_string};
use crate::catalog::Role;
use crate::domain::{ALL, Grade, Unit};
use crate::wording::layout_drafts as wording;
use crate::wording::own_measures::{LINES_NOT_READ, lines_left_out};

/// The code of kindergarten.
const KINDERGARTEN: &str = "KG";
/// The code of the grade before it.
const BEFORE_KINDERGARTEN: &str = "PK";
/// The longest text (in bytes) that may be a marker.
const LONGEST_MARKER: usize = 16;

// Writing to a `String` cannot fail.
impl<'a> LayoutDraft<'a> {
    /// What the texts for measures, groups, grades and subjects in the rows mean, if the catalog does not
    /// define them.
    pub(super) fn write_codes(&self, text: &mut String) {
        self.write_codes_of(text, Role::Measure, "measures");
        self.write_codes_of(text, Role::Group, "groups");
        self.write_codes_of(text, Role::Grade, "grades");
        self.write_codes_of(text, Role::Subject, "subjects");
    }

    fn write_codes_of(&self, text: &mut String, role: Role, section: &str) {
        let mut lines = self.lines_of_items(role);
        let beside_answers = self.codes_beside_answers(role);
        for (code, id) in &beside_answers {
            let _ = writeln!(lines, "{} = {}", toml_string(code), toml_string(id));
        }
        for code in self.codes_of(role) {
            if beside_answers.contains_key(code) || role == Role::Group && self.is_answered_no(code) {
                continue;
            }
            let is_total = role == Role::Grade && self.adds_up_grades(code);
            if self.is_in_catalog(role, code) && !is_total {
                continue;
            }
            let _ = match self.id_of(role, code) {
                Some(id) => writeln!(lines, "{} = {}", toml_string(code), toml_string(id)),
                None => writeln!(
                    lines,
                    "# {} = \"\"    # {}",
                    toml_string(&comment_text(code)),
                    wording::UNKNOWN_CODE
                ),
            };
        }
        if !lines.is_empty() {
            let _ = write!(text, "\n[{section}]\n{lines}");
        }
    }

    /// The groups that texts mean next to a column of answers, and as answers; empty if there is no such column.
    fn codes_beside_answers(&self, role: Role) -> BTreeMap<&String, &String> {
        let answers = self.tables.iter().filter_map(|table| table.answers.as_ref());
        answers.filter(|_| role == Role::Group).flat_map(|answers| &answers.codes).collect()
    }

    /// Whether a text says that a row is about those who are not in a group.
    fn is_answered_no(&self, text: &str) -> bool {
        self.tables
            .iter()
            .filter_map(|table| table.answers.as_ref())
            .any(|answers| answers.noes.contains(text))
    }

    /// The lines for a column whose texts are line items, each once.
    fn lines_of_items(&self, role: Role) -> String {
        let mut lines = BTreeMap::new();
        for item in self.items(role).filter(|item| item.asks_something()) {
            let text = toml_string(&item.text);
            let line = match &item.meaning {
                LineMeaning::Known(id) => format!("{text} = {}\n", toml_string(id)),
                LineMeaning::Own(own) if self.reads_own(own) => {
                    format!("{text} = {}\n", toml_string(&own.id))
                }
                LineMeaning::Own(_) | LineMeaning::Unread => {
                    let why = comment_text(&item.why);
                    format!("# {} = \"\"    # {why}\n", comment_text(&text))
                }
            };
            lines.entry(&item.text).or_insert(line);
        }
        lines.into_values().collect()
    }

    /// The line items of the column with a role, over all tables.
    fn items(&self, role: Role) -> impl Iterator<Item = &LineItem> {
        self.tables.iter().filter_map(move |table| table.role(role)).flat_map(|column| &column.items)
    }

    /// A filter that leaves out the lines that are not read.
    pub(super) fn write_unread_lines(&self, text: &mut String) {
        let Some(column) = self.columns_with(Role::Measure).find(|column| !column.items.is_empty()) else {
            return;
        };
        let items = self.items(Role::Measure).filter(|item| !self.reads_line(item));
        let unread: BTreeSet<String> = items.map(|item| regex::escape(&item.text)).collect();
        if unread.is_empty() {
            return;
        }
        let pattern = format!("^(?:{})$", unread.into_iter().collect::<Vec<_>>().join("|"));
        let _ = write!(
            text,
            "\n[[row]]\ncolumn = {}\nleave-out = {}\nwhy = {}\n",
            toml_list([&column.name]),
            toml_string(&pattern),
            toml_string(LINES_NOT_READ)
        );
    }

    /// Whether all lines that are read are percents.
    pub(super) fn are_lines_percents(&self) -> bool {
        let read = self.items(Role::Measure).filter(|item| self.reads_line(item));
        let mut units = read.filter_map(|item| item.unit(self.vocabulary)).peekable();
        units.peek().is_some() && units.all(|unit| unit == Unit::Percent)
    }

    fn reads_line(&self, item: &LineItem) -> bool {
        match &item.meaning {
            LineMeaning::Known(_) => true,
            LineMeaning::Own(own) => self.reads_own(own),
            LineMeaning::Unread => false,
        }
    }

    /// A word to the user about the lines with numbers that are left out, if other lines are read; `None` if there are none.
    pub(super) fn note_on_lines(&self) -> Option<String> {
        let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
        for column in self.columns_with(Role::Measure) {
            for item in column.items.iter().filter(|item| item.asks_something() && !self.reads_line(item)) {
                *lines.entry(&item.text).or_default() +=
                    column.cells.texts.get(&item.text).copied().unwrap_or(0);
            }
        }
        let rows = lines.values().sum();
        let reads_any = self.items(Role::Measure).any(|item| self.reads_line(item));
        let names: Vec<&str> = lines.into_keys().collect();
        (reads_any && !names.is_empty()).then(|| lines_left_out(&names, rows))
    }

    /// The texts and numbers of the column with a role, over all tables. Grades in a column of groups are codes of
    /// both.
    fn codes_of(&self, role: Role) -> BTreeSet<&'a String> {
        let own = self.role_with(role);
        let columns = self.columns_with(own).filter(|column| column.items.is_empty());
        columns.flat_map(|column| column.cells.labels()).collect()
    }

    /// The role of the column that also says this of its rows: grades may be named in the column of groups or of subjects.
    pub(super) fn role_with(&self, role: Role) -> Role {
        match role {
            Role::Grade if self.has_grades_among_groups() => Role::Group,
            Role::Grade if self.has_grades_beside_subjects() => Role::Subject,
            _ => role,
        }
    }

    /// Whether the texts of subjects name grades too.
    fn has_grades_beside_subjects(&self) -> bool {
        self.columns_with(Role::Grade).next().is_none()
            && self.columns().any(|column| !column.graded.is_empty())
    }

    /// What a text in a column of subjects means that names a grade too.
    fn graded_subject(&self, text: &str) -> Option<&GradedSubject> {
        self.columns_with(Role::Subject).find_map(|column| column.graded.get(text))
    }

    /// Whether the rows of a table are about groups or, some of them, about grades named in the same column.
    fn has_grades_among_groups(&self) -> bool {
        let groups: Vec<&Column> = self.columns_with(Role::Group).collect();
        let mut labels = groups.iter().flat_map(|column| column.cells.labels());
        self.columns_with(Role::Grade).next().is_none()
            && labels.any(|label| self.is_grade_among_groups(label))
    }

    /// Whether a text in a column of groups is a grade.
    fn is_grade_among_groups(&self, label: &str) -> bool {
        !is_group(label, self.vocabulary) && Grade::parse(label).is_some()
    }

    /// Whether the catalog defines a text of a column with this role.
    fn is_in_catalog(&self, role: Role, text: &str) -> bool {
        self.vocabulary.is_known_part(role, text)
            || role == Role::Measure && self.vocabulary.catalog.measures.contains_key(text)
    }

    /// What a text seems to mean; `None` if unknown.
    fn id_of(&self, role: Role, text: &str) -> Option<&str> {
        if role == Role::Measure {
            return sure_measure(self.vocabulary, text).map(|measure| measure.id.as_str());
        }
        match (role, self.graded_subject(text)) {
            (Role::Subject, Some(graded)) => return Some(&graded.subject),
            (Role::Grade, Some(graded)) if self.role_with(role) == Role::Subject => {
                return Some(graded.grade.id());
            }
            _ => {}
        }
        let is_all = self.vocabulary.is_everybody(text)
            || match role {
                Role::Group => is_group(text, self.vocabulary) || self.is_grade_among_groups(text),
                Role::Grade => self.role_with(role) != role || self.adds_up_grades(text),
                _ => false,
            };
        let is_kindergarten = role == Role::Grade && !is_all && self.is_zero_for_kindergarten(text);
        let is_before = role == Role::Grade && self.is_before_kindergarten(text);
        let grade = is_kindergarten.then_some(KINDERGARTEN).or(is_before.then_some(BEFORE_KINDERGARTEN));
        is_all.then_some(ALL).or(grade)
    }

    fn adds_up_grades(&self, text: &str) -> bool {
        self.tables.iter().any(|table| table.evidence.all_grades.iter().any(|code| code == text))
    }

    /// Whether a grade of zero, before grade 1, can only be kindergarten.
    fn is_zero_for_kindergarten(&self, text: &str) -> bool {
        let labels = self.codes_of(Role::Grade);
        let ids: BTreeSet<String> =
            labels.iter().filter_map(|label| Some(Grade::parse(label)?.id().to_owned())).collect();
        matches!(text, "0" | "00") && ids.contains("01") && !ids.contains(KINDERGARTEN)
    }

    /// Whether a grade of −1 is the one before kindergarten, because kindergarten is 0.
    fn is_before_kindergarten(&self, text: &str) -> bool {
        text == "-1" && self.codes_of(Role::Grade).iter().any(|zero| self.is_zero_for_kindergarten(zero))
    }

    /// What means that there is no value: negative codes, and texts.
    pub(super) fn write_markers(&self, text: &mut String) {
        let mut codes = self.number_codes();
        let (zeros, texts) = (self.note_on_zeros(), self.repeated_texts());
        codes.extend(zeros.map(|_| "0".to_owned()));
        if !codes.is_empty() || !texts.is_empty() {
            text.push_str("\n[markers]\n");
        }
        if !codes.is_empty() {
            let note = zeros.map_or_else(String::new, |note| {
                format!("# {}\n", comment_text(&wording::hidden_zeros(note)))
            });
            let _ = write!(text, "# {}\n{note}masked = {}\n", wording::NUMBER_CODES, toml_list(&codes));
        }
        if !texts.is_empty() {
            let _ = write!(text, "# {}\nmissing = {}\n", wording::REPEATED_TEXTS, toml_list(texts));
        }
    }

    /// The title or note according to which a 0 stands for a number that is withheld.
    fn note_on_zeros(&self) -> Option<&String> {
        let patterns = &self.vocabulary.patterns.hidden_zeros;
        let mut texts = self.tables.iter().flat_map(|table| table.title.iter().chain(&table.below));
        texts.find(|text| any_match(patterns, text))
    }

    /// The codes among the numbers of measures, ascending, with a hyphen as the minus sign.
    fn number_codes(&self) -> Vec<String> {
        let mut codes: Vec<f64> =
            self.columns().filter_map(Column::measure).flat_map(|measure| measure.codes.clone()).collect();
        codes.sort_by(f64::total_cmp);
        codes.dedup();
        codes.into_iter().map(|code| code_text(code).replace('−', "-")).collect()
    }

    /// Short texts without digits that occur in more than two cells of measures.
    fn repeated_texts(&self) -> Vec<&String> {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for column in self.columns().filter(|column| column.measure().is_some()) {
            for (text, count) in &column.cells.texts {
                *counts.entry(text).or_default() += count;
            }
        }
        counts.retain(|text, count| *count > 2 && may_be_marker(text));
        counts.into_keys().collect()
    }
}

fn may_be_marker(text: &str) -> bool {
    text.len() <= LONGEST_MARKER && !text.contains(|c: char| c.is_ascii_digit())
}
