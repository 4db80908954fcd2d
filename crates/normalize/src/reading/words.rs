//! The words of headers: lists of Chinese words as printed in the templates of the Ministry of Finance and of the
//! regions, one string each, words apart by spaces.

/// A text with one of these endings names a column.
pub(crate) const HEADING_ENDS: &str = "\
    类 款 项 目 编码 代码 名称 科目 金额 预算数 决算数 执行数 数 小计 合计 总计 其中 支出 收入 经费 费 \
    费用 资金 拨款 预算 决算 结转 结余 补助 指标 指标值 安排 类别 性质 单位 部门 权重 备注 说明 序号 \
    行次 栏次 项目 内容 类型 额 余额 运转类 目标类 增减 率 % 用途 分类 方式 数量 货物 工程 服务 收支 \
    年度 目标 (境) 依据 方向性 用房";

/// Texts that are headings and never a row's label next to figures.
pub(crate) const PLAIN_HEADINGS: &str = "\
    类 款 项 编码 代码 名称 金额 小计 合计 预算数 决算数 执行数 科目编码 科目名称 科目代码 单位名称 \
    单位代码 单位编码 项目名称 基本支出 项目支出 人员经费 公用经费 功能分类科目编码 日常公用经费 项目 \
    功能科目名称 表名 总计";

/// Columns with these words hold text.
pub(crate) const TEXT_WORDS: &str = "\
    备注 说明 文号 依据 组织形式 方式 日期 时间 年限 期限 地点 负责人 电话 规格 型号 是否";

/// Columns with these words hold numbers of people and things.
pub(crate) const COUNT_WORDS: &str = "\
    人数 数量 台数 辆数 个数 批次 人次 面积 (人) (辆) (台) (个) (套) (次) 团组数 保有量 实有数 编制数";

/// Columns with these endings hold amounts.
pub(crate) const AMOUNT_ENDS: &str = "\
    金额 预算数 决算数 执行数 小计 合计 总计 拨款 经费 资金 总额 额 年初数 预算 决算";

/// Whether the text contains a word of the list.
pub(crate) fn has(text: &str, list: &str) -> bool {
    list.split(' ').any(|w| text.contains(w))
}

/// Whether the text ends in a word of the list.
pub(crate) fn ends(text: &str, list: &str) -> bool {
    list.split(' ').any(|w| text.ends_with(w))
}

/// Whether the text is a word of the list.
pub(crate) fn is_one(text: &str, list: &str) -> bool {
    list.split(' ').any(|w| text == w)
}
