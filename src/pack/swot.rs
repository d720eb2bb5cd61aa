//! The SWOT candidates as data: `swot/candidates.json` and `.csv`.

use std::error::Error;
use std::io::Write;

use serde::Serialize;

use super::csv_text::{neutral, number, start};
use super::out_file::OutFile;
use crate::domain::Unit;
use crate::finding::{Evidence, Finding, Findings};

const COLUMNS: [&str; 24] = [
    "number",
    "id",
    "quadrant",
    "statement",
    "question",
    "domain",
    "measure",
    "group",
    "grade",
    "subject",
    "value",
    "unit",
    "school_year",
    "comparison",
    "trend",
    "confidence",
    "score",
    "rule",
    "evidence",
    "counter_evidence",
    "evidence_line",
    "doubt_line",
    "story",
    "shown",
];

/// A candidate in the JSON file: the fields of [`COLUMNS`], in their order.
#[derive(Serialize)]
struct CandidateRecord<'a> {
    number: String,
    id: &'a str,
    quadrant: &'a str,
    statement: &'a str,
    question: &'a str,
    domain: &'a str,
    measure: &'a str,
    group: &'a str,
    grade: &'a str,
    subject: &'a str,
    value: f64,
    unit: Unit,
    school_year: i32,
    comparison: &'a str,
    trend: &'a str,
    confidence: &'a str,
    score: f64,
    rule: &'a str,
    evidence: &'a [Evidence],
    counter_evidence: &'a [Evidence],
    evidence_line: &'a str,
    doubt_line: &'a str,
    story: &'a str,
    shown: &'a str,
}

impl<'a> CandidateRecord<'a> {
    fn new(finding: &'a Finding) -> Self {
        Self {
            number: finding.number.to_string(),
            id: &finding.id,
            quadrant: finding.quadrant.id(),
            statement: &finding.statement,
            question: &finding.question,
            domain: &finding.domain,
            measure: &finding.key.measure,
            group: &finding.key.group,
            grade: finding.key.grade.id(),
            subject: &finding.key.subject,
            value: finding.value,
            unit: finding.unit,
            school_year: finding.year.end(),
            comparison: &finding.comparison,
            trend: &finding.trend,
            confidence: finding.confidence.id(),
            score: finding.score,
            rule: &finding.rule,
            evidence: &finding.evidence,
            counter_evidence: &finding.counter_evidence,
            evidence_line: &finding.evidence_line,
            doubt_line: &finding.doubt_line,
            story: &finding.story,
            shown: if finding.is_shown { "yes" } else { "no" },
        }
    }

    fn row(&self) -> [String; 24] {
        [
            cell(&self.number),
            cell(self.id),
            cell(self.quadrant),
            cell(self.statement),
            cell(self.question),
            cell(self.domain),
            cell(self.measure),
            cell(self.group),
            cell(self.grade),
            cell(self.subject),
            number(self.value),
            cell(self.unit.id()),
            self.school_year.to_string(),
            cell(self.comparison),
            cell(self.trend),
            cell(self.confidence),
            number(self.score),
            cell(self.rule),
            cell(&joined(self.evidence)),
            cell(&joined(self.counter_evidence)),
            cell(self.evidence_line),
            cell(self.doubt_line),
            cell(self.story),
            cell(self.shown),
        ]
    }
}

/// A text as a cell that no spreadsheet runs as a formula.
fn cell(text: &str) -> String {
    neutral(text).into_owned()
}

/// `text [file › sheet › cell; …] | text`.
fn joined(evidence: &[Evidence]) -> String {
    evidence.iter().map(evidence_text).collect::<Vec<_>>().join(" | ")
}

fn evidence_text(evidence: &Evidence) -> String {
    match evidence.sources.as_slice() {
        [] => evidence.text.clone(),
        sources => format!("{} [{}]", evidence.text, sources.join("; ")),
    }
}

/// Both files.
pub(super) fn out_files(findings: &Findings) -> [OutFile<'_>; 2] {
    [
        OutFile::new("swot/candidates.json", |out| write_json(findings, out)),
        OutFile::new("swot/candidates.csv", |out| write_csv(findings, out)),
    ]
}

pub(super) fn write_json(
    findings: &Findings,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let candidates: Vec<CandidateRecord<'_>> = findings.all.iter().map(CandidateRecord::new).collect();
    serde_json::to_writer_pretty(&mut *out, &candidates)?;
    Ok(out.write_all(b"\n")?)
}

fn write_csv(findings: &Findings, out: &mut dyn Write) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut rows = start(out, &COLUMNS)?;
    for finding in &findings.all {
        rows.write_record(CandidateRecord::new(finding).row())?;
    }
    Ok(rows.flush()?)
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, write_csv, write_json};
    use crate::pack::fixture;

    #[test]
    fn json_has_the_fields_that_are_promised_in_their_order() {
        let mut out = Vec::new();
        let findings = fixture::pack("Ash 4").findings;
        write_json(&findings, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let places: Vec<usize> =
            COLUMNS.iter().map(|c| text.find(&format!("\n    \"{c}\":")).expect(c)).collect();
        assert!(places.is_sorted());
        let all: serde_json::Value = serde_json::from_str(&text).unwrap();
        let first = &all[0];
        assert_eq!(first.as_object().unwrap().len(), COLUMNS.len());
        assert_eq!(all.as_array().unwrap().len(), findings.all.len());
        assert_eq!(first["school_year"], 2025);
        assert_eq!(first["quadrant"], "strength");
        assert_eq!(first["grade"], "all");
        assert!(first["evidence"][0]["sources"].is_array());
    }

    #[test]
    fn csv_has_the_same_columns_and_joins_the_evidence() {
        let mut out = Vec::new();
        let findings = fixture::pack("Ash 4").findings;
        write_csv(&findings, &mut out).unwrap();
        let mut reader = csv::Reader::from_reader(&out[3..]);
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), COLUMNS);
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), findings.all.len());
        assert!(rows[0][18].contains(" | "), "{}", &rows[0][18]);
        assert_eq!((&rows[0][0], &rows[0][10]), ("S1", "94.7"));
    }
}
