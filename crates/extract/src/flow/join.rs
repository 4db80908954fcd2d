//! Tables that were split: a title or a header written again, a page break in the middle.

use super::piece::Piece;
use crate::table::join::{Between, goes_on_in_text};

/// Joins each table with those that go on with it.
pub(super) fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        let Piece::Table(next) = piece else {
            out.push(piece);
            continue;
        };
        let Some(at) = out.iter().rposition(|piece| matches!(piece, Piece::Table(_))) else {
            out.push(Piece::Table(next));
            continue;
        };
        let text = |piece: &Piece| if let Piece::Line(line) = piece { Some(line.text.clone()) } else { None };
        let lines: Vec<String> = out[at + 1..].iter().filter_map(text).collect();
        let above: Vec<String> = titles(&out[..at]);
        let page_break = out[at + 1..].iter().any(|piece| matches!(piece, Piece::PageBreak));
        let between = Between { above: &above, lines: &lines, page_break };
        match &mut out[at] {
            Piece::Table(table) if goes_on_in_text(table, &next, &between) => {
                crate::table::join::append_rows(table, next);
                // What was written again, or marks the continuation, stays said once.
                out.truncate(at + 1);
            }
            _ => out.push(Piece::Table(next)),
        }
    }
    out
}

/// Most lines above a table that its continuation may print again.
const MOST_TITLES: usize = 10;

/// The lines that end the pieces, up to a table.
fn titles(pieces: &[Piece]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces.iter().rev() {
        match piece {
            Piece::Line(line) if lines.len() < MOST_TITLES => lines.push(line.text.clone()),
            _ => break,
        }
    }
    lines.reverse();
    lines
}
