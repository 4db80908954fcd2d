//! A small writer of packages.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Parts of a package with their names.
#[derive(Clone)]
pub(super) struct Package(pub(super) Vec<(String, Vec<u8>)>);

/// The beginning of every part's root.
const NAMESPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// A root element of a name with what is inside.
pub(super) fn root(name: &str, inner: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:{name} {NAMESPACE}>{inner}</ofd:{name}>")
}

/// A page of A4 with objects.
pub(super) fn page(objects: &str) -> String {
    let area = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>";
    root("Page", &format!("{area}<ofd:Content><ofd:Layer ID=\"2\">{objects}</ofd:Layer></ofd:Content>"))
}

/// A line of text: digits half as wide as high, all else as wide.
pub(super) fn text(x: f64, y: f64, text: &str) -> String {
    text_with(x, y, text, "")
}

/// The same with further attributes and children.
pub(super) fn text_with(x: f64, y: f64, text: &str, more: &str) -> String {
    let (attributes, children) = more.split_once('|').unwrap_or((more, ""));
    let widths: Vec<String> = text
        .chars()
        .map(|c| if c.is_ascii() { "1.75" } else { "3.5" }.to_owned())
        .take(text.chars().count() - 1)
        .collect();
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<ofd:TextObject ID=\"5\" Boundary=\"{x} {y} 60 5\" Font=\"3\" Size=\"3.5\" {attributes}>{children}<ofd:TextCode X=\"0\" \
         Y=\"3.1\" DeltaX=\"{}\">{escaped}</ofd:TextCode></ofd:TextObject>",
        widths.join(" ")
    )
}

/// A line from a place along or down.
pub(super) fn line(x: f64, y: f64, across: f64, down: f64) -> String {
    let (width, height) = (across.max(0.2), down.max(0.2));
    format!(
        "<ofd:PathObject ID=\"6\" Boundary=\"{x} {y} {width} {height}\" LineWidth=\"0.2\"><ofd:AbbreviatedData>M 0 0 L {across} \
         {down}</ofd:AbbreviatedData></ofd:PathObject>"
    )
}

/// A table of two columns with a line around each cell.
pub(super) fn table(rows: &[(&str, &str)]) -> String {
    let (top, high, bottom) = (40.0, 7.0, 40.0 + 7.0 * rows.len() as f64);
    let mut out: String = (0..=rows.len()).map(|row| line(20.0, top + high * row as f64, 120.0, 0.0)).collect();
    out.extend([20.0, 80.0, 140.0].map(|x| line(x, top, 0.0, bottom - top)));
    for (row, (name, amount)) in rows.iter().enumerate() {
        let y = top + high * row as f64 + 1.0;
        out.push_str(&text(22.0, y, name));
        out.push_str(&text(100.0, y, amount));
    }
    out
}

impl Package {
    /// A document with pages.
    pub(super) fn of(pages: &[String]) -> Self {
        let entry =
            |index: usize| format!("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{index}/Content.xml\"/>", 100 + index);
        let list: String = (0..pages.len()).map(entry).collect();
        let mut package = Self(Vec::new());
        package
            .put("OFD.xml", &root("OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"));
        package.put("Doc_0/Document.xml", &document("<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>", &list, ""));
        package
            .put("Doc_0/PublicRes.xml", &root("Res", "<ofd:Fonts><ofd:Font ID=\"3\" FontName=\"宋体\"/></ofd:Fonts>"));
        for (index, page) in pages.iter().enumerate() {
            package.put(&format!("Doc_0/Pages/Page_{index}/Content.xml"), page);
        }
        package
    }

    /// Puts a part in, in place of one of the same name.
    pub(super) fn put(&mut self, name: &str, text: &str) {
        self.put_bytes(name, text.as_bytes());
    }

    pub(super) fn put_bytes(&mut self, name: &str, bytes: &[u8]) {
        self.0.retain(|(other, _)| other != name);
        self.0.push((name.to_owned(), bytes.to_vec()));
    }

    /// The package's bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

/// A document's description: what is common, its pages, what else it names.
pub(super) fn document(common: &str, pages: &str, rest: &str) -> String {
    let area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>";
    root("Document", &format!("<ofd:CommonData>{area}{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>{rest}"))
}
