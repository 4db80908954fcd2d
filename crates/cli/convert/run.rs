//! One run: what all its phases share.

use crate::args::Layout;
use crate::interrupt::Interrupt;
use crate::reader::Reader;
use crate::reporter::Reporter;
use crate::second::Twice;
use crate::store::Results;
use std::path::Path;
use yusuan_export::ExportOptions;
use yusuan_extract::Limits;

/// What every phase needs.
pub(crate) struct Run<'a> {
    pub(crate) out: &'a Path,
    pub(crate) options: &'a ExportOptions,
    pub(crate) layout: Layout,
    pub(crate) limits: Limits,
    pub(crate) twice: Twice,
    pub(crate) results: Results,
    pub(crate) reader: Reader,
    pub(crate) interrupt: Interrupt,
    pub(crate) reporter: &'a Reporter,
}
