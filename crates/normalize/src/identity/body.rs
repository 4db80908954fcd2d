//! One body over all its names: 中共江苏省委办公厅, 中国共产党江苏省委员会办公厅 and 省委办公厅（本级） are one.
//!
//! The id and the name are told from the region and the printed name alone, so no other document of a batch changes them. A
//! name without a known place is nobody's: 财政局 of two cities are two bodies.

use crate::model::identity::Identity;
use crate::model::rule::Rule;
use crate::model::vocabulary::DocumentKind;
use crate::reading::fold::fold;
use crate::reading::region::{self, Division};
use crate::reading::words::{self, BEFORE_PLACE, BODY_NAMES, NOT_RELATIVE, OWN_LEVELS};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The rule of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "I01",
    title: "One body over all its names",
    text: "`body_id` is made of the region's code and the name behind the place, written out: short forms, brackets, 本级, \
           the word of a party or organisation, 和 and spaces don't matter; what has no known place has no id",
    source: "《预算法》第十四条: every body publishes each year, and spells its name differently in covers, tables and file names",
}];

/// Full names by other names of the same body.
static FULL_NAMES: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| words::typed(BODY_NAMES, Some).collect());

/// Names of organisations that stand before the place, and the one by which all of a kind are called.
const ORGANISATIONS: [(&str, &str); 10] = [
    ("中国共产党", "中共"),
    ("中国共产主义青年团", "共青团"),
    ("中国人民政治协商会议", "政协"),
    ("中国国民党革命委员会", "民革"),
    ("中国民主同盟", "民盟"),
    ("中国民主建国会", "民建"),
    ("中国民主促进会", "民进"),
    ("中国农工民主党", "农工党"),
    ("中国致公党", "致公党"),
    ("台湾民主自治同盟", "台盟"),
];

/// The people's congress's committee, by any of its names; longer ones first.
const CONGRESS: [&str; 6] =
    ["人民代表大会常务委员会", "人民代表大会常务委", "人大常务委员会", "人大常委会", "人民代表大会", "人大"];

/// What may stand behind 政府 where it means the government itself, and not 政府采购.
const GOVERNMENT_OFFICES: [&str; 8] = ["办", "研究室", "驻", "参事", "外事", "信访", "机关", "侨"];

/// A body, by what it is called everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Body {
    /// 320000-中共委办公厅: the region's code and what the name comes down to.
    pub(crate) id: String,
    /// 中共江苏省委办公厅.
    pub(crate) name: String,
}

/// The body that publishes; `None` where its name or its place is not known.
pub(crate) fn of(identity: &Identity) -> Option<Body> {
    let government =
        matches!(identity.kind, Some(DocumentKind::GovernmentBudget | DocumentKind::GovernmentFinalAccounts));
    let name = read(&identity.department, identity);
    let place = Place::of(identity, name.place)?;
    if government && (name.core.is_empty() || is_for_the_government(&name.core)) {
        return Some(body(&place, &Name { core: "人民政府".to_owned(), ..Name::default() }));
    }
    (!name.core.is_empty() || !name.organisation.is_empty()).then(|| body(&place, &name))
}

/// Whether the body's papers are its government's: the finance department draws up 政府预算 and 政府决算.
fn is_for_the_government(core: &str) -> bool {
    core.starts_with("财政") || core == "人民政府" || core == "人民政府办公室" || core == "人民政府办公厅"
}

/// A name in its parts.
#[derive(Debug, Default)]
struct Name {
    /// 中共, 共青团, 国家税务总局: what stands before the place.
    organisation: String,
    /// What stands behind the place, written out.
    core: String,
    /// The one place that the name begins with.
    place: Option<&'static Division>,
}

/// The place in an id and in a name.
struct Place {
    code: String,
    name: String,
}

impl Place {
    fn of(identity: &Identity, named: Option<&'static Division>) -> Option<Self> {
        let known = region::by_code(&identity.region_code);
        if let Some(division) = known.or(named.filter(|_| identity.region.is_empty())) {
            return Some(Self { code: division.code.to_owned(), name: short_name(division) });
        }
        let code = if identity.region_code.is_empty() { fold(&identity.region) } else { identity.region_code.clone() };
        // A body of the central government begins with no place: 教育部.
        let name = if identity.region == "中央" { String::new() } else { identity.region.clone() };
        (!code.is_empty()).then_some(Self { code, name })
    }
}

/// The name by which the place is called in its bodies' names: its own, a county's with what lies around it.
fn short_name(division: &Division) -> String {
    if division.code.ends_with("00") {
        return division.name.to_owned();
    }
    let around = if division.prefecture.is_empty() { division.province } else { division.prefecture };
    if division.name.starts_with(around) { division.name.to_owned() } else { format!("{around}{}", division.name) }
}

fn body(place: &Place, name: &Name) -> Body {
    let Name { organisation, core, .. } = name;
    // 江苏省政协办公厅, but 中共江苏省委办公厅.
    let (before, behind) = if organisation == "政协" { ("", "政协") } else { (organisation.as_str(), "") };
    let key: String =
        core.chars().filter(|c| !matches!(c, '和' | '与' | '及' | '、' | '(' | ')' | '·' | ',')).collect();
    let key = key.replace("委员会", "委");
    Body { id: format!("{}-{organisation}{key}", place.code), name: format!("{before}{}{behind}{core}", place.name) }
}

/// Reads a printed name.
fn read(printed: &str, identity: &Identity) -> Name {
    let folded = fold(printed);
    let text =
        folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '[' | ']' | ':' | '.'));
    let text = without_level(text);
    let (organisation, rest) = organisation(text);
    let (place, rest) = behind_place(rest, identity);
    let (inner, rest) = if organisation.is_empty() { self::organisation(rest) } else { ("", rest) };
    let organisation = if organisation.is_empty() { inner } else { organisation };
    let (organisation, core) = written_out(organisation, rest);
    Name { organisation, core, place }
}

/// The name without what says that its own office is meant.
fn without_level(name: &str) -> &str {
    let mut text = name;
    while let Some(shorter) = OWN_LEVELS.strip_end(text).filter(|shorter| !shorter.is_empty()) {
        text = shorter;
    }
    let office = text.strip_suffix("机关").filter(|rest| rest.ends_with(['局', '厅', '会', '院', '委', '部', '办']));
    office.unwrap_or(text)
}

/// The organisation before the place, by its one name, and what follows.
fn organisation(text: &str) -> (&str, &str) {
    let Some(rest) = BEFORE_PLACE.strip_begin(text).filter(|rest| !rest.is_empty()) else { return ("", text) };
    let printed = text.get(..text.len() - rest.len()).unwrap_or_default();
    let one = ORGANISATIONS.iter().find(|(full, _)| *full == printed).map_or(printed, |(_, short)| *short);
    (one, rest)
}

/// What stands behind the place. A place counts where it is the document's, lies in it or around it; 市 and 省 alone stand for
/// the document's own.
fn behind_place<'a>(text: &'a str, identity: &Identity) -> (Option<&'static Division>, &'a str) {
    let own = region::by_code(&identity.region_code);
    if let Some(reading) = region::read_prefix(text) {
        let near = |d: &&'static Division| own.is_none_or(|own| d.within(own) || own.within(d));
        let rest = text.get(reading.length..).unwrap_or_default();
        let place = if let [one] = reading.candidates.as_slice() { Some(*one) } else { None };
        if reading.candidates.iter().any(near) && (own.is_some() || place.is_some()) {
            return (place, rest);
        }
        return (None, text);
    }
    let ranks = ["自治区", "自治州", "自治县", "省", "市", "区", "县", "州", "旗", "盟"];
    let rank = ranks.iter().find(|rank| text.starts_with(**rank) && identity.region.ends_with(**rank));
    let rest = rank.filter(|_| !NOT_RELATIVE.begins(text)).and_then(|rank| text.strip_prefix(*rank));
    (None, rest.filter(|rest| rest.chars().count() > 1).unwrap_or(text))
}

/// The name behind the place with its short forms written out, and the organisation that it turns out to be of.
fn written_out(organisation: &str, core: &str) -> (String, String) {
    let full = |core: &str| FULL_NAMES.get(core.replace("委员会", "委").as_str()).or(FULL_NAMES.get(core)).copied();
    if let Some(full) = full(core).filter(|_| organisation.is_empty() || organisation == "中共") {
        let of = ["中共", "共青团"].into_iter().find(|name| full.starts_with(name));
        let behind = of.and_then(|name| full.strip_prefix(name)).unwrap_or(full);
        return (of.unwrap_or(organisation).to_owned(), behind.to_owned());
    }
    // 省委办公厅: the committee right behind the place is the party's, unless another is named.
    let committee = core.strip_prefix("委员会").or_else(|| core.strip_prefix('委')).filter(|r| !r.starts_with('托'));
    match (organisation, committee) {
        ("", Some(rest)) => return ("中共".to_owned(), format!("委{rest}")),
        ("政协", Some(rest)) => return ("政协".to_owned(), rest.to_owned()),
        (_, Some(rest)) => return (organisation.to_owned(), format!("委{rest}")),
        _ => {}
    }
    let consultative = ["人民政治协商会议", "人民政协", "政协"].into_iter().find_map(|name| core.strip_prefix(name));
    if let Some(rest) = consultative.filter(|_| organisation.is_empty()) {
        let rest = rest.strip_prefix("委员会").or_else(|| rest.strip_prefix('委')).unwrap_or(rest);
        return ("政协".to_owned(), rest.to_owned());
    }
    (organisation.to_owned(), of_the_state(core))
}

/// A name of a body of the state, written out.
fn of_the_state(core: &str) -> String {
    if let Some(rest) = CONGRESS.iter().find_map(|name| core.strip_prefix(name)) {
        return format!("人大常委会{rest}");
    }
    if let Some(street) = street(core) {
        return street;
    }
    if let Some(town) = ["人民政府", "政府", ""].iter().find_map(|end| core.strip_suffix(end))
        && town.ends_with(['镇', '乡'])
    {
        return format!("{town}人民政府");
    }
    if let Some(rest) = core.strip_prefix("政府")
        && (rest.is_empty() || GOVERNMENT_OFFICES.iter().any(|office| rest.starts_with(office)))
    {
        return format!("人民政府{rest}");
    }
    match core.strip_suffix("管委会") {
        Some(zone) => format!("{zone}管理委员会"),
        None => core.to_owned(),
    }
}

/// 人民政府某街道办事处, 某街道: the same office.
fn street(core: &str) -> Option<String> {
    let name = core.strip_suffix("办事处").unwrap_or(core);
    let name = name.strip_prefix("人民政府").or_else(|| name.strip_prefix("政府")).unwrap_or(name);
    (name.ends_with("街道") && name != "街道").then(|| format!("{name}办事处"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(code: &str, department: &str) -> Body {
        let region = region::by_code(code).map(Division::full_name).unwrap_or_default();
        let department = department.to_owned();
        of(&Identity { region_code: code.to_owned(), region, department, ..Identity::default() }).expect("a body")
    }

    #[test]
    fn the_spellings_of_a_name_are_one_body() {
        let cases: &[(&str, &str, &[&str])] = &[
            (
                "320000",
                "中共江苏省委办公厅",
                &[
                    "江苏省委办公厅",
                    "中国共产党江苏省委员会办公厅",
                    "省委办公厅",
                    "中共江苏省委办公厅（本级）",
                    "中共江苏省委 办公厅机关",
                ],
            ),
            (
                "320000",
                "江苏省人大常委会办公厅",
                &["江苏省人大办公厅", "江苏省人民代表大会常务委员会办公厅", "省人大常委会办公厅"],
            ),
            (
                "320000",
                "江苏省政协办公厅",
                &["政协江苏省委员会办公厅", "中国人民政治协商会议江苏省委员会办公厅", "省政协办公厅"],
            ),
            ("320000", "江苏省人民检察院", &["省检察院", "江苏省检察院", "江苏省人民检察院(部门)"]),
            (
                "310107",
                "上海市普陀区万里街道办事处",
                &["上海市普陀区人民政府万里街道办事处", "普陀区万里街道办事处", "上海市普陀区万里街道"],
            ),
            (
                "310107",
                "上海市普陀区人民政府办公室",
                &["普陀区政府办公室", "区政府办", "上海市普陀区人民政府办公室（单位）"],
            ),
            ("310107", "中共上海市普陀区委社会工作部", &["上海市普陀区委社会工作部", "区委社会工作部"]),
            ("310107", "上海市普陀区住房和城乡建设局", &["普陀区住房城乡建设局", "区住建局"]),
            (
                "411200",
                "三门峡市科学技术协会",
                &["河南省三门峡市科学技术协会", "市科协", "229-三门峡市科学技术协会", "科学技术协会本级"],
            ),
            ("411200", "三门峡市市场监督管理局", &["市场监督管理局", "市市场监督管理局", "三门峡市市场监管局"]),
            (
                "411200",
                "共青团三门峡市委",
                &["中国共产主义青年团三门峡市委员会", "三门峡市团委", "共青团三门峡市委员会"],
            ),
            (
                "411200",
                "中共三门峡市纪律检查委",
                &["三门峡市纪委监委", "中共三门峡市纪律检查委员会", "三门峡市监察委员会"],
            ),
            ("513400", "凉山彝族自治州科学技术协会", &["凉山州科学技术协会", "凉山州科协", "州科协"]),
        ];
        for (code, name, spellings) in cases {
            let one = body(code, name);
            assert_eq!(one.name, *name);
            for spelling in *spellings {
                assert_eq!(body(code, spelling), one, "{spelling}");
            }
        }
    }

    #[test]
    fn other_bodies_and_other_places_are_others() {
        let names = [
            "三门峡市财政局",
            "三门峡市政府采购中心",
            "三门峡市委政策研究室",
            "三门峡市人民政府研究室",
            "三门峡市中级人民法院",
            "三门峡市人大常委会办公室",
            "三门峡市市政公用局",
            "共青团三门峡市委",
            "民革三门峡市委",
            "中共三门峡市委",
        ];
        let mut ids: Vec<String> = names.iter().map(|name| body("411200", name).id).collect();
        ids.push(body("410800", "财政局").id);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), names.len() + 1, "{ids:?}");
        let nowhere = Identity { department: "财政局".to_owned(), ..Identity::default() };
        assert_eq!(of(&nowhere), None);
    }

    #[test]
    fn the_papers_of_a_whole_government_are_the_governments() {
        let of_kind = |department: &str| {
            let kind = Some(DocumentKind::GovernmentBudget);
            let region = "河南省三门峡市".to_owned();
            let (department, region_code) = (department.to_owned(), "411200".to_owned());
            of(&Identity { region_code, region, department, kind, ..Identity::default() }).expect("a body").name
        };
        for department in ["", "三门峡市财政局", "三门峡市人民政府"] {
            assert_eq!(of_kind(department), "三门峡市人民政府", "{department}");
        }
    }
}
