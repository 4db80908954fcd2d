//! The paragraphs around a table: which are its titles, which its notes, and which belong to the text?

use super::piece::{Line, Piece};

/// Most paragraphs above (below) a table that are handed on as its captions.
const MOST_CAPTIONS: usize = 10;
/// A text longer than this is a paragraph, not a title.
const LONGEST_TITLE: usize = 80;
/// Paragraphs before a page break that are captions of a table that begins the page.
const LEFT_BEHIND: usize = 3;
/// What a note begins with.
const NOTES: [&str; 8] = ["注：", "注:", "备注：", "备注:", "说明：", "说明:", "*", "※"];

/// The lines between two tables, shared out.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Of the table before.
    pub(super) below: Vec<Line>,
    /// Of the table that follows.
    pub(super) above: Vec<Line>,
}

/// Shares out what stands between two tables. `first` says that no table stands before.
pub(super) fn share(between: &[&Piece], first: bool) -> Shared {
    let is_break = |piece: &&&Piece| matches!(piece, Piece::PageBreak);
    let broken = between.iter().rposition(|piece| is_break(&piece));
    let start = between.iter().position(|piece| is_break(&piece)).unwrap_or(between.len());
    let before = lines(&between[..start]);
    let notes = if first { 0 } else { notes(&before, broken.is_some()) };
    let below = before[..notes].to_vec();
    let behind = broken.map_or_else(|| before[notes..].to_vec(), |at| lines(&between[at + 1..]));
    let above = titles(&behind);
    if above.is_empty() && behind.is_empty() {
        let left = &before[notes..];
        return Shared { below, above: titles(&left[left.len().saturating_sub(LEFT_BEHIND)..]) };
    }
    Shared { below, above }
}

fn lines(pieces: &[&Piece]) -> Vec<Line> {
    let line = |piece: &&Piece| if let Piece::Line(line) = piece { Some(line.clone()) } else { None };
    pieces.iter().filter_map(line).collect()
}

/// How many of the lines below a table are its notes: those that begin as one or are short sentences. What a page break
/// follows can be nothing else, as long as it is short.
fn notes(lines: &[Line], broken: bool) -> usize {
    let is_note = |line: &&Line| {
        let short = line.text.chars().count() <= LONGEST_TITLE;
        let marked = NOTES.iter().any(|note| line.text.starts_with(note));
        marked || short && (broken || line.text.ends_with(['。', '；', ';']))
    };
    lines.iter().take(MOST_CAPTIONS).take_while(is_note).count()
}

/// The last lines above a table up to a paragraph of the text.
fn titles(lines: &[Line]) -> Vec<Line> {
    let is_title = |line: &&Line| line.text.chars().count() <= LONGEST_TITLE;
    let count = lines.iter().rev().take(MOST_CAPTIONS).take_while(is_title).count();
    lines[lines.len() - count..].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(texts: &[&str]) -> (Vec<String>, Vec<String>) {
        let piece = |text: &&str| match *text {
            "|" => Piece::PageBreak,
            text => Piece::Line(Line::of(text).unwrap()),
        };
        let pieces: Vec<Piece> = texts.iter().map(piece).collect();
        let shared = share(&pieces.iter().collect::<Vec<_>>(), false);
        let texts = |lines: Vec<Line>| lines.into_iter().map(|line| line.text).collect();
        (texts(shared.below), texts(shared.above))
    }

    fn own(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn notes_go_up_and_titles_go_down() {
        let long = "字".repeat(90);
        let case = |texts: &[&str], below: &[&str], above: &[&str]| {
            let found = shared(texts);
            assert_eq!((found.0.as_slice(), found.1.as_slice()), (&own(below)[..], &own(above)[..]), "{texts:?}");
        };
        case(&["注：甲", "表二", "单位：元"], &["注：甲"], &["表二", "单位：元"]);
        case(&["表二", "单位：元"], &[], &["表二", "单位：元"]);
        case(&["本表无数", "|", "表二"], &["本表无数"], &["表二"]);
        case(&["说明。", &long, "表二"], &["说明。"], &["表二"]);
        case(&["表二", "|"], &["表二"], &[]);
    }
}
