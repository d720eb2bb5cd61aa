//! The sample: what was planted in it is proposed, and little else.

use std::collections::BTreeMap;

use retreat::domain::{Grade, MeasureKey, Quadrant};
use retreat::finding::{Confidence, Findings, ProjectChoices, propose};
use retreat::project::Project;
use retreat::run;

use crate::project::root;

#[derive(serde::Deserialize)]
struct Planted {
    district: String,
    unremarkable: String,
    planted: Vec<Item>,
}

#[derive(serde::Deserialize)]
struct Item {
    measure: String,
    group: String,
    grade: String,
    subject: String,
    quadrant: String,
}

impl Item {
    fn key(&self) -> MeasureKey {
        MeasureKey {
            measure: self.measure.clone(),
            group: self.group.clone(),
            grade: Grade::parse(&self.grade).unwrap(),
            subject: self.subject.clone(),
        }
    }
}

fn planted() -> Planted {
    let text = std::fs::read_to_string(root().join("tests/cases/sample/planted.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

fn findings(district: &str) -> Findings {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let session = run::Session::read(&project).unwrap();
    let comparisons = session.district(district).unwrap().comparisons;
    propose(&comparisons, &project.catalog, &ProjectChoices::default())
}

/// By itself, or as a part of an item of the same quadrant.
#[test]
fn planted_findings_are_proposed() {
    let planted = planted();
    let findings = findings(&planted.district);
    let mut missed = Vec::new();
    for item in &planted.planted {
        let part = format!(".{}", item.key().slug());
        let found = findings.all.iter().find(|f| {
            let is_part = f.absorbed.iter().any(|absorbed| absorbed.ends_with(&part));
            f.quadrant.id() == item.quadrant && (f.key == item.key() || is_part)
        });
        match found {
            Some(found) if found.confidence <= Confidence::Moderate => {}
            Some(found) => missed.push(format!("{} is only {:?}", found.id, found.confidence)),
            None => missed.push(format!("{} {} {} {}", item.quadrant, item.measure, item.group, item.grade)),
        }
    }
    assert!(missed.is_empty(), "not proposed:\n{}", missed.join("\n"));
}

#[test]
fn little_is_proposed_for_an_unremarkable_district() {
    let findings = findings(&planted().unremarkable);
    let told: Vec<&str> = findings
        .all
        .iter()
        .filter(|f| f.confidence != Confidence::Tentative)
        .map(|f| f.statement.as_str())
        .collect();
    assert!(told.len() <= 3, "{}", told.join("\n"));
}

#[test]
fn statements_are_one_sentence_of_at_most_25_words_with_their_cells() {
    let findings = findings(&planted().district);
    assert!(Quadrant::ALL.iter().all(|q| findings.of(*q).count() > 0));
    for finding in &findings.all {
        let words = finding.statement.split([' ', '\u{a0}']).count();
        assert!(words <= 25, "{words} words: {}", finding.statement);
        assert!(
            finding.statement.ends_with('.') && !finding.statement.contains('{'),
            "{}",
            finding.statement
        );
        let sources: usize = finding.evidence.iter().map(|e| e.sources.len()).sum();
        assert!(sources > 0, "{} names no cell", finding.id);
    }
}

#[test]
fn a_threshold_of_the_project_is_used() {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let session = run::Session::read(&project).unwrap();
    let comparisons = session.district(&planted().district).unwrap().comparisons;
    let thresholds = BTreeMap::from([("graduation-high.level".to_owned(), 99.0)]);
    let changed = ProjectChoices { thresholds, ..ProjectChoices::default() };
    let proposed = |changed: &ProjectChoices| {
        let findings = propose(&comparisons, &project.catalog, changed);
        let is_of_rule = |id: &String| id.starts_with("graduation-high.");
        findings.all.iter().any(|f| is_of_rule(&f.id) || f.absorbed.iter().any(is_of_rule))
    };
    assert!(proposed(&ProjectChoices::default()));
    assert!(!proposed(&changed));
}
