//! Object storage through `object_store`. Requests run on one thread of their own; whoever asks waits.

use super::failure::Failure;
use super::tag::{Mark, Object, Tag};
use super::told;
use crate::language::kept;
use futures_util::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path as Key;
use object_store::{
    ClientOptions, Error, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, PutResult,
    RetryConfig, UpdateVersion, WriteMultipart,
};
use std::collections::BTreeMap;
use std::fs::File;
use std::future::Future;
use std::io::Read;
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Handle};

/// A file above this is sent in parts, each tried again by itself.
const WHOLE: u64 = 16 << 20;

/// Bytes of a part.
const PART: usize = 8 << 20;

/// Parts on their way at a time.
const AT_A_TIME: usize = 4;

/// How often a request is tried again, and for how long.
const RETRIES: usize = 6;
const PATIENCE: Duration = Duration::from_mins(1);

/// How long one answer may take.
const TIMEOUT: Duration = Duration::from_mins(2);

type Store = Arc<dyn ObjectStore>;

/// The thread that requests run on; `None` where the system gives none.
static REQUESTS: LazyLock<Option<Handle>> = LazyLock::new(|| {
    // The first to ask says what encrypts; a program that holds this one may have said so already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = Builder::new_current_thread().enable_all().build().ok()?;
    let handle = runtime.handle().clone();
    let forever = move || runtime.block_on(std::future::pending::<()>());
    std::thread::Builder::new().name("requests".to_owned()).spawn(forever).ok()?;
    Some(handle)
});

/// The storages asked so far, by scheme and bucket.
static STORES: Mutex<BTreeMap<String, Store>> = Mutex::new(BTreeMap::new());

/// Waits for an answer.
pub(super) fn wait<T: Send + 'static>(answer: impl Future<Output = T> + Send + 'static) -> Result<T, Failure> {
    let nothing = || Failure::Words(kept::no_thread_for_requests());
    let handle = REQUESTS.as_ref().ok_or_else(nothing)?;
    let (send, receive) = channel();
    handle.spawn(async move {
        // Nobody waits any more where the program ends.
        let _ = send.send(answer.await);
    });
    receive.recv().map_err(|_| nothing())
}

/// Objects below an address, by name.
pub(super) fn list(address: &str) -> Result<Vec<Object>, Failure> {
    let (store, prefix) = open(address)?;
    let folder = prefix.as_ref().to_owned();
    let found = wait(async move { store.list(Some(&prefix)).try_collect::<Vec<ObjectMeta>>().await })?;
    let mut objects: Vec<Object> = found
        .map_err(|error| told::of_store(address, &error))?
        .iter()
        .filter_map(|meta| {
            let name = meta.location.as_ref().strip_prefix(&folder)?.trim_start_matches('/').to_owned();
            (!name.is_empty()).then(|| Object { name, tag: tag(meta) })
        })
        .collect();
    objects.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(objects)
}

/// What is said of one object.
pub(super) fn look(address: &str) -> Result<Option<(Tag, Mark)>, Failure> {
    let (store, key) = open(address)?;
    match wait(async move { store.head(&key).await })? {
        Ok(meta) => {
            let mark = Mark { etag: meta.e_tag.clone(), version: meta.version.clone() };
            Ok(Some((tag(&meta), mark)))
        }
        Err(error) => absent_or(address, &error),
    }
}

/// The bytes of one object.
pub(super) fn get(address: &str, most: u64) -> Result<Option<Vec<u8>>, Failure> {
    let (store, key) = open(address)?;
    let got = wait(async move {
        let got = store.get(&key).await?;
        let size = got.meta.size;
        if size > most {
            return Ok(Err(size));
        }
        Ok(Ok(got.bytes().await?))
    })?;
    match got {
        Ok(Ok(bytes)) => Ok(Some(bytes.to_vec())),
        Ok(Err(size)) => Err(Failure::TooLarge { size, most }),
        Err(error) => absent_or(address, &error),
    }
}

/// Writes bytes.
pub(super) fn put(address: &str, bytes: Vec<u8>) -> Result<(), Failure> {
    let (store, key) = open(address)?;
    let put = wait(async move { store.put(&key, PutPayload::from(bytes)).await })?;
    put.map(drop).map_err(|error| told::of_store(address, &error))
}

/// Writes a file, whole or in parts.
pub(super) fn put_file(address: &str, path: &Path) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| Failure::Words(kept::unreadable(error));
    let mut file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() <= WHOLE {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        return put(address, bytes);
    }
    let (store, key) = open(address)?;
    let sent = wait(async move { in_parts(&store, &key, file).await })?;
    sent.map_err(|error| told::of_store(address, &error))
}

/// Sends a large file in parts. One that is given up leaves nothing that could be read.
async fn in_parts(store: &Store, key: &Key, mut file: File) -> Result<(), Error> {
    let mut parts = WriteMultipart::new_with_chunk_size(store.put_multipart(key).await?, PART);
    let mut buffer = vec![0; PART];
    loop {
        let read = match file.read(&mut buffer) {
            Ok(read) => read,
            Err(error) => {
                parts.abort().await?;
                return Err(Error::Generic { store: "file", source: error.into() });
            }
        };
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        parts.wait_for_capacity(AT_A_TIME).await?;
        parts.write(bytes);
    }
    parts.finish().await.map(drop)
}

/// Writes bytes where nothing stands.
pub(super) fn create(address: &str, bytes: Vec<u8>) -> Result<Option<Mark>, Failure> {
    put_if(address, bytes, PutMode::Create)
}

/// Writes bytes where what is known stands.
pub(super) fn replace(address: &str, bytes: Vec<u8>, known: &Mark) -> Result<Option<Mark>, Failure> {
    let version = UpdateVersion { e_tag: known.etag.clone(), version: known.version.clone() };
    put_if(address, bytes, PutMode::Update(version))
}

fn put_if(address: &str, bytes: Vec<u8>, mode: PutMode) -> Result<Option<Mark>, Failure> {
    let (store, key) = open(address)?;
    let options = PutOptions::from(mode);
    match wait(async move { store.put_opts(&key, PutPayload::from(bytes), options).await })? {
        Ok(PutResult { e_tag, version, .. }) => Ok(Some(Mark { etag: e_tag, version })),
        Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(None),
        Err(error) => absent_or(address, &error),
    }
}

/// Removes an object.
pub(super) fn delete(address: &str) -> Result<(), Failure> {
    let (store, key) = open(address)?;
    match wait(async move { store.delete(&key).await })? {
        Ok(()) => Ok(()),
        Err(error) => absent_or::<()>(address, &error).map(drop),
    }
}

/// An object that is not there is an answer; a bucket that is not there is none.
fn absent_or<T>(address: &str, error: &Error) -> Result<Option<T>, Failure> {
    let failure = told::of_store(address, error);
    let is_absent = matches!(error, Error::NotFound { .. }) && failure == Failure::Words(kept::nothing_there(address));
    if is_absent { Ok(None) } else { Err(failure) }
}

fn tag(meta: &ObjectMeta) -> Tag {
    Tag { size: meta.size, etag: meta.e_tag.clone().unwrap_or_default(), modified: meta.last_modified.timestamp() }
}

/// The storage of an address, and the key in it.
fn open(address: &str) -> Result<(Store, Key), Failure> {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
    let key = Key::parse(key.trim_end_matches('/')).map_err(|error| told::of_store(address, &error.into()))?;
    let root = format!("{scheme}://{bucket}");
    let mut stores = STORES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(store) = stores.get(&root) {
        return Ok((Arc::clone(store), key));
    }
    LazyLock::force(&REQUESTS);
    let store = build(scheme, &root).map_err(|error| told::of_store(address, &error))?;
    stores.insert(root, Arc::clone(&store));
    Ok((store, key))
}

/// A storage with the credentials of the usual places: the environment, and what the machine itself is given.
fn build(scheme: &str, root: &str) -> Result<Store, Error> {
    let retry = RetryConfig { max_retries: RETRIES, retry_timeout: PATIENCE, ..RetryConfig::default() };
    let options = ClientOptions::new().with_timeout(TIMEOUT);
    Ok(match scheme {
        "gs" => {
            let options = options.with_allow_http(is_plain(&["GOOGLE_BASE_URL"]));
            let builder = GoogleCloudStorageBuilder::from_env().with_client_options(options);
            Arc::new(builder.with_url(root).with_retry(retry).build()?)
        }
        "az" => {
            let options = options.with_allow_http(is_plain(&["AZURE_STORAGE_ENDPOINT", "AZURE_ENDPOINT"]));
            let builder = MicrosoftAzureBuilder::from_env().with_client_options(options);
            Arc::new(builder.with_url(root).with_retry(retry).build()?)
        }
        _ => {
            let options =
                options.with_allow_http(is_plain(&["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT"]));
            let builder = AmazonS3Builder::from_env().with_client_options(options);
            Arc::new(builder.with_url(root).with_retry(retry).build()?)
        }
    })
}

/// Whether one of these names a server without encryption: who does so means it.
fn is_plain(names: &[&str]) -> bool {
    names.iter().any(|name| std::env::var(name).is_ok_and(|url| url.starts_with("http://")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use object_store::memory::InMemory;

    #[test]
    fn a_large_file_arrives_whole_in_parts() {
        let bytes: Vec<u8> = (0..PART * 2 + 17).map(|n| (n % 251) as u8).collect();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &bytes).unwrap();
        let (store, key): (Store, Key) = (Arc::new(InMemory::new()), Key::from("a/b"));
        let (there, name, opened) = (Arc::clone(&store), key.clone(), File::open(file.path()).unwrap());
        wait(async move { in_parts(&there, &name, opened).await }).unwrap().unwrap();
        let got = wait(async move { store.get(&key).await.unwrap().bytes().await.unwrap() }).unwrap();
        assert!(got.as_ref() == bytes.as_slice());
    }
}
