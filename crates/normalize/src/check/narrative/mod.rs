//! The narrative against the tables, and what its own figures promise each other.
//!
//! A sentence that states two amounts and a percentage of them, or a sum and its parts, proves itself: no table is needed, and
//! a narrative published apart from its tables is checked too. 财政部《地方预决算公开操作规程》 asks for increases with their reasons.

pub(crate) mod agreement;
pub(crate) mod c01_tables;
pub(crate) mod c03_share;
pub(crate) mod c04_changes;
pub(crate) mod c04_growth;
pub(crate) mod c06_counts;
pub(crate) mod c07_year_words;
pub(crate) mod c08_balance;
pub(crate) mod c08_items;
pub(crate) mod c08_listed;
pub(crate) mod c08_parts;
pub(crate) mod c09_blank_amounts;
pub(crate) mod c10_rates;
pub(crate) mod c11_restated;
pub(crate) mod change;
pub(crate) mod listed;
pub(crate) mod said;
