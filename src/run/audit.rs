//! The audit of a finished pack: it reads back the pack's own tables, and knows nothing else of the data.
//!
//! From the released data it learns only which values are already public.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Data;
use super::public_cells::PublicCells;
use super::verdicts::KeptVerdicts;

use crate::audit::{Audit, DisclosedCount, SafeYears, disclosed_answers};
use crate::domain::SchoolYear;
use crate::pack::PackError;
use crate::pack_tables::{self, CellKey, DistrictYear, PackTables};
use crate::project::Project;
use crate::wording::pack::{DisclosedValue, disclosed_value};

/// Fails if a reader of the pack in `folder`, and of the earlier one, could work out a withheld value more closely than the policy
/// allows. A pack that an earlier run found good is not attacked again.
///
/// # Errors
/// [`PackError::Exposed`] then; [`PackError::Unaudited`] if the pack's tables cannot be read back.
pub(super) fn audit(
    folder: &Path,
    project: &Project,
    data: &Data,
    safe: &SafeYears,
) -> Result<(), PackError> {
    audit_surveys(folder, data)?;
    let passing = Passing::of(folder, project, data);
    let is_kept = passing.as_ref().is_some_and(Passing::is_kept);
    let is_alone = data.earlier.years().is_empty();
    if is_alone && is_kept {
        return Ok(());
    }
    let pack = PackTables::read(folder, |_| true)
        .map_err(|error| PackError::Unaudited { file: error.file, message: error.message })?;
    let passing = passing.filter(|_| is_alone || shows_the_same(&data.earlier, &pack));
    if is_kept && passing.is_some() {
        return Ok(());
    }
    let public = PublicCells::of(&data.released, [&pack, &data.earlier]);
    let is_public = |at: &DistrictYear, key: &CellKey| public.has(at, key);
    let audit = Audit {
        pack: &pack,
        earlier: &data.earlier,
        catalog: &project.catalog,
        smallest_group: project.file.privacy.smallest_group,
        is_public: &is_public,
    };
    attack(&audit, safe)?;
    if let Some(passing) = passing {
        passing.keep();
    }
    Ok(())
}

/// Fails if the pack's figures of surveys are about too few people, or the rest of what they show is.
fn audit_surveys(folder: &Path, data: &Data) -> Result<(), PackError> {
    let rows = pack_tables::survey_rows(folder)
        .map_err(|error| PackError::Unaudited { file: error.file, message: error.message })?;
    let least = data.perception.smallest_group;
    match disclosed_answers(&rows, least).first() {
        None => Ok(()),
        Some(first) => {
            Err(PackError::Exposed { what: first.clone(), within: "0".to_owned(), least, years: Vec::new() })
        }
    }
}

/// Whether an earlier pack shows nothing else than this one.
fn shows_the_same(earlier: &PackTables, pack: &PackTables) -> bool {
    earlier.years().iter().all(|(at, cells)| pack.years().get(at) == Some(cells))
}

/// That a pack passes its audit alone, as the cache keeps it.
struct Passing {
    verdicts: KeptVerdicts,
    /// A hash of the pack's tables.
    tables: String,
}

impl Passing {
    /// `None` if the data is not known to be the same in the next run.
    fn of(folder: &Path, project: &Project, data: &Data) -> Option<Self> {
        let version = data.version.as_ref()?;
        let mut tables = Sha256::new();
        for table in pack_tables::table_files(folder) {
            tables.update(Sha256::digest(fs::read(table).ok()?));
        }
        let tables = format!("{:x}", tables.finalize());
        Some(Self { verdicts: KeptVerdicts::of(project, &version.inputs), tables })
    }

    fn is_kept(&self) -> bool {
        self.verdicts.has_passed(&self.tables)
    }

    fn keep(self) {
        self.verdicts.add_passed(self.tables);
    }
}

fn attack(audit: &Audit<'_>, safe: &SafeYears) -> Result<(), PackError> {
    match audit.disclosed_counts_besides(safe).as_slice() {
        [] => Ok(()),
        [first, others @ ..] => Err(exposed(first, others)),
    }
}

/// The error that names what is disclosed, without disclosing it.
fn exposed(first: &DisclosedCount, others: &[DisclosedCount]) -> PackError {
    let DistrictYear { district, year } = &first.at;
    let year = SchoolYear::ending(*year).map_or_else(|_| year.to_string(), |year| year.to_string());
    let years = district_years(first, others);
    let others = others.iter().filter(|other| !is_same_cell(other, first)).count();
    PackError::Exposed {
        what: disclosed_value(&DisclosedValue { series: &first.key.slug(), district, year: &year, others }),
        within: format!("{:.0}", first.high - first.low),
        least: first.required_width as u32,
        years,
    }
}

fn is_same_cell(one: &DisclosedCount, other: &DisclosedCount) -> bool {
    (&one.at, &one.key) == (&other.at, &other.key)
}

/// The districts' years in which something is disclosed, in order.
fn district_years(first: &DisclosedCount, others: &[DisclosedCount]) -> Vec<DistrictYear> {
    let years: BTreeSet<&DistrictYear> = others.iter().map(|other| &other.at).chain([&first.at]).collect();
    years.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{PublicCells, attack};
    use crate::audit::{Audit, SafeYears};
    use crate::catalog::Catalog;
    use crate::disclosure::for_tests::release_all_for_tests;
    use crate::pack::PackError;
    use crate::pack_tables::CellKey;
    use crate::pack_tables::{DistrictYear, PackTables};

    const HEADER: &str =
        "district_id,school_year,measure,group,grade,subject,value,numerator,denominator,n,status\n";

    #[test]
    fn a_pack_that_discloses_a_withheld_value_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let of = |group: &str, value: &str, status: &str| {
            format!("1,2024,enrollment,{group},all,all,{value},,,,{status}\n")
        };
        let shown = |hispanic: (&str, &str)| {
            let rows = [
                of("all", "200", "reported"),
                of("white", "120", "reported"),
                of("hispanic", hispanic.0, hispanic.1),
                of("asian", "", "withheld"),
            ];
            std::fs::create_dir_all(folder.path().join("data")).unwrap();
            std::fs::write(folder.path().join("data/observations.csv"), HEADER.to_owned() + &rows.concat())
                .unwrap();
            std::fs::write(folder.path().join("data/measures.csv"), HEADER).unwrap();
            let catalog = Catalog::embedded().unwrap();
            let pack = PackTables::read(folder.path(), |_| true).unwrap();
            let (earlier, released) = (PackTables::default(), release_all_for_tests(&[], &[]));
            let public = PublicCells::of(&released, [&pack, &earlier]);
            let is_public = |at: &DistrictYear, key: &CellKey| public.has(at, key);
            let audit = Audit {
                pack: &pack,
                earlier: &earlier,
                catalog: &catalog,
                smallest_group: None,
                is_public: &is_public,
            };
            attack(&audit, &SafeYears::default())
        };
        assert!(shown(("", "withheld")).is_ok());
        let Err(error @ PackError::Exposed { .. }) = shown(("73", "reported")) else {
            panic!("it is let through")
        };
        let text = error.to_string();
        assert!(text.contains("enrollment-asian for district 1 in 2023-24"), "{text}");
        assert!(!text.contains('7'), "{text}");
    }
}
