//! The way from positioned pages to an extraction: tables, captions, joins, the rest of the text.

use super::hints::Hints;
use super::running::{self, Extents};
use super::{captions, open_lines, turned};
use crate::ledger::figures_in;
use crate::model::{
    Diagnostic, DiagnosticCode, Extraction, Format, Page, PageSummary, Place, RawTable, Rect, TextLine,
};
use crate::options::LayoutOptions;
use crate::side_by_side::side_by_side;
use crate::table::{Fragment, aligned, figure, join, merged_figures, ruled, unruled};
use crate::text::OpenLine;
use crate::{ledger, ocr};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Puts everything together.
pub(crate) fn assemble(pages: &[Page], options: &LayoutOptions, diagnostics: Vec<Diagnostic>) -> Extraction {
    let (read, turns) = turned::upright(pages);
    let mut hints = Hints::of(&options.hints, &read, pages, &turns);
    let mut found = assemble_upright(&read, options, &mut hints, diagnostics);
    turned::restore(&mut found, &turns, pages);
    hints.head(&mut found.tables);
    found.diagnostics.extend(hints.told());
    ocr::attach(&mut found.tables, pages, turned::displayed);
    merged_figures::again(&mut found.tables, &mut found.diagnostics);
    found.pages = pages.iter().map(summarize).collect();
    found
}

/// Puts everything together on pages whose text runs from left to right.
fn assemble_upright(
    pages: &[Page],
    options: &LayoutOptions,
    hints: &mut Hints,
    mut diagnostics: Vec<Diagnostic>,
) -> Extraction {
    let mut lines: Vec<OpenLine> = Vec::new();
    // What a person drew is taken first, and the rest of the page is searched.
    let mut open = Cow::Borrowed(pages);
    let mut fragments: Vec<Fragment> = if options.hints.is_empty() { Vec::new() } else { hints.take(open.to_mut()) };
    let mut found = side_by_side(options.threads, open.iter().collect(), || (), |(), page| ruled::find(page));
    if aligned::is_alphabetic(pages) {
        aligned::find(&open, &mut found);
    } else {
        unruled::find(&open, &mut found, options.threads);
    }
    for (page, (tables, rest)) in open.iter().zip(found.iter_mut()) {
        figure::release(page, tables, rest);
        hints.release(page, tables, rest);
    }
    for (page, (mut tables, rest)) in pages.iter().zip(found) {
        tables.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
        fragments.extend(tables.into_iter().map(Fragment::new));
        lines.extend(open_lines::of_page(page, &rest));
    }
    fragments.sort_by(|a, b| a.first_page().cmp(&b.first_page()).then(a.start.total_cmp(&b.start)));
    let with_tables = extents(&fragments);
    running::mark(&mut lines, pages, &with_tables);
    let unsearched = |page: &&Page| unruled::is_too_full(page) && prints_figures(&lines, page.number);
    diagnostics.extend(pages.iter().filter(unsearched).map(not_searched));
    balance(pages, &mut fragments, &lines);
    captions::attach(&mut fragments, &lines);
    if options.join_pages {
        let blank = blank_pages(pages, &with_tables, &lines);
        fragments = join::over_pages(fragments, &mut lines, &blank);
    }
    let starts: Vec<(u32, f64)> = fragments.iter().map(|f| (f.first_page(), f.start)).collect();
    let mut tables: Vec<RawTable> = fragments.into_iter().map(|f| f.table).collect();
    merged_figures::mark(&mut tables);
    diagnostics.extend(merged_figures::findings(&tables));
    Extraction {
        format: Format::Pdf,
        pages: Vec::new(),
        tables,
        lines: lines.into_iter().map(|line| text_line(line, &starts)).collect(),
        diagnostics,
        strays: Vec::new(),
    }
}

/// Enters the numbers of each page in its tables' ledgers.
fn balance(pages: &[Page], fragments: &mut [Fragment], lines: &[OpenLine]) {
    for page in pages {
        let running = lines.iter().filter(|l| l.running && l.page == page.number);
        let running: Vec<Rect> = running.map(|l| l.run.bbox).collect();
        let here = fragments.iter_mut().filter(|f| f.first_page() == page.number);
        let mut tables: Vec<&mut RawTable> = here.map(|f| &mut f.table).collect();
        ledger::balance(page, &mut tables, &running);
    }
}

/// Top and bottom of the tables of each page.
fn extents(fragments: &[Fragment]) -> Extents {
    let mut out = Extents::new();
    for fragment in fragments {
        let extent = out.entry(fragment.first_page()).or_insert((f64::INFINITY, f64::NEG_INFINITY));
        *extent = (extent.0.min(fragment.bbox.y0), extent.1.max(fragment.bbox.y1));
    }
    out
}

/// Pages with nothing on them but running heads and page numbers.
fn blank_pages(pages: &[Page], with_tables: &Extents, lines: &[OpenLine]) -> BTreeSet<u32> {
    let written: BTreeSet<u32> = lines.iter().filter(|l| !l.running).map(|l| l.page).collect();
    let blank = |p: &&Page| p.images.is_empty() && !with_tables.contains_key(&p.number) && !written.contains(&p.number);
    pages.iter().filter(blank).map(|p| p.number).collect()
}

/// Whether a line outside all tables prints several numbers, as a row of a table does.
fn prints_figures(lines: &[OpenLine], page: u32) -> bool {
    lines.iter().filter(|line| line.page == page && !line.running).any(|line| figures_in(&line.run.text).count() > 1)
}

/// A page too full to be searched for tables without rulings may have had one: never a silent skip. Its text is kept.
fn not_searched(page: &Page) -> Diagnostic {
    Diagnostic {
        code: DiagnosticCode::Truncated,
        place: Some(format!("第 {} 页", page.number)),
        message: "本页线条或文字过多，未查找没有框线的表格（文字已保留）".to_owned(),
    }
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
        image_share: page.image_share(),
        digits: ledger::digits(page),
    }
}
