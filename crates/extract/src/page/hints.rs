//! What a person says of the tables of pages, in the coordinates in which the pages are read.

use super::turned::{Turn, straightened};
use crate::model::{Diagnostic, DiagnosticCode, Glyph, Hint, Page, RawTable, Rect};
use crate::table::hinted::{self, Outline};
use crate::table::{Drawn, Fragment, PageTable, figure};
use std::collections::BTreeMap;

/// Share of a table, or of an area, from which on they are about each other.
const MOSTLY: f64 = 0.5;

/// The hints of a document with pages.
#[derive(Debug, Default)]
pub(super) struct Hints {
    outlines: Vec<Outline>,
    /// Areas without tables: hint, page, area.
    none: Vec<(usize, u32, Rect)>,
    /// Headers of tables that were found: hint, page, area on the displayed page, rows.
    headers: Vec<(usize, u32, Rect, usize)>,
    /// Hints that met nothing, and why.
    unmet: BTreeMap<usize, String>,
}

impl Hints {
    /// The hints about pages. `read` are the pages as they are read, `pages` as they are displayed.
    pub(super) fn of(hints: &[Hint], read: &[Page], pages: &[Page], turns: &BTreeMap<u32, Turn>) -> Self {
        let mut all = Self::default();
        let frame = |number: u32, [x0, y0, x1, y1]: [f64; 4]| {
            let shown = pages.iter().find(|page| page.number == number)?;
            let area = straightened(shown, &Rect::new(x0, y0, x1, y1));
            Some(turns.get(&number).map_or(area, |turn| turn.to_read(&area)))
        };
        for (index, hint) in hints.iter().enumerate() {
            let page = match hint {
                Hint::Table { page, .. } | Hint::NotATable { page, .. } | Hint::Header { page, .. } => *page,
                Hint::Cells { .. } | Hint::NoTable { .. } | Hint::HeaderOf { .. } => {
                    all.unmet.insert(index, "这份文件按页读取，请用页码和方框写明位置".to_owned());
                    continue;
                }
            };
            match hint {
                Hint::Table { bbox, .. } | Hint::NotATable { bbox, .. } if frame(page, *bbox).is_none() => {
                    all.unmet.insert(index, format!("没有第 {page} 页，或没有读取"));
                }
                Hint::Table { .. } => all.outline(index, hint, read, &frame),
                Hint::NotATable { bbox, .. } => all.none.extend(frame(page, *bbox).map(|area| (index, page, area))),
                Hint::Header { bbox: [x0, y0, x1, y1], header_rows, .. } => {
                    all.headers.push((index, page, Rect::new(*x0, *y0, *x1, *y1), *header_rows));
                }
                _ => {}
            }
        }
        all
    }

    /// A drawn table and the pages that it runs on over.
    fn outline(&mut self, hint: usize, drawn: &Hint, read: &[Page], frame: &impl Fn(u32, [f64; 4]) -> Option<Rect>) {
        let Hint::Table { page, bbox, columns, rows, header_rows, runs_on, continues } = drawn else { return };
        let Some(area) = frame(*page, *bbox) else { return };
        let [left, top, right, bottom] = *bbox;
        // A line is turned with the page: as a strip without width.
        let lines = |strips: Vec<[f64; 4]>| -> (Vec<f64>, Vec<f64>) {
            let turned: Vec<Rect> = strips.into_iter().filter_map(|strip| frame(*page, strip)).collect();
            let upright = |b: &&Rect| b.height() >= b.width();
            let xs = turned.iter().filter(upright).map(Rect::center_x).collect();
            (xs, turned.iter().filter(|b| !upright(b)).map(Rect::center_y).collect())
        };
        let (mut xs, mut ys) = lines(columns.iter().map(|x| [*x, top, *x, bottom]).collect());
        let (more_xs, more_ys) = lines(rows.iter().map(|y| [left, *y, right, *y]).collect());
        xs.extend(more_xs);
        ys.extend(more_ys);
        let before = self.outlines.iter().filter(|one| one.page < *page).max_by_key(|one| one.page);
        let goes_on = before.filter(|_| *continues).map(|one| one.table);
        let outline = Outline {
            page: *page,
            area,
            xs: bounded(xs, area.x0, area.x1),
            ys: if ys.is_empty() { Vec::new() } else { bounded(ys, area.y0, area.y1) },
            header_rows: *header_rows,
            table: goes_on.unwrap_or(hint),
            goes_on: goes_on.is_some(),
            hint,
        };
        // Where its own outline is drawn on a later page, that one holds.
        self.outlines.retain(|one| !(one.goes_on && one.table == outline.table && one.page == *page));
        let first = read.iter().find(|one| one.number == *page);
        for number in runs_on {
            let next = read.iter().find(|one| one.number == *number);
            let extent =
                first.zip(next).and_then(|(first, next)| hinted::extent(next, first, &area, (area.x0, area.x1)));
            match extent {
                Some(area) => self.outlines.push(Outline {
                    page: *number,
                    area,
                    ys: Vec::new(),
                    header_rows: None,
                    goes_on: true,
                    ..outline.clone()
                }),
                None => {
                    self.unmet.insert(hint, format!("没有第 {number} 页，或那里没有文字"));
                }
            }
        }
        self.outlines.push(outline);
    }

    /// Takes the drawn tables from the pages as they are read.
    pub(super) fn take(&mut self, pages: &mut [Page]) -> Vec<Fragment> {
        let mut fragments = Vec::new();
        for outline in &self.outlines {
            let page = pages.iter_mut().find(|page| page.number == outline.page);
            let Some(table) = page.and_then(|page| hinted::take(page, outline)) else {
                self.unmet.entry(outline.hint).or_insert_with(|| format!("第 {} 页的方框里没有文字", outline.page));
                continue;
            };
            let drawn = Drawn { table: outline.table, goes_on: outline.goes_on };
            fragments.push(Fragment { drawn: Some(drawn), ..Fragment::new(table) });
        }
        fragments
    }

    /// Takes away the tables that are none; their glyphs go back to the page's other text.
    pub(super) fn release(&mut self, page: &Page, tables: &mut Vec<PageTable>, rest: &mut Vec<Glyph>) {
        for (hint, _, area) in self.none.iter().filter(|(_, number, _)| *number == page.number) {
            let is_meant = |table: &PageTable| {
                let (own, common) = (table.bbox, overlap(&table.bbox, area));
                common >= MOSTLY * own.width() * own.height() || common >= MOSTLY * area.width() * area.height()
            };
            if !tables.iter().any(is_meant) {
                self.unmet.insert(*hint, format!("第 {} 页的方框里没有表", page.number));
            }
            figure::release_where(page, tables, rest, is_meant);
        }
    }

    /// Gives the tables that were found their headers, on the pages as displayed.
    pub(super) fn head(&mut self, tables: &mut [RawTable]) {
        for (hint, page, area, rows) in &self.headers {
            let is_it = |table: &&mut RawTable| table.pages.first() == Some(page) && overlap(&table.bbox, area) > 0.0;
            match tables
                .iter_mut()
                .filter(is_it)
                .max_by(|a, b| overlap(&a.bbox, area).total_cmp(&overlap(&b.bbox, area)))
            {
                Some(table) => table.header_rows = Some(*rows),
                None => {
                    self.unmet.insert(*hint, format!("第 {page} 页的方框里没有表"));
                }
            }
        }
    }

    /// What is to be said of hints that met nothing.
    pub(super) fn told(self) -> impl Iterator<Item = Diagnostic> {
        self.unmet.into_iter().map(|(hint, why)| unmet(hint, &why))
    }
}

/// What is said of a hint that met nothing.
pub(crate) fn unmet(hint: usize, why: &str) -> Diagnostic {
    let message = format!("表格提示第 {} 条没有用上：{why}", hint.saturating_add(1));
    Diagnostic { code: DiagnosticCode::HintUnmet, place: None, message }
}

/// Boundaries with the outer two, from low to high.
fn bounded(mut lines: Vec<f64>, low: f64, high: f64) -> Vec<f64> {
    lines.retain(|at| *at > low && *at < high);
    lines.extend([low, high]);
    lines.sort_by(f64::total_cmp);
    lines
}

fn overlap(a: &Rect, b: &Rect) -> f64 {
    a.overlap_x(b).max(0.0) * a.overlap_y(b).max(0.0)
}
