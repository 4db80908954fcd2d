//! The place at the beginning of a body's name.

use crate::reading::region;

/// Organisations whose name stands before the place: 中共三门峡市委, 共青团某某县委.
const BEFORE_PLACE: &[&str] = &[
    "中国共产党",
    "中共",
    "中国共产主义青年团",
    "共青团",
    "中国人民政治协商会议",
    "政协",
    "中国国民党革命委员会",
    "民革",
    "中国民主同盟",
    "民盟",
    "中国民主建国会",
    "民建",
    "中国民主促进会",
    "民进",
    "中国农工民主党",
    "农工党",
    "中国致公党",
    "致公党",
    "九三学社",
    "台湾民主自治同盟",
    "台盟",
    "国家税务总局",
    "国家统计局",
    "中国国际贸易促进委员会",
];

/// The name without an organisation's prefix that stands before the place.
pub(crate) fn without_party(name: &str) -> &str {
    BEFORE_PLACE.iter().find_map(|p| name.strip_prefix(p)).unwrap_or(name)
}

/// Whether a body's name begins with a place, organisations' prefixes (中共, 共青团 …) aside.
pub(crate) fn starts_with_region(name: &str) -> bool {
    let name = without_party(name);
    region::read_prefix(name).is_some()
}
