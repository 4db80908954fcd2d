//! Identities within one table.

pub(crate) mod a01_row_sum;
pub(crate) mod a02_column_sum;
pub(crate) mod a02_outline;
pub(crate) mod a03_code_tree;
pub(crate) mod a04_balance;
pub(crate) mod a05_carry_over;
pub(crate) mod a06_three_public;
pub(crate) mod a07_weights;
pub(crate) mod a08_growth_column;
pub(crate) mod a09_of_which;
pub(crate) mod a10_procurement;
pub(crate) mod a11_basic_footer;
pub(crate) mod a12_form_money;
pub(crate) mod a13_whole_lists;
pub(crate) mod a14_debt_balance;
pub(crate) mod column_sums;
pub(crate) mod extent;
pub(crate) mod quotients;
