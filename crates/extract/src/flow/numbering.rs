//! What is printed before a numbered paragraph: lists with levels, each with a pattern and a counter.

use super::numerals;
use std::collections::BTreeMap;

/// Levels of a list.
pub(super) const LEVELS: usize = 9;

/// The lists that a document defines, with how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Lists by their number: the definition, and what they change of it.
    pub(super) lists: BTreeMap<u32, List>,
    pub(super) definitions: BTreeMap<u32, Vec<Level>>,
    /// How far each definition has counted, by level; `None` where it has not begun.
    counted: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Lists that have restarted their counters.
    begun: BTreeMap<u32, [bool; LEVELS]>,
}

/// A list of a definition, and what it changes of that.
#[derive(Debug, Default, Clone)]
pub(super) struct List {
    pub(super) definition: u32,
    /// Levels that begin anew, with their first number.
    pub(super) starts: BTreeMap<usize, u32>,
    pub(super) levels: BTreeMap<usize, Level>,
}

/// How a level is numbered.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    pub(super) start: u32,
    /// A format of [ECMA-376] 17.18.59.
    pub(super) format: String,
    /// The pattern: %1 stands for the first level's number.
    pub(super) text: String,
    /// All numbers of the pattern are plain ones.
    pub(super) legal: bool,
}

impl Numbering {
    /// Counts a paragraph of a list and gives what is printed before it.
    pub(super) fn next(&mut self, list_id: u32, level: usize) -> Option<String> {
        let list = self.lists.get(&list_id)?;
        let levels = self.definitions.get(&list.definition);
        let of = |at: usize| list.levels.get(&at).or_else(|| levels?.get(at));
        let own = of(level)?;
        let counted = self.counted.entry(list.definition).or_default();
        let begun = self.begun.entry(list_id).or_default();
        let starts = list.starts.get(&level).filter(|_| !begun[level]);
        begun[level] = true;
        let next = match (starts, counted[level]) {
            (Some(start), _) => *start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => own.start,
        };
        counted[level] = Some(next);
        counted[level + 1..].fill(None);
        let mut text = String::new();
        let mut pattern = own.text.chars().peekable();
        while let Some(c) = pattern.next() {
            let digit = pattern.peek().and_then(|next| next.to_digit(10)).filter(|digit| c == '%' && *digit > 0);
            let Some(digit) = digit else {
                // Bullets of symbol fonts are pictures.
                if !('\u{e000}'..='\u{f8ff}').contains(&c) {
                    text.push(c);
                }
                continue;
            };
            pattern.next();
            let at = digit as usize - 1;
            let count = counted.get(at).copied().flatten().or_else(|| of(at).map(|level| level.start));
            let format = if own.legal { "decimal" } else { of(at).map_or("decimal", |level| level.format.as_str()) };
            text.push_str(&count.and_then(|count| numerals::shown(format, count)).unwrap_or_default());
        }
        // 一、 and （一） stand close to the text, a bare number does not.
        if text.ends_with(|c: char| c.is_alphanumeric()) {
            text.push(' ');
        }
        Some(text).filter(|text| !text.is_empty() && own.format != "bullet")
    }
}
