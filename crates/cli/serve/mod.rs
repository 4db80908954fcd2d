//! `yusuan serve`: projects in a browser. A server of this machine that hands out pages, takes files, and has the ordinary runs done
//! over them.
//!
//! Requests are judged first (`guard`), then routed; what needs the disk is done beside the thread that listens. A run is the
//! program run again, with its lock, limits and store, so the command line can go on with a project and a kill costs nothing.

mod app;
mod assets;
mod compare;
mod dataset;
mod doubts;
mod download;
mod guard;
mod http;
mod inside;
mod label;
mod listen;
mod listing;
mod live;
mod looked;
mod project;
mod projects;
mod removed;
mod review;
mod route;
mod search;
mod stamp;
mod upload;
mod work;

use crate::language::{said, speak_to_pages};
use crate::report::{Printer, printer};
use anyhow::{Context, Result};
use app::App;
use guard::Guard;
use projects::Projects;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// What is served, to whom.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) folder: PathBuf,
    pub(crate) host: IpAddr,
    /// 0 for any that is free.
    pub(crate) port: u16,
    pub(crate) password: Option<String>,
    /// MiB of the largest file that is taken.
    pub(crate) largest: u64,
    /// Whether a browser is opened.
    pub(crate) open: bool,
}

/// Serves until the process ends.
pub(crate) fn serve(served: &Served, said_by: &Printer) -> Result<()> {
    let listener =
        TcpListener::bind(SocketAddr::new(served.host, served.port)).with_context(|| said::port_taken(served.port))?;
    let port = listener.local_addr()?.port();
    let guard = Guard::new(port, served.host, served.password.as_deref())?;
    let projects = Projects::below(&served.folder)
        .with_context(|| said::about_file(served.folder.display(), said::no_folder_of_projects()))?;
    let host = if served.host.is_unspecified() { IpAddr::from([127, 0, 0, 1]) } else { served.host };
    let base = format!("http://{}/", SocketAddr::new(host, port));
    let address = guard.token().map_or_else(|| base.clone(), |token| format!("{base}?token={token}"));
    projects.go_on();
    said_by.summary(&said::serving(served.folder.display()));
    if served.password.is_some() {
        printer::error(&said::serving_others());
    }
    printer::data(format!("{address}\n").as_bytes())?;
    if served.open {
        open(&address);
    }
    speak_to_pages();
    listen::listen(listener, Arc::new(App::new(guard, projects, served.largest << 20)))
}

/// Opens the address in the browser of the system; where that can't be done, the address was said.
fn open(address: &str) {
    let (program, words): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        _ => ("xdg-open", &[]),
    };
    let started = Command::new(program)
        .args(words)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = started {
        // Waited for, so that no zombie stays.
        let _ = std::thread::Builder::new().spawn(move || child.wait());
    }
}
