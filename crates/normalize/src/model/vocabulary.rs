//! The closed vocabularies of the output contract: each value with its id and the label shown to people.

/// Defines an enum whose variants have a canonical id and a Chinese label.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $id:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(
                #[doc = $label]
                $(#[$vmeta])*
                #[serde(rename = $id)]
                $variant,
            )+
        }

        impl $name {
            /// Every value, in the contract's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The canonical id used in output files.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The label shown to people.
            pub const fn label_zh(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// What a table is.
    TableType {
        RevenueExpenditureSummary = "revenue_expenditure_summary", "收支总表";
        RevenueSummary = "revenue_summary", "收入总表";
        ExpenditureSummary = "expenditure_summary", "支出总表";
        FiscalAppropriationSummary = "fiscal_appropriation_summary", "财政拨款收支总表";
        FiscalAppropriationExpenditure = "fiscal_appropriation_expenditure", "财政拨款支出表";
        GeneralPublicExpenditure = "general_public_expenditure", "一般公共预算支出表";
        GeneralPublicBasicExpenditure = "general_public_basic_expenditure", "一般公共预算基本支出表";
        GeneralPublicBasicDetail = "general_public_basic_detail", "基本支出明细表";
        GeneralPublicProjectExpenditure = "general_public_project_expenditure", "一般公共预算项目支出表";
        EconomicClassificationSummary = "economic_classification_summary", "支出经济分类汇总表";
        ThreePublic = "three_public", "“三公”经费表";
        GovernmentFundExpenditure = "government_fund_expenditure", "政府性基金支出表";
        GovernmentFundThreePublic = "government_fund_three_public", "政府性基金“三公”表";
        StateCapitalExpenditure = "state_capital_expenditure", "国有资本经营支出表";
        ProjectExpenditure = "project_expenditure", "项目支出表";
        OperatingExpenses = "operating_expenses", "机关运行经费表";
        GovernmentProcurement = "government_procurement", "政府采购表";
        DepartmentPerformance = "department_performance", "部门整体绩效目标表";
        ProjectPerformance = "project_performance", "项目绩效目标表";
        ProjectPerformanceSummary = "project_performance_summary", "项目绩效目标汇总表";
        AgencyList = "agency_list", "预算单位构成";
        TableOfContents = "table_of_contents", "目录表";
        Other = "other", "其他表";
        GovernmentRevenue = "government_revenue", "一般公共预算收入表";
        GovernmentBalance = "government_balance", "政府收支平衡表";
        TransferPayments = "transfer_payments", "税收返还和转移支付表";
        GovernmentFundRevenue = "government_fund_revenue", "政府性基金收入表";
        GovernmentFundBalance = "government_fund_balance", "政府性基金收支平衡表";
        StateCapitalRevenue = "state_capital_revenue", "国有资本经营收入表";
        SocialInsuranceFund = "social_insurance_fund", "社会保险基金表";
        GovernmentDebt = "government_debt", "政府债务表";
        MajorProject = "major_project", "重大政府投资计划表";
        ServicePurchase = "service_purchase", "政府购买服务表";
    }
}

vocabulary! {
    /// What a document is.
    DocumentKind {
        Budget = "budget", "预算";
        FinalAccounts = "final_accounts", "决算";
        Performance = "performance", "绩效";
        GovernmentBudget = "government_budget", "政府预算";
        GovernmentFinalAccounts = "government_final_accounts", "政府决算";
        /// Rules, statistics, tenders, blank templates: no disclosure at all.
        Other = "other", "非预决算文件";
    }
}

vocabulary! {
    /// Whose money a document counts.
    #[derive(Default)]
    EntityScope {
        #[default] Department = "department", "部门";
        Agency = "agency", "单位";
    }
}

vocabulary! {
    /// Whether a table holds data.
    TableState {
        Data = "data", "有数据";
        DeclaredEmpty = "declared_empty", "声明为空";
        EmptyGrid = "empty_grid", "空表";
        AllZero = "all_zero", "全为零";
    }
}

vocabulary! {
    /// What part of a region's money a table is about.
    TableLevel {
        Whole = "whole", "全辖";
        Own = "own", "本级";
        Lower = "lower", "下级";
    }
}

vocabulary! {
    /// Panel of a side-by-side table.
    Side {
        Revenue = "revenue", "收入";
        Expenditure = "expenditure", "支出";
        ExpenditureByUse = "expenditure_by_use", "支出用途";
    }
}

vocabulary! {
    /// What a row is within its table.
    RowKind {
        Item = "item", "项";
        Total = "total", "合计";
        Subtotal = "subtotal", "小计";
        OfWhich = "of_which", "其中";
    }
}

vocabulary! {
    /// What a column is within its table.
    ColumnKind {
        Item = "item", "项";
        Total = "total", "合计";
        Subtotal = "subtotal", "小计";
        OfWhich = "of_which", "其中";
    }
}

vocabulary! {
    /// Which stage of the budget cycle a figure belongs to.
    Phase {
        Approved = "approved", "预算数";
        Adjusted = "adjusted", "调整预算数";
        Executed = "executed", "决算数";
    }
}

vocabulary! {
    /// Where money comes from (《预算法》第五条: the budgets; 部门收入总表: what a body has besides).
    Fund {
        Total = "total", "合计";
        FiscalAppropriation = "fiscal_appropriation", "财政拨款";
        GeneralPublic = "general_public", "一般公共预算";
        GeneralPublicAppropriation = "general_public.fiscal_appropriation", "一般公共预算财政拨款";
        GovernmentFund = "government_fund", "政府性基金预算";
        StateCapital = "state_capital", "国有资本经营预算";
        SpecialAccount = "special_account", "财政专户管理资金";
        Operating = "operating", "事业收入";
        Business = "business", "事业单位经营收入";
        SuperiorSubsidy = "superior_subsidy", "上级补助收入";
        SubordinateRemittance = "subordinate_remittance", "附属单位上缴收入";
        UnitOwn = "unit_own", "单位资金";
        Other = "other", "其他收入";
    }
}

vocabulary! {
    /// What money is spent as (部门支出总表: 基本支出 = 人员经费 + 公用经费, 项目支出, and what goes to other bodies).
    Nature {
        Total = "total", "合计";
        Basic = "basic", "基本支出";
        Personnel = "basic.personnel", "人员经费";
        Wages = "basic.personnel.wages", "工资福利支出";
        Household = "basic.personnel.household", "对个人和家庭的补助";
        Public = "basic.public", "公用经费";
        GoodsServices = "basic.public.goods_services", "商品和服务支出";
        Capital = "basic.public.capital", "资本性支出";
        Project = "project", "项目支出";
        ProjectOperating = "project.operating", "其他运转类项目";
        ProjectTargeted = "project.targeted", "特定目标类项目";
        Reserve = "reserve", "机动经费";
        Operating = "operating", "经营支出";
        ToSuperior = "to_superior", "上缴上级支出";
        ToSubordinate = "to_subordinate", "对附属单位补助支出";
    }
}

vocabulary! {
    /// Which year's figure an amount is.
    Period {
        Current = "current", "本年";
        Carryover = "carryover", "结转";
        CarriedForward = "carried_forward", "结转下年";
        PriorYear = "prior_year", "上年";
        PriorYearCarryover = "prior_year_carryover", "上年结转";
        /// Two years before the document's: 2023年决算数 in a budget of 2025.
        PriorYear2 = "prior_year_2", "前年";
        /// Earlier still.
        Earlier = "earlier", "更早年度";
        /// The year behind the document's: 2026年预算 in a plan of three years from 2025.
        NextYear = "next_year", "下年";
        /// Later still.
        Later = "later", "更后年度";
        /// Several years together: 三年合计, 总投资 beside the year's own money.
        SeveralYears = "several_years", "多年合计";
        /// Of the narrative only: a difference between two years.
        Change = "change", "增减";
    }
}

impl Period {
    /// Whether the figure is a year's before the document's.
    pub(crate) fn is_past(self) -> bool {
        matches!(self, Self::PriorYear | Self::PriorYearCarryover | Self::PriorYear2 | Self::Earlier)
    }
}

vocabulary! {
    /// A quantity that every body's disclosure states once for the whole body, whichever table prints it.
    Concept {
        Revenue = "revenue", "收入总计";
        RevenueCurrentYear = "revenue.current_year", "本年收入合计";
        RevenueFiscalAppropriation = "revenue.fiscal_appropriation", "财政拨款收入";
        Expenditure = "expenditure", "支出总计";
        ExpenditureCurrentYear = "expenditure.current_year", "本年支出合计";
        CarryoverIn = "carryover.in", "上年结转";
        CarryoverOut = "carryover.out", "结转下年";
        Basic = "basic", "基本支出";
        BasicPersonnel = "basic.personnel", "人员经费";
        BasicPublic = "basic.public", "公用经费";
        Project = "project", "项目支出";
        ThreePublic = "three_public", "“三公”经费";
        ThreePublicAbroad = "three_public.abroad", "因公出国（境）费";
        ThreePublicVehicle = "three_public.vehicle", "公务用车购置及运行费";
        ThreePublicVehiclePurchase = "three_public.vehicle.purchase", "公务用车购置费";
        ThreePublicVehicleOperation = "three_public.vehicle.operation", "公务用车运行维护费";
        ThreePublicReception = "three_public.reception", "公务接待费";
        Meetings = "meetings", "会议费";
        Training = "training", "培训费";
        AgencyOperation = "agency_operation", "机关运行经费";
        Procurement = "procurement", "政府采购";
        ProcurementGoods = "procurement.goods", "政府采购货物";
        ProcurementWorks = "procurement.works", "政府采购工程";
        ProcurementServices = "procurement.services", "政府采购服务";
        TaxRevenue = "tax_revenue", "税收收入";
        NonTaxRevenue = "non_tax_revenue", "非税收入";
        TransfersReceived = "transfers.received", "上级补助收入";
        TransfersPaid = "transfers.paid", "对下转移支付";
        FundRevenue = "fund.revenue", "政府性基金收入";
        FundExpenditure = "fund.expenditure", "政府性基金支出";
        StateCapitalRevenue = "state_capital.revenue", "国有资本经营收入";
        StateCapitalExpenditure = "state_capital.expenditure", "国有资本经营支出";
        SocialInsuranceRevenue = "social_insurance.revenue", "社会保险基金收入";
        SocialInsuranceExpenditure = "social_insurance.expenditure", "社会保险基金支出";
        DebtLimit = "debt.limit", "政府债务限额";
        DebtBalance = "debt.balance", "政府债务余额";
    }
}

vocabulary! {
    /// Closed list of doubts about a fact.
    FactFlag {
        Ocr = "ocr", "文字识别";
        LowConfidence = "low_confidence", "把握不大";
        UnitConflict = "unit_conflict", "单位矛盾";
        UnitMissing = "unit_missing", "缺单位";
        Repaired = "repaired", "已修复";
        ReadingConflict = "reading_conflict", "两次读取不一致";
        CheckFailed = "check_failed", "勾稽不符";
        Corrected = "corrected", "人工更正";
        Rounded = "rounded", "四舍五入";
        Implausible = "implausible", "数值离谱";
        StaleFormula = "stale_formula", "公式未重算";
        MergedFigures = "merged_figures", "多个数并在一格";
    }
}

impl FactFlag {
    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Ocr => "由文字识别得到",
            Self::LowConfidence => "表格线或文字把握不大",
            Self::UnitConflict => "两处单位说法矛盾；另一种读法在 `alternative`",
            Self::UnitMissing => "找不到单位：数值留空，绝不猜测",
            Self::Repaired => "断开、粘连的数字或丢失的表头，唯一的读法由本表合计证明；原文不变",
            Self::ReadingConflict => "两次独立读取不一致；另一种读法在 `alternative`",
            Self::CheckFailed => "参与了未通过的勾稽检查",
            Self::Corrected => "经人工更正",
            Self::Rounded => "与合计之差可由四舍五入解释",
            Self::Implausible => "没有哪份预算有这么大的数：数值留空，原文保留",
            Self::StaleFormula => "公式没有存下结果，或文件要求重新计算：存下的结果可能不是最新",
            Self::MergedFigures => "一格里可能并着几个印出的数：数值留空，原文保留",
        }
    }
}

vocabulary! {
    /// Whose error it probably is that an identity doesn't hold.
    Cause {
        Extraction = "extraction", "可能识别有误";
        Published = "published", "可能公开的数有误";
        Unit = "unit", "可能单位有误";
        Definition = "definition", "可能口径不同";
    }
}

vocabulary! {
    /// A figure that says what a disclosure amounts to.
    HeadlineKind {
        RevenueTotal = "revenue_total", "收入总计";
        ExpenditureTotal = "expenditure_total", "支出总计";
        FiscalAppropriation = "fiscal_appropriation", "财政拨款";
        Basic = "basic", "基本支出";
        Personnel = "personnel", "人员经费";
        Public = "public", "公用经费";
        Project = "project", "项目支出";
        ThreePublic = "three_public", "“三公”经费";
        Abroad = "abroad", "因公出国（境）费";
        Vehicles = "vehicles", "公务用车购置及运行费";
        VehiclePurchase = "vehicle_purchase", "公务用车购置费";
        VehicleRunning = "vehicle_running", "公务用车运行费";
        Reception = "reception", "公务接待费";
        OperatingExpenses = "operating_expenses", "机关运行经费";
        Procurement = "procurement", "政府采购";
    }
}

impl TableType {
    /// Whether it is a form, laid out key by key: its amounts are no table of amounts.
    pub(crate) fn is_form(self) -> bool {
        matches!(self, Self::DepartmentPerformance | Self::ProjectPerformance)
    }
}
