//! What the plan contains: its menu, its goals, the check, the scorecard, and the changes.

use super::listing::counted;

// The sheets.
pub(crate) const MENU: &str = "Menu";
pub(crate) const PLAN: &str = "Plan";
pub(crate) const SCORECARD: &str = "Scorecard";
pub(crate) const CHANGES: &str = "Changes";
pub(crate) const EXPORT: &str = "Export";

/// The title of the workbook.
pub(crate) fn book(title: &str, district: &str) -> String {
    format!("{title}: plan, {district}")
}

/// The title of the checked workbook.
pub(crate) fn checked_book(title: &str, district: &str) -> String {
    format!("{title}: plan with scorecard, {district}")
}

/// What the menu shows, and how its range is made.
pub(crate) fn menu_intro(fewest: usize) -> [String; 4] {
    [
        "Each row is an indicator that can measure a goal. Values are the newest ones that may be shown.".to_owned(),
        "Any change smaller than “Noise” may be due to chance. “Hold” means staying within that margin.".to_owned(),
        "“Typical,” “ambitious,” and “exceptional” are what half, a quarter, and a tenth of similar districts reached.".to_owned(),
        format!(
            "Similar districts started near our baseline and are followed for the same number of years. If there are fewer than {fewest}, no range is shown."
        ),
    ]
}

pub(crate) const PLAN_INTRO: [&str; 4] = [
    "Copy this file to the project's “plan” folder, and fill in the yellow cells in the copy. A build never touches that folder.",
    "Choose each indicator from the list. Write targets as values to reach, in the menu's unit: 65% or 65, $62,000, 14.2.",
    "Then run `retreat plan`. It saves a copy with a check next to each goal, and with the scorecard, in the “scorecard” folder.",
    "Next year, run it again with the new data. Keep this file: it records what the data said when you wrote the plan.",
];

pub(crate) const CHECKED_INTRO: [&str; 3] = [
    "This is a copy of your plan with a check next to each goal. To change the plan, edit it in the “plan” folder and run `retreat plan` again.",
    "The check compares the gain still needed, starting from the newest value, with what similar districts gained in the same number of years.",
    "Typical: at least half of them gained as much. Ambitious: at least a quarter did. Exceptional: fewer did. Never seen: none did.",
];
pub(crate) const EXPORT_INTRO: &str =
    "This is the plan as a flat table for other programs. The file export.csv has the same table.";
/// The table that a state requires.
pub(crate) const STATE_TABLE: &str = "State table";
pub(crate) const STATE_TABLE_INTRO: &str = "Targets come from your plan; yellow cells have no target yet. Groups whose values are withheld are left out and get no target.";

pub(crate) const STATE_TABLE_MISSING: &str = "Your data has no recent value for rows without a baseline. Add a file that has one, or fill in those rows by hand.";

// The columns of the menu.
pub(crate) const H_INDICATOR: &str = "Indicator";
pub(crate) const H_GOAL_AREA: &str = "Goal area";
pub(crate) const H_MEASURE: &str = "Measure";
pub(crate) const H_GROUP: &str = "Group";
pub(crate) const H_GRADE: &str = "Grade";
pub(crate) const H_SUBJECT: &str = "Subject";
pub(crate) const H_BETTER: &str = "Better";
pub(crate) const H_KIND: &str = "Kind";
pub(crate) const H_FREQUENCY: &str = "Frequency";
pub(crate) const H_MONTH: &str = "Month available";
pub(crate) const H_BASELINE_YEAR: &str = "Baseline year";
pub(crate) const H_BASELINE: &str = "Baseline";
pub(crate) const H_N: &str = "n";
pub(crate) const H_NOISE: &str = "Noise";
pub(crate) const H_TREND: &str = "Trend";
pub(crate) const H_PEERS_P25: &str = "Peers, lower quartile";
pub(crate) const H_PEERS_MEDIAN: &str = "Peer median";
pub(crate) const H_PEERS_P75: &str = "Peers, upper quartile";
pub(crate) const H_STATE_MEDIAN: &str = "Median of all";
pub(crate) const H_STATE_PERCENTILE: &str = "Percentile of all";
pub(crate) const H_SIMILAR_N: &str = "Similar districts";
pub(crate) const H_SIMILAR_FROM: &str = "Started at, from";
pub(crate) const H_SIMILAR_TO: &str = "Started at, to";
pub(crate) const H_SPAN: &str = "Years";
pub(crate) const H_WINDOW: &str = "Which years";
pub(crate) const H_HOLD: &str = "Hold";
pub(crate) const H_TYPICAL: &str = "Typical";
pub(crate) const H_AMBITIOUS: &str = "Ambitious";
pub(crate) const H_EXCEPTIONAL: &str = "Exceptional";
pub(crate) const H_EXPECTED: &str = "With similar students";
pub(crate) const H_BREAK: &str = "Break";
pub(crate) const H_SOURCE: &str = "Source";
pub(crate) const ALL_STUDENTS: &str = "all students";
pub(crate) const LEADING: &str = "leading";
pub(crate) const LAGGING: &str = "lagging";
pub(crate) const YEARLY: &str = "yearly";
pub(crate) const COMPUTED: &str = "computed";
/// Shown instead of a range.
pub(crate) const TOO_FEW_SIMILAR: &str = "too few similar districts";
/// Shown instead of noise.
pub(crate) const NOISE_UNKNOWN: &str = "not known";

/// The districts that a range is based on.
pub(crate) fn similar(count: usize, span: i32, first: &str, last: &str) -> String {
    format!("{count} districts over {}, {first} to {last}", counted(span.unsigned_abs() as usize, "year"))
}

/// A break before the baseline.
pub(crate) fn broken(year: &str, why: &str) -> String {
    format!("{year}: {why}")
}

// The columns of the plan.
pub(crate) const H_GOAL: &str = "Goal";
pub(crate) const H_OWNER: &str = "Owner";
pub(crate) const H_DEADLINE: &str = "Deadline";
pub(crate) const H_REPORT_MONTH: &str = "Report month";
pub(crate) const H_NOTE: &str = "Note";

/// What targets are called.
pub(crate) const TARGET: &str = "Target";

/// The heading of a year's target.
pub(crate) fn target_of(year: &str) -> String {
    format!("Target {year}")
}

/// The heading of a year's value.
pub(crate) fn actual_of(year: &str) -> String {
    format!("Actual {year}")
}

/// A column without a heading.
pub(crate) fn column_without_heading(letter: &str) -> String {
    format!("Column {letter}")
}

/// A column with the same heading as an earlier one.
pub(crate) fn column_again(heading: &str, letter: &str) -> String {
    format!("{heading} (column {letter})")
}

// What the program writes beside a goal.
pub(crate) const H_SENTENCE: &str = "Goal sentence";
pub(crate) const H_GAIN: &str = "Gain required";
pub(crate) const H_DID_IT: &str = "Similar districts that gained as much";
pub(crate) const H_VERDICT: &str = "How ambitious that is";
pub(crate) const CHECK_HEADINGS: [&str; 4] = [H_SENTENCE, H_GAIN, H_DID_IT, H_VERDICT];

pub(crate) const WORSE: &str = "worse than now";
pub(crate) const WITHIN_NOISE: &str = "within noise";
pub(crate) const TYPICAL: &str = "typical";
pub(crate) const AMBITIOUS: &str = "ambitious";
pub(crate) const EXCEPTIONAL: &str = "exceptional";
pub(crate) const NEVER_SEEN: &str = "never seen";
pub(crate) const NO_TARGET: &str = "no target after the newest value";
pub(crate) const UNREAD_TARGET: &str = "the last target cannot be read";
pub(crate) const NO_INDICATOR: &str = "no such indicator in the data";
pub(crate) const TOO_FEW: &str = "too few similar districts over that many years";
pub(crate) const TOO_FAR: &str = "too far ahead to compare";

/// How many similar districts gained as much.
pub(crate) fn did_it(did: usize, of: usize, span: i32) -> String {
    format!("{did} of {of} in {}", counted(span.unsigned_abs() as usize, "year"))
}

/// How far, and in which direction, a value has to go.
pub(crate) fn way_to_go(rises: bool, size: &str) -> String {
    if rises { format!("up {size}") } else { format!("down {size}") }
}

/// The value is to stay where it is.
pub(crate) const NO_WAY_TO_GO: &str = "no change";

/// What a goal's sentence mentions.
pub(crate) struct GoalWords<'a> {
    pub(crate) subject: &'a str,
    /// Whether the value is to rise.
    pub(crate) rises: bool,
    pub(crate) from: &'a str,
    pub(crate) from_year: &'a str,
    pub(crate) to: &'a str,
    pub(crate) until: &'a str,
}

/// The goal as one sentence: population, measure, from, to, by.
pub(crate) fn goal_sentence(words: &GoalWords<'_>) -> String {
    let GoalWords { subject, from, from_year, to, until, .. } = words;
    let verb = if words.rises { "will rise" } else { "will fall" };
    format!("{subject} {verb} from {from} in {from_year} to {to} by {until}.")
}

/// A goal to stay at the baseline.
pub(crate) fn goal_holds(words: &GoalWords<'_>) -> String {
    let GoalWords { subject, from, from_year, until, .. } = words;
    format!("{subject} will stay at the {from_year} value of {from} until {until}.")
}

/// The deadline if nobody wrote one: the end of the last target's year.
pub(crate) fn end_of(year: &str) -> String {
    format!("the end of {year}")
}

// The scorecard.
pub(crate) const H_DESCRIPTION: &str = "Description";
pub(crate) const H_STATUS: &str = "Status";
pub(crate) const H_COMPARABLE: &str = "Comparable";
pub(crate) const H_REPORTED: &str = "Reported in";
pub(crate) const YES: &str = "yes";
pub(crate) const MET: &str = "met";
pub(crate) const ON_TRACK: &str = "on track";
pub(crate) const APPROACHING: &str = "approaching";
pub(crate) const STAGNANT: &str = "stagnant";
pub(crate) const OFF_TRACK: &str = "off track";
pub(crate) const NO_NEW_YEAR: &str = "no new data yet";
pub(crate) const NOT_MEASURED: &str = "not measured";
pub(crate) const NOT_COMPARABLE: &str = "not comparable";
pub(crate) const SCORECARD_INTRO: [&str; 3] = [
    "★ met: the last target has been reached. ▲ on track: at least as good as this year’s target. ◆ approaching: at least halfway there.",
    "■ stagnant: the change is small enough to be due to chance. ▼ off track: the change is too small or in the wrong direction.",
    "○ no new data yet: there is no value after the baseline. ○ not measured: no target, or no such indicator. ≠ not comparable: the test or the definition changed.",
];

/// A value with its year.
pub(crate) fn value_in(value: &str, year: &str) -> String {
    format!("{value} ({year})")
}

/// A status with its sign.
pub(crate) fn with_sign(sign: &str, word: &str) -> String {
    format!("{sign} {word}")
}

/// Why a value cannot be compared with the baseline.
pub(crate) fn not_comparable(year: &str, why: &str) -> String {
    format!("no: in {year}, {why}")
}

// People's own series.
pub(crate) const LOCAL: &str = "Local";
pub(crate) const PROCESS: &str = "Process charts";
pub(crate) const H_SERIES: &str = "Series";
pub(crate) const H_PERIOD: &str = "Period or school";
pub(crate) const H_VALUE: &str = "Value";
pub(crate) const H_CENTER: &str = "Center";
pub(crate) const H_LOW: &str = "Lower limit";
pub(crate) const H_HIGH: &str = "Upper limit";
pub(crate) const H_SIGNAL: &str = "Signal";
pub(crate) const SIGNAL: &str = "outside the limits";
pub(crate) const PROVISIONAL: &str = "limits provisional";
pub(crate) const TOO_SHORT_FOR_LIMITS: &str = "too few values for limits";
pub(crate) const LOCAL_INTRO: [&str; 2] = [
    "Optional: enter your own values by month or quarter, one per row, oldest first. With eight or more values, limits are shown.",
    "Or enter one row per school, with a percent and n, the number of students it is based on. Each school then gets its own limits.",
];
pub(crate) const PROCESS_INTRO: [&str; 2] = [
    "Values within the limits vary as usual, so do not explain them one by one. A value outside the limits is worth asking about.",
    "Limits based on fewer than 15 values are provisional.",
];

/// What a chart of a series shows, for those who cannot see it.
pub(crate) fn process_alt(name: &str, points: usize) -> String {
    format!("{name}: {points} values with the limits within which they usually vary")
}

// The changes.
pub(crate) const H_CHANGE: &str = "Change";
pub(crate) const H_WHAT: &str = "What";
pub(crate) const H_BEFORE: &str = "Before";
pub(crate) const H_AFTER: &str = "After";
pub(crate) const H_WHY: &str = "Why";
pub(crate) const H_SOURCE_BEFORE: &str = "Source before";
pub(crate) const H_SOURCE_AFTER: &str = "Source after";
pub(crate) const CHANGES_INTRO: &str =
    "What has changed since the plan was written and since its targets were last read.";

/// A change's name, and why it happened.
pub(crate) struct ChangeWords {
    pub(crate) name: &'static str,
    pub(crate) why: &'static str,
}

pub(crate) const NEW_YEAR: ChangeWords = ChangeWords { name: "new year", why: "the data has a later year" };
pub(crate) const BASELINE_UPDATED: ChangeWords = ChangeWords {
    name: "baseline updated",
    why: "its publisher revised the baseline; targets stay as they are",
};
pub(crate) const REVISED_VALUE: ChangeWords =
    ChangeWords { name: "revised value", why: "its publisher revised an earlier year" };
pub(crate) const METHOD_CHANGED: ChangeWords = ChangeWords {
    name: "method changed",
    why: "a new test or definition; later values are not compared with the baseline",
};
pub(crate) const MEASURE_GONE: ChangeWords =
    ChangeWords { name: "measure missing", why: "the data no longer has this indicator" };
pub(crate) const MEASURE_RENAMED: ChangeWords =
    ChangeWords { name: "measure replaced", why: "the indicator now has another name" };
pub(crate) const TARGET_CHANGED: ChangeWords =
    ChangeWords { name: "target changed", why: "somebody changed it in the plan" };
/// Why a target changed whose goal has another name now.
pub(crate) fn target_of_renamed_goal(old_name: &str) -> String {
    format!("somebody changed it in the plan and renamed the goal (previously “{old_name}”)")
}
pub(crate) const PEER_IN: ChangeWords =
    ChangeWords { name: "peer added", why: "it is more like us in the newest data" };
pub(crate) const PEER_OUT: ChangeWords =
    ChangeWords { name: "peer dropped", why: "others are more like us in the newest data" };
pub(crate) const CANDIDATE_NEW: ChangeWords =
    ChangeWords { name: "new candidate", why: "the newest data supports it" };
pub(crate) const CANDIDATE_GONE: ChangeWords = ChangeWords {
    name: "candidate dropped",
    why: "the newest data no longer supports it, or others rank higher",
};
pub(crate) const CANDIDATE_MOVED: ChangeWords =
    ChangeWords { name: "candidate moved", why: "the newest data puts it in another quadrant" };

/// An indicator in a year.
pub(crate) fn in_year(indicator: &str, year: &str) -> String {
    format!("{indicator}, {year}")
}

/// A goal with its indicator.
pub(crate) fn goal_and_indicator(goal: &str, indicator: &str) -> String {
    match (goal, indicator) {
        ("", indicator) => indicator.to_owned(),
        (goal, "") => goal.to_owned(),
        (goal, indicator) => format!("{goal}: {indicator}"),
    }
}

/// Whether this is the name of a goal with an indicator.
pub(crate) fn names_indicator(name: &str, indicator: &str) -> bool {
    name.strip_suffix(indicator).is_some_and(|goal| goal.is_empty() || goal.ends_with(": "))
}

/// A candidate with its number.
pub(crate) fn numbered(number: &str, statement: &str) -> String {
    format!("{number}: {statement}")
}

// What a spreadsheet program shows at the cells of the plan.
pub(crate) const INDICATOR_PROMPT: [&str; 2] =
    ["Indicator", "Choose one from the list, which is the first column of the “Menu” sheet."];
pub(crate) const TARGET_PROMPT: [&str; 2] =
    ["Target", "The value to reach in this school year, not the change. Leave it blank if there is none."];
pub(crate) const MONTH_PROMPT: [&str; 2] = ["Report month", "The month in which the board gets the report."];
pub(crate) const GOAL_PROMPT: [&str; 2] = ["Goal", "What you want, in your own words."];
pub(crate) const DEADLINE_PROMPT: [&str; 2] =
    ["Deadline", "A date or a school year, such as 6/30/2029 or 2028-29."];
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

// The flat table for other programs.
pub(crate) const EXPORT_HEADINGS: [&str; 9] =
    ["level", "parent", "name", "owner", "start", "due", "unit", "baseline", "target"];
pub(crate) const GOAL_LEVEL: &str = "goal";
pub(crate) const MEASURE_LEVEL: &str = "measure";

// The command.
/// No plan was found.
pub(crate) fn no_plan(folder: &str, pack: &str) -> String {
    format!(
        "there is no plan in {folder}\n  hint: copy {pack} into that folder, fill in its “Plan” sheet, and run this again"
    )
}

/// What was read.
pub(crate) fn plan_read(goals: usize, files: usize, changes: usize) -> String {
    format!(
        "{} from {}, {} since the plan was written",
        counted(goals, "goal"),
        counted(files, "file"),
        counted(changes, "change")
    )
}

/// Where a new file is, because a person changed the one with its name.
pub(crate) fn written_beside(kept: &str, beside: &str) -> String {
    format!("kept {kept}, which somebody changed, and saved {beside} next to it")
}

/// A goal in the terminal.
pub(crate) fn goal_line(status: &str, sentence: &str) -> String {
    format!("{status:<18}{sentence}")
}
