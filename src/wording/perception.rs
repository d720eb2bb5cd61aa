//! Surveys: why rows and columns are not counted, and what charts, tables, and candidates say about answers.

use super::evidence::p_value;
use super::listing::{count, counted, joined_with_and};
use super::subject::{capitalized, in_the_middle};
use crate::domain::SurveyWave;

// Why rows are left out.
pub(crate) const TEST: &str = "test answers";
pub(crate) const DUPLICATE: &str = "answers that were read before";
pub(crate) const BREAK_OFF: &str = "people who answered fewer than half of the questions";

// Why columns and sheets are not read.
pub(crate) const PERSONAL: &str = "information about the person or the response is not read";
pub(crate) const OPEN: &str = "written answers are counted but never shown";
pub(crate) const NO_ITEMS: &str = "no question has answers on a known scale";
pub(crate) const NOTHING_IN_SHEET: &str = "it contains no answers";

// Why an exhibit is left out.
pub(crate) const NO_SURVEY: &str = "no survey has enough answers";
pub(crate) const NO_CONSTRUCTS: &str = "no survey has enough answers on at least two subjects";
pub(crate) const NO_ITEMS_OF_GROUP: &str = "no survey has enough questions that this group answered";
pub(crate) const NO_EARLIER_WAVE: &str = "no two surveys asked the same question in the same words";
pub(crate) const NO_TWO_GROUPS: &str = "no two groups were asked the same question in the same words";

// Headings and labels.
pub(crate) const WHO: &str = "Who";
/// The heading of who answered and what about.
pub(crate) const WHO_AND_WHAT: &str = "Who, about what";
pub(crate) const ANSWERED: &str = "Answered";
pub(crate) const ASKED: &str = "Asked";
pub(crate) const RATE: &str = "Percent who answered";
pub(crate) const OPEN_ANSWERS: &str = "Written answers";
pub(crate) const SUBJECT: &str = "Subject";
pub(crate) const QUESTION: &str = "Question";
pub(crate) const FAVORABLE: &str = "Favorable";
pub(crate) const LOW: &str = "95% interval, from";
pub(crate) const HIGH: &str = "95% interval, to";
pub(crate) const AVERAGE: &str = "Average on the scale";
pub(crate) const PEOPLE: &str = "People";
pub(crate) const CHANGE: &str = "Change, in percentage points";
pub(crate) const WIDEST: &str = "Largest difference, in percentage points";
pub(crate) const CLEAR: &str = "Statistically clear";
pub(crate) const NOT_ASKED: &str = "not asked";
pub(crate) const NOT_KNOWN: &str = "not known";
pub(crate) const LEAST_FAVORABLE: &str = "least favorable";
pub(crate) const MOST_FAVORABLE: &str = "most favorable";

/// What the numbers from surveys mean.
pub(crate) const DEFINITION: &str = "An answer is favorable if it is one of the two best points on its scale. Answers on different scales are never combined.";
/// How the numbers of a construct are computed.
pub(crate) const CONSTRUCT_METHOD: &str = "For each person, we take the share of questions about the subject that got a favorable answer. The number is the average of these shares.";
/// How those of an item are.
pub(crate) const ITEM_METHOD: &str = "The interval for a share is a Wilson interval.";
/// How differences are tested.
pub(crate) const DIFFERENCE_METHOD: &str =
    "The tests of differences are corrected for the number of tests, with a false discovery rate of 10%.";
/// How answers are counted.
pub(crate) const COUNTED: &str = "People who answered fewer than half of the questions are not counted.";

/// Why a figure is not shown.
pub(crate) fn withheld(smallest: u32) -> String {
    format!("withheld (fewer than {smallest})")
}

/// Groups in which too few people answered.
pub(crate) fn groups_withheld(groups: usize, smallest: u32) -> String {
    format!("Not shown: {} with fewer than {smallest} answers.", counted(groups, "group"))
}

/// Some answers are numbers, and nothing says which end is best.
pub(crate) const DIRECTION_NOT_STATED: &str = "Some answers are numbers, and the survey does not say which end is best. \
                                               The highest number is read as the most favorable.";

/// Items that are left out, because it is not known which answers are favorable; `None` if there are none.
pub(crate) fn unsettled(items: usize) -> Option<String> {
    (items > 0).then(|| {
        format!(
            "Not shown: {}, because it is not known which answers are favorable.",
            counted(items, "question")
        )
    })
}

/// A wave, or that it is not known.
pub(crate) fn wave(wave: Option<SurveyWave>) -> String {
    wave.map_or_else(|| "a survey without a date".to_owned(), |wave| wave.to_string())
}

/// A group with the percent of those asked who answered.
pub(crate) fn with_rate(label: &str, rate: Option<f64>) -> String {
    match rate {
        Some(rate) => format!("{label} ({rate:.0}% answered)"),
        None => label.to_owned(),
    }
}

/// How many answered, by group.
pub(crate) fn answered(people: &[(String, u32)]) -> String {
    let parts: Vec<String> = people.iter().map(|(who, n)| format!("{} {who}", count(*n as usize))).collect();
    format!("{} answered", joined_with_and(&parts))
}

/// How many of a group answered, and were asked.
pub(crate) fn answered_of(label: &str, people: Option<u32>, asked: Option<u32>) -> String {
    let people = count(people.unwrap_or_default() as usize);
    asked.map_or_else(
        || format!("{label} {people}"),
        |asked| format!("{label} {people} of {}", count(asked as usize)),
    )
}

/// When they answered, and whether it is known how many were asked.
pub(crate) fn when_answered(waves: &[String], is_known: bool) -> String {
    let unknown =
        if is_known { "" } else { "; for some of them, it is not known how many people were asked" };
    format!("Surveys from {}{unknown}", joined_with_and(waves))
}

/// The ends of all subjects.
pub(crate) fn most_and_least(highest: &str, lowest: &str) -> String {
    format!(
        "Answers are most favorable on {}, and least favorable on {}",
        in_the_middle(highest),
        in_the_middle(lowest)
    )
}

/// What the cells of the subjects are.
pub(crate) fn share_by_group(waves: &[String]) -> String {
    format!("Average share of favorable answers in {}", joined_with_and(waves))
}

/// From the lowest to the highest item.
pub(crate) fn range_of_items(answers: &str, [low, high]: [f64; 2]) -> String {
    let [low, high] = [low, high].map(whole_percent);
    format!("Favorable {answers} range from {low} to {high} by question")
}

/// Whose answers they are.
pub(crate) fn based_on(n: u32, answers: &str, rate: Option<f64>, when: &str) -> String {
    let rate = match rate {
        Some(rate) => format!("a response rate of {rate:.0}%"),
        None => "response rate unknown".to_owned(),
    };
    format!("Based on {} {answers} in {when}, {rate}", count(n as usize))
}

/// A change that is clear.
pub(crate) fn changed(people: &str, subject: Option<&str>, points: f64) -> String {
    let about = subject.map_or_else(|| "one question".to_owned(), in_the_middle);
    let more = if points < 0.0 { "less" } else { "more" };
    format!("{} are {} {more} favorable on {about} than last time", capitalized(people), whole_points(points))
}

/// The size of a change or difference, as in "5 points".
fn whole_points(points: f64) -> String {
    counted(points.abs().round() as usize, "point")
}

/// No change is clear.
pub(crate) const NOTHING_CHANGED: &str = "No answers have clearly changed since the last survey";

/// How two groups differ most.
pub(crate) fn differ_most(higher: &str, lower: &str, subject: Option<&str>, points: f64) -> String {
    let about = subject.map_or_else(|| "one question".to_owned(), in_the_middle);
    format!("{} are {} more favorable on {about} than {lower}", capitalized(higher), whole_points(points))
}

/// What is shown of changes.
pub(crate) fn largest_changes(from: &str, to: &str) -> String {
    format!("The largest changes from {from} to {to} on questions asked in the same words")
}

/// What is shown of differences.
pub(crate) const LARGEST_DIFFERENCES: &str = "The largest differences on questions asked in the same words";

/// The source of what surveys show.
pub(crate) fn source(waves: &[String]) -> String {
    format!("Source: district surveys, {}", joined_with_and(waves))
}

/// A change or difference, with its sign.
pub(crate) fn signed_points(points: f64) -> String {
    let sign = if points < 0.0 { "−" } else { "+" };
    format!("{sign}{:.1}", points.abs())
}

/// A share as a whole percent.
pub(crate) fn whole_percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// The name of a group with what it answers.
pub(crate) fn of_group(label: &str, subject: &str) -> String {
    format!("{}: {subject}", label.trim_end_matches('.'))
}

/// A chart of a survey in words.
pub(crate) fn in_words(title: &str, parts: &[String]) -> String {
    format!("{title}: {}.", parts.join("; "))
}

/// A flag in a table.
pub(crate) const fn yes_or_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

// What speaks against a candidate from a survey.
pub(crate) const RATE_UNKNOWN: &str = "It is not known how many people were asked.";
pub(crate) const NOT_CLEAR: &str = "This result is not statistically clear.";
pub(crate) const OTHERS_MAY_DIFFER: &str = "Those who did not answer may think differently.";

/// Few of those who were asked answered.
pub(crate) fn low_rate(rate: f64) -> String {
    format!("Only {rate:.0}% of those asked answered.")
}

/// The level of a construct.
pub(crate) fn level(when: &str, share: f64, answers: &str, subject: &str) -> String {
    format!("In {when}, {share:.0}% of {answers} on {} were favorable.", in_the_middle(subject))
}

/// The change of a construct.
pub(crate) fn change(subject: &str, answers: &str, [share, points]: [f64; 2], since: &str) -> String {
    let direction = if points < 0.0 { "down" } else { "up" };
    format!(
        "{subject}: {share:.0}% of {answers} are favorable, {direction} {} since {since}.",
        whole_points(points)
    )
}

/// How two groups differ on a construct.
pub(crate) fn gap(when: &str, subject: &str, [higher, lower]: [&str; 2], [high, low]: [f64; 2]) -> String {
    format!("{subject}: in {when}, {high:.0}% of {higher} were favorable, but only {low:.0}% of {lower}.")
}

/// The interval of a construct.
pub(crate) fn share_interval(share: f64, [low, high]: [f64; 2], n: u32, answers: &str) -> String {
    let n = count(n as usize);
    format!(
        "The average share of {share:.1}% has a 95% confidence interval of {low:.1}% to {high:.1}% (Student's t; {n} {answers})"
    )
}

/// The interval of a difference.
pub(crate) fn difference_interval(points: f64, [low, high]: [f64; 2], adjusted: f64) -> String {
    format!(
        "The difference of {} points has a 95% confidence interval of {} to {} (Welch; adjusted p {})",
        signed_points(points),
        signed_points(low),
        signed_points(high),
        p_value(adjusted)
    )
}

/// The items of a construct.
pub(crate) fn items_behind(items: &[String]) -> String {
    format!("Favorable answers by question: {}", items.join("; "))
}

/// The people and the files behind a candidate.
pub(crate) fn evidence_line(n: u32, answers: &str, rate: Option<f64>, files: &[String]) -> String {
    let rate = rate.map_or_else(String::new, |rate| format!(" (response rate {rate:.0}%)"));
    let file = files.first().map_or("", |file| file.rsplit('/').next().unwrap_or(file));
    format!("Based on {} {answers}{rate}. Source: {file}.", count(n as usize))
}

// The poll form for districts without a survey.
pub(crate) const POLL: &str = "Poll";
pub(crate) const POLL_INTRO: &str =
    "Please tell us how you see our schools. It takes five minutes. We do not ask for names.";
pub(crate) const POLL_WHO: &str = "Which group are you in?";
pub(crate) const POLL_SCHOOL: &str = "Which school? ______________________";
pub(crate) const POLL_ALT: &str = "Statements to agree or disagree with";
pub(crate) const POLL_ANYTHING: &str = "Is there anything you want to tell us?";
pub(crate) const POLL_STATEMENT: &str = "How much do you agree?";
pub(crate) const POLL_HOW: &str = "For the office: put these questions into any online form service, in exactly these words. Save the answers as a CSV file in the project, add a [[survey]] to retreat.toml, and build again.";
pub(crate) const BOX: &str = "☐";

/// An item with which it is better to disagree.
pub(crate) fn better_to_disagree(text: &str) -> String {
    format!("Disagree: {text}")
}
