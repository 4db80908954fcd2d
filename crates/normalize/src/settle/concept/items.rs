//! “三公”经费, 会议费, 培训费, 机关运行经费 and 政府采购: tables whose columns or rows name them.

use super::offer::{BY_ROW, Offer, candidates, is_current, plain_label, telling_part, whole_column, whole_rows};
use crate::model::fact::Fact;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Concept, RowKind, TableType};
use crate::reading::fold::{fold, has_any};
use crate::reading::three_public::{self, Item};

/// What the facts of such a table offer to state.
pub(super) fn offers(statement: &Statement) -> Vec<Offer> {
    let table = Table { statement, rows: whole_rows(statement), more: counts_more(statement) };
    let read = |fact: &Fact| match statement.table_type {
        TableType::ThreePublic => table.three_public(fact),
        TableType::OperatingExpenses => table.operation(fact),
        TableType::GovernmentProcurement => table.procurement(fact),
        _ => None,
    };
    let current = candidates(statement).filter(|(_, fact)| is_current(fact) && fact.side.is_none());
    let offer = |(at, fact)| read(fact).map(|(concept, rank)| Offer { concept, rank, fact: at });
    current.filter_map(offer).collect()
}

struct Table<'a> {
    statement: &'a Statement,
    rows: std::collections::BTreeSet<u32>,
    /// Whether other things than its own are counted in one total.
    more: bool,
}

impl Table<'_> {
    fn is_whole(&self, fact: &Fact) -> bool {
        self.rows.contains(&fact.row)
    }

    fn three_public(&self, fact: &Fact) -> Option<(Concept, u8)> {
        let path = fold(&fact.column_path);
        if let Some(concept) = telling_part(&path).and_then(named) {
            // In columns: the row of all.
            return self.is_whole(fact).then_some((concept, 0));
        }
        let label = fold(&plain_label(fact));
        if let Some(concept) = named(&label) {
            return whole_column(fact).map(|column| (concept, column));
        }
        let total = fact.row_kind == RowKind::Total || label.is_empty() || self.is_whole(fact);
        let column = whole_column(fact).filter(|_| total && self.is_whole(fact) && !self.more)?;
        Some((Concept::ThreePublic, BY_ROW + column))
    }

    fn operation(&self, fact: &Fact) -> Option<(Concept, u8)> {
        let path = fold(&fact.column_path);
        let part = telling_part(&path).unwrap_or_default();
        if path.contains("采购") {
            return self.is_whole(fact).then(|| purchase(part)).flatten().map(|concept| (concept, 0));
        }
        let label = fold(&plain_label(fact));
        if label.contains("采购") || fold(&fact.row_path).contains("采购") {
            return purchase(&label).zip(whole_column(fact));
        }
        let operation = |text: &str| has_any(text, &["机关运行", "机构运行", "运行经费"]);
        if operation(part) {
            return self.is_whole(fact).then_some((Concept::AgencyOperation, 0));
        }
        if operation(&label) {
            return Some((Concept::AgencyOperation, whole_column(fact)?));
        }
        let column = whole_column(fact).filter(|_| self.is_whole(fact) && !self.more)?;
        Some((Concept::AgencyOperation, BY_ROW + column))
    }

    fn procurement(&self, fact: &Fact) -> Option<(Concept, u8)> {
        let path = fold(&fact.column_path);
        // 面向中小企业预留资金 is a part of what is bought.
        if has_any(&path, &["中小", "小微", "预留", "面向"]) {
            return None;
        }
        if let Some(kind) = telling_part(&path).and_then(kind_of_purchase) {
            return self.is_whole(fact).then_some((kind, 0));
        }
        if let Some(kind) = kind_of_purchase(&fold(&plain_label(fact))) {
            let level = u8::try_from(fact.row_level).unwrap_or(BY_ROW).min(BY_ROW);
            return whole_column(fact).map(|column| (kind, column + 3 * level));
        }
        let title = fold(&self.statement.title);
        let column = whole_column(fact).filter(|_| self.is_whole(fact) && !title.contains("购买服务"))?;
        Some((Concept::Procurement, column))
    }
}

/// Whether the table counts more than its title's first subject in one total: 会议费 beside “三公”, 政府采购 beside 机关运行经费.
fn counts_more(statement: &Statement) -> bool {
    let words: &[&str] = match statement.table_type {
        TableType::ThreePublic => &["会议费", "培训费", "机关运行"],
        TableType::OperatingExpenses => &["采购", "国有资产", "三公"],
        _ => return false,
    };
    let says = |text: &str| has_any(&fold(text), words);
    statement.facts.iter().any(|fact| says(&fact.column_path) || says(&fact.row_path))
        && (statement.table_type == TableType::ThreePublic || !has_economic_codes(statement))
}

/// Items by economic class (30215 会议费) are parts of the table's own subject.
fn has_economic_codes(statement: &Statement) -> bool {
    statement.facts.iter().any(|fact| !fact.department_economic.code.is_empty())
}

/// What a folded header cell or label of a “三公” table is about.
fn named(text: &str) -> Option<Concept> {
    if has_any(text, &["机关运行", "机构运行"]) {
        return Some(Concept::AgencyOperation);
    }
    if text.contains("三公") && has_any(text, &["会议", "培训", "运行经费"]) {
        return None;
    }
    if text.contains("会议费") {
        return Some(Concept::Meetings);
    }
    if text.contains("培训费") {
        return Some(Concept::Training);
    }
    let item = match three_public::of_cell(text) {
        Some(item) => item,
        None if has_any(text, &["公务用车", "公车", "车辆"]) => Item::Vehicles,
        None => return None,
    };
    Some(match item {
        Item::Total => Concept::ThreePublic,
        Item::Abroad => Concept::ThreePublicAbroad,
        Item::Vehicles => Concept::ThreePublicVehicle,
        Item::Purchase => Concept::ThreePublicVehiclePurchase,
        Item::Running => Concept::ThreePublicVehicleOperation,
        Item::Reception => Concept::ThreePublicReception,
    })
}

/// 政府采购 as a whole, or its kind.
fn purchase(text: &str) -> Option<Concept> {
    kind_of_purchase(text).or_else(|| text.contains("采购").then_some(Concept::Procurement))
}

/// 货物, 工程, 服务 (《政府采购法》第二条), with the words and letters that forms put around them.
fn kind_of_purchase(text: &str) -> Option<Concept> {
    let mut core = text.trim_matches(|c: char| c.is_ascii_uppercase() || c == ':');
    for word in ["其中:", "政府", "集中", "采购", "支出", "预算", "合计", "小计", "总计", "项目", "类", "金额", "数"]
    {
        core = core.strip_prefix(word).unwrap_or(core);
        core = core.strip_suffix(word).unwrap_or(core);
    }
    for word in ["采购", "类", "预算", "支出"] {
        core = core.strip_prefix(word).unwrap_or(core);
        core = core.strip_suffix(word).unwrap_or(core);
    }
    match core.trim_matches(|c: char| c.is_ascii_uppercase()) {
        "货物" => Some(Concept::ProcurementGoods),
        "工程" => Some(Concept::ProcurementWorks),
        "服务" => Some(Concept::ProcurementServices),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_labels_name_the_items() {
        use Concept as C;
        let cases = [
            ("“三公”经费/小计", Some(C::ThreePublic)),
            ("2024年“三公”经费预算数/合计", Some(C::ThreePublic)),
            ("当年财政拨款预算安排/公务用车购置及运行费/小计", Some(C::ThreePublicVehicle)),
            ("公务用车购置及运行费/购置费", Some(C::ThreePublicVehiclePurchase)),
            ("公务用车运行维护费", Some(C::ThreePublicVehicleOperation)),
            ("财政拨款“三公”经费/因公出国（境）费/决算数", Some(C::ThreePublicAbroad)),
            ("公务用车费", Some(C::ThreePublicVehicle)),
            ("公务接待费", Some(C::ThreePublicReception)),
            ("2024年机关运行经费预算数", Some(C::AgencyOperation)),
            ("2024年预算数/合计", None),
            ("会议费", Some(C::Meetings)),
        ];
        for (path, expected) in cases {
            assert_eq!(telling_part(&fold(path)).and_then(named), expected, "{path}");
        }
    }

    #[test]
    fn kinds_of_purchases_are_named_in_many_ways() {
        for text in ["货物", "货物A", "政府采购货物支出", "货物类", "采购货物预算", "其中:货物"]
        {
            assert_eq!(kind_of_purchase(text), Some(Concept::ProcurementGoods), "{text}");
        }
        assert_eq!(kind_of_purchase("物业管理服务"), None);
    }
}
