//! The list of bodies that wins over the rules by which names are read: alias, name, id.

use super::file::refusal;
use super::list::text_of;
use crate::language::{said, told};
use anyhow::{Result, anyhow};
use std::path::Path;
use yusuan_normalize::{Alias, Bodies};

/// Reads the list of bodies; one that can't be understood to the end is not used at all.
pub(crate) fn read_bodies(path: &Path) -> Result<Bodies> {
    let fail = |reason: String| anyhow!(said::bodies_unusable(path.display(), told(&reason)));
    let bytes = std::fs::read(path).map_err(|error| fail(refusal(&error)))?;
    parse(&bytes).map_err(fail)
}

fn parse(bytes: &[u8]) -> std::result::Result<Bodies, String> {
    let text = text_of(bytes);
    // With an end of its own every line is counted when it is read.
    let text = format!("{}\n", text.trim_start_matches('\u{feff}').trim_end());
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| headers.iter().position(|head| head.eq_ignore_ascii_case(name));
    let Some(alias) = column("alias") else {
        return Err(said::no_alias_column());
    };
    let (name, id) = (column("name"), column("id"));
    if name.is_none() && id.is_none() {
        return Err(said::no_name_column());
    }
    let (mut aliases, mut lines) = (Vec::new(), Vec::new());
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(|error| error.to_string())? {
        let field = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default().to_owned();
        if row.iter().all(str::is_empty) {
            continue;
        }
        lines.push(reader.position().line() - 1);
        aliases.push(Alias { alias: field(Some(alias)), name: field(name), id: field(id) });
    }
    Bodies::new(aliases).map_err(|(number, why)| {
        let line = lines.get(number - 1).copied().unwrap_or_default();
        said::in_line(line, told(&why))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_whole_or_not_at_all() {
        let whole = "\u{feff}alias,name,id\n某省委办,中共某省委办公厅,b1\n\n中共某省委办公厅,中共某省委办公厅,b1\n";
        assert!(parse(whole.as_bytes()).is_ok_and(|bodies| !bodies.is_empty()));
        assert!(parse("alias,name,id\n".as_bytes()).is_ok_and(|bodies| bodies.is_empty()));
        assert!(parse("name,id\n甲,1\n".as_bytes()).is_err_and(|why| why.contains("alias")));
        assert!(parse("alias\n甲\n".as_bytes()).is_err_and(|why| why.contains("name")));
        let twice = parse("alias,name,id\n甲,甲局,1\n\n甲,乙局,2\n".as_bytes());
        assert!(twice.is_err_and(|why| why.starts_with("第 4 行")));
        let (national, ..) = encoding_rs::GB18030.encode("alias,name,id\n甲局,甲局,1\n");
        assert!(parse(&national).is_ok());
    }
}
