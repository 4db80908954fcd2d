//! The fiscal year that a document is about.

use crate::identity::material::Material;
use crate::model::identity::Identity;
use crate::reading::year;
use std::collections::BTreeMap;

/// The fiscal year: cover, chapter headings, tables' titles, then the narrative's own words, the file name last.
pub(crate) fn set_year(identity: &mut Identity, material: &Material, name: &str) {
    let cover = material.cover.as_ref().and_then(|t| t.year);
    let headings = most_frequent(material.headings.iter().filter_map(|t| t.year));
    let titles = titles_year(material);
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

/// The year of most titles. What tells how last year's budget was carried out stands beside this year's draft, and says the
/// year only where nothing else does.
fn titles_year(material: &Material) -> Option<i32> {
    let of = |executed: bool| {
        let texts = material.title_texts.iter().filter(move |t| t.contains("执行") == executed);
        most_frequent(texts.filter_map(|t| year::of_title(t)))
    };
    of(false).or_else(|| of(true))
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
