//! `report.json`: what was read, what was decided, what could not be used, and what was written.
//!
//! No time and no path of this machine: the same input gives the same report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::out_file::{OutFile, WrittenFile};
use crate::diagnostic::{Diagnostic, Severity, SourceRead, grouped};
use crate::disk::{FolderKind, Listed, OtherFiles, sha256};
use crate::domain::Quadrant;

/// The program's name, which also marks a folder as one of its packs.
pub const PROGRAM: &str = "retreat";

/// The report file, which identifies a folder as a pack.
pub(super) const FILE: &str = "report.json";

/// The report of one build.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// [`PROGRAM`].
    pub program: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// Title of the retreat.
    pub title: String,
    /// The district.
    pub district: DistrictName,
    /// Whether all data could be used: what the exit code says, also where `--problems-ok` makes it 0.
    pub verdict: BuildVerdict,
    /// The files that were read, in the order of the project.
    pub sources: Vec<SourceRead>,
    /// How many values a later file published again with a different number.
    pub revisions: u64,
    /// The revisions of the district and its peers whose values are public.
    pub revised: Vec<RevisedValue>,
    /// What was decided for the user: the peers' year, matching variables, thresholds of the project.
    pub decisions: Vec<Decision>,
    /// How the numbers are computed.
    pub methods: Vec<MethodDescription>,
    /// The same for people who are not statisticians: what a reader must know, and what the numbers cannot say.
    pub explanations: Vec<ExplanationText>,
    /// How much there is of everything.
    pub counts: Counts,
    /// What each exhibit is based on.
    pub exhibits: Vec<ExhibitReport>,
    /// Exhibits of the catalog that could not be made.
    pub exhibits_left_out: Vec<ExhibitLeftOut>,
    /// Problems in the user's data.
    pub diagnostics: DiagnosticList,
    /// All files of the pack except this one, sorted; filled in by [`super::write`].
    pub files: Vec<WrittenFile>,
}

impl Report {
    /// An empty report of this program's version.
    #[must_use]
    pub fn new(title: impl Into<String>, district: DistrictName) -> Self {
        Self {
            program: PROGRAM,
            version: env!("CARGO_PKG_VERSION"),
            title: title.into(),
            district,
            verdict: BuildVerdict::Complete,
            sources: Vec::new(),
            revisions: 0,
            revised: Vec::new(),
            decisions: Vec::new(),
            methods: Vec::new(),
            explanations: Vec::new(),
            counts: Counts::default(),
            exhibits: Vec::new(),
            exhibits_left_out: Vec::new(),
            diagnostics: DiagnosticList::default(),
            files: Vec::new(),
        }
    }

    /// The same report, with the worse of its verdict and `verdict`.
    #[must_use]
    pub fn at_least(mut self, verdict: BuildVerdict) -> Self {
        self.verdict = self.verdict.max(verdict);
        self
    }
}

/// Whether a build could use all data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BuildVerdict {
    /// All of it; there may be warnings.
    Complete,
    /// Some data, or a file of the pack, was left out.
    WithoutSomeData,
}

impl BuildVerdict {
    /// The verdict on a build, or on a command, that met these problems.
    #[must_use]
    pub fn of(problems: &[Diagnostic]) -> Self {
        let has_error = problems.iter().any(|problem| problem.severity == Severity::Error);
        if has_error { Self::WithoutSomeData } else { Self::Complete }
    }
}

/// A district by its id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DistrictName {
    /// Id, as its publisher writes it.
    pub id: String,
    /// Name.
    pub name: String,
}

/// Something that the program decided or a project changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The subject (`year used to choose the peers`).
    pub what: String,
    /// What was chosen.
    pub chosen: String,
    /// Why.
    pub why: String,
}

/// How a kind of number is computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MethodDescription {
    /// The kind of number (`Trend`).
    pub what: String,
    /// How it is computed.
    pub how: String,
    /// Paper, statute or standard.
    pub source: String,
}

/// One kind of number, explained to people who are not statisticians.
#[derive(Debug, Clone, Serialize)]
pub struct ExplanationText {
    /// What is explained.
    pub title: String,
    /// The paragraphs.
    pub text: Vec<String>,
    /// Examples, exceptions, and what such a number cannot say.
    pub points: Vec<String>,
}

/// How much there is of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Observations of all districts.
    pub observations: u64,
    /// Estimates of all districts.
    pub estimates: u64,
    /// Estimates that this program computed.
    pub derived: u64,
    /// Estimates that this program withholds to protect students.
    pub withheld: u64,
    /// Series of the district that were compared.
    pub comparisons: u64,
    /// SWOT candidates by quadrant.
    pub findings: BTreeMap<Quadrant, u64>,
    /// Exhibits.
    pub exhibits: u64,
}

/// What an exhibit is based on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExhibitReport {
    /// Exhibit id.
    pub id: String,
    /// What it says; empty if nothing.
    pub finding: String,
    /// The values behind that, and what they are compared with.
    pub sub_line: String,
    /// The school year of the earliest value shown, by its end.
    pub first_year: Option<i32>,
    /// The school year of the latest value shown.
    pub last_year: Option<i32>,
    /// The smallest n of the latest values, if known.
    pub n_least: Option<f64>,
    /// The largest n.
    pub n_most: Option<f64>,
    /// If peers are shown: the fewest peers that have a value in a series' latest year.
    pub peers_least: Option<usize>,
    /// The most peers.
    pub peers_most: Option<usize>,
    /// Values of its series that their publisher masks.
    pub masked: u64,
    /// Values of its series that are withheld here.
    pub withheld: u64,
    /// How the values are computed.
    pub method: String,
    /// All of the above, and anything else to know, in words.
    pub note: String,
    /// The sources.
    pub source: String,
}

/// An exhibit of the catalog that could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExhibitLeftOut {
    /// Exhibit id.
    pub id: String,
    /// Why, in plain words.
    pub why: String,
}

/// Problems in the user's data, with similar ones merged, and their number by severity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticList {
    /// Problems that cost some data.
    pub errors: u64,
    /// Problems that were repaired or understood.
    pub warnings: u64,
    /// Things to know.
    pub notes: u64,
    /// The problems, worst first.
    pub all: Vec<Diagnostic>,
}

impl DiagnosticList {
    /// Merges and counts `diagnostics`.
    #[must_use]
    pub fn new(diagnostics: Vec<Diagnostic>) -> Self {
        let all = grouped(diagnostics);
        Self {
            errors: count_of(&all, Severity::Error),
            warnings: count_of(&all, Severity::Warning),
            notes: count_of(&all, Severity::Note),
            all,
        }
    }
}

fn count_of(problems: &[Diagnostic], severity: Severity) -> u64 {
    problems.iter().filter(|problem| problem.severity == severity).map(|problem| problem.count).sum()
}

/// `report.json`.
pub(super) fn out_file(report: &Report) -> OutFile<'_> {
    OutFile::new(FILE, move |out| {
        let text = serde_json::to_string_pretty(report)? + "\n";
        Ok(out.write_all(with_own_hash(&text, HASH_NAME)?.as_bytes())?)
    })
}

/// The name of the report's own hash.
const HASH_NAME: &str = "report_sha256";
/// How the text of a list of files ends.
const END: &str = "\n}\n";

/// What precedes the hash of a list of files in its last line; the hash is that of the list without it.
fn before_hash(name: &str) -> String {
    format!(",\n  \"{name}\": \"")
}

/// The text of a list of files, a JSON object in lines, with its own hash under `name`.
pub(super) fn with_own_hash(text: &str, name: &str) -> std::io::Result<String> {
    let hash = sha256(text.as_bytes())?;
    let body = text.strip_suffix(END).unwrap_or(text);
    Ok(format!("{body}{}{hash}\"{END}", before_hash(name)))
}

/// Whether a list of files is unchanged since it was written; assumed for one without a hash, from an earlier
/// version.
pub(super) fn is_unchanged(text: &str, name: &str) -> bool {
    text.rsplit_once(&before_hash(name)).is_none_or(|(body, hash)| {
        let found = sha256(format!("{body}{END}").as_bytes());
        hash.strip_suffix(&format!("\"{END}")).is_some_and(|hash| found.is_ok_and(|found| found == hash))
    })
}

/// A pack as a folder of this program.
pub(super) const PACK: FolderKind = FolderKind { list: FILE, read: listed, others: OtherFiles::Refused };

/// The files that a report lists, and the report itself unless somebody changed it; `None` if it is not one
/// of our reports.
fn listed(bytes: &[u8]) -> Option<Listed> {
    listed_in(bytes, FILE, |text| is_unchanged(text, HASH_NAME))
}

/// The files that the list with the name `own` names, and the list itself if it `is_unchanged`; `None` if it is not ours.
pub(super) fn listed_in(bytes: &[u8], own: &str, is_unchanged: fn(&str) -> bool) -> Option<Listed> {
    let text = std::str::from_utf8(bytes).ok()?;
    let list: FileList = serde_json::from_str(text).ok()?;
    if list.program != PROGRAM {
        return None;
    }
    let mut files: Listed = list.files.into_iter().map(|file| (file.name, file.sha256)).collect();
    if is_unchanged(text) {
        files.insert(own.to_owned(), sha256(bytes).ok()?);
    } else {
        files.remove(own);
    }
    Some(files)
}

/// The part of a report that lists the pack's files.
#[derive(Deserialize)]
struct FileList {
    program: String,
    #[serde(default)]
    files: Vec<ListedFile>,
}

#[derive(Deserialize)]
struct ListedFile {
    name: String,
    sha256: String,
}

/// A value that a later file revised; the newer one is in the pack.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RevisedValue {
    /// Measure, district and year.
    pub what: String,
    /// The earlier file's value.
    pub older: f64,
    /// Its cell.
    pub older_cell: String,
    /// The later file's value.
    pub newer: f64,
    /// Its cell.
    pub newer_cell: String,
}
