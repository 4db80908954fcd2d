//! A PDF in which nothing but a person tells where the columns are.

use std::fmt::Write;

/// A table of words alone, without lines: nothing tells it from text that is set in two columns. Points from the lower left.
pub(crate) fn words_in_columns() -> Vec<u8> {
    let mut content = String::new();
    for (index, [name, post]) in GRID.iter().enumerate() {
        let y = 720 - 18 * index;
        writeln!(content, "BT /F 10 Tf 60 {y} Td ({name}) Tj 50 0 Td ({post}) Tj ET").unwrap();
    }
    content.push_str("BT /F 10 Tf 60 500 Td (Nothing else is printed on this page.) Tj ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}endstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        writeln!(file, "{} 0 obj\n{object}\nendobj", index + 1).unwrap();
    }
    let start = file.len();
    write!(file, "xref\n0 6\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").unwrap();
    file.into_bytes()
}

/// The table in it, from the displayed page's top left: left, top, right and bottom.
pub(crate) const OUTLINE: [f64; 4] = [55.0, 108.0, 255.0, 182.0];

/// The lines between its columns.
pub(crate) const COLUMNS: [f64; 1] = [105.0];

/// What it says.
pub(crate) const GRID: [[&str; 2]; 4] =
    [["Name", "Post"], ["Ann Lee", "Head of roads"], ["Bo Chan", "Parks and trees"], ["Cy Diaz", "Books"]];
