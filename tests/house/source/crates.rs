//! The five crates and where their roots are.

use super::files::{root, rust_files};
use super::krate::Krate;

/// Where a crate begins.
pub(crate) struct Home {
    /// The name that is used for it here.
    pub(crate) name: &'static str,
    /// Its root file, by one of the paths that it may have.
    roots: &'static [&'static str],
}

/// The crates in the order in which they may use each other.
pub(crate) fn homes() -> [Home; 5] {
    [
        Home { name: "extract", roots: &["crates/extract/src/lib.rs"] },
        Home { name: "normalize", roots: &["crates/normalize/src/lib.rs"] },
        Home { name: "export", roots: &["crates/export/src/lib.rs"] },
        Home { name: "cli", roots: &["crates/cli/src/lib.rs", "crates/cli/lib.rs"] },
        Home { name: "python", roots: &["crates/python/src/lib.rs"] },
    ]
}

impl Home {
    /// The crate as it stands in the checkout.
    pub(crate) fn read(&self) -> Krate {
        let checkout = root();
        let file = self.roots.iter().find(|file| checkout.join(file).is_file());
        let file = file.unwrap_or_else(|| panic!("no root of {} in {}", self.name, checkout.display()));
        let (folder, _) = file.rsplit_once('/').unwrap();
        let krate = Krate::read(&rust_files(&checkout, folder), file);
        assert!(krate.files.len() > 10, "{}: only {} files were found", self.name, krate.files.len());
        krate
    }
}
