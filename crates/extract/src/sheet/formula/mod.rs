//! Formulas whose result is not stored, or not to be trusted: only sums are followed, of cells of the same sheet.
//!
//! A program that opens such a file calculates it; a reader must not guess. A sum of stored cells is no guess: it is what
//! any program would show. Everything else stays what it is, with a doubt.

mod parse;
mod settle;
mod sum;

pub(super) use parse::{parse, shifted};
pub(super) use settle::{Formula, Outcome, settle};
pub(super) use sum::{Operand, Sum};
