//! A file without what is there for tests or fuzzing only: items, functions, fields, variants, arms, statements.

use super::cfg::is_test_only;
use proc_macro2::LineColumn;
use std::mem;
use std::ops::RangeInclusive;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ImplItem, Item, Stmt};

/// Where something stood.
pub(crate) type Stretch = RangeInclusive<LineColumn>;

/// Takes out what is there for tests only and tells where it stood, attributes included.
pub(crate) fn trim(file: &mut syn::File) -> Vec<Stretch> {
    let mut trimmer = Trimmer(Vec::new());
    trimmer.visit_file_mut(file);
    trimmer.0
}

struct Trimmer(Vec<Stretch>);

impl Trimmer {
    fn stays(&mut self, attributes: &[Attribute], node: &impl Spanned) -> bool {
        let is_out = is_test_only(attributes);
        if is_out {
            let span = node.span();
            self.0.push(span.start()..=span.end());
        }
        !is_out
    }

    fn trim_list<T: Spanned, P: Default>(&mut self, list: &mut Punctuated<T, P>, of: impl Fn(&T) -> &[Attribute]) {
        let pairs = mem::take(list).into_pairs();
        *list = pairs.filter(|pair| self.stays(of(pair.value()), pair.value())).collect();
    }
}

impl VisitMut for Trimmer {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        file.items.retain(|item| self.stays(of_item(item), item));
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            items.retain(|item| self.stays(of_item(item), item));
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_item_impl_mut(&mut self, block: &mut syn::ItemImpl) {
        block.items.retain(|item| self.stays(of_member(item), item));
        visit_mut::visit_item_impl_mut(self, block);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.retain(|statement| self.stays(of_statement(statement), statement));
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_fields_named_mut(&mut self, fields: &mut syn::FieldsNamed) {
        self.trim_list(&mut fields.named, |field| &field.attrs);
        visit_mut::visit_fields_named_mut(self, fields);
    }

    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        self.trim_list(&mut item.variants, |variant| &variant.attrs);
        visit_mut::visit_item_enum_mut(self, item);
    }

    fn visit_expr_struct_mut(&mut self, value: &mut syn::ExprStruct) {
        self.trim_list(&mut value.fields, |field| &field.attrs);
        visit_mut::visit_expr_struct_mut(self, value);
    }

    fn visit_expr_match_mut(&mut self, value: &mut syn::ExprMatch) {
        value.arms.retain(|arm| self.stays(&arm.attrs, arm));
        visit_mut::visit_expr_match_mut(self, value);
    }
}

fn of_item(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn of_member(item: &ImplItem) -> &[Attribute] {
    match item {
        ImplItem::Const(item) => &item.attrs,
        ImplItem::Fn(item) => &item.attrs,
        ImplItem::Macro(item) => &item.attrs,
        ImplItem::Type(item) => &item.attrs,
        _ => &[],
    }
}

fn of_statement(statement: &Stmt) -> &[Attribute] {
    match statement {
        Stmt::Item(item) => of_item(item),
        Stmt::Local(local) => &local.attrs,
        Stmt::Macro(call) => &call.attrs,
        Stmt::Expr(Expr::Block(block), _) => &block.attrs,
        Stmt::Expr(Expr::Call(call), _) => &call.attrs,
        Stmt::Expr(Expr::MethodCall(call), _) => &call.attrs,
        Stmt::Expr(..) => &[],
    }
}
