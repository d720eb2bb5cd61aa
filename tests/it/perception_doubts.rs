//! Surveys whose scales, waves, or questions could be mistaken for others: what is read of them, and what is asked.

use std::collections::BTreeMap;

use retreat::catalog::SurveyChoice;
use retreat::compare::PerceptionComparison;
use retreat::diagnostic::{Diagnostic, Severity};
use retreat::disclosure::{Perception, release_surveys};

use crate::perception::{Answers, answers, cells, group, item, of_families, read_all, released};
use crate::project::catalog;

/// A file with a time and the answers of each row.
fn file_of(questions: &[&str], rows: usize, answer: fn(usize, usize) -> String) -> String {
    let mut text = format!("Timestamp,\"{}\"\n", questions.join("\",\""));
    for row in 0..rows {
        let own: Vec<String> = (0..questions.len()).map(|column| answer(row, column)).collect();
        text.push_str(&format!("3/{}/2025 8:{:02}:00,{}\n", row % 28 + 1, row % 60, own.join(",")));
    }
    text
}

/// What may be shown of several files, and the problems with them.
fn released_all(all: &[Answers]) -> (Perception, Vec<Diagnostic>) {
    let read = read_all(all, &catalog());
    (release_surveys(read.value.counts, 10), read.diagnostics)
}

fn scale(perception: &Perception, text: &str) -> String {
    perception.items[item(perception, text)].scale.clone()
}

fn favorable(perception: &Perception, text: &str) -> f64 {
    let families = group(perception, "spring 2025", "families");
    families.item(item(perception, text)).unwrap().favorable
}

/// The words of the problems of an id.
fn found(problems: &[Diagnostic], id: &str) -> Vec<String> {
    problems.iter().filter(|problem| problem.id == id).map(|problem| problem.found.clone()).collect()
}

fn one_to_five(row: usize, column: usize) -> String {
    ((row * 3 + column) % 5 + 1).to_string()
}

#[test]
fn each_question_has_its_own_scale_of_numbers() {
    let recommend = "How likely are you to recommend our schools? (0-10)";
    let questions =
        ["It is safe", "It is clean", "It is calm", recommend, "How many children do you have here?"];
    let text = file_of(&questions, 55, |row, column| match column {
        3 => (row % 11).to_string(),
        4 => (row % 3 + 1).to_string(),
        _ => one_to_five(row, column),
    });
    let (perception, _) = released("a.csv", &text, of_families());
    for text in &questions[..3] {
        assert_eq!(scale(&perception, text), "1-5", "{text}");
        // A fifth of the answers is a 4, and a fifth a 5.
        assert!((favorable(&perception, text) - 0.4).abs() < 1e-12, "{text}");
    }
    assert_eq!(scale(&perception, recommend), "0-10");
    assert!((favorable(&perception, recommend) - 2.0 / 11.0).abs() < 1e-12);
    assert_eq!(perception.items.len(), 4);
}

#[test]
fn a_question_by_itself_is_read_if_it_uses_its_whole_scale_and_else_named() {
    let questions = ["It is safe", "It is clean", "It is calm", "Recommend us", "Which bus?"];
    let text = file_of(&questions, 55, |row, column| match column {
        3 => (row % 11).to_string(),
        4 => (row % 3 + 7).to_string(),
        _ => one_to_five(row, column),
    });
    let (perception, problems) = released("a.csv", &text, of_families());
    assert_eq!(scale(&perception, "It is calm"), "1-5");
    assert_eq!(scale(&perception, "Recommend us"), "0-10");
    assert_eq!(cells(&problems, "survey-numbers-unclear"), ["F1"]);
    // Two slips among many answers do not make another scale, and are named.
    let slips = |row: usize, column: usize| {
        if column == 1 && row < 2 { "7".to_owned() } else { one_to_five(row, column) }
    };
    let (perception, problems) = released("a.csv", &file_of(&questions[..3], 55, slips), of_families());
    assert_eq!(scale(&perception, "It is clean"), "1-5");
    assert_eq!(found(&problems, "survey-outside-scale").len(), 1);
}

#[test]
fn headings_and_the_project_say_which_number_is_best() {
    let legend = |text: &str| format!("{text} (1 = Strongly agree, 5 = Strongly disagree)");
    let questions = ["It is safe", "It is clean", "It is calm"].map(legend);
    let questions: Vec<&str> = questions.iter().map(String::as_str).collect();
    // One answer of ten is a 4 or 5.
    let answer = |row: usize, _: usize| {
        if row.is_multiple_of(10) { (row % 2 + 4).to_string() } else { "1".to_owned() }
    };
    let (perception, problems) = released("a.csv", &file_of(&questions, 60, answer), of_families());
    assert!((favorable(&perception, questions[0]) - 0.9).abs() < 1e-12);
    let noted = problems.iter().find(|problem| problem.id == "survey-in-numbers").unwrap();
    assert!(
        noted.severity == Severity::Note && noted.found.contains("1 is said to be the best"),
        "{noted:?}"
    );
    // Where nothing says it, the program asks; the project answers.
    let bare = ["It is safe", "It is clean", "It is calm"];
    let (perception, problems) = released("a.csv", &file_of(&bare, 60, one_to_five), of_families());
    assert!(problems.iter().any(|one| one.id == "survey-in-numbers" && one.severity == Severity::Warning));
    assert!(perception.items.iter().all(|item| item.is_settled && !item.is_direction_stated));
    let highest_is_best = favorable(&perception, bare[0]);
    let choice = SurveyChoice { worst: Some(5), best: Some(1), ..of_families() };
    let (perception, problems) = released("a.csv", &file_of(&bare, 60, one_to_five), choice);
    assert!(problems.iter().all(|problem| problem.severity == Severity::Note), "{problems:?}");
    assert!((favorable(&perception, bare[0]) - 0.4).abs() < 1e-12 && (highest_is_best - 0.4).abs() < 1e-12);
}

#[test]
fn numbers_without_the_highest_are_asked_about() {
    let questions = ["Students are safe at school.", "Bullying is dealt with quickly.", "It is calm"];
    let low = |row: usize, column: usize| ((row + column) % 4 + 1).to_string();
    let file = || answers("staff.csv", &file_of(&questions, 30, low), of_staff());
    let (perception, problems) = released_all(&[file()]);
    assert_eq!(cells(&problems, "survey-scale-doubtful"), ["B1"]);
    assert!(perception.constructs.is_empty(), "nothing is judged by a scale that is not known");
    assert!(perception.items.iter().all(|item| !item.is_settled));
    // Families of the same wave have answers up to 5: so have the staff's questions.
    let families = answers("families.csv", &file_of(&questions, 30, one_to_five), of_families());
    let (perception, problems) = released_all(&[file(), families]);
    assert!(cells(&problems, "survey-scale-doubtful").is_empty());
    assert!(perception.items.iter().all(|item| item.scale == "1-5") && !perception.constructs.is_empty());
    // So does the project.
    let choice = SurveyChoice { worst: Some(1), best: Some(4), ..of_staff() };
    let (perception, problems) = released("staff.csv", &file_of(&questions, 30, low), choice);
    assert!(problems.iter().all(|problem| problem.severity == Severity::Note), "{problems:?}");
    assert!(perception.items.iter().all(|item| item.scale == "1-4") && !perception.constructs.is_empty());
}

fn of_staff() -> SurveyChoice {
    SurveyChoice { respondents: Some("staff".to_owned()), ..of_families() }
}

/// Rows on these days, with an answer each.
fn on_days(days: &[&str]) -> String {
    let mut text = "Timestamp,Students are safe at school.,The food is good\n".to_owned();
    for (row, day) in days.iter().enumerate() {
        text.push_str(&format!("{day} 8:{:02}:00,Agree,{}\n", row % 60, ["Neutral", "Agree"][row % 2]));
    }
    text
}

fn waves(days: &[&str]) -> Vec<String> {
    let choice = SurveyChoice { wave: None, ..of_families() };
    let read = read_all(&[answers("a.csv", &on_days(days), choice)], &catalog());
    let groups = read.value.counts.groups.iter();
    groups.map(|group| group.wave.map(|wave| wave.to_string()).unwrap_or_default()).collect()
}

#[test]
fn a_wave_ends_where_there_are_no_answers_for_weeks() {
    let over_new_year = ["12/2/2024", "12/20/2024", "1/8/2025", "1/31/2025", "1/30/2025"].repeat(8);
    assert_eq!(waves(&over_new_year), ["spring 2025"]);
    let over_july = ["6/10/2025", "6/20/2025", "6/28/2025", "7/8/2025", "6/12/2025"].repeat(8);
    assert_eq!(waves(&over_july), ["spring 2025"]);
    let two = ["10/2/2024", "10/20/2024", "3/8/2025", "3/20/2025"].repeat(8);
    assert_eq!(waves(&two), ["fall 2024", "spring 2025"]);
    // A late answer is of the wave before it.
    let late = [&["10/2/2024", "10/20/2024"].repeat(10)[..], &["1/9/2025"]].concat();
    assert_eq!(waves(&late), ["fall 2024"]);
    // Stragglers do not make one wave of two; a few answers are enough to bridge small groups of answers.
    let stragglers = ["11/25/2024", "1/4/2025"];
    let october = ["10/5/2024", "10/12/2024", "10/20/2024"].repeat(20);
    let february = ["2/8/2025", "2/12/2025", "2/16/2025"].repeat(20);
    assert_eq!(waves(&[&october[..], &stragglers, &february].concat()), ["fall 2024", "spring 2025"]);
    assert_eq!(waves(&[&october[..6], &stragglers, &february[..9]].concat()), ["spring 2025"]);
    // Answers all through two years are of several waves.
    let always =
        ["9/1/2023", "10/1/2023", "11/1/2023", "12/1/2023", "1/1/2024", "2/1/2024", "3/1/2024", "4/1/2024"];
    assert_eq!(waves(&always.repeat(3)), ["fall 2023", "spring 2024"]);
}

#[test]
fn two_files_of_one_survey_are_one_wave() {
    let file = |name: &str, days: &[&str], respondents: &str| {
        let choice =
            SurveyChoice { wave: None, respondents: Some(respondents.to_owned()), ..SurveyChoice::default() };
        answers(name, &on_days(&days.repeat(10)), choice)
    };
    let read = read_all(
        &[
            file("online.csv", &["12/2/2024", "12/20/2024"], "families"),
            file("paper.csv", &["1/8/2025", "1/20/2025", "1/30/2025"], "families"),
            file("staff.csv", &["11/2/2024", "11/20/2024"], "staff"),
        ],
        &catalog(),
    );
    let groups = read.value.counts.groups.iter();
    let found: Vec<String> = groups
        .map(|group| {
            let wave = group.wave.map(|wave| wave.to_string()).unwrap_or_default();
            format!("{} {wave}", group.respondents)
        })
        .collect();
    // Other people, whose answers are all of the fall, are not drawn into it.
    assert_eq!(found, ["staff fall 2024", "families spring 2025"]);
}

#[test]
fn four_points_of_one_wave_are_not_the_five_of_another() {
    let questions = ["Students are safe at school.", "The food is good", "The halls are clean", "It is calm"];
    let four = |row: usize, column: usize| {
        ["Strongly disagree", "Disagree", "Agree", "Strongly agree"][(row + column) % 4].to_owned()
    };
    let five = |row: usize, column: usize| {
        ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
            [(row + column) % 5]
            .to_owned()
    };
    let of = |wave: &str| SurveyChoice { wave: Some(wave.to_owned()), ..of_families() };
    let (perception, problems) = released_all(&[
        answers("a.csv", &file_of(&questions, 60, four), of("spring 2024")),
        answers("b.csv", &file_of(&questions, 60, five), of("spring 2025")),
    ]);
    let scales: Vec<&str> = perception.items.iter().map(|item| item.scale.as_str()).collect();
    assert_eq!(scales, ["agreement-4"; 4].into_iter().chain(["agreement-5"; 4]).collect::<Vec<_>>());
    assert_eq!(found(&problems, "survey-scales-differ").len(), 1);
    assert!(PerceptionComparison::of(perception).changes.is_empty());
    // The same in one file with the dates of both waves.
    let later = file_of(&questions, 60, four).replace("/2025 ", "/2024 ");
    let both = later + file_of(&questions, 60, five).split_once('\n').unwrap().1;
    let choice = SurveyChoice { wave: None, ..of_families() };
    let (perception, _) = released("a.csv", &both, choice);
    assert_eq!(perception.items.len(), 8);
    assert!(PerceptionComparison::of(perception).changes.is_empty());
}

#[test]
fn questions_about_harm_are_asked_about_until_the_project_answers() {
    let bullied = "How often are you bullied at school?";
    let questions = [bullied, "How often do teachers help you?", "How well does staff deal with bullying?"];
    let answer = |row: usize, column: usize| match column {
        0 => ["Never", "Never", "Rarely", "Always"][row % 4].to_owned(),
        _ => ["Often", "Always", "Sometimes"][row % 3].to_owned(),
    };
    let constructs =
        BTreeMap::from([("Climate".to_owned(), questions.iter().map(|text| (*text).to_owned()).collect())]);
    let choice = || SurveyChoice { constructs: constructs.clone(), ..of_families() };
    let (perception, problems) = released("a.csv", &file_of(&questions, 40, answer), choice());
    assert_eq!(cells(&problems, "survey-looks-reversed"), ["B1"]);
    let asked = &perception.items[item(&perception, bullied)];
    assert!(asked.construct.is_none() && !asked.is_settled);
    let reversed = SurveyChoice { reverse: vec![bullied.to_owned()], ..choice() };
    let (perception, problems) = released("a.csv", &file_of(&questions, 40, answer), reversed);
    assert!(cells(&problems, "survey-looks-reversed").is_empty());
    assert!((favorable(&perception, bullied) - 0.75).abs() < 1e-12);
    assert_eq!(perception.items[item(&perception, bullied)].construct, Some(0));
    let kept = SurveyChoice { not_reverse: vec![bullied.to_owned()], ..choice() };
    let (perception, problems) = released("a.csv", &file_of(&questions, 40, answer), kept);
    assert!(cells(&problems, "survey-looks-reversed").is_empty());
    assert_eq!(perception.items[item(&perception, bullied)].construct, Some(0));
    assert!((favorable(&perception, bullied) - 0.25).abs() < 1e-12);
}

#[test]
fn a_list_of_reversed_items_among_the_constructs_is_no_construct() {
    let questions = ["It is safe", "My child has been bullied this year."];
    let answer = |row: usize, column: usize| {
        if column == 0 { ["Agree", "Neutral"][row % 2].to_owned() } else { "Disagree".to_owned() }
    };
    let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    let choice = SurveyChoice {
        constructs: BTreeMap::from([
            ("Safety".to_owned(), own(&questions)),
            ("reverse".to_owned(), own(&questions[1..])),
        ]),
        ..of_families()
    };
    let (perception, problems) = released("a.csv", &file_of(&questions, 40, answer), choice);
    let constructs: Vec<&str> = perception.constructs.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(constructs, ["Safety"]);
    assert!((favorable(&perception, questions[1]) - 1.0).abs() < 1e-12);
    assert!(cells(&problems, "survey-looks-reversed").is_empty());
}

#[test]
fn questions_in_another_language_are_named_and_can_be_joined() {
    let english =
        file_of(&["It is safe", "It is clean"], 20, |row, _| ["Agree", "Neutral"][row % 2].to_owned());
    let spanish = file_of(&["Es seguro", "Está limpio"], 20, |row, _| {
        ["De acuerdo", "En desacuerdo"][row % 2].to_owned()
    });
    let files = |choice: SurveyChoice| {
        [answers("en.csv", &english, of_families()), answers("es.csv", &spanish, choice)]
    };
    let (perception, problems) = released_all(&files(of_families()));
    assert_eq!(perception.items.len(), 4);
    let named = found(&problems, "survey-other-language");
    assert!(
        named.len() == 1 && named[0].contains("2 questions") && named[0].contains("Es seguro"),
        "{named:?}"
    );
    let pair = |one: &str, other: &str| vec![one.to_owned(), other.to_owned()];
    let same = vec![pair("It is safe", "Es seguro"), pair("It is clean", "Está limpio")];
    let (perception, problems) = released_all(&files(SurveyChoice { same, ..of_families() }));
    assert_eq!(perception.items.len(), 2);
    assert!(found(&problems, "survey-other-language").is_empty());
    assert!(found(&problems, "survey-item-unasked").is_empty());
    let families = group(&perception, "spring 2025", "families");
    assert_eq!(families.item(item(&perception, "It is safe")).unwrap().n, 40);
}

#[test]
fn unknown_groups_are_named_with_their_question() {
    let with_groups = |groups: &[&str]| {
        let mut text = "Timestamp,I am a...,Students are safe at school.,The food is good\n".to_owned();
        for row in 0..40 {
            let who = groups[row % groups.len()];
            text.push_str(&format!("3/{}/2025 8:{row:02}:00,{who},Agree,Neutral\n", row % 28 + 1));
        }
        released("answers.csv", &text, SurveyChoice::default())
    };
    let (perception, problems) = with_groups(&["Parent", "Bus driver", "Coach", "Student"]);
    assert_eq!(group(&perception, "spring 2025", "other").people, Some(40));
    let named = found(&problems, "survey-without-respondents");
    for text in ["I am a...", "“Bus driver”", "“Coach”"] {
        assert!(named.len() == 1 && named[0].contains(text), "{named:?}");
    }
    // Most are known: the others are named, and what only one person typed is not quoted.
    let mut most = vec!["Parent"; 39];
    most.push("Jordan's aunt");
    let (perception, problems) = with_groups(&most);
    assert_eq!(group(&perception, "spring 2025", "families").people, Some(39));
    let named = found(&problems, "survey-groups-unknown");
    assert!(named.len() == 1 && named[0].contains("B41") && !named[0].contains("Jordan"), "{named:?}");
}

#[test]
fn a_row_copied_within_a_sheet_counts_once() {
    let mut text =
        "ID,Start time,Completion time,Email,Name,Students are safe at school.,The food is good\n".to_owned();
    let row = |id: usize| {
        format!("{id},3/{}/25 9:00:01,3/{}/25 9:01:02,anonymous,,Agree,Neutral\n", id % 28 + 1, id % 28 + 1)
    };
    (1..=30).for_each(|id| text.push_str(&row(id)));
    text.push_str(&row(7));
    text.push_str(&row(8));
    let (perception, problems) = released("a.csv", &text, of_families());
    assert_eq!(group(&perception, "spring 2025", "families").people, Some(30));
    assert_eq!(cells(&problems, "survey-answer-again"), ["A32"]);
    // Two forms may both have an answer with the id 1 at the same time.
    let other = text.replace("Neutral", "Agree");
    let (perception, _) =
        released_all(&[answers("a.csv", &text, of_families()), answers("b.csv", &other, of_families())]);
    assert_eq!(group(&perception, "spring 2025", "families").people, Some(60));
}

#[test]
fn groups_are_called_what_their_people_are_called() {
    let spec = catalog().perception;
    assert_eq!(spec.people("community"), "community members");
    assert_eq!(spec.people("families"), "families");
    assert_eq!(spec.people("board"), "board members");
}

#[test]
fn one_survey_exported_twice_with_other_dates_counts_once() {
    let export = |name: &str, date: fn(usize) -> String| {
        let mut rows = "Timestamp,My school is safe,My school is clean\n".to_owned();
        for row in 0..12 {
            rows.push_str(&format!("{},{},Agree\n", date(row), ["Agree", "Disagree"][row % 2]));
        }
        answers(name, &rows, of_families())
    };
    let csv = export("a.csv", |row| format!("3/{}/2025 8:00:{row:02}", row + 1));
    let saved = export("b.csv", |row| format!("2025-03-{:02} 08:00:{row:02}", row + 1));
    let (perception, _) = released_all(&[csv, saved]);
    assert_eq!(group(&perception, "spring 2025", "families").people, Some(12));
}

/// One answer of twenty is neutral, and only to the first question.
fn seldom_neutral(row: usize, column: usize) -> String {
    let is_neutral = column == 0 && row.is_multiple_of(20);
    if is_neutral { "Neutral" } else { ["Agree", "Disagree", "Strongly agree"][row % 3] }.to_owned()
}

#[test]
fn a_few_neutral_answers_are_answers_on_the_longer_scale() {
    let questions = ["It is safe", "It is clean"];
    let (perception, problems) = released("a.csv", &file_of(&questions, 100, seldom_neutral), of_families());
    assert!(found(&problems, "survey-outside-scale").is_empty(), "{problems:?}");
    assert!(perception.items.iter().all(|item| item.scale == "agreement-5"));
    let families = group(&perception, "spring 2025", "families");
    assert_eq!(families.item(item(&perception, questions[0])).unwrap().n, 100);
}

/// What is read of these answers in turn to one question.
fn read_in_turn(words: [&str; 3]) -> Perception {
    let mut text = "Timestamp,It is safe\n".to_owned();
    for row in 0..30 {
        text.push_str(&format!("3/1/2025 8:{row:02}:00,{}\n", words[row % 3]));
    }
    released("a.csv", &text, of_families()).0
}

#[test]
fn an_answer_in_two_languages_is_read_by_either() {
    for (words, share) in [
        (["Strongly agree / Muy de acuerdo", "Disagree / En desacuerdo", "Neutral / Neutral"], 1.0 / 3.0),
        (["Strongly agree/Totalmente de acuerdo", "Disagree/En desacuerdo", "Don't know / No sé"], 0.5),
        (["Agree / Đồng ý", "Disagree / Không đồng ý", "Strongly disagree"], 1.0 / 3.0),
    ] {
        let perception = read_in_turn(words);
        assert!(perception.items[0].scale.starts_with("agreement"), "{words:?}");
        assert!((favorable(&perception, "It is safe") - share).abs() < 1e-12, "{words:?}");
    }
    // One answer with two words of a scale says neither.
    let unclear = ["Agree / Disagree", "Neither agree / disagree", "Agree / Neutral"];
    assert!(read_in_turn(unclear).items.is_empty());
}

#[test]
fn a_construct_keeps_the_items_that_only_mention_harm_and_counts_in_every_survey() {
    let questions =
        ["There is an adult I can go to when I am worried.", "Counselors support students with anxiety."];
    let [first, second] = ["spring 2024", "spring 2025"]
        .map(|wave| SurveyChoice { wave: Some(wave.to_owned()), ..of_families() });
    let own = BTreeMap::from([("Support".to_owned(), questions.map(str::to_owned).to_vec())]);
    // Only the later survey lists it.
    let (perception, problems) = released_all(&[
        answers("a.csv", &file_of(&questions, 40, seldom_neutral).replace("/2025 ", "/2024 "), first),
        answers(
            "b.csv",
            &file_of(&questions, 40, seldom_neutral),
            SurveyChoice { constructs: own, ..second },
        ),
    ]);
    assert!(cells(&problems, "survey-looks-reversed").is_empty(), "{problems:?}");
    assert_eq!(perception.constructs.len(), 1);
    for year in ["spring 2024", "spring 2025"] {
        assert!(group(&perception, year, "families").construct(0).is_some(), "{year}");
    }
}

#[test]
fn a_scale_in_a_heading_beats_words_for_counts_and_is_no_row_of_a_grid() {
    let rated = [
        "How satisfied are you with the number of courses? (1 = very dissatisfied, 5 = very satisfied)",
        "My years of experience are valued. (1 = strongly disagree, 5 = strongly agree)",
        "How many of your teachers know your name? (1 = none, 5 = all)",
        "I like how long the bus ride takes. (1-5, 5 is best)",
    ];
    let counted =
        ["How many children do you have? (1-5)", "Number of years here (1 = one, 5 = five or more)"];
    let questions = [&rated[..], &counted].concat();
    let (perception, _) = released("a.csv", &file_of(&questions, 55, one_to_five), of_families());
    let texts: Vec<&str> = perception.items.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts, rated);
    let bracketed = ["Communication", "Safety"].map(|subject| format!("{subject} [1 = Poor, 5 = Excellent]"));
    let grid = ["How safe is it? [Grades 1-5]", "How safe is it? [Grades 6-8]"];
    let questions = [bracketed.each_ref().map(String::as_str), grid].concat();
    let (perception, _) = released("a.csv", &file_of(&questions, 55, one_to_five), of_families());
    let texts: Vec<&str> = perception.items.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts[..2], ["Communication", "Safety"]);
    assert!(perception.items[..2].iter().all(|item| item.scale == "1-5" && item.is_direction_stated));
    assert_eq!(texts.len(), 4, "{texts:?}");
}

#[test]
fn a_remark_in_brackets_does_not_hide_who_answers() {
    let mut text = "Timestamp,I am a...,Students are safe at school.,The food is good\n".to_owned();
    let groups = ["Parent", "Staff member (non-teaching)", "Parent (staff)"];
    for row in 0..60 {
        text.push_str(&format!("3/{}/2025 8:{row:02}:00,{},Agree,Neutral\n", row % 28 + 1, groups[row % 3]));
    }
    let choice = SurveyChoice { respondents_column: Some("I am a...".to_owned()), ..SurveyChoice::default() };
    let (perception, _) = released("answers.csv", &text, choice);
    for (who, people) in [("families", 20), ("staff", 20), ("other", 20)] {
        assert_eq!(group(&perception, "spring 2025", who).people, Some(people), "{who}");
    }
}

/// Three in five answers are 1 or 2.
fn mostly_low(row: usize) -> String {
    [1, 1, 2, 4, 5][row % 5].to_string()
}

#[test]
fn a_legend_counts_for_the_questions_after_it_until_another_kind_comes() {
    let questions = [
        "It is safe (1 = strongly agree … 5 = strongly disagree)",
        "It is clean",
        "It is calm",
        "How likely are you to recommend us? (0-10)",
        "It is kind",
    ];
    let text = file_of(&questions, 55, |row, column| match column {
        3 => (row % 11).to_string(),
        _ => mostly_low(row),
    });
    let (perception, problems) = released("a.csv", &text, of_families());
    for text in &questions[..3] {
        assert!((favorable(&perception, text) - 0.6).abs() < 1e-12, "{text}");
    }
    assert_eq!(scale(&perception, questions[3]), "0-10");
    assert!((favorable(&perception, "It is kind") - 0.4).abs() < 1e-12);
    assert_eq!(cells(&problems, "survey-legend-carried"), ["B1"]);
    let said = &found(&problems, "survey-legend-carried")[0];
    assert!(said.contains("2 more questions after it (C1 to D1)"), "{said}");
    // What the project says counts first.
    let choice = SurveyChoice { worst: Some(1), best: Some(5), ..of_families() };
    let (perception, problems) = released("a.csv", &text, choice);
    assert!((favorable(&perception, "It is clean") - 0.4).abs() < 1e-12);
    assert!(cells(&problems, "survey-legend-carried").is_empty());
}

#[test]
fn a_legend_may_stand_above_a_column_without_answers() {
    let questions =
        ["For each: 1 = strongly agree, 5 = strongly disagree", "It is safe", "It is clean", "It is calm"];
    let text =
        file_of(&questions, 55, |row, column| if column == 0 { String::new() } else { mostly_low(row) });
    let (perception, problems) = released("a.csv", &text, of_families());
    assert!((favorable(&perception, "It is calm") - 0.6).abs() < 1e-12);
    assert_eq!(cells(&problems, "survey-legend-carried"), ["B1"]);
}

#[test]
fn a_scale_or_a_remark_in_brackets_is_no_row_of_a_grid() {
    let questions = [
        "It is safe [Strongly agree … Strongly disagree]",
        "It is clean [Strongly agree … Strongly disagree]",
        "It is calm [Never to always]",
        "It is kind [Please choose only one answer]",
        "It is fair [Please choose only one answer]",
        "How much do you agree? [Teachers explain things well]",
        "How much do you agree? [Teachers know my name]",
    ];
    let text = file_of(&questions, 50, |row, column| {
        ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"][(row + column) % 5].to_owned()
    });
    let (perception, _) = released("a.csv", &text, of_families());
    let texts: Vec<&str> = perception.items.iter().map(|item| item.text.as_str()).collect();
    let expected = [
        "It is safe",
        "It is clean",
        "It is calm",
        "It is kind [Please choose only one answer]",
        "It is fair [Please choose only one answer]",
        "Teachers explain things well",
        "Teachers know my name",
    ];
    assert_eq!(texts, expected);
}

/// An answer at a place of the scale of agreement, from 0 at the lowest.
fn agreement(place: usize) -> String {
    ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"][place.min(4)].to_owned()
}

#[test]
fn a_question_that_people_answer_the_other_way_round_than_the_others_is_asked_about() {
    let questions =
        ["School starts too early", "Teachers explain things well", "It is clean", "Staff are kind"];
    let text = file_of(&questions, 60, |row, column| {
        let mood = row % 5;
        agreement(if column == 0 { 4 - mood } else { (mood + (row / 5 + column) % 2).min(4) })
    });
    let (perception, problems) = released("a.csv", &text, of_families());
    assert_eq!(cells(&problems, "survey-looks-reversed"), ["B1"]);
    let said = &found(&problems, "survey-looks-reversed")[0];
    assert!(said.contains("School starts too early") && said.contains("60 people"), "{said}");
    let settled: Vec<bool> = perception.items.iter().map(|item| item.is_settled).collect();
    assert_eq!(settled, [false, true, true, true]);
    // Listed with others in a subject, it is left out of it.
    let listed = questions.map(str::to_owned).to_vec();
    let constructs = BTreeMap::from([("Days".to_owned(), listed)]);
    let (perception, problems) = released("a.csv", &text, SurveyChoice { constructs, ..of_families() });
    assert_eq!(cells(&problems, "survey-looks-reversed"), ["B1"]);
    assert_eq!(group(&perception, "spring 2025", "families").construct(0).unwrap().items.len(), 3);
    // The project's answer settles it.
    let questions_named = || vec![questions[0].to_owned()];
    for choice in [
        SurveyChoice { reverse: questions_named(), ..of_families() },
        SurveyChoice { not_reverse: questions_named(), ..of_families() },
    ] {
        let (perception, problems) = released("a.csv", &text, choice);
        assert!(cells(&problems, "survey-looks-reversed").is_empty());
        assert!(perception.items.iter().all(|item| item.is_settled));
    }
}

#[test]
fn few_answers_and_answers_without_a_pattern_ask_nothing() {
    let questions =
        ["School starts too early", "Teachers explain things well", "It is clean", "Staff are kind"];
    let opposed = |row: usize, column: usize| agreement(if column == 0 { 4 - row % 5 } else { row % 5 });
    let (_, problems) = released("a.csv", &file_of(&questions, 25, opposed), of_families());
    assert!(cells(&problems, "survey-looks-reversed").is_empty());
    let mixed =
        file_of(&questions, 300, |row, column| agreement((row * 7 + row * column * 3 + row / 11) % 5));
    let (_, problems) = released("a.csv", &mixed, of_families());
    assert!(cells(&problems, "survey-looks-reversed").is_empty());
}

const ENGLISH: [&str; 3] = ["My child is safe.", "Staff say \"hello\".", "The building is clean."];
const SPANISH: [&str; 3] = ["Mi hijo está seguro.", "El personal saluda.", "El edificio está limpio."];

fn in_spanish(row: usize, column: usize) -> String {
    ["Totalmente en desacuerdo", "En desacuerdo", "Neutral", "De acuerdo", "Totalmente de acuerdo"]
        [(row + column) % 5]
        .to_owned()
}

fn in_english(row: usize, column: usize) -> String {
    agreement((row + column) % 5)
}

#[test]
fn a_translation_with_the_same_questions_in_the_same_order_is_proposed_and_not_joined() {
    let english = file_of(&ENGLISH, 30, in_english).replace("\"hello\"", "\"\"hello\"\"");
    let spanish = file_of(&SPANISH, 30, in_spanish);
    let all =
        [answers("english.csv", &english, of_families()), answers("spanish.csv", &spanish, of_families())];
    let (perception, problems) = released_all(&all);
    assert_eq!(perception.items.len(), 6);
    assert_eq!(cells(&problems, "survey-other-language"), ["B1"]);
    let hint = problems.iter().find(|problem| problem.id == "survey-other-language").unwrap().hint.clone();
    assert!(hint.contains("[[survey]] of spanish.csv"), "{hint}");
    // What it proposes can be pasted as it stands.
    let (_, line) = hint.split_once("same = ").unwrap();
    let pairs: Vec<Vec<String>> = serde_json::from_str(line).unwrap();
    let expected: Vec<Vec<String>> =
        ENGLISH.iter().zip(SPANISH).map(|(one, other)| vec![(*one).to_owned(), other.to_owned()]).collect();
    assert_eq!(pairs, expected);
    let joined = SurveyChoice { same: pairs, ..of_families() };
    let all = [answers("english.csv", &english, of_families()), answers("spanish.csv", &spanish, joined)];
    let (perception, problems) = released_all(&all);
    assert_eq!(perception.items.len(), 3);
    assert!(cells(&problems, "survey-other-language").is_empty());
}

#[test]
fn other_questions_in_another_language_are_only_counted() {
    let english = file_of(&["It is safe", "It is clean", "It is calm", "It is kind"], 30, in_english);
    let spanish = file_of(&SPANISH, 30, in_spanish);
    let all =
        [answers("english.csv", &english, of_families()), answers("spanish.csv", &spanish, of_families())];
    let (_, problems) = released_all(&all);
    let problem = problems.iter().find(|problem| problem.id == "survey-other-language").unwrap();
    assert!(problem.found.contains("3 questions") && !problem.hint.contains("Mi hijo"), "{problem:?}");
}
