//! Numbers of lists as they are printed.

/// A list number in a format of [ECMA-376] 17.18.59; `None` where nothing is printed.
pub(super) fn shown(format: &str, number: u32) -> Option<String> {
    let letter = |first: u8| {
        // A … Z, then AA, BB …
        let index = number.checked_sub(1)?;
        let letter = char::from(first + u8::try_from(index % 26).ok()?);
        let times = usize::try_from(index / 26).ok()?.min(8) + 1;
        Some(letter.to_string().repeat(times))
    };
    match format {
        "none" | "bullet" => None,
        "upperLetter" => letter(b'A'),
        "lowerLetter" => letter(b'a'),
        "upperRoman" => Some(roman(number)),
        "lowerRoman" => Some(roman(number).to_lowercase()),
        "decimalZero" => Some(format!("{number:02}")),
        "decimalFullWidth" | "decimalFullWidth2" => Some(digits(number, &full_width)),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Some(circled(number)),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            Some(digits(number, &|digit| CHINESE.get(digit).copied().unwrap_or('〇')))
        }
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => Some(chinese(number)),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            Some(chinese(number).chars().map(legal).collect())
        }
        "ideographTraditional" => cyclic("甲乙丙丁戊己庚辛壬癸", number),
        "ideographZodiac" => cyclic("子丑寅卯辰巳午未申酉戌亥", number),
        "numberInDash" => Some(format!("- {number} -")),
        _ => Some(number.to_string()),
    }
}

const CHINESE: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// 一, 十, 十一, 二十, 一百零五; beyond 9999 plain digits.
pub(super) fn chinese(number: u32) -> String {
    const UNITS: [(u32, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if number == 0 {
        return "〇".to_owned();
    }
    if number > 9999 {
        return number.to_string();
    }
    let (mut text, mut skipped) = (String::new(), false);
    for (unit, name) in UNITS {
        let digit = number / unit % 10;
        if digit == 0 {
            skipped |= !text.is_empty();
            continue;
        }
        if skipped {
            text.push('零');
        }
        skipped = false;
        // 十, not 一十, where nothing stands before it.
        if !(unit == 10 && digit == 1 && text.is_empty()) {
            text.push(CHINESE[digit as usize]);
        }
        text.push_str(name);
    }
    text
}

fn legal(c: char) -> char {
    const PLAIN: &str = "〇零一二三四五六七八九十百千";
    const LEGAL: [char; 14] = ['零', '零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟'];
    PLAIN.chars().position(|plain| plain == c).map_or(c, |at| LEGAL[at])
}

fn cyclic(signs: &str, number: u32) -> Option<String> {
    let signs: Vec<char> = signs.chars().collect();
    let index = usize::try_from(number.checked_sub(1)?).ok()?;
    Some(signs[index % signs.len()].to_string())
}

fn digits(number: u32, sign: &dyn Fn(usize) -> char) -> String {
    number.to_string().chars().filter_map(|c| c.to_digit(10)).map(|digit| sign(digit as usize)).collect()
}

fn full_width(digit: usize) -> char {
    u32::try_from(digit).ok().and_then(|digit| char::from_u32('０' as u32 + digit)).unwrap_or('０')
}

fn circled(number: u32) -> String {
    match number {
        1..=20 => char::from_u32('①' as u32 + number - 1).map_or_else(String::new, String::from),
        _ => number.to_string(),
    }
}

/// Larger numbers are printed as digits.
const MOST_ROMAN: u32 = 3999;

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > MOST_ROMAN {
        return number.to_string();
    }
    let (mut text, mut left) = (String::new(), number);
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_in_their_format() {
        for (format, number, text) in [
            ("decimal", 12, "12"),
            ("chineseCountingThousand", 1, "一"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 12, "十二"),
            ("chineseCounting", 20, "二十"),
            ("chineseCounting", 105, "一百零五"),
            ("chineseCounting", 110, "一百一十"),
            ("ideographDigital", 10, "一〇"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalEnclosedCircle", 3, "③"),
            ("upperLetter", 28, "BB"),
            ("lowerRoman", 14, "xiv"),
            ("chineseLegalSimplified", 12, "拾贰"),
            ("ideographTraditional", 2, "乙"),
        ] {
            assert_eq!(shown(format, number).as_deref(), Some(text), "{format} {number}");
        }
        assert_eq!(shown("bullet", 1), None);
    }
}
