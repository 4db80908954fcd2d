//! The parts of a package, found by what other parts call them.

use super::tree::{Tree, parse};
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::sheet::Package;

/// Endings of the parts that are read: what describes pages, and fonts.
const READ: [&str; 6] = [".xml", ".ttf", ".otf", ".ttc", ".cff", ".dat"];
/// The part that every package begins with.
const ENTRANCE: &str = "OFD.xml";
/// What lists the parts that are encrypted (GM/T 0099).
const ENCRYPTIONS: &str = "encryptions.xml";

/// How the reason begins why a part is not there at all: many producers name resources that they do not write.
pub(super) const ABSENT: &str = "缺少部件";

/// An opened package.
pub(super) struct Parts {
    package: Package,
}

/// A part that was read, with its place in the package.
pub(super) struct Part {
    pub(super) path: String,
    pub(super) tree: Tree,
}

impl Parts {
    /// Unpacks a package, all but its pictures.
    ///
    /// # Errors
    /// [`ExtractError`] when it is damaged as a whole, encrypted or larger than the limits.
    pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, ExtractError> {
        let wanted = |name: &str| READ.iter().any(|ending| name.ends_with(ending));
        Ok(Self { package: Package::unpack(bytes, limits, wanted)? })
    }

    /// Unpacks a package with all that is in it.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(super) fn open_whole(bytes: &[u8], limits: &Limits) -> Result<Self, ExtractError> {
        Ok(Self { package: Package::unpack(bytes, limits, |_| true)? })
    }

    /// Whether the package says that parts of it are encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        let is_list = |name: &str| name.to_ascii_lowercase().rsplit('/').next() == Some(ENCRYPTIONS);
        self.package.names().any(is_list)
    }

    /// Names and reasons of the parts that could not be unpacked.
    pub(super) fn broken(&self) -> impl Iterator<Item = (&str, &str)> {
        self.package.broken()
    }

    /// The first part.
    ///
    /// # Errors
    /// The reason why it is not there.
    pub(super) fn entrance(&self) -> Result<Part, String> {
        let bytes = self.package.part(ENTRANCE)?;
        Ok(Part { path: ENTRANCE.to_owned(), tree: parse(bytes) })
    }

    /// The part that the part at `from` calls `location`.
    ///
    /// # Errors
    /// The reason why it is not there.
    pub(super) fn read(&self, from: &str, location: &str) -> Result<Part, String> {
        let (path, bytes) = self.bytes(from, location)?;
        Ok(Part { path, tree: parse(bytes) })
    }

    /// A part's path and bytes. A path with a leading `/` begins at the package's root, any other beside the part that
    /// names it; producers mistake one for the other.
    ///
    /// # Errors
    /// The reason why it is not there.
    pub(super) fn bytes(&self, from: &str, location: &str) -> Result<(String, &[u8]), String> {
        let mut reason = None;
        for path in paths(from, location) {
            match self.package.part(&path) {
                Ok(bytes) => return Ok((path, bytes)),
                Err(why) => reason = reason.or(Some(why)),
            }
        }
        Err(reason.unwrap_or_else(|| "没有写明部件的位置".to_owned()))
    }
}

/// Where a part may be, the likeliest place first.
pub(super) fn paths(from: &str, location: &str) -> Vec<String> {
    let location = location.trim().replace('\\', "/");
    if location.is_empty() {
        return Vec::new();
    }
    let absolute = location.starts_with('/');
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let document = folder.split('/').next().unwrap_or_default();
    let mut out = Vec::new();
    let bases = if absolute { ["", folder, document] } else { [folder, document, ""] };
    for base in bases {
        let path = joined(base, &location);
        if !out.contains(&path) {
            out.push(path);
        }
    }
    out
}

fn joined(base: &str, location: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(location.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn parts_are_looked_for_where_they_may_be() {
        assert_eq!(paths("Doc_0/Document.xml", "/Doc_0/Res.xml"), ["Doc_0/Res.xml", "Doc_0/Doc_0/Res.xml"]);
        assert_eq!(paths("Doc_0/Document.xml", "Pages\\P.xml"), ["Doc_0/Pages/P.xml", "Pages/P.xml"]);
        assert_eq!(paths("Doc_0/Annots/A.xml", "../../../x.xml")[0], "x.xml");
        assert!(paths("Doc_0/Document.xml", " ").is_empty());
    }
}
