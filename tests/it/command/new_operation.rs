//! An operation that is added to the documents is a subcommand, and nothing else has to be done.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use huaweicloud_codegen::{profile, render};
use openapi_simulator::state::PasswordCheck;

use super::{Desk, documents, ran};

const OPERATION: &str = "
  /v2/{project_id}/instances/{instance_id}/accounts/{account_name}/password:
    put:
      operationId: ResetAccountPassword
      summary: Give an account of an instance a new password
      description: Replaces the password of one of the accounts of a cache instance.
      tags:
        - Instance management
      externalDocs:
        description: Resetting the Password of an Account
        url: https://example.com/reset-account-password
      parameters:
        - name: project_id
          in: path
          required: true
          x-client-parameter: project_id
          description: The project the instance belongs to.
          schema:
            type: string
            minLength: 1
            maxLength: 64
          example: bbf1946d374b44a0a2a95533562ba954
        - name: instance_id
          in: path
          required: true
          description: The instance that has the account.
          schema:
            type: string
            minLength: 1
          example: 5560df16-cebf-4473-95c4-d1b573c16e79
        - name: account_name
          in: path
          required: true
          description: The account that gets the password.
          schema:
            type: string
            minLength: 1
          example: reader
        - name: mode
          in: query
          description: When the password counts.
          schema:
            type: string
            enum:
              - at-once
              - at-restart
          example: at-once
      requestBody:
        required: true
        description: The new password, and how it counts.
        content:
          application/json:
            schema:
              type: object
              required:
                - new_password
              properties:
                new_password:
                  type: string
                  format: password
                  description: The new password, 8 to 64 characters.
                  minLength: 8
                  maxLength: 64
                  x-password-policy:
                    min: 8
                    max: 64
                    classes:
                      - letter
                      - digit
                    minClasses: 2
                grace_minutes:
                  type: integer
                  format: int32
                  description: How long the old password is taken too, in minutes.
                  minimum: 0
                  maximum: 60
                addresses:
                  type: array
                  description: From where the account may sign in.
                  items:
                    type: string
                    minLength: 1
            example:
              new_password: Correct-Horse-42
              grace_minutes: 5
              addresses:
                - 192.0.2.1
      responses:
        '204':
          description: The password is the new one.
";

/// The crate of the documents with that operation, outside of the workspace, on the crates by hand
/// that are in it.
fn crate_of(documents: &[huaweicloud_codegen::Source]) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-operation");
    let rendered = match render(documents, profile::of_the_workspace()) {
        Ok(rendered) => rendered.files,
        Err(found) => panic!("{}", found.render(documents, false)),
    };
    let mut files: BTreeMap<_, _> = rendered
        .into_iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("generated/")?.to_owned(), text)))
        .collect();
    let manifest = files.get_mut("Cargo.toml").unwrap();
    let runtime = format!("path = \"{}/runtime", root.display());
    *manifest = manifest.replace("path = \"../runtime", &runtime) + "\n[workspace]\n";
    let locked = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    files.insert("Cargo.lock".to_owned(), locked);
    for (path, text) in &files {
        let path = folder.join(path);
        // What is as it was is not compiled anew.
        if fs::read_to_string(&path).is_ok_and(|on_disk| on_disk == *text) {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Builds the command of the crate, into the target folder of this workspace.
fn built(folder: &Path) -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["build", "--features", "cli", "--bin", "hwc-password"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("warning"), "{said}");
    target.join("debug/hwc-password")
}

#[test]
#[ignore = "it builds the client once more; `.ci/run` does"]
fn a_new_operation_is_a_new_subcommand() {
    let documents = documents(|it| match it.service() {
        "dcs" => it
            .text
            .replacen("\npaths:", &format!("\npaths:{OPERATION}"), 1),
        _ => it.text.clone(),
    });
    let program = built(&crate_of(&documents));
    let desk = Desk::with(|it| it.documents(documents));
    let run = |line: &str| {
        let mut command = Command::new(&program);
        desk.prepare(&mut command);
        ran(command.args(line.split_whitespace()).output().unwrap())
    };
    let help = run("dcs reset-account-password --help");
    assert_eq!(help.code, Some(0), "{help:?}");
    for words in [
        "Replaces the password of one of the accounts of a cache instance.",
        "--account-name <TEXT>",
        "The account that gets the password.",
        "Example: reader",
        "--mode <WORD>",
        "One of: at-once, at-restart.",
        "--grace-minutes <NUMBER>",
        "60",
        "--addresses <TEXT>",
        "--password-stdin",
        "8 to 64 characters",
        "PUT /v2/{project_id}/instances/{instance_id}/accounts/{account_name}/password",
        "https://example.com/reset-account-password",
    ] {
        assert!(help.out.contains(words), "no {words:?} in {}", help.out);
    }
    let call = "dcs reset-account-password --instance-id instance-1 --account-name reader \
                --mode at-restart --grace-minutes 5 --addresses 192.0.2.1 --addresses 192.0.2.2 \
                --generate --secret-file secrets";
    let done = run(call);
    assert_eq!(done.code, Some(0), "{done:?}");
    let secret = desk.lines("secrets")[0]["secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let resource = "instance-1/reader";
    assert_eq!(
        desk.processed("dcs", resource),
        1,
        "{:?}",
        desk.simulator.ledger().entries()
    );
    let check = desk.simulator.check_password("dcs", resource, &secret);
    assert_eq!(check, PasswordCheck::Right);
    let wrong = run(&call.replace("minutes 5", "minutes 61"));
    assert_eq!(wrong.code, Some(3), "{wrong:?}");
    let word = run(&call.replace("minutes 5", "minutes five"));
    assert_eq!(word.code, Some(2), "{word:?}");
    // A plan knows it too.
    desk.write(
        "plan.yaml",
        "- {service: dcs, operation: reset-account-password, instance_id: instance-2, \
         account_name: reader, addresses: '[\"192.0.2.1\"]', password: generate}\n",
    );
    let planned = run("batch plan.yaml --secret-file secrets");
    assert_eq!(planned.code, Some(0), "{planned:?}");
    assert_eq!(desk.processed("dcs", "instance-2/reader"), 1);
}
