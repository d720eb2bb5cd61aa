//! What the portfolio says of a district: a row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::domain::{DistrictId, Quadrant};
use crate::pack::out_file::WrittenFile;
use crate::pack::report::{BuildVerdict, FILE as REPORT, Report};

/// How the build of a district's pack ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackOutcome {
    /// With all data; there may be warnings.
    Complete,
    /// Without some data.
    WithoutSomeData,
    /// Not at all.
    NotBuilt,
}

impl PackOutcome {
    /// What the program ends with when it builds this pack alone.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Complete => 0,
            Self::WithoutSomeData => 1,
            Self::NotBuilt => 2,
        }
    }
}

impl From<BuildVerdict> for PackOutcome {
    fn from(verdict: BuildVerdict) -> Self {
        match verdict {
            BuildVerdict::Complete => Self::Complete,
            BuildVerdict::WithoutSomeData => Self::WithoutSomeData,
        }
    }
}

/// A break in comparability within the years of a district's series.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PortfolioBreak {
    /// Label of the measure.
    pub measure: String,
    /// The first school year after it, by its end.
    pub school_year: i32,
    /// The reason, in plain words.
    pub why: String,
}

/// What a pack shows of its own district.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictSummary {
    /// Code of the state; absent if nothing says it.
    pub state: Option<String>,
    /// The latest school year of any value, by its end; absent if there is no value.
    pub latest_year: Option<i32>,
    /// How many charts the pack has.
    pub charts: usize,
    /// How many it would have if no data were missing.
    pub charts_wanted: usize,
    /// The labels of the domains without a chart.
    pub without: Vec<String>,
    /// The breaks before the latest values, by measure.
    pub breaks: Vec<PortfolioBreak>,
    /// How many values of the district its pack publishes.
    pub published: u64,
    /// How many its publishers mask.
    pub masked: u64,
    /// How many the pack withholds.
    pub withheld: u64,
}

/// The errors in the data of a pack that concern only other districts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ErrorsElsewhere {
    /// How many there are.
    pub errors: u64,
    /// Whether there are no others.
    pub are_all: bool,
}

/// A district in the portfolio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioRow {
    /// The district's id, as shown.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The folder of its pack, beside that of the portfolio.
    pub folder: String,
    /// How its build ended, as far as it concerns this district.
    pub outcome: PackOutcome,
    /// The exit code of a build of this district alone. It is also 1 if data about other districts alone was left out.
    pub exit: u8,
    /// Why there is no pack, in words; absent if there is one.
    pub not_built: Option<String>,
    /// The file of the pack to open first, in its folder; absent if there is none.
    pub open: Option<String>,
    /// SHA-256 of the pack's report, which lists all other files with theirs; absent if there is no pack.
    pub report_sha256: Option<String>,
    /// What the pack shows.
    #[serde(flatten)]
    pub summary: DistrictSummary,
    /// SWOT candidates by quadrant.
    pub candidates: BTreeMap<Quadrant, u64>,
    /// How many problems cost data of this district, or may have.
    pub errors: u64,
    /// How many were repaired or understood.
    pub warnings: u64,
    /// The problems of this pack alone.
    pub problems: Vec<Diagnostic>,
}

/// The files that people open first, in this order.
const FIRST: [&str; 4] = ["index.html", "retreat-deck.pptx", "retreat-data.xlsx", "print/pre-read.html"];

impl PortfolioRow {
    /// The row of a pack that was built, with its report, its files, the problems of this pack alone, and the errors that do not
    /// concern its district.
    #[must_use]
    pub fn built(
        report: &Report,
        files: &[WrittenFile],
        folder: &str,
        summary: DistrictSummary,
        problems: Vec<Diagnostic>,
        elsewhere: ErrorsElsewhere,
    ) -> Self {
        let of_this_pack = BuildVerdict::of(&problems);
        let alone: PackOutcome = report.verdict.max(of_this_pack).into();
        let outcome = if elsewhere.are_all { of_this_pack.into() } else { alone };
        Self {
            id: report.district.id.clone(),
            name: report.district.name.clone(),
            folder: folder.to_owned(),
            outcome,
            exit: alone.exit_code(),
            not_built: None,
            open: FIRST.into_iter().find(|name| file_named(files, name).is_some()).map(str::to_owned),
            report_sha256: file_named(files, REPORT).map(|file| file.sha256.clone()),
            summary,
            candidates: report.counts.findings.clone(),
            errors: report.diagnostics.errors.saturating_sub(elsewhere.errors),
            warnings: report.diagnostics.warnings,
            problems,
        }
    }

    /// The row of a pack that could not be built, and why.
    #[must_use]
    pub fn not_built(id: &str, name: &str, folder: &str, why: &str) -> Self {
        let outcome = PackOutcome::NotBuilt;
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            folder: folder.to_owned(),
            outcome,
            exit: outcome.exit_code(),
            not_built: Some(why.to_owned()),
            open: None,
            report_sha256: None,
            summary: DistrictSummary::default(),
            candidates: BTreeMap::new(),
            errors: 0,
            warnings: 0,
            problems: Vec::new(),
        }
    }

    /// How many candidates are in a quadrant.
    pub(super) fn in_quadrant(&self, quadrant: Quadrant) -> u64 {
        self.candidates.get(&quadrant).copied().unwrap_or_default()
    }

    /// By what rows are sorted: ids in the order in which they are compared.
    pub(super) fn order(&self) -> (Option<DistrictId>, &str) {
        (DistrictId::new(&self.id), &self.id)
    }

    /// Where the pack's first file is, from the folder of the portfolio; `None` if there is no pack.
    pub(super) fn link(&self) -> Option<String> {
        let open = self.open.as_deref().or(self.report_sha256.as_ref().map(|_| REPORT))?;
        Some(format!("../{}/{open}", self.folder))
    }
}

fn file_named<'f>(files: &'f [WrittenFile], name: &str) -> Option<&'f WrittenFile> {
    files.iter().find(|file| file.name == name)
}
