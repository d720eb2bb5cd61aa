//! Feedback on the consensus, as four services export it: the same answers give the same counts.

use std::collections::BTreeMap;

use sheets::{Input, SourceFile, read};

use crate::room::{day, merged_asked, merged_with};

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

fn google() -> SourceFile {
    let head = "Timestamp,I am a …,\"Do you agree? [W2: Reading in grade 3, lower than elsewhere]\",Comment on W2 (at most 300 characters)";
    file("google.csv", head, |_, [group, opinion, comment]| {
        format!("2025/11/10 9:01:02 AM CST,{group},{opinion},{}", quoted(comment))
    })
}

fn microsoft() -> SourceFile {
    let head = "Id,Start time,Completion time,Email,Name,Which group do you belong to?,W2: Reading in grade 3,Comment on W2";
    file("microsoft.csv", head, |number, [group, opinion, comment]| {
        format!(
            "{},11/10/25 9:00:01,11/10/25 9:01:02,anonymous,,{group},{opinion},{}",
            number + 1,
            quoted(comment)
        )
    })
}

fn survey_monkey() -> SourceFile {
    let head = "Respondent ID,Collector ID,Start Date,End Date,IP Address,I am a,Do you agree?,Comment on W2\n\
                ,,,,,Response,W2: Reading in grade 3,Open-Ended Response";
    file("surveymonkey.csv", head, |number, [group, opinion, comment]| {
        format!(
            "11400{number},4400,11/10/2025 09:00,11/10/2025 09:01,10.0.0.1,{group},{opinion},{}",
            quoted(comment)
        )
    })
}

fn qualtrics() -> SourceFile {
    let head = "StartDate,Status,ResponseId,Q1,Q2_1,Q3\n\
                Start Date,Response Type,Response ID,I am a …,Do you agree? - W2: Reading in grade 3,Comment on W2\n\
                \"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"status\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\
                \"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2_1\"\"}\",\"{\"\"ImportId\"\":\"\"QID3_TEXT\"\"}\"\n\
                2025-11-01 08:00:00,Survey Preview,R_0,Parent,Disagree,a test";
    file("qualtrics.csv", head, |number, [group, opinion, comment]| {
        format!("2025-11-10 09:00:00,IP Address,R_{},{group},{opinion},{}", number + 1, quoted(comment))
    })
}

#[test]
fn the_same_answers_give_the_same_counts_from_four_services() {
    for (file, previews) in [(google(), 0), (microsoft(), 0), (survey_monkey(), 0), (qualtrics(), 1)] {
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
    let merged = merged_asked(&day(), &[google()], &invited);
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
