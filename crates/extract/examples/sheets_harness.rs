use serde_json::json;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let out = &args[1];
    let dump = out == "-";
    for path in &args[2..] {
        let Ok(bytes) = std::fs::read(path) else {
            println!("{path}\tUNREADABLE");
            continue;
        };
        let start = std::time::Instant::now();
        match yusuan_extract::from_bytes(&bytes, &yusuan_extract::Limits::default()) {
            Err(e) => println!("{path}\tERR\t{e}"),
            Ok(x) => {
                let tables: Vec<_> = x
                    .tables
                    .iter()
                    .map(|t| {
                        let rows: Vec<Vec<Option<&str>>> =
                            t.grid().iter().map(|r| r.iter().map(|c| c.map(|c| c.text.as_str())).collect()).collect();
                        json!({"page": null, "sheet": t.sheet, "method": t.method.as_str(), "confidence": t.confidence,
                        "captions": t.captions.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), "rows": rows})
                    })
                    .collect();
                if dump {
                    for t in &x.tables {
                        println!("## {:?} {}x{} conf {}", t.sheet, t.rows, t.cols, t.confidence);
                        for c in &t.captions {
                            println!("   {:?} {:?} {}", c.side, c.place.sheet_cell, c.text);
                        }
                        for r in t.grid().iter().take(200) {
                            println!(
                                "   | {}",
                                r.iter().map(|c| c.map_or("<", |c| c.text.as_str())).collect::<Vec<_>>().join(" | ")
                            );
                        }
                    }
                    for l in &x.lines {
                        println!(
                            "L {} {:?} {}",
                            l.tables_before,
                            l.place.sheet_cell,
                            l.text.chars().take(60).collect::<String>()
                        );
                    }
                } else {
                    let base = std::path::Path::new(path).file_stem().unwrap().to_string_lossy().to_string();
                    std::fs::write(format!("{out}/{base}.json"), serde_json::to_string(&tables).unwrap()).unwrap();
                }
                println!(
                    "{path}\tOK\t{}\ttables {}\tlines {}\t{:?}\t{:?}",
                    x.format.as_str(),
                    x.tables.len(),
                    x.lines.len(),
                    start.elapsed(),
                    x.diagnostics.iter().map(|d| format!("{} {}", d.code.as_str(), d.message)).collect::<Vec<_>>()
                );
            }
        }
    }
}
