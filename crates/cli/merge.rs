//! `merge`: the output folders of several shards as one, as if one machine had converted everything.

use crate::args::MergeArgs;
use crate::convert::plan::{self, Before, Planned};
use crate::convert::run::Run;
use crate::convert::{self, Report, Session};
use crate::exit::Exit;
use crate::printer::Printer;
use crate::reader::Reader;
use crate::second::Twice;
use crate::store::{Entry, Manifest, Results};
use anyhow::{Result, bail};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use yusuan_extract::Limits;

/// Merges the folders that the arguments name.
pub(crate) fn run(args: &MergeArgs, printer: &Printer) -> Result<Exit> {
    let parts =
        args.parts.iter().map(|part| Ok((part.as_path(), Manifest::read(part)?))).collect::<Result<Vec<_>>>()?;
    for (folder, manifest) in &parts {
        if manifest.header.program != crate::PROGRAM {
            bail!("{} 是其他版本的 yusuan 写出的（{}），请重新转换", folder.display(), manifest.header.program);
        }
    }
    let session = Session::begin(&args.target, printer)?;
    let outcome = merge(args, &parts, &session);
    session.end(outcome, &args.target)
}

fn merge(args: &MergeArgs, parts: &[(&Path, Manifest)], session: &Session<'_>) -> Result<Report> {
    let out = args.target.output.as_path();
    let run = Run {
        out,
        options: &session.options,
        layout: args.target.layout,
        limits: Limits::default(),
        twice: Twice::default(),
        results: Results::below(out),
        reader: Reader::Here,
        interrupt: session.interrupt.clone(),
        reporter: &session.reporter,
    };
    let before = convert::before(&args.target)?;
    let pool = convert::threads(args.target.jobs, true)?;
    pool.install(|| {
        let mut planned = gather(parts, &before)?;
        run.reporter.begin_reading(planned.len());
        planned.par_iter().try_for_each(|(folder, one)| take(&run, folder, &one.entry))?;
        let mut planned: Vec<Planned> = planned.drain(..).map(|(_, one)| one).collect();
        plan::mark_duplicates(&mut planned);
        let gone = |source: &&String| !planned.iter().any(|one| one.entry.source == **source);
        let dropped: Vec<String> = before.entries.keys().filter(gone).cloned().collect();
        convert::assemble(&run, &mut planned, (&before, &dropped))?;
        Ok(convert::report(&planned, dropped.len()))
    })
}

/// Every source of every part, ordered by source.
fn gather<'a>(parts: &'a [(&Path, Manifest)], before: &Before) -> Result<Vec<(&'a Path, Planned)>> {
    let mut all: BTreeMap<&str, (&Path, Planned)> = BTreeMap::new();
    for (folder, manifest) in parts {
        for entry in &manifest.entries {
            let written = before.entries.get(&entry.source).and_then(|entry| entry.written.clone());
            let entry_here = Entry { written, settled: None, ..entry.clone() };
            let planned = Planned { entry: entry_here, is_new: true, ..Planned::default() };
            if let Some((other, _)) = all.insert(&entry.source, (folder, planned)) {
                bail!(
                    "{} 在 {} 和 {} 中都有，它们不是同一次转换的分片",
                    entry.source,
                    other.display(),
                    folder.display()
                );
            }
        }
    }
    Ok(all.into_values().collect())
}

/// Takes over the result that was made from the file alone; comparing sister files is done anew over all parts.
fn take(run: &Run<'_>, folder: &Path, entry: &Entry) -> Result<()> {
    run.interrupt.check()?;
    if let Some(key) = &entry.read
        && run.results.size(key) != Some(entry.packed)
    {
        run.results.put_packed(key, &Results::below(folder).packed(key)?)?;
    }
    Ok(())
}
