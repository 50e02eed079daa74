//! Why a run of a plan stops before its end, and that the next one goes on.

use rustix::process::Signal;

use super::batch::{BATCH, plan_of, resets};
use super::terminal::Terminal;
use super::{BINARY, Desk, ran, signal};
use openapi_simulator::state::Listing;

fn statuses(desk: &Desk, status: u16) -> usize {
    let entries = desk.simulator.ledger().entries();
    entries
        .iter()
        .filter(|it| it.status == Some(status))
        .count()
}

#[test]
fn refused_credentials_stop_the_run_before_the_key_is_locked() {
    let desk = Desk::new();
    desk.write("plan.csv", plan_of(50));
    let mut command = desk.command(BATCH);
    command.args(["--concurrency", "16"]);
    command.env("HUAWEICLOUD_SDK_SK", "wrong");
    let refused = ran(command.output().unwrap());
    assert_eq!(refused.code, Some(5), "{refused:?}");
    assert!(
        refused.out.contains("credentials were refused"),
        "{refused:?}"
    );
    let tries = statuses(&desk, 401);
    assert!(tries < 5, "{tries} tries lock the key");
    let good = desk.run(BATCH);
    assert_eq!(good.code, Some(0), "{good:?}");
    assert_eq!(resets(&desk, 50), [1; 50]);
}

#[test]
fn without_credentials_nothing_is_sent() {
    let desk = Desk::new();
    desk.write("plan.csv", plan_of(50));
    let mut command = desk.command(BATCH);
    command
        .env_remove("HUAWEICLOUD_SDK_SK")
        .env("HWC_CREDENTIALS", "environment");
    let refused = ran(command.output().unwrap());
    assert_eq!(refused.code, Some(5), "{refused:?}");
    assert_eq!(desk.simulator.ledger().arrived(), 0);
    assert_eq!(desk.run(BATCH).code, Some(0));
}

#[test]
fn too_many_failures_stop_the_run() {
    // None of the clusters is there.
    let nothing = "{services: {dws: {only_listed: true}}}";
    let desk = Desk::with(|simulator| simulator.resources(Listing::parse(nothing).unwrap()));
    desk.write("plan.csv", plan_of(50));
    let stopped = desk.run(&format!("{BATCH} --max-failures 3 --concurrency 2"));
    assert_eq!(stopped.code, Some(4), "{stopped:?}");
    assert!(
        stopped.out.contains("more than --max-failures allows"),
        "{stopped:?}"
    );
    let tries = desk.simulator.ledger().arrived();
    assert!((4..=5).contains(&tries), "{tries}");
    assert!(stopped.out.contains("not-begun"), "{stopped:?}");
    let none = desk.run(&format!("{BATCH} --max-failures 0 --concurrency 1"));
    assert_eq!(none.code, Some(4), "{none:?}");
    assert_eq!(desk.simulator.ledger().arrived(), tries + 1);
}

#[test]
fn one_interrupt_ends_what_runs_and_begins_nothing() {
    for which in [Signal::INT, Signal::TERM, Signal::HUP] {
        let desk = Desk::failing("{fault: delay=500ms}");
        desk.write("plan.csv", plan_of(20));
        let child = desk.start(&format!("{BATCH} --concurrency 4"));
        desk.wait_for_sending(1);
        signal(&child, which);
        let stopped = ran(child.wait_with_output().unwrap());
        assert_eq!(stopped.code, Some(130), "{stopped:?}");
        assert!(
            stopped.err.contains("stopping: no more rows are begun"),
            "{stopped:?}"
        );
        let done = resets(&desk, 20).iter().sum::<u64>();
        assert!((1..=4).contains(&done), "{done}");
        desk.fail("");
        let rest = desk.run(BATCH);
        assert_eq!(rest.code, Some(0), "{rest:?}");
        assert_eq!(resets(&desk, 20), [1; 20]);
    }
}

/// The first row ends, since nothing else is begun before it has.
const STALLS: &str = "{resource: cluster-0, fault: delay=1ms}, {fault: stall}";

#[test]
fn a_second_interrupt_gives_up_what_runs_and_says_so() {
    let desk = Desk::failing(STALLS);
    desk.write("plan.csv", plan_of(20));
    let child = desk.start(&format!("{BATCH} --concurrency 4"));
    desk.wait_for_sending(5);
    signal(&child, Signal::INT);
    std::thread::sleep(std::time::Duration::from_millis(300));
    signal(&child, Signal::INT);
    let stopped = ran(child.wait_with_output().unwrap());
    assert_eq!(stopped.code, Some(6), "{stopped:?}");
    assert!(
        stopped.out.contains("may have been processed"),
        "{stopped:?}"
    );
    desk.fail("");
    let rest = desk.run(BATCH);
    assert_eq!(rest.code, Some(6), "four are held back: {rest:?}");
    assert_eq!(resets(&desk, 20).iter().sum::<u64>(), 16);
    // Somebody looked: none of them was done.
    let again = (3..=6).map(|line| format!(" --again {line}"));
    let again = desk.run(&format!("{BATCH}{}", again.collect::<String>()));
    assert_eq!(again.code, Some(0), "{again:?}");
    assert_eq!(resets(&desk, 20), [1; 20]);
}

#[test]
fn rows_that_ask_are_verified_and_no_other_is_sent() {
    let desk = Desk::failing(STALLS);
    let plan = "service,server_id,cluster_id,password
dws,,cluster-0,generate
ecs,server-1,,
dws,,cluster-1,generate
";
    desk.write("plan.csv", plan);
    let child = desk.start(BATCH);
    desk.wait_for_sending(3);
    signal(&child, Signal::KILL);
    child.wait_with_output().unwrap();
    desk.fail("");
    let verified = desk.run(&format!("{BATCH} --verify"));
    assert_eq!(verified.code, Some(6), "{verified:?}");
    assert_eq!(desk.processed("ecs", "server-1"), 1);
    assert_eq!(resets(&desk, 2), [1, 0]);
}

#[test]
fn who_stops_listening_stops_nothing() {
    let desk = Desk::new();
    desk.write("plan.csv", plan_of(20));
    let mut child = desk.start(BATCH);
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(resets(&desk, 20), [1; 20]);
    // Nor does it change how the process ends.
    desk.fail("{fault: reset-after}");
    for line in [
        "dws reset-password --cluster-id other --generate --secret-file secrets -v",
        "batch other.csv --secret-file secrets",
    ] {
        desk.write("other.csv", plan_of(1));
        let mut child = desk.start(line);
        drop((child.stdout.take(), child.stderr.take()));
        assert_eq!(child.wait().unwrap().code(), Some(6), "{line}");
    }
    for line in ["explain 404", "completions bash", "--help"] {
        let mut child = desk.start(line);
        drop((child.stdout.take(), child.stderr.take()));
        assert_eq!(child.wait().unwrap().code(), Some(0), "{line}");
    }
}

#[test]
fn a_closed_terminal_is_an_interrupt() {
    let desk = Desk::failing("{fault: delay=700ms}");
    desk.write("plan.csv", plan_of(20));
    let words: Vec<_> = BATCH.split_whitespace().collect();
    let mut terminal = Terminal::of(BINARY, &words, |command| desk.prepare(command));
    desk.wait_for_sending(1);
    terminal.hang_up();
    assert_eq!(terminal.code(), Some(130));
    let done = resets(&desk, 20).iter().sum::<u64>();
    desk.fail("");
    let rest = desk.run(BATCH);
    assert_eq!(rest.code, Some(0), "{done} were done: {rest:?}");
    assert_eq!(resets(&desk, 20), [1; 20]);
}
