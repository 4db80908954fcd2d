//! Rows that are about another place than the document's: transfers by county, debt limits by city.
//!
//! A name counts only within the document's own region, where it is one place's; 市本级, 区县合计, 高新区 and the like name none.

use crate::model::fact::{Coded, Fact};
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{RowKind, TableType};
use crate::reading::fold::{fold, pattern};
use crate::reading::label;
use crate::reading::region::{self, Division};
use crate::reading::words::REGION_HEADS;
use crate::table::grid::Grid;
use std::collections::{BTreeMap, BTreeSet};

/// So many places in full beside it show that a short name (郑州, 城区) is a place's too.
const LEAST_NAMED: usize = 2;
/// So many places by short names alone show that a table is one of places.
const LEAST_SHORT: usize = 3;

// 历下区小计, 历下区(含开发区), 历下区(注1).
pattern!(BEHIND, "(?:[(][^()]*[)]|小计|合计|[*※])$");

/// Writes the place of every row that is about one within the document's region.
pub(crate) fn tell(mut statements: Vec<Statement>, own: &str) -> Vec<Statement> {
    let centre = own == region::CENTRE;
    let own = region::by_code(own);
    if own.is_none() && !centre {
        return statements;
    }
    for statement in &mut statements {
        if !matches!(statement.table_type, TableType::DepartmentPerformance | TableType::ProjectPerformance) {
            tell_rows(statement, own);
        }
    }
    statements
}

fn tell_rows(statement: &mut Statement, own: Option<&'static Division>) {
    let beside = places_beside(statement);
    let texts = |fact: &Fact| [Some(bare(&fact.row_label)), beside.get(&fact.row).map(|text| bare(text))];
    let named: BTreeSet<String> = statement.facts.iter().flat_map(texts).flatten().collect();
    let places = Places::among(&named, own);
    if places.full.is_empty() && places.short.is_empty() {
        return;
    }
    let mut above: BTreeMap<String, &'static Division> = BTreeMap::new();
    let mut city: Option<&'static Division> = None;
    for fact in &mut statement.facts {
        let found = texts(fact).into_iter().flatten().find_map(|name| places.meant(&name, city));
        if let Some(place) = found {
            if place.code.ends_with("00") {
                city = Some(place);
            }
            above.insert(fact.row_path.clone(), place);
        }
        // 一般债务 below 历下区 is 历下区's.
        let of_upper = || ancestors(&fact.row_path).find_map(|path| above.get(path)).copied();
        let below = fact.row_kind != RowKind::Total && !is_level(&fact.row_label);
        if let Some(place) = found.or_else(|| of_upper().filter(|_| below)) {
            fact.row_region = Coded { code: place.code.to_owned(), name: place.full_name() };
        }
    }
}

/// The place names of one table.
struct Places {
    /// Names in full: 历下区, 济南市历下区.
    full: BTreeMap<String, Vec<&'static Division>>,
    /// Names that count only beside others: 历下, 城区.
    short: BTreeMap<String, Vec<&'static Division>>,
}

impl Places {
    fn among(names: &BTreeSet<String>, own: Option<&'static Division>) -> Self {
        let read = |find: fn(&str, Option<&'static Division>) -> Vec<&'static Division>| {
            let found = names.iter().map(|name| (name.clone(), find(name, own)));
            found.filter(|(_, places)| !places.is_empty()).collect::<BTreeMap<_, _>>()
        };
        let (full, mut short) = (read(region::named_within), read(region::short_within));
        let words = names.iter().filter(|name| !name.is_empty() && !is_level(name)).count();
        let many = short.len() >= LEAST_SHORT && 2 * (short.len() + full.len()) >= words;
        if full.len() < LEAST_NAMED && !many {
            short.clear();
        }
        Self { full, short }
    }

    /// The one place that a name means; where several have it, the one in the city whose row stands above.
    fn meant(&self, name: &str, city: Option<&'static Division>) -> Option<&'static Division> {
        let places = self.full.get(name).or_else(|| self.short.get(name))?;
        let inside = || places.iter().filter(|place| city.is_some_and(|city| place.within(city)));
        if let [one] = places.as_slice() {
            Some(one)
        } else {
            let mut inside = inside();
            let first = inside.next()?;
            inside.next().is_none().then_some(*first)
        }
    }
}

/// The texts of the column that is headed 地区 and the like, by the facts' rows.
fn places_beside(statement: &Statement) -> BTreeMap<u32, String> {
    let grid = Grid::new(&statement.raw);
    let body = statement.header_start + statement.header_rows;
    let headed = |col: &usize| (statement.header_start..body).any(|row| REGION_HEADS.has(grid.folded(row, *col)));
    let Some(col) = (0..grid.cols()).find(headed) else { return BTreeMap::new() };
    let row = |fact: &Fact| Some((fact.row, grid.printed(statement.raw.cells.get(fact.cell)?.row, col).to_owned()));
    statement.facts.iter().filter_map(row).filter(|(_, text)| !text.is_empty()).collect()
}

/// A label without list number, 其中 and what stands behind the name.
fn bare(label: &str) -> String {
    let folded = fold(label);
    let mut text = label::bare(&folded).trim_start_matches(':');
    while let Some(behind) = BEHIND.find(text).filter(|behind| behind.start() > 0) {
        text = &text[..behind.start()];
    }
    text.to_owned()
}

/// Whether a label names a level of the document's own region: 全市, 市本级, 县级.
fn is_level(label: &str) -> bool {
    let text = bare(label);
    text.ends_with('级') || text.starts_with('全') || text.contains("区县") || text.contains("县区")
}

/// The paths of the rows above a row, the nearest first.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once(" / "), |(above, _)| above.rsplit_once(" / ")).map(|(above, _)| above)
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "R11",
    title: "Rows of other places",
    text: "a row whose label, or whose cell below 地区, is the name of one place within the document's region is about that place, and so are the rows below it; short names count beside names in full; 市本级, 区县合计 and zones name none",
    source: "GB/T 2260",
}];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};

    fn told(own: &str, labels: &[&str]) -> Vec<String> {
        let facts = (2_u32..).zip(labels).map(|(row, path)| {
            let mut fact = fact(row, 2, "合计", "1");
            (fact.row_label, fact.row_path) =
                (path.rsplit(" / ").next().unwrap_or(path).to_owned(), (*path).to_owned());
            fact
        });
        let tables = tell(vec![statement(TableType::TransferPayments, facts.collect())], own);
        tables[0].facts.iter().map(|f| f.row_region.code.clone()).collect()
    }

    #[test]
    fn counties_of_the_own_city() {
        let labels =
            ["济南市", "市本级", "济南高新区", "区县合计", "历下区", "市中区", "济南市章丘区", "1.平阴县小计", "城区"];
        assert_eq!(told("370100", &labels), ["", "", "", "", "370102", "370103", "370114", "370124", ""]);
        assert!(told("", &labels).iter().all(String::is_empty));
    }

    #[test]
    fn names_are_of_the_own_region() {
        assert_eq!(told("120000", &["和平区", "河东区"]), ["120101", "120102"]);
        assert_eq!(told("371300", &["兰山区", "河东区", "河西区"]), ["371302", "371312", ""]);
    }

    #[test]
    fn short_names_need_others() {
        assert_eq!(told("410000", &["郑州", "开封", "洛阳", "省本级"]), ["410100", "410200", "410300", ""]);
        assert_eq!(told("410000", &["教育", "开封", "水利", "其他"]), ["", "", "", ""]);
        assert_eq!(told("140500", &["城区"]), [""]);
        assert_eq!(told("140500", &["城区", "高平市", "泽州县"]), ["140502", "140581", "140525"]);
    }

    #[test]
    fn what_stands_below_a_place_is_its() {
        let labels = ["历下区", "历下区 / 其中：一般债务", "天桥区"];
        assert_eq!(told("370100", &labels), ["370102", "370102", "370105"]);
        let labels = ["太原市", "阳泉市", "郊区", "大同市"];
        assert_eq!(told("140000", &labels)[2], "140311");
    }
}
