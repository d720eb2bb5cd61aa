//! The surveys of the main district, as three services export them, with the faults that exports have.

use std::fmt::Write as _;
use std::path::Path;

use super::random::normal;
use super::survey_plan::{ITEMS, REVERSE, WAVES, Wave};

const WORDS: [&str; 5] =
    ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"];
/// The same in Spanish, as some families answer.
const SPANISH: [&str; 5] = [
    "Totalmente en desacuerdo",
    "En desacuerdo",
    "Ni de acuerdo ni en desacuerdo",
    "De acuerdo",
    "Totalmente de acuerdo",
];
/// The schools that families name, and how many in twenty name each.
const SCHOOLS: [(&str, usize); 3] =
    [("Larkspur Valley Elementary", 12), ("Larkspur Valley High", 7), ("Prairie Star School", 1)];

pub(crate) fn write(folder: &Path) -> std::io::Result<()> {
    let folder = folder.join("surveys");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("families.csv"), families())?;
    std::fs::write(folder.join("students.csv"), students())?;
    std::fs::write(folder.join("staff.csv"), staff())?;
    std::fs::write(folder.join("board.csv"), board())
}

/// The points, from 0 to 4, that people give an item: exactly as many are favorable as they should be, in an order that looks random.
fn points(wave: &Wave, item: usize) -> Vec<usize> {
    let favorable = wave.favorable[item].unwrap_or_default();
    let strongly = favorable * 2 / 5;
    let others = wave.people - favorable;
    let neutral = others / 2;
    let mut points = vec![4; strongly];
    points.extend(vec![3; favorable - strongly]);
    points.extend(vec![2; neutral]);
    points.extend(vec![1; (others - neutral) * 2 / 3]);
    points.resize(wave.people, 0);
    let mut order: Vec<usize> = (0..wave.people).collect();
    let luck = |person: &usize| normal(wave.month, wave.group, wave.year as usize, item * 1000 + person);
    order.sort_by(|a, b| luck(a).total_cmp(&luck(b)));
    let mut shuffled = vec![0; wave.people];
    for (place, point) in order.into_iter().zip(points) {
        shuffled[place] = if item == REVERSE { 4 - point } else { point };
    }
    shuffled
}

/// The points of all items by person; `None` where a group is not asked.
fn people(wave: &Wave) -> Vec<Vec<Option<usize>>> {
    let items: Vec<Option<Vec<usize>>> =
        (0..ITEMS.len()).map(|item| wave.favorable[item].map(|_| points(wave, item))).collect();
    let person =
        |person: usize| items.iter().map(|item| item.as_ref().map(|points| points[person])).collect();
    (0..wave.people).map(person).collect()
}

fn waves(group: &str) -> impl Iterator<Item = &'static Wave> {
    WAVES.iter().filter(move |wave| wave.group == group)
}

/// Google Forms: one row of headings, the grid's rows in brackets. Both waves are in one file, because the form was used again.
fn families() -> String {
    let mut text = "Timestamp,Email Address,Which school does your child attend?".to_owned();
    for item in ITEMS {
        let _ = write!(text, ",How much do you agree? [{item}]");
    }
    text.push_str(",Is there anything you want to tell us?\n");
    for wave in waves("families") {
        for (person, points) in people(wave).into_iter().enumerate() {
            let row = families_row(wave, person, &points);
            text.push_str(&row);
            // The same answer is in the export twice.
            if wave.year == 2025 && person == 17 {
                text.push_str(&row);
            }
        }
    }
    // The author of the form tried it, and one family gave up after two questions.
    text.push_str("3/1/2025 8:00:00,office@larkspur.example,Larkspur Valley High,Agree,Agree,Agree,Agree,Agree,Agree,Agree,Agree,Agree,Agree,Agree,Agree,test\n");
    text.push_str("3/9/2025 21:40:00,,Larkspur Valley High,Agree,Disagree,,,,,,,,,,,\n");
    text
}

fn families_row(wave: &Wave, person: usize, points: &[Option<usize>]) -> String {
    let minute = person * 37 % 60;
    let mut row = format!(
        "{}/{}/{} {}:{minute:02}:{:02},parent{person}@mail.example,{}",
        wave.month,
        1 + person % 28,
        wave.year,
        7 + person % 14,
        person % 60,
        school(person)
    );
    for (item, point) in points.iter().enumerate() {
        let words = if person % 14 == 3 { SPANISH } else { WORDS };
        // Somebody typed an answer that the scale does not have.
        let is_odd = wave.year == 2025 && person == 90 && item == 4;
        let _ = write!(row, ",{}", if is_odd { "Sort of" } else { point.map_or("", |point| words[point]) });
    }
    let said = match (wave.year, person) {
        (2025, 5) => "\"Please call me, Jordan Example, at 555-010-7788\"",
        (2025, 40) => "The buses are late.",
        _ => "",
    };
    let _ = writeln!(row, ",{said}");
    row
}

fn school(person: usize) -> &'static str {
    let mut place = person * 7 % 20;
    for (name, share) in SCHOOLS {
        if place < share {
            return name;
        }
        place -= share;
    }
    ""
}

/// SurveyMonkey: the question in the first row, the rows of its grid in the second.
fn students() -> String {
    let asked: Vec<usize> = (0..ITEMS.len()).filter(|item| *item != 7).collect();
    let mut text = "Respondent ID,Collector ID,Start Date,IP Address,How much do you agree?".to_owned();
    text.push_str(&",".repeat(asked.len() - 1));
    text.push_str("\n,,,");
    for item in &asked {
        let _ = write!(text, ",{}", ITEMS[*item]);
    }
    text.push('\n');
    for wave in waves("students") {
        for (person, points) in people(wave).into_iter().enumerate() {
            let id = 118_000_000_000 + u64::from(wave.year) * 10_000 + person as u64;
            let _ = write!(
                text,
                "{id},4410,{:02}/{:02}/{},10.0.0.{}",
                wave.month,
                1 + person % 28,
                wave.year,
                person % 250
            );
            for item in &asked {
                let _ = write!(text, ",{}", points[*item].map_or("", |point| WORDS[point]));
            }
            text.push('\n');
        }
    }
    text
}

/// Qualtrics: ids, questions, and import ids above the answers; the first answer is a preview.
fn staff() -> String {
    let about = ["StartDate", "Status", "IPAddress", "Progress", "Finished", "RecordedDate", "ResponseId"];
    let named =
        ["Start Date", "Response Type", "IP Address", "Progress", "Finished", "Recorded Date", "Response ID"];
    let mut text = about.join(",");
    for item in 1..=ITEMS.len() {
        let _ = write!(text, ",Q1_{item}");
    }
    let _ = write!(text, "\n{}", named.join(","));
    for item in ITEMS {
        let _ = write!(text, ",How much do you agree with each statement? - {item}");
    }
    text.push('\n');
    let ids: Vec<String> = (0..about.len() + ITEMS.len())
        .map(|column| format!("\"{{\"\"ImportId\"\":\"\"QID{column}\"\"}}\""))
        .collect();
    let _ = writeln!(text, "{}", ids.join(","));
    let _ = write!(text, "2024-04-01 07:55:00,Survey Preview,,100,True,2024-04-01 07:56:00,R_preview0001");
    text.push_str(&",Agree".repeat(ITEMS.len()));
    text.push('\n');
    for wave in waves("staff") {
        for (person, points) in people(wave).into_iter().enumerate() {
            let day = format!("{}-{:02}-{:02}", wave.year, wave.month, 1 + person % 28);
            let _ = write!(
                text,
                "{day} 15:10:00,IP Address,10.1.0.{person},100,True,{day} 15:16:00,R_{}{person:06}",
                wave.year
            );
            for point in points {
                let _ = write!(text, ",{}", point.map_or("", |point| WORDS[point]));
            }
            text.push('\n');
        }
    }
    text
}

/// Six members of the board answered on a form without times: too few to show, and nothing says when.
fn board() -> String {
    let mut text = "I am a".to_owned();
    for item in &ITEMS[..6] {
        let _ = write!(text, ",{item}");
    }
    text.push('\n');
    for member in 0..6 {
        text.push_str("Board member");
        for item in 0..6 {
            let _ = write!(text, ",{}", WORDS[(member + item) % 3 + 2]);
        }
        text.push('\n');
    }
    text
}
