//! The charts of the sample: every kind, with the longest and the shortest district name.

use retreat::chart::{PlotForm, Theme, draw_plot, draw_svg, rasterize};
use retreat::exhibit::{BarRow, Exhibit, Figure, HeatCell};
use retreat::project::Project;
use retreat::run;

use crate::project::{Made, root};

fn of(district: &str) -> Vec<Exhibit> {
    let project = Project::open(&root().join("sample_data")).unwrap();
    let session = run::Session::read(&project).unwrap();
    session.district(district).unwrap().exhibits().value.clone()
}

#[test]
fn each_domain_has_at_least_five_exhibits_whole_in_all_their_parts() {
    let made = of("104018");
    for domain in ["enrollment", "students", "assessment", "finance", "staffing"] {
        let count = made.iter().filter(|e| e.domain == domain).count();
        assert!(count >= 5, "{domain}: {count}");
    }
    for exhibit in &made {
        assert!(!exhibit.sub_line.is_empty() && !exhibit.alt.is_empty(), "{}", exhibit.id);
        assert!(exhibit.source.starts_with("Source: "), "{}: {:?}", exhibit.id, exhibit.source);
        assert!(exhibit.table.rows.len() > 1, "{}", exhibit.id);
        let width = exhibit.table.columns.len();
        assert!(exhibit.table.rows.iter().all(|r| r.len() == width), "{}", exhibit.id);
    }
}

#[test]
fn a_change_is_never_stated_across_a_break() {
    let made = of("104018");
    let gap = made.iter().find(|e| e.id == "reading-gap").unwrap();
    let Figure::Slope(slope) = &gap.figure else { panic!("{:?}", gap.figure) };
    // There have been tests since 2015-16; none were given in spring 2020.
    assert_eq!((slope.from.as_str(), slope.to.as_str()), ("2020-21", "2024-25"));
    assert!(gap.note.contains("Values for 2020-21 to 2024-25"), "{}", gap.note);
    let finding = "Reading proficiency has not clearly changed for any student group since 2020-21";
    assert_eq!(gap.finding, finding);
}

/// A finding of a project with these attendance rates.
fn finding(exhibit: &str, rates: &[(&str, i32, f64, &str)]) -> String {
    exhibit_of(exhibit, rates).finding
}

/// An exhibit of a project with these attendance rates: group, year, rate, number of students (or none).
fn exhibit_of(exhibit: &str, rates: &[(&str, i32, f64, &str)]) -> Exhibit {
    let mut table = "ID,District,Year,Group,Rate,N\n".to_owned();
    for (group, year, rate, n) in rates {
        table.push_str(&format!("1,Ash,{year},{group},{rate},{n}\n"));
    }
    let layout = r#"
id = "made"
label = "Made up"
authority = "made up"
public = true
[year]
from = "column"
column = ["Year"]
means = "end"
[district]
id = ["ID"]
name = ["District"]
[[part]]
part = "group"
column = ["Group"]
[[column]]
name = ["Rate"]
measure = "attendance-rate"
weight = ["N"]
"#;
    exhibit_read(exhibit, &table, layout)
}

/// An exhibit of district 1 in a project with one table.
fn exhibit_read(exhibit: &str, table: &str, layout: &str) -> Exhibit {
    let made = Made::new().layout("made.toml", layout).write("made.csv", table.as_bytes(), "made.toml");
    let project = made.open("1");
    let session = run::Session::read(&project).unwrap();
    let made = session.district("1").unwrap().exhibits().value.clone();
    made.into_iter().find(|e| e.id == exhibit).unwrap()
}

/// A layout of one row a year, with money and enrollment under the ids of their measures.
const MONEY: &str = r#"
id = "made"
label = "Made up"
authority = "made up"
public = true
[year]
from = "column"
column = ["Year"]
means = "end"
[district]
id = ["ID"]
name = ["District"]
[[column]]
name = ["Students"]
measure = "enrollment"
[[column]]
name = ["Local"]
measure = "local-revenue"
[[column]]
name = ["State"]
measure = "state-revenue"
[[column]]
name = ["Federal"]
measure = "federal-revenue"
[[column]]
name = ["Total"]
measure = "total-revenue"
"#;

#[test]
fn a_student_group_is_counted_if_its_change_is_notable_and_never_named() {
    let told = |[first, second]: [f64; 2], n: &str| {
        let rates = [("Hispanic", 2023, 93.0, n), ("Hispanic", 2024, first, n)];
        let others = [("White", 2023, 93.0, n), ("White", 2024, second, n)];
        finding("attendance-by-group", &[rates, others].concat())
    };
    // 0.2 points is less than the one point that is meaningful.
    let little = "Since 2022-23, attendance has changed little in every student group shown";
    assert_eq!(told([92.8, 92.9], "4000"), little);
    // 2 points is more, but not for 40 students (Newcombe's interval for 95.0 - 93.0% includes 0).
    let unclear = "Attendance has not clearly changed for any student group since 2022-23";
    assert_eq!(told([91.0, 92.9], "40"), unclear);
    let fell = "Since 2022-23, attendance has fallen in one of the two student groups shown";
    for n in ["4000", ""] {
        assert_eq!(told([91.0, 92.9], n), fell);
    }
    let both = "Since 2022-23, attendance has fallen in both student groups shown";
    assert_eq!(told([91.0, 91.0], "4000"), both);
    // 5 points among 40 students may be chance.
    let of = |group, year, rate, n| (group, year, rate, n);
    let mixed = finding(
        "attendance-by-group",
        &[
            of("Hispanic", 2023, 93.0, "4000"),
            of("Hispanic", 2024, 91.0, "4000"),
            of("White", 2023, 93.0, "40"),
            of("White", 2024, 88.0, "40"),
        ],
    );
    assert_eq!(mixed, fell);
}

#[test]
fn every_note_gives_years_method_and_n() {
    for exhibit in of("104018") {
        let (basis, note) = (&exhibit.basis, &exhibit.note);
        let (first, last) = basis.window.unwrap();
        assert!(note.contains(&first.to_string()) && note.contains(&last.to_string()), "{}", exhibit.id);
        assert!(!basis.method.is_empty() && note.contains(basis.method), "{}: {note}", exhibit.id);
        assert_eq!(
            basis.people.is_some(),
            note.contains("; the latest are based on ") || note.contains("; they are based on "),
            "{}: {note}",
            exhibit.id
        );
        assert_eq!(basis.peers.is_some(), note.contains("have a value in the latest year"), "{}", exhibit.id);
        for (count, word) in [(basis.masked, "masked by the publisher"), (basis.withheld, "withheld here")] {
            assert_eq!(count > 0, note.contains(word), "{}: {note}", exhibit.id);
        }
    }
}

#[test]
fn a_chart_is_the_same_at_every_drawing_and_its_picture_has_the_themes_width() {
    let theme = Theme::embedded().unwrap();
    let made = of("104018");
    for exhibit in made.iter().take(6) {
        let svg = draw_svg(exhibit, &theme).unwrap();
        assert_eq!(svg, draw_svg(exhibit, &theme).unwrap());
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", exhibit.id);
        let png = rasterize(&svg, &theme).unwrap();
        // The width is in bytes 16 to 20 of every PNG.
        assert_eq!(png[16..20], 1800u32.to_be_bytes(), "{}", exhibit.id);
        assert_eq!(png, rasterize(&svg, &theme).unwrap());
    }
}

#[test]
fn a_target_is_drawn_as_a_line_across_all_years() {
    let toml = std::fs::read_to_string(root().join("sample_data/retreat.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for file in ["assessment.xlsx", "enrollment.xlsx", "finance.xlsx", "staffing.xlsx"] {
        std::fs::copy(root().join("sample_data").join(file), folder.path().join(file)).unwrap();
    }
    std::fs::create_dir(folder.path().join("layouts")).unwrap();
    for file in std::fs::read_dir(root().join("sample_data/layouts")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.path().join("layouts").join(file.file_name())).unwrap();
    }
    let target = "\n[targets]\nteacher-turnover = { value = 12, year = 2028 }\n";
    std::fs::write(folder.path().join("retreat.toml"), toml + target).unwrap();
    let project = Project::open(folder.path()).unwrap();
    let session = run::Session::read(&project).unwrap();
    let district = session.district("104018").unwrap();
    let turnover = district.exhibits().value.iter().find(|exhibit| exhibit.id == "teacher-turnover").unwrap();
    let Figure::Line(line) = &turnover.figure else { panic!("{:?}", turnover.figure) };
    let target = line.series.iter().find(|series| series.label == "Target for 2027-28").unwrap();
    assert!(target.values.iter().all(|value| *value == Some(12.0)));
}

#[test]
fn a_public_rate_of_fewer_than_ten_people_is_in_no_bar() {
    let rates = [("All", 2024, 94.0, "200"), ("White", 2024, 95.0, "150"), ("Black", 2024, 88.0, "8")];
    let exhibit = exhibit_of("chronic-absenteeism-by-group", &rates);
    let Figure::Bars(bars) = &exhibit.figure else { panic!("{:?}", exhibit.figure) };
    let of = |label: &str| bars.rows.iter().find(|row| row.label == label).unwrap();
    assert_eq!(of("White").value, Some(95.0));
    assert_eq!((of("Black").value, of("Black").absent.as_deref()), (None, Some("fewer than 10 people")));
    // Nor is their number in the notes, on the placemat, or in the guide.
    assert_eq!(exhibit.basis.people, Some((150.0, 200.0)));
}

#[test]
fn small_charts_without_data_are_named_and_the_title_names_only_those_drawn() {
    let rates: Vec<(&str, i32, f64, &str)> =
        (2018..2025).map(|year| ("All", year, 94.0 + f64::from(year % 3) / 10.0, "200")).collect();
    let exhibit = exhibit_of("attendance", &rates);
    assert_eq!(exhibit.title, "Attendance rate");
    assert!(
        exhibit.note.contains("Not shown for lack of data: Chronically absent students."),
        "{}",
        exhibit.note
    );
}

#[test]
fn a_rate_of_ten_to_nineteen_people_is_a_hatched_bar_and_says_so() {
    let rates = [("All", 2024, 94.0, "200"), ("White", 2024, 95.0, "20"), ("Black", 2024, 88.0, "19")];
    let exhibit = exhibit_of("chronic-absenteeism-by-group", &rates);
    let Figure::Bars(bars) = &exhibit.figure else { panic!("{:?}", exhibit.figure) };
    let hatched: Vec<&str> =
        bars.rows.iter().filter(|row| row.is_of_few).map(|row| row.label.as_str()).collect();
    assert_eq!(hatched, ["Black (fewer than 20)"]);
}

#[test]
fn a_public_rate_of_fewer_than_ten_people_is_a_gap_in_a_line() {
    let rates: Vec<(&str, i32, f64, &str)> = (2018..2025)
        .map(|year| ("All", year, 94.0, if year == 2020 || year == 2024 { "8" } else { "200" }))
        .collect();
    let exhibit = exhibit_of("attendance", &rates);
    let Figure::Panels(panels) = &exhibit.figure else { panic!("{:?}", exhibit.figure) };
    let Figure::Line(line) = &panels[0].figure else { panic!("{:?}", panels[0].figure) };
    assert_eq!(line.years, (2018..=2023).collect::<Vec<i32>>());
    let shown: Vec<bool> = line.series[0].values.iter().map(Option::is_some).collect();
    assert_eq!(shown, [true, true, false, true, true, true]);
}

#[test]
fn revenue_by_source_is_whole_in_dollars_of_the_latest_year() {
    let table = "ID,District,Year,Students,Local,State,Federal,Total\n\
                 1,Ash,2022,1000,6000000,3000000,1000000,10000000\n\
                 1,Ash,2023,1000,6000000,3000000,1000000,12000000\n";
    let exhibit = exhibit_read("revenue-by-source", table, MONEY);
    let Figure::Stacked(stacked) = &exhibit.figure else { panic!("{:?}", exhibit.figure) };
    let parts: Vec<&str> = stacked.parts.iter().map(|part| part.label.as_str()).collect();
    assert_eq!(
        parts,
        [
            "Local tax revenue per student",
            "State revenue per student",
            "Federal revenue per student",
            "Other"
        ]
    );
    // The latest year is as published; the year before is in its dollars: prices rose by the same factor for every part.
    let latest: Vec<Option<f64>> = stacked.parts.iter().map(|part| part.values[1]).collect();
    assert_eq!(latest, [6000.0, 3000.0, 1000.0, 2000.0].map(Some));
    let before = stacked.parts[0].values[0].unwrap();
    assert!(before > 6000.0 * 1.02, "{before}");
    let sum: f64 = stacked.parts.iter().filter_map(|part| part.values[0]).sum();
    assert!((sum - before / 0.6).abs() < 1e-6, "{sum}");
    assert_eq!(exhibit.title, "Revenue per student by source, in 2022-23 dollars");
    assert_eq!(exhibit.table.columns.last().unwrap(), "Revenue per student");
}

#[test]
fn the_range_of_similar_districts_in_words_is_without_ours() {
    let mut seen = 0;
    for exhibit in of("104018") {
        let Figure::Dots(dots) = &exhibit.figure else { continue };
        let peers: Vec<f64> = dots.rows.iter().filter(|row| !row.chosen).map(|row| row.value).collect();
        let low = dots.unit.format(peers.iter().copied().fold(f64::INFINITY, f64::min));
        let high = dots.unit.format(peers.iter().copied().fold(f64::NEG_INFINITY, f64::max));
        let range = format!(", from {low} to {high}.");
        assert!(exhibit.alt.ends_with(&range), "{}: {:?}", exhibit.id, exhibit.alt);
        seen += 1;
    }
    assert!(seen > 1);
}

#[test]
fn each_small_chart_has_words_of_its_own() {
    let mut seen = 0;
    for exhibit in of("104018") {
        let Figure::Panels(panels) = &exhibit.figure else { continue };
        let mut texts: Vec<&str> = panels.iter().map(|panel| panel.alt.as_str()).collect();
        assert!(panels.iter().all(|panel| panel.alt.contains(panel.title.as_str())), "{texts:?}");
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), panels.len(), "{}", exhibit.id);
        seen += 1;
    }
    assert!(seen > 1);
}

#[test]
fn learning_in_one_table_begins_with_reading_and_math() {
    let exhibits = of("104018");
    let learning = exhibits.iter().find(|exhibit| exhibit.id == "assessment-at-a-glance").unwrap();
    let Figure::Heat(heat) = &learning.figure else { panic!("{:?}", learning.figure) };
    let rows: Vec<&str> = heat.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(rows[..2], ["Proficiency, reading", "Proficiency, mathematics"], "{rows:?}");
    assert!(rows.len() > 2, "{rows:?}");
}

/// Whether a chart has exactly this text as a label.
fn has_text(drawn: &str, text: &str) -> bool {
    drawn.lines().any(|line| line == text)
}

/// On paper, charts are narrower than on the page.
#[test]
fn the_reason_of_a_break_is_whole_on_paper() {
    let exhibits = of("104018");
    let reading = exhibits.iter().find(|exhibit| exhibit.id == "reading-grade-3").unwrap();
    let drawn = draw_plot(&reading.figure, &Theme::embedded().unwrap(), PlotForm::Wide).unwrap();
    assert!(has_text(&drawn, "no state tests in spring 2020"), "{drawn}");
}

#[test]
fn the_names_of_peers_are_whole_on_paper() {
    let exhibits = of("104018");
    let taxes = exhibits.iter().find(|exhibit| exhibit.id == "taxes").unwrap();
    let drawn = draw_plot(&taxes.figure, &Theme::embedded().unwrap(), PlotForm::Narrow).unwrap();
    assert!(!drawn.contains('…'), "{drawn}");
}

/// Early grades leave less room for each name.
#[test]
fn the_names_of_many_grades_are_whole_on_paper() {
    let exhibits = of("104018");
    let grades = exhibits.iter().find(|exhibit| exhibit.id == "enrollment-by-grade").unwrap();
    let Figure::Bars(mut bars) = grades.figure.clone() else { panic!("{:?}", grades.figure) };
    for grade in ["PK", "EE"] {
        let row = BarRow { label: grade.to_owned(), ..bars.rows[0].clone() };
        bars.rows.insert(0, row);
    }
    let theme = Theme::embedded().unwrap();
    let drawn = draw_plot(&Figure::Bars(bars), &theme, PlotForm::Wide).unwrap();
    assert!(has_text(&drawn, "1") && has_text(&drawn, "12") && !drawn.contains('…'), "{drawn}");
}

#[test]
fn a_table_says_once_that_a_row_is_in_years() {
    let exhibits = of("104018");
    let staffing = exhibits.iter().find(|exhibit| exhibit.id == "staffing-at-a-glance").unwrap();
    let Figure::Heat(heat) = &staffing.figure else { panic!("{:?}", staffing.figure) };
    let row = heat.rows.iter().find(|row| row.label == "Average teacher experience, in years");
    let row = row.unwrap_or_else(|| panic!("{:?}", heat.rows));
    assert!(row.cells.iter().flatten().all(|cell| !cell.text.contains("years")), "{row:?}");
    assert!(staffing.table.rows.iter().any(|cells| cells[0].text() == row.label));
}

/// The marks of a table's latest cells say what its last column says, and what the sentence above it counts.
#[test]
fn marked_cells_are_those_that_the_sentence_counts() {
    let mut seen = 0;
    for exhibit in of("104018") {
        let Figure::Heat(heat) = &exhibit.figure else { continue };
        if exhibit.table.columns.last().map(String::as_str) != Some("Latest year, compared with peers") {
            continue;
        }
        let [mut better, mut worse] = [0; 2];
        for (drawn, row) in heat.rows.iter().zip(&exhibit.table.rows) {
            let latest = drawn.cells.iter().rev().flatten().next().unwrap();
            let word = match latest.shade {
                None => "not compared",
                Some(shade) if shade >= HeatCell::MARKED => "better than most",
                Some(shade) if shade <= -HeatCell::MARKED => "worse than most",
                Some(shade) => {
                    assert!(shade.abs() < f64::EPSILON, "{}: {shade}", exhibit.id);
                    "in the middle"
                }
            };
            assert_eq!(row.last().unwrap().text(), word, "{}: {}", exhibit.id, drawn.label);
            better += usize::from(word == "better than most");
            worse += usize::from(word == "worse than most");
        }
        let numbers = ["none", "one", "two", "three", "four", "five"];
        if better.max(worse) < numbers.len() && exhibit.finding.contains(" measures") {
            let finding = exhibit.finding.to_lowercase();
            let said = match (better, worse) {
                (0, 0) => vec!["none of".to_owned()],
                (_, 0) => vec!["better".to_owned(), format!("in {} of", numbers[better])],
                (0, _) => vec!["worse".to_owned(), format!("in {} of", numbers[worse])],
                _ => vec![
                    format!("{} of", numbers[better]),
                    format!("{} ", numbers[worse]),
                    "worse".to_owned(),
                ],
            };
            assert!(said.iter().all(|part| finding.contains(part)), "{finding}: {said:?}");
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn a_median_that_ends_earlier_says_when_and_one_year_is_no_band() {
    let mut table = "ID,District,Year,Students,Rate\n".to_owned();
    for id in 1..=30 {
        for year in 2018..=2023 {
            // The others have a rate in one year alone.
            let has_rate = id == 1 || year == 2020;
            let rate = if has_rate { format!("{}", 90.0 + f64::from(id % 5) / 2.0) } else { String::new() };
            table.push_str(&format!("{id},District {id},{year},{},{rate}\n", 900 + 17 * id));
        }
    }
    let layout = MONEY
        .replace("[[column]]\nname = [\"Local\"]\nmeasure = \"local-revenue\"", "")
        .replace("[[column]]\nname = [\"State\"]\nmeasure = \"state-revenue\"", "")
        .replace("[[column]]\nname = [\"Federal\"]\nmeasure = \"federal-revenue\"", "")
        .replace(
            "name = [\"Total\"]\nmeasure = \"total-revenue\"",
            "name = [\"Rate\"]\nmeasure = \"attendance-rate\"",
        );
    let exhibit = exhibit_read("attendance", &table, &layout);
    let Figure::Panels(panels) = &exhibit.figure else { panic!("{:?}", exhibit.figure) };
    let Figure::Line(line) = &panels[0].figure else { panic!("{:?}", panels[0].figure) };
    let labels: Vec<&str> = line.series[1..].iter().map(|series| series.label.as_str()).collect();
    assert!(!labels.is_empty() && labels.iter().all(|label| label.ends_with(", 2019-20")), "{labels:?}");
    assert!(line.band.is_none());
}

#[test]
fn words_about_bars_are_true_of_slides_and_of_paper() {
    let (mut bars, mut schools) = (0, 0);
    for exhibit in of("104018") {
        match &exhibit.figure {
            // Paper marks the other districts on the bars, and slides draw bars beside them.
            Figure::Bars(figure) if figure.mark.is_some() && exhibit.sub_line.contains("similar") => {
                assert!(exhibit.sub_line.ends_with(", next to similar districts"), "{}", exhibit.sub_line);
                bars += 1;
            }
            Figure::Panels(panels) => {
                for panel in panels {
                    let Figure::Dots(dots) = &panel.figure else { continue };
                    if dots.rows.len() > 1 && dots.rows.iter().all(|row| row.chosen) {
                        let has_ends = panel.alt.contains(", from ") && panel.alt.contains(" to ");
                        assert!(has_ends || panel.alt.contains(", each at "), "{}", panel.alt);
                        schools += 1;
                    }
                }
            }
            _ => {}
        }
    }
    assert!(bars > 2 && schools > 0, "{bars} {schools}");
}

#[test]
fn many_columns_name_their_grades_in_few_letters() {
    let exhibits = of("104018");
    let grades = exhibits.iter().find(|exhibit| exhibit.id == "enrollment-by-grade").unwrap();
    let Figure::Bars(bars) = &grades.figure else { panic!("{:?}", grades.figure) };
    assert!(bars.rows.len() > 8 && bars.rows.iter().any(|row| row.label == "K"), "{:?}", bars.rows);
    assert!(bars.rows.iter().all(|row| row.label.chars().count() <= 8), "{:?}", bars.rows);
    assert!(grades.table.rows.iter().any(|row| row[0].text() == "Kindergarten"));
    assert!(grades.note.contains("K kindergarten"), "{}", grades.note);
}
