//! `verify`: is everything in an output folder what it was when it was written?

use super::groups::{FormArgs, MessageForm};
use super::one_file::only_here;
use crate::exit::Exit;
use crate::language::said;
use crate::report::{Printer, findings_of_folder, printer};
use crate::run::{self, Findings, Session, Target};
use crate::store::{Manifest, PROGRAM};
use anyhow::{Result, bail};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    #[arg(value_name = "FOLDER")]
    output: PathBuf,

    #[arg(long)]
    repair: bool,

    #[command(flatten)]
    form: FormArgs,
}

/// Looks at a folder, sets it right where that is asked for, and looks again.
pub(super) fn run(args: &VerifyArgs, printer: &Printer) -> Result<Exit> {
    let out = &args.output;
    only_here(out, "verify")?;
    let manifest = Manifest::read(out)?;
    let mut findings = run::verify(out, &manifest);
    if args.repair && !findings.is_sound() {
        tell(args.form.format, &findings)?;
        repair(out, manifest, printer)?;
        findings = run::verify(out, &Manifest::read(out)?);
    }
    tell(args.form.format, &findings)?;
    Ok(if findings.is_sound() { Exit::Done } else { Exit::Incomplete })
}

fn tell(form: MessageForm, findings: &Findings) -> Result<()> {
    let text = match form {
        MessageForm::Text => findings_of_folder(
            (findings.results, findings.documents, findings.files),
            (&findings.bad_results, &findings.bad_documents, &findings.bad_files),
        ),
        MessageForm::Json => {
            let looked = json!({"results": findings.results, "documents": findings.documents, "files": findings.files});
            let bad = json!({
                "results": findings.bad_results, "documents": findings.bad_documents, "files": findings.bad_files,
            });
            format!("{}\n", json!({"sound": findings.is_sound(), "looked_at": looked, "damaged": bad}))
        }
    };
    Ok(printer::data(text.as_bytes())?)
}

/// Sets the folder right. How that run ends is told by looking again.
fn repair(out: &Path, manifest: Manifest, printer: &Printer) -> Result<()> {
    if manifest.header.program != PROGRAM {
        bail!(said::other_program(out.display(), &manifest.header.program));
    }
    let mut options = manifest.header.settings.options.clone();
    options.formats.extend(yusuan_export::standing_formats(out));
    let target = Target {
        out: out.to_owned(),
        shown: out.to_owned(),
        away: None,
        options,
        bodies: Some(manifest.header.settings.bodies.clone()),
        layout: manifest.header.layout,
        jobs: 0,
        fail_on: None,
        events: false,
        metrics: None,
    };
    let session = Session::begin(&target, printer)?;
    let outcome = run::repair(&target, manifest, &session);
    session.end(outcome, &target).map(drop)
}
