//! `docs fetch` and `docs watch`, with a server on this machine.

use crate::server::Server;
use crate::support::{Run, Workspace, expect, repository};

const PAGE: &str = "/api-tide/tide_0007";
const TEXT: &str = "200 OK\r\ncontent-type: text/markdown";

/// The tide service whose page is on a server.
fn tide(server: &Server) -> Workspace {
    let workspace = Workspace::tide();
    let yaml = workspace.read("spec/tide.yaml");
    let yaml = yaml.replace("https://docs.example.com", &server.address);
    workspace.write("spec/tide.yaml", &yaml);
    workspace
}

#[test]
fn pages_are_fetched_into_a_folder_that_git_ignores() {
    let server = Server::start();
    let workspace = tide(&server);
    let page = workspace.read("pages/same.md");
    server.put(
        &format!("{PAGE}.md"),
        &format!("{TEXT}\r\netag: \"same\""),
        &page,
    );
    let first = workspace.run("docs fetch --pause 0");
    first.ends(0);
    let size = page.len();
    assert_eq!(
        first.out,
        format!("tide/RenameGauge: ./.docs-cache/tide_RenameGauge.md ({size} bytes)\n")
    );
    assert_eq!(workspace.read(".docs-cache/tide_RenameGauge.md"), page);
    let second = workspace.run("docs fetch --operation tide/RenameGauge");
    assert_eq!(
        second.out,
        "tide/RenameGauge: ./.docs-cache/tide_RenameGauge.md (unchanged)\n"
    );
    server.put(&format!("{PAGE}.md"), "404 Not Found", "no");
    workspace
        .run("docs fetch --pause 0 --into elsewhere")
        .ends(2)
        .tells("responded with status 404")
        .tells("1 file could not be fetched");
    workspace
        .run("docs fetch --operation tide/None")
        .ends(2)
        .tells("these do: tide/RenameGauge");

    let ignored = std::fs::read_to_string(repository().join(".gitignore")).expect("a file");
    assert!(ignored.lines().any(|line| line == "/.docs-cache"));
}

#[test]
fn definitions_come_with_their_pages() {
    let server = Server::start();
    let workspace = tide(&server);
    server.put(
        &format!("{PAGE}.md"),
        TEXT,
        &workspace.read("pages/same.md"),
    );
    let json = workspace.read("definitions/rename.json");
    server.put(
        "/TIDE/RenameGauge",
        "200 OK\r\ncontent-type: application/json",
        &json,
    );
    let template = format!("{}/{{SERVICE}}/{{operation}}", server.address);
    workspace
        .run(&format!("docs fetch --pause 0 --definitions '{template}'"))
        .ends(0)
        .says("./.docs-cache/tide_RenameGauge.definition.json (");
    let run = workspace.run("docs check .docs-cache");
    assert_eq!(
        run.out,
        ".docs-cache/tide_RenameGauge.definition.json and .docs-cache/tide_RenameGauge.md: \
         tide/RenameGauge (spec/tide.yaml), never reviewed: no difference\n"
    );
    workspace
        .run("docs fetch --definitions 'ftp://a/{operation}'")
        .ends(2)
        .tells("not an address such as");
}

#[test]
fn an_address_that_led_elsewhere_is_told_with_the_line_to_edit() {
    let server = Server::start();
    let workspace = tide(&server);
    server.put(
        &format!("{PAGE}.html"),
        "301 Moved Permanently\r\nlocation: /new.md",
        "",
    );
    server.put("/new.md", TEXT, &workspace.read("pages/same.md"));
    let run = workspace.run("docs fetch --pause 0");
    run.ends(0);
    let address = &server.address;
    assert_eq!(
        run.err,
        format!(
            "moved: tide/RenameGauge: {address}{PAGE}.html led to {address}/new.md; if that is for \
             good, write the new address into `externalDocs` at spec/tide.yaml:21\n"
        )
    );
    watch(&workspace, "").ends(1).says("### Moved");
}

/// Runs the watch; nothing but the cache may change.
fn watch(workspace: &Workspace, more: &str) -> Run {
    let before = workspace.files("spec");
    let run = workspace.run(&format!("docs watch --pause 0 --into cache {more}"));
    assert_eq!(workspace.files("spec"), before);
    run
}

#[test]
fn a_watch_changes_nothing_and_says_by_its_code_what_it_found() {
    let server = Server::start();
    let workspace = tide(&server);
    let page = format!("{PAGE}.md");
    server.put(&page, TEXT, &workspace.read("pages/same.md"));
    let run = watch(&workspace, "");
    run.ends(0);
    assert_eq!(
        run.out,
        "## Pages and documents: no difference\n\n1 page compared.\n\n### No difference\n\n- `tide/RenameGauge`\n"
    );
    let mut names: Vec<_> = std::fs::read_dir(workspace.path())
        .expect("a folder")
        .map(|it| it.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["cache", "definitions", "pages", "spec"]);

    server.put(&page, TEXT, &workspace.read("pages/moved.md"));
    let json = workspace.read("definitions/rename.json");
    server.put(
        "/rename.json",
        "200 OK\r\ncontent-type: application/json",
        &json,
    );
    let definitions = format!("{}/rename.json?{{operation}}", server.address);
    let more = format!("--definitions '{definitions}' --report report.md");
    let run = watch(&workspace, &more);
    run.ends(1);
    assert_eq!(run.out, "report.md: 5 differences, 0 failures\n");
    let report = workspace
        .read("report.md")
        .replace(&server.address, "http://docs.example.com");
    expect("watch.md", &report);

    // A definition that was saved by hand is read beside the page.
    watch(&workspace, "definitions")
        .ends(1)
        .says("`definitions/rename.json` and `cache/tide_RenameGauge.md`");

    // The copy of another day is not compared: it says nothing about today.
    server.put(&page, "503 Service Unavailable", "no");
    watch(&workspace, "")
        .ends(2)
        .says("## Pages and documents: nothing compared\n")
        .says("no page compared: 1 not fetched or not read.")
        .says("responded with status 503");
}

#[test]
fn an_address_that_serves_the_page_of_another_operation_is_told() {
    let server = Server::start();
    let workspace = tide(&server);
    let other = workspace.read("spec/tide.yaml");
    let other = other
        .replace(PAGE, "/api-ebb/ebb_1")
        .replace("/v1/", "/v9/");
    workspace.write(
        "spec/ebb.yaml",
        &other
            .replace("RenameGauge", "RenameEbb")
            .replace("tide:", "ebb:"),
    );
    let page = workspace.read("pages/same.md");
    for address in [format!("{PAGE}.md"), "/api-ebb/ebb_1.md".to_owned()] {
        server.put(&address, TEXT, &page);
    }
    watch(&workspace, "")
        .ends(2)
        .says("what its address serves is not a page of it")
        .says("- `tide/RenameGauge`");
}

/// Nobody is called, nothing is linked, drawn or run by what a page says.
#[test]
fn words_of_a_page_are_code_in_the_report() {
    let server = Server::start();
    let workspace = tide(&server);
    let odd = "`<img src=x onerror=alert(1)>` @everyone #1 </details> https://x.example \u{1b}[31m";
    let page = workspace.read("pages/same.md");
    let page = page.replace(
        "quick or slow.",
        &format!("**quick**, **slow** or **{odd}**."),
    );
    let page = page.replace("| name | Yes | String |", "| name | Yes | Integer |");
    let page = page.replace("The name from now on.", odd);
    server.put(&format!("{PAGE}.md"), TEXT, &page);
    let run = watch(&workspace, "");
    run.ends(1);
    assert!(!run.out.contains('\u{1b}'), "{}", run.out);
    let mut is_code = false;
    for line in run.out.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            let bare = line.replace("&lt;", "").replace("</details>", "");
            let is_summary = line.starts_with("<summary>") && line.ends_with("</code></summary>");
            // What stands outside of code.
            let outside: String = bare.split('`').step_by(2).collect();
            let is_odd = outside.contains("@everyone") || outside.contains("<img");
            assert!(!is_odd || (is_summary && !bare.contains("<img")), "{line}");
        }
    }
}
