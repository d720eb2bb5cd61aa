//! A project's own catalog can raise the protection of students, but never lower it.
//!
//! A project may add measures, student groups and disclosure rules, and may rename the program's own. It may
//! not change anything that decides whether their values are published. A project's own measure protects at
//! least as many people as the program's measures of the same kind.

use super::fault::Faults;
use super::places::Places;
use super::{
    Cap, Catalog, DisclosureSpec, Group, InGrades, Measure, SameStudents, SomeStudents, Whole, nearest,
};
use crate::domain::{ALL, Unit};
use crate::wording::{Explained, protection as say};

const DISCLOSURE_FILE: &str = "disclosure.toml";

/// Checks a project's `own` entries, which are at `places`, against those of the program.
pub(super) fn check(own: &Catalog, program: &Catalog, places: &Places, faults: &mut Faults) {
    for measure in own.measures.values() {
        let lowered = lowered(measure, program).or_else(|| scored_by_people(measure, own, program));
        if let Some(Lowered { key, explained }) = lowered {
            faults.push(places.entry("measure", &measure.id).fault(key, explained));
        }
    }
    for group in &own.groups.groups {
        if let Some(explained) = check_group(group, program) {
            faults.push(places.entry("group", &group.id).fault("dimension", explained));
        }
    }
    check_spellings(own, program, places, faults);
    for cap in &own.disclosure.cap {
        if let Some(explained) = check_cap(cap, &own.disclosure, &program.disclosure) {
            faults.push(places.mention(DISCLOSURE_FILE, "cap").fault("cap", explained));
        }
    }
    for StudentClaim { table, measure } in student_claims(&own.disclosure, program) {
        let explained = say::students_redefined(table, measure);
        faults.push(places.mention(DISCLOSURE_FILE, measure).fault(measure, explained));
    }
}

/// A key of a measure that lowers the protection, and why.
struct Lowered {
    key: &'static str,
    explained: Explained,
}

fn lowered(measure: &Measure, program: &Catalog) -> Option<Lowered> {
    match program.measures.get(&measure.id) {
        Some(known) => lowered_by_change(measure, known),
        None => lowered_by_new(measure, program),
    }
}

fn scored_by_people(measure: &Measure, own: &Catalog, program: &Catalog) -> Option<Lowered> {
    let indicator = protected_indicator(measure, own, program)?;
    Some(Lowered { key: "scored", explained: say::scored_by_people(&indicator.id) })
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

/// How a measure that replaces the program's measure with the same id lowers the protection.
fn lowered_by_change(measure: &Measure, known: &Measure) -> Option<Lowered> {
    let least = known.smallest_group;
    if measure.smallest_group < least {
        let explained = say::smallest_group_lowered(measure.smallest_group, least);
        return Some(Lowered { key: "smallest-group", explained });
    }
    let key = changed_field(measure, known)?;
    Some(Lowered { key, explained: say::field_changed(key, &measure.id) })
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

/// How a measure that exists only in the project lowers the protection.
fn lowered_by_new(measure: &Measure, program: &Catalog) -> Option<Lowered> {
    let kind =
        strictest_kind(measure, program).filter(|kind| measure.smallest_group < kind.smallest_group)?;
    let nearest = nearest(&measure.id, program.measures.keys().map(String::as_str));
    let explained = say::smallest_group_too_small(
        measure.smallest_group,
        kind.smallest_group,
        &kind.name,
        nearest,
        kind.is_domain,
    );
    Some(Lowered { key: "smallest-group", explained })
}

/// A kind of measure, and the smallest group that a measure of this kind must protect: that of the program's
/// least protective measure of the kind.
struct MeasureTraits {
    smallest_group: u32,
    /// As used in "the minimum for …".
    name: String,
    /// Whether it is all measures of a domain.
    is_domain: bool,
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
    Some(MeasureTraits { smallest_group, name: say::COUNTS.to_owned(), is_domain: false })
}

fn people_kind(measure: &Measure, program: &Catalog) -> Option<MeasureTraits> {
    let people = measure.people.as_ref()?;
    let smallest_group = least_protection(program, |known| known.people.as_ref() == Some(people))?;
    Some(MeasureTraits { smallest_group, name: say::measures_of(people), is_domain: false })
}

fn population_kind(measure: &Measure, program: &Catalog) -> Option<MeasureTraits> {
    let population = program.measures.get(&measure.population.as_ref()?.measure)?;
    let name = say::OF_A_POPULATION.to_owned();
    Some(MeasureTraits { smallest_group: population.smallest_group, name, is_domain: false })
}

/// The kind given by the measure's domain. For a domain that the program lacks, the largest smallest group of
/// any measure.
fn domain_kind(measure: &Measure, program: &Catalog) -> Option<MeasureTraits> {
    let of_domain = least_protection(program, |known| known.domain == measure.domain);
    let smallest_group = match of_domain {
        Some(least) => least,
        None => program.measures.values().map(|known| known.smallest_group).max()?,
    };
    Some(MeasureTraits { smallest_group, name: say::measures_of_domain(&measure.domain), is_domain: true })
}

/// The minimum `smallest-group` of the program's measures of a kind; `None` if it has none.
fn least_protection(program: &Catalog, is_of_kind: impl Fn(&Measure) -> bool) -> Option<u32> {
    program.measures.values().filter(|known| is_of_kind(known)).map(|known| known.smallest_group).min()
}

/// Groups in one dimension add up to all students, which determines what a reader can work out from the
/// others.
fn check_group(group: &Group, program: &Catalog) -> Option<Explained> {
    match program.groups.group(&group.id) {
        Some(known) if known.dimension != group.dimension || known.complement != group.complement => {
            Some(say::group_changed(&known.dimension, known.complement.as_deref()))
        }
        None if program.groups.groups.iter().any(|known| known.dimension == group.dimension) => {
            Some(say::dimension_extended(&group.dimension))
        }
        _ => None,
    }
}

/// A name that means a group in the program cannot be redefined to mean another group, or all students.
fn check_spellings(own: &Catalog, program: &Catalog, places: &Places, faults: &mut Faults) {
    for (spelling, id) in own.groups.group_names() {
        if let Some(known) = program.groups.group_id(spelling).filter(|known| *known != id) {
            let explained = say::spelling_redefined(spelling, group_id(known), group_id(id));
            faults.push(match group_id(id) {
                Some(id) => places.entry("group", id).fault("also", explained),
                None => places.mention("groups.toml", "all").fault("all", explained),
            });
        }
    }
}

/// The id of a group; `None` for all students.
fn group_id(id: &str) -> Option<&str> {
    (id != ALL).then_some(id)
}

/// Checks that a cap in a project does not publish rates that the program withholds.
fn check_cap(cap: &Cap, own: &DisclosureSpec, known: &DisclosureSpec) -> Option<Explained> {
    let other = caps_in_force(cap, own, known).find(|other| !is_within(cap, other))?;
    Some(say::cap_widened(cap.at_least, cap.range(), other.range()))
}

impl Cap {
    const fn range(&self) -> say::ShownRange {
        say::ShownRange { low: self.low, high: self.high }
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

/// A project's new statements about the students of the program's measures; it can only make them about its own.
fn student_claims<'a>(own: &'a DisclosureSpec, program: &Catalog) -> Vec<StudentClaim<'a>> {
    let known = &program.disclosure;
    let mut claims = whole_claims(&own.whole, &known.whole);
    claims.extend(same_students_claims(&own.same, &known.same));
    claims.extend(some_students_claims(&own.some, &known.some));
    claims.extend(grade_claims(&own.in_grades, &known.in_grades));
    claims.retain(|claim| program.measures.contains_key(claim.measure));
    claims
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
