//! The reasons why a file could not be read, sorted by who must act.

use thiserror::Error;

/// Reasons for giving up on a file. The caller knows the path and adds it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// The file has no bytes.
    #[error("文件是空的（0 字节），请重新下载")]
    Empty,
    /// The content is of a kind that is not read.
    #[error("不支持的文件类型：{found}")]
    Unsupported {
        /// What the content looks like.
        found: String,
    },
    /// The file claims a format but its structure is broken beyond repair.
    #[error("文件已损坏，无法读取（{detail}），请重新下载")]
    Damaged {
        /// What was wrong, from the reader.
        detail: String,
    },
    /// A password is needed.
    #[error("文件已加密，需要密码才能打开")]
    Encrypted,
    /// A size limit was exceeded before anything could be read.
    #[error("超出限制：{what} 为 {value}，上限 {limit}")]
    LimitExceeded {
        /// What was counted.
        what: &'static str,
        /// How much there was.
        value: u64,
        /// How much is allowed.
        limit: u64,
    },
}
