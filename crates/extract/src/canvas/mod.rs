//! What a reader of positioned pages draws on: text, lines, areas and pictures go in as they are painted, one over the
//! other; what of them a person sees comes out as a [`crate::model::Page`], with what is to be said of it.

mod clips;
mod doubles;
mod drawing;
mod drawn;
mod figures;
mod findings;
mod glyphs;
mod grounds;
mod overlaid;
mod paint;
mod paths;
mod place;
mod radicals;
mod repeated;
mod settle;
mod shapes;
mod sight;
mod squares;
mod struck;
mod turned;

pub(crate) use drawing::{Canvas, Look, UNKNOWN};
pub(crate) use findings::{NEEDS_OCR, PageState, is_scan, may_be_scan, of_document, of_page};
pub(crate) use paint::{FAINT, PATTERN, SOLID, Shade};
pub(crate) use paths::fills_its_box;
pub(crate) use place::{Placed, direction_of, visible_part};
pub(crate) use radicals::{fold_radicals, is_private, without_marks};
pub(crate) use settle::Remarks;
