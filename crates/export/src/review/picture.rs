//! A picture of each page, drawn from the file itself, so that a reader can compare.

use super::folders::document_folder;
use super::{grey, script};
use crate::error::ExportError;
use crate::file::replace_file;
use hayro::hayro_interpret::font::FontQuery;
use hayro::hayro_interpret::{InterpreterSettings, RenderContent};
use hayro::hayro_syntax::{Pdf, page::Page};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use serde::Serialize;
use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use yusuan_extract::Limits;

/// The list of a document's pictures. It is written last: where it stands, the pictures are complete.
const LIST: &str = "pages.js";

/// Pixels per point: 126 dots per inch, at which 8 point figures are still sharp when enlarged a little.
const SCALE: f32 = 1.75;

/// Longest side in pixels; a poster is drawn smaller.
const LONGEST_SIDE: f32 = 2600.0;

/// Most pages drawn. No disclosure comes near; a hostile file would fill the disk.
const MOST_PAGES: usize = 2_000;

/// Raised when pages are drawn in another way, so that the pictures of an older program are made again.
const FORM: u32 = 1;

/// The pictures of one document.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Pictures<'a> {
    form: u32,
    doc_id: &'a str,
    /// For each page its file, or why there is none.
    pages: Vec<Picture>,
    /// Whether the file leaves Chinese fonts to the reader's system: their text is missing in the pictures.
    fonts_missing: bool,
}

#[derive(Debug, Default, Serialize)]
struct Picture {
    file: String,
    error: String,
}

/// Draws the pages of a PDF or OFD file into the document's folder of the review page below `out`, unless they are there already (the
/// folder is named by content). A page that can't be drawn is listed with the reason; other formats have an empty list.
///
/// It needs nothing but the bytes, and leaves nothing but files: it can run wherever the document is read, in a worker
/// process too, and before or after the document itself is written.
///
/// # Errors
/// [`ExportError`] when a file can't be written.
pub fn draw_pages(out: &Path, doc_id: &str, bytes: &[u8]) -> Result<(), ExportError> {
    if has_pages(out, doc_id) {
        return Ok(());
    }
    let folder = document_folder(out, doc_id);
    let copy = yusuan_extract::openable_pdf(bytes).map(Cow::into_owned);
    let pdf = copy.and_then(|bytes| Pdf::new(bytes).ok());
    let fonts_missing = Arc::new(AtomicBool::new(false));
    let settings = settings(&fonts_missing);
    let cache = RenderCache::new();
    let mut pages = Vec::new();
    draw_as_read(bytes, &folder, &mut pages)?;
    for (index, page) in pdf.iter().flat_map(|pdf| pdf.pages().iter()).take(MOST_PAGES).enumerate() {
        // A panic in the drawing library is this page's failure; the cache is only read by the pages after it.
        let drawn = catch_unwind(AssertUnwindSafe(|| draw(page, &cache, &settings)));
        pages.push(match drawn.unwrap_or_else(|_| Err("绘制本页时程序出错".to_owned())) {
            Ok(png) => {
                let file = format!("p{:04}.png", index + 1);
                replace_file(&folder.join(&file), &png)?;
                Picture { file, error: String::new() }
            }
            Err(error) => Picture { file: String::new(), error },
        });
    }
    let fonts_missing = fonts_missing.load(Ordering::Relaxed);
    let pictures = Pictures { form: FORM, doc_id, pages, fonts_missing };
    Ok(replace_file(&folder.join(LIST), script::call("openPages", &pictures).as_bytes())?)
}

/// Draws the pages of a file that is drawn from what was read of it.
fn draw_as_read(bytes: &[u8], folder: &Path, pages: &mut Vec<Picture>) -> Result<(), ExportError> {
    let mut written = Ok(());
    let mut write = |svg: String| {
        if pages.len() < MOST_PAGES && written.is_ok() {
            let file = format!("p{:04}.svg", pages.len() + 1);
            written = replace_file(&folder.join(&file), svg.as_bytes());
            pages.push(Picture { file, error: String::new() });
        }
    };
    // What can't be read was told when the document was.
    let draw = || yusuan_extract::drawn_pages(bytes, &Limits::default(), &mut write).is_ok();
    let _drawn = catch_unwind(AssertUnwindSafe(draw)).unwrap_or_default();
    Ok(written?)
}

/// Whether the pictures of a document are there and complete, so that they need not be drawn again.
pub fn has_pages(out: &Path, doc_id: &str) -> bool {
    listed(out, doc_id).is_some_and(|files| files.iter().all(|file| is_whole(file)))
}

/// Copies the pictures of a document from another output folder, where they are complete: for folders that are merged.
///
/// # Errors
/// [`ExportError`] when a file can't be written.
pub fn copy_pages(from: &Path, to: &Path, doc_id: &str) -> Result<(), ExportError> {
    let folder = document_folder(to, doc_id);
    let files = listed(from, doc_id).filter(|files| files.iter().all(|file| is_whole(file))).unwrap_or_default();
    let list = document_folder(from, doc_id).join(LIST);
    // The list comes last: where it stands, the pictures are complete.
    for file in files.iter().chain(Some(&list).filter(|list| list.is_file())) {
        let name = file.file_name().unwrap_or_default();
        let bytes = std::fs::read(file).map_err(ExportError::io(file))?;
        replace_file(&folder.join(name), &bytes)?;
    }
    Ok(())
}

/// The pictures that a document's list names; `None` where there is no list of this form.
fn listed(out: &Path, doc_id: &str) -> Option<Vec<PathBuf>> {
    let folder = document_folder(out, doc_id);
    let list = std::fs::read_to_string(folder.join(LIST)).ok()?;
    // A list that was cut has no end.
    let is_list = list.contains(&format!("{{\"form\":{FORM},")) && list.trim_end().ends_with(");");
    let names = list.split("\"file\":\"").skip(1).filter_map(|rest| rest.split('"').next());
    is_list.then(|| names.filter(|name| !name.is_empty()).map(|name| folder.join(name)).collect())
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

fn draw<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>, settings: &InterpreterSettings) -> Result<Vec<u8>, String> {
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !(longest.is_finite() && width.min(height) >= 1.0) {
        return Err("页面大小无效".to_owned());
    }
    let scale = SCALE.min(LONGEST_SIDE / longest);
    let size = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    if width.min(height) * scale < 1.0 {
        return Err("页面过窄，无法绘制".to_owned());
    }
    let pixmap = hayro::render(page, cache, settings, &RenderSettings::default(), &size);
    grey::png(&pixmap).map_err(|error| format!("无法写成图片（{error}）"))
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
        draw_pages(out.path(), "ab12", &pdf()).unwrap();
        let list = fs::read_to_string(out.path().join("review/ab12/pages.js")).unwrap();
        assert!(has_pages(out.path(), "ab12") && !has_pages(out.path(), "ab13"));
        assert!(list.contains("\"file\":\"p0001.png\"") && list.contains("\"fontsMissing\":false"), "{list}");
        let file = fs::File::open(out.path().join("review/ab12/p0001.png")).unwrap();
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (350, 175));
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let line = reader.info().raw_row_length() - 1;
        assert_eq!((pixels[line * 10 + 10], pixels[line * 170 + 10], pixels[line * 170 + 150]), (0xff, 0, 0xff));
    }

    #[test]
    fn what_is_no_pdf_or_can_not_be_opened_has_an_empty_list() {
        for bytes in [&b""[..], b"PK\x03\x04", b"%PDF-1.4 nothing"] {
            let out = tempfile::tempdir().unwrap();
            draw_pages(out.path(), "ab12", bytes).unwrap();
            let list = fs::read_to_string(out.path().join("review/ab12/pages.js")).unwrap();
            assert!(list.contains("\"pages\":[]") && has_pages(out.path(), "ab12"), "{list}");
        }
    }
}
