//! A browser without a window, to open a report as a person would: driven over its debugging protocol.

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tungstenite::{Message, WebSocket, client};

/// An open page, and all that happened on it.
pub(crate) struct Page {
    browser: Child,
    socket: WebSocket<TcpStream>,
    session: String,
    next: u64,
    /// Messages of the page that nobody asked for, in order.
    events: Vec<Value>,
    _profile: TempDir,
}

/// Where Debian and others put it.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

impl Page {
    /// Opens the file at `path`; `None` where there is no browser.
    pub(crate) fn open(path: &Path) -> Option<Self> {
        let profile = tempfile::tempdir().unwrap();
        let start = |name: &&str| {
            Command::new(name)
                .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
                .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
                .args(["--remote-debugging-port=0", "--window-size=1280,1000"])
                .arg(format!("--user-data-dir={}", profile.path().display()))
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .ok()
        };
        let mut browser = NAMES.iter().find_map(start)?;
        let said = BufReader::new(browser.stderr.take().unwrap());
        let mut lines = said.lines().map(|line| line.expect("the browser speaks UTF-8"));
        let url = lines
            .find_map(|line| line.strip_prefix("DevTools listening on ").map(str::to_owned))
            .expect("the browser says where it listens");
        // It goes on talking, and would stop if nobody listened.
        std::thread::spawn(move || lines.for_each(drop));
        let address = url.trim_start_matches("ws://").split('/').next().unwrap();
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let (socket, _) = client(&url, stream).unwrap();
        let mut page = Self { browser, socket, session: String::new(), next: 0, events: Vec::new(), _profile: profile };
        let target = page.ask("Target.createTarget", &json!({"url": "about:blank"}));
        let attached = page.ask("Target.attachToTarget", &json!({"targetId": target["targetId"], "flatten": true}));
        attached["sessionId"].as_str().unwrap().clone_into(&mut page.session);
        for domain in ["Runtime.enable", "Log.enable", "Network.enable", "Page.enable"] {
            page.ask(domain, &json!({}));
        }
        page.ask("Page.navigate", &json!({"url": format!("file://{}", path.display())}));
        while !page.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            page.listen();
        }
        Some(page)
    }

    /// What `script` comes to on the page.
    pub(crate) fn run(&mut self, script: &str) -> Value {
        let answer = self.ask("Runtime.evaluate", &json!({"expression": script, "returnByValue": true}));
        assert!(answer["exceptionDetails"].is_null(), "{script}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Sets the page as it is printed on paper `width` points of the browser wide.
    pub(crate) fn print(&mut self, width: u32) {
        self.run("dispatchEvent(new Event('beforeprint'))");
        self.ask("Emulation.setEmulatedMedia", &json!({"media": "print"}));
        let size = json!({"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": false});
        self.ask("Emulation.setDeviceMetricsOverride", &size);
    }

    /// What the page complained of: messages of its console, exceptions, and what its policy forbade.
    pub(crate) fn complaints(&self) -> Vec<&Value> {
        let is_one = |event: &&Value| {
            ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"]
                .contains(&event["method"].as_str().unwrap_or_default())
        };
        self.events.iter().filter(is_one).collect()
    }

    /// The addresses it asked for, itself and what is written in an address aside.
    pub(crate) fn requests(&self) -> Vec<&str> {
        let asked = self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        let addresses = asked.filter_map(|event| event["params"]["request"]["url"].as_str());
        addresses.filter(|address| !address.starts_with("data:")).skip(1).collect()
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = self.next;
        let mut message = json!({"id": id, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = self.session.clone().into();
        }
        self.socket.send(Message::text(message.to_string())).unwrap();
        loop {
            let answer = self.listen();
            if answer["id"] == id {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    fn listen(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().expect("the browser answers") {
                let message: Value = serde_json::from_str(&text).unwrap();
                if message["id"].is_null() {
                    self.events.push(message.clone());
                }
                return message;
            }
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // Either fails only if the browser has ended already.
        self.browser.kill().ok();
        self.browser.wait().ok();
    }
}
