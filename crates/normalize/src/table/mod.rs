//! One table: from its grid to its typed amounts.

pub(crate) mod apart;
pub(crate) mod caption;
pub(crate) mod classify;
pub(crate) mod codes;
pub(crate) mod column;
pub(crate) mod continued;
pub(crate) mod dimension;
pub(crate) mod evidence;
pub(crate) mod facts;
pub(crate) mod form;
pub(crate) mod goals;
pub(crate) mod grid;
pub(crate) mod header;
pub(crate) mod hierarchy;
pub(crate) mod income;
pub(crate) mod kinds;
pub(crate) mod level;
pub(crate) mod money_form;
pub(crate) mod own_lines;
pub(crate) mod panel;
mod quotient;
pub(crate) mod read;
pub(crate) mod repair;
pub(crate) mod row;
pub(crate) mod rows;
pub(crate) mod state;
pub(crate) mod statement;

pub(crate) use read::read_all;
