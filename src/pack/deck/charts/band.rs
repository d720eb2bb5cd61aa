//! The band of a line chart: stacked areas, a transparent one that lifts a tinted one. Where years are missing, stacked columns
//! without gaps, because an area would fall to zero there.

use super::elements::{LABEL_TEXT, LabelLook};
use super::end_labels::LineEndLabel;
use super::line::LineChart;
use super::number_format::workbook_format;
use super::series::{BarStand, FilledTrace, LineStyle, LineTrace, area_group, bar_group};
use super::sheet::ChartSheet;
use crate::exhibit::Band;
use crate::pack::deck::palette::tint;
use crate::pack::deck::xml::XmlNode;
use crate::wording::deck as wording;

/// The two series of a band.
pub(super) struct BandPlace {
    traces: [FilledTrace; 2],
    is_area: bool,
}

impl BandPlace {
    pub(super) fn node(&self, sheet: &ChartSheet) -> XmlNode {
        if self.is_area {
            return area_group(sheet, &self.traces);
        }
        bar_group(sheet, &self.traces, BarStand { is_level: false, is_stacked: true, gap: 0 })
    }
}

/// Adds the columns of a band to the sheet.
pub(super) fn add_band(chart: &mut LineChart<'_>, band: &Band) -> BandPlace {
    let filled = filled(&band.values);
    let is_area = filled.iter().all(Option::is_some);
    let values = if is_area { &filled } else { &band.values };
    let low: Vec<Option<f64>> = values.iter().map(|value| Some(value.as_ref()?.0)).collect();
    let height: Vec<Option<f64>> = values.iter().map(|value| value.map(|(low, high)| high - low)).collect();
    let format = workbook_format(chart.figure.unit);
    let below = chart.sheet.add(wording::band_from(&band.label), &low, &format);
    let inside = chart.sheet.add(wording::band_height(&band.label), &height, &format);
    let mut shown = FilledTrace::new(inside, Some(&chart.palette.band));
    let is_whole = band.values.iter().all(Option::is_some);
    shown.edge = is_whole.then(|| tint(&chart.palette.district, 0.45));
    BandPlace { traces: [FilledTrace::new(below, None), shown], is_area }
}

/// The values with those before and after them filled in, if the band begins and ends without a height there.
fn filled(values: &[Option<(f64, f64)>]) -> Vec<Option<(f64, f64)>> {
    let mut filled = values.to_vec();
    let first = values.iter().position(Option::is_some);
    if let Some((at, edge)) = first.and_then(|at| Some((at, values[at].filter(|(low, high)| low == high)?))) {
        filled[..at].fill(Some(edge));
    }
    filled
}

/// The name of the band at its right end, on a line of its own that is not drawn. `None` for a small chart.
pub(super) fn band_label(chart: &mut LineChart<'_>, band: &Band) -> Option<LineEndLabel> {
    if chart.size.is_small {
        return None;
    }
    let point = band.values.iter().rposition(Option::is_some)?;
    let (low, high) = band.values[point]?;
    let middle = f64::midpoint(low, high);
    let name = chart.size.label_lines(&band.label, false).join("\n");
    let mut values = vec![None; band.values.len()];
    values[point] = Some(middle);
    let column = chart.sheet.add(name.clone(), &values, &workbook_format(chart.figure.unit));
    let style = LineStyle { color: chart.palette.quiet.clone(), width: 0.0, dash: None, dots: 0 };
    chart.lines.push(LineTrace { column, style, labels: Vec::new(), drop: None });
    let color = chart.palette.quiet.clone();
    let look = LabelLook { size: LABEL_TEXT, is_bold: false, color, format: "0".to_owned() };
    Some(LineEndLabel {
        line: chart.lines.len() - 1,
        point,
        value: middle,
        name,
        shows_name: true,
        value_text: None,
        look,
    })
}
