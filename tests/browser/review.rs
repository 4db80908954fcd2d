//! What must hold of the review page.

use crate::chromium::Browser;
use crate::made::{Folder, dataset, yusuan};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A label that would be a script if it were not text.
pub(crate) const HOSTILE: &str = "<script>document.title='hit'</script><img src=x onerror=document.title='hit'>";

/// The total of the made table is misprinted: 130 instead of 13.
pub(crate) const WRONG_TOTAL: &str = "t01!R4C2";

/// One row of a dataset.
type Row = BTreeMap<String, String>;

/// The samples and a made table, converted.
pub(crate) struct Stage {
    pub(crate) folder: Folder,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let folder = Folder::new();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        let mut copied = 0;
        for entry in fs::read_dir(samples).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.extension().is_some_and(|extension| extension != "md") {
                folder.file(&format!("in/{name}"), &fs::read(&path).unwrap());
                copied += 1;
            }
        }
        assert_eq!(copied, 5);
        folder.file("in/made.xlsx", &made_sheet());
        folder.file("in/empty.pdf", b"");
        let stage = Self { folder };
        stage.convert(&[]);
        stage
    }

    fn convert(&self, more: &[&str]) {
        let mut command = yusuan();
        command.arg("convert").arg(self.folder.path("in")).args(["-q", "-f", "csv,review", "-o"]).arg(self.out());
        // The empty file fails, which is 3.
        command.args(more).assert().code(3);
    }

    fn out(&self) -> PathBuf {
        self.folder.path("out")
    }

    pub(crate) fn address(&self) -> String {
        format!("file://{}", self.out().join("review/index.html").display())
    }

    fn rows(&self, name: &str) -> Vec<Row> {
        dataset(&self.out(), name).into_iter().map(|row| row.into_iter().collect()).collect()
    }

    /// The id of the document whose source ends so.
    pub(crate) fn id(&self, source: &str) -> String {
        let found = self.rows("documents.csv").into_iter().find(|row| row["source"].ends_with(source));
        found.unwrap()["doc_id"].clone()
    }

    pub(crate) fn open(&self, browser: &mut Browser, id: &str) {
        browser.open(&format!("{}#/{id}", self.address()));
        browser.wait("!document.getElementById('document').hidden");
    }
}

/// A 支出总表 in 万元 with a wrong total and hostile labels.
pub(crate) fn made_sheet() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "2024年部门支出总表").unwrap();
    sheet.write(1, 3, "单位：万元").unwrap();
    for (col, text) in ["科目名称", "合计", "基本支出", "项目支出"].into_iter().enumerate() {
        sheet.write(2, col as u16, text).unwrap();
    }
    let rows = [("合计", 130.0, 9.0, 4.0), (HOSTILE, 5.0, 4.0, 1.0), ("=1+1科普活动", 8.0, 5.0, 3.0)];
    for (index, (name, total, basic, project)) in rows.into_iter().enumerate() {
        let row = index as u32 + 3;
        sheet.write_string(row, 0, name).unwrap();
        for (col, amount) in [total, basic, project].into_iter().enumerate() {
            sheet.write(row, col as u16 + 1, amount).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The same sequence in every run (Knuth's MMIX generator).
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

pub(crate) fn quiet(browser: &mut Browser) {
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

pub(crate) fn opens_and_lists(browser: &mut Browser, stage: &Stage) {
    browser.open(&stage.address());
    browser.wait("document.querySelectorAll('#documents tbody tr').length === 7");
    let documents = stage.rows("documents.csv");
    let shown =
        browser.value("[...document.querySelectorAll('#documents tbody th')].map((e) => e.innerText).join('\\n')");
    for row in &documents {
        assert!(shown.as_str().unwrap().contains(&row["source"]), "{} is not listed", row["source"]);
    }
    assert_eq!(browser.value("document.querySelectorAll('#documents tbody a').length"), 6);
    // Search and filter.
    browser.value("document.getElementById('search').focus()");
    browser.insert("三门峡 2024");
    browser.wait("document.querySelectorAll('#documents tbody tr').length === 1");
    browser.value(
        "(() => { const s = document.getElementById('search'); s.value = ''; s.dispatchEvent(new Event('input')); })()",
    );
    browser.value("(() => { const s = document.getElementById('checks'); s.value = 'failed'; s.dispatchEvent(new Event('input')); })()");
    let failing = documents.iter().filter(|row| row["checks_failed"].parse::<u32>().unwrap_or(0) > 0).count();
    assert!(failing > 0);
    assert_eq!(browser.value("document.querySelectorAll('#documents tbody tr').length"), failing);
    quiet(browser);
}

/// Where the lit box is: in points from the page's top left, from what the browser really drew.
const LIT_BOX: &str = "(() => {
    const box = document.querySelector('#sheets .selected .box').getBoundingClientRect();
    const figure = document.querySelector('#sheets .selected').closest('figure');
    const paper = figure.querySelector('.paper').getBoundingClientRect();
    const width = figure.querySelector('svg').viewBox.baseVal.width;
    const scale = width / paper.width;
    return [Number(figure.dataset.page), (box.left - paper.left) * scale, (box.top - paper.top) * scale,
            (box.right - paper.left) * scale, (box.bottom - paper.top) * scale];
})()";

pub(crate) fn values_and_boxes(browser: &mut Browser, stage: &Stage) {
    let facts: Vec<Row> = stage.rows("facts.csv").into_iter().filter(|row| !row["page"].is_empty()).collect();
    assert!(facts.len() > 400, "{}", facts.len());
    let mut sequence = Sequence(20_240_501);
    for _ in 0..10 {
        let fact = &facts[sequence.below(facts.len())];
        let name = format!("{}!R{}C{}", fact["table_id"], fact["row"], fact["col"]);
        stage.open(browser, &fact["doc_id"]);
        pick_table(browser, &fact["table_id"]);
        browser.click(&format!("document.querySelector('#table [data-name=\"{name}\"]')"));
        browser.wait(&format!("document.querySelector('#sheets .selected')?.dataset.name === '{name}'"));
        expect_box(&browser.value(LIT_BOX), fact);
        let detail = browser.value("document.getElementById('detail').innerText");
        let value = fact["value"].replace(".00", "");
        assert!(detail.as_str().unwrap().replace(',', "").contains(&format!("{value} 元")), "{name}: {detail}");
        let page = &fact["page"];
        browser.wait(&format!("document.querySelector('figure[data-page=\"{page}\"] img').naturalWidth > 300"));
        box_leads_to_value(browser, (&mut sequence, &facts), fact);
    }
    quiet(browser);
}

fn pick_table(browser: &mut Browser, id: &str) {
    let index = id.trim_start_matches('t').parse::<usize>().unwrap() - 1;
    browser.value(&format!(
        "(() => {{ const s = document.getElementById('tables'); s.value = '{index}'; s.dispatchEvent(new Event('change')); }})()"
    ));
}

/// The box that was drawn is the one of facts.csv, to a fifth of a point and the width of its own line.
fn expect_box(drawn: &Value, fact: &Row) {
    assert_eq!(drawn[0].to_string(), fact["page"]);
    for (index, column) in ["x0", "y0", "x1", "y1"].into_iter().enumerate() {
        let expected: f64 = fact[column].parse().unwrap();
        let drawn = drawn[index + 1].as_f64().unwrap();
        assert!((drawn - expected).abs() < 1.2, "{column}: {drawn} drawn, {expected} in facts.csv");
    }
}

/// Another value of the same page, clicked on the page.
fn box_leads_to_value(browser: &mut Browser, (sequence, facts): (&mut Sequence, &[Row]), fact: &Row) {
    let same = |other: &&Row| other["doc_id"] == fact["doc_id"] && other["page"] == fact["page"];
    let others: Vec<&Row> = facts.iter().filter(same).collect();
    let other = others[sequence.below(others.len())];
    let name = format!("{}!R{}C{}", other["table_id"], other["row"], other["col"]);
    browser.click(&format!("document.querySelector('#sheets [data-name=\"{name}\"] .box')"));
    browser.wait(&format!("document.querySelector('#table .selected')?.dataset.name === '{name}'"));
    let text = browser.value("document.querySelector('#table .selected').innerText");
    assert_eq!(text.as_str().unwrap().trim(), other["value_text"]);
}

pub(crate) fn worksheet_address(browser: &mut Browser, stage: &Stage) {
    stage.open(browser, &stage.id("made.xlsx"));
    browser.click(&format!("document.querySelector('#table [data-name=\"{WRONG_TOTAL}\"]')"));
    browser.wait("document.querySelector('#sheets .big')?.innerText === 'B4'");
    assert_eq!(browser.value("document.querySelectorAll('#sheets img').length"), 0);
    quiet(browser);
}

pub(crate) fn hostile_text(browser: &mut Browser, stage: &Stage) {
    stage.open(browser, &stage.id("made.xlsx"));
    browser.click("document.querySelector('#table [data-name=\"t01!R5C1\"]')");
    assert_eq!(browser.value("document.querySelector('#table [data-name=\"t01!R5C1\"]').innerText"), HOSTILE);
    assert!(browser.value("document.title").as_str().unwrap().contains("made.xlsx"));
    assert_eq!(browser.value("document.querySelectorAll('#document img, #document script').length"), 0);
    quiet(browser);
}

/// What the page makes of the texts that the Rust reader is held to (crates/export/tests/amounts.rs).
pub(crate) fn amounts(browser: &mut Browser, stage: &Stage) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/amounts.json");
    let vectors: Vec<Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    assert!(vectors.len() > 100, "{}", vectors.len());
    browser.open(&stage.address());
    let texts: Vec<&Value> = vectors.iter().map(|vector| &vector["text"]).collect();
    let read = browser.value(&format!("{}.map(yusuanReview.readAmount)", json!(texts)));
    for (vector, read) in vectors.iter().zip(read.as_array().unwrap()) {
        let expected = match (&vector["value"], &vector["unit"]) {
            (Value::Null, _) if vector["nothing"] == true => json!({"kind": "nothing"}),
            (Value::Null, _) => json!({"kind": "other"}),
            (value, Value::Null) => json!({"kind": "amount", "value": value, "unit": ""}),
            (value, unit) => json!({"kind": "amount", "value": value, "unit": unit}),
        };
        assert_eq!(read, &expected, "{}", vector["text"]);
    }
    // What a spreadsheet made of the printed text is still the text that was corrected.
    for (a, b, same) in
        [("1,234.50", "1234.5", true), ("1, 234", "1,234", true), ("5万元", "5", false), ("-", "—", false)]
    {
        assert_eq!(browser.value(&format!("yusuanReview.readsTheSame({}, {})", json!(a), json!(b))), same, "{a} {b}");
    }
    quiet(browser);
}

pub(crate) fn keyboard(browser: &mut Browser, stage: &Stage) {
    let id = stage.id("made.xlsx");
    let doubtful: Vec<String> = stage
        .rows("facts.csv")
        .iter()
        .filter(|row| row["doc_id"] == id && row["flags"].contains("check_failed"))
        .map(|row| format!("{}!R{}C{}", row["table_id"], row["row"], row["col"]))
        .collect();
    assert!(doubtful.len() > 2, "{doubtful:?}");
    stage.open(browser, &id);
    for name in &doubtful {
        browser.press("n");
        assert_eq!(browser.value("document.activeElement.dataset.name"), json!(name));
    }
    browser.press("p");
    assert_eq!(browser.value("document.activeElement.dataset.name"), json!(doubtful[doubtful.len() - 2]));
    browser.click(&format!("document.querySelector('#table [data-name=\"{WRONG_TOTAL}\"]')"));
    let detail = browser.value("document.getElementById('detail').innerText");
    for words in ["130", "1,300,000 元", "合 130 万元", "勾稽不符", "不符", "差 1,170,000 元"] {
        assert!(detail.as_str().unwrap().contains(words), "{words} is missing: {detail}");
    }
    for (key, name) in [
        ("ArrowDown", "t01!R5C2"),
        ("ArrowLeft", "t01!R5C1"),
        ("ArrowUp", "t01!R4C1"),
        ("ArrowRight", WRONG_TOTAL),
        ("ArrowRight", "t01!R4C3"),
    ] {
        browser.press(key);
        assert_eq!(browser.value("document.activeElement.dataset.name"), name, "{key}");
    }
    // The keys are said on the page.
    let keys = browser.value("document.querySelector('.keys').innerText");
    assert!(["n", "p", "Esc"].iter().all(|key| keys.as_str().unwrap().contains(key)), "{keys}");
    browser.press("Enter");
    assert_eq!(browser.value("document.activeElement.name"), "corrected");
    browser.press("Escape");
    assert_eq!(browser.value("document.activeElement.dataset.name"), "t01!R4C3");
    // Esc closes one thing after the other: the detail, what is told above the table, the document.
    browser.value("document.querySelector('#failures summary').click()");
    browser.press("Escape");
    assert_eq!(browser.value("document.querySelectorAll('#table .selected').length"), 0);
    assert_eq!(browser.value("document.getElementById('failures').open"), true);
    browser.press("Escape");
    assert_eq!(browser.value("document.getElementById('failures').open"), false);
    browser.press("Escape");
    browser.wait("!document.getElementById('list').hidden");
    quiet(browser);
}

/// Whether an element lies within the window and the frame that scrolls it, to its middle.
const IN_SIGHT: &str = "((selector, frame) => {
    const [e, f] = [selector, frame].map((one) => document.querySelector(one)?.getBoundingClientRect());
    if (!e || !f || !e.height) return false;
    const [x, y] = [(e.left + e.right) / 2, (e.top + e.bottom) / 2];
    return x > Math.max(f.left, 0) && x < Math.min(f.right, innerWidth) && y > Math.max(f.top, 0) && y < Math.min(f.bottom, innerHeight);
})";

fn in_sight(browser: &mut Browser, selector: &str, frame: &str) {
    let seen = browser.value(&format!("{IN_SIGHT}({}, {})", json!(selector), json!(frame)));
    assert_eq!(seen, true, "{selector} is not in sight");
}

pub(crate) fn telephone(browser: &mut Browser, stage: &Stage) {
    browser.resize(390, 800);
    let facts: Vec<Row> = stage.rows("facts.csv").into_iter().filter(|row| !row["page"].is_empty()).collect();
    let mut sequence = Sequence(390);
    for _ in 0..5 {
        let fact = &facts[sequence.below(facts.len())];
        let name = format!("{}!R{}C{}", fact["table_id"], fact["row"], fact["col"]);
        stage.open(browser, &format!("{}/{name}", fact["doc_id"]));
        browser.wait("document.querySelector('#detail .yuan, #detail .flag')");
        for (selector, frame) in
            [("#table .selected", "#table"), ("#detail h2", "#detail"), ("#detail .printed", "#detail")]
        {
            in_sight(browser, selector, frame);
        }
        // A code of a few digits stands in one line, and a name in no more than a few.
        let broken = browser.value(
            "[...document.querySelectorAll('#table td, #table th')].filter((e) => /^[0-9.,]+$/.test(e.innerText) && !e.rowSpan.toString().match(/[2-9]/) \
             && e.scrollWidth > e.clientWidth + 2).map((e) => e.innerText)",
        );
        assert_eq!(broken, json!([]), "{name}");
        in_sight(browser, "#next", "body");
    }
    // The name of a row stays in sight when the table is moved sideways.
    browser.value("document.getElementById('table').scrollLeft = 200");
    let left = browser.value(
        "Math.round(document.querySelector('#table tbody th:not([colspan])')?.getBoundingClientRect().left ?? 0)",
    );
    assert!(left.as_i64().unwrap().abs() <= 12, "{left}");
    browser.resize(1400, 900);
    quiet(browser);
}

pub(crate) fn failures_leave_the_table(browser: &mut Browser, stage: &Stage) {
    // No check of this sample fails: its data say so here.
    let id = stage.id("渝北区科学技术协会2024年部门预算.pdf");
    let path = stage.out().join(format!("review/{id}/data.js"));
    let whole = fs::read_to_string(&path).unwrap();
    let told = r#""checks":[{"scope":"table","table":"t16","rule":"A7","title":"权重","status":"failed","statement":"权重之和","cells":[]},"#;
    fs::write(&path, whole.replacen("\"checks\":[", told, 1)).unwrap();
    for (width, height) in [(1400, 900), (390, 800)] {
        browser.resize(width, height);
        stage.open(browser, &id);
        browser.value("document.querySelector('#failures summary').click()");
        browser.wait("document.getElementById('failures').open");
        let table = browser.value("document.getElementById('table').getBoundingClientRect().height");
        assert!(table.as_f64().unwrap() > 80.0, "{table} at {width}");
        in_sight(browser, "#failures summary", "#reading");
        // A check that is about no cell shows its table, any other its cell.
        browser.value("document.querySelector('#failures .statement').click()");
        browser.wait("document.getElementById('tables').value === '15'");
        stage.open(browser, &stage.id("made.xlsx"));
        browser.value("document.querySelector('#failures summary').click()");
        browser.value("document.querySelector('#failures .statement').click()");
        browser.wait("document.querySelector('#table .selected')");
        in_sight(browser, "#table .selected", "#table");
    }
    fs::write(&path, whole).unwrap();
    browser.resize(1400, 900);
    quiet(browser);
}

pub(crate) fn narrative(browser: &mut Browser, stage: &Stage) {
    let id = stage.id("三门峡市科学技术协会2024年部门预算.pdf");
    let stated: Vec<Row> = stage.rows("prose.csv").into_iter().filter(|row| row["doc_id"] == id).collect();
    assert!(stated.len() > 3, "{}", stated.len());
    // No sample's narrative is wrong: the data of one say so here.
    let path = stage.out().join(format!("review/{id}/data.js"));
    let whole = fs::read_to_string(&path).unwrap();
    let told = r#""checks":[{"scope":"prose","rule":"C4","title":"增减","status":"failed","statement":"文字说明写错","cells":[],"page":4},"#;
    fs::write(&path, whole.replacen("\"checks\":[", told, 1)).unwrap();
    stage.open(browser, &id);
    browser.value("document.querySelector('#failures summary').click()");
    browser.value("document.querySelector('#failures .statement').click()");
    in_sight(browser, "figure[data-page='4'] .paper", "#sheets");
    fs::write(&path, whole).unwrap();
    // Every amount of the narrative is listed with its sentence, and leads to its page.
    stage.open(browser, &id);
    assert_eq!(browser.value("document.querySelectorAll('#prose li').length"), stated.len());
    browser.value("document.querySelector('#prose summary').click()");
    let text = browser.value("document.getElementById('prose').innerText.replace(/\\s/g, '')");
    for row in &stated {
        let sentence: String = row["sentence"].chars().filter(|c| !c.is_whitespace()).collect();
        assert!(text.as_str().unwrap().contains(&sentence), "{sentence}");
    }
    let table = browser.value("document.getElementById('table').getBoundingClientRect().height");
    assert!(table.as_f64().unwrap() > 80.0, "{table}");
    browser.value("document.querySelector('#prose li:last-child button').click()");
    let page =
        browser.value("document.querySelector('#prose li:last-child button').innerText.match(/第 (\\d+) 页/)[1]");
    in_sight(browser, &format!("figure[data-page='{}']", page.as_str().unwrap()), "#sheets");
    quiet(browser);
}

pub(crate) fn onward(browser: &mut Browser, stage: &Stage) {
    // From the document with the way there: each has something to look at, and none comes twice.
    let documents = stage.rows("documents.csv");
    let first = documents.iter().find(|row| row["checks_failed"] != "0" && row["status"] == "ok").unwrap();
    stage.open(browser, &first["doc_id"]);
    let mut seen = vec![first["doc_id"].clone()];
    for _ in 0..2 {
        let title = browser.value("document.getElementById('onward').title");
        browser.click("document.getElementById('onward')");
        browser.wait(&format!("document.getElementById('title').innerText === {title}"));
        let hash = browser.value("location.hash.split('/')[1]").as_str().unwrap().to_owned();
        assert!(!seen.contains(&hash), "{hash} again");
        let row = documents.iter().find(|row| row["doc_id"] == hash).unwrap();
        let failed = row["checks_failed"] != "0" || row["status"] != "ok" || !row["tables_missing"].is_empty();
        let flagged = stage.rows("facts.csv").iter().any(|fact| fact["doc_id"] == hash && !fact["flags"].is_empty());
        assert!(failed || flagged || row["department"].is_empty(), "{row:?} has nothing to look at");
        seen.push(hash);
    }
    // Workbooks lead to a page beside the data, since not every program follows what stands behind #.
    let leading = stage.out().join(format!("review/{}/index.html", seen[0]));
    browser.open(&format!("file://{}", leading.display()));
    browser.wait(&format!("document.getElementById('title')?.innerText === {}", json!(first["source"])));
    quiet(browser);
}

pub(crate) fn unknown_is_said(browser: &mut Browser, stage: &Stage) {
    browser.open(&stage.address());
    browser.wait("document.querySelectorAll('#documents tbody tr').length === 7");
    let row = "[...document.querySelectorAll('#documents tbody tr')].find((tr) => tr.innerText.includes('made.xlsx'))";
    let text = browser.value(&format!("{row}.innerText"));
    let text = text.as_str().unwrap();
    assert!(text.contains("部门未识别") && text.contains("未识别") && !text.contains("完整"), "{text}");
    let green = browser.value("getComputedStyle(document.querySelector('#documents .status.ok')).color");
    let shown = browser.value(&format!("getComputedStyle({row}.querySelector('.status')).color"));
    assert_ne!(green, shown);
    browser.value("(() => { const s = document.getElementById('checks'); s.value = 'unknown'; s.dispatchEvent(new Event('input')); })()");
    assert_eq!(browser.value("document.querySelectorAll('#documents tbody tr').length"), 1);
    stage.open(browser, &stage.id("made.xlsx"));
    let told = browser.value("document.getElementById('unknown').innerText");
    assert!(told.as_str().unwrap().contains("部门未识别"), "{told}");
    quiet(browser);
}

/// Visible text whose contrast is below 4.5, and whether the page is wider than the window.
pub(crate) const LEGIBLE: &str = "(() => {
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (e) => { for (; e; e = e.parentElement) { const c = numbers(getComputedStyle(e).backgroundColor);
        if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
    const poor = [];
    let seen = 0;
    for (const e of document.querySelectorAll('body *')) {
        const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
        if (!own || !e.getClientRects().length || e.closest('svg') || getComputedStyle(e).visibility === 'hidden') continue;
        seen += 1;
        const [a, b] = [light(numbers(getComputedStyle(e).color)), light(ground(e))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (contrast < 4.5) poor.push(e.className + ' ' + e.innerText + ' ' + contrast.toFixed(2));
    }
    return { seen, poor: poor.slice(0, 9), wide: document.documentElement.scrollWidth > innerWidth };
})()";

pub(crate) fn legible(browser: &mut Browser, stage: &Stage) {
    let made = stage.id("made.xlsx");
    let pdf = stage.id(".pdf");
    for (width, height) in [(1400, 900), (390, 800)] {
        browser.resize(width, height);
        for part in [String::new(), format!("#/{made}/{WRONG_TOTAL}"), format!("#/{pdf}")] {
            browser.open(&format!("{}{part}", stage.address()));
            browser.wait("[...document.querySelectorAll('.view')].some((view) => !view.hidden)");
            let found = browser.value(LEGIBLE);
            assert!(found["seen"].as_u64().unwrap() > 20, "{part}: {found}");
            assert_eq!((&found["poor"], &found["wide"]), (&json!([]), &json!(false)), "{part} at {width}");
        }
    }
    browser.resize(1400, 900);
    quiet(browser);
}

pub(crate) fn correction(browser: &mut Browser, stage: &Stage) {
    let id = stage.id("made.xlsx");
    stage.open(browser, &id);
    browser.click(&format!("document.querySelector('#table [data-name=\"{WRONG_TOTAL}\"]')"));
    for (field, text) in [("corrected", "一十三"), ("by", "甲，\"乙\""), ("note", "=原文是13")] {
        browser.click(&format!("document.querySelector('#detail [name={field}]')"));
        browser.insert(text);
    }
    browser.press("Enter");
    // What can't be read as an amount is not kept.
    browser.wait("document.querySelector('#detail .problem:not([hidden])')");
    browser.value("document.querySelector('#detail [name=corrected]').value = ''");
    browser.click("document.querySelector('#detail [name=corrected]')");
    browser.insert("13.00");
    browser.press("Enter");
    browser.wait("document.querySelector('#table .selected ins')?.innerText === '13.00'");
    browser.open(&stage.address());
    browser.wait("document.querySelector('#list .export')?.innerText === '导出更正（1 条）'");
    browser.click("document.querySelector('#list .export')");
    let file = downloaded(&stage.folder.path("browser/downloads/corrections.csv"));
    let text = String::from_utf8(file).unwrap();
    let expected = format!(
        "\u{feff}doc_id,table_id,row,col,printed,corrected,by,at,note\n{id},t01,4,2,130,13.00,\"甲，\"\"乙\"\"\","
    );
    assert!(text.starts_with(&expected) && text.ends_with("Z,'=原文是13\n"), "{text}");
    applied(browser, stage, &id);
}

/// The exported file, once the browser has written it.
pub(crate) fn downloaded(path: &Path) -> Vec<u8> {
    let start = Instant::now();
    loop {
        match fs::read(path) {
            Ok(bytes) if !bytes.is_empty() => return bytes,
            _ => assert!(start.elapsed() < Duration::from_mins(1), "{} never came", path.display()),
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn applied(browser: &mut Browser, stage: &Stage, id: &str) {
    let failed = |stage: &Stage| {
        stage.rows("checks.csv").iter().filter(|r| r["doc_id"] == id && r["status"] == "failed").count()
    };
    assert!(failed(stage) > 0);
    let file = stage.folder.path("browser/downloads/corrections.csv");
    stage.convert(&["--corrections", file.to_str().unwrap()]);
    let facts = stage.rows("facts.csv");
    let fact = facts.iter().find(|r| r["doc_id"] == id && (&*r["row"], &*r["col"]) == ("4", "2")).unwrap();
    assert_eq!((&*fact["value_text"], &*fact["value"], &*fact["flags"]), ("130", "130000", "corrected"));
    assert_eq!(failed(stage), 0);
    let kept = stage.rows("corrections.csv");
    assert_eq!(kept.len(), 1);
    assert_eq!((&*kept[0]["corrected"], &*kept[0]["note"]), ("13.00", "'=原文是13"));
    stage.open(browser, &format!("{id}/{WRONG_TOTAL}"));
    browser.wait("document.querySelector('#detail .yuan')?.innerText === '130,000 元'");
    quiet(browser);
}
