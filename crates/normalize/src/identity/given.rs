//! What somebody who knows the file said of it: a list that a scrape wrote beside the files names the page they came from.

use crate::Given;
use crate::model::identity::Identity;
use crate::reading::region;

/// Lets what was said win. Where the file itself says something else, both are told.
pub(super) fn apply(identity: &mut Identity, given: &Given) {
    if !given.department.is_empty() {
        differ(identity, "部门", (&identity.department.clone(), &given.department));
        given.department.clone_into(&mut identity.department);
    }
    if let Some(year) = given.year {
        let printed = identity.year.map(|y| y.to_string()).unwrap_or_default();
        differ(identity, "年度", (&printed, &year.to_string()));
        identity.year = Some(year);
    }
    if !given.region.is_empty() {
        set_region(identity, given.region.trim());
    }
}

/// A code, or a name that means one place; a name that means several or none is kept as it stands, without a code.
fn set_region(identity: &mut Identity, said: &str) {
    let by_code = said.bytes().all(|b| b.is_ascii_digit()).then(|| region::by_code(said)).flatten();
    let by_name = || {
        let reading = region::read_prefix(said).filter(|reading| reading.length == said.len())?;
        if let [only] = reading.candidates.as_slice() { Some(*only) } else { None }
    };
    let found = by_code.or_else(by_name);
    let name = found.map_or_else(|| said.to_owned(), region::Division::full_name);
    differ(identity, "地区", (&identity.region.clone(), &name));
    identity.region_code = found.map(|division| division.code.to_owned()).unwrap_or_default();
    identity.region = name;
}

fn differ(identity: &mut Identity, what: &str, (printed, said): (&str, &str)) {
    if !printed.is_empty() && printed != said {
        identity.flags.push(format!("{what}按清单为“{said}”，文件中为“{printed}”"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read() -> Identity {
        Identity {
            region_code: "411200".to_owned(),
            region: "河南省三门峡市".to_owned(),
            department: "财政局".to_owned(),
            year: Some(2023),
            ..Identity::default()
        }
    }

    #[test]
    fn a_list_wins_and_what_it_overrules_is_told() {
        let mut identity = read();
        let given = Given {
            region: "焦作市".to_owned(),
            department: "三门峡市财政局".to_owned(),
            year: Some(2024),
            ..Given::default()
        };
        apply(&mut identity, &given);
        assert_eq!((identity.year, identity.department.as_str()), (Some(2024), "三门峡市财政局"));
        assert_eq!((identity.region.as_str(), identity.region_code.as_str()), ("河南省焦作市", "410800"));
        assert_eq!(identity.flags.len(), 3, "{:?}", identity.flags);
    }

    #[test]
    fn a_code_is_a_region_and_an_unknown_name_has_no_code() {
        let mut identity = read();
        apply(&mut identity, &Given { region: "410800".to_owned(), ..Given::default() });
        assert_eq!(identity.region, "河南省焦作市");
        apply(&mut identity, &Given { region: "某开发区".to_owned(), ..Given::default() });
        assert_eq!((identity.region.as_str(), identity.region_code.as_str()), ("某开发区", ""));
        let mut silent = read();
        apply(&mut silent, &Given::default());
        assert_eq!(silent, read());
    }
}
