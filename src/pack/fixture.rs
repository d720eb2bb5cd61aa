//! A realistic pack for tests: five domains with three exhibits each, and twelve candidates.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame, PlSmallStr};

use super::{Counts, Decision, DiagnosticList, DistrictName, ExhibitLeftOut, Picture, Report};
use crate::compare::{Peer, PeerGroup, PeerVariable};
use crate::diagnostic::{ColumnIgnored, Diagnostic, Place, RowsLeftOut, SheetRead, SourceRead};
use crate::domain::{Better, District, DistrictId, ItemNumber, MeasureKey, Quadrant, SchoolYear, Unit};
use crate::exhibit::{
    Basis, CandidateValue, DataTable, Day, Exhibit, ExhibitCell, FeedbackAsk, Figure, Line, LineRole,
    LineSeries, Pack, PeerCandidate, Section, SeriesFacts, SeriesFirst, SeriesLatest, Table,
};
use crate::finding::{Confidence, Evidence, Finding, Findings};

type FixtureRow = (&'static str, &'static str, &'static str, &'static str, [f64; 6], Unit);

const DOMAINS: [(&str, &str, &str); 5] = [
    ("enrollment", "Enrollment", "Who are our students, and how is that changing?"),
    ("students", "Students", "Are students here, safe, and on track?"),
    ("assessment", "Assessment", "What do our students know, and what are they ready for?"),
    ("finance", "Finance", "What do we receive, what do we spend, and can we keep it up?"),
    ("staffing", "Staffing", "Who teaches and works here, and do they stay?"),
];

#[rustfmt::skip]
const EXHIBITS: [FixtureRow; 15] = [
    ("enrollment", "enrollment-total", "Total enrollment", "Enrollment fell by 247 students since 2019-20, to 2,144", [2391.0, 2340.0, 2301.0, 2255.0, 2190.0, 2144.0], Unit::Count),
    ("enrollment", "low-income", "Students from low-income families", "24.1 % of students come from low-income families, 3.1 points more than five years ago", [21.0, 21.4, 22.2, 22.9, 23.6, 24.1], Unit::Percent),
    ("enrollment", "english-learners", "English learners", "English learners grew from 5.2 % to 9.8 % of students", [5.2, 5.9, 6.8, 7.7, 8.9, 9.8], Unit::Percent),
    ("students", "attendance", "Attendance rate", "Attendance is 94.7 %, above 9 of 10 peer districts", [95.6, 93.0, 92.8, 93.6, 94.2, 94.7], Unit::Percent),
    ("students", "chronic-absence", "Chronic absenteeism", "17.9 % of students missed a tenth of their days or more, down from 24.4 %", [12.2, 19.6, 24.4, 22.0, 19.1, 17.9], Unit::Percent),
    ("students", "graduation", "Four-year graduation rate", "The graduation rate has stayed between 93 and 95 % for six years", [93.9, 94.1, 93.2, 94.4, 94.8, 94.6], Unit::Percent),
    ("assessment", "reading-grade-3", "Grade 3 reading: meets expectations", "41.3 % of third graders meet expectations in reading, 6.4 points below 2018-19", [47.7, 44.0, 39.1, 39.9, 40.2, 41.3], Unit::Percent),
    ("assessment", "math-grade-8", "Grade 8 mathematics: meets expectations", "28.4 % of eighth graders meet expectations in mathematics, below 8 of 10 peer districts", [33.0, 30.1, 26.6, 27.0, 27.9, 28.4], Unit::Percent),
    ("assessment", "gap-low-income", "Reading by family income", "Students from low-income families meet expectations 22.6 points less often than all students", [19.5, 20.3, 21.9, 22.0, 22.3, 22.6], Unit::Percent),
    ("finance", "spending-per-student", "Operating spending per student", "Spending per student rose to $15,340, close to the peer median", [12412.0, 12893.0, 13302.0, 14120.0, 14876.0, 15340.0], Unit::DollarsPerStudent),
    ("finance", "fund-balance", "Fund balance as a share of spending", "The fund balance covers 31.8 % of a year’s spending", [24.0, 26.5, 27.9, 29.2, 30.6, 31.8], Unit::Percent),
    ("finance", "deficit", "Revenue less spending", "Spending has exceeded revenue in the last two years", [1_200_000.0, 840_000.0, 310_000.0, 120_000.0, -410_000.0, -655_000.0], Unit::Dollars),
    ("staffing", "teacher-turnover", "Teacher turnover", "17.5 % of teachers left, the highest share in six years", [11.2, 12.0, 13.8, 15.1, 16.6, 17.5], Unit::Percent),
    ("staffing", "teacher-experience", "Average experience of teachers", "Teachers have 11.2 years of experience on average, two years less than in 2019-20", [13.2, 12.9, 12.4, 12.0, 11.6, 11.2], Unit::Years),
    ("staffing", "students-per-teacher", "Students for each teacher", "There are 14.2 students for each teacher, fewer than in 7 of 10 peer districts", [15.1, 15.0, 14.8, 14.6, 14.4, 14.2], Unit::Ratio),
];

type Candidate =
    (Quadrant, &'static str, Confidence, &'static str, &'static str, f64, &'static str, &'static str);

#[rustfmt::skip]
const CANDIDATES: [Candidate; 12] = [
    (Quadrant::Strength, "attendance", Confidence::Strong, "Attendance was 94.7 % in 2024-25, above 9 of its 10 peer districts (peer median 93.1 %), and has risen for three years in a row.", "What did we do after 2021-22 that brought students back, and can we keep it up?", 94.7, "above 9 of its 10 peer districts (peer median 93.1 %)", "rising since 2021-22, by 1.9 percentage points"),
    (Quadrant::Strength, "fund-balance", Confidence::Strong, "The fund balance covered 31.8 % of a year’s spending in 2024-25, up 7.8 percentage points since 2019-20, and more than in 8 of 10 peer districts.", "What is the balance for, and how much of it is enough?", 31.8, "above 8 of its 10 peer districts (peer median 22.4 %)", "rising since 2019-20"),
    (Quadrant::Strength, "graduation", Confidence::Moderate, "The four-year graduation rate has stayed between 93.2 and 94.8 % for six years; in 2024-25 it was 94.6 %.", "Who are the students who do not graduate in four years?", 94.6, "", "steady since 2019-20"),
    (Quadrant::Strength, "students-per-teacher", Confidence::Tentative, "There were 14.2 students for each teacher in 2024-25, fewer than in 7 of 10 peer districts.", "Where do students notice it?", 14.2, "below 7 of its 10 peer districts", ""),
    (Quadrant::Weakness, "reading-grade-3", Confidence::Strong, "41.3 % of third graders met expectations in reading in 2024-25, 6.4 percentage points below 2018-19 and below 8 of its 10 peer districts (peer median 46.0 %).", "What do our third graders find hardest, and when does it begin?", 41.3, "below 8 of its 10 peer districts (peer median 46.0 %)", "no clear direction since 2021-22"),
    (Quadrant::Weakness, "math-grade-8", Confidence::Moderate, "28.4 % of eighth graders met expectations in mathematics in 2024-25, below 8 of its 10 peer districts.", "Which parts of mathematics do they meet too late?", 28.4, "below 8 of its 10 peer districts (peer median 34.5 %)", ""),
    (Quadrant::Weakness, "teacher-turnover", Confidence::Strong, "17.5 % of teachers left after 2023-24, more than in 9 of 10 peer districts (peer median 12.1 %); the share has risen every year since 2019-20.", "Who leaves, after how many years, and what do they tell us?", 17.5, "above 9 of its 10 peer districts (peer median 12.1 %)", "rising since 2019-20, by 6.3 percentage points"),
    (Quadrant::Weakness, "gap-low-income", Confidence::Tentative, "Students from low-income families met reading expectations 22.6 percentage points less often than all students in 2024-25.", "Which support reaches them, and which does not?", 22.6, "", "no clear direction"),
    (Quadrant::Opportunity, "english-learners", Confidence::Moderate, "English learners grew from 5.2 % of students in 2019-20 to 9.8 % in 2024-25, faster than in 8 of 10 peer districts.", "What will these students need from us in three years?", 9.8, "faster than in 8 of 10 peer districts", "rising since 2019-20"),
    (Quadrant::Opportunity, "chronic-absence", Confidence::Moderate, "Chronic absenteeism fell from 24.4 % in 2021-22 to 17.9 % in 2024-25, but is still 5.7 percentage points above 2019-20.", "Which students have not come back?", 17.9, "like its peers (peer median 18.2 %)", "falling since 2021-22"),
    (Quadrant::Threat, "enrollment-total", Confidence::Strong, "Enrollment fell by 247 students (10.3 %) from 2019-20 to 2024-25, in every one of the five years.", "What happens to classes, buildings and revenue if it goes on?", 2144.0, "fell faster than in 7 of 10 peer districts", "falling since 2019-20"),
    (Quadrant::Threat, "deficit", Confidence::Tentative, "Spending exceeded revenue in 2023-24 and 2024-25, by $655,000 in the last year.", "Is this planned use of the balance, or the beginning of something?", -655_000.0, "", ""),
];

/// With the non-breaking space that [`Unit::format`] puts before the percent sign.
fn words(text: &str) -> String {
    text.replace(" %", "\u{a0}%")
}

fn year(end: i32) -> SchoolYear {
    SchoolYear::ending(end).unwrap()
}

fn district(id: &str, name: &str) -> District {
    District {
        id: DistrictId::new(id).unwrap(),
        shown_id: format!("{id:0>6}"),
        name: name.to_owned(),
        attributes: BTreeMap::new(),
        state: None,
        layouts: Vec::new(),
        breaks: Vec::new(),
    }
}

fn exhibit(&(domain, id, title, finding, values, unit): &FixtureRow) -> Exhibit {
    let years: Vec<i32> = (2020..=2025).collect();
    let series = vec![LineSeries {
        label: "District".to_owned(),
        role: LineRole::District,
        values: values.map(Some).to_vec(),
    }];
    let cell = |v: f64| ExhibitCell::Number(v, unit);
    let row = |(i, v): (usize, &f64)| {
        let peers = if i == 0 { ExhibitCell::Absent("none".to_owned()) } else { cell(v * 1.04 + 0.3) };
        vec![ExhibitCell::Text(year(2020 + i as i32).to_string()), cell(*v), peers, cell(v * 0.97)]
    };
    Exhibit {
        id: id.to_owned(),
        code: "S1".to_owned(),
        core: true,
        domain: domain.to_owned(),
        topic: format!("What do we know about {}?", title.to_lowercase()),
        title: title.to_owned(),
        direction: "",
        caveat: String::new(),
        age: String::new(),
        definition: format!("{title}, as the state counts it."),
        finding: words(finding),
        sub_line: format!("{} in 2019-20, {} in 2024-25", unit.format(values[0]), unit.format(values[5])),
        figure: Figure::Line(Line { unit, years, series, band: None, least_span: 0.0, breaks: Vec::new() }),
        table: Table {
            columns: ["School year", "District", "Peer median", "State median"].map(str::to_owned).to_vec(),
            rows: values.iter().enumerate().map(row).collect(),
        },
        note: "Peers: 10 districts. No test was given in 2019-20.".to_owned(),
        basis: Basis::default(),
        source: "Source: Texas Education Agency, TAPR".to_owned(),
        files: "File: profile.csv".to_owned(),
        alt: format!(
            "Line chart over six school years. {title} goes from {} to {}.",
            unit.format(values[0]),
            unit.format(values[5])
        ),
        notice: "What do you see in the latest year?".to_owned(),
        wonder: "What do you notice first, and what would you like to know next?".to_owned(),
        series: vec![MeasureKey::whole(id)],
        search: Vec::new(),
        findings: CANDIDATES.iter().filter(|c| c.1 == id).map(|c| finding_id(c.0, id)).collect(),
    }
}

fn finding_id(quadrant: Quadrant, measure: &str) -> String {
    format!("{}-by-peers.{measure}", quadrant.id())
}

fn finding(
    &(quadrant, measure, confidence, statement, question, value, comparison, trend): &Candidate,
) -> Finding {
    let row = EXHIBITS.iter().find(|e| e.1 == measure).unwrap();
    let place = CANDIDATES.iter().filter(|c| c.0 == quadrant).position(|c| c.1 == measure).unwrap();
    let evidence = |text: &str, cells: &[&str]| Evidence {
        text: text.to_owned(),
        sources: cells.iter().map(|c| format!("profile/DISTPROF_2025.csv › {c}")).collect(),
    };
    let limit = vec![evidence("One district of the ten has no value in 2024-25.", &[])];
    Finding {
        number: ItemNumber { quadrant, rank: place as u32 + 1 },
        id: finding_id(quadrant, measure),
        quadrant,
        statement: words(statement),
        brief: row.2.to_owned(),
        evidence_line: "Source: DISTPROF_2025.csv.".to_owned(),
        doubt_line: String::new(),
        question: question.to_owned(),
        domain: row.0.to_owned(),
        key: MeasureKey::whole(measure),
        value,
        unit: row.5,
        year: year(2025),
        comparison: words(comparison),
        trend: trend.to_owned(),
        confidence,
        score: value.abs().sqrt(),
        rule: format!("{}-by-peers", quadrant.id()),
        evidence: vec![
            evidence("Percentile among peers is 95; the rule asks for 75 or more.", &["DPETALLC › C7", "D7"]),
            evidence("Ten peers have a value; the rule asks for 5 or more.", &["DPETALLC › C9"]),
        ],
        absorbed: Vec::new(),
        story: measure.to_owned(),
        is_shown: true,
        counter_evidence: if confidence == Confidence::Strong { Vec::new() } else { limit },
    }
}

fn peers() -> PeerGroup {
    let variable = |label: &str, value| PeerVariable {
        name: label.to_lowercase().replace(' ', "-"),
        label: label.to_owned(),
        key: Some(MeasureKey::whole("enrollment")),
        unit: Some(if label == "Enrollment" { Unit::Count } else { Unit::Percent }),
        value,
    };
    let names = ["Birch Hollow CUSD 9", "Elm Creek", "Saint Cloud–Prairie du Rocher Unit 134", "Oak 12"];
    let peer = |(i, name): (usize, &&str)| {
        let by = i as f64;
        Peer {
            district: district(&(300 + i).to_string(), name),
            code: i as u32,
            distance: 0.31 + 0.17 * by,
            values: vec![2090.0 + 40.0 * by, 23.8 + by, 9.1 - by, 15.5],
        }
    };
    PeerGroup {
        enough: crate::catalog::EnoughPeers { peers: 5, pool: 20 },
        year: Some(year(2025)),
        variables: vec![
            variable("Enrollment", 2144.0),
            variable("Low-income students (%)", 24.1),
            variable("English learners (%)", 9.8),
            variable("Students with disabilities (%)", 15.9),
        ],
        within: vec![("district-type".to_owned(), "Unit".to_owned())],
        candidates: 1207,
        method: "Euclidean".to_owned(),
        peers: names.iter().enumerate().map(peer).collect(),
        ..PeerGroup::default()
    }
}

/// The peers, and as many districts that could be peers.
fn candidates() -> Vec<PeerCandidate> {
    let group = peers();
    let candidate = |(i, peer): (usize, &Peer)| PeerCandidate {
        district: peer.district.clone(),
        distance: peer.distance,
        likeness: None,
        is_peer: i < group.peers.len(),
        variables: peer.values.clone(),
        values: vec![
            [CandidateValue::Shown(1.0), CandidateValue::Hidden, CandidateValue::Missing][i % 3];
            EXHIBITS.len()
        ],
    };
    group.peers.iter().chain(&group.peers).enumerate().map(candidate).collect()
}

fn facts(&(domain, id, title, _, values, unit): &FixtureRow) -> SeriesFacts {
    SeriesFacts {
        key: MeasureKey::whole(id),
        domain: domain.to_owned(),
        measure: title.to_owned(),
        group: String::new(),
        grade: String::new(),
        subject: String::new(),
        definition: format!("{title}, as the state counts it."),
        authority: "The state".to_owned(),
        unit,
        better: Better::Higher,
        adds_up: false,
        code: "S1".to_owned(),
        is_at_a_glance: true,
        latest: Some(SeriesLatest { year: year(2025), value: values[5], n: None }),
        first: Some(SeriesFirst { year: year(2020), value: values[0] }),
        real_change: None,
        trend: None,
        standing: None,
        of_all_students: None,
        age: String::new(),
    }
}

fn tables(name: &str) -> Vec<DataTable> {
    let column = |n: &str| PlSmallStr::from_str(n);
    let frame = DataFrame::new(
        2,
        vec![
            Column::new(column("district_id"), ["001902", "001902"]),
            Column::new(column("district_name"), [name, name]),
            Column::new(column("school_year"), [2024i32, 2025]),
            Column::new(column("value"), [Some(94.2), None]),
        ],
    )
    .unwrap();
    vec![
        DataTable { name: "observations", frame: frame.clone(), parquet: true },
        DataTable { name: "measures", frame, parquet: false },
    ]
}

/// The pack of a district called `name`.
pub(super) fn pack(name: &str) -> Pack {
    let section = |(id, label, question): (&str, &str, &str)| Section {
        id: id.to_owned(),
        label: label.to_owned(),
        question: question.to_owned(),
        exhibits: EXHIBITS.iter().filter(|e| e.0 == id).map(exhibit).collect(),
    };
    Pack {
        series: 3,
        title: "Data Retreat 2025".to_owned(),
        district: district("1902", name),
        year: Some(year(2025)),
        sections: DOMAINS.into_iter().map(section).collect(),
        without_exhibits: Vec::new(),
        day: Day::default(),
        menu: None,
        pages: crate::plan::OnePages::default(),
        school_pages: Vec::new(),
        plan: crate::plan::PlanSpec::default(),
        room: crate::catalog::RoomSpec::default(),
        final_swot: None,
        feedback_ask: FeedbackAsk::default(),
        consensus: None,
        poll: None,
        seats: Vec::new(),
        findings: Findings { all: CANDIDATES.iter().map(finding).collect(), worth_noticing: Vec::new() },
        peers: peers(),
        candidates: candidates(),
        facts: EXHIBITS.iter().map(facts).collect(),
        tables: tables(name),
    }
}

/// A drawing for each exhibit of `pack`: SVG and PNG.
pub(super) fn drawings(pack: &Pack) -> Vec<(String, Vec<u8>)> {
    pack.exhibits().map(|e| (drawing(e), format!("png of {}", e.id).into_bytes())).collect()
}

/// The exhibits of `pack` with their drawings.
pub(super) fn pictures<'a>(pack: &'a Pack, drawings: &'a [(String, Vec<u8>)]) -> Vec<Picture<'a>> {
    let all = pack.exhibits().zip(drawings);
    all.map(|(exhibit, (svg, png))| Picture {
        exhibit,
        bare: svg,
        outlined: Some(svg),
        png: Some(png),
        plots: None,
    })
    .collect()
}

fn drawing(exhibit: &Exhibit) -> String {
    let Figure::Line(line) = &exhibit.figure else { return String::new() };
    let values: Vec<f64> = line.series[0].values.iter().copied().flatten().collect();
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
    let place = |(i, v): (usize, &f64)| (70.0 + 120.0 * i as f64, 430.0 - 280.0 * (v - low) / (high - low));
    let points: Vec<(f64, f64)> = values.iter().enumerate().map(place).collect();
    let path: String = points.iter().map(|(x, y)| format!("{x:.0},{y:.0} ")).collect();
    let labels: String = points
        .iter()
        .zip(&values)
        .zip(&line.years)
        .map(|(((x, y), v), end)| {
            let (value, name, y) = (line.unit.format_axis(*v, high), year(*end), y - 12.0);
            format!("<text x='{x:.0}' y='{y:.0}'>{value}</text><text x='{x:.0}' y='470'>{name}</text>")
        })
        .collect();
    format!(
        "<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 900 560' width='900' \
         height='560' font-family='Source Sans 3' font-size='15'><rect width='900' height='560' fill='#fff'/>\
         <text x='24' y='44' font-size='23' font-weight='600'>{}</text><text x='24' y='76' fill='#55606b'>{}\
         </text><polyline points='{path}' fill='none' stroke='#0b5a8a' stroke-width='4'/>\
         <g text-anchor='middle'>{labels}</g><text x='24' y='516' fill='#55606b'>{}</text>\
         <text x='24' y='540' fill='#55606b'>Source: {}</text></svg>",
        exhibit.finding, exhibit.title, exhibit.note, exhibit.source
    )
}

/// The report of an ordinary build.
pub(super) fn report(pack: &Pack) -> Report {
    let name = DistrictName { id: pack.district.shown_id.clone(), name: pack.district.name.clone() };
    let mut report = Report::new(&pack.title, name);
    let sheet = SheetRead {
        rows: 1207,
        rows_left_out: vec![RowsLeftOut { why: "state totals".to_owned(), rows: 2 }],
        header_row: Some(1),
        observations: 84_512,
        columns_read: 71,
        columns_ignored: vec![ColumnIgnored { column: "DFLCHART".to_owned(), why: "a flag".to_owned() }],
        columns_unread: vec!["DPETSPEP".to_owned(), "DPSTKIDR".to_owned()],
        cells_masked: 1211,
        cells_missing: 403,
        ..SheetRead::default()
    };
    for end in [2024, 2025] {
        report.sources.push(SourceRead {
            path: format!("profile/DISTPROF_{end}.csv"),
            sha256: Some("0".repeat(64)),
            bytes: Some(1_204_411),
            layout: "tx-tapr-profile".to_owned(),
            sheets: vec![sheet.clone()],
        });
    }
    report.decisions.push(Decision {
        what: "Year of the peers".to_owned(),
        chosen: "2024-25".to_owned(),
        why: "the latest in which all matching variables are published".to_owned(),
    });
    report.exhibits_left_out.push(ExhibitLeftOut {
        id: "family-survey".to_owned(),
        why: "no file holds survey results".to_owned(),
    });
    let place = || Place::sheet("profile/DISTPROF_2025.csv", None);
    report.diagnostics = DiagnosticList::new(vec![
        Diagnostic::sheet_empty(place()),
        Diagnostic::source_missing("survey/*.xlsx"),
    ]);
    report.counts = Counts {
        observations: 169_024,
        estimates: 180_400,
        derived: 11_376,
        withheld: 212,
        comparisons: 341,
        findings: Quadrant::ALL.map(|q| (q, pack.findings.of(q).count() as u64)).into(),
        exhibits: pack.exhibits().count() as u64,
    };
    report
}
