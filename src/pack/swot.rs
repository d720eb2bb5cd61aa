//! The SWOT candidates as data: `swot/candidates.json` and `.csv`.

use std::error::Error;
use std::io::Write;

use serde::Serialize;

use super::csv_text::{neutral, number, start};
use super::out_file::OutFile;
use crate::domain::Unit;
use crate::finding::{Evidence, Finding, Findings};

const COLUMNS: [&str; 19] = [
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
];

/// A candidate as it stands in the JSON file: the fields of [`COLUMNS`], in their order.
#[derive(Serialize)]
struct Candidate<'a> {
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
}

impl<'a> Candidate<'a> {
    fn of(finding: &'a Finding) -> Self {
        Self {
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
        }
    }

    fn row(&self) -> [String; 19] {
        let words = |text: &str| neutral(text).into_owned();
        [
            words(self.id),
            words(self.quadrant),
            words(self.statement),
            words(self.question),
            words(self.domain),
            words(self.measure),
            words(self.group),
            words(self.grade),
            words(self.subject),
            number(self.value),
            words(self.unit.id()),
            self.school_year.to_string(),
            words(self.comparison),
            words(self.trend),
            words(self.confidence),
            number(self.score),
            words(self.rule),
            words(&joined(self.evidence)),
            words(&joined(self.counter_evidence)),
        ]
    }
}

/// `text [file › sheet › cell; …] | text`.
fn joined(evidence: &[Evidence]) -> String {
    let one = |e: &Evidence| match e.sources.as_slice() {
        [] => e.text.clone(),
        sources => format!("{} [{}]", e.text, sources.join("; ")),
    };
    evidence.iter().map(one).collect::<Vec<_>>().join(" | ")
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
    let candidates: Vec<Candidate<'_>> = findings.all.iter().map(Candidate::of).collect();
    serde_json::to_writer_pretty(&mut *out, &candidates)?;
    Ok(out.write_all(b"\n")?)
}

fn write_csv(findings: &Findings, out: &mut dyn Write) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut rows = start(out, &COLUMNS)?;
    for finding in &findings.all {
        rows.write_record(Candidate::of(finding).row())?;
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
        assert!(rows[0][17].contains(" | "), "{}", &rows[0][17]);
        assert_eq!(&rows[0][9], "94.7");
    }
}
