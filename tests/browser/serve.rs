//! What must hold of the application that `serve` hands out.

use crate::chromium::{self, Browser};
use crate::review::{HOSTILE, LEGIBLE, Stage, WRONG_TOTAL, downloaded, made_sheet, quiet};
use crate::served::Server;
use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// A project in a new folder, as a person makes it; gives the address of its page.
fn project(browser: &mut Browser, server: &Server, name: &str) -> String {
    browser.visit(&server.address);
    browser.wait("!document.getElementById('make').hidden && document.activeElement.id === 'name'");
    browser.insert(name);
    browser.press("Enter");
    browser.wait("document.getElementById('drop') && !document.getElementById('drop').hidden && location.pathname.startsWith('/p/')");
    browser.wait("document.getElementById('count').textContent !== ''");
    browser.value("location.href").as_str().unwrap().to_owned()
}

/// The three files that are dropped: two samples and a table with a wrong total.
fn three(stage: &Stage, folder: &str) -> Vec<PathBuf> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let names = ["三门峡市科学技术协会2024年部门预算.pdf", "焦作市科学技术协会2023年部门预算.xlsx"];
    let mut files: Vec<PathBuf> = names
        .iter()
        .map(|name| stage.folder.file(&format!("{folder}/{name}"), &fs::read(samples.join(name)).unwrap()))
        .collect();
    files.push(stage.folder.file(&format!("{folder}/made.xlsx"), &made_sheet()));
    files
}

/// Waits until so many files are done.
fn done(browser: &mut Browser, count: usize) {
    browser.wait(&format!(
        "document.querySelectorAll('#rows tbody th a').length === {count} && document.getElementById('run').textContent === yusuan.w('run.idle')"
    ));
}

const DOUBTS: &str = "Number(document.getElementById('doubts-left').textContent)";

pub(crate) fn from_drop_to_workbook(browser: &mut Browser, stage: &Stage) {
    let server = Server::start(&stage.folder.path("shelf"), &[]);
    let address = project(browser, &server, "三份样例");
    let began = std::time::Instant::now();
    browser.drop_files("document.getElementById('drop')", &three(stage, "drop"));
    done(browser, 3);
    println!("  three files read after {:.1} s", began.elapsed().as_secs_f64());
    let doubts = browser.value(DOUBTS).as_u64().unwrap();
    assert!(doubts > 0);
    // Open the made one, correct its total, and its sums hold.
    browser
        .value("[...document.querySelectorAll('#rows tbody th a')].find((a) => a.textContent === 'made.xlsx').click()");
    browser.wait("location.pathname.includes('/d/') && document.getElementById('document') && !document.getElementById('document').hidden");
    let failing = "document.querySelectorAll('#failures li').length";
    assert!(browser.value(failing).as_u64().unwrap() > 0);
    browser.click(&format!("document.querySelector('#table [data-name=\"{WRONG_TOTAL}\"]')"));
    browser.click("document.querySelector('#detail [name=corrected]')");
    browser.insert("13.00");
    browser.press("Enter");
    // The name is asked for once.
    browser.wait("document.querySelector('dialog[open] #name')");
    browser.click("document.querySelector('dialog[open] #name')");
    browser.insert("甲");
    browser.press("Enter");
    browser.wait(&format!("{failing} === 0"));
    // What follows is in the downloads.
    let page = browser.value("location.pathname").as_str().unwrap().to_owned();
    let workbook = page.replace("/d/", "/get/d/") + "workbook.xlsx";
    assert_eq!(total(&server.get(&workbook).body), 130_000);
    // It survives a reload; taken back, the sums fail again, and that survives too.
    reloaded(browser, &format!("{failing} === 0"));
    browser.click(&format!("document.querySelector('#table [data-name=\"{WRONG_TOTAL}\"]')"));
    browser.wait(&format!("!{TAKE_BACK}.disabled"));
    browser.click(TAKE_BACK);
    browser.wait(&format!("{failing} > 0"));
    reloaded(browser, &format!("{failing} > 0"));
    assert_eq!(total(&server.get(&workbook).body), 1_300_000);
    // The workbook as the browser gets it.
    browser.visit(&address);
    done(browser, 3);
    browser.click("[...document.querySelectorAll('#rows tbody tr')].find((tr) => tr.textContent.includes('made.xlsx')).querySelector('a[href$=\"workbook.xlsx\"]')");
    let file = downloaded(&stage.folder.path("browser/downloads/made.xlsx.xlsx"));
    assert_eq!(total(&file), 1_300_000);
    leave(browser);
}

/// Leaves a server's pages before it ends: what listens to it would complain.
fn leave(browser: &mut Browser) {
    browser.call("Page.navigate", &json!({"url": "about:blank"}));
    browser.wait("location.href === 'about:blank'");
    quiet(browser);
}

/// The button that takes a correction back.
const TAKE_BACK: &str = "document.getElementById('undo')";

/// Loads the page again and waits until its document is there and something holds.
fn reloaded(browser: &mut Browser, holds: &str) {
    browser.value("window.before = true");
    browser.call("Page.reload", &json!({}));
    browser.wait(&format!("!window.before && document.getElementById('document') && !document.getElementById('document').hidden && {holds}"));
}

/// The amount in yuan of the first total among the details of a workbook.
fn total(workbook: &[u8]) -> u64 {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook.to_vec())).unwrap();
    let sheets = workbook.worksheets();
    let (_, details) =
        sheets.iter().find(|(name, _)| name.contains("明细")).unwrap_or_else(|| panic!("{:?}", names(&sheets)));
    let mut amounts = details.rows().flat_map(|row| row.iter().filter_map(number));
    amounts.find(|value| [130_000, 1_300_000].contains(value)).unwrap()
}

/// A whole number of yuan.
fn number(cell: &Data) -> Option<u64> {
    match cell {
        Data::Float(value) if value.fract().abs() < f64::EPSILON => Some(*value as u64),
        Data::Int(value) => u64::try_from(*value).ok(),
        _ => None,
    }
}

fn names(sheets: &[(String, calamine::Range<Data>)]) -> Vec<&String> {
    sheets.iter().map(|(name, _)| name).collect()
}

pub(crate) fn two_browsers_and_hostile_text(browser: &mut Browser, stage: &Stage) {
    let server = Server::start(&stage.folder.path("shelf2"), &[]);
    let address = project(browser, &server, HOSTILE);
    assert_eq!(browser.value("document.getElementById('title').textContent"), HOSTILE);
    let program = chromium::installed().unwrap();
    let mut other = Browser::start(&program, &stage.folder.path("browser2"));
    other.visit(&server.address);
    other.visit(&address);
    other.wait("document.getElementById('count').textContent !== ''");
    // One drops, both see.
    let hostile = stage.folder.file("drop2/<img src=x onerror=document.title='hit'>.xlsx", &made_sheet());
    browser.drop_files("document.getElementById('drop')", &[hostile]);
    done(browser, 1);
    done(&mut other, 1);
    // One looks at a doubt, the other sees that it was looked at.
    for page in [&mut *browser, &mut other] {
        page.value("location.hash = '#doubts'");
        page.wait("document.querySelectorAll('#doubt-list li').length > 0");
    }
    let left = browser.value(DOUBTS).as_u64().unwrap();
    browser.click("document.querySelector('#doubt-list input')");
    other.wait(&format!("document.querySelector('#doubt-list input').checked && (document.getElementById('doubts-left').hidden ? 0 : {DOUBTS}) === {}", left - 1));
    // Search, over labels that would be scripts.
    browser.value("location.hash = '#search'");
    browser.wait("document.activeElement.id === 'wanted'");
    browser.insert("<script>");
    browser.press("Enter");
    browser.wait("document.querySelectorAll('#hits li').length > 0");
    assert!(browser.value("document.querySelector('#hits li').textContent").as_str().unwrap().contains("<script>"));
    // A result opens its row.
    browser.click("document.querySelector('#hits a')");
    browser.wait("document.querySelector('#table .selected')");
    for page in [&mut *browser, &mut other] {
        assert_ne!(page.value("document.title"), "hit");
        assert_eq!(
            page.value("document.querySelectorAll('#main script, #main img[src=x], #document img[src=x]').length"),
            0
        );
        leave(page);
    }
}

const ROWS: &str = "document.querySelectorAll('#rows tbody tr').length";

pub(crate) fn takes_out_and_puts_back(browser: &mut Browser, stage: &Stage) {
    let server = Server::start(&stage.folder.path("shelf4"), &[]);
    let address = project(browser, &server, "移除");
    browser.drop_files("document.getElementById('drop')", &three(stage, "drop4"));
    done(browser, 3);
    let cross = "[...document.querySelectorAll('#rows tbody tr')].find((r) => r.innerText.includes('made.xlsx')).querySelector('button')";
    // Nothing happens without a yes.
    browser.click(cross);
    browser.wait("document.activeElement.id === 'keep-it'");
    assert!(browser.value("document.querySelector('dialog[open]').innerText").as_str().unwrap().contains("made.xlsx"));
    browser.press("Enter");
    browser.wait("!document.querySelector('dialog')");
    assert_eq!(browser.value(ROWS), 3);
    browser.click(cross);
    browser.click("document.getElementById('remove-it')");
    browser.wait(&format!("{ROWS} === 2 && document.activeElement.id === 'undo-remove'"));
    done(browser, 2);
    browser.wait("!document.getElementById('removed').hidden");
    // The results have it no longer, and the file is kept.
    browser.visit(&format!("{address}#search"));
    browser.wait("document.activeElement.id === 'wanted'");
    browser.insert("<script>");
    browser.press("Enter");
    browser.wait("document.getElementById('found').textContent !== ''");
    assert_eq!(browser.value("document.querySelectorAll('#hits li').length"), 0);
    // It is put back from the list, and read again.
    browser.visit(&address);
    browser.wait(&format!("{ROWS} === 2"));
    browser.value("document.getElementById('removed').open = true");
    browser.click("document.querySelector('#removed-list button')");
    done(browser, 3);
    browser.wait("document.getElementById('removed').hidden");
    leave(browser);
}

pub(crate) fn one_language(browser: &mut Browser, stage: &Stage) {
    let server = Server::start(&stage.folder.path("shelf5"), &[]);
    let address = project(browser, &server, "语言");
    browser.drop_files("document.getElementById('drop')", &three(stage, "drop5"));
    done(browser, 3);
    browser.click("document.getElementById('language')");
    browser.wait("document.documentElement.lang === 'en'");
    browser
        .value("[...document.querySelectorAll('#rows tbody th a')].find((a) => a.textContent === 'made.xlsx').click()");
    browser.wait("location.pathname.includes('/d/') && document.getElementById('undo')");
    browser.wait("!document.getElementById('document').hidden");
    let said = "[document.documentElement.lang, document.querySelector('.back').innerText, document.getElementById('draw').innerText]";
    assert_eq!(browser.value(said), json!(["en", "Back to the project", "Draw a table"]));
    // Turned while a table is drawn: what was typed there stays.
    browser.click("document.getElementById('draw')");
    browser.wait("document.getElementById('draw-table')");
    browser.value("document.getElementById('draw-cells').value = '1, 2, 3, 4'");
    browser.click("document.querySelector('#document .language')");
    browser.wait("document.documentElement.lang === 'zh-CN'");
    assert_eq!(browser.value(said), json!(["zh-CN", "返回项目", "画表"]));
    assert_eq!(
        browser.value("[document.getElementById('draw-cells').value, document.getElementById('draw-save').innerText]"),
        json!(["1, 2, 3, 4", "保存并重读"])
    );
    // And the project's page follows.
    browser.visit(&address);
    browser.wait("document.documentElement.lang === 'zh-CN'");
    leave(browser);
}

pub(crate) fn ended_and_stopped(browser: &mut Browser, stage: &Stage) {
    let server = Server::start(&stage.folder.path("shelf6"), &[]);
    let address = project(browser, &server, "两个人");
    browser.drop_files("document.getElementById('drop')", &three(stage, "drop6"));
    done(browser, 3);
    let mut other = Browser::start(&chromium::installed().unwrap(), &stage.folder.path("browser3"));
    other.visit(&server.address);
    // The two browsers, and the one that the server was tried with.
    other.wait("document.querySelectorAll('#sessions li').length === 3");
    // The second ends the first, whose page says what to do, and whose addresses do.
    browser
        .value("[...document.querySelectorAll('#rows tbody th a')].find((a) => a.textContent === 'made.xlsx').click()");
    browser.wait("location.pathname.includes('/d/') && document.getElementById('undo') && !document.getElementById('document').hidden");
    other.click("[...document.querySelectorAll('#sessions li')].find((li) => li.innerText.includes('Chrome') && li.querySelector('button')).querySelector('button')");
    other.wait("document.querySelectorAll('#sessions li').length === 2");
    browser.click(&format!("document.querySelector('#table [data-name=\"{WRONG_TOTAL}\"]')"));
    browser.click("document.querySelector('#detail [name=corrected]')");
    browser.insert("13.00");
    browser.press("Enter");
    let problem = "document.getElementById('problem')";
    browser.wait(&format!("document.querySelector('dialog[open] #name') || !{problem}.hidden"));
    if browser.value("Boolean(document.querySelector('dialog[open] #name'))") == true {
        browser.press("Enter");
    }
    browser.wait(&format!(
        "!{problem}.hidden && {problem}.innerText.includes('token') === false && {problem}.innerText.includes('终端')"
    ));
    browser.visit(&address);
    let page = browser.value("document.body.innerText");
    assert!(page.as_str().unwrap().contains("yusuan serve") && !page.as_str().unwrap().contains('{'), "{page}");
    assert_eq!(browser.value("document.querySelectorAll('section[lang=en], section[lang=zh-CN]').length"), 2);
    let found = browser.value(LEGIBLE);
    assert_eq!((&found["poor"], &found["wide"]), (&json!([]), &json!(false)));
    // The first address lets it in again, as somebody else.
    browser.visit(&server.address);
    browser.wait("document.querySelectorAll('#sessions li').length === 3");
    browser.visit(&address);
    browser.wait(&format!("{ROWS} === 3"));
    drop(server);
    browser.wait(&format!("!{problem}.hidden && {problem}.innerText.includes('终端')"));
    // What its pages asked of the dead server is complained of, and on an empty page nothing more is asked.
    browser.call("Page.navigate", &json!({"url": "about:blank"}));
    browser.wait("location.href === 'about:blank'");
    browser.complaints();
}

pub(crate) fn legible_in_both_languages(browser: &mut Browser, stage: &Stage) {
    let server = Server::start(&stage.folder.path("shelf3"), &[]);
    let address = project(browser, &server, "样例");
    browser.drop_files("document.getElementById('drop')", &three(stage, "drop3"));
    done(browser, 3);
    for (width, height) in [(1400, 900), (390, 800)] {
        browser.resize(width, height);
        for language in ["zh", "en"] {
            browser.visit(&address);
            browser.wait("document.querySelectorAll('#rows tbody tr').length === 3");
            if browser.value("yusuan.language()") != language {
                browser.click("document.getElementById('language')");
            }
            browser.click("document.getElementById('help-toggle')");
            for part in ["files", "doubts", "search", "compare", "downloads"] {
                browser.value(&format!("location.hash = '#{part}'"));
                browser.wait(&format!("!document.getElementById('{part}').hidden"));
                if part == "doubts" {
                    browser.wait("document.querySelectorAll('#doubt-list li').length > 0");
                }
                let found = browser.value(LEGIBLE);
                assert!(found["seen"].as_u64().unwrap() > 10, "{part}: {found}");
                assert_eq!(
                    (&found["poor"], &found["wide"]),
                    (&json!([]), &json!(false)),
                    "{part} at {width} in {language}"
                );
                let unnamed = browser.value(UNNAMED);
                assert_eq!(unnamed, json!([]), "{part} in {language}");
                if language == "en" {
                    let own = browser.value("[...document.querySelectorAll('[data-word]')].filter((e) => /[\\u4e00-\\u9fff]/.test(e.textContent) && e.id !== 'language').map((e) => e.textContent)");
                    assert_eq!(own, json!([]), "{part}");
                }
            }
        }
    }
    browser.resize(1400, 900);
    keyboard(browser, &address);
    browser.click("document.getElementById('language')");
    leave(browser);
}

/// Controls that nothing names for those who can't see them.
const UNNAMED: &str = "[...document.querySelectorAll('button, input:not([type=file]), select, textarea, a')]
    .filter((e) => e.getClientRects().length && !e.textContent.trim() && !e.labels?.length && !e.getAttribute('aria-label'))
    .map((e) => e.outerHTML)";

/// The tab key reaches the link over everything, the sections, and every file; what has the focus is seen.
fn keyboard(browser: &mut Browser, address: &str) {
    browser.visit(address);
    browser.wait("document.querySelectorAll('#rows tbody tr').length === 3");
    let mut reached: Vec<Value> = Vec::new();
    for _ in 0..40 {
        for kind in ["rawKeyDown", "keyUp"] {
            browser.call(
                "Input.dispatchKeyEvent",
                &json!({"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}),
            );
        }
        let here = browser.value("(() => { const e = document.activeElement; const s = getComputedStyle(e);
            return [e.id || e.getAttribute('href') || e.tagName, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]; })()");
        if here[0] != "BODY" {
            assert_eq!(here[1], true, "{here}");
            reached.push(here[0].clone());
        }
    }
    for wanted in ["#main", "help-toggle", "language", "#doubts", "choose-files", "filter"] {
        assert!(reached.contains(&json!(wanted)), "{wanted}: {reached:?}");
    }
    assert!(
        reached
            .iter()
            .filter(|one| one.as_str().is_some_and(|href| href.contains("/d/") && href.contains('#')))
            .count()
            >= 3
    );
}

pub(crate) fn password_of_a_file(browser: &mut Browser, stage: &Stage) {
    let server = Server::start(&stage.folder.path("shelf9"), &["--upload-limit", "1"]);
    project(browser, &server, "加密");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/extract/tests/fixtures/password.xlsx");
    let locked = stage.folder.file("drop9/locked.xlsx", &fs::read(fixture).unwrap());
    browser.drop_files("document.getElementById('drop')", &[locked]);
    browser.wait("document.querySelector('#rows .state.locked') && document.getElementById('run').textContent === yusuan.w('run.idle')");
    assert_eq!(browser.value("document.querySelector('#rows .state.locked').textContent"), "需要密码");
    // A wrong one says so and can be typed again; what is typed is nowhere in the address.
    browser.value("document.querySelector('#rows .unlock').focus()");
    browser.press("Enter");
    browser.wait("document.activeElement.id === 'password-of-file'");
    browser.insert("open");
    browser.press("Enter");
    browser.wait("document.getElementById('password-said').textContent.includes('密码不对') && document.activeElement.id === 'password-of-file'");
    browser.insert("open sesame");
    browser.press("Enter");
    browser.wait("!document.querySelector('dialog')");
    done(browser, 1);
    let kept = "performance.getEntries().concat([{name: document.documentElement.outerHTML + location.href}]).some((e) => e.name.includes('sesame'))";
    assert_eq!(browser.value(kept), false);
    browser.click("document.querySelector('#rows tbody th a')");
    browser.wait("document.getElementById('table') && document.getElementById('table').textContent.includes('Office')");
    only_refusals(browser);
    leave(browser);
}

pub(crate) fn refusals_follow_the_language(browser: &mut Browser, stage: &Stage) {
    let server = Server::start(&stage.folder.path("shelf10"), &["--upload-limit", "1"]);
    project(browser, &server, "太大");
    let large = stage.folder.file("drop10/large.pdf", &vec![b'1'; (1 << 20) + 1]);
    browser.drop_files("document.getElementById('drop')", &[large]);
    browser.wait("document.querySelector('#rows .state.refused')");
    let row = |browser: &mut Browser| browser.value("document.querySelector('#rows .state.refused').textContent");
    assert_eq!(row(browser), "没有收下：文件超过 1 MiB");
    browser.value("document.querySelector('#paste').open = true");
    browser.value("document.getElementById('paths').focus()");
    browser.insert("/nowhere/a.pdf");
    browser.value("document.querySelector('#paths-form button').click()");
    browser.wait("document.getElementById('problem').textContent.includes('找不到')");
    browser.click("document.getElementById('language')");
    browser.wait("document.getElementById('problem').textContent === '/nowhere/a.pdf: no such file or folder'");
    assert_eq!(row(browser), "not taken: the file has more than 1 MiB");
    browser.click("document.getElementById('language')");
    only_refusals(browser);
    leave(browser);
}

/// The console tells of every refusal that was asked for, and of nothing else.
fn only_refusals(browser: &mut Browser) {
    let others: Vec<String> =
        browser.complaints().into_iter().filter(|one| !one.contains("Failed to load resource")).collect();
    assert_eq!(others, Vec::<String>::new());
}

pub(crate) fn password_of_the_server(browser: &mut Browser, stage: &Stage) {
    let file = stage.folder.file("password", "long enough 密码\n".as_bytes());
    let server = Server::start(&stage.folder.path("shelf11"), &["--password-file", file.to_str().unwrap()]);
    browser.visit(&server.address);
    for (typed, holds) in [
        (
            "a guess",
            "document.getElementById('problem') && document.getElementById('problem').textContent.includes('密码不对')",
        ),
        (
            "long enough 密码",
            "document.getElementById('make') && document.querySelectorAll('#sessions li').length === 1",
        ),
    ] {
        browser.wait("document.getElementById('password')");
        browser.value("document.getElementById('password').focus()");
        browser.insert(typed);
        browser.press("Enter");
        browser.wait(holds);
        if typed == "a guess" {
            // Who guessed wrong waits.
            std::thread::sleep(std::time::Duration::from_millis(2200));
        }
    }
    only_refusals(browser);
    leave(browser);
}
