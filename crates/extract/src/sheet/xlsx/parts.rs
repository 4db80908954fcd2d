//! The parts of a package that hold worksheets.

use crate::sheet::package::Package;
use crate::sheet::xml::{self, Piece, attribute};
use std::collections::BTreeMap;

/// Which part holds each worksheet: names in workbook order with the part's name.
///
/// # Errors
/// Why the workbook part can't be read.
pub(super) fn sheet_parts(package: &Package) -> Result<Vec<(String, String)>, String> {
    let mut targets = BTreeMap::new();
    xml::walk(package.part("xl/_rels/workbook.xml.rels")?, |piece| {
        if let Piece::Open(element) = piece
            && let Some((id, target)) = attribute(&element, "Id").zip(attribute(&element, "Target"))
        {
            targets.insert(id, part_name(&target));
        }
    })?;
    let mut sheets = vec![];
    xml::walk(package.part("xl/workbook.xml")?, |piece| {
        if let Piece::Open(element) = piece
            && element.local_name().as_ref() == "sheet"
            && let Some((name, id)) = attribute(&element, "name").zip(attribute(&element, "id"))
        {
            sheets.push((name, targets.get(&id).cloned().unwrap_or_default()));
        }
    })?;
    Ok(sheets)
}

/// A relationship's target as a part name: relative to the workbook's folder unless it begins with `/`.
fn part_name(target: &str) -> String {
    let target = target.replace('\\', "/");
    let full = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
    let mut folders: Vec<&str> = vec![];
    for folder in full.split('/') {
        match folder {
            "." | "" => {}
            ".." => {
                folders.pop();
            }
            _ => folders.push(folder),
        }
    }
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_part_names() {
        assert_eq!(part_name("worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(part_name("/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(part_name("../xl/./worksheets\\s.xml"), "xl/worksheets/s.xml");
    }
}
