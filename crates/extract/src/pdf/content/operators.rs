//! The operators of content streams and what must stand before each (ISO 32000-1 Annex A).

use super::scan::{Instruction, Operand};

/// Whether an instruction is one that exists, with the operands that it needs and no others: one too many is left from an
/// instruction that was lost.
pub(super) fn makes_sense(instruction: &Instruction<'_, '_>) -> Option<bool> {
    let found = instruction.operands;
    let numbers = |count: usize| found.len() == count && found.iter().all(|o| *o == Operand::Number);
    Some(match instruction.operator {
        b"q" | b"Q" | b"BT" | b"ET" | b"T*" | b"h" | b"n" | b"W" | b"W*" | b"S" | b"s" | b"f" | b"F" | b"f*" | b"B"
        | b"B*" | b"b" | b"b*" | b"EMC" | b"BX" | b"EX" | b"BI" => found.is_empty(),
        b"w" | b"J" | b"j" | b"M" | b"i" | b"g" | b"G" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Tr" | b"Ts" => numbers(1),
        b"m" | b"l" | b"Td" | b"TD" | b"d0" => numbers(2),
        b"rg" | b"RG" => numbers(3),
        b"re" | b"v" | b"y" | b"k" | b"K" => numbers(4),
        b"cm" | b"c" | b"Tm" | b"d1" => numbers(6),
        b"gs" | b"Do" | b"sh" | b"ri" | b"cs" | b"CS" | b"BMC" | b"MP" => found == [Operand::Name],
        b"sc" | b"SC" | b"scn" | b"SCN" => is_colour(found),
        b"d" => found == [Operand::Array, Operand::Number],
        b"Tf" => found == [Operand::Name, Operand::Number],
        b"Tj" | b"'" => found == [Operand::Text],
        b"\"" => found == [Operand::Number, Operand::Number, Operand::Text],
        b"TJ" => found == [Operand::Array],
        b"BDC" | b"DP" => matches!(found, [Operand::Name, Operand::Name | Operand::Dictionary]),
        _ => return None,
    })
}

/// Components, a pattern's name, or both.
fn is_colour(found: &[Operand]) -> bool {
    let parts = found.strip_suffix(&[Operand::Name]).unwrap_or(found);
    !found.is_empty() && parts.iter().all(|o| *o == Operand::Number)
}
