//! The items of the “三公” expenses, and the words by which headers, labels and sentences name them.
//!
//! 财政部《关于推进地方预决算公开工作的指导意见》 names the items: going abroad, official vehicles (bought and run) and receptions.

use crate::reading::fold::has_any;

/// An item of the “三公” expenses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    /// “三公”经费, all of them.
    Total,
    /// 因公出国（境）费.
    Abroad,
    /// 公务用车购置及运行费.
    Vehicles,
    /// 公务用车购置费.
    Purchase,
    /// 公务用车运行费.
    Running,
    /// 公务接待费.
    Reception,
}

impl Item {
    /// Words that a text about the item holds.
    pub(crate) const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Total => &["三公"],
            Self::Abroad => &["出国"],
            Self::Vehicles => &["购置及运行", "购置和运行", "购置及运维"],
            Self::Purchase => &["购置"],
            Self::Running => &["运行", "运维"],
            Self::Reception => &["公务接待"],
        }
    }

    /// Whether a folded text holds one of the item's words.
    fn is_said(self, text: &str) -> bool {
        has_any(text, self.words())
    }
}

/// Which of the vehicles' items a text is about that is known to speak of vehicles.
fn of_vehicles(text: &str) -> Option<Item> {
    match (Item::Purchase.is_said(text), Item::Running.is_said(text)) {
        (true, true) => Some(Item::Vehicles),
        (true, false) => Some(Item::Purchase),
        (false, true) => Some(Item::Running),
        (false, false) => None,
    }
}

/// Whether a folded text names any of the items.
pub(crate) fn names_any(text: &str) -> bool {
    has_any(text, &["因公出国", "公务接待", "公务用车", "三公"])
}

/// The item of a column, by its header's cells from top to bottom: 公务用车购置及运行费/小计. Which stage of the budget it is
/// (预算数, 决算数) doesn't matter.
pub(crate) fn of_column(path: &str) -> Option<Item> {
    let is_stage = |s: &&str| s.ends_with("预算数") || s.ends_with("决算数") || s.ends_with("执行数");
    let named: Vec<&str> = path.split('/').filter(|s| !s.is_empty() && !is_stage(s)).collect();
    let last = *named.last()?;
    let vehicles = named.iter().any(|s| s.contains("公务用车") || s.contains("车辆"));
    let total = matches!(last, "合计" | "小计" | "总计") || last.ends_with("合计") || last.ends_with("小计");
    if vehicles && total {
        return Some(Item::Vehicles);
    }
    let other = || [Item::Abroad, Item::Reception].into_iter().find(|item| item.is_said(last));
    let item = of_vehicles(last).filter(|_| vehicles).or_else(other);
    item.or(total.then_some(Item::Total))
}

/// The item of a row, by its folded label without list numbers.
pub(crate) fn of_label(label: &str) -> Option<Item> {
    if Item::Abroad.is_said(label) {
        return Some(Item::Abroad);
    }
    let vehicles = of_vehicles(label).filter(|_| label.contains('车'));
    let reception = || label.starts_with("公务接待").then_some(Item::Reception);
    let total = || Item::Total.is_said(label).then_some(Item::Total);
    vehicles.or_else(reception).or_else(total)
}

/// The item that a folded subject of the narrative is about.
pub(crate) fn of_subject(subject: &str) -> Option<Item> {
    // 车辆购置税 is a tax, and what it pays for a function: 车辆购置税支出(款).
    if subject.contains("购置税") || has_any(subject, &["类)", "款)", "项)"]) {
        return None;
    }
    let named = [Item::Abroad, Item::Reception].into_iter().find(|item| item.is_said(subject));
    let vehicles = || of_vehicles(subject).filter(|_| subject.contains('车'));
    let total = || subject.starts_with("三公").then_some(Item::Total);
    named.or_else(vehicles).or_else(total)
}

/// The item of a folded cell of a “三公” table, where 购置费 and 运行费 can only be the vehicles'.
pub(crate) fn of_cell(text: &str) -> Option<Item> {
    if has_any(text, &["出国", "出境"]) {
        return Some(Item::Abroad);
    }
    let reception = Item::Reception.is_said(text).then_some(Item::Reception);
    let total = || Item::Total.is_said(text).then_some(Item::Total);
    reception.or_else(|| of_vehicles(text)).or_else(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_the_items() {
        assert_eq!(of_column("2024年预算数/合计"), Some(Item::Total));
        assert_eq!(of_column("公务用车购置及运行费/小计"), Some(Item::Vehicles));
        assert_eq!(of_column("公务用车购置及运行费/决算数"), Some(Item::Vehicles));
        assert_eq!(of_column("公务用车购置及运行费/购置费"), Some(Item::Purchase));
        assert_eq!(of_column("“三公”经费/因公出国（境）费"), Some(Item::Abroad));
        assert_eq!(of_column("购置费"), None, "of what");
    }

    #[test]
    fn labels_and_subjects_name_the_items() {
        assert_eq!(of_label("公务用车运行维护费"), Some(Item::Running));
        assert_eq!(of_label("公务接待费"), Some(Item::Reception));
        assert_eq!(of_label("公务用车购置及运维费"), Some(Item::Vehicles));
        assert_eq!(of_label("会议费"), None);
        assert_eq!(of_subject("三公经费财政拨款支出预算"), Some(Item::Total));
        assert_eq!(of_subject("公务用车购置及运行费"), Some(Item::Vehicles));
        assert_eq!(of_subject("设备购置费"), None);
        assert_eq!(of_subject("车辆购置税收入补助地方支出"), None);
        assert_eq!(of_subject("交通运输支出(类)车辆购置(款)车辆运行(项)"), None);
        assert_eq!(of_cell("购置费"), Some(Item::Purchase));
        assert_eq!(of_cell("因公出境费"), Some(Item::Abroad));
    }
}
