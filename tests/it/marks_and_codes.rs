//! `retreat init` on tables whose cells hold codes, marks, and texts that are no plain numbers. Each judgment has a table that
//! looks alike and must be read otherwise.

use std::fmt::Write as _;

use crate::proposed::Proposed;

const DISTRICTS: [&str; 4] = ["Ash", "Birch", "Cedar", "Dogwood"];

/// A table of four districts and two years with a row for each of `cells`: a text of the column `name`, and a number.
fn broken_down(name: &str, value: &str, cells: &[(&str, f64)]) -> String {
    let mut table = format!("School Year,District Code,District,{name},{value}\n");
    for year in ["2021-22", "2022-23"] {
        for (number, district) in (1..).zip(DISTRICTS) {
            for (text, cell) in cells {
                let _ = writeln!(table, "{year},000{number},{district},{text},{cell}");
            }
        }
    }
    table
}

#[test]
fn a_few_unknown_grades_do_not_hide_the_others() {
    let cells =
        [("PK", 20.0), ("0", 50.0), ("1", 51.0), ("2", 52.0), ("UE", 3.0), ("US", 2.0), ("99", 178.0)];
    let made = Proposed::new(&broken_down("Grade", "Enrollment", &cells));
    for (key, value) in [
        ("enrollment", 178.0),
        ("enrollment/all/PK", 20.0),
        ("enrollment/all/KG", 50.0),
        ("enrollment/all/01", 51.0),
    ] {
        assert_eq!(made.value("2", 2022, key), Some(value), "{key}: {}{}", made.said(), made.layout());
    }
    assert!(made.said().contains("\"UE\""), "{}", made.said());
    // Marks are no grades, although a few of them may look like it.
    let marks = [("A", 20.0), ("B", 50.0), ("C", 51.0), ("1", 52.0), ("Pass", 3.0)];
    let made = Proposed::new(&broken_down("Grade", "Enrollment", &marks));
    assert_eq!(made.enrollment("2", 2022), None, "{}", made.layout());
}

#[test]
fn the_span_of_all_grades_is_everybody() {
    let cells = [("K-5", 93.0), ("6-8", 94.0), ("9-12", 95.0), ("K-12", 94.2)];
    let made = Proposed::new(&broken_down("Grade Span", "Attendance Rate", &cells));
    let found = ["attendance-rate", "attendance-rate/all/06-08"].map(|key| made.value("1", 2023, key));
    assert_eq!(found, [Some(94.2), Some(94.0)], "{}", made.layout());
    // Prekindergarten is not part of it, and a span that is smaller than its parts is none.
    let younger = [("PK", 90.0), ("K-5", 93.0), ("6-8", 94.0), ("9-12", 95.0), ("K-12", 94.2)];
    let made = Proposed::new(&broken_down("Grade Span", "Attendance Rate", &younger));
    assert_eq!(made.value("1", 2023, "attendance-rate"), None, "{}", made.layout());
    let smaller = [("K-5", 500.0), ("6-8", 300.0), ("9-12", 400.0), ("K-12", 90.0)];
    let made = Proposed::new(&broken_down("Grade Span", "Enrollment", &smaller));
    assert_eq!(made.enrollment("1", 2023), None, "{}", made.layout());
}

/// The units of a project's own measures, by id, as `init` proposes them.
fn own_units(made: &Proposed) -> Vec<String> {
    let file = made.file("catalog/measures/our-indicators.toml");
    let mut units = Vec::new();
    let mut id = String::new();
    for line in file.lines() {
        if let Some(rest) = line.strip_prefix("id = \"our-") {
            id = rest.trim_end_matches('"').to_owned();
        }
        if let Some(rest) = line.strip_prefix("unit = ") {
            units.push(format!("{id} {}", rest.trim_matches('"')));
        }
    }
    units
}

#[test]
fn a_column_of_units_says_what_the_numbers_of_each_line_are() {
    let made = Proposed::new(
        "Riverbend School District\nIndicator,Unit of Measure,2021-22,2022-23,2023-24\n\
         Kindergarten readiness,pct,41,43,44\nTeacher absence,% of days,4.1,4.3,4.4\n\
         Library books,number,21,22,23\nReading fluency,score,210,220,230\nMeals served,count,2100,2200,2300\n\
         Utility cost,USD,210000,220000,230000\nCost per meal,dollars per meal,3.1,3.2,3.3\n\
         Bus on-time arrivals,Percent of runs,91,92,93\nNurse staffing,FTE,3.5,3.5,4\n\
         Counselor caseload,students per counselor,310,300,290\nBus repair,$ thousands,210,220,230\n",
    );
    let expected = [
        "bus-on-time-arrivals percent",
        "cost-per-meal dollars",
        "counselor-caseload ratio",
        "kindergarten-readiness percent",
        "library-books count",
        "meals-served count",
        "nurse-staffing fte",
        "reading-fluency points",
        "teacher-absence percent",
        "utility-cost dollars",
    ];
    let units = own_units(&made);
    assert_eq!(units, expected, "{}{}", made.said(), made.layout());
    // Thousands are not read as if they were whole dollars.
    assert!(made.said().contains("Bus repair"), "{}", made.said());
}

#[test]
fn a_percent_in_a_title_is_said_of_lines_about_schools_too() {
    let table = "Riverbend School District\nClimate survey: percent favorable\nTopic,2022,2023,2024\n\
        School Safety,71,72,70\nBelonging,65,64,66\nEngagement,55,56,58\n";
    let made = Proposed::new(table);
    let expected = ["belonging percent", "engagement percent", "school-safety percent"];
    assert_eq!(own_units(&made), expected, "{}", made.layout());
    // A school is no topic, whatever its name.
    let made = Proposed::new(&table.replace("School Safety", "Grant School"));
    assert_eq!(own_units(&made), expected[..2], "{}", made.layout());
}

#[test]
fn lines_without_single_numbers_are_named() {
    let made = Proposed::new(
        "Riverbend ISD Transportation\nMeasure,2021-22,2022-23,2023-24\nOperations,,,\nRegular Routes,22,21,20\n\
         Miles Driven,210000,205000,199000\nBuses > 10 yrs old,8 of 24,9 of 24,11 of 24\nBus Referrals,*,*,*\n",
    );
    let said = made.said();
    assert!(said.contains("\"Buses > 10 yrs old\"") && said.contains("\"Bus Referrals\""), "{said}");
    // A heading has no numbers to leave out.
    assert!(!said.contains("Operations"), "{said}");
}

#[test]
fn the_number_beside_a_percent_is_its_numerator() {
    let made = Proposed::new(
        "District Code,District,Chronically Absent,,,,Suspended,,,\n\
         ,,2022-23,,2023-24,,2022-23,,2023-24,\n,,#,%,#,%,#,%,#,%\n\
         0001,Ash,100,14.1,101,14.2,30,3.5,31,3.6\n0002,Birch,101,14.2,102,14.3,31,3.6,32,3.7\n\
         0003,Cedar,102,14.3,103,14.4,32,3.7,33,3.8\n0004,Dogwood,103,14.4,104,14.5,33,3.8,34,3.9\n",
    );
    assert!(made.layout().contains("stat = \"numerator\""), "{}", made.layout());
    assert_eq!(made.value("2", 2024, "chronic-absenteeism-rate"), Some(14.3), "{}", made.layout());
    assert_eq!(own_units(&made), [""; 0]);
    // Without percents, they are indicators, whose names have no empty parts.
    let made = Proposed::new(
        "District Code,District,Meals Served,,Bus Trips,\n,,2022-23,2023-24,2022-23,2023-24\n,,#,#,#,#\n\
         0001,Ash,100,110,14,15\n0002,Birch,101,111,15,16\n0003,Cedar,102,112,16,17\n",
    );
    let measures = made.file("catalog/measures/our-indicators.toml");
    assert!(measures.contains("label = \"Meals Served, number\""), "{measures}{}", made.layout());
}

/// A table of four districts and two years with the attendance rate and the column `name`, which has these cells.
fn with_cells(name: &str, cells: [&str; 4], below: &str) -> String {
    let mut table = format!("School Year,District Code,District,Attendance Rate,{name}\n");
    for year in ["2021-22", "2022-23"] {
        for ((number, district), cell) in (1..).zip(DISTRICTS).zip(cells) {
            let _ = writeln!(table, "{year},000{number},{district},9{number}.1,\"{cell}\"");
        }
    }
    table + below
}

/// A column whose cells hold more than a plain number.
struct Shape {
    name: &'static str,
    cells: [&'static str; 4],
    /// The measure, and its value in the first district.
    measure: &'static str,
    value: f64,
    /// What the layout says of the numbers.
    split: &'static str,
}

const SHAPES: [Shape; 6] = [
    Shape {
        name: "Graduation Rate",
        cells: ["85.0% (n=123)", "86.1% (n=98)", "91.2% (n=240)", "* (n=8)"],
        measure: "graduation-rate",
        value: 85.0,
        split: "[\"value\", \"denominator\"]",
    },
    Shape {
        name: "Graduation Rate",
        cells: ["105 (85.4%)", "98 (86.1%)", "240 (91.2%)", "*"],
        measure: "graduation-rate",
        value: 85.4,
        split: "[\"unread\", \"value\"]",
    },
    Shape {
        name: "Graduation Rate",
        cells: ["85.0 (123)", "86.1 (98)", "91.2 (240)", "88.4 (110)"],
        measure: "graduation-rate",
        value: 85.0,
        split: "[\"value\", \"unread\"]",
    },
    Shape {
        name: "Graduation Rate",
        cells: ["85.0 (+1.2)", "86.1 (-0.3)", "91.2 (+2.0)", "88.4 (0.0)"],
        measure: "graduation-rate",
        value: 85.0,
        split: "[\"value\", \"unread\"]",
    },
    Shape {
        name: "Graduation Rate",
        cells: ["105/123 (85.4%)", "90/98 (91.8%)", "200/240 (83.3%)", "99/110 (90.0%)"],
        measure: "graduation-rate",
        value: 85.4,
        split: "[\"numerator\", \"denominator\", \"value\"]",
    },
    Shape {
        name: "Dropout Rate",
        cells: ["2.1 (3)", "2.3 (7)", "1.9 (9)", "2.2 (10)"],
        measure: "dropout-rate",
        value: 2.1,
        split: "[\"value\", \"unread\"]",
    },
];

#[test]
fn the_number_that_a_name_means_is_read_from_cells_with_several() {
    let of_count = Shape {
        name: "Enrollment",
        cells: ["912 (51.2%)", "640 (48.9%)", "2450 (50.4%)", "1301 (49.5%)"],
        measure: "enrollment",
        value: 912.0,
        split: "[\"value\", \"unread\"]",
    };
    for Shape { name, cells, measure, value, split } in SHAPES.into_iter().chain([of_count]) {
        let made = Proposed::new(&with_cells(name, cells, ""));
        let layout = made.layout();
        assert_eq!(made.value("1", 2022, measure), Some(value), "{cells:?}: {}{layout}", made.said());
        assert!(layout.contains(&format!("\nsplit = {split}    #")), "{cells:?}: {layout}");
        // What is not read and could be a number of people is named.
        let is_open = split.contains("unread") && !cells[0].contains('+');
        assert_eq!(made.said().contains(cells[0]), is_open, "{cells:?}: {}", made.said());
    }
}

#[test]
fn files_with_one_and_with_several_numbers_in_a_cell_have_layouts_of_their_own() {
    let several = "District Code,District,Graduation Rate\n0001,Ash,85.0% (n=123)\n0002,Birch,86.1% (n=98)\n\
        0003,Cedar,91.2% (n=240)\n";
    let one = several.replace(" (n=123)", "").replace(" (n=98)", "").replace(" (n=240)", "");
    let made = Proposed::with_files(&[("rates_2022.csv", several), ("rates_2023.csv", &one)]);
    let found = [2022, 2023].map(|year| made.value("1", year, "graduation-rate"));
    assert_eq!(found, [Some(85.0), Some(85.0)], "{}{}", made.said(), made.project());
}

#[test]
fn signs_beside_a_number_are_not_part_of_it() {
    for (name, cells, measure, value) in [
        ("Graduation Rate", ["85.0 ▲", "86.1 ▼", "91.2 ▲", "88.4 ►"], "graduation-rate", 85.0),
        ("Total Revenue", ["$30.0M", "$31.5M", "$28.2M", "$40.1M"], "total-revenue", 30_000_000.0),
    ] {
        let made = Proposed::new(&with_cells(name, cells, ""));
        assert_eq!(made.value("1", 2022, measure), Some(value), "{}{}", made.said(), made.layout());
        assert!(!made.layout().contains("split"), "{}", made.layout());
    }
}

#[test]
fn labels_with_a_number_of_people_are_no_values() {
    let cells = ["3 (n=12)", "4 (n=15)", "5 (n=11)", "3 (n=14)"];
    let made = Proposed::new(&with_cells("Grade", cells, ""));
    assert!(!made.layout().contains("split"), "{}", made.layout());
    assert_eq!(made.value("1", 2022, "attendance-rate"), Some(91.1), "{}", made.layout());
}

#[test]
fn cells_with_several_possible_numbers_are_a_question() {
    for cells in [
        // Last year's rate, or that of the state?
        ["85.0 (84.2)", "86.1 (83.9)", "91.2 (90.1)", "88.4 (88.0)"],
        ["85 (84)", "86 (83)", "91 (90)", "88 (87)"],
        ["▲ 85.0", "▼ 86.1", "▲ 91.2", "▲ 88.4"],
    ] {
        let made = Proposed::new(&with_cells("Graduation Rate", cells, ""));
        assert_eq!(made.value("1", 2022, "graduation-rate"), None, "{cells:?}: {}", made.layout());
        let layout = made.layout();
        assert!(layout.contains("# measure = \"graduation-rate\""), "{cells:?}: {layout}");
        let shown = layout.contains(&cells[0].replace('"', "")) || layout.contains(cells[2]);
        assert!(shown, "{cells:?}: {layout}");
    }
}

#[test]
fn a_digit_in_parentheses_may_be_a_mark_of_a_note() {
    let explained = "\n(1) Preliminary.\n(2) Not comparable.\n";
    for (cells, below) in [
        (["85.0 (1)", "86.1 (2)", "91.2 (1)", "88.4 (2)"], explained),
        (["85.0 (2)", "86.1 (2)", "91.2 (2)", "88.4 (2)"], ""),
        (["85.0", "86.1 (1)", "91.2", "88.4"], ""),
    ] {
        let made = Proposed::new(&with_cells("Graduation Rate", cells, below));
        assert_eq!(made.value("2", 2022, "graduation-rate"), Some(86.1), "{cells:?}: {}", made.layout());
        assert!(!made.layout().contains("split"), "{cells:?}: {}", made.layout());
    }
}

#[test]
fn a_number_with_a_plus_is_a_bound() {
    let cells = ["95+", "86.1", "95%+", "88.4"];
    let made = Proposed::new(&with_cells("Graduation Rate", cells, ""));
    let found = ["1", "2"].map(|district| made.value(district, 2022, "graduation-rate"));
    assert_eq!(found, [None, Some(86.1)], "{}{}", made.said(), made.layout());
    assert!(!made.said().contains("not a number"), "{}", made.said());
}

#[test]
fn cells_of_two_forms_in_one_column_are_a_question() {
    let cells = ["70.5% (n=21)", "71.0% (n=24)", "20 (70.0%)", "68.5% (n=22)"];
    let made = Proposed::new(&with_cells("Graduation Rate", cells, ""));
    for district in ["1", "3"] {
        assert_eq!(made.value(district, 2022, "graduation-rate"), None, "{}", made.layout());
    }
}
