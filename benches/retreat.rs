//! What the program costs compared with the same work without it. Run with `cargo bench`; nothing here is a
//! test.
//!
//! Each figure is the median of several runs in this process, and the quoted result is the ratio of two of
//! them. The whole-state benchmarks need the published files: `RETREAT_DATA=/folder cargo bench` names the
//! folder with `texas/` and `illinois/`. Without it, the region and the sample in the repository are used.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::hint::black_box;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use calamine::Reader;
use polars::prelude::{DataFrame, Float64Chunked, IntoColumn, PlSmallStr, PolarsResult, UInt32Chunked};
use std::collections::BTreeMap;

use retreat::chart::{Forms, Theme, draw};
use retreat::compare;
use retreat::domain::Format;
use retreat::exhibit::{Publishers, exhibits};
use retreat::finding::{ProjectChoices, propose};
use retreat::project::Project;
use retreat::run::{self, Data};

type Anything = Box<dyn std::error::Error>;

fn main() -> Result<(), Anything> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = std::env::var_os("RETREAT_DATA").map(PathBuf::from);
    read_text(root, data.as_deref())?;
    read_workbook(root, data.as_deref())?;
    let example = if data.is_some() { "examples/texas" } else { "examples/texas-region" };
    let project = Project::open(&root.join(example))?;
    read_again(&project, example)?;
    let read = whole_build(&project, example)?;
    compare_all(&project, &read, example)?;
    drop(read);
    grow(root)?;
    draw_charts(root)?;
    write_workbook(root)?;
    say(&format!("peak memory of all this: {} MiB", peak_memory().unwrap_or(0)));
    Ok(())
}

fn say(line: &str) {
    // If standard output is closed, there is nobody to report to.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The median time of `runs` runs.
fn median<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

fn report(what: &str, cells: usize, ours: Duration, bare: Duration) {
    let million = cells as f64 / 1e6;
    say(&format!(
        "{what}: {million:.2} M cells, {:.1} M cells/s; a bare loop {:.1} M cells/s; ratio {:.2}",
        million / ours.as_secs_f64(),
        million / bare.as_secs_f64(),
        ratio(ours, bare)
    ));
}

/// Reading a text table, compared with a bare loop of the csv crate over the same file; both start from its
/// bytes on disk.
fn read_text(root: &Path, data: Option<&Path>) -> Result<(), Anything> {
    let path = match data {
        Some(data) => data.join("texas/DISTPERF2_2024.csv"),
        None => root.join("examples/texas-region/data/DISTPERF2_2024.csv"),
    };
    let mut cells = 0;
    let bare = median(15, || -> Result<usize, Anything> {
        let bytes = std::fs::read(&path)?;
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(Cursor::new(bytes));
        let mut record = csv::StringRecord::new();
        cells = 0;
        while reader.read_record(&mut record)? {
            cells += record.iter().map(|field| usize::from(!black_box(field).is_empty())).sum::<usize>();
        }
        Ok(cells)
    });
    let ours = median(15, || {
        sheets::read(&sheets::Input::File(path.clone()), "t.csv")
            .value
            .sheets
            .first()
            .map(sheets::Sheet::cell_count)
    });
    report("reading text", cells, ours, bare);
    Ok(())
}

/// Reading a workbook, compared with a bare loop of calamine's cell reader over the same file.
fn read_workbook(root: &Path, data: Option<&Path>) -> Result<(), Anything> {
    let path = match data {
        Some(data) => data.join("illinois/Historic RC District Data.xlsx"),
        None => root.join("sample_data/enrollment.xlsx"),
    };
    let mut cells = 0;
    let bare = median(7, || -> Result<usize, Anything> {
        let bytes = std::fs::read(&path)?;
        let mut workbook: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes))?;
        cells = 0;
        for name in workbook.sheet_names() {
            let mut reader = workbook.worksheet_cells_reader(&name)?;
            while let Some(cell) = reader.next_cell()? {
                cells += usize::from(!matches!(black_box(cell.get_value()), calamine::DataRef::Empty));
            }
        }
        Ok(cells)
    });
    let ours = median(7, || {
        let sheets = sheets::read(&sheets::Input::File(path.clone()), "t.xlsx").value.sheets;
        sheets.iter().map(sheets::Sheet::cell_count).sum::<usize>()
    });
    report("reading a workbook", cells, ours, bare);
    Ok(())
}

/// Reading all files of a project for the first time, compared with reading them again from the cache.
fn read_again(project: &Project, name: &str) -> Result<(), Anything> {
    let kept = project.folder.join(".retreat");
    let mut first = Vec::new();
    for _ in 0..3 {
        if kept.exists() {
            std::fs::remove_dir_all(&kept)?;
        }
        let start = Instant::now();
        black_box(run::read_files(project)?);
        first.push(start.elapsed());
    }
    first.sort_unstable();
    let again = median(5, || run::read_files(project).map(|r| r.value.len()).unwrap_or(0));
    say(&format!(
        "reading {name}: first {:.2} s, again {:.2} s; ratio {:.3}",
        first[1].as_secs_f64(),
        again.as_secs_f64(),
        ratio(again, first[1])
    ));
    Ok(())
}

/// Everything from input files to output files, for one district.
fn whole_build(project: &Project, name: &str) -> Result<Data, Anything> {
    let start = Instant::now();
    let session = run::Session::read(project)?;
    let read = start.elapsed();
    let out = std::env::temp_dir().join("retreat-bench-out");
    let district = &project.file.retreat.district;
    let built = session.build(district, &out, &retreat::pack::Formats::all())?;
    let whole = start.elapsed();
    std::fs::remove_dir_all(&out)?;
    say(&format!(
        "whole build of {name}: {} observations, {} charts; {:.2} s, of which reading {:.2} s",
        session.data.observations,
        built.report.counts.exhibits,
        whole.as_secs_f64(),
        read.as_secs_f64()
    ));
    Ok(session.data)
}

/// Trends of every series and peers of every district, compared with a polars median per series.
fn compare_all(project: &Project, data: &Data, name: &str) -> Result<(), Anything> {
    let file = &project.file;
    let settings = compare::PeerSettings::new(&project.catalog.peers, &file.peers, &file.retreat.district);
    let (released, catalog) = (&data.released, &project.catalog);
    let trends = median(3, || compare::trends(released, catalog).len());
    let series = compare::trends(released, catalog).len();
    let peers = median(3, || compare::all_peer_groups(released, catalog, &settings).len());
    let districts = released.terms().districts.len();
    let frame = series_frame(data)?;
    let pass = median(3, || polars_pass(&frame).map(|f| f.height()).unwrap_or(0));
    say(&format!(
        "{name}: {} values; trends of {series} series {:.2} s, peers of {districts} districts {:.2} s; a median a series by \
         polars {:.2} s; ratio {:.2}; peak memory so far {} MiB",
        frame.height(),
        trends.as_secs_f64(),
        peers.as_secs_f64(),
        pass.as_secs_f64(),
        ratio(trends + peers, pass),
        peak_memory().unwrap_or(0)
    ));
    let single = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let one = single.install(|| median(3, || compare::trends(released, catalog).len()));
    say(&format!("  trends on one thread against all: ratio {:.2}", ratio(one, trends)));
    Ok(())
}

/// The released values, numbered by series and district.
fn series_frame(data: &Data) -> Result<DataFrame, Anything> {
    let view = data.released.view()?;
    let (mut series, mut districts, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (position, run) in data.released.runs().iter().enumerate() {
        for row in view.rows(run.rows.clone()).filter(|row| row.value.is_some()) {
            series.push(u32::try_from(position)?);
            districts.push(row.district);
            values.extend(row.value);
        }
    }
    let column = |name: &'static str| PlSmallStr::from_static(name);
    Ok(DataFrame::new_infer_height(vec![
        UInt32Chunked::from_vec(column("series"), series).into_column(),
        UInt32Chunked::from_vec(column("district"), districts).into_column(),
        Float64Chunked::from_vec(column("value"), values).into_column(),
    ])?)
}

/// The median of each district's values in each series.
#[allow(deprecated, reason = "the lazy way needs features that link an HTTP client")]
fn polars_pass(frame: &DataFrame) -> PolarsResult<DataFrame> {
    frame.group_by(["series", "district"])?.select(["value"]).median()
}

/// The sample's districts, repeated with noise: how the cost grows with the number of series.
fn grow(root: &Path) -> Result<(), Anything> {
    let sample = Project::open(&root.join("sample_data"))?;
    let session = run::Session::read(&sample)?;
    for times in [1, 10, 50] {
        let folder = std::env::temp_dir().join(format!("retreat-bench-{times}"));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("layout.toml"), LAYOUT)?;
        std::fs::write(folder.join("retreat.toml"), PROJECT)?;
        write_repeated(&session.data, times, &folder.join("values.csv"))?;
        let project = Project::open(&folder)?;
        let read = run::Session::read(&project)?;
        compare_all(&project, &read.data, &format!("the sample {times} times"))?;
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

const PROJECT: &str = "[retreat]\ntitle = \"Bench\"\ndistrict = \"1\"\n[[source]]\npath = \"values.csv\"\nlayout = \"layout.toml\"\n";

const LAYOUT: &str = r#"
id = "repeated"
label = "The sample, repeated"
authority = "made up"
public = true
year = { from = "column", column = ["Year"], means = "end" }
district = { id = ["ID"], name = ["District"] }
part = [
  { part = "measure", column = ["Measure"] },
  { part = "group", column = ["Group"] },
  { part = "grade", column = ["Grade"] },
  { part = "subject", column = ["Subject"] },
]
column = [{ name = ["Value"] }]
"#;

/// Every value of every district `times` times, each slightly different (by a hash of its position).
fn write_repeated(data: &Data, times: u32, path: &Path) -> Result<(), Anything> {
    let view = data.released.view()?;
    let mut out = csv::Writer::from_path(path)?;
    out.write_record(["ID", "District", "Year", "Measure", "Group", "Grade", "Subject", "Value"])?;
    for run in data.released.runs() {
        let key = data.released.terms().key(run.key);
        for row in view.rows(run.rows.clone()).filter(|row| !row.derived) {
            let Some(value) = row.value else { continue };
            for copy in 0..times {
                let place = (row.row as u64 + 1).wrapping_mul(u64::from(copy) + 0x9e37_79b9_7f4a_7c15);
                let noise =
                    (place.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40) as f64 / f64::from(1 << 24) - 0.5;
                let id = (copy * 1_000 + row.district + 1).to_string();
                let value = value * (1.0 + 0.02 * noise);
                out.write_record([
                    id.as_str(),
                    &format!("District {id}"),
                    &row.year.to_string(),
                    &key.measure,
                    &key.group,
                    key.grade.id(),
                    &key.subject,
                    &format!("{value:.3}"),
                ])?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// Charts of the sample, drawn and rasterized, on one thread and on two.
fn draw_charts(root: &Path) -> Result<(), Anything> {
    use rayon::prelude::*;
    let project = Project::open(&root.join("sample_data"))?;
    let session = run::Session::read(&project)?;
    let comparisons = session.district(&project.file.retreat.district)?.comparisons;
    let findings = propose(&comparisons, &project.catalog, &ProjectChoices::default());
    let made =
        exhibits(&comparisons, &findings, &project.catalog, &Publishers::default(), &BTreeMap::new()).value;
    let theme = Theme::embedded()?;
    let rate = |threads: usize, forms: Forms| -> Result<f64, Anything> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let drawn = || made.par_iter().filter(|e| draw(e, &theme, forms).is_ok()).count();
        let time = pool.install(|| median(3, drawn));
        Ok(made.len() as f64 / time.as_secs_f64())
    };
    let files = Forms { outlined: true, png: true };
    let (one, two) = (rate(1, files)?, rate(2, files)?);
    say(&format!("drawing: {one:.1} charts/s on one thread, {two:.1} on two; ratio {:.2}", two / one));
    let (svg, outlined) = (rate(1, Forms::default())?, rate(1, Forms { outlined: true, png: false })?);
    say(&format!("  as SVG {svg:.0} charts/s on one thread, with outlined text {outlined:.0}"));
    Ok(())
}

/// The sample's pack with its workbook, compared with the same pack without any format.
fn write_workbook(root: &Path) -> Result<(), Anything> {
    let project = Project::open(&root.join("sample_data"))?;
    let session = run::Session::read(&project)?;
    let out = std::env::temp_dir().join("retreat-bench-workbook");
    let (id, none) = (&project.file.retreat.district, std::iter::empty().collect());
    let without = median(3, || session.build(id, &out, &none).is_ok());
    let with = median(3, || session.build(id, &out, &[Format::Xlsx].into_iter().collect()).is_ok());
    let bytes = std::fs::metadata(out.join("retreat-data.xlsx"))?.len();
    std::fs::remove_dir_all(&out)?;
    say(&format!(
        "workbook of the sample: {bytes} bytes; pack with it {:.2} s, without {:.2} s; ratio {:.2}",
        with.as_secs_f64(),
        without.as_secs_f64(),
        ratio(with, without)
    ));
    Ok(())
}

/// This process's peak memory in MiB, if the system reports it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}
