//! A simulated day: 6 tables and 45 people fill in ballots as people do, by Excel's, LibreOffice's, and SheetJS's ways of saving
//! them (`tools/room_ballots.py`), and the consensus is what a person counts by hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use retreat::catalog::Catalog;
use retreat::domain::Quadrant;
use retreat::room::{ConsensusRow, MergeDecisions, MergedBallots, RoomInput, RoomSpec, draft_of, merge};
use sheets::{Input, SourceFile, read};

use crate::project::{root, temporary_folder};

pub(crate) static SPEC: LazyLock<RoomSpec> = LazyLock::new(|| Catalog::embedded().unwrap().room);

static BALLOT: LazyLock<SourceFile> =
    LazyLock::new(|| read(&Input::File(root().join("tests/room/ballot.xlsx")), "ballots/ballot.xlsx").value);

pub(crate) fn blank_ballot() -> &'static SourceFile {
    &BALLOT
}

/// The files of the day, by name.
pub(crate) fn day() -> Vec<SourceFile> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root().join("tests/room/day"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let shown = format!("ballots/{}", path.file_name().unwrap().to_string_lossy());
            read(&Input::File(path), &shown).value
        })
        .collect()
}

pub(crate) fn merged(files: &[SourceFile]) -> MergedBallots {
    merged_with(files, &[])
}

pub(crate) fn merged_with(files: &[SourceFile], feedback: &[SourceFile]) -> MergedBallots {
    merged_asked(files, feedback, &BTreeMap::new())
}

pub(crate) fn merged_asked(
    files: &[SourceFile],
    feedback: &[SourceFile],
    invited: &BTreeMap<String, u32>,
) -> MergedBallots {
    merged_told(files, feedback, &FeedbackTold { invited: invited.clone(), ..FeedbackTold::default() })
}

/// What a project says about its feedback.
#[derive(Default)]
pub(crate) struct FeedbackTold {
    pub(crate) invited: BTreeMap<String, u32>,
    pub(crate) codes: BTreeMap<String, String>,
    pub(crate) groups: BTreeMap<String, String>,
}

pub(crate) fn merged_told(
    files: &[SourceFile],
    feedback: &[SourceFile],
    told: &FeedbackTold,
) -> MergedBallots {
    let decisions = MergeDecisions::default();
    merge(&RoomInput {
        district: "104018",
        title: "Data Retreat 2025",
        recorded: None,
        newest: draft_of(blank_ballot()),
        files,
        feedback,
        invited: &told.invited,
        codes: &told.codes,
        groups: &told.groups,
        decisions: &decisions,
        spec: &SPEC,
        people: 45,
        tables: 6,
    })
}

/// `S1 strength all 6 kept 0 moved 0 dropped 11 dots`.
fn line(row: &ConsensusRow) -> String {
    let quadrant = row.quadrant.map_or("-", Quadrant::id);
    let ConsensusRow { item, kept, moved, dropped, dots, .. } = row;
    format!(
        "{item} {quadrant} {} {kept} kept {moved} moved {dropped} dropped {dots} dots",
        row.agreement.id()
    )
}

#[test]
fn the_consensus_is_what_a_person_counts_by_hand() {
    let merged = merged(&day());
    let lines: Vec<String> = merged.consensus.rows.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            // All six tables keep it; table 6 by five of its people against one. 4 + 5 + 2 dots.
            "S1 strength all 6 kept 0 moved 0 dropped 11 dots",
            "S4 strength split 3 kept 0 moved 0 dropped 0 dots",
            // Tables 1 and 3 leave it, table 2 makes it an opportunity: two of three are enough for a strength.
            "S2 strength split 2 kept 1 moved 0 dropped 0 dots",
            // Tables 2 and 5 added it in the same words, and only table 5 wrote the quadrant.
            "A2-2 strength split 2 kept 0 moved 0 dropped 0 dots",
            "A6-1 strength one 1 kept 0 moved 0 dropped 0 dots",
            "S3 strength none 0 kept 0 moved 1 dropped 0 dots",
            // Table 4 gave nine dots, in the wrong column, and no vote. 10 + 9 + 10 + 9 + 6 + 4 dots.
            "W2 weakness most 5 kept 0 moved 0 dropped 48 dots",
            // Table 6 is divided, three against three. 8 + 12 + 4 + 2 dots.
            "W3 weakness most 5 kept 0 moved 0 dropped 26 dots",
            "W6 weakness split 3 kept 0 moved 1 dropped 15 dots",
            "A1-1 weakness one 1 kept 0 moved 0 dropped 4 dots",
            "W4 weakness one 1 kept 0 moved 0 dropped 0 dots",
            "W5 weakness one 1 kept 0 moved 0 dropped 0 dots",
            "A2-1 weakness one 1 kept 0 moved 0 dropped 0 dots",
            "W1 weakness none 0 kept 0 moved 0 dropped 0 dots",
            "A3-1 opportunity one 1 kept 0 moved 0 dropped 0 dots",
            // Tables 1, 2, and 4 leave it, table 5 makes it a weakness, table 6 drops it by four against two. 8 + 9 + 1 dots.
            "T3 threat split 3 kept 1 moved 1 dropped 18 dots",
            // Table 3 moved it here.
            "O1 threat one 1 kept 1 moved 0 dropped 0 dots",
            "A4-1 threat one 1 kept 0 moved 0 dropped 0 dots",
            "T1 threat none 0 kept 0 moved 1 dropped 0 dots",
            "T2 threat none 0 kept 0 moved 0 dropped 0 dots",
            "T4 threat none 0 kept 0 moved 0 dropped 0 dots",
            "T5 threat none 0 kept 0 moved 1 dropped 0 dots",
        ]
    );
    let row = |item: &str| merged.consensus.rows.iter().find(|row| row.item == item).unwrap();
    assert_eq!(row("W6").objections, ["Table 2: One bad year.", "Table 6: One bad year."]);
    assert_eq!(row("S2").elsewhere, ["opportunity: table 2"]);
    assert_eq!(row("T3").elsewhere, ["weakness: table 5"]);
    assert_eq!(row("S4").rewordings, ["Table 5: Our graduation rate is the best among our peers."]);
    assert_eq!(row("A2-2").merged_from, ["A2-2", "A5-1"]);
    assert_eq!(
        row("W3").comments,
        ["Table 3: Are these the same children?"],
        "the merged cell is about both"
    );
    assert_eq!(row("W2").comments, row("W3").comments);
    assert_eq!(row("S1").people, Some(8 + 7 + 2), "those at tables 1 and 2, and two people of table 6");
    assert_eq!(row("W2").people, None, "table 5 deleted the column with how many people it has");
    assert_eq!(row("A1-1").people, Some(8));
    let pairs: Vec<_> = merged.consensus.similar.iter().map(|similar| &similar.pair).collect();
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert_eq!((pairs[0].first.as_str(), pairs[0].second.as_str()), ("A1-1", "A2-1"));
}

#[test]
fn what_is_out_of_place_is_named_by_its_cell() {
    let merged = merged(&day());
    let named: Vec<String> =
        merged.problems.iter().map(|problem| format!("{} {}", problem.id, problem.place)).collect();
    for wanted in [
        "item-unknown ballots/Form Responses.csv › H7",
        "own-item-without-quadrant ballots/blue.xlsx › The Blue Group › C26",
        "ballot-without-headings ballots/table 4.xlsx › Table 4",
        "ballot-dots-in-keep ballots/table 4.xlsx › Table 4 › E13",
        "ballot-cell-elsewhere ballots/table 4.xlsx › Table 4 › H21",
        "ballot-cell-elsewhere ballots/table 4.xlsx › Table 4 › J36",
        "ballot-cell-elsewhere ballots/table 4.xlsx › Table 4 › M9",
        "ballot-statement-changed ballots/table 5.xlsx › Table 5 › B12",
        "ballot-quadrant-changed ballots/table 5.xlsx › Table 5 › A22",
        "ballot-formula ballots/third table.ods › Table 3 › H10",
    ] {
        assert!(named.iter().any(|problem| problem == wanted), "{wanted} is not in {named:#?}");
    }
}

#[test]
fn the_order_of_the_files_makes_no_difference() {
    let all = format!("{:?}", merged(&day()));
    for turn in 0..day().len() {
        let mut files = day();
        files.rotate_left(turn);
        assert_eq!(format!("{:?}", merged(&files)), all);
        files.reverse();
        assert_eq!(format!("{:?}", merged(&files)), all);
    }
}

#[test]
fn one_more_table_changes_only_what_it_says() {
    let without: Vec<SourceFile> = day().into_iter().filter(|file| !file.file.contains("table 1")).collect();
    let (before, after) = (merged(&without), merged(&day()));
    let of_others = ["S4", "A2-2", "A6-1", "A2-1", "A3-1", "O1", "A4-1", "T5", "W4"];
    let rows = |merged: &MergedBallots| -> BTreeMap<String, ConsensusRow> {
        merged.consensus.rows.iter().map(|row| (row.item.clone(), row.clone())).collect()
    };
    let (before, after) = (rows(&before), rows(&after));
    for item in of_others.into_iter().filter(|item| *item != "S4") {
        // With one more table, the same number of tables may be a smaller part of all.
        let before = ConsensusRow { agreement: after[item].agreement, ..before[item].clone() };
        assert_eq!(before, after[item]);
    }
    assert_eq!(before["S4"].kept + 1, after["S4"].kept);
    assert!(!before.contains_key("A1-1"));
}

pub(crate) fn project() -> tempfile::TempDir {
    let folder = temporary_folder();
    let text = "[retreat]\ntitle = \"Data Retreat 2025\"\ndistrict = \"104018\"\n\
                [[source]]\npath = \"none.csv\"\nlayout = \"tx-tapr-profile\"\n";
    std::fs::write(folder.path().join("retreat.toml"), text).unwrap();
    std::fs::create_dir(folder.path().join("ballots")).unwrap();
    for entry in std::fs::read_dir(root().join("tests/room/day")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join("ballots").join(entry.file_name())).unwrap();
    }
    folder
}

pub(crate) fn run(project: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_retreat")).args(["merge", "."]).current_dir(project).output().unwrap()
}

pub(crate) fn text(project: &Path, name: &str) -> String {
    std::fs::read_to_string(project.join("swot").join(name)).unwrap()
}

#[test]
fn merging_twice_gives_the_same_bytes() {
    let (one, another) = (project(), project());
    for project in [&one, &another] {
        let output = run(project.path());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    run(one.path());
    for name in ["consensus.csv", "consensus.xlsx", "log.csv", "duplicates.xlsx", ".merged.json"] {
        let bytes = |project: &Path| std::fs::read(project.join("swot").join(name)).unwrap();
        assert!(bytes(one.path()) == bytes(another.path()), "{name}");
    }
}

#[test]
fn what_a_person_changes_in_the_consensus_stays_and_counts() {
    let project = project();
    run(project.path());
    let ours = text(project.path(), "consensus.csv");
    let theirs = ours
        .replace("The graduation rate was 94.5% in 2024-25", "Nearly all of our students graduate")
        .replace("O1,threat,", "O1,opportunity,");
    assert_ne!(ours, theirs);
    std::fs::write(project.path().join("swot/consensus.csv"), &theirs).unwrap();
    let told = run(project.path());
    assert_eq!(text(project.path(), "consensus.csv"), theirs, "a changed file is never replaced");
    assert!(String::from_utf8_lossy(&told.stderr).contains("you changed"), "{told:?}");
    let new = text(project.path(), "consensus-new.csv");
    assert!(new.contains("Nearly all of our students graduate") && new.contains("O1,opportunity,"), "{new}");
    let log = text(project.path(), "log.csv");
    assert!(
        log.contains("merge,,O1,move,opportunity,opportunity,") && log.contains("merge,,S4,reword,"),
        "{log}"
    );
    // The person takes the new file, and nothing that was decided is forgotten.
    std::fs::rename(project.path().join("swot/consensus-new.csv"), project.path().join("swot/consensus.csv"))
        .unwrap();
    run(project.path());
    let last = text(project.path(), "consensus.csv");
    assert!(
        last.contains("Nearly all of our students graduate") && last.contains("O1,opportunity,"),
        "{last}"
    );
}

#[test]
fn pairs_become_one_only_when_a_person_says_so() {
    let project = project();
    run(project.path());
    assert!(text(project.path(), "consensus.csv").contains("A2-1,weakness,"));
    let answers = "Same?,Item,Statement,Other item,Other statement\nyes,A1-1,,A2-1,\n";
    std::fs::write(project.path().join("swot/duplicates.csv"), answers).unwrap();
    run(project.path());
    let consensus = text(project.path(), "consensus.csv");
    assert!(consensus.contains("\"A1-1, A2-1\"") && !consensus.contains("A2-1,weakness,"), "{consensus}");
    assert!(text(project.path(), "log.csv").contains("merge,,A2-1,merge,A2-1,A1-1,"));
    assert!(!project.path().join("swot/duplicates.xlsx").exists(), "there is nothing left to judge");
    // A judged pair stays one when the file is gone.
    std::fs::remove_file(project.path().join("swot/duplicates.csv")).unwrap();
    run(project.path());
    assert_eq!(text(project.path(), "consensus.csv"), consensus);
}

#[test]
fn without_ballots_the_command_says_what_to_do() {
    let project = project();
    std::fs::remove_dir_all(project.path().join("ballots")).unwrap();
    let output = run(project.path());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("there are no ballots") && told.contains("hint:"), "{told}");
}

/// The texts of the slides of a deck.
fn slides(deck: &Path) -> String {
    parts(deck, "slides/slide")
}

/// The texts of the parts of an Office file whose names have this in them.
pub(crate) fn parts(file: &Path, named: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let all = 0..archive.len();
    let names: Vec<String> =
        all.map(|index| archive.by_index(index).unwrap().name().unwrap().into_owned()).collect();
    let names: Vec<String> = names.into_iter().filter(|name| name.contains(named)).collect();
    names.iter().map(|name| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()).collect()
}

/// The rows of a sheet, each as its texts joined.
pub(crate) fn sheet_rows(file: &Path, name: &str) -> Vec<String> {
    let file = read(&Input::File(file.to_owned()), "x").value;
    let sheet = file.sheets.iter().find(|sheet| sheet.place.sheet.as_deref() == Some(name)).unwrap();
    sheet
        .rows()
        .map(|row| row.cells().map(|(_, cell)| cell.to_text()).collect::<Vec<_>>().join(" | "))
        .collect()
}

#[test]
fn a_number_stands_for_one_item_on_cards_slides_page_and_files() {
    let folder = temporary_folder();
    let out = folder.path().join("out");
    let built = Command::new(env!("CARGO_BIN_EXE_retreat"))
        .args(["build", "sample_data", "--format", "html,pptx,xlsx,print", "--out"])
        .arg(&out)
        .current_dir(root())
        .output()
        .unwrap();
    assert_eq!(built.status.code(), Some(1), "{}", String::from_utf8_lossy(&built.stderr));
    let plain = |name: &str| {
        std::fs::read_to_string(out.join(name)).unwrap().replace("&#x27;", "'").replace("&#x2f;", "/")
    };
    let (page, sheets, guide) =
        (plain("index.html"), plain("print/worksheets.html"), plain("print/facilitator-guide.html"));
    let slides = slides(&out.join("retreat-deck.pptx")).replace("&apos;", "'");
    let (ballot, swot) = (
        sheet_rows(&out.join("swot/ballot.xlsx"), "Table 1"),
        sheet_rows(&out.join("retreat-data.xlsx"), "SWOT"),
    );
    let mut table = csv::Reader::from_path(out.join("swot/candidates.csv")).unwrap();
    let mut shown = 0;
    for row in table.records().map(Result::unwrap) {
        let (number, quadrant, statement, rank) =
            (&row[0], &row[2], &row[3], row[0][1..].parse::<usize>().unwrap());
        assert_eq!(number[..1].to_lowercase(), quadrant[..1]);
        assert!(
            page.contains(&format!("<span class=\"letter\">{number}</span>")),
            "{number} is not on the page"
        );
        assert!(
            swot.iter().any(|row| row.starts_with(number) && row.contains(statement)),
            "{number}: {swot:#?}"
        );
        if &row[23] == "yes" {
            shown += 1;
            assert!(
                sheets.contains(&format!("<span class=\"code\">Item {number}</span>{statement}")),
                "no card of {number}"
            );
            assert!(
                ballot.iter().any(|row| row.starts_with(&format!("{number} | ")) && row.contains(statement))
            );
            let in_guide = guide.contains(&format!("<b>Item {number}:</b> {statement}"));
            assert!(
                in_guide && slides.contains(&format!("Item {number}: {statement}")) || rank > 3,
                "{number} {in_guide}"
            );
        }
    }
    assert!(shown > 8);
}

/// The sample as a project of its own, with more lines at the end of its file.
pub(crate) fn sample_in(folder: &Path, more: &str) -> PathBuf {
    let project = folder.join("sample");
    std::fs::create_dir_all(project.join("ballots")).unwrap();
    std::fs::create_dir(project.join("layouts")).unwrap();
    for name in ["enrollment.xlsx", "staffing.xlsx", "finance.xlsx", "assessment.xlsx"] {
        std::fs::copy(root().join("sample_data").join(name), project.join(name)).unwrap();
    }
    for entry in std::fs::read_dir(root().join("sample_data/layouts")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), project.join("layouts").join(entry.file_name())).unwrap();
    }
    let text = std::fs::read_to_string(root().join("sample_data/retreat.toml")).unwrap();
    std::fs::write(project.join("retreat.toml"), format!("{text}\n{more}")).unwrap();
    project
}

pub(crate) fn build_in(project: &Path, formats: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_retreat"))
        .args(["build", ".", "--format", formats])
        .current_dir(project)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    told
}

#[test]
fn page_and_deck_say_whether_they_show_the_draft_or_the_consensus() {
    let folder = temporary_folder();
    let project = sample_in(folder.path(), "");
    let build = || {
        build_in(&project, "html,pptx");
        let page = std::fs::read_to_string(project.join("out/index.html")).unwrap();
        (page, slides(&project.join("out/retreat-deck.pptx")))
    };
    let (page, deck) = build();
    assert!(page.contains("Draft: proposals from the program") && !page.contains("Consensus: what"));
    assert!(deck.contains("does the software propose?") && !deck.contains("Consensus of"));
    // Charts have codes such as S1, too.
    assert!(deck.contains("Item S1: "), "{deck}");
    for entry in std::fs::read_dir(root().join("tests/room/day")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), project.join("ballots").join(entry.file_name())).unwrap();
    }
    assert_eq!(run(&project).status.code(), Some(0));
    let (page, deck) = build();
    assert!(
        page.contains("Consensus: what 6 tables agreed on")
            && page.contains("Buildings are old and need repair")
    );
    assert!(
        deck.contains("Consensus of 6 tables: our weaknesses")
            && !deck.contains("does the software propose?")
    );
    assert!(deck.contains(">Item ") && !deck.contains(">S1: "));
    assert!(deck.contains("Buildings are old and need repair (kept by 1 of 6 tables, 4 dots)"));
    assert!(!page.contains("Pay is set by the state schedule"), "what people object to is for the team");
}
