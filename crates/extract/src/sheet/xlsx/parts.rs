//! The parts of a package, and how they hang together (ECMA-376 part 2, §9 and part 1, §12).

use crate::sheet::package::Package;
use crate::sheet::xml::{self, Piece, attribute, is_true};
use std::collections::BTreeMap;

/// Where the workbook stands when no relationship says so.
const USUAL: &str = "xl/workbook.xml";

/// What the workbook part says.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) sheets: Vec<SheetPart>,
    pub(super) strings: String,
    pub(super) styles: String,
    pub(super) theme: String,
    /// Days are counted from 1904.
    pub(super) from_1904: bool,
    /// The file asks to be calculated when it is opened, or says that this was not finished.
    pub(super) to_calculate: bool,
}

/// A sheet that the workbook names.
#[derive(Debug)]
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// The part, or why none is known.
    pub(super) part: Result<String, String>,
    /// Cells, and no chart or dialogue.
    pub(super) is_worksheet: bool,
}

/// A relationship: the last word of its type, and its target as a part's name.
#[derive(Debug, Clone)]
struct Relation {
    kind: String,
    target: String,
}

/// Reads the workbook part.
///
/// # Errors
/// Why it can't be read.
pub(super) fn parts(package: &Package) -> Result<Parts, String> {
    let main = main_part(package);
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relations = relations(package, &main, folder);
    let mut parts = Parts::default();
    xml::walk(package.part(&main)?, |piece| {
        let Piece::Open(element) = piece else { return };
        match element.local_name().as_ref() {
            "workbookPr" => parts.from_1904 = is_true(&element, "date1904"),
            "calcPr" => {
                let unfinished = matches!(attribute(&element, "calcCompleted").as_deref(), Some("0" | "false"));
                parts.to_calculate = is_true(&element, "fullCalcOnLoad") || unfinished;
            }
            "sheet" => {
                let Some(name) = attribute(&element, "name") else { return };
                let relation = attribute(&element, "id").and_then(|id| relations.get(&id));
                parts.sheets.push(SheetPart {
                    name,
                    hidden: attribute(&element, "state").is_some_and(|state| state != "visible"),
                    is_worksheet: relation.is_none_or(|relation| relation.kind == "worksheet"),
                    part: relation.map(|r| r.target.clone()).ok_or_else(|| "找不到它的部件".to_owned()),
                });
            }
            _ => {}
        }
    })?;
    let of_kind = |kind: &str, usual: &str| {
        let found = relations.values().find(|relation| relation.kind == kind);
        found.map_or_else(|| joined(folder, usual), |relation| relation.target.clone())
    };
    parts.strings = of_kind("sharedStrings", "sharedStrings.xml");
    parts.styles = of_kind("styles", "styles.xml");
    parts.theme = of_kind("theme", "theme/theme1.xml");
    Ok(parts)
}

/// The workbook's part as the package's own relationships name it, whatever it is called.
fn main_part(package: &Package) -> String {
    let named = relations_of(package, "_rels/.rels", "");
    let main = named.into_values().find(|relation| relation.kind == "officeDocument").map(|relation| relation.target);
    main.filter(|part| package.part(part).is_ok()).unwrap_or_else(|| USUAL.to_owned())
}

fn relations(package: &Package, main: &str, folder: &str) -> BTreeMap<String, Relation> {
    let name = main.rsplit('/').next().unwrap_or(main);
    relations_of(package, &joined(folder, &format!("_rels/{name}.rels")), folder)
}

/// The relationships that a part lists, as far as it can be read; without them a part's usual name is tried.
fn relations_of(package: &Package, part: &str, folder: &str) -> BTreeMap<String, Relation> {
    let mut relations = BTreeMap::new();
    let Ok(part) = package.part(part) else { return relations };
    let _incomplete = xml::walk(part, |piece| {
        if let Piece::Open(element) = piece
            && let Some((id, target)) = attribute(&element, "Id").zip(attribute(&element, "Target"))
        {
            let kind = attribute(&element, "Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.insert(id, Relation { kind, target: part_name(folder, &target) });
        }
    });
    relations
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A relationship's target as a part name: relative to the folder unless it begins with `/`.
fn part_name(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let full = target.strip_prefix('/').map_or_else(|| joined(folder, &target), str::to_owned);
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
        assert_eq!(part_name("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(part_name("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(part_name("xl", "../xl/./worksheets\\s.xml"), "xl/worksheets/s.xml");
        assert_eq!(part_name("", "book/main.xml"), "book/main.xml");
    }

    fn package(parts: &[(&str, &str)]) -> Package {
        let mut package = Package::default();
        for (name, part) in parts {
            package.replace(name, part.as_bytes().to_vec());
        }
        package
    }

    #[test]
    fn the_workbook_is_found_under_any_name_and_a_sheet_without_a_part_is_told() {
        let package = package(&[
            ("_rels/.rels", r#"<r><Relationship Id="a" Type="http://x/officeDocument" Target="book/main.xml"/></r>"#),
            (
                "book/main.xml",
                r#"<w><sheets><sheet name="一" id="r1"/><sheet name="二" id="r9"/></sheets><calcPr fullCalcOnLoad="1"/></w>"#,
            ),
            ("book/_rels/main.xml.rels", r#"<r><Relationship Id="r1" Type="http://x/worksheet" Target="s.xml"/></r>"#),
        ]);
        let parts = parts(&package).unwrap();
        assert_eq!(parts.sheets[0].part.as_deref(), Ok("book/s.xml"));
        assert!(parts.sheets[1].part.is_err() && parts.sheets[1].is_worksheet);
        assert_eq!(parts.strings, "book/sharedStrings.xml");
        assert!(parts.to_calculate && !parts.from_1904);
    }
}
