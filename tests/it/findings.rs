//! What is proposed over all districts of the sample and of whole states: enough in each quadrant, no rule everywhere, no story
//! twice, nothing old. With `--nocapture` it prints the figures of CONTRIBUTING.md.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use retreat::catalog::Catalog;
use retreat::domain::{AllDistricts, MeasureKey, Quadrant};
use retreat::finding::{Confidence, Finding, ended};
use retreat::project::Project;
use retreat::run::Session;

use crate::project::root;

/// What is proposed to the districts of one project.
#[derive(Default)]
struct Figures {
    districts: usize,
    /// By quadrant: in how many districts nothing is shown.
    empty: BTreeMap<Quadrant, usize>,
    /// By quadrant: how many items each district is shown.
    shown: BTreeMap<Quadrant, Vec<usize>>,
    /// By rule: in how many districts it heads a shown item.
    heads: BTreeMap<String, usize>,
    tentative: usize,
    all_shown: usize,
    repeated: usize,
    /// Stories that are told in two quadrants of a district about the same students and subject.
    in_two_quadrants: Vec<String>,
    /// What mentions the state's districts, although the data has only some of them.
    beyond_data: Vec<String>,
    old: usize,
    longest: usize,
}

impl Figures {
    /// Of every `step`th district of a project.
    fn of(folder: PathBuf, step: usize) -> Self {
        let project = Project::open(&folder).unwrap();
        let session = Session::read(&project).unwrap();
        let mut figures = Self::default();
        let ids: Vec<String> =
            session.data.released.terms().districts.iter().map(|district| district.id.to_string()).collect();
        for id in ids.iter().step_by(step) {
            let district = session.district(id).unwrap();
            // Nothing is proposed for a district that has closed.
            if ended(&district.comparisons, &project.catalog).is_some() {
                continue;
            }
            let newest =
                district.comparisons.all.iter().filter_map(|one| Some(one.latest()?.year.end())).max();
            if newest.is_some() {
                figures.add(&district.findings().all, newest.unwrap_or_default());
                if district.comparisons.all_districts == AllDistricts::OfData {
                    figures.add_claims(&district.findings().all);
                }
                figures.add_stories(id, &district.findings().all, &project.catalog);
            }
        }
        figures
    }

    fn add(&mut self, all: &[Finding], newest: i32) {
        self.districts += 1;
        let shown: Vec<&Finding> = all.iter().filter(|finding| finding.is_shown).collect();
        for quadrant in Quadrant::ALL {
            let count = shown.iter().filter(|finding| finding.quadrant == quadrant).count();
            *self.empty.entry(quadrant).or_default() += usize::from(count == 0);
            self.shown.entry(quadrant).or_default().push(count);
        }
        let rules: BTreeSet<&String> = shown.iter().map(|finding| &finding.rule).collect();
        for rule in rules {
            *self.heads.entry(rule.clone()).or_default() += 1;
        }
        let mut stories = BTreeSet::new();
        for finding in &shown {
            self.all_shown += 1;
            self.tentative += usize::from(finding.confidence == Confidence::Tentative);
            self.old += usize::from(newest - finding.year.end() > 3);
            assert!(
                finding.brief.contains(": "),
                "the board cannot tell which way: {} {}",
                finding.id,
                finding.brief
            );
            // An amount that stayed the same has not fallen, unless prices count.
            let stayed = finding.statement.contains(" stayed at about ")
                && ["has risen over", "has fallen over"].iter().any(|words| finding.brief.contains(words));
            assert!(!stayed || finding.brief.ends_with("after inflation"), "{}", finding.brief);
            let words = finding.statement.split([' ', '\u{a0}']).count();
            self.longest = self.longest.max(words);
            let is_new = stories.insert((
                finding.quadrant,
                &finding.story,
                &finding.key.group,
                finding.rule.contains("gap"),
            ));
            self.repeated += usize::from(!is_new);
        }
    }

    /// Looks for statements about a state that the data does not have.
    fn add_claims(&mut self, all: &[Finding]) {
        for finding in all {
            let doubts = finding.counter_evidence.iter().map(|doubt| &doubt.text);
            let said = [&finding.statement].into_iter().chain(doubts);
            let beyond = said.filter(|text| {
                ["the state's", "in the state", "state median"].iter().any(|words| text.contains(words))
            });
            self.beyond_data.extend(beyond.cloned());
        }
    }

    /// Looks for stories that are in two quadrants.
    fn add_stories(&mut self, district: &str, all: &[Finding], catalog: &Catalog) {
        let mut quadrants = BTreeMap::new();
        for finding in all {
            let rule = catalog.rules.iter().find(|rule| rule.id == finding.rule);
            let of_survey = if finding.rule.contains("gap") { "gap" } else { "" };
            let aspect = rule.map_or(of_survey, |rule| catalog.findings.aspect_of(&rule.family));
            let MeasureKey { group, grade, subject, .. } = &finding.key;
            let is_apart = catalog.findings.is_apart(&finding.key.measure);
            let told = (&finding.story, aspect, is_apart, group, grade.id(), subject);
            let first = quadrants.entry(told).or_insert(finding);
            if first.quadrant != finding.quadrant {
                self.in_two_quadrants.push(format!("{district}: {} and {}", first.id, finding.id));
            }
        }
    }

    fn percent(&self, part: usize) -> f64 {
        100.0 * part as f64 / self.districts.max(1) as f64
    }

    fn median_shown(&self, quadrant: Quadrant) -> usize {
        let mut counts = self.shown[&quadrant].clone();
        counts.sort_unstable();
        counts[counts.len() / 2]
    }

    fn most_frequent(&self) -> Vec<(&str, f64)> {
        let mut heads: Vec<(&str, f64)> =
            self.heads.iter().map(|(rule, n)| (rule.as_str(), self.percent(*n))).collect();
        heads.sort_by(|a, b| b.1.total_cmp(&a.1));
        heads
    }

    fn print(&self, name: &str) {
        println!("{name}: {} districts", self.districts);
        for quadrant in Quadrant::ALL {
            let (empty, median) = (self.percent(self.empty[&quadrant]), self.median_shown(quadrant));
            println!("  {}: nothing in {empty:.0}%, {median} items at the median", quadrant.id());
        }
        let tentative = 100.0 * self.tentative as f64 / self.all_shown.max(1) as f64;
        println!(
            "  tentative {tentative:.0}% of {} shown, repeated stories {}, old {}, longest statement {} words",
            self.all_shown, self.repeated, self.old, self.longest
        );
        for (rule, percent) in self.most_frequent().iter().take(12) {
            println!("    {rule} {percent:.0}%");
        }
    }
}

#[test]
fn findings_of_all_districts() {
    let mut projects = vec![
        ("sample", root().join("sample_data"), 1),
        ("Texas region", root().join("examples/texas-region"), 1),
    ];
    if std::env::var_os("RETREAT_DATA").is_some() {
        projects.push(("Texas", root().join("examples/texas"), 5));
        projects.push(("Illinois", root().join("examples/illinois"), 3));
    }
    for (name, folder, step) in projects {
        let figures = Figures::of(folder, step);
        figures.print(name);
        assert_eq!((figures.repeated, figures.old), (0, 0), "{name}");
        assert!(figures.beyond_data.is_empty(), "{name}: {:#?}", figures.beyond_data);
        assert!(figures.in_two_quadrants.is_empty(), "{name}: {:#?}", figures.in_two_quadrants);
        assert!(figures.longest <= 25, "{name}");
    }
}
