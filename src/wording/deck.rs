//! The texts of the deck's slides and speaker notes.

use super::listing::joined_with_and;

// Sheets of the workbook behind a chart.
pub(crate) const CHART_SHEET: &str = "Chart data";
pub(crate) const AXIS_LABELS: &str = "Axis labels";
pub(crate) const TABLE_SHEET: &str = "Whole table";
pub(crate) const HIDDEN: &str = "hidden";

// Layouts, and the places on them.
pub(crate) const LAYOUT_TITLE: &str = "Title";
pub(crate) const LAYOUT_SECTION: &str = "Section";
pub(crate) const LAYOUT_EXHIBIT: &str = "Exhibit";
pub(crate) const LAYOUT_TWO_EXHIBITS: &str = "Two exhibits";
pub(crate) const LAYOUT_TABLE_WORK: &str = "Table work";
pub(crate) const LAYOUT_STATEMENT: &str = "Statement";
pub(crate) const LAYOUT_APPENDIX: &str = "Appendix";
/// The names of frames that hold an exhibit begin with it.
pub(crate) const FRAME_PREFIX: &str = "exhibit:";
/// The names of tables with numbers of several exhibits begin with it.
pub(crate) const TABLE_PREFIX: &str = "table:";
pub(crate) const COVERAGE_NAME: &str = "coverage";
pub(crate) const FAIR_NAME: &str = "comparison";

/// The name of a table with numbers of several exhibits.
pub(crate) fn table_name(id: &str) -> String {
    format!("{TABLE_PREFIX}{id}")
}

pub(crate) const PLACE_TITLE: &str = "Title";
pub(crate) const PLACE_TEXT: &str = "Text";
pub(crate) const PLACE_CHART: &str = "Chart";
pub(crate) const PLACE_FINDING: &str = "What the chart says";
pub(crate) const PLACE_SOURCE: &str = "Source";
pub(crate) const PLACE_CODE: &str = "Code";
pub(crate) const PLACE_NUMBER: &str = "Slide number";
pub(crate) const PLACE_TIMER: &str = "Timer";
pub(crate) const PLACE_KEY: &str = "Key";

// Labels of the speaker notes.
pub(crate) const SAY: &str = "Say";
pub(crate) const POINT: &str = "Point";
pub(crate) const ASK: &str = "Ask";
pub(crate) const IF_ASKED: &str = "If asked";
pub(crate) const SOURCE: &str = "Source";
pub(crate) const TIME: &str = "Time";

// Sections of the deck.
pub(crate) const OPENING: &str = "Welcome";
pub(crate) const CLOSING: &str = "Our SWOT";
pub(crate) const APPENDIX: &str = "Appendix";

pub(crate) fn minutes(minutes: u32) -> String {
    if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
}

/// The name of a part of a line before a break; `n` counts the parts.
pub(crate) fn earlier_stretch(label: &str, n: usize) -> String {
    format!("{label} (part {n})")
}

pub(crate) fn band_from(label: &str) -> String {
    format!("{label}: from")
}

pub(crate) fn band_height(label: &str) -> String {
    format!("{label}: height")
}

/// The name of a bar without a value.
pub(crate) fn without_value(label: &str, reason: &str) -> String {
    format!("{label} ({reason})")
}

/// The name of a chart's frame, by which it is found again. `part` counts the charts of one exhibit.
pub(crate) fn frame_name(exhibit: &str, part: usize) -> String {
    if part == 0 {
        format!("{FRAME_PREFIX}{exhibit}")
    } else {
        format!("{FRAME_PREFIX}{exhibit}:{}", part + 1)
    }
}

/// A title that another slide has already.
pub(crate) fn repeated_title(title: &str, n: usize) -> String {
    format!("{title} ({n})")
}

pub(crate) fn page_of(title: &str, page: usize, pages: usize) -> String {
    format!("{title} ({page} of {pages})")
}

/// The line below a chart: where the numbers come from, and the chart's code.
pub(crate) fn source_line(source: &str, code: &str) -> String {
    format!("{} · {code}", source.trim_end_matches('.'))
}

/// The source without the word that the notes' label already has.
pub(crate) fn without_label(source: &str) -> &str {
    source.strip_prefix("Source: ").unwrap_or(source)
}

/// What is drawn, and how to read it.
pub(crate) fn subtitle(parts: &[&str]) -> String {
    let known: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    known.join(" · ")
}

/// What the marks in a shaded table mean.
pub(crate) fn shades(low: &str, high: &str) -> String {
    format!("▼ {low} · ▲ {high}")
}

/// What the bars of a chart among peers mean.
pub(crate) const OURS_IS_DARK: &str = "our bar is blue";

/// The name of a mark of a chart, with the space between it and the next mark.
pub(crate) fn legend_name(name: &str) -> String {
    format!(" {name}      ")
}

// Marks of a chart, drawn with letters.
pub(crate) const SOLID_LINE: &str = "━━";
pub(crate) const DASHED_LINE: &str = "╍╍";
pub(crate) const DOTTED_LINE: &str = "┈┈";
pub(crate) const SHADED_BAND: &str = "▇▇";

// The opening.
pub(crate) fn data_through(year: &str) -> String {
    format!("Our data through {year}")
}

pub(crate) const TITLE_NOTES: &str =
    "Welcome, everyone. Today we will look at our own numbers together, before anyone decides anything.";

pub(crate) const WHY: &str = "Why are we here?";
pub(crate) const WHY_POINTS: [&str; 4] = [
    "To answer one question together: where are we now?",
    "First we notice what the data says. Then we wonder what it might mean.",
    "At the end of the day, we will have one shared list: what works, what does not, what we could use, and what could hurt us.",
    "Solutions come later, at the next meetings. Today is about seeing clearly.",
];
pub(crate) const WHY_NOTES: &str = "The plan comes later. Today we only want a picture of where we are that everyone in this room can support.";

pub(crate) const AGENDA: &str = "What does our day look like?";
pub(crate) const AGENDA_HEADINGS: [&str; 3] = ["Start", "Minutes", "What we do"];
pub(crate) const AGENDA_ALT: &str = "The agenda as a table: start, minutes, and what we do";
pub(crate) const AGENDA_NOTES: &str = "We start and end on time. Anything we skip goes in the parking lot.";

pub(crate) const NORMS: &str = "How do we work together today?";
/// How people work together. `code` is that of a chart of the deck, as an example.
pub(crate) fn norm_points(code: Option<&str>) -> [String; 6] {
    let example = code.map(|code| format!(", such as {code}")).unwrap_or_default();
    [
        "Notice before you explain: first the number, then the reason.".to_owned(),
        format!("Say where you see it: give the chart's code{example}."),
        "Everyone speaks once before anyone speaks twice.".to_owned(),
        "We talk about the district, never about a single student or teacher.".to_owned(),
        "Disagree with a reading of the data, not with a person.".to_owned(),
        "A question that we cannot answer goes on a sticky note.".to_owned(),
    ]
}
pub(crate) const NORM_NOTES: &str =
    "These are proposals. Ask whether anything is missing, and get a nod from every table before you go on.";

pub(crate) const HOW_TO_READ: &str = "How do we read our charts?";
pub(crate) fn key_own(district: &str) -> String {
    format!("The thick blue line is us, {district}.")
}
pub(crate) const KEY_PEERS: &str =
    "The dashed gray line is the median of similar districts: half are above, half below.";
pub(crate) const KEY_BAND: &str = "The shaded band shows the middle half of similar districts.";
pub(crate) const KEY_GAP: &str = "A gap means that a number is missing or hidden. It never means zero.";
pub(crate) const KEY_CODE: &str = "The code in the corner is the chart's name for today.";
pub(crate) const HOW_TO_READ_NOTES: &str = "Read this one chart aloud together. Then ask a volunteer to read the last value, and another to find us among similar districts.";
pub(crate) const HOW_TO_READ_ALONE_NOTES: &str =
    "Read this one chart aloud together. Then ask a volunteer to read the first value and the last one.";

pub(crate) const COVERAGE: &str = "What is in this data, and what is not?";
pub(crate) const COVERAGE_HEADINGS: [&str; 4] = ["Part", "Charts", "School years", "Hidden in these charts"];
pub(crate) const COVERAGE_ALT: &str =
    "A table of the areas, with their charts, school years, and the values hidden in these charts";
pub(crate) const COVERAGE_LIMITS: &str = "Not included: anything about a single person, anything after the last year shown, and anything that nobody counts.";
pub(crate) const COVERAGE_NOTES: &str = "Data never shows everything that matters. Note what you think is missing; we will come back to it at the end of the day.";
pub(crate) const COVERAGE_IF_ASKED: &str =
    "Hidden values are based on so few students that someone could be recognized, so we do not show them.";

pub(crate) const FAIR: &str = "Is this a fair comparison?";
pub(crate) const FAIR_HEADINGS: [&str; 4] = ["Matched by", "Ours", "Their lowest", "Their highest"];
pub(crate) const FAIR_ALT: &str =
    "How the similar districts were matched, with our values and their lowest and highest";
pub(crate) const FAIR_NOTES: &str = "Similar districts are chosen by numbers that a district cannot change quickly, never by results. No two districts are alike.";
pub(crate) const FAIR_ASK: &str = "In what ways are they like us? What do these numbers miss about us?";
pub(crate) const FAIR_PROMPT: &str = "What do these numbers miss about us?";

// The parts of the day that look at data.
pub(crate) const PREDICT: &str = "Before we look: what do you expect to see? Write down one number.";
pub(crate) const PREDICT_NOTES: &str =
    "Allow three quiet minutes. Everyone writes one prediction and keeps it; nobody has to share it.";
pub(crate) fn at_a_glance(part: &str) -> String {
    format!("{part} at a glance")
}
pub(crate) const GLANCE_HEADINGS: [&str; 5] = ["Code", "What", "Ours", "Year", "Similar districts"];
pub(crate) fn glance_alt(part: &str, has_peers: bool) -> String {
    let beside = if has_peers { " next to the median of similar districts" } else { "" };
    format!("{part}: our latest values{beside}")
}

pub(crate) const OLD_DATA: &str = "Our newest numbers here are years old. Their charts are in the appendix.";
pub(crate) const OLD_DATA_NOTES: &str =
    "Say plainly that the data is old. Old numbers show where we were, not where we are.";
pub(crate) fn not_known(part: &str) -> String {
    format!("{part}: what do we not know?")
}
pub(crate) const NOT_KNOWN_POINTS: [&str; 3] = [
    "What would we need to know here to plan well?",
    "Who has that data, or when will it be published?",
    "What do people in this room see every day that no number shows?",
];
pub(crate) const NOT_KNOWN_NOTES: &str =
    "Write each question down with a name next to it. It goes on the list for the end of the day.";
pub(crate) const GLANCE_NOTES: &str =
    "These are only the latest values. The charts that follow show how we got there.";
pub(crate) const GLANCE_ASK: &str =
    "Which number is not what you expected? Which chart do you want to see first?";
pub(crate) const NO_VALUE: &str = "–";

pub(crate) fn table_work(part: &str) -> String {
    format!("{part}: talk at your table")
}
pub(crate) const TABLE_WORK_POINTS: [&str; 4] = [
    "Each person: one thing you notice, with the chart's code.",
    "The table: what surprises us, compared with what we predicted?",
    "Then: what do we wonder? Who could tell us?",
    "Write each on a sticky note: one idea, one code.",
];
pub(crate) const TABLE_WORK_NOTES: &str = "Facts first, reasons later. Click to start the timer. Walk around, and ask for the code behind each statement.";
pub(crate) fn timer(minutes: u32) -> String {
    format!("{minutes} min")
}
pub(crate) const TIMER_ALT: &str = "A timer bar that empties as time runs out; click to start it";

pub(crate) fn share(part: &str) -> String {
    format!("{part}: what did your table see?")
}
pub(crate) const SHARE_POINTS: [&str; 3] = [
    "One table, one fact, with its code. No repeats.",
    "Then one question that the data does not answer.",
    "Everyone else: put a check mark on your note if you have the same fact.",
];
pub(crate) const SHARE_NOTES: &str =
    "Take one fact from each table and write it down word for word. Park solutions for now.";

// The end of the day.
pub(crate) const SORT: &str = "Where does each thing we saw belong?";
pub(crate) const SORT_NOTES: &str =
    "The same fact can belong in two places. Let tables decide, and move notes freely.";
pub(crate) const SORT_QUESTIONS: [&str; 4] = [
    "What should we keep doing?",
    "What should be better than it is?",
    "What could we do that we are not doing yet?",
    "What could hurt us, whether we act or not?",
];
pub(crate) const HOW_TO_WRITE: &str = "How do we write a good item?";
pub(crate) const HOW_TO_WRITE_POINTS: [&str; 4] = [
    "Say what, how much, when, and compared with what.",
    "Good (made-up numbers): “41% of third graders read on grade level in 2024, 5 points below similar districts.”",
    "Not yet: “Reading is a problem.” “Parents do not care.”",
    "No causes, no solutions, no names. One fact per item.",
];
pub(crate) const HOW_TO_WRITE_NOTES: &str =
    "Read both examples aloud. The numbers in the good example are made up; yours come from the charts.";
pub(crate) const TABLE_SWOT: &str = "What is our table's SWOT?";
pub(crate) const TABLE_SWOT_POINTS: [&str; 4] = [
    "Sort your sticky notes into the four boxes on the table sheet.",
    "Agree on at most three items for each box.",
    "Write each as a sentence with a number and a code.",
    "Choose one person to give a two-minute report.",
];
pub(crate) const TABLE_SWOT_NOTES: &str =
    "Click to start the timer. Halfway through, remind tables to turn notes into sentences.";
pub(crate) const MERGE: &str = "What do our tables agree on?";
pub(crate) const MERGE_TYPE_HERE: &str = "Type here";
pub(crate) const MERGE_NOTES: &str =
    "Type while tables report. Group matching items from different tables, and count the tables.";
pub(crate) const COMPARE_NOTES: &str = "These come from rules in the software, not from people. Show them only at this point. Keep, reword, or drop any of them.";
pub(crate) const COMPARE_ASK: &str = "Which of these did we miss? Which do we see differently, and why?";
pub(crate) const COMPARE_NONE: &str =
    "The software proposes nothing here. What do you know that the data does not show?";
/// The titles of slides with proposals end so.
pub(crate) const PROPOSED: &str = "does the software propose?";

/// An item with its number. Charts have codes of the same form, so it says what it is.
pub(crate) fn numbered(number: &str, statement: &str) -> String {
    format!("Item {number}: {statement}")
}

pub(crate) fn compare(headings: &[String]) -> String {
    format!("Which {} {PROPOSED}", joined_with_and(headings))
}
pub(crate) const VOTE: &str = "Which items matter most?";
pub(crate) const VOTE_POINTS: [&str; 4] = [
    "Everyone has five dots. No more than two may go on one item.",
    "Put them on the items that matter most for our students.",
    "Vote in silence, all at the same time.",
    "We count, and read aloud the top three items in each box.",
];
pub(crate) const VOTE_NOTES: &str =
    "Dots show what matters most to the room; they do not decide anything. Take a photo before you clean up.";
pub(crate) const MISSING: &str = "What do we still need to know?";
pub(crate) const MISSING_POINTS: [&str; 3] = [
    "Which questions could none of today's charts answer?",
    "Who has that data, or who could we ask?",
    "What should be in next year's data?",
];
pub(crate) const MISSING_NOTES: &str =
    "Collect the questions from the parking lot here. Give each question an owner before people leave.";
pub(crate) const NEXT_STEPS: &str = "What happens next, and when?";
pub(crate) const NEXT_HEADINGS: [&str; 3] = ["Step", "Who", "Date"];
pub(crate) const NEXT_ALT: &str = "A table of the next steps, with blanks for who and when";
pub(crate) const NEXT_ROWS: [&str; 5] = [
    "Draft of our SWOT goes to everyone here",
    "Staff, families, and the community give feedback",
    "Feedback closes, and the SWOT is final",
    "Next meeting: where do we want to be?",
    "The board hears what we found",
];
pub(crate) const NEXT_NOTES: &str =
    "Fill in names and dates together. A step without a name does not happen.";
pub(crate) const EXIT: &str = "Before you go: your exit ticket";
pub(crate) const EXIT_POINTS: [&str; 3] = [
    "One thing I saw today that I did not know before.",
    "One thing that must not get lost.",
    "One thing that would make the next meeting better.",
];
pub(crate) const EXIT_NOTES: &str = "Allow three quiet minutes. Collect the cards at the door.";
pub(crate) const APPENDIX_TITLE: &str = "Appendix: charts for questions";
pub(crate) const APPENDIX_TEXT: &str = "Not part of the agenda. Jump here when somebody asks.";
pub(crate) const APPENDIX_NOTES: &str = "Type a slide's number and press Enter to jump to it.";
