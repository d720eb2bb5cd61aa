//! Surveys: what is read of raw answers, what is counted, and what is not shown. The oracles count by themselves.

use std::collections::BTreeMap;

use retreat::catalog::{Catalog, SurveyChoice};
use retreat::compare::{PerceptionComparison, PerceptionSubject};
use retreat::diagnostic::{Diagnostic, Warned};
use retreat::disclosure::{Perception, RespondentGroup, release_surveys};
use retreat::perception::{SurveyFile, SurveysRead, read_surveys};
use sheets::{Input, SourceFile, read};

use crate::project::{catalog, root};

/// A file of a survey, with what the project says of it.
pub(crate) struct Answers {
    choice: SurveyChoice,
    file: SourceFile,
}

pub(crate) fn answers(name: &str, content: &str, choice: SurveyChoice) -> Answers {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answers.csv");
    std::fs::write(&path, content).unwrap();
    Answers {
        choice: SurveyChoice { path: name.to_owned(), ..choice },
        file: read(&Input::File(path), name).value,
    }
}

pub(crate) fn read_all(all: &[Answers], catalog: &Catalog) -> Warned<SurveysRead> {
    let files = all.iter().enumerate();
    let files: Vec<SurveyFile<'_>> = files
        .map(|(survey, one)| SurveyFile { choice: &one.choice, survey, file: one.file.clone() })
        .collect();
    read_surveys(&files, catalog)
}

/// What may be shown of one file, and the problems with it.
pub(crate) fn released(name: &str, content: &str, choice: SurveyChoice) -> (Perception, Vec<Diagnostic>) {
    let read = read_all(&[answers(name, content, choice)], &catalog());
    (release_surveys(read.value.counts, 10), read.diagnostics)
}

/// The problems of an id, as their cells.
pub(crate) fn cells(problems: &[Diagnostic], id: &str) -> Vec<String> {
    let of_id = problems.iter().filter(|problem| problem.id == id);
    of_id.map(|problem| problem.place.cell.clone().unwrap_or_default()).collect()
}

pub(crate) fn of_families() -> SurveyChoice {
    SurveyChoice {
        respondents: Some("families".to_owned()),
        wave: Some("spring 2025".to_owned()),
        ..SurveyChoice::default()
    }
}

/// The place of an item by its words.
pub(crate) fn item(perception: &Perception, text: &str) -> usize {
    perception.items.iter().position(|item| item.text == text).unwrap_or_else(|| panic!("no {text}"))
}

pub(crate) fn group<'a>(perception: &'a Perception, wave: &str, respondents: &str) -> &'a RespondentGroup {
    let is_it = |group: &&RespondentGroup| {
        group.respondents == respondents
            && group.school.is_none()
            && group.wave.map(|wave| wave.to_string()).unwrap_or_default() == wave
    };
    perception.groups.iter().find(is_it).unwrap()
}

fn sample() -> (Perception, Vec<Diagnostic>) {
    let file = |name: &str, respondents: Option<&str>| {
        let content = std::fs::read_to_string(root().join("sample_data/surveys").join(name)).unwrap();
        let choice = SurveyChoice { respondents: respondents.map(str::to_owned), ..SurveyChoice::default() };
        answers(name, &content, choice)
    };
    let all = [
        file("families.csv", Some("families")),
        file("students.csv", Some("students")),
        file("staff.csv", Some("staff")),
        file("board.csv", None),
    ];
    let read = read_all(&all, &catalog());
    (release_surveys(read.value.counts, 10), read.diagnostics)
}

#[test]
fn the_samples_shares_are_those_that_were_planted() {
    // The numbers of examples/make_sample_data/survey_plan.rs, and sums of them by hand.
    let (perception, _) = sample();
    let families = group(&perception, "spring 2025", "families");
    assert_eq!(families.people, Some(140));
    for (text, favorable) in [
        ("I hear about important things in time.", 56.0),
        ("I have a say in decisions that affect me.", 49.0),
        ("School prepares students for what comes next.", 122.0),
        // With this one it is better to disagree.
        ("Disruptions keep students from learning.", 70.0),
    ] {
        let figures = families.item(item(&perception, text)).unwrap();
        assert_eq!(figures.n, 140);
        assert!((figures.favorable - favorable / 140.0).abs() < 1e-12, "{text}");
    }
    let students = group(&perception, "spring 2025", "students");
    let safety = perception.constructs.iter().position(|one| one.id == "safety").unwrap();
    let share = students.construct(safety).unwrap().favorable;
    assert!((share - (143.0 + 122.0 + 101.0) / (3.0 * 260.0)).abs() < 1e-12);
    assert_eq!(group(&perception, "spring 2024", "staff").people, Some(60));
    assert_eq!(group(&perception, "", "board").people, None);
}

#[test]
fn the_samples_answers_are_counted_as_in_a_plain_reading_of_the_file() {
    // By lines and commas, without anything of the program: the answers of 2025 to each question.
    let text = std::fs::read_to_string(root().join("sample_data/surveys/students.csv")).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let (perception, _) = sample();
    let students = group(&perception, "spring 2025", "students");
    for column in 4..lines[1].len() {
        let place = item(&perception, lines[1][column]);
        let answers = lines[2..].iter().filter(|line| line[2].ends_with("2025")).map(|line| line[column]);
        let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
        answers.for_each(|answer| *counts.entry(answer).or_default() += 1.0);
        let n: f64 = counts.values().sum();
        let words =
            ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"];
        let figures = students.item(place).unwrap();
        for (point, word) in words.iter().enumerate() {
            let share = counts.get(word).copied().unwrap_or_default() / n;
            assert!((figures.distribution[point] - share).abs() < 1e-12, "{word}");
        }
    }
}

#[test]
fn the_samples_planted_changes_and_differences_are_clear() {
    let (perception, _) = sample();
    let compared = PerceptionComparison::of(perception);
    let construct = |id: &str| {
        let place = compared.perception.constructs.iter().position(|one| one.id == id).unwrap();
        PerceptionSubject::Construct(place)
    };
    let latest = |respondents: &str| {
        compared
            .latest
            .iter()
            .copied()
            .find(|place| compared.group(*place).respondents == respondents)
            .unwrap()
    };
    let fell = compared.change(construct("safety"), latest("students")).unwrap();
    // (143 + 122 + 101) / 780 − (180 + 160 + 132) / 720
    assert!((fell.difference.points - (366.0 / 780.0 - 472.0 / 720.0) * 100.0).abs() < 1e-9);
    assert!(fell.difference.is_clear() && fell.difference.interval[1] < 0.0);
    let steady = compared.change(construct("learning"), latest("families")).unwrap();
    assert!(!steady.difference.is_clear());
    let gap = compared.gaps.iter().find(|gap| gap.subject == construct("communication")).unwrap();
    assert_eq!((compared.group(gap.higher).respondents.as_str(), gap.lower), ("staff", latest("families")));
    assert!(gap.difference.is_clear());
}

#[test]
fn the_faults_of_the_sample_are_named_with_their_cells() {
    let (_, problems) = sample();
    assert_eq!(cells(&problems, "survey-answer-again"), ["A140"]);
    assert_eq!(cells(&problems, "survey-outside-scale"), ["H213"]);
    assert_eq!(cells(&problems, "survey-test-answer"), ["P263"]);
    assert_eq!(cells(&problems, "survey-preview"), ["A4"]);
    assert_eq!(cells(&problems, "survey-break-off"), ["A264"]);
    assert_eq!(cells(&problems, "survey-contact-in-text"), ["P127"]);
    assert_eq!(cells(&problems, "survey-without-date").len(), 1);
    assert!(!cells(&problems, "survey-two-languages").is_empty());
    for problem in &problems {
        let text = format!("{problem:?}");
        for private in ["Sort of", "Jordan", "555-010", "mail.example", "10.0.0."] {
            assert!(!text.contains(private), "{text}");
        }
    }
}

/// The same twelve answers, as four services export them.
#[test]
fn four_services_give_the_same_counts() {
    let given: Vec<[&str; 3]> = (0..24)
        .map(|person| {
            [
                ["Agree", "Disagree"][person % 2],
                ["Strongly agree", "Neither agree nor disagree", "Agree"][person % 3],
                "Agree",
            ]
        })
        .collect();
    let rows = |before: &dyn Fn(usize) -> String| -> String {
        given
            .iter()
            .enumerate()
            .map(|(row, answers)| format!("{}{}\n", before(row), answers.join(",")))
            .collect()
    };
    let asked = [
        "Students are safe at school.",
        "Bullying is dealt with quickly.",
        "Students get help when they need it.",
    ];
    let google = format!(
        "Timestamp,How much do you agree? [{}]\n{}",
        asked.join("],How much do you agree? ["),
        rows(&|row| format!("2025/03/{:02} 9:01:02 AM CST,", row + 1))
    );
    let microsoft = format!(
        "Id,Start time,Completion time,Email,Name,{}\n{}",
        asked.join(","),
        rows(&|row| format!("{},3/{}/25 9:00:01,3/{}/25 9:01:02,anonymous,,", row + 1, row + 1, row + 1))
    );
    let monkey = format!(
        "Respondent ID,Start Date,IP Address,How much do you agree?,,\n,,,{}\n{}",
        asked.join(","),
        rows(&|row| format!("1140000{row:02},03/{:02}/2025 09:00,10.0.0.1,", row + 1))
    );
    let ids = ["startDate", "finished", "_recordId", "QID1_1", "QID1_2", "QID1_3"];
    let ids = ids.map(|id| format!("\"{{\"\"ImportId\"\":\"\"{id}\"\"}}\"")).join(",");
    let qualtrics = format!(
        "StartDate,Finished,ResponseId,Q1_1,Q1_2,Q1_3\nStart Date,Finished,Response ID,How much do you agree? - {}\n{ids}\n{}",
        asked.join(",How much do you agree? - "),
        rows(&|row| format!("2025-03-{:02} 09:00:00,True,R_abc0000{row:02},", row + 1))
    );
    let choice = || SurveyChoice { respondents: Some("families".to_owned()), ..SurveyChoice::default() };
    for (name, content) in
        [("google", google), ("microsoft", microsoft), ("monkey", monkey), ("qualtrics", qualtrics)]
    {
        let (perception, problems) = released(name, &content, choice());
        assert!(problems.is_empty(), "{name}: {problems:?}");
        let families = group(&perception, "spring 2025", "families");
        assert_eq!(families.people, Some(24), "{name}");
        let shares = asked.map(|text| families.item(item(&perception, text)).unwrap().favorable);
        assert_eq!(shares, [12.0 / 24.0, 16.0 / 24.0, 1.0], "{name}");
    }
}

#[test]
fn scales_are_recognized_by_answers_and_never_mixed() {
    let rows = |answers: &[&str]| -> String {
        (0..20)
            .map(|row| format!("3/{}/2025 8:00:0{},{}\n", row + 1, row % 10, answers[row % answers.len()]))
            .collect()
    };
    let scale = |answers: &[&str]| {
        let (perception, _) =
            released("a.csv", &format!("Timestamp,Our school is good\n{}", rows(answers)), of_families());
        perception.items.first().map(|item| item.scale.clone())
    };
    assert_eq!(scale(&["Agree", "Disagree", "Neutral"]).as_deref(), Some("agreement-5"));
    assert_eq!(scale(&["Agree", "Disagree", "Strongly Agree"]).as_deref(), Some("agreement-4"));
    assert_eq!(scale(&["5 - Strongly agree", "4 - Agree", "3 - Neutral"]).as_deref(), Some("agreement-5"));
    assert_eq!(scale(&["Very satisfied", "Dissatisfied"]).as_deref(), Some("satisfaction-4"));
    assert_eq!(scale(&["Almost always", "Once in a while"]).as_deref(), Some("almost-always-5"));
    assert_eq!(scale(&["Yes", "No"]), None);
    assert_eq!(scale(&["red", "blue"]), None);
    // A number alone may be anything; three questions with the same few numbers are a scale.
    assert_eq!(scale(&["1", "4"]), None);
    let numbers = |highest: u32| -> String {
        let row = |row: u32| {
            format!("3/1/2025 8:{row:02}:00,{},{},{}\n", row % highest + 1, row % 3 + 1, row % 2 + 1)
        };
        format!("Timestamp,A is good,B is good,C is good\n{}", (0..40).map(row).collect::<String>())
    };
    for (highest, id) in [(4, "1-4"), (5, "1-5"), (7, "1-7")] {
        let (perception, problems) = released("a.csv", &numbers(highest), of_families());
        assert!(perception.items.iter().all(|item| item.scale == id), "{id}");
        assert_eq!(cells(&problems, "survey-in-numbers"), ["B1"]);
    }
    // The same words on two scales are two items.
    let four = answers(
        "a.csv",
        &format!("Timestamp,Our school is good\n{}", rows(&["Poor", "Fair", "Excellent"])),
        of_families(),
    );
    let five = answers(
        "b.csv",
        &format!("Timestamp,Our school is good\n{}", rows(&["Agree", "Neutral"])),
        of_families(),
    );
    let read = read_all(&[four, five], &catalog());
    assert_eq!(read.value.counts.items.len(), 2);
}

#[test]
fn only_the_same_words_are_compared_over_time() {
    let wave = |year: u32, question: &str, agree: usize| {
        let row = |row: usize| {
            let first = if row < agree { "Agree" } else { "Disagree" };
            format!("3/{}/{year} 8:00:{:02},{first},Agree\n", row % 28 + 1, row % 60)
        };
        let rows: String = (0..60).map(row).collect();
        let content = format!("Timestamp,{question},The food is good\n{rows}");
        let choice = SurveyChoice { respondents: Some("students".to_owned()), ..SurveyChoice::default() };
        answers(&format!("students-{year}.csv"), &content, choice)
    };
    let compared = |later: &str| {
        let read = read_all(&[wave(2024, "I like school", 48), wave(2025, later, 20)], &catalog());
        PerceptionComparison::of(release_surveys(read.value.counts, 10))
    };
    let same = compared("I LIKE school.");
    let moved = same.changes.iter().find(|change| change.difference.points.abs() > 1.0).unwrap();
    assert!(
        (moved.difference.points - (20.0 - 48.0) / 60.0 * 100.0).abs() < 1e-9 && moved.difference.is_clear()
    );
    let other = compared("I like being at school");
    assert!(other.changes.iter().all(|change| change.difference.points.abs() < 1e-9));
}

/// Answers of families who name a school, so many of each.
fn by_school(schools: &[(&str, usize)]) -> String {
    let mut rows = "Timestamp,Which school?,Students are safe at school.\n".to_owned();
    let people = schools.iter().flat_map(|(school, people)| std::iter::repeat_n(*school, *people));
    for (row, school) in people.enumerate() {
        let answer = if row % 3 == 0 { "Disagree" } else { "Agree" };
        rows.push_str(&format!(
            "3/{}/2025 8:{:02}:{:02},{school},{answer}\n",
            row % 28 + 1,
            row / 60,
            row % 60
        ));
    }
    rows
}

#[test]
fn a_school_with_few_answers_cannot_be_subtracted() {
    for (schools, shown) in [
        (vec![("North", 40), ("South", 30), ("West", 20)], vec!["North", "South", "West"]),
        (vec![("North", 40), ("South", 30), ("West", 8)], vec!["North"]),
        (vec![("North", 40), ("West", 8)], vec![]),
        (vec![("North", 40), ("South", 30), ("", 4)], vec!["North"]),
        (vec![("North", 40), ("South", 30), ("", 15)], vec!["North", "South"]),
    ] {
        let (perception, _) = released("a.csv", &by_school(&schools), of_families());
        let named: Vec<&str> = perception.groups.iter().filter_map(|group| group.school.as_deref()).collect();
        assert_eq!(named, shown, "{schools:?}");
        // The attack: everything shown of schools, subtracted from the district.
        let people = |group: &RespondentGroup| group.people.unwrap_or_default();
        let district = people(group(&perception, "spring 2025", "families"));
        let of_schools: u32 =
            perception.groups.iter().filter(|group| group.school.is_some()).map(people).sum();
        let rest = district - of_schools;
        assert!(rest == 0 || rest >= 10, "{schools:?}: {rest}");
    }
}

#[test]
fn groups_of_fewer_than_ten_are_withheld_also_for_one_question() {
    let mut rows =
        "Timestamp,I am a,Students are safe at school.,Bullying is dealt with quickly.\n".to_owned();
    for row in 0..40 {
        let who = if row < 9 { "Teacher" } else { "Parent" };
        // Only eight families answer the second question.
        let second = if row < 17 { "Agree" } else { "" };
        rows.push_str(&format!("3/{}/2025 8:00:{row:02},{who},Agree,{second}\n", row % 28 + 1));
    }
    let choice = SurveyChoice { wave: Some("2025".to_owned()), ..SurveyChoice::default() };
    let (perception, _) = released("a.csv", &rows, choice);
    let teachers = group(&perception, "2024-25", "teachers");
    assert_eq!(teachers.people, None);
    assert!(teachers.items.iter().all(|item| item.figures.is_none()));
    let families = group(&perception, "2024-25", "families");
    let (first, second) = (
        item(&perception, "Students are safe at school."),
        item(&perception, "Bullying is dealt with quickly."),
    );
    assert!(families.item(first).is_some_and(|figures| figures.n == 31) && families.item(second).is_none());
    // The construct has both: with the first question alone, the second could be worked out from it.
    assert!(families.constructs.iter().all(|construct| construct.figures.is_none()));
}

#[test]
fn what_the_project_says_of_items_holds() {
    let mut rows = "Timestamp,The halls are loud,The halls are clean\n".to_owned();
    for row in 0..20 {
        rows.push_str(&format!("3/{}/2025 8:00:{row:02},Disagree,Agree\n", row % 28 + 1));
    }
    let choice = SurveyChoice {
        reverse: vec!["The halls are loud".to_owned()],
        constructs: BTreeMap::from([(
            "Our halls".to_owned(),
            vec![
                "the halls are LOUD".to_owned(),
                "The halls are clean".to_owned(),
                "The halls are wide".to_owned(),
            ],
        )]),
        ..of_families()
    };
    let (perception, problems) = released("a.csv", &rows, choice);
    let families = group(&perception, "spring 2025", "families");
    assert_eq!(perception.constructs[0].label, "Our halls");
    assert!((families.construct(0).unwrap().favorable - 1.0).abs() < 1e-12);
    assert!(
        problems.iter().any(|problem| problem.id == "survey-item-unasked" && problem.found.contains("wide"))
    );
}

#[test]
fn what_nothing_says_is_named() {
    let mut rows = "Students are safe at school.,Bullying is dealt with quickly.\n".to_owned();
    for row in 0..20 {
        rows.push_str(["Agree,Neutral\n", "Disagree,Agree\n"][row % 2]);
    }
    let (perception, problems) = released("answers.csv", &rows, SurveyChoice::default());
    // Without times, two people may have answered alike: none is a duplicate.
    assert_eq!(group(&perception, "", "other").people, Some(20));
    for id in ["survey-without-date", "survey-without-respondents"] {
        assert_eq!(cells(&problems, id).len(), 1, "{id}");
    }
    let (none, problems) = released("a.csv", "Timestamp,Your car\n3/1/2025 8:00,red\n", of_families());
    assert!(none.groups.is_empty());
    assert_eq!(cells(&problems, "survey-without-items").len(), 1);
    // Half of the answers are in a language that the catalog does not have.
    let mut mixed = "Timestamp,I am safe,I belong here\n".to_owned();
    for row in 0..20 {
        let first = if row % 3 == 0 { "D'accord" } else { "Agree" };
        mixed.push_str(&format!("3/1/2025 8:00:{row:02},{first},Agree\n"));
    }
    let (_, problems) = released("a.csv", &mixed, of_families());
    assert_eq!(cells(&problems, "survey-scale-unclear"), ["B1"]);
}

/// A folder with a table of a district and the answers of families, which have what must not be shown.
fn project_folder() -> tempfile::TempDir {
    let folder = crate::project::temporary_folder();
    let mut table = "District ID,District,School Year,Enrollment\n".to_owned();
    for year in 2020..=2025 {
        table.push_str(&format!("104,Larkspur,{year},{}\n", 2000 - year % 100));
    }
    std::fs::write(folder.path().join("enrollment.csv"), table).unwrap();
    let mut answers = "Timestamp,Email Address,Students are safe at school.,Bullying is dealt with quickly.,Students get help when they need it.,Anything else?\n".to_owned();
    for row in 0..30 {
        let [first, second] = [["Agree", "Strongly agree"][row % 2], ["Disagree", "Agree"][row % 2]];
        answers.push_str(&format!(
            "3/{}/2025 9:00:00,zz{row}@secret.example,{first},{second},Agree,Zebulon said so\n",
            row % 28 + 1
        ));
    }
    std::fs::write(folder.path().join("Family survey.csv"), answers).unwrap();
    folder
}

fn retreat(arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_retreat"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// All that a file holds, also within an archive.
fn content(path: &std::path::Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes.clone())) else {
        return String::from_utf8_lossy(&bytes).into_owned();
    };
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut part = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_index(index).unwrap(), &mut part).unwrap();
        all.push_str(&String::from_utf8_lossy(&part));
    }
    all
}

#[test]
fn init_proposes_the_survey_of_a_folder_and_nothing_personal_leaves_it() {
    let folder = project_folder();
    let path = folder.path().to_string_lossy().into_owned();
    let init = retreat(&["init", &path]);
    let said = String::from_utf8_lossy(&init.stderr).into_owned() + &String::from_utf8_lossy(&init.stdout);
    assert!(said.contains("a survey: 30 responses to 3 questions on a scale"), "{said}");
    let project = std::fs::read_to_string(folder.path().join("retreat.toml")).unwrap();
    for line in ["[[survey]]", "path = \"Family survey.csv\"", "respondents = \"families\"", "# invited"] {
        assert!(project.contains(line), "{line}: {project}");
    }
    let build = retreat(&["build", &path]);
    assert_eq!(build.status.code(), Some(0), "{}", String::from_utf8_lossy(&build.stderr));
    let table = std::fs::read_to_string(folder.path().join("out/data/perception.csv")).unwrap();
    assert!(table.contains("students-are-safe-at-school"), "{table}");
    assert!(!folder.path().join("out/kit/poll-form.docx").exists());
    let mut written: Vec<std::path::PathBuf> = Vec::new();
    let mut folders = vec![folder.path().join("out"), folder.path().join(".retreat")];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { folders.push(entry) } else { written.push(entry) }
        }
    }
    assert!(written.len() > 20);
    for file in written {
        let content = content(&file);
        for private in ["secret.example", "Zebulon"] {
            assert!(!content.contains(private), "{} has {private}", file.display());
        }
    }
}

#[test]
fn a_district_without_a_survey_gets_a_poll_form() {
    let folder = project_folder();
    std::fs::remove_file(folder.path().join("Family survey.csv")).unwrap();
    let path = folder.path().to_string_lossy().into_owned();
    retreat(&["init", &path]);
    retreat(&["build", &path, "--format", "svg"]);
    let form = std::fs::read_to_string(folder.path().join("out/kit/poll-form.csv")).unwrap();
    assert!(form.contains("Students are safe at school.") && form.contains("strongly agree"), "{form}");
    assert!(content(&folder.path().join("out/kit/poll-form.docx")).contains("Students are safe at school."));
    assert!(!folder.path().join("out/data/perception.csv").exists());
}
