//! Word documents in OOXML packaging ([ECMA-376] part 1, chapter 17), transitional and strict.
//!
//! `body` walks the text; `lists` says which lists there are, `styles` which paragraphs are numbered by their style,
//! `symbol` what stands for a character of a symbol font.

mod body;
mod lists;
mod media;
mod paragraph;
mod read;
mod story;
mod styles;
mod symbol;

pub(super) use read::read;
