//! Problems in the user's data: where, what was found, what was done about it, and what to do.
//!
//! A problem is a value that a stage returns along with its result; it never stops a run. The texts of all problems
//! are in `wording::problems`, one function each.

mod reading;
mod sheets;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use ::sheets::{Place, cell_name, column_name};
pub use reading::{ColumnIgnored, RowsLeftOut, SheetRead, SourceRead};

/// How severe a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was left out.
    Error,
    /// Something was understood or repaired, and may be wrong.
    Warning,
    /// Nothing is wrong, but the user should know it (a column that no layout reads).
    Note,
}

/// One problem in the user's data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How severe it is.
    pub severity: Severity,
    /// Stable kebab-case id, such as `cell-not-number`.
    pub id: Cow<'static, str>,
    /// Where it is; for a group of similar problems, where the first of them is.
    pub place: Place,
    /// What was found, in plain words.
    pub found: String,
    /// What the program did about it.
    pub done: String,
    /// What the user can do.
    pub hint: String,
    /// The number of similar problems in the same sheet, including this one.
    pub count: u64,
    /// The cells of the next few similar problems; at most eight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The subject that similar problems of a sheet share, such as a column's name; not shown.
    #[serde(skip)]
    pub(crate) like: String,
}

impl Diagnostic {
    /// The same problem, grouped with others of its sheet that have the same subject `like`.
    #[must_use]
    pub fn like(self, like: String) -> Self {
        Self { like, ..self }
    }
}

/// A result with the problems met while it was computed.
#[derive(Debug, Clone)]
pub struct Warned<T> {
    /// The result.
    pub value: T,
    /// The problems, in the order in which they were met.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// A result without problems.
    pub const fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Moves the problems into `all` and returns the result.
    pub fn into(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.diagnostics);
        self.value
    }
}

/// How many of the other cells of a group are listed.
const LISTED: usize = 8;

impl Diagnostic {
    /// Whether both are of the same kind, subject and sheet.
    fn is_similar(&self, other: &Self) -> bool {
        (self.severity, &self.id, &self.like) == (other.severity, &other.id, &other.like)
            && (&self.place.file, &self.place.sheet) == (&other.place.file, &other.place.sheet)
    }

    /// Counts `next`, which is similar, and lists its cells while there is room.
    fn absorb(&mut self, next: Self) {
        self.count += next.count;
        let room = LISTED.saturating_sub(self.also.len());
        self.also.extend(next.place.cell.into_iter().chain(next.also).take(room));
    }
}

/// Sorts problems by severity, file, sheet and id, and merges similar ones of a sheet into the first of them,
/// with a count.
#[must_use]
pub fn grouped(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_cached_key(|d| {
        (d.severity, d.place.file.clone(), d.place.sheet.clone(), d.id.clone(), d.like.clone())
    });
    let mut groups: Vec<Diagnostic> = Vec::new();
    for next in diagnostics {
        match groups.last_mut() {
            Some(last) if last.is_similar(&next) => last.absorb(next),
            _ => groups.push(next),
        }
    }
    groups
}

/// Problems as they are met. Similar ones are merged from time to time as [`grouped`] does, so that a file with a problem in
/// each of its million rows does not fill the memory with them.
#[derive(Clone, Default)]
pub struct Problems {
    met: Vec<Diagnostic>,
    /// Index of the last problem, or of the one that it was merged into.
    last: usize,
    /// The number of problems after the last grouping.
    grouped: usize,
}

impl Problems {
    /// How many of the most recent problems are searched for a similar one.
    const RECENT: usize = 8;
    /// Fewer problems than this are not grouped.
    const FEW: usize = 4096;
    /// If there are more kinds than this, those of a sheet are merged regardless of their subjects.
    const MANY: usize = 10_000;

    /// No problems.
    #[must_use]
    pub const fn new() -> Self {
        Self { met: Vec::new(), last: 0, grouped: 0 }
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Diagnostic) {
        if self.met.len() >= 2 * self.grouped.max(Self::FEW) {
            self.group();
        }
        let recent = self.met.len().saturating_sub(Self::RECENT);
        if let Some(similar) = self.met[recent..].iter().rposition(|met| met.is_similar(&problem)) {
            self.last = recent + similar;
            return self.met[self.last].absorb(problem);
        }
        self.last = self.met.len();
        self.met.push(problem);
    }

    /// Counts one more problem that is similar to the last one, in the cell that `cell` returns, without
    /// building its texts. Does nothing if there is no last one.
    pub fn push_again(&mut self, cell: impl FnOnce() -> String) {
        if let Some(last) = self.met.get_mut(self.last) {
            last.count += 1;
            if last.also.len() < LISTED {
                last.also.push(cell());
            }
        }
    }

    fn group(&mut self) {
        self.met = grouped(std::mem::take(&mut self.met));
        if self.met.len() > Self::MANY {
            self.met.iter_mut().for_each(|problem| problem.like.clear());
            self.met = grouped(std::mem::take(&mut self.met));
        }
        self.grouped = self.met.len();
    }

    /// The problems, in the order in which they were met, or sorted as [`grouped`] does if there were many.
    #[must_use]
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.met
    }
}

impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.met.fmt(f)
    }
}

impl Extend<Diagnostic> for Problems {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, problems: T) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }
}

impl FromIterator<Diagnostic> for Problems {
    fn from_iter<T: IntoIterator<Item = Diagnostic>>(problems: T) -> Self {
        let mut all = Self::default();
        all.extend(problems);
        all
    }
}

impl IntoIterator for Problems {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.met.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Place, Problems, grouped};

    fn problem(row: u32, what: &str) -> Diagnostic {
        let place = Place::file("a.csv").at(row, 0);
        Diagnostic::two_values(place.clone(), what, ["1", "2"], &place, true)
    }

    #[test]
    fn combining_problems_early_gives_the_same_as_combining_them_at_the_end() {
        let all: Vec<_> = (0..50_000).map(|row| problem(row, &format!("value {}", row % 3_000))).collect();
        let mut joined = Problems::default();
        joined.extend(all.clone());
        assert!(joined.as_slice().len() < 9_000);
        assert_eq!(grouped(joined.into_iter().collect()), grouped(all));
    }

    #[test]
    fn a_million_kinds_of_problems_are_combined_with_their_number() {
        let mut joined = Problems::default();
        joined.extend((0..1_000_000).map(|row| problem(row, &format!("value {row}"))));
        assert!(joined.as_slice().len() < 25_000);
        assert_eq!(joined.into_iter().map(|problem| problem.count).sum::<u64>(), 1_000_000);
    }
}
