//! Who, where, when: whose disclosure is it?
//!
//! Print comes first (cover, chapter headings, table titles, captions, narrative), the file name last and never against
//! print. What nothing says stays empty; what two sources say differently is chosen by trust and told in words.

mod department;
mod given;
mod kind;
mod material;
mod title;

use crate::Context;
use crate::model::identity::Identity;
use crate::model::vocabulary::EntityScope;
use crate::reading::fold::fold_letters;
use crate::reading::region::{self, Division, Reading};
use crate::reading::year;
use material::Material;
use std::collections::BTreeMap;
use yusuan_extract::Extraction;

pub(crate) use material::is_contents_head;

/// Whether two names mean the same body: equal, or one the short form of the other. An empty name means nobody.
pub fn is_same_body(a: &str, b: &str) -> bool {
    !a.is_empty() && (a == b || department::is_short_form(a, b) || department::is_short_form(b, a))
}

/// Finds out whose disclosure a document is. `titles` are the titles of its tables as found by the statement reader.
pub(crate) fn identify(extraction: &Extraction, titles: &[String], context: &Context) -> Identity {
    let material = Material::gather(extraction, titles);
    let name = file_name(&context.source);
    let mut identity = Identity { scope: scope(&material), ..Identity::default() };
    let chosen = department::choose(&material, identity.scope);
    identity.department = chosen.name;
    identity.flags = chosen.flags;
    if identity.department.is_empty()
        && let Some(title) = title::parse(&name).filter(|t| title::is_body(&t.who))
    {
        identity.department = title.who;
        identity.flags.push("部门名称取自文件名".to_owned());
    }
    set_region(&mut identity, &material, &fold_letters(&context.source));
    set_year(&mut identity, &material, &name);
    identity.kind = kind::decide(&material, &name);
    given::apply(&mut identity, &context.given);
    identity
}

/// The file's own name without folders and extension, folded.
fn file_name(source: &str) -> String {
    let base = source.rsplit(['/', '\\']).next().unwrap_or(source);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    fold_letters(stem).replace(['_', ' '], "")
}

/// 单位 only where the cover or the tables' titles say so.
fn scope(material: &Material) -> EntityScope {
    let cover = material.cover.iter().find_map(|t| t.scope);
    let titles = || material.titles.iter().filter_map(|t| t.scope).collect::<Vec<_>>();
    cover.unwrap_or_else(|| {
        let said = titles();
        let agency = !said.is_empty() && said.iter().all(|s| *s == EntityScope::Agency);
        if agency { EntityScope::Agency } else { EntityScope::Department }
    })
}

/// The region that the body's name begins with; else the one named on the cover, in titles, in headings; else the one
/// that all project codes begin with; else the folder or file name.
fn set_region(identity: &mut Identity, material: &Material, source: &str) {
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
            accept(identity, found);
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

/// The fiscal year: cover, chapter headings, tables' titles, then the narrative's own words, the file name last.
fn set_year(identity: &mut Identity, material: &Material, name: &str) {
    let cover = material.cover.as_ref().and_then(|t| t.year);
    let headings = most_frequent(material.headings.iter().filter_map(|t| t.year));
    let titles = most_frequent(material.title_texts.iter().filter_map(|t| year::fiscal(t)));
    let printed = [cover, headings, titles].into_iter().flatten().next();
    for (year, place) in [(headings, "标题"), (titles, "表名")] {
        if let (Some(chosen), Some(other)) = (printed, year)
            && chosen != other
        {
            identity.flags.push(format!("年度不一致：{place}为{other}年，采用{chosen}年"));
        }
    }
    identity.year = printed.or_else(|| narrative_year(material));
    if identity.year.is_none()
        && let Some(year) = year::in_file_name(name)
    {
        identity.year = Some(year);
        identity.flags.push("年度取自文件名".to_owned());
    }
}

/// The year that the text most often puts before 预算 or 决算. Both this and last year occur in comparisons; last year's
/// never more often.
fn narrative_year(material: &Material) -> Option<i32> {
    let lines = material.text.lines().filter(|l| l.contains("预算") || l.contains("决算"));
    most_frequent(lines.filter_map(year::fiscal))
}

/// The most frequent value, the later one of two equally frequent.
fn most_frequent(years: impl Iterator<Item = i32>) -> Option<i32> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for year in years {
        *counts.entry(year).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

#[cfg(test)]
mod tests;
