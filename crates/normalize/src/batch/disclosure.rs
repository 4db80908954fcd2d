//! Which files belong to one disclosure?
//!
//! A body may publish its narrative apart from its tables (江苏: 预算公开 and 预算公开表), and 部门 and 单位 figures of the same body
//! must never be added. Files are one disclosure only where body, year, kind and scope agree; what is not known joins nothing.

use crate::identity::is_of_same_body;
use crate::model::document::NormalizedDocument;
use crate::model::identity::Identity;
use crate::model::rule::Rule;
use crate::model::vocabulary::{DocumentKind, EntityScope, TableType};
use crate::narrative;
use crate::settle::contents;
use serde::{Deserialize, Serialize};

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "D01",
        title: "One disclosure",
        text: "files with the same body, year, kind and scope belong together; what is not known joins nothing",
        source: "narrative and tables are published as separate files; 部门 and 单位 figures of one body must never be added",
    },
    Rule {
        id: "D02",
        title: "Narrative apart",
        text: "the amounts of a narrative without tables are matched with those of the disclosure's table files, which `matched_source` names",
        source: "江苏: 部门预算公开 and 部门预算公开表 are two files of one disclosure",
    },
];

/// What a file holds of its disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Narrative and tables.
    Whole,
    /// Narrative alone; the tables are in another file.
    Narrative,
    /// Tables alone.
    Tables,
    /// Neither (a cover, a scan).
    Nothing,
}

/// Files of one body, year, kind and scope, by their positions in the list given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Disclosure {
    /// All files, in the order given.
    pub(crate) members: Vec<usize>,
    /// Those that hold the narrative alone.
    pub(crate) narratives: Vec<usize>,
    /// Those that hold tables alone.
    pub(crate) tables: Vec<usize>,
}

/// A narrative states more amounts than a note below a table does.
const NARRATIVE_AMOUNTS: usize = 5;

/// What a document holds.
pub fn part(document: &NormalizedDocument) -> Part {
    let kept = |t: TableType| !matches!(t, TableType::TableOfContents | TableType::AgencyList | TableType::Other);
    let tables = document.statements.iter().any(|s| kept(s.table_type));
    match (document.prose.len() >= NARRATIVE_AMOUNTS, tables) {
        (true, true) => Part::Whole,
        (true, false) => Part::Narrative,
        (false, true) => Part::Tables,
        (false, false) => Part::Nothing,
    }
}

/// Groups identities by disclosure, as positions in the list given, in order of each group's first.
pub(crate) fn together(identities: &[&Identity]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, identity) in identities.iter().enumerate() {
        let fits = |group: &&mut Vec<usize>| {
            let mut members = group.iter().filter_map(|member| identities.get(*member));
            members.all(|member| belong(member, identity))
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups
}

/// Groups documents by disclosure, in order of each group's first document.
pub(crate) fn group(documents: &[&NormalizedDocument]) -> Vec<Disclosure> {
    let identities: Vec<&Identity> = documents.iter().map(|document| &document.identity).collect();
    let disclosure = |members: Vec<usize>| {
        let of = |wanted: Part| {
            let holds = |index: &&usize| documents.get(**index).is_some_and(|document| part(document) == wanted);
            members.iter().filter(holds).copied().collect()
        };
        Disclosure { narratives: of(Part::Narrative), tables: of(Part::Tables), members }
    };
    together(&identities).into_iter().map(disclosure).collect()
}

/// Concludes what only the files of a disclosure together can tell: a table that the narrative's contents list and
/// another file holds is not missing, and the amounts of a narrative are those of the table file beside it. Each document
/// comes with the name of its source.
pub(crate) fn compare(documents: &mut [(&str, &mut NormalizedDocument)]) {
    let groups = group(&documents.iter().map(|(_, d)| &**d).collect::<Vec<_>>());
    for disclosure in groups.iter().filter(|g| g.members.len() > 1) {
        for &narrative in &disclosure.narratives {
            find_in_sisters(documents, (narrative, disclosure));
            match_in_sisters(documents, (narrative, disclosure));
        }
    }
}

fn find_in_sisters(documents: &mut [(&str, &mut NormalizedDocument)], (narrative, group): (usize, &Disclosure)) {
    let listed = documents.get(narrative).map(|(_, d)| d.tables_missing.clone()).unwrap_or_default();
    let others = || group.members.iter().filter(|m| **m != narrative).filter_map(|m| documents.get(*m));
    let missing: Vec<String> = listed
        .into_iter()
        .filter(|title| !others().any(|(_, other)| contents::is_among(title, &other.statements)))
        .collect();
    if let Some((_, document)) = documents.get_mut(narrative) {
        document.tables_missing = missing;
    }
}

/// Matches the narrative's amounts with the tables of the group's table files, first file first.
fn match_in_sisters(documents: &mut [(&str, &mut NormalizedDocument)], (narrative, group): (usize, &Disclosure)) {
    let Some((_, document)) = documents.get_mut(narrative) else { return };
    let mut figures = std::mem::take(&mut document.prose);
    for (source, tables) in group.tables.iter().filter_map(|m| documents.get(*m)) {
        narrative::match_elsewhere(&mut figures, &tables.statements, source);
    }
    if let Some((_, document)) = documents.get_mut(narrative) {
        document.prose = figures;
    }
}

fn belong(a: &Identity, b: &Identity) -> bool {
    let key = |i: &Identity| -> Option<(i32, DocumentKind, EntityScope)> { Some((i.year?, i.kind?, i.scope)) };
    key(a).is_some() && key(a) == key(b) && is_of_same_body(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::statement;
    use crate::model::prose_figure::ProseFigure;
    use crate::model::vocabulary::Period;

    fn document(who: &str, scope: EntityScope, (amounts, tables): (usize, usize)) -> NormalizedDocument {
        let figure = ProseFigure {
            page: None,
            section: String::new(),
            sentence: String::new(),
            subject: String::new(),
            period: None,
            value_text: String::new(),
            unit: None,
            value: None,
            percent: String::new(),
            matched_table_id: String::new(),
            matched_row: None,
            matched_col: None,
            matched_source: String::new(),
        };
        NormalizedDocument {
            format: yusuan_extract::Format::Pdf,
            pages: Vec::new(),
            identity: Identity {
                region_code: "320000".to_owned(),
                department: who.to_owned(),
                year: Some(2019),
                kind: Some(DocumentKind::Budget),
                scope,
                ..Identity::default()
            },
            statements: vec![statement(TableType::ExpenditureSummary, Vec::new()); tables],
            prose: vec![figure; amounts],
            checks: Vec::new(),
            tables_missing: Vec::new(),
            strays: Vec::new(),
            diagnostics: Vec::new(),
            corrections: Vec::new(),
        }
    }

    #[test]
    fn narrative_and_tables_apart_are_one_disclosure() {
        let department = EntityScope::Department;
        let mut nameless = document("", department, (9, 0));
        nameless.identity.year = None;
        let all = [
            document("江苏省财政厅", department, (9, 0)),
            document("江苏省审计厅", department, (0, 3)),
            document("江苏省财政厅", department, (0, 3)),
            document("江苏省财政厅", EntityScope::Agency, (9, 3)),
            nameless.clone(),
            nameless,
        ];
        let groups = group(&all.iter().collect::<Vec<_>>());
        let members: Vec<&[usize]> = groups.iter().map(|g| g.members.as_slice()).collect();
        assert_eq!(members, [&[0, 2][..], &[1], &[3], &[4], &[5]]);
        assert_eq!((groups[0].narratives.as_slice(), groups[0].tables.as_slice()), (&[0][..], &[2][..]));
        assert_eq!(part(&all[3]), Part::Whole);
    }

    #[test]
    fn a_table_in_the_other_file_is_not_missing() {
        let department = EntityScope::Department;
        let mut narrative = document("江苏省财政厅", department, (9, 0));
        narrative.tables_missing = vec!["收支预算总表".to_owned(), "政府采购预算表".to_owned()];
        let mut alone = narrative.clone();
        alone.identity.department = "江苏省审计厅".to_owned();
        let mut tables = document("江苏省财政厅", department, (0, 1));
        tables.statements[0].title = "2019年收支预算总表".to_owned();
        compare(&mut [("文字.pdf", &mut narrative), ("别处.pdf", &mut alone), ("表.pdf", &mut tables)]);
        assert_eq!(narrative.tables_missing, ["政府采购预算表"]);
        assert_eq!(alone.tables_missing.len(), 2);
    }

    #[test]
    fn a_narrative_is_matched_with_the_tables_of_the_other_file() {
        let department = EntityScope::Department;
        let mut narrative = document("江苏省财政厅", department, (9, 0));
        let figure = &mut narrative.prose[0];
        "收入总计".clone_into(&mut figure.subject);
        figure.period = Some(Period::Current);
        "3,096.24".clone_into(&mut figure.value_text);
        figure.unit = Some(crate::MoneyUnit::TenThousandYuan);
        figure.value = Some(rust_decimal::Decimal::from(30_962_400));
        let mut alone = narrative.clone();
        alone.identity.department = "江苏省审计厅".to_owned();
        let mut tables = document("江苏省财政厅", department, (0, 1));
        let mut total = crate::check::fixture::fact(9, 2, "收入/预算数", "3096.24");
        "收入总计".clone_into(&mut total.row_label);
        total.period = Some(Period::Current);
        total.side = Some(crate::Side::Revenue);
        total.row_kind = crate::RowKind::Total;
        tables.statements = vec![statement(TableType::RevenueExpenditureSummary, vec![total])];
        compare(&mut [("文字.pdf", &mut narrative), ("别处.pdf", &mut alone), ("表.pdf", &mut tables)]);
        let found = &narrative.prose[0];
        assert_eq!((found.matched_source.as_str(), found.matched_row), ("表.pdf", Some(9)));
        assert_eq!(alone.prose[0].matched_row, None);
    }
}
