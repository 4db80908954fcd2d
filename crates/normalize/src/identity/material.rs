//! What a document prints about itself, gathered once and sorted by how far it may be trusted.

use crate::identity::name::starts_with_region;
use crate::identity::title::{self, Labelled, Title};
use crate::reading::fold::fold_letters;
use crate::reading::title::is_contents_head;
use crate::reading::{region, year};
use std::collections::BTreeSet;
use yusuan_extract::{CaptionSide, Extraction};

/// A cover has no more lines than this before the contents or the first chapter begin.
const COVER_LINES: usize = 12;
/// A body's name may be broken over this many lines above the title's own words.
const NAME_LINES: usize = 3;

/// Everything printed that may say who, where and when; all texts folded ([`fold_letters`]).
#[derive(Debug, Default)]
pub(crate) struct Material {
    /// The cover's title, its name lines joined.
    pub(crate) cover: Option<Title>,
    /// Labelled names on the cover.
    pub(crate) cover_labels: Vec<Labelled>,
    /// Chapter headings and titles of annexes that read as titles.
    pub(crate) headings: Vec<Title>,
    /// Titles of the tables.
    pub(crate) titles: Vec<Title>,
    /// The titles' texts.
    pub(crate) title_texts: Vec<String>,
    /// Labelled names above tables and in grids.
    pub(crate) labels: Vec<Labelled>,
    /// All text of lines and short cells, one per line.
    pub(crate) text: String,
    /// Region codes that the document's project codes begin with.
    pub(crate) codes: Vec<String>,
}

impl Material {
    /// Reads the whole extraction once.
    pub(crate) fn gather(extraction: &Extraction, titles: &[String]) -> Self {
        let lines: Vec<String> = extraction.lines.iter().map(|l| fold_letters(&l.text)).collect();
        let cover = cover_lines(extraction, &lines);
        let mut material = Self {
            cover: cover_title(&cover),
            cover_labels: cover.iter().filter_map(|l| title::labelled(l)).collect(),
            headings: lines.iter().filter(|l| is_heading(l)).filter_map(|l| title::parse(l)).collect(),
            ..Self::default()
        };
        material.title_texts = titles.iter().map(|t| fold_letters(t)).collect();
        let sheets: BTreeSet<String> =
            extraction.tables.iter().filter_map(|t| t.sheet.as_deref()).map(fold_letters).collect();
        material.title_texts.extend(sheets);
        material.titles = material.title_texts.iter().filter_map(|t| title::parse(t)).collect();
        material.gather_labels(extraction, &lines);
        material.text = lines.join("\n");
        material.gather_cells(extraction);
        material
    }

    /// Labelled names in lines and captions. Far-apart parts of one line are separated by white space, so each part is
    /// also read on its own.
    fn gather_labels(&mut self, extraction: &Extraction, lines: &[String]) {
        self.labels.extend(lines.iter().filter_map(|l| title::labelled(l)));
        let captions = extraction.tables.iter().flat_map(|t| &t.captions).filter(|c| c.side == CaptionSide::Above);
        self.labels.extend(captions.filter_map(|c| title::labelled(&fold_letters(&c.text))));
    }

    /// Names printed beside a label inside grids, short cells' text, region codes of project codes.
    fn gather_cells(&mut self, extraction: &Extraction) {
        let mut codes = BTreeSet::new();
        for table in &extraction.tables {
            let mut before: Option<(usize, String)> = None;
            for cell in &table.cells {
                let text = fold_letters(&cell.text);
                if text.is_empty() || text.chars().count() > 60 {
                    before = None;
                    continue;
                }
                if let Some((row, label)) = before.take().filter(|(row, _)| *row == cell.row) {
                    let _ = row;
                    self.labels
                        .extend(title::labelled(&format!("{label}：{text}")).filter(|l| title::is_body(&l.name)));
                }
                self.labels.extend(title::labelled(&text));
                codes.extend(project_region(&text));
                self.text.push('\n');
                self.text.push_str(&text);
                before = Some((cell.row, text));
            }
        }
        self.codes = codes.into_iter().collect();
    }
}

/// A project code has 20 or more places and begins with the region code of the budget it belongs to (财政部《预算管理
/// 一体化规范》项目代码).
fn project_region(text: &str) -> Option<String> {
    let code: String = text.chars().take_while(char::is_ascii_alphanumeric).collect();
    let head = code.get(..6).filter(|h| h.bytes().all(|b| b.is_ascii_digit()))?;
    let long = code.len() >= 20 && code.bytes().filter(u8::is_ascii_digit).count() + 2 >= code.len();
    (long && region::by_code(head).is_some()).then(|| head.to_owned())
}

/// A chapter heading or an annex's title: short, numbered or marked as such, no sentence.
fn is_heading(line: &str) -> bool {
    let marked = line.starts_with('第') && line.contains("部分") || line.starts_with("附件");
    marked && line.chars().count() <= 60
}

/// The lines that stand before the contents and the first chapter on the first page or worksheet.
pub(super) fn cover_lines(extraction: &Extraction, folded: &[String]) -> Vec<String> {
    let first_sheet = extraction.lines.first().and_then(|l| l.sheet.clone());
    let mut cover = Vec::new();
    for (line, text) in extraction.lines.iter().zip(folded) {
        let same_page = line.place.page.is_none_or(|p| p == 1) && line.sheet == first_sheet;
        let over = line.tables_before > 0 || is_contents_head(text) || starts_chapter(text);
        if !same_page || over || cover.len() == COVER_LINES {
            break;
        }
        if !line.running && !text.is_empty() {
            cover.push(text.clone());
        }
    }
    if cover.is_empty() {
        cover = cover_sheet(extraction);
    }
    cover
}

/// A worksheet called 封面 whose lines came as a grid.
fn cover_sheet(extraction: &Extraction) -> Vec<String> {
    let sheet = extraction.tables.iter().find(|t| t.sheet.as_deref().is_some_and(|s| s.contains("封面")));
    let cells = sheet.into_iter().flat_map(|t| &t.cells);
    cells.map(|c| fold_letters(&c.text)).filter(|t| !t.is_empty()).take(COVER_LINES).collect()
}

/// 第一部分, 一、…: the narrative has begun.
fn starts_chapter(text: &str) -> bool {
    (text.starts_with("第一部分") || text.starts_with("一、") || text.starts_with("第一章")) && text.chars().count() > 3
}

/// Finds the cover's title: the first line with a title's words, joined with the name lines above it where the name is
/// broken over several lines.
fn cover_title(cover: &[String]) -> Option<Title> {
    let mut best: Option<Title> = None;
    for (at, line) in cover.iter().enumerate() {
        // The title of a first table that stands without a cover is no cover.
        let own = title::parse(line).filter(|t| t.kind.is_some() && !is_table_title(line));
        let Some(own) = own else { continue };
        let mut joined = join_name(cover, at).unwrap_or(own);
        // …2024年预算执行情况与2025年全州和州本 | 级预算草案: the title goes on, and the draft says its year.
        let below = cover.get(at + 1).filter(|below| line.contains("执行") && below.contains("草案"));
        if let Some(below) = below {
            joined.year = year::of_title(&format!("{line}{below}")).or(joined.year);
        }
        let better = best.as_ref().is_none_or(|b| b.who.is_empty() && !joined.who.is_empty());
        if better {
            best = Some(joined);
        }
    }
    let mut title = best?;
    if title.who.is_empty() {
        // 某市人大常委会： is spoken to, and has written nothing.
        let body = cover
            .iter()
            .filter(|l| !l.ends_with(['：', ':']))
            .map(|l| title::clean_name(l))
            .find(|l| title::is_body(l) && starts_with_region(l));
        title.who = body.unwrap_or_default();
    }
    title.year = title.year.or_else(|| cover.iter().filter(|l| !is_date(l)).find_map(|l| year::fiscal(l)));
    Some(title)
}

/// 2024年某某市一般公共预算收入执行情况表: of one table, and of another year than the book.
fn is_table_title(line: &str) -> bool {
    line.ends_with('表') && line.contains("执行")
}

/// 二〇二四年二月, 2024年2月15日: when the paper was printed, not which year it is about.
fn is_date(line: &str) -> bool {
    line.contains('月')
}

/// The title line with up to three lines above it: as few as give a name that begins with a place, else as few as give
/// a body at all.
fn join_name(cover: &[String], at: usize) -> Option<Title> {
    let mut fallback: Option<Title> = None;
    for lines_above in 0..=NAME_LINES.min(at) {
        let part = cover.get(at - lines_above..=at)?;
        if part.iter().take(lines_above).any(|l| is_date(l) || l.contains(['：', ':'])) {
            break;
        }
        let Some(title) =
            title::parse(&part.concat()).filter(|t| title::is_body(&t.who) || title::whole_region(&t.who))
        else {
            continue;
        };
        if starts_with_region(&title.who) {
            return Some(title);
        }
        fallback = fallback.or(Some(title));
    }
    fallback
}
