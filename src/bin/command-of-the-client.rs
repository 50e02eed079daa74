//! `hwc-password` as the tests of this package run it: a package is told where its own binaries are,
//! and not those of others.

use std::process::ExitCode;

fn main() -> ExitCode {
    huaweicloud_password::command::main()
}
