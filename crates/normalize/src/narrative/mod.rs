//! Amounts stated in the narrative (预算情况说明): every amount sentence, what it says and which printed figure it repeats.
//!
//! The forms of 部门预算 and 部门决算 ask for a narrative that repeats the tables' totals in words (财政部《关于推进部门所属单位
//! 预算公开的指导意见》, 《地方预决算公开操作规程》), so each amount is kept with its sentence, its subject and its place.

mod headline;
mod matching;
pub(crate) mod paragraph;
mod printed;
mod sentence;
mod subject;

pub(crate) use headline::{headline_level, headline_totals};
pub(crate) use matching::{is_whole_budget, named, of_another_size};
pub(crate) use printed::PrintedFigures;

use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use paragraph::Paragraph;
use rust_decimal::Decimal;
use yusuan_extract::TextLine;

/// The narrative of a document.
pub(crate) struct Narrative {
    /// Its text.
    pub(crate) paragraphs: Vec<Paragraph>,
    /// Its amounts, each with the printed figure that it repeats.
    pub(crate) figures: Vec<ProseFigure>,
    /// Tables (by position) whose amounts it repeats, so many times as large.
    pub(crate) contradicted: Vec<(usize, Decimal)>,
}

/// Reads every amount of the narrative and looks for the printed figure that it repeats. `year` is the document's.
pub(crate) fn read(lines: &[TextLine], statements: &[Statement], year: Option<i32>) -> Narrative {
    let paragraphs = paragraph::build(lines);
    let mut figures = Vec::new();
    for paragraph in &paragraphs {
        sentence::read(paragraph, year, &mut figures);
    }
    let contradicted = matching::link(&mut figures, statements);
    Narrative { paragraphs, figures, contradicted }
}

/// Looks for the figures that a narrative without tables repeats in a table file of the same disclosure.
pub(crate) fn match_elsewhere(figures: &mut [ProseFigure], statements: &[Statement], source: &str) {
    matching::link_free(figures, statements, source);
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "P01",
        title: "Sentences",
        text: "lines are put together until a list number, an indentation or room left at the line's end says that a paragraph ended",
        source: "GB/T 9704: paragraphs begin two characters in",
    },
    Rule {
        id: "P02",
        title: "Subjects",
        text: "what the amount is said of is the clause before it; a bare comparison goes on with the amount before; 支出决算 alone belongs to the class, section or item named last",
        source: "wording of the narrative's model texts",
    },
    Rule {
        id: "P03",
        title: "Changes",
        text: "增加, 减少 and the like make an amount a difference between two years: period `change`, never matched",
        source: "model texts: 比上年增加",
    },
    Rule {
        id: "P04",
        title: "Matches",
        text: "amount within the printed precision and fitting words, both; 三公 items only in 三公 tables, since economic codes count basic expenditure alone",
        source: "economic codes of 基本支出 tables hold only the basic part of 三公 spending",
    },
    Rule {
        id: "P05",
        title: "Contradictions",
        text: "a table with no match at its own size and two at another gets `unit_conflict`",
        source: "narrative and tables tell the same totals",
    },
];

#[cfg(test)]
mod tests;
