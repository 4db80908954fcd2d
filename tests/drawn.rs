//! A PDF in which nothing but a person tells where the columns are.

use std::fmt::Write;

/// Rows of a label and two figures that stand as closely as words of one text. Points from the lower left.
pub(crate) fn close_columns() -> Vec<u8> {
    let rows = [("Roads", "12.00 3.00"), ("Parks", "45.50 6.25"), ("Books", "78.00 9.10"), ("Total", "35.50 8.35")];
    let mut content = String::from("BT /F 10 Tf 60 720 Td (Item) Tj 140 0 Td (2023) Tj 27.8 0 Td (2024) Tj ET\n");
    for (index, (label, figures)) in rows.iter().enumerate() {
        let y = 702 - 18 * index;
        writeln!(content, "BT /F 10 Tf 60 {y} Td ({label}) Tj 140 0 Td ({figures}) Tj ET").unwrap();
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
pub(crate) const OUTLINE: [f64; 4] = [55.0, 108.0, 255.0, 194.0];

/// The lines between its columns.
pub(crate) const COLUMNS: [f64; 2] = [150.0, 226.4];

/// What it says.
pub(crate) const GRID: [[&str; 3]; 5] = [
    ["Item", "2023", "2024"],
    ["Roads", "12.00", "3.00"],
    ["Parks", "45.50", "6.25"],
    ["Books", "78.00", "9.10"],
    ["Total", "35.50", "8.35"],
];
