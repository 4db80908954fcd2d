//! The rules by which this crate reads, each with the source that it rests on; `docs/rules.md` is written from here.

use crate::model::rule::Rule;

/// A chapter of rules that a module documents.
struct Chapter {
    title: &'static str,
    rules: &'static [Rule],
}

const CHAPTERS: &[Chapter] = &[
    Chapter { title: "Units", rules: crate::reading::unit::RULES },
    Chapter { title: "Units put to the test", rules: crate::settle::units::RULES },
    Chapter { title: "Amounts", rules: crate::reading::amount::RULES },
    Chapter { title: "Repairs by arithmetic", rules: crate::table::repair::RULES },
    Chapter { title: "Cells run together", rules: crate::table::repair::glued::RULES },
    Chapter { title: "Names proved by arithmetic", rules: crate::table::repair::restore::RULES },
    Chapter { title: "Columns", rules: crate::table::dimension::RULES },
    Chapter { title: "Codes", rules: crate::reading::code::RULES },
    Chapter { title: "Rows", rules: crate::table::hierarchy::RULES },
    Chapter { title: "Sums", rules: crate::settle::additive::RULES },
    Chapter { title: "Table types", rules: crate::table::classify::RULES },
    Chapter { title: "Empty tables", rules: crate::table::state::RULES },
    Chapter { title: "Narrative", rules: crate::narrative::RULES },
    Chapter { title: "Disclosures", rules: crate::batch::disclosure::RULES },
];

/// All rules as Markdown, chapter by chapter.
pub fn markdown() -> String {
    let mut lines = Vec::new();
    for chapter in CHAPTERS {
        lines.push(format!("### {}\n", chapter.title));
        lines.push("| id | rule | what is done | source |\n|---|---|---|---|".to_owned());
        let row = |r: &Rule| format!("| {} | {} | {} | {} |", r.id, r.title, r.statement, r.source);
        lines.extend(chapter.rules.iter().map(row));
        lines.push(String::new());
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const BEGIN: &str = "<!-- rules: written by a test of yusuan-normalize -->\n\n";
    const END: &str = "\n<!-- end of rules -->";

    #[test]
    fn ids_are_given_once_and_every_rule_has_a_source() {
        let rules: Vec<&Rule> = CHAPTERS.iter().flat_map(|c| c.rules).collect();
        let ids: BTreeSet<&str> = rules.iter().map(|r| r.id).collect();
        assert_eq!(ids.len(), rules.len());
        assert!(rules.len() > 25);
        assert!(rules.iter().all(|r| [r.id, r.title, r.statement, r.source].iter().all(|t| !t.is_empty())));
        assert!(rules.iter().all(|r| [r.title, r.statement, r.source].iter().all(|t| !t.contains(['|', '\n']))));
    }

    /// Compares docs/rules.md with the rules; with `UPDATE_RULES` set it writes them.
    #[test]
    fn the_document_says_what_the_rules_say() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules.md");
        let text = std::fs::read_to_string(path).expect("the document is part of the project");
        let (before, rest) = text.split_once(BEGIN).expect("the mark that the rules begin behind");
        let (written, after) = rest.split_once(END).expect("the mark that the rules end before");
        if std::env::var_os("UPDATE_RULES").is_some() {
            std::fs::write(path, format!("{before}{BEGIN}{}{END}{after}", markdown()))
                .expect("the document is writable");
            return;
        }
        assert!(written == markdown(), "docs/rules.md is out of date: run the tests once with UPDATE_RULES=1");
    }
}
