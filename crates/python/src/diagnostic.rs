//! What the reader of a file had to say: data, no exceptions.

use pyo3::prelude::*;
use yusuan_cli::embed::in_words;

/// One remark on the reading of a file.
#[pyclass(frozen, get_all, module = "yusuan")]
pub(crate) struct Diagnostic {
    /// E001 and so on.
    code: &'static str,
    /// One sentence in the language of the locale.
    message: String,
    /// Page or sheet in words, as the files have it.
    place: Option<String>,
    /// The page, where it is one.
    page: Option<u32>,
    /// Whether something was lost.
    loses_content: bool,
}

impl Diagnostic {
    pub(crate) fn of(diagnostic: &yusuan_extract::Diagnostic) -> Self {
        let place = diagnostic.place.clone();
        Self {
            code: diagnostic.code.as_str(),
            message: in_words(&diagnostic.message),
            page: place.as_deref().and_then(page),
            place,
            loses_content: diagnostic.code.loses_content(),
        }
    }
}

/// The number in "page 3" of the language that places are written in.
fn page(place: &str) -> Option<u32> {
    let number = place.strip_prefix('第')?.strip_suffix('页')?;
    number.trim().parse().ok()
}

#[pymethods]
impl Diagnostic {
    fn __repr__(&self) -> String {
        let place = self.place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
        format!("<yusuan.Diagnostic {}: {}{place}>", self.code, self.message)
    }
}
