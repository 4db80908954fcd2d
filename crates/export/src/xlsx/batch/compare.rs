//! 比较: a row for each body and year with its key figures in 万元, each linked to the row that it was taken from.

use crate::dataset::documents::disclosure_id;
use crate::record::DocumentRecord;
use crate::xlsx::amount::{Number, ten_thousand_yuan};
use crate::xlsx::statement::is_doubtful;
use crate::xlsx::style::{Role, Style, Styles};
use crate::xlsx::{cell_text, set_up_page};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Url, Worksheet, XlsxError};
use std::collections::BTreeMap;
use yusuan_normalize::{
    DocumentKind, EntityScope, FunctionShare, Headline, HeadlineKind, Identity, NormalizedDocument, function_shares,
};

/// Links that a worksheet may hold are limited by Excel to 65,530.
const MOST_LINKS: usize = 65_000;

/// A figure with its doubts and where it stands.
#[derive(Clone)]
pub(super) struct Figure {
    pub(super) value: Decimal,
    pub(super) doubtful: bool,
    link: Option<String>,
}

/// One body's one year.
pub(super) struct Line {
    pub(super) identity: Identity,
    sources: Vec<String>,
    /// By kind; files of one disclosure that differ leave nothing.
    figures: BTreeMap<HeadlineKind, Option<Figure>>,
    /// Expenditure by function class.
    pub(super) functions: Vec<FunctionShare>,
}

impl Line {
    /// The figure, where there is one that all files agree on.
    pub(super) fn figure(&self, kind: HeadlineKind) -> Option<&Figure> {
        self.figures.get(&kind).and_then(Option::as_ref)
    }

    /// Who, in a few words.
    pub(super) fn body(&self) -> &str {
        if self.identity.department.is_empty() {
            self.sources.first().map_or("", String::as_str)
        } else {
            &self.identity.department
        }
    }
}

/// All bodies and years.
#[derive(Default)]
pub(super) struct Comparison {
    pub(super) lines: Vec<Line>,
    /// Lines by disclosure: the files of one disclosure share a line.
    by_disclosure: BTreeMap<String, usize>,
}

impl Comparison {
    /// Adds a document's figures. A document without any is only listed where it should have them.
    pub(super) fn add<'h>(
        &mut self,
        record: &DocumentRecord,
        document: &NormalizedDocument,
        figures: impl ExactSizeIterator<Item = (&'h Headline, Option<String>)>,
    ) {
        let kind = document.identity.kind;
        if figures.len() == 0 && !matches!(kind, Some(DocumentKind::Budget | DocumentKind::FinalAccounts)) {
            return;
        }
        let line = self.line(record, document);
        line.sources.push(record.source.clone());
        for (headline, link) in figures {
            let flags = document.statements.get(headline.statement).and_then(|s| s.facts.get(headline.fact));
            let doubtful = flags.is_some_and(|fact| is_doubtful(&fact.flags));
            let figure = Figure { value: headline.value, doubtful, link };
            let known = line.figures.entry(headline.kind).or_insert_with(|| Some(figure));
            if known.as_ref().is_some_and(|known| known.value != headline.value) {
                *known = None;
            }
        }
        if line.functions.is_empty() {
            line.functions = function_shares(document);
        }
    }

    fn line(&mut self, record: &DocumentRecord, document: &NormalizedDocument) -> &mut Line {
        let id = disclosure_id(&document.identity);
        let known = if id.is_empty() { None } else { self.by_disclosure.get(&id).copied() };
        let index = known.unwrap_or(self.lines.len());
        if index == self.lines.len() {
            self.lines.push(Line {
                identity: document.identity.clone(),
                sources: Vec::new(),
                figures: BTreeMap::new(),
                functions: Vec::new(),
            });
            let key = if id.is_empty() { format!("{}\n", record.source) } else { id };
            self.by_disclosure.insert(key, index);
        }
        &mut self.lines[index]
    }

    /// Bodies of one region together, the years of one body below each other.
    pub(super) fn sort(&mut self) {
        self.lines.sort_by(|a, b| {
            let key = |line: &Line| {
                let identity = &line.identity;
                let scope = identity.scope as u8;
                (
                    identity.region_code.clone(),
                    identity.region.clone(),
                    line.body().to_owned(),
                    scope,
                    identity.kind,
                    identity.year,
                )
            };
            key(a).cmp(&key(b))
        });
    }
}

/// What is said before the figures: heading and width.
const WHO: &[(&str, f64)] =
    &[("地区", 18.0), ("部门（单位）", 30.0), ("部门或单位", 9.0), ("年度", 7.0), ("类型", 7.0), ("来源文件", 36.0)];
const NOTE: (&str, f64) = ("备注", 30.0);
/// The row of the headings.
const HEAD: u32 = 2;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, comparison: &Comparison, styles: &mut Styles) -> Result<(), XlsxError> {
    sheet.set_name("比较")?;
    let last_col = (WHO.len() + HeadlineKind::ALL.len()) as u16;
    for (col, (_, width)) in WHO.iter().enumerate() {
        sheet.set_column_width(col as u16, *width)?;
    }
    sheet.set_column_range_width(WHO.len() as u16, last_col - 1, 13.5)?;
    sheet.set_column_width(last_col, NOTE.1)?;
    sheet.write_string_with_format(0, 0, "各部门、各年度关键数字比较", styles.of(Role::Heading))?;
    sheet.set_row_height(0, 26.0)?;
    let words = "单位：万元。点数字看它出自哪一行；浅黄底色为存疑的数；空格为没有找到或读法不一，绝不推算。部门数已含下属单位，不可与单位数相加。";
    sheet.write_string_with_format(1, 0, words, styles.of(Role::Remark))?;
    let kinds = HeadlineKind::ALL.iter().map(|kind| heading(*kind));
    let headings = WHO.iter().map(|(heading, _)| (*heading).to_owned()).chain(kinds).chain([NOTE.0.to_owned()]);
    for (col, text) in headings.enumerate() {
        sheet.write_string_with_format(HEAD, col as u16, text, styles.of(Role::Header))?;
    }
    sheet.set_row_height(HEAD, 48.0)?;
    let mut body = Body { sheet, styles, links: 0 };
    for (index, line) in comparison.lines.iter().enumerate() {
        body.line(HEAD + 1 + index as u32, line)?;
    }
    let last = HEAD + comparison.lines.len() as u32;
    sheet.autofilter(HEAD, 0, last, last_col)?;
    sheet.set_freeze_panes(HEAD + 1, 2)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    set_up_page(sheet);
    Ok(())
}

/// Personnel and public expenditure are those of one budget everywhere, since only that table has them for every body.
fn heading(kind: HeadlineKind) -> String {
    match kind {
        HeadlineKind::Personnel | HeadlineKind::Public => format!("{}（一般公共预算）", kind.label_zh()),
        _ => kind.label_zh().to_owned(),
    }
}

struct Body<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a mut Styles,
    links: usize,
}

impl Body<'_> {
    fn line(&mut self, row: u32, line: &Line) -> Result<(), XlsxError> {
        let identity = &line.identity;
        let scope = match identity.scope {
            EntityScope::Department => "部门",
            EntityScope::Agency => "单位",
        };
        let year = identity.year.map_or(String::new(), |year| year.to_string());
        let kind = identity.kind.map_or("", |kind| kind.label_zh());
        let sources = line.sources.join("、");
        let who = [identity.region.as_str(), line.body(), scope, &year, kind, &sources];
        for (col, text) in who.into_iter().enumerate() {
            let role = if matches!(col, 2..=4) { Role::Centered } else { Role::Text };
            self.sheet.write_string_with_format(row, col as u16, cell_text(text), self.styles.of(role))?;
        }
        let mut col = WHO.len() as u16;
        for kind in HeadlineKind::ALL {
            self.figure((row, col), line.figure(*kind))?;
            col += 1;
        }
        let differing: Vec<&str> =
            line.figures.iter().filter(|(_, figure)| figure.is_none()).map(|(kind, _)| kind.label_zh()).collect();
        let note = if differing.is_empty() {
            String::new()
        } else {
            format!("同一公开的几份文件不一致，未列：{}", differing.join("、"))
        };
        self.sheet.write_string_with_format(row, col, note, self.styles.of(Role::Text))?;
        Ok(())
    }

    fn figure(&mut self, (row, col): (u32, u16), figure: Option<&Figure>) -> Result<(), XlsxError> {
        let Some(figure) = figure else {
            self.sheet.write_blank(row, col, self.styles.of(Role::Text))?;
            return Ok(());
        };
        let link = figure.link.as_ref().filter(|_| self.links < MOST_LINKS);
        let role = if link.is_some() { Role::LinkedAmount } else { Role::Amount };
        let Some(Number { value, shown, .. }) = ten_thousand_yuan(figure.value) else {
            self.sheet.write_blank(row, col, self.styles.of(Role::Text))?;
            return Ok(());
        };
        let style = Style { shown, doubtful: figure.doubtful, ..Style::of(role) };
        let format = self.styles.get(style);
        if let Some(link) = link {
            self.sheet.write_url_with_format(row, col, Url::new(link), format)?;
            self.links += 1;
        }
        // The number takes the place of the link's text; the link stays.
        self.sheet.write_number_with_format(row, col, value, format)?;
        Ok(())
    }
}
