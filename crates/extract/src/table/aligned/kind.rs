//! The kinds of texts: words, numbers, years, and what is printed where there is no number.

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words.
    Words,
    /// A number.
    Value,
    /// A number that may be a year, in a head as well as in the body.
    Year,
    /// What is printed where there is no number: a dash, dots, (NA).
    Blank,
}

/// Tells numbers, years and what stands for a number from words.
pub(super) fn kind_of(text: &str) -> Kind {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let letters = compact.chars().filter(|c| c.is_alphabetic()).count();
    let digits = compact.chars().filter(char::is_ascii_digit).count();
    if digits == 0 {
        return if is_placeholder(&compact, letters) { Kind::Blank } else { Kind::Words };
    }
    let marks = ".,%+-−–—()[]*†‡$€£¥/:<>≤≥±~’'";
    let plain = compact.chars().all(|c| c.is_ascii_digit() || c.is_alphabetic() || marks.contains(c) || is_raised(c));
    // One or two letters beside the digits mark a note (r for revised, e for estimated).
    // Before the digits only one may stand: FY 2010 and Q1 2010 name columns.
    let leading = compact.chars().take_while(|c| c.is_alphabetic()).count();
    let named = leading > 1 || leading == 1 && text.trim().contains(' ');
    if !plain || named || letters > 2 || letters > 0 && letters >= digits {
        return Kind::Words;
    }
    if is_year(&compact) { Kind::Year } else { Kind::Value }
}

fn is_raised(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
}

/// A dash or dots alone, or what statistics print for "not available".
fn is_placeholder(compact: &str, letters: usize) -> bool {
    let dashes = !compact.is_empty() && compact.chars().all(|c| "-–—−.…*".contains(c));
    let bracketed = compact.starts_with('(') && compact.ends_with(')') && letters <= 2;
    let named = ["n.a.", "na", "n/a", "n.a", "nil", "n.d."].contains(&compact.to_lowercase().as_str());
    dashes && compact.chars().count() <= 6 || bracketed && letters > 0 || named
}

/// 1990, 2010-11, 1999–2003, 2008p.
fn is_year(compact: &str) -> bool {
    let head: String = compact.chars().take_while(char::is_ascii_digit).collect();
    let year = |s: &str| s.len() == 4 && s.parse::<u32>().is_ok_and(|y| (1800..2100).contains(&y));
    let rest = compact[head.len()..].trim_start_matches(['-', '–', '/', '—']);
    let tail_year = year(rest) || rest.len() == 2 && rest.chars().all(|c| c.is_ascii_digit());
    let marked = rest.chars().count() <= 1 && !rest.contains('%') && !rest.contains(',') && !rest.contains('.');
    year(&head) && (rest.is_empty() || tail_year || marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_years_and_placeholders() {
        for text in ["1,234", "12.5%", "(3)", "-4", "1,234r", "$12", "0", "+2.5", "16-19"] {
            assert_eq!(kind_of(text), Kind::Value, "{text}");
        }
        for text in ["1990", "2011-2015", "1999–00", "2010p"] {
            assert_eq!(kind_of(text), Kind::Year, "{text}");
        }
        for text in ["-", "–", "...", "(NA)", "(X)", "n.a.", "*"] {
            assert_eq!(kind_of(text), Kind::Blank, "{text}");
        }
        for text in ["March 2011", "Total", "PG-13x", "14 to 17 years old", "$", "FY 2010", "Q1 2010"] {
            assert_eq!(kind_of(text), Kind::Words, "{text}");
        }
    }
}
