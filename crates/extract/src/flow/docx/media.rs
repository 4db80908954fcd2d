//! The pictures of a package, by the relations that name them.

use crate::limits::Limits;
use crate::sheet::Package;
use crate::sheet::xml::{self, Piece, attribute};
use std::collections::BTreeMap;

/// The relations of the document's main part.
const RELATIONS: &str = "word/_rels/document.xml.rels";

/// Pictures and the relations that name them. They are unpacked for themselves: where they are larger than the limits allow,
/// the text is read without them.
#[derive(Debug, Default)]
pub(super) struct Media {
    package: Package,
    /// Names of parts by relations.
    names: BTreeMap<String, String>,
}

impl Media {
    pub(super) fn of(bytes: &[u8], limits: &Limits) -> Self {
        let wanted = |name: &str| name == RELATIONS || name.starts_with("word/media/");
        let package = Package::unpack(bytes, limits, wanted).unwrap_or_default();
        let mut names = BTreeMap::new();
        let relations = package.part(RELATIONS).unwrap_or_default();
        let _incomplete = xml::walk(relations, |piece| {
            if let Piece::Open(element) = piece
                && let (Some(id), Some(target)) = (attribute(&element, "Id"), attribute(&element, "Target"))
            {
                let name = target.strip_prefix('/').map_or_else(|| format!("word/{target}"), str::to_owned);
                names.insert(id, name);
            }
        });
        Self { package, names }
    }

    /// A picture's bytes.
    pub(super) fn file(&self, relation: &str) -> Option<&[u8]> {
        self.package.part(self.names.get(relation)?).ok()
    }
}
