//! A project's own catalog can raise the protection of students, but never lower it.
//!
//! A project may add measures, student groups and disclosure rules, and may rename the program's own. It may
//! not change anything that decides whether their values are published. A project's own measure protects at
//! least as many people as the program's measures of the same kind.

use super::{
    Cap, Catalog, CatalogError, DisclosureSpec, Group, InGrades, Measure, SameStudents, SomeStudents, Whole,
    did_you_mean,
};
use crate::domain::{ALL, Unit};

const DISCLOSURE_FILE: &str = "disclosure.toml";

/// Checks a project's `own` entries against those of the program.
///
/// # Errors
/// The first entry that lowers the program's protection.
pub(super) fn check(own: &Catalog, program: &Catalog) -> Result<(), CatalogError> {
    own.measures.values().try_for_each(|measure| check_measure(measure, own, program))?;
    own.groups.groups.iter().try_for_each(|group| check_group(group, program))?;
    check_spellings(own, program)?;
    own.disclosure.cap.iter().try_for_each(|cap| check_cap(cap, &own.disclosure, &program.disclosure))?;
    check_student_claims(&own.disclosure, program)
}

fn measure_error(measure: &Measure, own: &Catalog, message: &str) -> CatalogError {
    let file = own.own.measures.get(&measure.id).map_or("catalog", String::as_str);
    CatalogError::new(file, format!("measure {:?}: {message}", measure.id))
}

fn check_measure(measure: &Measure, own: &Catalog, program: &Catalog) -> Result<(), CatalogError> {
    match program.measures.get(&measure.id) {
        Some(known) => check_changed(measure, known),
        None => check_new(measure, program),
    }
    .map_err(|message| measure_error(measure, own, &message))?;
    match protected_indicator(measure, own, program) {
        Some(indicator) => Err(measure_error(
            measure,
            own,
            &format!(
                "it is scored by {:?}, which is about people, and its points would tell of values that are withheld: score it by \
                 measures that protect nobody, or read the score as it is published",
                indicator.id
            ),
        )),
        None => Ok(()),
    }
}

/// The first measure about people that is an indicator of a scored measure.
fn protected_indicator<'a>(measure: &Measure, own: &'a Catalog, program: &'a Catalog) -> Option<&'a Measure> {
    for scored in &measure.scored {
        let indicator = own.measures.get(&scored.measure).or_else(|| program.measures.get(&scored.measure));
        if indicator.is_some_and(Measure::protects_people) {
            return indicator;
        }
    }
    None
}

/// Checks a measure that replaces the program's measure with the same id.
fn check_changed(measure: &Measure, known: &Measure) -> Result<(), String> {
    let least = known.smallest_group;
    if measure.smallest_group < least {
        return Err(format!(
            "smallest-group = {} is less than the program's own {least}, which a project can raise, not lower: say {least} or more",
            measure.smallest_group
        ));
    }
    match changed_field(measure, known) {
        Some(field) => Err(format!(
            "it changes `{field}`, by which the program decides which values are shown: leave `{field}` as `retreat catalog \
             measures {}` shows it, or give your measure an id of its own",
            measure.id
        )),
        None => Ok(()),
    }
}

/// The first differing field that affects which values the program publishes.
fn changed_field(measure: &Measure, known: &Measure) -> Option<&'static str> {
    let loses_better_way =
        known.protects_people() && known.better.sign() != 0.0 && measure.better.sign() == 0.0;
    let changes = [
        ("unit", measure.unit != known.unit),
        ("mean", measure.mean != known.mean),
        ("population", measure.population != known.population),
        ("derive", measure.derive != known.derive),
        ("better", loses_better_way),
    ];
    changes.into_iter().find_map(|(field, is_changed)| is_changed.then_some(field))
}

/// Checks a measure that exists only in the project.
fn check_new(measure: &Measure, program: &Catalog) -> Result<(), String> {
    match strictest_kind(measure, program) {
        Some(MeasureTraits { smallest_group, name }) if measure.smallest_group < smallest_group => {
            let hint = did_you_mean(&measure.id, program.measures.keys().map(String::as_str));
            Err(format!(
                "smallest-group = {} is less than {smallest_group}, the least for {name}: say {smallest_group} or more{hint}",
                measure.smallest_group
            ))
        }
        _ => Ok(()),
    }
}

/// A kind of measure, and the smallest group that a measure of this kind must protect: that of the program's
/// least protective measure of the kind.
struct MeasureTraits {
    smallest_group: u32,
    /// As used in "the least for …".
    name: String,
}

/// The most protective kind that a project's own measure belongs to; of equal ones the first.
fn strictest_kind(measure: &Measure, program: &Catalog) -> Option<MeasureTraits> {
    let kinds = [
        count_kind(measure, program),
        people_kind(measure, program),
        population_kind(measure, program),
        domain_kind(measure, program),
    ];
    let mut strictest: Option<MeasureTraits> = None;
    for kind in kinds.into_iter().flatten() {
        if strictest.as_ref().is_none_or(|strictest| kind.smallest_group > strictest.smallest_group) {
            strictest = Some(kind);
        }
    }
    strictest
}

fn count_kind(measure: &Measure, program: &Catalog) -> Option<MeasureTraits> {
    if measure.unit != Unit::Count {
        return None;
    }
    let smallest_group = least_protection(program, |known| known.unit == Unit::Count)?;
    Some(MeasureTraits { smallest_group, name: "counts".to_owned() })
}

fn people_kind(measure: &Measure, program: &Catalog) -> Option<MeasureTraits> {
    let people = measure.people.as_ref()?;
    let smallest_group = least_protection(program, |known| known.people.as_ref() == Some(people))?;
    Some(MeasureTraits { smallest_group, name: format!("measures of {people}") })
}

fn population_kind(measure: &Measure, program: &Catalog) -> Option<MeasureTraits> {
    let population = program.measures.get(&measure.population.as_ref()?.measure)?;
    let name = "measures of people whom another measure counts".to_owned();
    Some(MeasureTraits { smallest_group: population.smallest_group, name })
}

/// The kind given by the measure's domain. For a domain that the program lacks, the largest smallest group of
/// any measure.
fn domain_kind(measure: &Measure, program: &Catalog) -> Option<MeasureTraits> {
    let of_domain = least_protection(program, |known| known.domain == measure.domain);
    let smallest_group = match of_domain {
        Some(least) => least,
        None => program.measures.values().map(|known| known.smallest_group).max()?,
    };
    Some(MeasureTraits { smallest_group, name: format!("measures of the domain {:?}", measure.domain) })
}

/// The minimum `smallest-group` of the program's measures of a kind; `None` if it has none.
fn least_protection(program: &Catalog, is_of_kind: impl Fn(&Measure) -> bool) -> Option<u32> {
    program.measures.values().filter(|known| is_of_kind(known)).map(|known| known.smallest_group).min()
}

/// Groups in one dimension add up to all students, which determines what a reader can work out from the
/// others.
fn check_group(group: &Group, program: &Catalog) -> Result<(), CatalogError> {
    let message = match program.groups.group(&group.id) {
        Some(known) if known.dimension != group.dimension || known.complement != group.complement => {
            let complement = known.complement.as_ref();
            format!(
                "changes which groups add up to all students: leave dimension = {:?}{} as the program has it",
                known.dimension,
                complement.map_or_else(String::new, |id| format!(" and complement = {id:?}")),
            )
        }
        None if program.groups.groups.iter().any(|known| known.dimension == group.dimension) => format!(
            "adds to the dimension {:?}, whose groups add up to all students: give it a dimension of its own",
            group.dimension
        ),
        _ => return Ok(()),
    };
    Err(CatalogError::new(format!("groups.toml, group {:?}", group.id), message))
}

/// A name that means a group in the program cannot be redefined to mean another group, or all students.
fn check_spellings(own: &Catalog, program: &Catalog) -> Result<(), CatalogError> {
    for (spelling, id) in own.groups.group_names() {
        if let Some(known) = program.groups.group_id(spelling).filter(|known| *known != id) {
            let (known, id) = (group_name(known), group_name(id));
            let message = format!(
                "{spelling:?} stands for {known} in the program and cannot stand for {id}: leave it out"
            );
            return Err(CatalogError::new("groups.toml", message));
        }
    }
    Ok(())
}

fn group_name(id: &str) -> String {
    if id == ALL { "all students".to_owned() } else { format!("the group {id:?}") }
}

/// Checks that a cap in a project does not publish rates that the program withholds.
fn check_cap(cap: &Cap, own: &DisclosureSpec, known: &DisclosureSpec) -> Result<(), CatalogError> {
    match caps_in_force(cap, own, known).find(|other| !is_within(cap, other)) {
        Some(other) => Err(CatalogError::new(
            DISCLOSURE_FILE,
            format!(
                "[[cap]] at-least = {} shows rates from {} to {} percent, and the program only those from {} to {}: a project can \
                 narrow the range, not widen it",
                cap.at_least, cap.low, cap.high, other.low, other.high
            ),
        )),
        None => Ok(()),
    }
}

/// Whether the range of a cap is within that of another; false if an end is NaN.
fn is_within(cap: &Cap, other: &Cap) -> bool {
    cap.low >= other.low && cap.high <= other.high
}

/// The program's caps for the groups to which a project's `cap` applies: those from its size up to the next
/// larger size in the project's list.
fn caps_in_force<'a>(
    cap: &Cap,
    own: &DisclosureSpec,
    known: &'a DisclosureSpec,
) -> impl Iterator<Item = &'a Cap> + use<'a> {
    let from = cap.at_least;
    let next = own.cap.iter().map(|other| other.at_least).filter(|n| *n > from).min();
    let larger = known
        .cap
        .iter()
        .filter(move |other| other.at_least > from && next.is_none_or(|next| other.at_least < next));
    larger.chain(known.cap.iter().find(|other| other.at_least <= from))
}

/// A statement in `disclosure.toml` about the students of a measure.
struct StudentClaim<'a> {
    /// The table that contains it, with its brackets.
    table: &'static str,
    /// The measure's id.
    measure: &'a str,
}

/// Checks that a project makes new statements about students only for its own measures.
fn check_student_claims(own: &DisclosureSpec, program: &Catalog) -> Result<(), CatalogError> {
    let known = &program.disclosure;
    let mut claims = whole_claims(&own.whole, &known.whole);
    claims.extend(same_students_claims(&own.same, &known.same));
    claims.extend(some_students_claims(&own.some, &known.some));
    claims.extend(grade_claims(&own.in_grades, &known.in_grades));
    match claims.into_iter().find(|claim| program.measures.contains_key(claim.measure)) {
        Some(StudentClaim { table, measure }) => Err(CatalogError::new(
            DISCLOSURE_FILE,
            format!(
                "{table} says of which students {measure:?} is, and the program says so itself: a project can say it of measures of its \
                 own only"
            ),
        )),
        None => Ok(()),
    }
}

fn whole_claims<'a>(own: &'a [Whole], known: &[Whole]) -> Vec<StudentClaim<'a>> {
    let mut claims = Vec::new();
    for whole in own.iter().filter(|whole| !known.contains(whole)) {
        claims.extend(whole.parts.iter().map(|measure| StudentClaim { table: "[[whole]]", measure }));
    }
    claims
}

/// The measures that a project adds to lists of rates of the same students.
fn same_students_claims<'a>(own: &'a [SameStudents], known: &[SameStudents]) -> Vec<StudentClaim<'a>> {
    let mut claims = Vec::new();
    for same in own {
        let old = known.iter().find(|old| old.id == same.id);
        let lists = [(&same.n, old.map(|old| &old.n)), (&same.numerator, old.map(|old| &old.numerator))];
        for (list, old_list) in lists {
            for measure in list {
                if old_list.is_none_or(|old| !old.contains(measure)) {
                    claims.push(StudentClaim { table: "[[same]]", measure });
                }
            }
        }
    }
    claims
}

fn some_students_claims<'a>(own: &'a [SomeStudents], known: &[SomeStudents]) -> Vec<StudentClaim<'a>> {
    let mut claims = Vec::new();
    for some in own.iter().filter(|some| !known.contains(some)) {
        claims.push(StudentClaim { table: "[[some]]", measure: some.these.measure() });
    }
    claims
}

fn grade_claims<'a>(own: &'a [InGrades], known: &[InGrades]) -> Vec<StudentClaim<'a>> {
    let mut claims = Vec::new();
    for in_grades in own.iter().filter(|in_grades| !known.contains(in_grades)) {
        let measures = in_grades.measures.iter();
        claims.extend(measures.map(|measure| StudentClaim { table: "[[in-grades]]", measure }));
    }
    claims
}

impl Measure {
    /// Whether its values are withheld if they are about few people.
    #[must_use]
    pub const fn protects_people(&self) -> bool {
        self.smallest_group > 1
    }
}
