//! A PDF file made of pictures.

use std::fmt::Write;

/// Dots per inch that a scanner or camera may have meant.
const RESOLUTIONS: (f64, f64) = (60.0, 1300.0);
/// Longest side (points) of a page as paper has it: larger ones state a resolution that means nothing.
const LONGEST: (f64, f64) = (250.0, 2000.0);
/// Longest side (points) of a page of unknown size: A4.
const A4: f64 = 842.0;

/// A picture, or a strip of one, encoded as PDF files allow.
pub(super) struct Strip {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Entries of its dictionary beside size and length.
    pub(super) entries: String,
    pub(super) data: Vec<u8>,
}

/// A page: strips from top to bottom.
pub(super) struct PicturePage {
    pub(super) strips: Vec<Strip>,
    /// Dots per inch across and down, where they are stated.
    pub(super) resolution: Option<(f64, f64)>,
    /// How it is to be turned: the number that cameras and TIFF files give.
    pub(super) orientation: u16,
}

impl PicturePage {
    /// Shows it in a size (points), where that is known, whatever the picture says of itself.
    pub(super) fn show_in(&mut self, size: Option<(f64, f64)>) {
        let width = self.strips.iter().map(|strip| strip.width).max().unwrap_or(1);
        let height: f64 = self.strips.iter().map(|strip| f64::from(strip.height)).sum();
        let turned = matches!(self.orientation, 6 | 8);
        let dots = |(w, h): (f64, f64)| if turned { (h, w) } else { (w, h) };
        let shown = size.map(dots).filter(|(w, h)| *w > 0.0 && *h > 0.0);
        self.resolution = shown.map(|(w, h)| (f64::from(width) / w * 72.0, height / h * 72.0)).or(self.resolution);
    }

    /// Width and height in points.
    fn size(&self) -> (f64, f64) {
        let width = self.strips.iter().map(|strip| strip.width).max().unwrap_or(1);
        let (width, height) = (f64::from(width), self.strips.iter().map(|strip| f64::from(strip.height)).sum::<f64>());
        let sound = |dots: f64| (RESOLUTIONS.0..=RESOLUTIONS.1).contains(&dots);
        let stated = self.resolution.filter(|(x, y)| sound(*x) && sound(*y));
        let size = stated.map(|(x, y)| (width / x * 72.0, height / y * 72.0));
        let plausible = |(w, h): &(f64, f64)| (LONGEST.0..=LONGEST.1).contains(&w.max(*h));
        let scale = A4 / width.max(height);
        size.filter(plausible).unwrap_or((width * scale, height * scale))
    }

    fn rotation(&self) -> u32 {
        match self.orientation {
            3 => 180,
            6 => 90,
            8 => 270,
            _ => 0,
        }
    }
}

/// The file.
pub(super) fn document(pages: &[PicturePage]) -> Vec<u8> {
    let mut out = Writer { bytes: b"%PDF-1.7\n".to_vec(), offsets: Vec::new() };
    let mut kids = String::new();
    // Numbers: 1 the catalogue, 2 the list of pages; then each page, its content and its strips.
    let mut next = 3;
    for page in pages {
        _ = write!(kids, "{next} 0 R ");
        next += 2 + page.strips.len();
    }
    out.object("<< /Type /Catalog /Pages 2 0 R >>");
    out.object(&format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()));
    for page in pages {
        let own = out.offsets.len() + 1;
        let (width, height) = page.size();
        let rows: f64 = page.strips.iter().map(|strip| f64::from(strip.height)).sum();
        let (mut names, mut content, mut y) = (String::new(), String::new(), height);
        for (at, strip) in page.strips.iter().enumerate() {
            let high = f64::from(strip.height) / rows.max(1.0) * height;
            y -= high;
            _ = write!(names, "/I{at} {} 0 R ", own + 2 + at);
            _ = write!(content, "q {width:.4} 0 0 {high:.4} 0 {y:.4} cm /I{at} Do Q ");
        }
        out.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.4} {height:.4}] /Rotate {} /Contents {} 0 R \
             /Resources << /XObject << {names}>> >> >>",
            page.rotation(),
            own + 1
        ));
        out.stream("", content.as_bytes());
        for Strip { width, height, entries, data } in &page.strips {
            let entries = format!("/Type /XObject /Subtype /Image /Width {width} /Height {height} {entries}");
            out.stream(&entries, data);
        }
    }
    out.finish()
}

struct Writer {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl Writer {
    fn begin(&mut self) {
        self.offsets.push(self.bytes.len());
        self.bytes.extend(format!("{} 0 obj\n", self.offsets.len()).bytes());
    }

    fn object(&mut self, text: &str) {
        self.begin();
        self.bytes.extend(text.bytes().chain(*b"\nendobj\n"));
    }

    fn stream(&mut self, entries: &str, data: &[u8]) {
        self.begin();
        self.bytes.extend(format!("<< {entries} /Length {} >>\nstream\n", data.len()).bytes());
        self.bytes.extend_from_slice(data);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }

    fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.offsets.len() + 1);
        for offset in &self.offsets {
            _ = writeln!(table, "{offset:010} 00000 n ");
        }
        _ = writeln!(table, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF", self.offsets.len() + 1);
        self.bytes.extend(table.bytes());
        self.bytes
    }
}
