//! Which place is meant? Names at the start of a text, read against GB/T 2260 (`data/divisions.tsv` beside this file).
//!
//! A place is accepted in its full name (三门峡市), in the customary short form of an ethnic autonomous area (凉山州 for
//! 凉山彝族自治州), or bare (河南) when a full name of a place inside it follows at once (河南三门峡市). Anything looser
//! would be a guess: 北京路 is not in Beijing.

use crate::reading::words::{NO_DISTRICTS, PEOPLES, ZONES};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The list with its provenance in the file's head.
const DIVISIONS: &str = include_str!("data/divisions.tsv");

/// No place name of the list is longer than this many characters.
const LONGEST_NAME: usize = 18;

/// One division of the list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Division {
    /// Six digits.
    pub(crate) code: &'static str,
    /// Official name.
    pub(crate) name: &'static str,
    /// Province it lies in (its own name for a province).
    pub(crate) province: &'static str,
    /// Prefecture it lies in; empty where there is none (pseudo prefectures included).
    pub(crate) prefecture: &'static str,
}

/// Place names read at the start of a text.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The places that the names fit; several for a name that occurs more than once in the country.
    pub(crate) candidates: Vec<&'static Division>,
    /// Length of the names in bytes.
    pub(crate) length: usize,
}

impl Division {
    /// Province, prefecture and county in one: 河南省三门峡市, 重庆市渝北区.
    pub(crate) fn full_name(&self) -> String {
        let mut name = self.province.to_owned();
        for part in [self.prefecture, self.name] {
            if !part.is_empty() && part != self.province && !name.ends_with(part) {
                name.push_str(part);
            }
        }
        name
    }

    /// Whether the place lies within the other (a place lies within itself).
    pub(crate) fn within(&self, other: &Self) -> bool {
        let significant = match other.code {
            code if code.ends_with("0000") => 2,
            code if code.ends_with("00") => 4,
            _ => 6,
        };
        self.code.get(..significant) == other.code.get(..significant)
    }
}

/// The gazetteer with its two indexes.
struct Gazetteer {
    divisions: Vec<Division>,
    /// Full names and customary short forms.
    named: BTreeMap<String, Vec<usize>>,
    /// Provinces and prefectures without their rank.
    bare: BTreeMap<String, Vec<usize>>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let divisions = parse_divisions();
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut bare: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, division) in divisions.iter().enumerate() {
        named.entry(division.name.to_owned()).or_default().push(index);
        if let Some(short) = short_form(division.name) {
            named.entry(short).or_default().push(index);
        }
        if division.code.ends_with("00")
            && let Some(stem) = bare_form(division.name)
        {
            bare.entry(stem).or_default().push(index);
        }
    }
    Gazetteer { divisions, named, bare }
});

/// Reads the embedded list; pseudo divisions are left out, and a city listed as its own only county counts once.
fn parse_divisions() -> Vec<Division> {
    let mut divisions: Vec<Division> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for line in DIVISIONS.lines().filter(|l| !l.starts_with('#')).skip(1) {
        let fields: Vec<&'static str> = line.split('\t').collect();
        let &[code, name, level, _, province, prefecture] = fields.as_slice() else { continue };
        if level == "pseudo" || !seen.insert(code) {
            continue;
        }
        let pseudo = matches!(prefecture, "市辖区" | "县") || prefecture.contains("直辖县级");
        divisions.push(Division { code, name, province, prefecture: if pseudo { "" } else { prefecture } });
    }
    divisions
}

/// 凉山彝族自治州 → 凉山州, 彭水苗族土家族自治县 → 彭水县, 内蒙古自治区 stays without a short form.
fn short_form(name: &str) -> Option<String> {
    let (stem, rank) = ["州", "县", "旗", "区"].iter().find_map(|rank| {
        let stem = name.strip_suffix(rank)?.strip_suffix("自治")?;
        Some((strip_peoples(stem), *rank))
    })?;
    let rank = if rank == "区" { "自治区" } else { rank };
    (stem.chars().count() >= 2 && format!("{stem}{rank}") != name).then(|| format!("{stem}{rank}"))
}

/// The name without rank and peoples' names; at least two characters, so that 沙市 never becomes 沙.
fn bare_form(name: &str) -> Option<String> {
    let stem = ["自治区", "自治州", "地区", "省", "市", "盟"].iter().find_map(|rank| name.strip_suffix(rank))?;
    let stem = strip_peoples(stem);
    (stem.chars().count() >= 2).then(|| stem.to_owned())
}

/// Drops peoples' names from the end as long as a place name of two characters remains.
fn strip_peoples(stem: &str) -> &str {
    let mut rest = stem;
    loop {
        let with_zu = rest.strip_suffix('族').unwrap_or(rest);
        let suffix_only = with_zu.len() == rest.len();
        let shorter = PEOPLES
            .iter()
            .filter(|p| !suffix_only || p.chars().count() > 1)
            .find_map(|p| with_zu.strip_suffix(p))
            .filter(|s| s.chars().count() >= 2);
        match shorter {
            Some(s) => rest = s,
            None => return rest,
        }
    }
}

/// Whether a name says nothing without the place above it: every city may have its 城区, 郊区 or 矿区.
fn needs_parent(name: &str) -> bool {
    matches!(name, "城区" | "郊区" | "矿区" | "市中区")
}

/// The code of the central government.
pub(crate) const CENTRE: &str = "100000";

/// The places inside another (in the whole country without one) that a name means in full: 历下区, 济南市历下区. Names that
/// every city may have are left to [`short_within`].
pub(crate) fn named_within(name: &str, outer: Option<&'static Division>) -> Vec<&'static Division> {
    let whole = read_prefix(name).filter(|reading| reading.length == name.len());
    whole.map_or_else(Vec::new, |reading| inside(reading.candidates.into_iter(), outer))
}

/// The same for names that say nothing alone: without rank (历下, 郑州), or 城区 and 郊区.
pub(crate) fn short_within(name: &str, outer: Option<&'static Division>) -> Vec<&'static Division> {
    const RANKS: &[&str] = &["市", "区", "县", "旗", "州", "盟", "省", "地区", "自治州", "自治县", "自治旗", "自治区"];
    if needs_parent(name) {
        return inside(GAZETTEER.divisions.iter().filter(|d| d.name == name), outer);
    }
    if name.chars().count() < 2 {
        return Vec::new();
    }
    let ranked = RANKS.iter().filter_map(|rank| GAZETTEER.named.get(&format!("{name}{rank}"))).flatten();
    let bare = GAZETTEER.bare.get(name).into_iter().flatten();
    let mut places: Vec<&'static Division> =
        inside(ranked.chain(bare).filter_map(|&at| GAZETTEER.divisions.get(at)), outer);
    places.sort_by_key(|d| d.code);
    places.dedup();
    places
}

fn inside(places: impl Iterator<Item = &'static Division>, outer: Option<&'static Division>) -> Vec<&'static Division> {
    let all: Vec<&Division> = places.filter(|d| outer.is_none_or(|o| d.within(o) && d.code != o.code)).collect();
    // 嘉峪关市 is a city and, as its own only part, listed once more.
    let outermost = |d: &&&Division| !all.iter().any(|o| d.within(o) && d.code != o.code);
    all.iter().filter(outermost).copied().collect()
}

/// The division with this code.
pub(crate) fn by_code(code: &str) -> Option<&'static Division> {
    GAZETTEER.divisions.iter().find(|d| d.code == code)
}

/// Reads place names at the very start of a text (white space already removed).
pub(crate) fn read_prefix(text: &str) -> Option<Reading> {
    let mut reading = match next_link(text, &GAZETTEER.named, None) {
        Some(first) if !needs_parent(text.get(..first.length).unwrap_or("")) => first,
        _ => bare_start(text)?,
    };
    while let Some(rest) = text.get(reading.length..) {
        let Some(next) = next_link(rest, &GAZETTEER.named, Some(&reading.candidates)) else { break };
        reading = Reading { candidates: next.candidates, length: reading.length + next.length };
    }
    Some(reading)
}

/// A bare province or prefecture counts only when a place inside it follows with its full name: 河南三门峡市.
fn bare_start(text: &str) -> Option<Reading> {
    let outer = next_link(text, &GAZETTEER.bare, None)?;
    let inner = next_link(text.get(outer.length..)?, &GAZETTEER.named, Some(&outer.candidates))?;
    Some(Reading { candidates: inner.candidates, length: outer.length + inner.length })
}

/// The longest name at the start of the text, restricted to places within `outer`.
fn next_link(text: &str, index: &BTreeMap<String, Vec<usize>>, outer: Option<&[&'static Division]>) -> Option<Reading> {
    let ends: Vec<usize> = text.char_indices().map(|(i, c)| i + c.len_utf8()).take(LONGEST_NAME).collect();
    ends.iter().rev().filter(|&&end| end > 3).find_map(|&end| {
        let candidates: Vec<&'static Division> = index
            .get(text.get(..end)?)?
            .iter()
            .filter_map(|&i| GAZETTEER.divisions.get(i))
            .filter(|d| outer.is_none_or(|o| o.iter().any(|p| d.within(p) && d.code != p.code)))
            .collect();
        (!candidates.is_empty()).then_some(Reading { candidates, length: end })
    })
}

/// The first place names in an organisation's name, wherever they start (中共三门峡市委 …).
pub(crate) fn read_anywhere(name: &str) -> Option<(usize, Reading)> {
    name.char_indices().find_map(|(at, _)| Some((at, read_prefix(name.get(at..)?)?)))
}

/// The one city whose name without 市 a text begins with, where no other place of the list is called so at any rank: 义乌 in
/// 义乌工商职业技术学院; and the length of the name in bytes. See [`is_of_districts`] for what it proves.
pub(crate) fn read_stem(text: &str) -> Option<(&'static Division, usize)> {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_NAME).collect();
    ends.iter().rev().filter(|end| **end < text.len()).find_map(|&end| {
        let stem = text.get(..end).filter(|stem| stem.chars().count() >= 2 && !NO_STEMS.contains(stem))?;
        let [only] = short_within(stem, None)[..] else { return None };
        (only.name.strip_suffix('市') == Some(stem)).then_some((only, end))
    })
}

/// Stems that are words or a person's name as well: 东方, 中山.
const NO_STEMS: [&str; 2] = ["东方", "中山"];

/// Whether a city has districts and counties of its own: the province's colleges are called by it too.
pub(crate) fn is_of_districts(place: &Division) -> bool {
    place.code.ends_with("00")
}

/// Whether the text begins with the name of a zone.
pub(crate) fn is_zone(text: &str) -> bool {
    ZONES.iter().any(|zone| text.contains(zone))
}

/// Whether a district or county that the list doesn't know follows the names read (renamed or abolished: 某某区). The
/// reading then names only the place around it.
pub(crate) fn unknown_below(rest: &str) -> bool {
    let head: String = rest.chars().take(6).collect();
    let Some(at) = head.find(['区', '县']).filter(|&at| at >= 3) else { return false };
    let upto = head.char_indices().map(|(i, c)| i + c.len_utf8()).find(|&end| end > at).unwrap_or(head.len());
    let name = head.get(..upto).unwrap_or("");
    let zone = ZONES.iter().any(|z| head.find(z).is_some_and(|i| i < upto)) || NO_DISTRICTS.begins(&head);
    let organ = name.contains(['局', '委', '院', '会', '办', '厅', '部', '处', '所', '及', '和', '中']);
    !zone && !organ
}

/// Decides between several candidates by what else is printed. `None` where that doesn't decide.
pub(crate) fn narrow(candidates: &[&'static Division], text: &str, codes: &[String]) -> Option<&'static Division> {
    let mut left: Vec<&'static Division> = candidates.to_vec();
    let parent = |d: &Division| if d.prefecture.is_empty() { d.province } else { d.prefecture };
    let tests: [&dyn Fn(&Division) -> bool; 4] = [
        &|d| codes.iter().any(|c| c == d.code),
        &|d| text.contains(&format!("{}{}", parent(d), d.name)),
        &|d| parent(d) != d.name && text.contains(parent(d)),
        &|d| text.contains(d.province),
    ];
    for test in tests {
        if left.len() < 2 {
            break;
        }
        let kept: Vec<&'static Division> = left.iter().copied().filter(|d| test(d)).collect();
        if !kept.is_empty() {
            left = kept;
        }
    }
    match left.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> String {
        let reading = read_prefix(text).expect(text);
        assert_eq!(reading.candidates.len(), 1, "{text}: {:?}", reading.candidates);
        format!("{}{}|{}", reading.candidates[0].code, reading.candidates[0].full_name(), &text[reading.length..])
    }

    #[test]
    fn the_list_is_whole() {
        assert_eq!(GAZETTEER.divisions.iter().filter(|d| d.code.ends_with("0000")).count(), 31);
        assert!(GAZETTEER.divisions.len() > 3_300);
        assert!(GAZETTEER.divisions.iter().all(|d| d.code.len() == 6 && d.name.chars().count() <= LONGEST_NAME));
    }

    #[test]
    fn full_short_and_bare_names_are_read() {
        assert_eq!(only("三门峡市科学技术协会"), "411200河南省三门峡市|科学技术协会");
        assert_eq!(only("重庆市渝北区科学技术协会"), "500112重庆市渝北区|科学技术协会");
        assert_eq!(only("凉山州科学技术协会"), "513400四川省凉山彝族自治州|科学技术协会");
        assert_eq!(only("江苏省人民检察院"), "320000江苏省|人民检察院");
        assert_eq!(only("济源市财政局"), "419001河南省济源市|财政局");
        assert_eq!(only("彭水县教育委员会"), "500243重庆市彭水苗族土家族自治县|教育委员会");
        assert_eq!(only("河南三门峡市渑池县"), "411221河南省三门峡市渑池县|");
        assert_eq!(only("东莞市财政局"), "441900广东省东莞市|财政局");
        assert!(read_prefix("北京路小学").is_none());
        assert!(read_prefix("科学技术协会").is_none());
        assert!(read_prefix("城区教育局").is_none());
    }

    #[test]
    fn a_name_that_occurs_twice_needs_context() {
        let reading = read_prefix("普陀区司法局").expect("a district of that name exists");
        assert_eq!(reading.candidates.len(), 2);
        let found = narrow(&reading.candidates, "……舟山市普陀区司法局……", &[]).expect("the prefecture is named");
        assert_eq!(found.full_name(), "浙江省舟山市普陀区");
        assert!(narrow(&reading.candidates, "普陀区司法局", &[]).is_none());
        let found = narrow(&reading.candidates, "普陀区司法局", &["310107".to_owned()]).expect("a code decides");
        assert_eq!(found.code, "310107");
    }

    #[test]
    fn places_inside_another() {
        let jinan = by_code("370100");
        let codes = |places: Vec<&Division>| places.iter().map(|d| d.code).collect::<Vec<_>>();
        assert_eq!(codes(named_within("历下区", jinan)), ["370102"]);
        assert_eq!(codes(named_within("济南市历下区", jinan)), ["370102"]);
        assert_eq!(codes(short_within("历下", jinan)), ["370102"]);
        assert_eq!(codes(short_within("市中区", jinan)), ["370103"]);
        assert_eq!(codes(named_within("嘉峪关市", by_code("620000"))), ["620200"]);
        for name in ["济南市", "河东区", "历下区财政局", "市中区"] {
            assert!(named_within(name, jinan).is_empty(), "{name}");
        }
    }

    #[test]
    fn stems_that_one_city_alone_has() {
        let code = |text: &str| read_stem(text).map(|(place, _)| place.code);
        assert_eq!(code("义乌工商职业技术学院"), Some("330782"));
        assert_eq!(code("漳州台商投资区管理委员会"), Some("350600"));
        for text in ["东方学院", "中山大学附属医院", "吉林医药学院", "义乌", "三江源管理局"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn unknown_districts_are_noticed_and_zones_are_not() {
        assert!(unknown_below("下城区财政局"));
        assert!(!unknown_below("高新技术产业开发区管委会"));
        assert!(!unknown_below("社区服务中心"));
        assert!(!unknown_below("财政局"));
        assert!(!unknown_below("教育局城区办"));
    }
}
