//! Doubtful places of a table, each with every reading that its signs allow.

use crate::reading::amount::Reading;
use crate::table::repair::field::{Change, Field, Repaired, Site};
use crate::table::repair::readings;
use rust_decimal::Decimal;
use yusuan_extract::{Cell, CellDoubt};

/// All doubtful places, row by row.
pub(crate) fn sites(field: &Field, decimals: u32) -> Vec<Site> {
    let mut sites = Vec::new();
    for row in field.first..field.grid.rows() {
        for index in 0..field.columns.len() {
            sites.extend(Place { field, row, index, decimals }.site());
        }
    }
    sites
}

/// A position among the value columns.
#[derive(Clone, Copy)]
struct Place<'a> {
    field: &'a Field<'a>,
    row: usize,
    index: usize,
    decimals: u32,
}

impl Place<'_> {
    fn site(&self) -> Option<Site> {
        let text = self.text()?;
        let plain = matches!(self.field.grid.reading(self.row, self.col()), Reading::Amount(..));
        if plain && !readings::lost_point(text, self.decimals) {
            let changes = [self.merged(), self.broken()].concat();
            return (!changes.is_empty()).then_some(Site { plain, changes });
        }
        let mut changes: Vec<Change> = readings::whole(text, self.decimals)
            .into_iter()
            .map(|figure| vec![(self.position(), Some(self.repaired(figure, text)))])
            .collect();
        changes.extend(self.pairs(text));
        (!changes.is_empty()).then_some(Site { plain: false, changes })
    }

    fn col(&self) -> usize {
        self.field.columns.get(self.index).map_or(0, |c| c.at)
    }

    fn position(&self) -> (usize, usize) {
        (self.row, self.col())
    }

    /// The text printed here; none where the cell begins elsewhere or is blank.
    fn text(&self) -> Option<&str> {
        self.field.grid.origin(self.row, self.col())?;
        let cell = self.field.grid.cell(self.row, self.col())?;
        // Which of the texts drawn over each other is meant no sum can say.
        if cell.doubts.contains(&CellDoubt::Overlaid) {
            return None;
        }
        let text = cell.text.as_str();
        (!text.trim().is_empty()).then_some(text)
    }

    fn repaired(&self, figure: Decimal, text: &str) -> Repaired {
        Repaired { figure, from: self.col(), text: text.trim().to_owned() }
    }

    /// The value column beside this one in the same panel.
    fn beside(&self, step: isize) -> Option<Self> {
        let index = self.index.checked_add_signed(step)?;
        let (own, other) = (self.field.columns.get(self.index)?, self.field.columns.get(index)?);
        (own.side == other.side && own.at.abs_diff(other.at) == 1).then_some(Self { index, ..*self })
    }

    fn is_blank(&self) -> bool {
        self.field.grid.reading(self.row, self.col()) == Reading::Blank
    }

    /// Two figures printed in this cell, one of them that of the blank column on either side.
    fn pairs(&self, text: &str) -> Vec<Change> {
        let Some((first, second)) = readings::pair(text, self.decimals) else { return Vec::new() };
        let with = |other: Self, (left, right): (Decimal, Decimal)| {
            vec![
                (self.position(), Some(self.repaired(left, text))),
                (other.position(), Some(self.repaired(right, text))),
            ]
        };
        let right = self.beside(1).filter(Self::is_blank).map(|other| with(other, (first, second)));
        let left = self.beside(-1).filter(Self::is_blank).map(|other| with(other, (second, first)));
        right.into_iter().chain(left).collect()
    }

    /// One figure printed over this cell and the next: it belongs to one of both columns.
    fn broken(&self) -> Vec<Change> {
        // The cells of a worksheet were typed one by one: no figure runs over two of them.
        let typed = |cell: &Cell| cell.place.sheet_cell.is_some();
        if self.field.grid.cell(self.row, self.col()).is_some_and(typed) {
            return Vec::new();
        }
        let Some((own, other)) = self.text().zip(self.beside(1)) else { return Vec::new() };
        let Some(next) = other.text() else { return Vec::new() };
        let Some(figure) = readings::joined(own, next, self.decimals) else { return Vec::new() };
        let text = format!("{}{}", own.trim(), next.trim());
        let at = |place: &Self| (place.position(), Some(self.repaired(figure, &text)));
        vec![vec![at(self), (other.position(), None)], vec![(self.position(), None), at(&other)]]
    }

    /// A figure in a cell merged over several value columns: any of them may be its own.
    fn merged(&self) -> Vec<Change> {
        let Some(text) = self.text() else { return Vec::new() };
        let Reading::Amount(figure, _) = self.field.grid.reading(self.row, self.col()) else { return Vec::new() };
        let width = self.field.grid.width(self.row, self.col());
        let mut options = Vec::new();
        let mut other = *self;
        while let Some(next) = other.beside(1).filter(|o| o.col() < self.col() + width) {
            options.push(vec![(self.position(), None), (next.position(), Some(self.repaired(figure, text)))]);
            other = next;
        }
        options
    }
}
