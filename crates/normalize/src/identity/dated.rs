//! When the document was drawn up: a printed date that stands for itself. Of two versions the later one counts.

use crate::reading::fold::{fold, pattern};
use yusuan_extract::Extraction;

pattern!(DATE, r"(20\d{2})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?");
pattern!(
    ALONE,
    r"^(?:[^0-9]{0,10}(?:日期|时间|公开|公布|发布|编制|编报|填报|报送|印发)[^0-9]{0,6})?20\d{2}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?(?:公开|公布|发布|印发|编制)?$"
);

/// A budget is drawn up the year before, final accounts come out the year after; a later correction takes no longer than this.
const YEARS_AFTER: i32 = 3;

/// The latest date, as 2024-02-05, that stands alone in a line, or behind the word for it; empty where none is printed.
pub(crate) fn latest(extraction: &Extraction, year: Option<i32>) -> String {
    let lines = extraction.lines.iter().map(|line| line.text.as_str());
    let captions = extraction.tables.iter().flat_map(|table| &table.captions).map(|caption| caption.text.as_str());
    let dates = lines.chain(captions).flat_map(|text| text.split(['\u{3000}', '\t']).filter_map(date));
    let near = dates.filter(|(of, ..)| year.is_none_or(|year| (year - 1..=year + YEARS_AFTER).contains(of)));
    near.max().map_or_else(String::new, |(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

fn date(text: &str) -> Option<(i32, u32, u32)> {
    let folded = fold(text);
    let found = DATE.captures(&folded).filter(|_| ALONE.is_match(&folded))?;
    let (month, day): (u32, u32) = (found.get(2)?.as_str().parse().ok()?, found.get(3)?.as_str().parse().ok()?);
    let year = found.get(1)?.as_str().parse().ok()?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_counts_where_it_stands_for_itself() {
        assert_eq!(date("2024年2月5日"), Some((2024, 2, 5)));
        assert_eq!(date("编制日期：２０２４ 年 02 月 05 日"), Some((2024, 2, 5)));
        assert_eq!(date("公开时间:2024-02-05"), Some((2024, 2, 5)));
        for text in ["根据2023年12月31日的人数", "2024年2月", "2024年13月5日", "20240205"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
