//! What a storage says of an object without giving it.

/// Size, and what tells its content from another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tag {
    pub(crate) size: u64,
    /// Empty where there is none that can be relied on.
    pub(crate) etag: String,
    /// Seconds since 1970.
    pub(crate) modified: i64,
}

/// An object below an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Object {
    /// Its name below that address.
    pub(crate) name: String,
    pub(crate) tag: Tag,
}

/// What an object was when we wrote it: it is replaced only while it still is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Mark {
    pub(crate) etag: Option<String>,
    pub(crate) version: Option<String>,
}
