"""The same work as `retreat build --format html,svg,png`, as a good Python script does it.

    python3 peer.py layout.json DATA_FOLDER OUT [--cache FILE]

It reads the same files (polars, fastexcel), chooses the same peers, and computes the same standings and trends (polars,
SciPy), writes the tables, and draws as many charts (matplotlib, on all cores), as SVG, as PNG of the same width, and on
a page. It does nothing else that a pack needs: no disclosure control, no derived measures, no regression, projections,
candidates, audit, or report of problems. `--cache` keeps what was read, like retreat's cache.
"""

import argparse
import concurrent.futures
import functools
import hashlib
import json
import math
import multiprocessing
import os
import pathlib

import fastexcel
import numpy
import polars as pl
from scipy import stats

from sheets import frame

KEY = ["measure", "group", "grade", "subject"]
PARTS = ["school_year", *KEY]
FEWEST = 5


def number(column, masks):
    text = pl.col(column).str.strip_chars().str.strip_chars("'").str.replace_all(r"[,$%]", "")
    return pl.when(~text.is_in(masks)).then(text.cast(pl.Float64, strict=False))


def ids(column):
    return pl.col(column).str.strip_chars().str.strip_chars("'").str.strip_chars_start("0")


def read_sheet(path, layout, masks, reader=None):
    """A sheet's observations: district, year, key, value."""
    table = frame(path, layout["sheet"], reader)
    names = table.columns
    table = table.slice(layout["first_row"]).with_columns(ids(names[layout["id"]]).alias("district"))
    table = table.filter(pl.col("district").str.contains("^[0-9]"))
    blocks = {}
    for column in layout["columns"]:
        told = {part: value for part, value in column["key"].items() if isinstance(value, dict)}
        blocks.setdefault(json.dumps(told, sort_keys=True), (told, []))[1].append(column)
    found = []
    for told, columns in blocks.values():
        block = table
        for part, how in told.items():
            old, new = list(how["meanings"]), list(how["meanings"].values())
            texts = pl.col(names[how["column"]]).str.strip_chars()
            block = block.with_columns(texts.replace_strict(old, new, default=None).alias(part))
        values = [
            (number(names[column["column"]], masks) * column["scale"]).alias(str(at))
            for at, column in enumerate(columns)
        ]
        block = block.select("district", *told, *values).unpivot(index=["district", *told], variable_name="at")
        fixed = [part for part in PARTS if part not in told]
        keys = pl.DataFrame(
            [{"at": str(at), **{part: column["key"][part] for part in fixed}} for at, column in enumerate(columns)]
        )
        block = block.drop_nulls(["value", *told]).join(keys, on="at").select("district", *PARTS, "value")
        found.append(block)
    return pl.concat(found)


def read_all(layout, folder):
    readers, parts = {}, []
    for at, sheet in enumerate(layout["sheets"]):
        path = folder / sheet["file"]
        reader = None
        if path.suffix != ".csv":
            reader = readers.setdefault(path, None) or fastexcel.read_excel(path)
            readers[path] = reader
        parts.append(read_sheet(path, sheet, layout["masks"], reader).with_columns(pl.lit(at).alias("order")))
    data = pl.concat(parts).with_columns(pl.col("school_year").cast(pl.Int32))
    # A later file revises an earlier one.
    data = data.sort("order", maintain_order=True).unique(["district", *PARTS], keep="last", maintain_order=True)
    return data.drop("order")


def cached(layout, folder, cache):
    """What was read, unless a file has changed since it was kept."""
    if cache is None:
        return read_all(layout, folder)
    state = hashlib.sha256(json.dumps(layout["sheets"]).encode())
    for sheet in sorted({sheet["file"] for sheet in layout["sheets"]}):
        state.update((folder / sheet).read_bytes())
    path = pathlib.Path(f"{cache}-{state.hexdigest()}.parquet")
    if path.exists():
        return pl.read_parquet(path)
    data = read_all(layout, folder)
    data.write_parquet(path, compression="lz4")
    return data


def choose_peers(data, layout, folder, own):
    """The ten nearest districts by enrollment and three shares of it."""
    year = int(layout["peer_year"])
    whole = pl.all_horizontal(pl.col(part) == "all" for part in ["grade", "subject"])
    counts = data.filter(whole & (pl.col("measure") == "enrollment") & (pl.col("school_year") == year))
    wide = counts.pivot("group", index="district", values="value")
    groups = ["low-income", "english-learners", "students-with-disabilities"]
    shares = data.filter(whole & pl.col("measure").is_in(["enrollment-share"]) & (pl.col("school_year") == year))
    if set(groups) <= set(wide.columns):
        parts = [(100 * pl.col(group) / pl.col("all")).alias(group) for group in groups]
        wide = wide.select("district", pl.col("all").log(), *parts).drop_nulls()
    else:
        wide = wide.select("district", pl.col("all").log()).join(
            shares.pivot("group", index="district", values="value").select("district", *groups), on="district"
        )
        wide = wide.drop_nulls()
    if layout["within"]:
        file, sheet, column = layout["within"]
        table = frame(folder / file, sheet or None)
        names = table.columns
        header = next(row for row in table.head(20).rows() if column in row)
        kind = names[header.index(column)]
        kinds = table.select(ids(names[layout_id(layout, file, sheet)]).alias("district"), kind=kind)
        wide = wide.join(kinds.unique("district"), on="district")
        wide = wide.filter(pl.col("kind") == wide.filter(pl.col("district") == own)["kind"][0]).drop("kind")
    places = wide.drop("district").to_numpy()
    places = (places - places.mean(axis=0)) / places.std(axis=0, ddof=1)
    at = wide["district"].to_list().index(own)
    distances = numpy.sqrt(((places - places[at]) ** 2).sum(axis=1))
    nearest = wide.select("district", distance=pl.Series(distances)).filter(pl.col("district") != own)
    return nearest.sort("distance", "district").head(10)


def layout_id(layout, file, sheet):
    found = [known["id"] for known in layout["sheets"] if (known["file"], known["sheet"]) == (file, sheet)]
    return found[0] if found else 0


def standings(data, own, peers):
    """The district's values among its peers' and the state's."""
    by = [*KEY, "school_year"]
    mine = data.filter(pl.col("district") == own).select(*by, own="value")
    beside = data.join(mine, on=by)
    value, mid = pl.col("value"), (pl.col("value") == pl.col("own")).sum() / 2
    percentile = 100 * ((value < pl.col("own")).sum() + mid) / pl.len()
    def quantile(share):
        return value.quantile(share, "linear")
    state = beside.group_by(by).agg(state_n=pl.len(), state_median=value.median(), state_percentile=percentile)
    nearby = beside.filter(pl.col("district").is_in(peers)).group_by(by)
    nearby = nearby.agg(
        peer_n=pl.len(),
        peer_median=value.median(),
        peer_p25=quantile(0.25),
        peer_p75=quantile(0.75),
        peer_percentile=percentile,
    )
    found = mine.join(state, on=by, how="left").join(nearby, on=by, how="left")
    few = {"state_median": "state_n", "state_percentile": "state_n"}
    few |= {name: "peer_n" for name in ["peer_median", "peer_p25", "peer_p75", "peer_percentile"]}
    enough = [pl.when(pl.col(n) >= FEWEST).then(name).alias(name) for name, n in few.items()]
    return found.with_columns(*enough).sort(by)


@functools.cache
def chances(ties):
    """The chance of each number of falling pairs among the pairs that differ, given how often each value occurs."""
    def times(one, size):
        """Multiplied by 1 + q + … + q^(size − 1)."""
        return numpy.convolve(one, numpy.ones(size))
    def divided(one, size):
        return numpy.polydiv(one, numpy.ones(size))[0].round()
    ways = numpy.ones(1)
    for size in range(2, sum(ties) + 1):
        ways = times(ways, size)
    for size in (size for tie in ties for size in range(2, tie + 1)):
        ways = divided(ways, size)
    return ways / ways.sum()


def mann_kendall(values):
    """The two-sided p-value of the Mann–Kendall test: exact up to ten values, also with ties; above that, normal."""
    _, ties = numpy.unique(values, return_counts=True)
    own = abs(numpy.tril(numpy.sign(numpy.subtract.outer(values, values))).sum())
    if len(values) > 10:
        n = len(values)
        variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
        return float(2 * stats.norm.sf(max(own - 1, 0) / math.sqrt(variance))) if variance > 0 else 1.0
    chance = chances(tuple(int(tie) for tie in sorted(ties)))
    score = abs(len(chance) - 1 - 2 * numpy.arange(len(chance)))
    return float(min(1.0, chance[score >= own].sum()))


def trends(data, own):
    """Theil–Sen slopes, and Mann–Kendall tests from four years on."""
    rows = []
    mine = data.filter(pl.col("district") == own).sort([*KEY, "school_year"])
    for key, series in mine.group_by(KEY, maintain_order=True):
        years, values = series["school_year"].to_numpy().astype(float), series["value"].to_numpy()
        if len(years) < 2:
            continue
        slope = stats.theilslopes(values, years)[0]
        p = mann_kendall(values) if len(years) >= 4 else math.nan
        rows.append((*key, int(years[0]), int(years[-1]), len(years), slope, p))
    names = [*KEY, "first_year", "last_year", "n_years", "slope", "p_value"]
    return pl.DataFrame(rows, schema=names, orient="row")


def draw(chart):
    """One chart: the district, its peers' median, and their quartiles, as SVG and PNG."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    pyplot.rcParams["svg.fonttype"] = "path"
    figure, axes = pyplot.subplots(figsize=(12, 6.75))
    axes.fill_between(chart["years"], chart["low"], chart["high"], color="#dddddd", label="Middle half of the peers")
    axes.plot(chart["years"], chart["median"], color="#888888", label="Peer median")
    axes.plot(chart["years"], chart["own"], color="#1f5fa8", marker="o", linewidth=2, label="Our district")
    for year, value in zip(chart["years"], chart["own"]):
        axes.annotate(f"{value:,.1f}", (year, value), textcoords="offset points", xytext=(0, 8), ha="center")
    axes.set_title(chart["title"], loc="left", fontsize=16)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    svg, png = pathlib.Path(chart["path"] + ".svg"), pathlib.Path(chart["path"] + ".png")
    figure.savefig(svg)
    figure.savefig(png, dpi=200)
    pyplot.close(figure)
    return svg.read_text(encoding="utf-8")


def charts(table, count, out):
    """What the charts show: the series of the most years."""
    table = table.filter(pl.col("peer_median").is_not_null())
    chosen = []
    for key, series in table.group_by(KEY, maintain_order=True):
        chosen.append((-series.height, key, series.sort("school_year")))
    chosen.sort(key=lambda found: found[:2])
    listed = []
    for at, (_, key, series) in enumerate(chosen[:count]):
        listed.append(
            {
                "title": " / ".join(part for part in key if part != "all"),
                "path": str(out / "charts" / f"{at:03}"),
                "years": series["school_year"].to_list(),
                "own": series["own"].to_list(),
                "median": series["peer_median"].to_list(),
                "low": series["peer_p25"].to_list(),
                "high": series["peer_p75"].to_list(),
            }
        )
    return listed


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("layout", type=pathlib.Path)
    arguments.add_argument("data", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--cache")
    arguments = arguments.parse_args()
    layout = json.loads(arguments.layout.read_text())
    out = arguments.out
    (out / "charts").mkdir(parents=True, exist_ok=True)
    own = layout["district"].strip().lstrip("0")
    # The workers start while the files are read.
    cores = len(os.sched_getaffinity(0))
    with concurrent.futures.ProcessPoolExecutor(cores, multiprocessing.get_context("forkserver")) as workers:
        data = cached(layout, arguments.data, arguments.cache)
        peers = choose_peers(data, layout, arguments.data, own)
        table = standings(data, own, peers["district"].to_list())
        drawn = workers.map(draw, charts(table, layout["charts"], out), chunksize=4)
        shown = [own, *peers["district"].to_list()]
        data.filter(pl.col("district").is_in(shown)).sort("district", *PARTS).write_csv(out / "observations.csv")
        table.write_csv(out / "comparisons.csv")
        trends(data, own).write_csv(out / "trends.csv")
        peers.write_csv(out / "peers.csv")
        page = ["<!doctype html><meta charset=utf-8><title>Data retreat</title>", *drawn]
    (out / "index.html").write_text("\n".join(page), encoding="utf-8")


if __name__ == "__main__":
    main()
