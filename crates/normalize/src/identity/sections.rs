//! One file, several bodies: a department's tables, and behind them those of each of its units, every one with its cover.
//!
//! Whose a table is, its caption says (单位：某某中心) or the cover before it (某某中心2025年单位预算); what follows without a
//! word goes on with the same body. A name alone proves nothing: a run of tables is a unit's own where a cover says so or
//! where it repeats forms that the department's part has printed.

use crate::identity::bodies::Bodies;
use crate::identity::{is_same_body, title};
use crate::model::identity::{Identity, Owner};
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{DocumentKind, EntityScope, TableType};
use crate::reading::fold::{fold, fold_letters};
use crate::reading::words::OWN_LEVELS;
use std::collections::BTreeSet;
use std::ops::Range;
use yusuan_extract::{CaptionSide, Extraction, TextLine};

/// The rule of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "I09",
    title: "A unit's own tables in its department's file",
    text: "tables below a unit's own cover, or with its name above them and forms that the department's part has too, are the \
           unit's: `department` and `entity_scope` of their amounts are the unit's, and none of them states a key figure of \
           the department",
    source: "《预算法》第十四条: 部门 and 单位 publish each their own; counties bind both into one file",
}];

/// A table's rows of captions inside its grid are no more than this.
const CAPTION_ROWS: usize = 4;
/// So many forms that the department printed too make a set of a unit's own.
const LEAST_REPEATED: usize = 2;
/// What says that 本级 is a unit of its own, and not the department's name.
const OFFICE: [&str; 4] = ["(本级)", "（本级）", "本级", "（机关）"];

/// Writes down which tables are a unit's own.
pub(crate) fn assign(statements: &mut [Statement], extraction: &Extraction, identity: &mut Identity) {
    let of_department = matches!(identity.kind, Some(DocumentKind::Budget | DocumentKind::FinalAccounts))
        && identity.scope == EntityScope::Department
        && !identity.department.is_empty();
    if !of_department {
        return;
    }
    let named: Vec<Mark> =
        statements.iter().enumerate().map(|(at, s)| mark(s, &extraction.lines, at, identity)).collect();
    let mut units: Vec<String> = Vec::new();
    for section in sections(&named) {
        let Some(name) = named.get(section.start).and_then(|mark| mark.unit.clone()) else { continue };
        let cover = named.get(section.clone()).is_some_and(|marks| marks.iter().any(|mark| mark.cover));
        if !(cover || repeats(statements, &section)) {
            continue;
        }
        let owner = owner(name, identity);
        identity.flags.retain(|flag| !flag.contains(&format!("另有名称“{}”", owner.department)));
        if !units.contains(&owner.department) {
            units.push(owner.department.clone());
        }
        for statement in statements.get_mut(section).into_iter().flatten() {
            statement.owner = Some(owner.clone());
        }
    }
    if !units.is_empty() {
        identity.flags.push(format!("文件中另有所属单位各自的表：{}", units.join("、")));
    }
}

/// What is said at a table of whose it is.
#[derive(Debug, Default)]
struct Mark {
    /// A unit's name, as printed.
    unit: Option<String>,
    /// The department is named here.
    department: bool,
    /// The unit is named by a cover.
    cover: bool,
}

/// Runs of tables of one unit: from the first that names it to the next that names another body.
fn sections(marks: &[Mark]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut begun = false;
    for (at, mark) in marks.iter().enumerate() {
        let other = mark.unit.as_deref().filter(|name| open.is_none_or(|(_, own)| own != *name));
        if let Some((from, _)) = open.filter(|_| mark.department || other.is_some()) {
            found.push(from..at);
            open = None;
        }
        // The department's own tables come first.
        if let Some(name) = other.filter(|_| begun) {
            open = Some((at, name));
        }
        begun |= open.is_none() && mark.unit.is_none();
    }
    found.extend(open.map(|(from, _)| from..marks.len()));
    found
}

/// Whether a run holds forms that were printed before it.
fn repeats(statements: &[Statement], section: &Range<usize>) -> bool {
    let types = |range: &[Statement]| -> BTreeSet<TableType> {
        range.iter().map(|s| s.table_type).filter(|kind| *kind != TableType::Other && !kind.is_form()).collect()
    };
    let before = types(statements.get(..section.start).unwrap_or_default());
    let own = types(statements.get(section.clone()).unwrap_or_default());
    own.intersection(&before).count() >= LEAST_REPEATED
}

/// What the lines before a table and its captions say.
fn mark(statement: &Statement, lines: &[TextLine], at: usize, identity: &Identity) -> Mark {
    let mut mark = Mark::default();
    for line in lines.iter().filter(|line| line.tables_before == at && !line.running) {
        let text = fold_letters(&line.text);
        let of_unit = |t: &title::Title| t.scope == Some(EntityScope::Agency) && title::is_body(&t.who);
        if let Some(title) = title::parse(&text).filter(of_unit) {
            mark.name(title.who, &text, identity, true);
        } else {
            mark.label(&text, identity);
        }
    }
    // A form names who carries a project out.
    if !statement.table_type.is_form() {
        for text in captions(statement) {
            mark.label(&fold_letters(&text), identity);
        }
    }
    mark
}

/// The captions above a table and in its first rows.
fn captions(statement: &Statement) -> impl Iterator<Item = String> {
    let above = statement.raw.captions.iter().filter(|c| c.side == CaptionSide::Above).map(|c| c.text.clone());
    let rows = statement.header_start.min(CAPTION_ROWS);
    above.chain(statement.raw.cells.iter().filter(move |cell| cell.row < rows).map(|cell| cell.text.clone()))
}

impl Mark {
    fn label(&mut self, text: &str, identity: &Identity) {
        if let Some(label) = title::labelled(text).filter(|label| !label.superior && title::is_body(&label.name)) {
            self.name(label.name, text, identity, false);
        }
    }

    /// Notes a name; the line as printed says whether the department's own office is meant.
    fn name(&mut self, name: String, line: &str, identity: &Identity, cover: bool) {
        let folded = fold(&name);
        let bare = OWN_LEVELS.strip_end(&folded).unwrap_or(&folded);
        let own = is_same_body(bare, &identity.department);
        let office = OFFICE.iter().any(|word| line.contains(&format!("{name}{word}")) || name.ends_with(word));
        if own && !office {
            self.department = true;
            self.unit = None;
        } else {
            let name = if own && !OFFICE.iter().any(|word| name.ends_with(word)) {
                format!("{name}（本级）")
            } else {
                name
            };
            self.unit = Some(name);
            self.department = false;
            self.cover |= cover;
        }
    }
}

/// The unit as the owner of its tables.
fn owner(name: String, identity: &Identity) -> Owner {
    let mut unit = Identity { department: name, scope: EntityScope::Agency, ..identity.clone() };
    Bodies::default().name(&mut unit);
    Owner { department: unit.department, scope: unit.scope, body_id: unit.body_id, body: unit.body }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::statement;
    use yusuan_extract::{Caption, Place};

    fn line(text: &str, tables_before: usize) -> TextLine {
        let (sheet, place, text) = (None, Place::default(), text.to_owned());
        TextLine { text, sheet, place, size: 0.0, tables_before, running: false }
    }

    fn table(kind: TableType, label: &str) -> Statement {
        let mut table = statement(kind, Vec::new());
        let (text, side) = (label.to_owned(), CaptionSide::Above);
        table.raw.captions = vec![Caption { text, side, place: Place::default() }];
        table
    }

    fn owners(tables: &[(TableType, &str)], lines: &[TextLine]) -> Vec<String> {
        let mut tables: Vec<Statement> = tables.iter().map(|(kind, label)| table(*kind, label)).collect();
        let department = "清河县交通运输局".to_owned();
        let mut identity = Identity { department, kind: Some(DocumentKind::Budget), ..Identity::default() };
        let extraction = Extraction { lines: lines.to_vec(), ..Extraction::default() };
        assign(&mut tables, &extraction, &mut identity);
        tables.into_iter().map(|t| t.owner.map_or_else(String::new, |owner| owner.department)).collect()
    }

    #[test]
    fn a_units_own_set_is_the_units() {
        use TableType::{ExpenditureSummary as Spent, RevenueExpenditureSummary as Both};
        let (own, unit) = ("部门：清河县交通运输局　单位：万元", "单位：清河县公路中心　单位：万元");
        let set = [(Both, own), (Spent, own), (Both, unit), (Spent, "单位：万元")];
        assert_eq!(owners(&set, &[]), ["", "", "清河县公路中心", "清河县公路中心"], "two forms come again");
        assert_eq!(owners(&[(Both, own), (Spent, unit)], &[]), ["", ""], "a name alone proves nothing");
        let office = "编制单位：清河县交通运输局（本级）";
        let set = [(Both, own), (Spent, own), (Both, office), (Spent, office)];
        assert_eq!(owners(&set, &[])[2..], ["清河县交通运输局（本级）"; 2], "its own office is a unit too");
        let cover = [line("清河县公路中心2025年单位预算", 1)];
        assert_eq!(owners(&[(Both, own), (Both, ""), (Spent, own)], &cover), ["", "清河县公路中心", ""]);
        assert_eq!(owners(&[(Both, unit), (Spent, unit)], &[]), ["", ""], "the department comes first");
    }
}
