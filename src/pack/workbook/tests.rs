//! Workbooks of packs that are unlike any other.

use std::io::Cursor;

use calamine::{Reader, Xlsx, open_workbook_from_rs};

use super::part::parts;
use super::plot::plot;
use super::workbook;
use crate::compare::PeerGroup;
use crate::domain::Unit;
use crate::exhibit::{
    BarRow, Bars, DotRow, Dots, ExhibitCell, Figure, Heat, Pack, Panel, SlopeChart, Stacked, Table,
};
use crate::pack::fixture;
use crate::wording::workbook::footer;

fn written(pack: &Pack) -> Vec<u8> {
    workbook(pack, &fixture::report(pack)).unwrap()
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// All formulas, and all texts.
fn content(bytes: Vec<u8>) -> (Vec<String>, Vec<String>) {
    let mut book = open(bytes);
    let (mut formulas, mut texts) = (Vec::new(), Vec::new());
    for name in book.sheet_names() {
        let of_sheet = book.worksheet_formula(&name).unwrap();
        formulas
            .extend(of_sheet.used_cells().map(|(_, _, formula)| formula.clone()).filter(|f| !f.is_empty()));
        let range = book.worksheet_range(&name).unwrap();
        texts.extend(range.used_cells().map(|(_, _, cell)| cell.to_string()));
    }
    (formulas, texts)
}

/// A pack that every writer of formulas and markup has to survive.
fn hostile() -> Pack {
    let name =
        format!("=HYPERLINK(\"http://x\") & <b>'\u{1F3EB}' {}", "Ünïted Community Çonsolidated ".repeat(3));
    let mut pack = fixture::pack(&name);
    pack.title = "+1+cmd|' /C calc'!A0".to_owned();
    for section in &mut pack.sections {
        section.label = format!("=[{}]*?/\\: 'x'", section.label);
        for exhibit in &mut section.exhibits {
            exhibit.topic = format!("@SUM(A1) {}", exhibit.topic);
            exhibit.finding = "-1+1".to_owned();
            exhibit.table.columns[1] = name.clone();
        }
    }
    for finding in &mut pack.findings.all {
        finding.statement = format!("={}", finding.statement);
    }
    pack
}

#[test]
fn no_text_of_users_becomes_a_formula() {
    let (formulas, texts) = content(written(&hostile()));
    for formula in &formulas {
        let is_ours = ["IF(", "MEDIAN(IF(", "COUNTIF("].iter().any(|start| formula.starts_with(start));
        assert!(is_ours && !formula.contains("HYPERLINK") && !formula.contains("cmd"), "{formula}");
    }
    assert!(texts.iter().any(|text| text.starts_with("=HYPERLINK")));
    assert!(texts.iter().any(|text| text.starts_with("+1+cmd")));
}

#[test]
fn the_left_of_a_footer_leaves_room_for_its_middle() {
    assert_eq!(footer("Day: Ash & Oak 4"), "&LDay: Ash && Oak 4&C&A&RPage &P of &N");
    let long = footer(&format!("Day: {}", "Upper Meadowlark & ".repeat(6)));
    assert!(long.starts_with("&LDay: Upper Meadowlark && Upper") && long.contains("…&C&A"), "{long}");
    assert!(long.chars().count() < 85, "{long}");
    // A word without end is cut too.
    assert!(footer(&"x".repeat(200)).contains("xxx…&C&A"));
}

#[test]
fn the_same_pack_gives_the_same_bytes() {
    for pack in [fixture::pack("Ash 4"), hostile()] {
        assert!(written(&pack) == written(&pack));
    }
}

/// A figure of each kind, with a table that may not fit it.
fn figures() -> Vec<Figure> {
    let bar = BarRow {
        label: "A".to_owned(),
        value: None,
        absent: Some("x".to_owned()),
        mark: None,
        is_of_few: false,
    };
    let bars = Bars {
        unit: Unit::Percent,
        rows: vec![bar],
        own: "B".to_owned(),
        mark: Some("C".to_owned()),
        layout: crate::exhibit::BarLayout::Columns,
    };
    let slope = SlopeChart { unit: Unit::Count, from: "a".to_owned(), to: "b".to_owned(), rows: Vec::new() };
    let stacked = Stacked { unit: Unit::Percent, columns: Vec::new(), parts: Vec::new(), dollars_of: None };
    let ends = (String::new(), String::new());
    let heat = Heat { columns: Vec::new(), of_years: false, rows: Vec::new(), ends };
    let panel = Panel { title: "P".to_owned(), figure: Figure::Bars(bars.clone()), alt: String::new() };
    vec![
        Figure::Bars(bars),
        Figure::Slope(slope),
        Figure::Stacked(stacked),
        Figure::Heat(heat),
        Figure::Panels(vec![panel]),
    ]
}

#[test]
fn packs_of_every_kind_and_size_are_written() {
    let mut many = fixture::pack("Ash 4");
    let exhibits = many.sections[0].exhibits.clone();
    many.sections[0].exhibits = exhibits.iter().cycle().take(400).cloned().collect();
    let mut one_year = fixture::pack("Ash 4");
    let mut hidden = fixture::pack("Ash 4");
    let mut odd = fixture::pack("Ash 4");
    for (number, exhibit) in
        one_year.sections.iter_mut().flat_map(|section| &mut section.exhibits).enumerate()
    {
        exhibit.table.rows.truncate(number % 2);
    }
    for cell in
        hidden.sections.iter_mut().flat_map(|s| &mut s.exhibits).flat_map(|e| &mut e.table.rows).flatten()
    {
        *cell = ExhibitCell::Absent("masked by the publisher".to_owned());
    }
    for (exhibit, figure) in odd.sections.iter_mut().flat_map(|s| &mut s.exhibits).zip(figures()) {
        exhibit.figure = figure;
    }
    odd.sections[4].exhibits[0].table = Table::default();
    odd.sections[4].exhibits[1].table.rows[0][1] = ExhibitCell::Number(f64::NAN, Unit::Percent);
    let mut empty = fixture::pack("");
    empty.sections.clear();
    empty.findings.all.clear();
    empty.tables.clear();
    empty.peers = PeerGroup::default();
    empty.candidates.clear();
    empty.facts.clear();
    empty.year = None;
    for pack in [many, one_year, hidden, odd, empty, hostile()] {
        let book = open(written(&pack));
        let names = book.sheet_names();
        assert_eq!(names.len(), 11 + pack.sections.len());
        assert!(names.iter().all(|name| name.encode_utf16().count() <= 31), "{names:?}");
    }
}

#[test]
fn a_masked_cell_reads_hidden() {
    let mut pack = fixture::pack("Ash 4");
    pack.sections[0].exhibits[0].table.rows[2][1] =
        ExhibitCell::Absent("withheld (too few students)".to_owned());
    let mut book = open(written(&pack));
    let name = book.sheet_names()[3].clone();
    let range = book.worksheet_range(&name).unwrap();
    let hidden = range.used_cells().filter(|(_, _, cell)| **cell == "hidden").count();
    assert_eq!(hidden, 1);
}

/// The districts in use on the sheet of peers, and the medians at a glance.
fn in_use_and_medians(pack: &Pack) -> [usize; 2] {
    let mut book = open(written(pack));
    let peers = book.worksheet_range("Peers").unwrap();
    let used = peers.used_cells().filter(|(_, column, cell)| *column == 0 && **cell == "yes").count();
    let glance = book.worksheet_range("At a glance").unwrap();
    let heading = glance.used_cells().find(|(_, _, cell)| **cell == "Peer median").unwrap();
    let medians = glance.used_cells().filter(|(row, column, cell)| {
        *row > heading.0 && *column == heading.1 && matches!(cell, calamine::Data::Float(_))
    });
    [used, medians.count()]
}

#[test]
fn peers_that_are_not_alike_are_in_use_only_once_the_team_chooses_them() {
    let unlike = fixture::pack("Ash 4");
    assert!(!unlike.peers.are_alike());
    assert_eq!(in_use_and_medians(&unlike), [0, 0]);
    let (_, texts) = content(written(&unlike));
    assert!(texts.iter().any(|text| text.contains("None of them is in use yet")));
    let mut alike = unlike;
    let fifth = alike.peers.peers[0].clone();
    alike.peers.peers.push(fifth);
    assert!(alike.peers.are_alike());
    let [used, _] = in_use_and_medians(&alike);
    assert!(used > 0);
}

#[test]
fn all_of_our_schools_are_in_our_color_and_the_district_is_beside_them() {
    let mut pack = fixture::pack("Ash 4");
    let exhibit = &mut pack.sections[0].exhibits[0];
    let dot = |label: &str| DotRow { label: label.to_owned(), value: 30.0, chosen: true };
    let median = Some(("District".to_owned(), 31.0));
    let dots = Dots { unit: Unit::Percent, rows: vec![dot("Elm"), dot("Fir")], median, range: None };
    let title = "Elementary schools".to_owned();
    exhibit.figure =
        Figure::Panels(vec![Panel { title: title.clone(), figure: Figure::Dots(dots), alt: String::new() }]);
    let row = |name: &str| {
        let names = [title.as_str(), name].map(str::to_owned).map(ExhibitCell::Text);
        names.into_iter().chain([ExhibitCell::Number(30.0, Unit::Percent)]).collect()
    };
    let columns = ["Type", "School", "Absence"].map(str::to_owned).to_vec();
    exhibit.table = Table { columns, rows: ["Elm", "Fir", "District"].map(row).to_vec() };
    let parts = parts(exhibit);
    let drawn = plot(&parts[0]).unwrap();
    assert_eq!((drawn.rows, &drawn.series[0].look.own_rows), (3, &vec![0, 1]));
    written(&pack);
}
