//! Feedback on the consensus, as four services export it: the same answers give the same counts.

use std::collections::BTreeMap;

use sheets::{Input, SourceFile, read};

use crate::room::{FeedbackTold, day, merged_asked, merged_told, merged_with};
use crate::room_decided::form;

/// What everybody answered: group, opinion on W2, comment.
fn answers() -> Vec<[String; 3]> {
    let mut all = Vec::new();
    for (group, agree, disagree, neither) in [("Parent", 8, 3, 1), ("Teacher", 4, 0, 0), ("Student", 5, 6, 0)]
    {
        for (opinion, count) in [("Agree", agree), ("Disagree", disagree), ("Not sure", neither)] {
            all.extend((0..count).map(|_| [group.to_owned(), opinion.to_owned(), String::new()]));
        }
    }
    "Our reading program is new.".clone_into(&mut all[0][2]);
    "=HYPERLINK(\"x\")".clone_into(&mut all[13][2]);
    all
}

fn file(name: &str, head: &str, row: impl Fn(usize, &[String; 3]) -> String) -> SourceFile {
    let folder = tempfile::tempdir().unwrap();
    let rows: String =
        answers().iter().enumerate().map(|(number, answer)| row(number, answer) + "\n").collect();
    let path = folder.path().join(name);
    std::fs::write(&path, format!("{head}\n{rows}")).unwrap();
    read(&Input::File(path), &format!("feedback/{name}")).value
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// The number of a question such as `W2: Reading in grade 3`.
fn number_of(question: &str) -> &str {
    question.split(':').next().unwrap()
}

fn google(question: &str) -> SourceFile {
    let head = format!(
        "Timestamp,I am a …,{},Comment on {} (at most 300 characters)",
        quoted(&format!("Do you agree? [{question}]")),
        number_of(question)
    );
    file("google.csv", &head, |_, [group, opinion, comment]| {
        format!("2025/11/10 9:01:02 AM CST,{group},{opinion},{}", quoted(comment))
    })
}

fn microsoft(question: &str) -> SourceFile {
    let head = format!(
        "Id,Start time,Completion time,Email,Name,Which group do you belong to?,{},Comment on {}",
        quoted(question),
        number_of(question)
    );
    file("microsoft.csv", &head, |number, [group, opinion, comment]| {
        format!(
            "{},11/10/25 9:00:01,11/10/25 9:01:02,anonymous,,{group},{opinion},{}",
            number + 1,
            quoted(comment)
        )
    })
}

fn survey_monkey(question: &str) -> SourceFile {
    let head = format!(
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,I am a,Do you agree?,Comment on {}\n\
         ,,,,,Response,{},Open-Ended Response",
        number_of(question),
        quoted(question)
    );
    file("surveymonkey.csv", &head, |number, [group, opinion, comment]| {
        format!(
            "11400{number},4400,11/10/2025 09:00,11/10/2025 09:01,10.0.0.1,{group},{opinion},{}",
            quoted(comment)
        )
    })
}

fn qualtrics(question: &str) -> SourceFile {
    let head = format!(
        "StartDate,Status,ResponseId,Q1,Q2_1,Q3\n\
         Start Date,Response Type,Response ID,I am a …,{},Comment on {}\n\
         \"{{\"\"ImportId\"\":\"\"startDate\"\"}}\",\"{{\"\"ImportId\"\":\"\"status\"\"}}\",\"{{\"\"ImportId\"\":\"\"_recordId\"\"}}\",\
         \"{{\"\"ImportId\"\":\"\"QID1\"\"}}\",\"{{\"\"ImportId\"\":\"\"QID2_1\"\"}}\",\"{{\"\"ImportId\"\":\"\"QID3_TEXT\"\"}}\"\n\
         2025-11-01 08:00:00,Survey Preview,R_0,Parent,Disagree,a test",
        quoted(&format!("Do you agree? - {question}")),
        number_of(question)
    );
    file("qualtrics.csv", &head, |number, [group, opinion, comment]| {
        format!("2025-11-10 09:00:00,IP Address,R_{},{group},{opinion},{}", number + 1, quoted(comment))
    })
}

/// The same answers to a question, as four services export them.
pub(crate) fn exports(question: &str) -> [SourceFile; 4] {
    [google(question), microsoft(question), survey_monkey(question), qualtrics(question)]
}

const W2: &str = "W2: Reading in grade 3, lower than elsewhere";

#[test]
fn the_same_answers_give_the_same_counts_from_four_services() {
    for (file, previews) in exports(W2).into_iter().zip([0, 0, 0, 1]) {
        let name = file.file.clone();
        let merged = merged_with(&day(), &[file]);
        let feedback = merged.feedback.unwrap();
        let rows: Vec<String> = feedback
            .rows
            .iter()
            .map(|row| match &row.counts {
                None => format!("{} {} hidden", row.item, row.group),
                Some(counts) => format!(
                    "{} {} {} {} {} {} {:?}",
                    row.item,
                    row.group,
                    counts.people,
                    counts.agree,
                    counts.disagree,
                    counts.comments,
                    counts.interval()
                ),
            })
            .collect();
        assert_eq!(
            rows,
            [
                "W2 all 27 17 9 2 Some([44.2, 78.5])",
                "W2 families 12 8 3 1 Some([39.1, 86.2])",
                // Four teachers could be worked out from the students alone, so both are withheld.
                "W2 students hidden",
                "W2 teachers hidden",
            ],
            "{name}"
        );
        let comments: Vec<[&str; 3]> = feedback
            .comments
            .iter()
            .map(|comment| [&*comment.item, &*comment.group, &*comment.text])
            .collect();
        assert_eq!(
            comments,
            [["W2", "", "=HYPERLINK(\"x\")"], ["W2", "families", "Our reading program is new."]],
            "{name}: a teacher among four could be recognized"
        );
        let named = |id: &str| merged.problems.iter().filter(|problem| problem.id == id).count();
        assert_eq!((named("feedback-preview"), named("ballot-formula") > 0), (previews, true), "{name}");
    }
}

#[test]
fn a_file_about_something_else_is_named_and_not_counted() {
    let other = file("menu.csv", "Day,Meal", |number, _| format!("{number},Soup"));
    let merged = merged_with(&day(), &[other]);
    assert!(merged.problems.iter().any(|problem| problem.id == "not-feedback"));
    assert!(merged.feedback.unwrap().rows.is_empty());
}

#[test]
fn groups_that_were_asked_are_there_although_nobody_answered() {
    let invited =
        BTreeMap::from([("families".to_owned(), 10), ("board".to_owned(), 7), ("students".to_owned(), 50)]);
    let merged = merged_asked(&day(), &[google(W2)], &invited);
    let groups: Vec<String> = merged
        .feedback
        .unwrap()
        .groups
        .iter()
        .map(|group| format!("{} {:?} {:?} {:?}", group.group, group.people, group.invited, group.rate()))
        .collect();
    assert_eq!(
        groups,
        [
            // Nobody said how many teachers were asked.
            "all Some(27) None None",
            "families Some(12) Some(10) None",
            "students None Some(50) None",
            "teachers None None None",
            "board Some(0) Some(7) Some(0.0)",
        ]
    );
    let named = merged.problems.iter().find(|problem| problem.id == "feedback-more-than-asked").unwrap();
    assert_eq!(&*named.place.file, "retreat.toml");
    assert!(named.found.contains("families"), "{named:?}");
}

#[test]
fn a_row_that_may_be_a_copy_is_counted_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let head = "Timestamp,I am a …,W2: Reading in grade 3\n";
    let rows: String =
        (0..12).map(|person| format!("2025/11/10 9:00:{person:02} AM,Parent,Agree\n")).collect();
    let path = folder.path().join("form.csv");
    std::fs::write(&path, format!("{head}{rows}2025/11/10 9:00:03 AM,Parent,Agree\n")).unwrap();
    let file = read(&Input::File(path), "feedback/form.csv").value;
    let merged = merged_with(&day(), &[file]);
    let row = &merged.feedback.as_ref().unwrap().rows[0];
    assert_eq!(row.counts.as_ref().unwrap().people, 13);
    let named: Vec<_> = merged.problems.iter().filter(|one| one.id == "feedback-row-alike").collect();
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].place.cell.as_deref(), Some("A14"));
}

#[test]
fn an_item_is_known_by_its_words_when_it_got_another_number() {
    let consensus = merged_with(&day(), &[]).consensus;
    let [one, other] = ["S1", "W3"].map(|item| consensus.rows.iter().find(|row| row.item == item).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("form.csv");
    let head = format!("Timestamp,I am a …,{}\n", quoted(&format!("{}: {}", one.item, other.statement)));
    let rows: String = (0..12).map(|at| format!("2025/11/10 9:00:{at:02} AM,Parent,Agree\n")).collect();
    std::fs::write(&path, head + &rows).unwrap();
    let file = read(&Input::File(path), "feedback/form.csv").value;
    let feedback = merged_with(&day(), &[file]).feedback.unwrap();
    assert_eq!(feedback.rows[0].item, "W3");
}

/// A form with twelve answers on W2: their groups, and what each says.
fn twelve(file: &str, group: &str, opinion: &str) -> SourceFile {
    let answers: Vec<[String; 3]> = (10..22)
        .map(|minute| [format!("2/1/2026 9:{minute}:00"), group.to_owned(), opinion.to_owned()])
        .collect();
    let answers: Vec<Vec<&str>> =
        answers.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let answers: Vec<&[&str]> = answers.iter().map(Vec::as_slice).collect();
    form(file, &["Timestamp", "I am a …", "W2: Reading in grade 3"], &answers)
}

/// The rows of the counts, as `W2 families 12 8 3`.
fn counted(merged: &retreat::room::MergedBallots) -> Vec<String> {
    let rows = &merged.feedback.as_ref().unwrap().rows;
    rows.iter()
        .map(|row| match &row.counts {
            Some(counts) => {
                format!("{} {} {} {} {}", row.item, row.group, counts.people, counts.agree, counts.disagree)
            }
            None => format!("{} {} withheld", row.item, row.group),
        })
        .collect()
}

#[test]
fn numbers_are_opinions_only_if_the_project_says_what_they_mean() {
    let file = [twelve("feedback/codes.csv", "4", "1")];
    let merged = merged_with(&day(), &file);
    assert!(counted(&merged).is_empty(), "{:?}", counted(&merged));
    let named = |id: &str| merged.problems.iter().find(|one| one.id == id).unwrap();
    assert_eq!(named("feedback-codes").place.cell.as_deref(), Some("C1"));
    assert!(named("feedback-codes").found.contains("“1” (12)"), "{:?}", named("feedback-codes"));
    assert!(named("feedback-groups-unclear").found.contains("“4” (12)"));
    assert!(merged.feedback.as_ref().unwrap().comments.is_empty(), "a number is no comment");
    let codes = BTreeMap::from([("1".to_owned(), "agree".to_owned())]);
    let groups = BTreeMap::from([("4".to_owned(), "families".to_owned())]);
    let told = merged_told(&day(), &file, &FeedbackTold { codes, groups, ..FeedbackTold::default() });
    assert_eq!(counted(&told), ["W2 all 12 12 0", "W2 families 12 12 0"]);
    assert!(
        !told.problems.iter().any(|one| one.id == "feedback-codes" || one.id == "feedback-groups-unclear")
    );
    let labels = merged_with(&day(), &[twelve("feedback/labels.csv", "Parent", "5 - Strongly agree")]);
    assert_eq!(counted(&labels)[0], "W2 all 12 12 0");
}

#[test]
fn groups_are_known_by_their_words_or_named() {
    for group in ["Parents/Guardians", "Parent or caregiver", "Parent of a student"] {
        let merged = merged_with(&day(), &[twelve("feedback/form.csv", group, "Agree")]);
        assert_eq!(counted(&merged)[1], "W2 families 12 12 0", "{group}");
    }
    for group in
        ["Parent, Community member", "Teacher or staff member", "Visitor", "Not a parent", "Retired teacher"]
    {
        let merged = merged_with(&day(), &[twelve("feedback/form.csv", group, "Agree")]);
        assert_eq!(counted(&merged)[1], "W2 other 12 12 0", "{group}");
        let named = merged.problems.iter().find(|one| one.id == "feedback-groups-unclear").unwrap();
        assert!(named.found.contains(&format!("“{group}” (12)")), "{named:?}");
    }
    let head = ["Timestamp", "I am a: parent", "I am a: community member", "W2: Reading in grade 3"];
    let answer: &[&str] = &["2/1/2026 9:00:00", "Parent", "Community member", "Agree"];
    let several = merged_with(&day(), &[form("feedback/form.csv", &head, &[answer])]);
    let named = several.problems.iter().find(|one| one.id == "feedback-groups-unclear").unwrap();
    assert!(named.found.contains("“Parent, Community member” (1)"), "{named:?}");
    let merged = merged_with(&day(), &[twelve("feedback/form.csv", "Other", "Agree")]);
    assert!(!merged.problems.iter().any(|one| one.id == "feedback-groups-unclear"));
}

#[test]
fn names_and_addresses_are_not_read() {
    let head = [
        "Id",
        "What is your name?",
        "Your email (optional)",
        "I am a",
        "W2: Reading in grade 3",
        "Comment on W2",
    ];
    let answers: [&[&str]; 1] = [&["1", "Ann Smith", "ann@example.org", "Parent", "Agree", "More books"]];
    let merged = merged_with(&day(), &[form("feedback/form.csv", &head, &answers)]);
    let comments = &merged.feedback.as_ref().unwrap().comments;
    assert_eq!(comments.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["More books"]);
    let named: Vec<_> = merged.problems.iter().filter(|one| one.id == "form-question-about-person").collect();
    assert_eq!((named.len(), named[0].place.cell.as_deref()), (1, Some("B1")));
    assert_eq!(named[0].also, ["C1"]);
}

/// How many people the feedback counts, and whether a message asks for copies.
fn people_and_question(files: &[SourceFile]) -> (usize, bool) {
    let merged = merged_with(&day(), files);
    let asks = merged.problems.iter().any(|one| one.id == "form-rows-perhaps-copied");
    (merged.feedback.as_ref().unwrap().people["all"], asks)
}

#[test]
fn people_who_answer_alike_in_two_buildings_are_no_copies() {
    let numbered = |file: &str, people: usize| {
        let rows: Vec<[String; 3]> =
            (1..=people).map(|id| [id.to_string(), "families".to_owned(), "Agree".to_owned()]).collect();
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let head = ["Id", "I am a …", "W2: Reading in grade 3"];
        form(file, &head, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
    };
    let files = [numbered("feedback/north.csv", 24), numbered("feedback/south.csv", 15)];
    assert_eq!(people_and_question(&files), (39, true), "a small Id is no person");
    let untimed = |file: &str, people: usize| {
        let row: &[&str] = &["teachers", "Agree"];
        form(file, &["I am a …", "W2: Reading in grade 3"], &vec![row; people])
    };
    let files = [untimed("feedback/north.csv", 15), untimed("feedback/south.csv", 5)];
    assert_eq!(people_and_question(&files), (20, true));
    let timed = |file: &str, group: &str, item: &str, people: usize| {
        let row: &[&str] = &["3/2/2026 18:00", "Parent", "Agree"];
        form(file, &["Timestamp", group, item], &vec![row; people])
    };
    let english = timed("feedback/en.csv", "I am a …", "W2: Reading in grade 3", 40);
    let spanish = timed("feedback/es.csv", "Your role", "W2: Lectura", 15);
    assert_eq!(people_and_question(&[english, spanish]), (55, false), "the two ask nothing alike");
}

#[test]
fn one_export_in_two_formats_does_not_make_a_small_group_large() {
    let head = ["Timestamp", "I am a …", "W2: Reading in grade 3"];
    let rows = |zone: &str| -> Vec<[String; 3]> {
        let stamp = |minute: u32| match zone {
            "csv" => format!("2/1/2026 9:{minute:02}:00"),
            _ => format!("2026-02-01 09:{minute:02}:00"),
        };
        (0..6).map(|minute| [stamp(minute), "families".to_owned(), "Agree".to_owned()]).collect()
    };
    let of = |file: &str, zone: &str| {
        let rows = rows(zone);
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        form(file, &head, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
    };
    let merged = merged_with(&day(), &[of("feedback/google.csv", "csv"), of("feedback/google.xlsx", "xlsx")]);
    assert_eq!(counted(&merged), ["W2 all withheld", "W2 families withheld"]);
    assert!(merged.problems.iter().any(|one| one.id == "form-row-again"));
    // Without times, a file with the same answers in the same order is a copy.
    let untimed = |file: &str| {
        let rows: [&[&str]; 6] = [&["families", "Agree"]; 6];
        form(file, &["I am a …", "W2: Reading in grade 3"], &rows)
    };
    let copied = merged_with(&day(), &[untimed("feedback/a.csv"), untimed("feedback/a.xlsx")]);
    assert_eq!(counted(&copied), ["W2 all withheld", "W2 families withheld"]);
    assert!(copied.problems.iter().any(|one| one.id == "form-row-copied"));
}
