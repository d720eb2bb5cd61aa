//! What is inconsistent in the catalog, and which of its files are not read.

use super::Explained;
use super::settings::suggestion;

/// Kinds of names, as in "there is no … of this name".
pub(crate) const KEY_PART: &str = "part of a key";
pub(crate) const STATE: &str = "state";
pub(crate) const FACT_WORD: &str = "word for this fact";
pub(crate) const RULE_THRESHOLD: &str = "threshold in this rule";
pub(crate) const RULE_FAMILY: &str = "family of rules";

pub(crate) const ROLE_DISTRICT_ID: &str = "district id";
pub(crate) const ROLE_DISTRICT_NAME: &str = "district name";
pub(crate) const ROLE_SCHOOL_ID: &str = "school id";
pub(crate) const ROLE_SCHOOL_NAME: &str = "school name";
pub(crate) const ROLE_SCHOOL_YEAR: &str = "school year";
pub(crate) const ROLE_MEASURE: &str = "name of the measure";
pub(crate) const ROLE_GROUP: &str = "student group";
pub(crate) const STORY: &str = "story";
pub(crate) const ROLE_GRADE: &str = "grade";
pub(crate) const ROLE_SUBJECT: &str = "subject";
pub(crate) const ROLE_VALUE: &str = "value";
pub(crate) const ROLE_ROW_TYPE: &str = "type of row";

/// The message from serde if `rows` is neither; see `HeaderRows`.
pub(crate) const HEADER_ROWS: &str = "write \"auto\", or a list of row numbers such as [3, 4]";

/// `; did you mean "x"?`, to be put after a sentence.
pub(crate) fn did_you_mean(name: &str) -> String {
    format!("; did you mean {name:?}?")
}

/// `what` is the kind of name: "measure".
pub(crate) fn unknown_name(what: &str, name: &str) -> String {
    format!("there is no {what} {name:?}")
}

/// The hint for an unknown name.
pub(crate) fn known_names(nearest: Option<&str>, all: &[&str]) -> String {
    /// As many names as a reader can take in.
    const FEW: usize = 20;
    match nearest {
        Some(name) => format!("did you mean {name:?}?"),
        None if all.len() <= FEW => suggestion(None, all),
        None => "correct the name, or define it in `catalog/`".to_owned(),
    }
}

/// An unknown name with the names that are known.
pub(crate) fn unknown(what: &str, name: &str, nearest: Option<&str>, all: &[&str]) -> Explained {
    Explained::new(unknown_name(what, name), known_names(nearest, all))
}

/// The hint lists the measures.
pub(crate) fn unknown_measure(name: &str, nearest: Option<&str>) -> Explained {
    let list = "`retreat catalog measures` lists all measures";
    let hint = nearest.map_or_else(|| list.to_owned(), |nearest| format!("did you mean {nearest:?}? {list}"));
    Explained::new(unknown_name("measure", name), hint)
}

pub(crate) fn not_a_grade(text: &str) -> Explained {
    Explained::new(format!("{text:?} is not a grade"), "write a grade such as KG, 03, or 09-12, or \"all\"")
}

/// `error` is that of the regular expression.
pub(crate) fn bad_pattern(pattern: &str, error: &str) -> Explained {
    let short: String = pattern.chars().take(120).collect();
    Explained::new(format!("{short:?} is not a valid regular expression: {error}"), "correct the expression")
}

pub(crate) fn unknown_capture(pattern: &str, name: &str, nearest: Option<&str>, all: &[&str]) -> Explained {
    let found = format!("the expression {pattern:?} has a part named {name:?}, which has no meaning here");
    Explained::new(found, suggestion(nearest, all))
}

pub(crate) fn duplicate(what: &str, id: &str, first: &str) -> Explained {
    Explained::new(
        format!("the {what} {id:?} is already defined in {first}"),
        "give one of them a different id",
    )
}

pub(crate) fn change_not_positive() -> Explained {
    Explained::new("`meaningful-change` must be above 0", "write the smallest change that matters")
}

pub(crate) fn not_of_story(key: &str, measure: &str, story: &str) -> Explained {
    Explained::new(
        format!("`{key}` names {measure:?}, which is not one of the measures of {story:?}"),
        format!("add it to `measures` of this story, or remove it from `{key}`"),
    )
}

pub(crate) fn pool_below_peers() -> Explained {
    Explained::new(
        "`enough` sets `peers` to 0, or `pool` to less than `peers`",
        "set `peers` to at least 1, and `pool` to at least as many",
    )
}

pub(crate) fn number_not_positive(key: &str) -> Explained {
    Explained::new(format!("`{key}` must be above 0"), "write a number above 0")
}

pub(crate) fn above_100_percent(key: &str) -> Explained {
    Explained::new(format!("`{key}` is above 100"), "write a percent of at most 100")
}

pub(crate) fn percentiles_not_apart(key: &str) -> Explained {
    Explained::new(
        format!("the percentiles of `{key}` are not on either side of the median"),
        "write a `low` below 50 and a `high` from 50 to 100",
    )
}

pub(crate) fn range_without_width(key: &str) -> Explained {
    Explained::new(
        format!("the first value of `{key}` is not below the second"),
        "write the lowest value first, then the highest",
    )
}

pub(crate) fn range_beyond_plausible(key: &str) -> Explained {
    Explained::new(
        format!("`{key}` goes beyond `plausible`"),
        "write a range within `plausible`, or make `plausible` wider",
    )
}

pub(crate) fn people_of_a_sum(measure: &str) -> Explained {
    Explained::new(
        format!("{measure:?} has `people`, but its values can be added up"),
        "write `mean = true` if it is an average, such as a salary; otherwise, delete `people`",
    )
}

pub(crate) fn derived_from_itself() -> Explained {
    Explained::new("the measure is derived from itself", "remove it from its own `derive`")
}

pub(crate) fn indicator_without_direction(indicator: &str) -> Explained {
    Explained::new(
        format!("the score uses {indicator:?}, but for that measure neither direction is better"),
        "score only measures with `better = \"higher\"` or `better = \"lower\"`",
    )
}

pub(crate) fn id_too_wide(widest: usize) -> Explained {
    Explained::new("`id-width` is too large", format!("write {widest} or less"))
}

pub(crate) fn too_few_schools_alike(fewest: usize) -> Explained {
    Explained::new(
        "a sentence about one of so few schools would identify the others",
        format!("write `alike = {fewest}` or more"),
    )
}

pub(crate) fn column_without_name() -> Explained {
    Explained::new("a column needs `name`, `matching`, or `sum`", "write only one of them")
}

pub(crate) fn sum_of_one() -> Explained {
    Explained::new("`sum` must name at least two different columns", "for a single column, write `name`")
}

pub(crate) fn split_of_nothing() -> Explained {
    Explained::new(
        "`split` must have a number that is read, and none of them twice",
        "write \"value\", \"numerator\", or \"denominator\" once each, and \"unread\" for the other numbers",
    )
}

pub(crate) fn sum_beside_split() -> Explained {
    Explained::new(
        "`sum` cannot be used together with `split` or `occurrence`",
        "remove the other key: `sum` adds up whole cells of columns with unique names",
    )
}

pub(crate) fn sum_of_averages() -> Explained {
    Explained::new("the sum of averages is not an average", "remove `sum`, or name a measure that adds up")
}

pub(crate) fn column_without_measure(column: &str) -> Explained {
    Explained::new(
        format!("the column {column:?} has no measure"),
        "add `measure`, a part named `measure` in its pattern, or a [[part]] that names a column of measures",
    )
}

pub(crate) fn rule_without_measures() -> Explained {
    Explained::new("the rule has neither `measures` nor `domains`", "name the measures that it applies to")
}

/// `file` is the quadrant whose rules are in files of this name.
pub(crate) fn rule_in_other_file(quadrant: &str, file: &str) -> Explained {
    Explained::new(
        format!("a rule for {quadrant:?} is in the file for {file:?} rules"),
        format!("move it to {quadrant}.toml, or correct `quadrant`"),
    )
}

pub(crate) fn rule_without_conditions() -> Explained {
    Explained::new("the rule has no condition in `when`, or no clause in `say`", "add at least one of each")
}

/// A condition on a number has no threshold, or has a word.
pub(crate) fn condition_needs_threshold(fact: &str) -> Explained {
    Explained::new(
        format!("the condition on `{fact}` has no threshold"),
        "write `is` = \"at-least\", \"at-most\", \"above\", or \"below\", and the threshold's name as `than`",
    )
}

/// A condition on a word lacks it, or has a threshold.
pub(crate) fn condition_needs_word(fact: &str) -> Explained {
    Explained::new(
        format!("the condition on `{fact}` has no word"),
        "write `is` = \"is\" or \"is-not\", and the word as `word`",
    )
}

pub(crate) fn unused_threshold(name: &str) -> Explained {
    Explained::new(
        format!("no condition in the rule uses the threshold {name:?}"),
        "name it as `than` in a condition, or delete it",
    )
}

pub(crate) fn not_a_question(text: &str) -> Explained {
    Explained::new(
        format!("{text:?} does not end with a question mark"),
        "write it as a question for the room",
    )
}

/// A code that is not made of one of its domain's letters and a number.
/// `letters` are those with which the codes of the domain begin.
pub(crate) fn code_of_no_domain(code: &str, domain: &str, letters: &[String]) -> Explained {
    let example = letters.first().map(|letter| format!(", such as \"{letter}12\"")).unwrap_or_default();
    Explained::new(
        format!("{code:?} is not a code of the domain {domain:?}"),
        format!(
            "write the domain's letter and a number{example}, or delete the line to get the next free number"
        ),
    )
}

/// A rule names a measure with no better direction, and its condition is about what is favorable.
pub(crate) fn fact_without_direction(fact: &str, measure: &str) -> Explained {
    Explained::new(
        format!("{fact:?} is never known for {measure:?}, which has no better direction"),
        "use a fact that does not begin with \"favorable\", such as \"peer-percentile\", or give the measure a better direction",
    )
}

/// Two exhibits have the same code or topic.
pub(crate) fn same_as_exhibit(text: &str, other: &str) -> Explained {
    Explained::new(format!("the exhibit {other:?} also uses {text:?}"), "change one of them")
}

/// What the answers to a survey question are on.
pub(crate) const SCALE: &str = "scale";
/// What a group of respondents is.
pub(crate) const RESPONDENTS: &str = "group of respondents";

/// `survey` and the kind of an exhibit do not fit.
pub(crate) fn survey_and_kind() -> Explained {
    Explained::new(
        "`survey` goes with kind = \"survey\", and `respondents` with survey = \"items\"",
        "add the one that is missing, or remove the other",
    )
}

/// A scale without two points, without words for each, or without a favorable point.
pub(crate) fn scale_of_no_use(id: &str) -> Explained {
    Explained::new(
        format!("the scale {id:?} is incomplete"),
        "it needs at least two points, as many other-words as points, and a favorable-from after the first point",
    )
}

/// Words that no heading can have.
pub(crate) fn words_never_met(words: &str) -> Explained {
    Explained::new(
        format!("no heading can match the words {words:?}"),
        "write them in lowercase and without punctuation",
    )
}

/// A rule of surveys that compares with a word.
pub(crate) fn survey_rule_of_words(id: &str) -> Explained {
    Explained::new(
        format!("the rule {id:?} compares a number with a word"),
        "write at-least, at-most, above, or below",
    )
}

/// Panels without the kind, or the kind without panels.
pub(crate) fn panels_and_kind() -> Explained {
    Explained::new(
        "`kind = \"panels\"` goes with [[exhibit.panel]] blocks".to_owned(),
        "add the blocks, or choose another kind",
    )
}

pub(crate) fn whole_of_other_parts(whole: &str) -> Explained {
    Explained::new(
        format!("the measures do not add up to {whole}"),
        "use `kind = \"stacked\"` and a measure with the same unit as the parts, or delete `whole`",
    )
}

pub(crate) fn exhibit_shows_nothing() -> Explained {
    Explained::new(
        "the exhibit has nothing to show",
        "name a measure; for `slope` and `stacked`, name two, or split it; for `peers`, name none",
    )
}

pub(crate) fn exclusive_patterns() -> Explained {
    Explained::new("the variable has both `matches` and `matches-not`", "delete one of them")
}

pub(crate) fn variable_of_nothing() -> Explained {
    Explained::new(
        "the variable has neither `measure` nor `attribute`, has both, or has a pattern for a measure",
        "name either a `measure`, or an `attribute` with its pattern",
    )
}

pub(crate) fn unknown_header_rows(found: &str) -> Explained {
    Explained::new(format!("`rows` cannot be {found:?}"), HEADER_ROWS)
}

pub(crate) fn not_a_price_year(text: &str, source: &str) -> Explained {
    Explained::new(
        format!("{text:?} is not a year (source: {source})"),
        "write the year as a number, such as 2024",
    )
}

pub(crate) fn not_a_price(year: &str, price: f64) -> Explained {
    Explained::new(
        format!("the price index for {year} is {price}"),
        "write the average of the year's monthly price index (CPI-U), such as 309.6",
    )
}

pub(crate) fn not_a_date_pattern(pattern: &str) -> Explained {
    Explained::new(
        format!("{pattern:?} is not a date format"),
        "write it with %Y, %m, and %d, such as %m/%d/%Y",
    )
}

/// `error` lists the years that exist.
pub(crate) fn not_a_school_year(year: i32, error: &str) -> Explained {
    Explained::new(format!("{year} is not a school year"), error)
}

pub(crate) fn not_an_address(text: &str) -> Explained {
    Explained::new(format!("{text:?} is not a web address"), "put https:// before the address")
}

pub(crate) fn link_out_of_project() -> Explained {
    Explained::new("this link points outside the project's folder", "copy its target into the project")
}

pub(crate) fn not_a_folder() -> Explained {
    Explained::new("this is a file, not a folder", "make it a folder, and put .toml files in it")
}

/// A file whose kind follows neither from its name nor from its folder. `belongs` is where its content belongs.
pub(crate) fn no_part_of_catalog(belongs: Option<&str>) -> Explained {
    let hint = belongs.map_or_else(
        || format!("move it to {FOLDERS}, or name it {FILES}"),
        |belongs| format!("move or rename it to {belongs}"),
    );
    Explained::new("the catalog has no place for a file with this name", hint)
}

const FOLDERS: &str =
    "catalog/measures/, catalog/rules/, catalog/layouts/, catalog/exhibits/, or charts/exhibits/";
const FILES: &str = "domains.toml, groups.toml, markers.toml, synonyms.toml, readiness.toml, disclosure.toml, \
                     methods.toml, peers.toml, or prices.toml";

/// How a list marks an entry of the project's own catalog; `place` is its file and line.
pub(crate) fn own_entry(place: &str) -> String {
    format!("from this project: {place}")
}
