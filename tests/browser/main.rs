//! The review page in a real browser: opened from the disk, used with mouse and keyboard, corrections carried back.
//!
//! It needs Chromium (`apt-get install chromium`). Where there is none it says that nothing was tested; with
//! `YUSUAN_BROWSER=required` that is a failure.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that can't be set up must fail, and says what it did"
)]

mod chromium;
mod drawing;
#[path = "../drawn.rs"]
mod drawn;
mod english;
#[path = "../made.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod made;
mod review;
mod serve;
#[path = "../served.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod served;

use chromium::Browser;
use std::process::ExitCode;

/// A test: its name and what it does.
type Test = (&'static str, fn(&mut Browser, &review::Stage));

const TESTS: &[Test] = &[
    ("the page opens without complaints and lists every file", review::opens_and_lists),
    ("ten random values light the right box, and ten boxes the right value", review::values_and_boxes),
    ("a worksheet's cell is told by its address", review::worksheet_address),
    ("hostile text stays text", review::hostile_text),
    ("amounts are read as convert reads them", review::amounts),
    ("doubtful values are walked with the keyboard and explained", review::keyboard),
    ("all text can be read, on a desk and on a telephone", review::legible),
    ("on a telephone the picked cell, its row and its detail are seen", review::telephone),
    ("checks that fail leave the table in sight and lead to their cells", review::failures_leave_the_table),
    ("the narrative's amounts are listed, its checks open their page", review::narrative),
    ("the next document with doubts is one step away", review::onward),
    ("a document of which nobody knows whose it is does not look sound", review::unknown_is_said),
    ("the page is Chinese and English, as the browser or its reader wants", english::both_languages),
    ("a correction survives a reload, is exported, and convert applies it", review::correction),
    ("a table is drawn by hand, gets its grid, and is taken back", drawing::draws_a_table),
    ("files are dropped, read, corrected, taken back and downloaded", serve::from_drop_to_workbook),
    ("two browsers see the same, and script in every text stays text", serve::two_browsers_and_hostile_text),
    ("a file is taken out after a question, and put back", serve::takes_out_and_puts_back),
    ("an encrypted file asks for its password, and a wrong one is told", serve::password_of_a_file),
    ("a server with a password asks for it, and lets in who knows it", serve::password_of_the_server),
    ("what is refused is told in the language of the page", serve::refusals_follow_the_language),
    ("the review page of a server speaks the language of the project's page", serve::one_language),
    ("a session is ended, a server stops, and the pages say what to do", serve::ended_and_stopped),
    ("the application can be read and walked by keyboard, in both languages", serve::legible_in_both_languages),
];

/// Whether a test was asked for by a part of its name; all are where none is named.
fn wanted(name: &str) -> bool {
    let named: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    named.is_empty() || named.iter().any(|part| name.contains(part.as_str()))
}

fn main() -> ExitCode {
    let Some(program) = chromium::installed() else {
        println!("browser tests: OFF, no Chromium is installed (Debian: apt-get install chromium)");
        let required = std::env::var_os("YUSUAN_BROWSER").is_some_and(|value| value == "required");
        return if required { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    };
    println!("browser tests with {}", program.display());
    let stage = review::Stage::new();
    let mut browser = Browser::start(&program, &stage.folder.path("browser"));
    for (name, test) in TESTS.iter().filter(|(name, _)| wanted(name)) {
        println!("browser test: {name} ...");
        test(&mut browser, &stage);
    }
    println!("browser tests: {} passed", TESTS.len());
    ExitCode::SUCCESS
}
