//! Which request gets which answer. Pages name projects, files and documents by ids; no path ever comes from a browser, but for
//! those that somebody at this machine types.

use super::app::App;
use super::guard::Verdict;
use super::http::{self, Answer, json, moved, nothing, parameter, refused};
use super::project::Project;
use super::{assets, compare, download, listing, looked, removed, review, search, upload, work};
use crate::language::{Language, of_the_terminal, said};
use crate::run::{Desk, Unlocked};
use hyper::body::Incoming;
use hyper::{Method, Request, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};
use std::net::IpAddr;
use std::sync::Arc;

/// Bytes of a request that is no upload.
const MOST: usize = 8 << 20;

/// Bytes of a password with its name.
const LONGEST_PASSWORD: usize = 4 << 10;

/// What a request may be about, after its check. Whoever opens an address sees a page, with what to do where there is no other.
pub(super) async fn answer(app: Arc<App>, from: IpAddr, request: Request<Incoming>) -> Answer {
    let opens = assets::opens_a_page(request.method(), request.headers());
    let chosen = app.guard.language(request.headers()).unwrap_or(its_language());
    let answer = answer_to(app, from, request).await;
    // The page that asks for the password is one already.
    let is_page =
        answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if opens && !is_page && !answer.status().is_success() && !answer.status().is_redirection() {
        return assets::refusal(answer.status(), &http::sentence(&answer), chosen);
    }
    answer
}

async fn answer_to(app: Arc<App>, from: IpAddr, mut request: Request<Incoming>) -> Answer {
    let token = parameter(request.uri().query(), "token");
    let verdict = app.guard.judge(request.method(), request.uri(), request.headers(), token.as_deref());
    let path = request.uri().path().to_owned();
    match verdict {
        Verdict::Pass => {}
        Verdict::Enter => return let_in(&app, from, &request),
        Verdict::WrongHost => return refused(StatusCode::MISDIRECTED_REQUEST, &said::wrong_host()),
        Verdict::Foreign => return refused(StatusCode::FORBIDDEN, &said::foreign_page()),
        Verdict::Unknown if path == assets::STYLE_OF_ALL => return assets::file("app.css"),
        Verdict::Unknown => return refused(StatusCode::FORBIDDEN, &said::open_the_first_address()),
        Verdict::Login if path == "/login" && request.method() == Method::POST => {
            return enter(&app, from, request).await;
        }
        Verdict::Login => {
            let name = path.strip_prefix("/a/").filter(|name| assets::is_for_everybody(name));
            return name.map_or_else(assets::login, assets::file);
        }
    }
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match (request.method().clone(), parts.as_slice()) {
        (Method::GET, [""]) => assets::application(),
        (Method::GET, ["a", name]) => assets::file(name),
        // Browsers ask for it wherever a page names none.
        (Method::GET, ["favicon.ico"]) => http::bytes("image/x-icon", ""),
        (Method::GET, ["api", "projects"]) => apart(move || json(&shelf(&app))).await,
        (Method::GET, ["api", "sessions"]) => json(&sessions(&app, request.headers())),
        (Method::POST, ["api", "sessions", "end"]) => match sent::<One>(&mut request).await {
            Ok(one) => end(&app, &one.id),
            Err(refusal) => refusal,
        },
        (Method::POST, ["api", "projects"]) => match sent::<Named>(&mut request).await {
            Ok(named) => apart(move || add(&app, &named.name)).await,
            Err(refusal) => refusal,
        },
        (_, ["p", id, rest @ ..]) => match app.projects.get(id) {
            Some(project) => {
                let rest: Vec<String> = rest.iter().map(|part| (*part).to_owned()).collect();
                of_project(app, project, &rest, request).await
            }
            None => nothing(),
        },
        _ => nothing(),
    }
}

async fn of_project(app: Arc<App>, project: Arc<Project>, rest: &[String], mut request: Request<Incoming>) -> Answer {
    let parts: Vec<&str> = rest.iter().map(String::as_str).collect();
    let query = request.uri().query().map(str::to_owned);
    let method = request.method().clone();
    match (method, parts.as_slice()) {
        (Method::GET, [""]) => assets::application(),
        (Method::GET, ["api", "live"]) => http::coming(
            "text/event-stream",
            project.live.listen(&app.guard.session(request.headers()).unwrap_or_default()),
        ),
        (Method::POST, ["api", "upload"]) => upload::upload(project, request, app.largest).await,
        (Method::GET, _) => {
            let (rest, language) = (rest.to_vec(), app.guard.language(request.headers()).unwrap_or(its_language()));
            apart(move || get(&app, &project, &rest, query.as_deref(), language)).await
        }
        (Method::POST, _) => {
            let rest = rest.to_vec();
            match sent::<Value>(&mut request).await {
                Ok(value) => apart(move || post(&app, &project, &rest, value)).await,
                Err(refusal) => refusal,
            }
        }
        _ => nothing(),
    }
}

fn get(app: &App, project: &Arc<Project>, rest: &[String], query: Option<&str>, language: &str) -> Answer {
    let parts: Vec<&str> = rest.iter().map(String::as_str).collect();
    let of = |name: &str| parameter(query, name).unwrap_or_default();
    match parts.as_slice() {
        ["api", "files"] => json(&listing::listing(project, &app.doubts(project), app.largest)),
        ["api", "doubts"] => json(&doubts(app, project)),
        ["api", "search"] => {
            search::search(project, &of("q")).map_or_else(|error| http::failed(&error.into()), |found| json(&found))
        }
        ["api", "bodies"] => json(&compare::bodies(project)),
        ["api", "compare"] if [of("a"), of("b")].iter().any(|id| project.source_of(id).is_none()) => nothing(),
        ["api", "compare"] => compare::compare(project, &of("a"), &of("b"))
            .map_or_else(|error| http::failed(&error), |lines| json(&lines)),
        ["api" | "get" | "d", ..] if project.manifest().is_none() => nothing(),
        ["get", "d", id, "workbook.xlsx"] => with_desk(app, project, id, |desk| download::workbook(desk, id)),
        ["api", "d", id, "log"] => {
            with_desk(app, project, id, |desk| given(desk.log(Some(id)).map(|changes| json!({"changes": changes}))))
        }
        ["api", "d", id, "hints"] => {
            with_desk(app, project, id, |desk| given(desk.hints_of(id).map(|hints| json!({"hints": hints}))))
        }
        ["get", name] => download::whole(project, name),
        ["d", id, ""] => opened(app, project, id, language),
        ["d", id, rest @ ..] => with_desk(app, project, id, |desk| review::file(project, desk, id, rest)),
        _ => nothing(),
    }
}

/// The page of a document, which is made ready to be corrected meanwhile.
fn opened(app: &App, project: &Project, id: &str, language: &str) -> Answer {
    if let (true, Ok(desk)) = (project.source_of(id).is_some(), app.desk(project)) {
        let id = id.to_owned();
        // If it can't be made ready, the first correction says why.
        drop(std::thread::Builder::new().name("prepare".to_owned()).spawn(move || drop(desk.prepare(&id))));
    }
    review::of_document(project, id, language)
}

fn given(outcome: anyhow::Result<Value>) -> Answer {
    outcome.map_or_else(|error| http::failed(&error), |value| json(&value))
}

/// What a desk answers about a document of a project.
fn with_desk(app: &App, project: &Project, doc_id: &str, work: impl FnOnce(&Desk) -> Answer) -> Answer {
    if project.source_of(doc_id).is_none() {
        return nothing();
    }
    app.desk(project).map_or_else(|error| http::failed(&error), |desk| work(&desk))
}

/// What a desk changed is in the results after the next run.
fn changed(project: &Arc<Project>, answer: Answer) -> Answer {
    if answer.status() == StatusCode::OK {
        work::want(project);
    }
    answer
}

fn post(app: &App, project: &Arc<Project>, rest: &[String], value: Value) -> Answer {
    let parts: Vec<&str> = rest.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["api", "paths"] => match Paths::deserialize(value) {
            // A path of this machine is for those who sit at it.
            Ok(_) if !app.guard.is_of_this_machine() => {
                refused(StatusCode::FORBIDDEN, &said::no_paths_from_elsewhere())
            }
            Ok(sent) => match upload::copy(project, &sent.paths, app.largest) {
                Ok(stored) => json(&stored),
                Err(error) => http::refused_for(StatusCode::BAD_REQUEST, &error),
            },
            Err(_) => not_understood(),
        },
        ["api", "remove"] => match One::deserialize(value) {
            Ok(one) => moved_file(project, removed::take_out(project, &one.id).map(|id| json!({"id": id}))),
            Err(_) => not_understood(),
        },
        ["api", "put-back"] => match One::deserialize(value) {
            Ok(one) => moved_file(project, removed::put_back(project, &one.id).map(|()| json!({}))),
            Err(_) => not_understood(),
        },
        ["api", "run"] => {
            work::want(project);
            json(&json!({}))
        }
        ["api", "d", id, "looked"] => match Looked::deserialize(value) {
            Ok(sent) => look(app, project, id, &sent),
            Err(_) => not_understood(),
        },
        ["api", "d", id, "corrections"] => match review::Corrected::deserialize(value) {
            Ok(sent) => changed(project, with_desk(app, project, id, |desk| review::correct(desk, id, &sent))),
            Err(_) => not_understood(),
        },
        ["api", "d", id, "password"] => match Opened::deserialize(value) {
            Ok(sent) => with_desk(app, project, id, |desk| unlock(project, desk, id, &sent.password)),
            Err(_) => not_understood(),
        },
        ["api", "d", id, "hints"] => match review::Hinted::deserialize(value) {
            Ok(sent) => changed(project, with_desk(app, project, id, |desk| review::hint(desk, id, &sent))),
            Err(_) => not_understood(),
        },
        _ => nothing(),
    }
}

/// Keeps what opens a file, and has it read; what does not is told, and forgotten.
fn unlock(project: &Arc<Project>, desk: &Desk, id: &str, password: &str) -> Answer {
    if password.is_empty() || password.len() > LONGEST_PASSWORD {
        return refused(StatusCode::BAD_REQUEST, &said::wrong_password_of_file());
    }
    match desk.unlock(id, password) {
        Ok(Unlocked::Opens) => {
            if let Some(source) = project.source_of(id) {
                project.live.file(&source, json!({"state": "waiting"}));
            }
            work::want(project);
            json(&json!({}))
        }
        Ok(Unlocked::Wrong) => refused(StatusCode::CONFLICT, &said::wrong_password_of_file()),
        Ok(Unlocked::NeverOpens) => refused(StatusCode::CONFLICT, &said::encryption_not_known()),
        Err(error) => http::refused_for(StatusCode::CONFLICT, &error),
    }
}

/// What became of a file that was taken out or put back; the results follow with a run.
fn moved_file(project: &Arc<Project>, outcome: anyhow::Result<Value>) -> Answer {
    match outcome {
        Ok(value) => {
            project.live.tell("list", &json!({}));
            work::want(project);
            json(&value)
        }
        Err(error) => http::refused_for(StatusCode::CONFLICT, &error),
    }
}

/// Who was let in, the one who asks marked.
fn sessions(app: &App, headers: &header::HeaderMap) -> Value {
    let own = app.guard.session(headers);
    let line = |(id, one): (String, super::guard::Session)| {
        json!({"own": own.as_ref() == Some(&id), "id": id, "from": one.from.to_string(), "agent": one.agent,
               "began": one.began, "seen": one.seen})
    };
    let mut lines: Vec<Value> = app.guard.all().into_iter().map(line).collect();
    lines.sort_by_key(|line| line["began"].as_i64());
    json!({"sessions": lines})
}

/// Lets somebody in no longer; pages that listen are told nothing any more.
fn end(app: &App, id: &str) -> Answer {
    if !app.guard.end(id) {
        return nothing();
    }
    for project in app.projects.all() {
        project.live.part(id);
    }
    json(&json!({}))
}

/// The language of the terminal, for pages that name none.
fn its_language() -> &'static str {
    if of_the_terminal() == Language::En { "en" } else { "zh-CN" }
}

fn not_understood() -> Answer {
    refused(StatusCode::BAD_REQUEST, &said::not_understood())
}

/// The projects for the first page.
fn shelf(app: &App) -> Value {
    let line = |project: &Arc<Project>| {
        let files = project.manifest().map_or(0, |manifest| manifest.entries.len());
        json!({"id": project.id, "name": project.about.name, "made": project.about.made, "files": files,
               "run": project.live.now().0})
    };
    let projects: Vec<Value> = app.projects.all().iter().map(line).collect();
    json!({"projects": projects, "canAdd": app.projects.is_shelf, "paths": app.guard.is_of_this_machine()})
}

fn add(app: &App, name: &str) -> Answer {
    match app.projects.add(name) {
        Ok(project) => json(&json!({"id": project.id})),
        Err(error) => http::refused_for(StatusCode::BAD_REQUEST, &error),
    }
}

/// The doubts with what was looked at.
fn doubts(app: &App, project: &Project) -> Value {
    let doubts = app.doubts(project);
    let looked = looked::looked(project);
    let who = |doubt: &super::doubts::Doubt| looked.get(&(doubt.doc_id.clone(), doubt.place.clone()));
    let lines: Vec<Value> = doubts
        .all
        .iter()
        .map(|doubt| json!({"doubt": doubt, "looked": who(doubt).is_some(), "by": who(doubt).map(|(by, _)| by)}))
        .collect();
    json!({"doubts": lines, "more": doubts.more})
}

fn look(app: &App, project: &Project, doc_id: &str, sent: &Looked) -> Answer {
    let is_id = doc_id.len() <= 64 && doc_id.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_id || sent.place.len() > 200 || sent.who.len() > 200 {
        return not_understood();
    }
    // A file that could not be opened at all has no id.
    if !doc_id.is_empty() && project.source_of(doc_id).is_none() {
        return nothing();
    }
    if let Err(error) = looked::look(project, doc_id, &sent.place, &sent.who, sent.now) {
        return http::failed(&error);
    }
    let (all, _) = super::doubts::progress(project, &app.doubts(project));
    project.live.tell(
        "looked",
        &json!({"doc_id": doc_id, "place": sent.place, "looked": sent.now, "by": sent.who, "progress": all}),
    );
    json(&all)
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
}

/// What is meant by its id.
#[derive(Debug, Deserialize)]
struct One {
    id: String,
}

/// What opens a file.
#[derive(Deserialize)]
struct Opened {
    password: String,
}

#[derive(Debug, Deserialize)]
struct Paths {
    paths: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Looked {
    place: String,
    #[serde(rename = "looked")]
    now: bool,
    #[serde(default)]
    who: String,
}

/// Lets a browser in.
fn let_in(app: &App, from: IpAddr, request: &Request<Incoming>) -> Answer {
    let cookie = app.guard.cookie(from, request.headers());
    cookie.map_or_else(|error| http::failed(&error), |cookie| moved("/", Some(&cookie)))
}

/// Lets in whoever says the password.
async fn enter(app: &App, from: IpAddr, mut request: Request<Incoming>) -> Answer {
    let sent = match http::whole(request.body_mut(), LONGEST_PASSWORD).await {
        Ok(sent) => String::from_utf8_lossy(&sent).into_owned(),
        Err(refusal) => return refusal,
    };
    let password = parameter(Some(&sent), "password").unwrap_or_default();
    if app.guard.is_password(&password, from) { let_in(app, from, &request) } else { moved("/?wrong=1", None) }
}

/// What was sent as JSON.
async fn sent<T: for<'a> Deserialize<'a>>(request: &mut Request<Incoming>) -> Result<T, Answer> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return Err(not_understood());
    }
    let text = http::whole(request.body_mut(), MOST).await?;
    serde_json::from_slice(&text).map_err(|_| not_understood())
}

/// Work that reads files, beside the thread that listens.
async fn apart(work: impl FnOnce() -> Answer + Send + 'static) -> Answer {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| refused(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()))
}
