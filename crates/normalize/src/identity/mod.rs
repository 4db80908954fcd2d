//! Who, where, when: whose disclosure is it?
//!
//! Print comes first (cover, chapter headings, table titles, captions, narrative), the file name last and never against
//! print. What nothing says stays empty; what two sources say differently is chosen by trust and told in words.

pub(crate) mod bodies;
pub(crate) mod body;
mod dated;
mod department;
mod given;
mod kind;
mod material;
mod name;
pub(crate) mod no_budget;
mod place;
pub(crate) mod sections;
mod title;
mod year;

use crate::Context;
use crate::model::identity::Identity;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::{DocumentKind, EntityScope};
use crate::reading::fold::fold_letters;
use material::Material;
use yusuan_extract::Extraction;

/// Whether two names mean the same body: equal, or one the short form of the other. An empty name means nobody.
pub(crate) fn is_same_body(a: &str, b: &str) -> bool {
    !a.is_empty() && (a == b || department::is_short_form(a, b) || department::is_short_form(b, a))
}

/// Whether two documents are of the same body: by the id that names nobody else, or by their names.
pub(crate) fn is_of_same_body(a: &Identity, b: &Identity) -> bool {
    let near = a.region_code.is_empty() || b.region_code.is_empty() || a.region_code == b.region_code;
    (!a.body_id.is_empty() && a.body_id == b.body_id) || (near && is_same_body(&a.department, &b.department))
}

/// Finds out whose disclosure a document is. `titles` are the titles of its tables as found by the statement reader.
pub(crate) fn identify(extraction: &Extraction, titles: &[String], context: &Context) -> Identity {
    let material = Material::gather(extraction, titles);
    let name = file_name(&context.source);
    let mut identity = Identity { scope: scope(&material), ..Identity::default() };
    let chosen = department::choose(&material, identity.scope);
    identity.department = chosen.name;
    identity.flags = chosen.flags;
    if identity.department.is_empty()
        && let Some(title) = title::parse(&name).filter(|t| title::is_body(&t.who))
    {
        identity.department = title.who;
        identity.flags.push("部门名称取自文件名".to_owned());
    }
    place::set_region(&mut identity, &material, &fold_letters(&context.source));
    year::set_year(&mut identity, &material, &name);
    identity.kind = kind::decide(&material, &name);
    given::apply(&mut identity, &context.given);
    identity.dated = dated::latest(extraction, identity.year);
    bodies::Bodies::default().name(&mut identity);
    identity
}

/// Says of a paper that it is no disclosure, where it is none; `told` are the amounts of its narrative.
pub(crate) fn refuse(identity: &mut Identity, extraction: &Extraction, tables: &[Statement], told: &[ProseFigure]) {
    if let Some(reason) = no_budget::reason(extraction, tables, told) {
        identity.kind = Some(DocumentKind::Other);
        identity.flags.push(format!("不是预决算公开文件：{reason}"));
    }
}

/// The file's own name without folders and extension, folded.
fn file_name(source: &str) -> String {
    let base = source.rsplit(['/', '\\']).next().unwrap_or(source);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    fold_letters(stem).replace(['_', ' '], "")
}

/// 单位 only where the cover or the tables' titles say so.
fn scope(material: &Material) -> EntityScope {
    let cover = material.cover.iter().find_map(|t| t.scope);
    let titles = || material.titles.iter().filter_map(|t| t.scope).collect::<Vec<_>>();
    cover.unwrap_or_else(|| {
        let said = titles();
        let agency = !said.is_empty() && said.iter().all(|s| *s == EntityScope::Agency);
        if agency { EntityScope::Agency } else { EntityScope::Department }
    })
}

#[cfg(test)]
mod tests;
