//! The region whose disclosure it is.

use crate::identity::material::Material;
use crate::identity::title;
use crate::model::identity::Identity;
use crate::reading::fold::pattern;
use crate::reading::region::{self, Division, Reading};
use crate::reading::words::{CENTRAL_BODIES, MINISTRIES};

// 2024年中央一般公共预算收入预算表, 全国政府性基金支出决算表: the books of the central government.
pattern!(
    CENTRAL_TITLE,
    "^(?:20[0-9]{2}年度?)?(?:中央|全国)(?:本级|一般公共|公共财政|政府性基金|国有资本|财政|对地方|社会保险基金|基本建设)"
);

// 公安局淄川分局, 自然资源和规划局新丰分局; 全南生态环境局: a county's branch of the city's body, which the county pays.
pattern!(
    BRANCH,
    r"^(?:\p{Han}{2,12}局(\p{Han}{2,6}?)(?:县|区|市)?分局|(\p{Han}{2,5}?)(?:县|区|市)?(?:生态环境|自然资源|公安)分?局)$"
);

/// The region that the body's name begins with; else the one named on the cover, in titles, in headings; else the one
/// that all project codes begin with; else the folder or file name.
pub(crate) fn set_region(identity: &mut Identity, material: &Material, source: &str) {
    if is_central(&identity.department) {
        accept_centre(identity);
        return;
    }
    let titled = || material.cover.iter().chain(&material.headings).chain(&material.titles).map(|t| t.who.as_str());
    let mut ambiguous: Vec<&'static Division> = Vec::new();
    let names = std::iter::once(identity.department.as_str()).chain(titled());
    for name in names.filter(|n| !n.is_empty()) {
        let Some((reading, rest)) = read_name(name) else { continue };
        if region::unknown_below(rest) {
            identity.flags.push(format!("“{name}”中的区县不在区划代码表中"));
            return;
        }
        let text = format!("{}\n{source}", material.text);
        if let Some(found) = decide(&reading, material, &text) {
            accept(identity, branch_place(found, rest).unwrap_or(found));
            deepen(identity, found, material);
            return;
        }
        ambiguous = if ambiguous.is_empty() { reading.candidates } else { ambiguous };
    }
    if !ambiguous.is_empty() {
        let names: Vec<String> = ambiguous.iter().map(|d| d.full_name()).collect();
        identity.flags.push(format!("所在地有多种可能：{}", names.join("、")));
        return;
    }
    region_without_name(identity, material, source);
}

/// Nothing printed names a place beside the body: project codes, then the path.
fn region_without_name(identity: &mut Identity, material: &Material, source: &str) {
    if identity.department.is_empty() && material.title_texts.iter().filter(|t| CENTRAL_TITLE.is_match(t)).count() > 1 {
        accept_centre(identity);
        return;
    }
    if let Some((place, length)) = region::read_stem(&identity.department) {
        let rest = identity.department.get(length..).unwrap_or_default();
        if !region::is_of_districts(place) || region::is_zone(rest) {
            accept(identity, place);
            identity.flags.push("地区由名称中的地名推出".to_owned());
            return;
        }
    }
    if let [code] = material.codes.as_slice()
        && let Some(found) = region::by_code(code)
    {
        accept(identity, found);
        identity.flags.push("地区由项目代码推出".to_owned());
        return;
    }
    let parts = source.rsplit(['/', '\\', '_', '-']);
    if let Some(found) = parts.filter_map(read_name).find_map(|(reading, _)| decide(&reading, material, source)) {
        accept(identity, found);
        identity.flags.push("地区取自文件名".to_owned());
    }
}

/// The county whose branch of a city's body it is: 淄川区 in 淄博市|公安局淄川分局, 全南县 in 赣州市|全南生态环境局.
fn branch_place(city: &'static Division, rest: &str) -> Option<&'static Division> {
    let of_districts = city.code.ends_with("00") && !city.code.ends_with("0000");
    let name = BRANCH.captures(rest).filter(|_| of_districts)?;
    let stem = name.get(1).or_else(|| name.get(2))?.as_str();
    let named = region::named_within(stem, Some(city));
    match if named.is_empty() { region::short_within(stem, Some(city)) } else { named }[..] {
        [county] => Some(county),
        _ => None,
    }
}

/// Place names in a body's name and what follows them.
fn read_name(name: &str) -> Option<(Reading, &str)> {
    let (at, reading) = region::read_anywhere(name)?;
    let rest = name.get(at + reading.length..)?;
    Some((reading, rest))
}

/// The one place meant, by context where the name alone doesn't say.
fn decide(reading: &Reading, material: &Material, text: &str) -> Option<&'static Division> {
    region::narrow(&reading.candidates, text, &material.codes)
}

/// Whether a body is one of the central government: its name begins with the name of one and holds no place.
fn is_central(name: &str) -> bool {
    let name = name.strip_prefix("中华人民共和国").unwrap_or(name);
    let ministry = MINISTRIES.strip_begin(name).is_some_and(|rest| !rest.starts_with(['门', '分', '队']));
    (ministry || CENTRAL_BODIES.begins(name)) && region::read_anywhere(name).is_none()
}

fn accept_centre(identity: &mut Identity) {
    region::CENTRE.clone_into(&mut identity.region_code);
    "中央".clone_into(&mut identity.region);
}

/// Writes the place down.
fn accept(identity: &mut Identity, found: &Division) {
    found.code.clone_into(&mut identity.region_code);
    identity.region = found.full_name();
}

/// A cover that names only a place (上海市普陀区2025年区级部门预算) may name a smaller one than the body's name does.
fn deepen(identity: &mut Identity, found: &'static Division, material: &Material) {
    let Some(cover) = material.cover.as_ref().filter(|c| title::whole_region(&c.who)) else { return };
    let Some(reading) = region::read_prefix(&cover.who) else { return };
    match region::narrow(&reading.candidates, &material.text, &material.codes) {
        Some(inner) if inner.within(found) => accept(identity, inner),
        Some(other) if !found.within(other) => {
            identity.flags.push(format!("封面地区“{}”与部门所在地“{}”不一致", other.full_name(), found.full_name()));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counties_of_branches() {
        let county = |code: &str, rest: &str| region::by_code(code).and_then(|c| branch_place(c, rest)).map(|d| d.code);
        assert_eq!(county("370300", "公安局淄川分局"), Some("370302"));
        assert_eq!(county("440200", "生态环境局新丰分局"), Some("440233"));
        assert_eq!(county("360700", "全南生态环境局"), Some("360729"));
        assert_eq!(county("360700", "生态环境局"), None);
        assert_eq!(county("370300", "公安局交警分局"), None);
        assert_eq!(county("370300", "公安局高新技术产业开发区分局"), None);
    }

    #[test]
    fn bodies_of_the_centre() {
        for name in
            ["中华人民共和国财政部", "水利部长江水利委员会", "国家发展和改革委员会", "中国科学院", "最高人民法院"]
        {
            assert!(is_central(name), "{name}");
        }
        for name in
            ["国家税务总局杭州市税务局", "公安部门", "财政部分局", "上海市普陀区教育局", "中央大街街道办事处", ""]
        {
            assert!(!is_central(name), "{name}");
        }
        assert!(CENTRAL_TITLE.is_match("2024年中央一般公共预算收入预算表"));
        assert!(!CENTRAL_TITLE.is_match("2024年中央补助收入表"));
    }
}
