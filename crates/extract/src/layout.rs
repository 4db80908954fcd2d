//! From positioned pages to an extraction, whatever the pages came from: tables, captions, joins, the rest of the text.

use crate::document::{Diagnostic, DiagnosticCode, Extraction, Format, PageSummary, TextLine};
use crate::geometry::Rect;
use crate::open_line::OpenLine;
use crate::page::{Glyph, Page};
use crate::running;
use crate::table::join::{self, Fragment};
use crate::table::{Place, RawTable, aligned, figure, merged, ruled, unruled};
use crate::text::{self, TextRun};
use crate::turned;
use std::collections::BTreeSet;

/// How pages are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LayoutOptions {
    /// Join tables that run on over pages (default). Off: tables page by page as they stand.
    pub join_pages: bool,
    /// Pages to read as inclusive 1-based ranges; empty for all.
    pub pages: Vec<(u32, u32)>,
}

impl Default for LayoutOptions {
    fn default() -> Self {
        Self { join_pages: true, pages: Vec::new() }
    }
}

impl LayoutOptions {
    /// Sets whether tables are joined over pages.
    #[must_use]
    pub fn with_join_pages(mut self, join: bool) -> Self {
        self.join_pages = join;
        self
    }

    /// Restricts reading to inclusive 1-based page ranges.
    #[must_use]
    pub fn with_pages(mut self, pages: Vec<(u32, u32)>) -> Self {
        self.pages = pages;
        self
    }

    /// Whether a 1-based page is to be read.
    pub fn wants_page(&self, number: u32) -> bool {
        self.pages.is_empty() || self.pages.iter().any(|(a, b)| (*a..=*b).contains(&number))
    }
}

/// Gap on a line (in font sizes) that sets two captions apart: 部门：… at the left, 单位：万元 at the right.
const CAPTION_GAP: f64 = 2.5;

/// Gap on a line (in font sizes) between texts of two cells.
const WORD_GAP: f64 = 0.8;

/// Puts everything together.
pub(crate) fn assemble(
    format: Format,
    pages: &[Page],
    options: &LayoutOptions,
    diagnostics: Vec<Diagnostic>,
) -> Extraction {
    let (read, turns) = turned::upright(pages);
    let mut found = assemble_upright(&read, options, diagnostics);
    turned::restore(&mut found, &turns);
    found.format = format;
    found.pages = pages.iter().map(summarize).collect();
    found
}

/// Puts everything together on pages whose text runs from left to right.
fn assemble_upright(pages: &[Page], options: &LayoutOptions, mut diagnostics: Vec<Diagnostic>) -> Extraction {
    let mut lines: Vec<OpenLine> = Vec::new();
    let mut fragments: Vec<Fragment> = Vec::new();
    let mut found: Vec<_> = pages.iter().map(ruled::find).collect();
    if aligned::is_alphabetic(pages) {
        aligned::find(pages, &mut found);
    } else {
        unruled::find(pages, &mut found);
    }
    for (page, (tables, rest)) in pages.iter().zip(found.iter_mut()) {
        figure::release(page, tables, rest);
    }
    diagnostics.extend(pages.iter().filter(|page| unruled::is_too_full(page)).map(not_searched));
    for (page, (mut tables, rest)) in pages.iter().zip(found) {
        tables.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
        fragments.extend(tables.into_iter().map(Fragment::new));
        lines.extend(open_lines(page, &rest));
    }
    let with_tables: BTreeSet<u32> = fragments.iter().map(Fragment::first_page).collect();
    running::mark(&mut lines, pages, &with_tables);
    join::attach_captions(&mut fragments, &lines);
    if options.join_pages {
        let blank = blank_pages(pages, &with_tables, &lines);
        fragments = join::over_pages(fragments, &mut lines, &blank);
    }
    let starts: Vec<(u32, f64)> = fragments.iter().map(|f| (f.first_page(), f.bbox.y0)).collect();
    let tables: Vec<RawTable> = fragments.into_iter().map(|f| f.table).collect();
    diagnostics.extend(merged::findings(&tables));
    Extraction {
        format: Format::default(),
        pages: Vec::new(),
        tables,
        lines: lines.into_iter().map(|line| text_line(line, &starts)).collect(),
        diagnostics,
    }
}

/// Pages with nothing on them but running heads and page numbers.
fn blank_pages(pages: &[Page], with_tables: &BTreeSet<u32>, lines: &[OpenLine]) -> BTreeSet<u32> {
    let written: BTreeSet<u32> = lines.iter().filter(|l| !l.running).map(|l| l.page).collect();
    let blank = |p: &&Page| p.images.is_empty() && !with_tables.contains(&p.number) && !written.contains(&p.number);
    pages.iter().filter(blank).map(|p| p.number).collect()
}

/// A page too full to be searched for tables without rulings may have had one: never a silent skip. Its text is kept.
fn not_searched(page: &Page) -> Diagnostic {
    Diagnostic {
        code: DiagnosticCode::Truncated,
        place: Some(format!("第 {} 页", page.number)),
        message: "本页线条或文字过多，未查找没有框线的表格（文字已保留）".to_owned(),
    }
}

/// The lines of text that no table took, top to bottom.
fn open_lines(page: &Page, rest: &[Glyph]) -> Vec<OpenLine> {
    let mut texts = text::lines(rest, Some(WORD_GAP)).into_iter().peekable();
    let line = |run: TextRun| {
        let within = |part: &TextRun| run.bbox.contains(part.bbox.center_x(), part.bbox.center_y());
        let mut parts: Vec<TextRun> = std::iter::from_fn(|| texts.next_if(within)).collect();
        if parts.is_empty() {
            parts.push(run.clone());
        }
        OpenLine { run, parts, page: page.number, running: false }
    };
    text::lines(rest, Some(CAPTION_GAP)).into_iter().map(line).collect()
}

fn text_line(line: OpenLine, starts: &[(u32, f64)]) -> TextLine {
    let at = (line.page, line.run.bbox.y0);
    let tables_before = starts.iter().filter(|(page, y)| (*page, *y) < at).count();
    TextLine {
        text: line.run.text,
        sheet: None,
        place: Place { page: Some(line.page), bbox: Some(line.run.bbox), sheet_cell: None },
        size: line.run.size,
        tables_before,
        running: line.running,
    }
}

fn summarize(page: &Page) -> PageSummary {
    PageSummary {
        number: page.number,
        width: page.width,
        height: page.height,
        glyphs: page.glyphs.len(),
        image_share: image_share(page),
    }
}

/// Share of the page that raster images cover (overlaps counted once per image, at most 1).
pub(crate) fn image_share(page: &Page) -> f64 {
    let whole = Rect::new(0.0, 0.0, page.width, page.height);
    let area = |r: &Rect| {
        let (w, h) = (r.overlap_x(&whole).max(0.0), r.overlap_y(&whole).max(0.0));
        w * h
    };
    let covered: f64 = page.images.iter().map(area).sum();
    (covered / (page.width * page.height).max(1.0)).min(1.0)
}
