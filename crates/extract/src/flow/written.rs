//! What every format's reader hands on.

use super::block::Block;
use crate::image::Shown;
use crate::model::{Diagnostic, DiagnosticCode};

/// What a format's reader hands on.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) blocks: Vec<Block>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Large pictures that can be read.
    pub(super) pictures: Vec<Shown>,
}

impl Written {
    /// Adds a diagnostic about the whole document.
    pub(super) fn say(&mut self, code: DiagnosticCode, message: String) {
        self.diagnostics.push(Diagnostic { code, place: None, message });
    }
}
