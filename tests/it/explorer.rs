//! The explorer in a real browser: what a person does with it, by mouse and by keys.

mod browser;

use std::fs;
use std::time::Duration;

use huaweicloud_password_workbench::cloud;
use openapi_simulator::{RunningSimulator, Simulator};

use self::browser::Browser;

/// A password that keeps every policy of the documents.
const PASSWORD: &str = "Seven-Lamps-Burn-7";
/// The keys of WebDriver for these.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// What the simulator refuses however it is asked: a secret object in a path, whose sample has other
/// names than it lists.
const REFUSED: [&str; 1] = ["hoard opened"];

/// What a form says once its call is over.
const SAID: &str = "document.querySelector('form .actions [data-said]').textContent";

#[tokio::test(flavor = "multi_thread")]
async fn in_a_browser() {
    let simulator = cloud::simulator().start().await.unwrap();
    let Some(browser) = tokio::task::spawn_blocking(Browser::start).await.unwrap() else {
        return;
    };
    let visit = Visit { browser, simulator };
    tokio::task::block_in_place(|| {
        visit.look_at_all();
        visit.call_every_operation();
        visit.weak_password_is_named_before_it_is_sent();
        visit.faults_are_switched_on();
        visit.keys_are_enough();
        visit.samples_follow();
        visit.without_scripts();
        visit.files_without_a_server();
    });
    let Visit { browser, .. } = visit;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/codegen/tests/foreign");
    let simulator = Simulator::builder().spec(folder).start().await.unwrap();
    let visit = Visit { browser, simulator };
    tokio::task::block_in_place(|| visit.spell_whatever_a_document_asks_for());
}

/// A person with a browser before a simulator.
struct Visit {
    browser: Browser,
    simulator: RunningSimulator,
}

impl Visit {
    fn open(&self, page: &str) {
        self.browser
            .open(&format!("{}{page}", self.simulator.explorer()));
    }

    /// Nothing went to another host, and the console told of nothing but calls that were to fail.
    fn nothing_odd(&self) {
        let endpoint = self.simulator.endpoint();
        for url in self.browser.requested() {
            assert!(url.starts_with(&endpoint), "a request to {url}");
        }
        for (level, text) in self.browser.console() {
            // Chromium writes down every answer from 400 on and every broken connection.
            let is_of_a_call = text.starts_with(&endpoint)
                && !text.starts_with(&self.simulator.explorer())
                && text.contains("Failed to load resource");
            assert!(level != "SEVERE" || is_of_a_call, "{text}");
            assert!(!text.contains("Content Security Policy"), "{text}");
        }
    }

    fn send(&self) {
        let (browser, submit) = (&self.browser, "form[data-call] button[type=submit]");
        browser.click(submit);
        // A page moves while it is being pointed at, since the ledger grows on it: on a busy machine
        // a press may fall beside the button, and whoever sees that nothing happens presses again.
        let begun = "!document.querySelector('[data-stop]').hidden || document.querySelector('#answer').checkVisibility()";
        if !browser.becomes(begun, Duration::from_secs(15)) {
            browser.click(submit);
        }
        browser.wait("document.querySelector('[data-stop]').hidden && document.querySelector('#answer').checkVisibility()");
    }

    fn said(&self) -> String {
        let said = self.browser.see(SAID);
        said.as_str().unwrap().to_owned()
    }

    /// Nothing on the page or in its address shows what was typed as a secret.
    fn secret_is_hidden(&self) {
        let shown = self
            .browser
            .see("location.href + document.body.innerText + document.title");
        assert!(!shown.as_str().unwrap().contains(PASSWORD));
        let kept = self
            .browser
            .see("localStorage.length + sessionStorage.length + document.cookie.length");
        assert_eq!(kept, 0);
    }

    fn look_at_all(&self) {
        self.open("");
        self.browser.look("index");
        self.browser.fill("#filter", "one-click ecs");
        let left = "[...document.querySelectorAll('[data-operation]')].filter((it) => it.checkVisibility()).length";
        self.browser.wait(&format!("{left} === 1"));
        self.browser.look("index-filtered");
        self.nothing_odd();
    }

    fn call_every_operation(&self) {
        let browser = &self.browser;
        for operation in self.simulator.operations() {
            let name = format!("{} {}", operation.service(), operation.name());
            self.choose_operation(&name);
            // What is needed and has no example in it, or is about passwords.
            let fields = "[...document.querySelectorAll('[data-secret]')]
                .filter((it) => it.required || 'policy' in it.dataset).map((it) => it.id)";
            for id in browser.see(fields).as_array().unwrap() {
                browser.fill(&format!("[id='{}']", id.as_str().unwrap()), PASSWORD);
            }
            self.send();
            let said = self.said();
            assert!(said.starts_with("20"), "{name}: {said}");
            let row = "document.querySelector('[data-entries] tr')?.textContent";
            browser.wait(&format!("{row}.includes('{name}')"));
            self.secret_is_hidden();
            browser.look(&format!("{}-{}", operation.service(), operation.name()));
            self.nothing_odd();
        }
        let answer = "document.querySelector('[data-shown=answer]').textContent";
        self.open("reference/iam/keystone_create_user_token_by_password.html");
        browser.fill("[data-secret][required]", PASSWORD);
        self.send();
        let answer = browser.see(answer);
        assert!(
            answer.as_str().unwrap().contains("x-subject-token******"),
            "{answer}"
        );
    }

    /// Forms, parts, texts, bytes, and parameters in every style: what stands in a form at first is sent
    /// so that the simulator finds it as it should be.
    fn spell_whatever_a_document_asks_for(&self) {
        let browser = &self.browser;
        // A file, and something to send: this one.
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/explorer.rs");
        let (mut sent, mut refused) = (0, Vec::new());
        for operation in self.simulator.operations() {
            let name = format!("{} {}", operation.service(), operation.name());
            self.choose_operation(&name);
            // A secret that is JSON is for people who know which, and a page sends no cookies.
            let is_out_of_reach = "document.querySelector('[data-secret][data-kind=json], [data-out-of-reach]') !== null";
            if browser.see(is_out_of_reach) == true {
                continue;
            }
            let empty = "[...document.querySelectorAll('[data-at]')]
                .filter((it) => it.required && it.value === '').map((it) => [it.id, it.type])";
            for field in browser.see(empty).as_array().unwrap() {
                let selector = format!("[id='{}']", field[0].as_str().unwrap());
                match field[1] == "file" {
                    true => browser.type_into(&selector, file),
                    false => browser.fill(&selector, PASSWORD),
                }
            }
            self.send();
            sent += 1;
            let answer = browser.see("document.querySelector('[data-shown=answer]').innerText");
            if self.said().starts_with("400") {
                refused.push(format!("{name}: {answer}"));
            }
        }
        assert!(sent > 40, "{sent}");
        refused.retain(|it| !REFUSED.iter().any(|name| it.starts_with(name)));
        assert!(refused.is_empty(), "{refused:#?}");
    }

    /// Opens the page of an operation from the list of all.
    fn choose_operation(&self, name: &str) {
        self.open("");
        let found = format!(
            "[...document.querySelectorAll('[data-operation]')]
               .find((it) => it.dataset.operation.startsWith('{name} '))"
        );
        self.browser
            .run(&format!("{found}.querySelector('a').click()"));
        self.browser
            .wait("document.querySelector('form[data-call]')");
    }

    fn weak_password_is_named_before_it_is_sent(&self) {
        let browser = &self.browser;
        let arrived = self.simulator.ledger().arrived();
        self.open("reference/dws/reset_password.html");
        let judged = "document.querySelector('.judged').textContent";
        browser.fill("[data-policy]", "dbadmin");
        browser.wait(&format!("{judged}.includes('12 to 32 characters')"));
        assert_eq!(
            browser.see("document.querySelector('[data-policy]').type"),
            "password"
        );
        browser.look("weak");
        assert_eq!(self.simulator.ledger().arrived(), arrived);
        // Who sends it all the same gets what a service answers.
        self.send();
        assert!(self.said().starts_with("400"), "{}", self.said());
        browser.look("refused");
        browser.fill("[data-policy]", PASSWORD);
        browser.wait(&format!("{judged} === 'Keeps the policy.'"));
        browser.click("[data-show]");
        assert_eq!(
            browser.see("document.querySelector('[data-policy]').type"),
            "text"
        );
        browser.click("[data-show]");
        assert_eq!(
            browser.see("document.querySelector('[data-policy]').type"),
            "password"
        );
        self.nothing_odd();
    }

    fn faults_are_switched_on(&self) {
        let browser = &self.browser;
        self.open("reference/dws/reset_password.html");
        browser.fill("[data-policy]", PASSWORD);
        let fates = [
            ("unavailable", "503"),
            ("reset-after", "No answer: the connection broke"),
            ("break", "200 OK"),
            ("redirect", "A redirect, which is not followed"),
            ("html", "200"),
        ];
        for (fault, fate) in fates {
            browser.choose("[data-fault]", fault);
            self.send();
            let said = self.said();
            assert!(said.starts_with(fate), "{fault}: {said}");
            browser.wait(&format!(
                "document.querySelector('[data-entries] tr').textContent.includes('{fault}')"
            ));
        }
        browser.choose("[data-fault]", "stall");
        browser.click("form[data-call] button[type=submit]");
        browser.wait("!document.querySelector('[data-stop]').hidden");
        browser.click("[data-stop]");
        browser.wait(&format!("{SAID}.startsWith('No longer waited for')"));
        browser.look("faults-of-one-call");
        self.nothing_odd();

        self.open("");
        browser.choose("#rule-operation", "dws ResetPassword");
        browser.fill("#rule-share", "1");
        browser.choose("#rule-fault", "throttle");
        browser.fill("#rule-fault-value", "5");
        browser.click("[data-rules] button[type=submit]");
        browser.wait("document.querySelector('[data-list]').textContent.includes('dws ResetPassword, 100 %')");
        browser.look("faults-by-rule");
        self.open("reference/dws/reset_password.html");
        browser.fill("[data-policy]", PASSWORD);
        self.send();
        assert!(self.said().starts_with("429"), "{}", self.said());
        self.open("");
        browser.wait("document.querySelector('[data-list] button')");
        browser.click("[data-list] button");
        browser
            .wait("document.querySelector('[data-rules] [data-said]').textContent === 'Removed.'");
        self.nothing_odd();
    }

    /// From the list to the answer without a mouse, and nothing that takes the focus hides it.
    fn keys_are_enough(&self) {
        let browser = &self.browser;
        self.open("");
        browser.press("/");
        browser.press("dws");
        browser.wait(
            "document.activeElement.id === 'filter' && document.activeElement.value === 'dws'",
        );
        let on_the_link = "document.activeElement.matches('[data-operation] a')";
        self.tab_to(on_the_link);
        browser.press(ENTER);
        browser.wait("document.querySelector('form[data-call]')");
        self.tab_to("'policy' in document.activeElement.dataset");
        browser.press(PASSWORD);
        browser.wait("document.querySelector('.judged').textContent === 'Keeps the policy.'");
        self.tab_to("document.activeElement.matches('[data-fault]')");
        browser.press("un");
        browser.wait("document.activeElement.value === 'unavailable'");
        self.tab_to("document.activeElement.matches('[data-call] [type=submit]')");
        browser.press(ENTER);
        browser.wait(&format!("{SAID}.startsWith('503')"));
        self.secret_is_hidden();
        self.tab_to("document.activeElement.matches('[data-copy]')");
        browser.press(ENTER);
        browser.wait("['Copied', 'Selected'].includes(document.activeElement.textContent)");
        self.nothing_odd();
    }

    /// Goes on by the tabulator until the focus is where it should be.
    fn tab_to(&self, place: &str) {
        for _ in 0..80 {
            self.browser.press(TAB);
            let seen = self.browser.see(
                "(({outlineStyle, outlineWidth}) => outlineStyle !== 'none' && outlineWidth !== '0px')
                 (getComputedStyle(document.activeElement)) || document.activeElement === document.body",
            );
            let what = || self.browser.see("document.activeElement.outerHTML");
            assert_eq!(seen, true, "the focus cannot be seen: {}", what());
            if self.browser.see(place) == true {
                return;
            }
        }
        panic!("the keyboard does not get to {place}");
    }

    fn samples_follow(&self) {
        let browser = &self.browser;
        self.open("reference/dws/reset_password.html");
        browser.fill("[id='path.cluster_id']", "it's \"mine\"");
        let samples = browser.see(
            "[...document.querySelectorAll('[data-sample] code')].map((it) => it.textContent)",
        );
        let expected = [
            r#".reset_password("it's \"mine\"")"#,
            r#"--cluster-id 'it'\''s "mine"'"#,
            "/clusters/it's%20%22mine%22/reset-password",
        ];
        for (sample, expected) in samples.as_array().unwrap().iter().zip(expected) {
            assert!(sample.as_str().unwrap().contains(expected), "{sample}");
        }
    }

    fn without_scripts(&self) {
        let browser = &self.browser;
        browser.scripts(false);
        for view in browser::VIEWS {
            browser.view(view);
            self.open("reference/dws/reset_password.html");
            browser.screenshot(&format!("no-script-{}-{}", view.0, view.1));
        }
        browser.view(browser::VIEWS[0]);
        browser.scripts(true);
        self.nothing_odd();
    }

    fn files_without_a_server(&self) {
        let browser = &self.browser;
        let folder = tempfile::tempdir().unwrap();
        for file in cloud::simulator().reference().unwrap() {
            let path = folder.path().join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file.text).unwrap();
        }
        let root = format!("file://{}/", folder.path().display());
        browser.open(&format!("{root}index.html"));
        browser.look("files-index");
        browser.click("[data-operation^='dcs'] a");
        browser.wait("document.querySelector('main h1').textContent.includes('cache instance')");
        assert_eq!(
            browser.see("document.querySelectorAll('form, #ledger').length"),
            0
        );
        browser.look("files-operation");
        for url in browser.requested() {
            assert!(url.starts_with(&root), "a request to {url}");
        }
    }
}
