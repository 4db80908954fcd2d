//! One table as it is printed: texts with their places.

use crate::call::beside;
use crate::error::raise;
use crate::frames;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::sync::Arc;
use yusuan_cli::embed::{Failure, Reader};
use yusuan_extract::{CellDoubt, RawTable, Rect};

/// A box: left, top, right, bottom in points from the page's top left.
type Box4 = (f64, f64, f64, f64);

/// The file that tables are of, for drawings of its pages.
pub(crate) struct File {
    pub(crate) bytes: Arc<Vec<u8>>,
    pub(crate) path: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) reader: Arc<Reader>,
}

/// A table as it is printed: texts with their places.
///
/// >>> import yusuan
/// >>> table = yusuan.tables("samples/三门峡市科学技术协会2024年部门预算.pdf", pages=[6])[0]
/// >>> table.page, table.method, table.confidence
/// (6, 'ruled', 0.98)
/// >>> [round(edge) for edge in table.bbox]
/// [57, 104, 539, 664]
/// >>> table.spans[0]
/// (0, 0, 1, 2)
/// >>> table.debug_svg().startswith("<svg ")
/// True
#[pyclass(frozen, module = "yusuan")]
pub(crate) struct Table {
    pub(crate) raw: RawTable,
    pub(crate) file: Arc<File>,
}

/// One cell of a table.
#[pyclass(frozen, get_all, module = "yusuan")]
pub(crate) struct Cell {
    /// Its row, counted from 0.
    row: usize,
    /// Its column, counted from 0.
    col: usize,
    /// Rows covered.
    row_span: usize,
    /// Columns covered.
    col_span: usize,
    /// The text as it is printed.
    text: String,
    /// The page, counted from 1.
    page: Option<u32>,
    /// Left, top, right, bottom on the page in points.
    bbox: Option<Box4>,
    /// Row and column on the worksheet, counted from 1.
    sheet_cell: Option<(u32, u32)>,
    /// How sure the reader of a picture is; none where the text is in the file.
    confidence: Option<f64>,
    /// What else a picture may say, the likeliest first.
    readings: Vec<String>,
    /// Why the text may not be the figure that a person sees.
    doubts: Vec<&'static str>,
}

#[pymethods]
impl Table {
    /// Texts by row and column; none where another cell's span covers the place.
    #[getter]
    fn rows(&self) -> Vec<Vec<Option<&str>>> {
        let grid = self.raw.grid().into_iter();
        grid.map(|row| row.into_iter().map(|cell| cell.map(|cell| cell.text.as_str())).collect()).collect()
    }

    /// Row, column, rows covered, columns covered of each merged cell.
    #[getter]
    fn spans(&self) -> Vec<(usize, usize, usize, usize)> {
        let merged = self.raw.cells.iter().filter(|cell| cell.row_span > 1 || cell.col_span > 1);
        merged.map(|cell| (cell.row, cell.col, cell.row_span, cell.col_span)).collect()
    }

    /// The cells, row by row, with everything that is known of them.
    #[getter]
    fn cells(&self) -> Vec<Cell> {
        self.raw.cells.iter().map(Cell::of).collect()
    }

    /// Rows and columns.
    #[getter]
    fn shape(&self) -> (usize, usize) {
        (self.raw.rows, self.raw.cols)
    }

    /// Left, top, right, bottom on the first page, in points from its top left; none for a worksheet.
    #[getter]
    fn bbox(&self) -> Option<Box4> {
        self.page().map(|_| corners(&self.raw.bbox))
    }

    /// The first page, counted from 1; none for a worksheet.
    #[getter]
    fn page(&self) -> Option<u32> {
        self.raw.pages.first().copied()
    }

    /// All pages that it stands on.
    #[getter]
    fn pages(&self) -> Vec<u32> {
        self.raw.pages.clone()
    }

    /// The worksheet's name; none for pages.
    #[getter]
    fn sheet(&self) -> Option<&str> {
        self.raw.sheet.as_deref()
    }

    /// From 0 to 1: how sure the finder is that grid and text are as printed.
    #[getter]
    fn confidence(&self) -> f64 {
        self.raw.confidence
    }

    /// `ruled`, `unruled`, `sheet`, `ocr` or `document`.
    #[getter]
    fn method(&self) -> &'static str {
        self.raw.method.as_str()
    }

    /// Lines that stand beside the grid: title, unit, notes.
    #[getter]
    fn captions(&self) -> Vec<&str> {
        self.raw.captions.iter().map(|caption| caption.text.as_str()).collect()
    }

    /// Numbers printed in the table's area that stand in none of its cells.
    #[getter]
    fn strays(&self) -> Vec<&str> {
        self.raw.strays.iter().map(|figure| figure.text.as_str()).collect()
    }

    /// A page as it was seen, as SVG: lines, texts, and the cells that were found. By default the table's first page.
    #[pyo3(signature = (page = None))]
    fn debug_svg(&self, py: Python<'_>, page: Option<u32>) -> PyResult<String> {
        let Some(page) = page.or(self.page()) else {
            return Err(PyValueError::new_err("a table without pages has no drawing"));
        };
        let (bytes, password) = (Arc::clone(&self.file.bytes), self.file.password.clone());
        let drawn = beside(py, &self.file.reader, move |reader| reader.drawing(&bytes, page, password))?;
        let svg = drawn
            .and_then(|svg| svg.ok_or_else(|| Failure { code: "no_page", words: format!("no page {page} to draw") }));
        svg.map_err(|failure| raise(py, &failure, self.file.path.as_deref(), Some(page)))
    }

    /// As a `pandas.DataFrame` of texts.
    fn to_pandas<'py>(this: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frames::made("pandas_of_rows", this.as_any())
    }

    /// As a `polars.DataFrame` of texts.
    fn to_polars<'py>(this: Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frames::made("polars_of_rows", this.as_any())
    }

    fn __repr__(&self) -> String {
        let RawTable { rows, cols, .. } = &self.raw;
        let place = match (&self.raw.sheet, self.page()) {
            (Some(sheet), _) => format!(" on sheet {sheet:?}"),
            (None, Some(page)) => format!(" on page {page}"),
            (None, None) => String::new(),
        };
        format!("<yusuan.Table {rows} × {cols}{place}>")
    }
}

impl Cell {
    fn of(cell: &yusuan_extract::Cell) -> Self {
        Self {
            row: cell.row,
            col: cell.col,
            row_span: cell.row_span,
            col_span: cell.col_span,
            text: cell.text.clone(),
            page: cell.place.page,
            bbox: cell.place.bbox.as_ref().map(corners),
            sheet_cell: cell.place.sheet_cell,
            confidence: cell.read.as_ref().map(|read| read.confidence),
            readings: cell.read.as_ref().map_or_else(Vec::new, |read| read.readings.clone()),
            doubts: cell.doubts.iter().map(|doubt| doubt_name(*doubt)).collect(),
        }
    }
}

#[pymethods]
impl Cell {
    fn __repr__(&self) -> String {
        format!("<yusuan.Cell {}.{}: {:?}>", self.row, self.col, self.text)
    }
}

fn doubt_name(doubt: CellDoubt) -> &'static str {
    match doubt {
        CellDoubt::SeveralFigures => "several_figures",
        CellDoubt::StaleFormula => "stale_formula",
        CellDoubt::Overlaid => "overlaid",
        CellDoubt::Chosen => "chosen",
    }
}

fn corners(rect: &Rect) -> Box4 {
    (rect.x0, rect.y0, rect.x1, rect.y1)
}
