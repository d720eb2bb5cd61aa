//! `retreat init` on results that are published only as levels of achievement: those that count as proficient are added up, or
//! the layout asks which do.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// Levels of three districts that together cover everyone: `of` in each row.
fn levels(names: [&str; 4], more: &str, of: u32) -> String {
    let mut table = format!("District ID,District,School Year,{}{more}\n", names.join(","));
    for (id, parts) in [(11, [20, 30, 35]), (12, [22, 28, 31]), (13, [19, 33, 36])] {
        let all = of / 100;
        let last = 100 - parts.iter().sum::<u32>();
        let [one, two, three] = parts.map(|part| part * all);
        let _ = write!(table, "{id},District {id},2023-24,{one},{two},{three},{}", last * all);
        for value in more.split(',').skip(1) {
            let is_whole = value.contains("Tested") || value == "Total";
            let number = if is_whole { of } else { parts[2] + last };
            let _ = write!(table, ",{number}");
        }
        table.push('\n');
    }
    table
}

#[test]
fn levels_that_count_as_proficient_are_added_up() {
    for names in [
        ["Did Not Meet %", "Partially Met %", "Met %", "Exceeded %"],
        [
            "% Not Meeting Expectations",
            "% Approaching Expectations",
            "% Meeting Expectations",
            "% Exceeding Expectations",
        ],
        ["Percent Below Basic", "Percent Basic", "Percent Proficient", "Percent Advanced"],
        ["% Below Proficient", "% Approaching Proficient", "% Proficient", "% Above Proficient"],
        ["Pct Level 1: Not Met", "Pct Level 2: Nearly Met", "Pct Level 3: Met", "Pct Level 4: Exceeded"],
        ["Percent Novice", "Percent Apprentice", "Percent Proficient", "Percent Distinguished"],
    ] {
        let made = Proposed::with_files(&[("Math results.csv", &levels(names, "", 100))]);
        let layout = made.layout();
        assert!(!layout.contains("measure = \"our-"), "{layout}");
        assert!(layout.contains(&format!("sum = [\"{}\", \"{}\"]", names[2], names[3])), "{layout}");
        let found = made.value("11", 2024, "proficiency-rate/all/all/mathematics");
        assert_eq!(found, Some(50.0), "{names:?}: {layout}");
    }
}

#[test]
fn a_column_with_several_levels_together_is_the_rate() {
    let head = "District ID,District,School Year,Percentage Standard Exceeded,Percentage Standard Met,\
                Percentage Standard Met and Above,Percentage Standard Nearly Met,Percentage Standard Not Met";
    let rows =
        "11,Ash,2023-24,20,35,55,25,20\n12,Birch,2023-24,25,31,56,24,20\n13,Cedar,2023-24,22,30,52,28,20\n";
    let made = Proposed::new(&format!("{head}\n{rows}"));
    assert_eq!(made.value("11", 2024, "proficiency-rate"), Some(55.0), "{}", made.layout());
    let head = "District ID,District,School Year,% Below Proficient,% Approaching Proficient,% Proficient,\
                % Above Proficient,% Proficiency";
    let rows =
        "11,Ash,2023-24,20,30,35,15,50\n12,Birch,2023-24,25,20,31,24,55\n13,Cedar,2023-24,28,20,30,22,52\n";
    let made = Proposed::new(&format!("{head}\n{rows}"));
    assert_eq!(made.value("11", 2024, "proficiency-rate"), Some(50.0), "{}", made.layout());
}

#[test]
fn numbers_of_students_at_levels_are_the_numerator() {
    let names = ["# Did Not Meet", "# Partially Met", "# Met", "# Exceeded"];
    let made = Proposed::new(&levels(names, ",Number Tested", 200));
    assert_eq!(made.value("12", 2024, "proficiency-rate"), Some(50.0), "{}", made.layout());
    assert!(made.layout().contains("stat = \"denominator\""), "{}", made.layout());
}

/// Levels of about 100 students of one district in four years, below a title and next to a total.
fn small_levels(title: &str, total: &str) -> String {
    format!(
        "{title}\nDistrict ID,District,School Year,Below Basic,Basic,Proficient,Advanced,{total}\n\
         11,Ash,2020-21,20,28,35,16,99\n11,Ash,2021-22,21,28,35,17,101\n11,Ash,2022-23,22,28,35,16,101\n\
         11,Ash,2023-24,20,29,35,16,100\n"
    )
}

#[test]
fn numbers_of_about_100_students_are_no_percents() {
    for (title, total) in [
        ("Math test results", "Students Tested"),
        ("Math test results, number of students", "Total"),
        ("Math test results", "Number Tested"),
    ] {
        let made = Proposed::new(&small_levels(title, total));
        let found = made.value("11", 2021, "proficiency-rate/all/all/mathematics");
        let expected = 100.0 * 51.0 / 99.0;
        assert!(found.is_some_and(|rate| (rate - expected).abs() < 0.01), "{found:?}: {}", made.layout());
        assert_eq!(made.enrollment("11", 2021), None, "{}", made.layout());
    }
    // Percents may be added up too: nothing shows which they are.
    let doubtful = Proposed::new(&small_levels("Math test results", "Total"));
    assert_eq!(
        doubtful.value("11", 2021, "proficiency-rate/all/all/mathematics"),
        None,
        "{}",
        doubtful.layout()
    );
    assert!(doubtful.said().contains("percents or numbers of students?"), "{}", doubtful.said());
    // Percents next to the number of students tested, which is not their sum, and next to a total of 100.
    for (total, of) in [("Students Tested", "412"), ("Total", "100")] {
        let table = small_levels("Math test results", total)
            .replace(",16,99\n", &format!(",17,{of}\n"))
            .replace(",17,101\n", &format!(",16,{of}\n"))
            .replace(",16,101\n", &format!(",15,{of}\n"))
            .replace(",16,100\n", &format!(",16,{of}\n"));
        let made = Proposed::new(&table);
        let found = made.value("11", 2021, "proficiency-rate/all/all/mathematics");
        assert_eq!(found, Some(52.0), "{total}: {}{}", made.said(), made.layout());
    }
}

#[test]
fn levels_with_numbers_are_a_question_unless_a_column_has_their_sum() {
    let names = ["Level 1 %", "Level 2 %", "Level 3 %", "Level 4 %"];
    let alone = Proposed::new(&levels(names, "", 100));
    assert_eq!(alone.value("11", 2024, "proficiency-rate"), None, "{}", alone.layout());
    assert!(alone.said().contains("count as proficient?"), "{}", alone.said());
    let layout = alone.layout();
    assert!(
        layout.contains("# sum = [\"Level 3 %\", \"Level 4 %\"]\n# measure = \"proficiency-rate\""),
        "{layout}"
    );
    assert!(!layout.contains("measure = \"our-"), "{layout}");
    let with_sum = Proposed::new(&levels(names, ",% Proficient (Levels 3-4)", 100));
    assert_eq!(with_sum.value("11", 2024, "proficiency-rate"), Some(50.0), "{}", with_sum.layout());
}

#[test]
fn levels_of_two_seasons_are_a_question() {
    let head =
        format!(",,,Fall,,,Spring,,\nDistrict ID,District,School Year,{0},{0}", "Not Met %,Met %,Exceeded %");
    let rows = "11,Ash,2023-24,50,30,20,40,35,25\n12,Birch,2023-24,55,30,15,45,35,20\n13,Cedar,2023-24,52,31,17,44,36,20\n";
    let made = Proposed::new(&format!("{head}\n{rows}"));
    assert_eq!(made.value("11", 2024, "proficiency-rate"), None, "{}", made.layout());
}

#[test]
fn parts_of_anything_else_are_no_levels() {
    let names = ["Ineffective %", "Developing %", "Effective %", "Highly Effective %"];
    let ratings = Proposed::new(&levels(names, "", 100));
    assert_eq!(ratings.value("11", 2024, "proficiency-rate"), None, "{}", ratings.layout());
    let names = ["# Level 1", "# Level 2", "# Level 3", "# Level 4"];
    let incidents = Proposed::with_files(&[("incidents.csv", &levels(names, ",Total", 200))]);
    assert!(!incidents.said().contains("count as proficient?"), "{}", incidents.said());
    // Levels in Texas include those above them, so they add up to more than everyone.
    let cumulative = "District ID,District,School Year,% Approaches,% Meets,% Masters\n\
                      11,Ash,2023-24,75,50,21\n12,Birch,2023-24,71,43,18\n13,Cedar,2023-24,80,55,25\n";
    let made = Proposed::new(cumulative);
    assert_eq!(made.value("11", 2024, "state-test-meets-rate"), Some(50.0), "{}", made.layout());
}

/// Levels in rows, each with its percent in three districts and this many students tested.
fn levels_in_rows(name: &str, levels: &[(&str, u32)], more: &str) -> String {
    let mut table = format!("School Year,District Code,District Name,{name},Number,Percent{more}\n");
    for (id, district) in (101..).zip(["Ash", "Birch", "Cedar"]) {
        for (level, percent) in levels {
            let tested = if more.is_empty() { "" } else { ",200" };
            let _ = writeln!(table, "2023-24,{id},{district},{level},{},{percent}.0{tested}", percent * 2);
        }
    }
    table
}

#[test]
fn of_levels_in_rows_the_row_at_or_above_proficient_is_the_rate() {
    let basic = [("Below Basic", 20), ("Basic", 30), ("Proficient", 35), ("Advanced", 15)];
    let met = [("Not Met", 20), ("Nearly Met", 30), ("Met", 35), ("Exceeded", 15)];
    for (levels, above, more) in
        [(basic, "Proficient or Above", ""), (met, "Met or Exceeded", ",Number Tested")]
    {
        let rows = [&levels[..], &[(above, 50)]].concat();
        let made = Proposed::new(&levels_in_rows("Performance Level", &rows, more));
        let found = made.value("101", 2024, "proficiency-rate");
        assert_eq!(found, Some(50.0), "{above}: {} {}", made.said(), made.layout());
        assert!(made.said().contains("single levels of achievement"), "{}", made.said());
        // Next to the number tested, it is the rate's numerator.
        let is_read = made.layout().contains("\nname = [\"Number\"]");
        assert_eq!(is_read, !more.is_empty(), "{}", made.layout());
    }
    let made = Proposed::new(&levels_in_rows("Performance", &basic, ""));
    assert!(made.said().contains("left out for now"), "{}", made.said());
    assert!(
        made.said().contains("“Performance”") && made.said().contains("“Below Basic”"),
        "{}",
        made.said()
    );
}

#[test]
fn the_rating_of_a_district_is_no_row_of_a_level() {
    let mut table = "School Year,District Code,District Name,Rating,Percent Proficient\n".to_owned();
    let ratings =
        ["Below Expectations", "Approaching Expectations", "Meets Expectations", "Exceeds Expectations"];
    for (number, rating) in (1..).zip(ratings) {
        let _ = writeln!(table, "2023-24,10{number},District {number},{rating},{}.5", 40 + number);
    }
    let made = Proposed::new(&table);
    assert_eq!(made.value("101", 2024, "proficiency-rate"), Some(41.5), "{}", made.layout());
}

#[test]
fn levels_down_and_years_across_are_read_the_same_way() {
    let table = "Performance Level,2021-22,2022-23,2023-24\nBelow Basic,22%,21%,20%\nBasic,31%,30%,30%\n\
                 Proficient,33%,34%,35%\nAdvanced,14%,15%,15%\nProficient and Above,47%,49%,50%\n";
    let made = Proposed::with_contents(&[("results.csv", table.as_bytes())], &["--district", "7"]);
    let found = made.value("7", 2024, "proficiency-rate");
    assert_eq!(found, Some(50.0), "{} {}", made.said(), made.layout());
}
