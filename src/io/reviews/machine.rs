//! Who sits where, as far as the system says.

use std::fs;

/// What the person is called by the system; empty where it does not say.
pub fn user_name() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .unwrap_or_default()
}

/// What the machine is called, where the system says.
pub(super) fn host_name() -> Option<String> {
    let variable = |name| std::env::var(name).ok();
    let name = fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| fs::read_to_string("/etc/hostname")).ok();
    let name = name.or_else(|| variable("COMPUTERNAME")).or_else(|| variable("HOSTNAME"))?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}
