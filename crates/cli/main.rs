//! The `yusuan` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    yusuan_cli::main()
}
