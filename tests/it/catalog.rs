//! The embedded catalog: it is consistent, and contains what was promised.

use crate::project::catalog;
use retreat::domain::Quadrant;

#[test]
fn it_covers_the_five_domains() {
    let catalog = catalog();
    assert!(catalog.measures.len() >= 60, "{} measures", catalog.measures.len());
    for domain in ["enrollment", "students", "assessment", "finance", "staffing"] {
        let measures = catalog.measures.values().filter(|m| m.domain == domain).count();
        let exhibits = catalog.exhibits.iter().filter(|e| e.domain == domain).count();
        assert!(measures >= 3 && exhibits >= 5, "{domain}: {measures} measures, {exhibits} exhibits");
    }
    assert!(catalog.rules.len() >= 25);
    for quadrant in Quadrant::ALL {
        assert!(catalog.rules.iter().any(|r| r.quadrant == quadrant), "{quadrant:?}");
    }
}

#[test]
fn every_threshold_and_measure_says_where_it_comes_from() {
    let catalog = catalog();
    for rule in &catalog.rules {
        for (name, threshold) in &rule.thresholds {
            assert!(threshold.source.len() > 8, "{}.{name} has no source", rule.id);
        }
        assert!(rule.question.ends_with('?'), "{}: its `question` has no question mark at the end", rule.id);
        let is_sentence = |doubt: &String| doubt.ends_with('.') && doubt.split(' ').count() <= 20;
        assert!(rule.doubt.as_ref().is_none_or(is_sentence), "{}: {:?}", rule.id, rule.doubt);
    }
    for measure in catalog.measures.values() {
        assert!(!measure.authority.is_empty(), "{}: its `authority` is empty", measure.id);
        assert!(
            measure.definition.ends_with('.'),
            "{}: its `definition` has no period at the end",
            measure.id
        );
    }
}

#[test]
fn both_states_spellings_lead_to_the_same_groups() {
    let groups = catalog().groups;
    for (spelling, id) in [
        ("African American", "black"),
        ("Black or African American", "black"),
        ("Latinx", "hispanic"),
        ("Hispanic or Latino", "hispanic"),
        ("Economically Disadvantaged", "low-income"),
        ("Low Income", "low-income"),
        ("EL", "english-learners"),
        ("Special Education", "students-with-disabilities"),
        ("Two or More Races", "two-or-more"),
        ("two or more races", "two-or-more"),
    ] {
        assert_eq!(groups.group_id(spelling), Some(id), "{spelling}");
    }
    assert_eq!(groups.group_id("Martians"), None);
}

#[test]
fn words_for_students_do_not_change_which_group_is_meant() {
    let groups = catalog().groups;
    for (text, id) in [
        ("Economically Disadvantaged Students", Some("low-income")),
        ("Students with Disabilities", Some("students-with-disabilities")),
        ("English Learner Students", Some("english-learners")),
        ("Homeless Students", Some("homeless")),
        ("Homeless Youth", Some("homeless")),
        ("Students Experiencing Homelessness", Some("homeless")),
        ("Students in Foster Care", Some("foster-care")),
        ("Youth in Foster Care", Some("foster-care")),
        ("Migrant Students", Some("migrant")),
        ("Military Connected Students", Some("military-connected")),
        ("Military-Connected  Students", Some("military-connected")),
        ("Students Eligible for Free/Reduced Lunch", Some("low-income")),
        ("Students Receiving Special Education Services", Some("students-with-disabilities")),
        ("Students of Two or More Races", Some("two-or-more")),
        ("Not Economically Disadvantaged Students", Some("not-low-income")),
        ("Students without Disabilities", Some("not-students-with-disabilities")),
        ("All Students", Some("all")),
        // These are not the groups whose names they contain.
        ("Non-Homeless Students", None),
        ("Former English Learner Students", None),
        ("F Students", None),
        ("Students", None),
        ("Students in All", None),
        ("Other Students", None),
    ] {
        assert_eq!(groups.group_of_text(text), id, "{text}");
    }
    // Within the name of a column, the word may say what is counted.
    assert_eq!(groups.group_id("Homeless Students"), None);
}

#[test]
fn a_wrong_name_is_refused_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("catalog/rules");
    std::fs::create_dir_all(&rules).unwrap();
    let rule = "[[rule]]\nid = \"x\"\nquadrant = \"threat\"\nlooks-for = \"x\"\nmeasures = [\"teacher-turnovr\"]\n\
                when = [{ fact = \"value\", is = \"above\", than = \"t\" }]\nsay = [\"level\"]\nquestion = \"?\"\n\
                family = \"level\"\n[rule.thresholds]\nt = { value = 1.0, source = \"a test\" }\n";
    std::fs::write(rules.join("threat.toml"), rule).unwrap();
    let error = retreat::catalog::Catalog::of_project(folder.path()).unwrap_err().to_string();
    assert!(
        error.contains("teacher-turnovr") && error.contains("did you mean \"teacher-turnover\"?"),
        "{error}"
    );
}

#[test]
fn a_condition_that_cannot_be_read_is_the_only_fault() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("catalog/rules");
    std::fs::create_dir_all(&rules).unwrap();
    let rule = "[[rule]]\nid = \"x\"\nquadrant = \"threat\"\nlooks-for = \"x\"\nmeasures = [\"teacher-turnover\"]\n\
                when = [{ fact = \"value\", is = \">=\", than = \"t\" }]\nsay = [\"level\"]\nquestion = \"?\"\n\
                family = \"level\"\n[rule.thresholds]\nt = { value = 1.0, source = \"a test\" }\n";
    std::fs::write(rules.join("threat.toml"), rule).unwrap();
    let error = retreat::catalog::Catalog::of_project(folder.path()).unwrap_err();
    assert!(error.to_string().contains("\">=\" is not allowed for `is`"), "{error}");
    assert_eq!(error.faults.len(), 1, "{error}");
}

#[test]
fn a_mean_in_dollars_must_say_that_it_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let measures = folder.path().join("catalog/measures");
    std::fs::create_dir_all(&measures).unwrap();
    let measure = |more: &str| {
        format!(
            "[[measure]]\nid = \"coach-salary\"\nlabel = \"Mean coach salary\"\ndomain = \"staffing\"\nunit = \"dollars\"\n\
             better = \"neither\"\ndefinition = \"x\"\nauthority = \"x\"\npeople = \"coaches\"\nsmallest-group = 3\n\
             meaningful-change = 3.0\nchange-is-percent = true\n{more}"
        )
    };
    let with = |more: &str| {
        std::fs::write(measures.join("staffing.toml"), measure(more)).unwrap();
        retreat::catalog::Catalog::of_project(folder.path())
    };
    let refused = with("").unwrap_err().to_string();
    assert!(refused.contains("coach-salary") && refused.contains("mean = true"), "{refused}");
    assert!(!with("mean = true\n").unwrap().measures["coach-salary"].adds_up());
}

#[test]
fn what_adds_up_is_counts_and_amounts_and_no_mean() {
    let catalog = catalog();
    let adds_up = |id: &str| catalog.measures[id].adds_up();
    for id in ["enrollment", "teachers", "total-revenue", "surplus", "expulsions", "average-daily-attendance"]
    {
        assert!(adds_up(id), "{id}");
    }
    for measure in catalog.measures.values() {
        // An average over the days of a year counts students, so those of schools add up.
        let is_average =
            measure.label.to_lowercase().contains("average ") && measure.id != "average-daily-attendance";
        let is_mean = is_average || measure.label.contains("per student");
        assert!(!(is_mean && measure.adds_up()), "{}", measure.id);
    }
}
