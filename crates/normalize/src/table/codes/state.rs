//! The 类 and 款 that hold for the rows below.

use crate::reading::books;
use crate::reading::code::Family;
use crate::table::codes::digits::{LENGTHS, RowCode};

/// What is printed in a row at each level, blank where nothing is.
pub(crate) type Parts = [String; 3];

/// The parts that hold where a row prints none.
#[derive(Debug, Clone)]
pub(crate) struct State {
    family: Family,
    /// None where it is not known, empty where there is none at this level.
    parts: [Option<String>; 3],
    /// The parts of the last whole code.
    last: Parts,
}

impl State {
    /// The state below the last code of the table before, or below nothing.
    pub(crate) fn after(family: Family, code: Option<&str>) -> Self {
        let mut state = Self { family, parts: [None, None, None], last: Parts::default() };
        if let Some(code) = code.filter(|c| LENGTHS.contains(&c.len()) && Family::of_code(c) == Some(family)) {
            state.keep(code);
        }
        state
    }

    /// Takes a row that prints these parts, the deepest at `depth`, and tells its code.
    pub(crate) fn take(&mut self, own: &Parts, depth: usize, name: &str) -> RowCode {
        let filled = self.filled(own, depth);
        let carried = own[..depth].iter().any(String::is_empty);
        let whole: Option<String> = filled[..=depth].iter().map(Option::as_deref).collect();
        let believed = whole.filter(|code| !(carried && contradicts(code, name)));
        if let Some(code) = believed.or_else(|| self.restored(own, depth, name)) {
            self.keep(&code);
            return RowCode::Whole(code);
        }
        // What the row prints holds for those below it; what it doesn't is not known any more.
        for (level, (kept, printed)) in self.parts.iter_mut().zip(own).enumerate() {
            *kept = match printed.as_str() {
                _ if level > depth => Some(String::new()),
                "" => None,
                part => Some(part.to_owned()),
            };
        }
        RowCode::Unsure(LENGTHS[depth])
    }

    /// A row whose digits are wrong from `level` on, its deepest at `depth`.
    pub(crate) fn lose(&mut self, level: usize, depth: usize) -> RowCode {
        for (at, part) in self.parts.iter_mut().enumerate().skip(level) {
            *part = if at > depth { Some(String::new()) } else { None };
        }
        RowCode::Unsure(LENGTHS[depth])
    }

    /// The parts down to `depth`, those that the row doesn't print from above.
    fn filled(&self, own: &Parts, depth: usize) -> [Option<String>; 3] {
        let mut filled: [Option<String>; 3] = own.clone().map(Some);
        let mut same = true;
        for level in 0..depth {
            if own[level].is_empty() {
                // No 款 was printed since the class.
                filled[level] = self.parts[level].clone().filter(|part| same && !part.is_empty());
            }
            same = same && filled[level].is_some() && filled[level] == self.parts[level];
        }
        filled
    }

    /// The code that the row's name gives to its digits: the place where the last code stood, else the only one in the list.
    fn restored(&self, own: &Parts, depth: usize, name: &str) -> Option<String> {
        let agrees = |code: &str| {
            let parts = split(code);
            own.iter().zip(&parts).all(|(own, part)| own.is_empty() || own == part)
        };
        let mut near: Parts = self.last.clone();
        near[..=depth].clone_from_slice(&own[..=depth]);
        for (part, last) in near.iter_mut().zip(&self.last).take(depth).filter(|(part, _)| part.is_empty()) {
            part.clone_from(last);
        }
        let near = near[..=depth].concat();
        if near.len() == LENGTHS[depth] && books::fits(&near, name) {
            return Some(near);
        }
        let fits =
            |code: &&&str| code.len() == LENGTHS[depth] && Family::of_code(code) == Some(self.family) && agrees(code);
        let mut found = books::named(name).iter().filter(fits);
        let first = found.next()?;
        found.next().is_none().then(|| (*first).to_owned())
    }

    fn keep(&mut self, code: &str) {
        self.last = split(code);
        self.parts = self.last.clone().map(Some);
    }
}

/// Whether the list gives the code another name, and the row's name to other codes that end alike.
fn contradicts(code: &str, name: &str) -> bool {
    let ends_alike = |other: &&str| other.len() == code.len() && other[other.len() - 2..] == code[code.len() - 2..];
    code.len() > LENGTHS[0]
        && books::knows(code)
        && !books::fits(code, name)
        && books::named(name).iter().any(ends_alike)
}

fn split(code: &str) -> Parts {
    let part = |from: usize, to: usize| code.get(from..to).unwrap_or_default().to_owned();
    [part(0, 3), part(3, 5), part(5, 7)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(parts: [&str; 3]) -> Parts {
        parts.map(str::to_owned)
    }

    #[test]
    fn parts_come_from_above() {
        let mut state = State::after(Family::Function, None);
        let mut take = |parts: [&str; 3], depth, name| state.take(&own(parts), depth, name);
        let whole = |code: &str| RowCode::Whole(code.to_owned());
        assert_eq!(take(["206", "", ""], 0, "科学技术支出"), whole("206"));
        assert_eq!(take(["", "", "02"], 2, "某事"), RowCode::Unsure(7), "no 款 was printed");
        assert_eq!(take(["", "07", ""], 1, "科学技术普及"), whole("20607"));
        assert_eq!(take(["206", "", "02"], 2, "科普活动"), whole("2060702"));
        assert_eq!(take(["", "", "05"], 2, "科技馆站"), whole("2060705"));
        assert_eq!(take(["208", "", "05"], 2, "某事"), RowCode::Unsure(7), "another class");
        assert_eq!(take(["208", "05", ""], 1, "某事"), whole("20805"));
    }

    #[test]
    fn a_name_tells_where_a_row_belongs() {
        let mut state = State::after(Family::Function, Some("2010301"));
        let whole = |code: &str| RowCode::Whole(code.to_owned());
        // The row of 208 was lost.
        assert_eq!(state.take(&own(["", "05", ""]), 1, "行政事业单位养老支出"), whole("20805"));
        assert_eq!(state.lose(0, 0), RowCode::Unsure(3));
        assert_eq!(state.take(&own(["", "", "01"]), 2, "行政运行"), RowCode::Unsure(7));
    }
}
