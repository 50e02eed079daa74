//! What a second run may take for done, and what it sends again: whatever happened to the plan and the
//! files in between, no row is reset twice or left out without a word.

use std::fs;
use std::process::Child;
use std::time::Duration;

use rustix::process::Signal;

use super::batch::{BATCH, plan_of, resets};
use super::{Desk, Ran, ran, signal};

/// A reset that is done, and of which no response comes.
const UNCERTAIN: &str = "{service: dws, fault: reset-after}";

/// A plan of clusters whose rows have names.
fn named(rows: &[(&str, usize)]) -> String {
    let row = |(name, cluster): &(&str, usize)| {
        format!("{name},dws,reset-password,cluster-{cluster},generate\n")
    };
    let rows: String = rows.iter().map(row).collect();
    format!("row,service,operation,cluster_id,password\n{rows}")
}

fn refused(ran: &Ran, code: i32, words: &str) {
    assert_eq!(ran.code, Some(code), "{ran:?}");
    let said = format!("{}{}", ran.out, ran.err);
    assert!(said.contains(words), "{words:?} is not in {said}");
}

fn ended(child: Child) -> Ran {
    ran(child.wait_with_output().unwrap())
}

#[test]
fn a_row_is_named_by_its_name_and_never_by_the_line_of_another() {
    let desk = Desk::failing(UNCERTAIN);
    desk.write("plan.csv", named(&[("1", 0), ("2", 1), ("3", 2), ("4", 3)]));
    assert_eq!(desk.run(&format!("{BATCH} --max-failures 9")).code, Some(6));
    assert_eq!(resets(&desk, 4), [1; 4]);
    desk.fail("");
    assert_eq!(desk.run(&format!("{BATCH} --again 3")).code, Some(6));
    assert_eq!(resets(&desk, 4), [1, 1, 2, 1]);
    desk.write("held", "1\n line:3 \n");
    assert_eq!(desk.run(&format!("{BATCH} --done @held")).code, Some(6));
    let last = desk.run(&format!("{BATCH} --again line:5"));
    assert_eq!((last.code, resets(&desk, 4)), (Some(0), vec![1, 1, 2, 2]));
    refused(&desk.run(&format!("{BATCH} --again 1")), 2, "begin anew");
    refused(
        &desk.run(&format!("{BATCH} --again 9")),
        2,
        "not in the plan",
    );
}

#[test]
fn lines_are_those_of_an_editor_however_they_end() {
    let desk = Desk::failing(UNCERTAIN);
    let plan = named(&[("", 0), ("", 1), ("", 2)]).replace('\n', "\r\n");
    desk.write("plan.csv", plan.replacen("\r\n", "\r\n\r\n", 1));
    assert_eq!(desk.run(BATCH).code, Some(6));
    desk.fail("");
    assert_eq!(desk.run(&format!("{BATCH} --again 4")).code, Some(6));
    assert_eq!(resets(&desk, 3), [1, 2, 1]);
}

#[test]
fn whoever_says_that_a_row_is_done_has_it_left_alone() {
    let desk = Desk::new();
    desk.write("plan.csv", named(&[("a", 0), ("b", 1)]));
    assert_eq!(desk.run(&format!("{BATCH} --done a")).code, Some(0));
    assert_eq!(resets(&desk, 2), [0, 1]);
    let again = desk.run(BATCH);
    assert!(again.out.contains("done before    2"), "{}", again.out);
    refused(
        &desk.run(&format!("{BATCH} --verify --again a")),
        2,
        "cannot be used",
    );
}

#[test]
fn how_a_thing_is_changed_makes_it_no_other_thing() {
    let desk = Desk::failing("{service: dcs, fault: reset-after}");
    let plan = "service,operation,instance_id,no_password_access,password\n";
    desk.write(
        "plan.csv",
        format!("{plan}dcs,reset-password,i,,generate\n"),
    );
    assert_eq!(desk.run(BATCH).code, Some(6));
    desk.fail("");
    // The same with its default spelled out is held all the same.
    desk.write(
        "plan.csv",
        format!("{plan}dcs,reset-password,i,false,generate\n"),
    );
    assert_eq!(desk.run(BATCH).code, Some(6));
    assert_eq!(desk.processed("dcs", "i"), 1);
    desk.write(
        "plan.csv",
        format!("{plan}dcs,reset-password,i,,generate\ndcs,reset-password,i,false,generate\n"),
    );
    refused(&desk.run(BATCH), 2, "stands in line 2 already");
    // One that is gone from the plan is not forgotten.
    desk.write(
        "plan.csv",
        format!("{plan}dcs,reset-password,j,,generate\n"),
    );
    refused(
        &desk.run(BATCH),
        0,
        "1 are in the journal and not in the plan",
    );
}

#[test]
fn what_is_done_in_one_place_is_not_done_in_another() {
    let (desk, other) = (Desk::new(), Desk::new());
    desk.write("plan.csv", named(&[("a", 0)]));
    assert_eq!(desk.run(BATCH).code, Some(0));
    let elsewhere = |line: &str| {
        let mut command = desk.command(line);
        command.env("HWC_ENDPOINT", other.simulator.endpoint());
        ran(command.output().unwrap())
    };
    refused(&elsewhere(BATCH), 2, "another --journal");
    assert_eq!(elsewhere(&format!("{BATCH} --journal other")).code, Some(0));
    // Not the password of the first place.
    assert_eq!(desk.lines("secrets").len(), 2);
    assert_eq!((resets(&desk, 1), resets(&other, 1)), (vec![1], vec![1]));
    let moved = desk.run(&format!(
        "{BATCH} --project-id 0123456789abcdef0123456789abcdef"
    ));
    refused(&moved, 2, "0123456789abcdef0123456789abcdef");
}

#[test]
fn a_password_that_was_not_set_is_not_the_last_of_its_thing() {
    let desk = Desk::new();
    desk.write("plan.csv", named(&[("a", 0)]));
    assert_eq!(desk.run(BATCH).code, Some(0));
    let mut wrong =
        desk.command("dws reset-password --cluster-id cluster-0 --generate --secret-file secrets");
    wrong.env("HUAWEICLOUD_SDK_SK", "wrong");
    assert_eq!(ran(wrong.output().unwrap()).code, Some(5));
    let mut wrong = desk.command(&format!("{BATCH} --journal anew"));
    wrong.env("HUAWEICLOUD_SDK_SK", "wrong");
    assert_eq!(ran(wrong.output().unwrap()).code, Some(5));
    let lines = desk.lines("secrets");
    assert_eq!(lines.len(), 5);
    let last = lines[4]["secret"].as_str().unwrap();
    let check = desk.simulator.check_password("dws", "cluster-0", last);
    assert_eq!(check, openapi_simulator::state::PasswordCheck::Right);
}

#[test]
fn a_row_that_is_sent_again_has_the_password_that_was_kept() {
    let desk = Desk::failing(UNCERTAIN);
    desk.write("plan.csv", named(&[("a", 0)]));
    assert_eq!(desk.run(BATCH).code, Some(6));
    desk.fail("");
    let other = desk.run("batch plan.csv --secret-file others --again a");
    refused(&other, 6, "may-have-been-processed");
    assert_eq!((resets(&desk, 1), desk.read("others").len()), (vec![1], 0));
    assert_eq!(desk.run(&format!("{BATCH} --again a")).code, Some(0));
    assert_eq!(
        (resets(&desk, 1), desk.lines("secrets").len()),
        (vec![2], 1)
    );
    // What was done once is done anew with a password of its own.
    assert_eq!(desk.run(&format!("{BATCH} --journal anew")).code, Some(0));
    assert_eq!(
        (resets(&desk, 1), desk.lines("secrets").len()),
        (vec![3], 2)
    );
}

#[test]
fn a_refusal_says_nothing_of_the_request_before() {
    let desk = Desk::failing(UNCERTAIN);
    desk.write("plan.csv", named(&[("a", 0)]));
    assert_eq!(desk.run(BATCH).code, Some(6));
    desk.fail("");
    let mut again = desk.command(&format!("{BATCH} --again a"));
    again.env("HUAWEICLOUD_SDK_SK", "wrong");
    assert_eq!(ran(again.output().unwrap()).code, Some(6));
    // It is held back as before, and the password of the first request is the last one kept.
    assert_eq!(desk.run(BATCH).code, Some(6));
    let lines = desk.lines("secrets");
    assert_eq!((resets(&desk, 1), lines.len()), (vec![1], 1));
    let kept = lines[0]["secret"].as_str().unwrap();
    let check = desk.simulator.check_password("dws", "cluster-0", kept);
    assert_eq!(check, openapi_simulator::state::PasswordCheck::Right);
}

#[test]
fn no_file_of_a_run_takes_the_place_of_another() {
    let desk = Desk::new();
    desk.write("plan.csv", named(&[("a", 0)]));
    desk.write_private("new", "Correct-Horse-42\n");
    std::os::unix::fs::symlink("secrets", desk.path("link")).unwrap();
    for files in [
        "--secret-file s --report s",
        "--secret-file s --report plan.csv",
        "--secret-file s --journal s",
        "--secret-file s --journal j --report ./j",
        "--secret-file plan.csv",
    ] {
        refused(
            &desk.run(&format!("batch plan.csv {files}")),
            2,
            "are one file",
        );
    }
    let plan = desk.read("plan.csv").replace("generate", "file:new");
    desk.write("plan.csv", plan);
    refused(&desk.run("batch plan.csv --report new"), 2, "are one file");
    refused(
        &desk.run("batch plan.csv --report nowhere/r"),
        1,
        "nothing was sent",
    );
    assert_eq!(desk.read("new"), "Correct-Horse-42\n");
    assert_eq!(resets(&desk, 1), [0]);
}

#[test]
fn a_file_that_is_moved_away_ends_the_run() {
    let desk = Desk::failing("{service: dws, fault: \"delay=300ms\"}");
    desk.write("plan.csv", plan_of(40));
    let run = desk.start(&format!("{BATCH} --concurrency 2"));
    desk.wait_for_sending(4);
    fs::rename(desk.path("secrets"), desk.path("moved")).unwrap();
    let run = ended(run);
    refused(&run, 1, "moved or removed");
    let secrets = desk.lines("moved");
    for (number, done) in resets(&desk, 40)
        .into_iter()
        .enumerate()
        .filter(|(_, it)| *it > 0)
    {
        let cluster = format!("cluster-{number}");
        let kept = secrets
            .iter()
            .rfind(|it| it["target"]["cluster_id"] == *cluster);
        let kept = kept.unwrap()["secret"].as_str().unwrap();
        let check = desk.simulator.check_password("dws", &cluster, kept);
        assert_eq!(
            (done, check),
            (1, openapi_simulator::state::PasswordCheck::Right)
        );
    }
}

#[test]
fn what_a_row_needs_no_more_is_not_asked_for() {
    let desk = Desk::failing("{resource: cluster-1, fault: reset-after}");
    desk.write_private("new", "Correct-Horse-42\n");
    let plan = named(&[("a", 0), ("b", 1)]).replace("generate", "file:new");
    desk.write("plan.csv", plan);
    assert_eq!(desk.run("batch plan.csv").code, Some(6));
    fs::remove_file(desk.path("new")).unwrap();
    assert_eq!(desk.run("batch plan.csv --done b").code, Some(0));
    // A pipe would be read twice.
    let made = std::process::Command::new("mkfifo")
        .arg(desk.path("new"))
        .status();
    assert!(made.unwrap().success());
    refused(
        &desk.run("batch plan.csv --journal anew"),
        2,
        "no regular file",
    );
}

#[test]
fn what_only_asks_is_told_in_the_report() {
    let desk = Desk::new();
    desk.write("plan.yaml", "- {service: ecs, server_id: 0017}\n");
    let run = desk.run("batch plan.yaml --output json");
    assert_eq!(run.code, Some(0), "{run:?}");
    let report = desk.read("plan.yaml.report.csv");
    assert!(report.contains(r#"{""server_id"":""0017""}"#), "{report}");
    assert!(report.contains("resetpwd_flag"), "{report}");
}

/// What a run takes for done is decided once it holds the journal, however long it checked before.
#[test]
fn what_another_run_did_in_between_is_done() {
    let desk = Desk::new();
    desk.write("plan.csv", plan_of(1500));
    let slow = desk.start(&format!("{BATCH} --rate none --concurrency 32"));
    std::thread::sleep(Duration::from_millis(150));
    signal(&slow, Signal::STOP);
    desk.write("few.csv", plan_of(20));
    let few = desk.run("batch few.csv --journal plan.csv.journal --secret-file secrets");
    signal(&slow, Signal::CONT);
    // Where the slow one had the journal already, the other was refused, and all is well too.
    assert!(matches!(few.code, Some(0 | 1)), "{few:?}");
    let slow = ended(slow);
    assert_eq!(slow.code, Some(0), "{}", slow.out);
    assert!(resets(&desk, 1500).iter().all(|it| *it == 1));
}

#[test]
fn a_question_that_is_refused_is_refused() {
    let desk = Desk::failing("{fault: reset-after}");
    desk.write("plan.csv", "service,server_id\necs,server-1\n");
    assert_eq!(desk.run("batch plan.csv").code, Some(6));
    desk.fail("");
    let mut wrong = desk.command("batch plan.csv");
    wrong.env("HUAWEICLOUD_SDK_SK", "wrong");
    assert_eq!(ran(wrong.output().unwrap()).code, Some(5));
    assert_eq!(desk.run("batch plan.csv").code, Some(0));
}

#[test]
fn a_rehearsal_shows_the_project_that_calls_would_have() {
    let desk = Desk::new();
    let shown = desk.run("ecs show-reset-password-flag --server-id s --dry-run");
    assert!(shown.out.contains(super::PROJECT), "{}", shown.out);
}
