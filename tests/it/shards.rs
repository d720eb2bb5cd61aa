//! All districts in shards: each of them is built once, whatever is killed, and together they are what one run makes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use polars::prelude::DataFrame;
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use serde_json::Value;

use crate::project::temporary_folder;

const SHARDS: u32 = 3;

/// A layout of private values, so that what readers already have matters.
fn layout(is_public: bool) -> String {
    format!(
        "id = \"made\"\nlabel = \"Made up\"\nauthority = \"a test\"\npublic = {is_public}\n[year]\nfrom = \"column\"\n\
         column = [\"Year\"]\nmeans = \"end\"\n[district]\nid = [\"ID\"]\nname = [\"District\"]\n[[part]]\npart = \"group\"\n\
         column = [\"Group\"]\n[[column]]\nname = [\"Students\"]\nmeasure = \"enrollment\"\n[[column]]\nname = [\"Rate\"]\n\
         measure = \"attendance-rate\"\nweight = [\"Students\"]\n[[attribute]]\nid = \"state\"\n\
         column = [\"State\"]\n"
    )
}

/// Districts of two states and of none; the smallest group is too small to be shown.
fn table(ids: &[&str], last_rate: &str) -> String {
    let mut table = "ID,District,State,Year,Group,Students,Rate\n".to_owned();
    for (number, id) in ids.iter().enumerate() {
        let state = ["TX", "IL", ""][number % 3];
        let (all, few) = (40 + 7 * number, 3 + number % 5);
        for year in 2019..2025 {
            let rate =
                if year == 2024 { last_rate.to_owned() } else { format!("9{}.5", (number + year) % 7) };
            for (group, students) in [("All", all), ("White", all - few), ("Asian", few)] {
                table.push_str(&format!("{id},Ash {number},{state},{year},{group},{students},{rate}\n"));
            }
        }
    }
    table
}

const IDS: [&str; 7] = ["01", "02", "03", "04", "05", "06", "07"];

/// A project in a temporary folder.
struct Sharded {
    folder: tempfile::TempDir,
}

impl Sharded {
    fn new(is_public: bool) -> Self {
        Self::with_ids(is_public, &IDS)
    }

    fn with_ids(is_public: bool, ids: &[&str]) -> Self {
        let made = Self { folder: temporary_folder() };
        made.write("made.toml", &layout(is_public));
        made.write("made.csv", &table(ids, "94.5"));
        made.write(
            "retreat.toml",
            "[retreat]\ntitle = \"All\"\ndistrict = \"1\"\n[[source]]\npath = \"made.csv\"\nlayout = \"made.toml\"\n[pack]\n\
             formats = [\"html\"]\n",
        );
        made
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retreat"));
        command.args(arguments).current_dir(self.path()).env("RAYON_NUM_THREADS", "2");
        for variable in ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"] {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs it; it ends with this code. Returns what it says.
    fn ends(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        said
    }

    fn shard(&self, shard: &str) -> String {
        self.ends(0, &["build", ".", "--all-districts", "--shard", shard])
    }

    fn all_shards(&self) {
        (1..=SHARDS).for_each(|number| drop(self.shard(&format!("{number}/{SHARDS}"))));
    }

    fn whole(&self) -> String {
        self.ends(0, &["build", ".", "--all-districts"])
    }

    fn merge(&self) -> String {
        self.ends(0, &["merge-shards", "."])
    }

    fn out(&self) -> Tree {
        tree(&self.path().join("out"))
    }

    fn manifest(&self) -> Value {
        let text = fs::read_to_string(self.path().join("out/portfolio/manifest.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// All files below a folder, with their content.
type Tree = BTreeMap<PathBuf, Vec<u8>>;

fn tree(root: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(root).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

fn assert_same(one: &Tree, other: &Tree) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let different: Vec<&PathBuf> = one.keys().filter(|name| one[*name] != other[*name]).collect();
    assert!(different.is_empty(), "{different:?}");
}

#[test]
fn shards_together_are_what_one_run_makes() {
    for is_public in [true, false] {
        let (one, some) = (Sharded::new(is_public), Sharded::new(is_public));
        one.whole();
        some.all_shards();
        some.merge();
        assert_same(&one.out(), &some.out());
        // Again, on another number of machines, from another folder, and merged twice.
        let other = Sharded::new(is_public);
        for shard in ["1/2", "2/2"] {
            other.shard(shard);
        }
        other.merge();
        other.merge();
        assert_same(&one.out(), &other.out());
    }
}

#[test]
fn shards_that_run_at_the_same_time_share_one_cache() {
    let (one, some) = (Sharded::new(false), Sharded::new(false));
    one.whole();
    let children: Vec<_> = (1..=SHARDS)
        .map(|number| {
            let shard = format!("{number}/{SHARDS}");
            some.command(&["build", ".", "--all-districts", "--shard", &shard]).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    some.merge();
    assert_same(&one.out(), &some.out());
}

#[test]
fn each_district_is_in_one_shard_and_shards_may_be_empty() {
    let made = Sharded::new(true);
    let said: Vec<String> = (1..=9).map(|number| made.shard(&format!("{number}/9"))).collect();
    let built = said.iter().flat_map(|said| said.lines()).filter(|line| line.starts_with("Built the pack"));
    let names: Vec<&str> = built.map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(names.len(), IDS.len(), "{names:?}");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), IDS.len(), "{names:?}");
    assert!(said.iter().any(|said| said.contains("0 packs built")));
    made.merge();
    assert_eq!(made.manifest()["districts"].as_array().unwrap().len(), IDS.len());
}

#[test]
fn a_finished_pack_is_built_again_only_if_something_has_changed() {
    let made = Sharded::new(false);
    made.whole();
    let before = made.out();
    assert!(made.whole().contains("0 packs built, 7 already there and unchanged"));
    assert_same(&before, &made.out());
    // A file of a pack is gone, or was changed back and forth.
    fs::remove_file(made.path().join("out/03/index.html")).unwrap();
    let again = made.whole();
    assert!(again.contains("1 pack built, 6 already there") && again.contains("Ash 2"), "{again}");
    assert_same(&before, &made.out());
    // A file that somebody put there, or changed, is theirs, as in any build.
    let theirs = made.path().join("out/04/notes.txt");
    fs::write(&theirs, "mine").unwrap();
    let refused = made.ends(1, &["build", ".", "--all-districts"]);
    assert!(refused.contains("district-not-built") && refused.contains("notes.txt"), "{refused}");
    assert_eq!(fs::read_to_string(&theirs).unwrap(), "mine");
    let row = made.manifest()["districts"][3].clone();
    assert_eq!((row["id"].as_str(), row["exit"].as_u64()), (Some("04"), Some(2)), "{row}");
    let why = row["not_built"].as_str().unwrap();
    assert!(why.contains("notes.txt") && !why.contains(&*made.path().to_string_lossy()), "{why}");
    fs::remove_file(&theirs).unwrap();
    assert!(made.whole().contains("0 packs built, 7 already there"));
    assert_same(&before, &made.out());
    // Other data, settings, formats, templates.
    made.write("made.csv", &table(&IDS, "91.5"));
    assert!(made.whole().contains("7 packs built"));
    let toml = fs::read_to_string(made.path().join("retreat.toml")).unwrap();
    made.write("retreat.toml", &toml.replace("\"All\"", "\"Other\""));
    assert!(made.whole().contains("7 packs built"));
    let svg = made.ends(0, &["build", ".", "--all-districts", "--format", "svg"]);
    assert!(svg.contains("7 packs built"), "{svg}");
    // What people decide is about the pack of their own district only.
    assert!(made.whole().contains("7 packs built"));
    fs::create_dir(made.path().join("ballots")).unwrap();
    made.write("ballots/notes.txt", "somebody's");
    let own = made.whole();
    assert!(own.contains("1 pack built, 6 already there") && own.contains("Ash 0"), "{own}");
}

#[test]
fn a_shard_that_was_killed_builds_what_is_missing() {
    let (one, killed) = (Sharded::new(false), Sharded::new(false));
    // Readers have packs of older data, which must not matter less because some of them were replaced already.
    for made in [&one, &killed] {
        made.write("made.csv", &table(&IDS, "88.5"));
        made.whole();
        made.write("made.csv", &table(&IDS, "94.5"));
    }
    one.whole();
    let mut child = killed.command(&["build", ".", "--all-districts", "-v"]);
    let mut child = child.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take().unwrap()));
    lines.find(|line| line.as_ref().is_ok_and(|line| line.starts_with("Built the pack"))).unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // What it left is finished by shards.
    let said: Vec<String> = (1..=2).map(|number| killed.shard(&format!("{number}/2"))).collect();
    assert!(said.iter().any(|said| said.contains("already there and unchanged")), "{said:?}");
    killed.merge();
    assert_same(&one.out(), &killed.out());
}

#[test]
fn packs_that_somebody_has_deleted_do_not_matter() {
    let (fresh, again) = (Sharded::new(false), Sharded::new(true));
    fresh.whole();
    again.whole();
    // What is private now stands in packs that readers have, until somebody says by deleting them that nobody does.
    again.write("made.toml", &layout(false));
    let refused = again.ends(2, &["build", ".", "--all-districts"]);
    assert!(refused.contains("a reader could work out"), "{refused}");
    fs::remove_dir_all(again.path().join("out")).unwrap();
    again.whole();
    assert_same(&fresh.out(), &again.out());
}

#[test]
fn shards_that_do_not_belong_together_are_not_merged() {
    let made = Sharded::new(true);
    let refused = made.ends(2, &["merge-shards", "."]);
    assert!(refused.contains("no shard of . has finished") && refused.contains("--shard 1/4"), "{refused}");
    made.shard("1/3");
    made.shard("3/3");
    let refused = made.ends(2, &["merge-shards", "."]);
    assert!(refused.contains("shard 2/3 has not finished") && refused.contains("--shard 2/3"), "{refused}");
    assert!(!made.path().join("out/portfolio").exists());
    // Other data.
    made.write("made.csv", &table(&IDS, "91.5"));
    made.shard("2/3");
    let refused = made.ends(2, &["merge-shards", "."]);
    assert!(refused.contains("shards 1/3 and 2/3") && refused.contains("made.csv"), "{refused}");
    made.write("made.csv", &table(&IDS, "94.5"));
    made.shard("2/3");
    made.merge();
    // Other formats, and other settings.
    made.ends(0, &["build", ".", "--all-districts", "--shard", "2/3", "--format", "svg"]);
    let refused = made.ends(2, &["merge-shards", "."]);
    assert!(
        refused.contains("shards 1/3 and 2/3")
            && refused.contains("the formats html, and those of the other svg"),
        "{refused}"
    );
    let toml = fs::read_to_string(made.path().join("retreat.toml")).unwrap();
    made.write("retreat.toml", &format!("{toml}[privacy]\nsmallest-group = 12\n"));
    made.shard("2/3");
    let refused = made.ends(2, &["merge-shards", "."]);
    assert!(refused.contains("shards 1/3 and 2/3") && refused.contains("retreat.toml"), "{refused}");
    made.write("retreat.toml", &toml);
    made.shard("2/3");
    made.merge();
    // Another number.
    made.write("made.csv", &table(&IDS, "90.5"));
    made.shard("1/3");
    made.shard("2/4");
    let refused = made.ends(2, &["merge-shards", "."]);
    assert!(refused.contains("one of 3") && refused.contains("one of 4"), "{refused}");
}

/// Gives the record of a shard another version of the program.
fn with_other_version(record: &Path) {
    let mut bytes = fs::read(record).unwrap();
    let checksum = bytes.len() - 4;
    let wanted = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    let at = bytes.windows(wanted.len()).position(|part| part == wanted.as_bytes()).unwrap();
    let other = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION").replace('0', "7"));
    bytes[at..at + other.len()].copy_from_slice(other.as_bytes());
    let sum = crc32fast::hash(&bytes[..checksum]);
    bytes[checksum..].copy_from_slice(&sum.to_le_bytes());
    fs::write(record, bytes).unwrap();
}

#[test]
fn shards_of_another_version_and_changed_packs_are_named() {
    let made = Sharded::new(true);
    made.all_shards();
    let record = made.path().join(".retreat/shards/shard-2-of-3");
    with_other_version(&record);
    let refused = made.ends(2, &["merge-shards", "."]);
    assert!(
        refused.contains("shards 1/3 and 2/3") && refused.contains("two versions of retreat, 0.1.0 and 7"),
        "{refused}"
    );
    made.shard("2/3");
    // A record that cannot be read is none.
    let whole = fs::read(&record).unwrap();
    fs::write(&record, &whole[..whole.len() / 2]).unwrap();
    let refused = made.ends(2, &["merge-shards", "."]);
    assert!(refused.contains("shard 2/3 has not finished"), "{refused}");
    made.shard("2/3");
    for file in ["data/measures.csv", "report.json"] {
        let path = made.path().join("out/05").join(file);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, [&whole[..], b"\n"].concat()).unwrap();
        let refused = made.ends(2, &["merge-shards", "."]);
        assert!(refused.contains("the pack of Ash 4") && refused.contains("out/05"), "{file}: {refused}");
        fs::write(&path, whole).unwrap();
    }
    let elsewhere = made.ends(2, &["merge-shards", ".", "--out", "elsewhere"]);
    assert!(elsewhere.contains("--out"), "{elsewhere}");
    assert!(!made.path().join("elsewhere").exists());
    made.merge();
}

#[test]
fn wrong_shards_are_refused_and_no_scheduler_is_read_unasked() {
    let made = Sharded::new(true);
    let build = ["build", ".", "--all-districts", "--shard"];
    for (wrong, part) in
        [("0/4", "--shard 1/4"), ("5/4", "--shard 4/4"), ("two", "--shard 1/4"), ("auto", "--shard 1/4")]
    {
        let refused = made.ends(2, &[&build[..], &[wrong]].concat());
        assert!(refused.contains(part) && refused.contains("hint: "), "{wrong}: {refused}");
    }
    assert!(!made.path().join("out").exists());
    let alone = made.ends(2, &["build", ".", "--shard", "1/2"]);
    assert!(alone.contains("--all-districts"), "{alone}");
    let with = |arguments: &[&str], variables: &[(&str, &str)]| {
        let output = made.command(arguments).envs(variables.iter().copied()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        said(&output)
    };
    let array = [
        ("SLURM_ARRAY_TASK_ID", "2"),
        ("SLURM_ARRAY_TASK_MIN", "1"),
        ("SLURM_ARRAY_TASK_MAX", "3"),
        ("SLURM_ARRAY_TASK_COUNT", "3"),
    ];
    assert!(with(&[&build[..], &["auto"]].concat(), &array).contains("Shard 2/3: "));
    assert!(with(&[&build[..], &["1/3"]].concat(), &array).contains("Shard 1/3: "));
    let index = [("JOB_COMPLETION_INDEX", "2")];
    assert!(with(&[&build[..], &["auto/3"]].concat(), &index).contains("Shard 3/3: "));
    let unasked = with(&["build", ".", "--all-districts"], &array);
    assert!(unasked.contains("All districts: ") && unasked.contains("portfolio.html"), "{unasked}");
}

#[test]
fn a_district_may_be_called_like_the_portfolio() {
    let made = Sharded::with_ids(true, &["01", "Portfolio", "portfolio.html"]);
    let said = made.whole();
    assert!(said.contains("folder-renamed"), "{said}");
    let manifest = made.manifest();
    let folders: Vec<&str> =
        manifest["districts"].as_array().unwrap().iter().map(|row| row["folder"].as_str().unwrap()).collect();
    assert_eq!(folders.len(), 3);
    assert!(folders.iter().all(|folder| !folder.eq_ignore_ascii_case("portfolio")), "{folders:?}");
    assert!(folders.iter().all(|folder| made.path().join("out").join(folder).join("index.html").is_file()));
}

/// The rows of a pack's table of values that are about its own district, as texts by column.
fn own_rows(pack: &Path, id: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(pack.join("data/measures.csv")).unwrap();
    let header: Vec<String> =
        reader.headers().unwrap().iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        header.iter().cloned().zip(record.iter().map(str::to_owned)).collect::<BTreeMap<String, String>>()
    });
    rows.filter(|row| row["district_id"] == id).collect()
}

/// The rows of a Parquet file, as texts by column; without those that have no value.
fn parquet_rows(frame: &DataFrame) -> Vec<BTreeMap<String, String>> {
    let mut rows = vec![BTreeMap::new(); frame.height()];
    for column in frame.columns() {
        let cells = column.as_materialized_series().clone();
        for (row, found) in rows.iter_mut().enumerate() {
            let text = match (cells.str(), cells.f64()) {
                (Ok(texts), _) => texts.get(row).map(str::to_owned),
                (_, Ok(numbers)) => numbers.get(row).map(|number| format!("{number}")),
                _ => panic!("{column:?}"),
            };
            found.extend(text.map(|text| (column.name().to_string(), text)));
        }
    }
    rows
}

#[test]
fn the_values_of_all_districts_are_those_of_their_packs() {
    let made = Sharded::new(false);
    made.whole();
    let root = made.path().join("out/portfolio/data");
    let mut found = BTreeMap::new();
    for (name, bytes) in tree(&root) {
        let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().unwrap();
        assert!(frame.column("school_year").is_err() && frame.column("state").is_err());
        let parts: Vec<String> = name.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let [state, year, file] = parts.as_slice() else { panic!("{parts:?}") };
        assert_eq!(file, "part-0000.parquet");
        let year = year.strip_prefix("school_year=").unwrap().to_owned();
        for mut row in parquet_rows(&frame) {
            row.insert("school_year".to_owned(), year.clone());
            let state = state.strip_prefix("state=").unwrap().to_owned();
            found.entry(row["district_id"].clone()).or_insert_with(Vec::new).push((state, row));
        }
    }
    let mut withheld = 0;
    for (number, id) in IDS.iter().enumerate() {
        let expected: Vec<BTreeMap<String, String>> = own_rows(&made.path().join("out").join(id), id)
            .into_iter()
            .map(|row| row.into_iter().filter(|(_, text)| !text.is_empty()).collect())
            .collect();
        let state = ["TX", "IL", "__HIVE_DEFAULT_PARTITION__"][number % 3];
        assert!(found[*id].iter().all(|(at, _)| at == state), "{id}");
        let of_parquet: BTreeSet<_> = found[*id].iter().map(|(_, row)| row.clone()).collect();
        assert_eq!(of_parquet, expected.iter().cloned().collect(), "{id}");
        assert_eq!(found[*id].len(), expected.len(), "{id}");
        let hidden = expected.iter().filter(|row| row["status"] == "withheld");
        withheld += hidden.inspect(|row| assert!(!row.contains_key("value"), "{row:?}")).count();
    }
    assert!(withheld > 0);
    let manifest = made.manifest();
    let rows = manifest["districts"].as_array().unwrap();
    let told: u64 = rows.iter().map(|row| row["withheld"].as_u64().unwrap()).sum();
    assert_eq!(told, withheld as u64);
}

#[test]
fn a_faulty_cell_concerns_the_district_of_its_row() {
    let made = Sharded::new(false);
    let faulty = table(&IDS, "94.5").replacen("03,Ash 2,,2021,All,54,90.5", "03,Ash 2,,2021,All,54,9O.5", 1);
    assert_ne!(faulty, table(&IDS, "94.5"));
    made.write("made.csv", &faulty);
    made.ends(1, &["build", ".", "--all-districts"]);
    let manifest = made.manifest();
    let left_out: Vec<&str> = manifest["districts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["outcome"] != "complete" || row["errors"] != 0)
        .map(|row| row["id"].as_str().unwrap())
        .collect();
    assert_eq!(left_out, ["03"]);
    // A build of another district alone still says that something in the files could not be read.
    assert_eq!(manifest["districts"][0]["exit"], 1);
    let page = fs::read_to_string(made.path().join("out/portfolio/portfolio.html")).unwrap();
    assert_eq!(page.matches("data left out<").count(), 1, "{page}");
}

#[test]
fn the_manifest_names_what_went_in_and_every_file() {
    let made = Sharded::new(false);
    made.whole();
    let manifest = made.manifest();
    let text = fs::read_to_string(made.path().join("out/portfolio/manifest.json")).unwrap();
    assert_eq!(manifest["program"], "retreat");
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["sources"][0]["path"], "made.csv");
    // Somebody who tries all possible contents of a private file could recognize the right one.
    assert!(manifest["sources"][0].get("sha256").is_none(), "{}", manifest["sources"]);
    let of_file = retreat::disk::sha256(&fs::read(made.path().join("made.csv")).unwrap()[..]).unwrap();
    assert!(!text.contains(&of_file) && !text.contains(&*made.path().to_string_lossy()));
    for file in manifest["files"].as_array().unwrap() {
        let path = made.path().join("out/portfolio").join(file["name"].as_str().unwrap());
        let found = retreat::disk::sha256(&fs::read(path).unwrap()[..]).unwrap();
        assert_eq!(file["sha256"], found.as_str());
    }
    for row in manifest["districts"].as_array().unwrap() {
        let report = made.path().join("out").join(row["folder"].as_str().unwrap()).join("report.json");
        let bytes = fs::read(report).unwrap();
        assert_eq!(row["report_sha256"], retreat::disk::sha256(&bytes[..]).unwrap().as_str());
        let report: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(row["candidates"], report["counts"]["findings"]);
        assert_eq!(row["charts"], report["counts"]["exhibits"]);
    }
    let public = Sharded::new(true);
    public.whole();
    assert_eq!(public.manifest()["sources"][0]["sha256"], of_file.as_str());
}

#[test]
fn page_and_workbook_have_a_row_for_each_district_with_a_link_to_its_pack() {
    let made = Sharded::new(false);
    made.whole();
    let folder = made.path().join("out/portfolio");
    let page = fs::read_to_string(folder.join("portfolio.html")).unwrap().replace("&#x2f;", "/");
    let links: Vec<&str> =
        page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let packs: Vec<&&str> = links.iter().filter(|link| !link.starts_with('#')).collect();
    assert_eq!(packs.len(), IDS.len());
    assert!(packs.iter().all(|link| folder.join(link).is_file()), "{packs:?}");
    assert!(!page.contains("src=\"http") && page.contains("<html lang=\"en\">"));
    let accessibility: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("accessibility.json")).unwrap()).unwrap();
    assert!(accessibility["files"].as_array().unwrap().iter().all(|file| file["passed"] == true));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.join("portfolio.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "Districts").unwrap();
    assert_eq!(sheet.height(), IDS.len() + 1);
    let names: Vec<String> = sheet.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(names[..2], ["Ash 0", "Ash 1"]);
    let mut archive = zip::ZipArchive::new(fs::File::open(folder.join("portfolio.xlsx")).unwrap()).unwrap();
    let mut links = archive.by_name("xl/worksheets/_rels/sheet2.xml.rels").unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut links, &mut text).unwrap();
    let targets: Vec<&str> =
        text.split("Target=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(targets.len(), IDS.len());
    assert!(targets.iter().all(|link| folder.join(link).is_file()), "{targets:?}");
}

/// Makes the disk full for one district's pack.
#[test]
fn a_full_disk_leaves_a_shard_to_run_again() {
    let tried = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    if !tried.is_ok_and(|output| output.status.success()) {
        println!("not tried: no strace");
        return;
    }
    let (one, full) = (Sharded::new(false), Sharded::new(false));
    one.whole();
    let path = full.path().canonicalize().unwrap().join("out/.05.partial/index.html");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-P"]).arg(path);
    command.args(["-e", "trace=write", "-e", "inject=write:error=ENOSPC", env!("CARGO_BIN_EXE_retreat")]);
    let build = ["build", ".", "--all-districts", "--shard", "1/1", "--problems-ok"];
    let output = command.args(build).current_dir(full.path()).output().unwrap();
    let said = said(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("shard 1/1 is not finished") && said.contains("No space left"), "{said}");
    let refused = full.ends(2, &["merge-shards", "."]);
    assert!(refused.contains("has finished"), "{refused}");
    assert!(!full.path().join("out/05").exists());
    let again = full.shard("1/1");
    assert!(again.contains("already there and unchanged") && !again.contains("not built"), "{again}");
    full.merge();
    assert_same(&one.out(), &full.out());
}
