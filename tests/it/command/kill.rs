//! A plan whose process is killed again and again, on a network that breaks: no row is reset twice, no
//! row is lost, and no password is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use huaweicloud_password_workbench::cloud;
use openapi_simulator::fault::FaultPlan;
use openapi_simulator::state::PasswordCheck;
use rustix::process::Signal;
use serde_json::Value;

use super::{Desk, documents, signal, until};

/// How a service limits calls. What is a minute in the cloud is a second here, for the clocks of both
/// sides: the command's goes by the machine.
const LIMIT: &str = "\nx-rate-limit:\n  calls: 500\n  seconds: 1\n";
const FAULTS: &str =
    "{seed: 14, rules: [{share: 0.05, fault: reset-before}, {share: 0.05, fault: reset-after}]}";

/// A row, and where it is in the ledger.
struct Target {
    service: &'static str,
    resource: String,
    changes: bool,
}

/// Of ten rows three each reset a password of dws, dcs and cbh, and one asks.
fn plan(rows: usize) -> (String, Vec<Target>) {
    let mut text = "service,operation,cluster_id,instance_id,server_id,password\n".to_owned();
    let mut targets = Vec::new();
    for row in 0..rows {
        let resource = format!("resource-{row:05}");
        let (service, changes) = match row % 10 {
            0..3 => ("dws", true),
            3..6 => ("dcs", true),
            6..9 => ("cbh", true),
            _ => ("ecs", false),
        };
        let line = match service {
            "dws" => format!("dws,reset-password,{resource},,,generate"),
            "dcs" => format!("dcs,reset-password,,{resource},,generate"),
            "cbh" => format!("cbh,reset-instance-password,,,{resource},generate"),
            _ => format!("ecs,show-reset-password-flag,,,{resource},"),
        };
        writeln!(text, "{line}").unwrap();
        targets.push(Target {
            service,
            resource,
            changes,
        });
    }
    (text, targets)
}

/// Numbers by lot, the same in each run.
struct Lot(u64);

impl Lot {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

const BATCH: &str = "batch plan.csv --secret-file secrets --concurrency 16 --max-failures 1000000";

/// The most memory that the process has had, in KiB.
fn peak(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let number = line.and_then(|it| it.trim().split(' ').next()?.parse().ok());
    number.unwrap_or_default()
}

fn started(desk: &Desk, more: &[String]) -> Child {
    let mut command = desk.command(BATCH);
    let command = command.env("HWC_RATE", "500/s").args(more);
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Waits for the end. Gives the exit code and the peak of memory.
fn to_its_end(mut child: Child) -> (Option<i32>, u64) {
    let mut most = 0;
    loop {
        most = most.max(peak(&child));
        if let Some(status) = child.try_wait().unwrap() {
            return (status.code(), most);
        }
        std::thread::sleep(Duration::from_millis(3));
    }
}

/// What the last line of the journal says of each row, by its line in the plan, and its key.
fn journal(desk: &Desk) -> BTreeMap<usize, (String, Option<String>)> {
    let mut rows = BTreeMap::new();
    let entries = desk.lines("plan.csv.journal").into_iter();
    // The first says where the calls go.
    for entry in entries.filter(|it| it["event"] != "begun") {
        let line = usize::try_from(entry["line"].as_u64().unwrap()).unwrap();
        let key = entry["row"].as_str().unwrap().to_owned();
        let outcome = match entry["event"].as_str().unwrap() {
            "sending" => None,
            "settled-as-done" => Some("done".to_owned()),
            _ => Some(entry["outcome"].as_str().unwrap().to_owned()),
        };
        rows.insert(line, (key, outcome));
    }
    rows
}

/// The last password that the secret file has of each row.
fn secrets(desk: &Desk) -> BTreeMap<String, String> {
    let lines = desk.lines("secrets").into_iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    lines
        .map(|it| (text(&it["row"]), text(&it["secret"])))
        .collect()
}

/// Looks at every row: what the service has is what the secret file says, nothing was done twice, and
/// what was done is known to have been, or held back. Gives the keys of those that are held back, with
/// whether they were done.
fn held(desk: &Desk, targets: &[Target]) -> Vec<(String, bool)> {
    let (journal, secrets) = (journal(desk), secrets(desk));
    let mut held = Vec::new();
    for (index, target) in targets.iter().enumerate() {
        // The first line has the names of the columns.
        let (key, outcome) = &journal[&(index + 2)];
        let done = desk.processed(target.service, &target.resource);
        let is_held = matches!(outcome.as_deref(), None | Some("may-have-been-processed"));
        assert!(
            is_held || outcome.as_deref() == Some("done"),
            "{key}: {outcome:?}"
        );
        if !target.changes {
            held.extend(is_held.then(|| (key.clone(), false)));
            continue;
        }
        assert!(done <= 1, "{key} was done {done} times");
        assert!(is_held || done == 1, "{key} was never done");
        if done == 1 {
            let check = |secret: &str| {
                let simulator = &desk.simulator;
                simulator.check_password(target.service, &target.resource, secret)
            };
            assert_eq!(check(&secrets[key]), PasswordCheck::Right, "{key}");
        }
        if is_held {
            held.push((key.clone(), done == 1));
        }
    }
    held
}

/// The outcomes that the report has.
fn reported(desk: &Desk) -> BTreeMap<String, usize> {
    let text = desk.read("plan.csv.report.csv");
    let mut reader = text.lines();
    let column = reader
        .next()
        .unwrap()
        .split(',')
        .position(|it| it == "outcome");
    let mut outcomes = BTreeMap::new();
    let (mut lines, mut quoted) = (Vec::new(), false);
    for line in reader {
        // Cells with JSON are in quotes and hold commas.
        let cells = line.split(|c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        });
        let cells: Vec<_> = cells.collect();
        *outcomes
            .entry(cells[column.unwrap()].to_owned())
            .or_default() += 1;
        lines.push(cells[1].to_owned());
    }
    let different: BTreeSet<_> = lines.iter().collect();
    assert_eq!(different.len(), lines.len());
    outcomes
}

/// Waits for a moment by lot: one of four while the plan is read and checked, which takes the time that
/// is given; the others when a few requests more have arrived, however fast the machine is.
fn wait(desk: &Desk, child: &mut Child, lot: &mut Lot, checking: Duration, requests: u64) {
    if lot.below(4) == 0 {
        std::thread::sleep(checking.mul_f64(lot.below(1000) as f64 / 1000.0));
        return;
    }
    let enough = desk.simulator.ledger().arrived() + lot.below(requests) + 1;
    while desk.simulator.ledger().arrived() < enough && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_micros(lot.below(5000)));
}

/// Kills a run of so many rows so many times, and lets it come to its end.
fn survives(rows: usize, kills: usize) {
    let began = Instant::now();
    let limited = documents(|document| match document.text.contains("x-rate-limit:") {
        true => document.text.clone(),
        false => document
            .text
            .replacen("\nsecurity:", &format!("{LIMIT}\nsecurity:"), 1),
    });
    let faults = FaultPlan::parse(FAULTS).unwrap();
    let desk = Desk::with(|_| cloud::simulator().documents(limited).faults(faults));
    let (text, targets) = plan(rows);
    desk.write("plan.csv", text);
    let mut lot = Lot(0x9E37_79B9_7F4A_7C15);
    let checking = Instant::now();
    to_its_end(started(&desk, &["--dry-run".to_owned()]));
    let checking = checking.elapsed();
    let requests = (rows / kills) as u64;
    let (mut killed, mut before, mut most) = (0, 0, 0);
    while killed < kills {
        let arrived = desk.simulator.ledger().arrived();
        let mut child = started(&desk, &[]);
        wait(&desk, &mut child, &mut lot, checking, requests);
        most = most.max(peak(&child));
        if child.try_wait().unwrap().is_some() {
            break;
        }
        signal(&child, Signal::KILL);
        child.wait().unwrap();
        killed += 1;
        before += usize::from(desk.simulator.ledger().arrived() == arrived);
    }
    assert_eq!(killed, kills, "the plan came to its end before");
    // What was sent before a process was killed may be done after.
    let mut arrived = 0;
    until(|| {
        std::thread::sleep(Duration::from_millis(200));
        arrived == std::mem::replace(&mut arrived, desk.simulator.ledger().arrived())
    });
    let (code, peak) = to_its_end(started(&desk, &[]));
    assert_eq!(code, Some(6), "rows are held back");
    let most = most.max(peak);
    let mut rounds = held(&desk, &targets);
    let first = rounds.len();
    let outcomes = reported(&desk);
    assert_eq!(outcomes.values().sum::<usize>(), rows);
    assert_eq!(outcomes["may-have-been-processed"], first, "{outcomes:?}");
    assert_eq!(outcomes.len(), 2, "{outcomes:?}");
    let were_done = rounds.iter().filter(|(_, done)| *done).count();
    let mut settling = 0;
    while !rounds.is_empty() {
        // Somebody looked.
        let said = rounds.iter().map(|(key, done)| match done {
            true => format!("--done={key}"),
            false => format!("--again={key}"),
        });
        to_its_end(started(&desk, &said.collect::<Vec<_>>()));
        rounds = held(&desk, &targets);
        settling += 1;
        assert!(settling < 20, "{rounds:?}");
    }
    assert_eq!(reported(&desk), BTreeMap::from([("done".to_owned(), rows)]));
    println!(
        "{rows} rows, {killed} kills, {before} of them before anything was sent, {:.1} s; held \
         back: {first}, of which {were_done} had been done; settled in {settling} runs; peak {most} KiB",
        began.elapsed().as_secs_f64()
    );
}

#[test]
fn a_run_that_is_killed_goes_on_where_it_was() {
    survives(600, 12);
}

#[test]
#[ignore = "it takes a quarter of an hour; with a release build, less"]
fn ten_thousand_rows_survive_two_hundred_kills() {
    survives(10_000, 200);
}

/// The memory of a run is that of its plan: it does not grow with what was sent.
#[test]
#[ignore = "it sends 10,000 rows"]
fn memory_is_that_of_the_plan() {
    for rows in [100, 1_000, 10_000] {
        let desk = Desk::with(|simulator| simulator.rate_limits(false));
        desk.write("plan.csv", plan(rows).0);
        let none = vec!["--rate=none".to_owned()];
        let dry = vec!["--dry-run".to_owned()];
        let checked = to_its_end(started(&desk, &dry)).1;
        let whole = to_its_end(started(&desk, &none)).1;
        let again = to_its_end(started(&desk, &none)).1;
        println!("{rows} rows: checked {checked} KiB, sent {whole} KiB, nothing left {again} KiB");
        // What is known of a row: its key, its time, its request id.
        let known = 8 * 1024 + rows as u64;
        assert!(whole < checked + known && again < checked + known);
    }
}
