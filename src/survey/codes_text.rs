//! The parts of a proposed layout that say what texts stand for.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::decide::Reading;
use super::evidence::shown;
use super::layout_text::{Draft, comment, list, quoted};
use super::role::is_group;
use crate::catalog::Role;
use crate::domain::{ALL, Grade};

impl Draft<'_> {
    /// What the texts of groups, grades, subjects and measures in the rows stand for, where the catalog cannot know.
    pub(super) fn codes(&self, text: &mut String) {
        let texts = |role: Role| {
            let columns = self.tables.iter().filter_map(|t| t.role(role));
            let all: std::collections::BTreeSet<String> =
                columns.flat_map(|c| c.cells.texts.keys().cloned()).collect();
            all
        };
        let known = |role: Role, t: &str| match role {
            Role::Group => self.vocabulary.catalog.groups.group_id(t).is_some(),
            Role::Grade => Grade::parse(t).is_some(),
            Role::Subject => self.vocabulary.catalog.groups.subject_id(t).is_some(),
            _ => self.vocabulary.catalog.measures.contains_key(t),
        };
        let parts = [
            (Role::Measure, "measures"),
            (Role::Group, "groups"),
            (Role::Grade, "grades"),
            (Role::Subject, "subjects"),
        ];
        for (role, section) in parts {
            let mut lines = String::new();
            for t in texts(role).iter().filter(|t| !known(role, t)) {
                let meaning = if role == Role::Measure {
                    let found = super::matching::matches(self.vocabulary, t);
                    found.first().filter(|m| m.score >= super::matching::SURE).map(|m| m.measure.id.clone())
                } else {
                    (self.vocabulary.means_all(t) || role == Role::Group && is_group(t, self.vocabulary))
                        .then(|| ALL.to_owned())
                };
                let _ = match meaning {
                    Some(id) => writeln!(lines, "{} = {}", quoted(t), quoted(&id)),
                    None => writeln!(
                        lines,
                        "# {} = \"\"    # not known: say what it stands for",
                        quoted(&comment(t))
                    ),
                };
            }
            if !lines.is_empty() {
                let _ = write!(text, "\n[{section}]\n{lines}");
            }
        }
    }

    /// What stands for no value: negative codes, and texts.
    pub(super) fn markers(&self, text: &mut String) {
        let mut codes: Vec<f64> = self
            .tables
            .iter()
            .flat_map(|t| &t.columns)
            .flat_map(|c| match &c.reading {
                Reading::Measure(m) => m.codes.clone(),
                _ => Vec::new(),
            })
            .collect();
        codes.sort_by(f64::total_cmp);
        codes.dedup();
        let odd = self.odd_texts();
        if !codes.is_empty() || !odd.is_empty() {
            text.push_str("\n[markers]\n");
        }
        if !codes.is_empty() {
            let codes: Vec<String> = codes.iter().map(|c| quoted(&shown(*c).replace('−', "-"))).collect();
            let _ = write!(
                text,
                "# Negative numbers where none can be: taken for codes that hide a value.\nmasked = [{}]\n",
                codes.join(", ")
            );
        }
        if !odd.is_empty() {
            let _ = write!(
                text,
                "# Texts that stand again and again for a number: taken to say that there is none. If they hide it: masked.\nmissing = {}\n",
                list(&odd)
            );
        }
    }

    /// Short texts without digits that stand several times where numbers should.
    fn odd_texts(&self) -> Vec<String> {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for column in
            self.tables.iter().flat_map(|t| &t.columns).filter(|c| matches!(c.reading, Reading::Measure(_)))
        {
            for (text, count) in &column.cells.texts {
                *counts.entry(text).or_default() += count;
            }
        }
        let short = |t: &str| t.len() <= 16 && !t.contains(|c: char| c.is_ascii_digit());
        counts.into_iter().filter(|(t, count)| *count > 2 && short(t)).map(|(t, _)| t.clone()).collect()
    }
}
