//! Where the file of keys is.

use super::{KeyMap, KeyProblem, read, template};
use crate::io::atomic;
use std::env;
use std::path::PathBuf;

/// Names the file of keys, in place of the one in the user's folder.
const VARIABLE: &str = "RUBRICA_KEYS";

/// Where the file of keys is, whether it exists or not: as `RUBRICA_KEYS` says, or `rubrica/keys.ron` in the folder this
/// system keeps settings in. `None` where there is no such folder.
pub fn path() -> Option<PathBuf> {
    if let Some(path) = env::var_os(VARIABLE) {
        return Some(path.into());
    }
    let folder = |variable: &str| env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || folder("HOME");
    let base = if cfg!(windows) {
        folder("APPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library").join("Application Support"))
    } else {
        folder("XDG_CONFIG_HOME").or_else(|| home().map(|home| home.join(".config")))
    };
    Some(base?.join("rubrica").join("keys.ron"))
}

/// The keys as the file says, and what is wrong with it; without a file, as the table of commands says.
pub fn load() -> (KeyMap, Vec<KeyProblem>) {
    let Some(path) = path().filter(|path| path.exists()) else { return (KeyMap::standard(), Vec::new()) };
    match std::fs::read_to_string(&path) {
        Ok(source) => read(&source),
        Err(error) => {
            let message = format!("{} could not be read: {error}.", path.display());
            (KeyMap::standard(), vec![KeyProblem { line: 1, column: 1, message }])
        }
    }
}

/// Writes a file of keys that changes nothing yet; the sentence to show. A file that is there stays as it is.
pub fn write() -> String {
    let Some(path) = path() else {
        return format!("There is no folder for settings; name a file in the variable {VARIABLE}.");
    };
    if path.exists() {
        return format!("{} is there already; change it in any editor.", path.display());
    }
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    match folder
        .map_err(|error| error.to_string())
        .and_then(|()| atomic::write(&path, template().as_bytes()).map_err(|error| error.to_string()))
    {
        Ok(()) => format!("Wrote {}; change it in any editor, then read the keys again.", path.display()),
        Err(error) => format!("{} could not be written: {error}.", path.display()),
    }
}
