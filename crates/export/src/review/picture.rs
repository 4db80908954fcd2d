//! A picture of each page, drawn from the file itself, so that a reader can compare.

use super::folders::document_folder;
use super::{grey, plain, script};
use crate::error::ExportError;
use crate::file::replace_file;
use hayro::hayro_interpret::font::FontQuery;
use hayro::hayro_interpret::{InterpreterCache, InterpreterSettings, RenderContent};
use hayro::hayro_syntax::{Pdf, page::Page};
use hayro::vello_cpu::color::palette::css::TRANSPARENT;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use yusuan_extract::Limits;
use yusuan_normalize::NormalizedDocument;

/// The list of a document's pictures. It is written last: where it stands, the pictures are complete.
const LIST: &str = "pages.js";

/// What the list calls on the page.
const FUNCTION: &str = "openPages";

/// Pixels per point: 108 dots per inch. The review page shows a page of A4 some 670 pixels wide, so figures stay sharp when
/// they are enlarged by half.
const SCALE: f32 = 1.5;

/// Longest side in pixels; a poster is drawn smaller.
const LONGEST_SIDE: f32 = 2600.0;

/// Most pages drawn. No disclosure comes near; a hostile file would fill the disk.
const MOST_PAGES: usize = 2_000;

/// Raised when pages are drawn in another way, so that the pictures of an older program are made again.
const FORM: u32 = 3;

/// What stands in place of the picture of a page that nobody asked for.
const NOT_DRAWN: &str = "本页没有表格和金额，未绘图";

/// The pages that are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PagesDrawn {
    /// Every page.
    All,
    /// These, by number.
    These(BTreeSet<u32>),
}

impl PagesDrawn {
    /// The pages on which there is something to compare: a table, an amount of the narrative, a number that was read as neither,
    /// a picture that may hide what was not read.
    pub fn with_figures(document: &NormalizedDocument) -> Self {
        let of_tables = document.statements.iter().flat_map(|statement| {
            let strays = statement.raw.strays.iter().filter_map(|stray| stray.place.page);
            statement.raw.pages.iter().copied().chain(strays)
        });
        let of_words = document.prose.iter().filter_map(|figure| figure.page);
        let strays = document.strays.iter().filter_map(|stray| stray.place.page);
        let scans = document.pages.iter().filter(|page| page.image_share > PICTURED).map(|page| page.number);
        Self::These(of_tables.chain(of_words).chain(strays).chain(scans).collect())
    }

    fn has(&self, page: u32) -> bool {
        match self {
            Self::All => true,
            Self::These(pages) => pages.contains(&page),
        }
    }
}

/// Share of a page above which pictures cover more of it than a letterhead does.
const PICTURED: f64 = 0.1;

/// The pictures of one document.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pictures {
    form: u32,
    doc_id: String,
    /// For each page its file, or why there is none.
    pages: Vec<Picture>,
    /// Whether the file leaves Chinese fonts to the reader's system: their text is missing in the pictures.
    fonts_missing: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Picture {
    file: String,
    error: String,
    /// Whether it was not asked for, so that it may be yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    left_out: bool,
}

impl Picture {
    fn of(file: String) -> Self {
        Self { file, ..Self::default() }
    }

    fn none(why: &str) -> Self {
        Self { error: why.to_owned(), ..Self::default() }
    }

    fn left_out() -> Self {
        Self { left_out: true, ..Self::none(NOT_DRAWN) }
    }
}

/// Draws pages of a PDF or OFD file into the document's folder of the review page below `out`, unless they are there already (the
/// folder is named by content), on up to so many threads. A page that can't be drawn is listed with the reason, and so is one that is not to be; other formats
/// have an empty list.
///
/// It needs nothing but the bytes, and leaves nothing but files: it can run wherever the document is read, in a worker
/// process too, and before or after the document itself is written.
///
/// # Errors
/// [`ExportError`] when a file can't be written.
pub fn draw_pages(
    out: &Path,
    doc_id: &str,
    bytes: &[u8],
    drawn: &PagesDrawn,
    threads: usize,
) -> Result<(), ExportError> {
    if has_pages(out, doc_id, drawn) {
        return Ok(());
    }
    let folder = document_folder(out, doc_id);
    let mut pages = draw_as_read(bytes, &folder, drawn)?;
    let copy = yusuan_extract::openable_pdf(bytes).map(Cow::into_owned);
    let pdf = copy.and_then(|bytes| Pdf::new(bytes).ok());
    let fonts_missing = Arc::new(AtomicBool::new(false));
    let prepare = || Drawing::new(settings(&fonts_missing));
    let all: Vec<_> = pdf.iter().flat_map(|pdf| pdf.pages().iter()).take(MOST_PAGES).zip(1..).collect();
    let written = yusuan_extract::side_by_side(threads, all, prepare, |drawing, (page, number)| {
        if !drawn.has(number) {
            return Ok(Picture::left_out());
        }
        // A panic in a library is this page's failure; what is kept is only read by the pages after it.
        let png = catch_unwind(AssertUnwindSafe(|| drawing.draw(page)));
        match png.unwrap_or_else(|_| Err("绘制本页时程序出错".to_owned())) {
            Ok(png) => {
                let file = format!("p{number:04}.png");
                replace_file(&folder.join(&file), &png).map(|()| Picture::of(file))
            }
            Err(error) => Ok(Picture::none(&error)),
        }
    });
    for picture in written {
        pages.push(picture?);
    }
    let fonts_missing = fonts_missing.load(Ordering::Relaxed);
    let pictures = Pictures { form: FORM, doc_id: doc_id.to_owned(), pages, fonts_missing };
    Ok(replace_file(&folder.join(LIST), script::call(FUNCTION, &pictures).as_bytes())?)
}

/// Draws the pages of a file that is drawn from what was read of it.
fn draw_as_read(bytes: &[u8], folder: &Path, drawn: &PagesDrawn) -> Result<Vec<Picture>, ExportError> {
    let mut pages = Vec::new();
    let mut written = Ok(());
    let mut write = |svg: String| {
        if pages.len() >= MOST_PAGES || written.is_err() {
            return;
        }
        let number = pages.len() as u32 + 1;
        if !drawn.has(number) {
            pages.push(Picture::left_out());
            return;
        }
        let file = format!("p{number:04}.svg");
        written = replace_file(&folder.join(&file), svg.as_bytes());
        pages.push(Picture::of(file));
    };
    // What can't be read was told when the document was.
    let draw = || yusuan_extract::drawn_pages(bytes, &Limits::default(), &mut write).is_ok();
    let _drawn = catch_unwind(AssertUnwindSafe(draw)).unwrap_or_default();
    written?;
    Ok(pages)
}

/// Whether the pictures of these pages of a document are there and complete, so that they need not be drawn again.
pub fn has_pages(out: &Path, doc_id: &str, wanted: &PagesDrawn) -> bool {
    let Some(pictures) = listed(out, doc_id) else { return false };
    let folder = document_folder(out, doc_id);
    let is_there = |(picture, number): (&Picture, u32)| match picture.file.as_str() {
        "" => !picture.left_out || !wanted.has(number),
        file => is_whole(&folder.join(file)),
    };
    pictures.pages.iter().zip(1..).all(is_there)
}

/// Whether a document has pictures, whichever of its pages they show.
pub(super) fn has_any_pages(out: &Path, doc_id: &str) -> bool {
    has_pages(out, doc_id, &PagesDrawn::These(BTreeSet::new()))
}

/// Copies the pictures of a document from another output folder, where they are complete: for folders that are merged.
///
/// # Errors
/// [`ExportError`] when a file can't be written.
pub fn copy_pages(from: &Path, to: &Path, doc_id: &str) -> Result<(), ExportError> {
    let (there, folder) = (document_folder(from, doc_id), document_folder(to, doc_id));
    let names: Vec<String> = match listed(from, doc_id) {
        Some(pictures) if has_any_pages(from, doc_id) => pictures.pages.into_iter().map(|p| p.file).collect(),
        _ => Vec::new(),
    };
    let names = names.iter().map(String::as_str).filter(|name| !name.is_empty());
    // The list comes last: where it stands, the pictures are complete.
    for name in names.chain(Some(LIST).filter(|list| there.join(list).is_file())) {
        let file = there.join(name);
        let bytes = std::fs::read(&file).map_err(ExportError::io(&file))?;
        replace_file(&folder.join(name), &bytes)?;
    }
    Ok(())
}

/// A document's list of pictures; `None` where there is none of this form, or one that was cut.
fn listed(out: &Path, doc_id: &str) -> Option<Pictures> {
    let list = std::fs::read_to_string(document_folder(out, doc_id).join(LIST)).ok()?;
    script::argument::<Pictures>(FUNCTION, &list).filter(|pictures| pictures.form == FORM)
}

/// What ends a picture: the chunk that every PNG ends with, with its checksum; the last tag of a drawing.
const PICTURE_ENDS: [[u8; 8]; 2] = [*b"IEND\xae\x42\x60\x82", *b"\n</svg>\n"];

fn is_whole(picture: &Path) -> bool {
    let mut end = [0; PICTURE_ENDS[0].len()];
    let read = File::open(picture).and_then(|mut file| {
        let start = file.metadata()?.len().saturating_sub(PICTURE_ENDS[0].len() as u64);
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut end)
    });
    read.is_ok() && PICTURE_ENDS.contains(&end)
}

/// Settings that draw what the reader of the tables sees, and notice Chinese fonts that the file doesn't bring along.
fn settings(fonts_missing: &Arc<AtomicBool>) -> InterpreterSettings {
    let usual = InterpreterSettings::default();
    let standard = Arc::clone(&usual.font_resolver);
    let missing = Arc::clone(fonts_missing);
    InterpreterSettings {
        font_resolver: Arc::new(move |query| {
            if is_chinese(query) {
                missing.store(true, Ordering::Relaxed);
                // Latin letters in place of Chinese ones would be worse than a gap.
                return None;
            }
            standard(query)
        }),
        render_content: RenderContent::all(),
        ..usual
    }
}

/// A composite font names its character collection (Adobe-GB1); a simple one can only be told by a Chinese name.
fn is_chinese(query: &FontQuery) -> bool {
    let FontQuery::Fallback(font) = query else { return false };
    let names = [&font.post_script_name, &font.font_name, &font.font_family];
    font.character_collection.is_some() || names.into_iter().flatten().any(|name| !name.is_ascii())
}

/// What a thread keeps of a document from one page to the next.
struct Drawing<'a> {
    settings: InterpreterSettings,
    interpreted: InterpreterCache<'a>,
    stamps: plain::Stamps,
    /// For pages that are not plain.
    rendered: RenderCache<'a>,
}

impl<'a> Drawing<'a> {
    fn new(settings: InterpreterSettings) -> Self {
        let (interpreted, rendered) = (InterpreterCache::new(), RenderCache::new());
        Self { settings, interpreted, stamps: plain::Stamps::default(), rendered }
    }

    /// The picture of a page.
    fn draw(&mut self, page: &'a Page<'a>) -> Result<Vec<u8>, String> {
        let (width, height) = page.render_dimensions();
        let longest = width.max(height);
        if !(longest.is_finite() && width.min(height) >= 1.0) {
            return Err("页面大小无效".to_owned());
        }
        let scale = SCALE.min(LONGEST_SIDE / longest);
        if width.min(height) * scale < 1.0 {
            return Err("页面过窄，无法绘制".to_owned());
        }
        let size = ((width * scale) as u16, (height * scale) as u16);
        let known = (&self.interpreted, &mut self.stamps);
        let plain = plain::draw(page, known, &self.settings, (scale.into(), size));
        let greys = plain.unwrap_or_else(|| {
            // The paper is filled in when the greys are made; to draw it first would take a tenth of the time.
            let size = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: TRANSPARENT };
            grey::greys(&hayro::render(page, &self.rendered, &self.settings, &RenderSettings::default(), &size))
        });
        grey::png(&greys, size).map_err(|error| format!("无法写成图片（{error}）"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A one-page file of 200 × 100 points with a black square in its lower left quarter.
    fn pdf() -> Vec<u8> {
        let content = "0 0 100 50 re f";
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R >>".to_owned(),
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        ];
        let mut out = "%PDF-1.4\n".to_owned();
        for (index, object) in objects.iter().enumerate() {
            out.extend([&(index + 1).to_string(), " 0 obj\n", object, "\nendobj\n"]);
        }
        // Readers find the objects without a cross-reference table.
        out.push_str("trailer << /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
        out.into_bytes()
    }

    #[test]
    fn a_page_becomes_a_small_grey_picture() {
        let out = tempfile::tempdir().unwrap();
        draw_pages(out.path(), "ab12", &pdf(), &PagesDrawn::All, 2).unwrap();
        let list = fs::read_to_string(out.path().join("review/ab12/pages.js")).unwrap();
        assert!(has_pages(out.path(), "ab12", &PagesDrawn::All) && !has_any_pages(out.path(), "ab13"));
        assert!(list.contains("\"file\":\"p0001.png\"") && list.contains("\"fontsMissing\":false"), "{list}");
        let file = fs::File::open(out.path().join("review/ab12/p0001.png")).unwrap();
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (300, 150));
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let line = reader.info().raw_row_length() - 1;
        assert_eq!((pixels[line * 10 + 10], pixels[line * 140 + 10], pixels[line * 140 + 130]), (0xff, 0, 0xff));
    }

    #[test]
    fn pages_that_nobody_asked_for_are_drawn_when_somebody_does() {
        let out = tempfile::tempdir().unwrap();
        let none = PagesDrawn::These(BTreeSet::from([7]));
        draw_pages(out.path(), "ab12", &pdf(), &none, 1).unwrap();
        let list = fs::read_to_string(out.path().join("review/ab12/pages.js")).unwrap();
        assert!(list.contains(NOT_DRAWN) && !out.path().join("review/ab12/p0001.png").exists(), "{list}");
        assert!(has_pages(out.path(), "ab12", &none) && !has_pages(out.path(), "ab12", &PagesDrawn::All));
        draw_pages(out.path(), "ab12", &pdf(), &PagesDrawn::All, 1).unwrap();
        assert!(has_pages(out.path(), "ab12", &PagesDrawn::All) && has_pages(out.path(), "ab12", &none));
        fs::write(out.path().join("review/ab12/p0001.png"), b"cut").unwrap();
        assert!(!has_any_pages(out.path(), "ab12"), "a picture that was cut");
    }

    #[test]
    fn what_is_no_pdf_or_can_not_be_opened_has_an_empty_list() {
        for bytes in [&b""[..], b"PK\x03\x04", b"%PDF-1.4 nothing"] {
            let out = tempfile::tempdir().unwrap();
            draw_pages(out.path(), "ab12", bytes, &PagesDrawn::All, 2).unwrap();
            let list = fs::read_to_string(out.path().join("review/ab12/pages.js")).unwrap();
            assert!(list.contains("\"pages\":[]") && has_pages(out.path(), "ab12", &PagesDrawn::All), "{list}");
        }
    }
}
