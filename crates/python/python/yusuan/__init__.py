"""Tables and budget disclosures of Chinese governments, from PDF, spreadsheet, OFD, Word or web page to Arrow.

>>> import yusuan
>>> document = yusuan.read("samples/三门峡市科学技术协会2024年部门预算.pdf")
>>> document.region, document.year, document.kind, document.status
('河南省三门峡市', 2024, 'budget', 'ok')
>>> facts = document.facts.to_pandas()
>>> facts.loc[0, ["row_label", "value_text", "unit"]].tolist()
['一、一般公共预算', '377.6', '万元']
>>> facts.loc[0, "value"]
Decimal('3776000.0000')

Functions: `read` for the amounts of one file, `tables` for its tables as they are printed, `convert` for many files
into a folder, `open` for a folder that is finished; `settle` and `from_bytes` for whoever
reads on many machines. What fails raises `Error`; what is doubted is data (columns `flags` and
`confidence`, the dataset `checks`, `diagnostics`).

Files are read in workers with limits of memory and time, as the command line reads them: one that kills or hangs its reader
costs itself alone. Python's lock is released meanwhile, so threads read side by side.
"""

import sys as _sys

from . import _native
from ._convert import convert
from ._error import Error
from ._native import Cell, Dataset, Diagnostic, Document, Folder, Stream, Table, Tables, from_bytes, open, read, settle, tables
from ._program import WORDS as _WORDS

__all__ = [
    "Cell",
    "Dataset",
    "Diagnostic",
    "Document",
    "Error",
    "Folder",
    "Stream",
    "Table",
    "Tables",
    "convert",
    "from_bytes",
    "open",
    "read",
    "settle",
    "tables",
]

_native.run_again_as(_sys.executable, _WORDS)
