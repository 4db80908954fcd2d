//! Identities between the tables of one document.
//!
//! A disclosure prints the same money several times (forms of 部门预算 and 部门决算; 财政部《地方预决算公开操作规程》): the totals of
//! 收支总表 are those of 收入总表 and 支出总表, and so on down to the economic codes. A tie is claimed only where each of both tables
//! is there once, with data: with two of a kind (several units in one file) nobody knows which belong together.

pub(crate) mod b01_totals;
pub(crate) mod b02_classes;
pub(crate) mod b02_same_codes;
pub(crate) mod b03_budgets;
pub(crate) mod b04_basic;
pub(crate) mod b05_projects;
pub(crate) mod b06_crosswalk;
pub(crate) mod b07_economic;
pub(crate) mod b09_goals;
pub(crate) mod b10_final_accounts;
pub(crate) mod b11_revenue;
pub(crate) mod b12_code_names;
pub(crate) mod pick;
