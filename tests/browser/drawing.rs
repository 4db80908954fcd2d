//! A table that the engine does not find is drawn by hand on the served page.

use crate::chromium::Browser;
use crate::drawn::{COLUMNS, GRID, OUTLINE, words_in_columns};
use crate::review::{Stage, quiet};
use crate::served::Server;
use serde_json::{Value, json};

/// What the shown table says, row by row.
const ROWS: &str =
    "[...document.querySelectorAll('#table .grid tr')].map((row) => [...row.children].map((cell) => cell.textContent))";

/// Where a point of the page stands on the screen.
fn on_screen(browser: &mut Browser, (x, y): (f64, f64)) -> (f64, f64) {
    let place = browser.value(&format!(
        "(() => {{ const b = document.querySelector('svg.drawing').getBoundingClientRect();
         return [b.left + {x} / 595 * b.width, b.top + {y} / 842 * b.height]; }})()"
    ));
    (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
}

fn mouse(browser: &mut Browser, kind: &str, (x, y): (f64, f64), held: bool) {
    let button = if kind == "mouseMoved" && !held { "none" } else { "left" };
    let event = json!({"type": kind, "x": x, "y": y, "button": button, "buttons": u8::from(held), "clickCount": u8::from(kind != "mouseMoved")});
    browser.call("Input.dispatchMouseEvent", &event);
}

/// Presses at a place, goes to another, and lets go.
fn drag(browser: &mut Browser, from: (f64, f64), to: (f64, f64)) {
    let (a, b) = (on_screen(browser, from), on_screen(browser, to));
    mouse(browser, "mouseMoved", a, false);
    mouse(browser, "mousePressed", a, true);
    for step in 1..=4 {
        let part = f64::from(step) / 4.0;
        mouse(browser, "mouseMoved", (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part), true);
    }
    mouse(browser, "mouseReleased", b, false);
}

fn field(browser: &mut Browser, name: &str) -> Vec<f64> {
    let text = browser.value(&format!("document.getElementById('draw-{name}').value"));
    text.as_str().unwrap().split(", ").filter_map(|number| number.parse().ok()).collect()
}

fn near(found: &[f64], wanted: &[f64]) -> bool {
    found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| (a - b).abs() <= 2.0)
}

pub(crate) fn draws_a_table(browser: &mut Browser, stage: &Stage) {
    let server = Server::start(&stage.folder.path("drawing"), &[]);
    let project = server.project("drawing");
    server.upload(&project, "a.pdf", &words_in_columns());
    let doc = server.finished(&project)["rows"][0]["doc_id"].as_str().unwrap().to_owned();
    browser.visit(&server.address);
    browser.visit(&format!("http://{}{project}/d/{doc}/", server.host));
    browser.wait("document.getElementById('document') && !document.getElementById('document').hidden");
    browser.value("localStorage.setItem('yusuan.review.by', '甲')");
    let wanted = json!(GRID);
    assert_ne!(browser.value(ROWS), wanted);
    browser.resize(1400, 900);
    browser.click("document.getElementById('draw')");
    browser.wait("document.querySelector('svg.drawing')");
    let [left, top, right, bottom] = OUTLINE;
    drag(browser, (left, top), (right, bottom));
    let seen = browser.value("JSON.stringify([innerWidth, innerHeight, document.querySelector('svg.drawing').getBoundingClientRect(), document.getElementById('sheets').getBoundingClientRect()])");
    assert!(near(&field(browser, "box"), &OUTLINE), "{:?} {seen}", field(browser, "box"));
    let y = f64::midpoint(top, bottom);
    // Two lines by clicks: one is dragged to its place, one out of the outline again.
    for x in [125.0, 175.0] {
        drag(browser, (x, y), (x, y));
    }
    drag(browser, (125.0, y), (COLUMNS[0], y));
    drag(browser, (175.0, y), (right + 40.0, y));
    assert!(near(&field(browser, "columns"), &COLUMNS), "{:?}", field(browser, "columns"));
    // By the keyboard a line moves by a point.
    browser.value("document.querySelectorAll('line.columns')[0].focus()");
    browser.press("ArrowLeft");
    let moved = field(browser, "columns")[0];
    browser.press("ArrowRight");
    assert!((field(browser, "columns")[0] - moved - 1.0).abs() < 0.01);
    assert!(browser.value("[...document.querySelectorAll('#drawing input, #drawing select, line.columns')].every((e) => e.getAttribute('aria-label') || e.closest('label'))") == true);
    browser.value("(() => { const f = document.getElementById('draw-columns'); f.value = '105'; f.dispatchEvent(new Event('input')); document.getElementById('draw-header_rows').value = '1'; })()");
    browser.resize(390, 844);
    assert!(browser.value("document.getElementById('draw-save').getBoundingClientRect().right <= 390") == true);
    browser.resize(1400, 900);
    browser.click("document.getElementById('draw-save')");
    browser.wait("document.querySelector('#draw-kept li')");
    assert_eq!(browser.value(ROWS), wanted);
    assert!(browser.value("document.querySelector('#table .grid thead').rows.length") == 1);
    let log = server.get(&format!("{project}/api/d/{doc}/log")).json();
    assert_eq!((&log["changes"][0]["who"], &log["changes"][0]["what"]), (&json!("甲"), &json!("hint")), "{log}");
    // It is there for whoever comes next, and can be undone.
    browser.call("Page.reload", &json!({}));
    browser.wait("document.readyState === 'complete' && document.getElementById('document') && !document.getElementById('document').hidden");
    assert_eq!(browser.value(ROWS), wanted);
    browser.click("document.getElementById('undo')");
    browser.wait("document.getElementById('undo').disabled");
    assert_ne!(browser.value(ROWS), wanted);
    assert_eq!(server.get(&format!("{project}/api/d/{doc}/hints")).json()["hints"], Value::Array(Vec::new()));
    quiet(browser);
}
