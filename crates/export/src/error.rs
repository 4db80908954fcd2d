//! The reasons why nothing could be written.

use crate::file::FileError;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Reasons for an output file that is not there.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The file system refused.
    #[error("无法写入 {}：{}", path.display(), reason(source))]
    Io {
        /// The file or folder concerned.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A workbook can't hold what the document has.
    #[error("工作簿写不下 {source_name} 的内容：{source}")]
    Workbook {
        /// The document's source.
        source_name: String,
        /// What the workbook writer said.
        source: rust_xlsxwriter::XlsxError,
    },
    /// A Parquet file can't be written.
    #[error("无法写入 {}：{}", path.display(), parquet_reason(source))]
    Parquet {
        /// The file concerned.
        path: PathBuf,
        /// What the Parquet writer said.
        source: parquet::errors::ParquetError,
    },
    /// The database can't be written.
    #[error("无法写入 {}：{source}", path.display())]
    Database {
        /// The file concerned.
        path: PathBuf,
        /// What the database said.
        source: rusqlite::Error,
    },
    /// The workbook over all documents can't be written.
    #[error("无法写入 {}：{source}", path.display())]
    Overview {
        /// The file concerned.
        path: PathBuf,
        /// What the workbook writer said.
        source: rust_xlsxwriter::XlsxError,
    },
    /// Records were given to a [`DatasetWriter`](crate::DatasetWriter) out of their order.
    #[error("文件顺序不对：{source_name} 应在 {after} 之前")]
    OutOfOrder {
        /// The record that came too late.
        source_name: String,
        /// The one before it.
        after: String,
    },
    /// The folder holds other files, and none that says it was written here.
    #[error("{} 不是空文件夹，也不是 yusuan 写出的文件夹", path.display())]
    ForeignFolder {
        /// The folder.
        path: PathBuf,
    },
}

impl From<FileError> for ExportError {
    fn from(FileError { path, source }: FileError) -> Self {
        Self::Io { path, source }
    }
}

impl ExportError {
    /// Adds the path to what the file system said.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// Adds the path to what the Parquet writer said.
    pub(crate) fn parquet(path: &Path) -> impl FnOnce(parquet::errors::ParquetError) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Parquet { path, source }
    }

    /// Adds the path to what the database said.
    pub(crate) fn database(path: &Path) -> impl FnOnce(rusqlite::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Database { path, source }
    }

    /// Adds the path to what the workbook writer said.
    pub(crate) fn overview(path: &Path) -> impl FnOnce(rust_xlsxwriter::XlsxError) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Overview { path, source }
    }

    /// Whether the cause concerns this document alone; other outputs can still be written.
    pub fn is_about_one_document(&self) -> bool {
        matches!(self, Self::Workbook { .. })
    }
}

/// The file system's refusal inside what the Parquet writer said, where there is one.
fn parquet_reason(error: &parquet::errors::ParquetError) -> String {
    let io = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<std::io::Error>());
    io.map_or_else(|| error.to_string(), reason)
}

/// The usual refusals in words for the user; the system's own words stay beside them for who must look them up.
fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    let words = match error.kind() {
        Kind::PermissionDenied => "没有写入权限",
        Kind::StorageFull => "磁盘已满",
        Kind::QuotaExceeded => "超出磁盘配额",
        Kind::ReadOnlyFilesystem => "文件系统是只读的",
        Kind::NotADirectory | Kind::AlreadyExists => "路径中有同名文件，不是文件夹",
        Kind::InvalidFilename => "文件名太长或含有不允许的字符",
        Kind::NotFound => "路径不存在",
        _ => return error.to_string(),
    };
    format!("{words}（{error}）")
}
