//! Every way in which a project may try to lower the protection of students, on a district's own figures with
//! a group of 7.

use std::fs;

use crate::privacy::LAYOUT;
use crate::project::root;

/// 7 of 200 students are Asian.
pub(crate) const ROWS: &str = "\
ID,District,Year,Measure,Group,Grade,Value,N
1,Small District,2024,enrollment,all,all,200,
1,Small District,2024,enrollment,white,all,120,
1,Small District,2024,enrollment,hispanic,all,55,
1,Small District,2024,enrollment,black,all,18,
1,Small District,2024,enrollment,asian,all,7,
1,Small District,2024,chronic-absenteeism-rate,asian,all,42.9,
1,Small District,2024,chronic-absenteeism-rate,all,all,20.5,
1,Small District,2024,attendance-rate,asian,all,93.1,
1,Small District,2024,graduation-rate,asian,all,71.4,
1,Small District,2024,graduation-rate,all,all,88.0,50
1,Small District,2024,chronic-truancy-rate,all,all,98.5,
1,Small District,2024,total-revenue,all,all,3000000,
";

/// A project that tries one way.
pub(crate) struct Way {
    pub(crate) name: &'static str,
    /// Files of its own catalog.
    pub(crate) catalog: Vec<(&'static str, String)>,
    pub(crate) rows: String,
    pub(crate) layout: String,
    /// Additional lines for retreat.toml.
    pub(crate) project: &'static str,
    /// What the message must say if the project is refused; empty if it is read and the group must be
    /// withheld.
    pub(crate) refused: &'static str,
}

/// A way that puts `catalog` into the project's catalog.
pub(crate) fn way(name: &'static str, catalog: &[(&'static str, String)], refused: &'static str) -> Way {
    Way {
        name,
        catalog: catalog.to_vec(),
        rows: ROWS.to_owned(),
        layout: LAYOUT.to_owned(),
        project: "",
        refused,
    }
}

/// A way with one measure in the project's catalog.
fn measure(name: &'static str, text: String, refused: &'static str) -> Way {
    way(name, &[("measures/own.toml", text)], refused)
}

/// The program's own block of a measure, with `line`, which begins with a field's name, replacing that field.
fn changed(id: &str, line: &str) -> String {
    let field = line.split(" =").next().unwrap();
    let block = block(id);
    let kept: Vec<&str> = block.lines().filter(|kept| !kept.starts_with(&format!("{field} ="))).collect();
    assert!(kept.len() < block.lines().count(), "{id} has no {field}");
    let new = if line.ends_with("= nothing") { "" } else { line };
    // Before any table inside the block.
    let at = kept.iter().skip(1).position(|line| line.starts_with('[')).map_or(kept.len(), |at| at + 1);
    format!("{}\n{new}\n{}\n", kept[..at].join("\n"), kept[at..].join("\n"))
}

fn block(id: &str) -> String {
    let files = fs::read_dir(root().join("catalog/measures")).unwrap();
    let texts = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let all = texts.collect::<Vec<_>>().join("\n");
    let found = all.split("[[measure]]").find(|block| block.contains(&format!("\nid = \"{id}\"\n")));
    format!("[[measure]]{}", found.unwrap())
}

/// A measure that the program does not have.
fn new(id: &str, unit: &str, domain: &str, more: &str) -> String {
    format!(
        "[[measure]]\nid = \"{id}\"\nlabel = \"Own\"\nunit = \"{unit}\"\ndomain = \"{domain}\"\nbetter = \"neither\"\n\
         definition = \"Its own.\"\nauthority = \"The district\"\nmeaningful-change = 1.0\n{more}\n"
    )
}

fn group(id: &str, dimension: &str, more: &str) -> String {
    format!(
        "[[group]]\nid = \"{id}\"\nlabel = \"X\"\nstudents = \"X students\"\ndimension = \"{dimension}\"\n{more}\n"
    )
}

fn embedded(file: &str) -> String {
    fs::read_to_string(root().join("catalog").join(file)).unwrap()
}

/// Every way.
#[expect(clippy::too_many_lines, reason = "it is a table")]
pub(crate) fn ways() -> Vec<Way> {
    let with_rows = |rows: String, way: Way| Way { rows, ..way };
    let with_layout = |layout: String, way: Way| Way { layout, ..way };
    let with_project = |project: &'static str, way: Way| Way { project, ..way };
    let own_count = || ROWS.replace("enrollment,", "own-count,");
    let own_rate = || ROWS.replace("chronic-absenteeism-rate,", "own-rate,");
    let masked = |mark: &str| ROWS.replace("enrollment,asian,all,7", &format!("enrollment,asian,all,{mark}"));
    let markers = |list: &str| format!("{LAYOUT}\n[markers]\n{list}\n");
    let groups = |text: String| vec![("groups.toml", text)];
    let disclosure = |text: &str| vec![("disclosure.toml", text.to_owned())];
    vec![
        way("nothing", &[], ""),
        // One of the program's measures.
        measure("0", changed("enrollment", "smallest-group = 0"), "smallest-group = 0 is less than"),
        measure("1", changed("enrollment", "smallest-group = 1"), "smallest-group = 1 is less than"),
        measure("3", changed("enrollment", "smallest-group = 3"), "smallest-group = 3 is less than"),
        measure("5", changed("enrollment", "smallest-group = 5"), "write 10 or more"),
        measure("9", changed("enrollment", "smallest-group = 9"), "write 10 or more"),
        measure("10", changed("enrollment", "smallest-group = 10"), ""),
        measure("raised", changed("enrollment", "smallest-group = 12"), ""),
        measure("label", changed("enrollment", "label = \"Students\""), ""),
        measure("unit", changed("enrollment", "unit = \"fte\""), "changes `unit`"),
        measure("mean", block("enrollment") + "mean = true\n", "changes `mean`"),
        measure(
            "population",
            changed("chronic-absenteeism-rate", "population = nothing"),
            "changes `population`",
        ),
        measure(
            "not counted",
            changed(
                "chronic-absenteeism-rate",
                "population = { measure = \"enrollment\", not-counted = true }",
            ),
            "changes `population`",
        ),
        measure(
            "some",
            changed("graduation-rate", "population = { measure = \"enrollment\" }"),
            "changes `population`",
        ),
        measure(
            "least share",
            changed(
                "graduation-rate",
                "population = { measure = \"enrollment\", some = true, least-share = 100.0 }",
            ),
            "changes `population`",
        ),
        measure("outcome", changed("chronic-truancy-rate", "better = \"neither\""), "changes `better`"),
        measure("derived", changed("enrollment-share", "derive = nothing"), "changes `derive`"),
        measure(
            "dollars per student",
            changed("revenue-per-student", "derive = nothing"),
            "changes `derive`",
        ),
        measure("people is but a word", changed("chronic-absenteeism-rate", "people = \"children\""), ""),
        with_project(
            "[privacy]\nsmallest-group = 20\n",
            measure(
                "below the project's",
                changed("enrollment", "smallest-group = 15"),
                "smallest-group is 20",
            ),
        ),
        with_project("[privacy]\nsmallest-group = 2\n", way("the project's", &[], "at least 3")),
        with_project("[privacy]\nsmallest-group = 3\n", way("the project's below the program's", &[], "")),
        // One of the project's own measures.
        with_rows(
            own_count(),
            measure("new", new("own-count", "count", "students", "smallest-group = 1"), "for counts"),
        ),
        with_rows(
            own_count(),
            measure("new, 10", new("own-count", "count", "students", "smallest-group = 10"), ""),
        ),
        with_rows(
            own_count(),
            measure("new, finance", new("own-count", "count", "finance", "smallest-group = 0"), "for counts"),
        ),
        with_rows(
            own_count(),
            measure(
                "new, no count",
                new("own-count", "fte", "students", "smallest-group = 1"),
                "domain \"students\"",
            ),
        ),
        with_rows(
            own_count(),
            measure(
                "new, of nobody",
                new("own-count", "fte", "staffing", "smallest-group = 1"),
                "values for student groups",
            ),
        ),
        with_rows(
            ROWS.replace("enrollment", "Enrollment"),
            measure(
                "another spelling",
                changed("enrollment", "smallest-group = 0")
                    .replace("\"enrollment\"\nlabel", "\"Enrollment\"\nlabel"),
                "did you mean \"enrollment\"?",
            ),
        ),
        with_rows(
            own_rate(),
            measure(
                "new rate",
                new("own-rate", "percent", "finance", "smallest-group = 1"),
                "values for student groups",
            ),
        ),
        with_rows(
            own_rate(),
            measure(
                "new rate of students",
                new("own-rate", "percent", "finance", "smallest-group = 3\npeople = \"students\""),
                "measures of students",
            ),
        ),
        with_rows(
            own_rate(),
            measure(
                "new rate of a population",
                new(
                    "own-rate",
                    "percent",
                    "staffing",
                    "smallest-group = 3\npopulation = { measure = \"enrollment\" }",
                ),
                "counted by another measure",
            ),
        ),
        with_rows(
            own_rate(),
            measure("new, n unknown", new("own-rate", "percent", "students", "smallest-group = 10"), ""),
        ),
        measure(
            "a copy by derivation",
            new("copy", "ratio", "finance", "smallest-group = 1\nderive = { numerator = [\"enrollment\"] }"),
            "",
        ),
        measure(
            "a score",
            new(
                "score",
                "points",
                "finance",
                "smallest-group = 1\nscored = [{ measure = \"chronic-absenteeism-rate\", weight = 1.0, cuts = [42.8, 42.9, 43.0] }]",
            ),
            "it is scored with",
        ),
        // Rules of disclosure.
        way("no caps", &disclosure("cap = []\n"), ""),
        way(
            "a wide cap",
            &disclosure("[[cap]]\nat-least = 150\nlow = 0.0\nhigh = 100.0\n"),
            "narrow the range",
        ),
        way(
            "a cap for more",
            &disclosure("[[cap]]\nat-least = 10\nlow = 15.0\nhigh = 85.0\n"),
            "narrow the range",
        ),
        way(
            "a cap of no number",
            &disclosure("[[cap]]\nat-least = 0\nlow = nan\nhigh = nan\n"),
            "narrow the range",
        ),
        way("a narrow cap", &disclosure("[[cap]]\nat-least = 0\nlow = 20.0\nhigh = 80.0\n"), ""),
        way("the program's own", &[("disclosure.toml", embedded("disclosure.toml"))], ""),
        way(
            "same",
            &disclosure("[[same]]\nid = \"x\"\ncount = [\"enrollment\"]\nn = [\"graduation-rate\"]\n"),
            "only about its own measures",
        ),
        way(
            "same, by a known id",
            &disclosure("[[same]]\nid = \"graduates\"\nn = [\"graduation-rate\"]\n"),
            "only about its own measures",
        ),
        way(
            "in grades",
            &disclosure("[[in-grades]]\nmeasures = [\"graduation-rate\"]\ngrades = [\"09-12\"]\n"),
            "only about its own measures",
        ),
        way(
            "a whole",
            &disclosure("[[whole]]\nparts = [\"chronic-absenteeism-rate\", \"graduation-rate\"]\n"),
            "only about its own measures",
        ),
        way(
            "some",
            &disclosure("[[some]]\nthese = { n = \"graduation-rate\" }\nof = { count = \"enrollment\" }\n"),
            "only about its own measures",
        ),
        // Student groups.
        way("a dimension", &groups(group("asian", "heritage", "")), "add up to all students"),
        way("no complement", &groups(group("low-income", "income", "")), "complement = "),
        way("one more of a dimension", &groups(group("big", "race", "")), "its own dimension"),
        way("a group of its own", &groups(group("big", "size", "")), ""),
        way("as all students", &groups("all = [\"Asian\"]\n".to_owned()), "stands for the group \"asian\""),
        way(
            "as another group",
            &groups(group("white", "race", "also = [\"ASIAN\"]")),
            "stands for the group \"asian\"",
        ),
        way(
            "as a group of its own",
            &groups(group("big", "size", "also = [\"asian\"]")),
            "stands for the group \"asian\"",
        ),
        way("no other spelling", &groups(group("asian", "race", "also = []")), ""),
        // Marks of masked values.
        with_rows(masked("*"), way("a mask", &[], "")),
        with_rows(masked("*"), with_layout(markers("missing = [\"*\"]"), way("a mask as missing", &[], ""))),
        with_rows(
            masked("*"),
            with_layout(markers("not-applicable = [\"*\"]"), way("a mask as not applicable", &[], "")),
        ),
        with_rows(
            masked("<5"),
            with_layout(markers("masked = ['~^<(?<at_least>5)$']"), way("a mask with other bounds", &[], "")),
        ),
        with_rows(
            masked("<5"),
            with_layout(markers("footnotes = ['^<']"), way("a mask as a footnote", &[], "")),
        ),
        with_layout(markers("masked = [\"18\"]"), way("a number as a mask", &[], "")),
        with_rows(
            masked("*"),
            way(
                "no marks",
                &[("markers.toml", embedded("markers.toml").replace("\"*\", \"**\"", "\"**\""))],
                "",
            ),
        ),
        // How the layout reads.
        with_layout(
            format!("{LAYOUT}\n[[row]]\ncolumn = [\"Group\"]\nleave-out = \"^asian$\"\nwhy = \"few\"\n"),
            way("its row left out", &[], ""),
        ),
        with_layout(
            LAYOUT.replace("weight = [\"N\"]", "weight = [\"N\"]\ntimes = 10.0"),
            way("times 10", &[], ""),
        ),
        with_layout(
            LAYOUT.replace("weight = [\"N\"]", "weight = [\"N\"]\ntimes = 1.5"),
            way("times 1.5", &[], ""),
        ),
        with_layout(LAYOUT.replace("weight = [\"N\"]\n", ""), way("n not read", &[], "")),
        // What is read from masked values when peers are chosen.
        with_project("[peers.masked]\nenrollment = 7.0\n", way("a mask's stand-in", &[], "")),
    ]
}
