//! Files on the disk: how one is replaced whole, and what each is called.

mod atomic;
mod keeper;
mod links;
mod names;

pub use atomic::{FileError, is_unfinished, replace_file, replace_file_with};
pub(crate) use atomic::{Part, is_absent, remove};
pub use keeper::{Keeper, KeptAside};
pub(crate) use links::remove_links;
pub use names::tables_folder;
pub use names::{STATE_FOLDER, workbook_path};
