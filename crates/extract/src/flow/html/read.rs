//! A page's way to blocks, and whether it is worth reading.

use super::charset::decode;
use super::torn::torn;
use super::tree::Tree;
use super::walk::{self, Found};
use crate::error::ExtractError;
use crate::flow::block::{Block, Grid};
use crate::flow::found::noughts;
use crate::flow::written::Written;
use crate::model::DiagnosticCode;
use crate::sheet::looks_numeric;

/// A page of fewer characters that has no table says nothing: an error, a door.
const LEAST_TEXT: usize = 200;
/// Fewer figures than this make no table.
const LEAST_FIGURES: usize = 2;
/// Elements inside each other: far more than any page, and few enough to be taken apart in time.
const DEEPEST: usize = 10_000;
/// A table with so many figures does not stand twice in an article.
const LEAST_REPEATED: usize = 8;
/// Texts above a table that tell it from another.
const TITLES: usize = 4;
/// Tables that others are compared with.
const MOST_COMPARED: usize = 200;
/// Tags of a page at most.
const MOST_ELEMENTS: usize = 3_000_000;
/// A name of a page that is shorter says nothing.
const SHORTEST_NAME: usize = 8;

/// A page that has been read.
#[derive(Debug, Default)]
pub(in crate::flow) struct Web {
    pub(in crate::flow) blocks: Vec<Block>,
    found: Found,
    /// Characters that could not be decoded.
    unknown: usize,
    /// The page ends before it says that it does.
    cut_off: bool,
    /// Tags that are broken.
    torn: usize,
}

/// Reads a web page as it is shown.
///
/// # Errors
/// [`ExtractError::Unsupported`] when it has neither a table nor an article.
pub(in crate::flow) fn read(bytes: &[u8]) -> Result<Written, ExtractError> {
    written(page(&decode(bytes, None))?)
}

impl Web {
    /// Reads the text of a page.
    ///
    /// # Errors
    /// [`ExtractError::LimitExceeded`] when it is nested too deep.
    pub(in crate::flow) fn of(text: &str) -> Result<Self, ExtractError> {
        page(text)
    }

    /// Puts another page behind this one.
    pub(in crate::flow) fn append(&mut self, other: Self) {
        self.blocks.push(Block::PageBreak);
        self.blocks.extend(other.blocks);
        self.found.losses.add(other.found.losses);
        self.found.images += other.found.images;
        self.found.repeated += other.found.repeated;
        self.found.files.extend(other.found.files);
        self.found.frames.extend(other.found.frames);
        self.unknown += other.unknown;
        self.cut_off |= other.cut_off;
        self.torn += other.torn;
    }
}

fn page(text: &str) -> Result<Web, ExtractError> {
    let depth = depth(text);
    if depth > DEEPEST {
        return Err(ExtractError::LimitExceeded {
            what: "网页嵌套层数", value: depth as u64, limit: DEEPEST as u64
        });
    }
    let elements = text.bytes().filter(|byte| *byte == b'<').count();
    if elements > MOST_ELEMENTS {
        let (value, limit) = (elements as u64, MOST_ELEMENTS as u64);
        return Err(ExtractError::LimitExceeded { what: "网页标签数", value, limit });
    }
    let tree = Tree::parse(text);
    let (mut blocks, mut found) = walk::blocks(&tree, true);
    if contents(&blocks).0 == 0 && contents(&blocks).1 < LEAST_TEXT {
        // What was taken for menus may be all that there is.
        let (all, all_found) = walk::blocks(&tree, false);
        if contents(&all).0 > 0 {
            (blocks, found) = (all, all_found);
        }
    }
    found.repeated = drop_repeated(&mut blocks);
    if let Some(name) = name(&tree).filter(|name| !says(&blocks, name)) {
        blocks.insert(0, Block::Paragraph(name));
    }
    found.losses.noughts = noughts(text.as_bytes());
    let torn = torn(text);
    let unknown = text.chars().filter(|c| *c == '\u{fffd}').count();
    Ok(Web { blocks, found, unknown, cut_off: is_cut_off(text), torn })
}

/// Whether a page ends early: one that begins as a whole says where it ends, and a part of one ends behind its tables.
fn is_cut_off(page: &str) -> bool {
    let page = page.to_ascii_lowercase();
    let begun = page.contains("<html") || page.contains("<body");
    let ended = page.contains("</html") || page.contains("</body");
    let open_table = page.matches("<table").count() > page.matches("</table").count();
    if begun { !ended } else { open_table }
}

/// What of a page is handed on.
///
/// # Errors
/// [`ExtractError::Unsupported`] when it has neither a table nor an article.
pub(in crate::flow) fn written(web: Web) -> Result<Written, ExtractError> {
    let (figures, text) = contents(&web.blocks);
    if figures < LEAST_FIGURES && text < LEAST_TEXT && web.found.losses.left_out == 0 {
        let found = match web.found {
            Found { ref files, .. } if !files.is_empty() => {
                format!("网页，正文里没有表格，内容在它的附件里（{} 等 {} 个），请下载附件", files[0], files.len())
            }
            Found { ref frames, .. } if !frames.is_empty() => {
                format!("网页，内容在框架里的另一个页面（{}），请打开那个页面另存", frames[0])
            }
            Found { images, .. } if images > 0 => "网页，正文里没有表格和文字，可能是图片".to_owned(),
            _ => "网页，没有表格，也没有正文，可能是出错、登录或跳转的页面".to_owned(),
        };
        return Err(ExtractError::Unsupported { found });
    }
    let mut written = Written { blocks: web.blocks, ..Written::default() };
    let mut found = web.found.losses;
    if web.cut_off {
        found.damage.push("网页没有结束标记，可能没有下载完整".to_owned());
    }
    if web.torn > 0 {
        found.damage.push(format!("网页内部有 {} 处标记残缺，附近的内容可能缺失", web.torn));
    }
    found.report(&mut written);
    if web.found.repeated > 0 {
        let message = format!("网页里有 {} 张表原样重复，只取一次", web.found.repeated);
        written.say(DiagnosticCode::HiddenLeftOut, message);
    }
    if web.unknown > 0 {
        written.say(DiagnosticCode::UnknownGlyphs, format!("有 {} 处字符无法解码", web.unknown));
    }
    Ok(written)
}

/// Leaves out tables that the page holds once more below the same texts, as it does for narrow screens and for printing;
/// how many. Two tables that print the same figures below different titles are two.
fn drop_repeated(blocks: &mut Vec<Block>) -> usize {
    let mut seen: Vec<(Vec<String>, Grid)> = Vec::new();
    let mut above: Vec<String> = Vec::new();
    let before = blocks.len();
    blocks.retain(|block| {
        let grid = match block {
            Block::Grid(grid) => grid,
            Block::Paragraph(text) => {
                above.push(text.clone());
                return true;
            }
            Block::PageBreak => return true,
        };
        let figures = contents(std::slice::from_ref(block)).0;
        let titles = above.split_off(above.len().saturating_sub(TITLES));
        above.clear();
        let again = figures >= LEAST_REPEATED && seen.iter().any(|(above, other)| *above == titles && other == grid);
        if figures >= LEAST_REPEATED && !again && seen.len() < MOST_COMPARED {
            seen.push((titles, grid.clone()));
        }
        !again
    });
    before - blocks.len()
}

/// Figures in tables, and characters of text.
fn contents(blocks: &[Block]) -> (usize, usize) {
    let (mut figures, mut text) = (0, 0);
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => text += paragraph.chars().filter(|c| !c.is_whitespace()).count(),
            Block::Grid(grid) => {
                for cell in &grid.cells {
                    let (own, _) = cell.text();
                    figures += usize::from(looks_numeric(&own) && own.contains(|c: char| c.is_ascii_digit()));
                    let (inner_figures, inner_text) = contents(&cell.blocks);
                    figures += inner_figures;
                    text += inner_text;
                }
            }
            Block::PageBreak => {}
        }
    }
    (figures, text)
}

/// What the page is called: the article's title by the rules for the sites of public bodies (ArticleTitle), else the page's
/// without the site's.
fn name(tree: &Tree) -> Option<String> {
    let mut title = None;
    for id in 0..tree.len() {
        let node = tree.node(id);
        if node.name == "meta" && node.attribute("name").is_some_and(|name| name.eq_ignore_ascii_case("ArticleTitle")) {
            return node.attribute("content").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        }
        if node.name == "title" && title.is_none() {
            let text: String = node.children.iter().map(|child| tree.node(*child).text.as_str()).collect();
            let own = text.split(['-', '_', '|', '—']).next().unwrap_or_default().trim().to_owned();
            title = Some(own).filter(|own| own.chars().count() >= SHORTEST_NAME);
        }
    }
    title
}

/// Whether a text stands in the blocks.
fn says(blocks: &[Block], name: &str) -> bool {
    let squash = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let wanted = squash(name);
    let here = |block: &Block| match block {
        Block::Paragraph(text) => squash(text).contains(&wanted),
        Block::Grid(grid) => {
            squash(&grid.caption).contains(&wanted) || grid.cells.iter().any(|c| says(&c.blocks, name))
        }
        Block::PageBreak => false,
    };
    blocks.iter().any(here)
}

/// How deep the elements that must be closed stand inside each other, at most.
fn depth(page: &str) -> usize {
    const OPEN_ENDED: [&str; 18] = [
        "p", "li", "br", "img", "td", "th", "tr", "meta", "link", "input", "hr", "col", "option", "dd", "dt", "tbody",
        "area", "base",
    ];
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in page.split('<').skip(1) {
        let closes = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if name.is_empty() || OPEN_ENDED.contains(&name.as_str()) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::assemble_for_tests;

    fn shown(page: &str) -> String {
        assemble_for_tests(read(page.as_bytes()).map(|written| written.blocks).unwrap_or_default())
    }

    #[test]
    fn a_portal_page_gives_its_table_and_its_article() {
        let page = "<html><head><title>某某单位年度说明书-某站</title><style>.gone{display:none}</style></head><body>\
            <div class='top-nav'><a href='/'>首页</a></div><table><tr><td><a href=/>甲</a><td><a href=/>乙</a></table>\
            <table class=layout><tr><td><h1>某某单位年度说明书</h1><p class=gone>9.99</p><p>编号：1　　　单位：元</p>\
            <table><tfoot><tr><td>总<td>3</tfoot><tr><th>项目<th>数<tr><td rowspan=2>甲&nbsp;<br>乙<td>1<tr><td>2</table>\
            </table><div id=footer>电话 1234567</div></body></html>";
        assert_eq!(shown(page), "某某单位年度说明书\n编号：1 单位：元\n[项目|数 / 甲乙|1 / ^|2 / 总|3]");
    }

    #[test]
    fn pages_that_say_nothing_are_told() {
        let told = |page: &str| match read(page.as_bytes()) {
            Err(error) => error.to_string(),
            Ok(_) => String::new(),
        };
        assert!(told("<html><body><h1>404 Not Found</h1></body></html>").contains("出错"));
        assert!(told("<html><frameset><frame src='menu.htm'></frameset></html>").contains("menu.htm"));
        assert!(told("<html><body><p><a href='/a/b.xlsx?x=1'>附件：表</a></p></body></html>").contains("b.xlsx"));
    }

    #[test]
    fn hostile_pages_end_soon() {
        let deep = "<div>".repeat(20_000);
        assert!(matches!(read(deep.as_bytes()), Err(ExtractError::LimitExceeded { .. })));
        let tables = format!("{}<td>1<td>2<tr><td>3<td>4", "<table><tr><td>".repeat(300));
        assert!(read(tables.as_bytes()).is_ok());
        let spans = "<table>".to_owned() + &"<tr><td rowspan=65534 colspan=1000>1<td>2".repeat(300);
        assert!(read(spans.as_bytes()).is_ok());
    }
}
