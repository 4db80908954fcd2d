//! The words by which heads, titles, names and sentences are understood.
//!
//! They are data: each line of `data/*.tsv` holds words (apart by blanks), what they mean and the reason: a form, a
//! circular, or a sentence that a clerk would accept. A list is the words of one meaning in the order of its file. All
//! words are folded as the texts are that they are compared with.

use std::sync::LazyLock;

const HEADS: &str = include_str!("data/heads.tsv");
const TITLES: &str = include_str!("data/titles.tsv");
const BODIES: &str = include_str!("data/bodies.tsv");
const PEOPLE: &str = include_str!("data/peoples.tsv");
const SUBJECTS: &str = include_str!("data/subjects.tsv");
const ROWS: &str = include_str!("data/rows.tsv");
const MONEY: &str = include_str!("data/currencies.tsv");
const FORMS: &str = include_str!("data/forms.tsv");
const TERMS: &str = include_str!("data/indicator_terms.tsv");

/// Words whose meanings are the ids of [`crate::model::vocabulary::Fund`].
pub(crate) const FUNDS: &str = include_str!("data/funds.tsv");
/// Words whose meanings are the ids of [`crate::model::vocabulary::Nature`].
pub(crate) const NATURES: &str = include_str!("data/natures.tsv");
/// Heads of performance indicators; the meaning is what the column holds.
pub(crate) const INDICATOR_HEADS: &str = include_str!("data/indicator_heads.tsv");
/// Words before the number of a target; the meaning is a sign.
pub(crate) const COMPARISONS: &str = include_str!("data/comparisons.tsv");
/// Names that function classes had in earlier years; the meaning is the class.
pub(crate) const FORMER_CLASSES: &str = include_str!("data/former_classes.tsv");
/// Other names of bodies; the meaning is the full name.
pub(crate) const BODY_NAMES: &str = include_str!("data/body_names.tsv");

/// Words of one meaning.
pub(crate) struct Words(Vec<&'static str>);

impl Words {
    fn read(file: &'static str, meaning: &str) -> Self {
        Self(meanings(file).filter(|(_, of)| *of == meaning).map(|(word, _)| word).collect())
    }

    /// The words in the order of the file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }

    /// Whether the text is one of the words.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.0.contains(&text)
    }

    /// Whether one of the words stands in the text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.0.iter().any(|word| text.contains(word))
    }

    /// Whether the text begins with one of the words.
    pub(crate) fn begins(&self, text: &str) -> bool {
        self.0.iter().any(|word| text.starts_with(word))
    }

    /// Whether the text ends in one of the words.
    pub(crate) fn ends(&self, text: &str) -> bool {
        self.0.iter().any(|word| text.ends_with(word))
    }

    /// The text without the first of the words that it begins with, if it begins with any.
    pub(crate) fn strip_begin<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.0.iter().find_map(|word| text.strip_prefix(word))
    }

    /// The text without the first of the words that it ends in, if it ends in any.
    pub(crate) fn strip_end<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.0.iter().find_map(|word| text.strip_suffix(word))
    }
}

/// Every word of a file with its meaning, top to bottom.
fn meanings(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = file.lines().filter(|line| !line.starts_with("# "));
    let fields = lines.filter_map(|line| {
        let (words, rest) = line.split_once('\t')?;
        Some((words, rest.split_once('\t')?.0))
    });
    fields.flat_map(|(words, meaning)| words.split(' ').map(move |word| (word, meaning)))
}

/// Every word of a file with what `parse` makes of its meaning.
pub(crate) fn typed<T>(
    file: &'static str,
    parse: impl Fn(&'static str) -> Option<T>,
) -> impl Iterator<Item = (&'static str, T)> {
    let known = "a meaning that the reader of the file knows; every file is read by the tests";
    meanings(file).map(move |(word, meaning)| (word, parse(meaning).expect(known)))
}

/// Defines lists, each the words of one meaning in a file.
macro_rules! lists {
    ($($(#[$meta:meta])* $name:ident = $file:ident, $meaning:literal;)+) => {
        $(
            $(#[$meta])*
            pub(crate) static $name: LazyLock<Words> = LazyLock::new(|| Words::read($file, $meaning));
        )+

        /// Files with the meanings that a list takes from them.
        #[cfg(test)]
        const TAKEN: &[(&str, &str)] = &[$(($file, $meaning)),+];
    };
}

lists! {
    /// A text with one of these endings names a column.
    HEADING_ENDS = HEADS, "heading_end";
    /// Texts that are headings and never a row's label next to figures.
    PLAIN_HEADINGS = HEADS, "heading";
    /// Columns with these words hold text.
    TEXT_WORDS = HEADS, "text";
    /// Columns with these words hold numbers of people and things.
    COUNT_WORDS = HEADS, "count";
    /// Columns with these endings hold amounts.
    AMOUNT_ENDS = HEADS, "amount_end";
    /// Heads with these endings stand over shares and rates.
    SHARE_ENDS = HEADS, "share_end";
    COUNTED_ENDS = HEADS, "counted_end";
    /// Heads with these words stand over money.
    MONEY_WORDS = HEADS, "money";
    /// Columns with these endings hold years, months and dates.
    DATE_ENDS = HEADS, "date_end";
    /// Columns with these endings hold marks and ranks.
    SCORE_ENDS = HEADS, "score_end";
    /// Columns with these endings hold numbers by which something is called.
    IDENTIFIER_ENDS = HEADS, "identifier";
    /// Columns with these endings hold numbers of people and things.
    COUNT_ENDS = HEADS, "count_end";
    /// Under these heads amounts and other numbers are printed.
    UNDECIDED_ENDS = HEADS, "undecided_end";
    /// Columns with these endings name bodies.
    AGENCY_ENDS = HEADS, "agency_end";
    /// Heads that are these words name bodies.
    AGENCY_HEADS = HEADS, "agency";
    /// Heads that are these words stand over the names of places.
    REGION_HEADS = HEADS, "region";
    /// Heads that are these words say of which kind a project is.
    PROJECT_TYPE_HEADS = HEADS, "project_type";
    /// Heads that are these words stand over the rows' names.
    LABEL_HEADS = HEADS, "label";
    /// Heads that name a stage or nothing: 合计 over 决算数 is the 合计 of its pair.
    STAGES = HEADS, "stage";
    /// Parts of a head that don't say what is counted.
    PLAIN_PARTS = HEADS, "plain";
    /// Heads that say only "the amount".
    AMOUNT_HEADS = HEADS, "amount";
    /// A text with these words is a sentence or a reference, no title.
    SENTENCE_WORDS = TITLES, "sentence";
    /// Some titles end so.
    WEAK_TITLE_ENDS = TITLES, "weak_end";
    /// A text that begins so is a note.
    NOTE_STARTS = TITLES, "note_start";
    /// A title's line that ends so was cut.
    CUT_ENDS = TITLES, "cut_end";
    /// Words of two characters that titles are made of.
    TITLE_PAIRS = TITLES, "pair";
    /// A line that begins so is a title of its own.
    TITLE_STARTS = TITLES, "title_start";
    /// Lines that are the tail of a title and nothing else.
    TITLE_TAILS = TITLES, "tail";
    /// Words of a whole government's papers.
    GOVERNMENT_WORDS = TITLES, "government";
    /// Words of statistical papers.
    STATISTICS = TITLES, "statistics";
    /// Words of papers about buying …
    TENDERS = TITLES, "tender";
    /// … and how such papers are called.
    TENDER_ENDS = TITLES, "tender_end";
    /// How reports of an audit are called.
    AUDIT_ENDS = TITLES, "audit_end";
    /// How rules are called.
    RULES_ENDS = TITLES, "rules_end";
    /// Words without which no paper is a disclosure.
    BUDGET_WORDS = TITLES, "budget";
    /// Words and marks behind a body's name.
    BEHIND_NAMES = TITLES, "behind_name";
    /// Words of titles that don't tell tables apart, longer ones first.
    COMMON_TITLE_WORDS = TITLES, "common";
    /// Words in the titles of other tables than the budget's own forms.
    OTHER_TABLES = TITLES, "other_table";
    /// Words of the form that a department fills in for itself as a whole.
    DEPARTMENT_FORM = TITLES, "department_form";
    /// Endings of the names of bodies that publish budgets.
    BODY_ENDS = BODIES, "name_end";
    /// Endings of names that no class of the books has.
    ORGANISATION_ENDS = BODIES, "organisation_end";
    /// Organisations whose name stands before the place: 中共三门峡市委, 共青团某某县委.
    BEFORE_PLACE = BODIES, "before_place";
    /// Texts that end as bodies' names do and are none.
    NO_NAMES = BODIES, "no_name";
    /// What stands in a form where somebody is to write.
    PLACEHOLDERS = BODIES, "placeholder";
    /// What is put behind a body's name where its own office or all of it is meant.
    OWN_LEVELS = BODIES, "own_level";
    /// Names that begin with the word for a place and mean none.
    NOT_RELATIVE = BODIES, "not_relative";
    /// Bodies of the central government begin so.
    CENTRAL_BODIES = BODIES, "central";
    /// Of them, those whose names are whole ministries'.
    MINISTRIES = BODIES, "ministry";
    /// Zones that have a committee but no division code: their place is the city they lie in.
    ZONES = BODIES, "zone";
    /// Words with 区 or 县 that name no district when they stand right behind a place.
    NO_DISTRICTS = BODIES, "no_district";
    /// Peoples' names that autonomous areas carry between the place's name and its rank.
    PEOPLES = PEOPLE, "people";
    /// Subjects that say nothing alone.
    UNNAMED_SUBJECTS = SUBJECTS, "unnamed";
    /// Words at the end of a name that don't change what is meant.
    NAME_ENDS = SUBJECTS, "name_end";
    /// Words at the beginning of a name that don't change what is meant.
    NAME_STARTS = SUBJECTS, "name_start";
    /// A numbered label that ends so is the head of the unnumbered lines below it.
    LIST_HEADS = ROWS, "list_head";
    /// A first level of indicators (一级指标) holds one of these words.
    INDICATOR_KINDS = ROWS, "indicator_kind";
    /// Marks that stand for "no amount".
    NOTHING = ROWS, "nothing";
    /// The first field of each performance form.
    FORM_STARTS = FORMS, "form_start";
    /// Other fields of a performance form.
    FORM_FIELDS = FORMS, "form_field";
    /// Labels below the list of indicators that sum or score it.
    FORM_TOTALS = FORMS, "form_total";
    /// An indicator's head with one of these words stands over values of earlier years, or over what was reached.
    EARLIER_TERMS = TERMS, "earlier";
    /// An indicator's head with one of these words stands over goals of several years.
    WHOLE_TERMS = TERMS, "whole";
    /// An indicator's head with one of these words stands over this year's goals.
    YEAR_TERMS = TERMS, "this";
    /// Names and signs of money that is no yuan.
    CURRENCIES = MONEY, "foreign";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const LISTS: [&str; 9] = [HEADS, TITLES, BODIES, PEOPLE, SUBJECTS, ROWS, MONEY, FORMS, TERMS];
    const MAPS: [&str; 6] = [FUNDS, NATURES, INDICATOR_HEADS, COMPARISONS, FORMER_CLASSES, BODY_NAMES];

    #[test]
    fn every_line_has_words_a_meaning_and_a_reason() {
        let mut seen = 0;
        for line in LISTS.iter().chain(&MAPS).flat_map(|file| file.lines()).filter(|line| !line.starts_with("# ")) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 3, "{line}");
            assert!(fields.iter().all(|field| !field.is_empty() && field.trim() == *field), "{line}");
            assert!(fields[0].split(' ').all(|word| !word.is_empty()), "{line}");
            seen += 1;
        }
        assert!(seen > 150, "{seen}");
    }

    #[test]
    fn no_word_is_said_twice() {
        for file in LISTS {
            let words: Vec<_> = meanings(file).collect();
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{words:?}");
        }
        for file in MAPS {
            let words: Vec<&str> = meanings(file).map(|(word, _)| word).collect();
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{words:?}");
        }
    }

    #[test]
    fn every_meaning_has_its_list_and_every_list_its_words() {
        for file in LISTS {
            let written: BTreeSet<&str> = meanings(file).map(|(_, meaning)| meaning).collect();
            let taken: BTreeSet<&str> =
                TAKEN.iter().filter(|(of, _)| *of == file).map(|(_, meaning)| *meaning).collect();
            assert_eq!(written, taken);
        }
    }
}
