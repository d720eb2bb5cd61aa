//! Any table, written in any of the usual shapes, reads back to the same observations.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use proptest::prelude::*;
use retreat::domain::Status;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::project::Made;

/// A value as it is published.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Published {
    Number(f64),
    Masked,
    Missing,
}

/// District × year × (students, attendance).
type Table = BTreeMap<(u32, i32), [Published; 2]>;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Text { delimiter: char, end: &'static str, utf16: bool },
    Plain { title_rows: u32 },
    TwoHeaderRows,
    WideByYear,
    Long,
    SheetAYear,
    FileAYear,
    Stacked,
    SideBySide,
}

fn shapes() -> impl Strategy<Value = Shape> {
    let text = (
        prop::sample::select(vec![',', ';', '\t', '|']),
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        any::<bool>(),
    );
    prop_oneof![
        text.prop_map(|(delimiter, end, utf16)| Shape::Text { delimiter, end, utf16 }),
        (0u32..5).prop_map(|title_rows| Shape::Plain { title_rows }),
        prop::sample::select(vec![
            Shape::TwoHeaderRows,
            Shape::WideByYear,
            Shape::Long,
            Shape::SheetAYear,
            Shape::FileAYear,
            Shape::Stacked,
            Shape::SideBySide,
        ]),
    ]
}

fn tables() -> impl Strategy<Value = Table> {
    let published = |numbers: Range<u32>, scale: f64| {
        prop_oneof![
            6 => numbers.prop_map(move |n| Published::Number(f64::from(n) / scale)),
            1 => Just(Published::Masked),
            1 => Just(Published::Missing),
        ]
    };
    // If no percent is above 1, they may be shares, which the program asks about; other tests cover that.
    let row = (published(0..90_000, 1.0), published(11..1000, 10.0)).prop_map(|(s, a)| [s, a]);
    (1u32..7, 1i32..5).prop_flat_map(move |(districts, years)| {
        let cells = (districts as usize) * (years as usize);
        prop::collection::vec(row.clone(), cells).prop_map(move |rows| {
            let keys = (1..=districts).flat_map(|d| (0..years).map(move |y| (d * 7, 2020 + y)));
            keys.zip(rows).collect()
        })
    })
}

fn text(value: Published) -> String {
    match value {
        Published::Number(n) => n.to_string(),
        Published::Masked => "<10".to_owned(),
        Published::Missing => String::new(),
    }
}

fn cell(sheet: &mut Worksheet, row: u32, column: u16, value: Published) {
    match value {
        Published::Number(n) => _ = sheet.write_number(row, column, n).unwrap(),
        Published::Masked => _ = sheet.write_string(row, column, "*").unwrap(),
        Published::Missing => {}
    }
}

fn words(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (column, text) in texts.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
        sheet.write_string(row, column as u16, *text).unwrap();
    }
}

const LONG_YEAR: &str = "from = \"column\"\ncolumn = [\"Year\"]\nmeans = \"end\"";
const COLUMNS: &str = "[[column]]\nname = [\"Students\"]\nmeasure = \"enrollment\"\n\
    [[column]]\nname = [\"Attendance\"]\nmeasure = \"attendance-rate\"\n";

fn layout(year: &str, columns: &str) -> String {
    format!(
        "id = \"any\"\nlabel = \"\"\nauthority = \"\"\npublic = true\npercent-scale = 100\n[year]\n{year}\n\
         [district]\nid = [\"ID\"]\nname = [\"Name\"]\n{columns}"
    )
}

/// A sheet with the rows of `years`, with or without a column for the year.
fn sheet(table: &Table, years: &[i32], first_row: u32, with_year: bool, sheet: &mut Worksheet, left: u16) {
    let own = table.iter().filter(|((_, y), _)| years.contains(y));
    for (row, ((district, year), values)) in (first_row..).zip(own) {
        sheet.write_string(row, left, format!("{district:03}")).unwrap();
        sheet.write_string(row, left + 1, format!("District {district}")).unwrap();
        let mut column = left + 2;
        if with_year {
            sheet.write_number(row, column, *year).unwrap();
            column += 1;
        }
        cell(sheet, row, column, values[0]);
        cell(sheet, row, column + 1, values[1]);
    }
}

const NO_YEAR: [&str; 4] = ["ID", "Name", "Students", "Attendance"];
const HEADER: [&str; 5] = ["ID", "Name", "Year", "Students", "Attendance"];

/// The files, and the layout that says how to read them.
type Written = (Vec<(String, Vec<u8>)>, String);

fn workbook(mut book: Workbook, layout: String) -> Written {
    (vec![("table.xlsx".to_owned(), book.save_to_buffer().unwrap())], layout)
}

/// Writes `table` in `shape`.
fn write(shape: Shape, table: &Table) -> Written {
    let years: Vec<i32> = table.keys().map(|(_, y)| *y).collect::<BTreeSet<_>>().into_iter().collect();
    match shape {
        Shape::Text { delimiter, end, utf16 } => text_table(table, delimiter, end, utf16),
        Shape::Plain { title_rows } => plain(table, &years, title_rows),
        Shape::TwoHeaderRows => two_header_rows(table, &years),
        Shape::WideByYear => wide_by_year(table, &years),
        Shape::Long => long(table),
        Shape::SheetAYear => sheet_a_year(table, &years),
        Shape::FileAYear => file_a_year(table, &years),
        Shape::Stacked => stacked(table, &years),
        Shape::SideBySide => side_by_side(table, &years),
    }
}

fn text_table(table: &Table, delimiter: char, end: &str, utf16: bool) -> Written {
    let line = |cells: Vec<String>| cells.join(&delimiter.to_string()) + end;
    let mut out = line(HEADER.map(str::to_owned).to_vec());
    for ((district, year), [students, attendance]) in table {
        let id = format!("'{district:03}");
        let name = format!("\"District {delimiter} {district}\"");
        out += &line(vec![id, name, year.to_string(), text(*students), text(*attendance)]);
    }
    let utf16_bytes = || out.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes =
        if utf16 { [0xFF, 0xFE].into_iter().chain(utf16_bytes()).collect() } else { out.into_bytes() };
    (vec![("table.txt".to_owned(), bytes)], layout(LONG_YEAR, COLUMNS))
}

fn plain(table: &Table, years: &[i32], title_rows: u32) -> Written {
    let mut book = Workbook::new();
    let own = book.add_worksheet();
    (0..title_rows).for_each(|row| words(own, row, &["A title or a note about the students"]));
    words(own, title_rows, &HEADER);
    sheet(table, years, title_rows + 1, true, own, 0);
    workbook(book, layout(LONG_YEAR, COLUMNS))
}

fn two_header_rows(table: &Table, years: &[i32]) -> Written {
    let mut book = Workbook::new();
    let own = book.add_worksheet();
    own.merge_range(0, 3, 0, 4, "All students", &Format::new()).unwrap();
    words(own, 1, &HEADER);
    sheet(table, years, 2, true, own, 0);
    let joined = COLUMNS.replace("[\"", "[\"All students › ");
    workbook(book, layout(LONG_YEAR, &format!("[header]\ndepth = 2\n{joined}")))
}

fn wide_by_year(table: &Table, years: &[i32]) -> Written {
    let mut book = Workbook::new();
    let own = book.add_worksheet();
    words(own, 0, &["ID", "Name"]);
    for (i, year) in years.iter().enumerate() {
        let column = 2 + 2 * i as u16;
        own.write_string(0, column, format!("Students {}-{:02}", year - 1, year % 100)).unwrap();
        own.write_string(0, column + 1, format!("Attendance {}-{:02}", year - 1, year % 100)).unwrap();
    }
    for ((district, year), [students, attendance]) in table {
        let column = 2 + 2 * (year - years[0]) as u16;
        own.write_string(*district, 0, format!("{district:03}")).unwrap();
        own.write_string(*district, 1, format!("District {district}")).unwrap();
        cell(own, *district, column, *students);
        cell(own, *district, column + 1, *attendance);
    }
    let columns = "[[column]]\nmatching = '^Students (?<year>.*)$'\nmeasure = \"enrollment\"\n\
        [[column]]\nmatching = '^Attendance (?<year>.*)$'\nmeasure = \"attendance-rate\"\n";
    workbook(book, layout("from = \"header\"\nmeans = \"end\"", columns))
}

fn long(table: &Table) -> Written {
    let mut book = Workbook::new();
    let own = book.add_worksheet();
    words(own, 0, &["ID", "Name", "Year", "Measure", "Value"]);
    let values = table.iter().flat_map(|(key, values)| values.iter().enumerate().map(move |v| (key, v)));
    for (row, ((district, year), (i, value))) in (1..).zip(values) {
        let name = format!("District {district}");
        let id = format!("{district:03}");
        words(own, row, &[&id, &name, "", ["Students", "Attendance"][i]]);
        own.write_number(row, 2, *year).unwrap();
        cell(own, row, 4, *value);
    }
    let columns = "[[part]]\npart = \"measure\"\ncolumn = [\"Measure\"]\n[[column]]\nname = [\"Value\"]\n\
        [measures]\nStudents = \"enrollment\"\nAttendance = \"attendance-rate\"\n";
    workbook(book, layout(LONG_YEAR, columns))
}

fn sheet_a_year(table: &Table, years: &[i32]) -> Written {
    let mut book = Workbook::new();
    for year in years {
        let own = book.add_worksheet().set_name(year.to_string()).unwrap();
        words(own, 0, &NO_YEAR);
        sheet(table, &[*year], 1, false, own, 0);
    }
    workbook(book, layout("from = \"sheet\"\nmeans = \"end\"", COLUMNS))
}

fn file_a_year(table: &Table, years: &[i32]) -> Written {
    let file = |year: &i32| {
        let mut book = Workbook::new();
        let own = book.add_worksheet();
        words(own, 0, &NO_YEAR);
        sheet(table, &[*year], 1, false, own, 0);
        (format!("report {year}.xlsx"), book.save_to_buffer().unwrap())
    };
    let year = "from = \"file\"\npattern = '(?<year>[0-9]{4})'\nmeans = \"end\"";
    (years.iter().map(file).collect(), layout(year, COLUMNS))
}

fn stacked(table: &Table, years: &[i32]) -> Written {
    let mut book = Workbook::new();
    let own = book.add_worksheet();
    let mut row = 0;
    for year in years {
        words(own, row, &[&format!("Report of {year}")]);
        words(own, row + 1, &NO_YEAR);
        sheet(table, &[*year], row + 2, false, own, 0);
        row += 3 + table.keys().filter(|(_, y)| y == year).count() as u32;
    }
    workbook(book, layout("from = \"title\"\npattern = '^Report of (?<year>.*)$'\nmeans = \"end\"", COLUMNS))
}

fn side_by_side(table: &Table, years: &[i32]) -> Written {
    let mut book = Workbook::new();
    let own = book.add_worksheet();
    for (i, year) in years.iter().enumerate() {
        let left = 6 * i as u16;
        for (column, text) in HEADER.iter().enumerate() {
            own.write_string(0, left + column as u16, *text).unwrap();
        }
        sheet(table, &[*year], 1, true, own, left);
    }
    workbook(book, layout(LONG_YEAR, COLUMNS))
}

/// District, year and measure → what was read.
type Found = BTreeMap<(String, i32, String), (Option<f64>, Status)>;

fn read_back(folder: &Path) -> (Found, Vec<String>) {
    let project = retreat::project::Project::open(folder).unwrap();
    let gathered = retreat::run::observe(&project).unwrap();
    let view = gathered.observations.view().unwrap();
    let terms = gathered.observations.terms();
    let mut all = BTreeMap::new();
    for run in gathered.observations.runs() {
        let measure = terms.key(run.key).measure;
        for row in view.rows(run.rows.clone()) {
            let district = terms.districts[row.district as usize].id.to_string();
            all.insert((district, row.year, measure.clone()), (row.value, row.status));
        }
    }
    let problems = gathered.diagnostics.iter().filter(|d| d.severity < retreat::diagnostic::Severity::Note);
    (all, problems.map(ToString::to_string).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_table_in_any_shape_reads_back(table in tables(), shape in shapes()) {
        let (files, layout) = write(shape, &table);
        let pattern = if files.len() > 1 || shape == Shape::FileAYear { "report *.xlsx".to_owned() } else { files[0].0.clone() };
        let made = Made::new().layout("layout.toml", &layout).source(&pattern, "layout.toml");
        files.iter().for_each(|(name, bytes)| std::fs::write(made.path().join(name), bytes).unwrap());
        made.open("1");
        let (read, problems) = read_back(made.path());
        prop_assert!(problems.is_empty(), "{problems:?}");
        for ((district, year), values) in &table {
            for (value, measure) in values.iter().zip(["enrollment", "attendance-rate"]) {
                let found = read.get(&(district.to_string(), *year, measure.to_owned()));
                let expected = match value {
                    Published::Number(n) => (Some(*n), Status::Reported),
                    Published::Masked => (None, Status::Masked),
                    Published::Missing => (None, Status::Missing),
                };
                prop_assert_eq!(found, Some(&expected), "{} {} {}", district, year, measure);
            }
        }
        prop_assert_eq!(read.len(), table.len() * 2);
    }
}
