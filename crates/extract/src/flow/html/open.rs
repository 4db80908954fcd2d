//! What is open while a page is walked: the page, tables and cells inside each other.

use crate::flow::block::{Block, Grid};
use crate::flow::grid::{SpanCell, of_spans};

/// The page or a cell.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    text: String,
    /// Characters of the open paragraph, and those of them that are links.
    written: usize,
    linked: usize,
    /// The same for the whole.
    pub(super) all_written: usize,
    pub(super) all_linked: usize,
}

/// Paragraphs of so much link (in percent) only lead elsewhere.
const MOSTLY_LINK: usize = 80;

impl Flow {
    /// Adds a text; white space of the source is one blank, and nothing where a line of the source ends between two
    /// Chinese characters (CSS Text 3, segment breaks).
    pub(super) fn add(&mut self, text: &str, kept: bool, linked: bool) {
        let mut blank: Option<bool> = None;
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        self.written += count;
        self.linked += if linked { count } else { 0 };
        if kept {
            self.text.push_str(text);
            return;
        }
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                blank = Some(blank == Some(true) || c == '\n');
                continue;
            }
            if let Some(line_end) = blank.take() {
                let before = self.text.chars().next_back();
                let wide = |c: char| u32::from(c) >= 0x2e80;
                let falls_away = line_end && before.is_some_and(wide) && wide(c);
                if before.is_some_and(|c| !matches!(c, ' ' | '\n')) && !falls_away {
                    self.text.push(' ');
                }
            }
            self.text.push(c);
        }
        if blank.is_some() && self.text.chars().next_back().is_some_and(|c| !matches!(c, ' ' | '\n')) {
            self.text.push(' ');
        }
    }

    /// Ends the line.
    pub(super) fn break_line(&mut self) {
        self.text.push('\n');
    }

    /// Ends the paragraph. One that is a link alone leads elsewhere and says nothing, unless links are `kept`.
    pub(super) fn end_paragraph(&mut self, kept: bool) {
        let text = std::mem::take(&mut self.text);
        let (written, linked) = (std::mem::take(&mut self.written), std::mem::take(&mut self.linked));
        self.all_written += written;
        self.all_linked += linked;
        let leads_away = linked * 100 >= written * MOSTLY_LINK && linked > 0 && !text.trim_start().starts_with("附件");
        if !text.trim().is_empty() && (kept || !leads_away) {
            self.blocks.push(Block::Paragraph(text));
        }
    }
}

/// The part of a table that a row belongs to, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Group {
    Head,
    #[default]
    Body,
    Foot,
}

/// A table, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<(Group, Vec<SpanCell>)>,
    row: Vec<SpanCell>,
    pub(super) group: Group,
    pub(super) caption: String,
    spans: Vec<(usize, usize)>,
    written: usize,
    linked: usize,
}

/// Largest spans that HTML allows.
const MOST_COLS: usize = 1000;
const MOST_ROWS: usize = 65_534;

impl Table {
    pub(super) fn begin_cell(&mut self, row_span: Option<&str>, col_span: Option<&str>) {
        let number = |text: Option<&str>| {
            let digits: String = text?.trim().chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<usize>().ok()
        };
        let rows = number(row_span).unwrap_or(1).min(MOST_ROWS);
        let cols = number(col_span).filter(|cols| *cols > 0).unwrap_or(1).min(MOST_COLS);
        self.spans.push((rows, cols));
    }

    pub(super) fn end_cell(&mut self, flow: Flow) {
        let (row_span, col_span) = self.spans.pop().unwrap_or((1, 1));
        self.written += flow.all_written;
        self.linked += flow.all_linked;
        self.row.push(SpanCell { row_span, col_span, blocks: flow.blocks });
    }

    pub(super) fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        self.rows.push((self.group, row));
    }

    /// Whether its texts only lead elsewhere.
    pub(super) fn is_menu(&self) -> bool {
        let inner = self.rows.iter().flat_map(|(_, row)| row).flat_map(|cell| &cell.blocks);
        let nested = inner.filter(|block| matches!(block, Block::Grid(_))).count();
        nested == 0 && self.linked > 0 && self.linked * 100 >= self.written * MOSTLY_LINK
    }

    /// The grid, and how many cells were left out.
    pub(super) fn finish(mut self) -> (Grid, usize) {
        if !self.row.is_empty() {
            self.end_row();
        }
        self.rows.sort_by_key(|(group, _)| *group);
        let (mut grid, left_out) = of_spans(self.rows.into_iter().map(|(_, row)| row).collect());
        grid.caption = self.caption;
        (grid, left_out)
    }
}
