"""The one exception of the module."""

from __future__ import annotations


class Error(Exception):
    """A file that could not be read, or a run that could not be made.

    >>> import yusuan
    >>> try:
    ...     yusuan.read(b"")
    ... except yusuan.Error as error:
    ...     error.code
    'empty'
    >>> try:
    ...     yusuan.tables("samples/三门峡市科学技术协会2024年部门预算.pdf", pages=[99])
    ... except yusuan.Error as error:
    ...     error.code, error.page, error.path
    ('no_page', 99, 'samples/三门峡市科学技术协会2024年部门预算.pdf')
    """

    def __init__(self, message: str, path: str | None = None, page: int | None = None, code: str = "failed"):
        super().__init__(message)
        self.message = message
        self.path = path
        self.page = page
        self.code = code

    def __str__(self) -> str:
        place = self.path or ""
        if self.page is not None:
            place += f", page {self.page}" if place else f"page {self.page}"
        return f"{place}: {self.message}" if place else self.message

    def __reduce__(self):
        # Across processes (multiprocessing, Spark, Ray) with everything that it knows.
        return type(self), (self.message, self.path, self.page, self.code)
