//! Text to meaning, one string at a time: no tables, no documents.

pub(crate) mod amount;
pub(crate) mod code;
pub(crate) mod currency;
pub(crate) mod fold;
pub(crate) mod form_word;
pub(crate) mod head;
pub(crate) mod indicator_head;
pub(crate) mod label;
pub(crate) mod listed;
pub(crate) mod region;
pub(crate) mod sign;
pub(crate) mod three_public;
pub(crate) mod title;
pub(crate) mod unit;
pub(crate) mod words;
pub(crate) mod year;
