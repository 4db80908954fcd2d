//! The face of a program that was built without the feature `cloud`: it says so, and how to get one that was.

use super::failure::Failure;
use super::tag::{Mark, Object, Tag};
use crate::language::kept;
use std::path::Path;

fn absent<T>() -> Result<T, Failure> {
    Err(Failure::Words(kept::without_cloud()))
}

pub(crate) fn list(_address: &str) -> Result<Vec<Object>, Failure> {
    absent()
}

pub(crate) fn look(_address: &str) -> Result<Option<(Tag, Mark)>, Failure> {
    absent()
}

pub(crate) fn get(_address: &str, _most: u64) -> Result<Option<Vec<u8>>, Failure> {
    absent()
}

pub(crate) fn put(_address: &str, _bytes: Vec<u8>) -> Result<(), Failure> {
    absent()
}

pub(crate) fn put_file(_address: &str, _file: &Path) -> Result<(), Failure> {
    absent()
}

pub(crate) fn create(_address: &str, _bytes: Vec<u8>) -> Result<Option<Mark>, Failure> {
    absent()
}

pub(crate) fn replace(_address: &str, _bytes: Vec<u8>, _known: &Mark) -> Result<Option<Mark>, Failure> {
    absent()
}

pub(crate) fn delete(_address: &str) -> Result<(), Failure> {
    absent()
}
