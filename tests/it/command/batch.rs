//! Plans: what is wrong with one is told at once, and what a machine does to its files loses nothing.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::process::Command;

use super::{BINARY, Desk, Ran, expect, ran};

/// A plan of so many clusters.
pub fn plan_of(clusters: usize) -> String {
    let mut text = "service,operation,cluster_id,password\n".to_owned();
    for number in 0..clusters {
        writeln!(text, "dws,reset-password,cluster-{number},generate").unwrap();
    }
    text
}

pub const BATCH: &str = "batch plan.csv --secret-file secrets";

fn append(desk: &Desk, name: &str, text: &str) {
    let mut file = OpenOptions::new()
        .append(true)
        .open(desk.path(name))
        .unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

/// How often each cluster was reset.
pub fn resets(desk: &Desk, clusters: usize) -> Vec<u64> {
    let all = 0..clusters;
    all.map(|it| desk.processed("dws", &format!("cluster-{it}")))
        .collect()
}

/// Every cluster that was reset has a line in the journal, and the password of the secret file.
fn nothing_is_lost(desk: &Desk, clusters: usize) {
    let sent = desk.lines("plan.csv.journal").into_iter();
    let sent: BTreeSet<_> = sent
        .filter(|it| it["event"] == "sending")
        .map(|it| it["line"].as_u64().unwrap())
        .collect();
    let secrets = desk.lines("secrets");
    for (number, done) in resets(desk, clusters).into_iter().enumerate() {
        assert!(done <= 1);
        let cluster = format!("cluster-{number}");
        if done == 1 {
            assert!(sent.contains(&(number as u64 + 2)), "{cluster}");
            let kept = secrets
                .iter()
                .rfind(|it| it["target"]["cluster_id"] == *cluster);
            let kept = kept.unwrap()["secret"].as_str().unwrap();
            let check = desk.simulator.check_password("dws", &cluster, kept);
            assert_eq!(check, openapi_simulator::state::PasswordCheck::Right);
        }
    }
}

#[test]
fn a_line_that_was_torn_was_never_acknowledged() {
    let desk = Desk::new();
    desk.write("plan.csv", plan_of(2));
    assert_eq!(desk.run(BATCH).code, Some(0));
    desk.write("plan.csv", plan_of(4));
    append(
        &desk,
        "plan.csv.journal",
        "{\"time\":\"2026-11-30T00:00:00Z\",\"ro",
    );
    append(
        &desk,
        "secrets",
        "{\"time\":\"2026-11-30T00:00:00Z\",\"service\":\"dws\",\"oper",
    );
    let second = desk.run(BATCH);
    assert_eq!(second.code, Some(0), "{second:?}");
    let told = second.err.matches("was torn").count();
    assert_eq!(told, 2, "{}", second.err);
    assert_eq!(resets(&desk, 4), [1; 4]);
    nothing_is_lost(&desk, 4);

    // Of the last call nobody knows any more how it ended.
    let journal = desk.read("plan.csv.journal");
    fs::write(
        desk.path("plan.csv.journal"),
        &journal[..journal.len() - 20],
    )
    .unwrap();
    let third = desk.run(BATCH);
    assert_eq!(third.code, Some(6), "{third:?}");
    assert_eq!(resets(&desk, 4), [1; 4]);
    nothing_is_lost(&desk, 4);
}

/// A run whose files had no room, and one that had it.
fn goes_on_with_room(desk: &Desk, first: &Ran, second: &Ran, what: &str) {
    assert_eq!(first.code, Some(1), "{first:?}");
    assert!(first.out.contains(what), "{first:?}");
    assert!(matches!(second.code, Some(0 | 6)), "{second:?}");
    nothing_is_lost(desk, 60);
    // What was under way when there was no room may have been processed, and is held back.
    let missing = resets(desk, 60).into_iter().filter(|it| *it == 0).count();
    assert!(missing <= 8, "{second:?}");
}

#[test]
fn a_file_that_may_not_grow_stops_the_run_and_loses_nothing() {
    let desk = Desk::new();
    desk.write("plan.csv", plan_of(60));
    let mut command = Command::new("sh");
    desk.prepare(&mut command);
    let limited = format!("ulimit -f 12; exec '{BINARY}' {BATCH}");
    let first = ran(command.args(["-c", &limited]).output().unwrap());
    nothing_is_lost(&desk, 60);
    assert!(resets(&desk, 60).contains(&0), "{first:?}");
    let second = desk.run(BATCH);
    goes_on_with_room(&desk, &first, &second, "ulimit -f");
}

/// A disk of six pages, which then gets more.
const SMALL_DISK: &str = "mkdir disk && mount -t tmpfs -o size=24k none disk && cp plan.csv disk \
    && cd disk || exit 9; \
    $RUN >../first.out 2>../first.err; echo $? >../first; cp * ..; \
    mount -o remount,size=1m . || exit 9; \
    $RUN >../second.out 2>../second.err; echo $? >../second; cp * ..";

#[test]
fn a_full_disk_stops_the_run_and_loses_nothing() {
    let desk = Desk::new();
    desk.write("plan.csv", plan_of(60));
    let mut command = Command::new("unshare");
    desk.prepare(&mut command);
    command.args(["--map-root-user", "--mount", "sh", "-c", SMALL_DISK]);
    let mounted = command.env("RUN", format!("{BINARY} {BATCH}")).output();
    if !mounted.as_ref().is_ok_and(|it| it.status.success()) {
        eprintln!("skipped: no disk can be mounted here: {mounted:?}");
        return;
    }
    let [first, second] = ["first", "second"].map(|run| Ran {
        code: desk.read(run).trim().parse().ok(),
        out: desk.read(&format!("{run}.out")),
        err: desk.read(&format!("{run}.err")),
    });
    goes_on_with_room(&desk, &first, &second, "the disk is full");
}

#[test]
fn two_runs_at_once_are_one_too_many() {
    let desk = Desk::failing("{fault: delay=1500ms}");
    desk.write("plan.csv", plan_of(2));
    let first = desk.start(BATCH);
    desk.wait_for_sending(1);
    for line in [
        BATCH,
        // Another plan with the same place for passwords.
        "batch plan.csv --journal another --secret-file secrets",
    ] {
        let second = desk.run(line);
        assert_eq!(second.code, Some(1), "{second:?}");
        assert!(second.err.contains("in use by another run"), "{second:?}");
    }
    assert_eq!(ran(first.wait_with_output().unwrap()).code, Some(0));
    assert_eq!(resets(&desk, 2), [1; 2]);
}

#[test]
fn every_mistake_of_a_plan_is_told_at_once_with_its_line() {
    let desk = Desk::new();
    desk.write_private("short", "Short-1");
    let plan = "service,operation,region,cluster_id,instance_id,no_password_access,password,row

dws,reset-password,,cluster-1,,,generate,first
dws,reset-password,,cluster-1,,,generate,second
dws,reset-pasword,,cluster-2,,,generate,
redis,,,,,,,
dws,,,,,,generate,
dws,,,cluster-3,,,Correct-Horse-42,
dws,,,cluster-4,,,file:missing,
dws,,,cluster-5,,,file:short,
dcs,,,,instance-1,maybe,,
dcs,,,,instance-2,true,generate,
dcs,,,,instance-3,,,
dws,,no such region,cluster-6,,,generate,first
ecs,,,,,,,
";
    desk.write("plan.csv", plan);
    let dry = desk.run("batch plan.csv --dry-run");
    let real = desk.run(BATCH);
    assert_eq!((dry.code, real.code), (Some(2), Some(2)));
    assert_eq!((&dry.err, dry.out.as_str()), (&real.err, ""));
    assert!(!dry.err.contains("Horse"), "{}", dry.err);
    assert_eq!(desk.simulator.ledger().arrived(), 0);
    assert!(!desk.path("secrets").exists() && !desk.path("plan.csv.journal").exists());
    expect("mistakes.txt", &dry.err);
}

#[test]
fn a_plan_in_yaml_is_as_good() {
    let desk = Desk::new();
    desk.write_private("password", "Correct-Horse-42\n");
    let plan = "- {service: dws, cluster_id: cluster-0, password: generate}
- service: dcs
  operation: ResetPassword
  instance_id: instance-1
  no_password_access: \"true\"
- {service: cbh, server_id: server-1, password: file:password, row: bastion}
";
    desk.write("plan.yaml", plan);
    let ran = desk.run("batch plan.yaml --secret-file secrets --output json");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["outcomes"]["done"], 3, "{told}");
    assert_eq!(desk.lines("secrets").len(), 1);
    let right = desk
        .simulator
        .check_password("cbh", "server-1", "Correct-Horse-42");
    assert_eq!(right, openapi_simulator::state::PasswordCheck::Right);
    for (service, resource) in [
        ("dws", "cluster-0"),
        ("dcs", "instance-1"),
        ("cbh", "server-1"),
    ] {
        assert_eq!(desk.processed(service, resource), 1);
    }
}
