//! The value of a cell, before any file format.

use rust_decimal::Decimal;
use std::borrow::Cow;
use std::fmt::Display;
use yusuan_extract::Place;

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    /// Nothing.
    Empty,
    /// Text from a document: it may hold anything.
    Text(Cow<'a, str>),
    /// A count.
    Integer(i64),
    /// An exact number.
    Decimal(Decimal),
    /// Yes or no.
    Boolean(bool),
}

impl<'a> Value<'a> {
    /// Text; empty text is nothing.
    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A count.
    pub(crate) fn count(count: usize) -> Self {
        i64::try_from(count).map_or(Self::Empty, Self::Integer)
    }

    /// A position that may be unknown.
    pub(crate) fn position(position: Option<u32>) -> Self {
        position.map_or(Self::Empty, |p| Self::Integer(p.into()))
    }

    /// An amount that may be unknown.
    pub(crate) fn amount(amount: Option<Decimal>) -> Self {
        amount.map_or(Self::Empty, Self::Decimal)
    }

    /// A measure rounded to hundredths: of a point, or of a share. Finer digits would only carry noise.
    pub(crate) fn measure(measure: f64) -> Self {
        let hundredths = (measure * 100.0).round();
        if !hundredths.is_finite() || hundredths.abs() > 1e15 {
            return Self::Empty;
        }
        Self::Decimal(Decimal::new(hundredths as i64, 2).normalize())
    }

    /// Texts joined by `;`, as the contract writes lists.
    pub(crate) fn list(items: impl IntoIterator<Item = impl Display>) -> Self {
        let mut joined = String::new();
        for item in items {
            if !joined.is_empty() {
                joined.push(';');
            }
            // A list's own separator inside an item would make two of it.
            joined.push_str(&item.to_string().replace(';', "；"));
        }
        Self::text(joined)
    }
}

/// Edges of a place's box.
#[derive(Clone, Copy)]
pub(crate) enum Edge {
    Left,
    Top,
    Right,
    Bottom,
}

/// One coordinate of a place's box, empty where there is none.
pub(crate) fn edge(place: &Place, edge: Edge) -> Value<'static> {
    let Some(bbox) = place.bbox else { return Value::Empty };
    Value::measure(match edge {
        Edge::Left => bbox.x0,
        Edge::Top => bbox.y0,
        Edge::Right => bbox.x1,
        Edge::Bottom => bbox.y1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_rounded_to_hundredths_and_never_fail() {
        assert_eq!(Value::measure(12.3456), Value::Decimal(Decimal::new(1235, 2)));
        assert_eq!(Value::measure(f64::NAN), Value::Empty);
        assert_eq!(Value::measure(f64::INFINITY), Value::Empty);
    }

    #[test]
    fn lists_keep_their_items_apart() {
        assert_eq!(Value::list(["a", "b"]), Value::text("a;b"));
        assert_eq!(Value::list(["a;b"]), Value::text("a；b"));
        assert_eq!(Value::list(Vec::<String>::new()), Value::Empty);
    }
}
