//! The way to an address by its kind.

use super::address::{is_store, is_web};
use super::failure::Failure;
use super::tag::{Mark, Object, Tag};
use super::{cloud, fetched, web};
use std::path::Path;

/// What is below an address of object storage, by name: a thousand names a request. An address that is an object's own gives
/// that object, with an empty name.
pub(crate) fn list(address: &str) -> Result<Vec<Object>, Failure> {
    store(address)?;
    let objects = cloud::list(address)?;
    if !objects.is_empty() {
        return Ok(objects);
    }
    let one = cloud::look(address)?;
    Ok(one.into_iter().map(|(tag, _)| Object { name: String::new(), tag }).collect())
}

/// What is said of one; `None` where it is not there.
pub(crate) fn look(address: &str) -> Result<Option<(Tag, Mark)>, Failure> {
    if is_web(address) {
        return Ok(web::look(address)?.map(|tag| (tag, Mark::default())));
    }
    store(address)?;
    cloud::look(address)
}

/// Its bytes, at most so many; `None` where it is not there.
pub(crate) fn get(address: &str, most: u64) -> Result<Option<Vec<u8>>, Failure> {
    if is_web(address) {
        return web::get(address, most);
    }
    store(address)?;
    cloud::get(address, most)
}

/// The bytes of an input, which is asked for twice: to be known, then to be read. It is fetched once.
pub(crate) fn input(address: &str, most: u64) -> Result<Option<Vec<u8>>, Failure> {
    if let Some(bytes) = fetched::take(address) {
        return Ok(Some(bytes));
    }
    let bytes = get(address, most)?;
    if let Some(bytes) = &bytes {
        fetched::keep(address, bytes);
    }
    Ok(bytes)
}

/// Writes bytes.
pub(crate) fn put(address: &str, bytes: Vec<u8>) -> Result<(), Failure> {
    store(address)?;
    cloud::put(address, bytes)
}

/// Writes a file; a large one in parts.
pub(crate) fn put_file(address: &str, file: &Path) -> Result<(), Failure> {
    store(address)?;
    cloud::put_file(address, file)
}

/// Writes bytes where nothing stands; `None` where something does.
pub(crate) fn create(address: &str, bytes: Vec<u8>) -> Result<Option<Mark>, Failure> {
    store(address)?;
    cloud::create(address, bytes)
}

/// Writes bytes where what is known stands; `None` where something else does.
pub(crate) fn replace(address: &str, bytes: Vec<u8>, known: &Mark) -> Result<Option<Mark>, Failure> {
    store(address)?;
    cloud::replace(address, bytes, known)
}

/// Removes an object; one that is not there is removed already.
pub(crate) fn delete(address: &str) -> Result<(), Failure> {
    store(address)?;
    cloud::delete(address)
}

fn store(address: &str) -> Result<(), Failure> {
    if is_store(address) { Ok(()) } else { Err(Failure::refused(address)) }
}
