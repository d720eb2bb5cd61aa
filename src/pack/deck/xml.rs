//! XML as a tree, so that every part of the deck is well formed, and every text escaped, by construction.

use std::fmt::Display;

use crate::pack::xml_text::escaped;

/// How much smaller or larger something is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DrawingScale {
    pub(super) across: f64,
    pub(super) down: f64,
    /// Of text, and of all that belongs to it.
    pub(super) text: f64,
}

impl DrawingScale {
    /// As it is.
    pub(super) const NONE: Self = Self { across: 1.0, down: 1.0, text: 1.0 };

    /// The factor of an attribute; `None` if it is not a length.
    fn factor(self, element: &str, key: &str) -> Option<f64> {
        match (element, key) {
            ("a:off", "x") | ("a:ext", "cx") | ("a:gridCol", "w") => Some(self.across),
            ("a:off", "y") | ("a:ext", "cy") | ("a:tr", "h") => Some(self.down),
            _ => TEXT_LENGTHS
                .iter()
                .any(|(name, keys)| *name == element && keys.contains(&key))
                .then_some(self.text),
        }
    }
}

/// Elements with their attributes that are sizes of text or lengths that belong to it.
const TEXT_LENGTHS: [(&str, &[&str]); 9] = [
    ("a:tcPr", &["marL", "marR", "marT", "marB"]),
    ("a:ln", &["w"]),
    ("a:lnB", &["w"]),
    ("a:rPr", &["sz"]),
    ("a:defRPr", &["sz"]),
    ("a:pPr", &["marL", "indent"]),
    ("a:spcPts", &["val"]),
    ("a:bodyPr", &["lIns", "tIns", "rIns", "bIns"]),
    ("c:size", &["val"]),
];

/// An element with its attributes and what it contains.
#[derive(Debug, Clone)]
pub(super) struct XmlNode {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<XmlContent>,
}

#[derive(Debug, Clone)]
enum XmlContent {
    Node(XmlNode),
    Text(String),
    /// XML that is written as it stands.
    Template(String),
}

impl XmlNode {
    /// An empty element.
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Vec::new() }
    }

    /// An element of DrawingML charts that holds nothing but `val`.
    pub(super) fn value(name: &'static str, value: impl Display) -> Self {
        Self::new(name).with("val", value)
    }

    /// An element that holds nothing but text.
    pub(super) fn holding(name: &'static str, text: &str) -> Self {
        Self::new(name).text(text)
    }

    /// Adds an attribute.
    pub(super) fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// Adds an attribute, unless it is absent.
    pub(super) fn with_some(self, name: &'static str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds an element.
    pub(super) fn add(mut self, child: Self) -> Self {
        self.content.push(XmlContent::Node(child));
        self
    }

    /// Adds elements: those of a list, or an optional one.
    pub(super) fn add_all(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.content.extend(children.into_iter().map(XmlContent::Node));
        self
    }

    /// Adds text.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.content.push(XmlContent::Text(text.to_owned()));
        self
    }

    /// Adds XML that is already written: a template.
    pub(super) fn template(mut self, xml: String) -> Self {
        self.content.push(XmlContent::Template(xml));
        self
    }

    /// The element with all lengths and sizes of text scaled.
    pub(super) fn scaled(self, scale: DrawingScale) -> Self {
        let name = self.name;
        let attributes = self.attributes.into_iter().map(|(key, value)| {
            let length = value.parse::<f64>().ok().zip(scale.factor(name, key));
            (key, length.map_or(value, |(length, factor)| ((length * factor).round() as i64).to_string()))
        });
        Self {
            name,
            attributes: attributes.collect(),
            content: self.content.into_iter().map(|content| content.scaled(scale)).collect(),
        }
    }

    /// The XML document with this root.
    pub(super) fn document(&self) -> String {
        let declaration = ["<?xml version=\"1.0\"", "encoding=\"UTF-8\"", "standalone=\"yes\"?>\n"];
        format!("{}{}", declaration.join(" "), self.fragment())
    }

    /// The element alone.
    pub(super) fn fragment(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&escaped(value));
            out.push('"');
        }
        if self.content.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for content in &self.content {
            content.write(out);
        }
        out.push_str("</");
        out.push_str(self.name);
        out.push('>');
    }
}

impl XmlContent {
    fn scaled(self, scale: DrawingScale) -> Self {
        match self {
            Self::Node(node) => Self::Node(node.scaled(scale)),
            other => other,
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Node(node) => node.write(out),
            Self::Text(text) => out.push_str(&escaped(text)),
            Self::Template(xml) => out.push_str(xml),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::XmlNode;

    #[test]
    fn text_means_itself() {
        let node = XmlNode::new("a:t").with("descr", "5 < 6 & \"so\"\n").text("\u{1}<b>\u{fffe}É & 中");
        let xml = node.document();
        assert!(
            xml.ends_with("<a:t descr=\"5 &lt; 6 &amp; &quot;so&quot;&#10;\">&lt;b&gt;É &amp; 中</a:t>"),
            "{xml}"
        );
        assert!(XmlNode::value("c:idx", 3).document().ends_with("<c:idx val=\"3\"/>"));
    }
}
