//! Names of uploaded files. What a browser says a file is called is a label: the name is made here.

use unicode_normalization::UnicodeNormalization;

/// Folders kept of a label: they may tell whose disclosure it is.
const MOST_FOLDERS: usize = 3;

/// Bytes of one part of a name; file systems allow 255, and a number may come behind.
const MOST_BYTES: usize = 180;

/// Signs that names of files may hold everywhere, besides letters and digits.
const SIGNS: &str = " -_.()（）〔〕【】《》〈〉、，·—";

/// Names that Windows keeps for devices.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

/// The parts of a path below a folder, the file's name last; never one that leads out of it, is hidden, or is a device.
pub(super) fn parts(label: &str) -> Vec<String> {
    let mut parts: Vec<String> = label.split(['/', '\\']).filter_map(part).collect();
    let surplus = parts.len().saturating_sub(MOST_FOLDERS + 1);
    parts.drain(..surplus);
    if parts.is_empty() {
        parts.push("_".to_owned());
    }
    parts
}

fn part(text: &str) -> Option<String> {
    // Some systems take é apart into e and its accent: put together it is a letter, and one name has one form.
    let mut after_letter = false;
    let kept = |c: char| {
        let is_accent = after_letter && matches!(c, '\u{300}'..='\u{36f}');
        after_letter = c.is_alphanumeric() || is_accent;
        if after_letter || SIGNS.contains(c) { c } else { '_' }
    };
    let kept: String = text.nfc().map(kept).collect();
    let kept = kept.trim_matches(['.', ' ']);
    if kept.is_empty() {
        return None;
    }
    let stem = kept.split('.').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
    let is_device = DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device));
    Some(shortened(&if is_device { format!("_{kept}") } else { kept.to_owned() }))
}

/// A name no longer than file systems take, with its extension.
fn shortened(name: &str) -> String {
    if name.len() <= MOST_BYTES {
        return name.to_owned();
    }
    let (stem, extension) = name.rsplit_once('.').filter(|(_, extension)| extension.len() < 10).unwrap_or((name, ""));
    let end = if extension.is_empty() { String::new() } else { format!(".{extension}") };
    let mut length = MOST_BYTES - end.len();
    while !stem.is_char_boundary(length) {
        length -= 1;
    }
    format!("{}{end}", stem[..length].trim_end_matches(['.', ' ']))
}

/// The name with a number before its extension, for the second file of a name.
pub(super) fn numbered(name: &str, number: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{stem} ({number}).{extension}"),
        _ => format!("{name} ({number})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_leads_out_of_the_folder_or_hides() {
        for (label, expected) in [
            ("../../etc/passwd", "etc/passwd"),
            ("..\\..\\a.pdf", "a.pdf"),
            ("/etc/cron.d/x", "etc/cron.d/x"),
            ("C:\\预算\\2024.pdf", "C_/预算/2024.pdf"),
            (".hidden.pdf", "hidden.pdf"),
            ("~$a.xlsx", "__a.xlsx"),
            ("a\0b\n.pdf", "a_b_.pdf"),
            ("<script>alert(1)</script>.pdf", "_script_alert(1)_/script_.pdf"),
            ("con.pdf", "_con.pdf"),
            ("LPT1", "_LPT1"),
            ("re\u{301}sume\u{301} q\u{303}.csv", "résumé q\u{303}.csv"),
            ("\u{301}a.pdf", "_a.pdf"),
            ("...", "_"),
            ("", "_"),
            ("1/2/3/4/5/a.pdf", "3/4/5/a.pdf"),
            ("\u{202e}fdp.exe", "_fdp.exe"),
            ("三门峡市科学技术协会2024年部门预算（公开）.pdf", "三门峡市科学技术协会2024年部门预算（公开）.pdf"),
        ] {
            assert_eq!(parts(label).join("/"), expected, "{label:?}");
        }
        let long = parts(&format!("{}.pdf", "预".repeat(400)));
        assert!(long[0].len() <= MOST_BYTES && long[0].rsplit('.').next() == Some("pdf"));
    }

    #[test]
    fn the_second_of_a_name_is_numbered() {
        assert_eq!(numbered("a.b.pdf", 2), "a.b (2).pdf");
        assert_eq!(numbered("a", 3), "a (3)");
    }
}
