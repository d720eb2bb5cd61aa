//! The charts of the sample: every kind, the longest and the shortest district name.

use std::collections::BTreeMap;

use retreat::chart::{Theme, draw_svg, rasterise};
use retreat::exhibit::{Exhibit, Figure, exhibits};
use retreat::finding::propose;
use retreat::project::Project;
use retreat::run;

use crate::project::root;

fn of(district: &str) -> Vec<Exhibit> {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let data = run::read(&project).unwrap();
    let (comparisons, _) = run::compare(&project, &data, district).unwrap();
    let findings = propose(&comparisons, &project.catalog, &BTreeMap::new());
    exhibits(&comparisons, &findings, &project.catalog).value
}

#[test]
fn each_domain_has_at_least_five_exhibits_whole_in_all_their_parts() {
    let made = of("104018");
    for domain in ["enrollment", "students", "assessment", "finance", "staffing"] {
        let count = made.iter().filter(|e| e.domain == domain).count();
        assert!(count >= 5, "{domain}: {count}");
    }
    for exhibit in &made {
        assert!(!exhibit.headline.is_empty() && !exhibit.alt.is_empty(), "{}", exhibit.id);
        assert!(exhibit.source.starts_with("Source: "), "{}: {:?}", exhibit.id, exhibit.source);
        assert!(exhibit.table.rows.len() > 1, "{}", exhibit.id);
        let width = exhibit.table.columns.len();
        assert!(exhibit.table.rows.iter().all(|r| r.len() == width), "{}", exhibit.id);
    }
}

#[test]
fn a_change_is_never_told_across_a_break() {
    let made = of("104018");
    let gap = made.iter().find(|e| e.id == "reading-gap").unwrap();
    let Figure::Slope(slope) = &gap.figure else { panic!("{:?}", gap.figure) };
    // There are tests since 2015-16; none were given in spring 2020.
    assert_eq!((slope.from.as_str(), slope.to.as_str()), ("2020-21", "2024-25"));
    assert!(
        gap.headline.starts_with("The share of ") && gap.headline.contains("in 2020-21 to"),
        "{}",
        gap.headline
    );
}

#[test]
fn a_chart_is_the_same_at_every_drawing_and_its_picture_has_the_themes_width() {
    let theme = Theme::embedded().unwrap();
    let made = of("104018");
    for exhibit in made.iter().take(6) {
        let svg = draw_svg(exhibit, &theme).unwrap();
        assert_eq!(svg, draw_svg(exhibit, &theme).unwrap());
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", exhibit.id);
        let png = rasterise(&svg, &theme).unwrap();
        // The width stands in bytes 16 to 20 of every PNG.
        assert_eq!(png[16..20], 1800u32.to_be_bytes(), "{}", exhibit.id);
        assert_eq!(png, rasterise(&svg, &theme).unwrap());
    }
}
