//! What `retreat init` prints, and the comments of the project file that it proposes.

use std::fmt::Display;

use super::listing::{count, counted};

/// The name of a district that nothing names.
pub(crate) const OUR_DISTRICT: &str = "our district";

/// Why the project is for this district.
pub(crate) mod choice {
    use crate::wording::listing::counted;

    pub(crate) const ONLY_ONE: &str = "the only district in these files";
    pub(crate) const REQUESTED: &str = "the district that you asked for";
    pub(crate) const REQUESTED_UNNAMED: &str = "the district that you asked for; no table names it";
    pub(crate) const UNNAMED: &str = "no table names a district, so this name is used";

    /// No column names the district; `others` are names in other titles.
    pub(crate) fn in_title(file: &str, others: &[String]) -> String {
        if others.is_empty() {
            format!("named in {file}; no column names a district")
        } else {
            format!("named in {file}; other files name {}. No column names a district", others.join(", "))
        }
    }

    pub(crate) fn like_the_title(districts: usize) -> String {
        format!("the only one of {} with a name like the one in a title", counted(districts, "district"))
    }

    pub(crate) fn like_the_folder(districts: usize) -> String {
        format!("the only one of {} with a name like the folder's", counted(districts, "district"))
    }

    pub(crate) fn first(districts: usize) -> String {
        format!("the first of {}; put your own district's id in retreat.toml", counted(districts, "district"))
    }
}

pub(crate) fn not_a_folder(path: &dyn Display) -> String {
    format!("{path} is not a folder")
}

pub(crate) fn looking_at(files: usize) -> String {
    format!("Looking at {}.", counted(files, "file"))
}

/// `tables` has one line for each table, with what prevents it from being read.
pub(crate) fn nothing_readable(tables: &str) -> String {
    format!(
        "no table can be read as it is{tables}\n  hint: `retreat inspect FILE` shows what a spreadsheet contains and what is \
         missing"
    )
}

pub(crate) fn unreadable_table(table: &str, why: &str) -> String {
    format!("\n  {table}: {why}")
}

pub(crate) fn more_tables(more: usize) -> String {
    format!("\n  and {} more", count(more))
}

/// How many columns of a source hold values, and how many are not read.
#[derive(Clone, Copy)]
pub(crate) struct SourceColumns {
    pub(crate) read: u64,
    pub(crate) unread: u64,
}

impl SourceColumns {
    fn text(self) -> String {
        format!(
            "{} with values, {} unread",
            counted(self.read as usize, "column"),
            count(self.unread as usize)
        )
    }
}

/// The lines about a source in the summary.
pub(crate) mod source {
    use super::{SourceColumns, counted};

    /// `tables` are its tables, if their names say more than its path.
    pub(crate) fn heading(path: &str, tables: Option<&str>) -> String {
        tables.map_or_else(|| format!("{path}\n"), |tables| format!("{path} ({tables})\n"))
    }

    pub(crate) fn layout(layout: &str, is_proposed: bool, columns: SourceColumns) -> String {
        let known = if is_proposed { "proposed" } else { "known" };
        format!("  {known} layout {layout}: {}\n", columns.text())
    }

    pub(crate) fn left_out(problem: &str) -> String {
        format!("  left out for now: {problem}\n")
    }

    /// What users must know of rows or a column that are not read.
    pub(crate) fn note(note: &str) -> String {
        format!("  note: {note}\n")
    }

    /// A source that is a newer edition of another.
    pub(crate) fn edition(edition: &str) -> String {
        format!("  {edition}\n")
    }

    /// A file with answers of people.
    pub(crate) fn answers(path: &str, answers: usize, items: usize, open: usize) -> String {
        let [answers, items] = [counted(answers, "response"), counted(items, "question")];
        let open = if open == 0 {
            String::new()
        } else {
            format!(", and {} with written answers, which are only counted", counted(open, "question"))
        };
        format!("{path}\n  a survey: {answers} to {items} on a scale{open}\n")
    }

    pub(crate) const YEAR_IS_FALL: &str =
        "  a single year, such as 2023, means 2023-24, because the text mentions the fall\n";

    pub(crate) fn unread_table(table: &str, why: &str) -> String {
        format!("{table}\n  not read: {why} (retreat inspect shows more)\n")
    }
}

/// The result of a trial reading.
pub(crate) struct TrialResult {
    pub(crate) values: usize,
    pub(crate) districts: usize,
    /// First and last school year.
    pub(crate) years: Option<[String; 2]>,
}

pub(crate) fn trial(result: &TrialResult) -> String {
    let years = match &result.years {
        None => String::new(),
        Some([first, last]) if first == last => format!(", {first}"),
        Some([first, last]) => format!(", {first} to {last}"),
    };
    format!(
        "Read {} for {}{years}.\n",
        counted(result.values, "value"),
        counted(result.districts, "district")
    )
}

/// A problem that the trial reading met.
pub(crate) fn warning(place: &dyn Display, found: &str) -> String {
    format!("Look at {place}: {found}.\n")
}

pub(crate) fn more_warnings(more: usize) -> String {
    format!("And {}: retreat check lists them all.\n", counted(more, "more problem"))
}

pub(crate) fn chosen_district(name: &str, id: &str, why: &str) -> String {
    let named = if name == id { name.to_owned() } else { format!("{name} ({id})") };
    format!("District: {named}, {why}.\n")
}

pub(crate) fn next(folder: &dyn Display) -> String {
    format!("Next: run retreat check {folder}, then retreat build {folder}")
}

/// What to do if no table can be read as it is.
pub(crate) fn next_without_source(folder: &dyn Display) -> String {
    format!(
        "Next: correct the files or the layouts, and remove the # before the sources in {folder}/retreat.toml. Then run retreat \
         check {folder}"
    )
}

pub(crate) fn template_written(workbook: &dyn Display, project: &dyn Display) -> String {
    format!("Wrote {workbook} and {project}.")
}

pub(crate) fn fill_in(folder: &dyn Display) -> String {
    format!("Next: fill in the workbook, then run retreat check {folder}")
}

/// Comments and texts of the proposed project file.
pub(crate) mod project {
    use super::SourceColumns;
    use crate::wording::listing::{count, counted};

    pub(crate) const PROPOSED: &str = "# Proposed by `retreat init`. Correct what is wrong. Then run `retreat check` and `retreat build`.\n";
    pub(crate) const FROM_TEMPLATE: &str = "# Made by `retreat init --template`.\n";
    pub(crate) const TEMPLATE_TITLE: &str = "Data Retreat";
    pub(crate) const ID_AS_TYPED: &str = "# Your district's id, as you type it into the workbook.\n";

    pub(crate) fn title(district: &str) -> String {
        format!("{district} Data Retreat")
    }

    pub(crate) fn district(name: &str, why: &str, districts: usize) -> String {
        format!(
            "# {name}: {why}.\n# To choose another district, put its id here. Districts in these files: {}.\n",
            count(districts)
        )
    }

    /// How to name the state, which decides which breaks apply.
    pub(crate) const STATE: &str = "# Your state, so that its new tests and definitions are marked. Fill in its two-letter code and remove the #.\n# state = \"NJ\"\n\
        # If the files have all of your state's districts, remove the # below. Ranks are then called ranks in the state.\n# whole-state = true\n";

    pub(crate) fn unread_table(table: &str, why: &str) -> String {
        format!("\n# {table}: not read, because {why}.\n")
    }

    pub(crate) fn source(tables: &str, is_proposed: bool, columns: SourceColumns) -> String {
        let layout = if is_proposed { "a proposed layout" } else { "a layout from the catalog" };
        format!("\n# {tables}: {layout}; {}.\n", columns.text())
    }

    /// What users must know of rows or a column that are not read.
    pub(crate) fn note(note: &str) -> String {
        format!("# Note: {note}.\n")
    }

    /// A source that is a newer edition of another.
    pub(crate) fn edition(edition: &str) -> String {
        format!("# This is {edition}.\n")
    }

    /// A survey; what was found in it, and what only people know.
    pub(crate) fn survey(answers: usize, items: usize, waves: &[String]) -> String {
        let [answers, items] = [counted(answers, "response"), counted(items, "question")];
        let when = if waves.is_empty() { String::new() } else { format!(", from {},", waves.join(" and ")) };
        format!(
            "\n# A survey: {answers}{when} to {items} on a scale. Written answers are counted, never shown.\n"
        )
    }

    pub(crate) const RESPONDENTS: &str = "# Who answered: families, students, staff, teachers, community …\n";
    pub(crate) const BY_COLUMN: &str = "# A column says who answered.\n";
    pub(crate) const WAVE: &str =
        "# No date was found. Fill in the school year or the season, and remove the #.\n";
    pub(crate) const INVITED: &str = "# How many people were asked. Fill in the numbers and remove the #; without them, no result counts as certain.\n";
    pub(crate) const CONSTRUCTS: &str = "# Questions about one subject make up a construct. Move the questions below under the subjects that they are about, and remove the #.\n";

    pub(crate) fn not_readable(problem: &str) -> String {
        format!(
            "# Cannot be read as it is: {problem}. When the layout is right, remove the # from these lines.\n"
        )
    }
}
