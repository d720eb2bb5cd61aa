//! Problems with the plan that people wrote.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// The hint where a target is to be typed again.
fn like(example: &str) -> String {
    format!("write the value to reach, such as {example}, and run `retreat plan` again")
}

impl Diagnostic {
    /// A plan of another district.
    #[must_use]
    pub fn plan_of_other_district(file: &str, title: &str, district: &str) -> Self {
        problem(
            Severity::Error,
            "plan-of-other-district",
            Place::file(file),
            "",
            [
                format!("this plan is from another project: “{title}”, district {district}"),
                "did not read its goals".to_owned(),
                "move the file to the `plan` folder of its own project".to_owned(),
            ],
        )
    }

    /// A plan with another title.
    #[must_use]
    pub fn plan_with_other_title(file: &str, title: &str) -> Self {
        problem(
            Severity::Note,
            "plan-with-other-title",
            Place::file(file),
            "",
            [
                format!("this plan was written for “{title}”"),
                "read it, because the district is the same".to_owned(),
                "nothing to do if this plan is still in use".to_owned(),
            ],
        )
    }

    /// A plan that was written with newer data than there is now.
    #[must_use]
    pub fn plan_of_later_year(file: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-of-later-year",
            Place::file(file),
            "",
            [
                "this plan was written with data from a later school year than the project has now"
                    .to_owned(),
                "checked it against the data that the project has".to_owned(),
                "add the newest files to the project and run `retreat plan` again".to_owned(),
            ],
        )
    }

    /// A plan without its hidden sheet.
    #[must_use]
    pub fn plan_without_key(file: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-without-key",
            Place::file(file),
            "",
            [
                "this file has no “key” sheet, so there is no record of what the data said when it was written"
                    .to_owned(),
                "read its goals, with the newest values as baselines".to_owned(),
                "save the plan as a workbook with all its sheets".to_owned(),
            ],
        )
    }

    /// A file without a sheet of goals.
    #[must_use]
    pub fn not_a_plan(file: &str) -> Self {
        problem(
            Severity::Error,
            "not-a-plan",
            Place::file(file),
            "",
            [
                "no sheet in this file is a plan".to_owned(),
                "read no goals from it".to_owned(),
                "put the row of headings back: Goal, Indicator, Owner, Target 2025-26, and so on".to_owned(),
            ],
        )
    }

    /// A column of the plan that was deleted.
    #[must_use]
    pub fn plan_column_missing(place: Place, column: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-column-missing",
            place,
            column,
            [
                format!("the plan has no column “{column}”"),
                "read the other columns".to_owned(),
                format!("add a column with the heading “{column}” if you need it"),
            ],
        )
    }

    /// Two columns of one kind. `used` is the heading of the one that is used, in the cell `used_cell`.
    #[must_use]
    pub fn plan_column_twice(place: Place, heading: &str, used: &str, used_cell: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-column-twice",
            place,
            heading,
            [
                format!("the columns “{used}” ({used_cell}) and “{heading}” mean the same thing"),
                format!("used “{used}” and kept “{heading}” as a column of your own"),
                "combine them in one column, or give this one another heading".to_owned(),
            ],
        )
    }

    /// A heading that may be that of a target, but names no school year.
    #[must_use]
    pub fn plan_target_heading_unclear(place: Place, heading: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-target-heading-unclear",
            place,
            heading,
            [
                format!("the column “{heading}” may be a target, but it is not clear for which school year"),
                "kept it as a column of your own and did not check it".to_owned(),
                "if it is a target, name its school year in the heading, such as Target 2027-28".to_owned(),
            ],
        )
    }

    /// A heading with a year alone, below which there may be results.
    #[must_use]
    pub fn plan_year_heading_unclear(place: Place, heading: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-year-heading-unclear",
            place,
            heading,
            [
                format!("the column “{heading}” may have targets, or the results of that year"),
                "kept it as a column of your own and did not check it".to_owned(),
                format!("if it has targets, say so in its heading: Target {heading}"),
            ],
        )
    }

    /// A target in a cell that is merged over the columns of several years.
    #[must_use]
    pub fn plan_target_merged(place: Place, last: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-target-merged",
            place,
            last,
            [
                "this target is in a cell that is merged across several school years".to_owned(),
                format!("used it as the target of the last of them, “{last}”"),
                "if it is the target of another year or of each year, unmerge the cells and type it there"
                    .to_owned(),
            ],
        )
    }

    /// A note or comment at a cell of a plan.
    #[must_use]
    pub fn plan_cell_note(place: Place) -> Self {
        problem(
            Severity::Warning,
            "plan-cell-note",
            place,
            "",
            [
                "a note or comment is attached to this cell".to_owned(),
                "did not read it; its text is not in any other file".to_owned(),
                "type its text into a cell of the plan, such as one under “Note”".to_owned(),
            ],
        )
    }

    /// A goal without an indicator.
    #[must_use]
    pub fn plan_without_indicator(place: Place) -> Self {
        problem(
            Severity::Warning,
            "plan-without-indicator",
            place,
            "",
            [
                "this goal has no indicator".to_owned(),
                "kept it but did not check it".to_owned(),
                "choose an indicator from the list in its cell".to_owned(),
            ],
        )
    }

    /// An indicator that the menu does not have.
    #[must_use]
    pub fn plan_indicator_unknown(place: Place, name: &str, did_you_mean: &str) -> Self {
        problem(
            Severity::Error,
            "plan-indicator-unknown",
            place,
            "",
            [
                format!("the menu has no indicator “{name}”"),
                "kept the goal but did not check it".to_owned(),
                format!("choose one from the list in the cell{did_you_mean}"),
            ],
        )
    }

    /// An indicator that the menu had when the plan was written.
    #[must_use]
    pub fn plan_indicator_gone(place: Place, name: &str) -> Self {
        problem(
            Severity::Error,
            "plan-indicator-gone",
            place,
            "",
            [
                format!("the data no longer has the indicator “{name}”"),
                "kept the goal and marked it “not measured”".to_owned(),
                "add the file that had it or choose another indicator".to_owned(),
            ],
        )
    }

    /// A target in words.
    #[must_use]
    pub fn plan_target_words(place: Place, text: &str, example: &str) -> Self {
        problem(
            Severity::Error,
            "plan-target-words",
            place,
            "",
            [format!("“{text}” is not a number"), "kept it but did not check it".to_owned(), like(example)],
        )
    }

    /// The last target is worse than the newest value.
    #[must_use]
    pub fn plan_target_worse(place: Place, target: &str, newest: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-target-worse",
            place,
            "",
            [
                format!("the target {target} is worse than the newest value, {newest}"),
                "kept it and marked it “worse than now”".to_owned(),
                "if that is not what you want, correct the target".to_owned(),
            ],
        )
    }

    /// The deadline is another year than that of the last target.
    #[must_use]
    pub fn plan_deadline_differs(place: Place, deadline: &str, last: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-deadline-differs",
            place,
            "",
            [
                format!("the deadline is {deadline}, but the last target is for {last}"),
                "used the year of the last target in the goal sentence".to_owned(),
                format!("add a target for {deadline} or change the deadline"),
            ],
        )
    }

    /// A target in another unit.
    #[must_use]
    pub fn plan_target_unit(place: Place, text: &str, example: &str) -> Self {
        problem(
            Severity::Error,
            "plan-target-unit",
            place,
            "",
            [
                format!("“{text}” is in another unit or outside the possible range of this indicator"),
                "kept it but did not check it".to_owned(),
                like(example),
            ],
        )
    }

    /// A target that may be a share of 1; `percent` is what it is then, in percent.
    #[must_use]
    pub fn plan_target_fraction(place: Place, text: &str, percent: &str) -> Self {
        problem(
            Severity::Error,
            "plan-target-fraction",
            place,
            "",
            [
                format!("“{text}” may mean {text}%, or {percent}% written as a fraction"),
                "kept it but did not check it, because it could mean either".to_owned(),
                format!("write {text}% or {percent}%, whichever you mean"),
            ],
        )
    }

    /// A target with a percent sign that would fit better a hundred times as large, as `percent`.
    #[must_use]
    pub fn plan_target_small(place: Place, text: &str, percent: &str, newest: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-target-small",
            place,
            "",
            [
                format!(
                    "the target {text} is far from the newest value, {newest}; {percent}% would be nearer"
                ),
                format!("used {text} as written"),
                format!("if you mean {percent}%, write that"),
            ],
        )
    }

    /// A deadline in words that name no date and no school year.
    #[must_use]
    pub fn plan_deadline_unclear(place: Place, text: &str) -> Self {
        problem(
            Severity::Warning,
            "plan-deadline-unclear",
            place,
            "",
            [
                format!("the deadline “{text}” is not a date or a school year that the program understands"),
                "kept it, and used the year of the last target in the goal sentence".to_owned(),
                "write a date or a school year, such as 6/30/2029, June 2029, or 2028-29".to_owned(),
            ],
        )
    }

    /// A target that is a change.
    #[must_use]
    pub fn plan_target_change(place: Place, text: &str, example: &str) -> Self {
        problem(
            Severity::Error,
            "plan-target-change",
            place,
            "",
            [
                format!("“{text}” is a change, not a value"),
                "kept it but did not check it".to_owned(),
                like(example),
            ],
        )
    }

    /// Two copies of a plan that say different things about one goal.
    #[must_use]
    pub fn plan_copies_differ(place: Place, other: &Place) -> Self {
        problem(
            Severity::Error,
            "plan-copies-differ",
            place,
            "",
            [
                format!("another copy of the plan says something different about this goal: {other}"),
                "kept both versions of the goal".to_owned(),
                "agree on one, correct one of the files, and run `retreat plan` again".to_owned(),
            ],
        )
    }

    /// A value of a local series that is not a number.
    #[must_use]
    pub fn local_value_unusable(place: Place, text: &str) -> Self {
        problem(
            Severity::Error,
            "local-value-unusable",
            place,
            "",
            [
                if text.is_empty() {
                    "this row has no value".to_owned()
                } else {
                    format!("“{text}” is not a number")
                },
                "left the row out of its series".to_owned(),
                "write a number and run `retreat plan` again".to_owned(),
            ],
        )
    }
}
