//! A name for the sources that the program is built from. A stored result is only used again by the program that made it,
//! and the version number alone would not tell two states of the sources apart while rules are being worked on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What decides how a file is read: the code with its word lists, and the exact versions of all dependencies. The Python module
/// only calls it, so the program and the module know each other's results.
const SOURCES: [&str; 5] = ["crates/cli", "crates/export", "crates/extract", "crates/normalize", "Cargo.lock"];

#[allow(clippy::print_stdout, reason = "cargo reads a build script's stdout")]
fn main() -> io::Result<()> {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hash = Fnv::default();
    for name in SOURCES {
        println!("cargo::rerun-if-changed={name}");
        add(&mut hash, &root.join(name))?;
    }
    println!("cargo::rustc-env=YUSUAN_SOURCES={:016x}", hash.0);
    Ok(())
}

/// Adds a file or everything below a folder, in the order of names.
fn add(hash: &mut Fnv, path: &Path) -> io::Result<()> {
    if !path.is_dir() {
        // Git may write lines with carriage returns on Windows; they change nothing in the program.
        let bytes: Vec<u8> = fs::read(path)?.into_iter().filter(|byte| *byte != b'\r').collect();
        hash.add(&bytes);
        return Ok(());
    }
    let mut entries = fs::read_dir(path)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || name == "target" {
            continue;
        }
        hash.add(name.as_bytes());
        add(hash, &entry)?;
    }
    Ok(())
}

/// FNV-1a, 64 bits: no secret is kept here, only an accident excluded.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
