//! The face of a program that was built without the feature `cloud`: it says so, and how to get one that was.

use super::failure::Failure;
use super::tag::{Mark, Object, Tag};
use std::path::Path;

fn absent<T>(address: &str) -> Result<T, Failure> {
    Err(Failure::refused(address))
}

pub(crate) fn list(address: &str) -> Result<Vec<Object>, Failure> {
    absent(address)
}

pub(crate) fn look(address: &str) -> Result<Option<(Tag, Mark)>, Failure> {
    absent(address)
}

pub(crate) fn get(address: &str, _most: u64) -> Result<Option<Vec<u8>>, Failure> {
    absent(address)
}

pub(crate) fn input(address: &str, _most: u64) -> Result<Option<Vec<u8>>, Failure> {
    absent(address)
}

pub(crate) fn put(address: &str, _bytes: Vec<u8>) -> Result<(), Failure> {
    absent(address)
}

pub(crate) fn put_file(address: &str, _file: &Path) -> Result<(), Failure> {
    absent(address)
}

pub(crate) fn create(address: &str, _bytes: Vec<u8>) -> Result<Option<Mark>, Failure> {
    absent(address)
}

pub(crate) fn replace(address: &str, _bytes: Vec<u8>, _known: &Mark) -> Result<Option<Mark>, Failure> {
    absent(address)
}

pub(crate) fn delete(address: &str) -> Result<(), Failure> {
    absent(address)
}
