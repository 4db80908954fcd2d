//! Examples in the documentation of a file.

use super::krate::SourceFile;

/// A block of code in a comment for documentation.
pub(crate) struct Example {
    /// What follows the mark: the language and how it is tested.
    pub(crate) flags: String,
    /// Whether it belongs to the file's own comment.
    pub(crate) is_of_file: bool,
    /// The code with its hidden lines.
    pub(crate) code: String,
}

/// All examples of a file.
pub(crate) fn examples(file: &SourceFile) -> Vec<Example> {
    let mut found = Vec::new();
    let mut open: Option<Example> = None;
    for (line, text) in (1..).zip(file.text.lines().map(str::trim_start)) {
        let Some(text) = text.strip_prefix("//!").or_else(|| text.strip_prefix("///")) else {
            open = None;
            continue;
        };
        let is_of_file = file.text.lines().nth(line - 1).is_some_and(|whole| whole.trim_start().starts_with("//!"));
        let text = text.strip_prefix(' ').unwrap_or(text);
        match (text.strip_prefix("```"), open.take()) {
            (Some(_), Some(example)) => found.push(example),
            (Some(flags), None) => {
                open = Some(Example { flags: flags.trim().to_owned(), is_of_file, code: String::new() });
            }
            (None, Some(mut example)) => {
                let shown = if text == "#" { "" } else { text.strip_prefix("# ").unwrap_or(text) };
                example.code += shown;
                example.code.push('\n');
                open = Some(example);
            }
            (None, None) => {}
        }
    }
    found
}

impl Example {
    /// Whether it is compiled and run by `cargo test`.
    pub(crate) fn is_run(&self) -> bool {
        self.flags.split(',').all(|flag| matches!(flag.trim(), "" | "rust" | "should_panic"))
    }

    /// The code as a whole program.
    pub(crate) fn program(&self) -> String {
        if self.code.contains("fn main(") { self.code.clone() } else { format!("fn main() {{\n{}\n}}", self.code) }
    }
}
