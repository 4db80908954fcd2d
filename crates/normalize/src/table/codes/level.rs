//! Whether two digits below a class are a 款 or an 项: names, sums and the order of the digits tell.

use crate::reading::books;
use crate::reading::code::Family;
use crate::reading::fold::fold;
use rust_decimal::Decimal;

/// One row below a class.
pub(crate) struct Line<'a> {
    /// The last two digits.
    pub(crate) digits: String,
    /// Its level where the row prints the whole code.
    pub(crate) level: Option<usize>,
    pub(crate) name: &'a str,
    pub(crate) figures: &'a [Option<Decimal>],
}

const SECTION: usize = 1;
const ITEM: usize = 2;

/// Ways beyond these are not looked at: rows of noughts allow any number.
const MAX_WAYS: usize = 64;
const MAX_STEPS: usize = 20_000;

/// The level of every line, as far as all ways agree that names, sums and order allow.
pub(crate) fn decide(
    family: Family,
    class: Option<&str>,
    total: Option<&[Option<Decimal>]>,
    lines: &[Line],
) -> Vec<Option<usize>> {
    if family != Family::Function {
        // The economic classifications have no 项.
        return lines.iter().map(|line| line.level.or(Some(SECTION))).collect();
    }
    let fixed: Vec<Option<usize>> = lines.iter().map(|line| line.level.or_else(|| by_name(class, line))).collect();
    let tries = [(true, true), (true, false), (false, true)];
    for (sums, order) in tries {
        let mut search = Search { lines, fixed: &fixed, total, sums, order, ways: Vec::new(), steps: 0 };
        search.go_on(&mut Vec::new());
        if !search.ways.is_empty() && search.steps < MAX_STEPS {
            return agreed(&search.ways, lines.len());
        }
    }
    fixed
}

/// The level that a name says: by its mark （款）, else where the list has it at one level only.
fn by_name(class: Option<&str>, line: &Line) -> Option<usize> {
    if let Some(level) = books::level(&fold(line.name)).filter(|level| *level > 0) {
        return Some(level);
    }
    let ends = |code: &&&str| code.ends_with(&line.digits);
    // 行政运行 is an 项 in every class, 款 are called alike in none.
    let within = |code: &&&str| class.is_none_or(|class| code.starts_with(class));
    let codes = books::named(line.name);
    let section = codes.iter().filter(|c| c.len() == 5).filter(ends).any(|c| within(&c));
    let item = codes.iter().filter(|c| c.len() == 7).any(|c| ends(&c));
    match (section, item) {
        (true, false) => Some(SECTION),
        (false, true) => Some(ITEM),
        _ => None,
    }
}

/// Where all ways agree.
fn agreed(ways: &[Vec<usize>], count: usize) -> Vec<Option<usize>> {
    (0..count)
        .map(|at| {
            let first = *ways.first()?.get(at)?;
            ways.iter().all(|way| way.get(at) == Some(&first)).then_some(first)
        })
        .collect()
}

/// All ways to give levels to the lines of a class.
struct Search<'a> {
    lines: &'a [Line<'a>],
    fixed: &'a [Option<usize>],
    total: Option<&'a [Option<Decimal>]>,
    sums: bool,
    order: bool,
    ways: Vec<Vec<usize>>,
    steps: usize,
}

impl Search<'_> {
    fn go_on(&mut self, way: &mut Vec<usize>) {
        self.steps += 1;
        if self.ways.len() >= MAX_WAYS || self.steps >= MAX_STEPS {
            return;
        }
        let at = way.len();
        if at == self.lines.len() {
            if !self.sums || self.closes(way) && self.closes_class(way) {
                self.ways.push(way.clone());
            }
            return;
        }
        for level in [SECTION, ITEM] {
            if self.fixed[at].is_some_and(|fixed| fixed != level) || self.order && !self.ascends(way, level) {
                continue;
            }
            if level == SECTION && self.sums && !self.closes(way) {
                continue;
            }
            way.push(level);
            self.go_on(way);
            way.pop();
        }
    }

    /// Whether the digits of the next line are beyond those of its elder at this level. Above the first 款 anything may stand
    /// at the top of a page, below a class none does.
    fn ascends(&self, way: &[usize], level: usize) -> bool {
        let digits = |at: usize| self.lines[at].digits.as_str();
        let own = digits(way.len());
        if level == ITEM && !way.contains(&SECTION) && self.total.is_some() {
            return false;
        }
        let from = if level == ITEM { way.iter().rposition(|l| *l == SECTION).unwrap_or(0) } else { 0 };
        let elder = (from..way.len()).rev().find(|at| way[*at] == level);
        elder.is_none_or(|at| digits(at) < own)
    }

    /// Whether the 项 below the last 款 add up to it, if there are any.
    fn closes(&self, way: &[usize]) -> bool {
        let Some(head) = way.iter().rposition(|level| *level == SECTION) else { return true };
        let items: Vec<usize> = (head + 1..way.len()).collect();
        items.is_empty()
            || adds_up(self.lines[head].figures, &items.iter().map(|at| self.lines[*at].figures).collect::<Vec<_>>())
    }

    fn closes_class(&self, way: &[usize]) -> bool {
        let Some(total) = self.total.filter(|total| total.iter().any(Option::is_some)) else { return true };
        let sections = (0..way.len()).filter(|at| way[*at] == SECTION).map(|at| self.lines[at].figures);
        adds_up(total, &sections.collect::<Vec<_>>())
    }
}

/// Whether rows add up to another in every column, within what rounding hides.
fn adds_up(total: &[Option<Decimal>], rows: &[&[Option<Decimal>]]) -> bool {
    (0..total.len()).all(|col| {
        let at = |row: &[Option<Decimal>]| row.get(col).copied().flatten().unwrap_or_default();
        let own = at(total);
        let Some(sum) = rows.iter().map(|row| at(row)).try_fold(Decimal::ZERO, rust_decimal::Decimal::checked_add)
        else {
            return false;
        };
        let scale = rows.iter().map(|row| at(row).scale()).max().unwrap_or_default().max(own.scale());
        let half = Decimal::new(5, scale + 1);
        let Some(room) = Decimal::from(rows.len() + 1).checked_mul(half) else { return false };
        // Of one row only the same figure will do.
        let room = if rows.len() == 1 { Decimal::ZERO } else { room };
        sum.checked_sub(own).is_some_and(|gap| gap.abs() <= room)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(total: &str, rows: &[(&str, &str, &str)]) -> Vec<Option<usize>> {
        let figures: Vec<Vec<Option<Decimal>>> = rows.iter().map(|row| vec![row.2.parse().ok()]).collect();
        let lines: Vec<Line> = rows
            .iter()
            .zip(&figures)
            .map(|(row, figures)| Line { digits: row.0.to_owned(), level: None, name: row.1, figures })
            .collect();
        decide(Family::Function, Some("206"), Some(&[total.parse().ok()]), &lines)
    }

    #[test]
    fn sums_tell_levels() {
        let rows = [("07", "甲", "10"), ("08", "乙", "4"), ("09", "丙", "6"), ("11", "丁", "5")];
        assert_eq!(decided("15", &rows), [Some(1), Some(2), Some(2), Some(1)]);
        // 款 only.
        assert_eq!(decided("25", &rows), [Some(1), Some(1), Some(1), Some(1)]);
        // Nothing adds up: the order leaves several ways, and no name helps.
        assert_eq!(decided("99", &rows), [Some(1), None, None, None]);
    }

    #[test]
    fn names_tell_levels() {
        let rows = [("07", "科学技术普及", ""), ("02", "科普活动", ""), ("99", "其他科学技术支出", "")];
        assert_eq!(decided("", &rows)[..2], [Some(1), Some(2)]);
    }
}
