//! Values that are handed from phase to phase: what each of them means, and nothing of how it was found.

pub(crate) mod cell_ref;
pub(crate) mod check;
pub(crate) mod correction;
pub(crate) mod document;
pub(crate) mod doubt;
pub(crate) mod fact;
pub(crate) mod identity;
pub(crate) mod indicator;
pub(crate) mod measured;
pub(crate) mod money;
pub(crate) mod prose_figure;
pub(crate) mod rule;
pub(crate) mod statement;
pub(crate) mod unread;
pub(crate) mod vocabulary;
