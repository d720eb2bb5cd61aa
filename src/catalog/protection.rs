//! What protects students can be raised by a project's own catalog, never lowered.
//!
//! A project may add measures, student groups and rules of disclosure, and may change what the program's own are called. It may
//! not change what decides whether their values are shown. A measure of a project's own protects at least as many people as the
//! program's measures of the same kind do.

use super::{Cap, Catalog, CatalogError, DisclosureSpec, Group, Measure, SameStudents, did_you_mean};
use crate::domain::{ALL, Unit};

/// Checks a project's `own` entries against those of the program.
///
/// # Errors
/// The first entry that lowers what the program protects.
pub(super) fn check(own: &Catalog, program: &Catalog) -> Result<(), CatalogError> {
    own.measures.values().try_for_each(|measure| check_measure(measure, own, program))?;
    own.groups.groups.iter().try_for_each(|group| check_group(group, program))?;
    check_spellings(own, program)?;
    check_disclosure(&own.disclosure, program)
}

fn wrong(measure: &Measure, own: &Catalog, message: &str) -> CatalogError {
    let file = own.own.measures.get(&measure.id).map_or("catalog", String::as_str);
    CatalogError::new(file, format!("measure {:?}: {message}", measure.id))
}

fn check_measure(measure: &Measure, own: &Catalog, program: &Catalog) -> Result<(), CatalogError> {
    match program.measures.get(&measure.id) {
        Some(known) => check_changed(measure, known),
        None => check_new(measure, program),
    }
    .map_err(|message| wrong(measure, own, &message))?;
    let find = |id: &String| own.measures.get(id).or_else(|| program.measures.get(id));
    let mut indicators = measure.scored.iter().filter_map(|scored| find(&scored.measure));
    match indicators.find(|indicator| indicator.protects_people()) {
        Some(indicator) => Err(wrong(
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

/// Checks a measure that takes the place of the program's of the same id.
fn check_changed(measure: &Measure, known: &Measure) -> Result<(), String> {
    let least = known.smallest_group;
    if measure.smallest_group < least {
        return Err(format!(
            "smallest-group = {} is less than the program's own {least}, which a project can raise, not lower: say {least} or more",
            measure.smallest_group
        ));
    }
    let changed = [
        ("unit", measure.unit != known.unit),
        ("mean", measure.mean != known.mean),
        ("population", measure.population != known.population),
        ("derive", measure.derive != known.derive),
        ("better", known.protects_people() && known.better.sign() != 0.0 && measure.better.sign() == 0.0),
    ];
    match changed.iter().find(|(_, is_changed)| *is_changed) {
        Some((field, _)) => Err(format!(
            "it changes `{field}`, by which the program decides which values are shown: leave `{field}` as `retreat catalog \
             measures {}` shows it, or give your measure an id of its own",
            measure.id
        )),
        None => Ok(()),
    }
}

/// Checks a measure that only the project has.
fn check_new(measure: &Measure, program: &Catalog) -> Result<(), String> {
    let Some((least, kind)) = least(measure, program).filter(|(least, _)| measure.smallest_group < *least)
    else {
        return Ok(());
    };
    let like = did_you_mean(&measure.id, program.measures.keys().map(String::as_str));
    Err(format!(
        "smallest-group = {} is less than {least}, the least for {kind}: say {least} or more{like}",
        measure.smallest_group
    ))
}

/// The smallest group that a project's own measure must protect, and the kind of measure that it is for: the most that any of
/// its kinds asks for. A kind asks for what the least of the program's measures of that kind protects.
fn least(measure: &Measure, program: &Catalog) -> Option<(u32, String)> {
    let of = |is_kind: &dyn Fn(&Measure) -> bool| {
        program.measures.values().filter(|known| is_kind(known)).map(|known| known.smallest_group).min()
    };
    let most = program.measures.values().map(|known| known.smallest_group).max();
    let domain = of(&|known| known.domain == measure.domain).or(most);
    let people = measure.people.as_ref();
    let of_people = people.and_then(|people| of(&|known| known.people.as_ref() == Some(people)));
    let counted = if measure.unit == Unit::Count { of(&|known| known.unit == Unit::Count) } else { None };
    let population = measure.population.as_ref();
    let population = population.and_then(|of| Some(program.measures.get(&of.measure)?.smallest_group));
    let kinds = [
        (counted, "counts".to_owned()),
        (of_people, format!("measures of {}", people.map_or("people", String::as_str))),
        (population, "measures of people whom another measure counts".to_owned()),
        (domain, format!("measures of the domain {:?}", measure.domain)),
    ];
    let known = kinds.into_iter().filter_map(|(least, kind)| Some((least?, kind)));
    // Of several that ask for the same the first is named.
    known.reduce(|most, next| if next.0 > most.0 { next } else { most })
}

/// Groups of one dimension add up to all students; what a reader can work out from the others depends on it.
fn check_group(group: &Group, program: &Catalog) -> Result<(), CatalogError> {
    let wrong = |message: String| CatalogError::new(format!("groups.toml, group {:?}", group.id), message);
    match program.groups.group(&group.id) {
        Some(known) if known.dimension != group.dimension || known.complement != group.complement => {
            Err(wrong(format!(
                "changes which groups add up to all students: leave dimension = {:?}{} as the program has it",
                known.dimension,
                known.complement.as_ref().map_or_else(String::new, |id| format!(" and complement = {id:?}")),
            )))
        }
        None if program.groups.groups.iter().any(|known| known.dimension == group.dimension) => {
            Err(wrong(format!(
                "adds to the dimension {:?}, whose groups add up to all students: give it a dimension of its own",
                group.dimension
            )))
        }
        _ => Ok(()),
    }
}

/// A name by which the program knows a group cannot come to mean another group, or all students.
fn check_spellings(own: &Catalog, program: &Catalog) -> Result<(), CatalogError> {
    let moved = own.groups.group_names().find_map(|(spelling, id)| {
        program.groups.group_id(spelling).filter(|known| *known != id).map(|known| (spelling, id, known))
    });
    let Some((spelling, id, known)) = moved else { return Ok(()) };
    let named = |id: &str| if id == ALL { "all students".to_owned() } else { format!("the group {id:?}") };
    Err(CatalogError::new(
        "groups.toml",
        format!(
            "{spelling:?} stands for {} in the program and cannot stand for {}: leave it out",
            named(known),
            named(id)
        ),
    ))
}

fn check_disclosure(own: &DisclosureSpec, program: &Catalog) -> Result<(), CatalogError> {
    const FILE: &str = "disclosure.toml";
    let known = &program.disclosure;
    for cap in &own.cap {
        // A cap is for groups of its size and more, up to the next larger one of the same list.
        let next = own.cap.iter().map(|other| other.at_least).filter(|n| *n > cap.at_least).min();
        let in_force = known.cap.iter().filter(|other| next.is_none_or(|next| other.at_least < next));
        let at = known.cap.iter().find(|other| other.at_least <= cap.at_least);
        let mut in_force = in_force.filter(|other| other.at_least > cap.at_least).chain(at);
        let is_wider = |other: &&Cap| !(cap.low >= other.low && cap.high <= other.high);
        if let Some(other) = in_force.find(is_wider) {
            let message = format!(
                "[[cap]] at-least = {} shows rates from {} to {} percent, and the program only those from {} to {}: a project can \
                 narrow the range, not widen it",
                cap.at_least, cap.low, cap.high, other.low, other.high
            );
            return Err(CatalogError::new(FILE, message));
        }
    }
    let wholes = own.whole.iter().filter(|whole| !known.whole.contains(whole));
    let wholes = wholes.flat_map(|whole| &whole.parts).map(|id| ("[[whole]]", id));
    let same = own.same.iter().flat_map(|same| {
        let old = known.same.iter().find(|old| old.id == same.id);
        let lists: [fn(&SameStudents) -> &Vec<String>; 2] = [|same| &same.n, |same| &same.numerator];
        let added = lists.into_iter().flat_map(move |list| {
            list(same).iter().filter(move |id| !old.is_some_and(|old| list(old).contains(id)))
        });
        added.map(|id| ("[[same]]", id))
    });
    let some = own.some.iter().filter(|some| !known.some.contains(some));
    let some = some
        .map(|some| &some.these)
        .filter_map(|these| program.measures.get_key_value(these.measure()).map(|(id, _)| ("[[some]]", id)));
    let in_grades = own.in_grades.iter().filter(|of| !known.in_grades.contains(of));
    let in_grades = in_grades.flat_map(|of| &of.measures).map(|id| ("[[in-grades]]", id));
    let mut named = wholes.chain(same).chain(some).chain(in_grades);
    match named.find(|(_, id)| program.measures.contains_key(*id)) {
        Some((table, id)) => Err(CatalogError::new(
            FILE,
            format!(
                "{table} says of which students {id:?} is, and the program says so itself: a project can say it of measures of its \
                 own only"
            ),
        )),
        None => Ok(()),
    }
}

impl Measure {
    /// Whether its values are withheld where they rest on few people.
    #[must_use]
    pub const fn protects_people(&self) -> bool {
        self.smallest_group > 1
    }
}

impl DisclosureSpec {
    /// Adds what a file says to what those before it say: of two caps the narrower holds, and nothing goes away.
    pub(super) fn add(&mut self, more: Self) {
        self.cap = narrower(&self.cap, more.cap);
        add_new(&mut self.whole, more.whole);
        for same in more.same {
            match self.same.iter_mut().find(|known| known.id == same.id) {
                Some(known) => extend_same(known, same),
                None => self.same.push(same),
            }
        }
        add_new(&mut self.some, more.some);
        add_new(&mut self.in_grades, more.in_grades);
    }
}

fn extend_same(known: &mut SameStudents, more: SameStudents) {
    add_new(&mut known.count, more.count);
    add_new(&mut known.n, more.n);
    add_new(&mut known.numerator, more.numerator);
}

fn add_new<T: PartialEq>(known: &mut Vec<T>, more: Vec<T>) {
    for new in more {
        if !known.contains(&new) {
            known.push(new);
        }
    }
}

/// For each number of people the narrower of two lists of caps, from the largest down.
fn narrower(known: &[Cap], mut more: Vec<Cap>) -> Vec<Cap> {
    more.sort_by_key(|cap| std::cmp::Reverse(cap.at_least));
    let mut from: Vec<u32> = known.iter().chain(&more).map(|cap| cap.at_least).collect();
    from.sort_unstable_by_key(|n| std::cmp::Reverse(*n));
    from.dedup();
    let at = |caps: &[Cap], n: u32| caps.iter().find(|cap| cap.at_least <= n).copied();
    let one = |n: u32| {
        let caps = [at(known, n), at(&more, n)];
        let both = caps.iter().flatten();
        let low = both.clone().map(|cap| cap.low).fold(f64::NEG_INFINITY, f64::max);
        let high = both.map(|cap| cap.high).fold(f64::INFINITY, f64::min);
        Cap { at_least: n, low, high }
    };
    from.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::narrower;
    use crate::catalog::Cap;

    fn cap(at_least: u32, low: f64, high: f64) -> Cap {
        Cap { at_least, low, high }
    }

    #[test]
    fn of_two_caps_the_narrower_holds() {
        let known = [cap(100, 2.0, 98.0), cap(0, 20.0, 80.0)];
        assert_eq!(narrower(&known, Vec::new()), known);
        assert_eq!(
            narrower(&known, vec![cap(0, 10.0, 70.0), cap(200, 5.0, 99.0)]),
            [cap(200, 5.0, 98.0), cap(100, 10.0, 70.0), cap(0, 20.0, 70.0)]
        );
    }
}
