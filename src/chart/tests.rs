//! Every kind of chart, with the most difficult input.

use super::canvas::Canvas;
use super::plot::{PlotForm, draw_plot, plot_canvas, theme_of};
use super::{Forms, Theme, canvas, draw, draw_svg};
use crate::domain::Unit;
use crate::exhibit::{
    Band, BarLayout, BarRow, Bars, Basis, DotRow, Dots, Exhibit, Figure, Heat, HeatCell, HeatRow, Line,
    LineRole, LineSeries, SlopeChart, SlopeRow, StackPart, Stacked, Table,
};

const LONGEST: &str = "North Fork–Saint Bartholomew Consolidated Community Unit School District 214";

fn exhibit(figure: Figure) -> Exhibit {
    Exhibit {
        id: "worst".to_owned(),
        code: "T1".to_owned(),
        core: true,
        domain: "staffing".to_owned(),
        topic: "What is it?".to_owned(),
        direction: "higher is better",
        caveat: String::new(),
        age: String::new(),
        definition: String::new(),
        title: format!("What is shown of {LONGEST}"),
        finding: format!(
            "{LONGEST} & <its> finding was 24.1% in 2023-24, above 9 of its 10 peers, and {LONGEST}"
        ),
        sub_line: format!("{LONGEST} <and> its sub-line"),
        figure,
        table: Table::default(),
        note: String::new(),
        basis: Basis::default(),
        source: "Source: a \"file\".xlsx".to_owned(),
        files: String::new(),
        alt: "In <words>".to_owned(),
        notice: String::new(),
        wonder: String::new(),
        series: Vec::new(),
        search: Vec::new(),
        findings: Vec::new(),
    }
}

fn series(role: LineRole, values: &[Option<f64>]) -> LineSeries {
    LineSeries { label: LONGEST.to_owned(), role, values: values.to_vec() }
}

fn line(values: &[Option<f64>], breaks: &[(i32, &str)]) -> Figure {
    let years: Vec<i32> = (2015..).take(values.len()).collect();
    let shifted = |by: f64| values.iter().map(|v| v.map(|v| v + by)).collect::<Vec<_>>();
    Figure::Line(Line {
        unit: Unit::Percent,
        series: vec![
            series(LineRole::District, values),
            series(LineRole::PeerMedian, &shifted(0.1)),
            series(LineRole::State, &shifted(0.2)),
            series(LineRole::Part, &shifted(-0.1)),
        ],
        band: Some(Band {
            label: "b".to_owned(),
            values: values.iter().map(|v| v.map(|v| (v - 1.0, v + 1.0))).collect(),
        }),
        least_span: 0.0,
        breaks: breaks.iter().map(|(y, why)| (*y, (*why).to_owned())).collect(),
        years,
    })
}

fn dots(values: &[f64]) -> Figure {
    let row = |(i, v): (usize, &f64)| DotRow { label: format!("{LONGEST} {i}"), value: *v, chosen: i == 0 };
    let median = Some(("Peer median".to_owned(), values.first().copied().unwrap_or(0.0)));
    let rows = values.iter().enumerate().map(row).collect();
    Figure::Dots(Dots { unit: Unit::Dollars, rows, median, range: None })
}

fn slope(values: &[(f64, f64)]) -> Figure {
    let row = |(i, (from, to)): (usize, &(f64, f64))| SlopeRow {
        label: format!("Group {i} of {LONGEST}"),
        from: *from,
        to: *to,
        strong: i == 0,
    };
    let rows = values.iter().enumerate().map(row).collect();
    Figure::Slope(SlopeChart {
        unit: Unit::Percent,
        from: "2014-15".to_owned(),
        to: "2023-24".to_owned(),
        rows,
    })
}

fn stacked(parts: &[&[Option<f64>]]) -> Figure {
    let columns = parts.first().map_or(0, |p| p.len());
    let part = |(i, v): (usize, &&[Option<f64>])| StackPart {
        label: format!("Part {i} {LONGEST}"),
        values: v.to_vec(),
    };
    Figure::Stacked(Stacked {
        unit: Unit::Percent,
        columns: (0..columns).map(|i| format!("20{:02}-{:02}", i + 10, i + 11)).collect(),
        dollars_of: None,
        parts: parts.iter().enumerate().map(part).collect(),
    })
}

fn bars(values: &[Option<f64>]) -> Figure {
    let row = |(i, v): (usize, &Option<f64>)| BarRow {
        label: format!("{LONGEST} {i}"),
        value: *v,
        absent: v.is_none().then(|| "withheld (fewer than 10)".to_owned()),
        is_of_few: false,
        mark: v.map(|v| v * 0.9),
    };
    let mark = Some("Peer median".to_owned());
    Figure::Bars(Bars {
        unit: Unit::Count,
        rows: values.iter().enumerate().map(row).collect(),
        own: LONGEST.to_owned(),
        mark,
        layout: BarLayout::Rows,
    })
}

fn heat(rows: usize, columns: usize) -> Figure {
    let cell = |i: usize| {
        (i % 4 != 3).then(|| HeatCell { text: "$12,345".to_owned(), shade: Some(i as f64 / 6.0 - 1.0) })
    };
    let row =
        |r: usize| HeatRow { label: LONGEST.to_owned(), cells: (0..columns).map(|c| cell(r + c)).collect() };
    Figure::Heat(Heat {
        columns: (0..columns).map(|i| format!("20{:02}-{:02}", i + 10, i + 11)).collect(),
        of_years: true,
        rows: (0..rows).map(row).collect(),
        ends: ("less favorable than all peers".to_owned(), "more favorable than all peers".to_owned()),
    })
}

/// A heat map whose columns have a long name.
fn named(figure: Figure, name: &str) -> Figure {
    match figure {
        Figure::Heat(heat) => {
            let columns = heat.columns.iter().map(|_| name.to_owned()).collect();
            Figure::Heat(Heat { columns, of_years: false, ..heat })
        }
        other => other,
    }
}

fn worst() -> Vec<Exhibit> {
    let some = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
    let falling = some(&(0..12).map(|i| 60.0 - f64::from(i)).collect::<Vec<_>>());
    let figures = vec![
        line(
            &falling,
            &[(2020, "redesigned state test"), (2024, "new cut scores that are explained at length here")],
        ),
        line(&[None, Some(5.0), None, Some(5.0), None], &[]),
        line(&[None, None], &[]),
        line(&some(&[3.0, 3.0, 3.0]), &[]),
        line(&some(&[-1e9, 1e9]), &[(2016, "x")]),
        dots(&[]),
        dots(&[-5.0]),
        dots(&[1e10, 2e10, 3.0, 3.0, 3.0]),
        dots(&(0..30).map(f64::from).collect::<Vec<_>>()),
        slope(&[]),
        slope(&[(1.0, 1.0)]),
        slope(&[(10.0, 10.1), (10.0, 10.2), (10.0, 10.0), (50.0, 0.0), (10.1, 10.0), (9.9, 10.0)]),
        stacked(&[]),
        stacked(&[&[Some(60.0), None], &[Some(40.0), Some(100.0)], &[Some(0.0), Some(0.001)], &[None, None]]),
        stacked(&[&[Some(10.0); 14][..]; 10]),
        bars(&[]),
        bars(&[None, Some(0.0), Some(-20.0), Some(1e7)]),
        bars(&[Some(5.0); 30]),
        heat(0, 0),
        heat(1, 1),
        heat(12, 8),
        named(heat(10, 6), "Students with disabilities"),
        named(heat(10, 9), LONGEST),
    ];
    figures.into_iter().map(exhibit).collect()
}

#[test]
fn only_the_forms_that_are_wanted_are_drawn() {
    let theme = Theme::embedded().unwrap();
    let exhibit = exhibit(heat(1, 1));
    let both = draw(&exhibit, &theme, Forms { outlined: true, png: true }).unwrap();
    let alone = draw(&exhibit, &theme, Forms::default()).unwrap();
    assert!(both.png.is_some_and(|png| png.starts_with(b"\x89PNG")) && alone.png.is_none());
    assert!(both.outlined.is_some() && alone.outlined.is_none());
    assert_eq!(both.bare, alone.bare);
}

#[test]
fn an_outlined_drawing_needs_no_font_and_says_what_it_shows() {
    let theme = Theme::embedded().unwrap();
    for exhibit in worst() {
        let drawing = draw(&exhibit, &theme, Forms { outlined: true, png: false }).unwrap();
        let svg = drawing.outlined.unwrap();
        assert!(!svg.contains("<text") && !svg.contains("font-family"), "{svg}");
        assert!(
            svg.contains("role=\"img\"") && svg.contains("<desc id=\"worst-desc\">In &lt;words&gt;</desc>")
        );
        resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).unwrap();
    }
}

#[test]
fn any_figure_is_an_image_that_can_be_read_and_the_same_each_time() {
    let theme = Theme::embedded().unwrap();
    for exhibit in worst() {
        let svg = draw_svg(&exhibit, &theme).unwrap();
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{:?}", exhibit.figure);
        resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).unwrap();
        assert_eq!(svg, draw_svg(&exhibit, &theme).unwrap());
        assert!(svg.contains("role=\"img\"") && svg.contains("<title id=\"worst-title\">"));
    }
}

#[test]
fn parts_of_a_whole_end_at_the_whole_and_at_the_last_column() {
    let drawn = |parts: &[&[Option<f64>]]| {
        let theme = Theme::embedded().unwrap();
        let page = canvas(&exhibit(stacked(parts)), &theme).unwrap();
        page.text_boxes().iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n")
    };
    // Individually rounded, they add up to 100.3.
    let rounded = drawn(&[&[Some(33.4), Some(60.2)], &[Some(33.4), Some(40.1)], &[Some(33.4), None]]);
    assert!(rounded.contains("100%") && !rounded.contains("120%"), "{rounded}");
    // The last part has no value in the last column: 33.4 is from an earlier year.
    assert!(rounded.contains("60.2%  Part 0") && rounded.contains("–  Part 2"), "{rounded}");
    assert!(!rounded.contains("33.4%  Part"), "{rounded}");
    // Parts that add up to more do not make one whole.
    assert!(drawn(&[&[Some(70.0)], &[Some(40.0)]]).contains("150%"));
}

#[test]
fn no_text_leaves_the_page_or_overlaps_another() {
    let theme = Theme::embedded().unwrap();
    let mut faults = Vec::new();
    for (number, exhibit) in worst().iter().enumerate() {
        let page = canvas(exhibit, &theme).unwrap();
        faults.extend(text_faults(&page, &theme).iter().map(|fault| format!("{number}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The texts that leave the page or lie on another.
fn text_faults(page: &Canvas<'_>, theme: &Theme) -> Vec<String> {
    let mut faults = Vec::new();
    let boxes = page.text_boxes();
    for (i, (a, text)) in boxes.iter().enumerate() {
        if a.left < 0.0 || a.top < 0.0 || a.right > theme.page.width || a.bottom > page.height {
            faults.push(format!("{text:?} leaves the page ({:.0}..{:.0})", a.left, a.right));
        }
        for (b, other) in &boxes[i + 1..] {
            let over = |low_a: f64, high_a: f64, low_b: f64, high_b: f64| {
                high_a.min(high_b) - low_a.max(low_b) > 1.0
            };
            if over(a.left, a.right, b.left, b.right) && over(a.top, a.bottom, b.top, b.bottom) {
                faults.push(format!("{text:?} lies on {other:?}"));
            }
        }
    }
    faults
}

const NAMES: [&str; 3] = [
    "SAT or ACT participation",
    "SAT or ACT results at or above the college-ready criterion",
    "Teachers with more than 30 years of experience",
];

fn named_pairs() -> Figure {
    let mut rows = Vec::new();
    for label in NAMES {
        let (label, value, mark) = (label.to_owned(), Some(41.9), Some(38.0));
        rows.push(BarRow { label, value, absent: None, is_of_few: false, mark });
    }
    Figure::Bars(Bars {
        unit: Unit::Percent,
        rows,
        own: "Beeville ISD".to_owned(),
        mark: Some("Peer median".to_owned()),
        layout: BarLayout::Pairs,
    })
}

#[test]
fn names_of_usual_length_are_whole_in_narrow_bars() {
    let theme = Theme::embedded().unwrap();
    let svg = draw_plot(&named_pairs(), &theme, PlotForm::Narrow).unwrap();
    assert!(!svg.contains('…'), "{svg}");
    for word in ["criterion", "experience"] {
        assert!(svg.contains(word), "{word}: {svg}");
    }
}

/// The texts of a chart on paper, in order.
fn paper_texts(figure: &Figure, form: PlotForm) -> String {
    let svg = draw_plot(figure, &Theme::embedded().unwrap(), form).unwrap();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let texts = document.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
    texts.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A table of one row with a whole number in each column.
fn counted(columns: Vec<String>, of_years: bool) -> Figure {
    let cells = (0..columns.len()).map(|i| Some(HeatCell { text: format!("{i}%"), shade: Some(0.0) }));
    let row = HeatRow { label: "Absence".to_owned(), cells: cells.collect() };
    Figure::Heat(Heat { columns, of_years, rows: vec![row], ends: (String::new(), String::new()) })
}

#[test]
fn paper_shows_every_school_and_says_that_it_leaves_out_years() {
    let schools = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum"];
    let of_schools = counted(schools.map(str::to_owned).to_vec(), false);
    let years = |count: i32| (0..count).map(|i| format!("{}-{}", 2017 + i, 18 + i)).collect::<Vec<_>>();
    for form in [PlotForm::Wide, PlotForm::Narrow] {
        let texts = paper_texts(&of_schools, form);
        for (index, school) in schools.iter().enumerate() {
            let value = format!("{index}%");
            let shown = |text: &str| texts.lines().any(|line| line == text);
            assert!(shown(school) && shown(&value), "{school}: {texts}");
        }
        let texts = paper_texts(&counted(years(8), true), form);
        assert!(texts.contains("2024-25") && !texts.contains("2017-18"), "{texts}");
        assert!(texts.contains("Earlier years are not shown here."), "{texts}");
    }
    assert!(!paper_texts(&counted(years(3), true), PlotForm::Narrow).contains("Earlier years"));
}

#[test]
fn a_narrow_table_has_whole_names() {
    let question = "I have a say in decisions that affect me at school";
    let cells = vec![Some(HeatCell { text: "35%".to_owned(), shade: Some(-1.0) }); 3];
    let row = HeatRow { label: question.to_owned(), cells };
    let columns = ["Families", "Staff", "Students"].map(str::to_owned).to_vec();
    let ends = ("least favorable".to_owned(), "most favorable".to_owned());
    let figure = Figure::Heat(Heat { columns, of_years: false, rows: vec![row; 6], ends });
    let texts = paper_texts(&figure, PlotForm::Narrow);
    assert_eq!(texts.replace('\n', " ").matches(question).count(), 6, "{texts}");
    let theme = theme_of(&Theme::embedded().unwrap(), PlotForm::Narrow, &figure);
    let page = plot_canvas(&figure, &theme, PlotForm::Narrow).unwrap();
    assert_eq!(text_faults(&page, &theme), Vec::<String>::new());
}

#[test]
fn a_narrow_slope_has_whole_names_and_no_text_on_another() {
    let names = ["Families", "Staff", "Students"].map(|who| format!("{who}: Communication with families"));
    let row = |(i, label): (usize, &String)| {
        let from = 82.8 - i as f64 / 2.0;
        SlopeRow { label: label.clone(), from, to: from - 2.7, strong: false }
    };
    let figure = Figure::Slope(SlopeChart {
        unit: Unit::Percent,
        from: "spring 2024".to_owned(),
        to: "spring 2025".to_owned(),
        rows: names.iter().chain(&names).chain(&names[..1]).enumerate().map(row).collect(),
    });
    let texts = paper_texts(&figure, PlotForm::Narrow);
    assert!(!texts.contains('…'), "{texts}");
    let said = texts.replace('\n', " ");
    for name in &names {
        assert!(said.contains(name.as_str()), "{name}: {said}");
    }
    // Only the years are left of the values, and names are said once.
    assert_eq!(said.matches("Families:").count(), 3, "{said}");
    let theme = theme_of(&Theme::embedded().unwrap(), PlotForm::Narrow, &figure);
    let page = plot_canvas(&figure, &theme, PlotForm::Narrow).unwrap();
    assert_eq!(text_faults(&page, &theme), Vec::<String>::new());
}

#[test]
fn colors_mean_the_same_as_on_slides() {
    let theme = Theme::embedded().unwrap();
    let parts = draw_svg(&exhibit(stacked(&[&[Some(60.0)], &[Some(40.0)]])), &theme).unwrap();
    assert!(parts.contains("#B34700") && parts.contains("#00755A") && !parts.contains("#0072B2"), "{parts}");
    for layout in [BarLayout::Rows, BarLayout::Columns] {
        let Figure::Bars(figure) = bars(&[Some(5.0), Some(7.0)]) else { panic!() };
        let ours = draw_svg(&exhibit(Figure::Bars(Bars { layout, ..figure })), &theme).unwrap();
        assert!(ours.contains("fill=\"#0B4F8A\"") && !ours.contains("#6F8DAB"), "{ours}");
    }
}

#[test]
fn a_first_value_is_not_written_over_the_edge_of_the_band() {
    let Figure::Line(mut falling) = line(&[Some(60.4), Some(59.4), Some(58.4)], &[]) else { panic!() };
    falling.series.truncate(1);
    falling.least_span = 12.0;
    falling.band = None;
    assert!(paper_texts(&Figure::Line(falling.clone()), PlotForm::Wide).lines().any(|text| text == "60.4%"));
    let edges = vec![Some((61.4, 64.0)); 3];
    falling.band = Some(Band { label: "b".to_owned(), values: edges });
    assert!(!paper_texts(&Figure::Line(falling), PlotForm::Wide).lines().any(|text| text == "60.4%"));
}
