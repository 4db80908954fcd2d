//! Columns below each other on a terminal.

use yusuan_export::display_width;

/// Rows with their columns below each other, two spaces apart, none wider than `widest`; a Chinese character is two columns
/// wide.
pub(super) fn aligned(rows: &[Vec<String>], widest: usize) -> Vec<String> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|text| cut(text, widest)).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |col: usize| rows.iter().filter_map(|row| row.get(col)).map(|t| display_width(t)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let pad =
        |(text, width): (&String, &usize)| format!("{text}{}", " ".repeat(width.saturating_sub(display_width(text))));
    rows.iter()
        .map(|row| row.iter().zip(&widths).map(pad).collect::<Vec<_>>().join("  ").trim_end().to_owned())
        .collect()
}

/// The text within `widest` columns; a longer one ends with an ellipsis.
pub(super) fn cut(text: &str, widest: usize) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    if display_width(&text) <= widest {
        return text;
    }
    let mut short = String::new();
    for c in text.chars() {
        if display_width(&short) + 3 > widest {
            break;
        }
        short.push(c);
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let rows = [["表", "名称", "金额"], ["t01", "收支总表", "12"]].map(|row| row.map(ToOwned::to_owned).to_vec());
        assert_eq!(aligned(&rows, 44), ["表   名称      金额", "t01  收支总表  12"]);
    }

    #[test]
    fn long_titles_are_cut_not_the_columns_after_them() {
        let short = cut(&"预算".repeat(30), 44);
        assert!(display_width(&short) <= 44 && short.ends_with('…'), "{short}");
        assert_eq!(cut("收支总表", 44), "收支总表");
    }
}
