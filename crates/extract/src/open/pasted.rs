//! Pictures of pages that somebody pasted into a document: a scan in Word, a picture on each page of an OFD file.
//!
//! They are laid into a PDF file, a page for each, and read as the scans of one.

use crate::error::ExtractError;
use crate::image::{self, Shown};
use crate::limits::Limits;
use crate::model::{Diagnostic, DiagnosticCode, Extraction, Page, Place, Rect};
use crate::ocr::{self, TextRecognizer};
use crate::options::LayoutOptions;
use crate::{canvas, ofd, page, pdf, scan};

/// A document with fewer characters outside its pictures, and no table, is its pictures.
const LITTLE_TEXT: usize = 200;
/// Share of a page that a picture covers which is the page.
const COVERS: f64 = 0.5;

/// A document with what its large pictures show. In one that is hardly more than they, each is a page; in others only those
/// count that show lines of text, and they stand behind everything else.
///
/// # Errors
/// As for reading the pages.
pub(super) fn with_pictures(
    mut document: Extraction,
    pictures: &[Shown],
    (options, limits): (&LayoutOptions, &Limits),
    recognizer: Option<&dyn TextRecognizer>,
) -> Result<Extraction, ExtractError> {
    if pictures.is_empty() {
        return Ok(document);
    }
    let mut say = |code, message| document.diagnostics.push(Diagnostic { code, place: None, message });
    let Some(recognizer) = recognizer else {
        let count = pictures.len();
        say(DiagnosticCode::NeedsOcr, format!("文档里有 {count} 幅大图，图中的文字需要文字识别，未读取"));
        return Ok(document);
    };
    let album = image::album(pictures, limits);
    let lost = (0..pictures.len()).filter(|index| !album.laid.contains(index)).count();
    if lost > 0 {
        let message = format!("文档里有 {lost} 幅大图，图中若有文字，须另存为图片（PNG、JPEG）后单独转换");
        say(DiagnosticCode::AttachmentLeftOut, message);
    }
    if album.laid.is_empty() {
        return Ok(document);
    }
    let is_scan = is_its_pictures(&document);
    let (mut pages, mut diagnostics) = pdf::read_pages(&album.pdf, &LayoutOptions::default(), limits)?;
    if !is_scan {
        let mut written = Vec::new();
        let numbers: Vec<u32> = pages.iter().map(|page| page.number).collect();
        pdf::pictures(&album.pdf, &numbers, limits, |number, picture| {
            if ocr::is_written(&picture) {
                written.push(number);
            }
        })?;
        pages.retain(|page| written.contains(&page.number));
    }
    diagnostics.clear();
    scan::read(&album.pdf, (options, limits), (pages.iter_mut().collect(), &mut diagnostics), Some(recognizer))?;
    let shown = page::assemble(&pages, options, diagnostics);
    Ok(if is_scan { of_pages(document, shown) } else { appended(document, shown) })
}

/// Whether a document is hardly more than its pictures.
fn is_its_pictures(document: &Extraction) -> bool {
    let text: usize = document.lines.iter().map(|line| line.text.chars().count()).sum();
    document.tables.is_empty() && text < LITTLE_TEXT
}

/// A PDF file that shows the pages of a document that is its pictures.
pub(super) fn album_of(document: &Extraction, pictures: &[Shown], limits: &Limits) -> Option<Vec<u8>> {
    let album = image::album(pictures, limits);
    (is_its_pictures(document) && !album.laid.is_empty()).then_some(album.pdf)
}

/// The pages of a document that is its pictures, with the few lines beside them.
fn of_pages(document: Extraction, mut shown: Extraction) -> Extraction {
    shown.format = document.format;
    shown.lines.splice(0..0, document.lines);
    shown.diagnostics.extend(document.diagnostics);
    shown
}

/// A document with what its pictures show behind everything else. It has no pages, so a cell's place is its row and column.
fn appended(mut document: Extraction, shown: Extraction) -> Extraction {
    let before = document.tables.len();
    let one_based = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
    for mut table in shown.tables {
        table.pages.clear();
        table.bbox = Rect::default();
        table.captions.iter_mut().for_each(|caption| caption.place = Place::default());
        for cell in &mut table.cells {
            cell.place = Place { sheet_cell: Some((one_based(cell.row), one_based(cell.col))), ..Place::default() };
        }
        document.tables.push(table);
    }
    document.lines.extend(shown.lines.into_iter().map(|mut line| {
        line.place = Place::default();
        line.tables_before += before;
        line
    }));
    let told = shown.diagnostics.into_iter().map(|diagnostic| Diagnostic { place: None, ..diagnostic });
    document.diagnostics.extend(told);
    document
}

/// Reads the pages of an OFD file that are pictures, where there is something to read them.
///
/// # Errors
/// As for reading the pages.
pub(super) fn read_pages(
    bytes: &[u8],
    (options, limits): (&LayoutOptions, &Limits),
    (pages, diagnostics): (Vec<&mut Page>, &mut Vec<Diagnostic>),
    recognizer: Option<&dyn TextRecognizer>,
) -> Result<(), ExtractError> {
    let mut scans: Vec<&mut Page> = pages.into_iter().filter(|page| canvas::is_scan(page)).collect();
    let Some(recognizer) = recognizer.filter(|_| !scans.is_empty()) else { return Ok(()) };
    let wanted: Vec<u32> = scans.iter().map(|page| page.number).collect();
    let mut pictures: Vec<(u32, Shown)> = Vec::new();
    ofd::pictured_pages(bytes, limits, |page, shown| {
        let covering = |(bbox, _): &&(Rect, &[u8])| area(bbox) >= COVERS * page.width * page.height;
        if let Some((bbox, bytes)) = shown.iter().find(covering).filter(|_| wanted.contains(&page.number)) {
            let size = Some((bbox.width(), bbox.height()));
            pictures.push((page.number, Shown { bytes: bytes.to_vec(), size }));
        }
    })?;
    let (numbers, pictures): (Vec<u32>, Vec<Shown>) = pictures.into_iter().unzip();
    let album = image::album(&pictures, limits);
    if album.laid.is_empty() {
        return Ok(());
    }
    let (mut read, _) = pdf::read_pages(&album.pdf, &LayoutOptions::default(), limits)?;
    let mut told = Vec::new();
    scan::read(&album.pdf, (options, limits), (read.iter_mut().collect(), &mut told), Some(recognizer))?;
    for (mut page, index) in read.into_iter().zip(album.laid) {
        let Some(scan) = scans.iter_mut().find(|scan| scan.number == numbers[index]) else { continue };
        page.number = scan.number;
        let place = Some(format!("第 {} 页", scan.number));
        diagnostics.retain(|d| d.code != DiagnosticCode::NeedsOcr || d.place != place);
        **scan = page;
    }
    // What is said of all pages together holds no longer where each of them was read.
    if scans.iter().all(|page| !page.glyphs.is_empty()) {
        diagnostics.retain(|d| d.code != DiagnosticCode::NeedsOcr || d.place.is_some());
    }
    Ok(())
}

fn area(bbox: &Rect) -> f64 {
    bbox.width() * bbox.height()
}
