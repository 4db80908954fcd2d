//! 图表: the “三公” expenditure of bodies side by side, and what their money is for.

use super::comparison::{Comparison, Line};
use crate::words::{heading, sheet};
use crate::xlsx::amount::ten_thousand_yuan;
use crate::xlsx::paper::Paper;
use crate::xlsx::sheet::{cell_text, write_back};
use crate::xlsx::style::{Role, Shown, Style, Styles};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Chart, ChartFormat, ChartSolidFill, ChartType, Color, Workbook, Worksheet, XlsxError};
use std::collections::BTreeMap;
use yusuan_normalize::{DocumentKind, EntityScope, HeadlineKind};

/// Bodies shown: more bars can't be read.
const MOST_BODIES: usize = 20;
/// Function classes shown one by one; the rest is one colour.
const MOST_CLASSES: usize = 7;

/// Shades of the accent, then greys: a series is told from its neighbours on paper too.
const COLOURS: [Color; 8] = [
    Color::RGB(0x000B_57B7),
    Color::RGB(0x0084_AEDF),
    Color::RGB(0x0055_606D),
    Color::RGB(0x00C4_D7EF),
    Color::RGB(0x002F_7D8C),
    Color::RGB(0x009A_A5B1),
    Color::RGB(0x00B9_DDE2),
    Color::RGB(0x00D5_DBE3),
];

const ITEMS: [HeadlineKind; 3] = [HeadlineKind::Vehicles, HeadlineKind::Reception, HeadlineKind::Abroad];

/// Columns of the figures behind the charts, right of them.
const LABELS: u16 = 14;

/// Height in pixels of a chart without bodies, of a body's bar in it, and of a row of the sheet.
const LEAST_PIXELS: u32 = 160;
const BODY_PIXELS: u32 = 30;
const ROW_PIXELS: u32 = 20;
/// Rows left free below a chart.
const ROWS_BETWEEN: u32 = 3;

/// What is comparable: figures of one year, one kind and one scope.
type Group = (Option<i32>, Option<DocumentKind>, EntityScope);

/// Adds the sheet where two bodies or more can be compared.
pub(super) fn write(workbook: &mut Workbook, comparison: &Comparison, styles: &mut Styles) -> Result<(), XlsxError> {
    let three_public = three_public(comparison);
    let functions = functions(comparison);
    if three_public.is_none() && functions.is_none() {
        return Ok(());
    }
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(sheet::CHARTS)?;
    write_back(worksheet, sheet::COMPARISON, "", styles)?;
    worksheet.set_column_width(LABELS, 32)?;
    worksheet.set_column_range_width(LABELS + 1, LABELS + 12, 13)?;
    let mut row = 2;
    for (picture, chart_type) in [(three_public, ChartType::BarStacked), (functions, ChartType::BarPercentStacked)] {
        if let Some(picture) = picture {
            row = draw(worksheet, &picture, chart_type, row, styles)?;
        }
    }
    // The charts alone are printed: the figures behind them stand in the comparison.
    worksheet.set_print_area(0, 0, row, LABELS - 1)?;
    Paper::of(&[8.43; LABELS as usize], 0).set_up(worksheet)
}

/// A chart's title, its series, and for each body the series' values in yuan.
struct Picture {
    title: String,
    series: Vec<String>,
    bodies: Vec<(String, Vec<Decimal>)>,
}

/// The lines of the group with the most bodies, the latest year first.
fn largest_group(comparison: &Comparison, has: impl Fn(&Line) -> bool) -> Option<(Group, Vec<&Line>)> {
    let mut groups: BTreeMap<Group, Vec<&Line>> = BTreeMap::new();
    for line in comparison.lines.iter().filter(|line| has(line)) {
        let identity = &line.identity;
        groups.entry((identity.year, identity.kind, identity.scope)).or_default().push(line);
    }
    let largest = groups.into_iter().max_by_key(|(group, lines)| (lines.len(), group.0))?;
    (largest.1.len() > 1).then_some(largest)
}

fn title(group: Group, what: &str) -> String {
    let year = group.0.map_or(String::new(), |year| format!("{year}年"));
    format!("{year}{}{}{what}", group.2.label_zh(), group.1.map_or("", |kind| kind.label_zh()))
}

fn three_public(comparison: &Comparison) -> Option<Picture> {
    let total = |line: &Line| line.figure(HeadlineKind::ThreePublic).map(|figure| figure.value);
    let (group, mut lines) = largest_group(comparison, |line| total(line).is_some())?;
    lines.sort_by_key(|line| std::cmp::Reverse(total(line)));
    let bodies = lines.iter().take(MOST_BODIES).map(|line| {
        let value = |kind: &HeadlineKind| line.figure(*kind).map_or(Decimal::ZERO, |figure| figure.value);
        (line.body().to_owned(), ITEMS.iter().map(value).collect())
    });
    Some(Picture {
        title: title(group, "“三公”经费（万元）"),
        series: ITEMS.iter().map(|kind| kind.label_zh().to_owned()).collect(),
        bodies: bodies.collect(),
    })
}

fn functions(comparison: &Comparison) -> Option<Picture> {
    let (group, mut lines) = largest_group(comparison, |line| !line.functions.is_empty())?;
    let total = |line: &Line| line.functions.iter().map(|share| share.value).sum::<Decimal>();
    lines.sort_by_key(|line| std::cmp::Reverse(total(line)));
    lines.truncate(MOST_BODIES);
    let mut classes: BTreeMap<&str, (Decimal, &str)> = BTreeMap::new();
    for share in lines.iter().flat_map(|line| &line.functions) {
        classes.entry(&share.code).or_insert((Decimal::ZERO, &share.name)).0 += share.value;
    }
    let mut largest: Vec<(&str, (Decimal, &str))> = classes.into_iter().collect();
    largest.sort_by_key(|(code, (amount, _))| (std::cmp::Reverse(*amount), *code));
    largest.truncate(MOST_CLASSES);
    let bodies = lines.iter().map(|line| {
        let of = |code: &str| {
            line.functions.iter().filter(|share| share.code == code).map(|share| share.value).sum::<Decimal>()
        };
        let mut values: Vec<Decimal> = largest.iter().map(|(code, _)| of(code)).collect();
        values.push(total(line) - values.iter().sum::<Decimal>());
        (line.body().to_owned(), values)
    });
    let mut series: Vec<String> = largest.iter().map(|(code, (_, name))| format!("{code} {name}")).collect();
    series.push(heading::OTHERS.to_owned());
    Some(Picture { title: title(group, "支出按功能分类的构成"), series, bodies: bodies.collect() })
}

/// Draws a chart beside the figures behind it; returns the row below both.
fn draw(
    sheet: &mut Worksheet,
    picture: &Picture,
    chart_type: ChartType,
    top: u32,
    styles: &mut Styles,
) -> Result<u32, XlsxError> {
    write_figures(sheet, picture, top, styles)?;
    let bodies = picture.bodies.len() as u32;
    let height = LEAST_PIXELS + BODY_PIXELS * bodies;
    let mut chart = chart(picture, chart_type, top);
    chart.set_width(880).set_height(height);
    sheet.insert_chart(top, 0, &chart)?;
    Ok(top + (height / ROW_PIXELS).max(bodies) + ROWS_BETWEEN)
}

fn write_figures(sheet: &mut Worksheet, picture: &Picture, top: u32, styles: &mut Styles) -> Result<(), XlsxError> {
    sheet.write_string_with_format(top, LABELS, "图中的数（万元）", styles.of(Role::Header))?;
    for (col, series) in (LABELS + 1..).zip(&picture.series) {
        sheet.write_string_with_format(top, col, series, styles.of(Role::Header))?;
    }
    sheet.set_row_height(top, 34.0)?;
    for (row, (body, values)) in (top + 1..).zip(&picture.bodies) {
        sheet.write_string_with_format(row, LABELS, cell_text(body), styles.of(Role::Text))?;
        for (col, value) in (LABELS + 1..).zip(values) {
            let number = ten_thousand_yuan(*value).map_or(0.0, |number| number.value);
            let format = styles.get(Style::number(Shown::Amount(2)));
            sheet.write_number_with_format(row, col, number, format)?;
        }
    }
    Ok(())
}

/// The chart of the figures that begin below row `top`.
fn chart(picture: &Picture, chart_type: ChartType, top: u32) -> Chart {
    let mut chart = Chart::new(chart_type);
    let last = top + picture.bodies.len() as u32;
    for (col, _) in (LABELS + 1..).zip(&picture.series) {
        let series = chart.add_series();
        series.set_name((sheet::CHARTS, top, col));
        series.set_categories((sheet::CHARTS, top + 1, LABELS, last, LABELS));
        series.set_values((sheet::CHARTS, top + 1, col, last, col)).set_gap(60);
        let colour = COLOURS.get(usize::from(col - LABELS - 1)).copied().unwrap_or(Color::Gray);
        series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)));
    }
    chart.title().set_name(picture.title.as_str());
    // The first body on top, as in the table.
    chart.y_axis().set_reverse();
    chart.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    chart
}
