//! C6: a number of cars, bodies, people or projects, and the kinds listed behind it: 共有车辆9辆，其中：机要通信用车1辆、应急保障用车3辆、
//! 执法执勤用车5辆; 预算单位共3个，具体包括：1.… 2.… 3.….
//!
//! 财政部《地方预决算公开操作规程》: the narrative tells the bodies covered and the assets. Only lists that are closed are added up: kinds
//! that together make the whole (用车 by use, 编制 by kind), with nothing like 等 or 主要 about them.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::c06_counts::{C6, tells};
use crate::check::narrative::said::{Outcome, on_page};
use crate::check::scene::Scene;
use crate::model::check::{Check, CheckStatus};
use crate::model::vocabulary::Cause;
use crate::narrative::paragraph::Paragraph;
use crate::reading::fold::{fold, has_any, pattern};
use crate::reading::words::BODY_ENDS;
use std::ops::Range;

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C6],
    runs: &[Run::Words(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

pattern!(COUNT, "([0-9]{1,5})(个|家|辆|人|名)");
// What leads from the number to its kinds; 主要包括 leads to some of them.
pattern!(
    LEAD,
    "^(?:项目)?(?:建设|支出)?[)]?[,;。(]?(?:(?:其中|分别(?:为|是)|(?:具体)?(?:包括|包含)|具体(?:为|是)|按[^,;:。0-9]{2,10}分)[,:]?|[:(])"
);
// 11个，资金1002.94万元，占…的100%。其中，: money between a number and its kinds.
pattern!(MONEY_LEAD, "^,(?:涉及)?[^,;。:个家辆人名]{0,12}[0-9.]+(?:万|亿)?元[^;:。个家辆人名]{0,40}[,;。]其中[,:]?");
// 部(省)级领导干部用车: a bracket within a name.
pattern!(ASIDE, "[(][^()0-9]{1,8}[)]");
pattern!(PART, "^(其中[:,]?)?([^,;。:、()0-9]{1,24})([0-9]{1,5})(个|家|辆|人|名)((?:项目|单位)?)");
pattern!(BRACKET, "[(][^()]*[)]");
// 1.某局本级2.某站: names with their numbers, in lines of their own or in one.
pattern!(
    NAMES_LEAD,
    "单位[^,;。:、0-9()]{0,10}?(?:共|共有|有|共计|合计)?([0-9]{1,3})(?:个|家)[,]?(?:分别(?:为|是)|具体(?:为|是|有|如下|包括)?|包括|即|名单如下|如下)[^,;。:0-9]{0,4}[:]?"
);
pattern!(NUMBERED, "^[(]?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[.、)])([^。;:,0-9]{2,40})[。;,]?$");
pattern!(IN_LINE, "([0-9]{1,2})[.、]([^。;:,、0-9]{2,40})");

/// Numbers of lines as they are written.
const TENS: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// A list with the number before it.
struct Listed {
    words: String,
    whole: u32,
    sum: u32,
    measure: String,
}

/// Every closed list of the narrative.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    for (at, paragraph) in scene.paragraphs.iter().enumerate() {
        let folded = fold(&paragraph.text);
        let text = ASIDE.replace_all(&folded, "");
        let below = scene.paragraphs.get(at + 1..).unwrap_or_default();
        let listed = counted(&text).into_iter().chain(named(&text, below));
        checks.extend(listed.map(|listed| check(paragraph.page, &listed)));
    }
    checks
}

fn check(page: Option<u32>, listed: &Listed) -> Check {
    let Listed { words, whole, sum, measure } = listed;
    let status = if whole == sum { CheckStatus::Passed } else { CheckStatus::Failed };
    let words = format!("个数 {whole}{measure} = {words}");
    let reason = format!("所列合计 {sum} {measure}");
    on_page(page, Outcome { rule: &C6, status, words, reason, cause: Cause::Published })
}

/// A number in a text.
struct Count {
    value: u32,
    measure: &'static str,
    /// Where the figure begins.
    at: usize,
    /// End of its measure.
    end: usize,
}

/// 家 counts bodies as 个 does, 名 people as 人 does.
fn measure(word: &str) -> &'static str {
    match word {
        "个" | "家" => "个",
        "辆" => "辆",
        _ => "人",
    }
}

fn counts(text: &str) -> Vec<Count> {
    let found = COUNT.captures_iter(text);
    let count = found.filter_map(|c| {
        let (number, word) = (c.get(1)?, c.get(2)?);
        let free = !text.get(..number.start())?.ends_with(['.', ',', '-', '第']);
        let value = number.as_str().parse().ok().filter(|_| free)?;
        Some(Count { value, measure: measure(word.as_str()), at: number.start(), end: word.end() })
    });
    count.collect()
}

/// One kind with its number.
struct Part {
    name: String,
    value: u32,
    text: String,
}

/// Numbers with the numbers of their kinds behind them.
fn counted(text: &str) -> Vec<Listed> {
    let mut found = Vec::new();
    let mut read_to = 0;
    for whole in counts(text) {
        if whole.at < read_to {
            continue;
        }
        let rest = text.get(whole.end..).unwrap_or("");
        let Some(lead) = LEAD.find(rest).or_else(|| MONEY_LEAD.find(rest)) else { continue };
        let bare = lead.as_str().trim_start_matches([')', ',']);
        let before = text.get(..whole.at).unwrap_or("");
        // 12辆：轿车4辆: a colon alone leads to the kinds of a sum.
        let is_sum = bare != ":" || before.ends_with(['共', '有', '计']);
        if !is_sum || has_any(before.rsplit(['。', ';']).next().unwrap_or(""), &["比上年"]) || tells(text, whole.at)
        {
            continue;
        }
        let (parts, used) = parts(rest.get(lead.end()..).unwrap_or(""), whole.measure);
        let Some(parts) = closed(&whole, parts, before) else { continue };
        read_to = whole.end + lead.end() + used;
        let sum = parts.iter().map(|p| p.value).sum();
        let words: Vec<String> = parts.into_iter().map(|p| p.text).collect();
        found.push(Listed { words: words.join(" + "), whole: whole.value, sum, measure: whole.measure.to_owned() });
    }
    found
}

/// The kinds at the beginning of a text, and how much of it they take. What stands in brackets behind a kind are its own parts, and
/// so are those behind a second 其中.
fn parts(text: &str, of: &str) -> (Vec<Part>, usize) {
    let mut parts = Vec::new();
    let mut at = 0;
    let mut first = None;
    while let Some(rest) = text.get(at..) {
        let Some(found) = PART.captures(rest) else { break };
        let (name, number) = (found.get(2).map_or("", |m| m.as_str()), found.get(3).map_or("", |m| m.as_str()));
        let same = found.get(4).is_some_and(|m| measure(m.as_str()) == of);
        let other = has_any(
            name,
            &["共", "合计", "总", "另", "此外", "实有", "现有", "比上年", "其中", "截至", "购置", "保有"],
        );
        let (false, true, Ok(value)) = (found.get(1).is_some() || other && !parts.is_empty(), same, number.parse())
        else {
            break;
        };
        let whole = found.get(0).map_or("", |m| m.as_str());
        at += whole.len();
        parts.push(Part { name: name.to_owned(), value, text: whole.to_owned() });
        let behind = text.get(at..).unwrap_or("");
        if let Some(bracket) = BRACKET.find(behind).filter(|b| b.start() == 0) {
            at += bracket.end();
        }
        let Some(sign) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        if sign == '等' {
            return (Vec::new(), at);
        }
        // A list goes on with the sign that it began with; 和, 及 lead to its last kind.
        let goes_on = matches!(sign, '和' | '及' | '与')
            || *first.get_or_insert(sign) == sign && matches!(sign, '、' | ',' | ';');
        if !goes_on {
            break;
        }
        at += sign.len_utf8();
    }
    (parts, at)
}

/// The kinds, where they make up the whole: all of them by their names, or those up to the one that fills the number.
fn closed(whole: &Count, mut parts: Vec<Part>, before: &str) -> Option<Vec<Part>> {
    let some =
        |p: &Part| has_any(&p.name, &["主要", "重点", "重大", "民生", "优先", "新增", "增加", "减少", "超过", "以上"]);
    if parts.len() < 2 || whole.measure != "辆" && parts.iter().any(some) {
        return None;
    }
    let mut sum = 0_u32;
    let fills = parts.iter().position(|p| {
        sum = sum.saturating_add(p.value);
        sum == whole.value
    });
    if let Some(last) = fills.filter(|last| *last > 0 && parts.iter().skip(last + 1).any(|p| p.value > 0)) {
        parts.truncate(last + 1);
    }
    let all = |ends: &[&str]| parts.iter().all(|p| ends.iter().any(|e| p.name.ends_with(e)));
    let any = |words: &[&str]| parts.iter().any(|p| has_any(&p.name, words));
    let graded = parts.iter().all(|p| has_any(&p.name, &["优", "良", "中", "差", "合格"]));
    let is_whole = match whole.measure {
        "辆" => all(&["用车", "车辆", "轿车", "客车", "越野车", "货车", "面包车", "商务车"]),
        "个" => {
            let bodies = parts
                .iter()
                .all(|p| has_any(&p.name, &["行政", "事业", "参公", "参照", "公益", "企业", "机关", "本级"]));
            let projects = (before.ends_with("项目")
                || before.ends_with("项目共")
                || parts.iter().all(|p| p.text.ends_with("项目"))
                || all(&["项目"]))
                && all(&["项目", "类"]);
            bodies || projects || graded && any(&["优"])
        }
        _ => {
            parts.iter().all(|p| has_any(&p.name, &["行政", "事业", "参公", "参照", "工勤", "机关", "附属", "其他"]))
                && any(&["行政", "参公", "参照"])
                && any(&["事业"])
        }
    };
    let fits = sum_of(&parts) == whole.value;
    // 一级项目5个、二级项目20个: kinds within each other.
    let nested = any(&["一级"]) && any(&["二级"]);
    (is_whole && (fits || !nested)).then_some(parts)
}

fn sum_of(parts: &[Part]) -> u32 {
    parts.iter().map(|p| p.value).fold(0, u32::saturating_add)
}

/// A number of bodies, and their names behind it or in the lines below.
fn named(text: &str, below: &[Paragraph]) -> Option<Listed> {
    let lead = NAMES_LEAD.captures(text)?;
    let (whole, head): (u32, Range<usize>) = (lead.get(1)?.as_str().parse().ok()?, lead.get(0)?.range());
    if text.get(head.clone())?.contains("主要") {
        return None;
    }
    let names = names(text, &head, below).filter(|names| names.len() > 1)?;
    let sum = u32::try_from(names.len()).ok()?;
    // 行政单位1家，参公单位1家，事业单位4家，具体包括：: the names are those of all kinds.
    let begin = text.get(..head.start)?.rfind(['。', ';']).map_or(0, |at| at + 1);
    let before: Vec<u32> =
        counts(text.get(begin..head.end)?).into_iter().filter(|c| c.measure == "个").map(|c| c.value).collect();
    let all = before.iter().copied().fold(0, u32::saturating_add);
    let right = before.iter().copied().chain([all]).find(|count| *count == sum);
    // Of several numbers the words don't say which the names are of.
    if right.is_none() && before.len() > 1 {
        return None;
    }
    let (first, last) = (names.first()?, names.last()?);
    let words = format!("{first}、…、{last}");
    Some(Listed { words, whole: right.unwrap_or(whole), sum, measure: "个".to_owned() })
}

/// The names of bodies behind a lead.
fn names(text: &str, head: &Range<usize>, below: &[Paragraph]) -> Option<Vec<String>> {
    let rest = text.get(head.end..)?;
    if rest.is_empty() {
        return Some(lines(below));
    }
    let numbered: Vec<(usize, String)> =
        IN_LINE.captures_iter(rest).filter_map(|c| Some((c[1].parse().ok()?, c[2].to_owned()))).collect();
    if rest.starts_with("1.") || rest.starts_with("1、") {
        let in_turn = numbered.iter().enumerate().all(|(at, (number, _))| *number == at + 1);
        return in_turn.then(|| numbered.into_iter().map(|(_, name)| name).collect());
    }
    let list = rest.split(['。', ';']).next()?;
    let names: Vec<String> = list.split('、').map(|n| BRACKET.replace_all(n, "").into_owned()).collect();
    let is_body = |n: &String| BODY_ENDS.strip_end(n).is_some() && (3..=24).contains(&n.chars().count());
    names.iter().all(is_body).then_some(names)
}

/// The names of numbered lines, as long as each bears the next number. A list that is cut by a page or holds other lines gives none.
fn lines(below: &[Paragraph]) -> Vec<String> {
    let mut names = Vec::new();
    for paragraph in below {
        let text = fold(&paragraph.text);
        let Some(found) = NUMBERED.captures(&text) else { break };
        let number = found[1].parse().ok().or_else(|| TENS.iter().position(|t| *t == &found[1]).map(|at| at + 1));
        if number != Some(names.len() + 1) {
            break;
        }
        names.push(found[2].to_owned());
    }
    let is_body = |n: &String| {
        let bare = BRACKET.replace_all(n, "");
        BODY_ENDS.strip_end(&bare).is_some()
    };
    if names.iter().all(is_body) { names } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Example;

    fn found(lines: &[&str]) -> Vec<CheckStatus> {
        let paragraph = |text: &&str| Paragraph { text: (*text).to_owned(), ..Paragraph::default() };
        let paragraphs: Vec<Paragraph> = lines.iter().map(paragraph).collect();
        checks(&Scene::new(&[], &[], &paragraphs)).iter().map(|c| c.status).collect()
    }

    pub(crate) fn example() -> Example {
        let text = "本部门共有车辆9辆，其中：机要通信用车1辆、应急保障用车3辆、执法执勤用车5辆。".to_owned();
        Example { paragraphs: vec![Paragraph { text, ..Paragraph::default() }], ..Example::default() }
    }

    const RIGHT: &[CheckStatus] = &[CheckStatus::Passed];
    const WRONG: &[CheckStatus] = &[CheckStatus::Failed];

    #[test]
    fn kinds_make_up_the_number() {
        for (text, status) in [
            (
                "共有车辆9辆，其中：机要通信用车1辆、应急保障用车3辆、执法执勤用车5辆；单价100万元以上设备2台（套）。",
                RIGHT,
            ),
            (
                "共有车辆12辆，其中：机要通信用车1辆、应急保障用车3辆、执法执勤用车5辆；单价100万元以上设备2台（套）。",
                WRONG,
            ),
            ("单位共5个，其中：行政单位1个、公益一类事业单位3个。", WRONG),
            ("单位共5个，其中：行政单位1个、事业单位4个（公益一类3个、公益二类1个）。", RIGHT),
            ("用于20个项目建设，其中：交通项目5个、市政项目7个、教育卫生项目6个。", WRONG),
            ("用于18个项目建设，其中：交通项目5个、市政项目7个、教育卫生项目6个。", RIGHT),
            (
                "编制人数68人，其中：行政编制22人、事业编制45人；实有63人，其中：行政21人、事业42人。",
                &[CheckStatus::Failed, CheckStatus::Passed],
            ),
            ("编制339名，其中行政编制199名、行政附属编制104名、事业编制36名。", RIGHT),
            ("共涉及项目11个，资金1002.94万元，占支出总额的100%。其中，自评等级为“优”的项目8个、“良”的3个。", RIGHT),
            ("共有车辆12辆，其中：机要通信用车1辆、应急保障用车3辆等。", &[]),
            ("在职人员120人，其中：党员30人、研究生15人。", &[]),
            ("项目20个，其中：重点项目5个、民生项目3个。", &[]),
        ] {
            assert_eq!(found(&[text]), status, "{text}");
        }
    }

    #[test]
    fn names_are_counted_on_their_lines() {
        let list = |count: &str| {
            let head = format!("本部门决算编制范围的预算单位共{count}个，具体包括：");
            found(&[&head, "1.某县林业局（本级）", "2.某县草原站", "3.某县森林派出所", "三、人员情况"])
        };
        assert_eq!(list("3"), RIGHT);
        assert_eq!(list("4"), WRONG);
        assert_eq!(found(&["预算单位共4个，分别为：局机关、县图书馆、县文化馆。"]), WRONG);
        assert_eq!(found(&["预算单位3个，包括：1.某局本级2.某站3.某所"]), RIGHT);
        let kinds =
            |third: &str| found(&["行政单位1家，事业单位2家，具体包括：", "1.某街道办事处", "2.某街道服务中心", third]);
        assert_eq!(kinds("3.某街道管理中心"), RIGHT);
        assert!(kinds("二、名词解释").is_empty() || kinds("二、名词解释") == RIGHT);
    }
}
