//! A browser, driven as WebDriver says: a session of Chromium behind its driver.
//!
//! What a test needs of the protocol is a dozen commands, each a JSON document over HTTP. The crates for
//! it would be the largest that the tests stand on, and know neither the console nor the network.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Says that a browser has to be there, as on the machine that judges a change.
const REQUIRED: &str = "EXPLORER_BROWSER";
/// Where the script of axe-core is, which finds what bars people from a page.
const AXE: &str = "AXE_CORE";
/// How long anything is waited for; far more than it takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Which of the browser's windows a person looks at, and how bright their screen is.
pub const VIEWS: [(u32, &str); 4] = [
    (1280, "light"),
    (1280, "dark"),
    (390, "light"),
    (390, "dark"),
];

/// A browser with one window, ended when dropped.
pub struct Browser {
    driver: Child,
    session: String,
    axe: Option<String>,
    screenshots: PathBuf,
}

impl Browser {
    /// Starts one; none where there is none and none is required, which is said.
    pub fn start() -> Option<Self> {
        let is_required = env::var_os(REQUIRED).is_some();
        let axe = env::var(AXE).ok();
        if axe.is_none() {
            assert!(!is_required, "{AXE} must name axe.min.js of axe-core");
            eprintln!("not looked for: what bars people from the pages; {AXE} names no axe.min.js");
        }
        let axe = axe.map(|path| fs::read_to_string(path).unwrap());
        let started = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut driver = match started {
            Ok(driver) => driver,
            Err(error) => {
                assert!(!is_required, "no chromedriver: {error}");
                eprintln!("SKIPPED: there is no chromedriver, so that no page was looked at");
                return None;
            }
        };
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        // Who prints to nobody is ended.
        thread::spawn(move || lines.count());
        let mut browser = Self {
            driver,
            session: format!("http://127.0.0.1:{}", port.expect("a port")),
            axe,
            screenshots: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("explorer"),
        };
        let _ = fs::create_dir_all(&browser.screenshots);
        let arguments = [
            "--headless=new",
            // As root there is no other way, and what is opened is ours.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
        ];
        let asked = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }}});
        let begun = browser.command("POST", "/session", &asked);
        let id = begun["sessionId"].as_str().unwrap();
        browser.session = format!("{}/session/{id}", browser.session);
        browser.view(VIEWS[0]);
        Some(browser)
    }

    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let url = format!("{}{path}", self.session);
        let response = match method {
            "POST" => agent.post(&url).send(body.to_string()),
            _ => agent.delete(&url).call(),
        };
        let text = response.unwrap().body_mut().read_to_string().unwrap();
        let answer: Value = serde_json::from_str(&text).unwrap();
        let value = answer["value"].clone();
        assert!(value.get("error").is_none(), "{path}: {value:#}");
        value
    }

    /// Asks the browser itself, as its developer tools do.
    fn tools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.command("POST", "/goog/cdp/execute", &body)
    }

    pub fn open(&self, url: &str) {
        self.command("POST", "/url", &json!({"url": url}));
    }

    /// Runs a function in the page.
    pub fn run(&self, function: &str) -> Value {
        self.command(
            "POST",
            "/execute/sync",
            &json!({"script": function, "args": []}),
        )
    }

    /// What an expression is in the page.
    pub fn see(&self, expression: &str) -> Value {
        self.run(&format!("return {expression}"))
    }

    /// Waits until an expression is true in the page.
    pub fn wait(&self, expression: &str) {
        assert!(self.becomes(expression, PATIENCE), "never: {expression}");
    }

    /// Whether an expression becomes true in the page within a time.
    pub fn becomes(&self, expression: &str, within: Duration) -> bool {
        let begun = Instant::now();
        while self.see(&format!("Boolean({expression})")) != true {
            if begun.elapsed() > within {
                return false;
            }
            thread::sleep(Duration::from_millis(20));
        }
        true
    }

    /// Has the mouse press what a selector finds first.
    pub fn click(&self, selector: &str) {
        let id = self.find(selector);
        self.command("POST", &format!("/element/{id}/click"), &json!({}));
    }

    /// Writes into the field that a selector finds first, in the place of what is there.
    pub fn fill(&self, selector: &str, text: &str) {
        let id = self.find(selector);
        self.command("POST", &format!("/element/{id}/clear"), &json!({}));
        self.type_into(selector, text);
    }

    /// Writes into the field that a selector finds first; into one for a file, which file.
    pub fn type_into(&self, selector: &str, text: &str) {
        let id = self.find(selector);
        self.command(
            "POST",
            &format!("/element/{id}/value"),
            &json!({"text": text}),
        );
    }

    /// Chooses an option of a field by the value it has.
    pub fn choose(&self, selector: &str, value: &str) {
        self.click(&format!("{selector} option[value='{value}']"));
    }

    fn find(&self, selector: &str) -> String {
        let asked = json!({"using": "css selector", "value": selector});
        let found = self.command("POST", "/element", &asked);
        let id = found.as_object().and_then(|it| it.values().next());
        id.and_then(Value::as_str).unwrap().to_owned()
    }

    /// Presses keys one by one, wherever the focus is.
    pub fn press(&self, keys: &str) {
        let keys = keys.chars().flat_map(|key| {
            let key = key.to_string();
            [
                json!({"type": "keyDown", "value": key}),
                json!({"type": "keyUp", "value": key}),
            ]
        });
        let keyboard =
            json!({"type": "key", "id": "keyboard", "actions": keys.collect::<Vec<_>>()});
        self.command("POST", "/actions", &json!({"actions": [keyboard]}));
    }

    /// How wide the window is and how bright the screen.
    pub fn view(&self, (width, scheme): (u32, &str)) {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.tools("Emulation.setDeviceMetricsOverride", size);
        let scheme = json!({"name": "prefers-color-scheme", "value": scheme});
        // A click in the midst of a scroll meets something else.
        let motion = json!({"name": "prefers-reduced-motion", "value": "reduce"});
        self.tools(
            "Emulation.setEmulatedMedia",
            json!({"features": [scheme, motion]}),
        );
    }

    /// Whether pages may run scripts.
    pub fn scripts(&self, are_run: bool) {
        self.tools(
            "Emulation.setScriptExecutionDisabled",
            json!({"value": !are_run}),
        );
    }

    /// Keeps how the page looks in every view, and holds each against axe-core and its width.
    pub fn look(&self, name: &str) {
        for view in VIEWS {
            self.view(view);
            // From the top, and once the page is drawn as wide and as bright as it is now.
            let drawn = "const done = arguments[0]; scrollTo(0, 0); \
                         requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
            self.command(
                "POST",
                "/execute/async",
                &json!({"script": drawn, "args": []}),
            );
            let (width, scheme) = view;
            let beyond = self.see("document.documentElement.scrollWidth - innerWidth");
            assert_eq!(beyond, 0, "{name} is wider than {width}");
            self.screenshot(&format!("{name}-{width}-{scheme}"));
            self.judge(&format!("{name}, {width}, {scheme}"));
        }
        self.view(VIEWS[0]);
    }

    /// Keeps how the whole page looks.
    pub fn screenshot(&self, name: &str) {
        let height = self.tools("Page.getLayoutMetrics", json!({}))["cssContentSize"].clone();
        let clip = json!({"x": 0, "y": 0, "width": height["width"], "height": height["height"], "scale": 1});
        let asked = json!({"clip": clip, "captureBeyondViewport": true});
        let taken = self.tools("Page.captureScreenshot", asked);
        let image = STANDARD.decode(taken["data"].as_str().unwrap()).unwrap();
        fs::write(self.screenshots.join(format!("{name}.png")), image).unwrap();
    }

    /// Nothing that axe-core calls serious or worse is in the page.
    fn judge(&self, name: &str) {
        let Some(axe) = &self.axe else { return };
        let script = format!(
            "const done = arguments[0]; {axe}; axe.run({{resultTypes: ['violations']}}).then((it) => \
             done(it.violations.map((it) => `${{it.impact}}: ${{it.help}}: ${{it.nodes[0].html}}`)));"
        );
        let asked = json!({"script": script, "args": []});
        let found = self.command("POST", "/execute/async", &asked);
        let bars = |it: &&Value| {
            let text = it.as_str().unwrap();
            text.starts_with("serious") || text.starts_with("critical")
        };
        let serious: Vec<_> = found.as_array().unwrap().iter().filter(bars).collect();
        assert!(serious.is_empty(), "{name}: {serious:#?}");
    }

    /// What the console said since it was asked last, as level and text.
    pub fn console(&self) -> Vec<(String, String)> {
        let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
        let entries = self.command("POST", "/se/log", &json!({"type": "browser"}));
        let entries = entries.as_array().unwrap().iter();
        entries
            .map(|it| (text(&it["level"]), text(&it["message"])))
            .collect()
    }

    /// The addresses of all requests since it was asked last.
    pub fn requested(&self) -> Vec<String> {
        let entries = self.command("POST", "/se/log", &json!({"type": "performance"}));
        let events = entries.as_array().unwrap().iter().map(|it| {
            let event: Value = serde_json::from_str(it["message"].as_str().unwrap()).unwrap();
            event["message"].clone()
        });
        let requests = events.filter(|it| it["method"] == "Network.requestWillBeSent");
        requests
            .map(|it| it["params"]["request"]["url"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser with the session.
        let _ = ureq::delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
