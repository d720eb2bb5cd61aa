//! The order of elements that PowerPoint insists on (ECMA-376, part 1: 21.2 charts, 19.3 slides, 20.1 text and tables).

use roxmltree::Node;

/// Elements with the order of their children. Children in no list must not be there.
const ORDERS: [(&str, &[&str]); 36] = [
    ("chartSpace", &["date1904", "lang", "roundedCorners", "chart", "spPr", "txPr", "externalData"]),
    ("chart", &["title", "autoTitleDeleted", "plotArea", "legend", "plotVisOnly", "dispBlanksAs"]),
    ("plotArea", &["layout", "areaChart", "barChart", "lineChart", "catAx", "valAx"]),
    ("lineChart", &["grouping", "varyColors", "ser", "dLbls", "marker", "axId"]),
    ("barChart", &["barDir", "grouping", "varyColors", "ser", "dLbls", "gapWidth", "overlap", "axId"]),
    ("areaChart", &["grouping", "varyColors", "ser", "dLbls", "axId"]),
    (
        "ser",
        &[
            "idx",
            "order",
            "tx",
            "spPr",
            "invertIfNegative",
            "marker",
            "dPt",
            "dLbls",
            "errBars",
            "cat",
            "val",
            "smooth",
        ],
    ),
    ("dPt", &["idx", "invertIfNegative", "marker", "bubble3D", "explosion", "spPr"]),
    (
        "dLbls",
        &[
            "dLbl",
            "numFmt",
            "spPr",
            "txPr",
            "dLblPos",
            "showLegendKey",
            "showVal",
            "showCatName",
            "showSerName",
            "showPercent",
            "showBubbleSize",
            "separator",
            "extLst",
        ],
    ),
    (
        "dLbl",
        &[
            "idx",
            "layout",
            "numFmt",
            "spPr",
            "txPr",
            "dLblPos",
            "showLegendKey",
            "showVal",
            "showCatName",
            "showSerName",
            "showPercent",
            "showBubbleSize",
            "separator",
        ],
    ),
    (
        "catAx",
        &[
            "axId",
            "scaling",
            "delete",
            "axPos",
            "majorGridlines",
            "numFmt",
            "majorTickMark",
            "minorTickMark",
            "tickLblPos",
            "spPr",
            "txPr",
            "crossAx",
            "crosses",
            "auto",
            "lblAlgn",
            "lblOffset",
            "tickLblSkip",
            "noMultiLvlLbl",
        ],
    ),
    (
        "valAx",
        &[
            "axId",
            "scaling",
            "delete",
            "axPos",
            "majorGridlines",
            "numFmt",
            "majorTickMark",
            "minorTickMark",
            "tickLblPos",
            "spPr",
            "txPr",
            "crossAx",
            "crosses",
            "crossBetween",
            "majorUnit",
        ],
    ),
    ("scaling", &["orientation", "max", "min"]),
    ("marker", &["symbol", "size", "spPr"]),
    ("errBars", &["errDir", "errBarType", "errValType", "noEndCap", "val", "spPr"]),
    ("legend", &["legendPos", "layout", "overlay", "spPr", "txPr"]),
    ("manualLayout", &["layoutTarget", "xMode", "yMode", "x", "y", "w", "h"]),
    ("strCache", &["ptCount", "pt"]),
    ("numCache", &["formatCode", "ptCount", "pt"]),
    ("txPr", &["bodyPr", "lstStyle", "p"]),
    ("spPr", &["xfrm", "prstGeom", "noFill", "solidFill", "ln"]),
    ("ln", &["noFill", "solidFill", "prstDash", "round"]),
    ("rPr", &["solidFill"]),
    ("pPr", &["spcBef", "buFont", "buNone", "buChar", "defRPr"]),
    ("txBody", &["bodyPr", "lstStyle", "p"]),
    ("tcPr", &["lnB", "noFill", "solidFill"]),
    ("tc", &["txBody", "tcPr"]),
    ("tbl", &["tblPr", "tblGrid", "tr"]),
    ("sld", &["cSld", "clrMapOvr", "transition", "timing"]),
    ("cSld", &["bg", "spTree", "custDataLst"]),
    ("sp", &["nvSpPr", "spPr", "txBody"]),
    ("graphicFrame", &["nvGraphicFramePr", "xfrm", "graphic"]),
    ("timing", &["tnLst", "bldLst"]),
    (
        "presentation",
        &["sldMasterIdLst", "notesMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle", "extLst"],
    ),
    ("sldMaster", &["cSld", "clrMap", "sldLayoutIdLst", "hf", "txStyles"]),
    ("notesMaster", &["cSld", "clrMap", "notesStyle"]),
];

/// What is in an order that the schema does not allow, or is not in it.
pub(super) fn faults(root: Node<'_, '_>) -> Vec<String> {
    let elements = root.descendants().filter(Node::is_element);
    elements.filter_map(fault).collect()
}

fn fault(node: Node<'_, '_>) -> Option<String> {
    let name = node.tag_name().name();
    // The switch of a group of lines shares its name with the look of a point.
    if name == "marker" && node.attribute("val").is_some() || name == "chart" && node.children().count() == 0
    {
        return None;
    }
    let (_, order) = ORDERS.iter().find(|(parent, _)| *parent == name)?;
    let children: Vec<&str> =
        node.children().filter(Node::is_element).map(|child| child.tag_name().name()).collect();
    let places: Vec<Option<usize>> =
        children.iter().map(|child| order.iter().position(|known| known == child)).collect();
    let is_ordered = places.iter().all(Option::is_some) && places.is_sorted();
    (!is_ordered).then(|| format!("{name}: {children:?}"))
}
