//! Reasons why the state of an output folder can't be used.

use std::path::PathBuf;
use thiserror::Error;
use yusuan_export::FileError;

/// Reasons, in words for the user.
#[derive(Debug, Error)]
pub(crate) enum StoreError {
    /// Nothing here was written by a run that ended.
    #[error("{} 不是 yusuan 写出的文件夹，或其中的转换还没有完成（请先运行 yusuan convert）", path.display())]
    NotFinished { path: PathBuf },
    /// Another form of the state, from an older or newer program.
    #[error("{} 是其他版本的 yusuan 写出的，请重新运行 yusuan convert", path.display())]
    OtherVersion { path: PathBuf },
    /// A file of the state is cut off or changed.
    #[error("{} 已损坏（{detail}），请重新运行 yusuan convert 或 yusuan verify --repair", path.display())]
    Damaged { path: PathBuf, detail: String },
    /// The file system refused.
    #[error("无法读写 {}：{}", path.display(), reason(source))]
    Io { path: PathBuf, source: std::io::Error },
}

impl StoreError {
    /// Adds the path to what the file system said.
    pub(super) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

impl From<FileError> for StoreError {
    fn from(FileError { path, source }: FileError) -> Self {
        Self::Io { path, source }
    }
}

/// The usual refusals in words for the user; the system's own words stay beside them for who must look them up.
fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    let words = match error.kind() {
        Kind::NotFound => "文件不存在",
        Kind::PermissionDenied => "没有权限",
        Kind::StorageFull => "磁盘已满",
        Kind::QuotaExceeded => "超出磁盘配额",
        Kind::ReadOnlyFilesystem => "文件系统是只读的",
        _ => return error.to_string(),
    };
    format!("{words}（{error}）")
}
