//! The walk through the text of a document, its notes and its text boxes.

use super::paragraph::{Paragraph, Run};
use super::story::{Open, Table};
use super::styles::{Styles, is_off};
use super::symbol;
use crate::flow::block::Block;
use crate::flow::found::{Found, is_large};
use crate::flow::numbering::{LEVELS, Numbering};
use crate::sheet::xml::{self, Piece, attribute, number};
use quick_xml::events::BytesStart;

/// Elements whose content is not shown: deleted text, comments, former properties, instructions of fields.
const NOT_SHOWN: [&str; 18] = [
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText",
    "comment",
    "annotation",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "tblGridChange",
    "sdtPr",
    "rt",
    "docPartObj",
    "binData",
];
/// English Metric Units to the point.
const POINT: f64 = 12_700.0;

/// Width and height (points) of a shape that says them in points: `width:415.3pt;height:200pt`.
fn size_of_shape(style: &str) -> (f64, f64) {
    let side = |name: &str| {
        let value = style.split(';').find_map(|rule| rule.trim().strip_prefix(name)?.strip_suffix("pt"));
        value.and_then(|value| value.trim().parse::<f64>().ok()).unwrap_or(0.0)
    };
    (side("width:"), side("height:"))
}

/// What was had of a part.
pub(super) struct Walked {
    pub(super) blocks: Vec<Block>,
    pub(super) found: Found,
    /// Why the walk ended early.
    pub(super) broken: Option<String>,
    /// The relations that name large pictures, with the sizes (points) in which they are shown.
    pub(super) pictures: Vec<(String, (f64, f64))>,
}

/// What an element is, so that its end is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Other,
    /// Nothing in it is shown.
    Skipped,
    Story,
    Paragraph,
    Run,
    RunLook,
    Text,
    Table,
    Row,
    Cell,
    Alternatives {
        chosen: bool,
    },
    Note,
}

/// The walk.
pub(super) struct Walk<'a> {
    numbering: &'a mut Numbering,
    styles: &'a Styles,
    open: Vec<Open>,
    kinds: Vec<Kind>,
    /// Elements inside one that is not shown.
    skipped: usize,
    /// Size (points) of the drawing that is open.
    extent: (f64, f64),
    /// The relations and sizes of large pictures.
    pictures: Vec<(String, (f64, f64))>,
    /// The mark of the note that begins.
    note_mark: String,
    pub(super) found: Found,
}

impl<'a> Walk<'a> {
    pub(super) fn new(numbering: &'a mut Numbering, styles: &'a Styles) -> Self {
        let open = vec![Open::Blocks(Vec::new())];
        Self {
            numbering,
            styles,
            open,
            kinds: Vec::new(),
            skipped: 0,
            extent: (0.0, 0.0),
            pictures: Vec::new(),
            note_mark: String::new(),
            found: Found::default(),
        }
    }

    /// Walks a part, an incomplete one as far as it goes.
    pub(super) fn blocks(mut self, part: &[u8]) -> Walked {
        let walked = xml::walk(part, |piece| match piece {
            Piece::Open(element) => self.begin(&element),
            Piece::Close(_) => self.end(),
            Piece::Text(text) => {
                if self.skipped == 0 && self.kinds.last() == Some(&Kind::Text) {
                    self.add(&text);
                }
            }
        });
        let broken = walked.err();
        if let Some(reason) = &broken {
            self.found.damage.push(format!("文档只读出前面一部分（{reason}）"));
        }
        while self.open.len() > 1 {
            self.close();
        }
        let blocks = match self.open.pop() {
            Some(Open::Blocks(blocks)) => blocks,
            _ => Vec::new(),
        };
        Walked { blocks, found: self.found, broken, pictures: self.pictures }
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        let kind = self.kind(element);
        if kind == Kind::Skipped {
            self.skipped = 1;
            return;
        }
        self.kinds.push(kind);
    }

    fn end(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match self.kinds.pop() {
            Some(Kind::Story | Kind::Paragraph | Kind::Table | Kind::Cell | Kind::Note) => self.close(),
            Some(Kind::Row) => {
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    table.end_row();
                }
            }
            Some(Kind::Run) => {
                if let Some(paragraph) = self.paragraph() {
                    paragraph.run = Run::default();
                }
            }
            _ => {}
        }
    }

    /// Opens what an element begins.
    fn kind(&mut self, element: &BytesStart<'_>) -> Kind {
        let name = element.local_name();
        let name = name.as_ref();
        let prefix = element.name().prefix().map(|prefix| prefix.as_ref().to_owned()).unwrap_or_default();
        if NOT_SHOWN.contains(&name) {
            return self.not_shown(name);
        }
        // Drawings have paragraphs, runs and texts of their own (a:p); formulas have only texts that count (m:t).
        match (prefix.as_str(), name) {
            ("m", "t") => return Kind::Text,
            ("a" | "pic" | "m" | "o" | "v" | "wp", _) => return self.drawing(element, name),
            _ => {}
        }
        match name {
            "p" => self.push(Open::Paragraph(Paragraph::default()), Kind::Paragraph),
            "tbl" => self.push(Open::Table(Table::default()), Kind::Table),
            "tr" if self.in_table() => Kind::Row,
            "tc" if self.in_table() => self.push(Open::Blocks(Vec::new()), Kind::Cell),
            "txbxContent" => self.push(Open::Blocks(Vec::new()), Kind::Story),
            "footnote" | "endnote" => self.note(element),
            "r" => Kind::Run,
            "rPr" if self.kinds.last() == Some(&Kind::Run) => Kind::RunLook,
            "t" => Kind::Text,
            "AlternateContent" => Kind::Alternatives { chosen: false },
            "Choice" | "Fallback" => self.alternative(),
            "altChunk" => {
                self.found.objects += 1;
                Kind::Other
            }
            _ => self.property(element, name),
        }
    }

    /// Deleted content is gone; where it is a row's or a cell's mark, so is the row or cell.
    fn not_shown(&mut self, name: &str) -> Kind {
        if name == "del"
            && self.kinds.last() == Some(&Kind::Other)
            && self.kinds.iter().rev().nth(1) == Some(&Kind::Row)
            && let Some(Open::Table(table)) = self.open.last_mut()
        {
            table.row_deleted = true;
        }
        Kind::Skipped
    }

    fn note(&mut self, element: &BytesStart<'_>) -> Kind {
        // The lines that part notes from the text are notes by form.
        match attribute(element, "type").as_deref() {
            None | Some("normal") => {
                let kind = self.push(Open::Blocks(Vec::new()), Kind::Note);
                let mark = attribute(element, "id").unwrap_or_default();
                self.note_mark = crate::sheet::raised(&mark);
                kind
            }
            Some(_) => Kind::Skipped,
        }
    }

    /// Of the ways to draw a thing the first counts: the others show the same.
    fn alternative(&mut self) -> Kind {
        match self.kinds.last_mut() {
            Some(Kind::Alternatives { chosen: true }) => Kind::Skipped,
            Some(Kind::Alternatives { chosen }) => {
                *chosen = true;
                Kind::Other
            }
            _ => Kind::Other,
        }
    }

    fn drawing(&mut self, element: &BytesStart<'_>, name: &str) -> Kind {
        match name {
            "OLEObject" => {
                let program = attribute(element, "ProgID").unwrap_or_default();
                // Formulas are drawn, and say nothing that a table has.
                self.found.objects += usize::from(!program.starts_with("Equation") && !program.starts_with("Paint"));
            }
            "shape" => self.extent = attribute(element, "style").map_or((0.0, 0.0), |style| size_of_shape(&style)),
            "extent" => {
                let side = |name: &str| number::<f64>(element, name).unwrap_or(0.0) / POINT;
                self.extent = (side("cx"), side("cy"));
            }
            "blip" | "imagedata" if is_large(self.extent) => {
                let relation = ["embed", "id", "link"].iter().find_map(|name| attribute(element, name));
                self.pictures.push((relation.unwrap_or_default(), self.extent));
            }
            _ => {}
        }
        Kind::Other
    }

    /// What an element says of the paragraph, run, row or cell that it stands in; characters that have an element.
    fn property(&mut self, element: &BytesStart<'_>, name: &str) -> Kind {
        let value = attribute(element, "val");
        let count = || value.as_deref().and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(0);
        let in_look = self.kinds.last() == Some(&Kind::RunLook);
        let on = !is_off(value.as_deref());
        match name {
            "tab" if self.in_run() => self.add("\t"),
            "br" if attribute(element, "type").is_some_and(|kind| kind == "page") => self.break_page(),
            "br" | "cr" => self.add("\n"),
            "noBreakHyphen" => self.add("-"),
            "sym" => {
                let code = attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let font = attribute(element, "font").unwrap_or_default();
                let shown = code.and_then(|code| symbol::shown(&font, code));
                self.add(&shown.map(String::from).unwrap_or_default());
            }
            "footnoteReference" | "endnoteReference" => {
                let mark = attribute(element, "id").unwrap_or_default();
                self.add(&crate::sheet::raised(&mark));
            }
            "fldChar" => {
                let kind = attribute(element, "fldCharType").unwrap_or_default();
                self.on_paragraph(|paragraph| paragraph.field(&kind));
            }
            "vanish" if in_look => self.on_paragraph(|paragraph| paragraph.run.hidden = on),
            "strike" | "dstrike" if in_look => self.on_paragraph(|paragraph| paragraph.run.struck |= on),
            "rStyle" if in_look => {
                let hidden = value.as_deref().is_some_and(|style| self.styles.is_hidden(style));
                self.on_paragraph(|paragraph| paragraph.run.hidden |= hidden);
            }
            "vertAlign" if in_look => self.on_paragraph(|paragraph| {
                paragraph.run.raised = value.as_deref() == Some("superscript");
                paragraph.run.lowered = value.as_deref() == Some("subscript");
            }),
            "pStyle" => self.on_paragraph(|paragraph| paragraph.style.clone_from(&value)),
            "numId" => self.on_paragraph(|paragraph| paragraph.list = u32::try_from(count()).ok()),
            "ilvl" => self.on_paragraph(|paragraph| paragraph.level = Some(count())),
            "pageBreakBefore" if on => self.break_page(),
            "gridBefore" => self.on_table(|table| table.skip(count())),
            "gridSpan" => self.on_table(|table| table.cell.col_span = count()),
            "vMerge" | "vmerge" => self.on_table(|table| table.cell.joins_above = value.as_deref() != Some("restart")),
            "hMerge" | "hmerge" => self.on_table(|table| table.cell.joins_left = value.as_deref() != Some("restart")),
            "cellDel" => self.on_table(|table| table.cell.deleted = true),
            "tblCaption" => self.on_table(|table| table.caption = value.clone().unwrap_or_default()),
            _ => {}
        }
        Kind::Other
    }

    fn push(&mut self, open: Open, kind: Kind) -> Kind {
        self.open.push(open);
        kind
    }

    fn in_table(&self) -> bool {
        matches!(self.open.last(), Some(Open::Table(_)))
    }

    fn in_run(&self) -> bool {
        self.kinds.last() == Some(&Kind::Run)
    }

    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        if let Some(Open::Paragraph(paragraph)) = self.open.last_mut() { Some(paragraph) } else { None }
    }

    fn on_paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraph() {
            change(paragraph);
        }
    }

    /// Changes the table whose row or cell is open. A cell's properties stand inside the cell, before its blocks.
    fn on_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(Open::Table(table)) = self.open.iter_mut().rev().find(|open| matches!(open, Open::Table(_))) {
            change(table);
        }
    }

    fn add(&mut self, text: &str) {
        self.on_paragraph(|paragraph| paragraph.add(text));
    }

    fn break_page(&mut self) {
        self.on_paragraph(|paragraph| paragraph.breaks_page = true);
    }

    /// Closes the innermost thing and gives it to the one around it.
    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Paragraph(paragraph)) => self.end_paragraph(paragraph),
            Some(Open::Table(table)) => {
                let (grid, left_out) = table.finish();
                self.found.left_out += left_out;
                self.give(vec![Block::Grid(grid)]);
            }
            Some(Open::Blocks(blocks)) => match self.open.last_mut() {
                Some(Open::Table(table)) => table.end_cell(blocks),
                _ => self.give(blocks),
            },
            None => {}
        }
    }

    fn end_paragraph(&mut self, mut paragraph: Paragraph) {
        self.found.unseen += paragraph.unseen;
        let (list, level) = self.styles.list(paragraph.style.as_deref());
        let level = paragraph.level.or(level).unwrap_or(0);
        if let Some(list) = paragraph.list.or(list).filter(|list| *list > 0)
            && level < LEVELS
            && let Some(mark) = self.numbering.next(list, level)
        {
            paragraph.text.insert_str(0, &mark);
        }
        paragraph.text.insert_str(0, &std::mem::take(&mut self.note_mark));
        let mut blocks = Vec::new();
        if paragraph.breaks_page {
            blocks.push(Block::PageBreak);
        }
        blocks.push(Block::Paragraph(paragraph.text));
        self.give(blocks);
    }

    /// Gives blocks to what is around them: the blocks of a text box in a paragraph stand before it.
    fn give(&mut self, blocks: Vec<Block>) {
        let around = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Blocks(around) => Some(around),
            _ => None,
        });
        if let Some(around) = around {
            around.extend(blocks);
        }
    }
}
