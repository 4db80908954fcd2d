//! A browser without a window, driven through its debugging interface (Chrome DevTools Protocol) over a web socket.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

/// Programs that understand the protocol, by the names that systems give them.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A shared or slow machine may take its time.
const PATIENCE: Duration = Duration::from_secs(90);

/// The installed browser.
pub(crate) fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name))).find(|file| file.is_file())
}

/// A running browser with one page.
pub(crate) struct Browser {
    process: Child,
    socket: WebSocket<TcpStream>,
    session: String,
    last: u64,
    /// What the page reported that no call was waiting for.
    events: Vec<Value>,
    /// The server whose pages may ask it.
    server: Option<String>,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Browser {
    /// Starts the browser with an empty profile below `folder`; what it downloads goes there too.
    pub(crate) fn start(program: &Path, folder: &Path) -> Self {
        let mut process = Command::new(program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"])
            .args(["--remote-debugging-port=0", "--window-size=1400,900", "--force-device-scale-factor=1"])
            .arg(format!("--user-data-dir={}", folder.join("profile").display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let address = address(&mut process);
        let host = address.strip_prefix("ws://").unwrap().split('/').next().unwrap();
        let stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (socket, _) = tungstenite::client(address.as_str(), stream).unwrap();
        let mut browser = Self { process, socket, session: String::new(), last: 0, events: Vec::new(), server: None };
        let target = browser.call("Target.createTarget", &json!({"url": "about:blank"}));
        let attached = browser.call("Target.attachToTarget", &json!({"targetId": target["targetId"], "flatten": true}));
        attached["sessionId"].as_str().unwrap().clone_into(&mut browser.session);
        for domain in ["Page.enable", "Runtime.enable", "Log.enable", "Network.enable"] {
            browser.call(domain, &json!({}));
        }
        let downloads = json!({"behavior": "allow", "downloadPath": folder.join("downloads")});
        browser.call("Browser.setDownloadBehavior", &downloads);
        browser.speak("zh-CN");
        browser
    }

    /// The language that the browser asks pages for.
    pub(crate) fn speak(&mut self, language: &str) {
        let version = self.call("Browser.getVersion", &json!({}));
        let parameters = json!({"userAgent": version["userAgent"], "acceptLanguage": language});
        self.call("Network.setUserAgentOverride", &parameters);
    }

    /// Calls a method and waits for its result.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.answer(method, parameters).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// What a method gives, or says is wrong.
    fn answer(&mut self, method: &str, parameters: &Value) -> Result<Value, Value> {
        self.last += 1;
        let mut request = json!({"id": self.last, "method": method, "params": parameters});
        if !self.session.is_empty() && !method.starts_with("Browser.") {
            request["sessionId"] = self.session.clone().into();
        }
        self.socket.send(Message::text(request.to_string())).unwrap();
        loop {
            let message = self.receive();
            if message["id"] == self.last {
                return message.get("error").cloned().map_or_else(|| Ok(message["result"].clone()), Err);
            }
            self.events.push(message);
        }
    }

    fn receive(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    /// The value of an expression on the page; a promise is waited for.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        self.evaluated(expression).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// The same, or why there is none: the page is being left, or what is asked for is not there.
    fn evaluated(&mut self, expression: &str) -> Result<Value, Value> {
        let parameters = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let result = self.answer("Runtime.evaluate", &parameters)?;
        result.get("exceptionDetails").cloned().map_or_else(|| Ok(result["result"]["value"].clone()), Err)
    }

    /// Waits until an expression holds on the page. A page that is being left while it is asked gives no answer, and one that is not
    /// whole yet may fail: the next time counts.
    pub(crate) fn wait(&mut self, expression: &str) {
        let start = Instant::now();
        loop {
            let found = self.evaluated(&format!("Boolean({expression})"));
            if found == Ok(Value::Bool(true)) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "never came true: {expression}: {found:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Opens an address and waits until it is loaded.
    pub(crate) fn open(&mut self, address: &str) {
        // The same address would not be loaded again.
        self.call("Page.navigate", &json!({"url": "about:blank"}));
        self.wait("location.href === 'about:blank'");
        self.call("Page.navigate", &json!({"url": address}));
        self.wait("location.protocol === 'file:' && document.readyState === 'complete'");
    }

    /// Opens a page of a server, which its pages may ask from now on.
    pub(crate) fn visit(&mut self, address: &str) {
        let host = address.split('/').take(3).collect::<Vec<_>>().join("/");
        self.server = Some(host.clone());
        self.call("Page.navigate", &json!({"url": "about:blank"}));
        self.wait("location.href === 'about:blank'");
        self.call("Page.navigate", &json!({"url": address}));
        self.wait(&format!("location.origin === '{host}' && document.readyState === 'complete'"));
    }

    /// Drops files onto the middle of an element.
    pub(crate) fn drop_files(&mut self, element: &str, files: &[PathBuf]) {
        let place = self.value(&format!(
            "(() => {{ const b = {element}.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()"
        ));
        for kind in ["dragEnter", "dragOver", "drop"] {
            let data = json!({"items": [], "files": files, "dragOperationsMask": 1});
            self.call("Input.dispatchDragEvent", &json!({"type": kind, "x": place[0], "y": place[1], "data": data}));
        }
    }

    /// Clicks with the mouse on the middle of the element that an expression gives.
    pub(crate) fn click(&mut self, element: &str) {
        let place = self.value(&format!(
            "(() => {{ const e = {element}; e.scrollIntoView({{block: 'center', inline: 'center'}});
             const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()"
        ));
        for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let parameters = json!({"type": kind, "x": place[0], "y": place[1], "button": button, "buttons": buttons, "clickCount": 1});
            self.call("Input.dispatchMouseEvent", &parameters);
        }
    }

    /// Presses a key.
    pub(crate) fn press(&mut self, key: &str) {
        let code = match key {
            "Enter" => 13,
            "ArrowUp" => 38,
            "ArrowDown" => 40,
            "ArrowLeft" => 37,
            "ArrowRight" => 39,
            "Escape" => 27,
            _ => 0,
        };
        let mut down = json!({"type": "rawKeyDown", "key": key, "code": key, "windowsVirtualKeyCode": code});
        if key == "Enter" {
            (down["type"], down["text"]) = ("keyDown".into(), "\r".into());
        }
        self.call("Input.dispatchKeyEvent", &down);
        self.call(
            "Input.dispatchKeyEvent",
            &json!({"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code}),
        );
    }

    /// Types text into the element that has the focus.
    pub(crate) fn insert(&mut self, text: &str) {
        self.call("Input.insertText", &json!({"text": text}));
    }

    /// Makes the window as large as a device's.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Everything on the console that is an error or a warning, every exception, and every address asked for that is
    /// not a file beside the page.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        self.value("1");
        let events = std::mem::take(&mut self.events);
        events.iter().filter_map(|event| complaint(event, self.server.as_deref())).collect()
    }
}

fn complaint(event: &Value, server: Option<&str>) -> Option<String> {
    let parameters = &event["params"];
    match event["method"].as_str()? {
        "Runtime.exceptionThrown" => Some(format!("exception: {}", parameters["exceptionDetails"])),
        "Runtime.consoleAPICalled" if ["error", "warning", "assert"].contains(&parameters["type"].as_str()?) => {
            Some(format!("console: {}", parameters["args"]))
        }
        "Log.entryAdded" if ["error", "warning"].contains(&parameters["entry"]["level"].as_str()?) => {
            Some(format!("log: {}", parameters["entry"]["text"]))
        }
        "Network.requestWillBeSent" => {
            let url = parameters["request"]["url"].as_str()?;
            let local = ["file:", "blob:", "data:", "about:"].iter().any(|scheme| url.starts_with(scheme));
            let own = server.is_some_and(|server| url.starts_with(&format!("{server}/")));
            (!local && !own).then(|| format!("request: {url}"))
        }
        _ => None,
    }
}

/// The address that the browser says it listens on. Its further words are read and thrown away, so that it never waits.
fn address(process: &mut Child) -> String {
    let mut words = BufReader::new(process.stderr.take().unwrap());
    let mut line = String::new();
    let address = loop {
        line.clear();
        assert!(words.read_line(&mut line).unwrap() > 0, "the browser ended");
        if let Some((_, address)) = line.split_once("DevTools listening on ") {
            break address.trim().to_owned();
        }
    };
    std::thread::spawn(move || std::io::copy(&mut words, &mut std::io::sink()));
    address
}
