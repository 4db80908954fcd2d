//! The review page in English: chosen by the browser, by the reader, and by the pages of the server.

use crate::chromium::Browser;
use crate::review::{LEGIBLE, Stage, WRONG_TOTAL, quiet};
use serde_json::{Value, json};

/// What the page itself says and not a document: every text that holds a Chinese character or mark.
const CHINESE: &str = "(() => {
    const printed = '#table th, #table td, #table caption strong, #table > .note, #sheets svg, #sheets .printed, #sheets strong, .printed, #title, #summary, #place, .check, #detail details p, #tables, h2, .link, dd, #prose li, .reason, #documents tbody, #notes li, .language, #log del, #log ins, #log .link';
    // A unit is printed, with how much it is behind it.
    const unit = /[百千万亿]*元/g;
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const { data, parentElement } = walk.currentNode;
        if (parentElement.closest('script, noscript') || parentElement.closest(printed) || !parentElement.getClientRects().length) continue;
        if (/[\\u3000-\\u9fff\\uff00-\\uffef]/.test(data.replace(unit, ''))) found.push(data);
    }
    for (const e of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
        if (e.closest(printed)) continue;
        for (const text of [e.getAttribute('aria-label'), e.placeholder]) if (/[\\u3000-\\u9fff]/.test((text || '').replace(unit, ''))) found.push(text);
    }
    return found;
})()";

pub(crate) fn both_languages(browser: &mut Browser, stage: &Stage) {
    browser.speak("en-US");
    browser.open(&stage.address());
    browser.wait("document.querySelectorAll('#documents tbody tr').length === 7");
    assert_eq!(browser.value("document.documentElement.lang"), "en");
    assert_eq!(browser.value(CHINESE), json!([]));
    let state = "document.querySelector('#documents tbody .status').innerText";
    assert!(browser.value(state).as_str().unwrap().is_ascii());
    for (width, height) in [(1400, 900), (390, 800)] {
        browser.resize(width, height);
        for id in [stage.id("made.xlsx"), stage.id("三门峡市科学技术协会2024年部门预算.pdf")] {
            stage.open(browser, &id);
            browser
                .value("for (const details of document.querySelectorAll('details:not([hidden])')) details.open = true");
            browser.value(
                "yusuanReview.pick([...document.querySelectorAll('#table [data-name].amount')].at(0).dataset.name)",
            );
            browser.wait("document.querySelector('#detail form')");
            assert_eq!(browser.value(CHINESE), json!([]), "{id} at {width}");
            let found = browser.value(LEGIBLE);
            assert_eq!((&found["poor"], &found["wide"]), (&json!([]), &json!(false)), "{id} at {width}");
        }
    }
    browser.resize(1400, 900);
    sentences(browser);
    turned(browser, stage);
    quiet(browser);
}

/// Sentences of the program are told as the terminal tells them.
fn sentences(browser: &mut Browser) {
    let cases: Vec<(String, String)> = serde_json::from_str(include_str!("../vectors/sentences.json")).unwrap();
    for (zh, en) in &cases {
        assert_eq!(browser.value(&format!("yusuanReview.told({})", json!(zh))), en.as_str());
    }
    let stated = browser.value("yusuanReview.statement('合计：合计栏各项之和（甲 + … + 乙（共 3 项）） = 5')");
    assert_eq!(stated, "合计: sum of column 合计 (甲 + … + 乙 (3 in all)) = 5");
}

/// A reader turns the language; what is open, picked and typed stays, and the choice is kept.
fn turned(browser: &mut Browser, stage: &Stage) {
    let id = stage.id("made.xlsx");
    stage.open(browser, &id);
    browser.click(&format!("document.querySelector('#table [data-name=\"{WRONG_TOTAL}\"]')"));
    browser.click("document.querySelector('#detail [name=note]')");
    browser.insert("half typed");
    assert_eq!(browser.value("document.querySelector('#detail [type=submit]').innerText"), "Save");
    browser.click("document.querySelector('#document .language')");
    browser.wait("document.documentElement.lang === 'zh-CN'");
    let now = browser.value(
        "[document.querySelector('#detail [type=submit]').innerText, document.querySelector('#detail [name=note]').value,
          document.querySelector('#table .selected').dataset.name, document.querySelector('.back').innerText]",
    );
    assert_eq!(now, json!(["保存更正", "half typed", WRONG_TOTAL, "全部文件"]));
    // Kept over a reload, whatever the browser's own language.
    browser.open(&stage.address());
    browser.wait("document.querySelectorAll('#documents tbody tr').length === 7");
    assert_eq!(browser.value("document.querySelector('#list h1').innerText"), "预算公开文件审阅");
    assert_eq!(browser.value("document.querySelector('#status').options[1].text"), "完整");
    browser.click("document.querySelector('#list .language')");
    let english: Value = browser.value("document.querySelector('#status').options[1].text");
    assert_eq!(english, "complete");
    browser.value("localStorage.removeItem('yusuan.language')");
    browser.speak("zh-CN");
    browser.open(&stage.address());
    browser.wait("document.documentElement.lang === 'zh-CN'");
}
