//! A project that has only surveys: it is proposed, checked, and built.

use std::fs;
use std::path::Path;
use std::process::Command;

use retreat::domain::Format;
use retreat::project::Project;
use retreat::run::Session;

use crate::project::{Made, root, temporary_folder};
use crate::room::parts;

/// Exit code, and what was said.
fn retreat(arguments: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_retreat")).args(arguments).arg(folder).output().unwrap();
    let [said, told] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    (output.status.code(), said + &told)
}

fn copy_surveys(folder: &Path) {
    for name in ["families.csv", "students.csv", "staff.csv"] {
        fs::copy(root().join("sample_data/surveys").join(name), folder.join(name)).unwrap();
    }
}

#[test]
fn a_folder_of_surveys_becomes_a_project_and_a_pack() {
    let folder = temporary_folder();
    copy_surveys(folder.path());
    let (code, said) = retreat(&["init", "--district", "Larkspur Valley"], folder.path());
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("Read 0 values"), "{said}");
    let text = fs::read_to_string(folder.path().join("retreat.toml")).unwrap();
    assert_eq!((text.matches("[[survey]]").count(), text.contains("[[source]]")), (3, false), "{text}");
    // The sample has faults in its surveys, which are told.
    let (code, said) = retreat(&["build", "--format", "html"], folder.path());
    assert!(code.is_some_and(|code| code < 2), "{said}");
    let page = fs::read_to_string(folder.path().join("out/index.html")).unwrap();
    assert!(page.contains("Larkspur Valley"));
    assert!(!page.contains("Shaded bands show") && !page.contains("A gap in a line"), "it has no lines");
    for command in ["check", "swot"] {
        let (code, said) = retreat(&[command], folder.path());
        assert!(code.is_some_and(|code| code < 2), "{command}: {said}");
    }
}

#[test]
fn a_pack_of_surveys_has_the_exhibits_of_perception() {
    let made = Made::new().also(
        "[[survey]]\npath = \"families.csv\"\nrespondents = \"families\"\ninvited = { families = 610 }\n\
         [[survey]]\npath = \"students.csv\"\nrespondents = \"students\"\n\
         [[survey]]\npath = \"staff.csv\"\nrespondents = \"staff\"\n",
    );
    copy_surveys(made.path());
    let project = made.open("104018");
    let session = Session::read(&project).unwrap();
    let district = session.district("104018").unwrap();
    let shown: Vec<&str> =
        district.exhibits().value.iter().map(|exhibit| exhibit.code.as_str()).take(4).collect();
    assert_eq!(shown, ["P1", "P2", "P3", "P4"]);
    assert!(district.findings().all.iter().any(|finding| finding.id.contains("survey")));
    // A candidate on a change leads to the chart of changes.
    let changes = district.exhibits().value.iter().find(|exhibit| exhibit.code == "P3").unwrap();
    let drawn: Vec<&String> = changes.findings.iter().collect();
    let stated = district.findings().all.iter().filter(|finding| finding.statement.contains(" since "));
    let stated: Vec<&String> = stated.map(|finding| &finding.id).collect();
    assert!(!stated.is_empty());
    assert_eq!(drawn, stated);
    let out = made.path().join("out");
    session
        .build("104018", &out, &Format::ALL.into_iter().filter(|one| !one.is_on_request()).collect())
        .unwrap();
    for name in ["retreat-deck.pptx", "retreat-data.xlsx", "print/pre-read.html", "data/perception.csv"] {
        assert!(out.join(name).is_file(), "{name}");
    }
    // The board's page names what people were asked about, not the id of a file.
    let brief = fs::read_to_string(out.join("print/vision-brief.html")).unwrap();
    assert!(brief.contains("most answers are favorable") && !brief.contains("survey-"), "{brief}");
    let guide = fs::read_to_string(out.join("print/facilitator-guide.html")).unwrap();
    assert!(guide.contains("Surveys from spring 20") && !guide.contains("..<"), "{guide}");
    // Nothing is explained, asked, or planned that this pack does not have.
    assert!(!out.join("print/menu-poster.html").exists());
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    for words in ["No values were found", "with its own past", "</span> district "] {
        assert!(!page.contains(words), "{words}");
    }
    let pre_read = fs::read_to_string(out.join("print/pre-read.html")).unwrap();
    for words in [
        "Who we are compared with",
        "fair comparison",
        "thick solid line",
        "shaded band</b>",
        "dotted line",
        "Lunch",
    ] {
        assert!(!pre_read.contains(words), "{words}");
    }
    let materials = parts(&out.join("kit/materials.docx"), "word/document.xml");
    assert!(materials.contains("Notice and wonder") && !materials.contains("Predict"), "{materials}");
    let deck = out.join("retreat-deck.pptx");
    assert!(parts(&deck, "ppt/slides/slide").contains("code, such as P1."));
    assert!(!parts(&deck, "notesSlides/notes").contains("similar districts"));
    // What was kept of the empty tables is read again.
    let again = Project::open(made.path()).unwrap();
    assert!(Session::read(&again).unwrap().district("104018").is_ok());
}

#[test]
fn a_project_without_tables_and_surveys_is_refused() {
    let error = Made::new().try_open("1").unwrap_err().to_string();
    assert!(error.contains("neither a [[source]] nor a [[survey]]"), "{error}");
}
