//! `serve`: who is answered, what is taken, and what is there after a kill.

use crate::made::{Folder, convert, yusuan};
use crate::served::{Came, Server, cookie_of, escaped, shelf};
use calamine::{Reader, Xlsx};
use serde_json::{Value, json};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use walkdir::WalkDir;

fn sheet(name: &str, first: f64) -> Vec<u8> {
    fs::read(Folder::new().sheet(name, first)).unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let files =
        WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    files.map(|entry| entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned()).collect()
}

fn inputs(folder: &Folder) -> Vec<String> {
    files(&folder.path("p/inputs"))
}

#[test]
fn without_the_token_nothing_is_answered() {
    let folder = shelf();
    let server = Server::start(&folder.path("shelf"), &[]);
    let project = server.project("p");
    let host = &server.host;
    let paths =
        ["/", "/api/projects", "/a/main.js", "/?token=", "/?token=00", &format!("{project}/api/files"), "/nothing"];
    for path in paths {
        for cookie in ["", "Cookie: yusuan=1\r\n", &format!("Cookie: {}0\r\n", server.cookie)] {
            let came =
                server.raw(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{cookie}Connection: close\r\n\r\n"), b"");
            assert_eq!(came.status, 403, "{path} {cookie}");
            assert!(!came.head.contains("set-cookie"));
        }
    }
    // Whoever brings the token gets a secret of his own.
    let name = server.cookie.split_once('=').unwrap().0;
    let is_own = |head: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap_or_default();
        let secret = line.strip_prefix(&format!("{name}=")).and_then(|rest| rest.split_once("; "));
        secret.is_some_and(|(secret, rules)| {
            secret.len() == 64
                && !server.cookie.ends_with(secret)
                && rules.eq_ignore_ascii_case("Path=/; HttpOnly; SameSite=Strict")
        })
    };
    let token = server.address.split_once("/?").unwrap().1;
    assert!(token.len() >= "token=".len() + 32);
    let came = server.raw(&format!("GET /?{token} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), b"");
    assert!(came.status == 303 && is_own(&came.head) && came.head.contains("location: /\r\n"), "{}", came.head);
}

#[test]
fn other_hosts_and_origins_are_refused() {
    let folder = shelf();
    let server = Server::start(&folder.path("shelf"), &[]);
    let project = server.project("p");
    let (host, cookie) = (&server.host, &server.cookie);
    let port = host.split_once(':').unwrap().1;
    let request = |method: &str, path: &str, headers: &str| {
        server.raw(&format!("{method} {path} HTTP/1.1\r\n{headers}Cookie: {cookie}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), b"")
    };
    for wrong in
        ["evil.example", &format!("evil.example:{port}"), "127.0.0.1", &format!("127.0.0.1:{port}.evil.example")]
    {
        let came = request("GET", "/", &format!("Host: {wrong}\r\n"));
        assert_eq!(came.status, 421, "{wrong}");
    }
    assert_eq!(request("GET", "/", &format!("Host: localhost:{port}\r\n")).status, 200);
    let upload = format!("{project}/api/upload?label=a.pdf");
    let ours = format!("Host: {host}\r\n");
    for foreign in [
        "Origin: http://evil.example\r\n",
        "Origin: null\r\n",
        "Origin: https://evil.example\r\nSec-Fetch-Site: same-origin\r\n",
        "",
    ] {
        for path in [&upload, "/api/projects", &format!("{project}/api/run")] {
            assert_eq!(request("POST", path, &format!("{ours}{foreign}")).status, 403, "{foreign} {path}");
        }
    }
    let came = request("GET", &format!("{project}/api/files"), &format!("{ours}Origin: http://evil.example\r\n"));
    assert!(came.status == 403 && !came.head.contains("access-control"), "{}", came.head);
    let came = request(
        "OPTIONS",
        &upload,
        &format!("{ours}Origin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n"),
    );
    assert!(came.status == 403 && !came.head.contains("access-control"), "{}", came.head);
    // A form of another site can't say that it sends JSON.
    let body = r#"{"name":"x"}"#;
    let head = server.head("POST", "/api/projects", body.len()).replace("application/json", "text/plain");
    assert_eq!(server.raw(&head, body.as_bytes()).status, 400);
    assert_eq!(server.get("/api/projects").json()["projects"].as_array().unwrap().len(), 1);
}

#[test]
fn every_answer_forbids_what_pages_do_not_need() {
    let folder = shelf();
    let server = Server::start(&folder.path("shelf"), &[]);
    for path in ["/", "/a/main.js", "/a/app.css", "/api/projects", "/nothing"] {
        let head = server.get(path).head;
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert!(head.contains(header), "{path}: {header}\n{head}");
        }
        assert!(!head.contains("unsafe") && !head.contains("access-control"), "{head}");
    }
}

#[test]
fn names_and_addresses_lead_nowhere_else() {
    let folder = shelf();
    fs::write(folder.path("secret.pdf"), b"secret").unwrap();
    let server = Server::start(&folder.path("."), &[]);
    let project = server.project("p");
    let bytes = sheet("a.xlsx", 5.0);
    for (label, first) in
        [("../../../evil.xlsx", 6.0), ("..\\..\\evil2.xlsx", 7.0), ("/etc/evil3.xlsx", 8.0), (".hidden.xlsx", 9.0)]
    {
        assert_eq!(server.upload(&project, label, &sheet("a.xlsx", first)).status, 200, "{label}");
    }
    assert_eq!(server.upload(&project, "a.xlsx", &bytes).status, 200);
    assert_eq!(inputs(&folder), ["a.xlsx", "etc/evil3.xlsx", "evil.xlsx", "evil2.xlsx", "hidden.xlsx"]);
    assert!(!folder.path("evil.xlsx").exists() && !folder.path("../evil.xlsx").exists());
    server.finished(&project);
    let doc = server.get(&format!("{project}/api/files")).json()["rows"][0]["doc_id"].as_str().unwrap().to_owned();
    for path in [
        format!("{project}/d/../../secret.pdf"),
        format!("{project}/d/{doc}/../../../inputs/a.xlsx"),
        format!("{project}/d/{doc}/..%2f..%2fdata.js"),
        format!("{project}/d/{doc}/{doc}/..%2f..%2f..%2finputs%2fa.png"),
        format!("{project}/d/{doc}/../pages.js"),
        format!("{project}/d/{doc}/%2e%2e/pages.js"),
        format!("{project}/get/../inputs/a.xlsx"),
        format!("{project}/get/facts.csv"),
        format!("{project}/get/d/..%2f..%2f/workbook.xlsx"),
        "/p/..%2f..%2f/api/files".to_owned(),
        "/p/p/api/files".to_owned(),
        "/a/../Cargo.toml".to_owned(),
        "/a/%2e%2e/app.html".to_owned(),
    ] {
        assert_eq!(server.get(&path).status, 404, "{path}");
    }
    // An id of a document is no path either where something is kept.
    let looked = server.post(&format!("{project}/api/d/..%2fx/looked"), &json!({"place": "file", "looked": true}));
    assert_eq!(looked.status, 400);
}

#[test]
fn a_file_over_the_limit_is_refused_before_and_while_it_comes() {
    let folder = shelf();
    let server = Server::start(&folder.path("."), &["--upload-limit", "1"]);
    let project = server.project("p");
    let path = format!("{project}/api/upload?label=a.pdf");
    let head = server.head("POST", &path, 0);
    // Ten gigabytes are announced.
    let came = server.raw(&head.replace("Content-Length: 0", "Content-Length: 10737418240"), b"");
    assert_eq!(came.status, 413);
    // Nothing is announced, and it never ends.
    let mut stream = TcpStream::connect(&server.host).unwrap();
    stream.write_all(head.replace("Content-Length: 0", "Transfer-Encoding: chunked").as_bytes()).unwrap();
    let chunk = [b"10000\r\n".as_slice(), &vec![b'x'; 0x10000], b"\r\n"].concat();
    let sent = (0..10_000).take_while(|_| stream.write_all(&chunk).is_ok()).count();
    assert!(sent < 1000, "{sent} chunks were taken");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 413"), "{}", String::from_utf8_lossy(&answer));
    assert_eq!(inputs(&folder), Vec::<String>::new());
    assert_eq!(files(&folder.path("p/.parts")), Vec::<String>::new());
    // One within it is taken.
    assert_eq!(server.upload(&project, "a.xlsx", &sheet("a.xlsx", 5.0)).status, 200);
    server.finished(&project);
}

/// An archive whose one file is so many zeros.
fn bomb(mib: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.pdf", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1 << 20];
    (0..mib).for_each(|_| zip.write_all(&zeros).unwrap());
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_zip_bomb_costs_itself_alone() {
    let folder = shelf();
    let server = Server::start(&folder.path("."), &[]);
    let project = server.project("p");
    assert_eq!(server.upload(&project, "bomb.zip", &bomb(300)).status, 200);
    assert_eq!(server.upload(&project, "a.xlsx", &sheet("a.xlsx", 5.0)).status, 200);
    let rows = server.finished(&project)["rows"].clone();
    let states: Vec<(&str, &str)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["source"].as_str().unwrap(), row["state"].as_str().unwrap()))
        .collect();
    assert_eq!(states, [("a.xlsx", "ok"), ("bomb.zip/a.pdf", "failed")], "{rows}");
}

#[test]
fn files_are_taken_out_by_ids_alone_and_the_last_one_leaves_no_results() {
    let folder = shelf();
    let server = Server::start(&folder.path("."), &[]);
    let project = server.project("p");
    assert_eq!(server.upload(&project, "甲/one.xlsx", &sheet("one.xlsx", 5.0)).status, 200);
    let row = server.finished(&project)["rows"][0].clone();
    let remove = |id: &Value| server.post(&format!("{project}/api/remove"), &json!({"id": id}));
    let put_back = |id: &Value| server.post(&format!("{project}/api/put-back"), &json!({"id": id}));
    for wrong in ["甲/one.xlsx", "../p/inputs/甲/one.xlsx", "../../project.json", "", "/etc/passwd"] {
        assert_eq!((remove(&json!(wrong)).status, put_back(&json!(wrong)).status), (409, 409), "{wrong}");
    }
    assert_eq!(remove(&json!(["甲"])).status, 400);
    assert_eq!(inputs(&folder), ["甲/one.xlsx"]);
    let removed = remove(&row["file"]).json()["id"].clone();
    assert!(inputs(&folder).is_empty() && folder.path("p/removed/甲/one.xlsx").is_file());
    // What was read of it is found no longer, by nobody.
    let listing = server.finished(&project);
    assert_eq!(listing["rows"], json!([]));
    assert_eq!(listing["removed"], json!([{"id": removed, "name": "甲/one.xlsx"}]));
    let document = format!("{project}/d/{}/", row["doc_id"].as_str().unwrap());
    let start = std::time::Instant::now();
    while server.get(&document).status != 404 {
        assert!(start.elapsed().as_secs() < 60);
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(folder.path("p/out.removed").is_dir() && !folder.path("p/out").exists());
    assert_eq!(put_back(&removed).status, 200);
    assert_eq!(put_back(&removed).status, 409);
    assert_eq!(server.finished(&project)["rows"][0]["doc_id"], row["doc_id"]);
    assert!(!folder.path("p/out.removed").exists());
}

#[test]
fn a_session_is_ended_and_whoever_opens_an_address_is_told_what_to_do() {
    let folder = shelf();
    let server = Server::start(&folder.path("."), &[]);
    let (host, own) = (&server.host, &server.cookie);
    let token = server.address.split_once("/?").unwrap().1;
    let entered = server.raw(&format!("GET /?{token} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), b"");
    let other = cookie_of(&entered);
    let open = |path: &str, cookie: &str| {
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
        );
        server.raw(&head, b"")
    };
    assert_eq!((open("/", own).status, open("/", &other).status), (200, 200));
    let sessions = server.get("/api/sessions").json()["sessions"].clone();
    let foreign = sessions.as_array().unwrap().iter().find(|one| one["own"] == false).unwrap();
    // What a page calls a session is no secret of it.
    assert!(!sessions.to_string().contains(other.split_once('=').unwrap().1));
    let end = |id: &Value| server.post("/api/sessions/end", &json!({"id": id})).status;
    assert_eq!((end(&json!("00")), end(&foreign["id"]), end(&foreign["id"])), (404, 200, 404));
    assert_eq!(open("/", own).status, 200);
    let (ended, nothing) = (open("/", &other), open("/p/%3Cscript%3E/", own));
    assert_eq!((ended.status, nothing.status), (403, 404));
    for page in [ended, nothing] {
        assert!(page.head.contains("text/html") && page.head.contains("content-security-policy"), "{}", page.head);
        assert!(page.text().contains("lang=\"zh-CN\"") && page.text().contains("lang=\"en\""));
        assert!(!page.text().contains("<script"), "{}", page.text());
    }
    // Its style is for everybody, and nothing else is.
    assert_eq!((open("/a/app.css", "").status, open("/a/main.js", "").status), (200, 403));
}

#[test]
fn killed_in_mid_upload_nothing_is_lost_or_doubled() {
    let folder = shelf();
    let (one, two) = (sheet("one.xlsx", 5.0), sheet("two.xlsx", 7.0));
    let mut server = Server::start(&folder.path("."), &[]);
    let project = server.project("p");
    assert_eq!(server.upload(&project, "one.xlsx", &one).status, 200);
    let path = format!("{project}/api/upload?label=two.xlsx");
    let mut stream = TcpStream::connect(&server.host).unwrap();
    stream.write_all(server.head("POST", &path, two.len()).as_bytes()).unwrap();
    stream.write_all(&two[..two.len() / 2]).unwrap();
    while files(&folder.path("p/.parts")).is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    server.kill();
    drop(stream);
    let server = Server::start(&folder.path("."), &[]);
    assert_eq!(server.get("/api/projects").json()["projects"].as_array().unwrap().len(), 1);
    assert_eq!(inputs(&folder), ["one.xlsx"]);
    assert!(!folder.path("p/.parts").exists());
    // The run that was wanted goes on by itself; what is dropped again is there once.
    assert_eq!(server.finished(&project)["rows"].as_array().unwrap().len(), 1);
    assert_eq!(server.upload(&project, "one.xlsx", &one).json(), json!({"source": "one.xlsx", "known": true}));
    assert_eq!(server.upload(&project, "two.xlsx", &two).json(), json!({"source": "two.xlsx", "known": false}));
    let rows = server.finished(&project)["rows"].clone();
    let done: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| (row["source"].clone(), row["state"].clone())).collect();
    assert_eq!(done, [(json!("one.xlsx"), json!("ok")), (json!("two.xlsx"), json!("ok"))]);
}

#[test]
fn the_command_line_goes_on_with_a_project_and_an_output_folder_is_served() {
    let folder = shelf();
    let server = Server::start(&folder.path("."), &[]);
    let project = server.project("p");
    server.upload(&project, "one.xlsx", &sheet("one.xlsx", 5.0));
    server.finished(&project);
    folder.sheet("p/inputs/two.xlsx", 9.0);
    assert_eq!(convert(&folder.path("p/inputs"), &folder.path("p/out")), 0);
    let listing = server.get(&format!("{project}/api/files")).json();
    assert_eq!(listing["rows"][1]["state"], "ok", "{listing}");
    drop(server);
    let server = Server::start(&folder.path("p/out"), &[]);
    let project = format!("/p/{}", server.get("/api/projects").json()["projects"][0]["id"].as_str().unwrap());
    let listing = server.get(&format!("{project}/api/files")).json();
    assert_eq!((&listing["takesFiles"], listing["rows"].as_array().unwrap().len()), (&json!(false), 2));
    assert_eq!(server.upload(&project, "x.xlsx", &sheet("x.xlsx", 11.0)).status, 409);
    let doc = listing["rows"][0]["doc_id"].as_str().unwrap();
    assert_eq!(server.get(&format!("{project}/d/{doc}/")).status, 200);
    assert!(server.get(&format!("{project}/d/{doc}/{doc}/data.js")).text().starts_with("yusuanReview.openDocument({"));
}

#[test]
fn paths_are_copied_once_and_only_those_of_this_machine() {
    let folder = shelf();
    folder.sheet("here/部门/one.xlsx", 5.0);
    folder.sheet("here/two.xlsx", 7.0);
    let server = Server::start(&folder.path("."), &[]);
    let project = server.project("p");
    let here = folder.path("here").display().to_string();
    for _ in 0..2 {
        let came = server.post(&format!("{project}/api/paths"), &json!({"paths": [here]}));
        assert_eq!(came.status, 200, "{}", came.text());
    }
    assert_eq!(inputs(&folder), ["two.xlsx", "部门/one.xlsx"]);
    for wrong in ["/nothing/there.pdf", "https://example.com/a.pdf", "s3://bucket/a"] {
        let came = server.post(&format!("{project}/api/paths"), &json!({"paths": [wrong]}));
        assert!(came.status == 400 && came.json()["error"].as_str().unwrap().contains(wrong), "{}", came.text());
    }
    server.finished(&project);
}

/// The value of a cell of the first sheet that has it.
fn holds(workbook: &[u8], wanted: f64) -> bool {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook.to_vec())).unwrap();
    let sheets = workbook.worksheets();
    sheets.iter().any(|(_, range)| range.cells().any(|(.., cell)| cell.to_string() == wanted.to_string()))
}

#[test]
fn a_correction_is_in_the_page_the_downloads_and_the_results() {
    let folder = shelf();
    let server = Server::start(&folder.path("."), &[]);
    let project = server.project("p");
    server.upload(&project, "one.xlsx", &sheet("one.xlsx", 5.0));
    let doc = server.finished(&project)["rows"][0]["doc_id"].as_str().unwrap().to_owned();
    let data = server.get(&format!("{project}/d/{doc}/{doc}/data.js")).text();
    let correction = json!({"table_id": "t01", "row": 5, "col": 3, "printed": "4", "corrected": "777", "by": "甲", "at": "2026-01-01T00:00:00Z", "note": ""});
    let path = format!("{project}/api/d/{doc}/corrections");
    let came = server.post(&path, &json!({"corrections": [correction], "known": [], "who": "甲"}));
    assert_eq!(came.status, 200, "{}", came.text());
    let answer = came.json();
    assert!(answer["document"]["checks"].to_string().contains("7770000") && answer["took_ms"].is_u64(), "{answer}");
    // At once on the page and in the workbook, soon in the results.
    assert!(server.get(&format!("{project}/d/{doc}/{doc}/data.js")).text().contains("7770000"));
    assert!(holds(&server.get(&format!("{project}/get/d/{doc}/workbook.xlsx")).body, 777.0));
    let panel = server.get(&format!("{project}/get/panel.csv"));
    assert!(
        panel.head.contains("attachment; filename*=utf-8''p-panel.csv") && panel.text().contains("concept"),
        "{}",
        panel.head
    );
    assert!(fs::read_to_string(folder.path("p/out/facts.csv")).unwrap().contains("7770000"));
    let zip = server.get(&format!("{project}/get/all.zip")).body;
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut facts = String::new();
    zip.by_name("facts.csv").unwrap().read_to_string(&mut facts).unwrap();
    assert!(facts.contains("7770000") && zip.by_name(".yusuan/manifest.jsonl").is_err());
    assert!(server.get(&format!("{project}/get/overview.xlsx")).body.starts_with(b"PK"));
    let log = server.get(&format!("{project}/api/d/{doc}/log")).json();
    assert_eq!(log["changes"][0]["who"], "甲", "{log}");
    // Doubts: looked at, kept over a restart.
    let doubts = server.get(&format!("{project}/api/doubts")).json();
    let place = doubts["doubts"][0]["doubt"]["place"].clone();
    let came =
        server.post(&format!("{project}/api/d/{doc}/looked"), &json!({"place": place, "looked": true, "who": "乙"}));
    assert_eq!(came.json()["looked"], 1, "{}", came.text());
    drop(server);
    let server = Server::start(&folder.path("."), &[]);
    let doubts = server.get(&format!("{project}/api/doubts")).json();
    assert_eq!((&doubts["doubts"][0]["looked"], &doubts["doubts"][0]["by"]), (&json!(true), &json!("乙")), "{doubts}");
    // Taken back.
    let known = &answer["document"]["corrections"];
    let came = server.post(&path, &json!({"corrections": [], "known": known, "who": "甲"}));
    assert_eq!(came.json()["document"]["corrections"], json!([]), "{}", came.text());
    assert_eq!(server.get(&format!("{project}/d/{doc}/{doc}/data.js")).text(), data);
}

#[test]
fn rows_are_found_by_number_and_word_and_years_are_compared() {
    let folder = shelf();
    let server = Server::start(&folder.path("."), &[]);
    let project = server.project("p");
    let found = |query: &str| {
        let query = escaped(query);
        server.get(&format!("{project}/api/search?q={query}")).json()
    };
    server.upload(&project, "三门峡市科学技术协会2023年部门预算.xlsx", &sheet("one.xlsx", 1234.5));
    server.upload(&project, "三门峡市科学技术协会2024年部门预算.xlsx", &sheet("two.xlsx", 2000.0));
    server.finished(&project);
    for query in ["1,234.5", "1234.5", "12345000", "1234.5万元", "科普", "机构 运行"] {
        let found = found(query);
        assert!(
            found["all"].as_u64().unwrap() > 0 && found["hits"][0]["place"].as_str().unwrap().starts_with("t01!R"),
            "{query}: {found}"
        );
    }
    assert_eq!(found("没有这个词")["all"], 0);
    let bodies = server.get(&format!("{project}/api/bodies")).json();
    if let [a, b] = bodies[0]["documents"].as_array().unwrap().as_slice() {
        let (a, b) = (a["doc_id"].as_str().unwrap(), b["doc_id"].as_str().unwrap());
        let compared = server.get(&format!("{project}/api/compare?a={a}&b={b}")).json();
        assert_eq!(compared["lines"][0]["change"].as_str().unwrap().trim_start_matches('-'), "7655000", "{compared}");
    } else {
        panic!("{bodies}");
    }
}

#[test]
fn elsewhere_a_password_is_asked_for() {
    let folder = shelf();
    let refused =
        yusuan().args(["serve", "--host", "0.0.0.0", "--port", "0"]).arg(folder.path("shelf")).assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("--password-file"));
    let short = folder.file("short", b"short\n");
    yusuan().args(["serve", "--host", "0.0.0.0", "--port", "0", "--password-file"]).arg(short).assert().code(2);
    let file = folder.file("password", "long enough 密码\n".as_bytes());
    let server =
        Server::start(&folder.path("shelf"), &["--host", "0.0.0.0", "--password-file", file.to_str().unwrap()]);
    assert!(!server.address.contains("token"));
    let ask = |method: &str, path: &str, body: &str| -> Came {
        let host = &server.host;
        server.raw(
            &format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len()),
            body.as_bytes(),
        )
    };
    assert!(ask("GET", "/api/projects", "").text().contains("type=\"password\""));
    // A browser that opens the address says that it wants a page.
    let host = &server.host;
    let opened = server
        .raw(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/html,*/*\r\nConnection: close\r\n\r\n"), b"");
    assert!(opened.status == 401 && opened.text().contains("type=\"password\""), "{}", opened.text());
    assert_eq!(ask("GET", "/a/files.js", "").status, 401);
    assert_eq!(ask("GET", "/a/login.js", "").status, 200);
    let right = ask("POST", "/login", "password=long+enough+%E5%AF%86%E7%A0%81");
    assert_eq!(right.status, 303, "{}", right.head);
    let cookie = cookie_of(&right);
    let wrong = ask("POST", "/login", "password=guess");
    assert!(!wrong.head.contains("set-cookie") && wrong.head.contains("/?wrong=1"), "{}", wrong.head);
    let mut server = server;
    server.cookie = cookie;
    assert_eq!(server.get("/api/projects").status, 200);
    let project = server.project("p");
    let paths = server.post(&format!("{project}/api/paths"), &json!({"paths": ["/etc/passwd"]}));
    assert_eq!(paths.status, 403);
}

/// Encrypted under “open sesame”.
fn encrypted(kind: &str) -> Vec<u8> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/extract/tests/fixtures");
    fs::read(fixtures.join(format!("password.{kind}"))).unwrap()
}

/// Whether the rows of a project wait for a password.
fn locked(listing: &Value) -> Vec<bool> {
    let rows = listing["rows"].as_array().unwrap().iter();
    rows.map(|row| row["locked"] == true && row["state"] == "failed").collect()
}

/// A project with an encrypted PDF and workbook, read once, and the ids of the two.
fn encrypted_project(server: &Server) -> (String, [String; 2]) {
    let project = server.project("p");
    for kind in ["xlsx", "pdf"] {
        assert_eq!(server.upload(&project, &format!("a.{kind}"), &encrypted(kind)).status, 200);
    }
    let listing = server.finished(&project);
    assert_eq!(locked(&listing), [true, true], "{listing}");
    let id = |row: usize| listing["rows"][row]["doc_id"].as_str().unwrap().to_owned();
    (project, [id(0), id(1)])
}

fn give(server: &Server, project: &str, doc: &str, password: &str) -> Came {
    server.post(&format!("{project}/api/d/{doc}/password"), &json!({"password": password}))
}

#[test]
fn a_password_opens_a_file_of_a_project_and_is_kept_for_its_owner_alone() {
    let folder = shelf();
    let server = Server::start(&folder.path("."), &[]);
    let (project, docs) = encrypted_project(&server);
    let file = folder.path("p/passwords.json");
    // A wrong one is told in both languages, and kept nowhere.
    for wrong in ["", "open", "open sesame "] {
        let came = give(&server, &project, &docs[0], wrong);
        assert!(came.status >= 400 && came.text().contains("密码不对"), "{}", came.text());
        assert_eq!(came.json()["error_en"], "the password is wrong and does not open the file");
        assert!(!file.exists() && !came.text().contains("sesame"));
    }
    for (row, doc) in docs.iter().enumerate() {
        assert_eq!(give(&server, &project, doc, "open sesame").status, 200);
        assert!(!locked(&server.finished(&project))[row]);
    }
    assert!(fs::read_to_string(&file).unwrap().contains("open sesame"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // It is in no other file, and in nothing that the server hands out.
    for name in files(&folder.path("p")).iter().filter(|name| name.as_str() != "passwords.json") {
        let bytes = fs::read(folder.path("p").join(name)).unwrap();
        assert!(!bytes.windows(11).any(|part| part == b"open sesame"), "{name}");
    }
    for path in ["get/all.zip", "api/files", "passwords.json", "get/passwords.json"] {
        let came = server.get(&format!("{project}/{path}"));
        assert!(!came.text().contains("sesame") && !came.text().contains("passwords.json"), "{path}");
    }
    // What no password of ours opens says so.
    server.upload(&project, "plain.xlsx", &sheet("plain.xlsx", 5.0));
    let plain = server.finished(&project)["rows"][2]["doc_id"].as_str().unwrap().to_owned();
    assert!(give(&server, &project, &plain, "x").json()["error_en"].as_str().unwrap().contains("can't be opened"));
}

#[test]
fn an_encrypted_file_is_corrected_drawn_on_and_read_by_the_command_line() {
    let folder = shelf();
    let server = Server::start(&folder.path("."), &[]);
    let (project, docs) = encrypted_project(&server);
    for doc in &docs {
        assert_eq!(give(&server, &project, doc, "open sesame").status, 200);
    }
    server.finished(&project);
    let hints =
        [json!({"kind": "not_a_table", "page": 1, "bbox": [0, 0, 600, 800]}), json!({"kind": "no_table", "table": 1})];
    for ((doc, printed), hint) in docs.iter().zip(["1,234.50", "1234.5"]).zip(hints) {
        let page = server.get(&format!("{project}/d/{doc}/{doc}/data.js"));
        assert!(page.status == 200 && page.text().contains("Office"), "{}", page.text());
        let change = |what: &str, value: &Value| {
            let came = server.post(&format!("{project}/api/d/{doc}/{what}"), value);
            assert_eq!(came.status, 200, "{}", came.text());
            came.text()
        };
        let correction = json!({"table_id": "t01", "row": 2, "col": 2, "printed": printed, "corrected": "77", "by": "甲", "at": "2026-01-01T00:00:00Z", "note": ""});
        let came = change("corrections", &json!({"corrections": [correction], "known": [], "who": "甲"}));
        assert!(came.contains("\"77\""), "{came}");
        assert!(!change("hints", &json!({"hints": [hint], "who": "甲"})).contains("\"Office\""));
        assert!(change("hints", &json!({"hints": [], "who": "甲"})).contains("\"Office\""));
    }
    assert_eq!(locked(&server.finished(&project)), [false, false]);
    drop(server);
    let path = |name: &str| folder.path("p").join(name).to_str().unwrap().to_owned();
    let run = |out: &str| {
        let words = ["convert", &path("inputs"), "-o", &path(out), "--passwords", &path("passwords.json")];
        yusuan().args(words).assert()
    };
    run("out2").code(0);
    let csv = fs::read_to_string(folder.path("p/out2/documents.csv")).unwrap();
    assert!(csv.contains("a.pdf") && !csv.contains("密码"), "{csv}");
    // A file that is wrong is told without what stands in it.
    fs::write(path("passwords.json"), "{\"version\": 1, \"passwords\": [{\"password\": \"open sesame\"}]}").unwrap();
    let came = run("out3").code(2);
    let said = String::from_utf8_lossy(&came.get_output().stderr).into_owned();
    assert!(said.contains("doc_id") && !said.contains("sesame"), "{said}");
}

#[test]
fn refusals_come_in_both_languages_whatever_the_terminal_speaks() {
    for language in ["zh", "en"] {
        let folder = shelf();
        let server = Server::start(&folder.path("."), &["--lang", language, "--upload-limit", "1"]);
        let project = server.project("p");
        let large = server.upload(&project, "a.pdf", &vec![0; (1 << 20) + 1]).json();
        let paths = server.post(&format!("{project}/api/paths"), &json!({"paths": ["/nowhere/a.pdf"]})).json();
        let nothing = server.get("/nothing").json();
        for (came, zh, en) in [
            (large, "文件超过 1 MiB，没有收下", "the file has more than 1 MiB and was not taken"),
            (paths, "/nowhere/a.pdf：找不到这个文件或文件夹", "/nowhere/a.pdf: no such file or folder"),
            (nothing, "没有这个页面或文件", "there is no such page or file"),
        ] {
            assert_eq!((came["error"].as_str(), came["error_en"].as_str()), (Some(zh), Some(en)), "{came}");
        }
    }
}
