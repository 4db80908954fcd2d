//! Frames of other packages, made in the Python half, which imports them only when they are asked for.

use pyo3::prelude::*;

/// What the function of `yusuan._frames` makes of a value.
pub(crate) fn made<'py>(function: &str, of: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    of.py().import("yusuan._frames")?.call_method1(function, (of,))
}
