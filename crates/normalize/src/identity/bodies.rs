//! Bodies as somebody who knows them names them: a list that wins over the rules.

use crate::identity::body;
use crate::model::identity::Identity;
use crate::reading::fold::fold;
use crate::reading::region;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One line of the list: a printed name, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// A name as documents print it, with its place where other places have a body of that name; or an id of the rules.
    pub alias: String,
    /// The body's one name; empty for that of the rules.
    pub name: String,
    /// The body's id; empty for that of the rules.
    pub id: String,
}

/// A list of bodies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bodies(Vec<Alias>);

impl Bodies {
    /// The list of these lines.
    ///
    /// # Errors
    /// In words, with the number of the line (1 is the first): an alias of two bodies, a body of two names, a line without
    /// alias or that says nothing.
    pub fn new(lines: Vec<Alias>) -> Result<Self, (usize, String)> {
        let mut bodies: BTreeMap<String, (usize, &Alias)> = BTreeMap::new();
        let mut names: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for (number, line) in (1..).zip(&lines) {
            if line.alias.is_empty() {
                return Err((number, "没有 alias".to_owned()));
            }
            if line.id.is_empty() && line.name.is_empty() {
                return Err((number, "name 和 id 都是空的".to_owned()));
            }
            let (first, known) = *bodies.entry(fold(&line.alias)).or_insert((number, line));
            if (&known.id, &known.name) != (&line.id, &line.name) {
                return Err((number, format!("“{}”已在第 {first} 个机构里，指的是另一个机构", line.alias)));
            }
            if line.id.is_empty() {
                continue;
            }
            let (first, name) = *names.entry(&line.id).or_insert((number, &line.name));
            if name != line.name {
                return Err((
                    number,
                    format!("编号 {} 有两个名称：“{name}”（第 {first} 个）和“{}”", line.id, line.name),
                ));
            }
        }
        Ok(Self(lines))
    }

    /// Whether nobody is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes down whose document it is: by this list, else by the rules.
    pub fn name(&self, identity: &mut Identity) {
        let by_rules = body::of(identity);
        let (id, name) = by_rules.map_or_else(Default::default, |body| (body.id, body.name));
        let line = self.find(identity, &id, &name).cloned();
        (identity.body_id, identity.body) = (id, name);
        let Some(line) = line else { return };
        if !line.name.is_empty() {
            identity.body = line.name;
        }
        if !line.id.is_empty() {
            identity.body_id = line.id;
        } else if let Some(body) = body::of(&Identity { department: identity.body.clone(), ..identity.clone() }) {
            identity.body_id = body.id;
        }
    }

    /// The line that means the body: by its printed name, else by what the rules make of it.
    fn find(&self, identity: &Identity, id: &str, name: &str) -> Option<&Alias> {
        if self.0.is_empty() {
            return None;
        }
        let printed = fold(&identity.department);
        let placed = fold(&format!("{}{}", identity.region, identity.department));
        let exact = |line: &&Alias| [&printed, &placed].contains(&&fold(&line.alias));
        let by_rules = |line: &&Alias| !id.is_empty() && (line.alias == id || fold(&line.alias) == fold(name));
        let spelled = |line: &&Alias| !id.is_empty() && with_place(&line.alias, identity).is_some_and(|own| own == id);
        let lines = || self.0.iter();
        lines().find(exact).or_else(|| lines().find(by_rules)).or_else(|| lines().find(spelled))
    }
}

/// The id that the rules give an alias that names its place.
fn with_place(alias: &str, identity: &Identity) -> Option<String> {
    region::read_anywhere(alias)?;
    body::of(&Identity { department: alias.to_owned(), ..identity.clone() }).map(|body| body.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(alias: &str, name: &str, id: &str) -> Alias {
        Alias { alias: alias.to_owned(), name: name.to_owned(), id: id.to_owned() }
    }

    fn named(bodies: &Bodies, department: &str) -> (String, String) {
        let mut identity = Identity {
            region_code: "320000".to_owned(),
            region: "江苏省".to_owned(),
            department: department.to_owned(),
            ..Identity::default()
        };
        bodies.name(&mut identity);
        (identity.body_id, identity.body)
    }

    #[test]
    fn a_list_wins_over_the_rules_in_every_spelling() {
        let bodies =
            Bodies::new(vec![line("江苏省委办公厅", "省委办", "js-1"), line("省档案局", "省委办", "js-1")]).unwrap();
        for department in ["江苏省委办公厅", "中国共产党江苏省委员会办公厅", "省档案局"] {
            assert_eq!(named(&bodies, department), ("js-1".to_owned(), "省委办".to_owned()), "{department}");
        }
        assert_eq!(named(&bodies, "江苏省财政厅").0, "320000-财政厅");
        let renamed = Bodies::new(vec![line("江苏省经信委", "江苏省工业和信息化厅", "")]).unwrap();
        assert_eq!(named(&renamed, "江苏省经信委"), named(&renamed, "江苏省工业和信息化厅"));
    }

    #[test]
    fn lists_that_contradict_themselves_are_refused() {
        assert!(Bodies::new(vec![line("甲", "甲局", "1"), line("甲", "乙局", "2")]).is_err_and(|(at, _)| at == 2));
        assert!(Bodies::new(vec![line("甲", "甲局", "1"), line("乙", "乙局", "1")]).is_err_and(|(at, _)| at == 2));
        assert!(Bodies::new(vec![line("", "甲局", "1")]).is_err() && Bodies::new(vec![line("甲", "", "")]).is_err());
    }
}
