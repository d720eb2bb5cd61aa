//! Items that stand in several rows, because the tables put them in several quadrants, and whose rows a person changed differently.

use std::collections::BTreeMap;

use crate::room::{ShownItem, is_same_text};

/// The items of files as the program wrote them.
pub(super) struct WrittenRows {
    /// Those of the file itself; of one that the program never wrote, those of all.
    pub(super) own: Vec<BTreeMap<String, ShownItem>>,
    /// Those of all files with the same stem, from any of which it may have come.
    pub(super) all: Vec<BTreeMap<String, ShownItem>>,
}

/// The items with several new wordings, or with several new quadrants, of which only one or none can count.
pub(super) fn changed_in_two_ways(now: &BTreeMap<String, ShownItem>, written: &WrittenRows) -> Vec<String> {
    let differ = now.iter().filter(|(item, now)| {
        let [own, all] = [&written.own, &written.all]
            .map(|files| files.iter().filter_map(|items| items.get(*item)).collect::<Vec<_>>());
        !own.is_empty() && has_two_wordings(now, &own) || !all.is_empty() && has_two_quadrants(now, &all)
    });
    differ.map(|(item, _)| item.clone()).collect()
}

fn has_two_wordings(now: &ShownItem, before: &[&ShownItem]) -> bool {
    let is_new = now
        .statements
        .iter()
        .filter(|words| !words.trim().is_empty() && !before.iter().any(|before| before.has_statement(words)));
    let new: Vec<&String> = is_new.collect();
    new.windows(2).any(|pair| !is_same_text(pair[0], pair[1]))
}

fn has_two_quadrants(now: &ShownItem, before: &[&ShownItem]) -> bool {
    let new = now.quadrants.iter().filter(|to| !before.iter().any(|before| before.quadrants.contains(to)));
    new.count() > 1
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{WrittenRows, changed_in_two_ways};
    use crate::domain::Quadrant;
    use crate::room::ShownItem;

    fn items(statements: [&str; 2], quadrants: [Quadrant; 2]) -> BTreeMap<String, ShownItem> {
        let statements = statements.map(str::to_owned).to_vec();
        let item = ShownItem { about: String::new(), quadrants: quadrants.into(), statements };
        BTreeMap::from([("S2".to_owned(), item)])
    }

    #[test]
    fn rows_of_one_item_that_say_something_else_are_named() {
        let [s, w, o, t] = Quadrant::ALL;
        let own = vec![items(["Exams", "Exams"], [s, w])];
        let written = WrittenRows { all: own.clone(), own };
        for same in [
            items(["Exams", "Exams"], [s, w]),
            items(["Tests", "Tests"], [s, w]),
            items(["Tests", "Exams"], [s, w]),
            items(["Exams", "Exams"], [s, o]),
            items(["Exams", "Exams"], [s, s]),
        ] {
            assert!(changed_in_two_ways(&same, &written).is_empty(), "{same:?}");
        }
        for other in [items(["Tests", "Quizzes"], [s, w]), items(["Exams", "Exams"], [o, t])] {
            assert_eq!(changed_in_two_ways(&other, &written), ["S2"], "{other:?}");
        }
    }
}
