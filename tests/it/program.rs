//! The program as a user meets it: exit codes, what it writes, and the same bytes each time.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use crate::project::root;

fn retreat(arguments: &[&str], threads: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_retreat"))
        .args(arguments)
        .env("RAYON_NUM_THREADS", threads)
        .env("NO_COLOR", "1")
        .current_dir(root())
        .output()
        .unwrap()
}

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            all.extend(bytes(&entry.path()).into_iter().map(|(n, b)| (format!("{name}/{n}"), b)));
        } else {
            all.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    all
}

#[test]
fn build_writes_what_the_readme_says_and_the_same_bytes_with_any_threads() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let first = retreat(&["build", "sample_data", "--out", &out("a")], "1");
    assert_eq!(first.status.code(), Some(1), "{}", String::from_utf8_lossy(&first.stderr));
    let told = String::from_utf8_lossy(&first.stderr).into_owned();
    assert!(
        told.contains("enrollment.xlsx › 2018-19 › L51") && told.contains("\"1O4\" is not a number"),
        "{told}"
    );
    retreat(&["build", "sample_data", "--out", &out("b")], "3");
    let (a, b) = (bytes(&folder.path().join("a")), bytes(&folder.path().join("b")));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    assert_safe_on_windows(a.keys());
    let differ: Vec<&String> = a.keys().filter(|name| a[*name] != b[*name]).collect();
    assert!(differ.is_empty(), "{differ:?}");
    for file in [
        "index.html",
        "retreat-data.xlsx",
        "report.json",
        "swot/candidates.json",
        "swot/candidates.csv",
        "data/observations.parquet",
        "data/observations.csv",
        "data/measures.csv",
        "data/comparisons.csv",
        "data/trends.csv",
        "data/gaps.csv",
        "data/projections.csv",
        "data/peers.csv",
        "charts/staffing/teacher-turnover.svg",
        "charts/staffing/teacher-turnover.png",
        "print/pre-read.html",
        "print/data-appendix.html",
    ] {
        assert!(a.contains_key(file), "{file} is not there");
    }
}

#[test]
fn the_page_explains_its_numbers_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("o").to_string_lossy().into_owned();
    retreat(&["build", "sample_data", "--out", &out, "--format", "html"], "2");
    let page = std::fs::read_to_string(Path::new(&out).join("index.html")).unwrap();
    assert!(page.contains("href=\"#how-to-read\"") && page.contains("id=\"how-to-read\""));
    for explained in ["Districts like ours", "It cannot say why the gap exists.", "Withheld is not zero"] {
        assert!(page.contains(explained), "{explained:?} is not on the page");
    }
}

#[test]
fn the_tables_have_the_columns_that_the_design_names() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("o").to_string_lossy().into_owned();
    retreat(&["build", "sample_data", "--out", &out, "--format", "html"], "2");
    let header = |name: &str| {
        let text = std::fs::read_to_string(Path::new(&out).join("data").join(name)).unwrap();
        text.trim_start_matches('\u{feff}').lines().next().unwrap().to_owned()
    };
    assert_eq!(
        header("observations.csv"),
        "district_id,district_name,level,school_year,measure,group,grade,subject,value,numerator,denominator,status,\
         source_file,source_sheet,source_cell,masked_from,masked_to,method"
    );
    assert_eq!(
        header("measures.csv"),
        "district_id,district_name,level,school_year,measure,group,grade,subject,value,unit,n,value_low,value_high,status,\
         derived,method"
    );
    assert_eq!(
        header("trends.csv"),
        "measure,group,grade,subject,first_year,last_year,n_years,n,masked_years,withheld_years,slope,slope_low,\
         slope_high,interval_is_range,p_value,p_adjusted,direction,change_1y,change_1y_low,change_1y_high,change_all,\
         base_year,change_since_base,spread,real_slope,real_slope_low,real_slope_high,real_p_value,real_p_adjusted,\
         real_direction,real_change_1y,real_change_all,real_change_since_base,after_break,method"
    );
    assert_eq!(
        header("comparisons.csv"),
        "measure,group,grade,subject,school_year,value,status,n,value_low,value_high,peer_n,peers_without_value,\
         peers_hidden,peer_median,peer_p25,peer_p75,peer_percentile,peer_clear,p_value,p_adjusted,state_n,state_median,\
         state_percentile,state_funnel_z,around_n,around_median,expected_matched_in,expected,expected_distance,\
         expected_scale,expected_n,expected_r_squared,method"
    );
    assert_eq!(
        header("gaps.csv"),
        "measure,group,grade,subject,school_year,value,n,reference_group,reference,reference_n,gap,gap_low,gap_high,\
         small_group,p_value,p_adjusted,first_year,last_year,n_years,masked_years,withheld_years,gap_slope,gap_slope_low,\
         gap_slope_high,gap_direction,risk_ratio,risk_ratio_years,method"
    );
    assert_eq!(
        header("projections.csv"),
        "measure,group,grade,subject,first_year,from_year,from_value,masked_values,withheld_values,school_year,value,low,\
         high,method,band_of,band_n,judged_by,judged_n,mean_error_percent,mean_error_as_now_percent"
    );
    let peers = header("peers.csv");
    assert!(peers.starts_with(
        "set,school_year,rank,district_id,district_name,distance,likeness,enrollment,low_income"
    ));
    assert!(peers.ends_with(",candidates,without_values,method"), "{peers}");
    // `init` recognizes them, wherever they are.
    let looked = retreat(&["init", "--dry-run", &Path::new(&out).join("data").to_string_lossy()], "2");
    let said = String::from_utf8_lossy(&looked.stderr).into_owned();
    let tables = std::fs::read_dir(Path::new(&out).join("data")).unwrap().count();
    assert_eq!(said.matches("is part of a pack that this program made").count(), tables.min(8), "{said}");
    // Every row says how it is computed.
    for table in ["observations", "measures", "comparisons", "trends", "gaps", "projections", "peers"] {
        let mut reader =
            csv::Reader::from_path(Path::new(&out).join("data").join(format!("{table}.csv"))).unwrap();
        let at = reader.headers().unwrap().iter().position(|column| column == "method").unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(!rows.is_empty() && rows.iter().all(|row| !row[at].is_empty()), "{table}");
    }
    assert!(!Path::new(&out).join("charts").exists());
}

#[test]
fn a_rule_and_a_measure_are_shown_whole_by_their_ids() {
    let shown = |arguments: &[&str]| String::from_utf8(retreat(arguments, "2").stdout).unwrap();
    let rule = shown(&["catalog", "rules", "enrollment-falling"]);
    assert!(
        rule.contains("requires:\n    Percent change over the last five years: at most -5 (five-years)\n"),
        "{rule}"
    );
    assert!(
        rule.contains("covers all students, all grades and subjects together, in the measure enrollment\n"),
        "{rule}"
    );
    assert!(rule.contains("family: trend\n  asks: "), "{rule}");
    let measure = shown(&["catalog", "measures", "enrollment"]);
    assert!(
        measure.contains("covered by these rules: ") && measure.contains("enrollment-falling"),
        "{measure}"
    );
    assert!(measure.contains("read by these layouts: ") && measure.contains("il-report-card"), "{measure}");
    // The list of all is short.
    assert!(!shown(&["catalog", "rules"]).contains("requires:"));
}

#[test]
fn exit_codes_say_how_it_went() {
    for (arguments, code) in [
        (vec!["catalog", "measures", "teacher-turnover"], 0),
        (vec!["swot", "sample_data"], 1),
        (vec!["build", "no-such-folder"], 2),
        (vec!["build", "sample_data", "--district", "999999"], 2),
        (vec!["build", "sample_data", "--format", "word"], 2),
        (vec!["nonsense"], 2),
    ] {
        let output = retreat(&arguments, "2");
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        if code == 2 {
            assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
        }
    }
}

/// Windows reserves names and signs, takes names that differ in their case for one, and allows 260 characters with the folder.
fn assert_safe_on_windows<'a>(names: impl Iterator<Item = &'a String>) {
    const LONGEST: usize = 120;
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        assert!(name.len() <= LONGEST, "{name}");
        assert!(seen.insert(name.to_lowercase()), "{name} is there twice");
        for part in name.split('/') {
            let stem = part.split('.').next().unwrap().to_uppercase();
            let is_device = ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
                || (stem.len() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")));
            let has_sign =
                part.contains(['<', '>', ':', '"', '\\', '|', '?', '*']) || part.ends_with([' ', '.']);
            assert!(!is_device && !has_sign, "{name}");
        }
    }
}

#[test]
fn problems_are_no_failure_where_the_caller_says_so_and_the_verdict_stays() {
    let folder = tempfile::tempdir().unwrap();
    let verdict_of = |arguments: &[&str], name: &str| {
        let out = folder.path().join(name);
        let shown = out.to_string_lossy().into_owned();
        let common = ["build", "sample_data", "--format", "svg", "--out", &shown];
        let output = retreat(&[&common[..], arguments].concat(), "2");
        let report = std::fs::read_to_string(out.join("report.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        (output.status.code(), report["verdict"].as_str().unwrap().to_owned())
    };
    let unusable = "without-some-data".to_owned();
    assert_eq!(verdict_of(&[], "plain"), (Some(1), unusable.clone()));
    assert_eq!(verdict_of(&["--problems-ok"], "ok"), (Some(0), unusable));
    // What could not run at all still fails.
    assert_eq!(retreat(&["--problems-ok", "swot", "no-such-folder"], "2").status.code(), Some(2));
    assert_eq!(retreat(&["--problems-ok", "swot", "sample_data"], "2").status.code(), Some(0));
}

/// Builds the sample's pack in a format, in the folder of that name.
fn build_as(format: &str, folder: &Path) -> Output {
    let out = folder.join(format).to_string_lossy().into_owned();
    retreat(&["build", "sample_data", "--format", format, "--out", &out], "2")
}

#[test]
fn a_pack_of_data_alone_has_the_same_figures_and_nothing_to_look_at() {
    let folder = tempfile::tempdir().unwrap();
    let said = String::from_utf8_lossy(&build_as("data", folder.path()).stderr).into_owned();
    assert!(said.contains("Built ") && !said.contains("accessibility"), "{said}");
    build_as("svg", folder.path());
    let mut data = bytes(&folder.path().join("data"));
    let mut with_charts = bytes(&folder.path().join("svg"));
    // Each report lists its own files.
    assert!(data.remove("report.json").is_some());
    let others = ["swot/candidates.csv", "swot/candidates.json"];
    with_charts.retain(|name, _| name.starts_with("data/") || others.contains(&name.as_str()));
    assert!(data.len() > 8 && data.keys().eq(with_charts.keys()), "{:?}", data.keys());
    assert!(data == with_charts);
}

#[test]
fn a_folder_that_is_not_ours_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.docx"), "years of work").unwrap();
    let out = folder.path().to_string_lossy().into_owned();
    let output = retreat(&["build", "sample_data", "--out", &out], "2");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(folder.path().join("thesis.docx")).unwrap(), "years of work");
}

#[test]
fn the_peers_of_every_district_are_printed_as_json() {
    let output = retreat(&["peers", "sample_data", "--all", "--json"], "2");
    let all: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(all.len(), 60);
    let own = all.iter().find(|d| d["district_id"] == "104018").unwrap();
    let distances: Vec<f64> =
        own["peers"].as_array().unwrap().iter().map(|p| p["distance"].as_f64().unwrap()).collect();
    assert!(distances.len() == 10 && distances.is_sorted(), "{distances:?}");
    let one = retreat(&["peers", "sample_data", "--json"], "2");
    let one: serde_json::Value = serde_json::from_slice(&one.stdout).unwrap();
    // The output for one district is the same as its part in the output for all.
    assert_eq!(&one, own);
    assert!(one["gaps"].as_array().unwrap().len() == 4 && one["stability"].as_array().unwrap().len() == 4);
    assert!(one["better"][0]["outcomes"][0]["school_year"].is_i64(), "{one}");
    assert!(one["grade"] == "good" && one["around"]["peers"].as_array().unwrap().len() == 4, "{one}");
    // A district without peers is reported, not skipped.
    let none: Vec<&serde_json::Value> =
        all.iter().filter(|d| d["peers"].as_array().unwrap().is_empty()).collect();
    let problems = String::from_utf8_lossy(&output.stderr).matches("no-peers").count();
    assert_eq!(none.is_empty(), problems == 0, "{none:?}");
}

#[test]
fn the_peers_are_shown_with_their_likeness_and_who_does_better() {
    let output = retreat(&["peers", "sample_data"], "2");
    let text = String::from_utf8_lossy(&output.stdout);
    for part in [
        "Of 10 peers, 9 are close, 1 fair, and 0 loose: a good peer group.",
        "standard deviations below the peer median",
        "without enrollment",
        "Peers that do better with similar students",
        "Nearby districts (county: Dunmore), most similar first",
    ] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    let widest = text.lines().max_by_key(|line| line.chars().count()).unwrap();
    assert!(widest.chars().count() <= 80, "{widest}");
}

#[test]
fn packs_of_all_districts_are_the_same_as_each_alone() {
    let folder = tempfile::tempdir().unwrap();
    let layout = "id = \"a\"\nlabel = \"A\"\nauthority = \"a test\"\npublic = true\n[year]\nfrom = \"column\"\n\
        column = [\"Year\"]\nmeans = \"end\"\n[district]\nid = [\"ID\"]\n[[column]]\nname = [\"Students\"]\n\
        measure = \"enrollment\"\n[[column]]\nname = [\"Attendance\"]\nmeasure = \"attendance-rate\"\n";
    let mut table = "ID,Year,Students,Attendance\n".to_owned();
    for district in 1..=8 {
        for year in 2020..=2024 {
            let attendance = 90 + (district * year) % 7;
            table.push_str(&format!("{district},{year},{},{attendance}\n", 100 * district + year % 5));
        }
    }
    let toml = "[retreat]\ntitle = \"All\"\ndistrict = \"1\"\n[[source]]\npath = \"a.csv\"\nlayout = \"a.toml\"\n\
        [peers]\nmatch = [\"enrollment\"]\n";
    for (name, text) in [("a.toml", layout), ("a.csv", table.as_str()), ("retreat.toml", toml)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let project = folder.path().to_string_lossy().into_owned();
    retreat(&["build", &project, "--all-districts", "--out", &at("all"), "--format", "html"], "2");
    for district in ["1", "5"] {
        let alone = at(&format!("alone-{district}"));
        retreat(&["build", &project, "--district", district, "--out", &alone, "--format", "html"], "2");
        let (together, alone) = (bytes(&folder.path().join("all").join(district)), bytes(Path::new(&alone)));
        assert!(!alone.is_empty() && together == alone, "{district}");
    }
}

#[test]
fn a_rule_says_why_it_proposed_nothing_or_what_it_proposed() {
    let said = |rule: &str| {
        let output = retreat(&["swot", "sample_data", "--why-not", rule], "2");
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    for (rule, parts) in [
        (
            "teacher-pay-worsening",
            [
                "It proposed no candidate for this district.",
                "Average teacher salary: scores higher in another quadrant, as\n    teacher-pay-low-in-state.teacher-salary.",
            ],
        ),
        (
            "teachers-who-stay-worse-than-peers",
            [
                "It proposed no candidate for this district.",
                "The share of teachers in their first year: listed in the evidence of another candidate,\n    teachers-who-stay-worsening.teacher-turnover, which says the same thing.",
            ],
        ),
        (
            "teachers-who-stay-worsening",
            [
                "It proposed 1 candidate for this district.",
                "Teacher turnover: proposed as teachers-who-stay-worsening.teacher-turnover.",
            ],
        ),
        (
            "improving-behind-peers",
            [
                "It proposed no candidate for this district.",
                "Chronic absenteeism: fails 1 of 3 conditions.\n    Trend: turned (the rule requires improving).",
            ],
        ),
        (
            "graduation-low",
            [
                "The graduation rate: does not meet the condition.",
                "Latest value: 94.5% (the rule requires below 67.0%).",
            ],
        ),
    ] {
        let (code, text) = said(rule);
        assert_eq!(code, Some(1), "{text}");
        assert!(parts.iter().all(|part| text.contains(part)), "{rule}: {text}");
    }
    let (code, text) = said("teacher-turnover-hgih");
    assert_eq!(code, Some(2));
    assert!(text.contains("did you mean \"teacher-turnover-high\"?") && !text.contains("Read "), "{text}");
}

#[test]
fn the_manual_has_every_command_with_its_options() {
    let output = retreat(&["manual"], "1");
    assert_eq!(output.status.code(), Some(0));
    let manual = String::from_utf8(output.stdout).unwrap();
    for command in ["BUILD", "PLAN", "MERGE\\-SHARDS", "COMPLETIONS"] {
        assert!(manual.contains(&format!(".SH RETREAT {command}\n")), "{command}: {manual}");
    }
    assert!(manual.contains("\\-\\-all\\-districts"), "{manual}");
    assert!(!manual.contains("(1)\n"), "there is only one page: {manual}");
}
