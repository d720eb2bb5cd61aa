//! What was read and released is kept between runs, and used only while nothing that it depends on has changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use retreat::domain::Format;
use retreat::finding::propose;
use retreat::run::{Session, kept_district};

use crate::project::Made;

fn layout(is_public: bool) -> String {
    format!(
        r#"
id = "made"
label = "Made up"
authority = "made up"
public = {is_public}
[year]
from = "column"
column = ["Year"]
means = "end"
[district]
id = ["ID"]
name = ["District"]
[[part]]
part = "group"
column = ["Group"]
[[column]]
name = ["Students"]
measure = "enrollment"
[[column]]
name = ["Rate"]
measure = "attendance-rate"
weight = ["Students"]
"#
    )
}

fn table(last_rate: f64) -> String {
    let mut table = "ID,District,Year,Group,Students,Rate\n".to_owned();
    for year in 2016..2025 {
        for district in 1..9 {
            let (students, rate) = (400 + 10 * district, 90.0 + f64::from((year + district) % 7) / 2.0);
            table.push_str(&format!("{district},Ash {district},{year},All,{students},{rate}\n"));
            table.push_str(&format!("{district},Ash {district},{year},White,{},{rate}\n", students / 2));
        }
    }
    table.push_str(&format!("1,Ash 1,2025,All,410,{last_rate}\n1,Ash 1,2025,White,n/a,*\n"));
    table
}

fn made(is_public: bool) -> Made {
    Made::new().layout("made.toml", &layout(is_public)).write("made.csv", table(95.0).as_bytes(), "made.toml")
}

/// All files of the pack.
fn pack(made: &Made) -> BTreeMap<PathBuf, Vec<u8>> {
    pack_after(made, None)
}

/// All files of the pack for readers who have another one.
fn pack_after(made: &Made, previous: Option<PathBuf>) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut project = made.open("1");
    project.previous = previous;
    let session = Session::read(&project).unwrap();
    let formats = [Format::Html, Format::Svg].into_iter().collect();
    session.build("1", &project.out, &formats).unwrap();
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&project.out) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            files.insert(entry.path().to_owned(), fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The entries of the cache, by name.
fn entries(made: &Made) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(cache(made)).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn cache(made: &Made) -> PathBuf {
    made.path().join(".retreat/cache")
}

/// The entry of the project's data: it begins with its own sign.
fn kept(made: &Made) -> Option<PathBuf> {
    entries(made).into_iter().find(|entry| fs::read(entry).unwrap().starts_with(b"retreat2"))
}

fn latest_rate(made: &Made) -> f64 {
    made.read().value("1", 2025, "attendance-rate")
}

#[test]
fn a_second_build_from_kept_data_is_the_same_to_the_byte() {
    let made = made(true);
    let first = pack(&made);
    let entry = kept(&made).unwrap();
    let before = fs::metadata(&entry).unwrap().modified().unwrap();
    assert_eq!(pack(&made), first);
    assert_eq!(fs::metadata(&entry).unwrap().modified().unwrap(), before);
    // Without the file's own reading, only the kept data is left to start from.
    let others = entries(&made).into_iter().filter(|other| *other != entry);
    others.for_each(|other| fs::remove_file(other).unwrap());
    assert_eq!(pack(&made), first);
}

#[test]
fn a_changed_file_setting_or_layout_is_seen() {
    let mut made = made(true);
    assert!((latest_rate(&made) - 95.0).abs() < 1e-9);
    fs::write(made.path().join("made.csv"), table(88.0)).unwrap();
    assert!((latest_rate(&made) - 88.0).abs() < 1e-9);
    // Back to the old content: the old entry is gone or right.
    fs::write(made.path().join("made.csv"), table(95.0)).unwrap();
    assert!((latest_rate(&made) - 95.0).abs() < 1e-9);
    let without_rate = layout(true).replace("measure = \"attendance-rate\"", "measure = \"graduation-rate\"");
    fs::write(made.path().join("made.toml"), without_rate).unwrap();
    assert!(latest_rate(&made).is_nan());
    fs::write(made.path().join("made.toml"), layout(true)).unwrap();
    fs::write(made.path().join("other.csv"), table(91.0).replace(",2025,", ",2026,")).unwrap();
    made = made.source("other.csv", "made.toml");
    assert!((made.read().value("1", 2026, "attendance-rate") - 91.0).abs() < 1e-9);
}

#[test]
fn damaged_entries_cost_time_and_nothing_else() {
    let made = made(true);
    let first = pack(&made);
    let entry = kept(&made).unwrap();
    let whole = fs::read(&entry).unwrap();
    for at in [0, 9, 20, whole.len() / 2, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x20;
        fs::write(&entry, &damaged).unwrap();
        assert_eq!(pack(&made), first, "byte {at}");
    }
    for length in [0, 7, whole.len() / 3] {
        fs::write(&entry, &whole[..length]).unwrap();
        assert_eq!(pack(&made), first, "{length} bytes");
    }
}

/// What an earlier pack makes necessary is decided anew in each run.
#[test]
fn private_data_is_withheld_alike_from_kept_data() {
    let made = made(false);
    let first = pack(&made);
    assert!(kept(&made).is_some());
    assert_eq!(pack(&made), first);
    fs::remove_dir_all(cache(&made)).unwrap();
    assert_eq!(pack(&made), first);
}

/// The entry of what audits found.
fn verdicts(made: &Made) -> Option<PathBuf> {
    entries(made).into_iter().find(|entry| fs::read(entry).unwrap().starts_with(b"retreat3"))
}

/// How many packs are kept as having passed their audit.
fn passed(made: &Made) -> usize {
    let Some(entry) = verdicts(made) else { return 0 };
    let bytes = fs::read(entry).unwrap();
    // After the sign and the length of the JSON; before the checksum.
    let verdicts: serde_json::Value = serde_json::from_slice(&bytes[16..bytes.len() - 4]).unwrap();
    verdicts["passed"].as_array().unwrap().len()
}

/// A pack that passed its audit is known by its tables and by all that they depend on.
#[test]
fn a_pack_is_audited_again_only_if_something_changed() {
    let made = made(false);
    let first = pack(&made);
    assert_eq!(passed(&made), 1);
    // With the same pack as the earlier one, nothing is added to what readers know.
    fs::remove_file(verdicts(&made).unwrap()).unwrap();
    assert_eq!(pack(&made), first);
    assert_eq!(passed(&made), 1);
    // Readers of an earlier pack with another number know more, so the pack is attacked with it, and not kept as passed.
    let previous = made.path().join("previous");
    fs::create_dir_all(previous.join("data")).unwrap();
    for table in ["observations.csv", "measures.csv"] {
        let text = fs::read_to_string(made.path().join("out/data").join(table)).unwrap();
        fs::write(previous.join("data").join(table), text.replace(",410", ",409")).unwrap();
    }
    fs::remove_dir_all(cache(&made)).unwrap();
    pack_after(&made, Some(previous));
    assert_eq!(passed(&made), 0);
}

#[test]
fn problems_are_said_in_every_run() {
    let made = made(true);
    let wrong = table(95.0).replace("1,Ash 1,2024,All,410", "1,Ash 1,2024,All,4I0");
    fs::write(made.path().join("made.csv"), wrong).unwrap();
    let first: Vec<String> = made.read().data.diagnostics.iter().map(|d| format!("{d:?}")).collect();
    assert!(first.iter().any(|problem| problem.contains("4I0")), "{first:?}");
    assert!(Path::new(&cache(&made)).is_dir() && kept(&made).is_some());
    let second: Vec<String> = made.read().data.diagnostics.iter().map(|d| format!("{d:?}")).collect();
    assert_eq!(second, first);
}

/// The entries of districts: they begin with their own sign.
fn kept_districts(made: &Made) -> Vec<PathBuf> {
    let entries = entries(made).into_iter();
    entries.filter(|entry| fs::read(entry).unwrap().starts_with(b"retreat4")).collect()
}

/// All that `swot` says of a district.
fn swot(made: &Made, district: &str) -> String {
    let project = made.open("1");
    let district = match kept_district(&project, district) {
        Some(kept) => kept,
        None => Session::read(&project).unwrap().district(district).unwrap().into_compared(),
    };
    let findings = propose(&district.comparisons, &project.catalog, &district.choices);
    format!("{district:#?}{findings:#?}")
}

#[test]
fn a_kept_district_is_the_same_to_the_last_bit() {
    for is_public in [true, false] {
        let made = made(is_public);
        let first = swot(&made, "1");
        assert!(kept_district(&made.open("1"), "1").is_some());
        assert_eq!(swot(&made, "1"), first);
        // In any spelling, and not for another district.
        assert!(kept_district(&made.open("1"), "01").is_some());
        assert!(kept_district(&made.open("1"), "2").is_none());
        fs::remove_dir_all(cache(&made)).unwrap();
        assert_eq!(swot(&made, "1"), first);
    }
}

#[test]
fn a_kept_district_is_not_used_once_anything_has_changed() {
    let made = made(false);
    let is_kept = || kept_district(&made.open("1"), "1").is_some();
    swot(&made, "1");
    assert!(is_kept());
    fs::write(made.path().join("made.csv"), table(88.0)).unwrap();
    assert!(!is_kept());
    fs::write(made.path().join("made.csv"), table(95.0)).unwrap();
    assert!(is_kept());
    // Readers have a pack: what it shows decides what else must be withheld.
    pack(&made);
    assert!(!is_kept());
    swot(&made, "1");
    assert!(is_kept());
    fs::write(made.path().join("out/data/measures.csv"), "other").unwrap();
    assert!(!is_kept());
    fs::remove_dir_all(made.path().join("out")).unwrap();
    let without_rate =
        layout(false).replace("measure = \"attendance-rate\"", "measure = \"graduation-rate\"");
    fs::write(made.path().join("made.toml"), without_rate).unwrap();
    assert!(!is_kept());
}

#[test]
fn a_pack_of_public_data_leaves_kept_districts_as_they_are() {
    let made = made(true);
    swot(&made, "1");
    pack(&made);
    assert!(kept_district(&made.open("1"), "1").is_some());
}

#[test]
fn a_damaged_district_is_compared_again() {
    let made = made(true);
    let first = swot(&made, "1");
    for entry in kept_districts(&made) {
        let whole = fs::read(&entry).unwrap();
        for at in [3, whole.len() / 2, whole.len() - 1] {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x20;
            fs::write(&entry, &damaged).unwrap();
            assert_eq!(swot(&made, "1"), first, "byte {at}");
        }
    }
}

/// The entry of the pictures.
fn pictures(made: &Made) -> Option<PathBuf> {
    entries(made).into_iter().find(|entry| fs::read(entry).unwrap().starts_with(b"retreat7"))
}

#[test]
fn pictures_are_kept_and_made_again_if_they_are_damaged_or_show_something_else() {
    let made = made(true);
    let first = pack(&made);
    let entry = pictures(&made).unwrap();
    let (whole, written) = (fs::read(&entry).unwrap(), fs::metadata(&entry).unwrap().modified().unwrap());
    assert_eq!(pack(&made), first);
    assert_eq!(fs::metadata(&entry).unwrap().modified().unwrap(), written);
    for at in [3, whole.len() / 2, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x20;
        fs::write(&entry, &damaged).unwrap();
        assert_eq!(pack(&made), first, "byte {at}");
        assert_eq!(fs::read(&entry).unwrap(), whole, "byte {at}");
    }
    fs::write(made.path().join("made.csv"), table(88.0)).unwrap();
    let changed = pack(&made);
    assert_ne!(changed, first);
    fs::remove_dir_all(cache(&made)).unwrap();
    assert_eq!(pack(&made), changed);
}

#[test]
fn only_the_districts_asked_for_last_are_kept() {
    let made = made(true);
    for district in 1..9 {
        swot(&made, &district.to_string());
    }
    let before = kept_districts(&made);
    assert_eq!(before.len(), 8);
    // A ninth one takes the place of the first.
    let more = format!("{}9,Ash 9,2024,All,500,91\n", table(95.0));
    fs::write(made.path().join("made.csv"), more).unwrap();
    for district in 1..10 {
        swot(&made, &district.to_string());
    }
    assert_eq!(kept_districts(&made).len(), 8);
    assert!(kept_district(&made.open("1"), "1").is_none() && kept_district(&made.open("1"), "9").is_some());
}
