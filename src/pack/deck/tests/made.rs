//! Packs with a chart of each kind, and with everything that can go wrong in one.

use crate::domain::Unit;
use crate::exhibit::{
    Band, BarLayout, BarRow, Bars, DotRow, Dots, Exhibit, ExhibitCell, Figure, Heat, HeatCell, HeatRow, Line,
    LineRole, LineSeries, Pack, Panel, SlopeChart, SlopeRow, StackPart, Stacked, Table,
};
use crate::pack::fixture;
use crate::wording::exhibit::MASKED;

/// A name of 120 characters with everything that XML and spreadsheets could trip over.
pub(super) fn bad_name() -> String {
    let start = "=1+1 <O'Brien> & \"Ñandú\" ]]> 中文 Ω ";
    format!("{start}{}", "x".repeat(120 - start.chars().count()))
}

pub(super) fn line(years: usize, label: &str) -> Figure {
    let role = [LineRole::District, LineRole::PeerMedian, LineRole::State, LineRole::Published];
    let series = role.into_iter().enumerate().map(|(index, role)| LineSeries {
        label: format!("{label}{index}"),
        role,
        values: (0..years).map(|year| (year != 2).then_some(40.0 + (year * (index + 1)) as f64)).collect(),
    });
    let band = Band {
        label: "Middle half of peers".to_owned(),
        values: (0..years).map(|year| (year > 0).then_some((38.0, 44.0 + year as f64))).collect(),
    };
    let last = 2025;
    Figure::Line(Line {
        least_span: 6.0,
        unit: Unit::Percent,
        years: (0..years as i32).map(|year| last - years as i32 + 1 + year).collect(),
        series: series.collect(),
        band: Some(band),
        breaks: vec![(2022, format!("a new test {label}")), (2024, "another one".to_owned())],
    })
}

pub(super) fn projection() -> Figure {
    let value = |from: usize, to: usize| -> Vec<Option<f64>> {
        (0..9).map(|year| (from..to).contains(&year).then_some(2000.0 - 30.0 * year as f64)).collect()
    };
    let series = |label: &str, role, values| LineSeries { label: label.to_owned(), role, values };
    let band = (0..9).map(|year| (year >= 4).then(|| (1880.0 - 20.0 * (year - 4) as f64, 1880.0))).collect();
    Figure::Line(Line {
        least_span: 0.0,
        unit: Unit::Count,
        years: (2021..2030).collect(),
        series: vec![
            series("Ash 4", LineRole::District, value(0, 5)),
            series("projected", LineRole::Projected, value(4, 9)),
        ],
        band: Some(Band { label: "Projected range".to_owned(), values: band }),
        breaks: Vec::new(),
    })
}

pub(super) fn bars(rows: usize, layout: BarLayout, label: &str) -> Figure {
    let row = |index: usize| BarRow {
        label: format!("{label} {index}"),
        value: (index % 5 != 1).then_some(12.5 + index as f64),
        absent: (index % 5 == 1).then(|| MASKED.to_owned()),
        is_of_few: false,
        mark: (index % 4 != 3).then_some(14.0),
    };
    Figure::Bars(Bars {
        unit: Unit::Percent,
        rows: (0..rows).map(row).collect(),
        own: "Ash 4".to_owned(),
        mark: Some("Peer median".to_owned()),
        layout,
    })
}

fn dots(rows: usize, label: &str) -> Figure {
    let row = |index: usize| DotRow {
        label: format!("{label} {index}"),
        value: 900.0 - index as f64,
        chosen: index == 3,
    };
    Figure::Dots(Dots {
        unit: Unit::Dollars,
        rows: (0..rows).map(row).collect(),
        median: Some(("Peer median".to_owned(), 895.5)),
        range: None,
    })
}

fn slope(rows: usize, label: &str) -> Figure {
    let row = |index: usize| SlopeRow {
        label: format!("{label} {index}"),
        from: 50.0 + index as f64,
        to: 40.0,
        strong: index == 0,
    };
    let rows = (0..rows).map(row).collect();
    Figure::Slope(SlopeChart {
        unit: Unit::Percent,
        from: "2019-20".to_owned(),
        to: "2024-25".to_owned(),
        rows,
    })
}

fn stacked(columns: usize, label: &str) -> Figure {
    let part = |index: usize| StackPart {
        label: format!("{label} {index}"),
        values: (0..columns)
            .map(|column| (index != 2 || column > 0).then_some(20.0 + index as f64))
            .collect(),
    };
    Figure::Stacked(Stacked {
        unit: Unit::Percent,
        columns: (0..columns).map(|column| format!("20{:02}-{:02}", 15 + column, 16 + column)).collect(),
        dollars_of: None,
        parts: (0..4).map(part).collect(),
    })
}

fn heat(rows: usize, columns: usize, label: &str) -> Figure {
    let cell =
        |index: usize| HeatCell { text: format!("${index},000"), shade: Some(index as f64 / 4.0 - 1.0) };
    let row = |index: usize| HeatRow {
        label: format!("{label} {index}"),
        cells: (0..columns).map(|column| (column != 1).then(|| cell(column % 9))).collect(),
    };
    Figure::Heat(Heat {
        columns: (0..columns).map(|column| format!("20{column:02}-xx")).collect(),
        of_years: true,
        rows: (0..rows).map(row).collect(),
        ends: ("worse".to_owned(), "better".to_owned()),
    })
}

fn panels(label: &str) -> Figure {
    let panel = |figure| Panel { title: label.to_owned(), figure, alt: "A chart".to_owned() };
    Figure::Panels(vec![panel(line(10, label)), panel(projection()), panel(dots(11, label))])
}

fn nothing() -> Vec<Figure> {
    let series = vec![LineSeries { label: "Ash 4".to_owned(), role: LineRole::District, values: vec![None] }];
    vec![
        Figure::Line(Line {
            least_span: 0.0,
            unit: Unit::Percent,
            years: vec![2025],
            series,
            band: None,
            breaks: Vec::new(),
        }),
        Figure::Line(Line {
            least_span: 0.0,
            unit: Unit::Percent,
            years: Vec::new(),
            series: Vec::new(),
            band: None,
            breaks: vec![(2020, "x".to_owned())],
        }),
        bars(0, BarLayout::Columns, ""),
        dots(0, ""),
        slope(0, ""),
        stacked(0, ""),
        heat(0, 0, ""),
        Figure::Panels(Vec::new()),
    ]
}

/// Figures of every kind and size, with these names.
pub(super) fn figures(label: &str) -> Vec<Figure> {
    let mut all = vec![
        line(10, label),
        line(3, label),
        projection(),
        bars(5, BarLayout::Rows, label),
        bars(13, BarLayout::Pairs, label),
        bars(14, BarLayout::Columns, label),
        dots(11, label),
        dots(40, label),
        slope(6, label),
        slope(30, label),
        stacked(2, label),
        stacked(10, label),
        heat(12, 5, label),
        heat(30, 14, label),
        panels(label),
    ];
    all.extend(nothing());
    all
}

/// A pack that shows these figures, one exhibit each.
pub(super) fn pack(name: &str, figures: Vec<Figure>) -> Pack {
    let mut pack = fixture::pack(name);
    let pattern = pack.sections[0].exhibits[0].clone();
    let exhibits =
        figures.into_iter().enumerate().map(|(index, figure)| exhibit(&pattern, index, figure, name));
    pack.sections[0].exhibits = exhibits.collect();
    pack.sections.truncate(1);
    pack
}

fn exhibit(pattern: &Exhibit, index: usize, figure: Figure, name: &str) -> Exhibit {
    let row = vec![
        ExhibitCell::Text(name.to_owned()),
        ExhibitCell::Absent(MASKED.to_owned()),
        ExhibitCell::Number(12.5, Unit::Percent),
    ];
    Exhibit {
        id: format!("made-{index}"),
        code: format!("S{}", index + 1),
        core: index % 3 != 2,
        title: name.to_owned(),
        topic: format!("What of {name}?"),
        figure,
        note: "Trend: median slope (Theil-Sen) with the Mann-Kendall test. Peers: 10 districts.".to_owned(),
        table: Table {
            columns: vec!["Name".to_owned(), name.to_owned(), "Value".to_owned()],
            rows: vec![row],
        },
        ..pattern.clone()
    }
}
