//! What is not on this machine: objects of object storage (`s3://`, `gs://`, `az://`) and files at web addresses, behind a
//! small face that waits for its answers. The one room that knows how they are asked for; a program built without the
//! feature `cloud` has the same face, which says so.

mod address;
mod failure;
mod tag;

#[cfg(not(feature = "cloud"))]
mod absent;
#[cfg(feature = "cloud")]
mod cloud;
#[cfg(feature = "cloud")]
mod fetched;
#[cfg(feature = "cloud")]
mod reached;
#[cfg(feature = "cloud")]
mod told;
#[cfg(feature = "cloud")]
mod web;

pub(crate) use address::{address, below, is_address, is_web, parts};
pub(crate) use failure::Failure;
pub(crate) use tag::{Mark, Object, Tag};

#[cfg(not(feature = "cloud"))]
pub(crate) use absent::{create, delete, get, input, list, look, put, put_file, replace};
#[cfg(feature = "cloud")]
pub(crate) use reached::{create, delete, get, input, list, look, put, put_file, replace};
