//! What stands where: tables that fit on their slide, and layouts that fit what they hold.

use super::super::heat::heat_tables;
use super::super::layouts::{CHART, SlideLayout};
use super::super::text_size::lines_height;
use super::{Palette, deck, fixture, made, opened};
use crate::domain::Unit;
use crate::exhibit::{DotRow, Dots, Figure, Heat, HeatCell, HeatRow, LineRole, LineSeries, Panel};
use crate::pack::deck::slide::SlideShape;

const LONG: &str =
    "SAT or ACT results at or above the college-ready criterion in all tested subjects of the district";

fn heat(rows: usize, columns: usize, label: &str, heading: &str) -> Heat {
    let cell = HeatCell { text: "91.6%".to_owned(), shade: Some(0.9) };
    let row = HeatRow { label: label.to_owned(), cells: vec![Some(cell); columns] };
    Heat {
        columns: vec![heading.to_owned(); columns],
        of_years: false,
        rows: vec![row; rows],
        ends: ("worse".to_owned(), "better".to_owned()),
    }
}

#[test]
fn tables_fit_on_their_slide_and_cut_no_name() {
    let palette = Palette::embedded().unwrap();
    for (rows, columns, heading) in [
        (1, 8, "2017-18"),
        (9, 8, "2017-18"),
        (12, 3, "2022-23"),
        (11, 5, "Students with disabilities"),
        (60, 6, "x"),
    ] {
        let heat = heat(rows, columns, LONG, heading);
        let tables = heat_tables(&heat, "table", "A table", CHART, &palette);
        let mut shown = 0;
        for table in &tables {
            assert!(table.area.height <= CHART.height + 0.001);
            let needed: f64 = table.heights.iter().sum();
            assert!(needed <= CHART.height + 0.001, "{rows} rows: {needed} inches");
            // The header has room for all of its lines.
            assert!(table.heights[0] >= lines_height(1, 16.0));
            assert_eq!(table.heights.len(), table.rows.len());
            shown += table.rows.len() - 1;
        }
        assert_eq!(shown, rows, "{columns} columns");
    }
}

#[test]
fn a_long_name_of_a_row_is_shown_whole() {
    let pack = made::pack("Ash ISD", vec![Figure::Heat(heat(12, 3, LONG, "2022-23"))]);
    let deck = opened(&pack);
    let mut whole = 0;
    deck.each("ppt/slides/", |_, document| {
        whole += document.descendants().filter(|node| node.text() == Some(LONG)).count();
    });
    assert!(whole >= 12, "{whole} rows have their whole name");
}

#[test]
fn a_slide_with_two_charts_has_the_layout_for_two() {
    let palette = Palette::embedded().unwrap();
    let mut two = 0;
    for pack in [fixture::pack("Ash 4"), made::pack("Ash 4", made::figures("Ash"))] {
        for slide in deck(&pack, &palette).unwrap().sections.iter().flat_map(|section| &section.slides) {
            let charts = slide.shapes.iter().filter(|shape| matches!(shape, SlideShape::Chart(_))).count();
            let is_exhibit = matches!(slide.layout, SlideLayout::Exhibit | SlideLayout::TwoExhibits);
            let is_for_two = slide.layout == SlideLayout::TwoExhibits;
            assert!(!is_exhibit || is_for_two == (charts == 2), "{}", slide.title);
            two += usize::from(is_for_two);
        }
    }
    assert!(two > 0);
}

#[test]
fn a_domain_without_charts_is_named_among_what_is_not_in_the_data() {
    let mut pack = fixture::pack("Ash 4");
    pack.without_exhibits = vec!["Finance of ours".to_owned()];
    let mut rows = 0;
    opened(&pack).each("ppt/slides/", |_, document| {
        let text = super::text_of(document.root_element());
        rows += usize::from(text.contains("Finance of ours0no data that can be shown"));
    });
    assert_eq!(rows, 1);
}

#[test]
fn the_key_to_the_dotted_line_has_the_words_of_its_label() {
    for (label, key) in
        [("State median", "state median"), ("Median of all districts", "median of all districts")]
    {
        let mut pack = fixture::pack("Ash 4");
        for exhibit in pack.sections.iter_mut().flat_map(|section| &mut section.exhibits) {
            let Figure::Line(line) = &mut exhibit.figure else { continue };
            let values = line.series[0].values.clone();
            line.series.push(LineSeries { label: label.to_owned(), role: LineRole::State, values });
        }
        let mut keys = 0;
        opened(&pack).each("ppt/slides/", |_, document| {
            let text = super::text_of(document.root_element());
            keys += usize::from(text.contains(&format!("The dotted purple line is the {key}.")));
        });
        assert_eq!(keys, 1, "{label}");
    }
}

#[test]
fn the_title_of_a_small_chart_is_whole_and_all_charts_stand_at_one_height() {
    let title = "Out-of-school suspensions per 100 students";
    let panel = |title: &str| Panel {
        title: title.to_owned(),
        figure: made::line(8, "Ash"),
        alt: "A chart".to_owned(),
    };
    let figure = Figure::Panels(vec![panel("Dropout rate"), panel("Graduation rate"), panel(title)]);
    let palette = Palette::embedded().unwrap();
    let deck = deck(&made::pack("Ash ISD", vec![figure]), &palette).unwrap();
    let mut slides = deck.sections.iter().flat_map(|section| &section.slides);
    let slide = slides.find(|slide| slide.exhibit.is_some()).unwrap();
    let mut tops = Vec::new();
    let mut titles = Vec::new();
    for shape in &slide.shapes {
        match shape {
            SlideShape::Chart(frame) => tops.push(frame.area.top),
            SlideShape::Text(text) => titles.push(text.clone()),
            SlideShape::Table(_) => {}
        }
    }
    assert!(tops.len() == 3 && tops.iter().all(|top| *top == tops[0]), "{tops:?}");
    let texts = titles.iter().map(|text| format!("{text:?}"));
    let own: Vec<String> = texts.filter(|text| text.contains("Out-of-school")).collect();
    // Once as the name of the shape, once as its text.
    assert!(own.iter().any(|text| text.matches(title).count() == 2), "{own:?}");
    assert!(own.iter().all(|text| !text.contains('…')), "{own:?}");
}

/// The attribute `val` of an element within another.
fn value_in(node: roxmltree::Node<'_, '_>, name: &str) -> Option<String> {
    let found = node.descendants().find(|inner| inner.tag_name().name() == name)?;
    found.attribute("val").map(str::to_owned)
}

/// A small chart of schools, each with 23%.
fn of_schools(names: &[&str]) -> Panel {
    let dot = |name: &&str| DotRow { label: (*name).to_owned(), value: 23.0, chosen: true };
    let dots = Dots {
        unit: Unit::Percent,
        rows: names.iter().map(dot).collect(),
        median: None,
        range: Some([23.0, 44.0]),
    };
    Panel { title: "Type".to_owned(), figure: Figure::Dots(dots), alt: "A chart".to_owned() }
}

#[test]
fn bars_of_one_value_are_equally_long_in_small_charts_of_one_measure() {
    let panels = vec![of_schools(&["Elm", "Oak"]), of_schools(&["Larkspur Valley"])];
    let deck = opened(&made::pack("Ash ISD", vec![Figure::Panels(panels)]));
    let mut axes = Vec::new();
    deck.each("ppt/charts/chart", |_, document| {
        axes.push(["max", "x", "w"].map(|name| value_in(document.root(), name)));
    });
    assert!(axes.len() == 2 && axes[0] == axes[1] && axes[0].iter().all(Option::is_some), "{axes:?}");
}

#[test]
fn the_last_value_before_a_projection_is_labeled_at_its_point() {
    let deck = opened(&made::pack("Ash ISD", vec![made::projection()]));
    let mut seen = 0;
    deck.each("ppt/charts/chart", |_, document| {
        let labels = document.descendants().filter(|node| node.tag_name().name() == "dLbl");
        for label in labels.filter(|label| value_in(*label, "idx").as_deref() == Some("4")) {
            let [x, y] = ["x", "y"].map(|axis| value_in(label, axis).unwrap().parse::<f64>().unwrap());
            assert!(x.abs() < 1e-9, "at the end of the projection: {x}");
            assert!(y < -0.02, "on the line, which falls: {y}");
            seen += 1;
        }
    });
    assert!(seen > 0, "no label at the latest value");
}

#[test]
fn the_reason_of_a_break_is_whole_in_small_charts() {
    let mut panels = Vec::new();
    for title in ["Heron Creek", "Meadowlark", "Prairie View"] {
        let Figure::Line(mut line) = made::line(10, "Ash") else { panic!("a line") };
        line.breaks = vec![(2021, "no state tests were given in spring 2020".to_owned())];
        panels.push(Panel { title: title.to_owned(), figure: Figure::Line(line), alt: "A chart".to_owned() });
    }
    let deck = opened(&made::pack("Ash ISD", vec![Figure::Panels(panels)]));
    let mut whole = 0;
    deck.each("ppt/charts/chart", |name, document| {
        for text in document.descendants().filter_map(|node| node.text()) {
            let words: Vec<&str> = text.split_whitespace().collect();
            whole += usize::from(words.join(" ") == "no state tests were given in spring 2020");
            assert!(!text.contains('…'), "{name}: {text}");
        }
    });
    assert!(whole >= 3, "{whole}");
}
