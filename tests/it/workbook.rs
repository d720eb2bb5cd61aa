//! `retreat-data.xlsx`, as whoever opens it sees it.

use std::io::Cursor;
use std::sync::OnceLock;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use retreat::domain::Format;
use retreat::exhibit::{Exhibit, ExhibitCell, Figure, SeriesFacts, series_facts};
use retreat::pack::Formats;
use retreat::project::Project;
use retreat::run::Session;

use crate::project::root;

/// The sample's workbook, and what it must hold.
struct Sample {
    bytes: Vec<u8>,
    exhibits: Vec<Exhibit>,
    facts: Vec<SeriesFacts>,
    /// Headings of the domains that have exhibits, in order.
    domains: Vec<String>,
}

fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let project = Project::open(&root().join("sample_data")).unwrap();
        let session = Session::read(&project).unwrap();
        let (folder, id) = (tempfile::tempdir().unwrap(), &project.file.retreat.district);
        let out = folder.path().join("out");
        session.build(id, &out, &[Format::Xlsx].into_iter().collect::<Formats>()).unwrap();
        let district = session.district(id).unwrap();
        let exhibits = district.exhibits().value.clone();
        let facts = series_facts(&district.comparisons, &project.catalog, &exhibits);
        let domains = project.catalog.domains.iter();
        let shown = domains.filter(|domain| exhibits.iter().any(|exhibit| exhibit.domain == domain.id));
        let domains = shown.map(|domain| domain.label.clone()).collect();
        Sample { bytes: std::fs::read(out.join("retreat-data.xlsx")).unwrap(), exhibits, facts, domains }
    })
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap()
}

/// The cells of a sheet, from its first.
fn cells(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Range<Data> {
    let range = book.worksheet_range(sheet).unwrap();
    assert_eq!(range.start(), Some((0, 0)), "{sheet}");
    range
}

fn text(range: &Range<Data>, row: usize, column: usize) -> String {
    range.get((row, column)).map(ToString::to_string).unwrap_or_default()
}

fn number(range: &Range<Data>, row: usize, column: usize) -> Option<f64> {
    range.get((row, column)).and_then(|cell| match cell {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        _ => None,
    })
}

/// The row whose first cell is this text.
fn row_of(range: &Range<Data>, first: &str) -> usize {
    (0..range.height())
        .find(|row| text(range, *row, 0) == first)
        .unwrap_or_else(|| panic!("no row of {first}"))
}

#[test]
fn the_sheets_are_in_their_order() {
    let book = open(&sample().bytes);
    let mut wanted = vec!["Start", "At a glance", "Peers"];
    wanted.extend(sample().domains.iter().map(String::as_str));
    wanted.extend(["Groups", "SWOT", "Merge and votes", "Baselines", "Glossary", "All values"]);
    wanted.extend(["Sources and problems", "Withheld"]);
    assert_eq!(book.sheet_names(), wanted);
}

/// What a cell of an exhibit's table must be in the sheet.
fn shown(exhibit: &Exhibit, column: usize, cell: &ExhibitCell) -> Option<Data> {
    match cell {
        ExhibitCell::Number(value, _) => Some(Data::Float(*value)),
        // The change, which is there as a number.
        ExhibitCell::Text(_) if column == 3 && matches!(exhibit.figure, Figure::Slope(_)) => None,
        ExhibitCell::Text(text) if text.is_empty() => None,
        ExhibitCell::Text(text) => Some(Data::String(text.clone())),
        ExhibitCell::Absent(why) if why.starts_with("masked") || why.starts_with("withheld") => {
            Some(Data::String("hidden".to_owned()))
        }
        ExhibitCell::Absent(why) => Some(Data::String(why.clone())),
    }
}

#[test]
fn every_value_of_every_exhibit_is_in_the_sheet_of_its_domain() {
    let mut book = open(&sample().bytes);
    let project = Project::open(&root().join("sample_data")).unwrap();
    for exhibit in &sample().exhibits {
        let domain = project.catalog.domains.iter().find(|domain| domain.id == exhibit.domain).unwrap();
        let range = cells(&mut book, &domain.label);
        let first = row_of(&range, &format!("{} · {}", exhibit.code, exhibit.topic));
        let is_next =
            |row: &usize| text(&range, *row, 0).contains(" · ") && text(&range, *row, 0).ends_with('?');
        let end = (first + 1..range.height()).find(is_next).unwrap_or(range.height());
        let rows: Vec<&[Data]> = range.rows().skip(first).take(end - first).collect();
        let is_panel = matches!(exhibit.figure, Figure::Panels(_));
        for wanted in &exhibit.table.rows {
            let cells = wanted.iter().enumerate().skip(usize::from(is_panel));
            let cells: Vec<Data> = cells.filter_map(|(column, cell)| shown(exhibit, column, cell)).collect();
            let is_there = rows.iter().any(|row| cells.iter().all(|cell| row.contains(cell)));
            assert!(is_there, "{}: no row of {cells:?}", exhibit.code);
        }
        // Small charts of single schools share one table with a row for every school.
        if let Figure::Panels(panels) = &exhibit.figure
            && exhibit.table.columns[0] != "School"
        {
            for panel in panels {
                assert!(
                    rows.iter().any(|row| row[0] == Data::String(panel.title.clone())),
                    "{}",
                    panel.title
                );
            }
        }
    }
}

/// The median of the values in a column of the districts in use, as the formulas compute it.
fn median_in_use(peers: &Range<Data>, first: usize, column: usize) -> Option<f64> {
    let used = (first..peers.height()).filter(|row| text(peers, *row, 0) == "yes");
    let mut values: Vec<f64> = used.filter_map(|row| number(peers, row, column)).collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0..5 => None,
        n if n % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

#[test]
fn the_medians_are_formulas_and_hold_the_medians_of_the_peers() {
    let mut book = open(&sample().bytes);
    let (glance, peers) = (cells(&mut book, "At a glance"), cells(&mut book, "Peers"));
    let formulas = book.worksheet_formula("At a glance").unwrap();
    let header = row_of(&glance, "Domain");
    let of = |heading: &str| (0..glance.width()).find(|c| text(&glance, header, *c) == heading).unwrap();
    let (latest, median, difference) = (of("Latest"), of("Peer median"), of("Difference from peers"));
    let first = row_of(&peers, "us") + 2;
    let first_column = (0..peers.width()).find(|c| text(&peers, first - 3, *c).is_empty()).unwrap() + 1;
    let shown: Vec<&SeriesFacts> = sample().facts.iter().filter(|facts| facts.is_at_a_glance).collect();
    assert!(shown.len() > 40, "{}", shown.len());
    for (place, facts) in shown.iter().enumerate() {
        let row = header + 1 + place;
        assert_eq!(text(&glance, row, 1), facts.full_name());
        let wanted = facts.standing.as_ref().and_then(|standing| standing.peer_median);
        assert_eq!(number(&glance, row, median), wanted, "{}", facts.full_name());
        let live = median_in_use(&peers, first, first_column + place);
        assert_eq!(live.is_some(), wanted.is_some(), "{}", facts.full_name());
        if let (Some(live), Some(wanted)) = (live, wanted) {
            assert!(
                (live - wanted).abs() <= 1e-9 * wanted.abs().max(1.0),
                "{}: {live} {wanted}",
                facts.full_name()
            );
            let own = number(&glance, row, latest).unwrap();
            assert_eq!(number(&glance, row, difference), Some(own - wanted));
        }
        let formula = formulas.get_value((row as u32, median as u32)).unwrap();
        assert!(formula.contains("MEDIAN(IF(") && formula.contains("Peers!"), "{formula}");
    }
}

#[test]
fn masked_values_are_hidden_and_never_numbers() {
    let mut book = open(&sample().bytes);
    let all = cells(&mut book, "All values");
    let withheld = cells(&mut book, "Withheld");
    let header = row_of(&all, "District");
    let hidden = (header + 1..all.height()).filter(|row| text(&all, *row, 6) == "hidden").count();
    let numbers = (header + 1..all.height()).filter(|row| number(&all, *row, 6).is_some()).count();
    assert_eq!(hidden + numbers, all.height() - header - 1);
    assert!(hidden > 100, "{hidden}");
    let header = row_of(&withheld, "Measure");
    assert!(withheld.height() - header > 10);
    for row in header + 1..withheld.height() {
        assert_eq!(text(&withheld, row, 6), "its publisher");
        let values = (0..withheld.width()).filter(|column| number(&withheld, row, *column).is_some());
        assert_eq!(values.count(), 1, "only how many there are");
    }
}

/// The peers are matched by enrollment, but another chart is about it.
#[test]
fn a_measure_has_the_code_of_the_chart_that_is_about_it() {
    let glance = cells(&mut open(&sample().bytes), "At a glance");
    for (measure, code) in [("Enrollment", "S1"), ("Share of enrollment, Low income", "S4")] {
        let row = (0..glance.height()).find(|row| text(&glance, *row, 1) == measure);
        assert_eq!(text(&glance, row.unwrap(), 2), code, "{measure}");
    }
}

#[test]
fn only_the_first_rows_of_all_values_print() {
    let mut archive = zip::ZipArchive::new(Cursor::new(&sample().bytes)).unwrap();
    let mut book = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/workbook.xml").unwrap(), &mut book).unwrap();
    let area = book.split("'All values'!").find(|area| area.starts_with("$A$1:"));
    let area = area.unwrap_or_else(|| panic!("{book}"));
    let all = cells(&mut open(&sample().bytes), "All values");
    let last = row_of(&all, "District") + 1 + 40;
    assert!(area.starts_with(&format!("$A$1:$I${last}<")), "{area}");
    let intro = format!("{} {}", text(&all, 1, 0), text(&all, 2, 0));
    assert!(intro.contains("Only the first 40 of "), "{intro}");
}

#[test]
fn the_workbook_is_small_and_has_no_clock_or_macro() {
    let bytes = &sample().bytes;
    assert!(bytes.len() < 5_000_000, "{}", bytes.len());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert!(names.iter().all(|name| !name.contains("vba")), "{names:?}");
    let charts = names.iter().filter(|name| name.starts_with("xl/charts/chart")).count();
    assert!(charts > 30, "{charts}");
    let mut core = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("docProps/core.xml").unwrap(), &mut core).unwrap();
    assert!(core.contains("2000-01-01") && core.contains("Data Retreat"), "{core}");
}
