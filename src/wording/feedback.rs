//! The texts of the feedback form, and of the exhibits about the answers.

use super::listing::{count, counted};

pub(crate) const FORM_INTRO: &str =
    "This is what our tables see in the data. Please tell us what you think. We do not ask for names.";
pub(crate) const GROUP_QUESTION: &str = "I am a …";
pub(crate) const SCALE: [&str; 3] = ["Agree", "Disagree", "Not sure"];
pub(crate) const ANYTHING: &str = "Anything else?";
pub(crate) const BOX: &str = "☐";
pub(crate) const FORM_HEADINGS: [&str; 4] = ["Item", "What it says", "Do you agree?", "Comment"];
pub(crate) const FORM_ALT: &str = "Items to agree or disagree with";
pub(crate) const HIDDEN: &str = "yes";

// The form about the draft plan, and its answers.
pub(crate) const PLAN_FORM_INTRO: &str =
    "These are the goals in the draft of our plan. Please tell us what you think. We do not ask for names.";
pub(crate) const PLAN_HEADING: &str = "Goals";
pub(crate) const PLAN_SHEET: &str = "Feedback";
pub(crate) const PLAN_SHEET_INTRO: [&str; 3] = [
    "How many people agree with each goal, by group. People chose whether to answer; they may not speak for everyone.",
    "Answers from small groups are withheld. Comments are in feedback-comments.csv, for the team only.",
    "The response rate needs the number of people asked: `invited` under [plan-feedback] in retreat.toml.",
];
pub(crate) const WHOLE_FORM: &str = "At least one answer";
pub(crate) const PLAN_COLUMNS: [(&str, f64); 12] = [
    ("Goal", 9.0),
    ("What it says", 60.0),
    ("Group", 18.0),
    ("Answered", 12.0),
    ("Agree", 10.0),
    ("Disagree", 11.0),
    ("Percent who agree", 12.0),
    ("95% interval, low", 12.0),
    ("95% interval, high", 12.0),
    ("Comments", 12.0),
    ("Asked", 10.0),
    ("Response rate", 12.0),
];

/// A goal in people's words, and its sentence.
pub(crate) fn goal_and_sentence(goal: &str, sentence: &str) -> String {
    match goal {
        "" => sentence.to_owned(),
        goal if goal.ends_with(['.', '!', '?', ':']) => format!("{goal} {sentence}"),
        goal => format!("{goal}. {sentence}"),
    }
}

/// The number of a goal.
pub(crate) fn goal_number(number: u32) -> String {
    format!("G{number}")
}

/// A goal that is no longer in the plan.
pub(crate) fn no_longer_in_plan(statement: &str) -> String {
    format!("(no longer in the plan) {statement}")
}

/// The title of the form.
pub(crate) fn form_title(title: &str) -> String {
    format!("{title}: your feedback")
}

/// A question about an item.
pub(crate) fn item_question(item: &str, statement: &str) -> String {
    format!("{item}: {statement}")
}

/// A question for a comment.
pub(crate) fn comment_question(item: &str, letters: usize) -> String {
    format!("Comment on {item} (at most {letters} characters)")
}

/// How much feedback there is.
pub(crate) fn read(people: usize, comments: usize) -> String {
    format!(
        "feedback from {}, with {}",
        counted(people, "person").replace("persons", "people"),
        counted(comments, "comment")
    )
}

// The exhibits.

pub(crate) const SECTION: &str = "Feedback on our SWOT";
pub(crate) const QUESTION: &str = "What do others say about what we see?";
pub(crate) const CAVEAT: &str = "People chose whether to answer; they may not speak for everyone";
pub(crate) const SOURCE: &str = "Source: feedback form on the consensus";
pub(crate) const ANSWERED: &str = "Answered";
pub(crate) const AGREE: &str = "Agree";
pub(crate) const ITEM: &str = "Item";
pub(crate) const FEW: &str = "withheld (few people)";
pub(crate) const NOT_KNOWN: &str = "not known";
pub(crate) const HEAT_ENDS: [&str; 2] = ["all disagree", "all agree"];
pub(crate) const RESPONSE_COLUMNS: [&str; 4] = ["Group", "Answered", "Asked", "Response rate"];
pub(crate) const AGREEMENT_COLUMNS: [&str; 8] = [
    "Item",
    "Statement",
    "Answered",
    "Agree",
    "Disagree",
    "Percent who agree",
    "95% interval, low",
    "95% interval, high",
];

/// The texts of an exhibit about the feedback.
pub(crate) struct FeedbackExhibitWords {
    pub(crate) topic: &'static str,
    pub(crate) title: &'static str,
    pub(crate) definition: &'static str,
    pub(crate) alt: &'static str,
    pub(crate) notice: &'static str,
    pub(crate) wonder: &'static str,
}

pub(crate) const RESPONSE: FeedbackExhibitWords = FeedbackExhibitWords {
    topic: "Who gave feedback on our SWOT?",
    title: "People who answered, by group",
    definition: "People who answered at least one question on the feedback form. For some groups, the number of people asked is not known.",
    alt: "Bars: how many people in each group gave feedback.",
    notice: "Which groups do we hear from most, and which least?",
    wonder: "Whose view is missing before we decide?",
};
pub(crate) const RESPONSE_RATE: FeedbackExhibitWords = FeedbackExhibitWords {
    topic: "Who gave feedback on our SWOT?",
    title: "Response rate, by group",
    definition: "People who answered at least one question on the feedback form, as a percent of those who were asked.",
    alt: "Bars: what percent of each group gave feedback.",
    notice: "Which groups do we hear from most, and which least?",
    wonder: "Whose view is missing before we decide?",
};
pub(crate) const AGREEMENT: FeedbackExhibitWords = FeedbackExhibitWords {
    topic: "Do others agree with our SWOT?",
    title: "Percent of respondents who agree",
    definition: "Of the people who responded to an item, the percent who agree. People who are not sure count as having responded.",
    alt: "Bars: the percent of people who agree with each item in the SWOT.",
    notice: "Which items do most people agree with?",
    wonder: "What do those who disagree know that we do not?",
};
pub(crate) const BY_GROUP: FeedbackExhibitWords = FeedbackExhibitWords {
    topic: "Do groups see our SWOT differently?",
    title: "Percent who agree, by group",
    definition: "Of the people in a group who responded to an item, the percent who agree. Results for small groups are withheld.",
    alt: "Table: the percent of each group that agrees with each item in the SWOT.",
    notice: "Where are two groups far apart?",
    wonder: "Why might they see it differently?",
};

/// The name of a group in a table.
pub(crate) fn group_name(group: &str) -> &str {
    match group {
        "all" => "everybody",
        group => group,
    }
}

/// A group with the number of its members who answered.
pub(crate) fn group_label(group: &str, people: Option<usize>, invited: Option<u32>) -> String {
    match (people, invited) {
        (Some(people), Some(invited)) => {
            format!("{group} ({} of {} asked)", count(people), count(invited as usize))
        }
        (Some(people), None) => format!("{group} ({})", count(people)),
        (None, _) => group.to_owned(),
    }
}
