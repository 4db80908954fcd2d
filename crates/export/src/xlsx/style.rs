//! The look of a cell: one description per look, made into a format once.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use std::collections::BTreeMap;

/// The font of Chinese office documents; its half-width characters are half as wide as the full-width ones, which is
/// what the column widths count on.
const FONT: &str = "宋体";

/// The one colour besides ink: links, figures that matter, headings. The review page has the same.
const ACCENT: Color = Color::RGB(0x000B_57B7);
/// Ink of what is said besides.
const SOFT: Color = Color::RGB(0x0055_606D);
/// Rules between cells.
const RULE: Color = Color::RGB(0x00D5_DBE3);
/// Ground of headers.
const HEAD: Color = Color::RGB(0x00F0_F4F9);

/// What a cell is on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Title,
    Caption,
    Unit,
    Header,
    Text,
    Centered,
    Amount,
    Note,
    Link,
    /// A number that is a link to where it stands.
    LinkedAmount,
    /// The title of a wide sheet, which stands on the left where it is seen.
    Heading,
    /// A line that may run over its cell's edge.
    Remark,
    /// A text of which the first line is enough.
    FirstLine,
    /// The heading of a part of a sheet.
    Section,
    /// The link back to the first sheet.
    Back,
    /// What a large figure is.
    FigureLabel,
    /// A figure that matters most.
    Figure,
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    /// As text is.
    Plain,
    /// With thousands separators and this many decimals.
    Amount(u8),
    /// As a percentage with this many decimals.
    Percent(u8),
    /// In yuan: two decimals, more only where the value has them.
    Yuan,
}

/// The look of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Style {
    pub(super) role: Role,
    pub(super) shown: Shown,
    pub(super) bold: bool,
    pub(super) doubtful: bool,
}

impl Style {
    /// The look of a role.
    pub(super) fn of(role: Role) -> Self {
        Self { role, shown: Shown::Plain, bold: false, doubtful: false }
    }

    /// The look of a number.
    pub(super) fn number(shown: Shown) -> Self {
        Self { shown, ..Self::of(Role::Amount) }
    }
}

/// Formats made so far: a workbook with a new format for every cell would be large and slow.
#[derive(Default)]
pub(super) struct Styles {
    made: BTreeMap<Style, Format>,
}

impl Styles {
    /// The format of a look.
    pub(super) fn get(&mut self, style: Style) -> &Format {
        self.made.entry(style).or_insert_with(|| make(style))
    }

    /// The format of a look; none where it is the usual one, which the cell has anyway.
    pub(super) fn unless(&mut self, usual: Style, style: Style) -> Option<&Format> {
        if style == usual { None } else { Some(self.get(style)) }
    }

    /// A look for a whole column: without rules, which would go on below the last row.
    pub(super) fn of_column(style: Style) -> Format {
        make(style).set_border(FormatBorder::None)
    }

    /// The rules alone, for the cells of an area whatever is in them.
    pub(super) fn rules() -> Format {
        ruled(Format::new())
    }

    /// The format of a role.
    pub(super) fn of(&mut self, role: Role) -> &Format {
        self.get(Style::of(role))
    }
}

/// The style of a grid cell that is no number.
pub(super) fn text_style(header: bool, short: bool) -> Style {
    Style::of(match (header, short) {
        (true, _) => Role::Header,
        (false, true) => Role::Centered,
        (false, false) => Role::Text,
    })
}

fn make(style: Style) -> Format {
    let mut format = Format::new().set_font_name(FONT).set_font_size(10).set_align(FormatAlign::VerticalCenter);
    format = match style.role {
        Role::Title => format.set_font_size(14).set_bold().set_align(FormatAlign::Center).set_text_wrap(),
        Role::Caption | Role::Note => format.set_align(FormatAlign::Left).set_text_wrap().set_font_color(SOFT),
        Role::Unit => format.set_align(FormatAlign::Right).set_font_color(SOFT),
        Role::Header => ruled(format)
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_text_wrap()
            .set_background_color(HEAD)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(ACCENT),
        Role::Text => ruled(format).set_align(FormatAlign::Left).set_indent(1).set_text_wrap(),
        Role::FirstLine => {
            ruled(format).set_align(FormatAlign::Left).set_align(FormatAlign::Top).set_indent(1).set_text_wrap()
        }
        Role::Centered => ruled(format).set_align(FormatAlign::Center).set_text_wrap(),
        Role::Amount => ruled(format).set_align(FormatAlign::Right),
        Role::Heading => format.set_font_size(18).set_bold().set_align(FormatAlign::Left),
        Role::Section => format
            .set_font_size(12)
            .set_bold()
            .set_align(FormatAlign::Left)
            .set_font_color(ACCENT)
            .set_border_bottom(FormatBorder::Medium)
            .set_border_bottom_color(ACCENT),
        Role::Remark | Role::FigureLabel => format.set_align(FormatAlign::Left).set_font_color(SOFT),
        Role::Back => format.set_align(FormatAlign::Left).set_font_color(ACCENT),
        Role::Figure => format.set_font_size(20).set_bold().set_align(FormatAlign::Left).set_font_color(ACCENT),
        Role::LinkedAmount => ruled(format).set_align(FormatAlign::Right).set_font_color(ACCENT),
        Role::Link => ruled(format).set_align(FormatAlign::Left).set_indent(1).set_text_wrap().set_font_color(ACCENT),
    };
    if let Some(pattern) = pattern(style.shown) {
        format = format.set_num_format(pattern);
    }
    if style.bold {
        format = format.set_bold();
    }
    if style.doubtful {
        format = format.set_background_color(Color::RGB(0x00FF_F2B3));
    }
    format
}

/// Light rules around a cell.
fn ruled(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(RULE)
}

fn pattern(shown: Shown) -> Option<String> {
    let decimals = |count: u8| match count {
        0 => String::new(),
        count => format!(".{}", "0".repeat(count.into())),
    };
    match shown {
        Shown::Plain => None,
        Shown::Amount(count) => Some(format!("#,##0{}", decimals(count))),
        Shown::Percent(count) => Some(format!("0{}%", decimals(count))),
        Shown::Yuan => Some("#,##0.00##".to_owned()),
    }
}
