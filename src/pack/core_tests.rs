//! Which exhibits are of the day where the catalog does not say it.

use super::fixture;
use crate::exhibit::{Pack, choose_core};

fn without_core() -> Pack {
    let mut pack = fixture::pack("Ash 4");
    for exhibit in pack.sections.iter_mut().flat_map(|section| &mut section.exhibits) {
        exhibit.core = false;
    }
    pack
}

fn core(pack: &Pack) -> usize {
    pack.exhibits().filter(|exhibit| exhibit.core).count()
}

#[test]
fn of_400_exhibits_a_room_sees_those_that_say_something() {
    let mut pack = without_core();
    let mut pattern = pack.sections[0].exhibits[0].clone();
    pattern.finding = String::new();
    let mut many = vec![pattern.clone(); 200];
    pattern.finding = "We have 40 fewer students".to_owned();
    many.extend(vec![pattern; 200]);
    pack.sections.truncate(2);
    pack.sections[0].exhibits = many.clone();
    pack.sections[1].exhibits = many;
    choose_core(&mut pack.sections, 30);
    assert_eq!(core(&pack), 30);
    assert!(pack.exhibits().all(|exhibit| !exhibit.core || !exhibit.finding.is_empty()));
    let first = pack.sections[1].exhibits.iter().position(|exhibit| exhibit.core);
    assert_eq!(first, Some(200), "in their order");
}

#[test]
fn a_few_exhibits_and_those_that_the_catalog_chose_stay_as_they_are() {
    let mut few = without_core();
    choose_core(&mut few.sections, 30);
    assert_eq!(core(&few), 0);
    let mut chosen = without_core();
    chosen.sections[0].exhibits[0].core = true;
    choose_core(&mut chosen.sections, 1);
    assert_eq!(core(&chosen), 1);
    choose_core(&mut [], 30);
}
