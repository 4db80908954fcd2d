//! Money of other countries: it is never taken for yuan, and nothing here knows what it is worth.

use crate::reading::words::CURRENCIES;

/// A figure (folded, no blanks) without the currency before or behind it, and that currency as printed, 万 and 亿 before it
/// included.
pub(crate) fn split(figure: &str) -> Option<(String, String)> {
    let word = CURRENCIES.iter().find(|word| figure.contains(word))?;
    let (before, behind) = figure.split_once(word)?;
    let scale = before.trim_start_matches(|c: char| !matches!(c, '百' | '千' | '万' | '亿'));
    let number = format!("{}{behind}", before.strip_suffix(scale).unwrap_or(before));
    number.contains(|c: char| c.is_ascii_digit()).then(|| (number, format!("{scale}{word}")))
}

/// The unit that a head or a caption (folded) declares in money of another country: 万元(美元), 单位:万美元, (USD).
pub(crate) fn declared(folded: &str) -> Option<String> {
    let word = CURRENCIES.iter().find(|word| folded.contains(word))?;
    let at = folded.find(word)?;
    // 出国用汇(美元) is a unit, 美元贷款项目 is none: it stands behind 单位 or 金额, in brackets or alone.
    let behind = &folded[at + word.len()..];
    let bracketed = behind.starts_with([')', ']'])
        || behind.is_empty() && folded[..at].trim_matches(|c| "百千万亿".contains(c)).is_empty();
    if !bracketed && !["单位", "币种", "货币", "金额"].iter().any(|said| folded[..at].contains(said)) {
        return None;
    }
    let units = ["百万元", "万元", "千元", "亿元", "元"];
    // 港币万元; 币种:美元 单位:万元.
    if let Some(unit) = units.iter().find(|unit| behind.starts_with(**unit)) {
        return Some(format!("{word}{unit}"));
    }
    if let Some(unit) = units.iter().find(|unit| behind.ends_with(**unit)) {
        return Some(format!("{unit}({word})"));
    }
    let before = folded[..at].trim_end_matches(['(', '[', ':', '/', ',']);
    let unit = units.iter().find(|unit| before.ends_with(**unit));
    let scale: String = before.chars().rev().take_while(|c| matches!(c, '百' | '千' | '万' | '亿')).collect();
    Some(match unit {
        Some(unit) => format!("{unit}({word})"),
        None => format!("{}{word}", scale.chars().rev().collect::<String>()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::fold::fold;

    #[test]
    fn units_of_other_countries() {
        let cases = [
            ("单位：万元（美元）", "万元(美元)"),
            ("单位：万美元", "万美元"),
            ("金额（USD）", "USD"),
            ("贷款额（千欧元）", "千欧元"),
            ("金额单位：港币万元", "港币万元"),
            ("币种：美元　单位：万元", "万元(美元)"),
        ];
        for (text, unit) in cases {
            assert_eq!(declared(&fold(text)).as_deref(), Some(unit), "{text}");
        }
        for text in ["单位：人民币万元", "美元贷款项目", "世界银行美元贷款"] {
            assert_eq!(declared(&fold(text)), None, "{text}");
        }
    }
}
