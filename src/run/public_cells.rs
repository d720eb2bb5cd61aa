//! Which cells of packs are public: the only thing that an audit learns from the released data.

use std::collections::BTreeMap;

use crate::disclosure::{FrameView, KeyRun, Released};
use crate::domain::{DistrictId, Interned, SchoolId, Terms};
use crate::pack_tables::{CellKey, DistrictYear, PackTables};

/// The public cells of some packs, to look many of them up.
pub(super) struct PublicCells<'d> {
    terms: &'d Terms,
    /// `None` if the released data cannot be read.
    view: Option<FrameView<'d>>,
    series: BTreeMap<SeriesWords, &'d KeyRun>,
    /// The code of each known district, by its id as the packs show it.
    districts: BTreeMap<&'d str, u32>,
}

/// The words of a series.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SeriesWords {
    measure: Interned,
    group: Interned,
    grade: Interned,
    subject: Interned,
}

impl<'d> PublicCells<'d> {
    /// Those of the cells in packs.
    pub(super) fn of(released: &'d Released, packs: [&'d PackTables; 2]) -> Self {
        let terms = released.terms();
        let mut districts = BTreeMap::new();
        for at in packs.into_iter().flat_map(|pack| pack.years().keys()) {
            let code = DistrictId::new(&at.district).and_then(|id| terms.district(&id));
            districts.extend(code.map(|code| (at.district.as_str(), code)));
        }
        Self { terms, view: released.view().ok(), series: series(released), districts }
    }

    /// Whether a cell is public; not if its district, year or series is unknown.
    pub(super) fn has(&self, at: &DistrictYear, key: &CellKey) -> bool {
        self.is_public(at, key).unwrap_or(false)
    }

    fn is_public(&self, at: &DistrictYear, key: &CellKey) -> Option<bool> {
        let district = *self.districts.get(at.district.as_str())?;
        let organization = match SchoolId::new(&key.school) {
            Some(school) => self.terms.school_code(district, &school)?,
            None => district,
        };
        let run = self.series.get(&SeriesWords::of(key))?;
        let view = self.view.as_ref()?;
        let row = view.rows(view.of_district(run, organization)).find(|row| row.year == at.year)?;
        Some(row.public)
    }
}

impl SeriesWords {
    fn of(key: &CellKey) -> Self {
        let CellKey { measure, group, subject, .. } = *key;
        Self { measure, group, grade: key.grade.interned(), subject }
    }
}

/// The series of the released data.
fn series(released: &Released) -> BTreeMap<SeriesWords, &KeyRun> {
    let Terms { measures, groups, grades, subjects, .. } = released.terms();
    let [measures, groups, subjects] = [measures, groups, subjects].map(|words| interned(words));
    let mut series = BTreeMap::new();
    for run in released.runs() {
        let words = SeriesWords {
            measure: measures[run.key.measure as usize],
            group: groups[run.key.group as usize],
            grade: grades[run.key.grade as usize].interned(),
            subject: subjects[run.key.subject as usize],
        };
        series.insert(words, run);
    }
    series
}

fn interned(words: &[String]) -> Vec<Interned> {
    words.iter().map(|word| Interned::new(word)).collect()
}
